/** The workbook of the workbench: Univer, in the page itself. What it shares with Excel is in result.ts and pick.ts. */
import {
  CellValueType,
  ICommandService,
  IUndoRedoService,
  type ICellData,
  type Nullable,
  type Univer,
} from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { ERROR_TYPE_SET, FormulaDataModel, SetTriggerFormulaCalculationStartMutation } from "@univerjs/engine-formula";
import { SetRangeValuesCommand } from "@univerjs/sheets";
import type { FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
// Who starts the engine loads what these add to it; here only their types are needed.
import type {} from "@univerjs/sheets-ui/facade";
import type {} from "@univerjs/engine-formula/facade";
import type {} from "@univerjs/sheets-formula/facade";
import { formatAddress, intersect, parseAddress, type Rectangle } from "./address";
import { freeSheetName } from "./name";
import { parsePick, PICK_NAMES, pickFormulas } from "./pick";
import { refusal } from "./refusal";
import { callsAny, countChanged, results } from "./result";
import type {
  Cells,
  CellValue,
  Entry,
  FormulaCell,
  Language,
  NewSheet,
  Place,
  Theme,
  Workbook,
  WorkbookPick,
} from "./workbook";

/** What the page around the engine lends to the host. */
export interface Page {
  readonly univer: Univer;
  readonly api: FUniver;
  /** The names of our functions. */
  readonly functions: readonly string[];
  /** The message that one of our functions left with an error; rows and columns count from 0. */
  readonly messageAt: (cell: { sheetId: string; row: number; column: number }) => string | undefined;
  readonly appearance: {
    readonly language: Language;
    readonly theme: Theme;
    readonly subscribe: (callback: () => void) => () => void;
  };
}

type CellMatrix = Record<number, Record<number, ICellData>>;

const ROOM = { rows: 1000, columns: 26 };

/** A cell's content as the engine takes it; null empties what it does not name. */
function toCellData(value: CellValue): ICellData {
  if (typeof value === "number") return { v: value, t: CellValueType.NUMBER, f: null, si: null, p: null };
  if (typeof value === "boolean") return { v: value ? 1 : 0, t: CellValueType.BOOLEAN, f: null, si: null, p: null };
  if (value === "") return { v: null, t: null, f: null, si: null, p: null };
  if (value.startsWith("=")) return { f: value, v: null, t: null, si: null, p: null };
  const text = value.startsWith("'") ? value.slice(1) : value;
  return { v: text, t: CellValueType.STRING, f: null, si: null, p: null };
}

function toValue(cell: Nullable<ICellData>): CellValue {
  if (!cell || cell.v === null || cell.v === undefined) return "";
  return cell.t === CellValueType.BOOLEAN ? Boolean(cell.v) : cell.v;
}

function rectangleOf(address: string): Rectangle {
  const rectangle = parseAddress(address);
  if (!rectangle) throw refusal("bad-address", address);
  return rectangle;
}

/** Everything above as one matrix per sheet, so that one command writes it. */
function matrixOf(entries: readonly Entry[]): CellMatrix {
  const matrix: CellMatrix = {};
  for (const { place, cells, format } of entries) {
    const area = rectangleOf(place.address);
    if (cells && (cells.length !== area.rows || cells.some((row) => row.length !== area.columns))) {
      throw refusal("bad-address", place.address);
    }
    for (let r = 0; r < area.rows; r++) {
      const row = (matrix[area.row + r] ??= {});
      for (let c = 0; c < area.columns; c++) {
        const before = row[area.column + c];
        const style = format === undefined ? {} : { s: { n: { pattern: format } } };
        row[area.column + c] = { ...before, ...(cells ? toCellData(cells[r]![c]!) : {}), ...style };
      }
    }
  }
  return matrix;
}

export function univerWorkbook({ univer, api, functions, messageAt, appearance }: Page): Workbook {
  const ours = callsAny(functions);
  const injector = univer.__getInjector();
  const model = injector.get(FormulaDataModel);

  function workbook(): FWorkbook {
    const active = api.getActiveWorkbook();
    if (!active) throw refusal("host", "no workbook");
    return active;
  }

  function sheetOf(name: string): FWorksheet {
    const sheet = workbook().getSheetByName(name);
    if (!sheet) throw refusal("no-sheet", name);
    return sheet;
  }

  /** Resolves when all that was started is calculated and shown. */
  const computed = () => api.getFormula().onCalculationResultApplied();

  /** The spill ranges of a sheet, by the row and column of the cell that spills. */
  const spillsOf = (sheet: FWorksheet) => model.getArrayFormulaRange()[workbook().getId()]?.[sheet.getSheetId()] ?? {};

  function spillAt(sheet: FWorksheet, row: number, column: number): Rectangle | undefined {
    const range = spillsOf(sheet)[row]?.[column];
    if (!range) return undefined;
    const { startRow, startColumn, endRow, endColumn } = range;
    const spill = {
      row: startRow,
      column: startColumn,
      rows: endRow - startRow + 1,
      columns: endColumn - startColumn + 1,
    };
    return spill.rows * spill.columns > 1 ? spill : undefined;
  }

  /** The cell as calculated: spilled values are kept apart from what was entered, and formats would change `getValue`. */
  function cellReader(sheet: FWorksheet): (row: number, column: number) => CellValue {
    const entered = sheet.getSheet().getCellMatrix();
    const spilled = model.getArrayFormulaCellData()[workbook().getId()]?.[sheet.getSheetId()] ?? {};
    return (row, column) => {
      const own = toValue(entered.getValue(row, column));
      return own === "" ? toValue(spilled[row]?.[column]) : own;
    };
  }

  function valuesOf(place: Place): CellValue[][] {
    const { row, column, rows, columns } = rectangleOf(place.address);
    const value = cellReader(sheetOf(place.sheet));
    return Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (__, c) => value(row + r, column + c)),
    );
  }

  function formulaCell(sheet: FWorksheet, row: number, column: number, formula: string): FormulaCell {
    const value = cellReader(sheet)(row, column);
    const spill = spillAt(sheet, row, column);
    return {
      sheet: sheet.getSheetName(),
      address: formatAddress({ row, column, rows: 1, columns: 1 }),
      formula,
      value,
      ...(ERROR_TYPE_SET.has(value as never) ? { error: String(value) } : {}),
      ...(spill ? { spill: formatAddress(spill) } : {}),
    };
  }

  function sheetFormulas(sheet: FWorksheet): FormulaCell[] {
    const unitId = workbook().getId();
    const found = model.getSheetFormulaData(unitId, sheet.getSheetId()) ?? {};
    const cells: FormulaCell[] = [];
    // Integer keys of an object come in ascending order, so this is row order.
    for (const row of Object.keys(found).map(Number)) {
      for (const column of Object.keys(found[row] ?? {}).map(Number)) {
        const formula = model.getFormulaStringByCell(row, column, sheet.getSheetId(), unitId) ?? "";
        if (ours(formula)) cells.push(formulaCell(sheet, row, column, formula));
      }
    }
    return cells;
  }

  const formulas = () => workbook().getSheets().flatMap(sheetFormulas);

  function formulaAt(place: Place): FormulaCell | null {
    const sheet = sheetOf(place.sheet);
    const { row, column } = rectangleOf(place.address);
    const cell = { row, column, rows: 1, columns: 1 };
    const own = model.getFormulaStringByCell(row, column, sheet.getSheetId(), workbook().getId());
    if (own) return formulaCell(sheet, row, column, own);
    const spills = Object.entries(spillsOf(sheet)).flatMap(([r, columns]) =>
      Object.keys(columns ?? {}).map((c) => [Number(r), Number(c)] as const),
    );
    const parent = spills.find(([r, c]) => {
      const spill = spillAt(sheet, r, c);
      return spill && intersect(spill, cell);
    });
    if (!parent) return null;
    const formula = model.getFormulaStringByCell(...parent, sheet.getSheetId(), workbook().getId());
    return formula ? formulaCell(sheet, ...parent, formula) : null;
  }

  /** The used part of a sheet, spilled cells included. */
  function usedRectangle(sheet: FWorksheet): Rectangle | null {
    const entered = sheet.getSheet().getCellMatrix();
    const spills = Object.entries(spillsOf(sheet)).flatMap(([r, columns]) =>
      Object.keys(columns ?? {}).flatMap((c) => spillAt(sheet, Number(r), Number(c)) ?? []),
    );
    let [top, left, bottom, right] = [Infinity, Infinity, -1, -1];
    const include = (row: number, column: number) => {
      [top, left, bottom, right] = [
        Math.min(top, row),
        Math.min(left, column),
        Math.max(bottom, row),
        Math.max(right, column),
      ];
    };
    entered.forValue((row, column, cell) => {
      if (toValue(cell) !== "" || cell?.f || cell?.si) include(row, column);
    });
    for (const spill of spills) {
      include(spill.row, spill.column);
      include(spill.row + spill.rows - 1, spill.column + spill.columns - 1);
    }
    return bottom < 0 ? null : { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
  }

  function selection(): Place | null {
    const range = api.getActiveWorkbook()?.getActiveRange();
    if (!range) return null;
    const sheet = sheetOf(range.getSheetName());
    if ((sheet.getSelection()?.getActiveRangeList().length ?? 1) > 1) return null;
    const selected = {
      row: range.getRow(),
      column: range.getColumn(),
      rows: range.getHeight(),
      columns: range.getWidth(),
    };
    const used = usedRectangle(sheet);
    const inUse = used && intersect(selected, used);
    return { sheet: sheet.getSheetName(), address: formatAddress(inUse ?? { ...selected, rows: 1, columns: 1 }) };
  }

  function grow(sheet: FWorksheet, matrix: CellMatrix): void {
    const rows = Object.keys(matrix).map(Number);
    const columns = rows.flatMap((row) => Object.keys(matrix[row]!).map(Number));
    const [lastRow, lastColumn] = [Math.max(-1, ...rows.slice(-1)), columns.reduce((a, b) => Math.max(a, b), -1)];
    if (lastRow >= sheet.getMaxRows()) sheet.setRowCount(lastRow + 1);
    if (lastColumn >= sheet.getMaxColumns()) sheet.setColumnCount(lastColumn + 1);
  }

  /** One command per sheet, and one undo step around them. */
  async function write(entries: readonly Entry[]): Promise<void> {
    const unitId = workbook().getId();
    const sheets = [...new Set(entries.map((entry) => entry.place.sheet))].map((name) => ({
      sheet: sheetOf(name),
      matrix: matrixOf(entries.filter((entry) => entry.place.sheet === name)),
    }));
    const step = injector.get(IUndoRedoService).__tempBatchingUndoRedo(unitId);
    try {
      for (const { sheet, matrix } of sheets) {
        grow(sheet, matrix);
        const done = await injector
          .get(ICommandService)
          .executeCommand(SetRangeValuesCommand.id, { unitId, subUnitId: sheet.getSheetId(), value: matrix });
        if (!done) throw refusal("protected");
      }
    } finally {
      step.dispose();
    }
    await computed();
  }

  async function addSheet({ name, cells, formats = [], widths = [], headerRows = 0 }: NewSheet): Promise<string> {
    const free = freeSheetName(
      name,
      workbook()
        .getSheets()
        .map((sheet) => sheet.getSheetName()),
    );
    const columns = cells[0]?.length ?? 0;
    const place = (address: string): Place => ({ sheet: free, address });
    const whole =
      cells.length > 0 && columns > 0 ? formatAddress({ row: 0, column: 0, rows: cells.length, columns }) : null;
    const matrix = matrixOf([
      ...(whole ? [{ place: place(whole), cells }] : []),
      ...formats.map(({ address, format }) => ({ place: place(address), format })),
    ]);
    for (let row = 0; row < headerRows; row++) {
      for (const cell of Object.values(matrix[row] ?? {})) cell.s = { ...(cell.s as object), bl: 1 };
    }
    const columnData = Object.fromEntries(widths.map((characters, column) => [column, { w: characters * 7 + 5 }]));
    const rows = Math.max(ROOM.rows, cells.length + 100);
    const sheet = workbook().create(free, rows, Math.max(ROOM.columns, columns + 5), {
      sheet: { cellData: matrix, columnData },
    });
    sheet.activate();
    await computed();
    return free;
  }

  async function recalculate(): Promise<number> {
    const cells = formulas();
    if (cells.length === 0) return 0;
    const reader = (place: Place) => Promise.resolve(valuesOf(place));
    const before = await results(cells, reader);
    const dirtyRanges = cells.map((cell) => {
      const { row, column } = rectangleOf(cell.address);
      const range = { startRow: row, endRow: row, startColumn: column, endColumn: column };
      return { unitId: workbook().getId(), sheetId: sheetOf(cell.sheet).getSheetId(), range };
    });
    const started = injector
      .get(ICommandService)
      .executeCommand(SetTriggerFormulaCalculationStartMutation.id, { dirtyRanges }, { onlyLocal: true });
    await Promise.all([started, computed()]);
    return countChanged(before, await results(formulas(), reader));
  }

  function read(place: Place, limit = Infinity): Cells {
    const whole = rectangleOf(place.address);
    const area = { ...whole, rows: Math.max(1, Math.min(whole.rows, limit)) };
    const sheet = sheetOf(place.sheet);
    const address = formatAddress(area);
    const range = sheet.getRange(area.row, area.column, area.rows, area.columns);
    return {
      sheet: place.sheet,
      address,
      values: valuesOf({ ...place, address }),
      formulas: range.getFormulas(),
      texts: range.getDisplayValues(),
    };
  }

  function usedRange(name: string): Place | null {
    const used = usedRectangle(sheetOf(name));
    return used && { sheet: name, address: formatAddress(used) };
  }

  function jump(place: Place): void {
    const sheet = sheetOf(place.sheet);
    if (sheet.isSheetHidden()) throw refusal("no-sheet", place.sheet);
    const { row, column, rows, columns } = rectangleOf(place.address);
    sheet.activate();
    sheet.getRange(row, column, rows, columns).activate();
    sheet.scrollToCell(Math.max(0, row - 2), Math.max(0, column - 2));
  }

  function visibleSheets(): string[] {
    const shown = workbook()
      .getSheets()
      .filter((sheet) => !sheet.isSheetHidden());
    return shown.map((sheet) => sheet.getSheetName());
  }

  function errorMessage(place: Place): string | undefined {
    const { row, column } = rectangleOf(place.address);
    return messageAt({ sheetId: sheetOf(place.sheet).getSheetId(), row, column });
  }

  function pick(): WorkbookPick {
    const defined = PICK_NAMES.map((name) => workbook().getDefinedName(name)?.getFormulaOrRefString() ?? "");
    return parsePick(new Map(PICK_NAMES.map((name, index) => [name, defined[index]!])));
  }

  function setPick(picked: WorkbookPick): void {
    for (const [name, formula] of pickFormulas(picked)) {
      const defined = workbook().getDefinedName(name);
      if (defined) defined.setRef(formula);
      else workbook().insertDefinedName(name, formula);
    }
  }

  /** A refusal becomes a rejected promise, as in a host that answers later. */
  const answer = <T>(compute: () => T) => new Promise<T>((resolve) => resolve(compute()));

  return {
    capabilities: { undo: true, charts: false, images: false },
    get language() {
      return appearance.language;
    },
    get theme() {
      return appearance.theme;
    },
    onAppearance: (callback) => appearance.subscribe(callback),
    selection: () => answer(selection),
    onSelection(callback) {
      const changed = () => callback(selection());
      const { SelectionChanged, SelectionMoveEnd } = api.Event;
      const events = [SelectionChanged, SelectionMoveEnd].map((event) => api.addEvent(event, changed));
      return () => events.forEach((event) => event.dispose());
    },
    jump: (place) => answer(() => jump(place)),
    sheets: () => answer(visibleSheets),
    usedRange: (sheet) => answer(() => usedRange(sheet)),
    read: (place, rows) => answer(() => read(place, rows)),
    formulas: () => answer(formulas),
    formulaAt: (place) => answer(() => formulaAt(place)),
    errorMessage: (place) => answer(() => errorMessage(place)),
    write,
    addSheet,
    addImage: () => Promise.reject(refusal("no-capability", "图片 / pictures")),
    pick: () => answer(pick),
    setPick: (picked) => answer(() => setPick(picked)),
    recalculate,
  };
}
