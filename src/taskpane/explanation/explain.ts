/** Computes once more, with its workings, what one of our formulas computed in a cell. */
import {
  isError,
  isPlanned,
  isRefused,
  isUnplanned,
  readTable,
  type Cell,
  type Given,
  type Matrix,
  type TableRow,
} from "../../tables";
import { filled } from "../../functions/call";
import { bestChoice } from "../../functions/best";
import { claimOf, jurisdictionsOf } from "../../functions/period";
import { VOUCHERS, voucherRow, type VoucherName } from "../../functions/vouchers";
import { familyIn } from "../../functions/catalogue";
import { formatAddress, parseAddress } from "../../host/address";
import type { FormulaCell, Place } from "../../host/workbook";
import { awards, doubtsOf, Refusal, type Doubt, type Award, type Row, type Text } from "../../rules";
import { refusalText } from "../../writers/sentence";
import { among, type Under } from "../../writers/among";
import { argumentValues, UnreadableArgument, type ArgumentValues, type CellReader } from "../argument-values";
import type { Call } from "../formula";

/** The answer for one of the cells (or rows) that a call computes. */
export type Answer =
  | {
      readonly kind: "award";
      readonly award: Award;
      readonly row: Row;
      readonly under?: Under;
      readonly counted?: readonly string[];
    }
  | { readonly kind: "refused"; readonly text: Text }
  /** An input cell shows an error itself. */
  | { readonly kind: "error-in-input" }
  /** The call is no award (a list, a rate, a pool). */
  | { readonly kind: "no-award" }
  | { readonly kind: "unreadable"; readonly argument: string };

export interface Explanation {
  readonly answer: Answer;
  /** The cells that this answer was computed from. */
  readonly inputs: readonly Place[];
}

/** All answers of a call: computed once, explained one at a time. */
export interface Explained {
  readonly count: number;
  /** The answer of one row (or cell) of the call, from 0. */
  readonly at: (index: number) => Explanation;
  /** By row, in what ways it can be read that pay different amounts. */
  readonly doubts?: () => readonly (readonly Doubt[])[];
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

/** Why an answer is no amount, in the words of the rules. */
export function reasonOf(answer: Answer): Text | undefined {
  if (answer.kind === "refused") return answer.text;
  return answer.kind === "award" ? refusalText(answer.award) : undefined;
}

/** Computes all that a call in a cell computes. @throws WorkbookError */
export async function explain(host: CellReader, call: Call, sheet: string, address?: string): Promise<Explained> {
  try {
    const args = await Promise.all(call.args.map((text) => argumentValues(host, text, sheet, address)));
    if (call.name in VOUCHERS) return explainVoucher(call.name as VoucherName, args);
    if (call.name === "BUTIE" || call.name === "BUTIE.EXPLAIN") return explainTable(args);
    if (call.name === "BUTIE.BEST") return explainBest(args);
    return only({ kind: "no-award" });
  } catch (error) {
    if (error instanceof UnreadableArgument) return only({ kind: "unreadable", argument: error.text });
    if (error instanceof Refusal) return only({ kind: "refused", text: error.text });
    throw error;
  }
}

const only = (answer: Answer): Explained => ({ count: 1, at: () => ({ answer, inputs: [] }) });

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

function explainVoucher(name: VoucherName, args: readonly ArgumentValues[]): Explained {
  const rows = Math.max(1, ...args.map(({ matrix }) => matrix?.length ?? 1));
  const columns = Math.max(1, ...args.map(({ matrix }) => matrix?.[0]?.length ?? 1));
  const at = (index: number): Explanation => {
    const cells = args.map((arg) => within(arg, Math.floor(index / columns), index % columns));
    const inputs = cells.flatMap(({ place }) => place ?? []);
    return {
      inputs,
      answer: voucherAnswer(
        name,
        cells.map(({ cell }) => cell),
      ),
    };
  };
  return { count: rows * columns, at };
}

function voucherAnswer(name: VoucherName, cells: readonly Given[]): Answer {
  if (cells.some(isError)) return { kind: "error-in-input" };
  try {
    const planned = voucherRow(name, cells as Cell[]);
    return { kind: "award", award: awards([planned])[0]!, row: planned.row };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", text: error.text };
    throw error;
  }
}

const listOf = ({ matrix }: ArgumentValues = {}): readonly Given[] => matrix?.flat() ?? [undefined];
const tableOf = ({ matrix }: ArgumentValues = {}): Matrix => matrix ?? [];

function explainTable([instrument, headers, values, year]: readonly ArgumentValues[]): Explained {
  const rows = readTable(listOf(instrument), listOf(headers), tableOf(values), listOf(year), claimOf());
  return explainRows(rows, values);
}

function explainBest([family, headers, values, year, places]: readonly ArgumentValues[]): Explained {
  const name = familyIn(listOf(family)[0] as Cell);
  if (places?.matrix?.flat().some(isError)) return only({ kind: "error-in-input" });
  const { chosen, row } = bestChoice(
    name,
    listOf(headers),
    tableOf(values),
    listOf(year),
    claimOf(),
    jurisdictionsOf(filled(places?.matrix)),
  );
  return explainRows(
    Array.from(chosen, (_, r) => row(r)),
    values,
  );
}

/** One answer per row, each among the others. */
function explainRows(rows: readonly TableRow[], values: ArgumentValues | undefined): Explained {
  const planned = rows.filter(isPlanned);
  const results = new Map(awards(planned).map((award, i) => [planned[i]!, award]));
  const answer = (row: TableRow | undefined): Answer =>
    row && isPlanned(row)
      ? {
          kind: "award",
          award: results.get(row)!,
          row: row.row,
          under: among(planned, row),
          ...(row.counted && { counted: row.counted }),
        }
      : refused(row);
  return {
    count: rows.length,
    at: (index) => ({ inputs: rowPlace(values, index), answer: answer(rows[index]) }),
    doubts: () => {
      const doubts = doubtsOf(planned);
      return rows.map((row) => (isPlanned(row) && doubts.get(row)) || []);
    },
  };
}

const BLANK: Text = { zh: "整行空白，计为 0", en: "the row is blank and counts as 0" };

function refused(row: TableRow | undefined): Answer {
  if (!row || isPlanned(row)) return { kind: "error-in-input" };
  if (!isUnplanned(row)) return { kind: "refused", text: BLANK };
  return isRefused(row.refusal) ? { kind: "refused", text: row.refusal.text } : { kind: "error-in-input" };
}

/** The cells of one row of a table: one range, or a cell of each of its columns. */
function rowPlace({ place, columns }: ArgumentValues = {}, index: number): Place[] {
  return (columns ?? (place ? [place] : [])).map(({ sheet, address }) => {
    const area = parseAddress(address)!;
    return { sheet, address: formatAddress({ ...area, row: area.row + index, rows: 1 }) };
  });
}
