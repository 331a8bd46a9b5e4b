/** Rows that can be read in two ways which pay different amounts: they are computed, and pointed out. */
import { halfUp } from "../number/ratio";
import { allowancesOf, givenBefore, limitsOf } from "../plan/walk";
import { partOn, PARTS_OF_YEAR, partsOfYear } from "../law/parts-of-year";
import type { Plan } from "../plan/plan";
import type { Award } from "./award";
import { Facts } from "./facts";
import { inOrder, Ledger, awards, type PlannedRow } from "./overlap";

export type Doubt =
  /** Names no object, while other rows of the firm do: it has accounts and a count of years of its own. */
  | "unnamed"
  /** Gives more as granted before than stood on the account, on which earlier rows were paid as if it were not so. */
  | "given-late"
  /** Names none of those by whom a limit, or a further award, is counted: it has that limit to itself. */
  | "unowned"
  /** Asks for what another instrument awards, and the table has no row of that: nothing, or the default, is taken. */
  | "without-award"
  /** Leaves blank what others paid for the same object, which is taken off a limit: as if they paid nothing. */
  | "others-blank"
  /** Gives another quarter or half-year than its day lies in. */
  | "other-part";

/** The doubtful rows of a table. */
export function doubtsOf(rows: readonly PlannedRow[]): ReadonlyMap<PlannedRow, readonly Doubt[]> {
  const doubts = new Map<PlannedRow, Doubt[]>();
  const add = (row: PlannedRow, doubt: Doubt): void => {
    const own = doubts.get(row);
    if (own) own.push(doubt);
    else doubts.set(row, [doubt]);
  };
  for (const row of unnamed(rows)) add(row, "unnamed");
  const results = awards(rows);
  for (const row of givenLate(rows, results)) add(row, "given-late");
  const ledger = new Ledger([]);
  rows.forEach((row, i) => {
    if (!row.plan.inForce) return;
    if (isUnowned(row, ledger)) add(row, "unowned");
    if (asksInVain(row, results[i]!)) add(row, "without-award");
    if (othersOf(row.plan).some((input) => row.row[input] === undefined && !results[i]!.filled.includes(input)))
      add(row, "others-blank");
    if (isOtherPart(row)) add(row, "other-part");
  });
  return doubts;
}

/** Limits of a firm are left out: a table of one firm need not name it. */
const isUnowned = (row: PlannedRow, ledger: Ledger): boolean =>
  allowancesOf(row.plan).some(
    (allowance) =>
      (allowance.scope !== "firm" || allowance.key === row.plan.again?.key) &&
      ledger.accountOf({ ...row, row: { ...ANY_PART, ...row.row } }, allowance) === undefined,
  );

/** A row that names no part of the year is incomplete, and no doubt. */
const ANY_PART = Object.fromEntries(Object.values(PARTS_OF_YEAR).map(({ input }) => [input, "1"]));

const asksInVain = ({ plan, row }: PlannedRow, { filled, outcome }: Award): boolean =>
  outcome.kind !== "incomplete" &&
  plan.awarded.some(({ input }) => row[input] === undefined && !filled.includes(input));

/** Inputs of money that count against a limit, and those under a limit that instruments share for one object. */
function othersOf(plan: Plan): string[] {
  const own = plan.awarded.map(({ input }) => input);
  const taken = limitsOf(plan).flatMap(({ terms, used, allowance }) => [
    ...terms.flatMap(({ factors, figures }) => {
      const isTaken = figures.some(({ cases }) =>
        cases.some(({ value }) => value.kind === "number" && value.number.n < 0n),
      );
      return isTaken ? factors.map(({ input }) => input) : [];
    }),
    ...(used !== undefined && allowance?.scope === "object" && !allowance.key.includes("#") ? [used] : []),
  ]);
  return taken.filter((input) => plan.inputs[input]?.kind === "money" && !own.includes(input));
}

const isOtherPart = ({ plan: { claim, entry }, row }: PlannedRow): boolean =>
  claim.day !== undefined &&
  partsOfYear(entry.instrument).some(
    ({ input, part }) => row[input] !== undefined && row[input] !== partOn(claim.day!, part),
  );

/** Whether anything of a clause runs by object: a limit, a further award, or the years that it counts. */
const runsByObject = (plan: Plan): boolean =>
  plan.again?.scope === "object" ||
  limitsOf(plan).some(({ allowance }) => allowance?.scope === "object") ||
  Object.values(plan.inputs).some(({ counts }) => counts !== undefined);

function unnamed(rows: readonly PlannedRow[]): PlannedRow[] {
  const ofFirm = ({ plan, firm }: PlannedRow): string => `${plan.entry.instrument.id} ${firm ?? ""}`;
  const counting = rows.filter(({ plan, firm }) => firm && plan.inForce && runsByObject(plan));
  const named = new Set(counting.filter(({ object }) => object).map(ofFirm));
  return counting.filter((row) => !row.object && named.has(ofFirm(row)));
}

function givenLate(rows: readonly PlannedRow[], results: readonly Award[]): PlannedRow[] {
  const ledger = new Ledger(rows);
  const late: PlannedRow[] = [];
  for (const i of inOrder(rows)) {
    const planned = rows[i]!;
    const { plan, row } = planned;
    const facts = new Facts(plan, row);
    const more = (plan.inForce ? givenBefore(plan) : []).some(({ allowance, input }) => {
      const stood = ledger.granted(planned, allowance);
      return stood > 0 && halfUp(facts.number(input)) > stood;
    });
    if (more) late.push(planned);
    ledger.draw(planned, results[i]!.draws);
  }
  return late;
}
