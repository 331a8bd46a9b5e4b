/**
 * Few or some claims under one common growth: their transforms under growths some way apart are averaged and inverted once. How far
 * apart they may be depends on how smooth the need is in the growth; sums that are steps are listed, or must not count.
 */
import { type Estimate, LARGEST_UNDER_GROWTH, type Need, trustedUnderGrowth } from "./estimate";
import type { Atoms } from "./atoms";
import { type CapSums, capSumsOf } from "./cap-sums";
import { choiceOf, type World } from "./factors";
import type { SmoothNeed } from "./smooth-need";
import { standingOver } from "./standing-need";
import { type CommonGrowth, type RandomClaim, separate, spreadOfSum } from "./uncertain";

/** Of growths that are put together as they are: the widest step, and the narrowest need in steps of the normal variable. */
const NARROWEST = 0.05;
const STEP_OF_SUMS = 1 / 8;
/** Of sums that move with the growth: what is not seen, what is no more than a roughness, and up to where few growths show it. */
const INVISIBLE = 1e-6;
/** Sizes that are all known are else listed under each growth, which does better from a smaller roughness on. */
const LIGHT = 0.05;
const LIGHT_OF_KNOWN = 0.03;
export const FAINT = 5e-3;
const WIDTH_IN_STEPS = 0.75;
/** The series of sums that lie dense misses so small a part of their roughness. */
const SEEN = 50;
/** They reach less far: beyond lie 6e-7. */
const REACH_OVER = 5;
const BEYOND_REACH = 6e-7;
const SETTLED_LUMPS = 1e-5;
/** Of which the last change is stated: what the doubled series still misses is less. */
const SETTLED_SERIES = 3e-5;
/** A change of the mean of all sets that ends the halving of their step. */
const SETTLED_SETS = 3e-5;

/** Changes that end the doubling of the series over several growths, or do not matter in sums; and what of a transform moves with the growths. */
export interface SettledOver {
  readonly series: number;
  readonly lumps: number;
  readonly moving: number;
}

/**
 * The need over several growths whose weights add up to 1, without some amounts that have a probability of their own: those that
 * are given with their probabilities, or (null) all sums of claims that are absent, of known size or at their caps.
 */
export type NeedOver = (
  worlds: readonly Omit<World, "lumps">[],
  settled: SettledOver,
  fixed: Atoms | null,
) => SmoothNeed;

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

export const within = (chance: number): number => Math.min(1, Math.max(0, chance));

/** Claims of which no sum that is a step counts. @returns null where the need does not settle */
export function setsOfClaims(
  random: readonly RandomClaim[],
  growth: CommonGrowth,
  apart: Apart,
  needOver: NeedOver,
  moments: Moments,
): Need | null {
  const { step, rough } = apart;
  const settled = { series: Math.max(SETTLED_SERIES, rough / SEEN), lumps: SETTLED_LUMPS, moving: rough };
  let sums: CapSums | undefined;
  const setAt = (start: number): SmoothNeed => {
    const worlds = worldsAt(random, growth, step, start);
    // Which sums are listed, and their probabilities over all growths, are the same for every set.
    sums = capSumsOf(random, growth, worlds);
    return needOver(worlds, settled, sums.under);
  };
  const standing = { atMost: (amount: number) => sums!.atMost(amount), lost: () => sums!.left.one };
  return overGrowths(setAt, { ...apart, claims: random.length }, moments, standing);
}

/** A list that lacks more is called none of all sums. */
const LISTED = 1e-6;

/** Claims under growths in one set of them, where few claims have to be told apart however narrow their sizes are. */
const FEW_IN_WORLDS = 2 ** 11;

