/** Databases to try the SQL writer in: DuckDB in the process, and a PostgreSQL server of the test's own. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import type { PlannedRow, Value } from "../../../src/rules";
import {
  CLICKHOUSE,
  DUCKDB,
  POSTGRESQL,
  rangeOf,
  sqlOf,
  type ClaimsTable,
  type Dialect,
} from "../../../src/writers/sql";

export interface Database {
  readonly dialect: Dialect;
  /** What a table needs behind its columns. */
  readonly engine?: string;
  /** Names of the types. */
  readonly types: Readonly<Record<"whole" | "flag" | "text", string>>;
  run(sql: string): Promise<void>;
  /** Every value as text; null for NULL. */
  read(sql: string): Promise<(string | null)[][]>;
  close(): void;
}

/** Another run of the tests on this machine has other ports; each server of a run takes one or two. */
let port = 20_000 + 8 * Math.floor(Math.random() * 4_000);

const STANDARD_TYPES = { whole: "BIGINT", flag: "BOOLEAN", text: "VARCHAR" };

export async function duckdb(): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  // One for each statement: several tests of one file may ask at once.
  const read = async (sql: string): Promise<(string | null)[][]> => {
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(sql)).getRows();
    connection.closeSync();
    return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
  };
  return {
    dialect: DUCKDB,
    types: STANDARD_TYPES,
    run: async (sql) => void (await read(sql)),
    read,
    close: () => instance.closeSync(),
  };
}

const POSTGRES_HOME = "/usr/lib/postgresql";
/** Values as the server writes them. */
const AS_TEXT = { getTypeParser: () => (text: string | Buffer) => String(text) };

export interface PostgresServer extends Database {
  /** Of a user whose password is "geheim". */
  readonly url: string;
  /** What the server's own program prints of a script, a row a line, values by tabs. */
  pasted(sql: string): string;
  kill(): void;
  start(): void;
}

