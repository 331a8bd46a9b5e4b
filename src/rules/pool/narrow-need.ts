/**
 * Thousands of claims under one common growth. Under each growth their need is so nearly normal that its first four cumulants
 * tell all (Edgeworth's series, see Kolassa, Series Approximation Methods in Statistics), and so narrow that the growth decides.
 */
import { valuesUpTo } from "./atoms";
import type { Need } from "./estimate";
import { commonUnit } from "./exact-need";
import { largestLump } from "./lumps";
import { density, gaussLegendre, probabilityBelow } from "./normal";
import { type CommonGrowth, fillMoments, type RandomClaim, sizeBelow, spreadOfSum } from "./uncertain";

/** The growth's normal variable is looked at within ±REACH, in steps between which the cumulants of uncertain sizes are interpolated. */
const REACH = 6.5;
const STEP = 1 / 12;
/** Steps, of these, at which it is looked whether sums stand in lumps. */
const LUMP_STEPS = 6;
/** Deviations within which a need lies. */
const WIDE = 9;
/** An integral over growths and its two halves differ by less, or it is halved again. */
const ACROSS = gaussLegendre(12);
const SETTLED = 1e-8;
const MOST_HALVINGS = 14;
/** Round amounts that are a smaller part of the deviation do not count. */
const FINEST = 2e-5;
/** Claims whose size is not certain, and money that the growth moves beside the largest payment: with as many, no sums stand in lumps. */
const ENOUGH_UNCERTAIN = 30;
const ENOUGH_MOVED = 10;
/** Growths that are rarer do not count. */
const RARE = 1e-9;

const even = (_: number, place: number): boolean => place % 2 === 0;

/** Mean, variance, third to sixth cumulant. */
type Cumulants = readonly [number, number, number, number, number, number];
const ORDERS = [1, 2, 3, 4, 5, 6] as const;

/**
 * @param whole mean and deviation over all growths
 * @param most error of a probability that is accepted
 * @returns null where the cumulants do not tell enough
 */
export function narrowNeed(
  random: readonly RandomClaim[],
  growth: CommonGrowth,
  whole: { readonly mean: number; readonly deviation: number },
  most: number,
): Need | null {
  const factorAt = (z: number): number => growth.median * Math.exp(growth.spread * z);
  const zAt = (place: number): number => -REACH + place * STEP;
  const known = knownCumulants(random);
  const uncertain = random.filter(({ spread, cap }) => spread > 0 && cap > 0);
  const lists = ORDERS.map(() => new Float64Array((2 * REACH) / STEP + 1));
  /** @param orders the first so many; the others are those of the known sizes alone */
  const cumulantsAt = (z: number, orders: number = ORDERS.length): Cumulants => {
    const all = known(factorAt(z), orders);
    if (uncertain.length > 0) for (let k = 0; k < orders; k++) all[k]! += cubic(lists[k]!, (z + REACH) / STEP);
    return all as unknown as Cumulants;
  };
  const unit = commonUnit(random.map(({ cap }) => ({ median: cap })));
  let [worst, lumps] = [0, 0];
  for (let place = 0; place < lists[0]!.length; place++) {
    const z = zAt(place);
    cumulantsOf(uncertain, factorAt(z)).forEach((value, k) => (lists[k]![place] = value));
    if (density(z) < RARE) continue;
    const here = known(factorAt(z)).map((own, k) => own + lists[k]![place]!) as unknown as Cumulants;
    worst += density(z) * STEP * lastTerms(here);
    if (place % LUMP_STEPS === 0)
      lumps += density(z) * LUMP_STEPS * STEP * lumpUnder(random, factorAt(z), growth.spread, unit);
    if (!(worst + lumps < most)) return null;
  }
  // Cubics through every other place show what those through all of them miss at most.
  const [means] = lists as [Float64Array];
  const everyOther = means.filter(even);
  const missed = means.reduce((most, mean, place) => {
    const z = zAt(place);
    if (even(mean, place)) return most;
    const off = Math.abs(cubic(everyOther, place / 2) - mean);
    const slope = (cumulantsAt(z + STEP)[0] - cumulantsAt(z - STEP)[0]) / (2 * STEP);
    return Math.max(most, density(z) * off * Math.min(1 / slope, STEP / Math.sqrt(cumulantsAt(z)[1])));
  }, 0);
  const error = worst + lumps + missed + SETTLED;
  if (!(error < most)) return null;
  const beyond = (z: number, deviations: number): number => {
    const [mean, variance] = cumulantsAt(z, 2);
    return mean + deviations * Math.sqrt(variance);
  };
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
  const allAtCap = uncertain.length > 0 || unit === 0 ? Infinity : Math.log(largestKink(random) / growth.median);
  const within = (amount: number): ((z: number) => number) => {
    const between = (Math.floor(amount / unit) + 0.5) * unit;
    return (z) => density(z) * edgeworth(growth.spread * z > allAtCap ? between : amount, cumulantsAt(z));
  };
  const chance = (amount: number): number => {
    const [from, to] = [until(amount, WIDE), until(amount, -WIDE)];
    const sum = probabilityBelow(from) + integral(within(amount), from, to, MOST_HALVINGS);
    return from === REACH ? 1 : Math.min(1, Math.max(0, sum));
  };
  return {
    method: "transform",
    ...whole,
    highest: beyond(REACH, WIDE),
    estimate: (amount) => ({ chance: chance(amount), error }),
    atMost: chance,
  };
}

