/**
 * The distribution of a need from its Laplace transform, which is the product of the claims' transforms.
 *
 * Amounts that have a probability of their own (no claim comes, caps, known sizes) are listed and taken out of the
 * transform, so that what is inverted is continuous. The inverse is a Fourier series on an interval (Dubner and Abate 1968,
 * Abate and Whitt 1992): its period is twice the interval, and a factor e^(−tilt·x) keeps what lies beyond from coming
 * round. A need that ranges over many orders of magnitude gets an interval for each: a long tail does not make the body
 * coarse. The series is doubled until doubling changes nothing, and its last change is the error that is reported.
 */
import { type Atoms, type Choice, multiples, NOTHING, countsOf } from "./atoms";
import { addLogarithms, condense, type Condensed, grouped, kindOf } from "./condensed";
import type { Estimate } from "./estimate";
import { exactAtMost, inParts } from "./exact-need";
import { fourier } from "./fourier";
import { addTurns, magnitude, type Turns, turnsOf } from "./turns";
import { fillMoments, type RandomClaim, sizeBelow, spreadOfSum, upperEnd } from "./uncertain";

export interface SmoothNeed {
  readonly high: number;
  /** P(need ≤ amount). */
  atMost(amount: number): Estimate;
}

/**
 * What the change of a series does not show: claims put together, what comes round, the ends that are cut off. In none of
 * 500 portfolios was the error larger than what is stated with it (docs/pools.md).
 */
const UNSEEN = 5e-7;
/** What comes round is e^−22 = 3e-10 of a probability. */
const TILT_OF_PERIOD = 22;
/** Each interval is so many times the next smaller one. */
const LADDER = 8;
const FEWEST_WAVES = 128;
const MOST_WAVES = 2 ** 16;
/** Turns of a pointer that one interval may cost, about two nanoseconds each. */
const MOST_TURNS = 4e8;

/**
 * @param settled a change of the series that ends the doubling
 * @param lumps the distribution of the amounts that have a probability of their own; null where no sums of two matter
 */
export function smoothNeed(claims: readonly RandomClaim[], settled: number, lumps: Lumps | null): SmoothNeed {
  const factors = factorsOf(claims, lumps);
  const top = upperEnd(claims) - factors.low;
  const intervals = new Map<number, Interval>();
  const intervalFor = (place: number): Interval => {
    let rung = 0;
    for (let width = top / LADDER; width >= place && width > factors.narrowest; width /= LADDER) rung++;
    const known = intervals.get(rung) ?? intervalOf(factors, top / LADDER ** rung, settled);
    intervals.set(rung, known);
    return known;
  };
  const atMost = (amount: number): Estimate => {
    if (amount >= factors.low + top) return { chance: 1, error: UNSEEN };
    const place = amount - factors.low;
    const nothing = place <= 0 || (factors.low === 0 && place < factors.narrowest);
    const listed = factors.listed(amount);
    const rest = nothing ? { chance: 0, error: 0 } : intervalFor(place)(place);
    return {
      chance: Math.min(1, Math.max(0, listed.chance + rest.chance)),
      error: listed.error + rest.error + UNSEEN,
    };
  };
  return { high: factors.low + top, atMost };
}

/** Claims that are alike in the product: `absent`, and their exponentials, all of them moved by `shift`. */
interface Factor {
  readonly count: number;
  readonly absent: number;
  readonly turns: Turns;
  readonly shift: number;
  /** Of its sizes, the one that has a probability of its own. */
  readonly atom: { readonly size: number; readonly chance: number };
}

interface Factors {
  /** Amount that the need exceeds all but surely; the shifts add up to it. */
  readonly low: number;
  /** The width of an interval that is narrow enough for all that happens above `low`. */
  readonly narrowest: number;
  readonly single: readonly Factor[];
  readonly condensed: readonly Condensed[];
  /** Of the condensed claims, the shift of all of them. */
  readonly condensedShift: number;
  readonly listed: Lumps;
  /** The transform of these amounts, as a product; empty where none is worth listing. */
  readonly atoms: readonly Pick<Factor, "turns" | "shift">[];
  /** Whether they are all the sums of such amounts. */
  readonly heavy: boolean;
  readonly turns: number;
}

