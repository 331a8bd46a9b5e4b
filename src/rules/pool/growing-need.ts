/**
 * Claims that share one uncertain growth. For a few values of the growth the need is computed; between two of them each
 * of its quantiles moves geometrically with the growth, which is exact where no cap is in the way and where all is capped.
 */
import { listed, valuesUpTo } from "./atoms";
import { type CapSums, capSumsOf } from "./cap-sums";
import { type Estimate, LARGEST_UNDER_GROWTH, type Need, trustedUnderGrowth } from "./estimate";
import { probabilityBelow } from "./normal";
import { narrowNeed } from "./narrow-need";
import { choiceOf, hasHeavyAmounts } from "./factors";
import { FAINT, fewClaims, type NeedOver, setsOfClaims, stepOf, within } from "./sets-of-growths";
import { type CommonGrowth, type RandomClaim, separate, spreadOfSum } from "./uncertain";

/** The growth's normal variable is looked at within ±REACH: beyond lie 2e-9. */
const REACH = 6;
/** Steps of it in which caps bend the need but little, an even number; most for a growth of ±20 % and more. */
const cellsFor = (spread: number): number => 2 * Math.ceil(REACH * Math.min(4, Math.max(2, 20 * spread)));
/** Probabilities of one growth may be off by this much, and those of all growths by that much. */
const SETTLED = 1e-5;

/** Claims of known size of which every subset is listed. */
const MOST_LISTED = 10;
/** More claims cost too much time; fewer have no need that cumulants tell, more have one to within NEARLY or, at last, to within LARGEST_UNDER_GROWTH. */
const MOST_OVER = 250;
const FEW = 60;
const NEARLY = 1e-4;

type NeedAt = (claims: readonly RandomClaim[], factor: number, settled: number) => Need;

/** How the need is computed: under one growth, and over several of them. */
export interface Means {
  readonly needAt: NeedAt;
  readonly needOver: NeedOver;
}

export function growingNeed(random: readonly RandomClaim[], growth: CommonGrowth, { needAt, needOver }: Means): Need {
  const factorAt = (z: number): number => growth.median * Math.exp(growth.spread * z);
  const capped = isCapped(random, growth);
  const meanAt = (z: number): number => {
    const { certain, claims } = separate(random, factorAt(z));
    return certain + spreadOfSum(claims).mean;
  };
  const { mean, deviation } = momentsOf(random, growth);
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
  const need = apart && setsOfClaims(random, growth, apart, needOver, { mean, deviation });
  if (need) return need;
  const last = random.length > FEW ? narrowTo(LARGEST_UNDER_GROWTH) : null;
  if (last) return last;
  const cells = capped ? cellsFor(growth.spread) * (known ? 4 : 1) : 1;
  const places = Array.from({ length: cells + 1 }, (_, k) => -REACH + (2 * REACH * k) / cells);
  const middle = capped ? undefined : curveOf(random, 1, needAt);
  const curves = places.map((z) => (middle ? scaled(middle, factorAt(z)) : curveOf(random, factorAt(z), needAt)));
  const fine = mixtureOf(places, curves);
  const coarse = capped ? mixtureOf(places.filter(even), curves.filter(even)) : fine;
  const sums = capped ? capSumsOf(random, growth) : null;
  const standing = sums && standingAmounts(sums, curves.at(-1)!.amounts.at(-1)!);
  // Values that a list puts together weigh up to 2 / MOST_VALUES and have about half of it on either side.
  const left = sums ? (known ? Math.min(sums.left.all, 1 / MOST_VALUES) : sums.left.one) : 0;
  const difference = capped ? largestDifference(fine, coarse, curves, standing!.beside) : 0;
  // Sizes with a spread err with the square of the step: a third of the difference leads to none, of which half is doubted.
  const smooth = capped && random.every(({ spread }) => spread > 0);
  const error = SETTLED + left + difference / (smooth ? 6 : 1);
  const estimate = (amount: number): Estimate => {
    const { place, jump } = standing?.placeOf(amount) ?? { place: amount, jump: 0 };
    const chance = fine(place);
    return { chance: smooth ? within(chance + (chance - coarse(place)) / 3) : chance, error: error + jump };
  };
  return {
    method: "transform",
    mean,
    deviation,
    highest: curves.at(-1)!.amounts.at(-1)!,
    estimate,
    atMost: (amount) => trustedUnderGrowth(estimate(amount)),
  };
}

const even = (_: unknown, k: number): boolean => k % 2 === 0;

/** Of the largest amount, how near a curve finds the place of a jump. */
const PRECISE = 2e-9;

/** Curves jump at sums of caps, but not to the fen: what is asked beside such a sum is looked up so far from it that it is on its own side. */
function standingAmounts({ listed: { values, chances } }: CapSums, highest: number) {
  const near = PRECISE * highest + 1;
  const placeOf = (amount: number): { place: number; jump: number } => {
    let [below, above, jump] = [false, false, 0];
    for (let k = valuesUpTo(values, amount - near); k < values.length && values[k]! <= amount + near; k++) {
      below ||= values[k]! <= amount;
      above ||= values[k]! > amount;
      jump += chances[k]!;
    }
    if (below && above) return { place: amount, jump };
    return { place: amount + (below ? near : above ? -near : 0), jump: 0 };
  };
  return { placeOf, beside: [...values].flatMap((value) => [value - near, value + near]) };
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

/** The largest difference of two distributions, at amounts that are evenly likely under every fourth of the growths, and others. */
function largestDifference(
  a: (amount: number) => number,
  b: (amount: number) => number,
  curves: readonly Curve[],
  others: readonly number[],
): number {
  let largest = 0;
  for (const amount of others) largest = Math.max(largest, Math.abs(a(amount) - b(amount)));
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

/** A known size that no growth carries to its cap is as good as without one: all growths are then one curve, scaled. */
const isCapped = (random: readonly RandomClaim[], { median: middle, spread: swing }: CommonGrowth): boolean =>
  random.some(
    ({ median, spread, cap }) => cap < Infinity && (spread > 0 || median * middle * Math.exp(swing * REACH) > cap),
  );

/** Mean and standard deviation over all growths, fen. */
export function momentsOf(random: readonly RandomClaim[], growth: CommonGrowth): { mean: number; deviation: number } {
  if (!isCapped(random, growth)) {
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
