/** The distribution of the need where every size is known: which claims come is all that is uncertain. */
import { type Atoms, type Choice, listed, valuesUpTo } from "./atoms";
import { grouped } from "./condensed";
import type { Estimate } from "./estimate";
import { onLattice, windowOf } from "./lattice";
import { roundUnits } from "./lumps";
import type { RandomClaim } from "./uncertain";

/** The need is the sum of two independent parts, each with few enough values to list; the first is the shorter list. */
export interface ExactNeed {
  readonly first: Atoms;
  readonly second: Atoms;
  /** P(second part ≤ its values). */
  readonly below: Float64Array;
}

/** Amounts in whole fen, where values of little weight are put together. */
export interface Shortened {
  /** P(sum ≤ amount). */
  readonly atMost: (amount: number) => Estimate;
  /** What the sum is above an amount, on average. */
  readonly above: (amount: number) => number;
}

/** Values that either half may take, and the list beside a lattice. */
const LONGEST_HALF = 2 ** 19;
/** Of as many sizes one half has too many subsets. */
const MOST_SIZES = 2 * 19;
const MOST_VALUES = 2 ** 15;
const FEWEST_VALUES = 2 ** 12;
/** Where lists are shortened, values of each from which on they may do, and the difference of a probability that is small enough. */
const SHORTEST = 2 ** 14;
const CLOSE = 1e-6;
/** Claims that are listed because their size would make a lattice of the others too long. */
const MOST_GIANTS = 8;
/** Where a shortened list will do, claims in it, and the part of all claims that they may be. */
const MOST_LISTED = 32;
const FEW_OF_ALL = 1 / 4;

export const choiceOf = ({ median, probability }: RandomClaim): Choice => ({
  size: median,
  absent: 1 - probability,
  present: probability,
});

/**
 * Claims of equal size are counted and all sums are listed in two halves; else what is a multiple of one unit is added on its
 * lattice, and the few others are listed.
 * @param claims all of known size
 * @param share of the longest list that is accepted
 * @returns null where no list is short enough
 */
export function exactNeed(claims: readonly RandomClaim[], share: number): ExactNeed | null {
  const both = differInMore(claims, MOST_SIZES) ? null : halves(claims.map(choiceOf));
  if (both && isShort(both, Math.max(FEWEST_VALUES, share * LONGEST_HALF)))
    return inParts(...listedBoth(both, Infinity));
  const found = withLattice(claims, (others) => isShort([others], MOST_VALUES));
  return found && inParts(listed(found.others, Infinity), found.multiples);
}

/** The same where the list of the others is shortened: its largest difference from a list of a quarter of the length is the error. */
export function nearlyExactNeed(claims: readonly RandomClaim[]): Shortened | null {
  const found = withLattice(claims, ({ length }) => length <= Math.min(MOST_LISTED, FEW_OF_ALL * claims.length));
  if (!found) return null;
  const [fine, coarse] = [MOST_VALUES, MOST_VALUES / 4].map((most) =>
    inParts(listed(found.others, most), found.multiples),
  ) as [ExactNeed, ExactNeed];
  return shortenedTo(fine, isTogether(fine) ? largestDifference(fine, coarse) : 0);
}

/** @param areFew whether the others are so few that they can be listed */
function withLattice(
  claims: readonly RandomClaim[],
  areFew: (others: readonly Choice[]) => boolean,
): { readonly others: readonly Choice[]; readonly multiples: Atoms } | null {
  const divisor = commonUnit(claims);
  if (divisor === 0) return null;
  const largest = claims.reduce((most, { median }) => Math.max(most, median), 0);
  // The coarsest of the units that will do has the shortest lattice.
  for (const unit of [...roundUnits(divisor, largest).reverse(), divisor]) {
    if (!areFewBeside(claims, unit, areFew)) continue;
    const descending = [...claims].sort((a, b) => b.median - a.median);
    const odd = descending.filter(({ median }) => median % unit !== 0).map(choiceOf);
    const fitting = descending.filter(({ median }) => median % unit === 0);
    for (let giants = 0; giants <= Math.min(MOST_GIANTS, fitting.length - 1); giants++) {
      const others = [...odd, ...fitting.slice(0, giants).map(choiceOf)];
      if (!areFew(others)) break;
      const rest = fitting.slice(giants);
      const window = windowOf(rest, unit);
      if (window) return { others, multiples: onLattice(rest, unit, window) };
    }
  }
  return null;
}

/** Whether those that are no multiples of a unit are few. Each one more only adds: many are told from the first of them. */
function areFewBeside(
  claims: readonly RandomClaim[],
  unit: number,
  areFew: (others: readonly Choice[]) => boolean,
): boolean {
  const odd: Choice[] = [];
  const areMany = claims.some((claim) => {
    if (claim.median % unit === 0) return false;
    odd.push(choiceOf(claim));
    return (odd.length & (odd.length - 1)) === 0 && !areFew(odd);
  });
  // A list has more values than claims.
  return !areMany && odd.length < MOST_VALUES && areFew(odd);
}

/** The greatest common divisor of all sizes; 0 where one is no whole fen, as under a growth. */
export const commonUnit = (claims: readonly Pick<RandomClaim, "median">[]): number =>
  claims.every(({ median }) => Number.isInteger(median))
    ? claims.reduce((divisor, { median }) => greatestCommonDivisor(divisor, median), 0)
    : 0;

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

function differInMore(claims: readonly RandomClaim[], most: number): boolean {
  const sizes = new Set<number>();
  return claims.some(({ median }) => sizes.add(median).size > most);
}

