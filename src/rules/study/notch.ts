/** 临界点: where what rows come to together passes a bound and the rate of all of them falls, so that one yuan more costs. */
import { award } from "../award/award";
import type { Row } from "../award/row";
import { ceilingOf, floorOf, type Ratio } from "../number/ratio";
import type { Plan, PlanTotal } from "../plan/plan";
import { figuresOf, limitsOf } from "../plan/walk";

/** One yuan more than `from` under a total lowers what the whole of it is paid; whole fen. */
export interface Notch {
  readonly total: PlanTotal;
  readonly bound: Ratio;
  readonly from: number;
  readonly paid: number;
  readonly then: number;
}

const YUAN_IN_FEN = 100;

/** The notches of a plan, for rows that are otherwise as this one is. */
export function notchesOf(plan: Plan, row: Row): Notch[] {
  const tests = figuresOf(limitsOf(plan)).flatMap(({ cases }) => cases.flatMap((one) => one.tests));
  const found = new Map<string, Notch>();
  for (const total of plan.totals) {
    const paid = (fen: number): number => {
      const all = { ...row, [total.of]: fen, ...(total.before !== undefined && { [total.before]: 0 }) };
      return award(plan, all).fen;
    };
    for (const test of tests) {
      if (test.kind !== "bound" || test.input !== total.name) continue;
      // The last fen at which the rate is still the former one.
      const reached = test.op === "<" || test.op === ">=";
      const from = reached ? Number(ceilingOf(test.than)) - 1 : Number(floorOf(test.than));
      const [before, then] = [paid(from), paid(from + YUAN_IN_FEN)];
      if (then < before) found.set(`${total.name} ${from}`, { total, bound: test.than, from, paid: before, then });
    }
  }
  return [...found.values()];
}
