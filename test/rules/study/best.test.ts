import fc from "fast-check";
import {
  awards,
  bestAwards,
  CATALOGUE,
  planOf,
  type Candidates,
  type Entry,
  type PlannedRow,
} from "../../../src/rules";
import { paid, rowOf, type Cells } from "../claimed";

const familyOf = (family: string): readonly Entry[] =>
  CATALOGUE.filter(({ instrument }) => instrument.family === family && instrument.parts);

/** The ways to support one object: every instrument of the family that knows the columns it needs. */
function candidates(family: string, cells: Cells, firm?: string, readings: Record<string, string> = {}): Candidates {
  return familyOf(family).map((entry): PlannedRow => {
    const known = Object.keys(readings).filter((name) => name in (entry.instrument.readings ?? {}));
    const taken = Object.fromEntries(known.map((name) => [name, readings[name]!]));
    const plan = planOf(entry, { year: 2026 }, { readings: taken });
    const mine = Object.fromEntries(Object.entries(cells).filter(([name]) => name in plan.inputs));
    return { plan, row: rowOf(plan, mine), firm };
  });
}

const totalOf = (rows: readonly PlannedRow[]): number => awards(rows).reduce((sum, { fen }) => sum + fen, 0);

/** The best total over every combination of candidates, one by one. */
function bruteForce(objects: readonly Candidates[]): number {
  const visit = (i: number, chosen: readonly PlannedRow[]): number =>
    i === objects.length
      ? totalOf(chosen)
      : Math.max(...objects[i]!.map((candidate) => visit(i + 1, [...chosen, candidate])));
  return visit(0, []);
}

const chosenTotal = (objects: readonly Candidates[]): number =>
  bestAwards(objects).reduce((sum, { award }) => sum + award.fen, 0);

const yuan = fc.integer({ min: 0, max: 6_000_000_000 }).map((fen) => fen / 100);
const compute = fc.record({ amount: yuan, domestic: fc.boolean() });
const several = <T>(one: fc.Arbitrary<T>, most: number) => fc.array(one, { minLength: 1, maxLength: most });

describe("the best legal combination", () => {
  const PLACES = ["zj-15-suanli", "hz-1-city-suanli", "hz-1-stack-suanli", "bj-6-suanli"];
  const inPlaces = (objects: readonly Candidates[]) =>
    objects.map((rows) => rows.filter(({ plan }) => PLACES.includes(plan.entry.instrument.id)));

  test.each<[string, Record<string, string>]>([
    ["default readings", {}],
    ["the cap binds national and municipal money together", { cap_on: "total" }],
    ["the city pays first", { stack_split: "city_first" }],
    ["local rates are clipped to the provincial ones", { provincial_ceiling: "clip" }],
  ])("equals the best of all combinations: %s", (_what, readings) => {
    fc.assert(
      fc.property(several(compute, 3), (contracts) => {
        const objects = inPlaces(contracts.map((cells) => candidates("compute-voucher", cells, "甲公司", readings)));
        expect(chosenTotal(objects)).toBe(bruteForce(objects));
      }),
      { numRuns: 25 },
    );
  });

  test("equals the best of all combinations where two limits of one part are shared, and where some was granted before", () => {
    const sets = fc.record({ input: yuan, performed_total: yuan, multimodal: fc.constant(false), prior_paid: yuan });
    fc.assert(
      fc.property(several(sets, 4), (rows) => {
        const objects = rows.map((cells) => candidates("data", cells, "甲公司"));
        expect(chosenTotal(objects)).toBe(bruteForce(objects));
      }),
      { numRuns: 40 },
    );
  });

  test("equals the best of all combinations for rows of several firms and none", () => {
    const contracts = several(fc.tuple(compute, fc.constantFrom("甲", "乙", undefined)), 3);
    fc.assert(
      fc.property(contracts, (rows) => {
        const objects = inPlaces(rows.map(([cells, firm]) => candidates("compute-voucher", cells, firm)));
        expect(chosenTotal(objects)).toBe(bruteForce(objects));
      }),
      { numRuns: 25 },
    );
  });

  test("a contract in Binjiang makes room in Hangzhou: each row's own best is not the best of all", () => {
    const contract = { amount: 30000000, domestic: true };
    const objects = inPlaces([1, 2].map(() => candidates("compute-voucher", contract, "甲公司")));
    const best = bestAwards(objects);
    // 18,000,000 in Binjiang leaves 2,000,000 there; the second contract stacks in Hangzhou for 13,500,000.
    expect(best.map(({ award }) => paid(award))).toEqual([18000000, 13500000]);
    expect(best.map(({ award }) => award.plan.entry.instrument.id)).toEqual(["bj-6-suanli", "hz-1-stack-suanli"]);
    expect(best.every(({ gap }) => gap === 0)).toBe(true);
  });

  test("never less than every object at one instrument", () => {
    fc.assert(
      fc.property(several(compute, 8), fc.constantFrom(...PLACES), (contracts, place) => {
        const objects = inPlaces(contracts.map((cells) => candidates("compute-voucher", cells, "甲公司")));
        const there = objects.map((rows) => rows.find(({ plan }) => plan.entry.instrument.id === place)!);
        expect(chosenTotal(objects)).toBeGreaterThanOrEqual(totalOf(there));
      }),
      { numRuns: 25 },
    );
  });
});

describe("where nothing pays", () => {
  const one = (cells: Cells, year = 2026) => {
    const rows = familyOf("compute-voucher").map((entry): PlannedRow => {
      const plan = planOf(entry, { year });
      const mine = Object.fromEntries(Object.entries(cells).filter(([name]) => name in plan.inputs));
      return { plan, row: rowOf(plan, mine) };
    });
    return paid(bestAwards([rows])[0]!.award);
  };

  test("an award of nothing is told before an instrument that is out of force", () => {
    expect(one({ amount: 0, domestic: true }, 2028)).toBe(0);
    expect(one({ amount: 1000000, domestic: true, eligible: false }, 2028)).toBe("not-eligible");
    expect(one({ amount: 1000000, domestic: true }, 2030)).toBe("not-in-force");
  });
});