type Halves = readonly [readonly Choice[], readonly Choice[]];

const isShort = (lists: readonly (readonly Pick<Choice, "size">[])[], most: number): boolean =>
  lists.every((list) => {
    const counts = new Map<number, number>();
    let product = 1;
    // Each choice only adds sums: a long list is refused at the first that are too many.
    return list.every(({ size }) => {
      const count = (counts.get(size) ?? 0) + 1;
      counts.set(size, count);
      product *= (count + 1) / count;
      return product <= most * (1 + 1e-9);
    });
  });

const listedBoth = ([a, b]: Halves, most: number): [Atoms, Atoms] => [listed(a, most), listed(b, most)];

/**
 * The same where the lists would be too long: the lightest values are left out, and if need be values of little weight are put
 * together with their neighbours. The heavy ones stay, and the two lists together still distinguish more sums than either
 * weighs. Lists of a quarter of the length put four times as much together: the largest difference from them is more than the error.
 * They grow until that is no more than CLOSE, or they have `most` values.
 */
export function shortenedNeed(choices: readonly Choice[], most: number): Shortened {
  const both = halves(choices);
  let length = most;
  while (length > SHORTEST) length /= 4;
  let fine = inParts(...listedBoth(both, length / 4));
  for (; ; length *= 4) {
    const coarse = fine;
    if (isTogether(coarse)) fine = inParts(...listedBoth(both, length));
    const difference = isTogether(coarse) ? largestDifference(fine, coarse) : 0;
    if (difference <= CLOSE || length >= most) return shortenedTo(fine, difference);
  }
}

const isTogether = ({ first, second }: ExactNeed): boolean => [first, second].some(({ together }) => together === true);

const shortenedTo = (need: ExactNeed, difference: number): Shortened => {
  const lost = Math.max(0, 1 - cumulated(need.first).at(-1)! * need.below.at(-1)!);
  return {
    atMost: (amount) => ({ chance: wholeAtMost(need, amount), error: 1e-12 + lost + difference }),
    above: (amount) => exactAbove(need, amount),
  };
};

/** Values put together lie between whole fen: half a fen more rounds them instead of counting all of them as the next. */
const wholeAtMost = (need: ExactNeed, amount: number): number => exactAtMost(need, Math.floor(amount) + 0.5);

const SAMPLES = 64;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** At sums that come as often as the need itself takes them. */
function largestDifference(a: ExactNeed, b: ExactNeed): number {
  const below = cumulated(a.first);
  let largest = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const amount = valueAt(a.first, below, (k + 0.5) / SAMPLES) + valueAt(a.second, a.below, (k * GOLDEN) % 1);
    largest = Math.max(largest, Math.abs(wholeAtMost(a, amount) - wholeAtMost(b, amount)));
  }
  return largest;
}

/** The value that this part of all probability reaches. */
function valueAt({ values }: Atoms, below: Float64Array, part: number): number {
  return values[Math.min(values.length - 1, valuesUpTo(below, part * below.at(-1)!))]!;
}

/** Two halves in which as much is uncertain; choices of one size stay together. */
function halves(choices: readonly Choice[]): Halves {
  const groups = [...grouped(choices, ({ size }) => size).values()].map((alike) => ({
    alike,
    doubt: alike.reduce((all, { absent, present }) => all + absent * present, 0),
  }));
  const both: [Choice[], Choice[]] = [[], []];
  const doubts: [number, number] = [0, 0];
  for (const { alike, doubt } of groups.sort((a, b) => b.doubt - a.doubt)) {
    const lesser = doubts[0] <= doubts[1] ? 0 : 1;
    both[lesser].push(...alike);
    // How many values a part has grows with the square root of what is uncertain about its count.
    doubts[lesser] += Math.log1p(Math.sqrt(doubt));
  }
  return both;
}

export function inParts(a: Atoms, b: Atoms): ExactNeed {
  const [first, second] = a.values.length <= b.values.length ? [a, b] : [b, a];
  return { first, second, below: cumulated(second) };
}

function cumulated({ chances }: Atoms): Float64Array {
  let sum = 0;
  return chances.map((chance) => (sum += chance));
}

/** P(need ≤ amount). */
export function exactAtMost({ first, second, below }: ExactNeed, amount: number): number {
  const [values, chances, others] = [first.values, first.chances, second.values];
  let chance = 0;
  let place = valuesUpTo(others, amount - values[0]!);
  for (let i = 0; i < values.length; i++) {
    // The larger the first part, the less is left for the second: its place only moves down.
    const value = values[i]!;
    while (place > 0 && value + others[place - 1]! > amount) place--;
    if (place === 0) break;
    chance += chances[i]! * below[place - 1]!;
  }
  return Math.min(1, chance);
}

/** E max(0, need − amount). */
export function exactAbove({ first, second }: ExactNeed, amount: number): number {
  let mean = 0;
  // The values of the second part from the place on, weighed and not.
  let [place, weighed, chance] = [second.values.length, 0, 0];
  for (let i = 0; i < first.values.length; i++) {
    const left = amount - first.values[i]!;
    // The larger the first part, the more of the second lies above.
    for (; place > 0 && second.values[place - 1]! > left; place--) {
      weighed += second.chances[place - 1]! * second.values[place - 1]!;
      chance += second.chances[place - 1]!;
    }
    mean += first.chances[i]! * (weighed - left * chance);
  }
  return Math.max(0, mean);
}