function integral(of: (z: number) => number, from: number, to: number, halvings: number, known?: number): number {
  const middle = (from + to) / 2;
  const whole = known ?? overAll(of, from, to);
  const [left, right] = [overAll(of, from, middle), overAll(of, middle, to)];
  if (halvings === 0 || Math.abs(left + right - whole) < SETTLED / MOST_HALVINGS) return left + right;
  return integral(of, from, middle, halvings - 1, left) + integral(of, middle, to, halvings - 1, right);
}

function overAll(of: (z: number) => number, from: number, to: number): number {
  const half = (to - from) / 2;
  return ACROSS.points.reduce((sum, point, i) => sum + half * ACROSS.weights[i]! * of(from + half * (1 + point)), 0);
}

const moments = new Float64Array(ORDERS.length);

/** Of a sum of claims of uncertain size. */
function cumulantsOf(uncertain: readonly RandomClaim[], factor: number): number[] {
  const sums = ORDERS.map(() => 0);
  for (const claim of uncertain) {
    fillMoments({ ...claim, median: claim.median * factor }, 1, moments);
    fromMoments(moments.map((moment) => claim.probability * moment)).forEach((value, k) => (sums[k]! += value));
  }
  return sums;
}

const CHOOSE = [[], [1], [1, 2], [1, 3, 3], [1, 4, 6, 4], [1, 5, 10, 10, 5]];

/** κₙ = mₙ − Σ (n−1 over k−1)·κₖ·mₙ₋ₖ. */
function fromMoments(raw: ArrayLike<number>): number[] {
  const cumulants: number[] = [];
  for (let n = 0; n < raw.length; n++) {
    let value = raw[n]!;
    for (let k = 0; k < n; k++) value -= CHOOSE[n]![k]! * cumulants[k]! * raw[n - 1 - k]!;
    cumulants.push(value);
  }
  return cumulants;
}

/** The growth that carries a claim to its cap. */
const kinkOf = ({ median, cap }: RandomClaim): number => cap / median;
const largestKink = (claims: readonly RandomClaim[]): number =>
  claims.reduce((largest, claim) => (claim.median === 0 ? largest : Math.max(largest, kinkOf(claim))), 0);

