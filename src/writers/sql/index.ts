/** The door of the SQL writer. */
import { CLICKHOUSE } from "./clickhouse";
import { DUCKDB, POSTGRESQL } from "./standard";
import type { Dialect } from "./dialect";

export { rangeOf } from "./clause";
export { indented, listOf, type Dialect } from "./dialect";
export type { ClaimsTable } from "./frame";
export { sqlOf } from "./query";
export { shareSql, SQL_METHODS, type SqlMethod } from "./share";
export { literal, quoted } from "./standard";
export { CLICKHOUSE, DUCKDB, POSTGRESQL };

/** By the name that a user gives. */
export const DIALECTS: Readonly<Record<string, Dialect>> = Object.fromEntries(
  [DUCKDB, POSTGRESQL, CLICKHOUSE].map((dialect) => [dialect.name, dialect]),
);
