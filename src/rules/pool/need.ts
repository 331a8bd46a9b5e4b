/** The distribution of what the claims on a pool will add up to. */
import { type Atoms, type Choice, listed } from "./atoms";
import { type CommonFactor, type GroupedClaim, mixtureOf, worldsOf } from "./common";
import { type Estimate, type Need, type NeedMethod, trusted } from "./estimate";
import { choiceOf, commonUnit, exactAbove, exactAtMost, exactNeed, nearlyExactNeed, shortenedNeed } from "./exact-need";
import { checkFen, ensure } from "./fen";
import { growingNeed, momentsOf } from "./growing-need";
import { largestLump } from "./lumps";
import type { SettledOver } from "./sets-of-growths";
import { probabilityBelow } from "./normal";
import { smoothNeed, type SmoothNeed } from "./smooth-need";
import { choiceOf as choiceOfAtom, hasHeavyAmounts, LIGHT, type Lumps, type World } from "./factors";
import {
  checkGrowth,
  checkUncertain,
  type CommonGrowth,
  largestSum,
  type RandomClaim,
  separate,
  sizeBelow,
  spreadOfSum,
} from "./uncertain";

/**
 * The need of claims that come independently of each other, but for one common growth and the common factors that are given.
 * @param share of the longest lists of sums of known sizes: a need that is asked thousands of times does with shorter ones
 * @throws Refusal for an amount, probability, spread, cap, growth or factor that is not acceptable
 */
export function needOf(
  claims: readonly GroupedClaim[],
  growth?: CommonGrowth,
  factors: readonly CommonFactor[] = [],
  share = 1,
): Need {
  if (factors.length > 0)
    return mixtureOf(
      worldsOf(claims, factors).map((world) => ({ ...world, need: needOf(world.claims, growth, [], share) })),
    );
  const random = checkUncertain(claims);
  const settled = random.some(({ spread }) => spread > 0) ? 1e-6 : 2e-7;
  if (growth === undefined) return independentNeed(random, 1, settled, share);
  checkGrowth(growth);
  return growth.spread === 0
    ? independentNeed(random, growth.median, settled, share)
    : growingNeed(random, growth, { needAt: independentNeed, needOver });
}

/** The expected need of such claims, fen, a float: what `needOf` has as its mean, without its distribution. @throws Refusal as needOf */
export function expectedNeed(claims: readonly GroupedClaim[], growth?: CommonGrowth): number {
  const random = checkUncertain(claims);
  if (growth !== undefined) checkGrowth(growth);
  if (growth && growth.spread > 0) return momentsOf(random, growth).mean;
  const { certain, claims: rest } = separate(random, growth?.median);
  return certain + spreadOfSum(rest).mean;
}

/** How many of such claims are expected to be larger than a cap, a float. @throws Refusal as needOf */
export function expectedAbove(
  claims: readonly GroupedClaim[],
  cap: number,
  growth: CommonGrowth = { median: 1, spread: 0 },
  factors: readonly CommonFactor[] = [],
): number {
  checkFen(cap, "cap");
  checkGrowth(growth);
  let expected = 0;
  for (const { weight, claims: moved } of worldsOf(claims, factors))
    for (const { median, probability, spread } of checkUncertain(moved)) {
      // One claim by itself does not see that the growth is common.
      const size = { median: median * growth.median, probability, spread: Math.hypot(spread, growth.spread), cap };
      const isAbove = size.spread > 0 ? 1 - sizeBelow(size, cap) : Number(Math.round(size.median) > cap);
      if (median > 0) expected += weight * probability * isAbove;
    }
  return expected;
}

/**
 * About P(need > pool), as if what is needed in each combination of states were normal: where a search may begin. It takes a small part
 * of the time of the distribution. @throws Refusal as needOf
 */
export function roughlyRunsOut(
  claims: readonly GroupedClaim[],
  pool: number,
  growth: CommonGrowth | undefined,
  factors: readonly CommonFactor[],
): number {
  if (growth !== undefined) checkGrowth(growth);
  return worldsOf(claims, factors).reduce((all, world) => {
    const random = checkUncertain(world.claims);
    const { certain, claims: rest } = separate(random, growth?.median);
    const { mean, deviation } = growth && growth.spread > 0 ? momentsOf(random, growth) : spreadOfSum(rest);
    const above = (growth && growth.spread > 0 ? mean : certain + mean) - pool;
    const chance = deviation > 0 ? probabilityBelow(above / deviation) : Number(above > 0);
    return all + world.weight * chance;
  }, 0);
}

/**
 * The smallest whole fen that the need stays within at least with this probability: P50 is `quantile(need, 0.5)`.
 * @param level above 0 and below 1
 */
