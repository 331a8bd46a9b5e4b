/** The questions of a budget meeting, asked in the workbench in Chinese at the narrowest pane: who loses, and a report of the pool. */
import { writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { partsOf } from "../workbench/package";
import { screenshot, violations } from "./browser";
import { download, expectSoon, open, openWorkbench, save, widen } from "./workbench";

jest.setTimeout(240_000);

const FIRMS = 24;
const district = (k: number): string => ["长河", "西兴", "浦沿"][k % 3]!;
const amount = (k: number): number => Math.round(40_000_000 / (1 + k / 3));
const CLAIMS = [
  ["合同", "政策工具", "企业", "合同金额", "是否国产", "概率", "日期", "街道"],
  ...Array.from({ length: FIRMS }, (_, k) => [
    `HT-${k + 1}`,
    "bj-6-suanli",
    `企业${k + 1}`,
    amount(k),
    k % 2 ? "是" : "否",
    0.7,
    `2026-${String(1 + (k % 12)).padStart(2, "0")}-15`,
    district(k),
  ]),
];

const pane = (page: Page) => page.locator("aside.pane");

async function opened(paneWidth: number) {
  const { page, consoleErrors } = await openWorkbench({ width: 1100, height: 1000 });
  const sheets = [{ name: "合同", rows: CLAIMS }] as Parameters<typeof writeXlsx>[0]["sheets"];
  await open(page, "合同.xlsx", Buffer.from(await writeXlsx({ sheets })));
  await widen(page, paneWidth);
  await pane(page).getByRole("combobox", { name: "辖区" }).selectOption("330108");
  return { page, consoleErrors };
}

/** The contracts as the rows of 情景, and a lower cap among its scenarios. */
async function addLowerCap(page: Page): Promise<void> {
  await pane(page).getByRole("tab", { name: "情景" }).click();
  await pane(page)
    .getByRole("textbox", { name: /^数据区域/ })
    .fill(`合同!A1:H${FIRMS + 1}`);
  await page.getByText(`${FIRMS} 行；算力券`).waitFor();
  await pane(page).getByRole("combobox", { name: "模板" }).selectOption("cap");
  await pane(page).getByRole("button", { name: "加入模板" }).click();
}

test("who gains and who loses under a lower cap: one sentence, tables by size and street, and the sheet", async () => {
  const { page, consoleErrors } = await opened(320);
  await addLowerCap(page);
  const section = pane(page).getByRole("region", { name: "谁多得、谁少得" });
  await section.getByRole("button", { name: "比较得失" }).click();
  const verdict = section.getByText(/^由现行做法改为“.*”，合计少付/);
  await verdict.waitFor();
  await section.getByRole("group", { name: "按“街道”" }).waitFor();
  await section.getByRole("combobox", { name: "改为" }).scrollIntoViewIfNeeded();
  await section.getByRole("button", { name: "比较得失" }).evaluate((element) => element.scrollIntoView());
  await screenshot(page, "gains");
  expect(await violations(page, "aside.pane")).toEqual([]);
  await section.getByRole("button", { name: "插入到新工作表" }).click();
  await section.getByText("已插入到“谁多得、谁少得”").waitFor();
  const { sheets } = await expectSoon(
    () => save(page),
    (saved) => saved.sheets.some(({ name }) => name === "谁多得、谁少得"),
  );
  const cells = sheets.find(({ name }) => name === "谁多得、谁少得")!.rows.flat();
  expect(cells).toEqual(expect.arrayContaining(["长河", "西兴", "浦沿", await verdict.textContent()]));
  expect(consoleErrors).toEqual([]);
});

test.each([320, 600])(
  "what each of two changes costs, alone and together, as a sentence and a picture, %i px",
  async (width) => {
    const { page, consoleErrors } = await opened(width);
    await addLowerCap(page);
    const list = pane(page).getByRole("list", { name: "情景表" });
    await list.getByRole("button", { expanded: false }).first().click();
    await list.getByRole("textbox", { name: "分档比例" }).fill("60%→50%");
    const section = pane(page).getByRole("region", { name: "谁多得、谁少得" });
    await section.getByRole("button", { name: "比较得失" }).click();
    await section.getByText(/^由约?.*，2项改动合计少付.*“上限 1000万元”单独少付1,200万元/).waitFor();
    const picture = section.getByRole("figure", { name: "由现行到改后，一步一步" });
    await picture.evaluate((element) => element.scrollIntoView({ block: "center" }));
    await screenshot(page, `bridge-${width}`);
    expect(await violations(page, "aside.pane")).toEqual([]);
    await section.getByRole("button", { name: "插入到新工作表" }).click();
    await section.getByText("已插入到“谁多得、谁少得”").waitFor();
    const { file } = await download(page);
    const charts = Object.entries(partsOf(file)).filter(([path]) => path.startsWith("xl/charts/"));
    expect(charts).toEqual([[expect.any(String), expect.stringContaining('<c:grouping val="stacked"/>')]]);
    await screenshot(page, `bridge-sheet-${width}`);
    expect(consoleErrors).toEqual([]);
  },
);

test("from a ledger as people keep it, chances in words: each section answers first, and nothing scrolls sideways", async () => {
  const { page, consoleErrors } = await openWorkbench({ width: 1100, height: 1000 });
  const likely = ["高", "中", "低"];
  const rows = Array.from({ length: 24 }, (_, k) => [
    k + 1,
    `企业${k % 10}`,
    amount(k) / 10_000,
    k % 2 ? "是" : "否",
    `2026.${String(1 + (k % 12)).padStart(2, "0")}.15`,
    likely[k % 3]!,
  ]);
  const ledger = [
    ["2026年度算力券申报台账"],
    ["序号", "申报单位", "申报金额（万元）", "是否国产算力", "申报时间", "把握"],
    ...rows.slice(0, 12),
    ["", "小计", 1],
    ...rows.slice(12),
    ["", "合计", 2],
  ];
  const sheets = [{ name: "台账", rows: ledger }] as Parameters<typeof writeXlsx>[0]["sheets"];
  await open(page, "台账.xlsx", Buffer.from(await writeXlsx({ sheets })));
  await widen(page, 320);
  await pane(page).getByRole("combobox", { name: "辖区" }).selectOption("330108");
  await pane(page).getByRole("tab", { name: "资金池" }).click();
  const words = pane(page).getByRole("region", { name: "概率一列里的文字，各有多大可能" });
  const take = pane(page).getByRole("button", { name: /^用 台账/ });
  await words.or(take).first().waitFor();
  if (await take.isVisible()) await take.click();
  for (const [word, chance] of [
    ["高", "90%"],
    ["中", "50%"],
    ["低", "20%"],
  ] as const)
    await words.getByRole("textbox", { name: word, exact: true }).fill(chance);
  const parts = ["使用情况", "风险", "超额时如何分配", "上限与比例", "时间", "多年计划"];
  const part = (name: string) => pane(page).getByRole("heading", { name, exact: true }).locator("xpath=..");
  await part("风险")
    .getByText(/^按所填概率，2026年资金池（1亿元）用尽的可能为/)
    .waitFor();
  await pane(page)
    .getByText(/10 家企业各笔的概率不同：用尽的可能和支付按各笔分别发生计/)
    .first()
    .waitFor();
  for (const name of parts.slice(2)) await pane(page).getByRole("button", { name, exact: true }).click();
  for (const name of parts) {
    await part(name)
      .getByText(/^按所填概率，/)
      .first()
      .waitFor({ timeout: 60_000 });
    // The sentence is the first thing below the heading.
    const [, first] = (await part(name).innerText()).split(/\n+/);
    expect(first).toMatch(/^按所填概率，/);
  }
  const sideways = await pane(page)
    .getByRole("tabpanel")
    .evaluate((panel) =>
      [panel, ...panel.querySelectorAll('[role="region"]')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.getAttribute("aria-label")),
    );
  // The costs by rate and cap are a square: it alone may be wider.
  expect(sideways.filter((name) => name !== "支出：比例系数 × 上限（万元）")).toEqual([]);
  await screenshot(page, "ledger-320");
  expect(await violations(page, "aside.pane")).toEqual([]);
  expect(consoleErrors).toEqual([]);
});

test.each([320, 600])("the pool in sentences at %i px, and its report as a sheet", async (width) => {
  const { page, consoleErrors } = await opened(width);
  await pane(page).getByRole("tab", { name: "资金池" }).click();
  const field = (name: string) => pane(page).getByRole("textbox", { name });
  await field("申请额（元）").fill("合同!D:D");
  await field("企业（同名合并，上限按家）").fill("C:C");
  await pane(page).getByRole("button", { name: "概率、浮动、类别、日期、名次" }).click();
  await field("概率（一个数或一列）").fill("F:F");
  await field("申请日期").fill("G:G");
  const risk = pane(page).getByText(/^按所填概率，2026年资金池（1亿元）用尽的可能为.*若用尽，多在\d+月以后/);
  await risk.waitFor();
  await risk.evaluate((element) => element.scrollIntoView());
  await screenshot(page, `verdict-${width}`);
  expect(await violations(page, "aside.pane")).toEqual([]);
  await pane(page).getByRole("button", { name: "写成报告（新工作表）" }).click();
  await pane(page)
    .getByText(/^报告已写入工作表“报告”/)
    .waitFor({ timeout: 60_000 });
  const { sheets } = await expectSoon(
    () => save(page),
    (saved) => saved.sheets.some(({ name }) => name === "报告"),
  );
  const lines = sheets.find(({ name }) => name === "报告")!.rows.map(([first]) => first);
  expect(lines).toContain(await risk.textContent());
  await screenshot(page, `report-${width}`);
  expect(consoleErrors).toEqual([]);
});