/** Of the sum of claims of known size, under any growth: what is at its cap, and what moves with the growth. */
function knownCumulants(random: readonly RandomClaim[]): (factor: number, orders?: number) => number[] {
  const claims = random.filter(({ spread, median }) => spread === 0 && median > 0);
  claims.sort((a, b) => kinkOf(a) - kinkOf(b));
  const kinks = Float64Array.from(claims, kinkOf);
  const [atCap, moving] = [0, 1].map(() => ORDERS.map(() => new Float64Array(claims.length + 1)));
  const shares = claims.map(({ probability }) => fromMoments(ORDERS.map(() => probability)));
  for (const [k, power] of ORDERS.entries()) {
    claims.forEach(({ cap }, i) => {
      atCap![k]![i + 1] = atCap![k]![i]! + (cap === Infinity ? 0 : shares[i]![k]! * cap ** power);
    });
    for (let i = claims.length - 1; i >= 0; i--)
      moving![k]![i] = moving![k]![i + 1]! + shares[i]![k]! * claims[i]!.median ** power;
  }
  return (factor, orders: number = ORDERS.length) => {
    const count = valuesUpTo(kinks, factor);
    const cumulants = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < orders; k++) cumulants[k] = atCap![k]![count]! + factor ** (k + 1) * moving![k]![count]!;
    return cumulants;
  };
}

/** @returns what a probability may be off because sums stand in lumps under this growth, or 0 where they stand elsewhere under every growth */
function lumpUnder(random: readonly RandomClaim[], factor: number, spread: number, unit: number): number {
  let [uncertain, moved, largest] = [0, 0, 0];
  const sizes = random.map(({ median, probability: p, spread: own, cap }) => {
    const size = Math.min(median * factor, cap);
    largest = Math.max(largest, size);
    if (own > 0)
      uncertain +=
        p * (cap < Infinity ? sizeBelow({ median: median * factor, probability: p, spread: own, cap }, cap) : 1);
    else if (size < cap) moved += p * size;
    return { median: own > 0 ? cap : size, probability: p, spread: 0, cap: Infinity };
  });
  if (uncertain >= ENOUGH_UNCERTAIN || spread * moved >= ENOUGH_MOVED * largest) return 0;
  const known = sizes.filter(({ median }) => median > 0 && median < Infinity);
  const { deviation } = spreadOfSum(known);
  const least = Math.max(FINEST * deviation, uncertain === 0 && moved === 0 ? unit : 0);
  return largestLump(known, least, deviation) / 2;
}

/** P(sum ≤ amount) from cumulants: Hermite's polynomials of the normal density, up to the fourth power of 1/√n. */
function edgeworth(amount: number, cumulants: Cumulants): number {
  const x = (amount - cumulants[0]) / Math.sqrt(cumulants[1]);
  let [before, here, sum] = [1, x, 0];
  const parts = inOrder(cumulants);
  for (let n = 0; n < parts.length; n++) {
    if (n > 1) [before, here] = [here, x * here - (n - 1) * before];
    sum += parts[n]! * here;
  }
  return probabilityBelow(x) - density(x) * sum;
}

/** What the polynomials of each degree are multiplied by. */
function inOrder(cumulants: Cumulants): number[] {
  const variance = cumulants[1];
  const [l3, l4] = [cumulants[2] / variance ** 1.5, cumulants[3] / variance ** 2];
  const [l5, l6] = [cumulants[4] / variance ** 2.5, cumulants[5] / variance ** 3];
  return [
    0,
    0,
    l3 / 6,
    l4 / 24,
    l5 / 120,
    l3 ** 2 / 72 + l6 / 720,
    (l3 * l4) / 144,
    l4 ** 2 / 1152 + (l3 * l5) / 720,
    l3 ** 3 / 1296,
    (l3 ** 2 * l4) / 1728,
    0,
    l3 ** 4 / 31104,
  ];
}

/** The largest that the terms of the highest power may be: more than what is left out. */
function lastTerms([, variance, ...higher]: Cumulants): number {
  const [l3, l4, l5, l6] = higher.map((value, k) => Math.abs(value) / variance ** ((k + 3) / 2)) as [
    number,
    number,
    number,
    number,
  ];
  return (
    (2.3 * l6) / 720 + 14 * (l4 ** 2 / 1152 + (l3 * l5) / 720) + (110 * l3 ** 2 * l4) / 1728 + (1000 * l3 ** 4) / 31104
  );
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
