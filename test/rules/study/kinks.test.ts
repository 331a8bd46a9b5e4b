import * as fc from "fast-check";
import { award, CATALOGUE, entryOf, Exact, pieces, planOf, toDecimal, type Piece } from "../../../src/rules";
import { ratio, type Ratio } from "../../../src/rules/number/ratio";
import { anyCells, rowOf, type Cells } from "../claimed";

const plan = (id: string, year = 2026) => planOf(entryOf(id), { year });
const binjiang = (cells: Cells, year = 2026) => {
  const ready = plan("bj-6-suanli", year);
  return pieces(ready, rowOf(ready, { domestic: true, ...cells }), "amount", 1e11);
};
/** Interval in yuan, award at its ends in yuan. */
const shown = ({ from, to, start, end, binding }: Piece) => [
  toDecimal(from, 0).div(100).toNumber(),
  toDecimal(to, 0).div(100).toNumber(),
  binding?.kind,
  toDecimal(start, 0).div(100).toNumber(),
  toDecimal(end, 0).div(100).toNumber(),
];

test("Binjiang compute, domestic: 60% up to a third of 100 million, 20 million above", () => {
  const [share, cap, ...rest] = binjiang({});
  expect(rest).toEqual([]);
  expect(equal(share!.to, ratio(1e10, 3))).toBe(true);
  expect(shown(share!)).toEqual([0, 33_333_333.33, "sum", 0, 20_000_000]);
  expect(shown(cap!)).toEqual([33_333_333.33, 1e9, "cap", 20_000_000, 20_000_000]);
});

test("what is left of the cap moves the kink", () => {
  const [share] = binjiang({ prior_paid: 14_000_000 });
  expect(shown(share!)).toEqual([0, 10_000_000, "sum", 0, 6_000_000]);
});

test("a cap used up leaves one piece that pays nothing", () => {
  const all = binjiang({ prior_paid: 20_000_000 });
  expect(all.map(shown).map(([, , , start, end]) => [start, end])).toEqual([[0, 0]]);
});

test("not in force: one piece, and it says so", () => {
  const all = binjiang({}, 2024);
  expect(all.map(({ outcome }) => outcome.kind)).toEqual(["not-in-force"]);
});

test("the stacked voucher: the national 30 % goes on where the municipal 15 % have reached 8 million", () => {
  const all = pieces(plan("hz-1-stack-suanli"), rowOf(plan("hz-1-stack-suanli"), { domestic: true }), "amount", 1e11);
  expect(all.map(shown).map(([from, to, , start, end]) => [from, to, start, end])).toEqual([
    [0, 53_333_333.33, 0, 24_000_000],
    [53_333_333.33, 1e9, 24_000_000, 308_000_000],
  ]);
});

/** A fraction as two whole numbers. */
function wholes({ n, d }: Ratio): [bigint, bigint] {
  const [above, below] = [new Exact(String(n)), new Exact(String(d))];
  const scale = new Exact(10).pow(Math.max(above.decimalPlaces(), below.decimalPlaces()));
  return [BigInt(above.times(scale).toFixed(0)), BigInt(below.times(scale).toFixed(0))];
}
const less = (a: Ratio, b: Ratio): boolean => {
  const [[an, ad], [bn, bd]] = [wholes(a), wholes(b)];
  return an * bd < bn * ad;
};
const equal = (a: Ratio, b: Ratio): boolean => !less(a, b) && !less(b, a);

/** start + (end − start) × (x − from) ÷ (to − from), half-up to the fen. */
function fenAt({ from, to, start, end }: Piece, x: number): number {
  const [[fn, fd], [tn, td], [sn, sd], [en, ed]] = [wholes(from), wholes(to), wholes(start), wholes(end)];
  const width = tn * fd - fn * td;
  const way = (BigInt(x) * fd - fn) * td;
  const n = sn * ed * width + (en * sd - sn * ed) * way;
  const d = sd * ed * width;
  return Number((2n * n + d) / (2n * d));
}

/** Money inputs on which an award depends; what is rounded piece by piece or rounded down is no line. */
const OVER = CATALOGUE.flatMap((entry) => {
  const { id, parts, times, result, inputs = {} } = entry.instrument;
  const money = Object.keys(inputs).filter((name) => inputs[name]!.kind === "money");
  return parts && !times && !result ? money.map((input) => [id, input, entry] as const) : [];
});

describe("for every amount the pieces give the award, to the fen, and together they leave no gap", () => {
  const UP_TO = 1e12;
  test.each(OVER)("%s over %s", (_id, input, entry) => {
    const ready = planOf(entry, { year: 2026 });
    const fen = fc.oneof(fc.integer({ min: 1, max: UP_TO - 1 }), fc.integer({ min: 1, max: 1e9 }));
    fc.assert(
      fc.property(anyCells(entry), fen, (cells, x) => {
        const all = pieces(ready, rowOf(ready, cells), input, UP_TO);
        expect([wholes(all[0]!.from)[0], equal(all.at(-1)!.to, ratio(UP_TO))]).toEqual([0n, true]);
        all.slice(1).forEach(({ from }, i) => expect(equal(from, all[i]!.to)).toBe(true));
        const piece = all.find(({ from, to }) => less(from, ratio(x)) && less(ratio(x), to));
        const { fen: expected, outcome } = award(ready, rowOf(ready, { ...cells, [input]: x / 100 }));
        // Where two pieces meet the award may jump: one of them has it.
        const meeting = all.filter(({ from, to }) => equal(from, ratio(x)) || equal(to, ratio(x)));
        const found = piece ? [piece] : meeting;
        expect(found.map((one) => [one.outcome.kind, fenAt(one, x)])).toContainEqual([outcome.kind, expected]);
      }),
      { numRuns: 30 },
    );
  });
});
