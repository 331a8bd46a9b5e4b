/** The factor on the rates that uses a pool up, against awards() with every rate multiplied by hand. */
import fc from "fast-check";
import { awards, award, entryOf, factorOfRates, planOf, type PlannedRow, type Row } from "../../../src/rules";
import { blocksOf } from "../../tools/blocks";

jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

const factor = (rows: readonly PlannedRow[], pool: number): number | null => factorOfRates(blocksOf(rows), pool);
const planned = (id: string, rows: readonly Row[], firm?: string): PlannedRow[] =>
  rows.map((row) => ({ plan: planOf(entryOf(id), { year: 2026 }), row, firm }));

describe("by hand", () => {
  test("pieces count: ten at 4,000 yuan and ten at 6,000 yuan get 6,000 and 9,000; a pool of 5,000", () => {
    const rows = planned("zj-25-terminal", [
      { price: 400_000, qty: 10, category: "home_robot" },
      { price: 600_000, qty: 10, category: "home_robot" },
    ]);
    expect(awards(rows).map(({ fen: paid }) => paid)).toEqual([600_000, 900_000]);
    // 200 yuan a piece and 300: one fen more a piece comes at 200.005 of 600 yuan and at 300.005 of 900.
    expect(factor(rows, 500_000)).toBe(0.333338888);
  });

  test("a pool that pays everything at a factor of one million has none", () => {
    expect(factor(planned("zj-15-suanli", [{ amount: 100, domestic: true }]), 1e13)).toBeNull();
  });

  test("of the higher of two parts the pool pays the one whose rate moves, and nothing where the other is higher", () => {
    // 20% of 1 million of equipment, or a third of 300,000 of research: 200,000 against 100,000.
    const rows = planned("inv-beacon", [{ equipment: 1e8, research: 3e7 }]);
    expect(awards(rows).map(({ fen: paid }) => paid)).toEqual([2e7]);
    // One fen more comes at 0.5 of 20 million fen.
    expect(factor(rows, 1.5e7)).toBe(0.750000024);
    // Below half of the rate the third of the research is higher: no money of the rates that move.
    expect(factor(rows, 5e6)).toBe(0.499999999);
    expect(factor(rows, 0)).toBe(0.499999999);
    // Both are as high: the first one is paid.
    expect(factor(planned("inv-beacon", [{ equipment: 1e8, research: 6e7 }]), 1e7)).toBe(0.999999999);
    // Where research is always higher the pool pays nothing at any factor that the caps leave.
    expect(factor(planned("inv-beacon", [{ equipment: 0, research: 6e7 }]), 0)).toBeNull();
  });

  test("a limit over the pool: the factor only moves what it leaves", () => {
    const rows = planned("zj-15-suanli", [{ amount: 1e10, domestic: true }]);
    // 30 % of 100 million is 30 million, the cap 8 million: a pool of 4 million is used up at 4 / 30.
    expect(factor(rows, 4e8)).toBe(0.133333333);
  });
});

/** The rows with the rate of their own multiplied, written as a what-if rate. */
function scaled(rows: readonly PlannedRow[], factor: number): PlannedRow[] {
  return rows.map((planned) => {
    const { parts } = award(planned.plan, planned.row);
    const rate = parts
      .flatMap(({ limits }) => limits.flatMap(({ terms }) => terms))
      .flatMap(({ term, figures }) => figures.filter((_, f) => term.figures[f]!.lever === "whatif_rate"))[0]?.value;
    if (!rate) return planned;
    const whatIf = Number(((Number(rate.n) / Number(rate.d)) * factor).toFixed(13));
    return { ...planned, row: { ...planned.row, whatif_rate: whatIf } };
  });
}

const fen = fc.oneof(fc.integer({ min: 0, max: 5_000_000_000 }), fc.constantFrom(0, 1, 333_333));
const flag = fc.boolean();
const SHAPES: Readonly<Record<string, fc.Arbitrary<Row>>> = {
  "zj-15-suanli": fc.record({ amount: fen, domestic: flag }),
  "hz-1-city-model": fc.record({ amount: fen, filed: flag }),
  "bj-7-yuliao": fc.record({ amount: fen }),
  "zj-25-terminal": fc.record({
    price: fc.integer({ min: 1, max: 3_000_000 }),
    qty: fc.integer({ min: 1, max: 9 }),
    category: fc.constant("home_robot"),
  }),
  // Whether one row of the firm is multimodal raises the limit of all.
  "hz-17-dataset": fc.record({ input: fen, multimodal: flag }),
};

describe("for any rows the pool is paid, and one step more would exceed it", () => {
  test.each(Object.keys(SHAPES))("%s", (id) => {
    const row = fc.tuple(SHAPES[id]!, fc.constantFrom(undefined, "甲", "乙"));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 2_000_000_000 }),
        (list, pool) => {
          const rows = list.map(([own, firm]) => ({ ...planned(id, [own])[0]!, firm }));
          const found = factor(rows, pool);
          fc.pre(found !== null && found < 3);
          const total = (at: number): number => awards(scaled(rows, at)).reduce((sum, { fen: paid }) => sum + paid, 0);
          expect(total(found)).toBeLessThanOrEqual(pool);
          expect(total(Number((found + 1e-9).toFixed(9)))).toBeGreaterThan(pool);
        },
      ),
      { numRuns: 60 },
    );
  });
});
