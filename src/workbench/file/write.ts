/**
 * The workbook of the engine → an .xlsx file. The file that was opened is the base: what was not edited is copied as it
 * stands, cell by cell and part by part; a workbook that was never a file starts from a blank one.
 */
import type { IStyleData } from "@univerjs/core";
import { formatAddress, type Rectangle } from "../../host/address";
import { callsAny } from "../../host/result";
import { fromFile, toFile } from "../spelling";
import { BLANK } from "./blank";
import { type Abilities, type SavedCell, type SavedSheet, type SavedWorkbook, styleId } from "./book";
import { FormatWriter, isDate } from "./formats";
import { callsDynamic, intersected } from "./legacy";
import { markDynamic } from "./metadata";
import { declare, pack, type Parts, relate, sweep, unrelate, write } from "./package";
import {
  ARRAY_FORMULA,
  asTyped,
  columnsOf,
  DAYS_1904,
  frozenOf,
  isErrorValue,
  mergesOf,
  type ReadFile,
  readFile,
  rowsOf,
  sizeOf,
} from "./read";
import { readSheet, type StoredCell, type StoredSheet } from "./sheet";
import { child, children, type Edit, element, type Element, escape, patch, prefixed, prefixOf, retag } from "./xml";

const WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const BLANK_SHEET = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetData/></worksheet>`;

/** The order of a sheet's elements up to what the page edits; all others come behind. */
const ORDER = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "sheetCalcPr",
  "sheetProtection",
].concat([
  "protectedRanges",
  "scenarios",
  "autoFilter",
  "sortState",
  "dataConsolidate",
  "customSheetViews",
  "mergeCells",
]);

/** What is tied to places of a sheet, and cannot follow when its rows or columns go elsewhere. */
const BOUND = [
  "protectedRanges",
  "autoFilter",
  "sortState",
  "conditionalFormatting",
  "dataValidations",
  "hyperlinks",
].concat(["rowBreaks", "colBreaks", "ignoredErrors", "legacyDrawing", "tableParts", "extLst"]);
const BOUND_PARTS = /^(table|comments|threadedComment|vmlDrawing)$/;

const at = (row: number, column: number) => `${row},${column}`;
const address = (row: number, column: number) => formatAddress({ row, column, rows: 1, columns: 1 });

interface Job {
  readonly file: ReadFile;
  readonly formats: FormatWriter;
  readonly styles: SavedWorkbook["styles"];
  readonly functions: readonly string[];
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

function valueXml(value: SavedCell["value"], formula: boolean): { t?: string; xml: string } {
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
  { formula, mark }: StoredCell,
  saved: SavedCell,
  sheet: SavedSheet,
  name: string,
  { file }: Job,
): boolean {
  if (!formula) return saved.formula === undefined;
  const entered = file.reading.formula(formula, sheet.id, name);
  if (formula.kind === "shared" && formula.text === "")
    return !sheet.reshaped && saved.formula !== undefined && saved.shared === entered.si;
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
    ? { cm: base.mark, xml: stored.sheet.xml.slice(base.formula.start, base.formula.end) }
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
    const { f, si } = reading.formula(cell.formula, sheet.id, name);
    return f === undefined && (si === undefined || saved.shared === undefined);
  }
  return hasStoredFormula(cell, saved, sheet, name, job);
}

function compare(
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

function rowsXml(sheet: SavedSheet, cells: ReadonlyMap<string, SavedCell>, context: Context, job: Job): string {
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
          if (both.stored && unchanged.has(at(row, column))) return xml.slice(both.stored.start, both.stored.end);
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
    { ...blankElement, start: stored.start, innerStart: stored.innerStart },
    { spans: undefined, ...changes },
  ).text;
  return `${tag.replace(/\s*\/?>$/, ">")}${content}</${prefix}row>`;
}

const blankElement: Element = {
  name: "",
  attributes: {},
  children: [],
  text: "",
  start: 0,
  innerStart: 0,
  innerEnd: 0,
  end: 0,
};

function columnsXml(sheet: SavedSheet, { root, xml }: StoredSheet, size: { columns: number }): string {
  const formats = new Map<number, string>();
  let beyond = "";
  for (const tag of children(child(root, "cols"), "col")) {
    const { min = "1", max = min, style } = tag.attributes;
    for (let column = Number(min) - 1; style && column < Math.min(Number(max), size.columns); column++)
      formats.set(column, style);
    if (Number(max) > size.columns)
      beyond += retag(xml, tag, { min: String(Math.max(Number(min), size.columns + 1)) }).text.replace(
        /\s*\/?>$/,
        "/>",
      );
  }
  const numbers = new Set(
    [...Object.keys(sheet.columns).map(Number), ...formats.keys()].filter((column) => column < size.columns),
  );
  const tags = [...numbers]
    .sort((a, b) => a - b)
    .map((column) => {
      const { w, hd } = sheet.columns[column] ?? {};
      const width = w ? { width: (w - 5) / 7, customWidth: 1 } : { width: 9 };
      return element("col", {
        min: column + 1,
        max: column + 1,
        ...width,
        style: formats.get(column),
        hidden: hd ? 1 : undefined,
      });
    });
  return tags.join("") + beyond;
}

const mergeKey = ({ startRow, startColumn, endRow, endColumn }: SavedSheet["merges"][number]) =>
  [startRow, startColumn, endRow, endColumn].join();
const listOf = (merges: SavedSheet["merges"]) => merges.map(mergeKey).sort().join(";");
const shapeOf = (columns: SavedSheet["columns"]) =>
  JSON.stringify(Object.entries(columns).flatMap(([key, { w, hd }]) => (w || hd ? [[key, w ?? 0, hd ?? 0]] : [])));

function mergesXml(merges: SavedSheet["merges"]): string {
  const tags = merges.map(({ startRow, startColumn, endRow, endColumn }) =>
    element("mergeCell", {
      ref: formatAddress({
        row: startRow,
        column: startColumn,
        rows: endRow - startRow + 1,
        columns: endColumn - startColumn + 1,
      }),
    }),
  );
  return tags.length > 0 ? element("mergeCells", { count: tags.length }, tags.join("")) : "";
}

function paneXml({ rows, columns }: SavedSheet["frozen"]): string {
  if (rows + columns === 0) return "";
  const pane = rows && columns ? "bottomRight" : rows ? "bottomLeft" : "topRight";
  return element("pane", {
    xSplit: columns || undefined,
    ySplit: rows || undefined,
    topLeftCell: address(rows, columns),
    activePane: pane,
    state: "frozen",
  });
}

function viewsEdit(sheet: SavedSheet, { xml, root, prefix }: StoredSheet): Edit | undefined {
  const now = frozenOf(root);
  if (now.rows === sheet.frozen.rows && now.columns === sheet.frozen.columns) return undefined;
  const pane = prefixed(prefix, paneXml(sheet.frozen));
  const view = children(child(root, "sheetViews"), "sheetView")[0];
  if (!view)
    return insertion(
      root,
      "sheetViews",
      prefixed(prefix, element("sheetViews", {}, element("sheetView", { workbookViewId: 0 }, paneXml(sheet.frozen)))),
    );
  // Selections belong to the parts of a split view, so they go with it.
  const kept = view.children
    .filter(({ name }) => name !== "pane" && name !== "selection")
    .map(({ start, end }) => xml.slice(start, end));
  const tag = xml.slice(view.start, view.innerStart).replace(/\s*\/?>$/, ">");
  return { start: view.start, end: view.end, text: `${tag}${pane}${kept.join("")}</${prefix}sheetView>` };
}

/** Puts an element in its place among those of a sheet. */
function insertion(root: Element, name: string, text: string): Edit {
  const present = child(root, name);
  if (present) return { start: present.start, end: present.end, text };
  const place = ORDER.indexOf(name);
  const next = root.children.find((each) => !ORDER.slice(0, place).includes(each.name));
  const start = next?.start ?? root.innerEnd;
  return { start, end: start, text };
}

function sheetXml(sheet: SavedSheet, stored: StoredSheet, name: string, job: Job): string {
  const cells = new Map(sheet.cells.map((cell) => [at(cell.row, cell.column), cell]));
  const compared = compare(stored, cells, sheet, name, job);
  const { root, prefix, xml } = stored;
  const before = rowsOf(stored);
  const rowNumbers = new Set([...Object.keys(before), ...Object.keys(sheet.rows)].map(Number));
  const sameRows = [...rowNumbers].every(
    (row) => before[row]?.h === sheet.rows[row]?.h && (before[row]?.hd ?? 0) === (sheet.rows[row]?.hd ?? 0),
  );
  const known = new Set(stored.cells.map(({ row, column }) => at(row, column)));
  const sameCells = compared.unchanged.size === stored.cells.length && [...cells.keys()].every((key) => known.has(key));
  const edits: Edit[] = [];
  if (!sameCells || !sameRows) {
    const data = `<${prefix}sheetData>${rowsXml(sheet, cells, { sheet, name, stored: compared }, job)}</${prefix}sheetData>`;
    edits.push(insertion(root, "sheetData", data));
    // The size is for speed only and would have to be right.
    const dimension = child(root, "dimension");
    if (dimension) edits.push({ start: dimension.start, end: dimension.end, text: "" });
  }
  const size = sizeOf(stored);
  if (shapeOf(columnsOf(root, size.columns)) !== shapeOf(sheet.columns)) {
    const tags = columnsXml(sheet, stored, size);
    edits.push(insertion(root, "cols", tags && prefixed(prefix, element("cols", {}, tags))));
  }
  if (listOf(mergesOf(root, size)) !== listOf(sheet.merges))
    edits.push(insertion(root, "mergeCells", prefixed(prefix, mergesXml(sheet.merges))));
  if (sheet.reshaped) {
    const bound = root.children.filter((each) => BOUND.includes(each.name));
    edits.push(...bound.map(({ start, end }) => ({ start, end, text: "" })));
  }
  const views = viewsEdit(sheet, stored);
  if (views) edits.push(views);
  return patch(xml, edits);
}

/** The list of sheets, names and the like in the workbook part. */
function workbookXml(
  saved: SavedWorkbook,
  tags: ReadonlyMap<string, { xml: string; index?: number }>,
  file: ReadFile,
  functions: readonly string[],
): string {
  const { book, names } = file;
  const { xml, root } = book;
  const prefix = prefixOf(xml, root);
  const present = new Set(saved.sheets.map(({ id }) => id));
  const others = book.sheets.flatMap(({ tag, relationship }, index) =>
    relationship?.type === "worksheet" ? [] : [{ index, xml: xml.slice(tag.start, tag.end) }],
  );
  const worksheets = saved.sheets.map(({ id }) => tags.get(id)!);
  // Sheets that are charts stay where they were as long as nothing else moved.
  const inOrder =
    worksheets.every(({ index }, place) => index === file.sheets[place]?.index) &&
    worksheets.length === file.sheets.length;
  const list: { xml: string; index?: number }[] = [...worksheets, ...others];
  if (inOrder) list.sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const place = new Map(list.flatMap(({ index }, now) => (index === undefined ? [] : [[index, now] as const])));
  const sheetsTag = child(root, "sheets")!;
  const edits: Edit[] = [
    { start: sheetsTag.innerStart, end: sheetsTag.innerEnd, text: list.map((each) => each.xml).join("") },
  ];

  const wanted = new Map(saved.names.map((each) => [`${each.scope ?? ""}!${each.name}`, each]));
  const texts = names.flatMap(({ tag, name, range, sheet, shown }) => {
    const id = sheet === undefined ? "" : `sheet${sheet + 1}`;
    const key = `${id}!${name}`;
    const now = wanted.get(key);
    wanted.delete(key);
    const home = sheet === undefined ? undefined : place.get(sheet);
    if ((shown && !now) || (sheet !== undefined && (home === undefined || (!present.has(id) && shown)))) return [];
    const opening = retag(xml, tag, { localSheetId: home === undefined ? undefined : String(home) }).text;
    const same = !now || now.range === asTyped(fromFile(range, functions).slice(1)).replace(/^=/, "");
    return [
      `${opening}${same ? xml.slice(tag.innerStart, tag.innerEnd) : escape(toFile(now.range, functions))}</${prefix}definedName>`,
    ];
  });
  for (const { name, range, scope } of wanted.values()) {
    const localSheetId = scope === undefined ? undefined : list.indexOf(tags.get(scope)!);
    texts.push(prefixed(prefix, element("definedName", { name, localSheetId }, escape(toFile(range, functions)))));
  }
  const defined = texts.length > 0 ? `<${prefix}definedNames>${texts.join("")}</${prefix}definedNames>` : "";
  const namesTag = child(root, "definedNames");
  const behind = child(root, "externalReferences") ?? child(root, "functionGroups") ?? sheetsTag;
  edits.push({ start: namesTag?.start ?? behind.end, end: namesTag?.end ?? behind.end, text: defined });

  for (const view of children(child(root, "bookViews"), "workbookView")) {
    const { activeTab = "0", firstSheet = "0" } = view.attributes;
    const outside = Math.max(Number(activeTab), Number(firstSheet)) >= list.length;
    if (outside) edits.push(retag(xml, view, { activeTab: undefined, firstSheet: undefined }));
  }
  // Stored values are right; a program that computed anew without our functions would show #NAME?.
  const calculation = child(root, "calcPr");
  if (calculation?.attributes.fullCalcOnLoad !== undefined)
    edits.push(retag(xml, calculation, { fullCalcOnLoad: undefined }));
  return patch(xml, edits);
}

/** A sheet's line in the list of sheets, with its name and whether it is hidden as they are now. */
function sheetTag(sheet: SavedSheet, file: ReadFile, index: number): string {
  const { xml, sheets } = file.book;
  const { tag, name, state = "visible" } = sheets[index]!;
  const hidden = /hidden/i.test(state);
  const changes = {
    ...(name === sheet.name ? {} : { name: sheet.name }),
    ...(hidden === sheet.hidden ? {} : { state: sheet.hidden ? "hidden" : undefined }),
  };
  const edit = retag(xml, tag, changes);
  return edit.text + xml.slice(tag.innerStart, tag.end);
}

function addSheet(parts: Parts, sheet: SavedSheet, file: ReadFile, taken: Set<number>): { path: string; xml: string } {
  let number = 1;
  while (parts.has(`xl/worksheets/sheet${number}.xml`)) number++;
  const path = `xl/worksheets/sheet${number}.xml`;
  write(parts, path, BLANK_SHEET);
  declare(parts, path, WORKSHEET_TYPE);
  const rId = relate(parts, file.book.main, "worksheet", path);
  const sheetId = Math.max(0, ...taken) + 1;
  taken.add(sheetId);
  const { xml, root } = file.book;
  const prefix = prefixOf(xml, root);
  const relationshipPrefix = Object.entries(root.attributes)
    .find(([name, value]) => name.startsWith("xmlns:") && value.endsWith("/relationships"))?.[0]
    .slice(6);
  const attributes = {
    name: sheet.name,
    sheetId,
    state: sheet.hidden ? "hidden" : undefined,
    [`${relationshipPrefix ?? "r"}:id`]: rId,
  };
  return { path, xml: prefixed(prefix, element("sheet", attributes)) };
}

/** @param original the file that was opened; undefined for a workbook that never was one */
export function saveFile(original: Uint8Array | undefined, saved: SavedWorkbook, abilities: Abilities): Uint8Array {
  const file = readFile(original ?? BLANK, abilities);
  const { parts, book } = file;
  const formats = new FormatWriter(file.reading.formats);
  let mark: string | undefined;
  const dynamic = () => (mark ??= markDynamic(parts, book));
  const job: Job = { file, formats, styles: saved.styles, functions: abilities.ours, dynamic };
  const taken = new Set(book.sheets.map(({ tag }) => Number(tag.attributes.sheetId)));
  const byId = new Map(original ? file.sheets.map((sheet) => [sheet.id, sheet]) : []);
  const gone = file.sheets.filter(({ id }) => !original || !saved.sheets.some((sheet) => sheet.id === id));
  const lost = new Set(gone.map(({ index }) => book.sheets[index]!.relationship!.id));
  unrelate(parts, book.main, ({ id }) => lost.has(id));
  sweep(parts);
  unrelate(parts, "", ({ type }) => type === "origin");
  const tags = new Map<string, { xml: string; index?: number }>();
  let changed = gone.length > 0;
  for (const sheet of saved.sheets) {
    const base = byId.get(sheet.id);
    const { path, ...tag } = base
      ? { path: base.path, xml: sheetTag(sheet, file, base.index), index: base.index }
      : addSheet(parts, sheet, file, taken);
    tags.set(sheet.id, tag);
    const stored = base?.stored ?? readSheet(BLANK_SHEET, "", [], 0);
    const text = sheetXml(sheet, stored, base?.name ?? sheet.name, job);
    if (base && text === base.stored.xml) continue;
    write(parts, path, text);
    if (sheet.reshaped) unrelate(parts, path, ({ type }) => BOUND_PARTS.test(type));
    changed = true;
  }
  // The order in which to compute; Excel makes it anew, and repairs a file whose order names other cells.
  if (changed) unrelate(parts, book.main, ({ type }) => type === "calcChain");
  write(parts, book.main, workbookXml(saved, tags, file, abilities.ours));
  const styles = book.related.find(({ type }) => type === "styles")?.target;
  if (styles) {
    const text = formats.text();
    if (text !== file.reading.formats.xml) write(parts, styles, text);
  }
  sweep(parts);
  return pack(parts);
}
