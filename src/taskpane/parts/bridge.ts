/** A bridge in figures: the first amount, what each step adds, and the last. Each step begins where the one before ended. */
import {
  least,
  most,
  minus,
  number,
  plus,
  written,
  ZERO_CELL,
  type Expression,
} from "../../writers/formula/expression";

export interface Bar {
  readonly from: number;
  readonly to: number;
}

/** @param amounts the first and the last stand on zero */
export function barsOf(amounts: readonly number[]): Bar[] {
  let at = 0;
  return amounts.map((amount, k) => {
    if (k === amounts.length - 1) return { from: 0, to: amount };
    return { from: at, to: (at += amount) };
  });
}

/** What a bar stands on, unseen; a bar between two totals; and what a step adds or takes away, above and below zero. */
export const BRIDGE_PARTS = ["base", "total", "more", "less", "more-below", "less-below"] as const;
export type BridgePart = (typeof BRIDGE_PARTS)[number];

/** What the parts are called on a sheet, and the line above them. */
export type BridgeWords = Readonly<Record<BridgePart | "data", string>>;

type Parts = Readonly<Record<BridgePart, Expression>>;

const zeroOr = (bound: typeof least, one: Expression): Expression => bound(ZERO_CELL, one);

function stepParts(from: Expression, to: Expression): Parts {
  const [fromAbove, toAbove] = [zeroOr(most, from), zeroOr(most, to)];
  const [fromBelow, toBelow] = [zeroOr(least, from), zeroOr(least, to)];
  return {
    base: plus(zeroOr(most, least(from, to)), zeroOr(least, most(from, to))),
    total: number(0),
    more: zeroOr(most, minus(toAbove, fromAbove)),
    less: zeroOr(most, minus(fromAbove, toAbove)),
    "more-below": zeroOr(least, minus(fromBelow, toBelow)),
    "less-below": zeroOr(least, minus(toBelow, fromBelow)),
  };
}

/**
 * The amounts as columns that stand upon each other, as formulas over their cells.
 * @param amounts in the unit of their cells
 * @param column letters of the column in which they stand
 * @param first number of their first row on the sheet
 * @returns for each amount its parts; those below zero are there where a step goes below zero
 */
export function bridgeParts(
  amounts: readonly number[],
  column: string,
  first: number,
): { readonly parts: readonly BridgePart[]; readonly rows: readonly (readonly Expression[])[] } {
  const last = amounts.length - 1;
  const bars = barsOf(amounts);
  const cell = (k: number): Expression => written(`${column}${first + k}`, () => amounts[k]!);
  const sumTo = (k: number): Expression =>
    k === 0 ? cell(0) : written(`SUM(${column}$${first}:${column}${first + k})`, () => bars[k]!.to);
  const below = bars.some(({ to }) => to < 0);
  const parts = BRIDGE_PARTS.filter((part) => below || !part.endsWith("below"));
  const rows = amounts.map((_, k) => {
    const step = k > 0 && k < last ? stepParts(sumTo(k - 1), sumTo(k)) : undefined;
    return parts.map((part) => step?.[part] ?? (part === "total" ? cell(k) : ZERO_CELL));
  });
  return { parts, rows };
}
