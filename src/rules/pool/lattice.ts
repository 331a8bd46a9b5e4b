/**
 * The sum of known sizes that are multiples of one unit, computed on that lattice: its transform at N frequencies is the
 * product of the claims' transforms, and one inverse Fourier transform gives the probability of every multiple. Nothing is
 * put together or interpolated: what is neglected is the probability beyond N multiples, e^(−EXPONENT) at either end.
 */
import type { Atoms } from "./atoms";
import { fourier } from "./fourier";
import type { RandomClaim } from "./uncertain";

/** Multiples at most: an inverse of so many takes about a second. */
const MOST_MULTIPLES = 2 ** 22;
const EXPONENT = 32;

/** An interval, in units, that the sum leaves with no more than e^(−EXPONENT) at either end. */
export interface Window {
  readonly low: number;
  /** Power of two. */
  readonly length: number;
}

/**
 * P(sum ≥ x) ≤ e^(K(s) − s·x) for every s > 0, where K is the logarithm of E[e^(s·sum)] (Chernoff): each s gives an upper
 * end, and by its negative a lower one.
 * @param claims of known sizes that are multiples of the unit
 * @returns null where the window is too long
 */
export function windowOf(claims: readonly RandomClaim[], unit: number): Window | null {
  let [total, variance, largest] = [0, 0, 0];
  for (const { median, probability: p } of claims) {
    total += median;
    variance += p * (1 - p) * median * median;
    largest = Math.max(largest, median);
  }
  if (Math.min(total, 15 * Math.sqrt(variance)) > unit * MOST_MULTIPLES) return null;
  let [low, high] = [0, total];
  // From where a deviation of all counts to where the largest claim alone decides.
  for (let s = 1 / Math.sqrt(variance); s < 64 / largest || s < 16 / Math.sqrt(variance); s *= Math.SQRT2) {
    let [above, below] = [EXPONENT, EXPONENT];
    for (const { median, probability: p } of claims) {
      above += s * median + Math.log(p + (1 - p) * Math.exp(-s * median));
      below += Math.log1p(p * Math.expm1(-s * median));
    }
    high = Math.min(high, above / s);
    low = Math.max(low, -below / s);
  }
  const first = Math.floor(low / unit);
  const length = 2 ** Math.ceil(Math.log2(Math.ceil(high / unit) - first + 2));
  return length <= MOST_MULTIPLES ? { low: first, length } : null;
}

/** Odds of a claim, of coming or of staying away, up to which its logarithm is written as a series. */
const LIKELY = 0.9;
const NEGLIGIBLE = 1e-18;
/** Frequencies along which a pointer is turned. */
const BLOCK = 256;

/** The probability of every multiple of the unit in the window. */
export function onLattice(claims: readonly RandomClaim[], unit: number, { low, length }: Window): Atoms {
  const mask = length - 1;
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  const direct: { readonly steps: number; readonly probability: number }[] = [];
  let constant = 0;
  let shift = -low;
  for (const { median, probability: p } of claims) {
    const steps = Math.round(median / unit);
    const comes = p <= 0.5;
    const odds = comes ? p / (1 - p) : (1 - p) / p;
    if (odds > LIKELY) {
      direct.push({ steps: steps & mask, probability: p });
      continue;
    }
    // log(1 + odds·w) = Σ −(−odds)^m·w^m / m, where w^m turns m times as fast: a list of turns, summed by one transform.
    constant -= Math.log1p(odds);
    const turn = comes ? steps : -steps;
    if (!comes) shift += steps;
    let [power, at] = [odds, turn & mask];
    for (let m = 1; power > NEGLIGIBLE * m; m++) {
      re[at]! += (m % 2 ? power : -power) / m;
      power *= odds;
      at = (at + turn) & mask;
    }
  }
  fourier(re, im);
  direct.sort((a, b) => b.steps - a.steps);
  const angle = (2 * Math.PI) / length;
  for (let from = 0; from <= length / 2; from += BLOCK)
    product(re, im, from, constant, ((shift % length) + length) % length, direct, angle);
  for (let k = 1; k < length / 2; k++) [re[length - k], im[length - k]] = [re[k]!, -im[k]!];
  // The transform turns backwards, and so does what was turned by it: of a real result the order is reversed.
  fourier(re, im);
  const chances = new Float64Array(length);
  for (let k = 0; k < length; k++) chances[k] = Math.max(0, re[(length - k) & mask]! / length);
  return { values: chances.map((_, k) => (low + k) * unit), chances };
}

/** The transform of the sum at some frequencies, from its logarithm and the claims that are left out of it. */
function product(
  re: Float64Array,
  im: Float64Array,
  from: number,
  constant: number,
  shift: number,
  direct: readonly { readonly steps: number; readonly probability: number }[],
  angle: number,
): void {
  const length = re.length;
  const to = Math.min(from + BLOCK, length / 2 + 1);
  for (let k = from; k < to; k++) {
    const size = Math.exp(constant + re[k]!);
    const turned = im[k]! - angle * ((shift * k) % length);
    [re[k], im[k]] = [size * Math.cos(turned), size * Math.sin(turned)];
  }
  for (const { steps, probability: p } of direct) {
    const [cosine, sine] = [Math.cos(angle * steps), -Math.sin(angle * steps)];
    const start = -angle * ((steps * from) % length);
    let [x, y] = [p * Math.cos(start), p * Math.sin(start)];
    let largest = 0;
    for (let k = from; k < to; k++) {
      const [a, b] = [re[k]!, im[k]!];
      const real = 1 - p + x;
      re[k] = a * real - b * y;
      im[k] = a * y + b * real;
      largest = Math.max(largest, Math.abs(re[k]!), Math.abs(im[k]!));
      [x, y] = [x * cosine - y * sine, x * sine + y * cosine];
    }
    if (largest > NEGLIGIBLE) continue;
    re.fill(0, from, to);
    im.fill(0, from, to);
    return;
  }
}
