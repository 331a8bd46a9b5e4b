/** What has moved since the last run of a set, against totals made by hand. */
import { wordsIn } from "../../../src/cli/text";
import { tableOf } from "../../../src/taskpane/scenarios/base";
import { movedOver, type MovedAnswer, type MovedQuestion } from "../../../src/taskpane/scenarios/sets/question";
import { baseIn, rowCells } from "../../../src/taskpane/scenarios/sets/rows";
import { movedSections, sideBySide } from "../../../src/taskpane/scenarios/sets/table";
import type { Scenario } from "../../../src/rules";

const claim = { year: 2026 };
const HEAD = ["合同", "政策工具", "企业", "amount", "domestic"];
/** Zhejiang: 30 % of domestic compute, at most 8 million yuan a firm. */
const base = (...rows: (readonly [contract: string, firm: string, amount: number])[]) =>
  tableOf([HEAD, ...rows.map(([contract, firm, amount]) => [contract, "zj-15-suanli", firm, amount, true])], "", claim)
    .base;

const yuan = (amount: number): number => amount * 100;
const noted = (...totals: (number | undefined)[]) =>
  totals.map((total) => (total === undefined ? undefined : { total: yuan(total), paid: yuan(total) }));

const HALF: Scenario = { name: "比例减半", rate: "0.15" };
const THEN = base(["A", "甲", 1_000_000], ["B", "乙", 2_000_000], ["C", "丙", 3_000_000]);
// A is 500,000 more, B is gone, D is new.
const NOW = base(["C", "丙", 3_000_000], ["A", "甲", 1_500_000], ["D", "丁", 4_000_000]);

