/**
 * Claims that share one uncertain growth. For a few values of the growth the need is computed; between two of them each
 * of its quantiles moves geometrically with the growth, which is exact where no cap is in the way and where all is capped.
 */
import { listed } from "./atoms";
import { type Estimate, type Need, trusted } from "./estimate";
import { probabilityBelow } from "./normal";
import { narrowNeed } from "./narrow-need";
import { choiceOf, hasHeavyAmounts, type Lumps, type World } from "./factors";
import type { SmoothNeed } from "./smooth-need";
import { type Standing, standingOver } from "./standing-need";
import { type CommonGrowth, type RandomClaim, separate, spreadOfSum } from "./uncertain";

/** The growth's normal variable is looked at within ±REACH: beyond lie 2e-9. */
const REACH = 6;
/** Steps of it in which caps bend the need but little, an even number; most for a growth of ±20 % and more. */
const cellsFor = (spread: number): number => 2 * Math.ceil(REACH * Math.min(4, Math.max(2, 20 * spread)));
/** Probabilities of one growth may be off by this much, and those of all growths by that much. */
const SETTLED = 1e-5;
const LARGEST_ERROR = 1e-3;

/** Claims of known size of which every subset is listed. */
const MOST_LISTED = 10;
/** Of growths that are put together as they are: the widest step, and the narrowest need in steps of the normal variable. */
const NARROWEST = 0.05;
const STEP_OF_SUMS = 1 / 8;
/** Of sums that move with the growth: what is not seen, what is no more than a roughness, and up to where few growths show it. */
const INVISIBLE = 1e-6;
const LIGHT = 0.03;
const FAINT = 5e-3;
const WIDTH_IN_STEPS = 0.75;
/** The series of sums that lie dense misses so small a part of their roughness. */
const SEEN = 50;
/** They reach less far: beyond lie 6e-7. */
const REACH_OVER = 5;
const BEYOND_REACH = 6e-7;
const SETTLED_OVER = 1e-5;
/** More claims cost too much time; fewer have no need that cumulants tell, more have one to within NEARLY or, at last, to within LARGEST_ERROR. */
const MOST_OVER = 250;
const FEW = 60;
const NEARLY = 1e-4;

type NeedAt = (claims: readonly RandomClaim[], factor: number, settled: number) => Need;

/** Changes that end the doubling of the series and of the lists over several growths, and what of a transform moves with them. */
export interface SettledOver {
  readonly series: number;
  readonly lumps: number;
  readonly moving: number;
}

/** How the need is computed: under one growth, and over several of them. */
export interface Means {
  readonly needAt: NeedAt;
  readonly needOver: (worlds: readonly Omit<World, "lumps">[], settled: SettledOver, lumps?: Lumps) => SmoothNeed;
}

