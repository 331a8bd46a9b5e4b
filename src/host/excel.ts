/** The workbook in Excel, through Office.js. It needs ExcelApi 1.12 (dynamic arrays), which every Excel with spilling has. */
import { formatAddress, intersect, parseAddress, parseReference, type Rectangle } from "./address";
import { bands, requests, runs } from "./band";
import { freeSheetName } from "./name";
import { parsePick, PICK_NAMES, pickFormulas } from "./pick";
import { refusal } from "./refusal";
import { callsAny, countChanged, results } from "./result";
import type { Cells, CellValue, Chart, Entry, FormulaCell, NewSheet, Place, Theme, Workbook } from "./workbook";
import { WorkbookError } from "./workbook";

/** Excel on the web refuses more than 5 MB each way; a cell with value, formula and text stays under 250 bytes. */
const CELLS_PER_REQUEST = 20_000;

const CHART_TYPES = {
  line: "Line",
  column: "ColumnClustered",
  bar: "BarClustered",
  scatter: "XYScatterLines",
} as const;

const REASONS: Readonly<Record<string, WorkbookError["reason"]>> = {
  AccessDenied: "protected",
  InvalidOperationInCellEditMode: "editing",
  ResponsePayloadSizeLimitExceeded: "too-large",
  RequestPayloadSizeLimitExceeded: "too-large",
  RangeExceedsLimit: "too-large",
  OperationCellsExceedLimit: "too-large",
};

/** The workbook that the add-in runs in; null in a plain browser or another Office application. */
export async function openExcel(functions: readonly string[]): Promise<Workbook | null> {
  if (typeof Office === "undefined") return null;
  const { host } = await Office.onReady();
  return host === Office.HostType.Excel ? excelWorkbook(functions) : null;
}

async function run<T>(
  batch: (context: Excel.RequestContext) => Promise<T>,
  options: Excel.RunOptions = {},
): Promise<T> {
  try {
    return await Excel.run(options, batch);
  } catch (error) {
    if (error instanceof WorkbookError) throw error;
    const { code = "", message = String(error) } = error as Partial<OfficeExtension.Error>;
    throw refusal(REASONS[code] ?? "host", message, error);
  }
}

/** The sheet, known to exist: a missing one is the user's to hear of by name, not as Excel's "ItemNotFound". */
async function sheetOf(context: Excel.RequestContext, name: string): Promise<Excel.Worksheet> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  sheet.load("visibility");
  await context.sync();
  if (sheet.isNullObject) throw refusal("no-sheet", name);
  return sheet;
}

function rectangleOf(address: string): Rectangle {
  const rectangle = parseAddress(address);
  if (!rectangle) throw refusal("bad-address", address);
  return rectangle;
}

/** What one band of a sheet holds, as Excel hands it over. */
interface Band {
  readonly rectangle: Rectangle;
  readonly values: CellValue[][];
  readonly valueTypes: string[][];
  readonly formulas: unknown[][];
  readonly text: string[][];
}

function readRequest(sheetName: string, rectangles: readonly Rectangle[], properties: string): Promise<Band[]> {
  return run(async (context) => {
    const sheet = await sheetOf(context, sheetName);
    const ranges = rectangles.map((rectangle) => sheet.getRange(formatAddress(rectangle)).load(properties));
    await context.sync();
    return ranges.map((range, index) => {
      const table = <T>(property: "values" | "valueTypes" | "formulas" | "text") =>
        (properties.includes(property) ? range[property] : []) as T[][];
      return {
        rectangle: rectangles[index]!,
        values: table<CellValue>("values"),
        valueTypes: table<string>("valueTypes"),
        formulas: table<unknown>("formulas"),
        text: properties.includes("text") ? table<string>("text") : [],
      };
    });
  });
}

/** Reads rectangles of one sheet, in as many requests as Excel's size limit asks for. */
async function readBands(sheet: string, rectangles: readonly Rectangle[], properties: string): Promise<Band[]> {
  const found: Band[] = [];
  for (const request of requests(rectangles, CELLS_PER_REQUEST))
    found.push(...(await readRequest(sheet, request, properties)));
  return found;
}

