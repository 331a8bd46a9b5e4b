/** Distributions as lists: values in ascending order and the probability of each. */
import { grouped } from "./condensed";

export interface Atoms {
  readonly values: Float64Array;
  readonly chances: Float64Array;
  /** Set where neighbouring values were put together. */
  readonly together?: boolean;
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
function added(a: Atoms, b: Atoms, most: number): Atoms {
  const [long, short] = a.values.length > b.values.length ? [a, b] : [b, a];
  let sums: Atoms = { values: new Float64Array(), chances: new Float64Array() };
  short.values.forEach((value, place) => {
    const chance = short.chances[place]!;
    if (chance === 0) return;
    sums = merged(sums, long, value, chance);
    if (sums.values.length > 2 * most) sums = shortenedTo(sums, most);
  });
  if (sums.values.length > most) sums = shortenedTo(sums, most);
  return { ...sums, together: [a, b, sums].some((list) => list.together === true) };
}

/** An ascending list and a second one, its values moved and its chances multiplied, in one; equal values once. */
function merged(a: Atoms, b: Atoms, move: number, factor: number): Atoms {
  const [x, y, p, q] = [a.values, b.values, a.chances, b.chances];
  const values = new Float64Array(x.length + y.length);
  const chances = new Float64Array(values.length);
  let [length, i, j] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const [left, right] = [x[i]!, y[j]! + move];
    values[length] = left <= right ? left : right;
    chances[length++] = (left <= right ? p[i++]! : 0) + (right <= left ? factor * q[j++]! : 0);
  }
  for (; i < x.length; length++) [values[length], chances[length]] = [x[i]!, p[i++]!];
  for (; j < y.length; length++) [values[length], chances[length]] = [y[j]! + move, factor * q[j++]!];
  return { ...a, values: values.subarray(0, length), chances: chances.subarray(0, length) };
}

/** What a list may lose each time it is shortened. */
const DROPPED = 1e-11;

/** Without its lightest values, and where they are still too many with neighbours put together. */
function shortenedTo(list: Atoms, most: number): Atoms {
  const rest = withoutLightest(list);
  return rest.values.length > most ? thinned(rest, most) : rest;
}

/** Powers of two that are told apart. */
const POWERS = 128;

function withoutLightest(list: Atoms): Atoms {
  const { values, chances } = list;
  const byPower = new Float64Array(POWERS);
  for (const chance of chances) byPower[powerOf(chance)]! += chance;
  let last = POWERS - 1;
  for (let dropped = 0; dropped + byPower[last]! <= DROPPED; last--) dropped += byPower[last]!;
  const least = 2 ** -(last + 1);
  const fewer = { values: new Float64Array(values.length), chances: new Float64Array(values.length) };
  let length = 0;
  for (let k = 0; k < values.length; k++) {
    if (chances[k]! <= least) continue;
    fewer.values[length] = values[k]!;
    fewer.chances[length++] = chances[k]!;
  }
  return { ...list, values: fewer.values.subarray(0, length), chances: fewer.chances.subarray(0, length) };
}

/** A chance above 2^−(n+1), and at most 2^−n, has the power n. */
const powerOf = (chance: number): number => Math.min(POWERS - 1, Math.floor(-Math.log2(chance)));

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
  return { values: fewer.values.slice(0, length), chances: fewer.chances.slice(0, length), together: true };
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
