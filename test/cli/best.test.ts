/** The best instrument of a family for each row of a table in a file, as BUTIE.BEST chooses it. */
import "../../src/workbench/runtime";
import { bestRows } from "../../src/cli/best";
import { withThoseAbove } from "../../src/functions/period";
import { best } from "../../src/functions/functions";
import { readJurisdiction, tablesIn } from "../../src/tables";

const BINJIANG = readJurisdiction("滨江");
const rowsOf = (values: (string | number)[][], places = withThoseAbove(BINJIANG)) =>
  bestRows(tablesIn({ values })[0]!, "compute-voucher", { year: 2026 }, places, "zh");

const HEADERS = ["企业", "合同编号", "合同金额（元）", "国产"];
const ROWS = [
  ["甲公司", "C1", 12_000_000, "是"],
  ["甲公司", "C2", 30_000_000, "否"],
  ["乙公司", "C3", 5_000_000, "是"],
];

test("each row has the award and the instrument of BUTIE.BEST", () => {
  const answers = best([["compute-voucher"]], [HEADERS], ROWS, [[2026]], [["binjiang"], ["hangzhou"], ["zhejiang"]]);
  expect(rowsOf([HEADERS, ...ROWS]).map(({ yuan, instrument }) => [yuan, instrument])).toEqual(answers);
});

test("titles above, a unit of its own and rows as the sheet counts", () => {
  const [row] = rowsOf([
    ["合同台账", "", "", ""],
    ["企业", "合同编号", "合同金额（万元）", "国产"],
    ["甲公司", "C1", 1200, "是"],
  ]);
  expect(row).toMatchObject({ row: 3, firm: "甲公司", object: "C1", yuan: 7_200_000, note: "" });
});

test("a row that cannot be read says why, and the others are chosen", () => {
  const rows = rowsOf([HEADERS, ["甲公司", "C1", "一百", "是"], ...ROWS.slice(1)]);
  expect(rows[0]).toMatchObject({ yuan: null, instrument: "", note: expect.stringContaining("第2行") as string });
  expect(rows[1]!.yuan).toBeGreaterThan(0);
});

test("places without such an instrument are refused", () => {
  expect(() =>
    bestRows(tablesIn({ values: [HEADERS, ...ROWS] })[0]!, "loan-interest", { year: 2026 }, [], "zh"),
  ).toThrow();
});