/** A server on a port of the loopback, gone with close(); undefined where PostgreSQL is not installed. */
export function postgresql(): PostgresServer | undefined {
  const version = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME).sort().at(-1) : undefined;
  const bin = path.join(POSTGRES_HOME, version ?? "", "bin");
  if (!version || !existsSync(path.join(bin, "initdb"))) return undefined;
  const own = String(port++);
  const folder = mkdtempSync(path.join(tmpdir(), "butie-postgres-"));
  // The server refuses to be run by root.
  const user = process.getuid?.() === 0 ? userOf("postgres") : {};
  writeFileSync(path.join(folder, "password"), "geheim");
  if (user.uid !== undefined)
    for (const file of [folder, path.join(folder, "password")]) chownSync(file, user.uid, user.gid!);
  const call = (program: string, args: readonly string[], input?: string): string => {
    const { status, stdout, stderr } = spawnSync(path.join(bin, program), args, {
      ...user,
      cwd: folder,
      encoding: "utf8",
      input,
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout;
  };
  const control = (...args: string[]): string => call("pg_ctl", ["-D", "data", "-w", "-l", "log", ...args]);
  const auth = ["--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=password"];
  call("initdb", ["-D", "data", "-U", "butie", ...auth, "--no-sync", "-E", "UTF8", "--locale=C"]);
  const start = (): void =>
    void control("-o", `-p ${own} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`, "start");
  start();
  const psql = ["-h", folder, "-p", own, "-U", "butie", "-d", "postgres", "-qAt", "-F", "\t", "-v", "ON_ERROR_STOP=1"];
  const read = async (sql: string): Promise<(string | null)[][]> => {
    const client = new Client({ host: folder, port: Number(own), user: "butie", database: "postgres", types: AS_TEXT });
    await client.connect();
    try {
      return (await client.query<(string | null)[]>({ text: sql, rowMode: "array" })).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url: `postgresql://butie:geheim@127.0.0.1:${own}/postgres`,
    kill: () => void control("-m", "immediate", "stop"),
    start,
    dialect: POSTGRESQL,
    types: STANDARD_TYPES,
    pasted: (sql) => call("psql", psql, sql),
    run: async (sql) => void (await read(sql)),
    read,
    close: () => {
      control("-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface ClickHouseServer {
  readonly url: string;
  readonly pid: () => number;
  /** Ends at once, as a machine that fails. */
  kill(): void;
  start(): Promise<void>;
  ask(sql: string, settings?: Readonly<Record<string, number>>): Promise<string>;
  /** What the server's own program prints of a script, a row a line, values by tabs. */
  pasted(sql: string): string;
  close(): void;
}

const programOf = (name: string): string | undefined =>
  ["/usr/sbin", "/usr/bin"].map((folder) => `${folder}/${name}`).find((file) => existsSync(file));

/** The server, where its own client is there, too: scripts are pasted into it. */
const CLICKHOUSE_PROGRAM = programOf("clickhouse-client") && programOf("clickhouse-server");

/**
 * Servers on ports of the loopback, which form a cluster "all"; undefined where ClickHouse or its client is not installed.
 * @param password of the user "default"
 */
export function clickhouseServers(count: number, password = ""): ClickHouseServer[] | undefined {
  if (!CLICKHOUSE_PROGRAM) return undefined;
  const ports = Array.from({ length: count }, () => ({ http: port++, tcp: port++ }));
  const shards = ports.map(
    ({ tcp }) =>
      `<shard><replica><host>127.0.0.1</host><port>${tcp}</port><user>default</user><password>${password}</password></replica></shard>`,
  );
  return ports.map((own) => clickhouseServer(own, shards.join(""), password));
}

function clickhouseServer(ports: { http: number; tcp: number }, shards: string, password: string): ClickHouseServer {
  const folder = mkdtempSync(path.join(tmpdir(), "butie-clickhouse-"));
  writeFileSync(
    path.join(folder, "config.xml"),
    `<yandex>
  <logger><level>error</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
  <listen_host>127.0.0.1</listen_host><http_port>${ports.http}</http_port><tcp_port>${ports.tcp}</tcp_port>
  <path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><mark_cache_size>16777216</mark_cache_size>
  <remote_servers><all>${shards}</all></remote_servers>
  <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
</yandex>`,
  );
  writeFileSync(
    path.join(folder, "users.xml"),
    `<yandex><profiles><default/></profiles><quotas><default/></quotas>
  <users><default><password>${password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
</yandex>`,
  );
  const spawned = (): ChildProcess =>
    spawn(CLICKHOUSE_PROGRAM!, [`--config-file=${folder}/config.xml`], { stdio: "ignore" });
  let server = spawned();
  const ask: ClickHouseServer["ask"] = async (sql, settings = {}) => {
    const query = Object.entries({ max_query_size: 2 ** 24, insert_distributed_sync: 1, ...settings });
    for (let tries = 0; ; tries++) {
      if (server.exitCode !== null || server.signalCode !== null) throw new Error("the server has ended");
      try {
        const answer = await fetch(
          `http://127.0.0.1:${ports.http}/?${query.map(([name, value]) => `${name}=${value}`).join("&")}`,
          {
            method: "POST",
            body: sql,
            headers: { "X-ClickHouse-User": "default", "X-ClickHouse-Key": password },
            signal: AbortSignal.timeout(600_000),
          },
        );
        const text = await answer.text();
        if (!answer.ok) throw new Error(text);
        return text;
      } catch (error) {
        // Not up yet.
        if ((error as Error).name !== "TypeError" || tries > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  return {
    url: `http://127.0.0.1:${ports.http}`,
    pid: () => server.pid!,
    ask,
    pasted: (sql) => {
      const args = ["--host", "127.0.0.1", "--port", String(ports.tcp), "--user", "default", "--multiquery"];
      const { status, stdout, stderr } = spawnSync("clickhouse-client", [...args, "--password", password], {
        encoding: "utf8",
        input: sql,
      });
      if (status !== 0) throw new Error(`clickhouse-client: ${stderr}`);
      return stdout;
    },
    kill: () => void server.kill("SIGKILL"),
    start: async () => {
      server = spawned();
      await ask("SELECT 1");
    },
    close: () => {
      server.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One of them to try queries in. */
export function clickhouse(): Database | undefined {
  const [server] = clickhouseServers(1) ?? [];
  return (
    server && {
      dialect: CLICKHOUSE,
      types: { whole: "Nullable(Int64)", flag: "Nullable(UInt8)", text: "Nullable(String)" },
      engine: "ENGINE = Memory",
      run: async (sql) => void (await server.ask(sql)),
      read: async (sql) => cellsOf(await server.ask(`${sql} FORMAT TabSeparated`)),
      close: () => server.close(),
    }
  );
}

/** What a server prints, a row a line. */
const cellsOf = (text: string): (string | null)[][] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t").map((value) => (value === "\\N" ? null : value)));

function userOf(name: string): { uid?: number; gid?: number } {
  const id = (flag: string): number => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

export interface SqlAnswer {
  readonly fen: number;
  readonly outcome: string;
  readonly binding: number | undefined;
}

/** The rows' numbers as whole ones; undefined where one has more decimals than a column keeps. */
function wholeRow({ plan, row }: Pick<PlannedRow, "plan" | "row">): Record<string, Value | undefined> | undefined {
  const entries = Object.entries(row).map(([name, value]): [string, Value | undefined] | undefined => {
    const range = rangeOf(plan.inputs[name]!);
    if (!range || typeof value !== "number") return [name, value];
    const whole = Math.round(value * Number(range.scale));
    return whole / Number(range.scale) === value ? [name, whole] : undefined;
  });
  return entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

export const fits = (row: PlannedRow): boolean => wholeRow(row) !== undefined;

let tables = 0;

/** One answer per row; undefined for a row that is left to the columns. Rows of one instrument, one plan per year. */
export async function answersOf(database: Database, rows: readonly PlannedRow[]): Promise<(SqlAnswer | undefined)[]> {
  const { dialect, types } = database;
  const literal = (value: Value | undefined): string =>
    value === undefined
      ? "NULL"
      : typeof value === "string"
        ? dialect.literal(value)
        : typeof value === "boolean"
          ? dialect.truth(value)
          : String(value);
  const plans = [...new Set(rows.map(({ plan }) => plan))];
  const names = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
  const columns = names.map((name) => {
    const { kind } = plans[0]!.inputs[name]!;
    return `, "${name}" ${types[kind === "flag" ? "flag" : kind === "choice" || kind === "name" ? "text" : "whole"]}`;
  });
  const values = rows.map(({ plan, row, firm, object }, i) => {
    const whole = wholeRow({ plan, row })!;
    return `(${[i, plan.claim.year, firm, object, ...names.map((name) => whole[name])].map(literal).join(", ")})`;
  });
  const name = `claims_${tables++}`;
  await database.run(
    `CREATE TABLE ${name} (row_place INTEGER, jahr INTEGER, firm ${types.text}, obj ${types.text}${columns.join("")}) ${database.engine ?? ""}`,
  );
  await database.run(`INSERT INTO ${name} VALUES ${values.join(", ")}`);
  const table: ClaimsTable = {
    name: [name],
    row: "row_place",
    ...(plans.length > 1 && { year: "jahr" }),
    ...(rows.some(({ firm }) => firm) && { firm: "firm" }),
    ...(rows.some(({ object }) => object) && { object: "obj" }),
    inputs: Object.fromEntries(names.map((name) => [name, name])),
  };
  const query = sqlOf(plans, table, dialect);
  const read = await database.read(
    `SELECT award_fen, outcome, limit_no, CASE WHEN by_columns THEN 1 ELSE 0 END FROM (${query}) answers ORDER BY row_no`,
  );
  await database.run(`DROP TABLE ${name}`);
  return read.map(([fen, outcome, limit, byColumns]) =>
    byColumns === "1"
      ? undefined
      : { fen: Number(fen), outcome: outcome!, binding: limit === null ? undefined : Number(limit) - 1 },
  );
}
