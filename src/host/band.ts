/** Cutting large ranges into pieces that a host can take at once, and joining small ones. Rectangles count from 0. */
import type { Rectangle } from "./address";

/** A rectangle as full-width bands from top to bottom, each of at most so many cells (one row at least). */
export function bands(rectangle: Rectangle, cells: number): Rectangle[] {
  const rows = Math.max(1, Math.floor(cells / rectangle.columns));
  const count = Math.ceil(rectangle.rows / rows);
  return Array.from({ length: count }, (_, index) => ({
    ...rectangle,
    row: rectangle.row + index * rows,
    rows: Math.min(rows, rectangle.rows - index * rows),
  }));
}

/** Rectangles, cut into bands and grouped in order, so that each group has at most so many cells. */
export function requests(rectangles: readonly Rectangle[], cells: number): Rectangle[][] {
  const groups: Rectangle[][] = [];
  let room = 0;
  for (const band of rectangles.flatMap((rectangle) => bands(rectangle, cells))) {
    const size = band.rows * band.columns;
    if (size > room || groups.length === 0) {
      groups.push([]);
      room = cells;
    }
    groups.at(-1)!.push(band);
    room -= size;
  }
  return groups;
}

/** Single cells joined to vertical runs: ten thousand formulas down one column become one range. */
export function runs(cells: readonly Rectangle[]): Rectangle[] {
  const sorted = [...cells].sort((a, b) => a.column - b.column || a.row - b.row);
  const joined: Rectangle[] = [];
  for (const cell of sorted) {
    const last = joined.at(-1);
    if (last && last.column === cell.column && last.row + last.rows === cell.row) {
      joined[joined.length - 1] = { ...last, rows: last.rows + cell.rows };
    } else joined.push(cell);
  }
  return joined;
}
