import * as fc from "fast-check";
import {
  add,
  award,
  compare,
  divide,
  entryOf,
  halfUp,
  multiply,
  pieces,
  planOf,
  ratio,
  subtract,
  toDecimal,
  type Piece,
  type Row,
} from "../../../src/rules";

const plan = (id: string, year = 2026) => planOf(entryOf(id), { year });
const yuan = (amount: number) => Math.round(amount * 100);
/** Interval in yuan, award at its ends in yuan. */
const shown = ({ from, to, start, end, binding }: Piece) => [
  toDecimal(from, 0).div(100).toNumber(),
  toDecimal(to, 0).div(100).toNumber(),
  binding?.kind,
  toDecimal(start, 0).div(100).toNumber(),
  toDecimal(end, 0).div(100).toNumber(),
];

test("Binjiang compute, domestic: 60% up to a third of 100 million, 20 million above", () => {
  const [share, cap, ...rest] = pieces(plan("bj-6-suanli"), { domestic: true }, "amount", 1e11);
  expect(rest).toEqual([]);
  expect(compare(share!.to, ratio(1e10, 3))).toBe(0);
  expect(shown(share!)).toEqual([0, 33_333_333.33, "sum", 0, 20_000_000]);
  expect(shown(cap!)).toEqual([33_333_333.33, 1e9, "cap", 20_000_000, 20_000_000]);
});

test("what is left of the cap moves the kink", () => {
  const [share] = pieces(plan("bj-6-suanli"), { domestic: true, prior_paid: yuan(14_000_000) }, "amount", 1e11);
  expect(shown(share!)).toEqual([0, 10_000_000, "sum", 0, 6_000_000]);
});

test("a cap used up leaves one piece that pays nothing", () => {
  const all = pieces(plan("bj-6-suanli"), { domestic: true, prior_paid: yuan(20_000_000) }, "amount", 1e11);
  expect(all.map((piece) => [halfUp(piece.start), halfUp(piece.end)])).toEqual([[0, 0]]);
});

test("not in force: one piece, and it says so", () => {
  const all = pieces(plan("bj-6-suanli", 2024), { domestic: true }, "amount");
  expect(all.map(({ outcome }) => outcome.kind)).toEqual(["not-in-force"]);
});

test("the stacked voucher: national part and municipal part each have their kink", () => {
  const all = pieces(plan("hz-1-stack-suanli"), { domestic: true }, "amount", 1e11);
  expect(all.length).toBeGreaterThanOrEqual(2);
  for (let i = 1; i < all.length; i++) expect(all[i]!.from).toEqual(all[i - 1]!.to);
});

describe("for every amount the pieces give the award, to the fen", () => {
  const cases: [string, string, Row][] = [
    ["bj-6-suanli", "amount", { domestic: false }],
    ["zj-15-suanli", "amount", { domestic: true }],
    ["hz-1-city-suanli", "amount", { domestic: true, prior_paid: yuan(1_234_567.89) }],
    ["hz-1-stack-suanli", "amount", { domestic: true }],
    ["bj-7-yuliao", "amount", {}],
    ["bj-21-tiexi", "interest_paid", { principal: yuan(10_000_000), lpr: 0.035 }],
    ["zj-14-tiexi", "principal", { interest_paid: yuan(300_000), lpr: 0.031 }],
  ];
  test.each(cases)("%s over %s", (id, input, row) => {
    const ready = plan(id);
    const all = pieces(ready, row, input, 1e12);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 - 1 }), (fen) => {
        const x = ratio(fen);
        // At a kink itself both neighbours hold; inside a piece one does.
        const piece = all.find(({ from, to }) => compare(from, x) < 0 && compare(x, to) < 0);
        fc.pre(piece !== undefined);
        const { from, to, start, end } = piece!;
        const way = divide(subtract(x, from), subtract(to, from));
        const value = add(start, multiply(subtract(end, start), way));
        expect(halfUp(value)).toBe(award(ready, { ...row, [input]: fen }).fen);
      }),
      { numRuns: 300 },
    );
  });
});
