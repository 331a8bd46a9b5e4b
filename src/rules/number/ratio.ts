/** Exact fractions of whole numbers: a rate of one twelfth must not be rounded before the fen are. */
import { Exact } from "./exact";

export interface Ratio {
  readonly n: bigint;
  /** Always positive. */
  readonly d: bigint;
}

/** A number as two whole ones. A double stands for the decimal of at most 15 digits that a spreadsheet shows of it. */
type Numeric = bigint | number | string | Exact;

/** @param n a whole number, a decimal, or its text @param d likewise, not zero */
export function ratio(n: Numeric, d: Numeric = 1n): Ratio {
  const [above, below] = [wholes(n), wholes(d)];
  const [top, bottom] = [above.n * below.d, above.d * below.n];
  return bottom < 0n ? { n: -top, d: -bottom } : { n: top, d: bottom };
}

function wholes(x: Numeric): Ratio {
  if (typeof x === "bigint") return { n: x, d: 1n };
  if (typeof x === "number") {
    if (Number.isSafeInteger(x)) return { n: BigInt(x), d: 1n };
    return wholes(new Exact(x.toPrecision(15)));
  }
  const decimal = new Exact(x);
  const places = Math.max(0, decimal.decimalPlaces());
  const d = 10n ** BigInt(places);
  return { n: BigInt(decimal.times(d.toString()).toFixed(0)), d };
}

export const ZERO = ratio(0);
export const UNIT = ratio(1);

/** Reads a figure of a policy file: 8000000, "30%", "365/360". */
export function parseFigure(figure: number | string): Ratio {
  if (typeof figure === "number") return ratio(figure);
  if (figure.endsWith("%")) return lowest(ratio(figure.slice(0, -1), 100));
  const [n = "0", d = "1"] = figure.split("/");
  return ratio(n, d);
}

export const add = (a: Ratio, b: Ratio): Ratio =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
export const negate = (a: Ratio): Ratio => ({ n: -a.n, d: a.d });
export const subtract = (a: Ratio, b: Ratio): Ratio => add(a, negate(b));
export const multiply = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.n, d: a.d * b.d });
/** @param b not zero */
export const divide = (a: Ratio, b: Ratio): Ratio =>
  b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };
/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
/** The first where both are equal. */
export const smaller = (a: Ratio, b: Ratio): Ratio => (compare(a, b) <= 0 ? a : b);
export const larger = (a: Ratio, b: Ratio): Ratio => (compare(a, b) >= 0 ? a : b);
export const atLeastZero = (a: Ratio): Ratio => (a.n < 0n ? ZERO : a);

/** In lowest terms. */
export function lowest({ n, d }: Ratio): Ratio {
  const divisor = commonDivisor(n < 0n ? -n : n, d);
  return { n: n / divisor, d: d / divisor };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a;
}

/** The smallest common multiple of two positive whole numbers. */
export const commonMultiple = (a: bigint, b: bigint): bigint => (a / commonDivisor(a, b)) * b;

/** ⌊x⌋ */
export const floorOf = ({ n, d }: Ratio): bigint => (n >= 0n ? n / d : -((d - 1n - n) / d));
/** ⌊x + 1/2⌋ */
export const halfUpOf = ({ n, d }: Ratio): bigint => floorOf({ n: 2n * n + d, d: 2n * d });
/** The same as a number, for amounts that are known to be small enough. */
export const halfUp = (a: Ratio): number => Number(halfUpOf(a));
/** ⌈x⌉ */
export const ceilingOf = (a: Ratio): bigint => -floorOf(negate(a));

/** For showing only: the decimal value, rounded half-up to so many places. */
export const toDecimal = ({ n, d }: Ratio, places: number): Exact =>
  new Exact(n.toString()).div(d.toString()).toDecimalPlaces(places);
