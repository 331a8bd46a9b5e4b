/** Totals of rows: whether a row counts under them, and the inputs that they stand for in a row of whole fen. */
import { halfUp, ratio } from "../number/ratio";
import type { Plan, PlanTest } from "../plan/plan";
import { eachTest, inputsIn } from "../plan/walk";
import { Facts } from "./facts";
import type { Row } from "./row";

/** Whether a test looks at a total, itself or inside. */
export function asksTotal(test: PlanTest, { totals }: Pick<Plan, "totals">): boolean {
  return [...eachTest([test])].some((one) => inputsIn(one).some((input) => totals.some(({ name }) => name === input)));
}

/** Whether the row is counted: complete and admissible, whatever the conditions say that look at totals themselves. */
export function counts(facts: Facts): boolean {
  const { plan } = facts;
  return (
    plan.inForce &&
    !facts.missing().length &&
    plan.conditions.every(({ tests }) => tests.some((test) => asksTotal(test, plan)) || facts.passes(tests))
  );
}

/** The row with the inputs that its plan's totals stand for, as it is alone. */
export function alone(plan: Plan, row: Row): Row {
  if (!plan.totals.length) return row;
  const facts = new Facts(plan, row);
  const inputs = plan.totals.flatMap((total) => [total.name, ...total.slabs.map(({ input }) => input)]);
  return { ...row, ...Object.fromEntries(inputs.map((input) => [input, halfUp(facts.numberIn(input) ?? ratio(0))])) };
}
