/** The exact distribution of the need where every size is known: which claims come is all that is uncertain. */
import type { RandomClaim } from "./uncertain";

/** Values in ascending order, and the probability of each. */
export interface Atoms {
  readonly values: Float64Array;
  readonly chances: Float64Array;
}

/** The need is the sum of two independent parts, each with few enough values to list; the first is the shorter list. */
export interface ExactNeed {
  readonly first: Atoms;
  readonly second: Atoms;
  /** P(second part ≤ its values). */
  readonly below: Float64Array;
}

/** Values that either part may take, and steps that building them may take. Beyond, the need is as good as continuous. */
const MOST_VALUES = 2 ** 15;
const MOST_STEPS = 3e7;
/** Ends of a distribution that are never seen again: 10,000 claims together lose less than 1e-12. */
const NEGLIGIBLE = 1e-17;

const NOTHING: Atoms = { values: Float64Array.of(0), chances: Float64Array.of(1) };

/**
 * Claims of equal size are counted, sizes that share a large divisor are added on its lattice, and whatever else remains is
 * listed in two halves.
 * @returns null where no such list is short enough
 */
export function exactNeed(claims: readonly RandomClaim[]): ExactNeed | null {
  if (claims.some(({ spread }) => spread > 0)) return null;
  return inHalves(claims) ?? onLattice(claims);
}

function inHalves(claims: readonly RandomClaim[]): ExactNeed | null {
  const bySize = new Map<number, number[]>();
  for (const { median, probability } of claims) {
    const chances = bySize.get(median);
    if (chances) chances.push(probability);
    else bySize.set(median, [probability]);
  }
  const lengths = [...bySize.values()].map((chances) => countsExpected(chances));
  const ways = lengths.reduce((product, length) => product * length, 1);
  if (ways > MOST_VALUES ** 2) return null;
  const parts = [...bySize].map(([size, chances]) => multiples(size, countDistribution(chances)));
  parts.sort((a, b) => b.values.length - a.values.length);
  let halves: [Atoms, Atoms] = [NOTHING, NOTHING];
  for (const part of parts) {
    const [small, large] = halves[0].values.length <= halves[1].values.length ? halves : [halves[1], halves[0]];
    if (small.values.length * part.values.length > MOST_VALUES) return null;
    halves = [added(small, part), large];
  }
  return inParts(...halves);
}

/** About how many counts survive the trimming: nine standard deviations to each side. */
function countsExpected(chances: readonly number[]): number {
  const variance = chances.reduce((total, p) => total + p * (1 - p), 0);
  return Math.min(chances.length + 1, Math.ceil(18 * Math.sqrt(variance)) + 2);
}

interface Counts {
  readonly lowest: number;
  readonly chances: Float64Array;
}

/** How many of the claims come. Source: Poisson-binomial distribution, one claim added at a time. */
const countDistribution = (chances: readonly number[]): Counts =>
  steps(chances.map((probability) => ({ probability, units: 1 })));

/** The distribution of Σ units over the claims that come, with negligible ends cut off after each. */
function steps(claims: readonly { probability: number; units: number }[]): Counts {
  const longest = claims.reduce((total, { units }) => total + units, 1);
  const chances = new Float64Array(longest);
  chances[0] = 1;
  let low = 0;
  let high = 0;
  for (const { probability, units } of claims) {
    const stays = 1 - probability;
    for (let at = high + units; at >= low; at--) {
      const comes = at - units >= low ? chances[at - units]! : 0;
      chances[at] = chances[at]! * stays + comes * probability;
    }
    high += units;
    for (; low < high && chances[low]! < NEGLIGIBLE; low++) chances[low] = 0;
    for (; high > low && chances[high]! < NEGLIGIBLE; high--) chances[high] = 0;
  }
  return { lowest: low, chances: chances.slice(low, high + 1) };
}

const multiples = (size: number, { lowest, chances }: Counts): Atoms => ({
  values: chances.map((_, count) => size * (lowest + count)),
  chances,
});

/** Sum of two independent parts, equal sums together. */
function added(a: Atoms, b: Atoms): Atoms {
  const [long, short] = a.values.length > b.values.length ? [a, b] : [b, a];
  let sums: Atoms = { values: new Float64Array(), chances: new Float64Array() };
  short.values.forEach((value, place) => {
    sums = merged(sums, {
      values: long.values.map((other) => other + value),
      chances: long.chances.map((chance) => chance * short.chances[place]!),
    });
  });
  return sums;
}

/** Two ascending lists in one, equal values once. */
function merged(a: Atoms, b: Atoms): Atoms {
  const values = new Float64Array(a.values.length + b.values.length);
  const chances = new Float64Array(values.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.values.length || j < b.values.length; length++) {
    const x = i < a.values.length ? a.values[i]! : Infinity;
    const y = j < b.values.length ? b.values[j]! : Infinity;
    values[length] = Math.min(x, y);
    chances[length] = (x <= y ? a.chances[i++]! : 0) + (y <= x ? b.chances[j++]! : 0);
  }
  return { values: values.slice(0, length), chances: chances.slice(0, length) };
}

function onLattice(claims: readonly RandomClaim[]): ExactNeed | null {
  if (claims.some(({ median }) => !Number.isInteger(median))) return null;
  const unit = claims.reduce((divisor, { median }) => greatestCommonDivisor(divisor, median), 0);
  const variance = claims.reduce((total, { median, probability: p }) => total + p * (1 - p) * (median / unit) ** 2, 0);
  const longest = claims.reduce((total, { median }) => total + median / unit, 1);
  const width = Math.min(longest, 18 * Math.sqrt(variance));
  if (longest > MOST_STEPS / 4 || claims.length * width > MOST_STEPS) return null;
  const ascending = [...claims].sort((a, b) => a.median - b.median);
  const counts = steps(ascending.map(({ median, probability }) => ({ probability, units: median / unit })));
  return inParts(NOTHING, multiples(unit, counts));
}

export const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

function inParts(a: Atoms, b: Atoms): ExactNeed {
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
  return chance;
}

/** How many ascending values do not exceed the amount. */
function valuesUpTo(values: Float64Array, amount: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
