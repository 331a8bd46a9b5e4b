/** What all commands share: options, exit codes, where they write, and how they are stopped. */
import { accessSync, constants, existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import path from "node:path";
import { Argument, Option, type Command } from "commander";
import { bytesOf } from "./run/address";
import { Warehouse } from "./run/warehouse";
import { asideOf, writeFiles } from "./run/write";
import { systemCause } from "./files";
import { refuse } from "../rules";
import { quoted } from "../writers/sql";
import type { Reason } from "./run/run";
import { both, columnsOf, firstOf, writing } from "./words";

export const EXIT = { refused: 1, usage: 2, rejected: 3, stopped: 130 };
const STOPPED = both("已中断，没有留下文件", "stopped; no file was left behind");

/** What Ctrl-C makes of work that listens to it; the message says what was left behind. */
export class Stopped extends Error {}

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
/** To the standard error: the standard output may be a table. */
export const report = (line: string): void => void process.stderr.write(`${line}\n`);

/** Where words go beside a table: to the standard error where the table is on the standard output. */
export const printBeside = (output: string | undefined): typeof print => (output === "-" ? report : print);

/** Of an option that may be given several times. */
export const repeated = (value: string, before: string[] = []): string[] => [...before, value];

/** @param name with the brackets that say whether it must be given */
export const fileArgument = (name = "<file>") =>
  new Argument(
    name,
    both("CSV、Parquet 或 .xlsx；- 为标准输入的 CSV", "CSV, Parquet or .xlsx; - is CSV from standard input"),
  );
export const sheetOption = () =>
  new Option("-s, --sheet <name>", both("工作表；缺省为第一张有数据表的", "sheet; default: the first with a table"));
export const yearOption = () =>
  new Option("-y, --year <year>", both("申报年度或日期，如 2026 或 2026-06-10", "year or day of the claim"));
export const readingOption = () =>
  new Option("-r, --reading <name=option>", both("采用的读法，可多次", "a reading to take, repeatable")).argParser(
    repeated,
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
    both(
      "内存上限，如 2GB；缺省 1GB，至多本机的四分之一（用 --engine 时就是四分之一）",
      "memory limit such as 2GB; default: 1GB, at most a quarter of the machine (with --engine: that quarter)",
    ),
  ).argParser((text) => `${Math.floor(bytesOf(text) / 2 ** 20)}MB`);
export const threadsOption = () =>
  new Option("--threads <n>", both("线程数；缺省为全部核", "threads; default: all cores")).argParser((text) => {
    if (/^[1-9]\d{0,3}$/.test(text)) return text;
    throw refuse(`线程数须为正整数：${text}`, `the number of threads must be a whole number: ${text}`);
  });

/** The options of a command that writes a table of results. */
export const withResultOptions = (command: Command): Command =>
  [outputOption(), memoryOption(), threadsOption(), jsonOption(), englishOption()].reduce(
    (described, option) => described.addOption(option),
    command,
  );

export interface Shown {
  year: string;
  reading?: string[];
  json?: boolean;
  en?: boolean;
}

/** Half of it is as fast at ten million rows (docs/scale.md); of a small machine a quarter, so that it stays usable. */
const DEFAULT_MEMORY = `${Math.floor(Math.min(2 ** 30, totalmem() / 4) / 2 ** 20)}MB`;

/**
 * Does work that Ctrl-C ends in good order. Where nothing listens, as while a workbook is computed in one piece, the system ends the
 * program at once: there is nothing yet to be tidied up.
 * @param stop makes the work fail soon
 * @throws Stopped
 */
export async function stoppable<T>(work: () => Promise<T>, stop: () => void, words = STOPPED): Promise<T> {
  checkStopped(words);
  let stopped = false;
  const heard = (): void => {
    stopped = true;
    stop();
  };
  // Once more, while the work is being ended, changes nothing.
  for (const signal of SIGNALS) process.on(signal, heard);
  try {
    const done = await work();
    heardLate = stopped;
    return done;
  } catch (error) {
    throw stopped ? new Stopped(words) : error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, heard);
  }
}

