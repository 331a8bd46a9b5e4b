/**
 * Formulas of a spreadsheet as texts that compute themselves: each piece has the text that a cell holds and the value that the
 * cell then shows. So the results stored in a file are those of its formulas, and a formula can be tested without a spreadsheet.
 * A text is written for any row: marks stand for the numbers of the row, the one above and the one below.
 */

/** What a cell shows; null for a blank cell, which is not the same as an empty text. */
export type Scalar = number | string | boolean | null;

export interface Expression {
  readonly text: string;
  /** How tightly its outermost operator binds; a looser one is put in brackets inside a tighter one. */
  readonly rank: number;
  /** The value in a row of the sheet's data, counted from 0. */
  readonly value: (row: number) => Scalar;
  /** Known without a row: it is written nowhere, only what follows from it. */
  readonly constant?: Scalar;
  /** Of a comparison: what holds where it does not. */
  readonly opposite?: () => Expression;
  /** Of a conjunction or an alternative: what it consists of. */
  readonly all?: readonly Expression[];
  readonly any?: readonly Expression[];
}

/** Private characters, which no text of a document holds. */
export const [HERE, ABOVE, BELOW] = ["\uE000", "\uE001", "\uE002"];

const templates = new Map<string, readonly string[]>();
const MOST_TEMPLATES = 4096;

/** The formula of one row of the sheet, as the sheet numbers its rows. Texts are taken apart once: a sheet has many rows. */
export function inRow(formula: string, row: number): string {
  let pieces = templates.get(formula);
  if (!pieces) {
    if (templates.size >= MOST_TEMPLATES) templates.clear();
    templates.set(formula, (pieces = formula.split(/([\uE000-\uE002])/)));
  }
  let written = "";
  for (const piece of pieces)
    written += piece === HERE ? row : piece === ABOVE ? row - 1 : piece === BELOW ? row + 1 : piece;
  return written;
}

const [COMPARED, JOINED, ADDED, MULTIPLIED, WHOLE] = [1, 2, 3, 4, 5];

const constant = (value: Scalar, text: string): Expression => ({
  text,
  rank: WHOLE,
  value: () => value,
  constant: value,
});
export const TRUE = constant(true, "TRUE");
export const FALSE = constant(false, "FALSE");
/** In full: no spreadsheet reads 1e-9 alike. */
export const number = (n: number): Expression =>
  constant(n, Number.isInteger(n) ? String(n) : n.toFixed(10).replace(/0+$/, ""));
export const text = (s: string): Expression => constant(s, `"${s.replaceAll('"', '""')}"`);
export const BLANK = text("");
export const ZERO_CELL = number(0);

/** A reference or anything else that is written as it stands. */
export const written = (words: string, value: (row: number) => Scalar): Expression => ({
  text: words,
  rank: WHOLE,
  value,
});

/** As a text. */
const shown = (value: Scalar): string => (value === null ? "" : String(value));
/** A blank counts as 0 in arithmetic. */
const numeric = (value: Scalar): number => (typeof value === "number" ? value : 0);
const within = ({ text: words, rank }: Expression, least: number): string => (rank < least ? `(${words})` : words);

function operator(
  sign: string,
  rank: number,
  [a, b]: readonly [Expression, Expression],
  compute: (a: Scalar, b: Scalar) => Scalar,
): Expression {
  return {
    text: `${within(a, rank)}${sign}${within(b, sign === "&" ? rank : rank + 1)}`,
    rank,
    value: (row) => compute(a.value(row), b.value(row)),
  };
}

const arithmetic =
  (sign: string, rank: number, compute: (a: number, b: number) => number) =>
  (a: Expression, b: Expression): Expression =>
    operator(sign, rank, [a, b], (x, y) => compute(numeric(x), numeric(y)));

export const plus = arithmetic("+", ADDED, (a, b) => a + b);
export const minus = arithmetic("-", ADDED, (a, b) => a - b);
const timesTwo = arithmetic("*", MULTIPLIED, (a, b) => a * b);
export const over = arithmetic("/", MULTIPLIED, (a, b) => a / b);
/** The product; 1 of nothing. */
export const times = (...factors: readonly Expression[]): Expression =>
  factors.length ? factors.reduce((all, factor) => timesTwo(all, factor)) : number(1);
export const joined = (a: Expression, b: Expression): Expression =>
  operator("&", JOINED, [a, b], (x, y) => shown(x) + shown(y));

const OPPOSITES = { ">=": "<", ">": "<=", "<=": ">", "<": ">=" } as const;
const ORDERS = {
  ">=": (a: number, b: number) => a >= b,
  ">": (a: number, b: number) => a > b,
  "<=": (a: number, b: number) => a <= b,
  "<": (a: number, b: number) => a < b,
} as const;
type Order = keyof typeof ORDERS;

/** Compares numbers; a blank counts as 0. */
export const compares = (a: Expression, sign: Order, b: Expression): Expression => ({
  ...operator(sign, COMPARED, [a, b], (x, y) => ORDERS[sign](numeric(x), numeric(y))),
  opposite: () => compares(a, OPPOSITES[sign], b),
});

/** Texts are equal whatever the case of their letters. */
function same(a: Scalar, b: Scalar): boolean {
  if (a === null || b === null) return [a, b].every((one) => one === null || one === "" || one === 0);
  return typeof a === "string" && typeof b === "string" ? a.toLowerCase() === b.toLowerCase() : a === b;
}
export function equals(a: Expression, b: Expression): Expression {
  if (a.text === b.text) return TRUE;
  return { ...operator("=", COMPARED, [a, b], same), opposite: () => differs(a, b) };
}
export const differs = (a: Expression, b: Expression): Expression => ({
  ...operator("<>", COMPARED, [a, b], (x, y) => !same(x, y)),
  opposite: () => equals(a, b),
});