function factorsOf(claims: readonly RandomClaim[], lumps: Lumps | null): Factors {
  const { low, narrowest } = lowerEnd(claims);
  const { mean } = spreadOfSum(claims);
  const shiftOf = (claim: RandomClaim): number => (low === 0 ? 0 : low * (meanOf(claim) / mean));
  const heavy = lumps !== null;
  // Caps have to be seen one by one where the sums of several are taken out.
  const { parts, taken } = condense(claims, !heavy);
  const rest = claims.filter((claim) => !taken.has(claim));
  const single = [...grouped(rest, kindOf).values()].map((alike): Factor => {
    const [claim] = alike as [RandomClaim];
    return {
      count: alike.length,
      absent: 1 - claim.probability,
      turns: turnsOf(claim),
      shift: shiftOf(claim),
      atom: atomOf(claim),
    };
  });
  const shifts = single.reduce((total, { shift, count }) => total + count * shift, 0);
  const atoms = lumps ? allAtoms(claims, lumps, shiftOf) : fewAtoms(claims, low);
  const turns = [...single, ...atoms.atoms].reduce((total, { turns: { re } }) => total + re.length + 4, 0);
  const many = parts.reduce(
    (all, { groups }) => groups.reduce((a, g) => a + g.turns.re.length + 20 * g.counts.length, all),
    0,
  );
  return {
    low,
    narrowest,
    single,
    condensed: parts,
    condensedShift: low - shifts,
    ...atoms,
    heavy,
    turns: turns + many,
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

type Listed = Pick<Factors, "listed" | "atoms">;

/** All sums of the amounts that have a probability of their own; those of one size are counted. */
function allAtoms(claims: readonly RandomClaim[], listed: Lumps, shiftOf: (claim: RandomClaim) => number): Listed {
  const choices = claims.map(choiceOf);
  const places = [...grouped([...choices.keys()], (k) => choices[k]!.size)];
  return {
    listed,
    atoms: places.map(([size, alike]) => ({
      turns: turnsOfAtoms(multiples(size, countsOf(alike.map((k) => choices[k]!)))),
      shift: alike.reduce((all, k) => all + shiftOf(claims[k]!), 0),
    })),
  };
}

/** Nothing, and one claim that comes, where these have a probability that is worth listing. */
function fewAtoms(claims: readonly RandomClaim[], low: number): Listed {
  const choices = claims.map(choiceOf);
  const weight = choices.reduce((all, { absent, present }) => all * (absent + present), 1);
  if (weight < LIGHT || choices.some((choice) => choice.absent === 0))
    return { listed: () => ({ chance: 0, error: 0 }), atoms: [] };
  const absent = choices.reduce((all, choice) => all * choice.absent, 1);
  const { values, chances } = atMostOne(choices.filter(({ present }) => present > 0));
  const few = { values, chances: chances.map((chance) => absent * chance) };
  const sums = inParts(NOTHING, few);
  return {
    listed: (amount) => ({ chance: exactAtMost(sums, amount), error: 0 }),
    atoms: [{ turns: turnsOfAtoms(few), shift: low }],
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
export function hasHeavyAmounts(claims: readonly RandomClaim[]): boolean {
  const choices = claims.map(choiceOf);
  const none = choices.reduce((all, { absent }) => all * absent, 1);
  const squares = choices.reduce((all, { absent, present }) => all * (absent ** 2 + present ** 2), 1);
  const ones = choices.reduce((all, { absent, present }) => all + (absent === 0 ? 0 : present / absent) ** 2, 1);
  // Where a claim is certain to come, nothing and one claim are no sums of their own.
  return squares - (none === 0 ? 0 : none ** 2 * ones) > LIGHT ** 2;
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
function lowerEnd(claims: readonly RandomClaim[]): { low: number; narrowest: number } {
  const largest = claims.reduce((most, { median }) => Math.max(most, median), 0);
  // Below the smallest size at which anything comes there is nothing but the list.
  const smallest = claims.reduce(
    (least, { median, spread }) => Math.min(least, median * Math.exp(-8 * spread)),
    Infinity,
  );
  let best = { low: 0, narrowest: smallest / LADDER };
  if (claims.length < 40) return best;
  for (const cut of [Infinity, 4 * largest, largest, largest / 8, largest / 64]) {
    let mean = 0;
    let proxy = 0;
    for (const claim of claims) {
      const { probability: p, median, spread, cap } = claim;
      if (spread === 0) {
        const size = Math.min(median, cut);
        mean += p * size;
        proxy += size * size * (p === 0.5 ? 0.25 : Math.min(p, (1 - 2 * p) / (2 * Math.log((1 - p) / p))));
      } else {
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

type Interval = (place: number) => Estimate;

/** The continuous part of P(need ≤ low + place) for places up to the width that the next smaller interval leaves to it. */
function intervalOf(factors: Factors, width: number, settled: number): Interval {
  const period = 2 * width;
  const grid = { tilt: TILT_OF_PERIOD / period, delta: (2 * Math.PI) / period };
  let real: Float64Array = new Float64Array();
  let imaginary: Float64Array = new Float64Array();
  let table: Float64Array = new Float64Array();
  let error = 1;
  for (let count = FEWEST_WAVES; ; count *= 2) {
    const [re, im] = [new Float64Array(count), new Float64Array(count)];
    re.set(real);
    im.set(imaginary);
    transform(factors, grid, real.length, re, im);
    [real, imaginary] = [re, im];
    const finer = inverted(real, imaginary, grid, period);
    if (table.length > 0) {
      error = 0;
      const [first, last] = [Math.floor(table.length / (2.5 * LADDER)), table.length / 2];
      for (let k = first; k <= last; k++) error = Math.max(error, Math.abs(table[k]! - finer[2 * k]!));
    }
    table = finer;
    const settles = error < settled && largestBeyond(factors, count * grid.delta) < REVIVAL * settled;
    if (settles || 2 * count > MOST_WAVES || 2 * count * factors.turns > MOST_TURNS) break;
  }
  const step = period / table.length;
  return (place) => ({ chance: between(table, place / step), error });
}

/** Sizes of a narrow spread are nearly multiples of one amount: a transform that has vanished may come again this much more strongly than the series settles. */
const REVIVAL = 10;

/** What the transform of the continuous part does not exceed beyond a frequency, as the transform of each size only falls. */
function largestBeyond({ single, condensed, heavy }: Factors, frequency: number): number {
  let [all, listed] = [0, 0];
  for (const { count, absent, turns, atom } of single) {
    const known = heavy ? absent + atom.chance : Math.hypot(absent, atom.chance);
    all += count * Math.log(known + magnitude(turns, frequency, atom.size, atom.chance));
    listed += count * Math.log(known);
  }
  for (const { turns, counts } of condensed.flatMap(({ groups }) => groups)) {
    const size = magnitude(turns, frequency);
    for (const { probability, count } of counts) all += count * Math.log(1 - probability + probability * size);
  }
  return Math.exp(all) - (heavy ? Math.exp(listed) : 0);
}

/** Transform of the continuous part, divided by z, at the waves from … on. */
function transform(
  factors: Factors,
  grid: { readonly tilt: number; readonly delta: number },
  from: number,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  const length = real.length - from;
  const all = new Product(length);
  const atoms = new Product(factors.atoms.length === 0 ? 0 : length);
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  const logs = { re: new Float64Array(length), im: new Float64Array(length) };
  for (const part of factors.condensed) {
    addLogarithms(part, grid, from, logs, (turns, x, y) => addTurns(turns, 0, grid, from, x, y));
  }
  if (factors.condensed.length > 0) all.timesPower(logs, factors.condensedShift, grid, from);
  for (const { count, absent, turns, shift } of factors.single) {
    re.fill(0);
    im.fill(0);
    addTurns(standing(absent), shift, grid, from, re, im);
    addTurns(turns, shift, grid, from, re, im);
    all.times(re, im, count);
  }
  for (const { turns, shift } of factors.atoms) {
    re.fill(0);
    im.fill(0);
    addTurns(turns, shift, grid, from, re, im);
    atoms.times(re, im);
  }
  for (let j = 0; j < length; j++) {
    const x = all.re[j]! - (atoms.re[j] ?? 0);
    const y = all.im[j]! - (atoms.im[j] ?? 0);
    const [a, b] = [grid.tilt, (from + j) * grid.delta];
    const square = a * a + b * b;
    real[from + j] = (x * a + y * b) / square;
    imaginary[from + j] = (y * a - x * b) / square;
  }
}

const standing = (chance: number): Turns => ({ re: [0], im: [0], weightRe: [chance], weightIm: [0] });

const turnsOfAtoms = ({ values, chances }: Atoms): Turns => ({
  re: [...values],
  im: new Array<number>(values.length).fill(0),
  weightRe: [...chances],
  weightIm: new Array<number>(values.length).fill(0),
});

class Product {
  readonly re: Float64Array;
  readonly im: Float64Array;
  constructor(length: number) {
    this.re = new Float64Array(length).fill(1);
    this.im = new Float64Array(length);
  }
  /** Times the factor, as often as `count`. */
  times(re: Float64Array, im: Float64Array, count = 1): void {
    for (let j = 0; j < this.re.length; j++) {
      let [a, b] = [re[j]!, im[j]!];
      if (count > 1) {
        const size = Math.hypot(a, b) ** count;
        const angle = count * Math.atan2(b, a);
        [a, b] = [size * Math.cos(angle), size * Math.sin(angle)];
      }
      const [x, y] = [this.re[j]!, this.im[j]!];
      this.re[j] = x * a - y * b;
      this.im[j] = x * b + y * a;
    }
  }
  /** Times e^(log + shift·z). Once it has vanished it stays so: beyond, the logarithms of condensed claims mean nothing. */
  timesPower(
    logs: { readonly re: Float64Array; readonly im: Float64Array },
    shift: number,
    grid: { readonly tilt: number; readonly delta: number },
    from: number,
  ): void {
    let vanished = false;
    for (let j = 0; j < this.re.length; j++) {
      const exponent = logs.re[j]! + shift * grid.tilt;
      vanished ||= exponent < -60;
      const size = vanished ? 0 : Math.exp(exponent);
      const angle = logs.im[j]! + shift * (from + j) * grid.delta;
      const [x, y] = [this.re[j]!, this.im[j]!];
      const [a, b] = [size * Math.cos(angle), size * Math.sin(angle)];
      this.re[j] = x * a - y * b;
      this.im[j] = x * b + y * a;
    }
  }
}

/** Values on a grid of four points for the shortest wave; the last waves are damped so that an edge does not ring. */
function inverted(
  real: Float64Array,
  imaginary: Float64Array,
  { tilt }: { readonly tilt: number },
  period: number,
): Float64Array {
  const waves = real.length;
  const count = 4 * waves;
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  for (let j = 0; j < waves; j++) {
    const kept = (j === 0 ? 1 : 2) * Math.exp(-36 * (j / waves) ** 10);
    re[j] = kept * real[j]!;
    // The transform turns backwards: of the conjugate it gives the conjugate of what is wanted.
    im[j] = -kept * imaginary[j]!;
  }
  fourier(re, im);
  const step = period / count;
  return re.map((value, k) => (value / period) * Math.exp(tilt * k * step));
}

/** Cubic between four neighbouring values. */
function between(table: Float64Array, at: number): number {
  const first = Math.max(0, Math.floor(at) - 1);
  const u = at - first;
  const [a, b, c, d] = [table[first]!, table[first + 1]!, table[first + 2]!, table[first + 3]!];
  return (
    (-a * (u - 1) * (u - 2) * (u - 3)) / 6 +
    (b * u * (u - 2) * (u - 3)) / 2 -
    (c * u * (u - 1) * (u - 3)) / 2 +
    (d * u * (u - 1) * (u - 2)) / 6
  );
}
