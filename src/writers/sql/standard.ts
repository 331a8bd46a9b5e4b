/** Databases with window functions and named steps. */
import { comment, indented, keysOf, listOf, type Dialect, type Fold, type Group } from "./dialect";

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const FOLDS: Readonly<Record<Fold["kind"], (value: string, name: string) => string>> = {
  any: (value, name) => `bool_or(${value}) OVER rows_${name}`,
  least: (value, name) => `min(${value}) OVER rows_${name}`,
  greatest: (value, name) => `max(${value}) OVER rows_${name}`,
  count: (_, name) => `count(*) OVER rows_${name}`,
  place: (_, name) => `row_number() OVER ordered_rows_${name}`,
  "sum before": (value, name) => `coalesce(sum(${value}) OVER rows_before_${name}, 0)`,
  "greatest before": (value, name) => `coalesce(max(${value}) OVER rows_before_${name}, 0)`,
};

/** The windows that the folds of a group name. */
function windowsOf(group: Group): string[] {
  const { name, order, folds } = group;
  const account = `PARTITION BY ${keysOf(group).join(", ")}`;
  const ordered = `${account} ORDER BY ${order.join(", ")}`;
  const kinds = new Set(folds.map(({ kind }) => kind));
  return [
    ...((["any", "least", "greatest", "count"] as const).some((kind) => kinds.has(kind))
      ? [`rows_${name} AS (${account})`]
      : []),
    ...(kinds.has("place") ? [`ordered_rows_${name} AS (${ordered})`] : []),
    ...(kinds.has("sum before") || kinds.has("greatest before")
      ? [`rows_before_${name} AS (${ordered} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`]
      : []),
  ];
}

const STANDARD: Omit<Dialect, "name" | "wide" | "quotient" | "quotientOf" | "day"> = {
  quoted,
  literal,
  column: (sql) => sql,
  truth: (value) => (value ? "TRUE" : "FALSE"),
  number: String,
  whole: (sql) => `CAST(${sql} AS BIGINT)`,
  noText: "CAST(NULL AS VARCHAR)",
  leastGiven: (amounts) => `least(${amounts.join(", ")})`,
  listed: (texts) => `nullif(concat_ws(',', ${texts.join(", ")}), '')`,
  query: (steps, last) => {
    const from = (name: string): string => quoted(name);
    const named = steps.map(
      ({ name, words, text }) => `${comment(words)}\n${quoted(name)} AS (\n${indented(text(from))}\n)`,
    );
    return `WITH\n${named.join(",\n")}\n${last(from)}`;
  },
  counted: (from, _, groups) => {
    const folds = groups.flatMap((group) =>
      group.folds.map(({ as, kind, value }) => `${FOLDS[kind](value, group.name)} AS ${as}`),
    );
    return `SELECT\n${listOf(["*", ...folds])}\nFROM ${from}\nWINDOW\n${listOf(groups.flatMap(windowsOf))}`;
  },
};

export const DUCKDB: Dialect = {
  ...STANDARD,
  name: "duckdb",
  wide: (sql) => `CAST(${sql} AS HUGEINT)`,
  quotient: (dividend, divisor) => `(${dividend}) // ${divisor}`,
  quotientOf: (dividend, divisor) => `(${dividend}) // ${divisor}`,
  day: (sql) => `CAST(replace(CAST(${sql} AS VARCHAR), '-', '') AS BIGINT)`,
};

export const POSTGRESQL: Dialect = {
  ...STANDARD,
  name: "postgresql",
  // A backslash is plain or not as the server is set; in this form it is known.
  literal: (value) => (value.includes("\\") ? `E${literal(value.replaceAll("\\", "\\\\"))}` : literal(value)),
  wide: (sql) => `CAST(${sql} AS NUMERIC)`,
  quotient: (dividend, divisor) => `div(${dividend}, ${divisor})`,
  quotientOf: (dividend, divisor) => `div(${dividend}, ${divisor})`,
  day: (sql) => `CAST(replace(CAST(${sql} AS VARCHAR), '-', '') AS BIGINT)`,
};
