/** Which rows of a table have to do with one another. */
import { namedOwners } from "../plan/walk";
import type { PlannedRow } from "./overlap";

/** A row that has been read tells whom else it names. */
type Named = Pick<PlannedRow, "firm" | "object"> & Partial<Pick<PlannedRow, "plan" | "row">>;

/**
 * The rows that share a firm, an object or an account with some rows, directly or through others, in their order and with these among
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

const namesOf = ({ firm, object, plan, row }: Named): string[] => [
  ...(firm ? [`firm ${firm}`] : []),
  ...(object ? [`object ${object}`] : []),
  ...(plan ? namedOwners(plan) : []).flatMap(({ key, by }) => {
    const owner = row?.[by];
    return owner === undefined ? [] : [`${key} ${String(owner)}`];
  }),
];
