/** Rows that are computed and pointed out: what a reviewer asks about limits of others than firms, and awards on awards. */
import { doubtsOf, type PlannedRow } from "../../../src/rules";
import { planned } from "../claimed";

jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

const doubts = (...rows: PlannedRow[]): unknown[] => {
  const found = doubtsOf(rows);
  return rows.map((row) => found.get(row) ?? []);
};

test("a limit of the provider, of which a row names none; a limit of the firm need not name it", () => {
  const horn = (cells = {}) => planned("inv-bugle", { amount: 1000, firm: "甲", ...cells });
  expect(doubts(horn({ provider: "云一" }), horn())).toEqual([[], ["unowned"]]);
  expect(doubts(planned("inv-quay", { cost: 100_000 }), planned("inv-quay", { cost: 100_000 }))).toEqual([[], []]);
});

test("an award that is paid once, of nobody", () => {
  const filing = (cells = {}) => planned("hz-3-filing", { eval_cost: 300_000, filed: true, ...cells });
  expect(doubts(filing({ firm: "甲" }), filing())).toEqual([[], ["unowned"]]);
});

test("an award on an award without its row; with it, with the amount, with a row that pays nothing", () => {
  const match = (cells = {}) => planned("inv-match", { firm: "甲", object: "一", ...cells });
  const dock = (cells = {}) => planned("inv-dock", { cost: 1000, revenue: 1e6, firm: "甲", object: "一", ...cells });
  expect(doubts(match(), dock())).toEqual([[], []]);
  expect(doubts(match(), dock({ object: "二" }))).toEqual([["without-award"], []]);
  expect(doubts(match(), dock({ year: 2027 }))).toEqual([["without-award"], []]);
  expect(doubts(match({ granted: 500 }))).toEqual([[]]);
  expect(doubts(match(), dock({ eligible: false }))).toEqual([[], []]);
});

test("a ceiling on all public money, and nothing said of what others paid", () => {
  const pile = (cells = {}) => planned("inv-pile", { amount: 1000, object: "一", public: 0, ...cells });
  expect(doubts(pile({ others: 0 }), pile({ others: 10, object: "二" }), pile({ object: "三" }))).toEqual([
    [],
    [],
    ["others-blank"],
  ]);
});

test("a quarter that is not the one of the day; a blank one is that of the day", () => {
  const flare = (year: string, quarter: string) => planned("inv-flare", { cost: 1000, firm: "甲", year, quarter });
  expect(doubts(flare("2026-03-31", "1"), flare("2026-04-01", "1"))).toEqual([[], ["other-part"]]);
});
