/** Cells of Excel, read and written in pieces that its size limit lets through. */
import { formatAddress, parseReference, rectangleOf, type Rectangle } from "./address";
import { bands, requests } from "./band";
import { BRIDGE_LOOKS } from "./bridge-looks";
import { CELLS_PER_REQUEST, flush, run, sheetOf } from "./excel-request";
import { freeSheetName } from "./name";
import { refusal } from "./refusal";
import type { Cells, CellValue, Chart, Entry, NewSheet, Place, Shape } from "./workbook";

const CHART_TYPES = {
  line: "Line",
  column: "ColumnClustered",
  bar: "BarClustered",
  scatter: "XYScatterLines",
  bridge: "ColumnStacked",
} as const;

/** What one band of a sheet holds, as Excel hands it over. */
export interface Band {
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
export async function readBands(sheet: string, rectangles: readonly Rectangle[], properties: string): Promise<Band[]> {
  const found: Band[] = [];
  for (const request of requests(rectangles, CELLS_PER_REQUEST))
    found.push(...(await readRequest(sheet, request, properties)));
  return found;
}

/** The formula in what `Range.formulas` gives: it gives the value where there is none. */
export const asFormula = (content: unknown) => (typeof content === "string" && content.startsWith("=") ? content : "");

/** `Workbook.read`. */
export async function read(place: Place, rows = Infinity): Promise<Cells> {
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

/** A cell's content as `Range.formulas` takes it: the apostrophe keeps Excel from reading "1/2" as a date. */
function asContent(value: CellValue): CellValue {
  return typeof value === "string" && value !== "" && !value.startsWith("=") && !value.startsWith("'")
    ? `'${value}`
    : value;
}

/** Queues the cells of a place; a large one goes out in parts. */
async function writeCells(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  place: Rectangle,
  cells: NonNullable<Entry["cells"]>,
): Promise<void> {
  const parts = bands(place, CELLS_PER_REQUEST);
  for (const part of parts) {
    const rows = cells.slice(part.row - place.row, part.row - place.row + part.rows);
    sheet.getRange(formatAddress(part)).formulas = rows.map((row) => row.map(asContent));
    if (parts.length > 1) await flush(context);
  }
}

/** `Workbook.write`, inside a request. Everything is checked before anything is queued. */
export async function writeEntries(context: Excel.RequestContext, entries: readonly Entry[]): Promise<void> {
  const sheets = new Map<string, Excel.Worksheet>();
  for (const { place, cells } of entries) {
    const { rows, columns } = rectangleOf(place.address);
    const fits = !cells || (cells.length === rows && cells.every((row) => row.length === columns));
    if (!fits) throw refusal("bad-address", place.address);
    if (!sheets.has(place.sheet)) sheets.set(place.sheet, await sheetOf(context, place.sheet));
  }
  for (const { place, cells, format, width, bold, unmerge } of entries) {
    const sheet = sheets.get(place.sheet)!;
    if (unmerge) sheet.getRange(place.address).unmerge();
    if (cells) await writeCells(context, sheet, rectangleOf(place.address), cells);
    // One format stands for the whole range; the typings know only the table form.
    if (format !== undefined) sheet.getRange(place.address).numberFormat = format as unknown as string[][];
    if (width !== undefined) sheet.getRange(place.address).format.columnWidth = points(width);
    if (bold) sheet.getRange(place.address).format.font.bold = true;
  }
  await flush(context);
}

/** Excel counts points; a digit of its default font is 7 pixels of three quarters of a point, plus 5 of margin. */
const points = (characters: number): number => (characters * 7 + 5) * 0.75;

/** `Workbook.shape`; merged cells need ExcelApi 1.13. */
export async function shape(place: Place): Promise<Shape> {
  const { column, columns } = rectangleOf(place.address);
  return run(async (context) => {
    const sheet = await sheetOf(context, place.sheet);
    const each = Array.from({ length: columns }, (_, c) =>
      sheet.getRange(formatAddress({ row: 0, column: column + c, rows: 1, columns: 1 })).load("columnHidden"),
    );
    const merged = Office.context.requirements.isSetSupported("ExcelApi", "1.13")
      ? sheet.getRange(place.address).getMergedAreasOrNullObject().load("areas/items/address")
      : undefined;
    const protection = sheet.protection.load("protected");
    const used = sheet.getUsedRangeOrNullObject().load("rowHidden");
    await context.sync();
    const areas = merged && !merged.isNullObject ? merged.areas.items : [];
    return {
      merged: areas.map(({ address }) => parseReference(address)!.address),
      hidden: each.flatMap(({ columnHidden }, c) => (columnHidden ? [column + c] : [])),
      isProtected: protection.protected,
      isSheetHidden: sheet.visibility !== Excel.SheetVisibility.visible,
      // Null where some rows are hidden and some are not.
      hasHiddenRows: !used.isNullObject && (used.rowHidden as boolean | null) !== false,
    };
  });
}

function drawChart(sheet: Excel.Worksheet, { kind, title, address, corner }: Chart): void {
  const chart = sheet.charts.add(CHART_TYPES[kind], sheet.getRange(address), "Columns");
  chart.title.text = title;
  chart.setPosition(corner);
  if (kind === "bridge") drawBridge(chart, rectangleOf(address).columns - 1);
}

/** The amounts stand beside the columns: there is no need of an axis and a legend. */
function drawBridge(chart: Excel.Chart, series: number): void {
  chart.legend.visible = false;
  chart.axes.valueAxis.visible = false;
  chart.axes.valueAxis.majorGridlines.visible = false;
  BRIDGE_LOOKS.slice(0, series).forEach(({ fill, label }, k) => {
    const drawn = chart.series.getItemAt(k);
    drawn.gapWidth = 50;
    if (fill) drawn.format.fill.setSolidColor(`#${fill}`);
    else drawn.format.fill.clear();
    if (label === undefined) return;
    drawn.hasDataLabels = true;
    drawn.dataLabels.numberFormat = label;
  });
}

/** `Workbook.addSheet`. */
export function addSheet(
  { name, cells, formats = [], widths = [], headerRows = 0, bold = [], printed, charts = [] }: NewSheet,
  entries: readonly Entry[],
  options: Excel.RunOptions,
): Promise<string> {
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
      sheet.getRange(address).format.columnWidth = points(characters);
    });
    if (headerRows > 0) sheet.getRange(`1:${headerRows}`).format.font.bold = true;
    for (const address of bold) sheet.getRange(address).format.font.bold = true;
    if (printed) {
      sheet.pageLayout.paperSize = "A4";
      sheet.pageLayout.orientation = "Landscape";
      sheet.pageLayout.zoom = { horizontalFitToPages: 1 };
    }
    for (const chart of charts) drawChart(sheet, chart);
    sheet.activate();
    await context.sync();
    await writeEntries(context, entries);
    return free;
  }, options);
}
