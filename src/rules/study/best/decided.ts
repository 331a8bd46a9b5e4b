/** Plans that ask for other rows of the firm, where the answer is known. */
import type { Plan, PlanTest } from "../../plan/plan";

/** The plan with every question about other rows answered. */
export function decided(plan: Plan, answer: boolean): Plan {
  const decide = (tests: readonly PlanTest[]): PlanTest[] =>
    tests.flatMap((test): PlanTest[] => {
      if (test.kind === "any") return [{ ...test, anyOf: test.anyOf.map(decide) }];
      if (test.kind !== "any-row") return [test];
      return answer ? [] : [{ kind: "any", anyOf: [] }];
    });
  return walked(plan, decide) as Plan;
}

/** The same tree with every list of tests changed. */
function walked(tree: unknown, decide: (tests: readonly PlanTest[]) => PlanTest[]): unknown {
  if (Array.isArray(tree)) return tree.map((one) => walked(one, decide));
  if (typeof tree !== "object" || tree === null || Object.getPrototypeOf(tree) !== Object.prototype) return tree;
  return Object.fromEntries(
    Object.entries(tree as Record<string, unknown>).map(([key, value]) => {
      if (key === "entry" || key === "inputs") return [key, value];
      if (key === "tests") return [key, decide(value as readonly PlanTest[])];
      return [key, walked(value, decide)];
    }),
  );
}
