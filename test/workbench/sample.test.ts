import { awards } from "../../src/rules";
import { isPlanned, readTable } from "../../src/tables";
import { tableOf } from "../../src/taskpane/scenarios/base";
import { sampleWorkbook } from "../../src/workbench/sample";

const contracts = () => {
  const { cellData = {} } = sampleWorkbook().sheets!.contracts!;
  return Array.from({ length: 20 }, (_, index) => Object.values(cellData[5 + index]!).map(({ v }) => v));
};

test("twenty contracts of six firms in the three jurisdictions", () => {
  const rows = contracts();
  expect(rows.every(([contract]) => typeof contract === "string")).toBe(true);
  expect(new Set(rows.map((row) => row[3])).size).toBe(6);
  expect(new Set(rows.map((row) => row[1]))).toEqual(new Set(["浙江省", "杭州市", "滨江区"]));
});

test("the whole table is a base for scenarios: every row has its instrument, what is no input is left aside, totals are seen", () => {
  const { cellData = {} } = sampleWorkbook().sheets!.contracts!;
  const cell = (row: number, column: number) => {
    const { v, f } = cellData[row]?.[column] ?? {};
    return f === undefined ? (v ?? "") : 1;
  };
  const range = (last: number) =>
    Array.from({ length: last - 4 }, (_, r) => Array.from({ length: 10 }, (_, c) => cell(4 + r, c)));
  const table = tableOf(range(25), "", { year: 2026 });
  expect(table.base.headers).toEqual(["合同", "政策工具", "企业", "金额", "国产算力", "年度"]);
  expect(table.base.values).toHaveLength(20);
  expect(table.totals).toEqual([]);
  const { base } = table;
  const rows = readTable(base.instruments, base.headers, base.values, [""], base.claim).filter(isPlanned);
  expect(rows).toHaveLength(20);
  expect(awards(rows).every(({ outcome, fen }) => outcome.kind === "award" && fen >= 0)).toBe(true);
  expect(tableOf(range(26), "", { year: 2026 }).totals).toEqual([21]);
});

test("every award is one spilled call over all rows", () => {
  const { cellData = {} } = sampleWorkbook().sheets!.contracts!;
  const formulas = Object.values(cellData[5]!).flatMap(({ f }) => f ?? []);
  expect(formulas).toHaveLength(3);
  expect(formulas.every((formula) => formula.includes("E6:E25") || formula.includes("D6:G25"))).toBe(true);
});
