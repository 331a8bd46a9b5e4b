import { tableOf } from "../../../src/taskpane/scenarios/base";
import { refusalOf } from "../../tools/refusal";

type Cell = string | number | boolean;

const claim = { year: 2026 };

test("the first row holds the headers; columns that no instrument understands are left aside and named", () => {
  const { base, entries, unused } = tableOf(
    [
      ["合同", "amount", "国产算力", "备注"],
      ["A", 100, "是", "x"],
      ["B", 200, "否", ""],
    ],
    "bj-6-suanli",
    claim,
  );
  expect(base.values).toEqual([
    ["A", 100, "是"],
    ["B", 200, "否"],
  ]);
  expect(base.headers).toEqual(["合同", "amount", "国产算力"]);
  expect(unused).toEqual(["备注"]);
  expect(entries.map(({ instrument }) => instrument.id)).toEqual(["bj-6-suanli"]);
});

test("a column of instruments decides by row; an unknown one is left to the row", () => {
  const { base, entries } = tableOf(
    [
      ["政策工具", "amount"],
      ["hz-1-city-suanli", 100],
      ["没有这一项", 200],
      ["zj-15-suanli", 300],
    ],
    "",
    claim,
  );
  expect(base.values).toHaveLength(3);
  expect(entries.map(({ instrument }) => instrument.id)).toEqual(["zj-15-suanli", "hz-1-city-suanli"]);
});

test("blank rows below the last one are left out, blank rows between are kept", () => {
  const { base } = tableOf([["amount"], [1], [""], [2], [""], [""]], "bj-6-suanli", claim);
  expect(base.values).toEqual([[1], [""], [2]]);
});

test("columns without a header and columns under an error are left aside", () => {
  const error = { code: "#N/A" } as unknown as CustomFunctions.Error;
  const { base } = tableOf(
    [
      ["", "amount", error],
      [7, 1, 9],
    ],
    "bj-6-suanli",
    claim,
  );
  expect(base.headers).toEqual(["amount"]);
  expect(base.values).toEqual([[1]]);
});

test("what cannot be a base is refused in words", () => {
  expect(refusalOf(() => tableOf([["金额"]], "bj-6-suanli", claim))).toContain("一行表头和至少一行数据");
  expect(refusalOf(() => tableOf([["金额"], [1]], "", claim))).toContain("没有可用的政策工具");
  expect(
    refusalOf(() =>
      tableOf(
        [
          ["上一年度结算费用", "amount"],
          [1, 2],
        ],
        "bj-6-suanli",
        claim,
      ),
    ),
  ).toContain("表头重复");
});

test("a required input without a column is named before anything is computed", () => {
  const missing = (instrument: string, ...rows: Cell[][]) => tableOf(rows, instrument, claim).missing.zh;
  expect(missing("bj-6-suanli", ["企业", "国产算力", "费用合计（元）"], ["甲", "是", 100])).toEqual([
    "上一年度结算费用",
  ]);
  expect(missing("bj-6-suanli", ["企业", "国产算力", "结算费用（元）"], ["甲", "是", 100])).toEqual([]);
  expect(missing("bj-6-suanli", ["企业", "金额"], ["甲", 100])).toEqual(["国产算力"]);
  expect(missing("bj-6-suanli", ["企业", "金额", "国产算力"], ["甲", 100, "是"])).toEqual([]);
  const rowsNameThem = (...ids: string[]) => [["政策工具", "金额"], ...ids.map((id) => [id, 100])];
  expect(missing("", ...rowsNameThem("bj-6-suanli", "zj-15-suanli"))).toEqual(["国产算力", "自主算力"]);
  // Rows of the other policy can be computed: those that cannot are counted in every result.
  expect(missing("", ...rowsNameThem("bj-6-suanli", "bj-7-yuliao"))).toEqual([]);
});

test("a row that is called a total, or adds up all rows above it, is named: its amounts would count twice", () => {
  const HEAD = ["企业", "amount", "domestic"];
  const rows = [
    ["甲", 1_000_000, true],
    ["小计", 1_000_000, ""],
    ["乙", 500_000.5, false],
  ];
  const totals = (...more: (string | number | boolean)[][]) =>
    tableOf([HEAD, ...rows, ...more], "zj-15-suanli", { year: 2026 }).totals;
  expect(totals()).toEqual([2]);
  expect(totals(["", 2_500_000.5, ""])).toEqual([2, 4]);
  expect(totals(["合 计", 1, ""], ["Ｔｏｔａｌ：", 1, ""])).toEqual([2, 4, 5]);
  expect(totals(["丁总计划", 7, true])).toEqual([2]);
});
