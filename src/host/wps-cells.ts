/** Cells of WPS 表格, read and written. */
import { formatAddress, intersect, parseAddress, parseReference, rectangleOf, type Rectangle } from "./address";
import { refusal } from "./refusal";
import type { WpsRange, WpsSheet, WpsValue, WpsValues } from "./wps-api";
import type { Spelling } from "./wps-spelling";
import type { CellValue, Entry, FormulaCell } from "./workbook";

/** How an error in a cell reaches a script, as in every spreadsheet of this kind. */
const ERRORS: Readonly<Record<number, string>> = {
  [-2146826288]: "#NULL!",
  [-2146826281]: "#DIV/0!",
  [-2146826273]: "#VALUE!",
  [-2146826265]: "#REF!",
  [-2146826259]: "#NAME?",
  [-2146826252]: "#NUM!",
  [-2146826246]: "#N/A",
};
const ERROR_TEXTS: ReadonlySet<CellValue> = new Set([...Object.values(ERRORS), "#SPILL!", "#BUSY!", "#CALC!"]);

export function valueOf(value: WpsValue): CellValue {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? (ERRORS[value] ?? value) : value;
}

export const tableOf = (values: WpsValues): readonly (readonly WpsValue[])[] =>
  Array.isArray(values) ? (values as readonly (readonly WpsValue[])[]) : [[values as WpsValue]];

export const addressOf = (range: WpsRange): string => formatAddress(rectangleOf(range.Address(false, false)));
const one = (row: number, column: number): Rectangle => ({ row, column, rows: 1, columns: 1 });

/** The smallest rectangle around all content; null for an empty sheet. WPS counts cells that only have a look, too. */
export function used({ UsedRange: range }: WpsSheet): Rectangle | null {
  const area = rectangleOf(range.Address(false, false));
  const isFilled = tableOf(range.Formula).map((row) => row.map((content) => content !== "" && content !== null));
  const rows = [...isFilled.keys()].filter((r) => isFilled[r]!.includes(true));
  const columns = Array.from({ length: area.columns }, (_, c) => c).filter((c) => isFilled.some((row) => row[c]));
  if (!rows.length) return null;
  const [top, left] = [rows[0]!, columns[0]!];
  return {
    row: area.row + top,
    column: area.column + left,
    rows: rows.at(-1)! - top + 1,
    columns: columns.at(-1)! - left + 1,
  };
}

/** The formulas of an area, each in the cell into which it was entered; "" elsewhere. */
export function formulasIn(sheet: WpsSheet, area: Rectangle, { plain }: Spelling): string[][] {
  const range = sheet.Range(formatAddress(area));
  const contents = tableOf(range.Formula);
  return contents.map((row, r) =>
    row.map((content, c) => {
      if (range.HasFormula === false || typeof content !== "string" || !content.startsWith("=")) return "";
      const address = formatAddress(one(area.row + r, area.column + c));
      const cell = sheet.Range(address);
      return cell.HasFormula && addressOf(first(cell)) === address ? plain(content) : "";
    }),
  );
}

/** The cell whose formula fills this one. */
function first(cell: WpsRange): WpsRange {
  if (cell.HasSpill) return cell.SpillParent ?? cell;
  if (!cell.HasArray) return cell;
  const area = rectangleOf(cell.CurrentArray.Address(false, false));
  return cell.Worksheet.Range(formatAddress({ ...area, rows: 1, columns: 1 }));
}

/** The formula that fills a cell; null where none does. */
export function formulaAt(sheet: WpsSheet, address: string, { plain }: Spelling): FormulaCell | null {
  const asked = rectangleOf(address);
  const cell = first(sheet.Range(formatAddress(one(asked.row, asked.column))));
  if (!cell.HasFormula) return null;
  const filled = cell.HasSpill ? cell.SpillingToRange : cell.HasArray ? cell.CurrentArray : undefined;
  const value = valueOf(tableOf(cell.Value2)[0]![0]);
  const [own, spill] = [addressOf(cell), filled && addressOf(filled)];
  return {
    sheet: sheet.Name,
    address: own,
    formula: plain(String(tableOf(cell.Formula)[0]![0])),
    value,
    ...(ERROR_TEXTS.has(value) ? { error: String(value) } : {}),
    ...(spill && spill !== own ? { spill } : {}),
  };
}

/** An apostrophe keeps a text from being read as a date, a number or a formula. */
const asText = (value: CellValue): CellValue =>
  typeof value === "string" && value !== "" && !value.startsWith("'") ? `'${value}` : value;

const isFormula = (value: CellValue): value is string => typeof value === "string" && value.startsWith("=");

/** Values go in as one table, formulas one by one: only so may each of them spill. */
export function writeEntry(sheet: WpsSheet, entry: Entry, { inWps }: Spelling): void {
  const { place, cells, format, width, bold, unmerge } = entry;
  const range = sheet.Range(place.address);
  if (unmerge) range.UnMerge();
  if (cells) {
    const values = cells.map((row) => row.map((value) => (isFormula(value) ? "" : asText(value))));
    range.Value2 = values.length === 1 && values[0]!.length === 1 ? values[0]![0]! : values;
    const { row, column } = rectangleOf(place.address);
    cells.forEach((line, r) =>
      line.forEach((value, c) => {
        if (!isFormula(value)) return;
        const cell = sheet.Range(formatAddress(one(row + r, column + c)));
        cell[cell.Formula2 === undefined ? "Formula" : "Formula2"] = inWps(value);
      }),
    );
  }
  if (format !== undefined) range.NumberFormat = format;
  if (width !== undefined) range.EntireColumn.ColumnWidth = width;
  if (bold) range.Font.Bold = true;
}

/** Everything is checked before anything is written. */
export function checkEntry(sheet: WpsSheet, { place, cells }: Entry): void {
  const { rows, columns } = rectangleOf(place.address);
  const fits = !cells || (cells.length === rows && cells.every((row) => row.length === columns));
  if (!fits) throw refusal("bad-address", place.address);
  if (sheet.ProtectContents) throw refusal("protected");
}

/** Addresses of the merged areas that touch an area. */
export function mergedIn(sheet: WpsSheet, area: Rectangle): string[] {
  const inUse = intersect(area, used(sheet) ?? area);
  if (!inUse || sheet.Range(formatAddress(inUse)).MergeCells === false) return [];
  const found = new Set<string>();
  for (let r = 0; r < inUse.rows; r++)
    for (let c = 0; c < inUse.columns; c++) {
      const cell = sheet.Range(formatAddress(one(inUse.row + r, inUse.column + c)));
      if (cell.MergeCells) found.add(addressOf(cell.MergeArea));
    }
  return [...found];
}

/** What the user selected: an address, or null for several areas, a chart, a picture. */
export function selectedIn(selection: Partial<WpsRange> | null): { sheet: WpsSheet; area: Rectangle } | null {
  if (!selection?.Address || !selection.Worksheet || (selection.Areas?.Count ?? 1) > 1) return null;
  const address = selection.Address(false, false);
  const area = parseAddress(address) ?? rectangleOf(parseReference(address)?.address ?? "A1");
  return { sheet: selection.Worksheet, area };
}
