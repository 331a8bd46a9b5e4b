/** The door of the SQL writer. */
export { rangeOf } from "./clause";
export { DIALECTS, DUCKDB, POSTGRESQL, type Dialect } from "./dialect";
export { sqlOf, type ClaimsTable } from "./query";
