/** The distribution of the need where every size is known: which claims come is all that is uncertain. */
import { type Atoms, type Choice, listed, multiples, NOTHING, steps, valuesUpTo } from "./atoms";
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

const choiceOf = ({ median, probability }: RandomClaim): Choice => ({
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
export const exactNeed = (claims: readonly RandomClaim[]): ExactNeed | null => inHalves(claims) ?? onLattice(claims);

function inHalves(claims: readonly RandomClaim[]): ExactNeed | null {
  const [a, b] = halves(claims);
  const values = (half: readonly RandomClaim[]): number => {
    const bySize = new Map<number, number>();
    for (const { median } of half) bySize.set(median, (bySize.get(median) ?? 0) + 1);
    return [...bySize.values()].reduce((product, count) => product * (count + 1), 1);
  };
  if (values(a) > MOST_VALUES || values(b) > MOST_VALUES) return null;
  return inParts(listed(a.map(choiceOf), Infinity), listed(b.map(choiceOf), Infinity));
}

/**
 * The same where the lists would be too long: values of little weight are put together with their neighbours. The heavy
 * ones stay, and the two lists together still distinguish more sums than either weighs.
 */
export function shortenedNeed(claims: readonly RandomClaim[], most: number): ExactNeed {
  const [a, b] = halves(claims);
  return inParts(listed(a.map(choiceOf), most), listed(b.map(choiceOf), most));
}

/** Two halves in which as much is uncertain; claims of one size stay together. */
function halves(claims: readonly RandomClaim[]): [RandomClaim[], RandomClaim[]] {
  const groups = new Map<number, { alike: RandomClaim[]; doubt: number }>();
  for (const claim of claims) {
    const group = groups.get(claim.median) ?? { alike: [], doubt: 0 };
    group.alike.push(claim);
    group.doubt += claim.probability * (1 - claim.probability);
    groups.set(claim.median, group);
  }
  const both: [RandomClaim[], RandomClaim[]] = [[], []];
  const doubts: [number, number] = [0, 0];
  for (const { alike, doubt } of [...groups.values()].sort((a, b) => b.doubt - a.doubt)) {
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
