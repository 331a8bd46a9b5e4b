/** Exact fractions: a rate of one twelfth must not be rounded before the fen are. */
import { Exact } from "./money";

export interface Ratio {
  readonly n: Exact;
  /** Always positive. */
  readonly d: Exact;
}

const ONE = new Exact(1);

export const ratio = (n: Exact | number | string, d: Exact | number | string = ONE): Ratio => ({
  n: new Exact(n),
  d: new Exact(d),
});

export const ZERO = ratio(0);
export const UNIT = ratio(1);

/** Reads a figure of a policy file: 8000000, "30%", "365/360". */
export function parseFigure(figure: number | string): Ratio {
  if (typeof figure === "number") return ratio(figure);
  if (figure.endsWith("%")) return ratio(new Exact(figure.slice(0, -1)).div(100));
  const [n = "0", d = "1"] = figure.split("/");
  return ratio(n, d);
}

export const add = (a: Ratio, b: Ratio): Ratio =>
  a.d.eq(b.d) ? { n: a.n.plus(b.n), d: a.d } : { n: a.n.times(b.d).plus(b.n.times(a.d)), d: a.d.times(b.d) };
export const negate = (a: Ratio): Ratio => ({ n: a.n.neg(), d: a.d });
export const subtract = (a: Ratio, b: Ratio): Ratio => add(a, negate(b));
export const multiply = (a: Ratio, b: Ratio): Ratio => ({ n: a.n.times(b.n), d: a.d.times(b.d) });
/** Negative, zero or positive as a is below, equal to or above b. */
export const compare = (a: Ratio, b: Ratio): number => a.n.times(b.d).cmp(b.n.times(a.d));
export const smaller = (a: Ratio, b: Ratio): Ratio => (compare(a, b) <= 0 ? a : b);
export const atLeastZero = (a: Ratio): Ratio => (a.n.isNegative() ? ZERO : a);

/** ⌊x + 1/2⌋, exactly. */
export const halfUp = (a: Ratio): number => floor(add(a, ratio(ONE, 2)));
export const floor = (a: Ratio): number =>
  a.n
    .divToInt(a.d)
    .minus(a.n.isNegative() && !a.n.mod(a.d).isZero() ? 1 : 0)
    .toNumber();

/** For showing only: the decimal value, rounded half-up to so many places. */
export const toDecimal = (a: Ratio, places: number): Exact => a.n.div(a.d).toDecimalPlaces(places);
