/** The workbook in WPS 表格, through its JavaScript interface: wps-api.ts. No real WPS has run it yet. */
import { formatAddress, intersect, rectangleOf } from "./address";
import { onSystemLook, systemTheme } from "./look";
import { freeSheetName } from "./name";
import { noteFormula, parseNotes, parsePick, pickFormulas } from "./pick";
import { refusal } from "./refusal";
import { callsAny, countChanged, results } from "./result";
import type { WpsApplication, WpsSheet, WpsWorkbook } from "./wps-api";
import {
  checkEntry,
  formulaAt,
  formulasIn,
  mergedIn,
  selectedIn,
  tableOf,
  used,
  valueOf,
  writeEntry,
} from "./wps-cells";
import { spelling } from "./wps-spelling";
import { WorkbookError, type Cells, type CellValue, type Entry, type Expression, type FormulaCell } from "./workbook";
import type { NewSheet, Place, Shape, Workbook } from "./workbook";

const VISIBLE = -1;
const CHANGES = ["SheetChange", "SheetCalculate"] as const;

/** The defined names of a workbook, each with its formula. */
export const namesOf = ({ Names }: WpsWorkbook): (readonly [name: string, formula: string])[] =>
  Array.from({ length: Names.Count }, (_, i) => {
    const { Name, RefersTo } = Names.Item(i + 1);
    return [Name, String(RefersTo)] as const;
  });

