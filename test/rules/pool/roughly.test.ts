import { needOf, roughlyRunsOut, runsOut, type CommonFactor, type GroupedClaim } from "../../../src/rules";

const claims = (spread: number): GroupedClaim[] =>
  Array.from({ length: 600 }, (_, k) => ({ amount: 1e6 * (1 + (k % 37)), probability: 0.5, spread, cap: 3e7 }));
const states: CommonFactor = {
  group: undefined,
  states: [
    { chance: 0.3, probability: 1.2, size: 1 },
    { chance: 0.7, probability: 0.9, size: 1.1 },
  ],
};

describe("the rough probability of running out, from which a search begins, is near the one of the distribution", () => {
  test.each([
    ["known sizes", 0, undefined, []],
    ["sizes with a spread", 0.3, undefined, []],
    ["a growth that is known", 0, { median: 1.1, spread: 0 }, []],
    ["two states", 0.3, undefined, [states]],
  ] as const)("%s", (_, spread, growth, factors) => {
    const need = needOf(claims(spread), growth, factors);
    for (const pool of [0.97, 1, 1.03].map((part) => Math.round(part * need.mean)))
      expect(Math.abs(roughlyRunsOut(claims(spread), pool, growth, factors) - runsOut(need, pool))).toBeLessThan(0.02);
  });

  test("of claims that all come at known sizes it is 0 or 1", () => {
    const certain = [{ amount: 500, probability: 1 }];
    expect([499, 500].map((pool) => roughlyRunsOut(certain, pool, undefined, []))).toEqual([1, 0]);
  });
});
