/** Which inputs a table cannot do without, by what stands in its columns. */
import type { Plan, PlanTest } from "../plan/plan";
import { inputsIn } from "../plan/walk";
import { Facts } from "./facts";
import { asksTotal } from "./totals";

/**
 * The inputs that rows need: those that are always required, and those required under tests that a row can pass where the
 * filled inputs are given and the others have their defaults. What one asks for may ask for another.
 */
export function neededInputs(plan: Plan, filled: Iterable<string>): readonly string[] {
  const given = new Set(filled);
  const needed = new Set<string>();
  for (let before = -1; before < needed.size;) {
    before = needed.size;
    for (const { input, tests } of plan.required) if (canPass(plan, given, tests)) needed.add(input);
    needed.forEach((input) => given.add(input));
  }
  return [...needed];
}

function canPass(plan: Plan, given: ReadonlySet<string>, tests: readonly PlanTest[]): boolean {
  const empty = new Facts(plan, {});
  return tests.every((test) => {
    if (test.kind === "given") return given.has(test.input) === test.given;
    if (test.kind === "any") return test.anyOf.some((group) => canPass(plan, given, group));
    if (test.kind === "any-row") return canPass(plan, given, test.tests);
    return inputsIn(test).some((input) => given.has(input)) || asksTotal(test, plan) || empty.passes([test]);
  });
}
