// The browser that tests run in: the one inside @sparticuz/chromium on Linux x64, else an installed Edge or Chrome.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "./install.mjs";

const require = createRequire(import.meta.url);

/**
 * Unpacks Chromium once per version and returns its folder. The package unpacks into the temporary folder and there takes
 * whatever version it finds, complete or not; so a process of its own unpacks into a new folder, which gets its name when done.
 */
function unpackedChromium() {
  const { version } = JSON.parse(
    readFileSync(path.join(ROOT, "node_modules/@sparticuz/chromium/package.json"), "utf8"),
  );
  const folder = path.join(ROOT, `node_modules/.cache/chromium-${version}`);
  if (existsSync(folder)) return folder;
  const unpacking = mkdtempSync(path.join(ROOT, "node_modules", ".chromium-"));
  const program = 'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: ROOT,
    encoding: "utf8",
    // With this name set, the package unpacks the system libraries (NSS) that Chromium needs, too.
    env: { ...process.env, TMPDIR: unpacking, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
  });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  // Chromium brings no Chinese font; without one every screenshot shows boxes.
  const fonts = [
    path.join(folder, "fonts"),
    path.join(path.dirname(require.resolve("@embedpdf/fonts-sc")), "../fonts"),
  ];
  writeFileSync(
    path.join(unpacking, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${fonts.map((font) => `  <dir>${path.resolve(font)}</dir>`).join("\n")}
  <cachedir>${path.join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`,
  );
  try {
    renameSync(unpacking, folder);
  } catch {
    // Another run was faster: its folder is as good.
    rmSync(unpacking, { recursive: true });
  }
  return folder;
}

/** What `chromium.launch()` of playwright-core needs, for each browser worth trying on this machine, best first. */
function launchOptions() {
  if (process.platform !== "linux" || process.arch !== "x64") return [{ channel: "msedge" }, { channel: "chrome" }];
  const folder = unpackedChromium();
  const bundled = {
    executablePath: path.join(folder, "chromium"),
    // Not the package's own switches: they turn web security off, and with it the content security policy under test.
    args: ["--no-sandbox", "--font-render-hinting=none", "--disable-gpu"],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  };
  return [bundled, { channel: "msedge" }, { channel: "chrome" }];
}

/**
 * Starts the first browser that runs, as a server to which tests connect.
 * @returns playwright-core's BrowserServer, or null where this machine has no browser
 */
export async function startBrowser() {
  const { chromium } = await import("playwright-core");
  for (const options of launchOptions()) {
    try {
      return await chromium.launchServer(options);
    } catch (error) {
      if (process.env.CI || process.env.DEBUG) console.error(String(error));
    }
  }
  return null;
}
