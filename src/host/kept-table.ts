/** Sheets on which the add-in keeps what users may see and change: read and written from A1 on. */
import type { Cell } from "../tables";
import { formatAddress, rectangleOf } from "./address";
import { WorkbookError, type CellValue, type Workbook } from "./workbook";

/** The cells of a sheet from A1 on; undefined where there is none of that name. @param width so many first columns; left out: all */
export async function sheetCells(
  host: Workbook,
  sheet: string,
  width?: number,
): Promise<readonly (readonly CellValue[])[] | undefined> {
  try {
    const used = await host.usedRange(sheet);
    if (!used) return [];
    const { row, column, rows, columns } = rectangleOf(used.address);
    const whole = { row: 0, column: 0, rows: row + rows, columns: width ?? column + columns };
    return (await host.read({ sheet, address: formatAddress(whole) })).values;
  } catch (error) {
    if (error instanceof WorkbookError && error.reason === "no-sheet") return undefined;
    throw error;
  }
}

/** Columns up to the first one without a header: what lies behind is not ours. */
export const ownWidth = ([headers = []]: readonly (readonly Cell[])[]): number => {
  const end = headers.findIndex((header) => String(header ?? "") === "");
  return end < 0 ? headers.length : end;
};

/** A text that begins with "=" or an apostrophe stays a text. */
export const asCell = (cell: Cell): CellValue =>
  typeof cell === "string" && /^['=]/.test(cell) ? `'${cell}` : (cell ?? "");

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