export function growingNeed(random: readonly RandomClaim[], growth: CommonGrowth, { needAt, needOver }: Means): Need {
  const factorAt = (z: number): number => growth.median * Math.exp(growth.spread * z);
  // A known size that no growth carries to its cap is as good as without one: all growths are then one curve, scaled.
  const capped = random.some(
    ({ median, spread, cap }) => cap < Infinity && (spread > 0 || median * factorAt(REACH) > cap),
  );
  const meanAt = (z: number): number => {
    const { certain, claims } = separate(random, factorAt(z));
    return certain + spreadOfSum(claims).mean;
  };
  const { mean, deviation } = momentsOf(random, growth, capped);
  const known = random.every(({ spread }) => spread === 0);
  if (known && random.every(({ probability }) => probability === 0 || probability === 1))
    return growthAlone(meanAt, mean, deviation);
  const narrowTo = (most: number): Need | null =>
    capped ? narrowNeed(random, growth, { mean, deviation }, most) : null;
  const narrow = random.length > FEW ? narrowTo(NEARLY) : null;
  if (narrow) return narrow;
  const apart = capped && random.length <= MOST_OVER ? stepOf(random, growth) : null;
  const steps = random.length <= MOST_LISTED || !apart || apart.rough > FAINT;
  const few = capped && steps && random.length <= FEW ? fewClaims(random, growth, needOver, { mean, deviation }) : null;
  if (few) return few;
  if (apart) {
    const { step, rough } = apart;
    const settled = { series: Math.max(SETTLED_OVER, rough / SEEN), lumps: SETTLED_OVER, moving: rough };
    const setAt = (start: number): SmoothNeed => needOver(worldsAt(random, growth, step, start), settled);
    const need = overGrowths(setAt, { ...apart, claims: random.length }, { mean, deviation });
    if (need) return need;
  }
  const last = random.length > FEW ? narrowTo(LARGEST_ERROR) : null;
  if (last) return last;
  const cells = capped ? cellsFor(growth.spread) * (known ? 4 : 1) : 1;
  const places = Array.from({ length: cells + 1 }, (_, k) => -REACH + (2 * REACH * k) / cells);
  const middle = capped ? undefined : curveOf(random, 1, needAt);
  const curves = places.map((z) => (middle ? scaled(middle, factorAt(z)) : curveOf(random, factorAt(z), needAt)));
  const fine = mixtureOf(places, curves);
  const coarse = capped ? mixtureOf(places.filter(even), curves.filter(even)) : fine;
  const difference = capped ? largestDifference(fine, coarse, curves) : 0;
  // Sizes with a spread err with the square of the step: a third of the difference leads to none, of which half is doubted.
  const smooth = capped && random.every(({ spread }) => spread > 0);
  const error = SETTLED + difference / (smooth ? 6 : 1);
  const estimate = (amount: number): Estimate => {
    const chance = fine(amount);
    return { chance: smooth ? within(chance + (chance - coarse(amount)) / 3) : chance, error };
  };
  return {
    method: "transform",
    mean,
    deviation,
    highest: curves.at(-1)!.amounts.at(-1)!,
    estimate,
    atMost: (amount) => trusted(estimate(amount), LARGEST_ERROR),
  };
}

const within = (chance: number): number => Math.min(1, Math.max(0, chance));

const even = (_: unknown, k: number): boolean => k % 2 === 0;

/** Claims under growths in one set of them, where few claims have to be told apart however narrow their sizes are. */
const FEW_IN_WORLDS = 2 ** 11;

/** Few claims: sums that are steps are listed for all growths, and what is left is smooth in the growth. */
function fewClaims(
  random: readonly RandomClaim[],
  growth: CommonGrowth,
  needOver: Means["needOver"],
  moments: { readonly mean: number; readonly deviation: number },
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
    return { method: "exact", ...moments, highest, estimate, atMost: (amount) => estimate(amount).chance };
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
  const settled = { series: 3 * SETTLED_OVER, lumps: SETTLED_OVER, moving: 3e-3 };
  const setAt = (start: number): SmoothNeed =>
    needOver(worldsAt(random, growth, step, start), settled, () => ({ chance: 0, error: 0 }));
  return overGrowths(setAt, { step, rough: 0, claims: random.length }, moments, standing);
}

