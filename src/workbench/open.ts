/** An .xlsx file → a workbook of the engine: values, formulas, number formats, bold, colours, widths, merges, names. */
import {
  CellValueType,
  type ICellData,
  type IFreeze,
  type IStyleData,
  type IWorkbookData,
  type IWorksheetData,
} from "@univerjs/core";
import { type Cell, type CellStyle, readXlsx, type Sheet } from "hucre/xlsx";
import { columnName, parseAddress } from "../host/address";
import { fromFile } from "./spelling";

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/** hucre hands dates over as such; a spreadsheet counts days. */
const plain = (value: unknown) => (value instanceof Date ? (value.getTime() - EPOCH) / DAY : value);

function toValue(value: unknown): ICellData {
  if (typeof value === "number") return { v: value, t: CellValueType.NUMBER };
  if (typeof value === "boolean") return { v: value ? 1 : 0, t: CellValueType.BOOLEAN };
  return typeof value === "string" && value !== "" ? { v: value, t: CellValueType.STRING } : {};
}

function toStyle({ numFmt, font, fill, alignment }: CellStyle): IStyleData {
  const background = fill?.type === "pattern" ? fill.fgColor?.rgb : undefined;
  return {
    ...(numFmt && numFmt !== "General" ? { n: { pattern: numFmt } } : {}),
    ...(font?.bold ? { bl: 1 } : {}),
    ...(font?.size ? { fs: font.size } : {}),
    ...(font?.color?.rgb ? { cl: { rgb: `#${font.color.rgb.slice(-6)}` } } : {}),
    ...(background ? { bg: { rgb: `#${background.slice(-6)}` } } : {}),
    ...(alignment?.wrapText ? { tb: 3 } : {}),
  };
}

const key = (row: number, column: number) => `${row},${column}`;

/** The cells that a dynamic array fills. Their stored values must not be entered: they would block the spill. */
function spilledCells(cells: ReadonlyMap<string, Cell>): Set<string> {
  const spilled = new Set<string>();
  for (const [anchor, { formulaType, formulaRef }] of cells) {
    const area = formulaType === "array" && formulaRef ? parseAddress(formulaRef) : null;
    for (let r = 0; area && r < area.rows; r++) {
      for (let c = 0; c < area.columns; c++) spilled.add(key(area.row + r, area.column + c));
    }
    if (area) spilled.delete(anchor);
  }
  return spilled;
}

function toCell(value: unknown, cell: Cell | undefined, shared: string, functions: readonly string[]): ICellData {
  return {
    ...toValue(plain(cell?.formula === undefined ? value : (cell.formulaResult ?? cell.value))),
    ...(cell?.formula ? { f: fromFile(cell.formula, functions) } : {}),
    ...(cell?.formulaType === "shared" ? { si: `${shared}-${cell.formulaSharedIndex}` } : {}),
    ...(cell?.style ? { s: toStyle(cell.style) } : {}),
  };
}

function toSheet(sheet: Sheet, id: string, functions: readonly string[]): Partial<IWorksheetData> {
  const cells = sheet.cells ?? new Map<string, Cell>();
  const spilled = spilledCells(cells);
  const cellData: Record<number, Record<number, ICellData>> = {};
  let lastColumn = 0;
  const enter = (row: number, column: number, value: unknown) => {
    const at = key(row, column);
    const data = toCell(spilled.has(at) ? null : value, cells.get(at), id, functions);
    if (Object.keys(data).length === 0) return;
    (cellData[row] ??= {})[column] = data;
    lastColumn = Math.max(lastColumn, column);
  };
  sheet.rows.forEach((row, r) => row.forEach((value, c) => enter(r, c, value)));
  for (const at of cells.keys()) {
    const [row = 0, column = 0] = at.split(",").map(Number);
    if (!cellData[row]?.[column]) enter(row, column, null);
  }
  const widths = (sheet.columns ?? []).flatMap((column, index) =>
    column?.width ? [[index, { w: Math.round(column.width * 7 + 5) }]] : [],
  );
  const merges = (sheet.merges ?? []).map(({ startRow, endRow, startCol, endCol }) => ({
    startRow,
    endRow,
    startColumn: startCol,
    endColumn: endCol,
  }));
  return {
    id,
    name: sheet.name,
    cellData,
    columnData: Object.fromEntries(widths) as Record<number, { w: number }>,
    mergeData: merges,
    rowCount: Math.max(1000, sheet.rows.length + 100),
    columnCount: Math.max(26, lastColumn + 6),
    freeze: toFreeze(sheet.freezePane),
    hidden: sheet.hidden ? 1 : 0,
  };
}

/** The engine also wants the first cell that scrolls; -1 for none. */
function toFreeze({ rows = 0, columns = 0 }: NonNullable<Sheet["freezePane"]> = {}): IFreeze {
  return { ySplit: rows, xSplit: columns, startRow: rows || -1, startColumn: columns || -1 };
}

/** Names the engine's store of defined names expects, by an id of their own. */
function toNames(names: readonly { name: string; range: string; scope?: string }[]) {
  const workbookWide = names.filter(({ scope }) => scope === undefined);
  const entries = workbookWide.map(({ name, range }, index) => {
    const formulaOrRefString = /^["\d]/.test(range) ? `=${range}` : range;
    return [columnName(index), { id: columnName(index), name, formulaOrRefString, localSheetId: "AllDefaultWorkbook" }];
  });
  return [{ name: "SHEET_DEFINED_NAME_PLUGIN", data: JSON.stringify(Object.fromEntries(entries)) }];
}

/**
 * Reads an .xlsx file. `functions` are our functions' names, which files spell in their own way. Stored results of formulas
 * are kept until the engine has computed its own. It rejects on anything that is no .xlsx.
 */
export async function openFile(bytes: Uint8Array, functions: readonly string[]): Promise<Partial<IWorkbookData>> {
  const { sheets, namedRanges = [] } = await readXlsx(bytes, { readStyles: true });
  const ids = sheets.map((_, index) => `sheet${index + 1}`);
  return {
    sheetOrder: ids,
    sheets: Object.fromEntries(sheets.map((sheet, index) => [ids[index]!, toSheet(sheet, ids[index]!, functions)])),
    resources: toNames(namedRanges),
  };
}
