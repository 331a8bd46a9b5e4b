/**
 * What a need is made of, ready to be transformed: its claims, those put together, and the amounts that have a probability of
 * their own (no claim comes, caps, known sizes).
 */
import { type Atoms, type Choice, multiples, NOTHING, countsOf } from "./atoms";
import { condense, type Condensed, grouped, kindsOf } from "./condensed";
import type { Estimate } from "./estimate";
import { exactAtMost, inParts } from "./exact-need";
import { sum } from "./fen";
import { grownSizes } from "./grown-sizes";
import { ofTurns, type Size, sizeOf, type Turns } from "./turns";
import { fillMoments, type RandomClaim, sizeBelow, type SpreadOfSum } from "./uncertain";

/** Each interval is so many times the next smaller one. */
export const LADDER = 8;

/** Claims as they are under one growth. */
export interface World {
  readonly weight: number;
  readonly claims: readonly RandomClaim[];
  /** Their sum, where it is known already. */
  readonly sum?: SpreadOfSum;
  /** The distribution of the amounts that have a probability of their own; null where no sums of two matter. */
  readonly lumps: Lumps | null;
  /** Whether sums of these amounts may come together in the transform; as `lumps` is given, where it is absent. */
  readonly coherent?: boolean;
}

/** Claims that are alike in the product: `absent`, and their exponentials, all of them moved by `shift`. */
export interface Factor {
  readonly count: number;
  readonly absent: number;
  readonly size: Size;
  readonly shift: number;
  /** Of its sizes, the one that has a probability of its own. */
  readonly atom: { readonly size: number; readonly chance: number };
}

export interface Factors {
  /** Amount that the need exceeds all but surely; the shifts of a world add up to it. */
  readonly low: number;
  /** The width of an interval that is narrow enough for all that happens above `low`. */
  readonly narrowest: number;
  readonly worlds: readonly WorldFactors[];
  /** The transform of amounts that have a probability over all worlds together. */
  readonly fixed: Turns;
  readonly turns: number;
}

/** Claims of known sizes that are not alike, in columns: ten thousand objects take longer than their product. */
export interface KnownFactors {
  readonly sizes: Float64Array;
  readonly probabilities: Float64Array;
  readonly shifts: Float64Array;
  /** The sum of the shifts. */
  readonly shift: number;
  /** Σ log |1 − p + i·p|: what their product reaches where their sums do not come together. */
  readonly largest: number;
}

export interface WorldFactors {
  readonly weight: number;
  readonly known: KnownFactors;
  readonly single: readonly Factor[];
  readonly condensed: readonly Condensed[];
  /** Of the condensed claims, the shift of all of them. */
  readonly condensedShift: number;
  readonly listed: Lumps;
  /** The transform of these amounts, as a product; empty where none is worth listing. */
  readonly atoms: readonly Pick<Factor, "size" | "shift">[];
  readonly coherent: boolean;
  /** Whether sums of such amounts are taken out of the transform, or they are left for the sets of growths to show. */
  readonly listsAll: boolean;
}

/** @param fixed amounts whose probabilities over all worlds are taken out; null: each world has its own */
export function factorsOf(worlds: readonly SummedWorld[], fixed: Atoms | null): Factors {
  const ends = worlds.map(({ claims, sum }) => lowerEnd(claims, sum));
  const low = Math.min(...ends.map((end) => end.low));
  // What is read from a grid is not moved, and exact enough for the mean over growths alone.
  const isGrown = low === 0 && worlds.length > 1;
  const ofClaim = isGrown ? grownSizes(worlds.flatMap(({ claims }) => claims)) : sizeOf;
  const factors = worlds.map((world) => worldFactorsOf(world, low, ofClaim, fixed !== null));
  return {
    low,
    narrowest: Math.min(...ends.map(({ narrowest }) => narrowest)),
    worlds: factors,
    fixed: turnsOfAtoms(fixed ?? NO_ATOMS),
    turns: factors.reduce((total, world) => total + turnsIn(world), fixed?.values.length ?? 0),
  };
}

type SummedWorld = World & { readonly sum: SpreadOfSum };

function turnsIn({ known, single, atoms, condensed }: WorldFactors): number {
  const turns = [...single, ...atoms].reduce((total, { size: { cost } }) => total + cost + 4, 5 * known.sizes.length);
  return condensed.reduce(
    (all, { groups }) => groups.reduce((a, g) => a + g.turns.re.length + 20 * g.counts.length, all),
    turns,
  );
}

