/** Files of claims as a table `raw` of texts, one row per claim in the order of the file. */
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { readXlsx } from "hucre/xlsx";
import { refuse } from "../../rules";
import { literal } from "../../writers/sql";
import { unknownKind, unreadable } from "../files";
import type { Warehouse } from "./warehouse";

/** "-" is CSV from the standard input. @throws Refusal for a file of another kind, or one that cannot be read */
export async function loadClaims(warehouse: Warehouse, file: string): Promise<void> {
  const source = file === "-" ? await saved(warehouse) : file;
  const kind = file === "-" ? ".csv" : path.extname(file).toLowerCase();
  if (kind === ".xlsx") return loadWorkbook(warehouse, source);
  const reader = READERS[kind];
  if (!reader) throw unknownKind(file, ".csv", ".parquet", ".xlsx");
  try {
    await warehouse.run(`CREATE TABLE raw AS SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${reader(literal(source))}`);
  } catch (error) {
    throw unreadable(file, error);
  }
}

const READERS: Readonly<Record<string, (source: string) => string>> = {
  ".csv": (source) => `read_csv(${source}, all_varchar = true, header = true, null_padding = false)`,
  ".parquet": (source) => `read_parquet(${source})`,
};

async function saved(warehouse: Warehouse): Promise<string> {
  const file = path.join(warehouse.folder, "input.csv");
  await pipeline(process.stdin, createWriteStream(file));
  return file;
}

/** The first sheet, its first row as headers. */
async function loadWorkbook(warehouse: Warehouse, file: string): Promise<void> {
  const { sheets } = await readXlsx(await readFile(file)).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const [headers = [], ...rows] = sheets[0]?.rows ?? [];
  const names = headers.map(textOf);
  const last = names.reduce((found, name, c) => (name ? c : found), -1);
  const unnamed = names.slice(0, last + 1).findIndex((name) => !name);
  if (last < 0) throw refuse(`${file} 的第一张表没有表头`, `the first sheet of ${file} has no headers`);
  if (unnamed >= 0)
    throw refuse(`${file} 第 ${unnamed + 1} 列没有表头`, `column ${unnamed + 1} of ${file} has no header`);
  const columns = names.slice(0, last + 1) as string[];
  function* filled() {
    for (const row of rows) if (row.some((cell) => textOf(cell))) yield columns.map((_, c) => textOf(row[c]));
  }
  await warehouse.fill("raw", Object.fromEntries(columns.map((name) => [name, "VARCHAR" as const])), filled());
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
