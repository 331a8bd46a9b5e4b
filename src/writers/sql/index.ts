/** The door of the SQL writer. */
export { rangeOf } from "./clause";
export { DIALECTS, DUCKDB, literal, POSTGRESQL, quoted, type Dialect } from "./dialect";
export { sqlOf, type ClaimsTable } from "./query";
