/** What goes to those without the add-in: a workbook of plain formulas, and a workbook whose formulas became values for a while. */
import { readXlsx, writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { screenshot } from "./browser";
import { download, goTo, open, openWorkbench, save, type } from "./workbench";

const ROWS = [
  ["企业", "合同金额（万元）", "是否国产算力"],
  ["=1+1科技", 1200, "是"],
  ["=1+1科技", 4000, "是"],
  ["-减号公司", 86, "否"],
];
const ledger = async (): Promise<Buffer> => Buffer.from(await writeXlsx({ sheets: [{ name: "台账", rows: ROWS }] }));
const AWARDS = [7_200_000, 12_800_000, 258_000];

const pane = (page: Page) => page.locator("aside.pane");
const button = (page: Page, name: string | RegExp) => pane(page).getByRole("button", { name });

/** The pane with the table in hand, under Binjiang's voucher. */
async function openTable() {
  const opened = await openWorkbench();
  const { page } = opened;
  await open(page, "台账.xlsx", await ledger());
  await pane(page).getByRole("combobox", { name: "辖区" }).selectOption("330108");
  await goTo(page, "A3");
  await pane(page)
    .getByRole("group", { name: /^表 A1:C4/ })
    .getByRole("button", { name: "测算" })
    .click();
  await pane(page).getByRole("combobox", { name: "政策", exact: true }).selectOption({ label: "算力券" });
  await pane(page)
    .getByText(/3 行可算/)
    .waitFor();
  return opened;
}

test("a table is exported; the workbench opens it, and a cap changed there changes the award", async () => {
  const { page, consoleErrors } = await openTable();
  const { fileName, file } = await download(page, () => button(page, "导出工作簿").click());
  await pane(page)
    .getByText(/已保存为文件：3 行/)
    .waitFor();
  await screenshot(page, "standalone-exported");
  expect(fileName).toBe("台账 测算.xlsx");
  const { sheets } = await readXlsx(file);
  expect(sheets.map(({ name }) => name)).toEqual(["汇总", "企业", "测算", "资金池", "参数", "条款", "检查", "关于"]);
  const { rows } = sheets.find(({ name }) => name === "测算")!;
  const awards = rows.slice(5).map((row) => row[rows[4]!.indexOf("奖补额")]);
  expect(awards).toEqual(AWARDS);
  // Who only opens and saves it loses nothing, and what is changed is computed anew.
  await open(page, fileName, file);
  const cap = sheets.find(({ name }) => name === "参数")!.rows.findIndex(([, value]) => value === 20_000_000) + 1;
  await page.getByText("参数", { exact: true }).first().click();
  await type(page, `B${cap}`, "10000000");
  const saved = await save(page);
  const changed = saved.sheets.find(({ name }) => name === "测算")!.rows;
  expect(changed.slice(5).map((row) => row[changed[4]!.indexOf("奖补额")])).toEqual([7_200_000, 2_800_000, 258_000]);
  await screenshot(page, "standalone-reopened");
  expect(consoleErrors).toEqual([]);
});

test("formulas are frozen, the file is saved and opened again, and they come back", async () => {
  const { page, consoleErrors } = await openTable();
  await button(page, /^插入到/).click();
  await pane(page)
    .getByText(/已插入/)
    .waitFor();
  const before = (await save(page)).sheets[0]!;
  await button(page, "冻结与恢复").click();
  await button(page, "冻结 1 个补贴公式").click();
  await pane(page)
    .getByText(/已冻结 1 个公式/)
    .waitFor();
  await screenshot(page, "standalone-frozen");
  const frozen = await save(page);
  const formulas = frozen.sheets.flatMap(({ cells }) => [...cells!.values()].flatMap(({ formula }) => formula ?? []));
  expect(formulas).toEqual([]);
  expect(frozen.sheets[0]!.rows.slice(1).map((row) => row[3])).toEqual(AWARDS);
  expect(frozen.sheets[1]!.rows[5]!.slice(0, 4)).toEqual([
    "台账",
    "D2",
    "D2:D4",
    expect.stringMatching(/^=BUTIE\("bj-6-suanli"/),
  ]);

  await open(page, "台账 冻结.xlsx", frozen.file);
  await pane(page).getByRole("tab", { name: "测算" }).click();
  await button(page, "冻结与恢复").click();
  await button(page, "恢复 1 个公式").click();
  await pane(page)
    .getByText(/已恢复 1 个公式/)
    .waitFor();
  await screenshot(page, "standalone-thawed");
  const after = (await save(page)).sheets[0]!;
  expect(after.rows).toEqual(before.rows);
  expect(after.cells!.get("1,3")?.formula).toBe(before.cells!.get("1,3")!.formula);
  expect(consoleErrors).toEqual([]);
});

test("an exported workbook is the version before: what moved since stands in a new sheet", async () => {
  const { page, consoleErrors } = await openTable();
  const { file } = await download(page, () => button(page, "导出工作簿").click());
  await type(page, "B4", "86.5");
  await button(page, "冻结与恢复").click();
  await pane(page).getByLabel("之前的工作簿（.xlsx）").setInputFiles({ name: "旧版.xlsx", mimeType: "", buffer: file });
  await button(page, "与所选工作簿对比").click();
  await pane(page)
    .getByText(/^1 行不同，2 行相同：20,258,000\.00 → 20,259,500\.00 元/)
    .waitFor();
  await screenshot(page, "standalone-compared");
  const { rows } = (await save(page)).sheets.at(-1)!;
  expect(rows.at(-1)!.slice(7, 10)).toEqual([258_000, 259_500, 1_500]);
  expect(rows.find(([label]) => label === "之前加变动减之后（应为 0）")![1]).toBe(0);
  expect(consoleErrors).toEqual([]);
});