export function call(
  name: string,
  args: readonly (Expression | string)[],
  compute: (row: number) => Scalar,
): Expression {
  return {
    text: `${name}(${args.map((arg) => (typeof arg === "string" ? arg : arg.text)).join(",")})`,
    rank: WHOLE,
    value: compute,
  };
}

export function and(...list: readonly Expression[]): Expression {
  const open = list.flatMap((one) => one.all ?? (one.constant === true ? [] : [one]));
  const words = new Set(open.map((one) => one.text));
  const contradict = open.some(({ opposite }) => opposite && words.has(opposite().text));
  if (contradict || words.has(FALSE.text)) return FALSE;
  if (open.length < 2) return open[0] ?? TRUE;
  return { ...call("AND", open, (row) => open.every((one) => one.value(row) === true)), all: open };
}

export function or(...list: readonly Expression[]): Expression {
  const open = list.flatMap((one) => one.any ?? (one.constant === false ? [] : [one]));
  if (open.some(({ constant: known }) => known === true)) return TRUE;
  if (open.length < 2) return open[0] ?? FALSE;
  return { ...call("OR", open, (row) => open.some((one) => one.value(row) === true)), any: open };
}

export function not(a: Expression): Expression {
  if (a.constant !== undefined) return a.constant === true ? FALSE : TRUE;
  return a.opposite?.() ?? call("NOT", [a], (row) => a.value(row) !== true);
}

export function when(condition: Expression, then: Expression, otherwise: Expression): Expression {
  if (condition.constant !== undefined) return condition.constant === true ? then : otherwise;
  return call("IF", [condition, then, otherwise], (row) =>
    (condition.value(row) === true ? then : otherwise).value(row),
  );
}

/** The numbers among cells: texts and blanks in them do not count, as in MIN and MAX. */
const numbersIn = (args: readonly Expression[], row: number): number[] =>
  args.map((arg) => arg.value(row)).filter((value) => typeof value === "number");
/** Loops instead of spread arguments: a total runs over any number of rows. */
const extreme = (numbers: readonly number[], pick: (a: number, b: number) => number): number =>
  numbers.length ? numbers.reduce((a, b) => pick(a, b)) : 0;

/** A cell as it is, an empty text where it is blank. */
export const looked = (cell: Expression): Expression => when(equals(cell, BLANK), BLANK, cell);

export const least = (...args: readonly Expression[]): Expression =>
  call("MIN", args, (row) => extreme(numbersIn(args, row), Math.min));
export const most = (...args: readonly Expression[]): Expression =>
  call("MAX", args, (row) => extreme(numbersIn(args, row), Math.max));
/** Whether any of the cells has a number. */
export const anyNumber = (...args: readonly Expression[]): Expression =>
  compares(
    call("COUNT", args, (row) => numbersIn(args, row).length),
    ">",
    ZERO_CELL,
  );

/** Half away from zero, as a spreadsheet rounds. Exact for numbers that 15 digits hold. */
function rounded(x: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = Math.abs(x) * scale;
  const nearest = Math.floor(Number(scaled.toPrecision(15)) + 0.5);
  return (x < 0 ? 0 - nearest : nearest) / scale;
}
export const round = (a: Expression, digits = 0): Expression =>
  call("ROUND", [a, number(digits)], (row) => rounded(numeric(a.value(row)), digits));
export const whole = (a: Expression): Expression => call("INT", [a], (row) => Math.floor(numeric(a.value(row))));
export const size = (a: Expression): Expression => call("ABS", [a], (row) => Math.abs(numeric(a.value(row))));
/** A number; anything else counts as 0. */
export const asNumber = (a: Expression): Expression => call("N", [a], (row) => numeric(a.value(row)));
export const isNumber = (a: Expression): Expression => call("ISNUMBER", [a], (row) => typeof a.value(row) === "number");
/** Whether a text begins with another one. */
export function beginsWith(a: Expression, words: Expression): Expression {
  const known = words.constant;
  const length =
    typeof known === "string" ? number(known.length) : call("LEN", [words], (row) => shown(words.value(row)).length);
  const start = call("LEFT", [a, length], (row) => shown(a.value(row)).slice(0, numeric(length.value(row))));
  return equals(start, words);
}
/** The year of a date cell, which holds days since the end of 1899. */
export const yearOf = (a: Expression): Expression =>
  call("YEAR", [a], (row) => new Date((numeric(a.value(row)) - DAYS_TO_1970) * DAY_MS).getUTCFullYear());
/** Its month, from 1. */
export const monthOf = (a: Expression): Expression =>
  call("MONTH", [a], (row) => new Date((numeric(a.value(row)) - DAYS_TO_1970) * DAY_MS).getUTCMonth() + 1);
const DAYS_TO_1970 = 25_569;
const DAY_MS = 86_400_000;
/** The corresponding day so many months later, or the last one of its month. */
export const laterBy = (day: Expression, months: Expression): Expression =>
  call("EDATE", [day, months], (row) => {
    const from = new Date((numeric(day.value(row)) - DAYS_TO_1970) * DAY_MS);
    const month = from.getUTCMonth() + numeric(months.value(row));
    const last = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), last)) / DAY_MS + DAYS_TO_1970;
  });
/** The date cell of an ISO date. */
export const dateCell = (day: string): number => Date.parse(day) / DAY_MS + DAYS_TO_1970;

const divisor = (a: number, b: number): number => (b ? divisor(b, a % b) : a);
export const commonMultiple = (...args: readonly Expression[]): Expression =>
  call("LCM", args, (row) => args.map((arg) => numeric(arg.value(row))).reduce((a, b) => (a / divisor(a, b)) * b));
