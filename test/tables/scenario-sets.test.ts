import { readSets, setsTable, type ScenarioSet } from "../../src/tables";

const SETS: ScenarioSet[] = [
  {
    name: "收紧",
    scenarios: [
      { name: "上限500万", cap: 500_000_000 },
      { name: "30%降到25%", rates: { "0.3": "0.25" }, caps: { "800000000": "600000000" } },
    ],
    last: {
      rows: "收紧 上次数据",
      totals: [{ total: 1_234_567_89, paid: 1_000_000_00 }, { total: 99, paid: 99 }, undefined],
    },
  },
  { name: "放宽", scenarios: [{ name: "=高", readings: { cap_scope: "nondomestic" }, pool: 1_000_000_000 }] },
];

test.each(["zh", "en"] as const)("sets are read back as they were written, in %s", (language) => {
  expect(readSets(setsTable(SETS, language))).toEqual(SETS);
});

test("a row that was emptied but for the name of its set takes no total from the others", () => {
  const [headers, asIs, first, ...others] = setsTable([SETS[0]!], "zh");
  const emptied = first!.map((cell, c) => (c === 0 || c >= first!.length - 3 ? cell : ""));
  const [{ scenarios, last }] = readSets([headers!, asIs!, emptied, ...others]) as [ScenarioSet];
  expect(scenarios).toEqual([SETS[0]!.scenarios[1]]);
  expect(last!.totals).toEqual([SETS[0]!.last!.totals[0], SETS[0]!.last!.totals[2]]);
});

test("the rows as they are have a line of their own, with the sheet of the last run", () => {
  const [headers, first, second] = setsTable(SETS, "zh");
  expect([headers![0], headers![1], ...headers!.slice(-3)]).toEqual([
    "情景集",
    "情景",
    "上次补贴总额",
    "上次实付",
    "上次数据",
  ]);
  expect([first![0], first![1], ...first!.slice(-3)]).toEqual([
    "收紧",
    "（现行做法）",
    1234567.89,
    1000000,
    "收紧 上次数据",
  ]);
  expect([second![1], ...second!.slice(-3)]).toEqual(["上限500万", 0.99, 0.99, ""]);
});

test("a line that a hand has put in belongs to the set it names; blank lines are left out", () => {
  const table = [...setsTable(SETS, "zh"), [], ["放宽", "不变"]];
  expect(readSets(table)[1]!.scenarios.map(({ name }) => name)).toEqual(["=高", "不变"]);
});

test("what cannot be read names its set and scenario", () => {
  const table = setsTable([{ name: "甲", scenarios: [{ name: "一", rate: "0.2" }] }], "zh");
  const column = table[0]!.indexOf("比例");
  const wrong = table.map((row, r) => (r === 2 ? row.map((cell, c) => (c === column ? "120%" : cell)) : row));
  expect(() => readSets(wrong)).toThrow(/情景集“甲”的“一”/);
  expect(() => readSets([["情景"], ["一"]])).toThrow("缺“情景集”一列");
});
