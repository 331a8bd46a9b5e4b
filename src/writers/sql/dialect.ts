/** What differs between the databases that a plan is written for. */
import type { Truth } from "./truth";

export interface Dialect {
  readonly name: string;
  /** A name of a table or column, whatever it holds. */
  readonly quoted: (name: string) => string;
  /** A text as a value. */
  readonly literal: (value: string) => string;
  readonly truth: (value: boolean) => string;
  /** What may be the same in every row, as a column that can be counted over and put below another. */
  readonly column: (sql: string, nullable: boolean) => string;
  /** A whole number of the rules as a value. */
  readonly number: (value: bigint) => string;
  /** A whole number of 64 bits; NULL stays NULL. */
  readonly whole: (sql: string) => string;
  /** The same beyond 64 bits. */
  readonly wide: (sql: string) => string;
  readonly noText: string;
  /** The whole part of a quotient of a number that is not negative. */
  readonly quotient: (dividend: string, divisor: bigint) => string;
  /** The same by a number of the row that is not 0. */
  readonly quotientOf: (dividend: string, divisor: string) => string;
  /** A day, or a whole number, as one that orders it. */
  readonly day: (sql: string) => string;
  /** The least of amounts that may be NULL; NULL where all are. */
  readonly leastGiven: (amounts: readonly string[]) => string;
  /** Texts of which each may be NULL, by commas; NULL where all are. */
  readonly listed: (texts: readonly string[]) => string;
  /** Named steps, each of which can be read FROM in the ones behind it, and the last query. */
  readonly query: (steps: readonly Step[], last: (from: From) => string) => string;
  /** The rows of a step with what is counted over the rows that belong together. */
  readonly counted: (from: string, columns: readonly Column[], groups: readonly Group[]) => string;
  /** Where running folds of a group of so many rows, the greatest value being so much, are not to be trusted; undefined: nowhere. */
  readonly beyond?: Readonly<Record<"sum before" | "greatest before", (rows: string, greatest: string) => string>>;
}

/** Text of what follows FROM for the step of a name. */
export type From = (name: string) => string;

export interface Step {
  readonly name: string;
  /** What its rows are, for who reads the query. */
  readonly words: string;
  readonly text: (from: From) => string;
}

export interface Column {
  readonly name: string;
  readonly nullable: boolean;
  /** A whole number that can lie beyond 64 bits. */
  readonly wide: boolean;
}

/** What is counted over the rows of a group, or over those before a row in the group's order. */
export interface Fold {
  readonly as: string;
  readonly kind: "any" | "least" | "greatest" | "count" | "place" | "sum before" | "greatest before";
  readonly value: string;
}

export interface Group {
  readonly name: string;
  readonly by: readonly string[];
  /** Rows that belong together by these; every other row is a group of its own. */
  readonly where: Truth;
  /** Whole numbers, of which no two rows of a group have the same. */
  readonly order: readonly string[];
  readonly folds: readonly Fold[];
}

/** The columns by which the rows of a group are told from others. */
export const keysOf = ({ by, where }: Group): readonly string[] =>
  typeof where === "string" ? [...by, `CASE WHEN ${where} THEN 0 ELSE row_no + 1 END`] : by;

/** One line of comment, whatever the text holds. */
export const comment = (text: string): string => `-- ${text.replace(/\s+/g, " ")}`.trimEnd();
export const indented = (text: string, by = "  "): string => text.replace(/^(?=.)/gm, by);
export const listOf = (columns: readonly string[]): string => indented(columns.join(",\n"));
