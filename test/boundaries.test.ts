// The checks that keep the rooms apart do fire: violations are planted, and each is found by the rule meant for it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Linter } from "eslint";
import ts from "typescript";

const ROOT = path.resolve(__dirname, "..");
const run = (program: string, args: string[], options: object) =>
  spawnSync(process.execPath, [path.join(ROOT, "node_modules", program), ...args], { encoding: "utf8", ...options })
    .stdout;

jest.setTimeout(60_000);

describe("arrows between the rooms", () => {
  let house: string;
  beforeAll(() => (house = mkdtempSync(path.join(tmpdir(), "butie-"))));
  afterAll(() => rmSync(house, { recursive: true }));

  /** The rules that a house with these files breaks, as "file: rule". */
  function violations(files: Record<string, string>): string[] {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(house, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(house, name), text);
    }
    const config = path.join(ROOT, ".dependency-cruiser.cjs");
    const output = run(
      "dependency-cruiser/bin/dependency-cruise.mjs",
      ["src", "--config", config, "--output-type", "json"],
      {
        cwd: house,
      },
    );
    const { summary } = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
  }

  test("every arrow that points up, sideways or outside is found, and no other", () => {
    const library = (name: string) => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js" }),
      [`node_modules/${name}/index.js`]: "module.exports = 1;",
    });
    const found = violations({
      "tsconfig.json": JSON.stringify({ compilerOptions: { module: "ESNext", moduleResolution: "bundler" } }),
      "package.json": JSON.stringify({
        dependencies: { react: "1.0.0" },
        devDependencies: { "@univerjs/core": "1.0.0" },
      }),
      ...library("react"),
      ...library("@univerjs/core"),
      "src/rules/index.ts": "export const award = 1;",
      "src/rules/award.ts": "export const part = 1;",
      "src/writers/sql.ts": 'import "../rules";',
      "src/host/excel.ts": 'import "../rules";',
      "src/functions/functions.ts": 'import "../rules"; import "../writers/sql";',
      "src/taskpane/index.tsx":
        'import "react"; import "../functions/functions"; import "../host/excel"; import "./grid";',
      "src/workbench/index.tsx": 'import "../taskpane/index"; import "@univerjs/core";',
      // Planted:
      "src/rules/upward.ts": 'import "../functions/functions";',
      "src/rules/screen.ts": 'import "react";',
      "src/rules/files.ts": 'import "node:fs";',
      "src/rules/round.ts": 'import "./trip";',
      "src/rules/trip.ts": 'import "./round";',
      "src/rules/missing.ts": 'import "./nowhere";',
      "src/writers/sideways.ts": 'import "../host/excel";',
      "src/host/inside.ts": 'import "../rules/award";',
      "src/functions/pane.ts": 'import "../taskpane/index";',
      "src/taskpane/upward.ts": 'import "../workbench/index";',
      "src/taskpane/grid.ts": 'import "@univerjs/core";',
      "src/cli/words.ts": 'import "../rules";',
      "src/workbench/upward.ts": 'import "../cli/words";',
    });
    expect(found).toEqual(
      [
        "src/rules/upward.ts: rules-imports-only-from-below",
        "src/rules/screen.ts: no-screen-in-pure-rooms",
        "src/rules/files.ts: no-node-in-browser-rooms",
        "src/rules/round.ts: no-circular",
        "src/rules/missing.ts: no-unresolvable",
        "src/writers/sideways.ts: writers-imports-only-from-below",
        "src/host/inside.ts: rules-have-one-door",
        "src/functions/pane.ts: functions-imports-only-from-below",
        "src/taskpane/upward.ts: taskpane-imports-only-from-below",
        "src/taskpane/grid.ts: what-excel-loads-is-a-dependency",
        "src/taskpane/index.tsx: no-spreadsheet-in-what-excel-loads",
        "src/workbench/upward.ts: workbench-imports-only-from-below",
      ].sort(),
    );
  });
});

describe("what stands at a door is used by another room", () => {
  const parsed = (file: string) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
  const source = ({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration, file: string) =>
    path.resolve(path.dirname(file), (moduleSpecifier as ts.StringLiteral).text);

  /** The names at a door, those at the doors of its rooms included. */
  const namesAt = (door: string): string[] =>
    parsed(door).statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement)) throw new Error(`${door} has code of its own`);
      const { exportClause } = statement;
      return exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : namesAt(path.join(source(statement, door), "index.ts"));
    });

  const importedFrom = (room: string, file: string): string[] =>
    parsed(file)
      .statements.filter(ts.isImportDeclaration)
      .filter((statement) => source(statement, file) === room)
      .flatMap(({ importClause }) => {
        const names = importClause?.namedBindings;
        return names && ts.isNamedImports(names) ? [...names.elements] : [];
      })
      .map(({ name, propertyName }) => (propertyName ?? name).text);

  test.each(["rules", "tables"])("%s", (name) => {
    const room = path.join(ROOT, "src", name);
    const others = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(ROOT, "src", file))
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(room + path.sep));
    const used = new Set(others.flatMap((file) => importedFrom(room, file)));
    const names = namesAt(path.join(room, "index.ts"));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((one) => !used.has(one))).toEqual([]);
  });
});

describe("answers that depend on their arguments alone", () => {
  /** The lines that the lint rules for `file` forbid. The rules alone are run: types are not needed to see these. */
  function forbidden(file: string, lines: string[]): string[] {
    const config = JSON.parse(run("eslint/bin/eslint.js", ["--print-config", file], { cwd: ROOT })) as Linter.Config;
    const { "no-restricted-globals": globals, "no-restricted-syntax": syntax } = config.rules!;
    const rules = { "no-restricted-globals": globals!, "no-restricted-syntax": syntax! };
    return new Linter().verify(lines.join("\n"), { rules }).map(({ line }) => lines[line - 1]!);
  }

  const clock = ["export const a = Date.now();", "export const b = new Date();", "export const c = Math.random();"];
  const network = ['export const d = fetch("/");', "export const e = new XMLHttpRequest();"];
  const screen = [
    "export const f = window.name;",
    "export const g = document.title;",
    "export const h = Office.context;",
  ];
  const given = ['export const i = new Date("2026-01-01");', "export const j = Math.max(1, 2);"];

  test("in rules, no clock, chance, network, screen, Office or custom function", () => {
    const ours = "export const k = CustomFunctions.ErrorCode;";
    const planted = [...clock, ...network, ...screen, ours];
    expect(forbidden("src/rules/index.ts", [...planted, ...given])).toEqual(planted);
  });

  test("in functions, the same but for CustomFunctions", () => {
    const planted = [...clock, ...network, ...screen];
    const ours = "export const k = CustomFunctions.ErrorCode;";
    expect(forbidden("src/functions/functions.ts", [...planted, ...given, ours])).toEqual(planted);
  });
});
