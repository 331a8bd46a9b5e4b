/** What tests of the workbench do on its page. */
import { buffer } from "node:stream/consumers";
import { type Sheet, readXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { openPage, type OpenedPage } from "./browser";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export async function openWorkbench(options: Parameters<typeof openPage>[1] = {}): Promise<OpenedPage> {
  const opened = await openPage("/workbench/", { width: 1500, height: 950, ...options });
  await opened.page.locator("aside.pane").getByRole("tab").first().waitFor();
  // The engine registers the last of its parts (scrolling to a cell) a moment after the grid is drawn.
  await opened.page.waitForTimeout(1000);
  return opened;
}

export async function goTo(page: Page, address: string): Promise<void> {
  const nameBox = page.locator('[data-u-comp="defined-name"] input');
  await expectSoon(
    async () => {
      // While the page starts, the grid may put its own selection back into the box.
      await nameBox.click();
      await nameBox.fill(address);
      await nameBox.press("Enter");
      await page.waitForTimeout(300);
      return nameBox.inputValue();
    },
    (shown) => shown === address,
  );
  // The engine takes the keyboard back only after this.
  await page.waitForTimeout(300);
}

export async function type(page: Page, address: string, content: string): Promise<void> {
  await goTo(page, address);
  // The first key opens the cell; the rest comes in one piece, as from a Chinese input method.
  await page.keyboard.type(content.slice(0, 1));
  await page.keyboard.insertText(content.slice(1));
  await page.keyboard.press("Enter");
}

export async function expectSoon<T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = await look();
    if (good(seen)) return seen;
    if (tries === 60) throw new Error(`still ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export interface Saved {
  readonly fileName: string;
  readonly file: Buffer;
  readonly sheets: Sheet[];
  readonly names: Record<string, string>;
}

const pressSave = (page: Page) => page.getByRole("button", { name: "保存", exact: true }).click();

export async function download(page: Page, press = () => pressSave(page)): Promise<Pick<Saved, "file" | "fileName">> {
  const [downloaded] = await Promise.all([page.waitForEvent("download"), press()]);
  return { file: await buffer(await downloaded.createReadStream()), fileName: downloaded.suggestedFilename() };
}

export async function save(page: Page, press = () => pressSave(page)): Promise<Saved> {
  const { file, fileName } = await download(page, press);
  const { sheets, namedRanges = [] } = await readXlsx(file, { readStyles: true });
  return { fileName, file, sheets, names: Object.fromEntries(namedRanges.map(({ name, range }) => [name, range])) };
}

/** Hands a file to the page, which may refuse it. */
export async function offer(page: Page, name: string, file: Buffer): Promise<void> {
  await page.locator('input[type="file"][accept*=".csv"]').setInputFiles({ name, mimeType: XLSX, buffer: file });
  await page.getByText(/正在打开…|Opening…/).waitFor({ state: "detached", timeout: 50_000 });
}

/** Opens a workbook. The pane begins anew with it: what was picked before is gone. */
export async function open(page: Page, name: string, file: Buffer): Promise<void> {
  await offer(page, name, file);
  await page.getByText(name, { exact: true }).first().waitFor({ timeout: 60_000 });
}

/** Moves the line between grid and pane by its keys. */
export async function widen(page: Page, width: number): Promise<void> {
  const divider = page.getByRole("separator");
  const seen = () => page.locator("aside.pane").evaluate((pane) => pane.clientWidth);
  for (let presses = 0; presses < 30 && (await seen()) !== width; presses++) {
    // On the line itself: while the page starts, the grid takes the keyboard.
    await divider.press((await seen()) > width ? "ArrowRight" : "ArrowLeft");
  }
}
