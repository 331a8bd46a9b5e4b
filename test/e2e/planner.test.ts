/** The planner in the workbench, in Chinese, in the narrowest pane: Binjiang 2026, its compute vouchers, and ten thousand claims. */
import { buffer } from "node:stream/consumers";
import axe from "axe-core";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { formatYuan, needOf, quantile } from "../../src/rules";
import { openPage, screenshot, type OpenedPage } from "./browser";
import { goTo, open, type, widen } from "./workbench";

jest.setTimeout(240_000);

const FIRMS = 24;
const MANY = 10_000;
const PROBABILITY = 0.7;

/** Yuan before any cap: 24 firms from 40 million down, and ten thousand small ones. */
const claim = (k: number): number => Math.round(40_000_000 / (1 + k / 3));
const small = (k: number): number => 1000 * (1 + (k % 97));
const day = (k: number): string =>
  `2026-${String(1 + (k % 12)).padStart(2, "0")}-${String(1 + (k % 28)).padStart(2, "0")}`;

async function workbook(): Promise<Buffer> {
  const row = (k: number, amount: number) => [`企业${k + 1}`, amount, PROBABILITY, day(k)];
  const head = ["企业", "申请额", "概率", "日期"];
  const rows = (count: number, amount: (k: number) => number) => [
    head,
    ...Array.from({ length: count }, (_, k) => row(k, amount(k))),
  ];
  const sheets = [
    { name: "申请", rows: rows(FIRMS, claim) },
    { name: "一万份", rows: rows(MANY, small) },
  ];
  return Buffer.from(await writeXlsx({ sheets }));
}

async function openPlanner(options: Parameters<typeof openPage>[1] = {}, paneWidth = 320): Promise<OpenedPage> {
  const opened = await openPage("/workbench/", { width: 1100, height: 1000, ...options });
  const { page } = opened;
  await page.getByRole("tab").first().waitFor();
  await open(page, "申请.xlsx", await workbook());
  await widen(page, paneWidth);
  await pane(page).getByRole("combobox", { name: "辖区" }).selectOption("330108");
  await pane(page).getByRole("tab", { name: "资金池" }).click();
  await pane(page).getByLabel("资金池金额", { exact: true }).waitFor();
  return opened;
}

const pane = (page: Page) => page.locator("aside.pane");
const field = (page: Page, name: string) => pane(page).getByRole("textbox", { name });

/** The claims of a sheet, by the keyboard alone. */
async function enter(page: Page, sheet: string, likely: "probabilities" | "certain" = "probabilities"): Promise<void> {
  await field(page, "申请额（元）").focus();
  await page.keyboard.insertText(`${sheet}!B:B`);
  await field(page, "企业（同名合并，上限按家）").focus();
  await page.keyboard.insertText("A:A");
  if (likely === "certain") return;
  const further = pane(page).getByRole("button", { name: "概率、浮动、类别、日期、名次" });
  await further.focus();
  await page.keyboard.press("Enter");
  await field(page, "概率（一个数或一列）").focus();
  await page.keyboard.insertText("C:C");
  await field(page, "申请日期").focus();
  await page.keyboard.insertText("D:D");
}