const asFormula = (content: unknown) => (typeof content === "string" && content.startsWith("=") ? content : "");

/** The first cell of each spill range and how far it reaches, for formula cells of one sheet. */
function spillsOf(sheetName: string, addresses: readonly string[]): Promise<(string | undefined)[]> {
  return run(async (context) => {
    const sheet = await sheetOf(context, sheetName);
    const spills = addresses.map((address) => sheet.getRange(address).getSpillingToRangeOrNullObject().load("address"));
    await context.sync();
    return spills.map((spill) => (spill.isNullObject ? undefined : parseReference(spill.address)?.address));
  });
}

/** Where a sheet has formulas: Excel finds them faster than reading every constant would. */
function formulaAreas(sheetName: string): Promise<Rectangle[]> {
  return run(async (context) => {
    const sheet = await sheetOf(context, sheetName);
    const areas = sheet.getRange().getSpecialCellsOrNullObject("Formulas").load("areas/items/address");
    await context.sync();
    return areas.isNullObject
      ? []
      : areas.areas.items.map((area) => rectangleOf(parseReference(area.address)!.address));
  });
}

async function sheetFormulas(sheet: string, ours: (formula: string) => boolean): Promise<FormulaCell[]> {
  const cells: FormulaCell[] = [];
  for (const band of await readBands(sheet, await formulaAreas(sheet), "values,valueTypes,formulas")) {
    band.formulas.forEach((row, r) =>
      row.forEach((content, c) => {
        const formula = asFormula(content);
        if (!ours(formula)) return;
        const { row: top, column: left } = band.rectangle;
        const value = band.values[r]![c]!;
        const address = formatAddress({ row: top + r, column: left + c, rows: 1, columns: 1 });
        cells.push({
          sheet,
          address,
          formula,
          value,
          ...(band.valueTypes[r]![c] === "Error" ? { error: String(value) } : {}),
        });
      }),
    );
  }
  const sorted = cells
    .map((cell) => ({ cell, at: rectangleOf(cell.address) }))
    .sort((a, b) => a.at.row - b.at.row || a.at.column - b.at.column);
  return withSpills(sheet, sorted);
}

/**
 * Adds the spill range to each cell. Excel may repeat the formula in the cells that it spills into, so a cell inside a
 * spill that was already found is not a formula of its own. A repeated formula stands next to itself, word for word:
 * those are looked at after the others, which keeps the number of spill ranges asked for small.
 */
async function withSpills(
  sheet: string,
  cells: readonly { cell: FormulaCell; at: Rectangle }[],
): Promise<FormulaCell[]> {
  const formulaOf = new Map(cells.map(({ cell }) => [cell.address, cell.formula]));
  const repeats = ({ cell, at }: { cell: FormulaCell; at: Rectangle }) =>
    (at.row > 0 && formulaOf.get(formatAddress({ ...at, row: at.row - 1 })) === cell.formula) ||
    (at.column > 0 && formulaOf.get(formatAddress({ ...at, column: at.column - 1 })) === cell.formula);
  const found = new Map<string, FormulaCell>();
  const covered: Rectangle[] = [];
  for (const wave of [cells.filter((entry) => !repeats(entry)), cells.filter(repeats)]) {
    const anchors = wave.filter(({ at }) => !covered.some((area) => intersect(area, at)));
    const spills =
      anchors.length > 0
        ? await spillsOf(
            sheet,
            anchors.map(({ cell }) => cell.address),
          )
        : [];
    anchors.forEach(({ cell }, index) => {
      const spill = spills[index];
      if (spill && spill !== cell.address) covered.push(rectangleOf(spill));
      found.set(cell.address, spill && spill !== cell.address ? { ...cell, spill } : cell);
    });
  }
  return cells.flatMap(({ cell }) => found.get(cell.address) ?? []);
}

