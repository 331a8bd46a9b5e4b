// npm run mutants: changes one place of a source at a time and looks whether a test notices. Files stay as they are: jest is
// given the changed text. Nothing here runs with `npm test`.
//
//   npm run mutants                                a sample of the rules and tables, and every mutant that is kept
//   npm run mutants -- src/rules/pool              of these files only
//   npm run mutants -- src/rules/pool --every 1    all places of them, not one in so many; 0: only those that are kept
//   npm run mutants -- src/rules/pool --near       asks only the tests that stand nearest, where time is short
//   npm run mutants -- src/rules/pool --lanes 1    one at a time, where the machine is shared
//
// test/mutants.json keeps mutants by hand: `explained` says why no test can or need notice one; the others must be noticed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT } from "./install.mjs";

await installDependencies();
const { default: ts } = await import("typescript");
const { default: jestConfig } = await import("../jest.config.js");

const GOAL = 0.9;
const LIMIT_SECONDS = 900;
/** All tests without a mutant, on a machine that is loaded. */
const LIMIT_SECONDS_OF_ALL = 3600;
/** One place in so many is tried. */
const DEFAULT_EVERY = 12;
/** The documents' own cases and the property over all instruments: seconds, and they see most of the rules. */
const CORE = "test/rules/(award|plan|columns|readers)";
const OTHERS = "test/(rules|tables|writers|functions)/";
const FOLDER = path.join(ROOT, "node_modules/.cache/mutants");

const args = process.argv.slice(2);
const numberAfter = (option, otherwise) => {
  const at = args.indexOf(option);
  return at < 0 ? otherwise : Number(args.splice(at, 2)[1]);
};
const every = numberAfter("--every", DEFAULT_EVERY);
const lanes = numberAfter("--lanes", 2);
const near = args.includes("--near") && args.splice(args.indexOf("--near"), 1).length > 0;
const wanted = args.length ? args : ["src/rules", "src/tables"];

const OPERATORS = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "&&": "||",
  "||": "&&",
  "+=": "-=",
  "-=": "+=",
};
const NAMES = {
  ...{ some: "every", every: "some", min: "max", max: "min", floor: "ceil", ceil: "floor", round: "floor" },
  ...{ lt: "lte", lte: "lt", gt: "gte", gte: "gt", plus: "minus", minus: "plus", add: "subtract", subtract: "add" },
};

/** The places of a source that can be changed: from, to, and what stands there instead. */
function placesIn(source) {
  const places = [];
  const put = (node, text) => places.push({ from: node.getStart(source), to: node.getEnd(), text });
  const visit = (node) => {
    // Types are no code, and words of a refusal that nobody should get need no test.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isThrowStatement(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = OPERATORS[node.operatorToken.getText(source)];
      if (operator) put(node.operatorToken, operator);
      if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) put(node, node.right.getText(source));
    }
    if (ts.isPrefixUnaryExpression(node) && ["!", "-"].includes(source.text[node.getStart(source)]))
      put(node, node.operand.getText(source));
    if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent)) put(node, `(${node.getText(source)} + 1)`);
    if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, "false");
    if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, "true");
    if (ts.isConditionalExpression(node)) put(node.condition, `!(${node.condition.getText(source)})`);
    if (ts.isIfStatement(node)) put(node.expression, "false");
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      if (ts.isIdentifier(name) && NAMES[name.text]) put(name, NAMES[name.text]);
    }
    if (ts.isExpressionStatement(node)) put(node, ";");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

const filesOf = (name) =>
  statSync(path.join(ROOT, name)).isFile()
    ? [name]
    : readdirSync(path.join(ROOT, name), { recursive: true })
        .map((file) => path.posix.join(name, file.replaceAll("\\", "/")))
        .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && !file.endsWith("/index.ts"));

const textOf = (file) => readFileSync(path.join(ROOT, file), "utf8");
const hashOf = (text) => parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16);

function mutant(file, { from, to, text }) {
  const before = textOf(file);
  const lineFrom = before.lastIndexOf("\n", from) + 1;
  const lineTo = before.indexOf("\n", to);
  const line = (changed) => `${before.slice(lineFrom, from)}${changed}${before.slice(to, lineTo)}`.trim();
  const place = `${file}:${before.slice(0, from).split("\n").length}`;
  return {
    file,
    text: before.slice(0, from) + text + before.slice(to),
    shown: `${place}\n    - ${line(before.slice(from, to))}\n    + ${line(text)}`,
  };
}

const kept = JSON.parse(textOf("test/mutants.json")).map(({ file, from, to, explained }) => {
  const parts = textOf(file).split(from);
  if (parts.length !== 2)
    throw new Error(`test/mutants.json: ${file} has ${parts.length - 1} times, not once: ${from}`);
  const at = parts[0].length;
  return { ...mutant(file, { from: at, to: at + from.length, text: to }), explained };
});

