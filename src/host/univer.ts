/** The workbook of the workbench: Univer, in the page itself. What it shares with Excel is in result.ts and pick.ts. */
import { CommandType, ICommandService, IUndoRedoService, type Univer } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { ERROR_TYPE_SET, SetTriggerFormulaCalculationStartMutation } from "@univerjs/engine-formula";
import { RemoveWorksheetMergeCommand, SetRangeValuesCommand } from "@univerjs/sheets";
import type { FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
// Who starts the engine loads what these add to it; here only their types are needed.
import type {} from "@univerjs/sheets-ui/facade";
import type {} from "@univerjs/engine-formula/facade";
import type {} from "@univerjs/sheets-formula/facade";
import { formatAddress, intersect, parseAddress, rectangleOf, type Rectangle } from "./address";
import { freeSheetName } from "./name";
import { noteFormula, parseNotes, parsePick, PICK_NAMES, pickFormulas } from "./pick";
import { download } from "./download";
import { refusal } from "./refusal";
import { callsAny, countChanged, results } from "./result";
import { calculatedSheet, CHARTS, eachCell, matrixOf, type CalculatedSheet, type CellMatrix } from "./univer-sheet";
import type {
  Cells,
  CellValue,
  Entry,
  Expression,
  FormulaCell,
  Language,
  NewSheet,
  Place,
  Shape,
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
    readonly setLanguage: (language: Language) => void;
  };
}

const ERRORS: ReadonlySet<CellValue> = ERROR_TYPE_SET;

/** The write command insists on a range or a selection, and then takes the places from the matrix all the same. */
const FIRST_CELL = { startRow: 0, endRow: 0, startColumn: 0, endColumn: 0 };

const rangeOf = ({ row, column, rows, columns }: Rectangle) => ({
  startRow: row,
  endRow: row + rows - 1,
  startColumn: column,
  endColumn: column + columns - 1,
});

/** The width of so many characters. */
const pixels = (characters: number): number => characters * 7 + 5;

/** New sheets have room to go on. */
const ROOM = { rows: 1000, columns: 26 };