/** Ctrl-C that came as a piece of work had just been done ends the next one: a plan that is computed is not written any more. */
let heardLate = false;

/** @throws Stopped where Ctrl-C was heard at the end of the work before */
export function checkStopped(words = STOPPED): void {
  if (heardLate) throw new Stopped(words);
}
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Does a job with a warehouse of its own. Ctrl-C ends it with its folder, also while that is being made. @throws Stopped */
export async function withWarehouse<T>(
  { memory = DEFAULT_MEMORY, threads }: { memory?: string; threads?: string },
  job: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  let opening: Promise<Warehouse> | undefined;
  const stop = (): void => {
    // One that cannot be opened says so to the job.
    opening?.then(
      (warehouse) => warehouse.interrupt(),
      () => undefined,
    );
    process.stdin.destroy();
  };
  return stoppable(async () => {
    opening = Warehouse.open({ memory, threads: threads === undefined ? undefined : Number(threads) });
    const warehouse = await opening;
    return job(warehouse).finally(() => warehouse.close());
  }, stop);
}

/** Writes a file aside and renames it; Ctrl-C in between leaves neither. "-" is the standard output. @throws Stopped */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  if (file === "-") return void process.stdout.write(content);
  report(writing(file));
  const aside = asideOf(file);
  const abort = new AbortController();
  const write = async (): Promise<void> => {
    try {
      await writeFile(aside, content, { signal: abort.signal });
      abort.signal.throwIfAborted();
      await rename(aside, file);
    } finally {
      await rm(aside, { force: true });
    }
  };
  return stoppable(write, () => abort.abort());
}

/**
 * Before anything is computed.
 * @param kinds endings of files that can be written
 * @throws Refusal for a file of another kind, and one in a folder that is not there or cannot be written to
 */
export function checkOutput(output: string | undefined, kinds = [".csv", ".parquet", ".xlsx"]): void {
  if (output === undefined || output === "-") return;
  const folder = path.dirname(output);
  if (!existsSync(folder))
    throw refuse(`没有文件夹 ${folder}，写不了 ${output}`, `there is no folder ${folder} for ${output}`);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { zh, en } = systemCause(error)!.words;
    throw refuse(`文件夹 ${folder} 写不了：${zh}`, `the folder ${folder} cannot be written to: ${en}`);
  }
  if (kinds.some((kind) => output.toLowerCase().endsWith(kind))) return;
  throw refuse(`输出须为 ${kinds.join(" 或 ")}：${output}`, `${output} is no ${kinds.join(" or ")} file`);
}

export const checkWorkbook = (output: string | undefined): void => checkOutput(output, [".xlsx"]);

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
  report(writing(output));
  await warehouse.fill("results", Object.fromEntries(columns.map((_, c) => [`c${c}`, "VARCHAR" as const])), rows);
  const typed = columns.map(({ header, type }, c) => `CAST(c${c} AS ${type}) AS ${quoted(header)}`);
  await writeFiles(warehouse, { [output]: `SELECT ${typed.join(", ")} FROM results ORDER BY rowid` });
}

/** Where rows stand: in a file they are counted below its headers, in a table of a database by its column of row numbers. */
export type Where = (first: readonly (string | number)[], all: number) => string;
export const inFile: Where = (first, all) => `表头下第 ${firstOf(first, all)} 行`;
export const inTable: Where = (first, all) => `行号 ${firstOf(first, all)}`;

/** Why rows were given back: each cause with its number of rows and the first of them. */
export const reasonLines = (reasons: readonly Reason[], where: Where): string[] =>
  reasons.length
    ? [columnsOf(reasons.map(({ reason, rows, first }) => [reason, `${rows} 行`, where(first, rows)]))]
    : [];
