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
import { addLogarithms } from "./condensed";
import type { Estimate } from "./estimate";
import { type Factors, factorsOf, type KnownFactors, LADDER, type World, type WorldFactors } from "./factors";
import { fourier } from "./fourier";
import { addTurns, magnitude, type Turns } from "./turns";
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
    const settles = error < settled && largestBeyond(factors, gone, count * grid.delta) < REVIVAL * settled + moving;
    if (settles || 2 * count > MOST_WAVES || 2 * count * factors.turns > MOST_TURNS) break;
  }
  const step = period / table.length;
  return (place) => {
    const at = Math.round(place / step / 2);
    return { chance: between(table, place / step), error, change: table[2 * at]! - coarse[at]! };
  };
}

/** Sizes of a narrow spread are nearly multiples of one amount: a transform that has vanished may come again this much more strongly than the series settles. */
const REVIVAL = 10;

/** What the transform of the continuous part does not exceed beyond a frequency, as the transform of each size only falls. */
const largestBeyond = ({ worlds }: Factors, gone: ReadonlySet<WorldFactors>, frequency: number): number =>
  worlds.reduce((all, world) => all + (gone.has(world) ? 0 : world.weight * largestOf(world, frequency)), 0);

function largestOf({ known, single, condensed, coherent, listsAll }: WorldFactors, frequency: number): number {
  // What is of known size is as large at all frequencies.
  let all = coherent ? 0 : known.largest;
  let listed = all;
  for (const { count, absent, turns, atom } of single) {
    const known = coherent ? absent + atom.chance : Math.hypot(absent, atom.chance);
    all += count * Math.log(known + magnitude(turns, frequency, atom.size, atom.chance));
    listed += count * Math.log(known);
  }
  for (const { turns, counts } of condensed.flatMap(({ groups }) => groups)) {
    const size = magnitude(turns, frequency);
    for (const { probability, count } of counts) all += count * Math.log(1 - probability + probability * size);
  }
  return Math.exp(all) - (listsAll ? Math.exp(listed) : 0);
}

/** Transform of the continuous part, divided by z, at the waves from … on. */
function transform(
  { worlds, fixed, low }: Factors,
  gone: Set<WorldFactors>,
  grid: { readonly tilt: number; readonly delta: number },
  from: number,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  const length = real.length - from;
  const [taken, takenImaginary] = [new Float64Array(length), new Float64Array(length)];
  addTurns(fixed, low, grid, from, taken, takenImaginary);
  const [re, im] = [taken.map((part) => -part), takenImaginary.map((part) => -part)];
  for (const world of worlds) {
    const { all, atoms } = productsOf(world, gone, grid, from, length);
    for (let j = 0; j < length; j++) {
      re[j]! += world.weight * (all.re[j]! - (atoms.re[j] ?? 0));
      im[j]! += world.weight * (all.im[j]! - (atoms.im[j] ?? 0));
    }
  }
  for (let j = 0; j < length; j++) {
    const [x, y] = [re[j]!, im[j]!];
    const [a, b] = [grid.tilt, (from + j) * grid.delta];
    const square = a * a + b * b;
    real[from + j] = (x * a + y * b) / square;
    imaginary[from + j] = (y * a - x * b) / square;
  }
}

function productsOf(
  factors: WorldFactors,
  gone: Set<WorldFactors>,
  grid: { readonly tilt: number; readonly delta: number },
  from: number,
  length: number,
): { all: Product; atoms: Product } {
  const all = new Product(length);
  const atoms = new Product(factors.atoms.length === 0 ? 0 : length);
  if (gone.has(factors)) all.re.fill(0);
  else if (factors.condensed.length > 0) {
    const logs = { re: new Float64Array(length), im: new Float64Array(length) };
    for (const part of factors.condensed)
      addLogarithms(part, grid, from, logs, (turns, x, y) => addTurns(turns, 0, grid, from, x, y));
    if (all.timesPower(logs, factors.condensedShift, grid, from)) gone.add(factors);
  }
  for (let start = 0; start < length; start += BLOCK) {
    const own = all.part(start, start + BLOCK);
    const [re, im] = [new Float64Array(own.re.length), new Float64Array(own.re.length)];
    timesKnown(own, factors.known, grid, from + start);
    const fill = (turns: Turns, shift: number, absent: number): void => {
      re.fill(0);
      im.fill(0);
      if (absent > 0) addTurns(standing(absent), shift, grid, from + start, re, im);
      addTurns(turns, shift, grid, from + start, re, im);
    };
    for (const { count, absent, turns, shift } of factors.single) {
      if (own.hasVanished()) break;
      fill(turns, shift, absent);
      own.times(re, im, count);
    }
    const ownAtoms = atoms.part(start, start + BLOCK);
    for (const { turns, shift } of factors.atoms) {
      if (ownAtoms.hasVanished()) break;
      fill(turns, shift, 0);
      ownAtoms.times(re, im);
    }
  }
  return { all, atoms };
}

/** Waves that are looked at together: fewer would start the pointers of every claim too often. */
const BLOCK = 512;
/** A product below this in all of them adds nothing, whatever factors are still to come. */
const VANISHED = 1e-40;

const standing = (chance: number): Turns => ({ re: [0], im: [0], weightRe: [chance], weightIm: [0] });

class Product {
  constructor(
    length: number,
    readonly re = new Float64Array(length).fill(1),
    readonly im = new Float64Array(length),
  ) {}
  /** Some of its waves; what they are multiplied by, it is multiplied by. */
  part(from: number, to: number): Product {
    return new Product(0, this.re.subarray(from, to), this.im.subarray(from, to));
  }
  hasVanished(): boolean {
    for (let j = 0; j < this.re.length; j++)
      if (Math.abs(this.re[j]!) > VANISHED || Math.abs(this.im[j]!) > VANISHED) return false;
    return true;
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
  /**
   * Times e^(log + shift·z). Once it has vanished it stays so: beyond, the logarithms of condensed claims mean nothing.
   * @returns whether it has
   */
  timesPower(
    logs: { readonly re: Float64Array; readonly im: Float64Array },
    shift: number,
    grid: { readonly tilt: number; readonly delta: number },
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
  { tilt, delta }: { readonly tilt: number; readonly delta: number },
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