const files = [...new Set(wanted.flatMap(filesOf))];
const sampled = files.flatMap((file) => {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true);
  return placesIn(source)
    .map((place) => mutant(file, place))
    .filter(({ text }) => every > 0 && hashOf(text) % every === 0);
});
const explained = new Set(kept.filter((one) => one.explained).map(({ text }) => text));
const mutants = [
  ...kept.filter((one) => !one.explained && files.includes(one.file)),
  ...sampled.filter(({ text }) => !explained.has(text)),
];

/** The file's own tests first, then those of its room and the core; what they do not notice, the others may. */
const rounds = ({ file }) => {
  const own = file.replace(/^src/, "test").replace(/\.tsx?$/, ".test.ts");
  const room = file
    .split("/")
    .slice(1, file.startsWith("src/rules/") ? 3 : 2)
    .join("/");
  const all = [...(existsSync(path.join(ROOT, own)) ? [own] : []), `test/${room}/`, CORE, OTHERS];
  return near ? all.slice(0, 1) : all;
};

const [unit] = jestConfig.projects;
const [script] = Object.keys(unit.transform);
const config = (transform, ignored) => ({
  ...unit,
  rootDir: ROOT,
  transform: { ...unit.transform, [script]: transform },
  testPathIgnorePatterns: [...unit.testPathIgnorePatterns, ...ignored],
});

/** Runs the tests whose path has this pattern. Resolves to whether they pass; null for a run that does not end. */
function pass(configFile, tests, lane, more, seconds = LIMIT_SECONDS) {
  const jest = path.join(ROOT, "node_modules/jest/bin/jest.js");
  const options = ["--config", configFile, "--runInBand", "--testPathPatterns", tests, ...more];
  return new Promise((resolve) => {
    const env = { ...process.env, BUTIE_MUTANT: path.join(FOLDER, `${lane}.json`) };
    const child = spawn(process.execPath, [jest, ...options], { cwd: ROOT, stdio: "ignore", env });
    const limit = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    child.on("close", (code) => {
      clearTimeout(limit);
      resolve(code === null ? null : code === 0);
    });
  });
}

/** Tests that fail without any mutant notice nothing. */
async function failingAnyway() {
  const report = path.join(FOLDER, "report.json");
  writeFileSync(path.join(FOLDER, "0.json"), JSON.stringify({ file: "", text: "" }));
  const asked = near ? [...new Set(mutants.flatMap(rounds))].join("|") : OTHERS;
  await pass(writtenConfig([]), asked, 0, ["--json", "--outputFile", report], LIMIT_SECONDS_OF_ALL);
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  return testResults.filter(({ status }) => status === "failed").map(({ name }) => path.relative(ROOT, name));
}

function writtenConfig(ignored) {
  const file = path.join(FOLDER, "jest.json");
  const transform = ["<rootDir>/test/tools/mutant-transform.cjs", unit.transform[script][1]];
  writeFileSync(file, JSON.stringify(config(transform, ignored)));
  return file;
}

mkdirSync(FOLDER, { recursive: true });
const failing = await failingAnyway();
if (failing.length) console.log(`These tests fail without a mutant and are left out:\n  ${failing.join("\n  ")}`);
const configFile = writtenConfig(failing);

async function survives(one, lane) {
  writeFileSync(path.join(FOLDER, `${lane}.json`), JSON.stringify({ file: path.join(ROOT, one.file), text: one.text }));
  for (const tests of rounds(one)) {
    const passed = await pass(configFile, tests, lane, ["--bail"]);
    // An endless loop is noticed; on a loaded machine so may be a test that is only slow.
    if (passed === null) console.log(`does not end within ${LIMIT_SECONDS} s: ${one.shown}`);
    if (!passed) return false;
  }
  return true;
}

console.log(`${mutants.length} mutants of ${files.length} files, one of ${every} places`);
const waiting = mutants.values();
const survivors = [];
await Promise.all(
  Array.from({ length: lanes }, async (_, lane) => {
    for (const one of waiting) {
      if (!(await survives(one, lane))) continue;
      survivors.push(one);
      console.log(`survives: ${one.shown}`);
    }
  }),
);
const killed = mutants.length - survivors.length;
console.log(
  `${killed} of ${mutants.length} noticed (${((100 * killed) / mutants.length).toFixed(1)} %), ${explained.size} explained`,
);
const keptSurvive = survivors.some((one) => kept.includes(one));
process.exitCode = killed < GOAL * mutants.length || keptSurvive ? 1 : 0;
