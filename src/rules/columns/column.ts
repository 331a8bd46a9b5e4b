/** Inputs as columns: what a row of award.ts is to one claim, these are to a hundred thousand. */
import type { Input } from "../law/policy";
import type { Row, Value } from "../award/row";

/**
 * One input over all rows.
 * - money: whole fen
 * - number: `values[i] / scale`, both whole and below 2^53
 * - code: `values[codes[i]]`; flags, choices, and numbers of which there are few; undefined: not given
 *
 * `given` marks, where it is there, the rows in which the user gave the input (0: not given).
 */
export type Column =
  | { readonly kind: "money"; readonly fen: Float64Array; readonly given?: Uint8Array }
  | { readonly kind: "number"; readonly values: Float64Array; readonly scale: number; readonly given?: Uint8Array }
  | {
      readonly kind: "code";
      readonly codes: Uint8Array | Uint16Array;
      readonly values: readonly (Value | undefined)[];
    };

/** Inputs by name, all of the same length; an input without a column was given in no row. */
export interface Columns {
  readonly length: number;
  readonly inputs: Readonly<Record<string, Column>>;
}

/** More different values than this in one column of numbers are kept as numbers, not as codes. */
const FEW = 16;
export const MAX_CODES = 65_536;
/** Decimals that a column of numbers keeps; more are kept as codes. */
const MOST_DECIMALS = 12;
const MAX_DIGITS = 1e15;

/** The values of one row, as award() reads them. */
export function rowAt({ inputs }: Columns, i: number): Row {
  const row: Record<string, Value | undefined> = {};
  for (const [name, column] of Object.entries(inputs)) row[name] = inputAt(column, i);
  return row;
}

/** One input of one row; undefined where it is not given. */
export function inputAt(column: Column, i: number): Value | undefined {
  if (column.kind === "code") return column.values[column.codes[i]!];
  if (column.given?.[i] === 0) return undefined;
  return column.kind === "money" ? column.fen[i]! : column.values[i]! / column.scale;
}

/** The columns of rows that were read one by one. @throws RangeError for more than 65,536 different values of one input */
export function columnsOf(inputs: Readonly<Record<string, Input>>, rows: readonly Row[]): Columns {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => {
    const values = rows.map((row) => row[name]);
    return [name, inputs[name]?.kind === "money" ? moneyColumn(values) : codedOrNumbers(values)] as const;
  });
  return { length: rows.length, inputs: Object.fromEntries(columns) };
}

function moneyColumn(values: readonly (Value | undefined)[]): Column {
  const fen = Float64Array.from(values, (value) => (typeof value === "number" ? value : 0));
  return { kind: "money", fen, ...givenOf(values) };
}

function codedOrNumbers(values: readonly (Value | undefined)[]): Column {
  const numbers = values.every((value) => value === undefined || typeof value === "number")
    ? numberColumn(
        Float64Array.from(values, (value) => (typeof value === "number" ? value : 0)),
        givenOf(values).given,
      )
    : undefined;
  return numbers ?? coded(values);
}

function givenOf(values: readonly (Value | undefined)[]): { given?: Uint8Array } {
  return values.includes(undefined) ? { given: Uint8Array.from(values, (value) => Number(value !== undefined)) } : {};
}

export function coded(list: readonly (Value | undefined)[]): Column {
  const known = new Map<string, number>();
  const values: (Value | undefined)[] = [];
  const codes = Uint16Array.from(list, (value) => {
    const key = `${typeof value}${String(value)}`;
    const code = known.get(key) ?? values.push(value) - 1;
    known.set(key, code);
    return code;
  });
  if (values.length > MAX_CODES) throw new RangeError(`more than ${MAX_CODES} different values in one column`);
  return { kind: "code", codes, values };
}

/**
 * Doubles of at most 15 digits as a column: few different ones as codes, many as whole numbers over one power of ten.
 * @returns undefined where the numbers have too many decimals for that
 */
export function numberColumn(doubles: Float64Array, given: Uint8Array | undefined): Column | undefined {
  const known = new Map<number, number>();
  const values: (Value | undefined)[] = [];
  const codes = new Uint8Array(doubles.length);
  let i = 0;
  for (; i < doubles.length; i++) {
    const key = !given || given[i] ? doubles[i]! : NaN;
    let code = known.get(key);
    if (code === undefined) {
      if (values.length === FEW) break;
      code = values.push(key === key ? key : undefined) - 1;
      known.set(key, code);
    }
    codes[i] = code;
  }
  if (i === doubles.length) return { kind: "code", codes, values };
  return scaledColumn(doubles, given);
}

function scaledColumn(doubles: Float64Array, given: Uint8Array | undefined): Column | undefined {
  let decimals = 0;
  let scale = 1;
  const values = new Float64Array(doubles.length);
  for (let i = 0; i < doubles.length; i++) {
    const x = doubles[i]!;
    let whole = Math.round(x * scale);
    // A decimal of up to 15 digits is the only one that reads as its double: the quotient decides, no string is needed.
    while (whole / scale !== x) {
      if (++decimals > MOST_DECIMALS) return undefined;
      scale *= 10;
      whole = Math.round(x * scale);
    }
    if (whole > MAX_DIGITS) return undefined;
  }
  for (let i = 0; i < doubles.length; i++) {
    values[i] = Math.round(doubles[i]! * scale);
    if (values[i]! > MAX_DIGITS) return undefined;
  }
  return { kind: "number", values, scale, ...(given && { given }) };
}

/** The codes of a table are looked through once, however many scenarios ask. */
const looked = new WeakMap<Int32Array, number>();

/** The highest of a column's codes; -1 where it names nothing. */
export function highest(codes: Int32Array): number {
  let most = looked.get(codes);
  if (most === undefined) {
    most = -1;
    for (let i = 0; i < codes.length; i++) if (codes[i]! > most) most = codes[i]!;
    looked.set(codes, most);
  }
  return most;
}
