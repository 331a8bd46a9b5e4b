/**
 * The distribution of a need from its Laplace transform, which is the product of the claims' transforms.
 *
 * Amounts that have a probability of their own (no claim comes, caps, known sizes) are listed and taken out of the
 * transform, so that what is inverted is continuous. The inverse is a Fourier series on an interval (Dubner and Abate 1968,
 * Abate and Whitt 1992): its period is twice the interval, and a factor e^(−tilt·x) keeps what lies beyond from coming
 * round. A need that ranges over many orders of magnitude gets an interval for each: a long tail does not make the body
 * coarse. The series is doubled until doubling changes nothing, and its last change is the error that is reported.
 */
import type { Atoms } from "./atoms";
import { addLogarithms, logarithmAt } from "./condensed";
import type { Estimate } from "./estimate";
import {
  type Factor,
  type Factors,
  factorsOf,
  type KnownFactors,
  LADDER,
  type World,
  type WorldFactors,
} from "./factors";
import { fourier } from "./fourier";
import { addTurns, atFrequency, type Grid, magnitude, ofTurns, type Turns } from "./turns";
import { spreadOfSum, upperEnd } from "./uncertain";

export interface SmoothNeed {
  readonly high: number;
  /** P(need ≤ amount). */
  atMost(amount: number): Estimate;
  /** By how much the last doubling of the series changed it there. */
  changeAt(amount: number): number;
}

/**
 * What the change of a series does not show: claims put together, what comes round, the ends that are cut off. In none of
 * 500 portfolios was the error larger than what is stated with it (docs/pools.md).
 */
const UNSEEN = 5e-7;
/** What comes round is e^−22 = 3e-10 of a probability. */
const TILT_OF_PERIOD = 22;
const FEWEST_WAVES = 128;
const MOST_WAVES = 2 ** 16;
/** Turns of a pointer that one interval may cost, about two nanoseconds each. */
const MOST_TURNS = 4e8;

/**
 * @param worlds whose weights add up to 1
 * @param settled a change of the series that ends the doubling
 * @param moving of the transform, what does not vanish in one world, but moves from one to the next
 * @param fixed amounts with their probabilities over all worlds, which are taken out and are not in the result; null: each world lists its own
 */
export function smoothNeed(
  worlds: readonly World[],
  settled: number,
  moving = 0,
  fixed: Atoms | null = null,
): SmoothNeed {
  const summed = worlds.map((world) => ({ ...world, sum: world.sum ?? spreadOfSum(world.claims) }));
  const factors = factorsOf(summed, fixed);
  const top = Math.max(...summed.map(({ claims, sum }) => upperEnd(claims, sum))) - factors.low;
  const intervals = new Map<number, Interval>();
  const intervalFor = (place: number): Interval => {
    let rung = 0;
    for (let width = top / LADDER; width >= place && width > factors.narrowest; width /= LADDER) rung++;
    const known = intervals.get(rung) ?? intervalOf(factors, top / LADDER ** rung, settled, moving);
    intervals.set(rung, known);
    return known;
  };
  const atMost = (amount: number): Estimate => {
    if (amount >= factors.low + top) return { chance: 1, error: UNSEEN };
    const place = amount - factors.low;
    const nothing = place <= 0 || (factors.low === 0 && place < factors.narrowest);
    const listed = { chance: 0, error: 0 };
    for (const { weight, listed: own } of factors.worlds) {
      const { chance, error } = own(amount);
      listed.chance += weight * chance;
      listed.error += weight * error;
    }
    const rest = nothing ? { chance: 0, error: 0 } : intervalFor(place)(place);
    return {
      chance: Math.min(1, Math.max(0, listed.chance + rest.chance)),
      error: listed.error + rest.error + UNSEEN,
    };
  };
  const changeAt = (amount: number): number => {
    const place = amount - factors.low;
    return place > 0 && place < top ? intervalFor(place)(place).change : 0;
  };
  return { high: factors.low + top, atMost, changeAt };
}

type Interval = (place: number) => Estimate & { readonly change: number };

