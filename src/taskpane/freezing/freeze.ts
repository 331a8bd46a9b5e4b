/** Freezing: our formulas become their values, and a sheet remembers them. Thawing: they come back, spills included. */
import { formatAddress, rectangleOf, reference } from "../../host/address";
import type { CellValue, Entry, FormulaCell, Workbook } from "../../host/workbook";
import { readingsOf, type Plan, idOf } from "../../rules";
import { STATUS, noticesOf } from "../../writers/terms";
import { isErrorText } from "../../tables";
import { readModel, type Model, type Reading } from "../inspection/model";
import { readSheet, ReadWorkbook, type Sheet } from "../inspection/sheet";
import {
  areaOf,
  fingerprintOf,
  mapIn,
  mapPlace,
  mapSheet,
  thawedMark,
  type Basis,
  type FreezeMap,
} from "../../host/frozen-map";

/** What one should know of the sheets before their cells are changed. */
export interface Cares {
  /** Protected: their cells stay as they are. */
  readonly locked: readonly string[];
  /** Hidden, or with hidden or filtered rows: cells change that nobody sees. */
  readonly unseen: readonly string[];
}

export interface Frozen {
  readonly count: number;
  /** The sheet with the map; undefined where nothing was frozen. */
  readonly sheet: string | undefined;
  /** Formulas that stay: they have no result yet, or none that could be kept. */
  readonly unready: readonly string[];
  /** Formulas that stay because another one refers to all that they spill (D2#), which values do not. */
  readonly spilled: readonly string[];
  /** Formulas that stay because their sheet is protected, or was left out. */
  readonly left: readonly string[];
}

export interface Thawed {
  readonly count: number;
  /** Cells that were changed since, and stay as they are. */
  readonly changed: readonly string[];
  /** Formulas whose sheet is no longer there, is protected, or was left out. */
  readonly left: readonly string[];
  /** Rows of the map that say nothing reliable any more, and how many are gone. */
  readonly damaged: readonly string[];
  readonly missing: number;
}

/** Errors that are an answer; others say that there is none yet. */
const ANSWERS = new Set(["#N/A", "#VALUE!", "#NUM!", "#DIV/0!", "#REF!", "#NULL!"]);

/** What is so of a sheet whatever the range; also of a hidden one. @throws WorkbookError where it is not there */
const shapeOf = (host: Workbook, sheet: string) => host.shape({ sheet, address: "A1" });

/** Looks at the sheets on which cells would change. */
export async function caresOf(host: Workbook, sheets: Iterable<string>): Promise<Cares> {
  const shapes = await Promise.all(
    [...new Set(sheets)].map(async (name) => ({ name, ...(await shapeOf(host, name)) })),
  );
  const named = (which: (shape: (typeof shapes)[number]) => boolean): string[] =>
    shapes.filter(which).map(({ name }) => name);
  return {
    locked: named(({ isProtected }) => isProtected),
    unseen: named(({ isProtected, isSheetHidden, hasHiddenRows }) => !isProtected && (isSheetHidden || hasHiddenRows)),
  };
}

const placed = ({ sheet, address }: { readonly sheet: string; readonly address: string }): string =>
  reference({ sheet, address });

/**
 * Replaces our formulas by what they show, as one undo step with the new map sheet.
 * @param leave sheets whose formulas stay
 * @param time as it is to be shown on the map
 * @throws WorkbookError
 */
export async function freeze(
  host: Workbook,
  leave: ReadonlySet<string>,
  time: string,
  reading: Omit<Reading, "onProgress">,
): Promise<Frozen> {
  const model = await readModel(host, { ...reading, onProgress: () => undefined });
  const bases = basesOf(model);
  const rows: Parameters<typeof mapSheet>[0][number][] = [];
  const entries: Entry[] = [];
  const [unready, spilled, left]: [string[], string[], string[]] = [[], [], []];
  const reader = new ReadWorkbook(host, model.sheets);
  const anchors = spillReferences(model.formulas, [...model.sheets.values(), ...(await otherSheets(host, model))]);
  for (const cell of model.formulas) {
    const stays = leave.has(cell.sheet) ? left : anchors.has(placed(cell)) ? spilled : undefined;
    if (stays) {
      stays.push(placed(cell));
      continue;
    }
    const area = areaOf(cell);
    const { values } = await reader.read(area);
    if (values.flat().some((value) => isErrorText(value) && !ANSWERS.has(value))) {
      unready.push(placed(cell));
      continue;
    }
    const basis = bases.get(cell) ?? NO_BASIS;
    const { sheet, address, formula, value } = cell;
    rows.push({ cell: { sheet, address }, area, formula, value, basis, fingerprint: fingerprintOf(values) });
    entries.push({ place: area, cells: values.map((row) => row.map(kept)) });
  }
  const sheet = rows.length ? await host.addSheet(mapSheet(rows, time), entries) : undefined;
  return { count: rows.length, sheet, unready, spilled, left };
}

const SPILL_REFERENCE = /(?:(?:'((?:[^']|'')+)'|([\p{L}\p{N}_.]+))!)?\$?([A-Z]{1,3})\$?(\d+)#/gu;

