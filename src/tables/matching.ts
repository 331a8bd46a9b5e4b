/** Which column of a table that stands in a sheet fills which input: by its header, or as the user chose. */
import { SYNONYMS, versionsIn, type Entry, type Input, type Language } from "../rules";
import type { Unit } from "./amounts";
import { Unread } from "./cells";
import { inputsOf, meaningOf, tableColumn, TABLE_COLUMNS, unitBehind, type TableColumn } from "./headers";
import { nameOf } from "./names";
import type { Region, RegionColumn } from "./region";

export interface Match extends RegionColumn {
  /** An input, a reading or a column of the table (firm, object, year); undefined where the column serves nothing. */
  readonly name: string | undefined;
  /** Of an amount. */
  readonly unit: Unit;
  /** Whether the user chose what it means. */
  readonly chosen: boolean;
  /** BUTIE reads the header itself in this meaning, with this unit. */
  readonly readable: boolean;
}

/** What was chosen for a column: the key of its header and the name that it fills; "" for none. */
export type Choices = ReadonlyMap<string, string>;

/** One key for headers that a reader takes for the same. */
export const headerKey = ({ full }: Pick<RegionColumn, "full">): string => nameOf(full);

/**
 * The columns of a table as they serve some instruments; of two columns that mean the same, the first serves.
 * @param units chosen for amounts, by the key of the header
 */
export function matchColumns(
  region: Region,
  entries: readonly Entry[],
  choices: Choices,
  units: ReadonlyMap<string, Unit> = new Map(),
): Match[] {
  const taken = new Set<string>();
  const known = entries.flatMap(versionsIn);
  return region.columns.map((column): Match => {
    const choice = choices.get(headerKey(column));
    const read = choice === undefined ? meaningIn(column, known) : undefined;
    const wanted = choice ?? read?.name;
    const name = wanted && !taken.has(wanted) ? wanted : undefined;
    if (name) taken.add(name);
    const own = unitBehind(column.header) ?? region.unit ?? 1;
    const unit = name && isAmount(name, known) ? (units.get(headerKey(column)) ?? own) : 1;
    const readable = Boolean(name && read && read.header === column.header && unit === (read.unit ?? 1));
    return { ...column, name, unit, chosen: choice !== undefined, readable };
  });
}

interface ReadHeader {
  readonly name: string;
  readonly unit?: Unit;
  readonly header: string;
}

/** What the header means to the first of the instruments that knows it: its last line, or all of it. */
function meaningIn({ header, full }: RegionColumn, entries: readonly Entry[]): ReadHeader | undefined {
  for (const word of new Set([header, full])) {
    if (!word) continue;
    for (const entry of entries) {
      const meaning = meaningOf(nameOf(word), entry);
      if (meaning && !(meaning instanceof Unread) && meaning.name !== "instrument")
        return { name: meaning.name, ...(meaning.unit && { unit: meaning.unit }), header: word };
    }
    const column = tableColumn(nameOf(word));
    if (column && column !== "instrument") return { name: column, header: word };
  }
  return undefined;
}

const inputIn = (name: string, entries: readonly Entry[]): Input | undefined =>
  entries.map((entry) => inputsOf(entry)[name]).find(Boolean);

const isAmount = (name: string, entries: readonly Entry[]): boolean => inputIn(name, entries)?.kind === "money";

const UNIT_WORDS = { 1: "", 10_000: "（万元）", 100_000_000: "（亿元）" } as const satisfies Record<Unit, string>;
const COLUMN_WORDS: Readonly<Record<TableColumn, string>> = {
  instrument: "政策工具",
  year: "年度",
  firm: "企业",
  object: "对象",
};

/** A header that BUTIE reads as the meaning of a match, for all of the instruments; in English the name of the input. */
export function wordOf({ name, unit, header, readable }: Match, entries: readonly Entry[], language: Language): string {
  if (!name) return "";
  const behind = UNIT_WORDS[unit];
  const column = TABLE_COLUMNS.find((one) => one === name);
  const words = [
    ...(column ? [COLUMN_WORDS[column]] : []),
    ...entries.flatMap((entry) => inputsOf(entry)[name]?.zh ?? []),
    ...(SYNONYMS.inputs[name] ?? []),
    ...SYNONYMS.amount,
  ].map((word) => word + behind);
  const candidates = [...(readable ? [header] : []), ...(language === "zh" ? words : [])];
  const common = candidates.find((word) => entries.every((entry) => isReadAs(word, name, unit, entry)));
  return common ?? name + behind.replace("（", "(").replace("）", ")");
}

/** Whether an instrument reads a word as the input, in that unit; one without the input, as whatever it calls by that word. */
function isReadAs(word: string, name: string, unit: Unit, entry: Entry): boolean {
  const meaning = meaningOf(nameOf(word), entry);
  const has = name in inputsOf(entry) || TABLE_COLUMNS.some((column) => column === name);
  if (!meaning) return !has;
  return !(meaning instanceof Unread) && (meaning.name === name || !has) && (meaning.unit ?? 1) === unit;
}
