/** Rows that can be read in two ways which pay different amounts: they are computed, and pointed out. */
import { halfUp } from "../number/ratio";
import { givenBefore, limitsOf } from "../plan/walk";
import type { Plan } from "../plan/plan";
import { Facts } from "./facts";
import { inOrder, Ledger, awards, type PlannedRow } from "./overlap";

export type Doubt =
  /** Names no object, while other rows of the firm do: it has accounts and a count of years of its own. */
  | "unnamed"
  /** Gives more as granted before than stood on the account, on which earlier rows were paid as if it were not so. */
  | "given-late";

/** The doubtful rows of a table. */
export function doubtsOf(rows: readonly PlannedRow[]): ReadonlyMap<PlannedRow, readonly Doubt[]> {
  const doubts = new Map<PlannedRow, Doubt[]>();
  const add = (row: PlannedRow, doubt: Doubt): void => {
    const own = doubts.get(row);
    if (own) own.push(doubt);
    else doubts.set(row, [doubt]);
  };
  for (const row of unnamed(rows)) add(row, "unnamed");
  for (const row of givenLate(rows)) add(row, "given-late");
  return doubts;
}

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

function givenLate(rows: readonly PlannedRow[]): PlannedRow[] {
  const results = awards(rows);
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
