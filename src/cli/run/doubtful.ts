/** Rows of a file that are computed, and that someone should look at. */
import { doubtsOf, type Doubt } from "../../rules";
import { DOUBT_WORDS } from "../../writers/doubts";
import { rowsOf, type Numbered } from "./mend";
import type { Planned } from "./planned";
import { count, type Store } from "./store";

/** Rows that are looked at among one another at once. */
const MOST = 2 ** 15;
const FIRST = 5;

export interface DoubtfulRows {
  readonly doubt: Doubt;
  readonly rows: number;
  /** The first few, counted from 1 below the headers. */
  readonly first: readonly number[];
}

/** By doubt; undefined where there are too many rows to look at. */
export async function doubtfulRows(store: Store, sheets: readonly Planned[]): Promise<DoubtfulRows[] | undefined> {
  const rows: Numbered[] = [];
  for (const sheet of sheets) {
    if (rows.length + (await count(store, `SELECT count(*) FROM ${store.named(sheet.readable)}`)) > MOST)
      return undefined;
    for await (const row of rowsOf(store, sheet, "1 = 1")) rows.push(row);
  }
  rows.sort((a, b) => (a.no < b.no ? -1 : 1));
  const doubts = doubtsOf(rows.map(({ planned }) => planned));
  return (Object.keys(DOUBT_WORDS) as Doubt[]).flatMap((doubt) => {
    const found = rows.filter(({ planned }) => doubts.get(planned)?.includes(doubt));
    return found.length
      ? [{ doubt, rows: found.length, first: found.slice(0, FIRST).map(({ no }) => Number(no) + 1) }]
      : [];
  });
}
