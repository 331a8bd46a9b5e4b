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