/** A cell's content as `Range.formulas` takes it: the apostrophe keeps Excel from reading "1/2" as a date. */
function asContent(value: CellValue): CellValue {
  return typeof value === "string" && value !== "" && !value.startsWith("=") && !value.startsWith("'")
    ? `'${value}`
    : value;
}

async function writeCells(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  place: Rectangle,
  cells: Entry["cells"],
) {
  if (!cells) return;
  if (cells.length !== place.rows || cells.some((row) => row.length !== place.columns)) {
    throw refusal("bad-address", formatAddress(place));
  }
  const parts = bands(place, CELLS_PER_REQUEST);
  for (const part of parts) {
    const rows = cells.slice(part.row - place.row, part.row - place.row + part.rows);
    sheet.getRange(formatAddress(part)).formulas = rows.map((row) => row.map(asContent));
    if (parts.length > 1) await flush(context);
  }
}

/** Sends what is queued, between the parts of a large write, so that no request outgrows Excel's limit. */
function flush(context: Excel.RequestContext): Promise<void> {
  return context.sync();
}

async function writeEntries(context: Excel.RequestContext, entries: readonly Entry[]): Promise<void> {
  for (const { place, cells, format } of entries) {
    const sheet = await sheetOf(context, place.sheet);
    const rectangle = rectangleOf(place.address);
    await writeCells(context, sheet, rectangle, cells);
    // One format stands for the whole range; the typings know only the table form.
    if (format !== undefined) sheet.getRange(place.address).numberFormat = format as unknown as string[][];
  }
  await flush(context);
}

function drawChart(sheet: Excel.Worksheet, { kind, title, address, corner }: Chart): void {
  const chart = sheet.charts.add(CHART_TYPES[kind], sheet.getRange(address), "Columns");
  chart.title.text = title;
  chart.setPosition(corner);
}

