/** Random tables over the years against a ledger kept by hand, from the words of the documents; nothing of src/ decides here. */
import fc from "fast-check";
import { awards, columnsAwards, entryOf, planOf, type PlannedRow, type Row } from "../../../src/rules";
import { blocksOf } from "../../tools/blocks";

interface Claimed {
  readonly year: number;
  readonly firm: string | undefined;
  readonly object: string | undefined;
  readonly fen: number;
}

const WAN = 1_000_000;
const claim = (years: readonly number[], most: number): fc.Arbitrary<Claimed> =>
  fc.record({
    year: fc.constantFrom(...years),
    firm: fc.constantFrom(undefined, "甲", "乙"),
    object: fc.constantFrom(undefined, undefined, "一", "二"),
    fen: fc.integer({ min: 0, max: most }),
  });

/** By year, then by row: what a ledger kept by hand pays each row. */
function byHand(
  rows: readonly Claimed[],
  pays: (row: Claimed, granted: number) => number,
  perObject: boolean,
): number[] {
  const ledger = new Map<string, number>();
  const paid = rows.map(() => 0);
  const order = rows.map((_, i) => i).sort((a, b) => rows[a]!.year - rows[b]!.year || a - b);
  for (const i of order) {
    const { firm, object } = rows[i]!;
    const owner = perObject && object ? `o${object}` : firm && `f${firm}`;
    paid[i] = pays(rows[i]!, owner ? (ledger.get(owner) ?? 0) : 0);
    if (owner) ledger.set(owner, (ledger.get(owner) ?? 0) + paid[i]);
  }
  return paid;
}

const halfUpShare = (fen: number, tenths: bigint): number => Number((2n * BigInt(fen) * tenths + 10n) / 20n);

const CLAUSES: readonly {
  readonly id: string;
  readonly words: string;
  readonly years: readonly number[];
  readonly most: number;
  readonly row: (fen: number) => Row;
  readonly perObject: boolean;
  readonly pays: (row: Claimed, granted: number) => number;
}[] = [
  {
    id: "bj-4-platform",
    words: "30 % of the year's input, 5,000万 for one platform over the policy's term",
    years: [2025, 2026, 2027, 2028],
    most: 30_000 * WAN,
    row: (fen) => ({ input_this_year: fen }),
    perObject: true,
    pays: ({ fen }, granted) => Math.min(halfUpShare(fen, 3n), Math.max(0, 5_000 * WAN - granted)),
  },
  {
    id: "bj-11-benchmark-firm",
    words: "at most 50万; a later, higher grade pays the difference",
    years: [2025, 2026, 2027],
    most: 80 * WAN,
    row: (fen) => ({ approved: fen }),
    perObject: false,
    pays: ({ fen }, granted) => Math.max(0, Math.min(fen, 50 * WAN) - granted),
  },
];

describe.each(CLAUSES)("$id: $words", ({ id, years, most, row, perObject, pays }) => {
  test("for any table, row by row and in columns", () => {
    fc.assert(
      fc.property(fc.array(claim(years, most), { minLength: 1, maxLength: 12 }), (claims) => {
        // One object once a year: of two rows in a year only the higher is paid, which is another rule.
        const seen = new Set<string>();
        const rows = claims.map((one) => {
          const key = `${one.object} ${one.year}`;
          const repeats = one.object !== undefined && seen.has(key);
          seen.add(key);
          return repeats ? { ...one, object: undefined } : one;
        });
        const planned = rows.map(({ year, firm, object, fen }): PlannedRow => ({
          plan: planOf(entryOf(id), { year }),
          row: row(fen),
          firm,
          object,
        }));
        const expected = byHand(rows, pays, perObject);
        expect(awards(planned).map(({ fen }) => fen)).toEqual(expected);
        expect([...columnsAwards(blocksOf(planned), planned.length).fen]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
