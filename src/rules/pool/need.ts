/** The distribution of what the claims on a pool will add up to. */
import { checkFen, ensure } from "./fen";
import { exactAtMost, type ExactNeed, exactNeed } from "./exact-need";
import { latticeAtMost, latticeNeed } from "./lattice-need";
import { density, probabilityBelow } from "./normal";
import { needFromCharacteristic, needFromCumulants, smoothAtMost } from "./smooth-need";
import {
  checkGrowth,
  checkUncertain,
  type CommonGrowth,
  type RandomClaim,
  separate,
  spreadOfSum,
  type UncertainClaim,
  largestSum,
  upperEnd,
} from "./uncertain";

/** How a distribution was found: listed to the last value, from cumulants, claim by claim, or on a fine lattice. */
export type NeedMethod = "exact" | "cumulants" | "characteristic" | "lattice";

/** A need in fen. Probabilities are floats; see docs/pools.md for how near they are. */
export interface Need {
  readonly method: NeedMethod;
  readonly mean: number;
  readonly deviation: number;
  /** An amount that the need exceeds practically never. */
  readonly highest: number;
  /** P(need ≤ amount). */
  atMost(amount: number): number;
}

/**
 * The need of claims that come independently of each other, but for one common growth where it is given.
 * @throws PoolError for an amount, probability, spread, cap or growth that is not acceptable
 */
export function needOf(claims: readonly UncertainClaim[], growth?: CommonGrowth): Need {
  const random = checkUncertain(claims);
  if (growth === undefined) return independentNeed(random, 1, false);
  checkGrowth(growth);
  return growth.spread === 0 ? independentNeed(random, growth.median, false) : growingNeed(random, growth);
}

/**
 * The smallest whole fen that the need stays within at least with this probability: P50 is `quantile(need, 0.5)`.
 * @param level above 0 and below 1
 */
