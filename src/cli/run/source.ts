/** Files of claims as a table `raw` of texts, one row per claim in the order of the file. */
import { isUtf8 } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { detectDelimiter, parseCsv } from "hucre/csv";
import { readXlsx, streamXlsxRows, type StreamRow } from "hucre/xlsx";
import { sheetNames } from "../../export/file/read";
import { encodingOf } from "../../host/encoding";
import { Refusal, refuse } from "../../rules";
import { tablesIn } from "../../tables";
import { literal } from "../../writers/sql";
import { noSheet, unknownKind, unreadable } from "../files";
import type { Warehouse } from "./warehouse";

/** Of a workbook, which sheet was read. */
export interface TakenSheet {
  readonly sheet: string;
  /** The other visible ones that hold tables. */
  readonly others: readonly string[];
}

/**
 * "-" is CSV from the standard input.
 * @param sheet of a workbook; left out: the first visible one with a table
 * @returns what was taken of a workbook
 * @throws Refusal for a file of another kind, or one that cannot be read
 */
export async function loadClaims(warehouse: Warehouse, file: string, sheet?: string): Promise<TakenSheet | undefined> {
  const taken = await loadTable(warehouse, file, sheet);
  // A column of that name would stand for the number of the row.
  const own = (await warehouse.columns("raw")).find((header) => header.toLowerCase() === "rowid");
  if (own === undefined) return taken;
  throw refuse(
    `${file} 的表头“${own}”与数据库的行号同名：请改名`,
    `the header ${own} of ${file} is what the database calls its own row numbers: rename it`,
  );
}

async function loadTable(
  warehouse: Warehouse,
  file: string,
  sheet: string | undefined,
): Promise<TakenSheet | undefined> {
  const given = file === "-" ? await saved(warehouse) : file;
  const kind = file === "-" ? ".csv" : path.extname(file).toLowerCase();
  if (kind === ".xlsx") {
    const taken = await takenSheet(file, sheet);
    await loadSheet(warehouse, file, taken.sheet);
    return taken;
  }
  if (kind !== ".csv" && kind !== ".parquet") throw unknownKind(file, ".csv", ".parquet", ".xlsx");
  try {
    const from =
      kind === ".csv"
        ? await csvReader(file, await inUtf8(warehouse, given))
        : `read_parquet(${literal(exactly(given))})`;
    await warehouse.run(`CREATE TABLE raw AS SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${from}`);
  } catch (error) {
    throw error instanceof Refusal ? error : (inCsvWords(file, error) ?? unreadable(file, error));
  }
  return undefined;
}

/** Headers stand in the first so many bytes. */
const HEAD = 2 ** 20;

/**
 * A CSV in UTF-8 for the database, which is left nothing to guess: a guess would pass over lines and quotation marks in silence.
 * @throws Refusal for a file without headers
 */
async function csvReader(file: string, source: string): Promise<string> {
  let head = "";
  const decoder = new TextDecoder();
  for await (const part of createReadStream(source, { end: HEAD - 1 }) as AsyncIterable<Buffer>)
    head += decoder.decode(part, { stream: true });
  const blank = /^\s*?(?=[^\r\n]|$)/.exec(head)![0];
  const delimiter = detectDelimiter(head);
  const names = parseCsv(head.slice(blank.length), { delimiter, maxRows: 1 })[0]?.map(headerOf) ?? [];
  if (!names.some(Boolean)) throw refuse(`${file} 是空的，没有表头`, `${file} is empty: it has no headers`);
  checkHeaders(file, names);
  const columns = names.map((name, c) => `${literal(name || `第${c + 1}列`)}: 'VARCHAR'`).join(", ");
  return `read_csv(${literal(exactly(source))}, auto_detect = false, strict_mode = true, delim = ${literal(delimiter)}, quote = '"', escape = '"', header = true, skip = ${blank.split("\n").length - 1}, columns = {${columns}})`;
}

/** A header on one line: DuckDB does not find a column again whose name holds a line end of Windows. */
const headerOf = (cell: unknown): string => String(cell).replace(/\s*[\r\n]+\s*/g, " ");

/** @throws Refusal for a header that stands twice; capitals do not count, as in a database */
function checkHeaders(file: string, names: readonly string[]): void {
  const keys = names.map((name) => name.toLowerCase());
  const twice = names.find((name, c) => name && keys.indexOf(keys[c]!) < c);
  if (twice !== undefined)
    throw refuse(
      `${file} 的表头“${twice}”出现两次，不知该用哪一列：请改名或删去一列`,
      `the header ${twice} of ${file} stands twice: rename one of the columns`,
    );
}

/** What is wrong with a line of a CSV; undefined for other errors. */
function inCsvWords(file: string, error: unknown): Refusal | undefined {
  const { message } = error as Error;
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (line === undefined) return undefined;
  const at = (zh: string, en: string): Refusal => refuse(`${file} 第 ${line} 行${zh}`, `${file}, line ${line}: ${en}`);
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  if (expected !== undefined)
    return at(`有 ${found} 格，表头有 ${expected} 格`, `${found} cells under ${expected} headers`);
  if (/unterminated quote/.test(message))
    return at("起有一个双引号没有配对", "a quotation mark that is not closed begins here");
  if (/maximum line size/i.test(message)) return at("太长，超过 2 MB", "longer than 2 MB");
  return at("的引号或分隔不合 CSV 的写法", "quotation marks or delimiters that are not those of CSV");
}

