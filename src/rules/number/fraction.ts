/** Exact fractions of whole numbers, for what is computed once per plan or once per row beyond the fast range. */
import type { Exact } from "./money";
import type { Ratio } from "./ratio";

export interface Fraction {
  readonly n: bigint;
  /** Always positive. */
  readonly d: bigint;
}

export const ONE: Fraction = { n: 1n, d: 1n };
export const NOTHING: Fraction = { n: 0n, d: 1n };

function wholes(x: Exact): Fraction {
  const places = Math.max(0, x.decimalPlaces());
  const d = 10n ** BigInt(places);
  return { n: BigInt(x.times(d.toString()).toFixed(0)), d };
}

/** In lowest terms. */
export function fraction({ n, d }: Ratio): Fraction {
  const [above, below] = [wholes(n), wholes(d)];
  return reduced({ n: above.n * below.d, d: above.d * below.n });
}

export const times = (a: Fraction, b: Fraction): Fraction => reduced({ n: a.n * b.n, d: a.d * b.d });
export const plus = (a: Fraction, b: Fraction): Fraction => reduced({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });

function reduced({ n, d }: Fraction): Fraction {
  const divisor = gcd(n < 0n ? -n : n, d);
  return { n: n / divisor, d: d / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a;
}

export const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

/** ⌊n/d⌋ for a positive d. */
export const floorOf = ({ n, d }: Fraction): bigint => (n >= 0n ? n / d : -((d - 1n - n) / d));
/** ⌊x + 1/2⌋ */
export const halfUpOf = ({ n, d }: Fraction): bigint => floorOf({ n: 2n * n + d, d: 2n * d });
export const ceilingOf = ({ n, d }: Fraction): bigint => -floorOf({ n: -n, d });