export function quantile(need: Need, level: number): number {
  ensure(level > 0 && level < 1, "level", null, "应在 0 与 1 之间", "it must be between 0 and 1");
  // A sum of probabilities such as 0.1 + 0.4 may fall short of 0.5 by the last bit.
  const reached = (amount: number): boolean => need.atMost(amount) >= level - 1e-12;
  let low = -1;
  let high = Math.ceil(need.highest);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** P(need > pool): the probability that the pool runs out. */
export const runsOut = (need: Need, pool: number): number => 1 - need.atMost(checkFen(pool, "pool"));

/** @param quick whether `atMost` will be asked so often that long lists of exact values are out of place */
function independentNeed(random: readonly RandomClaim[], factor: number, quick: boolean): Need {
  const { certain, claims } = separate(random, factor);
  const { mean, deviation } = spreadOfSum(claims);
  const most = certain + largestSum(claims);
  const shifted = (method: NeedMethod, highest: number, atMost: (rest: number) => number): Need => ({
    method,
    mean: certain + mean,
    deviation,
    highest: certain + highest,
    atMost: (amount) => (amount >= most ? 1 : atMost(amount - certain)),
  });
  const exact = exactNeed(claims);
  if (exact && !(quick && valuesOf(exact) > QUICK_VALUES)) {
    return shifted("exact", largestValue(exact), (rest) => Math.min(1, exactAtMost(exact, rest)));
  }
  const cumulants = needFromCumulants(claims);
  const smooth = cumulants ?? needFromCharacteristic(claims);
  if (smooth) {
    const atMost = (rest: number): number => smoothAtMost(smooth, rest);
    return shifted(cumulants ? "cumulants" : "characteristic", smooth.high, quick ? tabled(atMost, smooth) : atMost);
  }
  const lattice = latticeNeed(claims, quick ? TABLE_POINTS : undefined);
  return shifted("lattice", upperEnd(claims), (rest) => latticeAtMost(lattice, rest));
}

const QUICK_VALUES = 256;
const valuesOf = ({ first, second }: ExactNeed): number => first.values.length + second.values.length;
const largestValue = ({ first, second }: ExactNeed): number => first.values.at(-1)! + second.values.at(-1)!;

/** The same curve from a table: off by less than 1e-5 where a deviation has forty points or more. */
function tabled(
  atMost: (rest: number) => number,
  { low, high }: { low: number; high: number },
): (rest: number) => number {
  const step = (high - low) / TABLE_POINTS;
  const table = Float64Array.from({ length: TABLE_POINTS + 1 }, (_, k) => atMost(low + k * step));
  return (rest) => {
    const place = (rest - low) / step;
    if (place <= 0 || place >= TABLE_POINTS) return atMost(rest);
    const left = Math.floor(place);
    return table[left]! + (place - left) * (table[left + 1]! - table[left]!);
  };
}
const TABLE_POINTS = 4096;

/** Steps of the growth's normal variable: caps bend the need slowly, so that few needs stand for all growths. */
const REACH = 6;
const STEP = 0.5;
const PARTS = 32;

/**
 * A mixture over the common growth. Within a step of the growth the need keeps its shape and moves with its mean, which is
 * exact where no cap is in the way.
 */
function growingNeed(random: readonly RandomClaim[], growth: CommonGrowth): Need {
  const capped = random.some(({ cap }) => cap < Infinity);
  const factorAt = (z: number): number => growth.median * Math.exp(growth.spread * z);
  const centres = capped ? Array.from({ length: (2 * REACH) / STEP + 1 }, (_, k) => k * STEP - REACH) : [0];
  const needs = centres.map((z) => independentNeed(random, factorAt(z), true));
  const meanAt = (z: number): number => {
    const { certain, claims } = separate(random, factorAt(z));
    return certain + spreadOfSum(claims).mean;
  };
  const known = needs.every(({ deviation }) => deviation === 0);
  if (known) return growthAlone(meanAt, needs);

  const parts = Array.from({ length: (2 * REACH * PARTS) / STEP + 1 }, (_, k) => {
    const z = (k * STEP) / PARTS - REACH;
    const centre = capped ? Math.round((z + REACH) / STEP) : 0;
    const need = needs[centre]!;
    const from = centres[centre]!;
    const scale = capped ? between(needs, (z + REACH) / STEP) / need.mean : Math.exp(growth.spread * (z - from));
    return { need, scale, weight: (density(z) * STEP) / PARTS };
  });
  return mixture(parts);
}

interface Part {
  readonly need: Need;
  readonly scale: number;
  readonly weight: number;
}

/** The mean at a place between two needs, geometrically: growth multiplies. */
function between(needs: readonly Need[], place: number): number {
  const left = Math.min(needs.length - 2, Math.floor(place));
  const part = place - left;
  return needs[left]!.mean ** (1 - part) * needs[left + 1]!.mean ** part;
}

function mixture(parts: readonly Part[]): Need {
  const total = parts.reduce((all, { weight }) => all + weight, 0);
  const average = (value: (part: Part) => number): number =>
    parts.reduce((all, part) => all + part.weight * value(part), 0) / total;
  const mean = average(({ need, scale }) => need.mean * scale);
  const square = average(({ need, scale }) => (need.mean ** 2 + need.deviation ** 2) * scale ** 2);
  return {
    method: parts[0]!.need.method,
    mean,
    deviation: Math.sqrt(Math.max(0, square - mean * mean)),
    highest: parts.reduce((highest, { need, scale }) => Math.max(highest, need.highest * scale), 0),
    atMost: (amount) => average(({ need, scale }) => need.atMost(amount / scale)),
  };
}

/** All claims come for sure with a known size: the need is a rising function of the growth alone. */
function growthAlone(meanAt: (z: number) => number, needs: readonly Need[]): Need {
  const { mean, deviation } = mixture(
    Array.from({ length: 481 }, (_, k) => {
      const z = (k - 240) / 30;
      return { need: { ...needs[0]!, mean: meanAt(z), deviation: 0 }, scale: 1, weight: density(z) };
    }),
  );
  const atMost = (amount: number): number => {
    let low = -10;
    let high = 10;
    if (meanAt(high) <= amount) return 1;
    for (let halving = 0; halving < 50; halving++) {
      const middle = (low + high) / 2;
      if (meanAt(middle) <= amount) low = middle;
      else high = middle;
    }
    return probabilityBelow(low);
  };
  return { method: "exact", mean, deviation, highest: meanAt(10), atMost };
}
