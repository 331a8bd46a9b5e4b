import { down, functions, messages, NA, one, shown, VALUE, withPick } from "./called";

const { scenarioResults, butie } = functions;
const HEADERS = [["amount", "domestic", "firm"]];
const VALUES = [
  [10_000_000, true, "甲"],
  [2_000_000, "否", "乙"],
  [30_000_000, "国产", "甲"],
];
const run = (scenarios: unknown[][], values: unknown[][] = VALUES, year?: unknown[][]): unknown[][] =>
  scenarioResults(one("zj-15-suanli"), HEADERS, values, scenarios, year);
/** The column of a header. */
const column = (table: unknown[][], header: string): unknown[] =>
  table.slice(1).map((row) => row[table[0]!.indexOf(header)]);

describe("BUTIE.SCENARIO", () => {
  test("spills the base and each scenario, with the sums that BUTIE gives row by row", () => {
    const table = run([
      ["情景", "比例", "上限"],
      ["两成", 0.2, 0],
      ["五百万", "", 5_000_000],
    ]);
    expect(column(table, "情景")).toEqual(["基准", "两成", "五百万"]);
    expect(column(table, "补助合计")).toEqual([8_200_000, 8_400_000, 5_200_000]);
    expect(column(table, "与基准之差")).toEqual([0, 200_000, -3_000_000]);
    const rows = (butie(one("zj-15-suanli"), HEADERS, VALUES) as number[][]).flat();
    expect(rows.reduce((sum, yuan) => sum + yuan, 0)).toBe(8_200_000);
  });

  test("counts bad rows instead of failing on them", () => {
    const table = run([["rate"], [0.2]], [...VALUES, [-5, true, "丙"]]);
    expect(column(table, "未能计算的行")).toEqual([1, 1]);
    expect(column(table, "补助合计")).toEqual([8_200_000, 8_400_000]);
  });

  test("more added firms than there is room for are refused in words, in their scenario only", () => {
    const table = run([["new_firms"], ["1e9"], [2]]);
    expect(JSON.stringify(table[2])).toMatch(/新增 1000000000 家企业，行数超过可新增的/);
    expect(column(table, "补助合计").filter((total) => typeof total === "number")).toHaveLength(2);
  });

  test("scenarios in whole columns: the blank rows below are none", () => {
    const blank = Array.from({ length: 2 ** 20 - 2 }, () => ["", ""]);
    expect(column(run([["情景", "rate"], ["两成", 0.2], ...blank]), "补助合计")).toHaveLength(2);
  });

  test("a value beyond the headers is refused, not left out in silence", () => {
    expect(messages(run([["情景"], ["两成", 0.2]])).join()).toMatch(/第2列有数据但没有表头/);
  });

  test("says how many rows are not in force, apart from those that cannot be computed", () => {
    const table = run([["year"], [2030]], [...VALUES, [-5, true, "丙"]]);
    expect(column(table, "不在有效期内的行")).toEqual([0, 3]);
    expect(column(table, "未能计算的行")).toEqual([1, 1]);
  });

  test("takes the year of its argument, and says its words in the language of the pick", () => {
    expect(column(run([["rate"], [0.2]], VALUES, one(2030)), "补助合计")).toEqual([0, 0]);
    withPick({ language: "en" }, () => {
      expect(run([["rate"], [0.2]])[0]!.slice(0, 2)).toEqual(["scenario", "total"]);
    });
  });

  test("a scenario without a pool of its own, or a rule to share it, has no figure of them: no zero", () => {
    const table = run([
      ["资金池", "分配办法"],
      [8_000_000, "按比例"],
      [9_000_000, ""],
    ]);
    expect(column(table, "情景的资金池")).toEqual(["", 8_000_000, 9_000_000]);
    expect(column(table, "资金池可付")).toEqual([8_200_000, 8_000_000, 8_200_000]);
    expect(column(table, "足额支付的行")).toEqual(["", 0, ""]);
  });

  test("refuses in words what it cannot read", () => {
    expect(shown(run([["折扣"], [0.2]]))).toEqual(one(VALUE));
    expect(messages(run([["折扣"], [0.2]])).join()).toContain("折扣");
    expect(messages(run([["比例"], [2]])).join()).toContain("情景表第1行“比例”");
    expect(shown(run([["情景", "比例"]]))).toEqual(one(VALUE));
    expect(shown(run([["比例"], [new CustomFunctions.Error(NA as CustomFunctions.ErrorCode)]]))).toEqual(one(NA));
    expect(
      shown(
        scenarioResults(
          one("zj-15-suanli"),
          [["amount", "x"]],
          down(1).map((row) => [...row, 1]),
          [["rate"], [0.1]],
        ),
      ),
    ).toEqual(one(VALUE));
  });
});

