/**
 * The planner's real question in the workbench, in Chinese at 320 and 600 px: Binjiang, 240 expected claims with chances by kind of
 * voucher, ±20 %, good and bad times, paid in March of the next years by instalments.
 */
import { writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { screenshot, violations } from "./browser";
import { open, openWorkbench, widen } from "./workbench";

jest.setTimeout(300_000);

const CLAIMS = 240;
const KINDS = ["算力券", "语料券", "模型券"];
const ROWS = [
  ["企业", "申请额", "券种", "日期"],
  ...Array.from({ length: CLAIMS }, (_, k) => [
    `企业${k + 1}`,
    Math.round(8_000_000 / (1 + k / 10)),
    KINDS[k % 3]!,
    `2026-${String(1 + (k % 12)).padStart(2, "0")}-15`,
  ]),
];

const pane = (page: Page) => page.locator("aside.pane");

/** A shot of what stands around an element, in a view tall enough for it. */
async function shoot(page: Page, name: string): Promise<void> {
  const height = await pane(page)
    .getByRole("tabpanel")
    .evaluate((panel) => panel.scrollHeight + 260);
  await page.setViewportSize({ width: 1100, height });
  await page.waitForTimeout(700);
  await screenshot(page, name);
  await page.setViewportSize({ width: 1100, height: 1000 });
}

test.each([320, 600])("240 claims, several years, several pools at %i px", async (width) => {
  const { page, consoleErrors } = await openWorkbench({ width: 1100, height: 1000 });
  const sheets = [{ name: "申请", rows: ROWS }] as Parameters<typeof writeXlsx>[0]["sheets"];
  await open(page, "申请.xlsx", Buffer.from(await writeXlsx({ sheets })));
  await widen(page, width);
  await pane(page).getByRole("combobox", { name: "辖区" }).selectOption("330108");
  await pane(page).getByRole("tab", { name: "资金池" }).click();
  const field = (name: string | RegExp) => pane(page).getByRole("textbox", { name });
  await field("申请额（元）").fill("申请!B:B");
  await pane(page).getByRole("button", { name: "概率、浮动、类别、日期、名次" }).click();
  await field(/^金额上下浮动/).fill("±20%");
  await field(/^类别/).fill("C:C");
  await field("申请日期").fill("D:D");
  const chances = pane(page).getByRole("region", { name: "各类获批的可能" });
  for (const [kind, chance] of [
    ["算力券", "60%"],
    ["语料券", "50%"],
    ["模型券", "40%"],
  ] as const)
    await chances.getByRole("textbox", { name: new RegExp(`^${kind}`) }).fill(chance);
  await pane(page).getByRole("button", { name: "一起变动（景气）" }).click();
  for (const [name, words] of [
    ["好：可能", "25%"],
    ["好：获批可能 ×", "1.2"],
    ["平：可能", "50%"],
    ["差：可能", "25%"],
    ["差：获批可能 ×", "0.7"],
    ["差：金额 ×", "0.9"],
  ] as const)
    await field(name).fill(words);
  await pane(page)
    .getByText(/^按所填概率、上下浮动和景气，2026年资金池（1亿元）用尽的可能为/)
    .waitFor();
  await pane(page)
    .getByText(/^若各笔互不相关，用尽的可能为/)
    .waitFor();
  await shoot(page, `uncertain-${width}`);
  expect(await violations(page, "aside.pane")).toEqual([]);
  const toggle = (part: string) => pane(page).getByRole("button", { name: part, exact: true }).click();
  await toggle("多年计划");
  await field("2026 年资金池").fill("8000万元");
  // The planned year's own pool is the one of every section.
  await pane(page)
    .getByText(/^按所填概率、上下浮动和景气，2026年资金池（8,000万元）用尽的可能为/)
    .waitFor();
  await pane(page).getByText("2026 年的资金池按单独填写的 80,000,000.00 元计").waitFor();
  for (const part of ["时间", "上限与比例", "多个资金池"]) await toggle(part);
  await pane(page)
    .getByText(/^按所填概率、上下浮动和景气，要使用尽的可能不超过10%|^按所填概率、上下浮动和景气，现行上限不必降/)
    .waitFor();
  await shoot(page, `pool-of-the-year-${width}`);
  expect(await violations(page, "aside.pane")).toEqual([]);
  for (const part of ["使用情况", "风险", "时间", "上限与比例", "多个资金池"]) await toggle(part);
  await pane(page).getByRole("combobox", { name: "何时兑付" }).selectOption("next");
  await field("分期（%）").fill("50/30/20");
  await pane(page).getByRole("combobox", { name: "往后再测几年" }).selectOption("2");
  await field("每年增长").fill("8%");
  await pane(page)
    .getByText(/^按所填概率、上下浮动和景气，平均须兑付2027年.*5年中至少一年用尽的可能为/)
    .waitFor();
  await shoot(page, `years-${width}`);
  expect(await violations(page, "aside.pane")).toEqual([]);
  // Nothing is cut off: what is wider than the pane scrolls by itself.
  expect(
    await pane(page)
      .getByRole("tabpanel")
      .evaluate((panel) => panel.scrollWidth - panel.clientWidth),
  ).toBe(0);
  expect(consoleErrors).toEqual([]);
});
