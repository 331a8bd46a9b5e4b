/** The distribution of the need where every size is known: which claims come is all that is uncertain. */
import { type Atoms, type Choice, listed, multiples, NOTHING, steps, valuesUpTo } from "./atoms";
import { grouped } from "./condensed";
import type { Estimate } from "./estimate";
import type { RandomClaim } from "./uncertain";

/** The need is the sum of two independent parts, each with few enough values to list; the first is the shorter list. */
export interface ExactNeed {
  readonly first: Atoms;
  readonly second: Atoms;
  /** P(second part ≤ its values). */
  readonly below: Float64Array;
}

/** Values that either part may take, and steps that building them may take. */
const MOST_VALUES = 2 ** 15;
const MOST_STEPS = 3e7;

export const choiceOf = ({ median, probability }: RandomClaim): Choice => ({
  size: median,
  absent: 1 - probability,
  present: probability,
});

/**
 * Claims of equal size are counted, sizes that share a large divisor are added on its lattice, and whatever else remains is
 * listed in two halves.
 * @param claims all of known size
 * @returns null where no such list is short enough
 */
export const exactNeed = (claims: readonly RandomClaim[]): ExactNeed | null =>
  inHalves(claims.map(choiceOf)) ?? onLattice(claims);

function inHalves(choices: readonly Choice[]): ExactNeed | null {
  const both = halves(choices);
  return isShort(both, MOST_VALUES) ? inParts(...listedBoth(both, Infinity)) : null;
}

type Halves = readonly [readonly Choice[], readonly Choice[]];

const isShort = (both: Halves, most: number): boolean =>
  both.every((half) => {
    const counts = [...grouped(half, ({ size }) => size).values()];
    return counts.reduce((product, { length }) => product * (length + 1), 1) <= most;
  });

const listedBoth = ([a, b]: Halves, most: number): [Atoms, Atoms] => [listed(a, most), listed(b, most)];

/**
 * The same where the lists would be too long: values of little weight are put together with their neighbours. The heavy
 * ones stay, and the two lists together still distinguish more sums than either weighs. The largest difference from lists
 * of a quarter of the length is the error.
 * @returns P(sum ≤ amount) for amounts in whole fen
 */
export function shortenedNeed(choices: readonly Choice[], most: number): (amount: number) => Estimate {
  const both = halves(choices);
  const fine = inParts(...listedBoth(both, most));
  const error = isShort(both, most) ? 1e-12 : largestDifference(fine, inParts(...listedBoth(both, most / 4)));
  return (amount) => ({ chance: wholeAtMost(fine, amount), error });
}

/** Values put together lie between whole fen: half a fen more rounds them instead of counting all of them as the next. */
const wholeAtMost = (need: ExactNeed, amount: number): number => exactAtMost(need, Math.floor(amount) + 0.5);

const SAMPLES = 64;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** At sums that come as often as the need itself takes them. */
function largestDifference(a: ExactNeed, b: ExactNeed): number {
  let largest = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const amount = valueAt(a.first, (k + 0.5) / SAMPLES) + valueAt(a.second, (k * GOLDEN) % 1);
    largest = Math.max(largest, Math.abs(wholeAtMost(a, amount) - wholeAtMost(b, amount)));
  }
  return largest;
}

/** The value that this part of all probability reaches. */
function valueAt({ values, chances }: Atoms, part: number): number {
  let rest = part * chances.reduce((sum, chance) => sum + chance, 0);
  const place = chances.findIndex((chance) => (rest -= chance) <= 0);
  return values.at(place)!;
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

function onLattice(claims: readonly RandomClaim[]): ExactNeed | null {
  if (claims.some(({ median }) => !Number.isInteger(median))) return null;
  const unit = claims.reduce((divisor, { median }) => greatestCommonDivisor(divisor, median), 0);
  const variance = claims.reduce((total, { median, probability: p }) => total + p * (1 - p) * (median / unit) ** 2, 0);
  const longest = claims.reduce((total, { median }) => total + median / unit, 1);
  const width = Math.min(longest, 18 * Math.sqrt(variance));
  if (longest > MOST_STEPS / 4 || claims.length * width > MOST_STEPS) return null;
  const ascending = [...claims].sort((a, b) => a.median - b.median).map(choiceOf);
  return inParts(NOTHING, multiples(unit, steps(ascending.map((choice) => ({ ...choice, size: choice.size / unit })))));
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

export function inParts(a: Atoms, b: Atoms): ExactNeed {
  const [first, second] = a.values.length <= b.values.length ? [a, b] : [b, a];
  let sum = 0;
  return { first, second, below: second.chances.map((chance) => (sum += chance)) };
}

/** P(need ≤ amount). */
export function exactAtMost({ first, second, below }: ExactNeed, amount: number): number {
  let chance = 0;
  let place = valuesUpTo(second.values, amount - first.values[0]!);
  for (let i = 0; i < first.values.length; i++) {
    // The larger the first part, the less is left for the second: its place only moves down.
    while (place > 0 && first.values[i]! + second.values[place - 1]! > amount) place--;
    if (place === 0) break;
    chance += first.chances[i]! * below[place - 1]!;
  }
  return Math.min(1, chance);
}