export function quantile(need: Need, level: number): number {
  ensure(level > 0 && level < 1, "level", null, "应在 0 与 1 之间", "it must be between 0 and 1");
  // A sum of probabilities such as 0.1 + 0.4 may fall short of 0.5 by the last bit.
  const aboveLevel = (amount: number): number => need.estimate(amount).chance - (level - 1e-12);
  let [low, below] = [-1, -level];
  let [high, above] = [Math.ceil(need.highest), 1 - level];
  /** How far the next guess is moved beyond the amount that is looked for, away from the end that moved last. */
  let push = 0;
  const take = (amount: number): void => {
    const difference = aboveLevel(amount);
    const moved = difference >= 0 ? -1 : 1;
    push = moved * push > 0 ? 8 * push : moved;
    if (difference >= 0) [high, above] = [amount, difference];
    else [low, below] = [amount, difference];
  };
  // From the middle outwards: few amounts lie where the tail is long.
  for (let guess = Math.ceil(need.mean); guess < high; guess *= 2) take(guess);
  for (let misled = false; high - low > 1;) {
    const width = high - low;
    const guess = Math.round(low + width * (below / (below - above))) + push;
    take(misled ? Math.floor((low + high) / 2) : Math.min(high - 1, Math.max(low + 1, guess)));
    // Steps of a distribution mislead guesses: after one that leaves more than half comes the middle.
    misled = !misled && high - low > width / 2;
  }
  need.atMost(high);
  return high;
}

/** P(need > pool): the probability that the pool runs out. */
export const runsOut = (need: Need, pool: number): number => 1 - need.atMost(checkFen(pool, "pool"));

/** Sizes that differ in so many ways are listed in two shortened halves; beyond, the transform answers for what it can. */
const MOST_SIZES = 1500;
/** Values of each half: few sizes can have longer lists. */
const shortened = (sizes: number, share: number): number =>
  Math.max(FEWEST_VALUES, share * 2 ** (sizes <= 130 ? 20 : sizes <= 400 ? 18 : 16));
const FEWEST_VALUES = 2 ** 12;
/** Large claims of known size that are distinguished by listing which of them come. */
const MOST_SUMS = 256;

/** A probability of sums that lie together, above which it matters where they lie. */
const LUMP = 1e-6;
/** Lumps that lie as far apart as this part of the deviation, or farther, the transform's first waves tell apart. */
const RESOLVED = 8;

/**
 * @param settled a change of a probability that counts as none
 * @param share what the need is a part of: its lists may be shorter by as much
 */
function independentNeed(random: readonly RandomClaim[], factor: number, settled: number, share = 1): Need {
  const { certain, claims } = separate(random, factor);
  const sum = spreadOfSum(claims);
  const { mean, deviation } = sum;
  const most = certain + largestSum(claims);
  const need = (
    method: NeedMethod,
    highest: number,
    below: (rest: number) => Estimate,
    above?: (rest: number) => number,
  ): Need => {
    const estimate = (amount: number): Estimate => (amount >= most ? { chance: 1, error: 0 } : below(amount - certain));
    return {
      method,
      mean: certain + mean,
      deviation,
      highest: Math.min(most, certain + highest),
      estimate,
      atMost: (amount) => trusted(estimate(amount)),
      above: above && ((amount) => (amount >= most ? 0 : above(amount - certain))),
    };
  };
  const known = claims.every(({ spread }) => spread === 0);
  const exact = known ? exactNeed(claims, share) : null;
  if (exact)
    return need(
      "exact",
      Infinity,
      (rest) => ({ chance: exactAtMost(exact, rest), error: 1e-12 }),
      (rest) => exactAbove(exact, rest),
    );
  const unit = known ? commonUnit(claims) : 0;
  const lump = known ? largestLump(claims, unit, deviation) : 0;
  const heavy = known && hasHeavyAmounts(claims);
  if (heavy && claims.length > MOST_SIZES && claims.some(({ probability }) => probability > 0.5)) {
    const mirrored = independentNeed(
      claims.map((claim) => ({ ...claim, probability: 1 - claim.probability })),
      1,
      settled,
      share,
    );
    const total = largestSum(claims);
    // What does not come is as good to know. Half a fen separates "less than" from "at most".
    return need(mirrored.method, total, (rest) => {
      const { chance, error } = mirrored.estimate(total - rest - 0.5);
      return { chance: 1 - chance, error };
    });
  }
  const nearly = lump > LUMP ? nearlyExactNeed(claims) : null;
  const few = (heavy || lump > LUMP) && claims.length <= MOST_SIZES;
  const list = nearly ?? (few ? shortenedNeed(claims.map(choiceOf), shortened(claims.length, share)) : null);
  if (list) return need("listed", Infinity, list.atMost, list.above);
  const unresolved = known ? largestLump(claims, unit, deviation / RESOLVED) : 0;
  const { giants, others } = apart(claims, deviation);
  const lumps = lumpsOf(others, settled, share);
  const smooth = smoothNeed([{ weight: 1, claims: others, lumps, ...(giants.length === 0 && { sum }) }], settled);
  const { values, chances } = listed(giants, MOST_SUMS);
  const between = (amount: number): number => (unit > 0 ? (Math.floor(amount / unit) + 0.5) * unit : amount);
  return need("transform", values.at(-1)! + smooth.high, (rest) => {
    const sum = { chance: 0, error: unresolved };
    for (let k = 0; k < values.length && values[k]! <= rest; k++) {
      const { chance, error } = smooth.atMost(between(rest - values[k]!));
      sum.chance += chances[k]! * chance;
      sum.error += chances[k]! * error;
    }
    return sum;
  });
}