/** Few claims: sums that are steps are listed for all growths, and what is left is smooth in the growth. */
export function fewClaims(
  random: readonly RandomClaim[],
  growth: CommonGrowth,
  needOver: NeedOver,
  moments: Moments,
): Need | null {
  const standing = standingOver(random, growth);
  if (!standing) return null;
  const uncertain = random.filter(({ spread, probability, median }) => spread > 0 && probability > 0 && median > 0);
  if (uncertain.length === 0) {
    const error = 1e-9 + standing.lost;
    const estimate = (amount: number): Estimate => ({ chance: within(standing.atMost(amount)), error });
    const highest = random.reduce(
      (all, { median, cap }) => all + Math.min(median * growth.median * Math.exp(10 * growth.spread), cap),
      0,
    );
    const method = standing.lost > LISTED ? "listed" : "exact";
    return { method, ...moments, highest, estimate, atMost: (amount) => estimate(amount).chance };
  }
  const sizes = random.map((claim) =>
    spreadOfSum([{ ...claim, median: claim.median * growth.median, probability: 1 }]),
  );
  const all = sizes.reduce((sum, { mean }) => sum + mean, 0);
  const narrowest = Math.min(
    ...sizes.filter((_, k) => uncertain.includes(random[k]!)).map(({ deviation }) => deviation),
  );
  const step = Math.max(
    (2 * REACH_OVER * random.length) / FEW_IN_WORLDS,
    Math.min(1, narrowest / all / growth.spread / WIDTH_IN_STEPS),
  );
  const settled = { series: SETTLED_SERIES, lumps: SETTLED_LUMPS, moving: 3e-3 };
  const setAt = (start: number): SmoothNeed =>
    doubted(needOver(worldsAt(random, growth, step, start), settled, null), settled.series);
  return overGrowths(setAt, { step, rough: 0, claims: random.length }, moments, {
    ...standing,
    lost: () => standing.lost,
  });
}

/**
 * A series that cost too much before it settled. At a sum of caps the density jumps, a doubling only halves what it misses there, and
 * the places where two series are compared pass by the tip of it: more may be missing than the last change, of which twice is stated.
 */
function doubted(need: SmoothNeed, settled: number): SmoothNeed {
  return {
    high: need.high,
    atMost: (amount) => {
      const { chance, error } = need.atMost(amount);
      return { chance, error: error > settled ? 2 * error : error };
    },
    changeAt: (amount) => 2 * need.changeAt(amount),
  };
}

/** Growths that are put together. */
export interface Apart {
  readonly step: number;
  /** The root of Σ of the squares of the sums that are steps; 0 where there are none. */
  readonly rough: number;
}

/**
 * Growths this far apart are enough where the need of one growth is wide: its probability is then smooth in the growth, and
 * the trapezoidal rule is exact but for e^(−2π²(width/step)²). Sums of known sizes alone, or of sizes that are nearly known, are
 * steps, but as good as smooth where there are so many of them that none counts.
 * @returns null where the need of one growth is too narrow beside the growth, or single sums count
 */
export function stepOf(random: readonly RandomClaim[], growth: CommonGrowth): Apart | null {
  const { certain, claims } = separate(random, growth.median);
  const { mean, deviation } = spreadOfSum(claims);
  /** The root of Σ of the squares of the sums that move with the growth: sizes as good as known, with others that are absent or at their caps. */
  const lumps = (isKnown: (claim: RandomClaim) => boolean): number => {
    let [all, still] = [1, 1];
    for (const claim of claims) {
      const absent = (1 - claim.probability) ** 2;
      const size = isKnown(claim) ? claim.probability : choiceOf(claim).present;
      all *= absent + size ** 2;
      still *= absent + (isKnown(claim) ? 0 : size ** 2);
    }
    return Math.sqrt(all - (certain > 0 ? 0 : still));
  };
  const wide = (spread: number, rough: number, most: number): Apart | null => {
    const width = spread / (certain + mean) / growth.spread;
    return width > NARROWEST ? { step: Math.min(most, width / WIDTH_IN_STEPS), rough } : null;
  };
  let smooth: Apart | null = null;
  const known = lumps(({ spread }) => spread === 0);
  if (known < INVISIBLE) {
    // What the sizes alone make uncertain, whichever claims come.
    const alone = claims.reduce((all, claim) => {
      const sure = spreadOfSum([{ ...claim, probability: 1 }]);
      return all + claim.probability * sure.deviation ** 2;
    }, 0);
    smooth = wide(Math.sqrt(alone), 0, 1);
    if (smooth && smooth.step >= STEP_OF_SUMS) return smooth;
  }
  // Sizes whose own spread does not cover a step are as good as known.
  const narrow = WIDTH_IN_STEPS * growth.spread * STEP_OF_SUMS * Math.sqrt(claims.length);
  const rough = lumps(({ spread }) => spread <= narrow);
  if (rough > (claims.every(({ spread }) => spread === 0) ? LIGHT_OF_KNOWN : LIGHT)) return smooth;
  return wide(deviation, rough, rough > FAINT ? STEP_OF_SUMS / 4 : STEP_OF_SUMS) ?? smooth;
}

