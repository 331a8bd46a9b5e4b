/** What the built program does with files of a size that no sheet holds: its clock, processor time and memory, seen from outside. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { MEMORY, peakOf, secondsOf } from "./contenders";

export interface ProgramMeasure {
  readonly name: string;
  readonly wall: number;
  readonly cpu: number;
  /** Bytes. */
  readonly peak: number;
  /** What it said of its work. */
  readonly said: string;
}

const PROGRAM = path.resolve("dist/cli/butie.cjs");
const SAMPLED_MS = 100;

async function measured(
  name: string,
  args: readonly string[],
  folder: string,
): Promise<ProgramMeasure & { out: string }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let [out, said, cpu, peak] = ["", "", 0, 0];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const timer = setInterval(() => {
    if (!existsSync(`/proc/${child.pid}/stat`)) return;
    [cpu, peak] = [secondsOf(child.pid!), peakOf(child.pid!)];
  }, SAMPLED_MS);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(timer);
  if (code !== 0 && code !== 3) throw new Error(`${args.join(" ")}: ${said}`);
  return { name, wall: (performance.now() - begun) / 1000, cpu, peak, said, out };
}

/** DuckDB in a folder, for what the program is given and held against. */
async function asked(folder: string, ...sql: string[]): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "2GB",
    temp_directory: path.join(folder, "spill"),
  });
  const connection = await instance.connect();
  for (const one of sql.slice(0, -1)) await connection.run(one);
  const [row] = (await connection.runAndReadAll(sql.at(-1)!)).getRows();
  connection.closeSync();
  instance.closeSync();
  return String(row![0]);
}

/** Ten rows a firm; of every thousand rows one cannot be read, for four reasons. */
const dirty = (rows: number): string => `SELECT '企业' || (i % ${rows / 10}) || '有限公司' AS "企业",
  CASE WHEN i % 1000 = 0 THEN ['', '-5', '1e3', '12.345'][(i // 1000) % 4 + 1]
    ELSE CAST(CAST((i * 48271 + 11) % 2147483647 % 900000000 AS DECIMAL(18, 0)) * 0.01 AS VARCHAR) END AS "金额",
  '是' AS "国产" FROM range(${rows}) AS t(i)`;

/** bj-6-suanli: sixty hundredths of each, twenty million yuan a firm and year, by hand. */
const BY_HAND = `SELECT CAST(sum(least(paid, 2000000000)) AS BIGINT) FROM (SELECT "企业",
  sum((CAST(CAST("金额" AS DECIMAL(18, 2)) * 100 AS BIGINT) * 60 + 50) // 100) AS paid
  FROM read_csv('in.csv', all_varchar = true) WHERE regexp_full_match("金额", '[0-9]+([.][0-9]{1,2})?') GROUP BY 1)`;

const RULE = ["-i", "bj-6-suanli", "-y", "2026"];

/** Dirty rows as CSV to CSV, with a cap that firms share, one gibibyte of memory. @throws Error where the total is another than by hand */
export async function dirtyFile(rows: number, folder: string): Promise<ProgramMeasure> {
  const input = path.join(folder, "in.csv");
  await asked(folder, `COPY (${dirty(rows)}) TO '${input}' (HEADER)`, "SELECT 1");
  const args = ["run", "in.csv", ...RULE, "-o", "out.csv", "--rejects", "rejects.csv", "--memory", MEMORY, "--json"];
  const { out, ...done } = await measured(`${rows} dirty rows of CSV, a cap by firm`, args, folder);
  const { total, rejected } = JSON.parse(out) as { total: string; rejected: number };
  const expected = await asked(folder, BY_HAND.replace("in.csv", input));
  if (total.replace(".", "") !== expected || rejected !== rows / 1000)
    throw new Error(`butie run: ${total} yuan, ${rejected} rejected; by hand ${expected} fen, ${rows / 1000} rejected`);
  for (const name of ["in.csv", "out.csv", "rejects.csv"]) rmSync(path.join(folder, name));
  return done;
}

/** A Parquet file under many scenarios. @throws Error where the base is another than by hand */
export async function manyScenarios(rows: number, scenarios: number, folder: string): Promise<ProgramMeasure> {
  const [input, csv] = ["in.parquet", "in.csv"].map((name) => path.join(folder, name)) as [string, string];
  await asked(folder, `COPY (${dirty(rows)}) TO '${input}'`, `COPY (${dirty(rows)}) TO '${csv}' (HEADER)`, "SELECT 1");
  const lines = Array.from({ length: scenarios }, (_, k) => `s${k},${10 + k / 4}%,${(1000 + k) * 10_000},${k % 7}%`);
  writeFileSync(path.join(folder, "scenarios.csv"), ["情景,比例,上限,金额增长", ...lines].join("\n"));
  const args = ["scenarios", "in.parquet", "-s", "scenarios.csv", ...RULE, "--memory", MEMORY, "--json"];
  const { out, ...done } = await measured(`${rows} rows of Parquet under ${scenarios} scenarios`, args, folder);
  const [base] = (JSON.parse(out) as { results: Record<string, number>[] }).results;
  const expected = await asked(folder, BY_HAND.replace("in.csv", csv));
  if (Math.round(base!["补助合计"]! * 100) !== Number(expected))
    throw new Error(`butie scenarios: ${base!["补助合计"]} yuan; by hand ${expected} fen`);
  return done;
}
