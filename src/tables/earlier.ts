/**
 * What an owner had in earlier years, where an input asks for it and its cell is blank: the rows of the table tell. A year that
 * pays nothing is none, be it that other rows used up a limit or that the object has a higher award.
 */
import { awards, columnsAwards, rowsNear, type Entry, type Input, type PlannedRow } from "../rules";
import { blocksOfRows } from "./blocks";

/** One row as far as it matters here. */
export interface EarlierRow extends Pick<PlannedRow, "firm" | "object"> {
  readonly entry: Entry;
  readonly year: number;
  /** Whether the cell under an input is blank. */
  readonly lacks: (input: string) => boolean;
  readonly fill: (input: string, value: number) => void;
  /** The row as it is read once it is filled; undefined where it has no plan. */
  readonly read: () => PlannedRow | undefined;
}

type Counting = Input & { readonly counts: string };

/** The inputs of an instrument that count what was had before. */
export const countingInputs = ({ instrument }: Entry): [string, Counting][] =>
  Object.entries(instrument.inputs ?? {}).filter((entry): entry is [string, Counting] => entry[1].counts !== undefined);

/** Whether rows of an instrument may share an account whatever their firm: whom they name is read later. */
const namesOwners = ({ instrument }: Entry): boolean =>
  Object.values(instrument.inputs ?? {}).some(({ kind }) => kind === "name");

/** Who counts: the object, or the firm of rows that name none; undefined where nothing is counted for the row. */
function ownerOf({ entry, firm, object }: EarlierRow): string | undefined {
  const owner = object === undefined ? firm && `firm ${firm}` : `object ${object}`;
  return owner && countingInputs(entry).length ? `${entry.instrument.id} ${owner}` : undefined;
}

/** Fills the blank cells of a table's rows, in the order of their years. Rows of one year do not count for one another. */
export function fillEarlier(rows: readonly EarlierRow[]): void {
  const owners = new Map(rows.map((row) => [row, ownerOf(row)]));
  const asking = [...grouped(rows, (row) => owners.get(row))].filter(([, own]) => asks(own));
  if (!asking.length) return;
  // What a row is paid depends on the rows of other instruments, too.
  const near = rows.some(({ entry }) => namesOwners(entry))
    ? rows
    : rowsNear(rows, ...asking.flatMap(([, own]) => own));
  const had = new Map(asking.map(([owner, [first]]) => [owner, countingInputs(first!.entry).map(counted)]));
  const read: { row: EarlierRow; planned: PlannedRow }[] = [];
  for (const year of [...new Set(near.map((row) => row.year))].sort((a, b) => a - b)) {
    const now = near.filter((row) => row.year === year);
    for (const row of now)
      for (const { name, kind, years } of had.get(owners.get(row)!) ?? [])
        // The second year comes after one year.
        if (years > 0 && row.lacks(name)) row.fill(name, kind === "ordinal" ? years + 1 : years);
    for (const row of now) {
      const planned = row.read();
      if (planned) read.push({ row, planned });
    }
    const fen = awardsOf(read.map(({ planned }) => planned));
    const results = read.map((one, i) => ({ ...one, fen: fen[i]! })).filter(({ row }) => row.year === year);
    for (const [owner, own] of grouped(results, ({ row }) => owners.get(row))) count(had.get(owner) ?? [], own);
  }
}

function awardsOf(rows: readonly PlannedRow[]): ArrayLike<number> {
  try {
    return columnsAwards(blocksOfRows(rows), rows.length).fen;
  } catch (error) {
    // Rows of more kinds than columns tell apart.
    if (error instanceof RangeError) return awards(rows).map(({ fen }) => fen);
    throw error;
  }
}

/** What belongs to each owner. */
function grouped<T>(list: readonly T[], ownerOf: (one: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const owner = ownerOf(one);
    if (owner === undefined) continue;
    const group = groups.get(owner);
    if (group) group.push(one);
    else groups.set(owner, [one]);
  }
  return groups;
}

/** Whether a later row leaves a cell blank that the rows of earlier years may fill. */
function asks(rows: readonly EarlierRow[]): boolean {
  const first = Math.min(...rows.map(({ year }) => year));
  const inputs = countingInputs(rows[0]!.entry);
  return rows.some((row) => row.year > first && inputs.some(([name]) => row.lacks(name)));
}

/** An input, and the years or months that were had so far. */
type Counted = Counting & { readonly name: string; years: number };
const counted = ([name, input]: [string, Counting]): Counted => ({ ...input, name, years: 0 });

/** Counts the rows of one year. What rows said themselves is counted on from. */
function count(inputs: readonly Counted[], rows: readonly { planned: PlannedRow; fen: number }[]): void {
  const paid = rows.filter(({ fen }) => fen > 0);
  for (const input of inputs) {
    const { name, kind, counts } = input;
    const given = rows.map(
      ({ planned: { row } }) => Number(row[name] ?? 0) - (kind === "ordinal" && row[name] ? 1 : 0),
    );
    const added =
      counts === "years"
        ? Math.min(paid.length, 1)
        : paid.reduce((sum, { planned: { row } }) => sum + Number(row[counts] ?? 0), 0);
    input.years = Math.max(input.years, ...given) + added;
  }
}
