/** An .xlsx file → a workbook of the engine, and an account of what else the file has. */
import type { ICellData, IRange, IStyleData, IWorkbookData, IWorksheetData } from "@univerjs/core";
import { parseAddress, SHEET_COLUMNS, SHEET_ROWS } from "../../host/address";
import { called, fromFile } from "../spelling";
import { FILE_CHARTS } from "../grid-chart";
import { type Abilities, isBlank, nameId, type OpenedFile, styleId } from "./book";
import { type FeatureName, featuresOf } from "./features";
import { type Formats, isDate, readFormats } from "./formats";
import { intersected, type MultiCellNames } from "./legacy";
import { FileRefusal, LIMITS } from "./limits";
import { asTyped, type DefinedName, multiCellNames, named, namesOf } from "./names";
import { type Parts, textOf, unpack, workbookOf } from "./package";
import { chartsOf } from "./read-charts";
import { readSheet, type StoredCell, type StoredFormula, type StoredSheet, stringOf } from "./sheet";
import { readTables, type Table, withCells } from "./tables";
import { child, children, type Element, isTrue, parse } from "./xml";

/** Days between the first days of the two calendars that Excel knows. */
export const DAYS_1904 = 1462;

const STRING = 1;
const NUMBER = 2;
const BOOLEAN = 3;

/** A function of the workbench's own: an array formula of an older Excel, over exactly its cells. */
export const ARRAY_FORMULA = "ARRAYFORMULA";

const ERRORS = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A)$/;
export const isErrorValue = (value: unknown): boolean => typeof value === "string" && ERRORS.test(value);

