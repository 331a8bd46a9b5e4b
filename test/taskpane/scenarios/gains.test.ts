/** Winners and losers over a table of several vouchers, places and districts, against sums made by hand. */
import { tableOf } from "../../../src/taskpane/scenarios/base";
import { gainsOver, type GainsAnswer } from "../../../src/taskpane/scenarios/gains/question";
import { gainsSections, verdictOf } from "../../../src/taskpane/scenarios/gains/table";
import { reportSheet } from "../../../src/taskpane/parts/report";
import { Refusal, runScenarios, type Scenario } from "../../../src/rules";
import { scenarioBase } from "../../../src/tables";
import { groupingOf } from "../../../src/taskpane/scenarios/gains/groupings";
import { wordsIn } from "../../../src/cli/text";

const claim = { year: 2026 };
const CELLS = [
  ["政策工具", "企业", "amount", "domestic", "区", "备注"],
  ["zj-15-suanli", "甲", 1_000_000, true, "滨江", "x"],
  ["zj-15-suanli", "甲", 2_000_000, true, "滨江", "x"],
  ["zj-15-suanli", "乙", 40_000_000, true, "萧山", "x"],
  ["zj-15-suanli", "=丙", 4_000_000, true, "萧山", "x"],
  ["bj-6-suanli", "丁", 3_000_000, true, "滨江", "x"],
];
const HEAD_OF_POOL = ["政策工具", "企业", "amount", "domestic"];
const table = tableOf(CELLS, "", claim);

function found(from: Scenario | undefined, to: Scenario | undefined, of = table): GainsAnswer {
  const work = gainsOver({ base: of.base, from, to, groupings: of.groupings });
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const totals = (scenario: Scenario) => {
  const { instruments, headers, values } = table.base;
  return [...runScenarios(scenarioBase(instruments, headers, values, [""], claim), [scenario])];
};

const LOWER: Scenario = { name: "上限降到100万", cap: 100_000_000 };

test("who loses under a lower cap, by firm, size, place, kind and district", () => {
  const answer = found(undefined, LOWER);
  const [base, after] = totals(LOWER);
  expect(answer.all).toMatchObject({ parties: 4, gaining: 0, before: base!.paid, after: after!.paid });
  expect(answer.all.lost).toBe(base!.paid - after!.paid);
  expect(answer.losses[0]!.name.zh).toBe("乙");
  expect(answer.groups.map(({ kind, header }) => header ?? kind)).toEqual(["size", "place", "区"]);
  for (const { rows } of answer.groups) {
    expect(rows.reduce((sum, { gains }) => sum + gains.before, 0)).toBe(base!.paid);
    expect(rows.reduce((sum, { gains }) => sum + gains.after, 0)).toBe(after!.paid);
  }
  const districts = answer.groups.at(-1)!.rows;
  expect(districts.map(({ label }) => label.zh)).toEqual(["滨江", "萧山"]);
  expect(answer.bridge).toBeUndefined();
});

test("firms that ask for the same fall into classes of size by the rows of the table, whatever their years", () => {
  // The first two rows are paid 60 %, the others 30 %.
  const rows = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"].map((firm, i) => {
    return ["bj-6-suanli", i % 2 ? 2026 : 2027, firm, 1_000_000, i < 2];
  });
  const years = tableOf([["政策工具", "年度", "企业", "amount", "domestic"], ...rows], "", claim);
  const answer = found(undefined, LOWER, years);
  const [size] = answer.groups;
  expect(size!.rows.map(({ gains }) => gains.before)).toEqual([120_000_000, 60_000_000, 60_000_000, 60_000_000]);
  // Of equal losses the first row's is named first.
  const lower = found(undefined, { name: "上限降到10万", cap: 10_000_000 }, years);
  expect(lower.losses.map(({ name }) => name.zh).join("")).toBe("甲乙丙丁戊己庚辛");
});

test("and the other way round, gains are losses", () => {
  const [there, back] = [found(undefined, LOWER), found(LOWER, undefined)];
  expect(back.all).toMatchObject({ gained: there.all.lost, losing: 0, before: there.all.after });
  expect(back.gains.map(({ name }) => name)).toEqual(there.losses.map(({ name }) => name));
});

test("several changes: each alone, and what they do together, add up to the new total", () => {
  const both: Scenario = { name: "两项", rate: "0.2", cap: 100_000_000 };
  const { bridge } = found(undefined, both);
  const [base, after] = totals(both);
  const alone = bridge!.changes.map(({ changes }) => totals({ name: "", ...changes })[1]!.paid - base!.paid);
  expect(bridge!.alone).toEqual(alone);
  expect(bridge!.before + alone.reduce((a, b) => a + b, 0) + bridge!.together).toBe(after!.paid);
  expect(bridge!.together).not.toBe(0);
});

test("added firms and rows left out count on the side where they are", () => {
  const answer = found(undefined, { name: "增减", newFirms: 1, excluded: [[3, 3]] });
  expect(answer.losses.map(({ name }) => name.zh)).toEqual(["乙"]);
  expect(answer.gains[0]!.name.zh).toMatch(/^新增企业/);
  expect(answer.all.after).toBe(totals({ name: "增减", newFirms: 1, excluded: [[3, 3]] })[1]!.paid);
});