function worldFactorsOf(
  { weight, claims, sum: { mean }, lumps, coherent = lumps !== null }: SummedWorld,
  low: number,
  ofClaim: (claim: RandomClaim) => Size,
  together: boolean,
): WorldFactors {
  const shiftOf = (claim: RandomClaim): number => (low === 0 ? 0 : low * (meanOf(claim) / mean));
  // Caps have to be seen one by one where the sums of several are taken out.
  const { parts, rest } = condense(claims, lumps === null);
  const kinds = kindsOf(rest);
  const isSingle = (alike: readonly RandomClaim[]): boolean => alike[0]!.spread > 0 || alike.length > MANY;
  const known = knownFactors(kinds.filter((alike) => !isSingle(alike)).flat(), shiftOf);
  const single = kinds.filter(isSingle).map((alike): Factor => {
    const [claim] = alike;
    return {
      count: alike.length,
      absent: 1 - claim.probability,
      size: ofClaim(claim),
      shift: shiftOf(claim),
      atom: atomOf(claim),
    };
  });
  const shifts = single.reduce((total, { shift, count }) => total + count * shift, known.shift);
  return {
    weight,
    known,
    single,
    condensed: parts,
    condensedShift: low - shifts,
    ...(lumps ? allAtoms(claims, lumps, shiftOf) : together ? NONE_LISTED : fewAtoms(claims, low)),
    coherent,
    listsAll: lumps !== null || together,
  };
}

/** From so many alike on, a power takes less time than a product. */
const MANY = 8;

function knownFactors(claims: readonly RandomClaim[], shiftOf: (claim: RandomClaim) => number): KnownFactors {
  const shifts = Float64Array.from(claims, shiftOf);
  return {
    sizes: Float64Array.from(claims, ({ median }) => median),
    probabilities: Float64Array.from(claims, ({ probability }) => probability),
    shifts,
    shift: sum(shifts),
    largest: claims.reduce((all, { probability: p }) => all + Math.log(p * p + (1 - p) * (1 - p)) / 2, 0),
  };
}

const two = new Float64Array(2);
function meanOf(claim: RandomClaim): number {
  fillMoments(claim, 1, two);
  return claim.probability * two[0]!;
}

function atomOf(claim: RandomClaim): { size: number; chance: number } {
  const { median, probability, spread, cap } = claim;
  if (spread === 0) return { size: median, chance: probability };
  return cap === Infinity ? { size: 0, chance: 0 } : { size: cap, chance: probability * (1 - sizeBelow(claim, cap)) };
}

/** Probabilities that are not worth listing. */
export const LIGHT = 1e-7;

/** P(the need is one of the amounts that have a probability of their own, up to this one). */
export type Lumps = (amount: number) => Estimate;

type Listed = Pick<WorldFactors, "listed" | "atoms">;

/** All sums of the amounts that have a probability of their own; those of one size are counted. */
function allAtoms(claims: readonly RandomClaim[], listed: Lumps, shiftOf: (claim: RandomClaim) => number): Listed {
  const choices = claims.map(choiceOf);
  const places = [...grouped([...choices.keys()], (k) => choices[k]!.size)];
  return {
    listed,
    atoms: places.map(([size, alike]) => ({
      size: ofTurns(turnsOfAtoms(multiples(size, countsOf(alike.map((k) => choices[k]!))))),
      shift: alike.reduce((all, k) => all + shiftOf(claims[k]!), 0),
    })),
  };
}

const NO_ATOMS: Atoms = { values: new Float64Array(), chances: new Float64Array() };
const NONE_LISTED: Listed = { listed: () => ({ chance: 0, error: 0 }), atoms: [] };

/** Nothing, and one claim that comes, where these have a probability that is worth listing. */
function fewAtoms(claims: readonly RandomClaim[], low: number): Listed {
  const absent = claims.reduce((all, { probability }) => all * (1 - probability), 1);
  const most = claims.reduce((all, { probability }) => all + probability / (1 - probability), 1);
  if (absent === 0 || absent * most < LIGHT) return NONE_LISTED;
  const choices = claims.map(choiceOf);
  const ones = choices.reduce((all, choice) => all + choice.present / choice.absent, 0);
  if (absent * (1 + ones) < LIGHT) return NONE_LISTED;
  const { values, chances } = atMostOne(choices.filter(({ present }) => present > 0));
  const few = { values, chances: chances.map((chance) => absent * chance) };
  const sums = inParts(NOTHING, few);
  return {
    listed: (amount) => ({ chance: exactAtMost(sums, amount), error: 0 }),
    atoms: [{ size: ofTurns(turnsOfAtoms(few)), shift: low }],
  };
}

