/** @jest-environment node */
/** What people say of claims: ±20 %, a chance by group, good and bad times. */
import { needOf, spreadWithin } from "../../../src/rules";
import { COLUMN_NAMES, columnsIn, spreadOfRange } from "../../../src/taskpane/planner/claim-columns";
import { claimsFrom, type Claims, type ReadColumn } from "../../../src/taskpane/planner/claims";
import type { Form } from "../../../src/taskpane/planner/form";
import { groupsOf } from "../../../src/taskpane/planner/groups";
import { needIn, planningOf, refusalIn, uncertainClaims } from "../../../src/taskpane/planner/planning";
import { poolIn } from "../../../src/taskpane/planner/pool";
import { Packer, Unpacker } from "../../../src/taskpane/planner/calculations";
import { frontOf } from "../../../src/taskpane/planner/report";
import { texts, type Translate } from "../../../src/taskpane/texts";
import { finished } from "./finished";

const column = (letter: string, ...cells: (string | number)[]): ReadColumn => ({
  place: { sheet: "申请", address: `${letter}1:${letter}${cells.length}` },
  cells,
});
const AMOUNTS = column("A", 100, 200, 300, 0);
const GROUPS = column("B", "算力券", "语料券", "算力券", "");

const read = (more: Partial<Record<keyof typeof COLUMN_NAMES, ReadColumn>>, form: Form = {}): Claims =>
  finished(claimsFrom({ claims: AMOUNTS, ...more }, columnsIn({ claims: "申请!A1:A4", ...form })));

const plan = (form: Form, claims: Claims) =>
  planningOf(poolIn({ amount: "400", ...form }, undefined, { year: 2026 }), { amount: "400", ...form }, claims)!;

describe("±20 %", () => {
  test.each([["±20%"], ["20%"], [0.2], ["上下20%"], ["+/-20%"], ["±0.2"]])("%s is one spread", (cell) => {
    expect(spreadOfRange(cell)).toBe(spreadWithin(0.2));
  });
  test("a blank is a known size; a hundred percent and more need their sign", () => {
    expect([spreadOfRange(""), spreadOfRange(0)]).toEqual([0, 0]);
    expect(spreadOfRange("120%")).toBe(spreadWithin(1.2));
  });
  test.each([[20], ["20"], [1], ["很多"], ["300%"], ["-20%"]])("%s is refused", (cell) => {
    expect(() => spreadOfRange(cell)).toThrow();
  });
  test("of one number for all and of a column; never beside a spread", () => {
    const spread = spreadWithin(0.2);
    const one = read({}, { within: "±20%" });
    expect(one.spreads).toEqual([spread, spread, spread, spread]);
    // A formula can hold that one number.
    expect(one.columns.spread).toEqual({ number: spread });
    const many = read({ within: column("C", "±20%", "", "±50%", "") }, { within: "申请!C1:C4" });
    expect(many.spreads).toEqual([spread, 0, spreadWithin(0.5), 0]);
    expect(many.columns.spread).toBeUndefined();
    expect(() => read({}, { within: "±20%", spread: "0.2" })).toThrow("只能填一个");
  });
});

