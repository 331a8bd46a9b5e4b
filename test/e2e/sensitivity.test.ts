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

async function openSensitivity(rows: number, options: PageOptions = {}, width = 320): Promise<OpenedPage> {
  const opened = await openPage("/workbench/", { width: 1100, height: 1000, ...options });
  const { page } = opened;
  await page.getByRole("tab").first().waitFor();
  const sheets = [{ name: "合同", rows: contracts(rows) }] as Parameters<typeof writeXlsx>[0]["sheets"];
  await open(page, "合同.xlsx", Buffer.from(await writeXlsx({ sheets })));
  await widen(page, width);
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
  if (name === "break-even" || name === "pairs")
    await pane(page)
      .getByRole("textbox", { name: /^(目标金额|Sum)/ })
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

test.each<[string, number, PageOptions]>([
  ["zh", 320, {}],
  ["zh", 600, {}],
  ["en dark", 320, { lang: "en-US", colorScheme: "dark" }],
])("each analysis fits without a fault, %s, %i px", async (name, width, options) => {
  const { page, consoleErrors } = await openSensitivity(3000, options, width);
  for (const kind of ["one", "two", "tornado", "break-even", "pairs"]) {
    await compute(page, kind);
    await analysis(page).scrollIntoViewIfNeeded();
    await analysis(page).evaluate((element) => element.scrollIntoView({ block: "start" }));
    await screenshot(page, `sensitivity ${kind} ${name} ${width}`.replaceAll(" ", "-"));
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
  expect(await analysis(page).inputValue()).toBe("break-even");
  for (const key of ["Tab", "Tab", "Tab"]) await page.keyboard.press(key);
  await page.keyboard.type("2000");
  for (const key of ["Tab", "Tab", "Enter"]) await page.keyboard.press(key);
  await pane(page).getByText("测算完成。").waitFor();
  await pane(page).getByRole("button", { name: "插入到新工作表" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("已插入到“反推”。").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "保存", exact: true }).click(),
  ]);
  const { sheets } = await readXlsx(await buffer(await download.createReadStream()));
  const sheet = sheets.find((one) => one.name === "反推")!;
  expect(sheet.rows[5]).toEqual(["不超过目标的最高值", expect.any(Number), expect.any(Number)]);
});

test.each([320, 600])("the slider follows over 50,000 contracts, exact to the yuan, %i px", async (width) => {
  const { page, consoleErrors } = await openSensitivity(50_000, {}, width);
  const section = pane(page).getByRole("region", { name: "拖动试算" });
  await section.getByRole("combobox", { name: "拖动的变量" }).selectOption("cap");
  await section.getByRole("button", { name: "读取数据，开始拖动" }).click();
  const slider = section.getByRole("slider");
  await slider.waitFor({ timeout: 60_000 });
  // The longest time for which the page could not answer while the slider is drawn along.
  await page.evaluate(() => {
    const seen = window as unknown as { longest: number };
    seen.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: "longtask" });
  });
  await slider.focus();
  for (let k = 0; k < 20; k++) await page.keyboard.press("ArrowRight");
  await section.getByText(/“上限 2400 万元”/).waitFor();
  const total = section.getByRole("group", { name: "拖动试算" }).locator("tbody tr").first();
  // 60 % of 10,000 k yuan for every second contract, 30 % for the others, at most 24 million.
  const exact = Array.from({ length: 50_000 }, (_, k) => Math.min(10_000 * (k + 1) * (k % 2 ? 0.3 : 0.6), 24_000_000));
  const yuan = exact.reduce((sum, award) => sum + Math.round(award), 0);
  expect(await total.locator("> *").nth(2).textContent()).toBe(`${yuan.toLocaleString("en")}.00`);
  console.log(
    `longest task while sliding: ${await page.evaluate(() => (window as unknown as { longest: number }).longest)} ms`,
  );
  await slider.scrollIntoViewIfNeeded();
  await screenshot(page, `slider-${width}`);
  expect(await violations(page)).toEqual([]);
  expect(consoleErrors).toEqual([]);
});