/** Links, structured references to nothing, functions as values, and the cells that two ranges share ("A1:A3 A3:A5"). */
const BEYOND = /\[|_xleta\.|[\p{L}\p{N}_)]\s+[\p{L}_$(]/iu;

/** What the formulas of a file may refer to. */
export interface Surroundings {
  readonly names: MultiCellNames;
  readonly tables: readonly Table[];
  /** Names that a call may stand for beside functions, in capitals: LAMBDAs of the name manager. */
  readonly callable: ReadonlySet<string>;
  /** Names that the engine is not told of, in capitals: hidden ones, links, circles. */
  readonly unshown: ReadonlySet<string>;
  /** Macros may be functions of any name. */
  readonly macros: boolean;
}

/** How the cells of one file become cells of the engine; saving asks again, to see what was changed. */
export class Reading {
  private readonly known: ReadonlySet<string>;
  private readonly others: ReadonlySet<string>;
  private readonly dates: readonly boolean[];
  private readonly entered = new Map<StoredFormula, Pick<ICellData, "f" | "si">>();
  readonly counts = { storedFormulas: 0, dataTables: 0 };

  constructor(
    readonly formats: Formats,
    readonly is1904: boolean,
    private readonly around: Surroundings,
    private readonly abilities: Abilities,
  ) {
    this.known = new Set([...abilities.known, ...abilities.ours.map((name) => name.toUpperCase()), ARRAY_FORMULA]);
    this.others = new Set(abilities.others);
    this.dates = formats.styles.map(({ n }) => isDate(n?.pattern));
  }

  /** Whether a formula is nothing but a call of one of our functions. */
  private calls(typed: string): boolean {
    const name = /^=([\p{L}\p{N}_.]+)\(/u.exec(typed)?.[1]?.toUpperCase();
    return this.abilities.ours.some((each) => each.toUpperCase() === name);
  }

  /** What the engine counts from 1900, a file of a Macintosh counts from 1904; only dates tell that they are days. */
  shift(format: number): number {
    return this.is1904 && this.dates[format] ? DAYS_1904 : 0;
  }

  value({ value, format }: StoredCell): { v?: string | number; t?: number } {
    if (typeof value === "number") return { v: value + this.shift(format), t: NUMBER };
    if (typeof value === "boolean") return { v: value ? 1 : 0, t: BOOLEAN };
    return value === null || value === "" ? {} : { v: value, t: STRING };
  }

  style(format: number): Pick<ICellData, "s"> {
    return format > 0 && format < this.formats.styles.length ? { s: styleId(format) } : {};
  }

  /**
   * Why a formula stays as the file has it and shows the stored value: the engine cannot compute it. A function that nobody
   * knows is mistyped: the cell shows #NAME?.
   */
  private isBeyond(stored: string, typed: string): boolean {
    const bare = typed.replace(/"[^"]*"/g, '""').replace(/'(?:[^']|'')*'/g, "_");
    if (BEYOND.test(bare) || named(bare).some((name) => this.around.unshown.has(name))) return true;
    const spelled = stored.toUpperCase();
    return called(typed).some((name) => {
      if (this.known.has(name)) return false;
      const marked = name.startsWith("_XL") || spelled.includes(`_XLFN.${name}(`) || spelled.includes(`_XLWS.${name}(`);
      return marked || this.around.macros || this.others.has(name) || this.around.callable.has(name);
    });
  }

  /** Nothing where the formula stays in the file and the cell shows its stored value. */
  formula(
    { formula, row }: Pick<StoredCell, "row"> & { readonly formula: StoredFormula },
    sheetId: string,
    sheetName: string,
  ): Pick<ICellData, "f" | "si"> {
    const known = this.entered.get(formula);
    if (known) return known;
    const entered = this.enter(formula, row, sheetId, sheetName);
    this.entered.set(formula, entered);
    return entered;
  }

  private enter(formula: StoredFormula, row: number, sheetId: string, sheetName: string): Pick<ICellData, "f" | "si"> {
    if (formula.kind === "dataTable") return {};
    const si = formula.kind === "shared" ? { si: `${sheetId}-${formula.shared}` } : {};
    if (formula.text === "") return si;
    const inCells = withCells(formula.text, { sheetName, row }, this.around.tables);
    const typed = fromFile(inCells ?? formula.text, this.abilities.ours);
    if (this.isBeyond(formula.text, typed)) return {};
    if (formula.kind === "plain" || formula.kind === "shared") {
      return { f: intersected(typed, sheetName, this.around.names), ...si };
    }
    const { rows = 1, columns = 1 } = formula.area ?? {};
    // A call of ours fills by itself what it was entered over.
    const whole = formula.kind === "legacy" && rows * columns > 1 && !this.calls(typed);
    return { f: whole ? `=${ARRAY_FORMULA}(${typed.slice(1)},${rows},${columns})` : typed };
  }

  /** The cells of a sheet by row and column. What a formula spilled is left out: it would be in its own way. */
  cells(stored: StoredSheet, sheetId: string, sheetName: string): Record<number, Record<number, ICellData>> {
    const data: Record<number, Record<number, ICellData>> = {};
    const beyond = new Set<string>();
    const filled = new Set<string>();
    for (const cell of stored.cells) {
      const { row, column, formula } = cell;
      const entered = formula ? this.formula({ formula, row }, sheetId, sheetName) : {};
      const kept =
        formula !== undefined && entered.f === undefined && (entered.si === undefined || beyond.has(entered.si ?? ""));
      if (kept) {
        this.counts[formula.kind === "dataTable" ? "dataTables" : "storedFormulas"]++;
        if (formula.shared !== undefined) beyond.add(`${sheetId}-${formula.shared}`);
      }
      const area = !kept && (formula?.kind === "dynamic" || formula?.kind === "legacy") && formula.area;
      for (let r = 0; area && r < area.rows; r++) {
        for (let c = 0; c < area.columns; c++) if (r + c > 0) filled.add(`${area.row + r},${area.column + c}`);
      }
      const spilled = filled.has(`${row},${column}`);
      const content = { ...(spilled ? {} : this.value(cell)), ...(kept ? {} : entered), ...this.style(cell.format) };
      if (!isBlank(content)) (data[row] ??= {})[column] = content;
    }
    return data;
  }
}

/** Widths in pixels and hidden columns, as far as the grid goes. */
export function columnsOf(root: Element, count: number): Record<number, { w?: number; hd?: 1 }> {
  const columns: Record<number, { w?: number; hd?: 1 }> = {};
  for (const { attributes } of children(child(root, "cols"), "col")) {
    const { min = "1", max = min, width, hidden } = attributes;
    for (let column = Number(min) - 1; column < Math.min(Number(max), count); column++) {
      const w = width && Number(width) > 0 ? { w: Math.round(Number(width) * 7 + 5) } : {};
      const data = { ...w, ...(isTrue(hidden) ? { hd: 1 as const } : {}) };
      if (Object.keys(data).length > 0) columns[column] = data;
    }
  }
  return columns;
}

export function rowsOf({ rows }: StoredSheet): Record<number, { h?: number; hd?: 1; ia?: 0 }> {
  const found: Record<number, { h?: number; hd?: 1; ia?: 0 }> = {};
  for (const { row, attributes } of rows) {
    const { ht, customHeight, hidden } = attributes;
    const height =
      isTrue(customHeight) && Number(ht) > 0 ? { h: Math.round((Number(ht) * 4) / 3), ia: 0 as const } : {};
    const data = { ...height, ...(isTrue(hidden) ? { hd: 1 as const } : {}) };
    if (Object.keys(data).length > 0) found[row] = data;
  }
  return found;
}

/** Merged cells, cut to the grid. */
export function mergesOf(root: Element, size: { rows: number; columns: number }): IRange[] {
  const areas = children(child(root, "mergeCells"), "mergeCell").flatMap(
    ({ attributes }) => parseAddress(attributes.ref ?? "") ?? [],
  );
  return areas.flatMap(({ row, column, rows, columns }) => {
    const endRow = Math.min(row + rows, size.rows) - 1;
    const endColumn = Math.min(column + columns, size.columns) - 1;
    return endRow < row || endColumn < column || (endRow === row && endColumn === column)
      ? []
      : [{ startRow: row, startColumn: column, endRow, endColumn }];
  });
}

/** Rows and columns that do not scroll. */
export function frozenOf(root: Element): { rows: number; columns: number } {
  const pane = child(children(child(root, "sheetViews"), "sheetView")[0], "pane")?.attributes;
  const frozen = pane?.state === "frozen" || pane?.state === "frozenSplit";
  return { rows: frozen ? Number(pane.ySplit ?? 0) : 0, columns: frozen ? Number(pane.xSplit ?? 0) : 0 };
}

export function sizeOf({ cells, rows }: StoredSheet): { rows: number; columns: number } {
  let [lastRow, lastColumn] = [rows.at(-1)?.row ?? 0, 0];
  for (const { row, column } of cells) [lastRow, lastColumn] = [Math.max(lastRow, row), Math.max(lastColumn, column)];
  return {
    rows: Math.min(SHEET_ROWS, Math.max(1000, lastRow + 101)),
    columns: Math.min(SHEET_COLUMNS, Math.max(26, lastColumn + 7)),
  };
}

function toSheet(
  reading: Reading,
  stored: StoredSheet,
  id: string,
  name: string,
  hidden: boolean,
): Partial<IWorksheetData> {
  const size = sizeOf(stored);
  const { rows, columns } = frozenOf(stored.root);
  return {
    id,
    name,
    cellData: reading.cells(stored, id, name),
    columnData: columnsOf(stored.root, size.columns),
    rowData: rowsOf(stored),
    mergeData: mergesOf(stored.root, size),
    rowCount: size.rows,
    columnCount: size.columns,
    // The engine also wants the first cell that scrolls; -1 for none.
    freeze: { ySplit: rows, xSplit: columns, startRow: rows || -1, startColumn: columns || -1 },
    hidden: hidden ? 1 : 0,
  };
}

/** The names as the engine's store expects them, by an id of their own. */
function toNames(names: readonly DefinedName[], ids: readonly string[], ours: readonly string[]) {
  const entries = names.flatMap(({ name, range, sheet, shown }, index) => {
    if (!shown) return [];
    const id = nameId(index);
    const formulaOrRefString = asTyped(fromFile(range, ours).slice(1));
    const localSheetId = sheet === undefined ? "AllDefaultWorkbook" : ids[sheet];
    return [[id, { id, name, formulaOrRefString, localSheetId }]];
  });
  return [{ name: "SHEET_DEFINED_NAME_PLUGIN", data: JSON.stringify(Object.fromEntries(entries)) }];
}

export interface ReadFile {
  readonly parts: Parts;
  readonly book: ReturnType<typeof workbookOf>;
  readonly reading: Reading;
  readonly names: readonly DefinedName[];
  readonly tables: readonly Table[];
  /** The worksheets, in their order. `index` counts all sheets, charts that are sheets included. */
  readonly sheets: readonly { id: string; index: number; name: string; path: string; stored: StoredSheet }[];
  readonly richTexts: number;
}

function sharedStrings(parts: Parts, path: string | undefined): { strings: string[]; rich: number } {
  const xml = path ? textOf(parts, path) : "";
  if (!xml) return { strings: [], rich: 0 };
  const strings: string[] = [];
  let rich = 0;
  parse(xml, (element, parents) => {
    if (element.name !== "si" || parents.length !== 2) return true;
    strings.push(stringOf(element));
    if (child(element, "r")) rich++;
    return false;
  });
  return { strings, rich };
}

/** Reads a file without turning it into a workbook. @throws FileRefusal */
export function readParts(parts: Parts, abilities: Abilities): ReadFile {
  const book = workbookOf(parts);
  const partOf = (type: string) => book.related.find((each) => each.type === type)?.target;
  const textOfType = (type: string) => textOf(parts, partOf(type) ?? "");
  const worksheets = book.sheets.flatMap(({ name, relationship }, index) =>
    relationship?.type === "worksheet" && parts.has(relationship.target)
      ? [{ id: `sheet${index + 1}`, index, name, path: relationship.target }]
      : [],
  );
  if (worksheets.length === 0) throw new FileRefusal("noSheet");
  if (worksheets.length > LIMITS.sheets) throw new FileRefusal("sheets");
  const long = worksheets.find(({ name }) => name.length > LIMITS.sheetName);
  if (long) throw new FileRefusal("longName", long.name);
  const formats = readFormats(textOfType("styles"), textOfType("theme"));
  const { strings, rich } = sharedStrings(parts, partOf("sharedStrings"));
  const names = namesOf(book.root);
  let budget: number = LIMITS.cells;
  const sheets = worksheets.map((sheet) => {
    const stored = readSheet(textOf(parts, sheet.path), sheet.name, strings, budget);
    budget -= stored.cells.length;
    return { ...sheet, stored };
  });
  const is1904 = isTrue(child(book.root, "workbookPr")?.attributes.date1904);
  const multi = multiCellNames(
    names,
    book.sheets.map(({ name }) => name),
  );
  const tables = readTables(parts, sheets);
  const around = {
    names: multi,
    tables,
    callable: new Set(names.map(({ name }) => name.toUpperCase())),
    unshown: new Set(names.flatMap(({ name, shown }) => (shown ? [] : [name.toUpperCase()]))),
    macros: book.related.some(({ type }) => type === "vbaProject"),
  };
  const reading = new Reading(formats, is1904, around, abilities);
  return { parts, book, reading, names, tables, sheets, richTexts: rich };
}

/** Reads an .xlsx file. Stored results of formulas are kept until the engine has computed its own. @throws FileRefusal */
export const openFile = (bytes: Uint8Array, abilities: Abilities): OpenedFile =>
  openRead(readParts(unpack(bytes), abilities), abilities);

/** The same of parts that were read already. */
export function openRead(file: ReadFile, abilities: Abilities): OpenedFile {
  const { reading, book, sheets, names } = file;
  const hidden = (index: number) => /hidden/i.test(book.sheets[index]!.state ?? "");
  const ids = new Map(sheets.map(({ id, name }) => [name.toUpperCase(), id]));
  let drawn = 0;
  const data = sheets.map(({ id, index, name, path, stored }) => {
    const charts = chartsOf(file.parts, { id, path }, (other) => ids.get(other.toUpperCase()));
    drawn += charts.length;
    const sheet = toSheet(reading, stored, id, name, hidden(index));
    return [id, { ...sheet, ...(charts.length && { custom: { [FILE_CHARTS]: charts } }) }] as const;
  });
  const [base = {}] = reading.formats.styles;
  const defaultStyle: IStyleData = { ...(base.fs ? { fs: base.fs } : {}), ...(base.ff ? { ff: base.ff } : {}) };
  const workbook: Partial<IWorkbookData> = {
    sheetOrder: sheets.map(({ id }) => id),
    sheets: Object.fromEntries(data),
    styles: Object.fromEntries(reading.formats.styles.map((style, index) => [styleId(index), style])),
    defaultStyle,
    resources: toNames(
      names,
      book.sheets.map((_, index) => `sheet${index + 1}`),
      abilities.ours,
    ),
  };
  const more: [FeatureName, number][] = [
    ["richText", file.richTexts],
    ["storedFormulas", reading.counts.storedFormulas],
    ["dataTables", reading.counts.dataTables],
    ["date1904", reading.is1904 ? 1 : 0],
    // Those that the page draws are no loss.
    ["charts", -drawn],
  ];
  return { workbook, features: featuresOf(file.parts, book, sheets, more) };
}