describe("a chance by group", () => {
  const claims = read({ group: GROUPS });

  test("groups are listed with what they claim; a row without a claim belongs to none", () => {
    expect(groupsOf(claims)).toEqual([
      { name: "算力券", count: 2, total: 400_00 },
      { name: "语料券", count: 1, total: 200_00 },
    ]);
  });
  test("each claim has the chance of its group", () => {
    const form = { "group-chances": JSON.stringify({ 算力券: "60%", 语料券: "0.5" }) };
    const { figures, byGroup, uncertain } = plan(form, claims);
    expect(figures.claims.probabilities).toEqual([0.6, 0.5, 0.6, 1]);
    expect([byGroup, uncertain]).toEqual([true, true]);
  });
  test("none typed: the probabilities count", () => {
    expect(plan({}, claims)).toMatchObject({ byGroup: false, uncertain: false });
  });
  test("a group without a chance is named, and so is a blank one", () => {
    const some = { "group-chances": JSON.stringify({ 算力券: "60%" }) };
    expect(plan(some, claims).chancesRefusal!.zh).toContain("语料券（1 笔）还没有填可能");
    const blank = read({ group: column("B", "算力券", "", "算力券", "") });
    expect(refusalIn(plan(some, blank))!.zh).toContain("类别为空的申请（1 笔）还没有填可能");
    const given = { "group-chances": JSON.stringify({ 算力券: "60%", "": "30%" }) };
    expect(plan(given, blank).figures.claims.probabilities).toEqual([0.6, 0.3, 0.6, 0.3]);
  });
  test("beside probabilities it is refused, and a chance that is none is named", () => {
    const form = { "group-chances": JSON.stringify({ 算力券: "60", 语料券: "50%" }) };
    expect(plan(form, claims).chancesRefusal!.zh).toMatch(/^算力券：“60”不可用/);
    expect(plan({ ...form, probability: "0.5" }, claims).chancesRefusal!.zh).toContain("按类别的可能不再填");
  });
  test("beside a column of probabilities that the form does not name, as the command line finds one by its header", () => {
    const form = { "group-chances": JSON.stringify({ 算力券: "60%", 语料券: "50%" }) };
    const given = read({ group: GROUPS, probability: column("C", 0.9, 0.8, 0.7, 1) });
    expect(plan(form, given).chancesRefusal!.zh).toContain("按类别的可能不再填");
    expect(plan({}, given).figures.claims.probabilities).toEqual([0.9, 0.8, 0.7, 1]);
  });
  test("a worker gets the claims anew where a chance changed and the amounts did not", () => {
    const [packer, unpacker] = [new Packer(), new Unpacker()];
    const sent = ["60%", "70%"].map((chance) => {
      const form = { "group-chances": JSON.stringify({ 算力券: chance, 语料券: "50%" }) };
      return unpacker.unpack(
        packer.pack({ kind: "risk", question: { figures: plan(form, claims).figures, risk: 0.1 } }),
      );
    });
    const first = sent.map(({ question }) => "figures" in question && question.figures.claims.probabilities[0]);
    expect(first).toEqual([0.6, 0.7]);
  });
});

describe("good and bad times", () => {
  const claims = read({ group: GROUPS });
  const STATES = [
    ["25%", "1.2", ""],
    ["50%", "", ""],
    ["25%", "0.5", "0.9"],
  ];

  test("of all claims, and of a group", () => {
    const form = { factors: JSON.stringify({ "": STATES, 算力券: STATES, 别的: STATES }) };
    const { figures, uncertain } = plan(form, claims);
    const states = [
      { chance: 0.25, probability: 1.2, size: 1 },
      { chance: 0.5, probability: 1, size: 1 },
      { chance: 0.25, probability: 0.5, size: 0.9 },
    ];
    expect(figures.factors).toEqual([
      { group: undefined, states },
      { group: "算力券", states },
    ]);
    expect(uncertain).toBe(true);
    const mixed = finished(needIn(uncertainClaims(figures), figures));
    const direct = needOf(uncertainClaims(figures), undefined, figures.factors);
    for (const amount of [0, 99_00, 300_00, 540_00]) expect(mixed.atMost(amount)).toBe(direct.atMost(amount));
  });
  test("what was cleared is none", () => {
    expect(plan({ factors: '{"":[]}' }, claims).figures.factors).toEqual([]);
    expect(plan({ factors: '{"":[["","",""]]}' }, claims).figures.factors).toEqual([]);
  });
  test.each([
    [[["25%", "1", "1"]], "应合计 100%，现为 25%"],
    [[["", "1.2", ""]], "每种情形都须填可能"],
    [[["100%", "多", ""]], "全部申请："],
  ])("%j is refused in words", (rows, words) => {
    expect(plan({ factors: JSON.stringify({ "": rows }) }, claims).factorsRefusal!.zh).toContain(words);
  });
});

test("the report says the chances by group, the growth and the states that its figures rest on", () => {
  const form: Form = {
    "group-chances": JSON.stringify({ 算力券: "60%", 语料券: "40%" }),
    growth: "1.1",
    factors: JSON.stringify({
      "": [
        ["75%", "", ""],
        ["25%", "0.7", "0.9"],
      ],
    }),
  };
  const t: Translate = (key, values = {}) => texts.t(key, values);
  const front = frontOf(plan(form, read({ group: GROUPS }, { group: "申请!B1:B4" })), "", { t, language: "zh" });
  expect(front.slice(-4, -1)).toEqual([
    "获批的可能：算力券 60%、语料券 40%",
    "整体增长：1.1 倍，离散度 0",
    "一起变动（全部申请）：75% 的可能获批 ×1、金额 ×1；25% 的可能获批 ×0.7、金额 ×0.9",
  ]);
});
