/** The rows of a table as BUTIE will read them, so that the pane can show beforehand what the cells will show. */
import { bestChoice } from "../../functions/best";
import {
  awards,
  Refusal,
  type Award,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Text,
  anyDay,
  idOf as idOfEntry,
} from "../../rules";
import {
  claimsOf,
  instrumentsOf,
  isPlanned,
  isRefused,
  isUnplanned,
  readTable,
  Unread,
  type Given,
  type Match,
  type TableRow,
} from "../../tables";
import { refusalText } from "../../writers/sentence";
import type { TableInHand } from "../table-in-hand";

/** What the rows are computed under. `rows`: by their place among the rows of the table; words where none was found. */
export type Under =
  | { readonly kind: "one"; readonly entry: Entry }
  | { readonly kind: "rows"; readonly entries: readonly (Entry | Unread)[] }
  | {
      readonly kind: "best";
      readonly family: string;
      readonly entries: readonly Entry[];
      readonly places: readonly Jurisdiction[];
    };

/** The instruments that the rows may need. */
export const entriesOf = (under: Under): Entry[] =>
  under.kind === "one"
    ? [under.entry]
    : [...new Set(under.entries.flatMap((entry) => (entry instanceof Unread ? [] : [entry])))];

/** The id of a policy that a row names; "" where it names none. */
export const idOf = (entry: Entry | Unread): string => (entry instanceof Unread ? "" : idOfEntry(anyDay(entry)));

/** The answer for one row: fen, or words why there is none. */
export interface RowAnswer {
  /** Of the sheet, from 0. */
  readonly row: number;
  readonly fen?: number;
  readonly because?: Text;
}

/**
 * The answers of the rows, in their order.
 * @throws Refusal where the table as a whole is refused
 */
export function answersOf(table: TableInHand, matches: readonly Match[], under: Under, claim: Claim): RowAnswer[] {
  const { rows } = table.region;
  const { headers, values } = claimsOf(table, matches, entriesOf(under));
  const read = readRows(table, under, headers, values, claim);
  const planned = rows.map((row) => read(row)).filter((row) => isPlanned(row));
  const results = new Map(awards(planned).map((award, i) => [planned[i]!, award]));
  return rows.map((row, i) => {
    const policy = under.kind === "rows" ? under.entries[i] : undefined;
    if (policy instanceof Unread) return { row, because: policy };
    const one = read(row);
    return isPlanned(one) ? { row, ...shown(results.get(one)!) } : { row, because: reasonOf(one) };
  });
}

/** The id of the instrument of each row, as claimsOf() places the rows. */
export const instrumentsIn = (table: TableInHand, under: Exclude<Under, { readonly kind: "best" }>): string[] =>
  instrumentsOf(table, (i) => (under.kind === "one" ? under.entry : under.entries[i]));

function readRows(
  table: TableInHand,
  under: Under,
  headers: readonly string[],
  values: readonly Given[][],
  claim: Claim,
): (row: number) => TableRow {
  if (under.kind === "best") {
    const { row } = bestChoice(under.family, headers, values, [""], claim, under.places);
    const read = new Map(table.region.rows.map((r) => [r, row(r)]));
    return (r) => read.get(r)!;
  }
  const read = readTable(instrumentsIn(table, under), headers, values, [""], claim);
  return (r) => read[r]!;
}

const shown = (award: Award): Pick<RowAnswer, "fen" | "because"> =>
  award.outcome.kind === "award" || award.outcome.kind === "not-eligible"
    ? { fen: award.fen }
    : { because: refusalText(award) ?? NOTHING };

const NOTHING: Text = { zh: "没有结果", en: "no result" };
const BLANK: Text = { zh: "整行空白，计为 0", en: "the row is blank and counts as 0" };
const ERROR: Text = { zh: "该行的单元格里已经有错误值", en: "a cell of the row shows an error" };

function reasonOf(row: TableRow): Text {
  if (!isUnplanned(row)) return BLANK;
  return isRefused(row.refusal) ? row.refusal.text : ERROR;
}

/** Why a table as a whole is refused; anything else is thrown on. */
export function refusalOf(error: unknown): Text {
  if (error instanceof Refusal) return error.text;
  throw error;
}
