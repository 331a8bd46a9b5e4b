/** The cells that a result will fill: proposed, looked at before anything is written, and written in one step. */
import { formatAddress, parseAddress } from "../../host/address";
import type { Entry, Place, Workbook } from "../../host/workbook";
import type { Ranges } from "./ranges";

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

/** The formula in the first cell and the others cleared, so that it can spill. */
export function spilling(area: Place, formula: string): Entry {
  const { rows } = parseAddress(area.address)!;
  return { place: area, cells: Array.from({ length: rows }, (_, r) => [r === 0 ? formula : ""]), format: MONEY };
}
