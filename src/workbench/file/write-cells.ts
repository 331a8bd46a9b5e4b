/** Rows and cells of a saved sheet: copied from the file where they are as it has them, written anew where they are not. */
import type { IStyleData } from "@univerjs/core";
import { formatAddress, type Rectangle } from "../../host/address";
import { callsAny } from "../../host/result";
import { toFile } from "../spelling";
import { type SavedCell, type SavedSheet, type SavedWorkbook, styleId } from "./book";
import { type FormatWriter, isDate } from "./formats";
import { callsDynamic, intersected } from "./legacy";
import { ARRAY_FORMULA, DAYS_1904, isErrorValue, type ReadFile, rowsOf } from "./read";
import type { StoredCell, StoredFormula, StoredSheet } from "./sheet";
import { type Renames, withColumns } from "./tables";
import { blankElement, element, escape, prefixed, retag } from "./xml";

export const at = (row: number, column: number) => `${row},${column}`;
export const address = (row: number, column: number) => formatAddress({ row, column, rows: 1, columns: 1 });

export interface Job {
  readonly file: ReadFile;
  readonly formats: FormatWriter;
  readonly styles: SavedWorkbook["styles"];
  readonly functions: readonly string[];
  /** Columns of tables that were renamed. */
  readonly renames: Renames;
  /** The number that marks a dynamic array in this file; asking for it adds what it stands on. */
  readonly dynamic: () => string;
}

/** The index of a cell's format in the file. */
function formatOf({ style }: Pick<SavedCell, "style">, base: number, { formats, styles, file }: Job): number {
  if (style === undefined) return base === 0 ? 0 : formats.indexOf({}, 0);
  const known = typeof style === "string" ? /^xf(\d+)$/.exec(style) : null;
  if (known && Number(known[1]) < file.reading.formats.styles.length) return Number(known[1]);
  const look: IStyleData = typeof style === "string" ? (styles[style] ?? {}) : style;
  return formats.indexOf(look, base);
}

export function valueXml(value: SavedCell["value"], formula: boolean): { t?: string; xml: string } {
  if (typeof value === "number") return { xml: Number.isFinite(value) ? `<v>${value}</v>` : "" };
  if (typeof value === "boolean") return { t: "b", xml: `<v>${Number(value)}</v>` };
  if (value === "" && !formula) return { xml: "" };
  // Excel 2019 does not know the newer errors; it stores them so too.
  if (isErrorValue(value) || /^#(SPILL|CALC|BUSY|CONNECT|BLOCKED|UNKNOWN|FIELD)!$/.test(value)) {
    return { t: "e", xml: `<v>${isErrorValue(value) ? value : "#VALUE!"}</v>` };
  }
  if (formula) return { t: "str", xml: `<v>${escape(value)}</v>` };
  return { t: "inlineStr", xml: `<is><t xml:space="preserve">${escape(value)}</t></is>` };
}

/** A legacy array formula comes as a call of a function that only the workbench has. */
function unwrapped(formula: string): { formula: string; rows: number; columns: number } | null {
  const match = new RegExp(`^=${ARRAY_FORMULA}\\((.*),(\\d+),(\\d+)\\)$`, "is").exec(formula);
  return match && { formula: `=${match[1]}`, rows: Number(match[2]), columns: Number(match[3]) };
}

function formulaXml(cell: SavedCell, { functions, dynamic }: Job): { cm?: string; xml: string } {
  const { row, column, formula = "", area } = cell;
  const legacy = unwrapped(formula);
  const own: Rectangle = { row, column, rows: 1, columns: 1 };
  if (legacy) {
    const ref = formatAddress({ ...own, rows: legacy.rows, columns: legacy.columns });
    return { xml: element("f", { t: "array", ref }, escape(toFile(legacy.formula, functions))) };
  }
  const text = escape(toFile(formula, functions));
  // Unmarked, Excel cuts a range to one cell where one value is asked for, and a call of ours to its first cell. LibreOffice
  // shows stored values of unmarked formulas alone, so a call that is about single cells stays unmarked.
  const ranges = formula.replace(/"[^"]*"/g, "").includes(":");
  const means =
    (ranges && callsAny(functions)(formula)) ||
    callsDynamic(formula) ||
    intersected(formula, "", new Set()) !== formula;
  if (area || means) {
    return { cm: dynamic(), xml: element("f", { t: "array", ref: formatAddress(area ?? own) }, text) };
  }
  return { xml: element("f", {}, text) };
}

