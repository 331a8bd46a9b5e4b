/** A table read for each of several instruments of one family. */
import type { Claim, Entry } from "../rules";
import { isBlank, isError, type Given, type Matrix } from "./cells";
import type { Group } from "./groups";
import { grantedInput, meaningOf, ownMeaning, Table, unknownHeader } from "./table";

/**
 * The table as each instrument reads it; a column that only some of them know is left aside by the others.
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
  const known = words.map((word) => !word || entries.some((entry) => meaningOf(word, entry, words)));
  const unknown = known.indexOf(false);
  if (unknown >= 0) throw unknownHeader(words[unknown]!, unknown, entries);
  return entries.map((entry) => {
    const own = words.map((word, c) =>
      !word || meaningOf(word, entry, words) ? word : sharedInput(c, entry, words, entries),
    );
    const serves = own.map((word) => word !== undefined);
    return new Table(
      [entry.instrument.id],
      own.filter((word) => word !== undefined),
      serves.every(Boolean) ? values : values.map((row) => row.filter((_, c) => serves[c] ?? true)),
      years,
      claim,
    );
  });
}

/** The rows of a group that are kept; none where no row is. */
export function rowsKept(group: Group, keeps: (row: number) => boolean): Group[] {
  const places = Uint32Array.from(group.rows.keys()).filter((i) => keeps(group.rows[i]!));
  if (places.length === group.rows.length) return [group];
  if (!places.length) return [];
  const kept = <T>(list: readonly T[]): T[] => Array.from(places, (i) => list[i]!);
  return [
    {
      ...group,
      rows: places.map((i) => group.rows[i]!),
      cells: Object.fromEntries(Object.entries(group.cells).map(([name, list]) => [name, kept(list)])),
      ...(group.broken && { broken: Uint8Array.from(places, (i) => group.broken![i]!) }),
      ...(group.firms && { firms: kept(group.firms) }),
      ...(group.objects && { objects: kept(group.objects) }),
    },
  ];
}

/**
 * The input that a column in another instrument's words gives to this one: the documents name one base differently
 * (合同实际执行金额, 上一年度结算费用), and without it the instrument would silently drop out of the choice. What a
 * locality grants or granted of its own (its rate, its cap, what it paid) stays with the instrument whose words it has.
 */
function sharedInput(c: number, entry: Entry, words: readonly string[], entries: readonly Entry[]): string | undefined {
  const inputIn = (word: string): string | undefined =>
    entries.map((other) => ownMeaning(word, other)).find((meaning) => meaning?.kind === "input")?.name;
  const name = inputIn(words[c]!);
  const spec = name === undefined ? undefined : entry.instrument.inputs?.[name];
  if (!spec || name === grantedInput(entry) || (spec.optional && !spec["required-if"])) return undefined;
  const taken =
    words.some((word) => word && ownMeaning(word, entry)?.name === name) ||
    words.slice(0, c).some((word) => word && inputIn(word) === name);
  return taken ? undefined : name;
}
