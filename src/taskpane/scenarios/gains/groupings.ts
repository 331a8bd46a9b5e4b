/** Columns of a table by which its rows can be told apart: those of few different texts, such as a district or a kind. */
import { isBlank, isError, nameOf, numberIn, tableColumn, type Given } from "../../../tables";

export interface Grouping {
  readonly header: string;
  readonly labels: readonly string[];
  /** Place of each row's label. */
  readonly codes: readonly number[];
}

/** More are no groups, but names. */
const MOST_LABELS = 30;

/** @param cells of the column, one per row; undefined where it tells no rows apart, holds numbers, or names firms or instruments */
export function groupingOf(header: string, cells: readonly Given[]): Grouping | undefined {
  if (tableColumn(nameOf(header))) return undefined;
  const known = new Map<string, number>();
  const labels: string[] = [];
  const codes: number[] = [];
  for (const cell of cells) {
    if (isError(cell) || numberIn(cell)) return undefined;
    const blank = isBlank(cell) || cell === undefined;
    const key = blank ? "" : nameOf(String(cell));
    let code = known.get(key);
    if (code === undefined) {
      if (labels.length === MOST_LABELS) return undefined;
      code = labels.push(blank ? "—" : String(cell).trim()) - 1;
      known.set(key, code);
    }
    codes.push(code);
  }
  return labels.length > 1 ? { header, labels, codes } : undefined;
}