export function wpsWorkbook(application: WpsApplication, functions: readonly string[]): Workbook {
  const ours = callsAny(functions);
  const spelled = spelling(functions);

  function workbook(): WpsWorkbook {
    const { ActiveWorkbook } = application;
    if (!ActiveWorkbook) throw refusal("host", "没有打开的工作簿 / no workbook is open");
    return ActiveWorkbook;
  }

  function allSheets(): WpsSheet[] {
    const { Worksheets } = workbook();
    return Array.from({ length: Worksheets.Count }, (_, i) => Worksheets.Item(i + 1));
  }

  function sheetOf(name: string): WpsSheet {
    const sheet = allSheets().find((one) => one.Name === name);
    if (!sheet) throw refusal("no-sheet", name);
    return sheet;
  }

  const valuesOf = ({ sheet, address }: Place): CellValue[][] =>
    tableOf(sheetOf(sheet).Range(address).Value2).map((row) => row.map(valueOf));

  function read({ sheet: name, address }: Place, limit = Infinity): Cells {
    const whole = rectangleOf(address);
    const area = { ...whole, rows: Math.max(1, Math.min(whole.rows, limit)) };
    const sheet = sheetOf(name);
    const place = { sheet: name, address: formatAddress(area) };
    return {
      ...place,
      values: valuesOf(place),
      formulas: formulasIn(sheet, area, spelled),
      // The text of a range is only given cell by cell.
      get texts() {
        return Array.from({ length: area.rows }, (_, r) =>
          Array.from({ length: area.columns }, (__, c) => {
            const cell = formatAddress({ row: area.row + r, column: area.column + c, rows: 1, columns: 1 });
            return sheet.Range(cell).Text ?? "";
          }),
        );
      },
    };
  }

  function formulas(): FormulaCell[] {
    return allSheets().flatMap((sheet) => {
      const area = used(sheet);
      if (!area) return [];
      return formulasIn(sheet, area, spelled).flatMap((row, r) =>
        row.flatMap((formula, c) => {
          if (!ours(formula)) return [];
          const address = formatAddress({ row: area.row + r, column: area.column + c, rows: 1, columns: 1 });
          return formulaAt(sheet, address, spelled) ?? [];
        }),
      );
    });
  }

  function selection(): Place | null {
    const selected = selectedIn(application.Selection);
    if (!selected) return null;
    const { sheet, area } = selected;
    const inUse = intersect(area, used(sheet) ?? { ...area, rows: 1, columns: 1 });
    return { sheet: sheet.Name, address: formatAddress(inUse ?? { ...area, rows: 1, columns: 1 }) };
  }

  function shape({ sheet: name, address }: Place): Shape {
    const sheet = sheetOf(name);
    const area = rectangleOf(address);
    const isHidden = (column: number): boolean =>
      sheet.Range(formatAddress({ row: 0, column, rows: 1, columns: 1 })).EntireColumn.Hidden === true;
    return {
      merged: mergedIn(sheet, area),
      hidden: Array.from({ length: area.columns }, (_, c) => area.column + c).filter(isHidden),
      isProtected: sheet.ProtectContents,
      isSheetHidden: sheet.Visible !== VISIBLE,
      // Null where some rows are hidden and some are not.
      hasHiddenRows: sheet.FilterMode || sheet.UsedRange.EntireRow.Hidden !== false,
    };
  }

  function write(entries: readonly Entry[]): void {
    const sheets = new Map(entries.map(({ place }) => [place.sheet, sheetOf(place.sheet)]));
    for (const entry of entries) checkEntry(sheets.get(entry.place.sheet)!, entry);
    for (const entry of entries) writeEntry(sheets.get(entry.place.sheet)!, entry, spelled);
  }

  function addSheet({ name, cells, formats = [], widths = [], headerRows = 0, bold = [], printed }: NewSheet): string {
    const free = freeSheetName(
      name,
      allSheets().map((sheet) => sheet.Name),
    );
    const { Worksheets } = workbook();
    const sheet = Worksheets.Add(undefined, Worksheets.Item(Worksheets.Count));
    sheet.Name = free;
    const columns = cells[0]?.length ?? 0;
    const place = (address: string): Place => ({ sheet: free, address });
    const over = (rows: number): Place => place(formatAddress({ row: 0, column: 0, rows, columns }));
    if (columns) {
      write([{ place: over(cells.length), cells }]);
      if (headerRows) write([{ place: over(headerRows), bold: true }]);
    }
    write(bold.map((address) => ({ place: place(address), bold: true })));
    write(formats.map(({ address, format }) => ({ place: place(address), format })));
    write(
      widths.map((width, column) => ({ place: place(formatAddress({ row: 0, column, rows: 1, columns: 1 })), width })),
    );
    // A4, across, one page wide and as many long as it takes.
    if (printed)
      Object.assign(sheet.PageSetup, {
        PaperSize: 9,
        Orientation: 2,
        Zoom: false,
        FitToPagesWide: 1,
        FitToPagesTall: false,
      });
    sheet.Activate();
    return free;
  }

  /** Nothing of the workbook changes. What gives an error is left to others: our own functions may not be known there. */
  function evaluate({ place, text }: Expression): CellValue[][] | null {
    const answer = sheetOf(place.sheet).Evaluate(spelled.inWps(text));
    const isRange = typeof answer === "object" && answer !== null && "Value2" in answer;
    const values = tableOf(isRange ? answer.Value2 : answer);
    const known = values.every((row) => row.every((value) => value === null || typeof value !== "object"));
    const table = known ? values.map((row) => row.map(valueOf)) : null;
    return table?.length === 1 && String(table[0]![0]).startsWith("#") ? null : table;
  }

  function jump({ sheet: name, address }: Place): void {
    const sheet = sheetOf(name);
    if (sheet.Visible !== VISIBLE) throw refusal("no-sheet", name);
    sheet.Activate();
    sheet.Range(address).Select();
  }

  function define(defined: Iterable<readonly [name: string, formula: string]>): void {
    const { Names } = workbook();
    for (const [name, formula] of defined) {
      const at = namesOf(workbook()).findIndex(([one]) => one === name);
      if (at < 0 && formula) Names.Add(name, formula);
      else if (at >= 0 && formula) Names.Item(at + 1).RefersTo = formula;
      else if (at >= 0) Names.Item(at + 1).Delete();
    }
  }

  async function recalculate(): Promise<number> {
    const reader = (place: Place) => Promise.resolve(valuesOf(place));
    const before = await results(formulas(), reader);
    if (before.size === 0) return 0;
    application.CalculateFull();
    return countChanged(before, await results(formulas(), reader));
  }

  function open(fileName: string, file: Uint8Array): "opened" {
    let binary = "";
    for (const byte of file) binary += String.fromCharCode(byte);
    const path = `${application.Env.GetTempPath().replace(/[\\/]$/, "")}/${fileName}`;
    if (!application.FileSystem.writeAsBinaryString(path, binary)) throw refusal("host", path);
    application.Workbooks.Open(path);
    return "opened";
  }

  /** A refusal becomes a rejected promise, and so does what WPS throws, in the user's words. */
  const answer = <T>(compute: () => T | Promise<T>) =>
    new Promise<T>((resolve) => resolve(compute())).catch((error: unknown) => {
      throw error instanceof WorkbookError ? error : refusal("host", String((error as Error).message ?? error), error);
    });

  return {
    capabilities: { undo: false, charts: false, images: false, hstack: false },
    language: navigator.language.startsWith("zh") ? "zh" : "en",
    get theme() {
      return systemTheme();
    },
    onAppearance: onSystemLook,
    typed: spelled.inWps,

    selection: () => answer(selection),
    onSelection(callback) {
      const changed = () => callback(selection());
      application.ApiEvent.AddApiEventListener("SheetSelectionChange", changed);
      return () => application.ApiEvent.RemoveApiEventListener("SheetSelectionChange", changed);
    },
    onCellsChanged(callback) {
      const { ApiEvent } = application;
      // What was computed is told apart from what was typed.
      for (const event of CHANGES) ApiEvent.AddApiEventListener(event, callback);
      return () => CHANGES.forEach((event) => ApiEvent.RemoveApiEventListener(event, callback));
    },
    jump: (place) => answer(() => jump(place)),

    sheets: (hidden = false) =>
      answer(() => allSheets().flatMap((sheet) => (hidden || sheet.Visible === VISIBLE ? sheet.Name : []))),
    usedRange: (sheet) =>
      answer(() => {
        const area = used(sheetOf(sheet));
        return area && { sheet, address: formatAddress(area) };
      }),
    read: (place, rows) => answer(() => read(place, rows)),
    shape: (place) => answer(() => shape(place)),
    formulas: () => answer(formulas),
    formulaAt: ({ sheet, address }) => answer(() => formulaAt(sheetOf(sheet), address, spelled)),
    evaluate: (expressions) => answer(() => expressions.map(evaluate)),
    errorMessage: () => Promise.resolve(undefined),

    write: (entries) => answer(() => write(entries)),
    addSheet: (sheet, entries = []) =>
      answer(() => {
        const name = addSheet(sheet);
        write(entries);
        return name;
      }),
    handOver: (fileName, file) => answer(() => open(fileName, file)),
    addImage: () => Promise.reject(refusal("no-capability", "图片 / pictures")),

    pick: () => answer(() => parsePick(new Map(namesOf(workbook())))),
    setPick: (pick) => answer(() => define(pickFormulas(pick))),
    notes: () => answer(() => parseNotes(namesOf(workbook()))),
    note: (key, text) => answer(() => define([noteFormula(key, text)])),
    recalculate: () => answer(recalculate),
  };
}