/** Whether a cell has the very formula that the file stores for it. */
function hasStoredFormula(
  { formula, mark, row }: StoredCell,
  saved: SavedCell,
  sheet: SavedSheet,
  name: string,
  { file }: Job,
): boolean {
  if (!formula) return saved.formula === undefined;
  const entered = file.reading.formula({ formula, row }, sheet.id, name);
  if (formula.kind === "shared" && formula.text === "")
    return saved.formula !== undefined && saved.shared === entered.si;
  if (saved.formula !== entered.f || saved.formula === undefined) return false;
  const { rows = 1, columns = 1 } = saved.area ?? {};
  // What spills must be marked as dynamic, over the cells that it fills.
  if (mark === undefined && (saved.area === undefined || unwrapped(saved.formula) !== null)) return true;
  return formula.area?.rows === rows && formula.area.columns === columns;
}

function cellXml(cell: SavedCell, base: StoredCell | undefined, { name, sheet, stored }: Context, job: Job): string {
  const format = formatOf(cell, base?.format ?? 0, job);
  const days =
    job.file.reading.is1904 && typeof cell.value === "number" && isDate(patternOf(cell, job)) ? DAYS_1904 : 0;
  const { t, xml } = valueXml(
    typeof cell.value === "number" ? cell.value - days : cell.value,
    cell.formula !== undefined,
  );
  const same =
    base?.formula && !stored.broken.has(base.formula.shared ?? "") && hasStoredFormula(base, cell, sheet, name, job);
  const formula = same
    ? { cm: base.mark, xml: storedFormula(base.formula, stored.sheet.xml, job) }
    : cell.formula === undefined
      ? { xml: "" }
      : formulaXml(cell, job);
  const attributes = { r: address(cell.row, cell.column), s: format || undefined, t, cm: formula.cm };
  const { prefix } = stored.sheet;
  const tag = prefixed(prefix, element("c", attributes));
  const content = formula.xml && same ? formula.xml : prefixed(prefix, formula.xml);
  const inner = content + prefixed(prefix, xml);
  return inner ? `${tag.slice(0, -2)}>${inner}</${prefix}c>` : tag;
}

const patternOf = ({ style }: SavedCell, { styles }: Job) =>
  (typeof style === "string" ? styles[style] : style)?.n?.pattern;

interface Comparison {
  readonly sheet: StoredSheet;
  /** The cells that are as the file has them. */
  readonly unchanged: ReadonlySet<string>;
  /** Shared formulas whose first cell was changed: the others stood on it. */
  readonly broken: ReadonlySet<string>;
}

interface Context {
  readonly sheet: SavedSheet;
  /** The name of the sheet when it was opened. */
  readonly name: string;
  readonly stored: Comparison;
}

/** Whether a cell shows and computes what the file stores for it. */
function isUnchanged(
  cell: StoredCell,
  saved: SavedCell | undefined,
  sheet: SavedSheet,
  name: string,
  job: Job,
): boolean {
  const { reading } = job.file;
  const stored = typeof cell.value === "number" ? cell.value + reading.shift(cell.format) : (cell.value ?? "");
  if (!saved) return stored === "" && !cell.formula && reading.style(cell.format).s === undefined;
  if (saved.value !== stored) return false;
  if ((saved.style ?? styleId(0)) !== styleId(cell.format) && formatOf(saved, cell.format, job) !== cell.format)
    return false;
  // A formula beyond the engine stays in the file as long as its cell is left alone.
  if (cell.formula && saved.formula === undefined) {
    const { f, si } = reading.formula({ formula: cell.formula, row: cell.row }, sheet.id, name);
    return f === undefined && (si === undefined || saved.shared === undefined);
  }
  return hasStoredFormula(cell, saved, sheet, name, job);
}

