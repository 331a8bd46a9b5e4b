/** The ways of doing one job: awards of rows whose firms share a limit, written where a user keeps them. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { columnsAwards } from "../../../src/rules/columns";
import { isInPart, partsOf } from "../../../src/cli/run/clickhouse";
import { CLICKHOUSE, DUCKDB, sqlOf, type Dialect } from "../../../src/writers/sql";
import { clickhouseServers } from "../../writers/sql/databases";
import { SHARED_AWARD } from "../common/duckdb";
import { CAP_YUAN, columnsOfRows, FIRM_CAP_YUAN, RATES, rulePlan, SECOND_RATE, type Rows } from "../common/rule";

export interface Measure {
  readonly name: string;
  readonly rows: number;
  /** Seconds: the middle of three runs. */
  readonly wall: number;
  readonly cpu: number;
  /** Of several servers, the processor seconds of the one that had most to do. */
  readonly busiest?: number;
  /** Bytes, the most that its processes held. */
  readonly peak: number;
  /** Fen of all awards. */
  readonly total: string;
  /** Programs that ran on the machine meanwhile, on average over a minute. */
  readonly load?: number;
}

/** A firm has ten rows. */
const ROWS_OF_FIRM = 10;
/** The fastest and the slowest of so many runs are left out; the largest tables are computed once. */
const RUNS = 3;
const MOST_REPEATED = 10_000_000;
const runsOf = (rows: number): number => (rows > MOST_REPEATED ? 1 : RUNS);
/** Another Python than the usual one, such as one with pandas. */
const PYTHON = process.env["PYTHON"] ?? "python3";
export const MEMORY = "1GB";
const MEMORY_BYTES = 2 ** 30;

/** Row i in any engine, whole numbers below 2^53: the same everywhere. */
const seed = (i: string): string => `((${i}) * 48271 + 11) % 2147483647`;
const amount = (x: string): string => `100 + (${x}) % 60000000`;
const own = (x: string): string => `100 + ((${x}) * 7) % 50000000`;

function rowsOf(length: number): Rows {
  const rows: Rows = {
    length,
    amount: new Float64Array(length),
    own: new Float64Array(length),
    tier: new Uint8Array(length),
    eligible: new Uint8Array(length),
    firm: new Int32Array(length),
  };
  const firms = length / ROWS_OF_FIRM;
  for (let i = 0; i < length; i++) {
    const x = (i * 48271 + 11) % 2147483647;
    rows.amount[i] = 100 + (x % 60000000);
    rows.own[i] = 100 + ((x * 7) % 50000000);
    rows.tier[i] = x % RATES.length;
    rows.eligible[i] = x % 5 ? 1 : 0;
    rows.firm[i] = i % firms;
  }
  return rows;
}

/** SQL of the rows' columns, as the writer of SQL expects them, over a column of whole numbers. */
const selected = (i: string, length: number, text: (n: string) => string): string =>
  `${i} AS place, ${text(`${i} % ${length / ROWS_OF_FIRM}`)} AS firm, ${amount(seed(i))} AS amount, ${own(seed(i))} AS own, CASE (${seed(i)}) % 3 WHEN 0 THEN 't0' WHEN 1 THEN 't1' ELSE 't2' END AS tier, (${seed(i)}) % 5 <> 0 AS eligible`;

const queryIn = (dialect: Dialect, table = "claims"): string =>
  sqlOf(
    [rulePlan(true)],
    {
      name: [table],
      row: "place",
      firm: "firm",
      inputs: { amount: "amount", own: "own", tier: "tier", eligible: "eligible" },
    },
    dialect,
  );

async function database(folder: string, threads: number): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(path.join(folder, "claims.duckdb"), {
    threads: String(threads),
    memory_limit: MEMORY,
    temp_directory: path.join(folder, "spill"),
  });
  return instance.connect();
}

const first = async (connection: DuckDBConnection, sql: string): Promise<string> =>
  String((await connection.runAndReadAll(sql)).getRows()[0]![0]);

/** What a contender does between the two looks at the clock. */
type Job = () => Promise<unknown>;

interface Prepared {
  /** What is not measured. */
  readonly before?: Job;
  readonly job: Job;
  readonly total: () => Promise<string> | string;
  /** Processes beside this one. */
  readonly servers?: readonly number[];
  readonly close?: () => void;
}

/** @returns undefined where the engine is not installed */
type Contender = (rows: number, folder: string) => Promise<Prepared | undefined>;

const inDuckDB =
  (threads: number, query: string, yuan: boolean): Contender =>
  async (_rows, folder) => {
    const connection = await database(folder, threads);
    return {
      job: () => connection.run(`CREATE OR REPLACE TABLE awards AS ${query}`),
      total: () =>
        first(
          connection,
          yuan ? "SELECT CAST(sum(award) * 100 AS BIGINT) FROM awards" : "SELECT sum(award_fen) FROM awards",
        ),
    };
  };