test("an added firm with several rows is one firm, and stands apart in every group", () => {
  // 甲 has two rows, 0.3 + 0.6 million yuan; the second added firm repeats 乙: 8 million.
  const answer = found(undefined, { name: "新增", newFirms: 2 }, tableOf(CELLS.slice(0, 4), "", claim));
  expect(answer.all).toMatchObject({ parties: 4, gaining: 2, gained: 890_000_000 });
  expect(answer.gains.map(({ name, after }) => [name.zh, after])).toEqual([
    ["新增企业2", 800_000_000],
    ["新增企业1", 90_000_000],
  ]);
  for (const { rows } of answer.groups)
    expect(rows.at(-1)).toMatchObject({ label: { zh: "新增企业" }, gains: { gaining: 2 } });
  expect(verdictOf(answer, "zh")).toBe(
    "由现行做法改为“新增”，合计多付890万元；4家企业（其中新增2家）中2家多得（共890万元），0家少得（共0元），2家不变；多得的钱100%在新增企业；前五家所占仍为100%。",
  );
});

test("firms that two ways add are the same, one after the other, whatever rows are left out", () => {
  const three: Scenario = { name: "三家", newFirms: 3 };
  const two: Scenario = { name: "两家", newFirms: 2, excluded: [[1, 1]] };
  const answer = found(three, two);
  const [, before] = totals(three);
  const [, after] = totals(two);
  expect(answer.all).toMatchObject({ parties: 7, before: before!.paid, after: after!.paid });
  expect(found(three, three).all).toMatchObject({ parties: 7, gaining: 0, losing: 0 });
});

test("rows that one of the ways cannot compute are in neither, and the sentence says how many", () => {
  const rows = [
    HEAD_OF_POOL,
    ["zj-15-suanli", "甲", 1_000_000, true],
    ["zj-15-suanli", "乙", "不详", true],
    ["zj-15-suanli", "", 1_000_000, true],
    ["zj-15-suanli", "丙", 2_000_000, ""],
    ["bj-7-yuliao", "丁", 1_000_000, ""],
  ];
  const lower = found(undefined, LOWER, tableOf(rows, "", claim));
  expect(lower).toMatchObject({ unknown: 3, all: { parties: 2, before: 60_000_000 } });
  expect(verdictOf(lower, "zh")).toContain("无一变动，合计仍为60万元（另有3行算不出，未计入）。");
  // The row of 丁 says nothing of domestic compute: it is no loss that 算力券 cannot be computed for it.
  const other = found(undefined, { name: "改按滨江", instrument: "bj-6-suanli" }, tableOf(rows, "", claim));
  expect(other).toMatchObject({ unknown: 4, all: { parties: 1, losing: 0, before: 30_000_000, after: 60_000_000 } });
});

test("a scenario that cannot be computed is refused in its words", () => {
  expect(() => found(undefined, { name: "错", excluded: [[99, 99]] })).toThrow(Refusal);
});

test("changes of which one makes no sense without the other are compared, and it is said why each alone is not", () => {
  // Zhejiang has no tier of 60 %: the second change belongs to the first.
  const binjiang: Scenario = { name: "改按滨江", instrument: "bj-6-suanli", rates: { "0.6": "0.5" } };
  const answer = found(undefined, binjiang, tableOf(CELLS.slice(0, 5), "", claim));
  expect(answer.all.after).toBeGreaterThan(answer.all.before);
  expect(answer.bridge).toBeUndefined();
  expect(gainsSections(answer, wordsIn("zh"), "zh")[0]!.notes.join()).toMatch(/没有60%一档的比例.*不列每项改动值多少/);
});

test("as sections: the sentence first, and every figure on the sheet, a firm called =丙 as text", () => {
  const t = wordsIn("zh");
  const answer = found(undefined, { name: "两项", rate: "0.2", cap: 100_000_000 });
  expect(verdictOf(answer, "zh")).toMatch(/^由现行做法改为“两项”，合计少付.*4家企业中0家多得（共0元），4家少得/);
  const sections = gainsSections(answer, t, "zh");
  expect(sections.map(({ title }) => title)).toEqual([
    "合计",
    "按申请额大小",
    "按辖区",
    "按“区”",
    "少得最多的",
    "集中程度",
    "由现行合计到改后合计：每项改动值多少",
  ]);
  const { cells } = reportSheet("得失", ["得失"], sections);
  expect(new Set(cells.map((row) => row.length)).size).toBe(1);
  expect(cells.flat()).toContain("'=丙");
  expect(cells.flat()).toContain(answer.bridge!.together / 100);
  expect(sections.flatMap(({ rows }) => rows.map(({ label }) => label))).toContain("上限 100万元");
});

describe("columns that tell rows apart", () => {
  test("few different texts; one spelling is one group; a blank is a group of its own", () => {
    expect(groupingOf("区", ["滨江", " 滨江", "", "萧山"])).toEqual({
      header: "区",
      labels: ["滨江", "—", "萧山"],
      codes: [0, 0, 1, 2],
    });
  });
  test.each([
    ["numbers", [1, 2]],
    ["errors", ["a", { code: "#N/A" as const }]],
    ["one text", ["a", "a"]],
    ["names", Array.from({ length: 31 }, (_, k) => `企业${k}`)],
  ])("not %s", (_, cells) => expect(groupingOf("x", cells as never)).toBeUndefined());
});

test("the bridge is of what the firms get, also where a pool of the documents would not suffice", () => {
  const rich = tableOf(
    [HEAD_OF_POOL, ...["甲", "乙", "丙", "丁", "戊", "己"].map((firm) => ["bj-6-suanli", firm, 40_000_000, true])],
    "",
    claim,
  );
  const { all, bridge } = found(undefined, { name: "两项", cap: 1_000_000_000, rates: { "0.6": "0.5" } }, rich);
  expect([bridge!.before, bridge!.after]).toEqual([all.before, all.after]);
  // Six firms at 20 million yuan, then at 10 million; 50 % of 40 million is 20 million still.
  expect(bridge).toMatchObject({
    before: 12_000_000_000,
    alone: [-6_000_000_000, 0],
    together: 0,
    after: 6_000_000_000,
  });
});
