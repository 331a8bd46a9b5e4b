/** Computes once more, with its workings, what one of our formulas computed in a cell. */
import { isError, type Given, type Matrix } from "../../functions/matrix";
import { claimOf, jurisdictionOf } from "../../functions/period";
import { isPlanned, readFamily, readTable, type TableRow } from "../../functions/table";
import { VOUCHERS, voucherRow, type VoucherName } from "../../functions/vouchers";
import { familyIn } from "../../functions/catalogue";
import { formatAddress, parseAddress } from "../../host/address";
import type { FormulaCell, Place, Workbook } from "../../host/workbook";
import {
  awards,
  bestAwards,
  CATALOGUE,
  JURISDICTIONS,
  Refusal,
  type Award,
  type Cell,
  type Row,
  type Text,
} from "../../rules";
import { argumentValues, UnreadableArgument, type ArgumentValues } from "../argument-values";
import type { Call } from "../formula";

/** The answer for one of the cells (or rows) that a call computes. */
export type Answer =
  | { readonly kind: "award"; readonly award: Award; readonly row: Row }
  | { readonly kind: "refused"; readonly text: Text }
  /** An input cell shows an error itself. */
  | { readonly kind: "error-in-input" }
  /** The call is no award (a list, a rate, a pool). */
  | { readonly kind: "no-award" }
  | { readonly kind: "unreadable"; readonly argument: string };

export interface Explanation {
  readonly answer: Answer;
  /** Which of `count` answers of the call this is, from 0. */
  readonly index: number;
  readonly count: number;
  /** The cells that this answer was computed from. */
  readonly inputs: readonly Place[];
}

/** Which answer of a call the selected cell shows: for a spilled result the one it spilled into that cell. */
export function indexOf(call: Call, { address, spill }: FormulaCell, selected: Place): number {
  const area = parseAddress(spill ?? address)!;
  const cell = parseAddress(selected.address)!;
  if (!call.whole || isTable(call.name)) return 0;
  if (call.name === "BUTIE" || call.name === "BUTIE.BEST") return cell.row - area.row;
  return (cell.row - area.row) * area.columns + cell.column - area.column;
}

/** BUTIE.EXPLAIN spills workings, not awards: all of them concern its first row. */
const isTable = (name: string): boolean => name === "BUTIE.EXPLAIN";

/** Explains one answer of a call. @throws WorkbookError */
export async function explain(host: Workbook, call: Call, sheet: string, index: number): Promise<Explanation> {
  try {
    const args = await Promise.all(call.args.map((text) => argumentValues(host, text, sheet)));
    if (call.name in VOUCHERS) return explainVoucher(call.name as VoucherName, args, index);
    if (call.name === "BUTIE" || call.name === "BUTIE.EXPLAIN") return explainRow(args, index);
    if (call.name === "BUTIE.BEST") return explainBest(args, index);
    return only({ kind: "no-award" });
  } catch (error) {
    if (error instanceof UnreadableArgument) return only({ kind: "unreadable", argument: error.text });
    if (error instanceof Refusal) return only({ kind: "refused", text: error.text });
    throw error;
  }
}

const only = (answer: Answer): Explanation => ({ answer, index: 0, count: 1, inputs: [] });

/** The cell of a place that lies `row`, `column` inside; a single row or column serves all. */
function within({ matrix, place }: ArgumentValues, row: number, column: number): { cell: Given; place?: Place } {
  if (!matrix) return { cell: undefined };
  const r = matrix.length === 1 ? 0 : row;
  const c = matrix[0]!.length === 1 ? 0 : column;
  const area = place && parseAddress(place.address)!;
  return {
    cell: matrix[r]?.[c],
    ...(area && {
      place: {
        sheet: place.sheet,
        address: formatAddress({ row: area.row + r, column: area.column + c, rows: 1, columns: 1 }),
      },
    }),
  };
}

function explainVoucher(name: VoucherName, args: readonly ArgumentValues[], index: number): Explanation {
  const rows = Math.max(1, ...args.map(({ matrix }) => matrix?.length ?? 1));
  const columns = Math.max(1, ...args.map(({ matrix }) => matrix?.[0]?.length ?? 1));
  const cells = args.map((arg) => within(arg, Math.floor(index / columns), index % columns));
  const inputs = cells.flatMap(({ place }) => place ?? []);
  const about = { index, count: rows * columns, inputs };
  if (cells.some(({ cell }) => isError(cell))) return { ...about, answer: { kind: "error-in-input" } };
  try {
    const planned = voucherRow(
      name,
      cells.map(({ cell }) => cell as Cell),
    );
    return { ...about, answer: { kind: "award", award: awards([planned])[0]!, row: planned.row } };
  } catch (error) {
    if (error instanceof Refusal) return { ...about, answer: { kind: "refused", text: error.text } };
    throw error;
  }
}

const listOf = ({ matrix }: ArgumentValues = {}): readonly Given[] => matrix?.flat() ?? [undefined];
const tableOf = ({ matrix }: ArgumentValues = {}): Matrix => matrix ?? [];

function explainRow([instrument, headers, values, year]: readonly ArgumentValues[], index: number): Explanation {
  const rows = readTable(listOf(instrument), listOf(headers), tableOf(values), listOf(year), claimOf());
  const planned = rows.filter(isPlanned);
  const row = rows[index];
  const about = { index, count: rows.length, inputs: rowPlace(values, index) };
  if (!row || !isPlanned(row)) return { ...about, answer: refused(row) };
  const award = awards(planned)[planned.indexOf(row)]!;
  return { ...about, answer: { kind: "award", award, row: row.row } };
}

function explainBest([family, headers, values, year, places]: readonly ArgumentValues[], index: number): Explanation {
  const name = familyIn(listOf(family)[0] as Cell);
  const chosen = places?.matrix ? places.matrix.flat().map((cell) => jurisdictionOf(cell as Cell)) : JURISDICTIONS;
  const entries = CATALOGUE.filter(
    ({ instrument, jurisdiction }) => instrument.family === name && instrument.parts && chosen.includes(jurisdiction),
  );
  const tables = readFamily(entries, listOf(headers), tableOf(values), listOf(year), claimOf());
  const rows = tableOf(values).map((_, r) => tables.map((table) => table[r]!));
  const readable = rows.filter((row) => row.some(isPlanned));
  const about = { index, count: rows.length, inputs: rowPlace(values, index) };
  const at = readable.indexOf(rows[index]!);
  if (at < 0) return { ...about, answer: refused(rows[index]?.[0]) };
  const { award } = bestAwards(readable.map((row) => row.filter(isPlanned)))[at]!;
  const row = rows[index]!.find((candidate) => isPlanned(candidate) && candidate.plan.entry === award.plan.entry);
  return { ...about, answer: { kind: "award", award, row: row && isPlanned(row) ? row.row : {} } };
}

function refused(row: TableRow | undefined): Answer {
  if (row && !isPlanned(row) && row.refusal instanceof Refusal) return { kind: "refused", text: row.refusal.text };
  return { kind: "error-in-input" };
}

function rowPlace(values: ArgumentValues | undefined, index: number): Place[] {
  const area = values?.place && parseAddress(values.place.address);
  if (!area) return [];
  return [{ sheet: values.place.sheet, address: formatAddress({ ...area, row: area.row + index, rows: 1 }) }];
}
