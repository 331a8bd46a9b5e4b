/** The rows of the benchmarks in DuckDB, in memory, on one thread. */
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER, UTINYINT, type DuckDBConnection } from "@duckdb/node-api";
import { CAP_YUAN, FIRM_CAP_YUAN, RATES, SECOND_RATE, type Rows } from "./rule";

/** Rows that DuckDB takes at a time. */
const CHUNK = 2048;

/** @returns a connection with the table `contracts`: amounts as DECIMAL(18,2), in row order */
export async function contractsIn(rows: Rows): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await connection.run(
    "create table handed(fen double, own_fen double, tier utinyint, eligible utinyint, firm integer, place integer)",
  );
  const appender = await connection.createAppender("handed");
  const types = [DOUBLE, DOUBLE, UTINYINT, UTINYINT, INTEGER, INTEGER];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, rows.length);
    const chunk = DuckDBDataChunk.create(types, to - from);
    [rows.amount, rows.own, rows.tier, rows.eligible, rows.firm].forEach((column, c) =>
      chunk.setColumnValues(c, Array.from(column.subarray(from, to))),
    );
    chunk.setColumnValues(
      5,
      Array.from({ length: to - from }, (_, i) => from + i),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  await connection.run(`
    create table contracts as select
      (fen::bigint::decimal(18,0) * 0.01)::decimal(18,2) amount, (own_fen::bigint::decimal(18,0) * 0.01)::decimal(18,2) own,
      tier, eligible = 1 eligible, firm, place from handed order by place`);
  await connection.run("drop table handed");
  return connection;
}

const share = (rate: string, of: string): string => `(${of} * ${rate})::decimal(18,2)`;

const OWN_LIMITS = `least(
  ${share(`case tier ${RATES.map((rate, tier) => `when ${tier} then ${rate}`).join(" ")} end`, "amount")},
  ${share(SECOND_RATE, "own")},
  ${CAP_YUAN}.00)`;

/** The rule of its own limits. */
export const AWARD = `select place, case when eligible then ${OWN_LIMITS} else 0 end::decimal(18,2) award from contracts`;

/** With the firm's allowance of the year: what is paid so far never exceeds it, so that it may be taken from running sums. */
export const SHARED_AWARD = `
  select place, (least(${FIRM_CAP_YUAN}, sum(award) over firm_rows)
    - least(${FIRM_CAP_YUAN}, sum(award) over firm_rows - award))::decimal(18,2) award
  from (select place, firm, case when eligible then ${OWN_LIMITS} else 0 end::decimal(18,2) award from contracts)
  window firm_rows as (partition by firm order by place rows unbounded preceding)`;

/** Writes the awards to a table, as a user of DuckDB keeps them. */
export const write = (connection: DuckDBConnection, query: string): Promise<unknown> =>
  connection.run(`create or replace table awards as ${query}`);

/** Whole fen of all awards written last. */
export async function writtenTotal(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll("select (sum(award) * 100)::bigint from awards");
  return Number(reader.getRows()[0]![0]);
}
