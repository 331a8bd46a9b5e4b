/** The cells that a result will fill: proposed, looked at before anything is written, and written in one step. */
import { formatAddress, parseAddress } from "../../host/address";
import type { Entry, Place, Workbook } from "../../host/workbook";
import type { Ranges } from "./compose";

const MONEY = "#,##0.00";

/** The first empty column right of everything on the sheet, beside the first row of the ranges. */
export async function proposeTarget(host: Workbook, ranges: Ranges): Promise<Place | null> {
  const first = Object.values(ranges)[0];
  if (!first) return null;
  const used = await host.usedRange(first.sheet);
  const content = used && parseAddress(used.address);
  const { row } = parseAddress(first.address)!;
  const column = content ? content.column + content.columns : 0;
  return { sheet: first.sheet, address: formatAddress({ row, column, rows: 1, columns: 1 }) };
}

/** The cells that a result of so many rows fills from its first cell on. */
export function resultArea(first: Place, rows: number): Place {
  const { row, column } = parseAddress(first.address)!;
  return { sheet: first.sheet, address: formatAddress({ row, column, rows, columns: 1 }) };
}

/** How many of the cells hold something. */
export async function filledCells(host: Workbook, area: Place): Promise<number> {
  const { values, formulas } = await host.read(area);
  return values.flat().filter((value, i) => value !== "" || formulas.flat()[i] !== "").length;
}

/** Writes the formula into the first cell and clears the others, so that it can spill: one undo step. */
export async function writeFormula(host: Workbook, area: Place, formula: string): Promise<void> {
  const { rows } = parseAddress(area.address)!;
  const cells = Array.from({ length: rows }, (_, r) => [r === 0 ? formula : ""]);
  const entry: Entry = { place: area, cells, format: MONEY };
  await host.write([entry]);
}
