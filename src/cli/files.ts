/** Files of the command line: tables in, workbooks out. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { detectDelimiter, parseCsv } from "hucre/csv";
import { readXlsx, type Sheet } from "hucre/xlsx";
import type { NamedCells } from "../export/file/read";
import { decode, encodingOf } from "../host/encoding";
import { refuse, type Refusal } from "../rules";
import type { SheetCells } from "../tables";

/** @throws Refusal for the name of what is no .xlsx file */
export function checkOutput(file: string): void {
  if (path.extname(file).toLowerCase() !== ".xlsx") throw refuse(`输出须为 .xlsx：${file}`, `${file} is no .xlsx file`);
}

/** Written aside, then renamed, so that no half-written file is ever found. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const aside = `${file}.part`;
  try {
    await writeFile(aside, bytes);
    await rename(aside, file);
  } finally {
    await rm(aside, { force: true });
  }
}

/** The visible sheets of a CSV or .xlsx file; "-" is CSV from the standard input. @throws Refusal for what cannot be read */
export async function sheetsOf(file: string): Promise<NamedCells[]> {
  const bytes = file === "-" ? await buffer(process.stdin) : await read(file);
  const kind = file === "-" ? ".csv" : path.extname(file).toLowerCase();
  if (kind === ".csv") {
    const text = decode(bytes, encodingOf(bytes));
    const rows = parseCsv(text, { delimiter: detectDelimiter(text) });
    return [{ name: "CSV", cells: { values: rows.map((row) => row.map(valueOf)) } }];
  }
  if (kind !== ".xlsx") throw unknownKind(file, ".csv", ".xlsx");
  const { sheets } = await readXlsx(bytes).catch((error: Error) => {
    throw unreadable(file, error);
  });
  return sheets
    .filter(({ hidden, veryHidden }) => !hidden && !veryHidden)
    .map((sheet) => ({ name: sheet.name, cells: cellsOf(sheet) }));
}

/** The refusal of a file whose ending is none of some. */
export const unknownKind = (file: string, ...kinds: readonly string[]): Refusal =>
  refuse(`不认识的文件类型：${file}；可用 ${kinds.join("、")}`, `${file} is no ${kinds.join(" or ")} file`);

/** The refusal of a file that cannot be read, with the first line of what was wrong. */
export function unreadable(file: string, error: unknown): Refusal {
  const [line = ""] = String((error as Error).message).split("\n");
  return refuse(`无法读取 ${file}：${line}`, `${file} cannot be read: ${line}`);
}

const read = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: Error) => {
    throw unreadable(file, error);
  });

function cellsOf({ rows, cells, merges = [], columns = [] }: Sheet): SheetCells {
  const formulas: string[][] = rows.map((row) => row.map(() => ""));
  for (const [place, { formula }] of cells ?? []) {
    const [row, column] = place.split(",").map(Number) as [number, number];
    if (formula !== undefined && formulas[row]) formulas[row][column] = `=${formula}`;
  }
  return {
    values: rows.map((row) => row.map(valueOf)),
    formulas,
    merges: merges.map(({ startRow, startCol, endRow, endCol }) => ({
      row: startRow,
      column: startCol,
      rows: endRow - startRow + 1,
      columns: endCol - startCol + 1,
    })),
    hidden: columns.flatMap(({ hidden }, c) => (hidden ? c : [])),
  };
}

/** A cell as a host hands it over; a day as an ISO date. */
const valueOf = (cell: unknown): string | number | boolean => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean" ? cell : "";
};
