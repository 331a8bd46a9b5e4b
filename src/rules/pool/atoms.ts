/** Distributions as lists: values in ascending order and the probability of each. */
import { grouped } from "./condensed";

export interface Atoms {
  readonly values: Float64Array;
  readonly chances: Float64Array;
}

/** What a claim adds where its size is known: nothing with one probability, its size with another. */
export interface Choice {
  readonly size: number;
  readonly absent: number;
  readonly present: number;
}

/** Ends of a distribution that are never seen again: 10,000 claims together lose less than 1e-12. */
const NEGLIGIBLE = 1e-17;

export const NOTHING: Atoms = { values: Float64Array.of(0), chances: Float64Array.of(1) };

/** The sum of independent choices; where it has more than `most` values, neighbours of little weight are put together. */
export function listed(choices: readonly Choice[], most: number): Atoms {
  const parts = [...grouped(choices, ({ size }) => size)].map(([size, alike]) => multiples(size, countsOf(alike)));
  parts.sort((a, b) => b.values.length - a.values.length);
  return parts.reduce((sum, part) => added(sum, part, most), NOTHING);
}

export interface Counts {
  readonly lowest: number;
  readonly chances: Float64Array;
}

/** How many of the choices of one size are present. Source: Poisson-binomial distribution, one choice added at a time. */
export const countsOf = (choices: readonly Choice[]): Counts =>
  steps(choices.map((choice) => ({ ...choice, size: 1 })));

/** The distribution of the sum of sizes that are whole numbers, with negligible ends cut off after each. */
function steps(choices: readonly Choice[]): Counts {
  const longest = choices.reduce((total, { size }) => total + size, 1);
  const chances = new Float64Array(longest);
  chances[0] = 1;
  let low = 0;
  let high = 0;
  for (const { absent, present, size } of choices) {
    for (let at = high + size; at >= low; at--) {
      const comes = at - size >= low ? chances[at - size]! : 0;
      chances[at] = chances[at]! * absent + comes * present;
    }
    high += size;
    for (; low < high && chances[low]! < NEGLIGIBLE; low++) chances[low] = 0;
    for (; high > low && chances[high]! < NEGLIGIBLE; high--) chances[high] = 0;
  }
  return { lowest: low, chances: chances.slice(low, high + 1) };
}

export const multiples = (size: number, { lowest, chances }: Counts): Atoms => ({
  values: chances.map((_, count) => size * (lowest + count)),
  chances,
});

/** Sum of two independent parts, equal sums together. */
export function added(a: Atoms, b: Atoms, most = Infinity): Atoms {
  const [long, short] = a.values.length > b.values.length ? [a, b] : [b, a];
  let sums: Atoms = { values: new Float64Array(), chances: new Float64Array() };
  short.values.forEach((value, place) => {
    const chance = short.chances[place]!;
    if (chance === 0) return;
    sums = merged(sums, {
      values: long.values.map((other) => other + value),
      chances: long.chances.map((other) => chance * other),
    });
    if (sums.values.length > 2 * most) sums = thinned(sums, most);
  });
  return sums.values.length > most ? thinned(sums, most) : sums;
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

/**
 * A list of about `most` values. Neighbours go together, at their common mean, as long as they weigh less than a value has
 * on the average: heavy values stay exactly where they are, and no probability changes by more than such a weight.
 */
function thinned({ values, chances }: Atoms, most: number): Atoms {
  const weight = (2 * chances.reduce((sum, chance) => sum + chance, 0)) / most;
  const fewer = { values: new Float64Array(values.length), chances: new Float64Array(values.length) };
  let length = 0;
  for (let first = 0; first < values.length;) {
    let chance = chances[first]!;
    let moment = chance * values[first]!;
    let next = first + 1;
    for (; next < values.length && chance + chances[next]! <= weight; next++) {
      chance += chances[next]!;
      moment += chances[next]! * values[next]!;
    }
    fewer.values[length] = next === first + 1 || chance === 0 ? values[first]! : moment / chance;
    fewer.chances[length++] = chance;
    first = next;
  }
  return { values: fewer.values.slice(0, length), chances: fewer.chances.slice(0, length) };
}

/** How many ascending values do not exceed the amount. */
export function valuesUpTo(values: Float64Array, amount: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
