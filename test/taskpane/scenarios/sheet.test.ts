/** The sheets that a run inserts, in Excel's stand-in. */
import { openExcel } from "../../../src/host/excel";
import type { Workbook } from "../../../src/host/workbook";
import { RULES_VERSION, type Scenario, type ScenarioResult } from "../../../src/rules";
import { tableOf } from "../../../src/taskpane/scenarios/base";
import { resultsOf, type Order } from "../../../src/taskpane/scenarios/request";
import { perRowSheet, resultSheet } from "../../../src/taskpane/scenarios/sheet";
import { FakeOffice } from "../../host/office";

const RANGE = [
  ["企业", "amount", "domestic", "eligible"],
  ["甲", 10_000_000, true, "是"],
  ["乙", 0, true, "是"],
  ["丙", 1_000_000, true, "否"],
  ["丁", "", true, "是"],
  ["戊", "五百万", true, "是"],
];
const SCENARIOS: readonly Scenario[] = [
  { name: "=两成", rate: "0.2" },
  { name: "2030 年", claim: { year: 2030 } },
  { name: "排除第一行，新增一家", excluded: [[1, 1]], newFirms: 1 },
  { name: "没有的读法", readings: { basis: "lpr" } },
];

function computed(): { order: Order; results: readonly ScenarioResult[] } {
  const { base } = tableOf(RANGE, "zj-15-suanli", { year: 2026 });
  const order = { base, scenarios: SCENARIOS, perRow: true };
  return { order, results: [...resultsOf(order)] };
}

async function excel(supported: readonly string[] = []): Promise<{ office: FakeOffice; workbook: Workbook }> {
  const office = new FakeOffice({ supported });
  office.install();
  office.addSheet("合同", RANGE);
  return { office, workbook: (await openExcel([]))! };
}

const value = (office: FakeOffice, sheet: string, row: number, column: number) =>
  office.sheet(sheet)!.cells.get(`${row - 1},${column}`);

test("per row: an award is an amount, be it zero; what is no award says which of the others it is", () => {
  const { order, results } = computed();
  const { cells, formats } = perRowSheet("逐行补贴", order, results, "zh");
  expect(cells[3]).toEqual(["行", "基准", "'=两成", "2030 年", "排除第一行，新增一家", "没有的读法"]);
  expect(cells.slice(4)).toEqual([
    [1, 3_000_000, 2_000_000, "不在有效期内", "已排除", "未能计算"],
    [2, 0, 0, "不在有效期内", 0, "未能计算"],
    [3, "不符合条件", "不符合条件", "不在有效期内", "不符合条件", "未能计算"],
    [4, 0, 0, "不在有效期内", 0, "未能计算"],
    [5, "数据无法读取", "数据无法读取", "数据无法读取", "数据无法读取", "未能计算"],
    [6, "", "", "", 0, "未能计算"],
  ]);
  expect(cells[2]![0]).toContain("0.00 是算出的零");
  expect(cells[2]![5]).toContain("没有这一读法");
  expect(formats).toEqual([{ address: "B5:F10", format: "#,##0.00" }]);
});

test("in English too", () => {
  const { order, results } = computed();
  const { cells } = perRowSheet("Awards by row", order, results, "en");
  expect(cells.slice(4).map((row) => row[1])).toEqual([3_000_000, 0, "not eligible", 0, "cannot be read", ""]);
});

test("Excel gets the table with number formats, the rules version and a chart of its own over names and totals", async () => {
  const { office, workbook } = await excel();
  const { order, results } = computed();
  const before = JSON.stringify([...office.sheet("合同")!.cells]);
  const name = await workbook.addSheet(resultSheet("情景测算结果", order, results, "zh"));
  expect(name).toBe("情景测算结果");
  const sheet = office.sheet(name)!;
  expect(value(office, name, 2, 0)!.value).toBe(
    `规则版本 ${RULES_VERSION.version}（${RULES_VERSION.date}）；申报年度 2026；基准 5 行；金额单位：元；插入时的结果，数据改动后请重新运行`,
  );
  expect([value(office, name, 3, 0)!.value, value(office, name, 3, 1)!.value]).toEqual(["情景", "补助合计"]);
  expect(value(office, name, 4, 1)).toMatchObject({ value: 3_000_000, format: "#,##0.00" });
  expect(value(office, name, 4, 3)).toMatchObject({ value: 1, format: "#,##0" });
  // A name that begins with "=" stays a name.
  expect(value(office, name, 5, 0)!.value).toBe("=两成");
  expect(sheet.charts).toEqual([{ type: "ColumnClustered", address: "A3:B8", title: "情景测算结果", corner: "A10" }]);
  expect(sheet.bold).toEqual(["1:3"]);
  expect(JSON.stringify([...office.sheet("合同")!.cells])).toBe(before);
});

test("a newer Excel undoes the whole sheet in one step", async () => {
  const { office, workbook } = await excel(["ExcelApi 1.20"]);
  const { order, results } = computed();
  await workbook.addSheet(resultSheet("情景测算结果", order, results, "zh"));
  expect(office.undoSteps).toHaveLength(1);
});
