/** Which rows of a table have to do with one another. */
import type { PlannedRow } from "./overlap";

type Named = Pick<PlannedRow, "firm" | "object">;

/**
 * The rows that share a firm or an object with some rows, directly or through others, in their order and with these among
 * them: what they get among these is what they get in the whole table.
 */
export function rowsNear<R extends Named>(rows: readonly R[], ...of: readonly R[]): readonly R[] {
  const sharing = new Map<string, R[]>();
  for (const one of rows) {
    for (const name of namesOf(one)) {
      const group = sharing.get(name);
      if (group) group.push(one);
      else sharing.set(name, [one]);
    }
  }
  const near = new Set(of);
  for (const one of near) {
    for (const name of namesOf(one)) {
      for (const other of sharing.get(name) ?? []) near.add(other);
      sharing.delete(name);
    }
  }
  return rows.filter((one) => near.has(one));
}

const namesOf = ({ firm, object }: Named): string[] => [
  ...(firm ? [`firm ${firm}`] : []),
  ...(object ? [`object ${object}`] : []),
];
