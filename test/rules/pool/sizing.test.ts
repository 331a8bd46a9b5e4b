import fc from "fast-check";
import {
  capStepCost,
  capThatFits,
  costSurface,
  factorThatFits,
  firmsAtCap,
  poolStats,
  share,
} from "../../../src/rules/pool";
import { parseFigure } from "../../../src/rules";
import { inWords } from "./in-words";

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
const atCap = (claims: readonly number[], cap: number): number => sum(claims.map((claim) => Math.min(claim, cap)));
const claimLists = fc.array(fc.oneof(fc.nat(20), fc.nat(1e12)), { maxLength: 15 });

describe("the cap that fits", () => {
  test("100, 200 and 300 in a pool of 450: 175", () => {
    expect(capThatFits([100, 200, 300], 450)).toEqual({ cap: 175, binds: true, used: 450, left: 0 });
  });
  test("an odd fen stays in the pool", () => {
    expect(capThatFits([100, 200, 300], 451)).toEqual({ cap: 175, binds: true, used: 450, left: 1 });
  });
  test("a pool that pays all needs no cap: the largest claim, nothing cut", () => {
    expect(capThatFits([100, 200, 300], 600)).toEqual({ cap: 300, binds: false, used: 600, left: 0 });
    expect(capThatFits([], 600)).toEqual({ cap: 0, binds: false, used: 0, left: 600 });
  });
  test("one fen more of cap never fits, and the cap is the level of equal awards", () => {
    fc.assert(
      fc.property(claimLists, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (claims, part) => {
        const pool = Math.floor(sum(claims) * part);
        const { cap, binds, used } = capThatFits(claims, pool);
        expect(used).toBe(atCap(claims, cap));
        expect(used).toBeLessThanOrEqual(pool);
        expect(binds).toBe(sum(claims) > 0);
        fc.pre(binds);
        expect(atCap(claims, cap + 1)).toBeGreaterThan(pool);
        expect(
          Math.min(...share(claims, pool, { method: "equal_awards" }).filter((_, row) => claims[row]! > cap)),
        ).toBe(cap);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("one more step of cap", () => {
  test("costs what the claims above it gain", () => {
    expect(capStepCost([100, 200, 300], 150, 100)).toEqual({ cost: 50 + 100, above: 2 });
  });
  test("a claim exactly at the cap gains nothing", () =>
    expect(capStepCost([150], 150, 100)).toEqual({ cost: 0, above: 0 }));
  test("is the difference of two caps", () => {
    fc.assert(
      fc.property(claimLists, fc.nat(1e9), fc.nat(1e9), (claims, cap, step) => {
        expect(capStepCost(claims, cap, step).cost).toBe(atCap(claims, cap + step) - atCap(claims, cap));
      }),
    );
  });
});

describe("firms at the cap that empty the pool, as the documents set pool and cap", () => {
  test.each([
    ["Binjiang compute", 1e10, 2e9, 5, 0],
    ["Binjiang corpus", 5e9, 2e8, 25, 0],
    ["Binjiang innovation", 5e9, 5e7, 100, 0],
    ["Hangzhou compute", 2.5e10, 8e8, 31, 2e8],
  ])("%s", (_, pool, cap, whole, left) => expect(firmsAtCap(pool, cap)).toEqual({ whole, left, ratio: pool / cap }));
  test("a cap of zero is refused", () => expect(() => firmsAtCap(1, 0)).toThrow(inWords("cap: it must be above zero")));
});

describe("the factor that fits", () => {
  const rate = parseFigure("30%");
  test("claims of 300 and 300 in a pool of 90 at 30 %: half the rate", () => {
    const fit = factorThatFits(
      [
        { amount: 300, rate, cap: Infinity },
        { amount: 300, rate, cap: Infinity },
      ],
      90,
    );
    // Half-up, 45.49 is still 45: the factor is the last of nine decimals at which both awards stay at 45 fen.
    expect(fit).toEqual({ factor: 0.505555555, used: 90, left: 0, capped: 0 });
  });
  test("an award at its cap does not move", () => {
    const fit = factorThatFits(
      [
        { amount: 1e10, rate, cap: 1e9 },
        { amount: 1e10, rate, cap: Infinity },
      ],
      2.5e9,
    );
    expect(fit).toEqual({ factor: 0.5, used: 2.5e9, left: 0, capped: 1 });
  });
  test("where all caps together leave money, no factor uses it up", () => {
    expect(factorThatFits([{ amount: 300, rate, cap: 50 }], 60)).toEqual({
      factor: null,
      used: 50,
      left: 10,
      capped: 1,
    });
    expect(factorThatFits([], 60)).toEqual({ factor: null, used: 0, left: 60, capped: 0 });
  });
  test("beyond a million it is refused", () => {
    expect(() => factorThatFits([{ amount: 1, rate, cap: Infinity }], 1e9)).toThrow(
      inWords("factor: it would exceed one million"),
    );
  });
  test("a twelfth is not rounded", () => {
    const fit = factorThatFits([{ amount: 12e9, rate: parseFigure("1/12"), cap: Infinity }], 1e9);
    expect(fit).toMatchObject({ factor: 1, used: 1e9 });
  });
  test("the next billionth never fits; awards of zero take no part", () => {
    const awards = fc.record({
      amount: fc.nat(1e10),
      rate: fc.constantFrom("30%", "12.5%", "1/3", "0"),
      cap: fc.nat(1e9),
    });
    const cap = fc.boolean();
    fc.assert(
      fc.property(fc.array(fc.tuple(awards, cap), { maxLength: 8 }), fc.nat(1e10), (rows, pool) => {
        const claims = rows.map(([row, capped]) => ({
          ...row,
          rate: parseFigure(row.rate),
          cap: capped ? row.cap : Infinity,
        }));
        const total = (steps: bigint): number =>
          sum(
            claims.map(({ amount, rate: { n, d }, cap: limit }) => {
              const award = (2n * BigInt(amount) * n * steps + d * 1000000000n) / (2n * d * 1000000000n);
              return Math.min(Number(award), limit);
            }),
          );
        fc.pre(total(10n ** 15n) > pool);
        const { factor, used, left } = factorThatFits(claims, pool);
        const steps = BigInt(Math.round(factor! * 1e9));
        expect(total(steps)).toBe(used);
        expect(used + left).toBe(pool);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(total(steps + 1n)).toBeGreaterThan(pool);
      }),
      { numRuns: 500 },
    );
  });
});

test("the cost surface: a row for each rate, a column for each cap", () => {
  const rates = [parseFigure("10%"), parseFigure("1/3")];
  expect(costSurface([1000, 2000, 5], rates, [100, 0, 500])).toEqual([
    [100 + 100 + 1, 0, 100 + 200 + 1],
    [100 + 100 + 2, 0, 333 + 500 + 2],
  ]);
});

describe("statistics", () => {
  test("of claims above a pool and a cap", () => {
    expect(poolStats([100, 200, 300, 400, 500, 600], 1000, 350)).toEqual({
      claimed: 2100,
      approved: 1650,
      paid: 1000,
      left: 0,
      use: 1,
      haircut: 1 - 1000 / 1650,
      cutClaims: 3,
      cutAmount: 450,
      firmsAtCap: 1000 / 350,
      topFive: 1550 / 1650,
    });
  });
  test("of a pool that suffices, without a cap", () => {
    expect(poolStats([100], 400)).toMatchObject({
      paid: 100,
      left: 300,
      use: 0.25,
      haircut: 0,
      firmsAtCap: null,
      topFive: 1,
    });
  });
  test("of nothing", () => {
    expect(poolStats([], 0)).toMatchObject({ use: null, haircut: 0, topFive: 0, firmsAtCap: null });
    expect(poolStats([5], 0, 0)).toMatchObject({ paid: 0, firmsAtCap: null, cutClaims: 1 });
  });
  test("bad input is refused", () => expect(() => poolStats([1], -1)).toThrow(inWords("pool: it cannot be negative")));
});

test("a minus zero comes back as zero", () => {
  expect(capThatFits([-0, 5], -0)).toEqual({ cap: 0, binds: true, used: 0, left: 0 });
  expect(capStepCost([-0], -0, -0)).toEqual({ cost: 0, above: 0 });
  expect(share([-0, 5], 3, { cap: -0 })).toEqual([0, 0]);
  expect(share([-0, 5], -0)).toEqual([0, 0]);
});
