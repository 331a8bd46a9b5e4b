/** The rows of a table as BUTIE will read them, so that the pane can show beforehand what the cells will show. */
import { bestChoice } from "../../functions/best";
import {
  awards,
  grownBy,
  Refusal,
  refuse,
  toYuan,
  yearsLater,
  type Award,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Text,
  anyDay,
  idOf as idOfEntry,
} from "../../rules";
import {
  claimIn,
  claimsOf,
  grantedInput,
  inputsOf,
  instrumentsOf,
  isBlank,
  isError,
  isPlanned,
  isRefused,
  isUnplanned,
  readAmount,
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

/** The contracts of the last year of a table, again in the years after it. */
export interface Ahead {
  readonly years: number;
  /** A decimal: by how much their amounts grow each year. */
  readonly growth: string;
}

/**
 * What the rules give for them, in one call with the rows of the table, so that limits over several years hold; by year ahead, each row of
 * the last year with its answer. They are other contracts of the same firms; what was granted before the table is said by its rows, and not
 * once more.
 * @throws Refusal where the table as a whole is refused
 */
export function answersAhead(
  table: TableInHand,
  matches: readonly Match[],
  under: Exclude<Under, { readonly kind: "best" }>,
  claim: Claim,
  { years, growth }: Ahead,
): RowAnswer[][] {
  const { rows } = table.region;
  const entries = entriesOf(under);
  const { headers, values } = claimsOf(table, matches, entries);
  const used = matches.filter(({ name }) => name);
  const dated = used.findIndex(({ name }) => name === "year");
  const days = new Map(rows.map((row) => [row, dayOf(values[row]?.[dated])]));
  const last = [...days.values()].reduce((latest, day) => Math.max(latest, Number(day?.slice(0, 4) ?? 0)), 0);
  const base = rows.filter((row) => days.get(row)?.startsWith(String(last)));
  if (!base.length)
    throw refuse(
      "合同往后外推须有日期：表中应有“申报日期”一列，每行填到日",
      "contracts come again by their dates: the table needs a column of days (申报日期)",
    );
  const names = used.map(({ name }) => ({ name: name!, inputs: entries.map((entry) => inputsOf(entry)[name!]) }));
  const granted = new Set(entries.map(grantedInput));
  const grows = names.map(
    ({ name, inputs }) => name !== "whatif_cap" && inputs.some((input) => input?.kind === "money"),
  );
  const saidOnce = names.map(
    ({ name, inputs }) => granted.has(name) || inputs.some((input) => input?.counts !== undefined),
  );
  const growths = Array.from({ length: years }, (_, k) => grownBy(growth, k + 1));
  const later = (row: number, ahead: number): Given[] =>
    values[row]!.map((cell, column) => {
      if (column === dated) return yearsLater(days.get(row)!, ahead);
      if (saidOnce[column]) return "";
      // Another contract of the firm, not the same project once more.
      if (names[column]!.name === "object" && !isError(cell) && !isBlank(cell)) return `${String(cell)} (+${ahead})`;
      if (!grows[column] || isError(cell) || isBlank(cell)) return cell;
      return toYuan(growths[ahead - 1]!(readAmount(cell, used[column]!.unit))) / used[column]!.unit;
    });
  const ids = instrumentsIn(table, under);
  const height = values.length;
  const blank = (): Given[] => used.map(() => "");
  const isBase = new Set(base);
  const all: Given[][] = [...values];
  const instruments = [...ids];
  for (let ahead = 1; ahead <= years; ahead++)
    values.forEach((_, row) => {
      all.push(isBase.has(row) ? later(row, ahead) : blank());
      instruments.push(isBase.has(row) ? ids[row]! : "");
    });
  const read = readTable(instruments, headers, all, [""], claim);
  const places = [
    ...rows,
    ...Array.from({ length: years }, (_, k) => base.map((row) => (k + 1) * height + row)).flat(),
  ];
  const planned = places.map((place) => read[place]!).filter((row) => isPlanned(row));
  const results = new Map(awards(planned).map((award, i) => [planned[i]!, award]));
  return Array.from({ length: years }, (_, k) =>
    base.map((row): RowAnswer => {
      const one = read[(k + 1) * height + row]!;
      return isPlanned(one) ? { row, ...shown(results.get(one)!) } : { row, because: reasonOf(one) };
    }),
  );
}

/** "2026-03-15" of a cell; undefined where it names no day. */
export function dayOf(cell: Given | undefined): string | undefined {
  const claim = cell === undefined || isError(cell) ? undefined : claimIn(cell);
  return claim instanceof Unread ? undefined : claim?.day;
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
