/** Computed values written into a file: nothing else in it changes, not a byte of any part. */
import { zipSync } from "fflate";
import type { SavedCell } from "../../workbench/file/book";
import { write, type Parts } from "../../workbench/file/package";
import type { StoredCell, StoredSheet } from "../../workbench/file/sheet";
import { address, valueXml } from "../../workbench/file/write-cells";
import { child, parse, patch, prefixed, retag, type Edit } from "../../workbench/file/xml";
import { formatAddress } from "../../host/address";
import type { CellPlace, Computed } from "./engine";

type Value = string | number | boolean;

export interface Change extends CellPlace {
  readonly before: Value;
  readonly now: Value;
}

export interface Patched {
  /** The parts of the file, those with changes written anew. */
  readonly parts: Parts;
  readonly changes: readonly Change[];
  /** Cells with a formula that was computed. */
  readonly formulas: number;
}

/** Values are alike where Excel shows them alike: numbers to 15 digits. */
const alike = (a: Value, b: Value): boolean =>
  a === b || (typeof a === "number" && typeof b === "number" && a.toPrecision(15) === b.toPrecision(15));

export function patched({ file, workbook, kept }: Computed): Patched {
  const changes: Change[] = [];
  let formulas = 0;
  const left = new Set(kept.map(({ sheet, row, column }) => `${sheet} ${row},${column}`));
  for (const { id, path, stored } of file.sheets) {
    const now = new Map(
      workbook.sheets.find((sheet) => sheet.id === id)!.cells.map((cell) => [keyOf(cell.row, cell.column), cell]),
    );
    const { results, areas } = resultsOf(stored, now, (row, column) => left.has(`${id} ${row},${column}`));
    formulas += results.formulas;
    const edits: Edit[] = [];
    const known = new Map(stored.cells.map((cell) => [keyOf(cell.row, cell.column), cell]));
    for (const [key, value] of results.values) {
      const cell = known.get(key);
      const [row, column] = key.split(",").map(Number) as [number, number];
      const before = cell ? shown(cell, file.reading.shift(cell.format)) : "";
      if (alike(before, value)) continue;
      changes.push({ sheet: id, row, column, before, now: value });
    }
    const changed = new Map(
      changes.filter(({ sheet }) => sheet === id).map((one) => [keyOf(one.row, one.column), one]),
    );
    for (const cell of stored.cells) {
      const key = keyOf(cell.row, cell.column);
      const change = changed.get(key);
      const area = areas.get(key);
      if (!change && area === undefined) continue;
      const days = typeof change?.now === "number" ? file.reading.shift(cell.format) : 0;
      const value = typeof change?.now === "number" ? change.now - days : change?.now;
      edits.push({ start: cell.start, end: cell.end, text: cellWith(stored, cell, value, area) });
    }
    edits.push(
      ...added(
        stored,
        [...changed.values()].filter(({ row, column }) => !known.has(keyOf(row, column))),
      ),
    );
    if (!edits.length) continue;
    const mark = file.parts.get(path)!.subarray(0, 3).join() === "239,187,191" ? "\uFEFF" : "";
    write(file.parts, path, mark + patch(stored.xml, edits));
  }
  return { parts: file.parts, changes, formulas };
}

/** The same bytes for the same parts: no clock is looked at. */
export const zipped = (parts: Parts): Uint8Array =>
  zipSync(Object.fromEntries(parts), { level: 6, mtime: new Date(1980, 0, 1) });

const keyOf = (row: number, column: number): string => `${row},${column}`;

/** What a cell shows, days counted as the engine counts them. */
const shown = ({ value }: StoredCell, days: number): Value =>
  typeof value === "number" ? value + days : (value ?? "");

/** Errors that a file stores as #VALUE!. */
const asStored = (value: Value = ""): Value =>
  typeof value === "string" && /^#(SPILL|CALC|BUSY|CONNECT|BLOCKED|UNKNOWN|FIELD)!$/.test(value) ? "#VALUE!" : value;

