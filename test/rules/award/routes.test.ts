/** Exclusive routes: one cost goes one way only, that which its row chooses, or else the highest. */
import fc from "fast-check";
import { awards, columnsAwards, entryOf, planOf, type Instrument, type PlannedRow } from "../../../src/rules";
import { termsOf } from "../../../src/writers/terms";
import { blocksOf } from "../../tools/blocks";
import { paidInOrder, planned } from "../claimed";

jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

type Route = "plain" | "applied" | "fixed";
/** A claim of one route on a contract of a million yuan. */
const by = (route: Route, chosen?: boolean, more: Parameters<typeof planned>[1] = {}): PlannedRow =>
  planned(`inv-weir-${route}`, {
    amount: 1000000,
    object: "合同一",
    firm: "甲",
    ...(chosen !== undefined && { chosen }),
    ...more,
  });
const because = (rows: readonly PlannedRow[], i: number): string => {
  const { outcome } = awards(rows)[i]!;
  return outcome.kind === "not-eligible" ? outcome.because.zh : outcome.kind;
};

const CHOSEN = "同一费用只走一条路径，已选定另一条";

describe("one cost, one route", () => {
  test.each<[string, PlannedRow[], (number | string)[]]>([
    ["none chosen: the highest", [by("plain"), by("applied")], ["not-eligible", 300000]],
    ["the lower one chosen: it stays", [by("plain", true), by("applied")], [150000, "not-eligible"]],
    ["wherever it stands", [by("applied"), by("plain", true)], ["not-eligible", 150000]],
    ["the other one says no: the same", [by("applied", false), by("plain", true)], ["not-eligible", 150000]],
    ["both chosen: the first one", [by("plain", true), by("applied", true)], [150000, "not-eligible"]],
    ["… of the earlier year", [by("plain", true, { year: 2027 }), by("applied", true)], ["not-eligible", 300000]],
    ["a third route that cannot choose", [by("fixed"), by("plain", true)], ["not-eligible", 150000]],
    ["… excludes the others, although it could be added", [by("fixed"), by("plain")], ["not-eligible", 150000]],
    ["two contracts", [by("plain", true), by("applied", true, { object: "合同二" })], [150000, 300000]],
    [
      "no contract named: nothing is one cost",
      [by("plain", true, { object: "" }), by("applied", true)],
      [150000, 300000],
    ],
    ["the same route twice", [by("plain"), by("plain", true, { amount: 900000 })], ["not-eligible", 135000]],
    [
      "the same route year by year",
      [by("plain", true), by("plain", true, { year: 2027 }), by("applied", true, { year: 2027 })],
      [150000, 150000, "not-eligible"],
    ],
    [
      "chosen and not paid: the other one is not paid in its place",
      [by("plain", true, { eligible: false }), by("applied")],
      ["not-eligible", "not-eligible"],
    ],
  ])("%s", (_what, rows, expected) => expect(paidInOrder(rows)).toEqual(expected));

  test("the words are those of the reason", () => {
    expect(because([by("plain", true), by("applied")], 1)).toBe(CHOSEN);
    expect(because([by("plain"), by("applied")], 0)).toContain("从优、就高、不重复");
  });

  test("what another route left is free for the firm's next contract", () => {
    const next = by("applied", undefined, { object: "合同二", amount: 1400000 });
    expect(paidInOrder([by("applied"), next])).toEqual([300000, 100000]);
    expect(paidInOrder([by("applied"), by("plain", true), next])).toEqual(["not-eligible", 150000, 400000]);
  });

  test("of each cost at most one route is paid, and it is the chosen one where there is one", () => {
    const route = fc.record({
      route: fc.constantFrom<Route>("plain", "applied", "fixed"),
      chosen: fc.boolean(),
      amount: fc.constantFrom(0, 999999.99, 1000000, 3000000),
      object: fc.constantFrom("一", "二"),
    });
    fc.assert(
      fc.property(fc.array(route, { minLength: 2, maxLength: 8 }), (list) => {
        const fen = awards(
          list.map((one) =>
            by(one.route, one.route === "fixed" ? undefined : one.chosen, { amount: one.amount, object: one.object }),
          ),
        ).map((award) => award.fen);
        for (const object of ["一", "二"]) {
          const own = list.flatMap((one, i) => (one.object === object ? [i] : []));
          expect(own.filter((i) => fen[i]! > 0).length).toBeLessThanOrEqual(1);
          const taken = own.find((i) => list[i]!.chosen && list[i]!.route !== "fixed");
          if (taken !== undefined) for (const i of own) if (i !== taken) expect(fen[i]).toBe(0);
        }
      }),
    );
  });
});

test("in words: what excludes what, and who decides", () => {
  const words = (id: string, language: "zh" | "en") =>
    termsOf(entryOf(id), { year: 2026 }, language).find(({ label }) => label === (language === "zh" ? "路径" : "route"))
      ?.value;
  expect(words("inv-weir-plain", "zh")).toBe(
    "同一过坝合同只走一条路径，与“另行申请过坝券”“过坝定额”不能相加：取“选定此路径”为是的一行，没有选定的取金额最高的一行",
  );
  expect(words("inv-weir-fixed", "zh")).toContain("取金额最高的一行");
  expect(words("inv-weir-plain", "en")).toContain(
    "one route for one weir contract, not beside Weir voucher applied for",
  );
});

test.each<[string, Partial<Instrument>, RegExp]>([
  ["no flag", { route: { group: "a", chosen: "amount" } }, /chosen 要是一个是否（flag）输入，这里写的是 amount/],
  ["no input at all", { route: { group: "a", chosen: "toString" } }, /chosen 要是一个是否（flag）输入/],
  ["nothing that is counted", { object: undefined }, /路径（route）按对象计/],
])("refused: %s", (_what, changes, words) => {
  const { instrument, ...entry } = entryOf("inv-weir-plain");
  expect(() => planOf({ ...entry, instrument: { ...instrument, ...changes } }, { year: 2026 })).toThrow(words);
});

test("instalments of an award that others are taken off: what they come to beside these is compared, in columns as well", () => {
  const claim = (id: string, cells: Parameters<typeof planned>[1]) =>
    planned(id, { firm: "甲", object: "一号", ...cells });
  // All public money is half of the 200,000 at most: beside the 40,000 of the dock two instalments come to 60,000.
  const dock = claim("inv-dock", { cost: 100000, revenue: 10000000 });
  const pile = claim("inv-pile", { amount: 200000 });
  const weir = (amount: number) => claim("inv-weir-plain", { amount });
  const paid = (rows: readonly PlannedRow[]): unknown[] => {
    const { fen } = columnsAwards(blocksOf(rows), rows.length);
    expect([...fen]).toEqual(awards(rows).map((one) => one.fen));
    return paidInOrder(rows);
  };
  expect(paid([dock, pile, pile, weir(480000)])).toEqual(["not-eligible", "not-eligible", "not-eligible", 72000]);
  expect(paid([dock, pile, pile, weir(340000)])).toEqual([40000, 60000, 0, "not-eligible"]);
});
