/** One sheet of the workbench as calculated. Univer keeps what was entered and what a formula spilled in two places. */
import {
  CellValueType,
  type ICellData,
  type IObjectMatrixPrimitiveType,
  type Nullable,
  type Univer,
} from "@univerjs/core";
import { ErrorType, FormulaDataModel, LexerTreeBuilder } from "@univerjs/engine-formula";
import type { FWorksheet } from "@univerjs/sheets/facade";
import { rectangleOf, type Rectangle } from "./address";
import { refusal } from "./refusal";
import type { CellValue, Entry } from "./workbook";

/** Univer draws no charts: a sheet keeps those that it is given under this name, for the page to draw (workbench/charts.ts) and the file to hold. */
export const CHARTS = "butie-charts";

/** Cells by row and column, as the engine's commands take them. */
export type CellMatrix = Record<number, Record<number, ICellData>>;

/** Visits a sparse table of the engine in row order. */
export function eachCell<T>(
  matrix: Nullable<IObjectMatrixPrimitiveType<Nullable<T>>>,
  visit: (row: number, column: number, cell: T) => void,
): void {
  // The integer keys of an object come in ascending order.
  for (const row of Object.keys(matrix ?? {}).map(Number)) {
    for (const column of Object.keys(matrix?.[row] ?? {}).map(Number)) {
      const cell = matrix?.[row]?.[column];
      if (cell) visit(row, column, cell);
    }
  }
}

function toValue(cell: Nullable<ICellData>): CellValue {
  if (!cell || cell.v === null || cell.v === undefined) return "";
  return cell.t === CellValueType.BOOLEAN ? Boolean(cell.v) : cell.v;
}

/** A cell's content as the engine takes it; null empties what was there. */
function toCellData(value: CellValue): ICellData {
  const empty = { v: null, t: null, f: null, si: null, p: null };
  if (typeof value === "number") return { ...empty, v: value, t: CellValueType.NUMBER };
  if (typeof value === "boolean") return { ...empty, v: value ? 1 : 0, t: CellValueType.BOOLEAN };
  if (value === "") return empty;
  if (value.startsWith("=")) return { ...empty, f: value };
  return { ...empty, v: value.startsWith("'") ? value.slice(1) : value, t: CellValueType.STRING };
}

/** Entries of one sheet as one matrix, so that one command writes them. */
export function matrixOf(entries: readonly Entry[]): CellMatrix {
  const matrix: CellMatrix = {};
  for (const { place, cells, format, bold } of entries) {
    const area = rectangleOf(place.address);
    if (cells && (cells.length !== area.rows || cells.some((row) => row.length !== area.columns))) {
      throw refusal("bad-address", place.address);
    }
    for (let r = 0; r < area.rows; r++) {
      const row = (matrix[area.row + r] ??= {});
      for (let c = 0; c < area.columns; c++) {
        const style = { ...(format === undefined ? {} : { n: { pattern: format } }), ...(bold ? { bl: 1 } : {}) };
        row[area.column + c] = {
          ...row[area.column + c],
          ...(cells ? toCellData(cells[r]![c]!) : {}),
          ...(Object.keys(style).length > 0 ? { s: style } : {}),
        };
      }
    }
  }
  return matrix;
}

/** Rows and columns count from 0. */
export interface CalculatedSheet {
  readonly value: (row: number, column: number) => CellValue;
  /** With "="; "" where the cell has no formula of its own. */
  readonly formula: (row: number, column: number) => string;
  /** The range that the formula of a cell fills; undefined where it fills its own cell only. */
  readonly spill: (row: number, column: number) => Rectangle | undefined;
  readonly spills: () => Rectangle[];
  /** The cells with formulas of their own, in row order. */
  readonly formulaCells: () => (readonly [row: number, column: number])[];
  /** The smallest rectangle around all content, spilled cells included; null for an empty sheet. */
  readonly used: () => Rectangle | null;
}

/** A sheet as it is now; to be asked for again after a change. */
export function calculatedSheet(univer: Univer, unitId: string, sheet: FWorksheet): CalculatedSheet {
  const model = univer.__getInjector().get(FormulaDataModel);
  const lexer = univer.__getInjector().get(LexerTreeBuilder);
  const sheetId = sheet.getSheetId();
  const entered = sheet.getSheet().getCellMatrix();
  const spilled = model.getArrayFormulaCellData()[unitId]?.[sheetId];
  const ranges = model.getArrayFormulaRange()[unitId]?.[sheetId];

  function value(row: number, column: number): CellValue {
    const own = toValue(entered.getValue(row, column));
    return own === "" ? toValue(spilled?.[row]?.[column]) : own;
  }

  /** Where the formulas stand that other cells share, by their ids: the engine looks through the whole sheet for each cell. */
  let shared: Map<string, readonly [row: number, column: number, text: string]> | undefined;
  function sharedFormulas() {
    const found = new Map<string, readonly [number, number, string]>();
    entered.forValue((row, column, cell) => {
      if (cell?.f && cell.si && !found.has(cell.si)) found.set(cell.si, [row, column, cell.f]);
    });
    return found;
  }

  function formula(row: number, column: number): string {
    const { f, si } = entered.getValue(row, column) ?? {};
    if (f || !si) return model.getFormulaStringByCell(row, column, sheetId, unitId) ?? "";
    const first = (shared ??= sharedFormulas()).get(si);
    return first ? lexer.moveFormulaRefOffset(first[2], column - first[1], row - first[0]) : "";
  }

  function spill(row: number, column: number): Rectangle | undefined {
    const range = ranges?.[row]?.[column];
    // Where something is in the way, the engine keeps the range that the result would need.
    if (!range || value(row, column) === ErrorType.SPILL) return undefined;
    const { startRow, startColumn, endRow, endColumn } = range;
    const [rows, columns] = [endRow - startRow + 1, endColumn - startColumn + 1];
    return rows * columns > 1 ? { row: startRow, column: startColumn, rows, columns } : undefined;
  }

  function spills(): Rectangle[] {
    const found: Rectangle[] = [];
    eachCell(ranges, (row, column) => {
      const area = spill(row, column);
      if (area) found.push(area);
    });
    return found;
  }

  function formulaCells() {
    const found: [number, number][] = [];
    eachCell(model.getSheetFormulaData(unitId, sheetId), (row, column) => found.push([row, column]));
    return found;
  }

  function used(): Rectangle | null {
    let [top, left, bottom, right] = [Infinity, Infinity, -1, -1];
    const include = (row: number, column: number) => {
      [top, left] = [Math.min(top, row), Math.min(left, column)];
      [bottom, right] = [Math.max(bottom, row), Math.max(right, column)];
    };
    entered.forValue((row, column, cell) => {
      if (toValue(cell) !== "" || cell?.f || cell?.si) include(row, column);
    });
    for (const area of spills()) {
      include(area.row, area.column);
      include(area.row + area.rows - 1, area.column + area.columns - 1);
    }
    return bottom < 0 ? null : { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
  }

  return {
    value,
    formula,
    spill,
    spills,
    formulaCells,
    used,
  };
}