/** The cells whose spilled results other formulas name as a whole. Our own formulas do not count: they are frozen, too. */
function spillReferences(formulas: readonly FormulaCell[], sheets: readonly Sheet[]): ReadonlySet<string> {
  const ours = new Set(formulas.map(placed));
  const found = new Set<string>();
  for (const sheet of sheets) {
    const { row = 0, column = 0, rows = 0, columns = 0 } = sheet.area ?? {};
    for (let r = row; r < row + rows; r++) {
      for (let c = column; c < column + columns; c++) {
        const formula = sheet.formula(r, c);
        if (!formula.includes("#") || ours.has(placed(sheet.place(r, c)))) continue;
        for (const [, quoted, plain, letters, number] of formula.matchAll(SPILL_REFERENCE))
          found.add(
            placed({ sheet: (quoted ?? plain ?? sheet.name).replaceAll("''", "'"), address: letters! + number! }),
          );
      }
    }
  }
  return found;
}

/** Hidden sheets without our formulas: others there may look at ours. */
async function otherSheets(host: Workbook, { sheets }: Model): Promise<Sheet[]> {
  const names = (await host.sheets(true)).filter((name) => !sheets.has(name));
  return Promise.all(names.map((name) => readSheet(host, name)));
}

/** A value as it is entered so that the cell shows just that: an error stays an error for what depends on it. */
function kept(value: CellValue): CellValue {
  if (typeof value !== "string") return value;
  if (value === "#N/A") return "=NA()";
  if (/^[=']/.test(value)) return `'${value}`;
  return isErrorText(value) ? `=${String(value)}` : value;
}

/** Whether a cell holds what was put there for its value: hosts also hand over a text that begins with "=" as a formula. */
const isKept = (formula: string, value: CellValue): boolean =>
  formula === "" || formula === value || formula === kept(value);

const NO_BASIS: Basis = { instruments: "", clauses: "", readings: "", documents: "", notices: "" };

/** What each formula rests on. */
function basesOf({ calls }: Model): ReadonlyMap<FormulaCell, Basis> {
  const plans = new Map<FormulaCell, Plan[]>();
  for (const { cell, rows } of calls)
    plans.set(cell, [...(plans.get(cell) ?? []), ...new Set(rows.flatMap(({ plan }) => plan ?? []))]);
  return new Map([...plans].map(([cell, list]) => [cell, basisOf(list)]));
}

function basisOf(plans: readonly Plan[]): Basis {
  const each = (words: (plan: Plan) => readonly string[]): string => [...new Set(plans.flatMap(words))].join("；");
  return {
    instruments: each(({ entry }) => [`${entry.instrument.name.zh}（${idOf(entry)}）`]),
    clauses: each(({ entry: { instrument } }) => [instrument.article]),
    readings: each(({ entry: { instrument }, readings }) =>
      Object.keys(readingsOf(instrument)).map((name) => `${name}=${String(readings[name])}`),
    ),
    documents: each(({ entry: { document } }) => [[document.title.zh, document.number].filter(Boolean).join("，")]),
    notices: each(({ entry: { document } }) => [STATUS[document.status].zh, ...noticesOf(document, "zh")]),
  };
}

/** The maps of a workbook that were not thawed yet, the last one first; a map may be hidden. */
export async function mapsOf(host: Workbook): Promise<FreezeMap[]> {
  const maps: FreezeMap[] = [];
  for (const sheet of await host.sheets(true)) {
    const used = await host.usedRange(sheet);
    if (!used) continue;
    const { row, rows } = rectangleOf(used.address);
    if (!mapIn(sheet, (await host.read(mapPlace(sheet, 2))).values)) continue;
    maps.unshift(mapIn(sheet, (await host.read(mapPlace(sheet, row + rows))).values)!);
  }
  return maps;
}

/**
 * Writes the formulas of a map back, as one undo step. Those that are back already are passed over.
 * @param leave sheets whose cells stay as they are
 * @param overwrite also where cells were changed since
 * @throws WorkbookError
 */
export async function thaw(
  host: Workbook,
  { sheet: map, frozen, damaged, missing }: FreezeMap,
  leave: ReadonlySet<string>,
  overwrite: boolean,
  time: string,
): Promise<Thawed> {
  const entries: Entry[] = [];
  const [changed, left]: [string[], string[]] = [[], []];
  const wanted = new Set(frozen.map(({ cell }) => cell.sheet));
  const there = (await host.sheets(true)).filter((name) => wanted.has(name) && !leave.has(name));
  const sheets = new Map<string, Sheet>();
  for (const name of there) sheets.set(name, await readSheet(host, name));
  const reader = new ReadWorkbook(host, sheets);
  for (const { cell, area, formula, fingerprint } of frozen) {
    if (!sheets.has(cell.sheet)) {
      left.push(placed(cell));
      continue;
    }
    const { row, column, rows, columns } = rectangleOf(area.address);
    const anchor = rectangleOf(cell.address);
    const { values, formulas } = await reader.read(area);
    if (formulas[anchor.row - row]?.[anchor.column - column] === formula) continue;
    const isAsFrozen = formulas.every((line, r) => line.every((own, c) => isKept(own, values[r]![c]!)));
    if (!overwrite && !(isAsFrozen && fingerprintOf(values) === fingerprint)) {
      changed.push(placed(area));
      continue;
    }
    // Where the result spilled the cells are cleared, so that it may again.
    const cells = Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (__, c) =>
        row + r === anchor.row && column + c === anchor.column ? formula : "",
      ),
    );
    entries.push({ place: { sheet: cell.sheet, address: formatAddress({ row, column, rows, columns }) }, cells });
  }
  const isWhole = !changed.length && !left.length && !damaged.length && !missing;
  const mark = isWhole && !(await shapeOf(host, map)).isProtected ? [thawedMark(map, time)] : [];
  if (entries.length || mark.length) await host.write([...entries, ...mark]);
  return { count: entries.length, changed, left, damaged: damaged.map(placed), missing };
}
