import * as fc from "fast-check";
import {
  add,
  award,
  CATALOGUE,
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
  ZERO,
  type Piece,
  type Ratio,
} from "../../../src/rules";
import { anyCells, rowOf } from "../claimed";

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

test("the stacked voucher: the national 30% goes on where the municipal 15% have reached 8 million", () => {
  const all = pieces(plan("hz-1-stack-suanli"), { domestic: true }, "amount", 1e11);
  expect(all.map(shown).map(([from, to, , start, end]) => [from, to, start, end])).toEqual([
    [0, 53_333_333.33, 0, 24_000_000],
    [53_333_333.33, 1e9, 24_000_000, 308_000_000],
  ]);
});

/** Every money input of every award. Pieces of a count are rounded one by one, other results down: no line gives those. */
const OVER = CATALOGUE.flatMap((entry) => {
  const { id, parts, times, result, inputs = {} } = entry.instrument;
  const money = Object.keys(inputs).filter((name) => inputs[name]!.kind === "money");
  return parts && !times && !result ? money.map((input) => [id, input, entry] as const) : [];
});
const UP_TO = 1e12;

describe("for every amount the pieces give the award, to the fen, and together they leave no gap", () => {
  test.each(OVER)("%s over %s", (_id, input, entry) => {
    const ready = planOf(entry, { year: 2026 });
    const fen = fc.oneof(fc.integer({ min: 1, max: UP_TO - 1 }), fc.integer({ min: 1, max: 1e9 }));
    fc.assert(
      fc.property(anyCells(entry), fen, (cells, amount) => {
        const row = { ...rowOf(ready, cells), [input]: amount };
        const all = pieces(ready, row, input, UP_TO);
        expect([all[0]!.from, all.at(-1)!.to].map((end) => compare(end, ZERO) === 0 || halfUp(end))).toEqual([
          true,
          UP_TO,
        ]);
        all.slice(1).forEach(({ from }, i) => expect(compare(from, all[i]!.to)).toBe(0));
        const x = ratio(amount);
        // Where two pieces meet the award may jump: one of them has it.
        const around = all.filter(({ from, to }) => compare(from, x) <= 0 && compare(x, to) <= 0);
        const { fen: expected, outcome } = award(ready, row);
        expect(around.map((piece) => [piece.outcome.kind, fenAt(piece, x)])).toContainEqual([outcome.kind, expected]);
      }),
      { numRuns: 30 },
    );
  });
});

function fenAt({ from, to, start, end }: Piece, x: Ratio): number {
  const way = divide(subtract(x, from), subtract(to, from));
  return halfUp(add(start, multiply(subtract(end, start), way)));
}
