/** docs/scenarios.md names every column of a table of scenarios, and its examples can be read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readScenarios, SCENARIO_COLUMNS } from "../../src/tables";

const PAGE = readFileSync(join(__dirname, "../../docs/scenarios.md"), "utf8");
const lines = PAGE.split(/\r?\n/)
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
const [, , ...rows] = lines;

test("the columns in their order, by their Chinese, English and short names", () => {
  expect(rows.slice(0, -1).map(([zh, en, name]) => ({ zh, en, name }))).toEqual(
    SCENARIO_COLUMNS.map(({ zh, en, name }) => ({ zh, en, name })),
  );
});

test("the examples make up one scenario", () => {
  expect(readScenarios([rows.map(([zh]) => zh), rows.map((row) => row[4])])).toEqual([
    {
      name: "降低上限",
      rate: "0.35",
      cap: 500_000_000,
      rates: { "0.3": "0.35", "0.1": "0.08" },
      caps: { "500000000": "600000000" },
      instrument: "bj-6-suanli",
      jurisdiction: "330108",
      claim: { year: 2027 },
      domesticShare: "0.6",
      growth: "-0.05",
      newFirms: 20,
      excluded: [
        [3, 3],
        [7, 9],
      ],
      pool: 8_000_000_000,
      sharing: "proportional",
      readings: { cap_scope: "nondomestic" },
    },
  ]);
});

test("every sharing rule is named with its words", () => {
  const { options } = SCENARIO_COLUMNS.find(({ name }) => name === "sharing")!;
  for (const [key, { zh }] of Object.entries(options!)) expect(PAGE).toContain(`${zh} \`${key}\``);
});
