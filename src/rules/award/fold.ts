/**
 * What a clause pays, once for every reader: each part its smallest limit, the parts added (or the highest of them), no more
 * than the limits over their sum, less what is taken off, rounded once, times the pieces. A reader brings its own kind of amounts: fractions give
 * the award (award.ts), doubles the single cell (scalar.ts), lines the kinks of a curve (study/), texts a formula.
 */

/** A clause whose conditions are decided: the limits of the parts that pay, and those over the sum of the parts. */
export interface Clause<L> {
  readonly parts: readonly (readonly L[])[];
  /** Whether the highest of the parts is paid instead of their sum. */
  readonly highest?: boolean;
  readonly limits: readonly L[];
}

/** What a reader can do with its amounts. */
export interface Algebra<L, A> {
  readonly nothing: A;
  /** What a limit leaves: its products less what was granted under it, at least nothing. */
  amount(limit: L): A;
  add(a: A, b: A): A;
  /** The larger of two; the first where they are equal. */
  larger(a: A, b: A): A;
  /** The smaller of two; the first where they are equal. */
  smaller(a: A, b: A): A;
  /** Less what is taken off every award, at least nothing. */
  rest(a: A): A;
  /** Rounded, times the pieces. */
  round(a: A): A;
}

export interface Folded<A> {
  /** By part; a part without limits pays nothing. */
  readonly parts: readonly A[];
  /** The sum of the parts or the highest of them, and what the limits over it leave of it. */
  readonly total: A;
  readonly capped: A;
  /** What is left of it after what is taken off, and rounded: the award. */
  readonly rest: A;
  readonly award: A;
}

export function fold<L, A>({ parts, highest, limits }: Clause<L>, algebra: Algebra<L, A>): Folded<A> {
  const smallest = (list: readonly L[], start?: A): A => {
    let least = start;
    for (const limit of list) {
      const amount = algebra.amount(limit);
      least = least === undefined ? amount : algebra.smaller(least, amount);
    }
    return least ?? algebra.nothing;
  };
  const amounts = parts.map((list) => smallest(list));
  const total = amounts.length
    ? amounts.reduce((a, b) => (highest ? algebra.larger(a, b) : algebra.add(a, b)))
    : algebra.nothing;
  const capped = smallest(limits, total);
  const rest = algebra.rest(capped);
  return { parts: amounts, total, capped, rest, award: algebra.round(rest) };
}
