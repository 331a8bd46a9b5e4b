/** Tables as they stand in ledgers: titles, units, merged and two-line headers, subtotals, blank lines. */
import { cellKey, regionAround, regionsIn, type SheetCells } from "../../src/tables/region";

const KNOWN = new Set(["申请单位", "合同金额（万元）", "是否国产算力", "金额", "企业", "国产算力"]);
const isKnown = (header: string) => KNOWN.has(header);

const around = (cells: SheetCells, row: number, column = 0) => regionAround(cells, { row, column }, isKnown);
const headers = (cells: SheetCells, row: number) => around(cells, row)!.columns.map(({ header }) => header);

const LEDGER: SheetCells = {
  values: [
    ["算力合同台账", "", "", "", ""],
    ["", "", "", "单位：万元", ""],
    ["序号", "申请单位", "合同金额（万元）", "是否国产算力", "签订日期"],
    [1, "甲公司", "1,200", "是", 46000],
    [2, "", 800, "否", 46001],
    ["", "小计", 2000, "", ""],
    ["", "", "", "", ""],
    [3, "乙公司", 500, "是", 46002],
    ["合计", "", 2500, "", ""],
    ["制表人：张三", "", "", "", ""],
  ],
  merges: [
    { row: 0, column: 0, rows: 1, columns: 5 },
    { row: 3, column: 1, rows: 2, columns: 1 },
  ],
};

test("title and unit line stand above, subtotals, blank lines and totals between, a signature below", () => {
  const region = around(LEDGER, 4)!;
  expect(region.area).toEqual({ row: 2, column: 0, rows: 7, columns: 5 });
  expect(region.headerRows).toBe(1);
  expect(region.rows).toEqual([3, 4, 7]);
  expect([...region.skipped]).toEqual([
    [5, "total"],
    [6, "blank"],
    [8, "total"],
  ]);
  expect(region.unit).toBe(10_000);
  expect(region.above.get(cellKey(4, 1))).toBe(3);
});

test.each([0, 2, 3, 5, 7, 8])("it is the same table from row %i", (row) => {
  expect(around(LEDGER, row)).toEqual(around(LEDGER, 4));
});

test("a cell beside the table belongs to it, one further away to nothing", () => {
  expect(regionAround(LEDGER, { row: 3, column: 5 }, isKnown)?.area.row).toBe(2);
  expect(regionAround(LEDGER, { row: 3, column: 7 }, isKnown)).toBeUndefined();
});

test("headers of two lines: groups across, single ones merged down, the unit in a line of its own", () => {
  const cells: SheetCells = {
    values: [
      ["申请单位", "合同", "", "是否国产算力"],
      ["", "金额", "日期", ""],
      ["甲", 10, "2026-01-02", "是"],
    ],
    merges: [
      { row: 0, column: 0, rows: 2, columns: 1 },
      { row: 0, column: 1, rows: 1, columns: 2 },
      { row: 0, column: 3, rows: 2, columns: 1 },
    ],
  };
  const region = around(cells, 2)!;
  expect(region.headerRows).toBe(2);
  expect(region.columns.map(({ header, full }) => [header, full])).toEqual([
    ["申请单位", "申请单位"],
    ["金额", "合同金额"],
    ["日期", "合同日期"],
    ["是否国产算力", "是否国产算力"],
  ]);
  expect(region.rows).toEqual([2]);
  const units: SheetCells = {
    values: [
      ["企业", "金额"],
      ["", "（万元）"],
      ["甲", 1],
    ],
  };
  expect(headers(units, 2)).toEqual(["企业", "金额（万元）"]);
});

test("a row of text under plain headers is a row, not a second line of headers", () => {
  const cells: SheetCells = {
    values: [
      ["企业", "国产算力", "说明"],
      ["甲", "是", "新签"],
      ["乙", "否", "续签"],
    ],
  };
  expect(around(cells, 1)).toMatchObject({ headerRows: 1, rows: [1, 2] });
});

test("a total is known by its SUM, too; an amount as text is no header", () => {
  const cells: SheetCells = {
    values: [
      ["企业", "金额"],
      ["甲", "1,000"],
      ["乙", 2],
      ["", 1002],
    ],
    formulas: [[], [], [], ["", "=SUM(B2:B3)"]],
  };
  expect(around(cells, 1)).toMatchObject({ rows: [1, 2], headerRows: 1 });
  expect(around(cells, 1)!.skipped.get(3)).toBe("total");
});

test("hidden columns are marked; two tables on a sheet are two", () => {
  const cells: SheetCells = {
    values: [
      ["企业", "金额"],
      ["甲", 1],
      ["", ""],
      ["", ""],
      ["企业", "金额", "国产算力"],
      ["乙", 2, "是"],
    ],
    hidden: [1],
  };
  expect(around(cells, 1)!.columns.map(({ hidden }) => hidden)).toEqual([false, true]);
  expect(regionsIn(cells, isKnown).map(({ area }) => area.row)).toEqual([0, 4]);
});

test("cells without headers are no table", () => {
  expect(
    around(
      {
        values: [
          [1, 2],
          [3, 4],
        ],
      },
      0,
    ),
  ).toBeUndefined();
  expect(around({ values: [["说明"]] }, 0)).toBeUndefined();
});
