/** Rows of a table sorted into sections, and cells taken out by column: whatever is done a hundred times a thousand. */
import { isError, type Given, type Matrix } from "./cells";

/** Numbers of rows, rising. */
export type Rows = Uint32Array;

export function everyRow(length: number): Rows {
  const rows = new Uint32Array(length);
  for (let r = 0; r < length; r++) rows[r] = r;
  return rows;
}

/** The rows in sections of the same cells. */
export function sections(rows: Rows, cells: readonly ((r: number) => Given)[]): Rows[] {
  if (!rows.length) return [];
  if (!cells.length) return [rows];
  const found = new Map<string, number[]>();
  let before: readonly Given[] = [];
  let section: number[] | undefined;
  for (const r of rows) {
    // Most rows hold what the row before holds; only where they do not is a key made.
    if (!section || !cells.every((cell, k) => cell(r) === before[k])) {
      before = cells.map((cell) => cell(r));
      const key = before.map((cell) => `${typeof cell} ${isError(cell) ? cell.code : String(cell)}`).join("\n");
      section = found.get(key) ?? [];
      found.set(key, section);
    }
    section.push(r);
  }
  return [...found.values()].map((list) => new Uint32Array(list));
}

/** Puts the cells of rows[from] to before rows[to] into lists, one for each column. */
export type Fetch = (rows: Rows, from: number, to: number, into: readonly Given[][]) => void;

/** Fetches cells from a matrix: its rows lie scattered in memory, and each is fetched once. */
export const fetchFrom =
  (values: Matrix, columns: readonly number[]): Fetch =>
  (rows, from, to, into) => {
    for (let i = from; i < to; i++) {
      const row = values[rows[i]!]!;
      for (let k = 0; k < columns.length; k++) into[k]![i - from] = row[columns[k]!];
    }
  };
