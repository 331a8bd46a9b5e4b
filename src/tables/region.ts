/**
 * Finds the table around a cell as a reader of the sheet sees it: where it begins and ends, which rows are headers, which
 * add up others, which say nothing. Rows and columns count from 0 within the cells that were read.
 */
import { isTotal, nameOf, narrow } from "./names";
import type { Unit } from "./amounts";
import { unitIn, unitOf } from "./headers";
import { isResultWord } from "./results";

/** What stands in a cell as a host reads it; a blank is "". */
type Content = string | number | boolean;

export interface Area {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Cells of a sheet, with what their values alone do not show. */
export interface SheetCells {
  readonly values: readonly (readonly Content[])[];
  /** With "=" where a cell has a formula; "" elsewhere. */
  readonly formulas?: readonly (readonly string[])[];
  /** Merged cells, of which the first holds the value. */
  readonly merges?: readonly Area[];
  /** Columns that the user has hidden. */
  readonly hidden?: readonly number[];
}

/** Why a row below the headers is no row of the table. */
export type Skipped = "blank" | "total" | "note";

export interface RegionColumn {
  readonly column: number;
  /** The header that stands right above the values; "" where there is none. */
  readonly header: string;
  /** The same with what stands above it: 合同 over 金额（万元） is 合同金额（万元）. */
  readonly full: string;
  readonly hidden: boolean;
}

export interface Region {
  /** Headers and rows, without titles, unit lines and notes around them. */
  readonly area: Area;
  readonly headerRows: number;
  readonly columns: readonly RegionColumn[];
  /** The rows that claim something, rising. */
  readonly rows: readonly number[];
  /** The others, by row. */
  readonly skipped: ReadonlyMap<number, Skipped>;
  /** Of all amounts, where a line above or within the headers names it (单位：万元). */
  readonly unit?: Unit;
  /** Rows in which a merged cell above holds the value, by row and column: the row of that cell. */
  readonly above: ReadonlyMap<string, number>;
}

/** Rows of one table may have so many blank ones between them. */
const GAP = 1;
/** A title and its remarks stand within so many rows above the values. */
const HEAD = 12;

const filled = (value: Content | undefined): boolean =>
  value !== undefined && (typeof value !== "string" || value.trim() !== "");
const isText = (value: Content | undefined): value is string =>
  typeof value === "string" && filled(value) && !/^[¥+-]?[\d,.]+%?$/.test(narrow(value).trim());

/** The key of a cell in `Region.above`. */
export const cellKey = (row: number, column: number): string => `${row},${column}`;

class Sheet {
  private readonly covered = new Map<string, Area>();
  readonly height: number;
  readonly width: number;

  constructor(readonly cells: SheetCells) {
    this.height = cells.values.length;
    this.width = Math.max(0, ...cells.values.map((row) => row.length));
    for (const merge of cells.merges ?? [])
      for (let r = merge.row; r < merge.row + merge.rows; r++)
        for (let c = merge.column; c < merge.column + merge.columns; c++) this.covered.set(cellKey(r, c), merge);
  }

