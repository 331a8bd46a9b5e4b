// npm start: the workbench in the browser, from a bare checkout. It builds only what has changed since the last time.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT, run, withProgress } from "./install.mjs";

const DIST = path.join(ROOT, "dist/workbench");
/** What the build reads. */
const INPUTS = [
  "src",
  "assets",
  "tools/functions-metadata.cjs",
  "tools/licenses.cjs",
  "webpack.config.js",
  "package-lock.json",
];
/** Left beside the build: what it was built from. */
const BUILT_FROM = path.join(DIST, "built-from.txt");

function filesOf(input) {
  const entries = readdirSync(path.join(ROOT, path.dirname(input)), { withFileTypes: true });
  if (!entries.find(({ name }) => name === path.basename(input))?.isDirectory()) return [input];
  const inside = readdirSync(path.join(ROOT, input), { recursive: true, withFileTypes: true });
  const files = inside
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  return files.map((file) => path.relative(ROOT, file)).sort();
}

/** One hash over the names and contents of all inputs. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap(filesOf))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(path.join(ROOT, file)));
  return hash.digest("hex");
}

/** Opens the address where there is a desktop to open it on. The address is printed anyway, so failing is no error. */
function openInBrowser(address) {
  if (process.env.CI) return;
  const openers = { win32: ["cmd", "/c", "start", "", address], darwin: ["open", address] };
  const desktop = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const [command, ...args] = openers[process.platform] ?? (desktop ? ["xdg-open", address] : []);
  if (!command) return;
  const opener = spawn(command, args, { stdio: "ignore", detached: true });
  opener.on("error", () => {});
  opener.unref();
}

await installDependencies();
const inputs = fingerprint();
if (!existsSync(BUILT_FROM) || readFileSync(BUILT_FROM, "utf8") !== inputs) {
  const webpack = ["node_modules/webpack/bin/webpack.js", "--mode", "production", "--stats", "errors-only"];
  const building = run(process.execPath, [...webpack, "--config-name", "workbench"]);
  const code = await withProgress("Building the workbench 正在构建工作台", 60, building);
  if (code !== 0) process.exit(code);
  writeFileSync(BUILT_FROM, inputs);
}
// Only now: it stands on what was installed.
const { serve } = await import("./server.mjs");
const { address } = await serve(DIST, 3000);
console.log(`\n补贴测算 Butie: ${address}\n\nCtrl+C ends it. 按 Ctrl+C 结束。`);
openInBrowser(address);