const columns: Contender = (length) => {
  const rows = rowsOf(length);
  const block = { plan: rulePlan(true), columns: columnsOfRows(rows), firms: rows.firm };
  let total = 0n;
  return Promise.resolve({
    job: () => {
      const { fen } = columnsAwards([block], length);
      let sum = 0;
      for (let i = 0; i < fen.length; i++) sum += fen[i]!;
      total = BigInt(sum);
      return Promise.resolve();
    },
    total: () => String(total),
  });
};

/** What a query may take in memory before it goes on on disk. */
const onDisk = (threads: number): Record<string, number> => ({
  max_threads: threads,
  max_bytes_before_external_group_by: MEMORY_BYTES / 2,
  max_bytes_before_external_sort: MEMORY_BYTES / 2,
});

/**
 * One or two servers; each holds whole firms and computes its own.
 * @param cores that a server has to itself, as the machines of a cluster do
 */
const inClickHouse =
  (shards: number, cores: number): Contender =>
  async (length) => {
    const servers = cpus().length >= shards * cores ? clickhouseServers(shards) : undefined;
    if (!servers) return undefined;
    // As `butie run --memory 1GB` asks for it.
    const parts = partsOf(length / shards, MEMORY_BYTES);
    const queries = Array.from({ length: parts }, (_, part) => queryIn(CLICKHOUSE, `claims_${part}`));
    for (const [shard, server] of servers.entries()) {
      await server.ask("SELECT 1");
      const own = Array.from({ length: cores }, (_, core) => shard * cores + core).join(",");
      if (spawnSync("taskset", ["-acp", own, String(server.pid())]).status !== 0) {
        servers.forEach((one) => one.close());
        return undefined;
      }
      await server.ask(
        `CREATE TABLE claims (place Int64, firm String, amount Int64, own Int64, tier String, eligible UInt8) ENGINE = MergeTree() ORDER BY place`,
      );
      const mine = `(number % ${length / ROWS_OF_FIRM}) % ${shards} = ${shard}`;
      await server.ask(
        `INSERT INTO claims SELECT ${selected("toInt64(number)", length, (n) => `toString(${n})`)} FROM (SELECT number FROM system.numbers LIMIT ${length}) WHERE ${mine}`,
      );
      for (let part = 0; part < parts; part++)
        await server.ask(`CREATE VIEW claims_${part} AS SELECT * FROM claims WHERE ${isInPart("firm", part, parts)}`);
      await server.ask(
        `CREATE TABLE awards ENGINE = MergeTree() ORDER BY row_no AS SELECT * FROM (${queries[0]!}) LIMIT 0`,
      );
    }
    return {
      before: () => Promise.all(servers.map((server) => server.ask("TRUNCATE TABLE awards"))),
      job: () =>
        Promise.all(
          servers.map(async (server) => {
            for (const query of queries) await server.ask(`INSERT INTO awards ${query}`, onDisk(cores));
          }),
        ),
      total: async () => {
        const sums = await Promise.all(servers.map((server) => server.ask("SELECT sum(award_fen) FROM awards")));
        return String(sums.reduce((sum, text) => sum + BigInt(text.trim()), 0n));
      },
      servers: servers.map((server) => server.pid()),
      close: () => servers.forEach((server) => server.close()),
    };
  };

/** How one would write it by hand: whole fen; with numpy the rows of a firm are brought together by a stable sort. */
const BY_HAND: Readonly<Record<string, string>> = {
  numpy: `
    order = np.argsort(firm, kind="stable")
    grouped = award[order]
    running = np.cumsum(grouped)
    starts = np.flatnonzero(np.r_[True, firm[order][1:] != firm[order][:-1]])
    before = np.repeat(running[starts] - grouped[starts], np.diff(np.r_[starts, n]))
    paid = np.minimum(running - before, cap) - np.minimum(running - before - grouped, cap)
    result = np.empty(n, dtype=np.int64)
    result[order] = paid
    return result`,
  pandas: `
    running = pandas.Series(award).groupby(firm, sort=False).cumsum().to_numpy()
    return np.minimum(running, cap) - np.minimum(running - award, cap)`,
};