/** Growths that are put together. */
interface Apart {
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
function stepOf(random: readonly RandomClaim[], growth: CommonGrowth): Apart | null {
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
  if (rough > LIGHT) return smooth;
  return wide(deviation, rough, rough > FAINT ? STEP_OF_SUMS / 4 : STEP_OF_SUMS) ?? smooth;
}

/** The claims under growths `step` apart, the first of them moved by a part of a step. */
function worldsAt(random: readonly RandomClaim[], growth: CommonGrowth, step: number, start: number) {
  const count = Math.ceil((2 * REACH_OVER) / step);
  const worlds = Array.from({ length: count }, (_, k) => {
    const z = (k + start - count / 2) * step;
    const { certain, claims } = separate(random, growth.median * Math.exp(growth.spread * z));
    const sure = { median: certain, probability: 1, spread: 0, cap: Infinity };
    return { weight: Math.exp((-z * z) / 2), claims: certain === 0 ? claims : [...claims, sure] };
  });
  const total = worlds.reduce((all, { weight }) => all + weight, 0);
  return worlds.map(({ weight, claims }) => ({ weight: weight / total, claims }));
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
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
  standing: Standing = { atMost: () => 0, lost: 0 },
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
    if (change < SETTLED_OVER) break;
  }
  if (change > LARGEST_ERROR) return null;
  const missed = BEYOND_REACH + change + standing.lost + (rough * step) / (4 * sets.length);
  const estimate = (amount: number): Estimate => {
    const { chance, error } = at(amount);
    return { chance: within(chance + standing.atMost(amount)), error: error + missed };
  };
  return {
    method: "transform",
    mean,
    deviation,
    highest: Math.max(...sets.map(({ high }) => high)),
    estimate,
    atMost: (amount) => trusted(estimate(amount), LARGEST_ERROR),
  };
}

/** Amounts and the probability up to each, both ascending; a jump is an amount that stands twice. */
interface Curve {
  readonly amounts: readonly number[];
  readonly chances: readonly number[];
}

const scaled = ({ amounts, chances }: Curve, factor: number): Curve => ({
  amounts: amounts.map((amount) => amount * factor),
  chances,
});

/** What lies between two points of a curve is at most this much of all, and in the tails this part of what lies beyond. */
const PARTS = 1000;
const TAIL = 0.1;
const LEAST = 2e-5;
const MOST_VALUES = 4096;

function curveOf(random: readonly RandomClaim[], factor: number, needAt: NeedAt): Curve {
  const { certain, claims } = separate(random, factor);
  const amounts: number[] = [];
  const chances: number[] = [];
  if (claims.every(({ spread }) => spread === 0) && hasHeavyAmounts(claims)) {
    const list = listed(claims.map(choiceOf), MOST_VALUES);
    let below = 0;
    list.values.forEach((value, k) => {
      amounts.push(certain + value, certain + value);
      chances.push(below, (below += list.chances[k]!));
    });
    return { amounts, chances };
  }
  const need = needAt(random, factor, SETTLED);
  const at = (amount: number): number => need.estimate(amount).chance;
  const point = (amount: number, chance: number): void => {
    amounts.push(amount);
    chances.push(Math.max(chance, chances.at(-1) ?? 0));
  };
  const between = (low: number, high: number, from: number, to: number): void => {
    const half = (low + high) / 2;
    const chance = to - from > SETTLED && high - low > 1e-9 * high + 0.5 ? at(half) : undefined;
    if (chance === undefined) return point(high, to);
    const most = Math.min(1 / PARTS, LEAST + TAIL * Math.min(to, 1 - from));
    if (to - from > most || Math.abs(chance - (from + to) / 2) > SETTLED / 2) {
      between(low, half, from, chance);
      between(half, high, chance, to);
    } else {
      point(half, chance);
      point(high, to);
    }
  };
  const least = at(certain);
  point(certain, 0);
  point(certain, least);
  between(certain, need.highest, least, 1);
  return { amounts, chances };
}

/** The largest difference of two distributions, at amounts that are evenly likely under every fourth of the growths. */
function largestDifference(
  a: (amount: number) => number,
  b: (amount: number) => number,
  curves: readonly Curve[],
): number {
  let largest = 0;
  for (const { amounts } of curves.filter((_, k) => k % 4 === 0)) {
    for (let k = 1; k < 8; k++) {
      const amount = amounts[Math.floor((k * amounts.length) / 8)]!;
      largest = Math.max(largest, Math.abs(a(amount) - b(amount)));
    }
  }
  return largest;
}