function moved(question: Partial<MovedQuestion> = {}): MovedAnswer {
  const work = movedOver({ then: THEN, now: NOW, scenarios: [HALF], last: noted(1_800_000, 900_000), ...question });
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

test("new, gone and changed contracts, each by what it adds to every total, add up to the fen", () => {
  const { rows, totals, fresh, largest } = moved();
  expect(rows).toEqual({ same: 1, gone: 1, added: 1, changed: 1 });
  expect(fresh).toEqual([]);
  expect(totals).toEqual([
    {
      name: undefined,
      noted: yuan(1_800_000),
      rules: 0,
      bridge: {
        before: yuan(1_800_000),
        alone: [-yuan(600_000), yuan(1_200_000), yuan(150_000)],
        together: 0,
        after: yuan(2_550_000),
      },
    },
    {
      name: "比例减半",
      noted: yuan(900_000),
      rules: 0,
      bridge: {
        before: yuan(900_000),
        alone: [-yuan(300_000), yuan(600_000), yuan(75_000)],
        together: 0,
        after: yuan(1_275_000),
      },
    },
  ]);
  expect(largest.map(({ name, before, after }) => [name.zh, after - before])).toEqual([
    ["D · 丁", yuan(1_200_000)],
    ["B · 乙", -yuan(600_000)],
    ["A · 甲", yuan(150_000)],
  ]);
});

test("a contract that can no longer be computed is said", () => {
  const now = {
    ...THEN,
    values: THEN.values.map((row, r) => (r ? row : row.map((cell, c) => (c === 3 ? "不详" : cell)))),
  };
  const verdict = (question: Partial<MovedQuestion>) => movedSections(moved(question), wordsIn("zh"), "zh")[0]!.verdict;
  expect(verdict({ now })).toMatch(
    /由180万元变为150万元（改动的行−30万元）（另有1行算不出，未计入）（上次都算得出）；/,
  );
  expect(verdict({ then: now, now, last: noted(1_500_000, 750_000) })).toBe(
    "与上次运行相比，数据没有变动，各情景合计都与上次相同（另有1行算不出，未计入）。",
  );
});

test("the sentence says it aloud", () => {
  const [first, second, third] = movedSections(moved(), wordsIn("zh"), "zh");
  expect(first!.verdict).toBe(
    "与上次运行相比，新增1行、去掉1行、改动1行；现行做法合计由180万元变为255万元（去掉的行−60万元，新增的行+120万元，改动的行+15万元）；情景中变化最大的是“比例减半”（+37.5万元）。",
  );
  expect(second!.rows.map(({ label, figures }) => [label, figures[0]])).toContainEqual([
    "不变的行",
    { kind: "count", value: 1 },
  ]);
  expect(third!.rows[0]!.label).toBe("D · 丁");
});

test("rows of one firm under one cap act on each other, and that stands by itself", () => {
  // 8 million a firm: E alone would add 3 million, but the firm had 6 million and F adds another 3 million.
  const then = base(["A", "甲", 20_000_000]);
  const now = base(["A", "甲", 10_000_000], ["E", "甲", 10_000_000], ["F", "甲", 10_000_000]);
  const [asIs] = moved({ then, now, scenarios: [], last: noted(6_000_000) }).totals;
  expect(asIs!.bridge).toEqual({
    before: yuan(6_000_000),
    alone: [0, yuan(2_000_000), -yuan(3_000_000)],
    together: yuan(3_000_000),
    after: yuan(8_000_000),
  });
});

test("a total that the rules of today do not give is a step of its own; the same rows move nothing", () => {
  const answer = moved({ now: THEN, last: noted(1_700_000, 900_000) });
  expect(answer.totals.map(({ rules, bridge }) => [rules, bridge.after - bridge.before])).toEqual([
    [yuan(100_000), 0],
    [0, 0],
  ]);
  expect(movedSections(answer, wordsIn("zh"), "zh")[0]!.verdict).toBe(
    "与上次运行相比，数据没有变动；现行做法合计由170万元变为180万元（规则或年度+10万元）。",
  );
  expect(movedSections(moved({ now: THEN }), wordsIn("zh"), "zh")[0]!.verdict).toBe(
    "与上次运行相比，数据没有变动，各情景合计都与上次相同。",
  );
});

test("scenarios that were not run then are named, not compared", () => {
  const answer = moved({ scenarios: [HALF, { name: "新的", rate: "0.1" }], last: noted(1_800_000, 900_000) });
  expect(answer.totals.map(({ name }) => name)).toEqual([undefined, "比例减半"]);
  expect(answer.fresh).toEqual(["新的"]);
});

test("the rows of a run are read back from their sheet as they were", () => {
  const { instruments, ...others } = baseIn(rowCells(THEN));
  expect(others).toEqual({ headers: THEN.headers, values: THEN.values, claim });
  expect(moved({ then: baseIn(rowCells(THEN)) }).rows).toEqual(moved().rows);
  expect(instruments).toHaveLength(3);
  expect(() => baseIn([["合同"], ["A"]])).toThrow("上次运行的数据表已被改动");
});

test("sets stand side by side by the names of their scenarios", () => {
  const section = sideBySide(
    [
      { name: "一", scenarios: [HALF], last: { rows: "x", totals: noted(100, 50) } },
      { name: "二", scenarios: [{ name: "加倍" }], last: { rows: "y", totals: noted(200, undefined) } },
      { name: "三", scenarios: [] },
    ],
    wordsIn("zh"),
  );
  expect(section.head).toEqual(["情景", "一", "二"]);
  expect(section.rows).toEqual([
    {
      label: "现行做法",
      figures: [
        { kind: "money", fen: 10_000 },
        { kind: "money", fen: 20_000 },
      ],
    },
    {
      label: "比例减半",
      figures: [
        { kind: "money", fen: 5_000 },
        { kind: "text", text: "—" },
      ],
    },
    {
      label: "加倍",
      figures: [
        { kind: "text", text: "—" },
        { kind: "text", text: "—" },
      ],
    },
  ]);
});

test("where every row of then is gone and others are new, both steps still add up", () => {
  const [asIs] = moved({ now: base(["X", "己", 5_000_000]), scenarios: [], last: noted(1_800_000) }).totals;
  expect(asIs!.bridge).toEqual({
    before: yuan(1_800_000),
    alone: [-yuan(1_800_000), yuan(1_500_000), 0],
    together: 0,
    after: yuan(1_500_000),
  });
});

test("scenarios that share a name, be it that of the rows as they are, each have their line", () => {
  const set = { name: "一", scenarios: [{ name: "甲" }, { name: "甲" }, { name: "现行做法" }] };
  const { rows } = sideBySide([{ ...set, last: { rows: "x", totals: noted(1, 2, 3, 4) } }], wordsIn("zh"));
  expect(rows.map(({ label, figures }) => [label, figures])).toEqual(
    [
      ["现行做法", 100],
      ["甲", 200],
      ["甲", 300],
      ["现行做法", 400],
    ].map(([label, fen]) => [label, [{ kind: "money", fen }]]),
  );
});