  merge(row: number, column: number): Area | undefined {
    return this.covered.get(cellKey(row, column));
  }
  own(row: number, column: number): Content {
    return this.cells.values[row]?.[column] ?? "";
  }
  /** The value that a reader sees in a cell: a merged cell shows the one of its first cell. */
  seen(row: number, column: number): Content {
    const merge = this.merge(row, column);
    return merge ? this.own(merge.row, merge.column) : this.own(row, column);
  }
  isFilled(row: number, column: number): boolean {
    return filled(this.seen(row, column));
  }
  rowFilled(row: number, left: number, right: number): boolean {
    for (let c = left; c <= right; c++) if (this.isFilled(row, c)) return true;
    return false;
  }
  columnFilled(column: number, top: number, bottom: number): boolean {
    for (let r = top; r <= bottom; r++) if (this.isFilled(r, column)) return true;
    return false;
  }
}

/**
 * The table around a cell; undefined where nothing stands.
 * @param isKnown whether a word is known as a header of some instrument
 */
export function regionAround(
  cells: SheetCells,
  at: { readonly row: number; readonly column: number },
  isKnown: (header: string) => boolean,
): Region | undefined {
  const sheet = new Sheet(cells);
  const around = currentRegion(sheet, at.row, at.column);
  if (!around) return undefined;
  const header = headersIn(sheet, around, isKnown);
  return header && regionOf(cells, header.area, header.rows, header.unit);
}

/** The tables of a sheet from top to bottom, one for each block of cells that has headers. */
export function regionsIn(cells: SheetCells, isKnown: (header: string) => boolean): Region[] {
  const found: Region[] = [];
  cells.values.forEach((row, r) => {
    const column = row.findIndex(filled);
    const inside = found.some(({ area }) => r >= area.row && r < area.row + area.rows);
    const region = column < 0 || inside ? undefined : regionAround(cells, { row: r, column }, isKnown);
    if (region && !found.some(({ area }) => area.row === region.area.row && area.column === region.area.column))
      found.push(region);
  });
  return found;
}

/** As Excel's current region, but over one blank row where the table visibly goes on below it. */
function currentRegion(sheet: Sheet, row: number, column: number): Area | undefined {
  if (!sheet.isFilled(row, column)) {
    const beside = [
      [row - 1, column],
      [row + 1, column],
      [row, column - 1],
      [row, column + 1],
    ].find(([r, c]) => sheet.isFilled(r!, c!));
    if (!beside) return undefined;
    [row, column] = beside as [number, number];
  }
  let [top, bottom, left, right] = [row, row, column, column];
  for (let grown = true; grown;) {
    grown = false;
    // Corners count, as in Excel: a cell that only touches one belongs to the region.
    const [l, r] = [Math.max(0, left - 1), Math.min(sheet.width - 1, right + 1)];
    if (top > 0 && sheet.rowFilled(top - 1, l, r)) [top, grown] = [top - 1, true];
    if (bottom + 1 < sheet.height && sheet.rowFilled(bottom + 1, l, r)) [bottom, grown] = [bottom + 1, true];
    if (left > 0 && sheet.columnFilled(left - 1, top, bottom)) [left, grown] = [left - 1, true];
    if (right + 1 < sheet.width && sheet.columnFilled(right + 1, top, bottom)) [right, grown] = [right + 1, true];
    if (!grown && goesOn(sheet, bottom, bottom + GAP + 1, left, right)) [bottom, grown] = [bottom + GAP + 1, true];
    if (!grown && goesOn(sheet, top, top - GAP - 1, left, right)) [top, grown] = [top - GAP - 1, true];
  }
  return { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** Whether the row beyond a blank one is of the same kind as the row before it: numbers where that one has numbers. */
function goesOn(sheet: Sheet, row: number, next: number, left: number, right: number): boolean {
  if (next < 0 || next >= sheet.height) return false;
  let alike = 0;
  for (let c = left; c <= right; c++) {
    const [here, there] = [sheet.seen(row, c), sheet.seen(next, c)];
    if (filled(here) && filled(there) && isText(here) === isText(there)) alike++;
    if (filled(here) && filled(there) && isText(here) !== isText(there)) return false;
  }
  return alike >= 2;
}

/** The header rows of a region, and what lies below them. */
function headersIn(
  sheet: Sheet,
  around: Area,
  isKnown: (header: string) => boolean,
): { area: Area; rows: number; unit?: Unit } | undefined {
  const end = around.row + around.rows;
  const columns = Array.from({ length: around.columns }, (_, c) => around.column + c);
  let best: { row: number; score: number } | undefined;
  for (let row = around.row; row < Math.min(end - 1, around.row + HEAD); row++) {
    const texts = columns.filter((c) => isText(sheet.seen(row, c)));
    const words = new Set(texts.map((c) => sheet.seen(row, c)));
    if (words.size < 2) continue;
    const numbers = columns.filter((c) => filled(sheet.seen(row, c)) && !texts.includes(c)).length;
    const known = texts.filter((c) => isKnown(String(sheet.seen(row, c)))).length;
    const below = columns.filter((c) => filled(sheet.seen(row + 1, c)) && !isText(sheet.seen(row + 1, c))).length;
    const score = 4 * known + texts.length - 3 * numbers + below;
    if (score > 0 && (!best || score > best.score)) best = { row, score };
  }
  if (!best) return undefined;
  let [first, last] = [best.row, best.row];
  const isHead = (row: number): boolean =>
    row >= around.row &&
    row < end - 1 &&
    columns.every((c) => !filled(sheet.seen(row, c)) || isText(sheet.seen(row, c))) &&
    columns.some((c) => filled(sheet.own(row, c)));
  // A second line below holds subheaders or units where cells above it are merged across or down.
  const joins = (upper: number): boolean =>
    columns.some((c) => {
      const merge = sheet.merge(upper, c);
      if (!merge) return unitIn(String(sheet.own(upper + 1, c))) !== undefined;
      return (
        (merge.rows > 1 && merge.row <= upper && merge.row + merge.rows > upper + 1) || isGroup(sheet, merge, around)
      );
    });
  while (isHead(last + 1) && joins(last)) last++;
  while (isHead(first - 1) && joins(first - 1)) first--;
  const unit = unitAbove(sheet, around, first, last);
  const area = { row: first, column: around.column, rows: end - first, columns: around.columns };
  return { area, rows: last - first + 1, ...(unit && { unit }) };
}

/** Whether a merged cell spans some columns but not all: a title spans them all. */
const isGroup = (sheet: Sheet, merge: Area, around: Area): boolean =>
  merge.columns > 1 && merge.columns < around.columns - 1 && filled(sheet.own(merge.row, merge.column));

/** 单位：万元, where it stands above the headers. */
function unitAbove(sheet: Sheet, around: Area, first: number, last: number): Unit | undefined {
  for (let row = Math.max(0, around.row - 2); row <= last; row++) {
    for (let c = around.column; c < around.column + around.columns; c++) {
      const text = sheet.own(row, c);
      const named = typeof text === "string" ? /(?:金额)?单位\s*[:：]?\s*(?:人民币)?\s*([万亿]?元)/.exec(text) : null;
      // Within the headers the unit of one column stands in its own header.
      if (named && (row < first || nameOf(text).startsWith("单位:"))) return unitOf(named[1]!);
    }
  }
  return undefined;
}

/**
 * A table whose place is known, as when the user corrects it.
 * @param headerRows so many first rows of the area are headers
 */
export function regionOf(cells: SheetCells, area: Area, headerRows: number, unit?: Unit): Region {
  const sheet = new Sheet(cells);
  const { row: top, column: left } = area;
  const columns = Array.from({ length: area.columns }, (_, c) => columnOf(sheet, top, headerRows, left + c));
  const skipped = new Map<number, Skipped>();
  const rows: number[] = [];
  const named = new Set(columns.filter(({ header }) => !isResultWord(header)).map(({ column }) => column));
  for (let row = top + headerRows; row < top + area.rows; row++) {
    const kind = kindOf(sheet, area, row, named, rows.length > 0);
    if (kind) skipped.set(row, kind);
    else rows.push(row);
  }
  // What follows the last row and is not a total is no part of the table.
  let end = top + area.rows;
  while (end > top + headerRows && (skipped.get(end - 1) === "blank" || skipped.get(end - 1) === "note"))
    skipped.delete(--end);
  const above = new Map<string, number>();
  for (const merge of cells.merges ?? [])
    for (let r = merge.row + 1; r < merge.row + merge.rows; r++)
      for (let c = merge.column; c < merge.column + merge.columns; c++) above.set(cellKey(r, c), merge.row);
  return {
    area: { ...area, rows: end - top },
    headerRows,
    columns: columns.filter(({ column, header }) => header || rows.some((r) => sheet.isFilled(r, column))),
    rows,
    skipped,
    above,
    ...(unit && { unit }),
  };
}

function columnOf(sheet: Sheet, top: number, headerRows: number, column: number): RegionColumn {
  const words: string[] = [];
  for (let row = top; row < top + headerRows; row++) {
    const word = String(sheet.seen(row, column)).trim();
    if (word && word !== words.at(-1)) words.push(word);
  }
  const last = words.at(-1) ?? "";
  // A line of its own for the unit belongs to the header above it.
  const unit = words.length > 1 ? unitIn(last) : undefined;
  const header = unit === undefined ? last : `${words.at(-2)}（${unit}）`;
  const full = unit === undefined ? words.join("") : `${words.slice(0, -1).join("")}（${unit}）`;
  return { column, header, full, hidden: sheet.cells.hidden?.includes(column) ?? false };
}

const SUM = /^=\s*(SUM|SUBTOTAL|AGGREGATE)\s*\(/i;

/**
 * Why a row is none of the table; undefined where it is one.
 * @param named columns in which a row may be called a total
 */
function kindOf(
  sheet: Sheet,
  area: Area,
  row: number,
  named: ReadonlySet<number>,
  afterRows: boolean,
): Skipped | undefined {
  const columns = Array.from({ length: area.columns }, (_, c) => area.column + c);
  const own = columns.filter((c) => filled(sheet.own(row, c)) || sheet.cells.formulas?.[row]?.[c]);
  if (!own.length) return "blank";
  const texts = columns.filter((c) => isText(sheet.seen(row, c)));
  if (texts.some((c) => named.has(c) && isTotal(nameOf(sheet.seen(row, c))))) return "total";
  if (own.some((c) => SUM.test(sheet.cells.formulas?.[row]?.[c] ?? "")) && texts.length === 0) return "total";
  // 备注：… and 制表人：… stand below a table in a cell of their own.
  const numbers = own.length - own.filter((c) => isText(sheet.own(row, c))).length;
  const isNote = own.length <= 2 && numbers === 0 && area.columns > 2;
  return isNote && afterRows && columns.every((c) => !sheet.merge(row, c) || sheet.merge(row, c)!.columns > 1)
    ? "note"
    : undefined;
}
