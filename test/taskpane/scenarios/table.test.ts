import fc from "fast-check";
import { entryOf, Exact, type Scenario } from "../../../src/rules";
import { readScenarios, scenarioTable } from "../../../src/tables";
import { changesOf, columnsOf, rowsOf, scenariosIn } from "../../../src/taskpane/scenarios/table";
import { templateOf } from "../../../src/taskpane/scenarios/templates";

test("rates are shown as percentages, amounts with their unit", () => {
  expect(rowsOf([{ name: "甲", rate: "0.35", cap: 500_000_001, growth: "-0.125", pool: 8_000_000_000 }])).toEqual([
    { name: "甲", rate: "35%", cap: "5000000.01元", growth: "-12.5%", pool: "8000万元" },
  ]);
});

test("what is shown is read as the scenario that it was, to the fen and the last digit, zeros too", () => {
  const share = fc.integer({ min: 0, max: 1_000_000 }).map((n) => new Exact(n).div(1_000_000).toString());
  const fen = fc.integer({ min: 0, max: 999_999_999_999 });
  const scenario: fc.Arbitrary<Scenario> = fc.record(
    { name: fc.constant("甲"), rate: share, domesticShare: share, growth: share, cap: fen, pool: fen },
    { requiredKeys: ["name"] },
  );
  fc.assert(
    fc.property(fc.array(scenario, { minLength: 1, maxLength: 4 }), (set) => {
      expect(scenariosIn(rowsOf(set))).toEqual(set);
      expect(readScenarios(scenarioTable(scenariosIn(rowsOf(set)), "zh"))).toEqual(set);
    }),
  );
});

test("a reading is named once: the row by its answer, the line below it by its question", () => {
  const entries = [entryOf("zj-15-suanli")];
  const rows = rowsOf(templateOf("readings", entries, { year: 2026 }, "zh"));
  const columns = columnsOf(entries, rows, "zh");
  expect(rows[0]!.name).toBe("A01 仅非自主一支封顶");
  expect(changesOf(rows[0]!, columns, "zh")).toBe("最高800万元约束两支还是仅非自主一支");
  for (const row of rows) expect(changesOf(row, columns, "zh")).not.toContain("：");
  // Under a name of the user's own both are told.
  expect(changesOf({ ...rows[0]!, name: "从宽", cap: "600" }, columns, "zh")).toBe(
    "上限 600；最高800万元约束两支还是仅非自主一支：仅非自主一支封顶",
  );
});
