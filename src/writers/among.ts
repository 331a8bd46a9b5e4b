/** One row of a table among the others: under the readings of the table, and under another one. */
import { awards, planOf, rowsNear, type Award, type PlannedRow } from "../rules";

/** What the explained row gets where a reading is taken otherwise. */
export type Under = (reading: string, option: string) => Award;

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