export const choiceOf = (claim: RandomClaim): Choice => {
  const { size, chance } = atomOf(claim);
  return { size, absent: 1 - claim.probability, present: chance };
};

/**
 * Whether sums of two claims or more have probabilities of their own that matter: the root of Σ of their squares is what
 * the transform never falls below, in the square mean.
 */
export function hasHeavyAmounts(claims: readonly RandomClaim[], light = LIGHT): boolean {
  let most = 1;
  // Each claim only makes them lighter.
  const areLight = claims.some(({ probability: p, spread, cap }) => {
    if (spread === 0 || cap < Infinity) most *= p * p + (1 - p) * (1 - p);
    else most *= (1 - p) * (1 - p);
    return most <= light ** 2;
  });
  if (areLight) return false;
  const choices = claims.map(choiceOf);
  const none = choices.reduce((all, { absent }) => all * absent, 1);
  const squares = choices.reduce((all, { absent, present }) => all * (absent ** 2 + present ** 2), 1);
  const ones = choices.reduce((all, { absent, present }) => all + (absent === 0 ? 0 : present / absent) ** 2, 1);
  // Where a claim is certain to come, nothing and one claim are no sums of their own.
  return squares - (none === 0 ? 0 : none ** 2 * ones) > light ** 2;
}

/** Nothing or one of the choices, relative to the probability of nothing. */
function atMostOne(choices: readonly Choice[]): Atoms {
  const sizes = [...grouped(choices, ({ size }) => size)].sort(([a], [b]) => a - b);
  const ratio = (alike: readonly Choice[]): number =>
    alike.reduce((all, { absent, present }) => all + present / absent, 0);
  return {
    values: Float64Array.from([0, ...sizes.map(([size]) => size)]),
    chances: Float64Array.from([1, ...sizes.map(([, alike]) => ratio(alike))]),
  };
}

/** e^(−EXPONENT) is what may lie below the lower end. */
const EXPONENT = 50;

/**
 * For sizes not below zero P(need ≤ mean − d) ≤ e^(−d² / 2Σv) with v = E[size²], or the variance proxy of Kearns and Saul
 * for a claim of known size; also for the claims cut to any cap, which takes the tails out of v.
 */
function lowerEnd(claims: readonly RandomClaim[], total: SpreadOfSum): { low: number; narrowest: number } {
  const largest = claims.reduce((most, { median }) => Math.max(most, median), 0);
  // Below the smallest size at which anything comes there is nothing but the list.
  const smallest = claims.reduce(
    (least, { median, spread }) => Math.min(least, median * Math.exp(-8 * spread)),
    Infinity,
  );
  let best = { low: 0, narrowest: smallest / LADDER };
  if (claims.length < 40) return best;
  const cuts = [4 * largest, largest, largest / 8, largest / 64].filter((cut) =>
    claims.some(({ median, spread, cap }) => (spread > 0 ? cap : median) > cut),
  );
  for (const cut of [Infinity, ...cuts]) {
    const whole = cut === Infinity;
    if (!whole && mostUnder(claims, cut) < best.low) continue;
    let mean = whole ? total.mean : 0;
    let proxy = whole ? total.squares : 0;
    for (const claim of claims) {
      const { probability: p, median, spread, cap } = claim;
      if (spread === 0) {
        const size = Math.min(median, cut);
        if (!whole) mean += p * size;
        proxy += size * size * (p === 0.5 ? 0.25 : Math.min(p, (1 - 2 * p) / (2 * Math.log((1 - p) / p))));
      } else if (!whole) {
        fillMoments({ ...claim, cap: Math.min(cap, cut) }, 1, two);
        mean += p * two[0]!;
        proxy += p * two[1]!;
      }
    }
    const distance = Math.sqrt(2 * EXPONENT * proxy);
    if (mean - distance > best.low) best = { low: mean - distance, narrowest: distance / LADDER };
  }
  return best;
}

/** What the mean of claims cut to an amount does not exceed. */
const mostUnder = (claims: readonly RandomClaim[], cut: number): number =>
  claims.reduce((all, { probability, median, spread, cap }) => {
    const mean = spread === 0 ? median : median * Math.exp((spread * spread) / 2);
    return all + probability * Math.min(mean, cap, cut);
  }, 0);

const turnsOfAtoms = ({ values, chances }: Atoms): Turns => ({
  re: [...values],
  im: new Array<number>(values.length).fill(0),
  weightRe: [...chances],
  weightIm: new Array<number>(values.length).fill(0),
});
