/**
 * The Laplace transform E[e^(−z·size)] of one claim, as a sum of exponentials Σ w·e^(−zζ) whose exponents ζ do not depend
 * on z: along z₀, z₀ + iΔ, z₀ + 2iΔ … each is a pointer that is turned by the same factor again and again.
 *
 * A known size is one exponential. For a log-normal size m·e^(sv) the integral over v is taken along v + iα with
 * sα = −π/4, where the integrand dies away instead of oscillating for every z with a positive real and imaginary part
 * (the contour may be moved because the integrand has no poles). A cap ends that line, and a second one leads back to
 * the real end point.
 */
import { type GaussLegendre, gaussLegendre } from "./normal";
import { type RandomClaim, sizeBelow } from "./uncertain";

/** Exponents ζ and weights w, complex. */
export interface Turns {
  readonly re: readonly number[];
  readonly im: readonly number[];
  readonly weightRe: readonly number[];
  readonly weightIm: readonly number[];
}

/** Places along a line: z = tilt + i·j·delta. */
export interface Grid {
  readonly tilt: number;
  readonly delta: number;
}

/** The transform of one claim along such a line. */
export interface Size {
  /** Turns of a pointer that one place costs, about. */
  readonly cost: number;
  /** Adds its transform at the places j = from …, times e^(z·shift), to a pair of arrays. */
  add(grid: Grid, from: number, real: Float64Array, imaginary: Float64Array, shift: number): void;
}

export const ofTurns = (turns: Turns): Size => ({
  cost: turns.re.length,
  add: (grid, from, real, imaginary, shift) => addTurns(turns, shift, grid, from, real, imaginary),
});

/** Beyond so many standard deviations of the log-size there is nothing: 1e-15; the shift makes it a hundred times as much. */
const REACH = 8;
/** The trapezoidal rule misses e^(−2πd/step), where the integrand dies away within d of the line: π/4s. */
const stepFor = (spread: number): number => Math.min(0.36, 0.2 / spread);
/** A larger shift would cancel too many digits: weights grow as e^(α²/2). */
const LARGEST_SHIFT = 3;
const RETURN = gaussLegendre(24);
/** In the middle of a line the nodes of Gauss and Legendre lie π/2 times as far apart as on the average. */
const lineFor = (length: number, spread: number): GaussLegendre =>
  lineOf(4 * Math.ceil((Math.PI / 8) * (length / stepFor(spread))));
const lines = new Map<number, GaussLegendre>();
function lineOf(count: number): GaussLegendre {
  const line = lines.get(count) ?? gaussLegendre(count);
  lines.set(count, line);
  return line;
}

const known = (size: number, probability: number): Turns => ({
  re: [size],
  im: [0],
  weightRe: [probability],
  weightIm: [0],
});

/** Whether a size is as good as surely at its cap. */
export const isAtCap = ({ median, spread, cap }: RandomClaim): boolean => Math.log(cap / median) <= -REACH * spread;

/** Of the size, its cap included, times the probability that it comes; what does not come is left out. */
export function turnsOf(claim: RandomClaim): Turns {
  const { median, probability, spread, cap } = claim;
  if (spread === 0) return known(median, probability);
  if (isAtCap(claim)) return known(cap, probability);
  const end = cap < Infinity ? Math.log(cap / median) / spread : Infinity;
  const turns = { re: [] as number[], im: [] as number[], weightRe: [] as number[], weightIm: [] as number[] };
  const shift = -Math.min(Math.PI / 4 / spread, LARGEST_SHIFT);
  /** e^(−(x+iy)²/2)/√(2π), times the step dx + i·dy, at the size m·e^(s(x+iy)). */
  const add = (x: number, y: number, dx: number, dy: number): void => {
    const size = median * Math.exp(spread * x);
    const weight = (probability * Math.exp((y * y - x * x) / 2)) / Math.sqrt(2 * Math.PI);
    const [cosine, sine] = [Math.cos(x * y) * weight, -Math.sin(x * y) * weight];
    turns.re.push(size * Math.cos(spread * y));
    turns.im.push(size * Math.sin(spread * y));
    turns.weightRe.push(cosine * dx - sine * dy);
    turns.weightIm.push(sine * dx + cosine * dy);
  };
  if (end >= REACH) {
    const step = stepFor(spread);
    for (let x = -REACH; x <= REACH; x += step) add(x, shift, step, 0);
    return turns;
  }
  const half = (end + REACH) / 2;
  const { points, weights } = lineFor(2 * half, spread);
  points.forEach((point, i) => add(end - half * (1 - point), shift, half * weights[i]!, 0));
  // Large z dies away close to the end point: nodes are the denser the nearer they are to it.
  RETURN.points.forEach((point, i) => {
    const part = (1 + point) / 2;
    add(end, shift * part ** 4, 0, -shift * 4 * part ** 3 * (RETURN.weights[i]! / 2));
  });
  turns.re.push(cap);
  turns.im.push(0);
  turns.weightRe.push(probability * (1 - sizeBelow(claim, cap)));
  turns.weightIm.push(0);
  return turns;
}

