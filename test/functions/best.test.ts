import { bestTable, type BestChoice } from "../../src/functions/best";
import { setPick } from "../../src/functions/pick";
import { across, cellError, down, functions, messages, NA, one, shown, VALUE } from "./called";

const best = (...args: unknown[]) => shown(functions.best(...(args as Parameters<typeof functions.best>)));
const HEADERS = across("amount", "domestic", "firm");
const FAMILY = one("算力券");

// A firm in Binjiang may choose among district, city and province.
beforeEach(() => setPick({ jurisdiction: "binjiang" }));
afterAll(() => setPick({}));

test("per row the highest award and the instrument that pays it", () => {
  expect(
    best(
      FAMILY,
      across("amount", "domestic"),
      down(1000000, 50000000).map(([a]) => [a, true]),
    ),
  ).toEqual([
    [600000, "bj-6-suanli"],
    [22500000, "hz-1-stack-suanli"],
  ]);
});

test("rows of one firm share limits: the best of all, not each row's own best", () => {
  const rows = [
    [30000000, true, "甲"],
    [30000000, true, "甲"],
    [1000000, false, "乙"],
  ];
  expect(best(FAMILY, HEADERS, rows)).toEqual([
    [18000000, "bj-6-suanli"],
    [13500000, "hz-1-stack-suanli"],
    [300000, "bj-6-suanli"],
  ]);
});

test("among the jurisdictions that are given", () => {
  const rows = across(10000000, true, "甲");
  const among = (...places: unknown[]) => best(FAMILY, HEADERS, rows, one(2026), across(...places));
  expect(among("浙江")).toEqual([[3000000, "zj-15-suanli"]]);
  expect(among("浙江", "杭州")).toEqual([[4500000, "hz-1-stack-suanli"]]);
  expect(among("滨江", "")).toEqual([[6000000, "bj-6-suanli"]]);
  expect(among("上海")).toEqual(one(VALUE));
});

test("by year: what is out of force pays nothing", () => {
  expect(best(FAMILY, HEADERS, across(10000000, true, "甲"), one(2028))).toEqual([[6000000, "bj-6-suanli"]]);
  expect(best(FAMILY, HEADERS, across(10000000, true, "甲"), one(2030))).toEqual([[NA, ""]]);
  expect(best(FAMILY, HEADERS, across(0, true, "甲"), one(2028))).toEqual([[0, ""]]);
});

test("a bad row has its own error; the others are chosen without it", () => {
  const rows = [
    ["x", true, "甲"],
    [10000000, true, "甲"],
    [cellError("#DIV/0!"), true, "甲"],
    [10000000, "也许", "甲"],
  ];
  expect(best(FAMILY, HEADERS, rows)).toEqual([
    [VALUE, ""],
    [6000000, "bj-6-suanli"],
    ["#DIV/0!", ""],
    [VALUE, ""],
  ]);
});

test("columns that only some of the family know are left aside by the others; one that none knows is refused", () => {
  const loan = across("principal", "interest_paid", "lpr", "total_investment");
  const rows = across(100000000, 3500000, 0.035, 80000000);
  expect(best(one("interest-subsidy"), loan, rows)).toEqual([[1750000, "zj-14-tiexi"]]);
  const unknown = functions.best(FAMILY, across("amount", "利率"), across(1, 2));
  expect(shown(unknown)).toEqual(one(VALUE));
  expect(messages(unknown)[0]).toMatch(/不认识的表头“利率”/);
});

test("with thirteen objects of a firm as with twelve: the total is the best, and nothing more is said", () => {
  // 91 million: 60 % of x million in Binjiang up to 20 million, 30 % of the rest from the nation and 8 million of the city on
  // top. x = 33 gives 19.8 + 17.4 + 8, x = 34 gives 20 + 17.1 + 8.
  const rows = Array.from({ length: 13 }, (_, i) => [1000000 * (i + 1), true, "甲"]);
  const found = best(FAMILY, HEADERS, rows);
  expect(found.every((row) => row.length === 2)).toBe(true);
  const total = found.reduce((sum, [award]) => sum + (award as number), 0);
  expect(total).toBe(45200000);
});

