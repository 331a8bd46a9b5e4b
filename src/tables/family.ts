/** One table read for each of several instruments, among which a row may choose. */
import type { Claim, Entry } from "../rules";
import { isBlank, isError, Unread, type Given, type Matrix } from "./cells";
import { grantedInput, meaningOf, unknownHeader, type Meaning } from "./headers";
import { nameOf } from "./names";
import { tableOf } from "./opened";
import type { Table } from "./table";
import type { Group } from "./groups";

/**
 * The table as each of several instruments reads it; a column that only some of them know is left aside by the others.
 * @throws Refusal where the table as a whole cannot be read, or none of them knows a header
 */
export function familyTables(
  entries: readonly Entry[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): Table[] {
  const words = headers.map((header) => (isError(header) || isBlank(header) ? "" : String(header)));
  const keys = words.map(nameOf);
  const meanings = entries.map((entry) => keys.map((key) => (key ? meaningOf(key, entry) : undefined)));
  const unknown = keys.findIndex((key, c) => key && !meanings.some((own) => own[c]));
  if (unknown >= 0) throw unknownHeader(words[unknown]!, keys[unknown]!, unknown, entries);
  return entries.map((entry, e) => {
    const own = words.map((word, c) => (!word || meanings[e]![c] ? word : sharedInput(c, entry, e, meanings)));
    const serves = own.map((word) => word !== undefined);
    const table = tableOf(
      [entry.instrument.id],
      own.filter((word) => word !== undefined),
      serves.every(Boolean) ? values : values.map((row) => row.filter((_, c) => serves[c] ?? true)),
      years,
      claim,
    );
    table.checkUsed();
    return table;
  });
}

/** The rows of a group that are kept; none where no row is. */
export function rowsKept(group: Group, keeps: (row: number) => boolean): Group[] {
  const rows = group.rows.filter(keeps);
  if (rows.length === group.rows.length) return [group];
  return rows.length ? [{ ...group, rows }] : [];
}

type Meanings = readonly (Meaning | Unread | undefined)[];

/**
 * The input that a column in another instrument's words gives to this one: the documents name one base differently
 * (合同实际执行金额, 上一年度结算费用), and without it the instrument would silently drop out of the choice. What a
 * locality grants or granted of its own (its rate, its cap, what it paid) stays with the instrument whose words it has.
 */
function sharedInput(c: number, entry: Entry, e: number, meanings: readonly Meanings[]): string | undefined {
  const inputIn = (column: number): Meaning | undefined =>
    meanings.map((own) => own[column]).find((one): one is Meaning => isInput(one));
  const found = inputIn(c);
  const spec = found && entry.instrument.inputs?.[found.name];
  if (!spec || found.name === grantedInput(entry) || (spec.optional && !spec["required-if"])) return undefined;
  const taken =
    meanings[e]!.some((one) => isInput(one) && one.name === found.name) ||
    meanings[e]!.slice(0, c).some((_, column) => inputIn(column)?.name === found.name);
  return taken ? undefined : `${found.name}${UNIT_WORDS[found.unit ?? 1]}`;
}

const UNIT_WORDS = { 1: "", 10_000: "(万元)", 100_000_000: "(亿元)" } as const;

const isInput = (meaning: Meaning | Unread | undefined): meaning is Meaning =>
  meaning !== undefined && !(meaning instanceof Unread) && meaning.kind === "input" && !meaning.standsIn;
