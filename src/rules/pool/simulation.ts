/** A simulation of the need, with a seed: the check of the distribution, never the answer. */
import { checkWhole } from "./fen";
import { checkGrowth, checkUncertain, type CommonGrowth, type UncertainClaim } from "./uncertain";

/** A stream of random whole numbers below 2³². */
export type RandomStream = () => number;

/**
 * xoshiro128** 1.1 of Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).
 * @param state four whole numbers below 2³², not all zero
 */
export function xoshiro128(state: readonly [number, number, number, number]): RandomStream {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** A stream for a seed, its state filled by splitmix32 so that neighbouring seeds have nothing in common. */
export function seededStream(seed: number): RandomStream {
  let state = checkWhole(seed, "seed", 0, 2 ** 32 - 1);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  return xoshiro128([next(), next(), next(), next()]);
}

/** Uniform on (0, 1), never an end. */
export const uniform = (stream: RandomStream): number => (stream() + 0.5) / 2 ** 32;

/** Standard normal, by the polar method of Marsaglia and Bray (1964). */
export function normal(stream: RandomStream): number {
  for (;;) {
    const x = 2 * uniform(stream) - 1;
    const y = 2 * uniform(stream) - 1;
    const square = x * x + y * y;
    if (square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/**
 * Drawn needs in ascending order, whole fen: every size is rounded half-up and then cut to its cap.
 * @throws PoolError as `needOf` does, and for a seed or number of draws that is not a whole number in range
 */
export function simulateNeed(
  claims: readonly UncertainClaim[],
  options: { readonly draws: number; readonly seed: number; readonly growth?: CommonGrowth },
): Float64Array {
  const random = checkUncertain(claims);
  const draws = checkWhole(options.draws, "draws", 1, 1e8);
  const { median, spread: swing } = options.growth ?? { median: 1, spread: 0 };
  checkGrowth({ median, spread: swing });
  const stream = seededStream(options.seed);
  const needs = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const factor = swing === 0 ? median : median * Math.exp(swing * normal(stream));
    let need = 0;
    for (const claim of random) {
      if (uniform(stream) >= claim.probability) continue;
      const size = claim.median * factor * (claim.spread === 0 ? 1 : Math.exp(claim.spread * normal(stream)));
      need += Math.min(Math.floor(size + 0.5), claim.cap);
    }
    needs[draw] = need;
  }
  return needs.sort();
}