/** The need over several growths, whose weights add up to 1, without the amounts that are taken out. */
function needOver(worlds: readonly Omit<World, "lumps">[], settled: SettledOver, fixed: Atoms | null): SmoothNeed {
  const lumps = fixed ? null : (): Estimate => ({ chance: 0, error: 0 });
  const all = worlds.map(({ weight, claims }) => {
    const known = claims.every(({ spread }) => spread === 0);
    const coherent = !fixed || (!known && sizedAlone(claims, settled.lumps, weight) !== null);
    return { weight, claims, lumps, coherent };
  });
  return smoothNeed(all, settled.series, settled.moving, fixed);
}

/**
 * Claims that stay away or come with a size that has a probability of its own, known or at its cap: as probable as that is of all,
 * a need of claims of known sizes.
 * @returns null where no sums of two or more of them matter
 */
function sizedAlone(claims: readonly RandomClaim[], settled: number, share: number) {
  const light = (settled > 1e-6 ? 30 * settled : LIGHT) / share;
  let weight = 1;
  const choices: Choice[] = [];
  for (const claim of claims) {
    const choice = choiceOfAtom(claim);
    choices.push(choice);
    weight *= choice.absent + choice.present;
    if (weight < light) return null;
  }
  const sized = choices
    .filter(({ present }) => present > 0)
    .map(({ size, absent, present }) => ({
      median: size,
      probability: present / (absent + present),
      spread: 0,
      cap: Infinity,
    }));
  const found = { weight, sized };
  if (hasHeavyAmounts(claims, light)) return found;
  if (claims.every(({ spread }) => spread === 0)) return null;
  const [unit, { deviation }] = [commonUnit(sized), spreadOfSum(sized)];
  const lump = Math.max(largestLump(sized, unit, deviation), Math.min(1, unit / deviation));
  return weight * lump > light ? found : null;
}

/** The distribution of such amounts. @returns null where no sums of two or more of them matter */
function lumpsOf(claims: readonly RandomClaim[], settled: number, share: number): Lumps | null {
  const found = sizedAlone(claims, settled, share);
  if (!found) return null;
  const { weight, sized } = found;
  if (claims.every(({ spread }) => spread === 0))
    return shortenedNeed(claims.map(choiceOf), shortened(claims.length, share)).atMost;
  const need = independentNeed(sized, 1, settled, share * weight);
  return (amount) => {
    const { chance, error } = need.estimate(amount);
    return { chance: weight * chance, error: weight * error };
  };
}

/** Few claims of known size that dwarf the deviation of all others, and the others. */
function apart(
  claims: readonly RandomClaim[],
  deviation: number,
): { giants: Choice[]; others: readonly RandomClaim[] } {
  let variance = deviation ** 2;
  const isDwarfed = ({ median, probability: p }: RandomClaim): boolean =>
    median ** 2 > 400 * Math.max(0, variance - median * median * p * (1 - p));
  // Most often there is none, and nothing has to be sorted.
  if (!claims.some((claim) => claim.spread === 0 && isDwarfed(claim))) return { giants: [], others: claims };
  const known = claims.filter(({ spread }) => spread === 0).sort((a, b) => b.median - a.median);
  const giants = new Set<RandomClaim>();
  for (const claim of known) {
    const { median, probability } = claim;
    variance -= median * median * probability * (1 - probability);
    const dwarfs = median ** 2 > 400 * Math.max(0, variance);
    if (!dwarfs || 2 ** (giants.size + 1) > MOST_SUMS || giants.size + 1 === claims.length) break;
    giants.add(claim);
  }
  return { giants: [...giants].map(choiceOf), others: claims.filter((claim) => !giants.has(claim)) };
}
