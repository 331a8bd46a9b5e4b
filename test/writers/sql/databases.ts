/** Databases to try the SQL writer in: DuckDB in the process, and a PostgreSQL server of the test's own. */
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { PlannedRow, Value } from "../../../src/rules";
import { DUCKDB, POSTGRESQL, rangeOf, sqlOf, type ClaimsTable, type Dialect } from "../../../src/writers/sql";

export interface Database {
  readonly dialect: Dialect;
  run(sql: string): Promise<void>;
  /** Every value as text; null for NULL. */
  read(sql: string): Promise<(string | null)[][]>;
  close(): void;
}

export async function duckdb(): Promise<Database> {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  return {
    dialect: DUCKDB,
    run: async (sql) => void (await connection.run(sql)),
    read: async (sql) =>
      (await connection.runAndReadAll(sql))
        .getRows()
        .map((row) => row.map((value) => (value === null ? null : String(value)))),
    close: () => connection.closeSync(),
  };
}

const POSTGRES_HOME = "/usr/lib/postgresql";
const PORT = "54329";
/** What stands for NULL in what psql prints. */
const NULL = "\u0001";

/** A server on a port of the loopback, gone with close(); undefined where PostgreSQL is not installed. */
export function postgresql(): Database | undefined {
  const version = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME).sort().at(-1) : undefined;
  const bin = path.join(POSTGRES_HOME, version ?? "", "bin");
  if (!version || !existsSync(path.join(bin, "initdb"))) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "butie-postgres-"));
  // The server refuses to be run by root.
  const user = process.getuid?.() === 0 ? userOf("postgres") : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
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
  call("initdb", ["-D", "data", "-U", "butie", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
  call("pg_ctl", [
    "-D",
    "data",
    "-w",
    "-l",
    "log",
    "-o",
    `-p ${PORT} -k ${folder} -c listen_addresses= -c fsync=off`,
    "start",
  ]);
  const psql = (sql: string): string =>
    call(
      "psql",
      [
        "-h",
        folder,
        "-p",
        PORT,
        "-U",
        "butie",
        "-d",
        "postgres",
        "-qAt",
        "-F",
        "\t",
        "-P",
        `null=${NULL}`,
        "-v",
        "ON_ERROR_STOP=1",
      ],
      sql,
    );
  return {
    dialect: POSTGRESQL,
    run: async (sql) => void psql(`${sql};`),
    read: async (sql) =>
      psql(`${sql};`)
        .split("\n")
        .filter(Boolean)
        .map((line) => line.split("\t").map((value) => (value === NULL ? null : value))),
    close: () => {
      call("pg_ctl", ["-D", "data", "-m", "immediate", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userOf(name: string): { uid?: number; gid?: number } {
  const id = (flag: string): number => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

export interface SqlAnswer {
  readonly fen: number;
  readonly outcome: string;
  readonly binding: number | undefined;
}

const literal = (value: Value | undefined): string =>
  value === undefined ? "NULL" : typeof value === "string" ? `'${value}'` : String(value);

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

/** One answer per row; undefined for a row that is left to the columns. Rows of one instrument, one plan per year. */
export async function answersOf(database: Database, rows: readonly PlannedRow[]): Promise<(SqlAnswer | undefined)[]> {
  const plans = [...new Set(rows.map(({ plan }) => plan))];
  const names = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
  const columns = names.map((name) => {
    const { kind } = plans[0]!.inputs[name]!;
    return `, "${name}" ${kind === "flag" ? "BOOLEAN" : kind === "choice" ? "VARCHAR" : "BIGINT"}`;
  });
  const values = rows.map(({ plan, row, firm, object }, i) => {
    const whole = wholeRow({ plan, row })!;
    return `(${[i, plan.claim.year, firm, object, ...names.map((name) => whole[name])].map(literal).join(", ")})`;
  });
  await database.run(`DROP TABLE IF EXISTS claims_in`);
  await database.run(
    `CREATE TABLE claims_in (place INTEGER, jahr INTEGER, firm VARCHAR, obj VARCHAR${columns.join("")})`,
  );
  await database.run(`INSERT INTO claims_in VALUES ${values.join(", ")}`);
  const table: ClaimsTable = {
    name: ["claims_in"],
    row: "place",
    ...(plans.length > 1 && { year: "jahr" }),
    ...(rows.some(({ firm }) => firm) && { firm: "firm" }),
    ...(rows.some(({ object }) => object) && { object: "obj" }),
    inputs: Object.fromEntries(names.map((name) => [name, name])),
  };
  const query = sqlOf(plans, table, database.dialect);
  const read = await database.read(
    `SELECT award_fen, outcome, limit_no, CAST(by_columns AS INTEGER) FROM (${query}) answers ORDER BY row_no`,
  );
  return read.map(([fen, outcome, limit, byColumns]) =>
    byColumns === "1"
      ? undefined
      : { fen: Number(fen), outcome: outcome!, binding: limit === null ? undefined : Number(limit) - 1 },
  );
}