export function univerWorkbook({ univer, api, functions, messageAt, appearance }: Page): Workbook {
  const ours = callsAny(functions);
  const injector = univer.__getInjector();

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

  const calculated = (sheet: FWorksheet) => calculatedSheet(univer, workbook().getId(), sheet);

  function valuesOf(place: Place): CellValue[][] {
    const { row, column, rows, columns } = rectangleOf(place.address);
    const { value } = calculated(sheetOf(place.sheet));
    return Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (__, c) => value(row + r, column + c)),
    );
  }

  function formulaCell(name: string, sheet: CalculatedSheet, row: number, column: number): FormulaCell {
    const value = sheet.value(row, column);
    const spill = sheet.spill(row, column);
    return {
      sheet: name,
      address: formatAddress({ row, column, rows: 1, columns: 1 }),
      formula: sheet.formula(row, column),
      value,
      ...(ERRORS.has(value) ? { error: String(value) } : {}),
      ...(spill ? { spill: formatAddress(spill) } : {}),
    };
  }

  function formulas(): FormulaCell[] {
    return workbook()
      .getSheets()
      .flatMap((worksheet) => {
        const sheet = calculated(worksheet);
        const cells = sheet.formulaCells().filter(([row, column]) => ours(sheet.formula(row, column)));
        return cells.map(([row, column]) => formulaCell(worksheet.getSheetName(), sheet, row, column));
      });
  }

  function formulaAt(place: Place): FormulaCell | null {
    const sheet = calculated(sheetOf(place.sheet));
    const cell = { ...rectangleOf(place.address), rows: 1, columns: 1 };
    const parent = sheet.formula(cell.row, cell.column) ? cell : sheet.spills().find((spill) => intersect(spill, cell));
    return parent ? formulaCell(place.sheet, sheet, parent.row, parent.column) : null;
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
    const used = calculated(sheet).used();
    const inUse = used && intersect(selected, used);
    return { sheet: sheet.getSheetName(), address: formatAddress(inUse ?? { ...selected, rows: 1, columns: 1 }) };
  }

  function grow(sheet: FWorksheet, matrix: CellMatrix): void {
    const size = { rows: 0, columns: 0 };
    eachCell(matrix, (row, column) => {
      size.rows = Math.max(size.rows, row + 1);
      size.columns = Math.max(size.columns, column + 1);
    });
    if (size.rows > sheet.getMaxRows()) sheet.setRowCount(size.rows);
    if (size.columns > sheet.getMaxColumns()) sheet.setColumnCount(size.columns);
  }

  async function asOneStep<T>(change: () => T | Promise<T>): Promise<T> {
    const step = injector.get(IUndoRedoService).__tempBatchingUndoRedo(workbook().getId());
    try {
      return await change();
    } finally {
      step.dispose();
      await computed();
    }
  }

  /** One command per sheet. */
  async function write(entries: readonly Entry[]): Promise<void> {
    const unitId = workbook().getId();
    const sheets = [...new Set(entries.map((entry) => entry.place.sheet))].map((name) => ({
      sheet: sheetOf(name),
      matrix: matrixOf(entries.filter((entry) => entry.place.sheet === name)),
    }));
    for (const { sheet, matrix } of sheets) {
      grow(sheet, matrix);
      await unmerge(sheet, entries);
      const written = { unitId, subUnitId: sheet.getSheetId(), range: FIRST_CELL, value: matrix };
      const done = await injector.get(ICommandService).executeCommand(SetRangeValuesCommand.id, written);
      if (!done) throw refusal("protected");
    }
    for (const { place, width } of entries) {
      const { column, columns } = rectangleOf(place.address);
      if (width !== undefined) sheetOf(place.sheet).setColumnWidths(column, columns, pixels(width));
    }
  }

  async function unmerge(sheet: FWorksheet, entries: readonly Entry[]): Promise<void> {
    const subUnitId = sheet.getSheetId();
    const ranges = entries
      .filter((entry) => entry.unmerge && entry.place.sheet === sheet.getSheetName())
      .map(({ place }) => rangeOf(rectangleOf(place.address)));
    if (!ranges.length) return;
    const taken = { unitId: workbook().getId(), subUnitId, ranges };
    await injector.get(ICommandService).executeCommand(RemoveWorksheetMergeCommand.id, taken);
  }

  function addSheet({
    name,
    cells,
    formats = [],
    widths = [],
    headerRows = 0,
    bold = [],
    charts = [],
  }: NewSheet): string {
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
    const heads = headerRows && columns ? [formatAddress({ row: 0, column: 0, rows: headerRows, columns })] : [];
    for (const { row, column, rows, columns } of [...heads, ...bold].map((address) => parseAddress(address)!)) {
      for (let r = row; r < row + rows; r++)
        for (let c = column; c < column + columns; c++) {
          const cell = matrix[r]?.[c];
          if (cell) cell.s = { ...(cell.s as object), bl: 1 };
        }
    }
    const columnData = Object.fromEntries(widths.map((characters, column) => [column, { w: pixels(characters) }]));
    const rows = Math.max(ROOM.rows, cells.length + 100);
    const sheet = workbook().create(free, rows, Math.max(ROOM.columns, columns + 5), {
      sheet: { cellData: matrix, columnData, ...(charts.length > 0 && { custom: { [CHARTS]: charts } }) },
    });
    sheet.activate();
    return free;
  }

  async function recalculate(): Promise<number> {
    const cells = formulas();
    if (cells.length === 0) return 0;
    const reader = (place: Place) => Promise.resolve(valuesOf(place));
    const before = await results(cells, reader);
    const dirtyRanges = cells.map((cell) => {
      const range = rangeOf(rectangleOf(cell.address));
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
    const grid = { row: 0, column: 0, rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() };
    const inside = intersect(area, grid);
    const range = inside && sheet.getRange(inside.row, inside.column, inside.rows, inside.columns);
    /** The engine refuses what lies beyond its grid, where Excel has blank cells. */
    const padded = (cells: readonly (readonly string[])[] = []): string[][] =>
      Array.from({ length: area.rows }, (_, r) => Array.from({ length: area.columns }, (__, c) => cells[r]?.[c] ?? ""));
    return {
      sheet: place.sheet,
      address,
      values: valuesOf({ ...place, address }),
      formulas: padded(range?.getFormulas()),
      // As shown: fifty times the work of the values, and hardly ever asked for.
      get texts() {
        return padded(range?.getDisplayValues());
      },
    };
  }

  /** The engine computes formulas that stand in no cell; nothing of the workbook changes. */
  async function evaluateNow(expressions: readonly Expression[]): Promise<(CellValue[][] | null)[]> {
    const unitId = workbook().getId();
    const asked: Record<string, Record<number, Record<number, string[]>>> = {};
    const at = expressions.map(({ place, text }) => {
      const { row, column } = rectangleOf(place.address);
      const sheetId = sheetOf(place.sheet).getSheetId();
      const formulas = (((asked[sheetId] ??= {})[row] ??= {})[column] ??= []);
      return { sheetId, row, column, index: formulas.push(`=${text}`) - 1 };
    });
    const answers = await api.getFormula().executeFormulas({ [unitId]: asked });
    return at.map(({ sheetId, row, column, index }) => {
      const value = answers[unitId]?.[sheetId]?.[row]?.[column]?.[index]?.value ?? "";
      return Array.isArray(value) ? value.map((cells) => cells.map((cell) => cell ?? "")) : [[value]];
    });
  }

  /** The engine does not tell whose formulas it computed: one request goes after the other. */
  let lastEvaluation: Promise<unknown> = Promise.resolve();
  function evaluate(expressions: readonly Expression[]): Promise<(CellValue[][] | null)[]> {
    if (!expressions.length) return Promise.resolve([]);
    const next = lastEvaluation.then(() => evaluateNow(expressions));
    lastEvaluation = next.catch(() => undefined);
    return next;
  }

  function shape({ sheet: name, address }: Place): Shape {
    const area = rectangleOf(address);
    const facade = sheetOf(name);
    const sheet = facade.getSheet();
    const merges = sheet
      .getMergeData()
      .map(({ startRow, endRow, startColumn, endColumn }) => ({
        row: startRow,
        column: startColumn,
        rows: endRow - startRow + 1,
        columns: endColumn - startColumn + 1,
      }))
      .filter((merge) => intersect(merge, area));
    const columns = Array.from({ length: area.columns }, (_, c) => area.column + c);
    return {
      merged: merges.map(formatAddress),
      hidden: columns.filter((column) => !sheet.getColVisible(column)),
      isProtected: facade.getWorksheetPermission().isProtected(),
      isSheetHidden: facade.isSheetHidden(),
      hasHiddenRows: sheet.getHiddenRows().length > 0,
    };
  }

  function usedRange(name: string): Place | null {
    const used = calculated(sheetOf(name)).used();
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

  function sheetNames(hidden: boolean): string[] {
    const shown = workbook()
      .getSheets()
      .filter((sheet) => hidden || !sheet.isSheetHidden());
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

  function define(name: string, formula: string): void {
    const defined = workbook().getDefinedName(name);
    if (defined && formula === "") defined.delete();
    else if (defined) defined.setRef(formula);
    else if (formula !== "") workbook().insertDefinedName(name, formula);
  }

  function setPick(picked: WorkbookPick): void {
    for (const [name, formula] of pickFormulas(picked)) define(name, formula);
    // The page has no language of its own: it follows the one that is picked.
    if (picked.language) appearance.setLanguage(picked.language);
  }

  /** A refusal becomes a rejected promise, as in a host that answers later. */
  const answer = <T>(compute: () => T) => new Promise<T>((resolve) => resolve(compute()));

  return {
    capabilities: { undo: true, charts: true, images: false, hstack: true },
    get language() {
      return appearance.language;
    },
    get theme() {
      return appearance.theme;
    },
    onAppearance: (callback) => appearance.subscribe(callback),
    typed: (formula) => formula,
    selection: () => answer(selection),
    onSelection(callback) {
      const changed = () => callback(selection());
      const { SelectionChanged, SelectionMoveEnd, LifeCycleChanged } = api.Event;
      // While it starts, the engine is silent about selections.
      const events = [SelectionChanged, SelectionMoveEnd, LifeCycleChanged].map((event) =>
        api.addEvent(event, changed),
      );
      return () => events.forEach((event) => event.dispose());
    },
    onCellsChanged(callback) {
      const changed = injector.get(ICommandService).onCommandExecuted(({ type }) => {
        if (type === CommandType.MUTATION) callback();
      });
      return () => changed.dispose();
    },
    jump: (place) => answer(() => jump(place)),
    sheets: (hidden = false) => answer(() => sheetNames(hidden)),
    usedRange: (sheet) => answer(() => usedRange(sheet)),
    read: (place, rows) => answer(() => read(place, rows)),
    shape: (place) => answer(() => shape(place)),
    formulas: () => answer(formulas),
    formulaAt: (place) => answer(() => formulaAt(place)),
    evaluate,
    errorMessage: (place) => answer(() => errorMessage(place)),
    write: (entries) => asOneStep(() => write(entries)),
    addSheet: (sheet, entries = []) =>
      asOneStep(async () => {
        const name = addSheet(sheet);
        await write(entries);
        return name;
      }),
    handOver: (fileName, file) =>
      answer(() => {
        download(fileName, file);
        return "saved" as const;
      }),
    addImage: () => Promise.reject(refusal("no-capability", "图片 / pictures")),
    pick: () => answer(pick),
    setPick: (picked) => answer(() => setPick(picked)),
    notes: () =>
      answer(() =>
        parseNotes(
          workbook()
            .getDefinedNames()
            .map((name) => [name.getName(), name.getFormulaOrRefString()]),
        ),
      ),
    note: (key, text) => answer(() => define(...noteFormula(key, text))),
    recalculate,
  };
}