/** P(need ≤ amount) over all growths. */
function mixtureOf(places: readonly number[], curves: readonly Curve[]): (amount: number) => number {
  const cells = places.slice(1).map((end, k) => ({
    from: places[k]!,
    width: end - places[k]!,
    below: probabilityBelow(places[k]!),
    weight: probabilityBelow(end) - probabilityBelow(places[k]!),
    ...together(curves[k]!, curves[k + 1]!),
  }));
  const total = cells.reduce((all, { weight }) => all + weight, 0);
  return (amount) => {
    let chance = 0;
    for (const { from, width, below, weight, low, high, ends } of cells) {
      // Both lists ascend: what is surely within the amount comes first, what is surely beyond it last.
      const within = countUpTo(high, amount);
      chance += within === 0 ? 0 : weight * ends[within - 1]!;
      for (let k = within; k < low.length && low[k]! <= amount; k++) {
        const part = low[k] === 0 ? amount / high[k]! : Math.log(amount / low[k]!) / Math.log(high[k]! / low[k]!);
        const reached = probabilityBelow(from + width * part) - below;
        chance += (ends[k]! - (k === 0 ? 0 : ends[k - 1]!)) * reached;
      }
    }
    return Math.min(1, chance / total);
  };
}

/** The same probabilities of two curves side by side: parts of the whole, the amount of each at either growth. */
function together(a: Curve, b: Curve): { low: number[]; high: number[]; ends: number[] } {
  const [low, high, ends]: number[][] = [[], [], []];
  let [i, j, from] = [0, 0, 0];
  while (i + 1 < a.amounts.length && j + 1 < b.amounts.length) {
    const to = Math.min(a.chances[i + 1]!, b.chances[j + 1]!);
    if (to > from) {
      const middle = (from + to) / 2;
      low!.push(amountAt(a, i, middle));
      high!.push(Math.max(low!.at(-1)!, amountAt(b, j, middle)));
      ends!.push(to);
      from = to;
    }
    if (a.chances[i + 1]! <= to) i++;
    if (b.chances[j + 1]! <= to) j++;
  }
  return { low: low!, high: high!, ends: ends! };
}

function amountAt({ amounts, chances }: Curve, i: number, chance: number): number {
  const rise = chances[i + 1]! - chances[i]!;
  return amounts[i]! + (rise > 0 ? ((chance - chances[i]!) / rise) * (amounts[i + 1]! - amounts[i]!) : 0);
}

function countUpTo(ascending: readonly number[], amount: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= amount) low = middle + 1;
    else high = middle;
  }
  return low;
}

function momentsOf(random: readonly RandomClaim[], growth: CommonGrowth, capped: boolean) {
  if (!capped) {
    const { certain, claims } = separate(random, growth.median);
    const { mean: rest, deviation } = spreadOfSum(claims);
    const mean = (certain + rest) * Math.exp(growth.spread ** 2 / 2);
    const square = ((certain + rest) ** 2 + deviation ** 2) * Math.exp(2 * growth.spread ** 2);
    return { mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)) };
  }
  let [weight, mean, square] = [0, 0, 0];
  for (let z = -8; z <= 8; z += 1 / 8) {
    const { certain, claims } = separate(random, growth.median * Math.exp(growth.spread * z));
    const at = spreadOfSum(claims);
    const density = Math.exp((-z * z) / 2);
    weight += density;
    mean += density * (certain + at.mean);
    square += density * ((certain + at.mean) ** 2 + at.deviation ** 2);
  }
  mean /= weight;
  return { mean, deviation: Math.sqrt(Math.max(0, square / weight - mean * mean)) };
}

/** All claims come for sure with a known size: the need is a rising function of the growth alone. */
function growthAlone(meanAt: (z: number) => number, mean: number, deviation: number): Need {
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
  return {
    method: "exact",
    mean,
    deviation,
    highest: meanAt(10),
    atMost,
    estimate: (amount) => ({ chance: atMost(amount), error: 1e-12 }),
  };
}