export const sizeOf = (claim: RandomClaim): Size => ofTurns(turnsOf(claim));

/** Where `magnitude` is asked for: z = i·frequency. */
export const atFrequency = (frequency: number): Grid => ({ tilt: 0, delta: frequency });

/** The absolute value at a frequency of the transform less that of an amount that has a probability of its own. */
export function magnitude(claim: Size, at: Grid, size = 0, chance = 0): number {
  const real = Float64Array.of(-chance * Math.cos(at.delta * size));
  const imaginary = Float64Array.of(chance * Math.sin(at.delta * size));
  claim.add(at, 1, real, imaginary, 0);
  return Math.hypot(real[0]!, imaginary[0]!);
}

/** A pointer shorter than this adds nothing, and shorter ones still would slow the processor down. */
const NOTHING = 1e-40;

/** What is turned by a cosine and a sine from one frequency to the next, as long as it adds something. */
class Pointer {
  a = 0.5;
  b = 0.5;
  cosine = 0.5;
  sine = 0.5;
  end = 0;
}

/**
 * Adds Σ w·e^(−z(ζ − shift)) at z = tilt + i·j·delta for j = from … from + length − 1.
 * @param shift what is taken off every exponent, so that sums of many claims do not vanish
 */
export function addTurns(
  { re, im, weightRe, weightIm }: Turns,
  shift: number,
  { tilt, delta }: Grid,
  from: number,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  // Two at a time: the turns of one wait for each other, those of two do not.
  const [first, second] = [new Pointer(), new Pointer()];
  const set = (pointer: Pointer, q: number): void => {
    const x = re[q]! - shift;
    const y = im[q]!;
    // −(tilt + i·from·delta)(x + iy)
    const size = Math.exp(-tilt * x + from * delta * y);
    const angle = -(tilt * y + from * delta * x);
    const [c, s] = [size * Math.cos(angle), size * Math.sin(angle)];
    pointer.a = c * weightRe[q]! - s * weightIm[q]!;
    pointer.b = c * weightIm[q]! + s * weightRe[q]!;
    const length = Math.sqrt(pointer.a ** 2 + pointer.b ** 2);
    const alive = y < 0 ? Math.ceil(Math.log(NOTHING / length) / (delta * y)) : Infinity;
    pointer.end = length > NOTHING ? Math.min(real.length, alive) : 0;
    if (pointer.end === 0) return;
    const shrink = Math.exp(delta * y);
    pointer.cosine = shrink * Math.cos(delta * x);
    pointer.sine = -shrink * Math.sin(delta * x);
  };
  for (let q = 0; q < re.length; q += 2) {
    set(first, q);
    if (q + 1 < re.length) set(second, q + 1);
    else second.a = second.b = second.end = 0;
    const { cosine: c1, sine: s1 } = first;
    const { cosine: c2, sine: s2 } = second;
    let [a1, b1, a2, b2] = [first.a, first.b, second.a, second.b];
    const end = Math.max(first.end, second.end);
    for (let j = 0; j < end; j++) {
      real[j]! += a1 + a2;
      imaginary[j]! += b1 + b2;
      const x1 = a1 * c1 - b1 * s1;
      b1 = a1 * s1 + b1 * c1;
      a1 = x1;
      const x2 = a2 * c2 - b2 * s2;
      b2 = a2 * s2 + b2 * c2;
      a2 = x2;
    }
  }
}
