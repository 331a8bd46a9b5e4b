/** The workbook in Excel, through Office.js. It needs ExcelApi 1.12 (dynamic arrays), which every Excel with spilling has. */
import { formatAddress, intersect, parseReference, rectangleOf } from "./address";
import { runs } from "./band";
import { onCellsChanged } from "./excel-changes";
import { addSheet, read, readBands, shape, writeEntries } from "./excel-cells";
import { evaluate } from "./excel-evaluate";
import { formulaAt, sheetFormulas } from "./excel-formulas";
import { onAppearance, theme } from "./look";
import { run, sheetOf } from "./excel-request";
import { noteFormula, parseNotes, parsePick, PICK_NAMES, pickFormulas } from "./pick";
import { refusal } from "./refusal";
import { callsAny, countChanged, results } from "./result";
import type { FormulaCell, Place, Workbook } from "./workbook";

/** The workbook that the add-in runs in; null in a plain browser or another Office application. */
export async function openExcel(functions: readonly string[]): Promise<Workbook | null> {
  if (typeof Office === "undefined") return null;
  const { host } = await Office.onReady();
  return host === Office.HostType.Excel ? excelWorkbook(functions) : null;
}

async function selection(): Promise<Place | null> {
  try {
    return await Excel.run(async (context) => {
      const range = context.workbook.getSelectedRange().load("address");
      const used = range.worksheet.getUsedRangeOrNullObject(true).load("address");
      await context.sync();
      const place = parseReference(range.address);
      if (!place) return null;
      const selected = rectangleOf(place.address);
      const inUse = used.isNullObject ? null : intersect(selected, rectangleOf(parseReference(used.address)!.address));
      return { sheet: place.sheet, address: formatAddress(inUse ?? { ...selected, rows: 1, columns: 1 }) };
    });
  } catch {
    // Excel answers with an error where several areas, a chart or a picture are selected, or a cell is being edited.
    return null;
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function excelWorkbook(functions: readonly string[]): Workbook {
  const ours = callsAny(functions);
  const undo = Office.context.requirements.isSetSupported("ExcelApi", "1.20");
  // Excel 2021, which has no HSTACK, ends at 1.14; every Excel from 1.16 on has it.
  const hstack = Office.context.requirements.isSetSupported("ExcelApi", "1.16");
  const oneStep: Excel.RunOptions = undo ? { mergeUndoGroup: true } : {};

  const sheetNames = (visibleOnly: boolean) =>
    run(async (context) => {
      const sheets = context.workbook.worksheets.load("items/name,items/visibility");
      await context.sync();
      const shown = sheets.items.filter((sheet) => !visibleOnly || sheet.visibility === Excel.SheetVisibility.visible);
      return shown.map((sheet) => sheet.name);
    });

  async function formulas(): Promise<FormulaCell[]> {
    const found: FormulaCell[] = [];
    for (const sheet of await sheetNames(false)) found.push(...(await sheetFormulas(sheet, ours)));
    return found;
  }

  const valuesOf = async (place: Place) =>
    (await readBands(place.sheet, [rectangleOf(place.address)], "values")).flatMap((band) => band.values);

  const markDirty = (cells: readonly FormulaCell[]) =>
    run(async (context) => {
      for (const sheet of new Set(cells.map((cell) => cell.sheet))) {
        const places = cells.filter((cell) => cell.sheet === sheet).map((cell) => rectangleOf(cell.address));
        const worksheet = context.workbook.worksheets.getItem(sheet);
        for (const area of runs(places)) worksheet.getRange(formatAddress(area)).setDirty();
      }
      context.application.calculate(Excel.CalculationType.recalculate);
      await context.sync();
    });

  const calculating = () =>
    run(async (context) => {
      const application = context.application.load("calculationState");
      await context.sync();
      return application.calculationState !== Excel.CalculationState.done;
    });

  /** Our results come back to Excel in batches, half a second apart; meanwhile the cells show #BUSY!. */
  async function settled(): Promise<FormulaCell[]> {
    for (let tries = 0; tries < 100; tries++) {
      await pause(600);
      if (await calculating()) continue;
      const cells = await formulas();
      if (!cells.some((cell) => cell.error === "#BUSY!")) return cells;
    }
    throw refusal("busy");
  }

  const define = (formulas: Iterable<readonly [name: string, formula: string]>) =>
    run(async (context) => {
      const { names } = context.workbook;
      const wanted = [...formulas].map(([name, formula]) => ({
        name,
        formula,
        item: names.getItemOrNullObject(name).load("name"),
      }));
      await context.sync();
      for (const { name, formula, item } of wanted) {
        if (!item.isNullObject && formula === "") item.delete();
        else if (!item.isNullObject) item.formula = formula;
        else if (formula !== "") names.add(name, formula);
      }
      await context.sync();
    });

  return {
    capabilities: { undo, charts: true, images: true, hstack },
    language: Office.context.displayLanguage.toLowerCase().startsWith("zh") ? "zh" : "en",
    get theme() {
      return theme();
    },
    onAppearance,
    typed: (formula) => formula,

    selection,
    onSelection(callback) {
      const changed = () => void selection().then(callback);
      const { document } = Office.context;
      document.addHandlerAsync(Office.EventType.DocumentSelectionChanged, changed);
      return () => document.removeHandlerAsync(Office.EventType.DocumentSelectionChanged, { handler: changed });
    },
    onCellsChanged,
    jump: (place) =>
      run(async (context) => {
        const sheet = await sheetOf(context, place.sheet);
        if (sheet.visibility !== Excel.SheetVisibility.visible) throw refusal("no-sheet", place.sheet);
        sheet.activate();
        sheet.getRange(place.address).select();
        await context.sync();
      }),

    sheets: (hidden = false) => sheetNames(!hidden),
    usedRange: (name) =>
      run(async (context) => {
        const used = (await sheetOf(context, name)).getUsedRangeOrNullObject(true).load("address");
        await context.sync();
        return used.isNullObject ? null : parseReference(used.address);
      }),
    read,
    shape,
    formulas,
    formulaAt,
    evaluate: (expressions) => evaluate(expressions, undo),
    // Office.js has no property for it; Excel's own DATE counts as the workbook does.
    from1904: () =>
      run(async (context) => {
        const secondDay = context.workbook.functions.date(1904, 1, 2).load("value");
        await context.sync();
        return secondDay.value === 1;
      }),
    errorMessage: () => Promise.resolve(undefined),

    write: (entries) => run((context) => writeEntries(context, entries), oneStep),
    addSheet: (sheet, entries = []) => addSheet(sheet, entries, oneStep),
    async handOver(_, file) {
      let text = "";
      for (const byte of file) text += String.fromCharCode(byte);
      await Excel.createWorkbook(btoa(text)).catch((error: unknown) => {
        throw refusal("host", String((error as Error).message), error);
      });
      return "opened";
    },
    addImage: (corner, png) =>
      run(async (context) => {
        const sheet = await sheetOf(context, corner.sheet);
        const cell = sheet.getRange(corner.address).getCell(0, 0).load("left,top");
        const image = sheet.shapes.addImage(png);
        await context.sync();
        image.left = cell.left;
        image.top = cell.top;
        await context.sync();
      }),

    pick: () =>
      run(async (context) => {
        const { names } = context.workbook;
        const items = PICK_NAMES.map((name) => names.getItemOrNullObject(name).load("formula"));
        await context.sync();
        const defined = items.map(
          (item, index) => [PICK_NAMES[index]!, item.isNullObject ? "" : String(item.formula)] as const,
        );
        return parsePick(new Map(defined));
      }),
    setPick: (pick) => define(pickFormulas(pick)),
    notes: () =>
      run(async (context) => {
        const names = context.workbook.names.load("items/name,items/formula");
        await context.sync();
        return parseNotes(names.items.map(({ name, formula }) => [name, String(formula)]));
      }),
    note: (key, text) => define([noteFormula(key, text)]),
    async recalculate() {
      const cells = await formulas();
      if (cells.length === 0) return 0;
      const before = await results(cells, valuesOf);
      await markDirty(cells);
      return countChanged(before, await results(await settled(), valuesOf));
    },
  };
}
