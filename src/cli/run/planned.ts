/** The typed claims of an instrument with its plans. */
import { allowancesOf, anyRowTests, namedOwners, planOf, readingsOf, type Entry, type Plan } from "../../rules";
import type { Store } from "./store";
import type { Typed } from "./typed";

/** The claims of one instrument in the years in which it is in force. */
export interface Planned extends Typed {
  /** One per year; none where no row can be computed. */
  readonly plans: readonly Plan[];
  /** Names of the tables of its rows that can be computed, of what the query gives them, and of the awards. */
  readonly readable: string;
  readonly computed: string;
  readonly awards: string;
}

/** Finds the years of each instrument. */
export async function planned(
  stores: readonly Store[],
  sheets: readonly Typed[],
  readings: Readonly<Record<string, string>>,
): Promise<Planned[]> {
  const found: Planned[] = [];
  // One after the other: a connection to PostgreSQL answers one question at a time.
  for (const sheet of sheets) found.push(await plannedSheet(stores, sheet, readings));
  return found;
}

async function plannedSheet(
  stores: readonly Store[],
  typed: Typed,
  readings: Readonly<Record<string, string>>,
): Promise<Planned> {
  const found = await Promise.all(
    stores.map((store) =>
      store.rows(
        `SELECT DISTINCT claim_year FROM ${store.named(typed.table)} WHERE reason IS NULL AND in_force ORDER BY claim_year`,
      ),
    ),
  );
  const years = [...new Set(found.flat().map(({ claim_year }) => Number(claim_year)))].sort((a, b) => a - b);
  const own = typed.table.replace("typed", "");
  return {
    ...typed,
    plans: years.map((year) => planOf(typed.entry, { year }, { readings: ownReadings(typed.entry, readings) })),
    readable: `readable${own}`,
    computed: `computed${own}`,
    awards: `awards${own}`,
  };
}

/** Whether rows of one firm have to be known together. */
const firmShares = ({ plans }: Planned): boolean =>
  plans.some((plan) => allowancesOf(plan).length + plan.awarded.length + anyRowTests(plan).length > 0);

/** Whether rows of one firm, or of one object, have to be known together. */
export const shares = (sheet: Planned): boolean => sheet.object || firmShares(sheet);

/** The one column of which all rows with the same value have to be known together; undefined where there are several. */
export function togetherBy(sheet: Planned): string | undefined {
  if (ownersNamed([sheet]).length) return undefined;
  const owners = [...(sheet.firm && firmShares(sheet) ? ["firm"] : []), ...(sheet.object ? ["object"] : [])];
  return owners.length > 1 ? undefined : (owners[0] ?? "row_no");
}

/** The inputs of which rows that give the same name share limits, of those that the table has. */
export const ownersNamed = (sheets: readonly Planned[]): readonly string[] => [
  ...new Set(
    sheets.flatMap(({ plans, inputs }) =>
      plans.flatMap((plan) => namedOwners(plan).flatMap(({ by }) => (inputs.includes(by) ? [by] : []))),
    ),
  ),
];

/** Those of the readings that an instrument has. */
export const ownReadings = (
  { instrument }: Entry,
  readings: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const known = readingsOf(instrument);
  return Object.fromEntries(Object.entries(readings).filter(([name]) => name in known));
};
