import { across, cellError, down, functions, messages, NA, one, shown, VALUE } from "./called";

const best = (...args: unknown[]) => shown(functions.best(...(args as Parameters<typeof functions.best>)));
const HEADERS = across("amount", "domestic", "firm");
const FAMILY = one("算力券");

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

test("beyond twelve objects of a firm it says that it chose in row order", () => {
  const rows = (n: number) => Array.from({ length: n }, (_, i) => [1000000 * (i + 1), true, "甲"]);
  expect(best(FAMILY, HEADERS, rows(12)).every((row) => row.length === 2)).toBe(true);
  const many = best(FAMILY, HEADERS, [...rows(13), [1000000, true, "乙"]]);
  expect(many[0]).toEqual([600000, "bj-6-suanli", "该企业超过12个对象，按行序择优"]);
  expect(many[13]).toEqual([600000, "bj-6-suanli", ""]);
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

test("blank jurisdictions are all of them", () => {
  for (const blank of ["", 0, null])
    expect(best(FAMILY, HEADERS, across(1000000, true, ""), one(2026), one(blank))).toEqual([[600000, "bj-6-suanli"]]);
});

test("what a row lacks is named with its row", () => {
  const message = functions.best(one("application"), across("rank"), down(1, 2)).map(([cell]) => cell);
  expect(messages([message])[1]).toMatch(/^第2行：缺少/);
});

test("an unknown family, or one that pays nothing there, is refused", () => {
  expect(best(one("补贴"), HEADERS, across(1, true, ""))).toEqual(one(VALUE));
  expect(best(one("人才"), HEADERS, across(1, true, ""), one(2026), one("浙江"))).toEqual(one(VALUE));
});
