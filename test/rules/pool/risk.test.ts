import fc from "fast-check";
import { type CommonGrowth, needOf, poolRisk, quantile } from "../../../src/rules/pool";
import type { UncertainClaim } from "../../../src/rules/pool/uncertain";
import type { NeedMethod } from "../../../src/rules/pool/estimate";
import { seededStream, uniform } from "../../../src/rules/pool/random";
import { simulateNeed } from "./simulated";
import { inWords } from "./in-words";

const LEVELS = [0.5, 0.8, 0.9, 0.95];
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** A made-up list, the same each time. */
function claimList(count: number, claim: (u: () => number) => UncertainClaim, seed = 11): UncertainClaim[] {
  const stream = seededStream(seed);
  return Array.from({ length: count }, () => claim(() => uniform(stream)));
}

/** Every subset of the claims with its probability, in ascending order of need. */
function everySubset(claims: readonly UncertainClaim[]): { need: number; chance: number }[] {
  return Array.from({ length: 2 ** claims.length }, (_, subset) => {
    const comes = (row: number): boolean => ((subset >> row) & 1) === 1;
    return {
      need: sum(claims.map(({ amount, cap = Infinity }, row) => (comes(row) ? Math.min(amount, cap) : 0))),
      chance: claims.reduce((p, { probability }, row) => p * (comes(row) ? probability : 1 - probability), 1),
    };
  }).sort((a, b) => a.need - b.need);
}

describe("by hand", () => {
  test("one claim as likely to come as not: half of the cases need nothing", () => {
    expect(poolRisk([{ amount: 100, probability: 0.5 }], 99)).toEqual({
      expected: 50,
      deviation: 50,
      p50: 0,
      p80: 100,
      p90: 100,
      p95: 100,
      runsOut: 0.5,
      poolForRisk: 100,
      method: "exact",
    });
  });
  test("a need of exactly the pool is paid", () => {
    expect(poolRisk([{ amount: 100, probability: 0.5 }], 100).runsOut).toBe(0);
  });
  test("ten equal claims with a chance of one half: the binomial distribution", () => {
    const claims = Array.from({ length: 10 }, () => ({ amount: 7, probability: 0.5 }));
    const { p50, p80, p90, p95, runsOut } = poolRisk(claims, 35);
    // P(≤ 5) 638/1024, P(≤ 6) 848/1024, P(≤ 7) 968/1024 = 94.5 %, P(≤ 8) 1013/1024
    expect([p50, p80, p90, p95]).toEqual([35, 42, 49, 56]);
    expect(runsOut).toBeCloseTo(386 / 1024, 14);
  });
  test("certain and impossible claims leave no doubt", () => {
    const claims = [
      { amount: 30, probability: 1 },
      { amount: 12, probability: 1 },
      { amount: 1e9, probability: 0 },
    ];
    expect(poolRisk(claims, 41)).toMatchObject({ expected: 42, deviation: 0, p50: 42, p95: 42, runsOut: 1 });
    expect(poolRisk(claims, 42).runsOut).toBe(0);
  });
  test("no claim, no need", () => expect(poolRisk([], 0)).toMatchObject({ expected: 0, p95: 0, runsOut: 0 }));
  test("a known size is cut to its cap, also to a cap of zero", () => {
    expect(poolRisk([{ amount: 100, probability: 1, cap: 60 }], 0)).toMatchObject({ expected: 60, p50: 60 });
    expect(poolRisk([{ amount: 100, probability: 1, cap: 0, spread: 1 }], 0)).toMatchObject({
      expected: 0,
      p95: 0,
      runsOut: 0,
    });
  });
  test("the pool for another risk", () => {
    const claims = Array.from({ length: 10 }, () => ({ amount: 7, probability: 0.5 }));
    expect(poolRisk(claims, 35, { risk: 0.01 }).poolForRisk).toBe(63);
  });
  test("one claim that comes for sure: its percentiles are those of the log-normal size, its middle the amount", () => {
    const { p50, p90, expected } = poolRisk([{ amount: 1e10, probability: 1, spread: 0.3 }], 1e10);
    expect(p50 / 1e10).toBeCloseTo(1, 6);
    expect(p90 / 1e10).toBeCloseTo(Math.exp(0.3 * 1.2815515655446), 6);
    expect(expected / 1e10).toBeCloseTo(Math.exp(0.045), 12);
  });
});

