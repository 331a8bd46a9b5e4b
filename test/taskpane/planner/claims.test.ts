import {
  claimsFrom,
  ofYear,
  OpenChances,
  type Claims,
  type ReadColumn,
  type ReadColumns,
  type Unnumbered,
} from "../../../src/taskpane/planner/claims";
import { columnsIn } from "../../../src/taskpane/planner/claim-columns";
import type { CellValue } from "../../../src/host/workbook";
import { refusalOf } from "../../tools/refusal";
import { finished } from "./finished";

const column = (address: string, cells: CellValue[]) => ({ place: { sheet: "申请", address }, cells });
function claims(columns: ReadColumns & { claims: ReadColumn }, form = {}, unnumbered: Unnumbered = {}): Claims {
  return finished(claimsFrom(columns, columnsIn({ claims: "申请!B2:B4", ...form }), unnumbered));
}

describe("claims of a column", () => {
  test("are whole fen, each row a claim that surely comes with its size", () => {
    const read = claims({ claims: column("B2:B4", [1, "2,000.005", ""]) });
    expect(read.amounts).toEqual([100, 200_001, 0]);
    expect(read.probabilities).toEqual([1, 1, 1]);
    expect(read.spreads).toEqual([0, 0, 0]);
    expect(read.names).toEqual(["申请!B2", "申请!B3", "申请!B4"]);
  });

  test("a blank probability of a claim is missing, unless blanks are taken as 1; a row without an amount is no claim", () => {
    const columns = { claims: column("B2:B4", [1, "", 3]), probability: column("C2:C4", [0.5, "", ""]) };
    expect(refusalOf(() => claims(columns))).toMatch(
      /概率 申请!C4：空白；请填 0 到 1 的概率，必定发生的填 1，或打开“概率为空按 1 计”/,
    );
    expect(claims(columns, {}, { blankIsCertain: true }).probabilities).toEqual([0.5, 1, 1]);
    const filled = { ...columns, probability: column("C2:C4", [0.5, "", 0]) };
    expect(claims(filled).probabilities).toEqual([0.5, 1, 0]);
  });

  test("a header is left out of every column, and of the ranges that formulas name", () => {
    const read = claims(
      { claims: column("B1:B3", ["申请额", 1, 2]), firm: column("A1:A3", ["企业", "甲", "乙"]) },
      { firm: "A1:A3" },
    );
    expect(read.header).toBe("申请额");
    expect(read.amounts).toEqual([100, 200]);
    expect(read.columns.claims).toEqual({ place: { sheet: "申请", address: "B2:B3" } });
    expect(read.columns.firm).toEqual({ place: { sheet: "申请", address: "A2:A3" } });
  });

  test.each([
    ["text", "一百万", /申请额 申请!B3：“一百万”不是金额/],
    ["an error of another formula", "#N/A", /申请额 申请!B3：“#N\/A”不是金额/],
    ["a negative amount", -1, /申请额 申请!B3：金额不能为负/],
    ["more than is exact", 1e13, /申请额 申请!B3：金额过大/],
    ["a flag", true, /申请额 申请!B3：TRUE不是金额/],
  ])("%s is refused by its cell", (_, cell, words) => {
    expect(refusalOf(() => claims({ claims: column("B2:B4", [1, cell, 2]) }))).toMatch(words);
  });

  test("an error in the first row is no header", () => {
    expect(refusalOf(() => claims({ claims: column("B2:B3", ["#N/A", 2]) }))).toMatch(/B2/);
  });

  test("an empty range, and one with nothing but a header, have no numbers", () => {
    expect(refusalOf(() => claims({ claims: column("B2:B4", []) }))).toMatch(/没有数字/);
    expect(refusalOf(() => claims({ claims: column("B2:B2", ["申请额"]) }))).toMatch(/没有数字/);
  });

  test("a last row that is the sum of the others is told apart from one that is one fen more", () => {
    expect(claims({ claims: column("B2:B4", [1, 2, 3]) }).endsInTotal).toBe(true);
    expect(claims({ claims: column("B2:B4", [1, 2, 3.01]) }).endsInTotal).toBe(false);
    expect(claims({ claims: column("B2:B4", [0, 0, 0]) }).endsInTotal).toBe(false);
  });

  test("columns of another height are refused with both heights", () => {
    const read = () => claims({ claims: column("B2:B4", [1, 2, 3]), firm: column("A2:A3", ["甲", "乙"]) });
    expect(refusalOf(read)).toBe("企业有 2 行，申请额有 3 行，应相同");
  });
});

describe("claims of firms", () => {
  const firms = (names: CellValue[], amounts: CellValue[], more: ReadColumns = {}) =>
    claims({ claims: column("B2:B4", amounts), firm: column("A2:A4", names), ...more }, { firm: "A2:A4" });

  test("rows of one firm are one claim, names compared without case as Excel does", () => {
    const read = firms(["Acme", "乙", "ACME"], [1, 2, 4]);
    expect(read.names).toEqual(["Acme", "乙"]);
    expect(read.amounts).toEqual([500, 200]);
    expect(read.rows).toBe(3);
  });

  test("a row without a firm is refused where it claims something, and left out where it does not", () => {
    expect(refusalOf(() => firms(["甲", "", "乙"], [1, 2, 4]))).toBe("企业 申请!A3 是空的，该行有申请额");
    expect(firms(["甲", "", "乙"], [1, "", 4]).amounts).toEqual([100, 400]);
  });

  test("probabilities that differ within a firm are averaged by amount, counted, and leave what is expected as it is", () => {
    const probability = column("C2:C4", [0.5, 0.5, 0.75]);
    const read = firms(["甲", "乙", "甲"], [1, 2, 4], { probability });
    expect(read).toMatchObject({ amounts: [500, 200], probabilities: [0.7, 0.5], columns: {} });
    const parts = [
      { amount: 100, probability: 0.5 },
      { amount: 400, probability: 0.75 },
    ];
    expect(read.parts).toEqual([parts, undefined]);
  });

  test("of one year, a firm has the mean of the rows of that year alone", () => {
    const probability = column("C2:C4", [0.5, 0.5, 0.75]);
    const date = column("D2:D4", ["2026-03-15", "2026-03-15", "2027-03-15"]);
    const read = firms(["甲", "乙", "甲"], [1, 2, 4], { probability, date });
    expect(ofYear(read, 2026)).toMatchObject({ amounts: [100, 200], probabilities: [0.5, 0.5] });
    expect(ofYear(read, 2027)).toMatchObject({ amounts: [400], probabilities: [0.75], parts: undefined });
  });

  test("two ranges for one firm are refused with both cells", () => {
    const within = column("C2:C4", ["±20%", "±20%", "±30%"]);
    const read = () => firms(["甲", "乙", "甲"], [1, 2, 4], { within });
    expect(refusalOf(read)).toMatch(/同一企业的离散度应相同：申请!A4 与 申请!A2 不同/);
  });

  test("dated rows keep their days and know their firm", () => {
    const date = column("D2:D4", ["2026-03-15", 46097, "2026年1月2日"]);
    expect(firms(["甲", "乙", "甲"], [1, 2, 4], { date }).dated).toEqual([
      { date: "2026-03-15", amount: 100, claim: 0 },
      { date: "2026-03-16", amount: 200, claim: 1 },
      { date: "2026-01-02", amount: 400, claim: 0 },
    ]);
  });

  test("a year is no day", () => {
    const date = column("D2:D4", [2026, 46097, 46098]);
    expect(refusalOf(() => firms(["甲", "乙", "甲"], [1, 2, 4], { date }))).toMatch(/日期 申请!D2：.*只有年份/);
  });
});

describe("columns as they are typed", () => {
  test("a probability is a number, a percentage or a column; without a sheet it lies on that of the claims", () => {
    const of = (probability: string) => columnsIn({ claims: "'申请 2026'!B2:B4", probability }).probability;
    expect(of("80%")).toEqual({ number: 0.8 });
    expect(of("0.8")).toEqual({ number: 0.8 });
    expect(of("$c$2:c4")).toEqual({ place: { sheet: "申请 2026", address: "C2:C4" } });
    expect(of("概率！Ｃ２：Ｃ４")).toEqual({ place: { sheet: "概率", address: "C2:C4" } });
  });

  test.each([
    [{ claims: "B2:B4" }, /申请额：“B2:B4”不是区域，应写成 工作表!A2:A50/],
    [{ claims: "申请!B2:C4" }, /申请额：申请!B2:C4 有多列/],
    [{ claims: "申请!B2:B4", firm: "甲" }, /企业：“甲”不是区域/],
    [{ claims: "申请!B2:B4", probability: "120%" }, /概率：.*0 到 1 之间/],
    [{ claims: "申请!B2:B4", spread: "大" }, /离散度：.*不可用/],
  ])("%j is refused in words", (form, words) => {
    expect(refusalOf(() => columnsIn(form))).toMatch(words);
  });
});

describe("a blank probability", () => {
  const columns = { claims: column("B2:B4", [1, 2, 0]), probability: column("C2:C4", [0.5, "", ""]) };
  const form = { probability: "C2:C4" };

  test("is missing, named by its cell with the way out; a row without a claim needs none", () => {
    expect(refusalOf(() => claims(columns, form))).toMatch(/概率 申请!C3：空白；.*概率为空按 1 计/);
    const none = { ...columns, claims: column("B2:B4", [1, 0, 0]) };
    expect(claims(none, form)).toMatchObject({ probabilities: [0.5, 1, 1], certainBlanks: 0 });
  });

  test("counts as 1 where the user says so, and is counted", () => {
    expect(claims(columns, form, { blankIsCertain: true })).toMatchObject({
      probabilities: [0.5, 1, 1],
      certainBlanks: 1,
    });
  });
});

test("a firm's row without an amount is no claim: its blank probability is not compared", () => {
  const firm = column("A2:A4", ["甲", "甲", "甲"]);
  const columns = { claims: column("B2:B4", ["", 1, 2]), probability: column("C2:C4", ["", 0.5, 0.5]), firm };
  const form = { probability: "C2:C4", firm: "A2:A4" };
  expect(claims(columns, form)).toMatchObject({ amounts: [300], probabilities: [0.5] });
  const differs = { ...columns, probability: column("C2:C4", ["", 0.5, 0.6]) };
  expect(claims(differs, form)).toMatchObject({ probabilities: [expect.closeTo(0.566667, 6)] });
});

describe("probabilities in words", () => {
  const columns = { claims: column("B2:B5", [1, 2, 4, 8]), probability: column("C2:C5", ["高", "中", " 高 ", 0.3]) };
  const form = { claims: "申请!B2:B5", probability: "C2:C5" };

  test("are asked for, all of them, and the words that have none yet are named", () => {
    const read = (chances = {}) => finished(claimsFrom(columns, columnsIn(form), { chances }));
    expect(() => read()).toThrow(OpenChances);
    expect(refusalOf(read)).toMatch(/概率一列写的是“高”“中”：每种写法有多大可能/);
    expect(refusalOf(() => read({ 高: "90%" }))).toMatch(/概率一列写的是“中”/);
    expect(read({ 高: "90%", 中: "0.5" })).toMatchObject({
      probabilities: [0.9, 0.5, 0.9, 0.3],
      chanceWords: ["高", "中"],
      columns: {},
    });
    expect(refusalOf(() => read({ 高: "190%", 中: "0.5" }))).toMatch(/概率 申请!C2：/);
  });
});

test("rows of one firm are one claim, however its name is spelled", () => {
  const firm = column("A2:A4", ["甲（杭州）", "甲(杭州)", "ＡＢＣ"]);
  expect(claims({ claims: column("B2:B4", [1, 2, 3]), firm }, { firm: "A2:A4" }).amounts).toEqual([300, 300]);
});

test("chances written as 80 and 50 are per cent; beside them a number of at most 1 is refused, and 80% is 80%", () => {
  const claimed = column("B2:B4", [1, 2, 3]);
  const read = claims({ claims: claimed, probability: column("C2:C4", [80, "５０", "100%"]) });
  expect(read.probabilities).toEqual([0.8, 0.5, 1]);
  expect(read.inPercent).toBe(true);
  // A formula over the cells would take 80 for a probability.
  expect(read.columns).toEqual({});
  expect(refusalOf(() => claims({ claims: claimed, probability: column("C2:C4", [80, 0.5, 1]) }))).toMatch(
    /概率 申请!C3：“0.5”是 0.5% 还是 50%？同一列里有大于 1 的数；请写成百分数，如 50%/,
  );
  expect(refusalOf(() => claims({ claims: claimed, probability: column("C2:C4", [80, 120, 1]) }))).toMatch(
    /概率 申请!C3/,
  );
  expect(claims({ claims: claimed, probability: column("C2:C4", [1, 0.5, 0]) }).probabilities).toEqual([1, 0.5, 0]);
});

test("a claim of which only the month is known comes on its last day, which is said", () => {
  const months = column("C2:C6", ["2026年2月", "2026-12", 202_606, "2026年3月5日", "２０２６年１０月份"]);
  const read = claims({ claims: column("B2:B6", [1, 1, 1, 1, 1]), date: months }, { claims: "申请!B2:B6" });
  expect(read.dated!.map(({ date }) => date)).toEqual([
    "2026-02-28",
    "2026-12-31",
    "2026-06-30",
    "2026-03-05",
    "2026-10-31",
  ]);
  expect(read.monthsOnly).toBe(4);
  expect(refusalOf(() => claims({ claims: column("B2:B2", [1]), date: column("C2:C2", ["2026年13月"]) }))).toMatch(
    /日期 申请!C2：“2026年13月”不是年度或日期/,
  );
});
