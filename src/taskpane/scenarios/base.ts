/** The rows that scenarios are computed over: a range of the workbook whose first row holds the headers. */
import {
  isBlank,
  isError,
  isTotal,
  missingInputs,
  nameOf,
  Table,
  type Given,
  type Layout,
  type Matrix,
} from "../../tables";
import { reference } from "../../host/address";
import type { Place, Workbook } from "../../host/workbook";
import { CATALOGUE, findEntry, refuse, type Claim, type Entry, type Language } from "../../rules";
import { argumentValues } from "../argument-values";
import { groupingOf, type Grouping } from "./gains/groupings";
import { placeIn } from "../insertion/ranges";

/** What the runner computes over, as BUTIE takes it; plain values, so that a worker can be sent them. */
export interface Base {
  readonly instruments: readonly Given[];
  readonly headers: readonly Given[];
  readonly values: Matrix;
  readonly claim: Claim;
}

export interface BaseTable {
  readonly base: Base;
  readonly place: Place;
  /** The instruments that its rows name, in the order of the catalogue. */
  readonly entries: readonly Entry[];
  /** Headers of the columns that no instrument understands; they are left aside. */
  readonly unused: readonly string[];
  /** Required inputs without a column, in words, where each instrument lacks one: no row can be computed as it stands. */
  readonly missing: Readonly<Record<Language, readonly string[]>>;
  /** Columns that tell the rows apart. */
  readonly groupings: readonly Grouping[];
  /** Rows (from 1) that look like totals of others: their amounts would count twice. */
  readonly totals: readonly number[];
}

/**
 * Reads a range of the workbook as base rows; rows without content below the last one are left out.
 * @param text the range as it was typed
 * @param sheet where it lies if it names no sheet
 * @param instrument the id for rows that name none themselves; "" where all do
 * @throws Refusal in words, WorkbookError
 */
export async function readBase(
  host: Workbook,
  text: string,
  sheet: string,
  instrument: string,
  claim: Claim,
): Promise<BaseTable> {
  const { place, matrix } = await readRange(host, text, sheet);
  return { place, ...tableOf(matrix, instrument, claim) };
}

/** The cells of a range as it was typed; a whole column ends with the content of its sheet. @throws Refusal, WorkbookError */
export async function readRange(
  host: Workbook,
  text: string,
  sheet: string,
): Promise<{ readonly place: Place; readonly matrix: Matrix }> {
  const place = placeIn(text, sheet);
  if (!place) {
    throw refuse(
      `“${text}”不是单元格区域，请写成 A1:F100，或在表格里选中后点“取所选”`,
      `"${text}" is no range; write it as A1:F100, or select the cells and take the selection`,
    );
  }
  const read = await argumentValues(host, reference(place), sheet);
  return { place: read.place ?? place, matrix: read.matrix ?? [] };
}

/** The base in the cells of a range. @throws Refusal in words */
export function tableOf(matrix: Matrix, instrument: string, claim: Claim): Omit<BaseTable, "place"> {
  const [headers = [], ...below] = matrix;
  const filled = (row: readonly Given[]): boolean => row.some((cell) => isError(cell) || !isBlank(cell));
  let end = below.length;
  while (end > 0 && !filled(below[end - 1]!)) end--;
  const values = below.slice(0, end);
  if (!values.length) {
    throw refuse(
      "区域应有一行表头和至少一行数据",
      "the range must hold a row of headers and at least one row of values",
    );
  }
  const named = headers.flatMap((header, c) => (isError(header) || isBlank(header) ? [] : [c]));
  const pickNamed = (row: readonly Given[]): readonly Given[] => named.map((c) => row[c]);
  const table = new Table([instrument], pickNamed(headers), values.map(pickNamed), [""], claim);
  const { entries, understood, layouts } = meaningsOf(table, values.length);
  if (!entries.length) {
    throw refuse(
      "没有可用的政策工具：请在上面选一项，或在表中加一列“政策工具”（如 zj-15-suanli）",
      'no instrument: choose one above, or add a column "instrument" to the table (such as zj-15-suanli)',
    );
  }
  const used = named.filter((_, i) => understood.has(i));
  const pickUsed = (row: readonly Given[]): readonly Given[] => used.map((c) => row[c]);
  return {
    base: { instruments: [instrument], headers: pickUsed(headers), values: values.map(pickUsed), claim },
    entries,
    unused: named.filter((_, i) => !understood.has(i)).map((c) => String(headers[c] as string | number | boolean)),
    missing: { zh: missingIn(layouts, claim, "zh"), en: missingIn(layouts, claim, "en") },
    groupings: named.flatMap((c) => {
      const header = headers[c];
      if (isError(header)) return [];
      return (
        groupingOf(
          String(header),
          values.map((row) => row[c]),
        ) ?? []
      );
    }),
    totals: totalsIn(values),
  };
}

/** The instruments of the rows, in the order of the catalogue. */
export const entriesIn = ({ instruments, headers, values, claim }: Base): readonly Entry[] =>
  meaningsOf(new Table(instruments, headers, values, [""], claim), values.length).entries;

/** Rows that are called totals, and a last row that is what all rows above it add up to. */
function totalsIn(values: Matrix): number[] {
  const sums = values[0]!.map((_, c) => {
    const numbers = values.map((row) => (typeof row[c] === "number" ? row[c] : 0));
    const above = numbers.slice(0, -1).reduce((sum, number) => sum + number, 0);
    return values.length > 2 && above > 0 && Math.abs(above - numbers.at(-1)!) < 0.005;
  });
  return values.flatMap((row, r) => {
    const called = row.some((cell) => typeof cell === "string" && isTotal(nameOf(cell)));
    return called || (r === values.length - 1 && sums.includes(true)) ? [r + 1] : [];
  });
}

function missingIn(layouts: readonly Layout[], claim: Claim, language: Language): readonly string[] {
  const missing = layouts.map(({ entry, meanings }) => missingInputs(entry, meanings, claim, language));
  return missing.every((inputs) => inputs.length) ? [...new Set(missing.flat())] : [];
}

interface Meanings {
  readonly entries: readonly Entry[];
  /** Of each of them, by one of its rows. */
  readonly layouts: readonly Layout[];
  readonly understood: ReadonlySet<number>;
}

/** The instruments of the rows, and the columns that one of them understands. */
function meaningsOf(table: Table, length: number): Meanings {
  const asked = new Set<unknown>();
  const found = new Map<Entry, Layout>();
  const understood = new Set<number>();
  for (let r = 0; r < length; r++) {
    const cell = table.instrumentCell(r);
    if (asked.has(cell)) continue;
    asked.add(cell);
    // A row whose instrument is unknown is refused by itself, and counted so in every result.
    const entry = isError(cell) ? undefined : findEntry(String(cell ?? ""));
    if (!entry) continue;
    const layout = table.layout(r);
    found.set(entry, layout);
    layout.meanings.forEach((meaning, i) => meaning && understood.add(i));
  }
  return { entries: CATALOGUE.filter((entry) => found.has(entry)), layouts: [...found.values()], understood };
}
