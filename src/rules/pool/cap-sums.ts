/**
 * Claims under a common growth that are all absent or at their caps: such a sum does not move with the growth, only its
 * probability does, and it has one of its own over all growths.
 */
import { type Atoms, NOTHING } from "./atoms";
import { exactAtMost, inParts } from "./exact-need";
import { gaussLegendre, probabilityBelow } from "./normal";
import { type CommonGrowth, type RandomClaim, sizeBelow } from "./uncertain";

/** Sums that are told apart, of very many claims fewer; and what is too rare to be. */
const MOST_SUMS = 2 ** 9;
const MOST_STEPS = 2 ** 17;
const RARE = 5e-6;

/** The growth's normal variable is looked at within ±REACH, in cells that are no wider than this, of a few growths each. */
const REACH = 6;
const WIDEST = 1 / 2;
const NARROWEST = 1 / 64;
const IN_CELL = gaussLegendre(4);

/** A growth and how much of all it stands for. */
export interface Weighed {
  readonly factor: number;
  readonly weight: number;
}

export interface CapSums {
  /** P(every claim is absent or at its cap and the need ≤ amount) over all growths, as far as listed. */
  readonly atMost: (amount: number) => number;
  readonly listed: Atoms;
  /** The listed sums, with their probabilities under the growths that were given. */
  readonly under: Atoms;
  /** What the sums that are not listed have together, and the likeliest of them. */
  readonly left: { readonly all: number; readonly one: number };
}

interface CapSum {
  readonly amount: number;
  readonly chance: number;
  /** Under each growth, times its weight. */
  readonly chances: Float64Array;
}

/**
 * The likeliest sums, chosen by their probabilities over all growths.
 * @param some growths that the probabilities are wanted under, too
 */
export function capSumsOf(
  random: readonly RandomClaim[],
  growth: CommonGrowth,
  some: readonly Weighed[] = [],
): CapSums {
  const claims = random.filter(({ probability, median, cap }) => probability > 0 && median > 0 && cap > 0);
  const all = allGrowths(claims, growth);
  const growths = [...all, ...some];
  const overAll = (chances: Float64Array): number => added(chances, 0, all.length);
  const whole = Float64Array.from(growths, ({ weight }) => weight);
  const most = Math.min(MOST_SUMS, Math.ceil(MOST_STEPS / claims.length));
  let still = whole;
  let sums: CapSum[] = [{ amount: 0, chance: 1, chances: whole }];
  let one = 0;
  for (const claim of claims) {
    const { cap, probability } = claim;
    const atCap = Float64Array.from(growths, ({ factor }) => probability * partAtCap(claim, factor));
    still = still.map((chance, k) => chance * (1 - probability + atCap[k]!));
    const next = new Map<number, Float64Array>();
    for (const { amount, chances } of sums) {
      const present = cap < Infinity ? slot(next, amount + cap, growths.length) : null;
      const absent = probability < 1 ? slot(next, amount, growths.length) : null;
      for (let k = 0; k < chances.length; k++) {
        if (present) present[k]! += chances[k]! * atCap[k]!;
        if (absent) absent[k]! += chances[k]! * (1 - probability);
      }
    }
    const ordered = [...next]
      .map(([amount, chances]) => ({ amount, chances, chance: overAll(chances) }))
      .sort((a, b) => b.chance - a.chance);
    const kept = ordered.findIndex(({ chance }, k) => k >= most || chance < RARE);
    // What was left out before is as much rarer as this claim makes it.
    one *= Math.max(1 - probability, ...atCap);
    if (kept >= 0) one = Math.max(one, ordered[kept]!.chance);
    sums = kept >= 0 ? ordered.slice(0, kept) : ordered;
  }
  sums.sort((a, b) => a.amount - b.amount);
  const values = Float64Array.from(sums, ({ amount }) => amount);
  const listed = Float64Array.from(sums, ({ chance }) => chance);
  const exact = sums.length > 0 ? inParts(NOTHING, { values, chances: listed }) : null;
  const rest = Math.max(0, overAll(still) - added(listed, 0, listed.length));
  return {
    listed: { values, chances: listed },
    atMost: (amount) => (exact ? exactAtMost(exact, amount) : 0),
    under: { values, chances: Float64Array.from(sums, ({ chances }) => added(chances, all.length, chances.length)) },
    left: { all: rest, one: Math.min(rest, one) },
  };
}

function slot(sums: Map<number, Float64Array>, amount: number, length: number): Float64Array {
  const known = sums.get(amount) ?? new Float64Array(length);
  sums.set(amount, known);
  return known;
}

function added(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let k = from; k < to; k++) total += values[k]!;
  return total;
}

/** P(a claim that comes is at its cap) under a growth. */
function partAtCap(claim: RandomClaim, factor: number): number {
  const { median, spread, cap } = claim;
  if (cap === Infinity) return 0;
  if (spread === 0) return median * factor >= cap ? 1 : 0;
  return 1 - sizeBelow({ ...claim, median: median * factor }, cap);
}

/** All growths in cells that end where a known size reaches its cap, and in which sizes of the narrowest spread are smooth. */
function allGrowths(claims: readonly RandomClaim[], { median: middle, spread: swing }: CommonGrowth): Weighed[] {
  const capped = claims.filter(({ cap }) => cap < Infinity);
  const narrowest = capped.reduce(
    (least, { spread }) => (spread > 0 ? Math.min(least, spread / swing) : least),
    Infinity,
  );
  const width = Math.max(NARROWEST, Math.min(WIDEST, narrowest));
  const ends = capped
    .filter(({ spread }) => spread === 0)
    .map(({ median, cap }) => Math.log(cap / median / middle) / swing)
    .filter((z) => Math.abs(z) < REACH);
  const regular = Array.from({ length: Math.ceil((2 * REACH) / width) + 1 }, (_, k) =>
    Math.min(REACH, k * width - REACH),
  );
  const places = [...new Set([...regular, ...ends])].sort((a, b) => a - b);
  return places.slice(1).flatMap((end, k) => {
    const from = places[k]!;
    const nodes = [...IN_CELL.points].map((point, i) => {
      const z = (from + end + (end - from) * point) / 2;
      return { z, density: IN_CELL.weights[i]! * Math.exp((-z * z) / 2) };
    });
    const total = nodes.reduce((all, { density }) => all + density, 0);
    const mass = probabilityBelow(end) - probabilityBelow(from);
    return nodes.map(({ z, density }) => ({
      factor: middle * Math.exp(swing * z),
      weight: (mass * density) / total,
    }));
  });
}