/** A formula as the file has it, but for renamed columns of tables. */
function storedFormula({ start, end, text }: StoredFormula, xml: string, { renames }: Job): string {
  const tag = xml.slice(start, end);
  const renamed = renames.size > 0 ? withColumns(text, renames) : text;
  return renamed === text ? tag : tag.replace(/>[^<]*</, () => `>${escape(renamed)}<`);
}

function storedCell({ start, end, formula }: StoredCell, xml: string, job: Job): string {
  if (!formula) return xml.slice(start, end);
  return xml.slice(start, formula.start) + storedFormula(formula, xml, job) + xml.slice(formula.end, end);
}

export function compare(
  stored: StoredSheet,
  cells: ReadonlyMap<string, SavedCell>,
  sheet: SavedSheet,
  name: string,
  job: Job,
): Comparison {
  const unchanged = new Set<string>();
  const broken = new Set<string>();
  for (const cell of stored.cells) {
    const { row, column, formula } = cell;
    const saved = cells.get(at(row, column));
    if (isUnchanged(cell, saved, sheet, name, job)) unchanged.add(at(row, column));
    else if (
      formula?.kind === "shared" &&
      formula.text !== "" &&
      !(saved && hasStoredFormula(cell, saved, sheet, name, job))
    ) {
      broken.add(formula.shared!);
    }
  }
  for (const { row, column, formula } of stored.cells) {
    if (formula?.shared !== undefined && broken.has(formula.shared)) unchanged.delete(at(row, column));
  }
  return { sheet: stored, unchanged, broken };
}

export function rowsXml(sheet: SavedSheet, cells: ReadonlyMap<string, SavedCell>, context: Context, job: Job): string {
  const { sheet: stored, unchanged } = context.stored;
  const { xml } = stored;
  const storedRows = new Map(stored.rows.map((each) => [each.row, each]));
  const before = rowsOf(stored);
  const byRow = new Map<number, Map<number, { saved?: SavedCell; stored?: StoredCell }>>();
  const slot = (row: number, column: number) => {
    const columns = byRow.get(row) ?? new Map<number, { saved?: SavedCell; stored?: StoredCell }>();
    byRow.set(row, columns);
    const both = columns.get(column) ?? {};
    columns.set(column, both);
    return both;
  };
  for (const cell of stored.cells) slot(cell.row, cell.column).stored = cell;
  for (const cell of cells.values()) slot(cell.row, cell.column).saved = cell;
  const numbers = new Set([...byRow.keys(), ...storedRows.keys(), ...Object.keys(sheet.rows).map(Number)]);
  const written = [...numbers]
    .sort((a, b) => a - b)
    .map((row) => {
      const content = [...(byRow.get(row) ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([column, both]) => {
          if (both.stored && unchanged.has(at(row, column))) return storedCell(both.stored, xml, job);
          return both.saved ? cellXml(both.saved, both.stored, context, job) : "";
        })
        .join("");
      return rowXml(row, content, storedRows.get(row), before[row] ?? {}, sheet.rows[row] ?? {}, stored);
    });
  return written.join("");
}

function rowXml(
  row: number,
  content: string,
  stored: StoredSheet["rows"][number] | undefined,
  before: { h?: number; hd?: number },
  now: { h?: number; hd?: number },
  { xml, prefix }: StoredSheet,
): string {
  const same = (before.hd ?? 0) === (now.hd ?? 0) && before.h === now.h;
  const changes = same
    ? {}
    : {
        hidden: now.hd ? "1" : undefined,
        ht: now.h ? String(now.h * 0.75) : undefined,
        customHeight: now.h ? "1" : undefined,
      };
  if (!stored) {
    const attributes = { r: row + 1, ...changes };
    return content || !same
      ? prefixed(prefix, element("row", attributes)).replace(/\/>$/, `>${content}</${prefix}row>`)
      : "";
  }
  // `spans` may no longer be true, and nobody needs it.
  const tag = retag(
    xml,
    { ...blankElement(), start: stored.start, innerStart: stored.innerStart },
    { spans: undefined, ...changes },
  ).text;
  return `${tag.replace(/\s*\/?>$/, ">")}${content}</${prefix}row>`;
}
