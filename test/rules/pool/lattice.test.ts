/** Many claims of round known sizes: every sum has its exact probability, against one claim added after the other. */
import { needOf, quantile } from "../../../src/rules/pool";
import type { UncertainClaim } from "../../../src/rules/pool/uncertain";
import { seededStream, uniform } from "../../../src/rules/pool/random";

/** 10,000 yuan. */
const WAN = 1e6;

/** By whole WAN, P(sum ≤ it). */
function convolved(claims: readonly UncertainClaim[]): (amount: number) => number {
  const chances = new Float64Array(claims.reduce((total, { amount }) => total + amount / WAN, 1));
  chances[0] = 1;
  let reached = 0;
  for (const { amount, probability } of claims) {
    const size = amount / WAN;
    reached += size;
    for (let at = reached; at >= 0; at--)
      chances[at] = chances[at]! * (1 - probability) + (at >= size ? chances[at - size]! * probability : 0);
  }
  let sum = 0;
  const below = chances.map((chance) => (sum += chance));
  return (amount) => (amount < 0 ? 0 : below[Math.min(below.length - 1, Math.floor(amount / WAN))]!);
}

const stream = seededStream(11);
const between = (low: number, high: number): number => low + (high - low) * uniform(stream);

const many = (count: number, probability: () => number): UncertainClaim[] =>
  Array.from({ length: count }, () => ({ amount: WAN * Math.ceil(between(0, 40)), probability: probability() }));

test.each<[string, UncertainClaim[]]>([
  ["of any probability", many(1600, () => between(0, 1))],
  ["as likely to come as not", many(1600, () => 0.5)],
  ["rare ones", many(1600, () => 10 ** between(-9, -1))],
  ["all but certain ones", many(1600, () => 1 - 10 ** between(-6, -1))],
])("1,600 claims in whole 万元, %s", (_what, claims) => {
  const need = needOf(claims);
  const below = convolved(claims);
  expect(need.method).toBe("exact");
  for (let z = -4; z <= 4; z += 0.5) {
    const amount = Math.max(0, Math.round(need.mean + z * need.deviation));
    expect(Math.abs(need.atMost(amount) - below(amount))).toBeLessThan(1e-11);
  }
  const p90 = quantile(need, 0.9);
  expect(p90 % WAN).toBe(0);
  expect(below(p90)).toBeGreaterThan(0.9 - 1e-11);
  expect(below(p90 - WAN)).toBeLessThan(0.9);
});

test.each([10, 18])("1,600 claims in whole 万元, and %i to the fen", (count) => {
  const round = many(1600, () => between(0, 1));
  const odd = Array.from({ length: count }, () => ({
    amount: Math.ceil(between(0, 40 * WAN)),
    probability: between(0, 1),
  }));
  const need = needOf([...round, ...odd]);
  const below = convolved(round);
  const subsets = odd.reduce(
    (all, { amount, probability }) => [
      ...all.map(({ sum, chance }) => ({ sum, chance: chance * (1 - probability) })),
      ...all.map(({ sum, chance }) => ({ sum: sum + amount, chance: chance * probability })),
    ],
    [{ sum: 0, chance: 1 }],
  );
  for (const z of [-2, -1, 0, 1, 2]) {
    const amount = Math.round(need.mean + z * need.deviation);
    const chance = subsets.reduce((all, subset) => all + subset.chance * below(amount - subset.sum), 0);
    const { error, ...estimate } = need.estimate(amount);
    expect(Math.abs(estimate.chance - chance)).toBeLessThan(Math.min(1e-6, error));
    expect(error).toBeLessThan(2e-6);
  }
});

test("two giants of one size beside thousands of small claims", () => {
  const small = many(4000, () => 0.3);
  const giant = { amount: 4e14, probability: 0.2 };
  const need = needOf([...small, giant, giant]);
  const below = convolved(small);
  for (const count of [0, 1, 2]) {
    const amount = count * giant.amount + 24_000 * WAN;
    const chances = [0.64, 0.32, 0.04];
    const lower = chances.slice(0, count).reduce((sum, chance) => sum + chance, 0);
    const chance = lower + chances[count]! * below(24_000 * WAN);
    expect(Math.abs(need.atMost(amount) - chance)).toBeLessThan(1e-10);
  }
});

test("36 claims to the fen: all sums are listed", () => {
  const claims = Array.from({ length: 36 }, (_, k) => ({
    amount: Math.ceil(between(0, 1e9)),
    probability: k % 3 ? between(0.1, 0.9) : 1e-3,
  }));
  const need = needOf(claims);
  expect(need.method).toBe("exact");
  // The other way round it is the same need.
  const mirrored = needOf(claims.map((claim) => ({ ...claim, probability: 1 - claim.probability })));
  const total = claims.reduce((sum, { amount }) => sum + amount, 0);
  for (const level of [0.1, 0.5, 0.9]) {
    const amount = quantile(need, level);
    expect(Math.abs(need.atMost(amount) - (1 - mirrored.atMost(total - amount - 1)))).toBeLessThan(1e-11);
  }
});
