/** What differs between the databases that a plan is written for. */
export interface Dialect {
  readonly name: string;
  /** Type of whole numbers beyond 64 bits. */
  readonly wide: string;
  /** The whole part of a quotient; neither number is negative. */
  quotient(dividend: string, divisor: string): string;
}

export const DUCKDB: Dialect = {
  name: "duckdb",
  wide: "HUGEINT",
  quotient: (dividend, divisor) => `(${dividend}) // ${divisor}`,
};

export const POSTGRESQL: Dialect = {
  name: "postgresql",
  wide: "NUMERIC",
  quotient: (dividend, divisor) => `div(${dividend}, ${divisor})`,
};

/** By the name that a user gives. */
export const DIALECTS: Readonly<Record<string, Dialect>> = { duckdb: DUCKDB, postgresql: POSTGRESQL };

/** A name of a table or column, whatever it holds. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A text of the rules as a value. */
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
/** One line of comment, whatever the text holds. */
export const comment = (text: string): string => `-- ${text.replace(/\s+/g, " ")}`;
