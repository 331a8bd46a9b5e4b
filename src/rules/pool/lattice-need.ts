/** The distribution of a need that keeps jumps and is continuous between them, on a fine lattice, by fast Fourier transform. */
import { probabilityBelow } from "./normal";
import { type RandomClaim, sizeBelow, upperEnd } from "./uncertain";
import { greatestCommonDivisor } from "./exact-need";

export interface LatticeNeed {
  readonly step: number;
  /** P(need ≤ k · step). */
  readonly atMost: Float64Array;
}

/**
 * Points of the lattice; each claim costs a transform of so many. Many claims come here only when few of them are likely
 * to come, so that a few steps are a small part of each.
 */
function pointsFor(claims: number, most: number): number {
  let count = most;
  while (count > 2 ** 11 && count * claims > 2 ** 20) count /= 2;
  return count;
}

/**
 * Each claim is put on the lattice so that its mean stays: what lies between two points is split between them. Where caps
 * and known sizes have a common divisor that is wide enough, the lattice divides it, so that their jumps stay where they are.
 */
export function latticeNeed(claims: readonly RandomClaim[], most = 2 ** 16): LatticeNeed {
  const count = pointsFor(claims.length, most);
  // Claims split upwards may pass the upper end by a step each, as a random walk; beyond the last point they would come round to zero.
  const margin = 2 + Math.min(claims.length, Math.ceil(6 * Math.sqrt(claims.length)));
  const step = latticeStep(claims, upperEnd(claims) / (count - margin));
  const real = new Float64Array(count).fill(1);
  const imaginary = new Float64Array(count);
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const transform = fourier(count);
  for (const claim of claims) {
    onLattice(claim, step, re);
    im.fill(0);
    transform(re, im);
    for (let j = 0; j < count; j++) {
      const x = real[j]!;
      const y = imaginary[j]!;
      real[j] = x * re[j]! - y * im[j]!;
      imaginary[j] = x * im[j]! + y * re[j]!;
    }
  }
  // The inverse transform is the transform of the conjugate, conjugated and divided by the count.
  for (let j = 0; j < count; j++) imaginary[j] = -imaginary[j]!;
  transform(real, imaginary);
  let below = 0;
  return { step, atMost: real.map((chance) => (below += Math.max(0, chance / count))) };
}

function latticeStep(claims: readonly RandomClaim[], finest: number): number {
  const jumps = claims.flatMap(({ spread, median, cap }) => (spread === 0 ? [median] : cap < Infinity ? [cap] : []));
  if (jumps.length === 0 || jumps.some((jump) => !Number.isInteger(jump))) return finest;
  const unit = jumps.reduce(greatestCommonDivisor, 0);
  return unit >= finest ? unit / Math.floor(unit / finest) : finest;
}

/** Probabilities at 0, step, 2·step …: second differences of E[max(x − claim, 0)]. */
function onLattice(claim: RandomClaim, step: number, chances: Float64Array): void {
  const { median, probability, spread, cap } = claim;
  const mean = median * Math.exp((spread * spread) / 2);
  const capped = cap === Infinity ? mean : partialMean(claim, cap) + cap * (1 - sizeBelow(claim, cap));
  const shortfall = (x: number): number => {
    if (x <= 0) return 0;
    if (spread === 0) return Math.max(0, x - median);
    return x >= cap ? x - capped : x * sizeBelow(claim, x) - partialMean(claim, x);
  };
  const count = chances.length;
  chances.fill(0);
  let before = 0;
  let here = 0;
  let placed = 0;
  for (let k = 0; k < count - 1 && placed < 1 - 1e-15; k++) {
    const after = shortfall((k + 1) * step);
    const chance = Math.max(0, (after - 2 * here + before) / step);
    chances[k] = probability * chance;
    placed += chance;
    [before, here] = [here, after];
  }
  chances[count - 1]! += probability * Math.max(0, 1 - placed);
  chances[0]! += 1 - probability;
}

/** E[size; size ≤ x] of a log-normal size. */
const partialMean = ({ median, spread }: RandomClaim, x: number): number =>
  median * Math.exp((spread * spread) / 2) * probabilityBelow(Math.log(x / median) / spread - spread);

/** Discrete Fourier transform in place, for a power of two. Source: Cooley and Tukey (1965). */
function fourier(count: number): (re: Float64Array, im: Float64Array) => void {
  const cosines = Float64Array.from({ length: count / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / count));
  const sines = Float64Array.from({ length: count / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / count));
  const mirror = mirrored(count);
  return (re, im) => {
    for (const part of [re, im]) {
      mirror.forEach((j, i) => {
        if (i < j) [part[i], part[j]] = [part[j]!, part[i]!];
      });
    }
    for (let half = 1; half < count; half *= 2) {
      const stride = count / (2 * half);
      for (let start = 0; start < count; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const a = start + k;
          const b = a + half;
          const x = re[b]! * cosines[k * stride]! - im[b]! * sines[k * stride]!;
          const y = re[b]! * sines[k * stride]! + im[b]! * cosines[k * stride]!;
          re[b] = re[a]! - x;
          im[b] = im[a]! - y;
          re[a]! += x;
          im[a]! += y;
        }
      }
    }
  };
}

/** Each place with its binary digits in reverse. */
function mirrored(count: number): Uint32Array {
  const places = new Uint32Array(count);
  for (let i = 1; i < count; i++) places[i] = places[i >> 1]! / 2 + (i & 1 ? count / 2 : 0);
  return places;
}

/** P(need ≤ amount). */
export function latticeAtMost({ step, atMost }: LatticeNeed, amount: number): number {
  if (amount < 0) return 0;
  const place = Math.floor(amount / step + 1e-9);
  return place >= atMost.length ? 1 : Math.min(1, atMost[place]!);
}