const toggle = async (page: Page, name: string): Promise<void> => {
  const header = pane(page).getByRole("button", { name, exact: true });
  await header.focus();
  await page.keyboard.press("Enter");
};

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await (window as any).axe.run({
      include: [['aside.pane [role="tabpanel"]']],
      // Fluent's stops for the Tab key stand outside of what a screen reader reads.
      exclude: [["[data-tabster-dummy]"]],
    });
    return found.map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html).join(" ")}`);
  });
}

/** A shot of the whole pane: the view is made as tall as its content. */
async function shootWhole(page: Page, name: string, width = 1100): Promise<void> {
  const height = await pane(page)
    .getByRole("tabpanel")
    .evaluate((panel) => panel.scrollHeight + 260);
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(700);
  await screenshot(page, name);
  await page.setViewportSize({ width, height: 1000 });
}

test("Binjiang 2026: the pool for one dry year in ten, and what if the cap falls to 1000万", async () => {
  const { page, consoleErrors, externalRequests } = await openPlanner();
  expect(await pane(page).evaluate((element) => element.clientWidth)).toBe(320);
  await enter(page, "申请");
  await pane(page).getByText("已读 24 行，合并为 24 家企业").waitFor();
  await field(page, "假设上限").fill("1000");
  for (const [words, cap] of [
    ["上限 2000万元", 2e9],
    ["假设上限 1000万元", 1e9],
  ] as const) {
    const claims = Array.from({ length: FIRMS }, (_, k) => ({ amount: claim(k) * 100, probability: PROBABILITY, cap }));
    const pool = formatYuan(quantile(needOf(claims), 0.9));
    await pane(page).getByText(`${words}：用尽风险不超过 10%，资金池需 ${pool} 元`).waitFor();
  }
  await shootWhole(page, "planner-risk");
  expect(await violations(page)).toEqual([]);

  for (const part of ["使用情况", "风险"]) await toggle(page, part);
  for (const part of ["超额时如何分配", "上限与比例", "时间"]) await toggle(page, part);
  await pane(page).getByRole("region", { name: "逐月使用：假设上限 1000万元" }).waitFor();
  await pane(page).getByRole("region", { name: "兑付：假设上限 1000万元" }).waitFor();
  await shootWhole(page, "planner-parts");
  expect(await violations(page)).toEqual([]);
  // Nothing is cut off: what is wider than the pane scrolls by itself.
  expect(
    await pane(page)
      .getByRole("tabpanel")
      .evaluate((panel) => panel.scrollWidth - panel.clientWidth),
  ).toBe(0);
  expect(consoleErrors).toEqual([]);
  expect(externalRequests).toEqual([]);
});

test("a figure that is inserted, and a table that is copied, compute to the numbers of the pane", async () => {
  const { page } = await openPlanner();
  await enter(page, "申请", "certain");
  const table = pane(page).getByRole("region", { name: "使用情况" });
  const nameBox = page.locator('[data-u-comp="defined-name"] input');
  await nameBox.click();
  await nameBox.fill("H5");
  await nameBox.press("Enter");
  await page.waitForTimeout(500);
  await table.getByRole("button", { name: "插入公式：封顶后合计" }).click();
  await pane(page).getByText("已插入").waitFor();
  await pane(page).getByRole("button", { name: "复制到新工作表" }).first().click();
  await pane(page).getByText("已复制到工作表“使用情况”").waitFor();
  await page.waitForTimeout(500);
  await screenshot(page, "planner-sheet");
  const shown = await table
    .getByRole("row", { name: /^封顶后合计/ })
    .getByRole("cell")
    .first()
    .textContent();
  const approved = Array.from({ length: FIRMS }, (_, k) => Math.min(claim(k), 20_000_000)).reduce((a, b) => a + b);
  expect(shown).toBe(formatYuan(approved * 100));

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "保存", exact: true }).click(),
  ]);
  const { sheets } = await readXlsx(await buffer(await download.createReadStream()));
  const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)!.rows;
  expect(rowsOf("申请")[4]![7]).toBe(approved);
  expect(rowsOf("使用情况").find(([label]) => label === "封顶后合计")![1]).toBe(approved);
});

test("a claim is typed over, and undone: the pane says that its figures are older, and computes anew when told", async () => {
  const { page, consoleErrors } = await openPlanner();
  await enter(page, "申请", "certain");
  const asked = pane(page)
    .getByRole("region", { name: "使用情况" })
    .getByRole("row", { name: /^申请合计/ });
  const shows = (yuan: number) => asked.filter({ hasText: formatYuan(yuan * 100) }).waitFor();
  const all = Array.from({ length: FIRMS }, (_, k) => claim(k)).reduce((a, b) => a + b);
  await shows(all);
  const older = pane(page).getByText("表里的数字已改动，以下仍按改动前计算。");

  // Beside the claims nothing of them changes.
  await type(page, "H2", "待核");
  await page.waitForTimeout(2000);
  expect(await older.count()).toBe(0);

  await type(page, "B2", "50000000");
  await older.waitFor();
  await shows(all);
  await shootWhole(page, "planner-older");
  expect(await violations(page)).toEqual([]);
  // Wherever one looks, it is in sight.
  await asked.scrollIntoViewIfNeeded();
  await pane(page)
    .getByRole("tabpanel")
    .evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
  expect(await older.evaluate((line) => line.getBoundingClientRect().top)).toBeGreaterThan(0);
  await screenshot(page, "planner-older-below");
  await pane(page).getByRole("button", { name: "复制到新工作表" }).first().click();
  await pane(page)
    .getByText(/^表里的数字已改动，没有写出/)
    .waitFor();
  await goTo(page, "B2");
  await page.keyboard.press("Control+z");
  await older.waitFor({ state: "detached" });

  await type(page, "B2", "50000000");
  await older.waitFor();
  await widen(page, 600);
  await screenshot(page, "planner-older-wide");
  const line = pane(page).getByRole("status").filter({ hasText: "表里的数字已改动，以下" });
  await line.getByRole("button", { name: "重新读取" }).click();
  await shows(all - claim(0) + 50_000_000);
  expect(await older.count()).toBe(0);
  expect(consoleErrors).toEqual([]);
});

test("ten thousand claims with a common growth: the pane stays awake, and the work can be stopped", async () => {
  const { page, consoleErrors } = await openPlanner({}, 600);
  expect(await pane(page).evaluate((element) => element.clientWidth)).toBe(600);
  await enter(page, "一万份");
  await pane(page).getByText("已读 10,000 行，合并为 10,000 家企业").waitFor();
  await pane(page)
    .getByText(/^上限 2000万元：用尽风险不超过/)
    .waitFor({ timeout: 60_000 });
  await pane(page)
    .getByText(/抽取的 100 个年份/)
    .waitFor({ timeout: 60_000 });
  await toggle(page, "使用情况");
  await page.evaluate(() => {
    const long: number[] = [];
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => long.push(duration))).observe({
      type: "longtask",
    });
    (window as any).long = long;
  });
  await field(page, "增长上下浮动").fill("±20%");
  await pane(page).getByText("正在计算…").waitFor();
  await pane(page).getByRole("button", { name: "停止" }).click();
  await pane(page).getByText("已停止").waitFor();
  await field(page, "增长上下浮动").fill("±10%");
  await pane(page)
    .getByText(/^上限 2000万元：用尽风险不超过/)
    .waitFor({ timeout: 120_000 });
  const longest = await page.evaluate(() => Math.max(0, ...((window as any).long as number[])));
  expect(longest).toBeLessThan(1000);
  await toggle(page, "时间");
  await pane(page)
    .getByRole("region", { name: /^逐月使用/ })
    .waitFor({ timeout: 120_000 });
  await shootWhole(page, "planner-many");
  expect(consoleErrors).toEqual([]);
});
