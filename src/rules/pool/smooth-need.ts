/**
 * The distribution of a need that many claims of unknown size make continuous, from its characteristic function.
 *
 * Inverted by the cosine expansion of Fang and Oosterlee, A novel pricing method for European options based on
 * Fourier-cosine series expansions (2008). The characteristic function comes from cumulants in closed form where their
 * series has converged, else from the claims one by one.
 */
import { density, gaussLegendre } from "./normal";
import { fillMoments, type RandomClaim, sizeBelow, spreadOfSum, upperEnd } from "./uncertain";

/** P(need ≤ x) is `atZero`, if x is not below zero, plus the integral of a cosine series on (low, high). */
export interface SmoothNeed {
  readonly atZero: number;
  readonly low: number;
  readonly high: number;
  /** Coefficient of cos(jπ(x − low)/(high − low)). */
  readonly waves: Float64Array;
}

/** Error of a probability that is accepted as none: a hundredth of a basis point. */
const TOLERANCE = 1e-6;
const ORDER = 8;
/** Half-width of the interval in standard deviations, and waves enough for a bell curve on it. */
const WIDTH = 10;
const BELL_WAVES = 64;

/** @returns null where the cumulants of the sum do not settle: few claims, or a few that outweigh the others */
export function needFromCumulants(claims: readonly RandomClaim[]): SmoothNeed | null {
  const { mean, deviation } = spreadOfSum(claims);
  const cumulants = cumulantsOfSum(claims, deviation);
  const order = settledOrder(cumulants);
  if (order === null) return null;
  const low = mean - WIDTH * deviation;
  const high = mean + WIDTH * deviation;
  const waves = new Float64Array(BELL_WAVES);
  for (let j = 0; j < BELL_WAVES; j++) {
    // log φ of (need − mean) / deviation at t: Σ κ_n (it)^n / n!
    const t = (j * Math.PI) / (2 * WIDTH);
    let size = 0;
    let angle = t * WIDTH;
    let factor = t;
    for (let n = 2; n <= order; n++) {
      factor *= t / n;
      const term = cumulants[n]! * factor;
      if (n % 2 === 0) size += n % 4 === 0 ? term : -term;
      else angle += n % 4 === 1 ? term : -term;
    }
    waves[j] = size < 0 ? (2 / (high - low)) * Math.exp(size) * Math.cos(angle) : 0;
  }
  waves[0] = 1 / (high - low);
  return { atZero: 0, low, high, waves };
}

/** Cumulants 1 to ORDER of the sum, in standard deviations: those of independent claims add. */
function cumulantsOfSum(claims: readonly RandomClaim[], deviation: number): Float64Array {
  const total = new Float64Array(ORDER + 1);
  const moments = new Float64Array(ORDER);
  const cumulants = new Float64Array(ORDER + 1);
  for (const claim of claims) {
    fillMoments(claim, deviation, moments);
    for (let n = 1; n <= ORDER; n++) {
      let value = claim.probability * moments[n - 1]!;
      for (let j = 1; j < n; j++)
        value -= CHOOSE[n - 1]![j - 1]! * cumulants[j]! * claim.probability * moments[n - j - 1]!;
      cumulants[n] = value;
      total[n]! += value;
    }
  }
  return total;
}

const CHOOSE = Array.from({ length: ORDER }, (_, n) => {
  const row = [1];
  for (let k = 1; k <= n; k++) row.push((row[k - 1]! * (n - k + 1)) / k);
  return row;
});

/**
 * The even order whose own terms are the smallest, if they are within tolerance. A term κ t^n / n! against the bell
 * e^(−t²/2) is largest at t = √n; the terms left out are about as large as the last ones kept.
 */
function settledOrder(cumulants: Float64Array): number | null {
  let best: number | null = null;
  let least = TOLERANCE;
  let factorial = 2;
  for (let n = 4; n <= ORDER; n += 2) {
    factorial *= n * (n - 1);
    const largest = Math.max(Math.abs(cumulants[n]!), Math.abs(cumulants[n - 1]!));
    const error = (largest * (n / Math.E) ** (n / 2)) / factorial;
    if (error <= least) [best, least] = [n, error];
  }
  return best;
}

const MOST_WAVES = 2 ** 11;
/** Turns of a pointer that the characteristic function may cost, about two nanoseconds each. */
const MOST_TURNS = 6e8;

