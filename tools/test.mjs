// npm test: every check there is, each run whatever the others say, and one closing line "N passed, M failed",
// with ", K skipped" where tests could not run here: a clone that stands alone has no sources to compare with.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { installDependencies, ROOT, run } from "./install.mjs";

const CHECKS = [
  ["build", "webpack/bin/webpack.js", "--mode", "production", "--stats", "errors-only"],
  ["build for WPS", "webpack/bin/webpack.js", "--mode", "production", "--env", "host=wps", "--stats", "errors-only"],
  ["types", "typescript/bin/tsc", "--project", "."],
  ["types of the rooms without screen, clock and network", "typescript/bin/tsc", "--project", "tsconfig.pure.json"],
  ["lint", "eslint/bin/eslint.js", ".", "--max-warnings", "0"],
  ["formatting", "prettier/bin/prettier.cjs", "--check", "."],
  ["boundaries", "dependency-cruiser/bin/dependency-cruise.mjs", "src"],
];

/** Runs one check; its output is shown in one piece when it is done. Resolves to whether it passed. */
function check([name, program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join("node_modules", program), ...args], { cwd: ROOT });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("close", (code) => {
      console.log(code === 0 ? `passed: ${name}` : `FAILED: ${name}\n${output}`);
      resolve(code === 0);
    });
  });
}

/** Runs all checks, two at a time. Resolves to the number that passed. */
async function countPassedChecks() {
  const waiting = CHECKS.values();
  const lane = async () => {
    let passed = 0;
    // Both lanes draw from the same row.
    for (const next of waiting) if (await check(next)) passed++;
    return passed;
  };
  const lanes = await Promise.all([lane(), lane()]);
  return lanes[0] + lanes[1];
}

/** Whether browser tests can run. Without a browser a desktop skips them, in plain words; CI lets them fail. */
async function browserTestsRun() {
  const { startBrowser } = await import("./browser.mjs");
  const browser = await startBrowser();
  await browser?.close();
  if (browser || process.env.CI) return true;
  console.log(
    "\nSKIPPED: browser tests. No Edge, Chrome or Chromium was found; install one of them to run these tests too.",
  );
  return false;
}

/** Runs jest. Resolves to its numbers; a test file that does not even load counts as one failure. */
async function countTests() {
  const report = path.join(ROOT, "test-results/jest.json");
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const projects = (await browserTestsRun()) ? [] : ["--selectProjects", "unit", "pane"];
  await run(process.execPath, [
    "node_modules/jest/bin/jest.js",
    "--json",
    "--outputFile",
    report,
    "--maxWorkers",
    // A third of the time a test waits for a browser, a server or LibreOffice: one more keeps the cores busy.
    String(availableParallelism() + 1),
    ...projects,
  ]);
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests,
    };
  } catch {
    console.log("FAILED: jest ended without a report; its messages are above.");
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

await installDependencies();
const passedChecks = await countPassedChecks();
const tests = await countTests();
const failed = CHECKS.length - passedChecks + tests.failed;
const skipped = tests.skipped ? `, ${tests.skipped} skipped` : "";
console.log(`${passedChecks + tests.passed} passed, ${failed} failed${skipped}`);
process.exitCode = failed === 0 ? 0 : 1;
