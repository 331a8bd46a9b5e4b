// npm start: the workbench in the browser, from a bare checkout.
import { spawn } from "node:child_process";
import path from "node:path";
import { installDependencies, ROOT, run } from "./install.mjs";
import { serve } from "./server.mjs";

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
console.log("Building the workbench, under a minute …");
const webpack = ["node_modules/webpack/bin/webpack.js", "--mode", "production", "--stats", "errors-only"];
const code = await run(process.execPath, [...webpack, "--config-name", "workbench"]);
if (code !== 0) process.exit(code);
const { address } = await serve(path.join(ROOT, "dist/workbench"), 3000);
console.log(`\n补贴测算 Butie: ${address}\n\nCtrl+C ends it. 按 Ctrl+C 结束。`);
openInBrowser(address);
