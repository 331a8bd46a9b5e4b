/**
 * Named sets of scenarios in the workbook: a visible sheet 情景集 holds all of them as one table, and a sheet for each set that was
 * run keeps the rows of that run, so that the next one can show what has moved. Behind a blank column there is room for remarks.
 */
import { readSets, setsTable, type Cell, type ScenarioSet } from "../tables";
import type { Language } from "../rules";
import { formatAddress, rectangleOf } from "./address";
import { WorkbookError, type CellValue, type Workbook } from "./workbook";

export const SETS_SHEET = "情景集";

/** The cells of a sheet from A1 on; undefined where there is none of that name. */
export async function sheetCells(
  host: Workbook,
  sheet: string,
): Promise<readonly (readonly CellValue[])[] | undefined> {
  try {
    const used = await host.usedRange(sheet);
    if (!used) return [];
    const { row, column, rows, columns } = rectangleOf(used.address);
    const address = formatAddress({ row: 0, column: 0, rows: row + rows, columns: column + columns });
    return (await host.read({ sheet, address })).values;
  } catch (error) {
    if (error instanceof WorkbookError && error.reason === "no-sheet") return undefined;
    throw error;
  }
}

/** Columns up to the first one without a header: what lies behind is not ours. */
const ownWidth = ([headers = []]: readonly (readonly Cell[])[]): number => {
  const end = headers.findIndex((header) => String(header ?? "") === "");
  return end < 0 ? headers.length : end;
};

/** Writes a table from A1 on in the place of the one before; the sheet is added where there is none. @returns its name */
export async function writeSheetCells(
  host: Workbook,
  sheet: string,
  cells: readonly (readonly Cell[])[],
  look: { readonly widths: readonly number[]; readonly headerRows: number },
): Promise<string> {
  const before = await sheetCells(host, sheet);
  const width = Math.max(ownWidth(cells), ownWidth(before ?? []));
  const rows = Math.max(cells.length, before?.length ?? 0);
  const padded = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: width }, (__, c): CellValue => asCell(cells[r]?.[c])),
  );
  if (before === undefined) return host.addSheet({ name: sheet, cells: padded, ...look });
  await host.write([
    { place: { sheet, address: formatAddress({ row: 0, column: 0, rows, columns: width }) }, cells: padded },
  ]);
  return sheet;
}

/** A text that begins with "=" or an apostrophe stays a text. */
const asCell = (cell: Cell): CellValue => (typeof cell === "string" && /^['=]/.test(cell) ? `'${cell}` : (cell ?? ""));

/** @throws Refusal for a table that cannot be read */
export async function loadSets(host: Workbook): Promise<ScenarioSet[]> {
  const cells = await sheetCells(host, SETS_SHEET);
  return cells?.length ? readSets(cells) : [];
}

export async function saveSets(host: Workbook, sets: readonly ScenarioSet[], language: Language): Promise<void> {
  const cells = setsTable(sets, language);
  await writeSheetCells(host, SETS_SHEET, cells, { widths: cells[0]!.map((_, c) => (c < 2 ? 24 : 14)), headerRows: 1 });
}
