/**
 * Claims that share one uncertain growth. For a few values of the growth the need is computed; between two of them each
 * of its quantiles moves geometrically with the growth, which is exact where no cap is in the way and where all is capped.
 */
import { listed } from "./atoms";
import { type Estimate, type Need, trusted } from "./estimate";
import { probabilityBelow } from "./normal";
import { narrowNeed } from "./narrow-need";
import { choiceOf, hasHeavyAmounts } from "./smooth-need";
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
const WIDEST_STEP = 0.5;
const NARROWEST = 0.2;
/** A growth that hardly ever comes need not be computed better. */
const LOOSEST = 0.01;

type NeedAt = (claims: readonly RandomClaim[], factor: number, settled: number) => Need;

export function growingNeed(random: readonly RandomClaim[], growth: CommonGrowth, needAt: NeedAt): Need {
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
  const narrow = capped ? narrowNeed(random, growth, { mean, deviation }) : null;
  if (narrow) return narrow;
  if (capped && known && random.length <= MOST_LISTED) return listedGrowth(random, growth, mean, deviation);
  const step = capped ? smoothStep(random, growth) : 0;
  if (step > 0) {
    const needs = Array.from({ length: 2 * Math.ceil(REACH / step) + 1 }, (_, k) => {
      const z = (k - Math.ceil(REACH / step)) * step;
      const weight = Math.exp((-z * z) / 2);
      return { weight, need: needAt(random, factorAt(z), Math.min(LOOSEST, SETTLED / weight)) };
    });
    return overGrowths(needs, mean, deviation);
  }
  const cells = capped ? cellsFor(growth.spread) * (known ? 4 : 1) : 1;
  const places = Array.from({ length: cells + 1 }, (_, k) => -REACH + (2 * REACH * k) / cells);
  const middle = capped ? undefined : curveOf(random, 1, needAt);
  const curves = places.map((z) => (middle ? scaled(middle, factorAt(z)) : curveOf(random, factorAt(z), needAt)));
  const fine = mixtureOf(places, curves);
  const coarse = capped ? mixtureOf(places.filter(even), curves.filter(even)) : fine;
  const difference = capped ? largestDifference(fine, coarse, curves) : 0;
  // Sizes with a spread err with the square of the step: a third of the difference leads to none, of which half is doubted.
  const smooth = capped && !known;
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

interface WeightedNeed {
  readonly weight: number;
  readonly need: Need;
}

/**
 * Growths this far apart are enough where the need of one growth is wide: its probability is then smooth in the growth, and
 * the trapezoidal rule is exact but for e^(−2π²(width/step)²).
 * @returns 0 where the need of one growth is too narrow beside the growth, or sizes are known
 */
function smoothStep(random: readonly RandomClaim[], growth: CommonGrowth): number {
  if (random.some(({ spread, probability }) => spread === 0 && probability > 0)) return 0;
  const { claims } = separate(random, growth.median);
  const { mean } = spreadOfSum(claims);
  // What the sizes alone make uncertain, whichever claims come.
  const alone = claims.reduce((all, claim) => {
    const sure = spreadOfSum([{ ...claim, probability: 1 }]);
    return all + claim.probability * sure.deviation ** 2;
  }, 0);
  const width = Math.sqrt(alone) / mean / growth.spread;
  return width > NARROWEST ? Math.min(WIDEST_STEP, width / 1.6) : 0;
}

/** The mean of the probabilities under all growths; half as many growths show the error. */
function overGrowths(needs: readonly WeightedNeed[], mean: number, deviation: number): Need {
  const over = (some: readonly WeightedNeed[], amount: number): Estimate => {
    let [total, chance, error] = [0, 0, 0];
    for (const { weight, need } of some) {
      const at = need.estimate(amount);
      total += weight;
      chance += weight * at.chance;
      error += weight * at.error;
    }
    return { chance: chance / total, error: error / total };
  };
  const half = needs.filter(even);
  const estimate = (amount: number): Estimate => {
    const { chance, error } = over(needs, amount);
    return { chance, error: error + Math.abs(chance - over(half, amount).chance) };
  };
  return {
    method: "transform",
    mean,
    deviation,
    highest: Math.max(...needs.map(({ need }) => need.highest)),
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
    const most = Math.min(1 / PARTS, LEAST + TAIL * Math.min(to, 1 - from));
    if (to - from > most && high - low > 1e-9 * high + 0.5) {
      const half = (low + high) / 2;
      const chance = at(half);
      between(low, half, from, chance);
      between(half, high, chance, to);
    } else point(high, to);
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

/**
 * Few claims of known size: every subset of them is listed. Between two growths at which a claim reaches its cap, what a
 * subset needs is linear in the growth, so that the growth at which it reaches an amount is found exactly.
 */
function listedGrowth(random: readonly RandomClaim[], growth: CommonGrowth, mean: number, deviation: number): Need {
  const kinks = random.map(({ median, cap }) => cap / median).filter((factor) => factor > 0 && factor < Infinity);
  const factors = [0, ...new Set(kinks.sort((a, b) => a - b))];
  factors.push(growth.median * Math.exp(10 * growth.spread) + factors.at(-1)!);
  // By subset the probability, and by factor the need.
  let chances = [1];
  let needs = factors.map(() => [0]);
  for (const { median, probability, cap } of random) {
    chances = [
      ...chances.map((chance) => chance * (1 - probability)),
      ...chances.map((chance) => chance * probability),
    ];
    needs = needs.map((own, k) => [...own, ...own.map((need) => need + Math.min(median * factors[k]!, cap))]);
  }
  const zOf = (factor: number): number => Math.log(factor / growth.median) / growth.spread;
  const below = factors.map((factor) => (factor === 0 ? 0 : probabilityBelow(zOf(factor))));
  const atMost = (amount: number): number =>
    chances.reduce((all, chance, subset) => {
      // The last of the factors at which the subset stays within the amount.
      let last = factors.length - 1;
      while (last > 0 && needs[last]![subset]! > amount) last--;
      const [low, high] = [needs[last]![subset]!, needs[last + 1]?.[subset]];
      if (high === undefined) return all + chance;
      if (low > amount) return all;
      const factor = factors[last]! + ((factors[last + 1]! - factors[last]!) * (amount - low)) / (high - low);
      return all + chance * (factor === factors[last] ? below[last]! : probabilityBelow(zOf(factor)));
    }, 0);
  return {
    method: "exact",
    mean,
    deviation,
    highest: Math.max(...needs.at(-1)!),
    atMost,
    estimate: (amount) => ({ chance: atMost(amount), error: 1e-9 }),
  };
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