/** The continuous part of P(need ≤ low + place) for places up to the width that the next smaller interval leaves to it. */
function intervalOf(factors: Factors, width: number, settled: number, moving: number): Interval {
  const period = 2 * width;
  const grid = { tilt: TILT_OF_PERIOD / period, delta: (2 * Math.PI) / period };
  let real: Float64Array = new Float64Array();
  let imaginary: Float64Array = new Float64Array();
  let table: Float64Array = new Float64Array();
  let coarse: Float64Array = table;
  let error = 1;
  /** The least change so far, and the waves after it. */
  let least = { error: 1, count: 0 };
  /** Worlds whose condensed claims have vanished: what comes beyond is nothing, and is not looked at. */
  const gone = new Set<WorldFactors>();
  for (let count = FEWEST_WAVES; ; count *= 2) {
    const [re, im] = [new Float64Array(count), new Float64Array(count)];
    re.set(real);
    im.set(imaginary);
    transform(factors, gone, grid, real.length, re, im);
    [real, imaginary] = [re, im];
    const finer = inverted(real, imaginary, grid, period);
    if (table.length > 0) {
      error = 0;
      const [first, last] = [Math.floor(table.length / (2.5 * LADDER)), table.length / 2];
      for (let k = first; k <= last; k++) error = Math.max(error, Math.abs(table[k]! - finer[2 * k]!));
    }
    [coarse, table] = [table, finer];
    if (error < least.error) least = { error, count };
    // Sums that are steps do not vanish: more waves show them more sharply, and change as much.
    const stays = moving > 0 && count >= STEADY * least.count && least.count > 0;
    const settles = error < settled && largestBeyond(factors, gone, count * grid.delta) < REVIVAL * settled + moving;
    if (settles || stays || 2 * count > MOST_WAVES || 2 * count * factors.turns > MOST_TURNS) break;
  }
  const step = period / table.length;
  return (place) => {
    const at = Math.round(place / step / 2);
    return { chance: between(table, place / step), error, change: table[2 * at]! - coarse[at]! };
  };
}

/** A change that has not become less for so many times as many waves will not. */
const STEADY = 4;
/** Sizes of a narrow spread are nearly multiples of one amount: a transform that has vanished may come again this much more strongly than the series settles. */
const REVIVAL = 10;

/** What the transform of the continuous part does not exceed beyond a frequency, as the transform of each size only falls. */
function largestBeyond({ worlds }: Factors, gone: ReadonlySet<WorldFactors>, frequency: number): number {
  const at = atFrequency(frequency);
  return worlds.reduce((all, world) => all + (gone.has(world) ? 0 : world.weight * largestOf(world, at)), 0);
}

function largestOf({ known, single, condensed, coherent, listsAll }: WorldFactors, at: Grid): number {
  // What is of known size is as large at all frequencies.
  let all = coherent ? 0 : known.largest;
  let listed = all;
  for (const { count, absent, size, atom } of single) {
    const known = coherent ? absent + atom.chance : Math.hypot(absent, atom.chance);
    all += count * Math.log(known + magnitude(size, at, atom.size, atom.chance));
    listed += count * Math.log(known);
  }
  for (const part of condensed) {
    if (part.groups.length === 0) all += logarithmAt(part, at.delta);
    for (const { turns, counts } of part.groups) {
      const size = magnitude(ofTurns(turns), at);
      for (const { probability, count } of counts) all += count * Math.log(1 - probability + probability * size);
    }
  }
  return Math.exp(all) - (listsAll ? Math.exp(listed) : 0);
}

/** Transform of the continuous part, divided by z, at the waves from … on. */
function transform(
  { worlds, fixed, low }: Factors,
  gone: Set<WorldFactors>,
  grid: Grid,
  from: number,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  // Waves are doubled from a power of two: blocks are all of one length.
  const length = Math.min(BLOCK, real.length - from);
  const [all, atoms] = [new Product(length), new Product(length)];
  for (let start = from; start < real.length; start += length) {
    const [re, im] = [real.subarray(start, start + length), imaginary.subarray(start, start + length)];
    addTurns(fixed, low, grid, start, re, im);
    for (let j = 0; j < length; j++) [re[j], im[j]] = [-re[j]!, -im[j]!];
    for (const world of worlds) {
      multiplyAll(all, world, gone, grid, start);
      multiplyAtoms(atoms, world, grid, start);
      for (let j = 0; j < length; j++) {
        re[j]! += world.weight * (all.re[j]! - atoms.re[j]!);
        im[j]! += world.weight * (all.im[j]! - atoms.im[j]!);
      }
    }
    for (let j = 0; j < length; j++) {
      const [x, y] = [re[j]!, im[j]!];
      const [a, b] = [grid.tilt, (start + j) * grid.delta];
      const square = a * a + b * b;
      re[j] = (x * a + y * b) / square;
      im[j] = (y * a - x * b) / square;
    }
  }
}

/** Of all claims of one world. */
function multiplyAll(product: Product, world: WorldFactors, gone: Set<WorldFactors>, grid: Grid, from: number): void {
  product.start(gone.has(world) ? 0 : 1);
  if (gone.has(world)) return;
  if (world.condensed.length > 0) {
    const length = product.re.length;
    const logs = { re: new Float64Array(length), im: new Float64Array(length) };
    for (const part of world.condensed)
      addLogarithms(part, grid, from, logs, (turns, x, y) => addTurns(turns, 0, grid, from, x, y));
    if (product.timesPower(logs, world.condensedShift, grid, from)) gone.add(world);
  }
  timesKnown(product, world.known, grid, from);
  for (const factor of world.single) {
    if (product.hasVanished()) break;
    product.times(factor, grid, from);
  }
}

/** Of the amounts that are listed for one world. */
function multiplyAtoms(product: Product, { atoms }: WorldFactors, grid: Grid, from: number): void {
  product.start(atoms.length === 0 ? 0 : 1);
  for (const { size, shift } of atoms) {
    if (product.hasVanished()) break;
    product.times({ count: 1, absent: 0, size, shift }, grid, from);
  }
}