/**
 * Three instruments, four firms, one amount that cannot be read. A scenario is the same table changed by hand:
 * each total is compared with the sum of BUTIE over the changed table.
 */
describe("a scenario gives what BUTIE gives over the table that it describes", () => {
  const NAMES = ["instrument", "firm", "amount", "domestic"];
  type Line = readonly [instrument: string, firm: string, amount: number | string, domestic: boolean];
  const LINES: readonly Line[] = [
    ["zj-15-suanli", "甲", 12_345_678.91, true],
    ["zj-15-suanli", "甲", 30_000_000, true],
    ["zj-15-suanli", "乙", 7_000_000.05, false],
    ["hz-1-nat-suanli", "乙", 9_999_999.99, true],
    ["hz-1-nat-suanli", "丙", 25_000_000, false],
    ["bj-6-suanli", "丁", 50_000_000, true],
    ["bj-6-suanli", "丁", "五百万", true],
    ["bj-6-suanli", "丙", 800_000.01, false],
  ];
  /** What BUTIE pays on each line; 0 where it pays nothing. */
  const paid = (lines: readonly Line[], more: Record<string, unknown> = {}, year?: number): number[] => {
    const rows = lines.map((line) => [...line, ...Object.values(more)]);
    const answers = butie(one(""), [[...NAMES, ...Object.keys(more)]], rows, year === undefined ? year : one(year));
    return answers.flat().map((answer) => (typeof answer === "number" ? answer : 0));
  };
  const sum = (amounts: readonly number[]): number =>
    amounts.reduce((fen, yuan) => fen + Math.round(yuan * 100), 0) / 100;
  /** The line of the result table of one scenario, by header. */
  const scenario = (cells: Record<string, unknown>, lines: readonly Line[] = LINES): Record<string, unknown> => {
    const [headers, base, line] = scenarioResults(one(""), [NAMES], lines as unknown as unknown[][], [
      Object.keys(cells),
      Object.values(cells),
    ]);
    const result = Object.fromEntries(headers!.map((header, c) => [header, line![c]]));
    expect(Math.round(((result["补助合计"] as number) - (base![1] as number)) * 100)).toBe(
      Math.round((result["与基准之差"] as number) * 100),
    );
    return result;
  };
  const total = (cells: Record<string, unknown>): unknown => scenario(cells)["补助合计"];
  const as = (instrument: string): Line[] => LINES.map(([, ...rest]) => [instrument, ...rest]);

  test("the base", () => {
    const [, base] = scenarioResults(one(""), [NAMES], LINES as unknown as unknown[][], [["rate"], ["10%"]]);
    expect(base![1]).toBe(sum(paid(LINES)));
  });

  test("a jurisdiction: each instrument's counterpart there", () => {
    expect(total({ jurisdiction: "杭州" })).toBe(
      sum(paid(LINES.map(([id, ...rest]) => [id.startsWith("hz") ? id : "hz-1-city-suanli", ...rest]))),
    );
    expect(total({ jurisdiction: "滨江" })).toBe(sum(paid(as("bj-6-suanli"))));
  });

  test("an instrument for all rows", () => {
    expect(total({ instrument: "hz-1-stack-suanli" })).toBe(sum(paid(as("hz-1-stack-suanli"))));
  });

  test("a year outside a window", () => {
    expect(total({ year: 2028 })).toBe(sum(paid(LINES, {}, 2028)));
    expect(scenario({ year: 2028 })).toMatchObject({ 不在有效期内的行: 5, 未能计算的行: 1 });
  });

  test("a year inside the windows, where the base lies outside", () => {
    const [headers, base, line] = scenarioResults(
      one(""),
      [NAMES],
      LINES as unknown as unknown[][],
      [["year"], [2026]],
      one(2035),
    );
    expect(base!.slice(0, 2)).toEqual(["基准", 0]);
    expect(base![headers!.indexOf("不在有效期内的行")]).toBe(7);
    expect(line![1]).toBe(sum(paid(LINES)));
  });

  test("a reading, for the instruments that have it", () => {
    const changed = paid(LINES.slice(0, 3), { cap_scope: "nondomestic" });
    expect(total({ cap_scope: "nondomestic" })).toBe(sum([...changed, ...paid(LINES.slice(3))]));
    expect(total({ cap_scope: "nondomestic" })).not.toBe(sum(paid(LINES)));
  });

  test("growth of the amounts, each to the fen", () => {
    const grown = LINES.map(([id, firm, amount, domestic]): Line => {
      const fen = typeof amount === "number" ? (BigInt(Math.round(amount * 100)) * 107n + 50n) / 100n : undefined;
      return [id, firm, fen === undefined ? amount : Number(fen) / 100, domestic];
    });
    expect(total({ growth: "7%" })).toBe(sum(paid(grown)));
  });

  test("a share of domestic compute: none and all", () => {
    const all = (domestic: boolean) => LINES.map(([id, firm, amount]): Line => [id, firm, amount, domestic]);
    expect(total({ domestic_share: "0%" })).toBe(sum(paid(all(false))));
    expect(total({ domestic_share: "100%" })).toBe(sum(paid(all(true))));
  });

  test("rows left out, among them one that cannot be read", () => {
    expect(total({ exclude: "1, 6-7" })).toBe(sum(paid(LINES.filter((_, r) => ![0, 5, 6].includes(r)))));
    expect(scenario({ exclude: "1, 6-7" })["未能计算的行"]).toBe(0);
  });

  test("four new firms: each firm once more", () => {
    const copies = LINES.map(([id, firm, amount, domestic]): Line => [id, `新${firm}`, amount, domestic]);
    expect(scenario({ new_firms: 4 })).toMatchObject({
      补助合计: sum(paid([...LINES, ...copies])),
      获补企业数: 8,
      未能计算的行: 1,
    });
  });

  test("several changes at once", () => {
    const changed = LINES.flatMap(([, firm, amount], r): Line[] =>
      r === 3 ? [] : [["bj-6-suanli", firm, typeof amount === "number" ? amount * 2 : amount, true]],
    );
    expect(total({ jurisdiction: "滨江", growth: "100%", exclude: "4", domestic_share: "100%", year: 2027 })).toBe(
      sum(paid(changed, {}, 2027)),
    );
  });

  test("a pool for all rows, shared out first come, first served", () => {
    const awards = paid(LINES);
    const pool = awards[0]! + awards[1]! + 1;
    expect(scenario({ pool, sharing: "先到先得" })).toMatchObject({
      补助合计: sum(awards),
      情景的资金池: pool,
      资金池可付: pool,
      足额支付的行: 2,
    });
  });

  test("a rate and a cap of one's own", () => {
    const one = LINES.slice(0, 3);
    // 20 % of 12,345,678.91, of 30,000,000 and of 7,000,000.05; at most 5,000,000 in all for 甲.
    expect(scenario({ rate: "20%" }, one)["补助合计"]).toBe(2_469_135.78 + 5_530_864.22 + 1_400_000.01);
    expect(scenario({ rate: "20%", cap: 5_000_000 }, one)["补助合计"]).toBe(5_000_000 + 1_400_000.01);
  });
});
