/**
 * The inner loops: a block of rows, one limit at a time, without a branch on the rows.
 * `acc` holds the smallest limit so far and never more than ABSENT. min(x, m) = m + ((x − m) − |x − m|) / 2 is exact for
 * whole numbers below 2^53, and leaves m as it is for an x beyond them; a ternary would be mispredicted on every other row.
 */
import { ABSENT, BOUND, type Factor } from "./tables";

type Doubles = Float64Array;
export type Ids = Uint16Array;

/** acc = start */
export function begin(acc: Doubles, start: Doubles, ids: Ids, lo: number, n: number): void {
  for (let j = 0; j < n; j++) acc[j] = start[ids[lo + j]!]!;
}

/** acc = min(start, column × p + c) */
export function beginWith(
  acc: Doubles,
  start: Doubles,
  { column, coefficient: p }: Factor,
  c: Doubles,
  ids: Ids,
  lo: number,
  n: number,
  place: number,
): void {
  for (let j = 0; j < n; j++) {
    const s = ids[lo + j]!;
    const m = start[s]!;
    const d = column[lo + j]! * p[s]! + c[s]! + place - m;
    acc[j] = m + (d - Math.abs(d)) * 0.5;
  }
}

/** acc = min(acc, column × p + c) */
export function lower(
  acc: Doubles,
  { column, coefficient: p }: Factor,
  c: Doubles,
  ids: Ids,
  lo: number,
  n: number,
  place: number,
): void {
  for (let j = 0; j < n; j++) {
    const s = ids[lo + j]!;
    const m = acc[j]!;
    const d = column[lo + j]! * p[s]! + c[s]! + place - m;
    acc[j] = m + (d - Math.abs(d)) * 0.5;
  }
}

/** x = c */
export function set(x: Doubles, c: Doubles, ids: Ids, lo: number, n: number): void {
  for (let j = 0; j < n; j++) x[j] = c[ids[lo + j]!]!;
}

/** x = x ± column × p */
export function add(
  x: Doubles,
  { column, coefficient: p }: Factor,
  sign: number,
  ids: Ids,
  lo: number,
  n: number,
): void {
  for (let j = 0; j < n; j++) x[j] = x[j]! + sign * (column[lo + j]! * p[ids[lo + j]!]!);
}

/** NaN where a limit from which something is taken off is beyond the exact range; it then spoils the row, which is noticed. */
export function refuseLarge(x: Doubles, fen: Doubles, ids: Ids, lo: number, n: number): void {
  for (let j = 0; j < n; j++) if (x[j]! >= BOUND && fen[ids[lo + j]!]! > 0) x[j] = NaN;
}

/** acc = min(acc, max(0, x) + place) */
export function lowerTo(acc: Doubles, x: Doubles, n: number, place: number): void {
  for (let j = 0; j < n; j++) {
    const m = acc[j]!;
    const y = x[j]!;
    const d = Math.min((y + Math.abs(y)) * 0.5, ABSENT) + place - m;
    acc[j] = m + (d - Math.abs(d)) * 0.5;
  }
}
