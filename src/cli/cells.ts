/** Files of a size that a sheet could hold, as cells. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { detectDelimiter, parseCsv } from "hucre/csv";
import { readXlsx, type Sheet } from "hucre/xlsx";
import type { NamedCells } from "../export/file/read";
import { formatAddress } from "../host/address";
import { decode, encodingOf } from "../host/encoding";
import { refuse } from "../rules";
import { tablesIn, type FoundTable, type SheetCells } from "../tables";
import { noSheet, unknownKind, unreadable } from "./files";
import { loadClaims } from "./run/source";
import { report, withWarehouse } from "./shell";
import { both, firstOf, takenWords } from "./words";

/**
 * The table of a sheet as the pane finds it; rows of totals, which it leaves aside, and tables beside it are reported.
 * @throws Refusal for a file without one, and for one that cannot be read
 */
export async function tableIn(file: string, sheet?: string): Promise<FoundTable> {
  const sheets = await allSheets(file);
  const wanted = chosen(sheets, sheet);
  const tables = sheets.flatMap((one) => tablesIn(one.cells).map((table) => ({ sheet: one, table })));
  const taken = tables.find((one) => wanted.includes(one.sheet));
  if (!taken) throw refuse(`${file} 中没有认出数据表：表头至少要有两列看得懂的`, `no table is found in ${file}`);
  const { table } = taken;
  const others = tables.flatMap((one) => {
    if (one === taken) return [];
    const { columns, rows } = one.table.region;
    const below = formatAddress({ row: rows[0]!, column: columns[0]!.column, rows: 1, columns: 1 });
    return one.sheet === taken.sheet ? `${one.sheet.name}!${below}` : one.sheet.name;
  });
  if (others.length) report(takenWords(taken.sheet.name, others));
  const totals = [...table.region.skipped].flatMap(([row, why]) => (why === "total" ? row + 1 : []));
  const places = firstOf(totals.slice(0, MOST_SHOWN), totals.length);
  if (totals.length)
    report(
      both(
        `${totals.length} 行是合计，没有算入：第 ${places} 行`,
        `${totals.length} rows of totals are left aside: ${places}`,
      ),
    );
  return table;
}

const MOST_SHOWN = 5;

/** The sheets that are not hidden, or the one of that name. @throws Refusal that lists the sheets */
export const sheetsOf = async (file: string, sheet?: string): Promise<readonly NamedCells[]> =>
  chosen(await allSheets(file), sheet);

function chosen(sheets: readonly NamedCells[], sheet: string | undefined): readonly NamedCells[] {
  const wanted = sheets.filter(({ name }) => sheet === undefined || name === sheet);
  if (sheet !== undefined && !wanted.length)
    throw noSheet(
      sheet,
      sheets.map(({ name }) => name),
    );
  return wanted;
}

async function allSheets(file: string): Promise<NamedCells[]> {
  const kind = file === "-" ? ".csv" : path.extname(file).toLowerCase();
  if (kind === ".parquet") return [{ name: "Parquet", cells: { values: await parquetCells(file) } }];
  const bytes = file === "-" ? await buffer(process.stdin) : await read(file);
  if (kind === ".csv") {
    const text = decode(bytes, encodingOf(bytes));
    const rows = parseCsv(text, { delimiter: detectDelimiter(text) });
    return [{ name: "CSV", cells: { values: rows.map((row) => row.map(valueOf)) } }];
  }
  if (kind !== ".xlsx") throw unknownKind(file, ".csv", ".parquet", ".xlsx");
  const { sheets } = await readXlsx(bytes).catch((error: Error) => {
    throw unreadable(file, error);
  });
  return sheets
    .filter(({ hidden, veryHidden }) => !hidden && !veryHidden)
    .map((sheet) => ({ name: sheet.name, cells: cellsOf(sheet) }));
}

/** Headers and rows as texts. @throws Refusal for more rows than a sheet has, Stopped */
const parquetCells = (file: string): Promise<string[][]> =>
  withWarehouse({}, async (warehouse) => {
    await loadClaims(warehouse, file);
    const rows = await warehouse.count("SELECT count(*) FROM raw");
    if (rows >= MOST_ROWS)
      throw refuse(`${file} 有 ${rows} 行，超过一张表的 ${MOST_ROWS - 1} 行`, `${file} has more rows than a sheet`);
    const cells = [await warehouse.columns("raw")];
    for await (const chunk of warehouse.chunks("SELECT * FROM raw ORDER BY rowid"))
      for (const row of chunk) cells.push(row.map((cell) => (cell === null ? "" : String(cell))));
    return cells;
  });

/** Of a sheet, its headers among them. */
const MOST_ROWS = 2 ** 20;

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