test("a column in the words of one document is the base of the others, too", () => {
  const among = (...headers: string[]) => best(FAMILY, across(...headers), across(1000000, "国产"));
  for (const amount of ["合同实际执行金额", "合同实际发生金额", "上一年度结算费用", "amount"]) {
    for (const domestic of ["自主算力", "国产算力", "domestic"])
      expect(among(amount, domestic)).toEqual([[600000, "bj-6-suanli"]]);
  }
  // Where a document has a column of its own, it keeps to that.
  const both = across("合同实际执行金额", "上一年度结算费用", "domestic");
  expect(best(FAMILY, both, across(1000000, 100, true))).toEqual([[450000, "hz-1-stack-suanli"]]);
  // What one locality paid is not taken off another's award.
  const paid = across("合同实际发生金额", "国产算力", "本年已获市级算力券");
  expect(best(FAMILY, paid, across(1000000, true, 8000000))).toEqual([[600000, "bj-6-suanli"]]);
  expect(best(one("corpus-voucher"), across("合同金额"), across(20000000))).toEqual([[6000000, "hz-1-nat-data"]]);
  expect(
    best(one("interest-subsidy"), across("贷款本金", "LPR", "已付利息"), across(100000000, 0.035, 2800000)),
  ).toEqual([[1750000, "zj-14-tiexi"]]);
});

test("omitted or blank jurisdictions are the pick and those above it", () => {
  const contract = across(10000000, true, "");
  for (const [jurisdiction, award] of [
    ["binjiang", [6000000, "bj-6-suanli"]],
    ["hangzhou", [4500000, "hz-1-stack-suanli"]],
    ["zhejiang", [3000000, "zj-15-suanli"]],
  ] as const) {
    setPick({ jurisdiction });
    expect(best(FAMILY, HEADERS, contract)).toEqual([award]);
    for (const blank of ["", 0, null]) expect(best(FAMILY, HEADERS, contract, one(2026), one(blank))).toEqual([award]);
    // Those that are named stay as they are, whatever the pick.
    expect(best(FAMILY, HEADERS, contract, one(2026), one("滨江"))).toEqual([[6000000, "bj-6-suanli"]]);
  }
  setPick({});
  expect(best(FAMILY, HEADERS, contract)).toEqual([[3000000, "zj-15-suanli"]]);
});

test("what a row lacks is named with its row", () => {
  const message = functions.best(one("application"), across("rank"), down(1, 2)).map(([cell]) => cell);
  expect(messages([message])[1]).toMatch(/^第2行：缺少/);
});

test("an unknown family, or one that pays nothing there, is refused", () => {
  expect(best(one("补贴"), HEADERS, across(1, true, ""))).toEqual(one(VALUE));
  expect(best(one("人才"), HEADERS, across(1, true, ""), one(2026), one("浙江"))).toEqual(one(VALUE));
});

test("the gap is said in yuan, beside the rows of the firm it is for; where it is not known, that is said", () => {
  const noted = (gaps: readonly number[], language: "zh" | "en") => {
    const choice: BestChoice = {
      entries: [],
      chosen: Int32Array.from(gaps, () => -1),
      gaps: Float64Array.from(gaps),
      row: () => ({ refused: "?" }) as never,
      groups: [],
    };
    return bestTable(choice, language).map((row) => row[2]);
  };
  expect(noted([123_456, 0, 123_456], "zh")).toEqual([
    "该企业各行合计与最优至多差 1,234.56 元",
    "",
    "该企业各行合计与最优至多差 1,234.56 元",
  ]);
  expect(noted([1], "en")).toEqual(["the rows of the firm together are at most 0.01 yuan below the best"]);
  expect(noted([Infinity], "zh")).toEqual(["该企业各行组合过多，未能证明最优，与最优的差额未知"]);
  expect(noted([Infinity], "en")[0]).toMatch(/not proven best/);
  expect(noted([0, 0], "zh")).toEqual([undefined, undefined]);
});
