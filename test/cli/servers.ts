/** Servers of a test's own that hold tables of claims. */
import { clickhouseServers, postgresql } from "../writers/sql/databases";

export const PASSWORD = "geheim";

export interface Server {
  readonly engine: "clickhouse" | "postgres";
  readonly urls: readonly string[];
  /** Statements, the last of which is asked. @returns lines of texts, by tabs */
  ask(...sql: string[]): Promise<string[]>;
  /** Texts of a query, whatever they hold; null for NULL. */
  rows(sql: string): Promise<(string | null)[][]>;
  /** A table of one row per claim: a number, and texts. */
  fill(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly (string | number | null)[])[],
  ): Promise<void>;
  quoted(name: string): string;
  tables(): Promise<string[]>;
  kill(): void;
  start(): Promise<void>;
  close(): void;
}

const literal = (value: string | number | null): string =>
  value === null
    ? "NULL"
    : typeof value === "number"
      ? String(value)
      : `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

export function clickhouse(): Server | undefined {
  const shards = clickhouseServers(2, PASSWORD);
  if (!shards) return undefined;
  const [first, second] = shards as [(typeof shards)[0], (typeof shards)[0]];
  const quoted = (name: string): string => `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  const lines = (text: string): string[] => text.split("\n").filter(Boolean);
  const everywhere = async (sql: string): Promise<void> => void (await Promise.all(shards.map(({ ask }) => ask(sql))));
  return {
    engine: "clickhouse",
    urls: shards.map(({ url }) => url.replace("//", `//default:${PASSWORD}@`)),
    quoted,
    ask: async (...sql) => {
      for (const one of sql.slice(0, -1)) await everywhere(one);
      return lines(await first.ask(sql.at(-1)!));
    },
    rows: async (sql) =>
      (JSON.parse(await first.ask(`${sql} FORMAT JSONCompact`)) as { data: (string | null)[][] }).data,
    // Of `table` the rows lie in `table_local`, by the second column, which is the firm.
    fill: async (table, columns, rows) => {
      const declared = columns.map((name, c) => `${quoted(name)} ${c === 0 ? "Int64" : "Nullable(String)"}`).join(", ");
      const local = `${table}_local`;
      await everywhere(`CREATE TABLE ${quoted(local)} (${declared}) ENGINE = MergeTree ORDER BY tuple()`);
      await everywhere(
        `CREATE TABLE ${quoted(table)} AS ${quoted(local)} ENGINE = Distributed('all', 'default', ${literal(local)}, cityHash64(ifNull(${quoted(columns[1]!)}, '')))`,
      );
      const values = rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
      if (rows.length) await first.ask(`INSERT INTO ${quoted(table)} VALUES ${values}`);
    },
    tables: async () => [...lines(await first.ask("SHOW TABLES")), ...lines(await second.ask("SHOW TABLES"))],
    kill: () => second.kill(),
    start: () => second.start(),
    close: () => shards.forEach((shard) => shard.close()),
  };
}

export function postgres(): Server | undefined {
  const server = postgresql();
  if (!server) return undefined;
  const { quoted } = server.dialect;
  const text = (value: string | number | null): string =>
    value === null ? "NULL" : typeof value === "number" ? String(value) : server.dialect.literal(value);
  return {
    engine: "postgres",
    urls: [server.url],
    quoted,
    ask: async (...sql) => {
      for (const one of sql.slice(0, -1)) await server.run(one);
      return (await server.read(sql.at(-1)!)).map((row) => row.map((value) => value ?? "\\N").join("\t"));
    },
    rows: (sql) => server.read(sql),
    fill: async (table, columns, rows) => {
      await server.run(
        `CREATE TABLE ${quoted(table)} (${columns.map((name, c) => `${quoted(name)} ${c === 0 ? "BIGINT" : "TEXT"}`).join(", ")})`,
      );
      const values = rows.map((row) => `(${row.map(text).join(", ")})`).join(", ");
      if (rows.length) await server.run(`INSERT INTO ${quoted(table)} VALUES ${values}`);
    },
    tables: async () =>
      (
        await server.read(
          "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relname !~ '^(pg_|sql_)' AND relnamespace = 'public'::regnamespace",
        )
      ).map(([name]) => name!),
    kill: () => server.kill(),
    start: async () => server.start(),
    close: () => server.close(),
  };
}
