/**
 * What an owner had in earlier years, where an input asks for it and its cell is blank: the rows of the table tell. A year that
 * pays nothing is none.
 */
import { awardFen, type Entry, type Input, type PlannedRow } from "../rules";

/** One row as far as it matters here. */
export interface EarlierRow {
  readonly entry: Entry;
  readonly year: number;
  /** The object, or where it names none the firm; undefined where it names neither. */
  readonly owner: string | undefined;
  /** Whether the cell under an input is blank. */
  readonly lacks: (input: string) => boolean;
  readonly fill: (input: string, value: number) => void;
  /** The row as it is read once it is filled; undefined where it has no plan. */
  readonly read: () => PlannedRow | undefined;
}

/** The inputs of an instrument that count what was had before. */
export const countingInputs = ({ instrument }: Entry): [string, Input & { counts: string }][] =>
  Object.entries(instrument.inputs ?? {}).filter(
    (entry): entry is [string, Input & { counts: string }] => entry[1].counts !== undefined,
  );

/** Fills the blank cells of rows, in the order of their years. Rows of one year do not count for one another. */
export function fillEarlier(rows: readonly EarlierRow[]): void {
  const byOwner = new Map<string, EarlierRow[]>();
  for (const row of rows) {
    if (row.owner === undefined) continue;
    const key = `${row.entry.instrument.id} ${row.owner}`;
    const own = byOwner.get(key);
    if (own) own.push(row);
    else byOwner.set(key, [row]);
  }
  for (const own of byOwner.values()) {
    if (own.length > 1) fillOwner(own.sort((a, b) => a.year - b.year));
  }
}

function fillOwner(rows: readonly EarlierRow[]): void {
  const years = [...new Set(rows.map(({ year }) => year))];
  const before = countingInputs(rows[0]!.entry).map(([name, input]) => ({ name, ...input, had: 0 }));
  for (const year of years) {
    const own = rows.filter((row) => row.year === year);
    for (const row of own)
      for (const { name, kind, had } of before)
        // The second year comes after one year.
        if (had > 0 && row.lacks(name)) row.fill(name, kind === "ordinal" ? had + 1 : had);
    const read = own.flatMap((row) => row.read() ?? []);
    const paid = read.filter(({ plan, row }) => Number(awardFen(plan, row)) > 0);
    for (const input of before) {
      const { name, kind, counts } = input;
      const given = read.map(({ row }) => Number(row[name] ?? 0) - (kind === "ordinal" && row[name] ? 1 : 0));
      const added =
        counts === "years"
          ? Math.min(paid.length, 1)
          : paid.reduce((sum, { row }) => sum + Number(row[counts] ?? 0), 0);
      input.had = Math.max(input.had, ...given) + added;
    }
  }
}
