/**
 * Pages for the browser tests. Run `npm run build` once, then `npx jest test/e2e`.
 *
 *   import { openPage, screenshot } from "./browser";
 *
 *   test("the workbench opens in Chinese", async () => {
 *     const opened = await openPage("/workbench/", { width: 1280, height: 800, lang: "zh-CN" });
 *     await opened.page.getByText("算力券").first().waitFor();
 *     await screenshot(opened.page, "workbench");          // test-results/workbench.png
 *     expect(opened.consoleErrors).toEqual([]);
 *     expect(opened.externalRequests).toEqual([]);
 *   });
 *
 * Pages close by themselves at the end of the test. `/taskpane.html` asks Microsoft's address for Office.js: give
 * `officeJs`, the source of a stand-in, and it is served in its place (and is then no external request).
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly lang?: "zh-CN" | "en-US";
  readonly colorScheme?: "light" | "dark";
  readonly officeJs?: string;
  /** Runs in every page before its own scripts. */
  readonly before?: string;
}

export interface OpenedPage {
  readonly page: Page;
  /** Messages of console.error and uncaught exceptions so far. */
  readonly consoleErrors: readonly string[];
  /** Addresses that were asked for outside the server of dist/ so far, allowed by the page's policy or not. */
  readonly externalRequests: readonly string[];
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RESULTS = path.resolve(__dirname, "../../test-results");

/** The address of the server of dist/, without "/" at its end. */
export const address = process.env.BUTIE_ADDRESS!;

// A cold machine needs longer than jest's five seconds for the first page.
jest.setTimeout(60_000);
// A page that was slow once is tried once more where a red run stops everybody; the first failure is printed.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });

let browser: Browser;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await chromium.connect(process.env.BUTIE_BROWSER!);
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

afterAll(() => browser.close());

/** Opens `pathname` ("/taskpane.html") of dist/ in a fresh profile, and waits until it is loaded. */
export async function openPage(pathname: string, options: PageOptions = {}): Promise<OpenedPage> {
  const { width = 1280, height = 800, lang = "zh-CN", colorScheme = "light", officeJs, before } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale: lang, colorScheme });
  contexts.push(context);
  const page = await context.newPage();
  const consoleErrors: string[] = [];
  const externalRequests: string[] = [];
  page.on("pageerror", (error) => consoleErrors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && consoleErrors.push(message.text()));
  page.on("request", (request) => {
    const standIn = officeJs !== undefined && request.url().endsWith("/office.js");
    const here = request.url().startsWith(`${address}/`) || /^(data|blob):/.test(request.url());
    if (!here && !standIn) externalRequests.push(request.url());
  });
  if (officeJs !== undefined)
    await page.route("**/office.js", (route) => route.fulfill({ contentType: "text/javascript", body: officeJs }));
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(address + pathname);
  return { page, consoleErrors, externalRequests };
}

/** Writes test-results/<name>.png of what the window shows; returns the file's name. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** What axe rejects in the parts of the page under a selector. */
export async function violations(page: Page, within = "html"): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as {
      axe: { run(selector: string): Promise<{ violations: { id: string; nodes: any[] }[] }> };
    };
    const found = (await axe.run(selector)).violations;
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(", ")}`);
  }, within);
}
