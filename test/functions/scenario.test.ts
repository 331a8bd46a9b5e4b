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
      ["方案", "比例", "上限"],
      ["两成", 0.2, 0],
      ["五百万", "", 5_000_000],
    ]);
    expect(column(table, "方案")).toEqual(["基准", "两成", "五百万"]);
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

  test("takes the year of its argument, and says its words in the language of the pick", () => {
    expect(column(run([["rate"], [0.2]], VALUES, one(2030)), "补助合计")).toEqual([0, 0]);
    withPick({ language: "en" }, () => {
      expect(run([["rate"], [0.2]])[0]!.slice(0, 2)).toEqual(["scenario", "total"]);
    });
  });

  test("refuses in words what it cannot read", () => {
    expect(shown(run([["折扣"], [0.2]]))).toEqual(one(VALUE));
    expect(messages(run([["折扣"], [0.2]])).join()).toContain("折扣");
    expect(messages(run([["比例"], [2]])).join()).toContain("方案第1行“比例”");
    expect(shown(run([["方案", "比例"]]))).toEqual(one(VALUE));
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
