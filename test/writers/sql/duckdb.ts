/** Claims of rows as a table of DuckDB, as the SQL writer expects them. */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { PlannedRow, Value } from "../../../src/rules";
import { DUCKDB, rangeOf, sqlOf, type ClaimsTable } from "../../../src/writers/sql";

export interface SqlAnswer {
  readonly fen: number;
  readonly outcome: string;
  readonly binding: number | undefined;
}

export const connected = async (): Promise<DuckDBConnection> =>
  (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();

const literal = (value: Value | undefined): string =>
  value === undefined ? "NULL" : typeof value === "string" ? `'${value}'` : String(value);

/** The rows' numbers as whole ones; undefined where one has more decimals than a column keeps. */
function wholeRow({ plan, row }: PlannedRow): Record<string, Value | undefined> | undefined {
  const entries = Object.entries(row).map(([name, value]) => {
    const range = rangeOf(plan.inputs[name]!);
    if (!range || value === undefined) return [name, value];
    const whole = Math.round((value as number) * Number(range.scale));
    return whole / Number(range.scale) === value ? [name, whole] : undefined;
  });
  return entries.includes(undefined)
    ? undefined
    : (Object.fromEntries(entries as [string, Value | undefined][]));
}

export const fits = (row: PlannedRow): boolean => wholeRow(row) !== undefined;

/** One answer per row; undefined for a row that is left to the columns. Rows of one instrument, one plan per year. */
export async function answersOf(
  connection: DuckDBConnection,
  rows: readonly PlannedRow[],
): Promise<(SqlAnswer | undefined)[]> {
  const plans = [...new Set(rows.map(({ plan }) => plan))];
  const names = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
  const types = names.map((name) => {
    const { kind } = plans[0]!.inputs[name]!;
    return kind === "flag" ? "BOOLEAN" : kind === "choice" ? "VARCHAR" : "BIGINT";
  });
  const columns = [...names.map((name, n) => `"${name}" ${types[n]}`)];
  await connection.run(
    `CREATE OR REPLACE TABLE claims_in (place INTEGER, jahr INTEGER, firm VARCHAR, obj VARCHAR${columns.map((c) => `, ${c}`).join("")})`,
  );
  const values = rows.map(({ plan, row, firm, object }, i) => {
    const whole = wholeRow({ plan, row })!;
    return `(${[i, plan.claim.year, firm, object, ...names.map((name) => whole[name])].map(literal).join(", ")})`;
  });
  await connection.run(`INSERT INTO claims_in VALUES ${values.join(", ")}`);
  const table: ClaimsTable = {
    name: ["claims_in"],
    row: "place",
    ...(plans.length > 1 && { year: "jahr" }),
    ...(rows.some(({ firm }) => firm) && { firm: "firm" }),
    ...(rows.some(({ object }) => object) && { object: "obj" }),
    inputs: Object.fromEntries(names.map((name) => [name, name])),
  };
  const sql = sqlOf(plans, table, DUCKDB);
  const read = await connection.runAndReadAll(sql);
  return read.getRowObjects().map(({ award_fen, outcome, limit_no, by_columns }) =>
    by_columns
      ? undefined
      : {
          fen: Number(award_fen),
          outcome: outcome as string,
          binding: limit_no === null || limit_no === undefined ? undefined : Number(limit_no) - 1,
        },
  );
}
