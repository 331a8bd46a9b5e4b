/** What all commands share: options, exit codes, where they write, and how they are stopped. */
import { rename, rm, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import path from "node:path";
import { Argument, Option } from "commander";
import { Warehouse } from "./run/warehouse";
import { writeFiles } from "./run/write";
import { refuse } from "../rules";
import { quoted } from "../writers/sql";
import type { Reason } from "./run/run";
import { both, columnsOf } from "./words";

export const EXIT = { refused: 1, usage: 2, rejected: 3, stopped: 130 };
const STOPPED = both("已中断，没有留下文件", "stopped; no file was left behind");

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
/** To the standard error: the standard output may be a table. */
export const report = (line: string): void => void process.stderr.write(`${line}\n`);

/** @param name with the brackets that say whether it must be given */
export const fileArgument = (name = "<file>") =>
  new Argument(
    name,
    both("CSV、Parquet 或 .xlsx；- 为标准输入的 CSV", "CSV, Parquet or .xlsx; - is CSV from standard input"),
  );
export const yearOption = () =>
  new Option("-y, --year <year>", both("申报年度或日期，如 2026 或 2026-06-10", "year or day of the claim"));
export const readingOption = () =>
  new Option("-r, --reading <name=option>", both("采用的读法，可多次", "a reading to take, repeatable")).argParser(
    (value: string, before: string[] = []) => [...before, value],
  );
export const instrumentOption = () =>
  new Option(
    "-i, --instrument <id>",
    both("政策工具编号；缺省按表中的列", "id of the instrument; default: each row names its own"),
  );
export const placeOption = () =>
  new Option("-p, --place <place>", both("表中没写辖区时的辖区", "jurisdiction of rows that name none")).default(
    "浙江",
  );
export const jsonOption = () => new Option("--json", both("输出 JSON", "JSON for machines"));
export const englishOption = () => new Option("--en", both("英文", "in English"));
export const outputOption = () =>
  new Option("-o, --output <file>", both("输出 .csv、.parquet 或 .xlsx；- 为标准输出", "output; - is standard output"));
export const memoryOption = () =>
  new Option(
    "--memory <size>",
    both("内存上限，如 2GB；缺省为本机的四分之一", "memory limit such as 2GB; default: a quarter of the machine"),
  );
export const threadsOption = () => new Option("--threads <n>", both("线程数", "threads"));

export interface Shown {
  year: string;
  reading?: string[];
  json?: boolean;
  en?: boolean;
}

/** A quarter of the machine, so that it stays usable. */
const DEFAULT_MEMORY = `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`;

/** Does a job with a warehouse of its own. Ctrl-C ends it with its folder. @returns undefined where it was stopped */
export async function withWarehouse<T>(
  { memory = DEFAULT_MEMORY, threads }: { memory?: string; threads?: string },
  job: (warehouse: Warehouse) => Promise<T>,
): Promise<T | undefined> {
  const warehouse = await Warehouse.open({ memory, threads: threads === undefined ? undefined : Number(threads) });
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    warehouse.interrupt();
    process.stdin.destroy();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await job(warehouse);
  } catch (error) {
    if (!stopped) throw error;
    report(STOPPED);
    process.exitCode = EXIT.stopped;
    return undefined;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await warehouse.close();
  }
}

/** Writes a file aside and renames it; Ctrl-C in between leaves neither. "-" is the standard output. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  if (file === "-") return void process.stdout.write(content);
  const aside = `${file}.part`;
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    await writeFile(aside, content, { signal: abort.signal });
    abort.signal.throwIfAborted();
    await rename(aside, file);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    report(STOPPED);
    process.exitCode = EXIT.stopped;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await rm(aside, { force: true });
  }
}

/** Before anything is computed. @throws Refusal for a file of another kind */
export function checkOutput(output: string | undefined): void {
  if (output === undefined || output === "-" || /\.(csv|parquet|xlsx)$/i.test(output)) return;
  throw refuse(
    `不认识的输出类型：${path.extname(output) || output}；可用 .csv、.parquet、.xlsx`,
    "output must be .csv, .parquet or .xlsx",
  );
}

export interface ResultColumn {
  readonly header: string;
  readonly type: "VARCHAR" | "DECIMAL(18, 2)" | "BIGINT" | "DOUBLE";
}

/** Writes a table of texts, undefined where a cell is blank, with columns of these types. */
export async function writeRows(
  warehouse: Warehouse,
  output: string,
  columns: readonly ResultColumn[],
  rows: Iterable<readonly (string | undefined)[]>,
): Promise<void> {
  report(both(`写出 ${output} …`, `writing ${output} …`));
  await warehouse.fill("results", Object.fromEntries(columns.map((_, c) => [`c${c}`, "VARCHAR" as const])), rows);
  const typed = columns.map(({ header, type }, c) => `CAST(c${c} AS ${type}) AS ${quoted(header)}`);
  await writeFiles(warehouse, { [output]: `SELECT ${typed.join(", ")} FROM results ORDER BY rowid` });
}

/** Why rows were given back: each cause with its number of rows and the first of them. */
export const reasonLines = (reasons: readonly Reason[]): string[] =>
  reasons.length
    ? [
        columnsOf(
          reasons.map(({ reason, rows, first }) => [
            reason,
            `${rows} 行`,
            `第 ${first.join("、")} 行${rows > first.length ? " …" : ""}`,
          ]),
        ),
      ]
    : [];
