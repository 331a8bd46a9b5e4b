/**
 * The inner loops: a block of rows, one limit at a time, without a branch on the rows.
 * `acc` holds the smallest limit so far and never more than ABSENT. min(x, m) = m + ((x − m) − |x − m|) / 2 is exact for
 * whole numbers below 2^53, and leaves m as it is for an x beyond them; a ternary would be mispredicted on every other row.
 */
import type { RowAwards } from "./row-awards";
import type { Accounts } from "./ledger";
import { ABSENT, BOUND, type Factor } from "./tables";

type Doubles = Float64Array;
export type Ids = Uint16Array;

/** acc = start */
export function begin(acc: Doubles, start: Doubles, ids: Ids, lo: number, n: number): void {
  for (let j = 0; j < n; j++) acc[j] = start[ids[lo + j]!]!;
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

/** x = max(x, column × p) */
export function raise(x: Doubles, { column, coefficient: p }: Factor, ids: Ids, lo: number, n: number): void {
  for (let j = 0; j < n; j++) x[j] = Math.max(x[j]!, column[lo + j]! * p[ids[lo + j]!]!);
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

/**
 * The usual clause: one part with at most two limits that vary by row, of which nothing is taken off, and at most one that
 * is shared and the same for all rows. It is computed in one pass, from one table with COLUMNS entries per state.
 */
export interface OnePass {
  /**
   * start, p, c, q, e, inverse; for a shared limit also gross, units of a fen, its place, 1 where it is drawn on, and the fen
   * that the rows give as granted before.
   */
  readonly table: Doubles;
  readonly first: Doubles;
  readonly second: Doubles;
  /** RowAwards.decisions by state and place of the limit. */
  readonly decisionsAt: Uint16Array;
  /** Places are 2^shift. */
  readonly shift: number;
  readonly shared?: Accounts;
}

/** Entries per state: a power of two, so that no multiplication is needed. */
const COLUMNS_SHIFT = 4;
export const ONE_PASS_COLUMNS = 2 ** COLUMNS_SHIFT;

/**
 * fen = ⌊min(start, first × p + c, second × q + e) × inverse⌋, where what rounds is already in start, c and e.
 * @returns the rows beyond the exact range, in which nothing is right
 */
export function onePass(
  { fen, decisions }: RowAwards,
  { table, first, second, decisionsAt, shift }: OnePass,
  ids: Ids,
  from: number,
  to: number,
): number[] {
  const last = (1 << shift) - 1;
  const beyond: number[] = [];
  for (let i = from; i < to; i++) {
    const s = ids[i]!;
    const t = s << COLUMNS_SHIFT;
    let m = table[t]!;
    let d = first[i]! * table[t + 1]! + table[t + 2]! - m;
    m += (d - Math.abs(d)) * 0.5;
    d = second[i]! * table[t + 3]! + table[t + 4]! - m;
    m += (d - Math.abs(d)) * 0.5;
    fen[i] = Math.floor(m * table[t + 5]!);
    // The bits of the place; the conversion keeps the low bits of any whole number below 2^53.
    decisions[i] = decisionsAt[(s << shift) | (m & last)]!;
    if (!(m < BOUND)) beyond.push(i);
  }
  return beyond;
}

/**
 * The same, and no more than max(0, gross − what is granted on the account); every award is drawn.
 * @param beyond computes a row beyond the exact range, before the next one is
 */
export function onePassShared(
  { fen, decisions }: RowAwards,
  { table, first, second, decisionsAt, shift }: OnePass,
  { granted, owners }: Accounts,
  ids: Ids,
  from: number,
  to: number,
  beyond: (row: number) => void,
): void {
  const last = (1 << shift) - 1;
  for (let i = from; i < to; i++) {
    const s = ids[i]!;
    const t = s << COLUMNS_SHIFT;
    const account = owners[i]! + 1;
    const before = Math.max(granted[account]!, table[t + 10]!);
    let m = table[t]!;
    let d = first[i]! * table[t + 1]! + table[t + 2]! - m;
    m += (d - Math.abs(d)) * 0.5;
    d = second[i]! * table[t + 3]! + table[t + 4]! - m;
    m += (d - Math.abs(d)) * 0.5;
    const left = table[t + 6]! - before * table[t + 7]!;
    d = (left + Math.abs(left)) * 0.5 + table[t + 8]! - m;
    m += (d - Math.abs(d)) * 0.5;
    if (!(m < BOUND)) {
      beyond(i);
      continue;
    }
    const amount = Math.floor(m * table[t + 5]!);
    fen[i] = amount;
    decisions[i] = decisionsAt[(s << shift) | (m & last)]!;
    granted[account] = before + amount * table[t + 9]!;
    // Rows without an account share with nobody.
    granted[0] = 0;
  }
}