/** Waves that are looked at together: fewer would start the pointers of every claim too often. */
const BLOCK = 512;
/** A product below this in all of them adds nothing, whatever factors are still to come. */
const VANISHED = 1e-40;

const standing = (chance: number): Turns => ({ re: [0], im: [0], weightRe: [chance], weightIm: [0] });

class Product {
  readonly re: Float64Array;
  readonly im: Float64Array;
  private readonly factorRe: Float64Array;
  private readonly factorIm: Float64Array;
  constructor(length: number) {
    [this.re, this.im] = [new Float64Array(length), new Float64Array(length)];
    [this.factorRe, this.factorIm] = [new Float64Array(length), new Float64Array(length)];
  }
  start(value: number): void {
    this.re.fill(value);
    this.im.fill(0);
  }
  hasVanished(): boolean {
    for (let j = 0; j < this.re.length; j++)
      if (Math.abs(this.re[j]!) > VANISHED || Math.abs(this.im[j]!) > VANISHED) return false;
    return true;
  }
  /** Times the factor, as often as it counts. */
  times({ count, absent, size, shift }: Pick<Factor, "count" | "absent" | "size" | "shift">, grid: Grid, from: number) {
    const { re: ownRe, im: ownIm, factorRe: re, factorIm: im } = this;
    re.fill(shift === 0 ? absent : 0);
    im.fill(0);
    if (absent > 0 && shift !== 0) addTurns(standing(absent), shift, grid, from, re, im);
    size.add(grid, from, re, im, shift);
    if (count > 1)
      for (let j = 0; j < re.length; j++) {
        const length = Math.hypot(re[j]!, im[j]!) ** count;
        const angle = count * Math.atan2(im[j]!, re[j]!);
        re[j] = length * Math.cos(angle);
        im[j] = length * Math.sin(angle);
      }
    for (let j = 0; j < ownRe.length; j++) {
      const x = ownRe[j]!;
      const y = ownIm[j]!;
      ownRe[j] = x * re[j]! - y * im[j]!;
      ownIm[j] = x * im[j]! + y * re[j]!;
    }
  }
  /**
   * Times e^(log + shift·z). Once it has vanished it stays so: beyond, the logarithms of condensed claims mean nothing.
   * @returns whether it has
   */
  timesPower(
    logs: { readonly re: Float64Array; readonly im: Float64Array },
    shift: number,
    grid: Grid,
    from: number,
  ): boolean {
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
    return vanished;
  }
}

/**
 * Times 1 − p + p·e^(−z·size) of claims that are not alike, each moved by its shift; two at a time, as the turns of one wait for each
 * other. The turns of the shifts are taken together at the end.
 */
function timesKnown(
  product: Product,
  { sizes, probabilities, shifts, shift }: KnownFactors,
  { tilt, delta }: Grid,
  from: number,
): void {
  const { re, im } = product;
  if (sizes.length === 0) return;
  for (let k = 0; k < sizes.length && !product.hasVanished(); k += 2) {
    const next = k + 1 < sizes.length;
    const [m1, p1, m2, p2] = [sizes[k]!, probabilities[k]!, next ? sizes[k + 1]! : 0, next ? probabilities[k + 1]! : 0];
    const [scale1, scale2] = [Math.exp(tilt * shifts[k]!), next ? Math.exp(tilt * shifts[k + 1]!) : 1];
    const [absent1, absent2] = [scale1 * (1 - p1), scale2 * (1 - p2)];
    const [size1, size2] = [scale1 * p1 * Math.exp(-tilt * m1), scale2 * p2 * Math.exp(-tilt * m2)];
    const [start1, start2] = [-from * delta * m1, -from * delta * m2];
    let [a1, b1] = [size1 * Math.cos(start1), size1 * Math.sin(start1)];
    let [a2, b2] = [size2 * Math.cos(start2), size2 * Math.sin(start2)];
    const [c1, s1, c2, s2] = [Math.cos(delta * m1), -Math.sin(delta * m1), Math.cos(delta * m2), -Math.sin(delta * m2)];
    for (let j = 0; j < re.length; j++) {
      const [x1, x2] = [absent1 + a1, absent2 + a2];
      const [x, y] = [x1 * x2 - b1 * b2, x1 * b2 + b1 * x2];
      const [r, i] = [re[j]!, im[j]!];
      re[j] = r * x - i * y;
      im[j] = r * y + i * x;
      const t1 = a1 * c1 - b1 * s1;
      b1 = a1 * s1 + b1 * c1;
      a1 = t1;
      const t2 = a2 * c2 - b2 * s2;
      b2 = a2 * s2 + b2 * c2;
      a2 = t2;
    }
  }
  for (let j = 0; j < re.length; j++) {
    const angle = shift * (from + j) * delta;
    const [r, i, c, s] = [re[j]!, im[j]!, Math.cos(angle), Math.sin(angle)];
    re[j] = r * c - i * s;
    im[j] = r * s + i * c;
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
