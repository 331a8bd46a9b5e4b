/** What ClickHouse knows of a table: its columns, and where the rows of a Distributed one lie. */
import { CLICKHOUSE } from "../../writers/sql";
import type { Shard } from "./clickhouse";
import { failed } from "./store";
import type { ColumnType } from "./target";

const { literal } = CLICKHOUSE;

/** The local tables of a Distributed one. */
export interface Distributed {
  readonly cluster: string;
  readonly database: string;
  readonly table: string;
}

/** @returns undefined for a table that lies on one server. @throws Refusal where there is no such table */
export async function distributionOf(shard: Shard, database: string, table: string): Promise<Distributed | undefined> {
  const [found] = await shard.rows(
    `SELECT engine, engine_full FROM system.tables WHERE database = ${literal(database)} AND name = ${literal(table)}`,
  );
  if (!found) throw failed(shard.label, `没有表“${database}.${table}”`, `there is no table ${database}.${table}`);
  if (found["engine"] !== "Distributed") return undefined;
  const [cluster = "", its = "", local = ""] = argumentsOf(String(found["engine_full"]));
  return { cluster, database: its || database, table: local };
}

const ARGUMENT = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`|([^,()'"`]+))\s*(?:,|\))/y;

/** The first three arguments of Distributed(…), which may be names or texts. */
function argumentsOf(engine: string): string[] {
  const found: string[] = [];
  ARGUMENT.lastIndex = engine.indexOf("(") + 1;
  for (let match = ARGUMENT.exec(engine); match && found.length < 3; match = ARGUMENT.exec(engine)) {
    const [, text, quoted, ticked, plain] = match;
    found.push(plain?.trim() ?? (text ?? quoted ?? ticked ?? "").replace(/\\(.)/g, "$1"));
  }
  return found;
}

export async function columnsOf(shard: Shard, database: string, table: string): Promise<ColumnType[]> {
  const rows = await shard.rows(
    `SELECT name, type FROM system.columns WHERE database = ${literal(database)} AND table = ${literal(table)}`,
  );
  return rows.map((row) => ({ name: String(row["name"]), type: String(row["type"]) }));
}