const python = (library: string, runs: number): string => `
import json, resource, sys, time
import numpy as np, ${library}
n = int(sys.argv[1])
i = np.arange(n, dtype=np.int64)
x = (i * 48271 + 11) % 2147483647
amount, own = 100 + x % 60000000, 100 + (x * 7) % 50000000
tier, eligible, firm = x % 3, x % 5 != 0, i % (n // ${ROWS_OF_FIRM})
del i, x
rate = np.array([${RATES.map((rate) => Math.round(Number(rate) * 1000)).join(", ")}], dtype=np.int64)
cap = ${FIRM_CAP_YUAN} * 100
def job():
    own_limit = (own * ${Number(SECOND_RATE) * 1000} * 2 + 1000) // 2000
    award = np.minimum(np.minimum((amount * rate[tier] * 2 + 1000) // 2000, own_limit), ${CAP_YUAN} * 100) * eligible${BY_HAND[library]!}
walls, cpus = [], []
for run in range(${runs}):
    wall, cpu = time.perf_counter(), time.process_time()
    result = job()
    walls.append(time.perf_counter() - wall)
    cpus.append(time.process_time() - cpu)
wall, cpu = sorted(walls)[len(walls) // 2], sorted(cpus)[len(cpus) // 2]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "total": str(int(result.sum()))}))
`;

export const ONE_SHARD = "ClickHouse, 1 server with 1 core";
export const TWO_SHARDS = "ClickHouse, 2 servers with 1 core each";

const JOBS: Readonly<Record<string, Contender>> = {
  "columns in memory": columns,
  "DuckDB, 1 thread": inDuckDB(1, queryIn(DUCKDB), false),
  "DuckDB, 2 threads": inDuckDB(2, queryIn(DUCKDB), false),
  "naive DECIMAL, 2 threads": inDuckDB(2, SHARED_AWARD, true),
  "ClickHouse, 1 server with 2 cores": inClickHouse(1, 2),
  [ONE_SHARD]: inClickHouse(1, 1),
  [TWO_SHARDS]: inClickHouse(2, 1),
};
export const CONTENDERS = [...Object.keys(JOBS), ...Object.keys(BY_HAND)];

/** Runs one contender in this process. @returns undefined where its engine is not installed */
export async function run(name: string, rows: number, folder: string): Promise<Measure | undefined | null> {
  if (name === "prepare") return prepare(rows, folder);
  const runs = runsOf(rows);
  if (BY_HAND[name]) {
    const { status, stdout } = spawnSync(PYTHON, ["-c", python(name, runs), String(rows)], { encoding: "utf8" });
    return status === 0 ? { name, rows, ...(JSON.parse(stdout) as Omit<Measure, "name" | "rows">) } : null;
  }
  const prepared = await JOBS[name]!(rows, folder);
  if (!prepared) return null;
  const { before, job, total, servers = [], close } = prepared;
  try {
    const measured: { wall: number; cpu: number; busiest: number }[] = [];
    for (let k = 0; k < runs; k++) {
      await before?.();
      const cpuBefore = process.cpuUsage();
      const serversBefore = servers.map(secondsOf);
      const begun = performance.now();
      await job();
      const wall = (performance.now() - begun) / 1000;
      const { user, system } = process.cpuUsage(cpuBefore);
      const others = servers.map((pid, s) => secondsOf(pid) - serversBefore[s]!);
      const cpu = servers.length ? others.reduce((sum, one) => sum + one, 0) : (user + system) / 1e6;
      measured.push({ wall, cpu, busiest: Math.max(0, ...others) });
    }
    const middle = (of: "wall" | "cpu" | "busiest"): number =>
      measured.map((one) => one[of]).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
    const peak = servers.length
      ? servers.reduce((sum, pid) => sum + peakOf(pid), 0)
      : process.resourceUsage().maxRSS * 1024;
    return {
      name,
      rows,
      wall: middle("wall"),
      cpu: middle("cpu"),
      ...(servers.length > 1 && { busiest: middle("busiest") }),
      peak,
      total: await total(),
    };
  } finally {
    close?.();
  }
}

/** The rows as tables of DuckDB: in whole fen as the writer of SQL expects them, and as DECIMAL. */
async function prepare(rows: number, folder: string): Promise<null> {
  const connection = await database(folder, 2);
  const text = (n: string): string => `CAST(${n} AS VARCHAR)`;
  await connection.run(`CREATE TABLE claims AS SELECT ${selected("i", rows, text)} FROM range(${rows}) AS t(i)`);
  await connection.run(`CREATE TABLE contracts AS SELECT CAST(amount * 0.01 AS DECIMAL(18, 2)) AS amount,
  CAST(own * 0.01 AS DECIMAL(18, 2)) AS own, CAST(right(tier, 1) AS UTINYINT) AS tier, eligible, firm, place FROM claims`);
  await connection.run("CHECKPOINT");
  connection.closeSync();
  return null;
}

const TICKS = 100;
/** Seconds that another process has computed. */
export function secondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
/** The most that another process has held. */
export function peakOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  return existsSync(status) ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1] ?? 0) * 1024 : 0;
}
