/** Results as files: written aside, then renamed, so that no half-written file is ever found. */
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { writeXlsxStream } from "hucre/xlsx";
import { refuse } from "../../rules";
import { literal, quoted } from "../../writers/sql";
import type { Found } from "./store";
import type { Warehouse } from "./warehouse";

/** Excel holds no more rows. */
const MOST_SHEET_ROWS = 2 ** 20 - 1;

/** Where a file is written before it is renamed; another run that writes the same file does so elsewhere. */
export const asideOf = (file: string): string => `${file}.${process.pid}.part`;

/**
 * Writes queries to files; all of them are there in the end, or none.
 * @param outputs by file, whose ending is .csv, .parquet or .xlsx; "-" is CSV on the standard output
 */
export async function writeFiles(warehouse: Warehouse, outputs: Readonly<Record<string, string>>): Promise<void> {
  const files = Object.entries(outputs).map(([file, query]) => ({
    file,
    query,
    aside: file === "-" ? path.join(warehouse.folder, "output.csv") : asideOf(file),
  }));
  try {
    for (const { file, query, aside } of files)
      await writeAside(warehouse, query, aside, file === "-" ? ".csv" : path.extname(file).toLowerCase());
    warehouse.checkGoing();
    for (const { file, aside } of files)
      await (file === "-" ? pipeline(createReadStream(aside), process.stdout, { end: false }) : rename(aside, file));
  } finally {
    for (const { aside } of files) await rm(aside, { force: true });
  }
}

async function writeAside(warehouse: Warehouse, query: string, aside: string, kind: string): Promise<void> {
  if (kind === ".csv")
    return void (await warehouse.run(
      `COPY (${await guarded(warehouse, query)}) TO ${literal(aside)} (FORMAT csv, HEADER)`,
    ));
  if (kind === ".parquet") return void (await warehouse.run(`COPY (${query}) TO ${literal(aside)} (FORMAT parquet)`));
  if (kind !== ".xlsx")
    throw refuse(
      `不认识的输出类型：${kind || "无扩展名"}；可用 .csv、.parquet、.xlsx`,
      `output must be .csv, .parquet or .xlsx`,
    );
  const length = await warehouse.count(`SELECT count(*) FROM (${query})`);
  if (length > MOST_SHEET_ROWS)
    throw refuse(
      `共 ${length} 行，超过一张表的 ${MOST_SHEET_ROWS} 行；请输出为 .csv 或 .parquet`,
      `${length} rows do not fit into a sheet; write .csv or .parquet`,
    );
  await pipeline(writeXlsxStream(sheetRows(warehouse, query), { name: "测算" }), createWriteStream(aside));
}

/** Headers, then rows, a chunk at a time. */
async function* sheetRows(warehouse: Warehouse, query: string): AsyncGenerator<(string | number | null)[]> {
  yield (await warehouse.rows(`DESCRIBE ${query}`)).map(({ column_name }) => String(column_name));
  for await (const chunk of warehouse.chunks(query)) for (const row of chunk) yield row.map(cellOf);
}

/** Numbers as numbers, every other value as text. */
const cellOf = (value: Found): string | number | null =>
  value === null ? null : NUMERIC.test(String(value)) && typeof value !== "string" ? Number(value) : String(value);

const NUMERIC = /^-?\d+(\.\d+)?$/;

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
async function guarded(warehouse: Warehouse, query: string): Promise<string> {
  const columns = (await warehouse.rows(`DESCRIBE ${query}`)).map(({ column_name, column_type }) => {
    const name = quoted(String(column_name));
    if (column_type !== "VARCHAR") return name;
    return `CASE WHEN regexp_matches(${name}, '^[=+@\\t\\r-]') AND NOT regexp_full_match(${name}, '[+-]?[0-9.,]+') THEN '''' || ${name} ELSE ${name} END AS ${name}`;
  });
  return `SELECT ${columns.join(", ")} FROM (${query})`;
}