/** @returns null where the need keeps jumps of its own, such as a few claims at their cap, or no number of waves suffices */
export function needFromCharacteristic(claims: readonly RandomClaim[]): SmoothNeed | null {
  const { mean, deviation } = spreadOfSum(claims);
  const low = Math.max(0, mean - WIDTH * deviation);
  const high = upperEnd(claims);
  const atZero = claims.reduce((chance, { probability }) => chance * (1 - probability), 1);
  if (jumps(claims) - atZero ** 2 > TOLERANCE ** 2) return null;
  for (let count = BELL_WAVES; count <= MOST_WAVES; count *= 2) {
    const points = Math.min(384, Math.max(48, count / 4));
    const turns = claims.reduce((total, { spread }) => total + (spread > 0 ? points : 1), 0) * count;
    if (turns > MOST_TURNS) return null;
    const { real, imaginary } = characteristic(claims, Math.PI / (high - low), count, points);
    let last = 0;
    const waves = real.map((re, j) => {
      const continuous = re - atZero;
      if (j >= 0.75 * count) last = Math.max(last, Math.hypot(continuous, imaginary[j]!));
      const angle = (j * Math.PI * low) / (high - low);
      return (2 / (high - low)) * (continuous * Math.cos(angle) + imaginary[j]! * Math.sin(angle));
    });
    if (last > TOLERANCE) continue;
    waves[0]! /= 2;
    return { atZero, low, high, waves };
  }
  return null;
}

/**
 * Σ of the squared probabilities of all amounts that have one: what the characteristic function never falls below, in the
 * square mean. A claim has two such amounts, zero and its cap or known size.
 */
function jumps(claims: readonly RandomClaim[]): number {
  return claims.reduce((product, claim) => {
    const { probability, spread, cap } = claim;
    const jump = spread === 0 ? 1 : cap === Infinity ? 0 : 1 - sizeBelow(claim, cap);
    return product * ((1 - probability) ** 2 + (probability * jump) ** 2);
  }, 1);
}

/** E[e^(i·j·step·need)] for j = 0 … count − 1: the product over the claims. */
function characteristic(claims: readonly RandomClaim[], step: number, count: number, points: number) {
  const real = new Float64Array(count).fill(1);
  const imaginary = new Float64Array(count);
  const rule = gaussLegendre(points);
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const turn = (size: number, weight: number): void => {
    const cosine = Math.cos(step * size);
    const sine = Math.sin(step * size);
    let x = weight;
    let y = 0;
    for (let j = 0; j < count; j++) {
      re[j]! += x;
      im[j]! += y;
      [x, y] = [x * cosine - y * sine, x * sine + y * cosine];
    }
  };
  for (const claim of claims) {
    const { median, probability, spread, cap } = claim;
    re.fill(1 - probability);
    im.fill(0);
    if (spread === 0) turn(median, probability);
    else {
      const furthest = Math.min(8, Math.log(cap / median) / spread);
      const reach = Math.max(0, (furthest + 8) / 2);
      for (let i = 0; i < points; i++) {
        const z = furthest - reach * (1 - rule.points[i]!);
        turn(median * Math.exp(spread * z), probability * rule.weights[i]! * reach * density(z));
      }
      if (cap < Infinity) turn(cap, probability * (1 - sizeBelow(claim, cap)));
    }
    for (let j = 0; j < count; j++) {
      const x = real[j]!;
      const y = imaginary[j]!;
      real[j] = x * re[j]! - y * im[j]!;
      imaginary[j] = x * im[j]! + y * re[j]!;
    }
  }
  return { real, imaginary };
}

/** P(need ≤ amount). */
export function smoothAtMost({ atZero, low, high, waves }: SmoothNeed, amount: number): number {
  if (amount < 0) return 0;
  if (amount <= low) return atZero;
  if (amount >= high) return 1;
  const angle = (Math.PI * (amount - low)) / (high - low);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  let chance = atZero + waves[0]! * (amount - low);
  let x = cosine;
  let y = sine;
  for (let j = 1; j < waves.length; j++) {
    chance += (waves[j]! * y * (high - low)) / (j * Math.PI);
    [x, y] = [x * cosine - y * sine, x * sine + y * cosine];
  }
  return Math.min(1, Math.max(0, chance));
}
