/** What both hosts need to know about the results of our functions: which formulas are ours, and what changed. */
import { formatAddress, parseAddress } from "./address";
import type { CellValue, FormulaCell, Place } from "./workbook";

/** A test for formulas that call one of the functions (text in quotes does not count). */
export function callsAny(functions: readonly string[]): (formula: string) => boolean {
  const names = functions.map((name) => name.replaceAll(".", "\\."));
  const call = new RegExp(`(?<![\\p{L}\\p{N}_.])(?:${names.join("|")})\\s*\\(`, "iu");
  return (formula) => functions.length > 0 && formula.startsWith("=") && call.test(formula.replace(/"[^"]*"/g, '""'));
}

/** The value of each result cell, by sheet and address. */
export type Results = ReadonlyMap<string, CellValue>;

/** Reads what the formula cells show now, spilled cells included. */
export async function results(
  cells: readonly FormulaCell[],
  values: (place: Place) => Promise<readonly (readonly CellValue[])[]>,
): Promise<Results> {
  const found = new Map<string, CellValue>();
  for (const cell of cells) {
    const area = parseAddress(cell.spill ?? cell.address)!;
    const shown = cell.spill ? await values({ sheet: cell.sheet, address: cell.spill }) : [[cell.value]];
    shown.forEach((row, r) =>
      row.forEach((value, c) => {
        const address = formatAddress({ row: area.row + r, column: area.column + c, rows: 1, columns: 1 });
        found.set(`${cell.sheet}!${address}`, value);
      }),
    );
  }
  return found;
}

/** In how many cells two sets of results differ; a cell in only one of them counts. */
export function countChanged(before: Results, after: Results): number {
  const cells = new Set([...before.keys(), ...after.keys()]);
  return [...cells].filter((cell) => before.get(cell) !== after.get(cell)).length;
}