/** The file of this very name: DuckDB takes [ * ? for a pattern of names. */
const exactly = (file: string): string => file.replace(/[[*?]/g, "[$&]");

async function saved(warehouse: Warehouse): Promise<string> {
  const file = path.join(warehouse.folder, "input.csv");
  await pipeline(process.stdin, createWriteStream(file));
  return file;
}

/** The file, or where it is not in UTF-8 to the last byte, a copy that is: Excel writes CSV in GB18030, and "Unicode text" in UTF-16. */
async function inUtf8(warehouse: Warehouse, file: string): Promise<string> {
  const encoding = await encodingIn(warehouse, file);
  if (encoding === "utf-8") return file;
  const copy = path.join(warehouse.folder, "utf8.csv");
  const decoder = new TextDecoder(encoding, { fatal: true });
  await pipeline(
    createReadStream(file),
    async function* (parts: AsyncIterable<Buffer>) {
      for await (const part of parts) {
        warehouse.checkGoing();
        yield decoder.decode(part, { stream: true });
      }
      yield decoder.decode();
    },
    createWriteStream(copy),
  );
  return copy;
}

async function encodingIn(warehouse: Warehouse, file: string): Promise<ReturnType<typeof encodingOf>> {
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const part of createReadStream(file, { highWaterMark: PART }) as AsyncIterable<Buffer>) {
    warehouse.checkGoing();
    if (!begun && encodingOf(part.subarray(0, 2)) === "utf-16le") return "utf-16le";
    begun = true;
    const bytes = Buffer.concat([rest, part]);
    // No character of UTF-8 goes on over the end of a line.
    const end = bytes.lastIndexOf(LINE_END) + 1;
    if (!isUtf8(bytes.subarray(0, end))) return "gb18030";
    rest = bytes.subarray(end);
  }
  return isUtf8(rest) ? "utf-8" : "gb18030";
}

const PART = 2 ** 20;
const LINE_END = 0x0a;

/** Rows of a sheet that are looked at to see whether it holds a table. */
const LOOKED_AT = 2 ** 5;

async function takenSheet(file: string, wanted: string | undefined): Promise<TakenSheet> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw unreadable(file, error);
  });
  const names = sheetNames(bytes);
  if (wanted !== undefined && !names.includes(wanted)) throw noSheet(wanted, names);
  const [first] = names;
  if (first === undefined) throw refuse(`${file} 没有可见的工作表`, `${file} has no visible sheet`);
  if (names.length === 1) return { sheet: first, others: [] };
  const { sheets } = await readXlsx(bytes, { sheets: names, maxRows: LOOKED_AT }).catch((error: Error) => {
    throw unreadable(file, error);
  });
  const tables = sheets.flatMap(({ name, rows }) =>
    tablesIn({ values: rows.map((row) => row.map((cell) => textOf(cell) ?? "")) }).length ? name : [],
  );
  const sheet = wanted ?? tables[0] ?? first;
  return { sheet, others: tables.filter((name) => name !== sheet) };
}

/** A sheet, its first row as headers. */
async function loadSheet(warehouse: Warehouse, file: string, sheet: string): Promise<void> {
  const rows = sheetRows(file, sheet);
  const { value: first } = await rows.next();
  const names = first?.index === 0 ? first.values.map(textOf) : [];
  const last = names.reduce((found, name, c) => (name ? c : found), -1);
  const unnamed = names.slice(0, last + 1).findIndex((name) => !name);
  if (last < 0)
    throw refuse(
      `${file} 的工作表“${sheet}”第一行没有表头`,
      `sheet ${sheet} of ${file} has no headers in its first row`,
    );
  if (unnamed >= 0)
    throw refuse(`${file} 第 ${unnamed + 1} 列没有表头`, `column ${unnamed + 1} of ${file} has no header`);
  const columns = names.slice(0, last + 1) as string[];
  checkHeaders(file, columns);
  async function* filled() {
    for await (const { values } of rows)
      if (values.some((cell) => textOf(cell))) yield columns.map((_, c) => textOf(values[c]));
  }
  await warehouse.fill("raw", Object.fromEntries(columns.map((name) => [name, "VARCHAR" as const])), filled());
}

/** The rows of a sheet one by one, so that memory does not grow with them. @throws Refusal for what is no workbook */
async function* sheetRows(file: string, sheet: string): AsyncGenerator<StreamRow, undefined> {
  try {
    yield* streamXlsxRows(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>, { sheet });
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** A cell as text; a day as an ISO date. */
function textOf(cell: unknown): string | undefined {
  if (cell === null || cell === undefined || cell === "") return undefined;
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === "number" || typeof cell === "boolean"
    ? String(cell)
    : typeof cell === "string"
      ? cell
      : undefined;
}