function addSheet({ name, cells, formats = [], widths = [], headerRows = 0, chart }: NewSheet): Promise<string> {
  return run(async (context) => {
    const sheets = context.workbook.worksheets.load("items/name");
    await context.sync();
    const free = freeSheetName(
      name,
      sheets.items.map((sheet) => sheet.name),
    );
    const sheet = sheets.add(free);
    const rectangle = { row: 0, column: 0, rows: cells.length, columns: cells[0]?.length ?? 0 };
    if (rectangle.rows > 0 && rectangle.columns > 0) await writeCells(context, sheet, rectangle, cells);
    for (const { address, format } of formats) sheet.getRange(address).numberFormat = format as unknown as string[][];
    widths.forEach((characters, column) => {
      const address = formatAddress({ row: 0, column, rows: 1, columns: 1 });
      // Excel counts points; a digit of its default font is 7 pixels of three quarters of a point, plus 5 of margin.
      sheet.getRange(address).format.columnWidth = (characters * 7 + 5) * 0.75;
    });
    if (headerRows > 0) sheet.getRange(`1:${headerRows}`).format.font.bold = true;
    if (chart) drawChart(sheet, chart);
    sheet.activate();
    await context.sync();
    return free;
  });
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

function formulaAt(place: Place): Promise<FormulaCell | null> {
  return run(async (context) => {
    const sheet = await sheetOf(context, place.sheet);
    const first = sheet.getRange(place.address).getCell(0, 0).load("address");
    const parent = first.getSpillParentOrNullObject().load("address");
    await context.sync();
    const { address } = parseReference(parent.isNullObject ? first.address : parent.address)!;
    const cell = sheet.getRange(address).load("formulas,values,valueTypes");
    const spill = sheet.getRange(address).getSpillingToRangeOrNullObject().load("address");
    await context.sync();
    const formula = asFormula(cell.formulas[0]![0]);
    if (formula === "") return null;
    const value = cell.values[0]![0] as CellValue;
    const extent = spill.isNullObject ? address : parseReference(spill.address)!.address;
    return {
      sheet: place.sheet,
      address,
      formula,
      value,
      ...(cell.valueTypes[0]![0] === Excel.RangeValueType.error ? { error: String(value) } : {}),
      ...(extent === address ? {} : { spill: extent }),
    };
  });
}

async function read(place: Place, rows = Infinity): Promise<Cells> {
  const whole = rectangleOf(place.address);
  const rectangle = { ...whole, rows: Math.max(1, Math.min(whole.rows, rows)) };
  const found = await readBands(place.sheet, [rectangle], "values,formulas,text");
  return {
    sheet: place.sheet,
    address: formatAddress(rectangle),
    values: found.flatMap((band) => band.values),
    formulas: found.flatMap((band) => band.formulas.map((row) => row.map(asFormula))),
    texts: found.flatMap((band) => band.text),
  };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Office says dark or not; high contrast is the operating system's, which the web view passes on. */
function theme(): Theme {
  if (matchMedia("(forced-colors: active)").matches) return "contrast";
  const office = Office.context.officeTheme as Office.OfficeTheme | undefined;
  const dark = office?.isDarkTheme ?? matchMedia("(prefers-color-scheme: dark)").matches;
  return dark ? "dark" : "light";
}

/** Excel tells nobody that its theme changed. The system's settings do, and so does coming back to the pane. */
function onAppearance(callback: () => void) {
  let last = theme();
  const look = () => {
    const now = theme();
    if (now === last) return;
    last = now;
    callback();
  };
  const queries = ["(forced-colors: active)", "(prefers-color-scheme: dark)"].map((query) => matchMedia(query));
  queries.forEach((query) => query.addEventListener("change", look));
  window.addEventListener("focus", look);
  return () => {
    queries.forEach((query) => query.removeEventListener("change", look));
    window.removeEventListener("focus", look);
  };
}

function excelWorkbook(functions: readonly string[]): Workbook {
  const ours = callsAny(functions);
  const undo = Office.context.requirements.isSetSupported("ExcelApi", "1.20");

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

  return {
    capabilities: { undo, charts: true, images: true },
    language: Office.context.displayLanguage.toLowerCase().startsWith("zh") ? "zh" : "en",
    get theme() {
      return theme();
    },
    onAppearance,

    selection,
    onSelection(callback) {
      const changed = () => void selection().then(callback);
      const { document } = Office.context;
      document.addHandlerAsync(Office.EventType.DocumentSelectionChanged, changed);
      return () => document.removeHandlerAsync(Office.EventType.DocumentSelectionChanged, { handler: changed });
    },
    jump: (place) =>
      run(async (context) => {
        const sheet = await sheetOf(context, place.sheet);
        if (sheet.visibility !== Excel.SheetVisibility.visible) throw refusal("no-sheet", place.sheet);
        sheet.activate();
        sheet.getRange(place.address).select();
        await context.sync();
      }),

    sheets: () => sheetNames(true),
    usedRange: (name) =>
      run(async (context) => {
        const used = (await sheetOf(context, name)).getUsedRangeOrNullObject(true).load("address");
        await context.sync();
        return used.isNullObject ? null : parseReference(used.address);
      }),
    read,
    formulas,
    formulaAt,
    errorMessage: () => Promise.resolve(undefined),

    write: (entries) => run((context) => writeEntries(context, entries), undo ? { mergeUndoGroup: true } : {}),
    addSheet,
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
    setPick: (pick) =>
      run(async (context) => {
        const { names } = context.workbook;
        const wanted = [...pickFormulas(pick)].map(([name, formula]) => ({
          name,
          formula,
          item: names.getItemOrNullObject(name).load("name"),
        }));
        await context.sync();
        for (const { name, formula, item } of wanted) {
          if (item.isNullObject) names.add(name, formula);
          else item.formula = formula;
        }
        await context.sync();
      }),
    async recalculate() {
      const cells = await formulas();
      if (cells.length === 0) return 0;
      const before = await results(cells, valuesOf);
      await markDirty(cells);
      return countChanged(before, await results(await settled(), valuesOf));
    },
  };
}
