/** A1 addresses, as the host interface uses them: no sheet name, no `$`. Rows and columns count from 0. */
import { refusal } from "./refusal";
import type { Place } from "./workbook";

/** A rectangle of cells; `rows` and `columns` are at least 1. */
export interface Rectangle {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** The largest sheet that Excel has. */
export const SHEET_ROWS = 1_048_576;
export const SHEET_COLUMNS = 16_384;

/** 0 → "A", 26 → "AA". */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function columnNumber(name: string): number {
  return [...name].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const CELL = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
const WHOLE_COLUMN = /^[A-Z]{1,3}$/;
const WHOLE_ROW = /^[1-9]\d{0,6}$/;

function corner(text: string, last: boolean): { row: number; column: number } | null {
  const cell = CELL.exec(text);
  if (cell) return { column: columnNumber(cell[1]!), row: Number(cell[2]) - 1 };
  if (WHOLE_COLUMN.test(text)) return { column: columnNumber(text), row: last ? SHEET_ROWS - 1 : 0 };
  if (WHOLE_ROW.test(text)) return { row: Number(text) - 1, column: last ? SHEET_COLUMNS - 1 : 0 };
  return null;
}

/** Reads "B2", "B2:C5", "B:C", "2:5", any case, with or without `$`, corners in any order; null where it is none. */
export function parseAddress(address: string): Rectangle | null {
  // Most are one cell, spelled as files spell it, and files have hundreds of thousands.
  const cell = CELL.exec(address);
  if (cell) return within({ column: columnNumber(cell[1]!), row: Number(cell[2]) - 1, rows: 1, columns: 1 });
  const parts = address.replaceAll("$", "").trim().toUpperCase().split(":");
  if (parts.length > 2 || (parts.length === 1 && !CELL.test(parts[0]!))) return null;
  const first = corner(parts[0]!, false);
  const last = corner(parts.at(-1)!, true);
  if (!first || !last) return null;
  const row = Math.min(first.row, last.row);
  const column = Math.min(first.column, last.column);
  const rows = Math.max(first.row, last.row) - row + 1;
  const columns = Math.max(first.column, last.column) - column + 1;
  return within({ row, column, rows, columns });
}

const within = (area: Rectangle): Rectangle | null =>
  area.row + area.rows > SHEET_ROWS || area.column + area.columns > SHEET_COLUMNS ? null : area;

/** Reads an address that has to be one. @throws WorkbookError where it is none */
export function rectangleOf(address: string): Rectangle {
  const rectangle = parseAddress(address);
  if (!rectangle) throw refusal("bad-address", address);
  return rectangle;
}

/** The A1 address of a rectangle: "B2" for one cell, "B2:C5" for more. */
export function formatAddress({ row, column, rows, columns }: Rectangle): string {
  const first = `${columnName(column)}${row + 1}`;
  return rows === 1 && columns === 1 ? first : `${first}:${columnName(column + columns - 1)}${row + rows}`;
}

/** The common part of two rectangles; null where they do not touch. */
export function intersect(a: Rectangle, b: Rectangle): Rectangle | null {
  const row = Math.max(a.row, b.row);
  const column = Math.max(a.column, b.column);
  const rows = Math.min(a.row + a.rows, b.row + b.rows) - row;
  const columns = Math.min(a.column + a.columns, b.column + b.columns) - column;
  return rows > 0 && columns > 0 ? { row, column, rows, columns } : null;
}

/** A sheet name as a formula spells it: quoted where it is more than letters, digits and `_`, or begins like a cell (C1, R9). */
export function quoteSheet(sheet: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) && !/^([A-Z]{1,3}\d|R?C?$|R?C?\d)/i.test(sheet);
  return plain ? sheet : `'${sheet.replaceAll("'", "''")}'`;
}

/** A place as a formula on sheet `from` spells it: without the sheet name when it lies there. */
export function reference(place: Place, from?: string): string {
  return place.sheet === from ? place.address : `${quoteSheet(place.sheet)}!${place.address}`;
}

/** Splits "'My sheet'!$B$2:C5", as hosts spell a range, into a place; null where it is none. */
export function parseReference(text: string): Place | null {
  const parts = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(text);
  const rectangle = parts && parseAddress(parts[3]!);
  if (!rectangle) return null;
  return { sheet: (parts[1] ?? parts[2]!).replaceAll("''", "'"), address: formatAddress(rectangle) };
}