/** What cells with formulas, and those that they fill, hold now; and the areas that differ from those of the file. */
function resultsOf(
  { cells }: StoredSheet,
  now: ReadonlyMap<string, SavedCell>,
  isKept: (row: number, column: number) => boolean,
) {
  const values = new Map<string, Value>();
  const areas = new Map<string, string>();
  let formulas = 0;
  for (const { row, column, formula } of cells) {
    if (!formula || isKept(row, column)) continue;
    formulas++;
    const saved = now.get(keyOf(row, column));
    const before = formula.area;
    const area = saved?.area ?? { row, column, rows: 1, columns: 1 };
    const fills = formula.kind === "dynamic" ? area : undefined;
    if (fills && before && (before.rows !== fills.rows || before.columns !== fills.columns))
      areas.set(keyOf(row, column), formatAddress(fills));
    // First what it filled before, then what it fills now.
    for (const part of formula.kind === "shared" ? [] : [before, fills]) {
      for (let r = 0; part && r < part.rows; r++)
        for (let c = 0; c < part.columns; c++) {
          const key = keyOf(part.row + r, part.column + c);
          values.set(key, asStored(now.get(key)?.value));
        }
    }
    values.set(keyOf(row, column), asStored(saved?.value));
  }
  return { results: { values, formulas }, areas };
}

/** A cell with another value, or another area of its formula; undefined: the value stays. */
function cellWith(
  { xml, prefix }: StoredSheet,
  { start, end }: StoredCell,
  value: Value | undefined,
  area: string | undefined,
): string {
  const text = xml.slice(start, end);
  const cell = parse(text);
  const formula = child(cell, "f");
  const edits: Edit[] = [];
  if (formula && area !== undefined) edits.push(retag(text, formula, { ref: area }));
  if (value === undefined) return patch(text, edits);
  const { t, xml: written } = valueXml(value, formula !== undefined);
  const content = prefixed(prefix, written);
  // Errors of the newer kind have a mark beside their value.
  const opening = retag(text, cell, { t, vm: undefined });
  if (cell.innerEnd === cell.innerStart && cell.end === cell.innerStart) {
    const tag = opening.text.replace(/\s*\/>$/, ">");
    return content ? `${tag}${content}</${prefix}c>` : opening.text;
  }
  edits.push(opening);
  const old = child(cell, "v") ?? child(cell, "is");
  const at = formula?.end ?? cell.innerStart;
  edits.push(old ? { start: old.start, end: old.end, text: content } : { start: at, end: at, text: content });
  return patch(text, edits);
}

/** Cells that a formula fills and the file has not: each behind its neighbour on the left, in a row of its own where there is none. */
function added({ xml, prefix, cells, rows, root }: StoredSheet, changes: readonly Change[]): Edit[] {
  const written = (list: readonly Change[]): string =>
    [...list]
      .sort((a, b) => a.column - b.column)
      .map(({ row, column, now }) => {
        const { t, xml: value } = valueXml(now, false);
        const kind = t === undefined ? "" : ` t="${t}"`;
        return prefixed(prefix, `<c r="${address(row, column)}"${kind}>${value}</c>`);
      })
      .join("");
  const byPlace = new Map<string, Change[]>();
  for (const change of changes) {
    const stored = rows.find(({ row }) => row === change.row);
    const left = cells.filter(({ row, column }) => row === change.row && column < change.column).at(-1);
    const next = rows.find(({ row }) => row > change.row);
    const data = child(root, "sheetData")!;
    const place = left
      ? `${left.end} in`
      : stored
        ? `${stored.innerStart} ${isEmptyTag(xml, stored.innerStart) ? `row ${stored.start}` : "in"}`
        : `${next?.start ?? data.innerEnd} new ${change.row}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), change]);
  }
  return [...byPlace].map(([place, list]) => {
    const [at, kind, number] = place.split(" ");
    const start = Number(at);
    if (kind === "in") return { start, end: start, text: written(list) };
    if (kind === "new")
      return { start, end: start, text: `<${prefix}row r="${Number(number) + 1}">${written(list)}</${prefix}row>` };
    const tag = xml.slice(Number(number), start).replace(/\s*\/>$/, ">");
    return { start: Number(number), end: start, text: `${tag}${written(list)}</${prefix}row>` };
  });
}

const isEmptyTag = (xml: string, innerStart: number): boolean => xml.slice(innerStart - 2, innerStart) === "/>";
