/**
 * What an owner had in earlier years, where an input asks for it and its cell is blank: the rows of the table tell. A year that
 * pays nothing is none, be it that other rows used up a limit or that the object has a higher award.
 */
import { awards, columnsAwards, inputAt, placesOf, type Entry, type Input, type Value } from "../rules";
import { isError, isNothing, Unread } from "./cells";
import { Codes } from "./codes";
import { blocksOf, groupsOf } from "./groups";
import { Layout } from "./layout";
import { isPlanned, type Table } from "./table";

type Counting = Input & { readonly counts: string };

/** The inputs of an instrument that count what was had before. */
export const countingInputs = ({ instrument }: Entry): [string, Counting][] =>
  Object.entries(instrument.inputs ?? {}).filter((entry): entry is [string, Counting] => entry[1].counts !== undefined);

/** An input that counts, its column, and by owner the years or months that were had so far. */
interface Counted extends Counting {
  readonly name: string;
  readonly column: number;
  readonly had: Float64Array;
  /** Of the year at hand: the most that its rows say themselves, and what they add. */
  readonly said: Float64Array;
  readonly added: Float64Array;
}

/** The owners under one instrument: objects, and the firms of rows that name none. */
interface Owners {
  readonly inputs: readonly Counted[];
  readonly firstYear: Int32Array;
  /** 1 where a later row leaves a cell blank that the rows of earlier years may fill. */
  readonly asks: Uint8Array;
}

interface OwnedRow {
  readonly r: number;
  readonly year: number;
  readonly owner: number;
  readonly owners: Owners;
}

/**
 * Fills the blank cells of a table's rows, in the order of their years; a table that lacks the column gets it. Rows of one
 * year do not count for one another.
 */
export function fillEarlier(table: Table): void {
  const counting = table.layouts().filter(({ entry }) => countingInputs(entry).length);
  if (!counting.length) return;
  const lacking = (layout: Layout): string[] =>
    countingInputs(layout.entry).flatMap(([name]) => (layout.columnOf(name) < 0 ? name : []));
  const values = table.widen([...new Set(counting.flatMap(lacking))]);
  const owned = ownedRows(table);
  const years = [...new Set(owned.map(({ year }) => year))].sort((a, b) => a - b);
  const isBlankUnder = (r: number, { column }: Counted): boolean => isNothing(values[r]![column]);
  for (const { year, owner, owners } of owned)
    owners.firstYear[owner] = Math.min(owners.firstYear[owner] || year, year);
  for (const { r, year, owner, owners } of owned)
    if (year > owners.firstYear[owner]! && owners.inputs.some((input) => isBlankUnder(r, input)))
      owners.asks[owner] = 1;

  const asking = owned.filter(({ owner, owners }) => owners.asks[owner]);
  if (!asking.length) return;
  for (const year of years) {
    const now = asking.filter((row) => row.year === year);
    for (const { r, owner, owners } of now) {
      for (const input of owners.inputs) {
        const had = input.had[owner]!;
        // The second year comes after one year.
        if (had > 0 && isBlankUnder(r, input))
          table.fill(r, input.column, input.name, input.kind === "ordinal" ? had + 1 : had);
      }
    }
    // Nobody counts the last year.
    if (year !== years.at(-1)) count(now, resultsUntil(year, table));
  }
}

/** The rows that count or are counted. */
function ownedRows(table: Table): OwnedRow[] {
  const { values, at } = table;
  const codesOf = (column: number): Int32Array => {
    const codes = new Int32Array(values.length).fill(-1);
    if (column >= 0)
      new Codes().write(
        values.map((row) => row[column]),
        values.length,
        codes,
        0,
      );
    return codes;
  };
  const [firms, objects] = [codesOf(at.firm), codesOf(at.object)];
  // Versions of an instrument count together.
  const known = new Map<string, Owners>();
  const rows: OwnedRow[] = [];
  for (let r = 0; r < values.length; r++) {
    // A row names an object, or else a firm: two lists of owners, laid into each other.
    const owner = objects[r]! >= 0 ? 2 * objects[r]! : firms[r]! >= 0 ? 2 * firms[r]! + 1 : -1;
    const layout = table.layoutIn(r);
    if (owner < 0 || !(layout instanceof Layout)) continue;
    const { id } = layout.entry.instrument;
    const owners = known.get(id) ?? ownersUnder(layout, 2 * values.length);
    known.set(id, owners);
    const when = owners.inputs.length ? table.claimIn(r) : undefined;
    if (when && !(when instanceof Unread) && !isError(when)) rows.push({ r, year: when.year, owner, owners });
  }
  return rows;
}

function ownersUnder(layout: Layout, most: number): Owners {
  const inputs = countingInputs(layout.entry).map(([name, input]): Counted => ({
    ...input,
    name,
    column: layout.columnOf(name),
    had: new Float64Array(most),
    said: new Float64Array(most),
    added: new Float64Array(most),
  }));
  const size = inputs.length ? most : 0;
  return { inputs, firstYear: new Int32Array(size), asks: new Uint8Array(size) };
}

/** What a row is paid, and what it says under an input. */
interface Result {
  readonly fen: number;
  readonly value: (input: string) => Value | undefined;
}

/** What rows are paid up to a year, by row; undefined for one that cannot be read. Rows of other instruments matter, too. */
function resultsUntil(year: number, table: Table): (r: number) => Result | undefined {
  const isUntil = (r: number): boolean => {
    const when = table.claimIn(r);
    return !(when instanceof Unread) && !isError(when) && when.year <= year;
  };
  const { length } = table.values;
  try {
    const { blocks } = blocksOf(groupsOf(table, false, isUntil), length);
    const { fen } = columnsAwards(blocks, length);
    const places = placesOf(blocks, length);
    return (r) => {
      const block = blocks[places.block[r]!];
      if (!block) return undefined;
      const valueOf = (input: string): Value | undefined => {
        const column = block.columns.inputs[input];
        return column && inputAt(column, places.row[r]!);
      };
      return { fen: fen[r]!, value: valueOf };
    };
  } catch (error) {
    // Rows of more kinds than columns tell apart.
    if (!(error instanceof RangeError)) throw error;
    const rows = table.values.flatMap((_, r) => {
      const row = isUntil(r) ? table.row(r) : undefined;
      return row && isPlanned(row) ? [{ ...row, r }] : [];
    });
    const paid = awards(rows);
    const results = new Map(
      rows.map(({ r, row }, i) => [r, { fen: paid[i]!.fen, value: (input: string) => row[input] }] as const),
    );
    return (r) => results.get(r);
  }
}

/** Counts the rows of one year. What rows said themselves is counted on from. */
function count(rows: readonly OwnedRow[], resultOf: (r: number) => Result | undefined): void {
  for (const { r, owner, owners } of rows) {
    const result = resultOf(r);
    if (!result) continue;
    for (const { name, kind, counts, said, added } of owners.inputs) {
      const own = Number(result.value(name) ?? 0);
      said[owner] = Math.max(said[owner]!, kind === "ordinal" && own ? own - 1 : own);
      if (result.fen <= 0) continue;
      added[owner] = counts === "years" ? 1 : added[owner]! + Number(result.value(counts) ?? 0);
    }
  }
  for (const { owner, owners } of rows) {
    for (const { had, said, added } of owners.inputs) {
      had[owner] = Math.max(had[owner]!, said[owner]!) + added[owner]!;
      said[owner] = added[owner] = 0;
    }
  }
}