test("up to twelve claims of known size: every subset listed says the same", () => {
  const claim = fc.record({
    amount: fc.oneof(fc.nat(5), fc.nat(1e12)),
    probability: fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 9 }), fc.nat(1e12), (claims, pool) => {
      const subsets = everySubset(claims);
      const need = needOf(claims);
      expect(need.method).toBe("exact");
      const below = (amount: number): number =>
        sum(subsets.filter((s) => s.need <= amount).map(({ chance }) => chance));
      expect(need.atMost(pool)).toBeCloseTo(below(pool), 12);
      for (const level of LEVELS) {
        const found = quantile(need, level);
        expect(below(found)).toBeGreaterThanOrEqual(level - 1e-9);
        expect(found === 0 || below(found - 1) < level + 1e-9).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
  const twelve = claimList(12, (u) => ({ amount: Math.floor(1e8 * u()), probability: u(), cap: 6e7 }));
  const subsets = everySubset(twelve);
  let below = 0;
  const p90 = subsets.find(({ chance }) => (below += chance) >= 0.9)!.need;
  expect(poolRisk(twelve, 0).p90).toBe(p90);
});

/** Four and a half standard errors of a simulated probability: one in 150,000 by chance, and the seed is fixed. */
const within = (level: number, draws: number): number => 4.5 * Math.sqrt((level * (1 - level)) / draws);

const PORTFOLIOS: [string, NeedMethod, UncertainClaim[], CommonGrowth?][] = [
  [
    "200 claims in whole 万元",
    "exact",
    claimList(200, (u) => ({ amount: 1e6 * Math.ceil(500 * u()), probability: u() })),
  ],
  ["600 known claims", "transform", claimList(600, (u) => ({ amount: Math.floor(1e9 * u()), probability: u() }))],
  [
    "400 with spread and cap",
    "transform",
    claimList(400, (u) => ({ amount: Math.floor(2e9 * u()), probability: 0.4, spread: 0.5, cap: 1e9 })),
  ],
  [
    "one that outweighs 300",
    "listed",
    [
      { amount: 1e10, probability: 0.3 },
      ...claimList(300, (u) => ({ amount: Math.floor(1e7 * u()), probability: 0.5 })),
    ],
  ],
  [
    "150 of wide spread",
    "transform",
    claimList(150, (u) => ({ amount: Math.floor(1e9 * u()), probability: 0.5, spread: 1 })),
  ],
  [
    "ten at or near their cap",
    "transform",
    claimList(10, (u) => ({ amount: Math.floor(2e9 * u()), probability: 0.7, spread: 0.4, cap: 1e9 })),
  ],
  [
    "three of unknown size",
    "transform",
    claimList(3, (u) => ({ amount: Math.floor(1e9 * (1 + u())), probability: 0.7, spread: 0.4 })),
  ],
  [
    "six, some known",
    "transform",
    claimList(6, (u) => ({ amount: Math.floor(2e9 * (1 + u())), probability: 0.7, spread: u() < 0.5 ? 0 : 0.4 })),
  ],
  [
    "a common growth",
    "transform",
    claimList(120, (u) => ({ amount: Math.floor(1e9 * u()), probability: 0.5, spread: 0.5 })),
    { median: 1.1, spread: 0.15 },
  ],
  [
    "a common growth of capped claims",
    "transform",
    claimList(30, (u) => ({ amount: Math.floor(2e9 * u()), probability: 0.5, cap: 1e9 })),
    { median: 1.1, spread: 0.1 },
  ],
  [
    "a common growth of nine known claims",
    "transform",
    claimList(9, (u) => ({ amount: Math.floor(2e9 * u()), probability: 0.9 })),
    { median: 1, spread: 0.2 },
  ],
];

/** The bench draws a million times; here the draws are as many as a test may take, and the tolerance follows from them. */
describe("against a simulation", () => {
  // Not by spreading the row: jest would hand in its own callback for a growth that is absent.
  test.each(PORTFOLIOS.map((row) => ({ name: row[0], row })))("$name", ({ row: [, method, claims, growth] }) => {
    const draws = Math.min(20_000, Math.ceil(4e5 / claims.length));
    const drawn = simulateNeed(claims, { draws, seed: 2026, ...(growth && { growth }) });
    const need = needOf(claims, growth);
    expect([method, "exact"]).toContain(need.method);
    for (const level of LEVELS) {
      const amount = quantile(need, level);
      const share = drawn.filter((value) => value <= amount).length / draws;
      const before = drawn.filter((value) => value < amount - 1e-4 * need.mean).length / draws;
      // A jump at the percentile lies on both sides of it.
      expect(share).toBeGreaterThan(level - within(level, draws));
      expect(before).toBeLessThan(level + within(level, draws));
      const atMost = need.atMost(drawn[Math.floor(level * draws)]!);
      expect(atMost).toBeGreaterThan(level - within(level, draws) - 5e-4);
    }
    const mean = sum(Array.from(drawn)) / draws;
    expect(Math.abs(mean - need.mean)).toBeLessThan((4.5 * need.deviation) / Math.sqrt(draws));
  });
});

describe("a common growth", () => {
  const certain = [
    { amount: 6e9, probability: 1 },
    { amount: 4e9, probability: 1 },
  ];
  test("of certain claims is all there is: log-normal around their sum", () => {
    const { p50, p90, runsOut, deviation } = poolRisk(certain, 1e10, { growth: { median: 1.1, spread: 0.2 } });
    expect(p50 / 1.1e10).toBeCloseTo(1, 8);
    expect(p90 / (1.1e10 * Math.exp(0.2 * 1.2815515655446))).toBeCloseTo(1, 8);
    expect(runsOut).toBeCloseTo(1 - 0.3168, 3);
    expect(deviation / 1.1e10).toBeCloseTo(Math.exp(0.02) * Math.sqrt(Math.exp(0.04) - 1), 6);
  });
  test("stops at the caps", () => {
    const capped = certain.map((claim) => ({ ...claim, cap: 5e9 }));
    expect(poolRisk(capped, 1e10, { growth: { median: 1, spread: 0.2 } })).toMatchObject({ p95: 1e10, runsOut: 0 });
    expect(poolRisk(capped, 1e10, { growth: { median: 1, spread: 0.2 } }).p50).toBe(9e9);
  });
  test("without spread multiplies", () => {
    expect(poolRisk(certain, 1e10, { growth: { median: 1.5, spread: 0 } })).toMatchObject({
      p50: 1.5e10,
      deviation: 0,
    });
  });
  test("makes large lists riskier than independent claims are", () => {
    const claims = claimList(500, (u) => ({ amount: Math.floor(1e9 * u()), probability: 0.5 }));
    const alone = poolRisk(claims, 1e12);
    const together = poolRisk(claims, 1e12, { growth: { median: 1, spread: 0.1 } });
    expect(together.p95 - together.p50).toBeGreaterThan(1.5 * (alone.p95 - alone.p50));
  });
});

describe("whatever the claims", () => {
  const claim = fc.record(
    {
      amount: fc.nat(1e11),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      spread: fc.constantFrom(0, 0, 0.05, 0.3, 1.5),
      cap: fc.nat(1e11),
    },
    { requiredKeys: ["amount", "probability"] },
  );
  test("percentiles ascend, more pool is never riskier, and the percentile is the pool for its risk", () => {
    fc.assert(
      fc.property(fc.array(claim, { minLength: 1, maxLength: 6 }), fc.nat(1e11), (claims, pool) => {
        const need = needOf(claims);
        const percentiles = LEVELS.map((level) => quantile(need, level));
        expect(percentiles).toEqual([...percentiles].sort((a, b) => a - b));
        expect(need.atMost(pool + 1000)).toBeGreaterThanOrEqual(need.atMost(pool) - 1e-9);
        percentiles.forEach((amount, place) =>
          expect(need.atMost(amount)).toBeGreaterThanOrEqual(LEVELS[place]! - 1e-9),
        );
      }),
      { numRuns: 25 },
    );
  });
  test("the same inputs give the same answer", () => {
    const [, , claims] = PORTFOLIOS[5]!;
    expect(poolRisk(claims, 5e9)).toEqual(poolRisk(claims, 5e9));
  });
});

test.each([
  ["a probability above one", { amount: 1, probability: 1.5 }, "probability in row 1: it must be from 0 to 1"],
  ["a negative probability", { amount: 1, probability: -0.1 }, "probability in row 1"],
  ["a probability that is no number", { amount: 1, probability: NaN }, "probability in row 1"],
  [
    "a spread in per cent",
    { amount: 1, probability: 1, spread: 20 },
    "spread in row 1: it must be from 0 to 1.5 (0.2 is about ±20%)",
  ],
  ["a negative spread", { amount: 1, probability: 1, spread: -1 }, "spread in row 1"],
  ["part of a fen", { amount: 0.5, probability: 1 }, "claim in row 1: it must be whole fen"],
  ["a negative cap", { amount: 1, probability: 1, cap: -5 }, "cap in row 1: it cannot be negative"],
])("%s is refused", (_, claim, message) => expect(() => poolRisk([claim], 1)).toThrow(inWords(message)));

test("a growth, a risk and a pool that cannot be are refused", () => {
  expect(() => poolRisk([], 1, { growth: { median: 0, spread: 0 } })).toThrow(
    inWords("growth: the factor must be above 0"),
  );
  expect(() => poolRisk([], 1, { growth: { median: 1, spread: 2 } })).toThrow(
    inWords("spread: it must be from 0 to 1.5"),
  );
  expect(() => poolRisk([], 1, { risk: 0 })).toThrow(inWords("percentile: it must be between 0 and 1"));
  expect(() => poolRisk([], NaN)).toThrow(inWords("pool: it must be a number"));
});
