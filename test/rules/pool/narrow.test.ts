/** Thousands of claims with caps under one common growth, against a normal need under each growth, its moments by quadrature. */
import { needOf } from "../../../src/rules/pool";
import { density, probabilityBelow } from "../../../src/rules/pool/normal";

const growth = { median: 1.1, spread: 0.1 };
const KINDS = Array.from({ length: 40 }, (_, k) => ({
  amount: 4e6 + 4e5 * k,
  probability: 0.3 + 0.015 * k,
  spread: 0.3,
  cap: (1 + (k % 7) / 6) * (4e6 + 4e5 * k),
}));
const EACH = 100;

/** The mean of a function of a standard normal variable. */
function averaged(value: (z: number) => number): number {
  let sum = 0;
  for (let z = -7; z <= 7; z += 0.02) sum += 0.02 * density(z) * value(z);
  return sum;
}

test("4,000 claims of uncertain size with caps of their own", () => {
  const claims = KINDS.map((kind) => ({ ...kind, cap: Math.round(kind.cap) }));
  const need = needOf(
    claims.flatMap((claim) => Array.from({ length: EACH }, () => claim)),
    growth,
  );
  const amounts = [-1, 0.2, 1.3].map((deviations) => Math.round(need.mean + deviations * need.deviation));
  const under = (z: number): number[] => {
    let [mean, variance] = [0, 0];
    for (const { amount, probability, spread, cap } of claims) {
      const size = (v: number): number =>
        Math.min(cap, amount * growth.median * Math.exp(growth.spread * z + spread * v));
      const first = probability * averaged(size);
      mean += EACH * first;
      variance += EACH * (probability * averaged((v) => size(v) ** 2) - first ** 2);
    }
    return amounts.map((amount) => probabilityBelow((amount - mean) / Math.sqrt(variance)));
  };
  const chances = amounts.map(() => 0);
  for (let z = -6; z <= 6; z += 0.05) {
    const at = under(z);
    at.forEach((chance, k) => (chances[k]! += 0.05 * density(z) * chance));
  }
  amounts.forEach((amount, k) => {
    const { chance, error } = need.estimate(amount);
    expect(error).toBeLessThan(2e-5);
    expect(Math.abs(chance - chances[k]!)).toBeLessThan(5e-5);
  });
});

test("3,000 known claims whose caps one growth reaches all at once", () => {
  // Sizes with no common measure; under a growth above 1.2 each is at its cap, and the need is normal.
  const claims = Array.from({ length: 3000 }, (_, k) => {
    const amount = 4_000_001 + 1009 * ((k * 37) % 1000) + k;
    return { amount, probability: 0.3 + 0.0001 * k, cap: Math.round(1.2 * amount) };
  });
  const need = needOf(claims, growth);
  const moments = (z: number): [number, number] => {
    const factor = growth.median * Math.exp(growth.spread * z);
    let [mean, variance] = [0, 0];
    for (const { amount, probability: p, cap } of claims) {
      const size = Math.min(cap, amount * factor);
      mean += p * size;
      variance += p * (1 - p) * size * size;
    }
    return [mean, Math.sqrt(variance)];
  };
  const kink = Math.log(1.2 / growth.median) / growth.spread;
  const [mostMean, mostDeviation] = moments(kink);
  for (const deviations of [-8, -2, 0, 1, 3]) {
    const amount = Math.round(mostMean + deviations * mostDeviation);
    let expected = (1 - probabilityBelow(kink)) * probabilityBelow((amount - mostMean) / mostDeviation);
    const steps = 600;
    for (let k = 0; k < steps; k++) {
      const z = -6 + ((kink + 6) * (k + 0.5)) / steps;
      const [mean, deviation] = moments(z);
      expected += ((kink + 6) / steps) * density(z) * probabilityBelow((amount - mean) / deviation);
    }
    const { chance, error } = need.estimate(amount);
    expect(error).toBeLessThan(1e-4);
    expect(Math.abs(chance - expected)).toBeLessThan(2e-4);
  }
});
