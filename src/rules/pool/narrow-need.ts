/**
 * Thousands of claims under one common growth. Under each growth their need is so nearly normal that its first four cumulants
 * tell all (Edgeworth's series, see Kolassa, Series Approximation Methods in Statistics), and so narrow that the growth decides.
 */
import type { Estimate, Need } from "./estimate";
import { density, gaussLegendre, probabilityBelow } from "./normal";
import { type CommonGrowth, fillMoments, type RandomClaim, sizeBelow } from "./uncertain";

/** The growth's normal variable is looked at within ±REACH, in steps between which cumulants are interpolated. */
const REACH = 7;
const STEP = 1 / 16;
/** Every known size bends the need where it reaches its cap. */
const FINE_STEP = 1 / 64;
/** Deviations within which a need lies. */
const WIDE = 9;
const ACROSS = gaussLegendre(48);
/** What the first terms that are left out may amount to. */
const LEFT_OUT = 2e-5;
/** Claims whose size is not certain, and money that the growth moves beside the largest payment: with as many, no sums stand in lumps. */
const ENOUGH_UNCERTAIN = 30;
const ENOUGH_MOVED = 10;
/** Growths that are rarer do not count. */
const RARE = 1e-9;

const even = (_: number, place: number): boolean => place % 2 === 0;

/** By place of the growth: mean, variance, third and fourth cumulant. */
type Cumulants = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/**
 * @param whole mean and deviation over all growths
 * @returns null where the cumulants do not tell enough
 */
export function narrowNeed(
  random: readonly RandomClaim[],
  growth: CommonGrowth,
  whole: { readonly mean: number; readonly deviation: number },
): Need | null {
  const step = random.some(({ spread }) => spread > 0) ? STEP : FINE_STEP;
  const places = (2 * REACH) / step + 1;
  const cumulants = Array.from({ length: 4 }, () => new Float64Array(places)) as unknown as Cumulants;
  const zAt = (place: number): number => -REACH + place * step;
  let worst = 0;
  for (let place = 0; place < places; place++) {
    const factor = growth.median * Math.exp(growth.spread * zAt(place));
    const isSmooth = fillCumulants(random, factor, growth.spread, place, cumulants);
    if (density(zAt(place)) < RARE) continue;
    const [, variance, third, fourth] = cumulants.map((list) => list[place]!) as [number, number, number, number];
    const [l3, l4] = [third / variance ** 1.5, fourth / variance ** 2];
    // The next polynomials times the density are nowhere larger.
    worst = Math.max(worst, 0.05 * Math.abs(l3 * l4) + 0.035 * Math.abs(l3) ** 3);
    if (!isSmooth || !(worst < LEFT_OUT)) return null;
  }
  const at = (list: Float64Array, z: number): number => cubic(list, (z + REACH) / step);
  const beyond = (z: number, deviations: number): number =>
    at(cumulants[0], z) + deviations * Math.sqrt(at(cumulants[1], z));
  // Cubics through every other place show what those through all of them miss at most.
  const everyOther = cumulants[0].filter(even);
  const missed = cumulants[0].reduce((most, mean, place) => {
    if (even(mean, place)) return most;
    const coarse = cubic(everyOther, place / 2);
    const slope = (cumulants[0][place + 1]! - cumulants[0][place - 1]!) / (2 * step);
    return Math.max(most, (density(zAt(place)) * Math.abs(coarse - mean)) / slope);
  }, 0);
  const error = worst + missed;
  if (!(error < LEFT_OUT)) return null;
  /** The growth up to which the need surely stays within the amount, or from which on it surely does not. */
  const until = (amount: number, deviations: number): number => {
    let [low, high] = [-REACH, REACH];
    if (beyond(high, deviations) <= amount) return high;
    for (let halving = 0; halving < 40; halving++) {
      const middle = (low + high) / 2;
      if (beyond(middle, deviations) <= amount) low = middle;
      else high = middle;
    }
    return low;
  };
  const chance = (amount: number): number => {
    const [from, to] = [until(amount, WIDE), until(amount, -WIDE)];
    const half = (to - from) / 2;
    let sum = probabilityBelow(from);
    ACROSS.points.forEach((point, i) => {
      const z = from + half * (1 + point);
      sum +=
        half *
        ACROSS.weights[i]! *
        density(z) *
        edgeworth(amount, [at(cumulants[0], z), at(cumulants[1], z), at(cumulants[2], z), at(cumulants[3], z)]);
    });
    return from === REACH ? 1 : Math.min(1, Math.max(0, sum));
  };
  const estimate = (amount: number): Estimate => ({ chance: chance(amount), error });
  return {
    method: "transform",
    ...whole,
    highest: beyond(REACH, WIDE),
    estimate,
    atMost: chance,
  };
}

const moments = new Float64Array(4);

/** @returns whether the sums of the claims do not stand in lumps, or stand elsewhere under every growth */
function fillCumulants(
  random: readonly RandomClaim[],
  factor: number,
  spread: number,
  place: number,
  cumulants: Cumulants,
): boolean {
  let [mean, variance, third, fourth] = [0, 0, 0, 0];
  let [uncertain, moved, largest] = [0, 0, 0];
  for (const { median, probability: p, spread: own, cap } of random) {
    const claim = { median: median * factor, probability: p, spread: own, cap };
    if (cap === 0) continue;
    if (own > 0) {
      fillMoments(claim, 1, moments);
      uncertain += p * (cap < Infinity ? sizeBelow(claim, cap) : 1);
    } else {
      const size = Math.min(claim.median, cap);
      moments.set([size, size ** 2, size ** 3, size ** 4]);
      largest = Math.max(largest, size);
      if (size < cap) moved += p * size;
    }
    const [m1, m2, m3, m4] = [p * moments[0]!, p * moments[1]!, p * moments[2]!, p * moments[3]!];
    mean += m1;
    variance += m2 - m1 * m1;
    third += m3 - 3 * m1 * m2 + 2 * m1 ** 3;
    fourth += m4 - 4 * m1 * m3 - 3 * m2 * m2 + 12 * m1 * m1 * m2 - 6 * m1 ** 4;
  }
  [mean, variance, third, fourth].forEach((value, k) => (cumulants[k]![place] = value));
  return uncertain >= ENOUGH_UNCERTAIN || spread * moved >= ENOUGH_MOVED * largest;
}

/** P(sum ≤ amount) from mean, variance, third and fourth cumulant: Hermite's polynomials of the normal density. */
function edgeworth(amount: number, [mean, variance, third, fourth]: readonly [number, number, number, number]): number {
  const deviation = Math.sqrt(variance);
  const x = (amount - mean) / deviation;
  const [l3, l4] = [third / deviation ** 3, fourth / deviation ** 4];
  const [he2, he3, he5] = [x * x - 1, x ** 3 - 3 * x, x ** 5 - 10 * x ** 3 + 15 * x];
  return probabilityBelow(x) - density(x) * ((l3 / 6) * he2 + (l4 / 24) * he3 + ((l3 * l3) / 72) * he5);
}

/** Cubic between four neighbouring places. */
function cubic(list: Float64Array, at: number): number {
  const first = Math.max(0, Math.min(list.length - 4, Math.floor(at) - 1));
  const u = at - first;
  const [a, b, c, d] = [list[first]!, list[first + 1]!, list[first + 2]!, list[first + 3]!];
  return (
    (-a * (u - 1) * (u - 2) * (u - 3)) / 6 +
    (b * u * (u - 2) * (u - 3)) / 2 -
    (c * u * (u - 1) * (u - 3)) / 2 +
    (d * u * (u - 1) * (u - 2)) / 6
  );
}
