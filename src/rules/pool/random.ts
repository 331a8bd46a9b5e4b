/** Random numbers with a seed: the same seed, the same numbers. */
import { checkWhole } from "./fen";

/** A stream of random whole numbers below 2³². */
export type RandomStream = () => number;

/**
 * xoshiro128** 1.1 of Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).
 * @param state four whole numbers below 2³², not all zero
 */
export function xoshiro128(state: readonly [number, number, number, number]): RandomStream {
  const kept = Int32Array.from(state);
  const words = new Uint32Array(BLOCK);
  let next = BLOCK;
  return () => {
    if (next === BLOCK) {
      fill(words, kept);
      next = 0;
    }
    return words[next++]!;
  };
}

/** Words are made so many at a time: a state that is kept from word to word costs several times as much as the words. */
const BLOCK = 64;

function fill(words: Uint32Array, kept: Int32Array): void {
  let [a, b, c, d] = kept as unknown as [number, number, number, number];
  for (let k = 0; k < words.length; k++) {
    words[k] = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
  }
  kept.set([a, b, c, d]);
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
