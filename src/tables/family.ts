/** One table read for each of several instruments, among which a row may choose. */
import type { Claim, Entry } from "../rules";
import { isBlank, isError, type Given, type Matrix } from "./cells";
import { grantedInput, meaningOf, unknownHeader, type Meaning } from "./headers";
import { nameOf } from "./names";
import { readTable, type TableRow } from "./table";
import { Unread } from "./cells";

/** The same table read for each of several instruments; a column that only some of them know is left aside by the others. */
export function readFamily(
  entries: readonly Entry[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): TableRow[][] {
  const words = headers.map((header) => (isError(header) || isBlank(header) ? "" : String(header)));
  const keys = words.map(nameOf);
  const meanings = entries.map((entry) => keys.map((key) => (key ? meaningOf(key, entry) : undefined)));
  const unknown = keys.findIndex((key, c) => key && !meanings.some((own) => own[c]));
  if (unknown >= 0) throw unknownHeader(words[unknown]!, keys[unknown]!, unknown, entries);
  return entries.map((entry, e) => {
    const own = words.map((word, c) => (!word || meanings[e]![c] ? word : sharedInput(c, entry, e, meanings)));
    const serves = own.map((word) => word !== undefined);
    return readTable(
      [entry.instrument.id],
      own.filter((word) => word !== undefined),
      values.map((row) => row.filter((_, c) => serves[c] ?? true)),
      years,
      claim,
    );
  });
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
