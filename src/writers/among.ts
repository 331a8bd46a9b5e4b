/** One row of a table among the others: under the readings of the table, and under another one. */
import { awards, planOf, type Award, type PlannedRow } from "../rules";

/** What the explained row gets where a reading is taken otherwise. */
export type Under = (reading: string, option: string) => Award;

/**
 * The rows that share a firm or an object with `row`, directly or through others, in their order and with `row` among them:
 * what it gets among these is what it gets in the whole table.
 */
export function rowsNear(rows: readonly PlannedRow[], row: PlannedRow): readonly PlannedRow[] {
  const sharing = new Map<string, PlannedRow[]>();
  for (const one of rows) {
    for (const name of namesOf(one)) {
      const group = sharing.get(name);
      if (group) group.push(one);
      else sharing.set(name, [one]);
    }
  }
  const near = new Set([row]);
  for (const one of near) {
    for (const name of namesOf(one)) {
      for (const other of sharing.get(name) ?? []) near.add(other);
      sharing.delete(name);
    }
  }
  return rows.filter((one) => near.has(one));
}

const namesOf = ({ firm, object }: PlannedRow): string[] => [
  ...(firm ? [`firm ${firm}`] : []),
  ...(object ? [`object ${object}`] : []),
];

/**
 * Takes a reading otherwise for every row of the instrument, as a whole table would: what earlier rows leave of a shared limit
 * depends on the reading, too.
 */
export function among(rows: readonly PlannedRow[], row: PlannedRow): Under {
  let near: readonly PlannedRow[] | undefined;
  const { entry } = row.plan;
  return (reading, option) => {
    // Who looks through a whole table asks for the readings of no row.
    near ??= rowsNear(rows, row);
    const otherwise = near.map((one) => {
      if (one.plan.entry !== entry) return one;
      return { ...one, plan: planOf(entry, one.plan.claim, { readings: { ...one.plan.readings, [reading]: option } }) };
    });
    return awards(otherwise)[near.indexOf(row)]!;
  };
}