/** The claims under growths `step` apart, the first of them moved by a part of a step. */
function worldsAt(random: readonly RandomClaim[], growth: CommonGrowth, step: number, start: number) {
  const count = Math.ceil((2 * REACH_OVER) / step);
  const worlds = Array.from({ length: count }, (_, k) => {
    const z = (k + start - count / 2) * step;
    const factor = growth.median * Math.exp(growth.spread * z);
    const { certain, claims } = separate(random, factor);
    const sure = { median: certain, probability: 1, spread: 0, cap: Infinity };
    return { factor, weight: Math.exp((-z * z) / 2), claims: certain === 0 ? claims : [...claims, sure] };
  });
  const total = worlds.reduce((all, { weight }) => all + weight, 0);
  return worlds.map((world) => ({ ...world, weight: world.weight / total }));
}

/** Where sets of growths are compared: amounts in deviations from the mean. */
const COMPARED = Array.from({ length: 36 }, (_, k) => (k - 12) / 6);
/** Further sets, each step of the first moved by these parts, until the mean of all sets settles. */
const HALVINGS = [[1 / 2], [1 / 4, 3 / 4], [1 / 8, 3 / 8, 5 / 8, 7 / 8]];
/** Claims under growths, in all sets. */
const MOST_IN_WORLDS = 2 ** 13;

/**
 * The mean of the probabilities under all growths (trapezoidal rule). Its step is halved by sets that lie between those before, until
 * that changes little; the largest of the last changes is stated, which is more than what the halved step still misses.
 * @returns null where it does not settle
 */
function overGrowths(
  setAt: (start: number) => SmoothNeed,
  { step, rough, claims }: Apart & { readonly claims: number },
  { mean, deviation }: Moments,
  standing: { atMost(amount: number): number; lost(): number },
): Need | null {
  const sets = [setAt(0)];
  const at = (amount: number): Estimate => {
    const estimates = sets.map((set) => set.atMost(amount));
    const average = (of: (estimate: Estimate) => number): number =>
      estimates.reduce((sum, estimate) => sum + of(estimate), 0) / sets.length;
    return { chance: average(({ chance }) => chance), error: average(({ error }) => error) };
  };
  const amounts = COMPARED.map((part) => mean + part * deviation).filter((amount) => amount > 0);
  const chances = (): number[] => amounts.map((amount) => at(amount).chance);
  let before = chances();
  let change = Infinity;
  for (const starts of HALVINGS) {
    if ((2 * REACH_OVER * claims * (sets.length + starts.length)) / step > MOST_IN_WORLDS && sets.length > 1) break;
    sets.push(...starts.map(setAt));
    const now = chances();
    change = now.reduce((most, chance, k) => Math.max(most, Math.abs(chance - before[k]!)), 0);
    before = now;
    if (change < SETTLED_SETS) break;
  }
  if (change > LARGEST_UNDER_GROWTH) return null;
  const missed = BEYOND_REACH + change + standing.lost() + (rough * step) / (4 * sets.length);
  const highest = Math.max(...sets.map(({ high }) => high));
  // Sums that are steps do not settle in any set, but lie elsewhere in each of them: what all sets change together is less.
  let together: number | undefined;
  const estimate = (amount: number): Estimate => {
    const { chance, error } = at(amount);
    const beyond = error + missed > LARGEST_UNDER_GROWTH;
    if (beyond) together ??= changeOfAll(sets, highest);
    return { chance: within(chance + standing.atMost(amount)), error: (beyond ? together! : error) + missed };
  };
  return {
    method: "transform",
    mean,
    deviation,
    highest,
    estimate,
    atMost: (amount) => trustedUnderGrowth(estimate(amount)),
  };
}

/** Amounts at which the last changes of all sets are added up: as many as the series have waves, about. */
const ADDED_UP = 2 ** 14;

/** The largest change of the mean of all sets by the last doubling of their series, at amounts all over the need. */
function changeOfAll(sets: readonly SmoothNeed[], highest: number): number {
  let largest = 0;
  for (let k = 1; k < ADDED_UP; k++) {
    const change = sets.reduce((sum, set) => sum + set.changeAt((highest * k) / ADDED_UP), 0);
    largest = Math.max(largest, Math.abs(change) / sets.length);
  }
  return largest;
}
