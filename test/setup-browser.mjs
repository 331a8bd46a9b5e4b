// Once per run of the browser tests: serves dist/ and starts the browser that all of them share (see e2e/browser.ts).
import { existsSync } from "node:fs";
import path from "node:path";
import { startBrowser } from "../tools/browser.mjs";
import { ROOT } from "../tools/install.mjs";
import { serve } from "../tools/server.mjs";

export default async function setup() {
  const dist = path.join(ROOT, "dist");
  if (!existsSync(path.join(dist, "taskpane.html"))) throw new Error("dist/ is missing: run `npm run build` first.");
  const browser = await startBrowser();
  if (!browser) throw new Error("Browser tests need Edge, Chrome or (on Linux x64) the installed @sparticuz/chromium.");
  const server = await serve(dist, 0);
  // Test files run in processes of their own, which inherit these two.
  process.env.BUTIE_BROWSER = browser.wsEndpoint();
  process.env.BUTIE_ADDRESS = server.address;
  globalThis.stopBrowserTests = () => Promise.all([browser.close(), server.close()]);
}
