/** A simulation of the need, with a seed: the check of the distribution. */
import type { CommonGrowth } from "../../../src/rules/pool";
import type { UncertainClaim } from "../../../src/rules/pool/uncertain";
import { normal, seededStream, uniform } from "../../../src/rules/pool/random";

/** Drawn needs in ascending order, whole fen: every size is rounded half-up and then cut to its cap. */
export function simulateNeed(
  claims: readonly UncertainClaim[],
  {
    draws,
    seed,
    growth = { median: 1, spread: 0 },
  }: { draws: number; seed: number; growth?: CommonGrowth | undefined },
): Float64Array {
  const stream = seededStream(seed);
  const needs = Float64Array.from({ length: draws }, () => {
    const factor = growth.median * Math.exp(growth.spread * normal(stream));
    let need = 0;
    for (const { amount, probability, spread = 0, cap = Infinity } of claims) {
      if (uniform(stream) >= probability) continue;
      const size = amount * factor * (spread === 0 ? 1 : Math.exp(spread * normal(stream)));
      need += Math.min(Math.floor(size + 0.5), cap);
    }
    return need;
  });
  return needs.sort();
}
