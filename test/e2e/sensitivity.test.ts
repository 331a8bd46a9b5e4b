/** The sensitivity part of the scenario tab in the workbench: computed by workers, by keyboard alone, at 320 px. */
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { openPage, screenshot, type OpenedPage, type PageOptions } from "./browser";
import { open, widen } from "./workbench";

jest.setTimeout(180_000);

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Contracts of 10,000 yuan, 20,000 yuan, …, each its own firm; every second one of domestic compute. */
const contracts = (count: number) => [
  ["合同", "政策工具", "企业", "amount", "domestic"],
  ...Array.from({ length: count }, (_, k) => [`合同${k}`, "bj-6-suanli", `企业${k}`, 10_000 * (k + 1), k % 2 === 0]),
];

const pane = (page: Page) => page.locator("aside.pane");

async function openSensitivity(rows: number, options: PageOptions = {}): Promise<OpenedPage> {
  const opened = await openPage("/workbench/", { width: 1100, height: 1000, ...options });
  const { page } = opened;
  await page.getByRole("tab").first().waitFor();
  const sheets = [{ name: "合同", rows: contracts(rows) }] as Parameters<typeof writeXlsx>[0]["sheets"];
  await open(page, "合同.xlsx", Buffer.from(await writeXlsx({ sheets })));
  await widen(page, 320);
  // A workbook without a pick of its own speaks Chinese.
  if (options.lang === "en-US") await pane(page).getByRole("button", { name: "English" }).click();
  await pane(page)
    .getByRole("tab", { name: /^(情景|Scenarios)$/ })
    .click();
  await pane(page)
    .getByRole("textbox", { name: /^(数据区域|Range, headers)/ })
    .fill(`合同!A1:E${rows + 1}`);
  await runButton(page).and(page.locator(":enabled")).waitFor();
  return opened;
}

const runButton = (page: Page) => pane(page).getByRole("button", { name: /^(开始测算|Compute)$/ });
const analysis = (page: Page) => pane(page).getByRole("combobox", { name: /^(分析方式|Analysis)$/ });

async function compute(page: Page, name: string): Promise<void> {
  await analysis(page).selectOption(name);
  if (name === "break-even")
    await pane(page)
      .getByRole("textbox", { name: /^(目标补贴总额|Target total)/ })
      .fill("30000");
  await runButton(page).click();
  await runButton(page).and(page.locator(":enabled")).waitFor();
  await pane(page)
    .getByText(/^(测算完成。|Done\.)$/)
    .waitFor();
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(root: Element | null): Promise<{ violations: unknown[] }> } };
    const { violations: found } = await axe.run(document.querySelector("aside.pane"));
    return (found as { id: string; nodes: { html: string }[] }[]).map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  });
}

test.each<[string, PageOptions]>([
  ["zh", {}],
  ["en dark", { lang: "en-US", colorScheme: "dark" }],
])("each analysis fits 320 px without a fault, %s", async (name, options) => {
  const { page, consoleErrors } = await openSensitivity(3000, options);
  for (const kind of ["one", "two", "tornado", "break-even"]) {
    await compute(page, kind);
    await analysis(page).scrollIntoViewIfNeeded();
    await analysis(page).evaluate((element) => element.scrollIntoView({ block: "start" }));
    await screenshot(page, `sensitivity ${kind} ${name}`.replaceAll(" ", "-"));
    expect(await violations(page)).toEqual([]);
    const wider = await pane(page).evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(wider).toBe(false);
  }
  expect(consoleErrors).toEqual([]);
});

test("by keyboard alone: chosen, computed, inserted, and saved with its formats", async () => {
  const { page } = await openSensitivity(100);
  await analysis(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await analysis(page).inputValue()).toBe("break-even");
  for (const key of ["Tab", "Tab"]) await page.keyboard.press(key);
  await page.keyboard.type("2000");
  for (const key of ["Tab", "Tab", "Enter"]) await page.keyboard.press(key);
  await pane(page).getByText("测算完成。").waitFor();
  await pane(page).getByRole("button", { name: "插入到新工作表" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("已插入到“反推”。").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "保存" }).click(),
  ]);
  const { sheets } = await readXlsx(await buffer(await download.createReadStream()));
  const sheet = sheets.find((one) => one.name === "反推")!;
  expect(sheet.rows[4]).toEqual(["不超过目标的最高值", expect.any(Number), expect.any(Number)]);
});
