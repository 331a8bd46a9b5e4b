/** The one walk over a plan: its limits, figures, conditions and tests. */
import type { Allowance } from "./allowance";
import type { Plan, PlanCondition, PlanFigure, PlanLimit, PlanTest } from "./plan";

/** The limits of the parts and those over their sum, in clause order. */
export const limitsOf = ({ parts, limits }: Pick<Plan, "parts" | "limits">): readonly PlanLimit[] => [
  ...parts.flatMap((part) => part.limits),
  ...limits,
];

/** The accounts of a plan: of its limits, its totals, and of a further award of the kind. */
export const allowancesOf = (plan: Plan): readonly Allowance[] => [
  ...[...limitsOf(plan), ...plan.totals].flatMap(({ allowance }) => allowance ?? []),
  ...(plan.again ? [plan.again] : []),
];

/** The inputs that name who has an account, each with the key of its allowance. */
export const namedOwners = (plan: Plan): readonly { readonly key: string; readonly by: string }[] =>
  allowancesOf(plan).flatMap(({ key, by }) => (by === undefined ? [] : [{ key, by }]));

/** The accounts of a plan for which a row gives what was granted before, each with the input that does. */
export const givenBefore = (plan: Plan): readonly { allowance: Allowance; input: string }[] =>
  [
    ...limitsOf(plan).map(({ allowance, used }) => ({ allowance, input: used })),
    { allowance: plan.again, input: plan.minus },
  ].flatMap(({ allowance, input }) => (allowance && input !== undefined ? [{ allowance, input }] : []));

/** The figures of some limits, in clause order. */
export const figuresOf = (limits: readonly PlanLimit[]): readonly PlanFigure[] =>
  limits.flatMap(({ terms }) => terms.flatMap(({ figures }) => figures));

/** The inputs that are multiplied in some limits, each once. */
export const factorsOf = (limits: readonly PlanLimit[]): readonly string[] => [
  ...new Set(limits.flatMap(({ terms }) => terms.flatMap(({ factors }) => factors.map(({ input }) => input)))),
];

/** The conditions of the clause and those of its parts. */
export const conditionsOf = ({ conditions, parts }: Plan): readonly PlanCondition[] => [
  ...conditions,
  ...parts.flatMap((part) => part.conditions),
];

/** Every list of tests of a plan, each a conjunction; `any` and `any-row` stand in them as one test. */
export const testsOf = (plan: Plan): readonly (readonly PlanTest[])[] => [
  ...plan.required.map(({ tests }) => tests),
  ...conditionsOf(plan).map(({ tests }) => tests),
  ...limitsOf(plan).map(({ tests }) => tests),
  ...figuresOf(limitsOf(plan)).flatMap(({ cases }) => cases.map(({ tests }) => tests)),
  ...plan.grades.flatMap(({ anyOf }) => anyOf),
  ...(plan.again?.had ? [plan.again.had] : []),
];

/** The tests and all that stand inside them. */
export function* eachTest(tests: readonly PlanTest[]): Generator<PlanTest> {
  for (const test of tests) {
    yield test;
    if (test.kind === "any") for (const group of test.anyOf) yield* eachTest(group);
    if (test.kind === "any-row") yield* eachTest(test.tests);
  }
}

/** The inputs that one test names; none where it only holds further tests. */
export function inputsIn(test: PlanTest): readonly string[] {
  if (test.kind === "any" || test.kind === "any-row") return [];
  if (test.kind === "ratio") return [test.of, test.to, ...(test.less === undefined ? [] : [test.less])];
  return test.kind === "within" ? [test.input, test.of] : [test.input];
}

/** The lists of tests that look at the other rows of the firm. */
export const anyRowTests = (plan: Plan): readonly (readonly PlanTest[])[] =>
  testsOf(plan).flatMap((tests) =>
    [...eachTest(tests)].flatMap((test) => (test.kind === "any-row" ? [test.tests] : [])),
  );
