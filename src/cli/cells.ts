/** Files of a size that a sheet could hold, as cells. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { detectDelimiter, parseCsv } from "hucre/csv";
import { readXlsx, type Sheet } from "hucre/xlsx";
import { decode, encodingOf } from "../host/encoding";
import { refuse } from "../rules";
import { tablesIn, type FoundTable, type SheetCells } from "../tables";

/** The table of a sheet as the pane finds it. @throws Refusal for a file without one, and for one that cannot be read */
export async function tableIn(file: string, sheet?: string): Promise<FoundTable> {
  for (const { cells } of await sheetsOf(file, sheet)) {
    const [table] = tablesIn(cells);
    if (table) return table;
  }
  throw refuse(`${file} 中没有认出数据表：表头至少要有两列看得懂的`, `no table is found in ${file}`);
}

export interface NamedCells {
  readonly name: string;
  readonly cells: SheetCells;
}

/** The sheets that are not hidden, or the one of that name. @throws Refusal that lists the sheets */
export async function sheetsOf(file: string, sheet?: string): Promise<readonly NamedCells[]> {
  const sheets = await allSheets(file);
  if (sheet === undefined) return sheets;
  const names = sheets.map(({ name }) => name).join("、");
  const wanted = sheets.filter(({ name }) => name === sheet);
  if (!wanted.length) throw refuse(`没有工作表“${sheet}”，有：${names}`, `no sheet ${sheet}; there are: ${names}`);
  return wanted;
}

async function allSheets(file: string): Promise<NamedCells[]> {
  const bytes = file === "-" ? await buffer(process.stdin) : await read(file);
  const kind = file === "-" ? ".csv" : path.extname(file).toLowerCase();
  if (kind === ".csv") {
    const text = decode(bytes, encodingOf(bytes));
    const rows = parseCsv(text, { delimiter: detectDelimiter(text) });
    return [{ name: "CSV", cells: { values: rows.map((row) => row.map(valueOf)) } }];
  }
  if (kind !== ".xlsx") throw refuse(`不认识的文件类型：${file}；可用 .csv、.xlsx`, `${file} is no .csv or .xlsx file`);
  const { sheets } = await readXlsx(bytes).catch((error: Error) => {
    throw unreadable(file, error);
  });
  return sheets
    .filter(({ hidden, veryHidden }) => !hidden && !veryHidden)
    .map((sheet) => ({ name: sheet.name, cells: cellsOf(sheet) }));
}

const unreadable = (file: string, { message }: Error) =>
  refuse(`无法读取 ${file}：${message}`, `${file} cannot be read: ${message}`);

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
