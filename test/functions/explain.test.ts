import { across, cellError, down, functions, one, withPick } from "./called";

const explain = (...args: unknown[]) => functions.explain(...(args as Parameters<typeof functions.explain>));
const HEADERS = across("amount", "domestic", "prior_paid");

test("a table of five columns: limit, computation, amount, which binds, clause", () => {
  const table = explain(one("zj-15-suanli"), HEADERS, across(12000000, true, 0), one(2026));
  expect(table.slice(0, 4)).toEqual([
    ["限额", "计算", "金额", "起作用", "条款"],
    ["按比例", "合同实际执行金额 12,000,000.00 × 30% = 3,600,000.00", 3600000, "← 起作用的限额", "四（十五）"],
    ["上限", "8,000,000.00 − 本期已获 0.00 = 8,000,000.00", 8000000, "", "四（十五）"],
    ["结果", "", 3600000, "", ""],
  ]);
  expect(table.every((row) => row.length === 5)).toBe(true);
  expect(table.map(([label]) => label)).toEqual(
    expect.arrayContaining(["结论", "距下一限额", "采用读法", "其他读法", "文件", "原文", "状态", "有效期", "性质"]),
  );
});

test("only the first row is explained", () => {
  const rows = [
    [12000000, true, 0],
    ["x", true, 0],
  ];
  expect(explain(one("zj-15-suanli"), HEADERS, rows)[3]![2]).toBe(3600000);
});

test("a refused row gives the reason as a cell, and so does an error that came along", () => {
  expect(explain(one("zj-15-suanli"), HEADERS, across("x", true, 0))).toEqual([
    ["限额", "计算", "金额", "起作用", "条款"],
    ["输入有误", expect.stringMatching(/^第1行：“amount”：“x”不是金额/), "", "", ""],
  ]);
  expect(explain(one("zj-15-suanli"), HEADERS, across(cellError("#REF!", "丢失"), true, 0))[1]).toEqual([
    "输入有误",
    "丢失",
    "",
    "",
    "",
  ]);
  const plain = explain(one("zj-15-suanli"), HEADERS, across(cellError("#N/A"), true, 0))[1];
  expect(plain).toEqual(["输入有误", "单元格是错误值 #N/A", "", "", ""]);
});

test("what concerns the table as a whole is said in cells, too", () => {
  expect(explain(one("zj-15-suanli"), across("amount", "什么"), across(1, 2))).toEqual([
    ["限额", "计算", "金额", "起作用", "条款"],
    ["输入有误", expect.stringMatching(/不认识的表头“什么”/), "", "", ""],
  ]);
});

test("other readings see the other rows of the firm, as the award does", () => {
  const headers = across("input", "multimodal", "firm");
  const rows = [
    [5000000, false, "甲"],
    [2000000, true, "甲"],
  ];
  const others = explain(one("hz-17-dataset"), headers, rows).filter(([label]) => label === "其他读法");
  expect(others[0]![1]).toBe("既有普通又有多模态数据集时，上限如何提升（单位上限即为200万元）：1,500,000.00 元");
});

test("other readings leave what earlier rows of the firm have used, in whatever year they draw", () => {
  const others = (headers: unknown[][], rows: unknown[][], instrument: unknown[][]) =>
    explain(instrument, headers, rows, one("")).filter(([label]) => label === "其他读法");
  const headers = across("firm", "amount", "domestic", "year");
  const contracts = [
    ["西溪", 18_500_000, "是", 2027],
    ["西溪", 12_000_000, "是", 2027],
    ["西溪", 20_000_000, "是", 2026],
  ];
  const words = others(headers, contracts, one("zj-15-suanli")).map(([, value]) => value);
  // 2026 draws first; a limit for the policy's term leaves 2 million of 8 to the first row of 2027.
  expect(words).toContainEqual(expect.stringMatching(/整个政策期（单家企业整个政策期）：2,000,000\.00 元$/));
  expect(words).toContainEqual(expect.stringMatching(/整个政策期（每份合同）：5,550,000\.00 元$/));
});

test("readings that change nothing are not listed where there is no amount", () => {
  const others = (...cells: unknown[]) =>
    explain(one("zj-19-consortium"), across("approved", "consortium_led"), [cells]).filter(([l]) => l === "其他读法");
  expect(others(45000000, false)).toEqual([]);
  expect(others(45000000, true)).toHaveLength(2);
});

test("every outcome is told in cells as BUTIE tells it in messages", () => {
  const outcome = (id: string, headers: unknown[][], values: unknown[][], year: unknown = 2026) =>
    explain(one(id), headers, values, one(year)).find(([label]) => label === "结论")?.[1];
  expect(outcome("zj-15-suanli", HEADERS, across(1, true, 0), 2030)).toMatch(/^不在有效期内：.*2030/);
  expect(outcome("zj-15-suanli", across("amount"), across(1))).toBe("输入不全：缺少：自主算力");
  expect(outcome("hz-5-scene", across("investment", "rank"), across(1, 11))).toMatch(/^不符合条件：名次/);
  expect(outcome("hz-16-fund", one(""), one(""))).toMatch(/^这是资金池/);
  expect(outcome("zj-15-suanli", HEADERS, across(0, true, 0))).toBe("可获 0.00 元");
});

test("in English where the pane is", () =>
  withPick({ language: "en" }, () => {
    const table = explain(one("bj-9-chuangxin"), down("contract_amount"), one(1000000));
    expect(table[0]).toEqual(["limit", "computation", "amount", "binds", "clause"]);
    expect(table[1]!.slice(0, 4)).toEqual([
      "share",
      "technology-contract amount 1,000,000.00 × 30% = 300,000.00",
      300000,
      "← binding limit",
    ]);
  }));
