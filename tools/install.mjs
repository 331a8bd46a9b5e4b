// Installs the dependencies when they are missing or differ from the lock file. Built-in modules only: it runs first.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository; npm may have been called from anywhere. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, lockFile), "utf8")).packages;
  } catch {
    return null;
  }
}

/** npm leaves a lock file of what it installed. Dates say nothing (a checkout changes them), so contents are compared. */
function isCurrent() {
  const wanted = packagesIn("package-lock.json");
  const present = packagesIn("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  // Binaries for other systems are in the lock file and rightly not here.
  const complete = Object.entries(wanted).every(
    ([name, { version, optional }]) => !name || (present[name] ? present[name].version === version : optional),
  );
  return complete && Object.keys(present).every((name) => wanted[name]);
}

/** Runs a program; resolves to its exit code, or to 1 where a signal ended it. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", ...options });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Says what is done, how long it takes on a usual machine, and from time to time how long it has taken. */
export async function withProgress(what, seconds, work) {
  const start = Date.now();
  const since = () => Math.round((Date.now() - start) / 1000);
  console.log(`${what}, about ${seconds} s …`);
  const timer = setInterval(() => console.log(`  ${since()} s of about ${seconds} s`), 15_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    console.log(`  done in ${since()} s`);
  }
}

/** Runs `npm ci` where needed. The program ends here if that fails: nothing after it could work. */
export async function installDependencies() {
  if (isCurrent()) return;
  // No package here needs its install script, so none is run.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  // npm says where its own program is. Without it, Windows finds npm.cmd only through a shell.
  const npm = process.env.npm_execpath;
  const installing = npm
    ? run(process.execPath, [npm, ...args])
    : run("npm", args, { shell: process.platform === "win32" });
  const code = await withProgress("Installing dependencies 正在安装依赖 (npm ci)", 160, installing);
  if (code !== 0) {
    console.error("npm ci failed; its messages are above. Is the npm registry reachable?");
    process.exit(code);
  }
}
