/**
 * The path that award() takes through a plan for the rows of one state, as sums of products: coefficients that the rows
 * share, and columns that differ from row to row.
 */
import {
  award,
  withDefaults,
  type Award,
  type LimitWorking,
  type Neighbours,
  type Operand,
  type TermWorking,
} from "./award";
import { Exact } from "../number/money";
import type { Plan, PlanLimit } from "../plan/plan";
import { ratio, ZERO } from "../number/ratio";
import type { Row } from "./row";
import { fraction, ONE, times, type Fraction } from "../number/fraction";
import type { Inputs } from "../columns/inputs";

/** `coefficient` × the product of the columns, in fen. The columns are whole numbers; the coefficient holds their scale. */
export interface Term {
  readonly coefficient: Fraction;
  readonly columns: readonly string[];
}

export interface PathLimit {
  readonly limit: PlanLimit;
  readonly terms: readonly Term[];
  /** Taken off: what was granted before. */
  readonly used?: Term;
}

/** How the rows of one state are computed; parts whose conditions fail are left out. */
export interface Path {
  /** The award of one of the rows: its outcome, and for a state without money the whole answer. */
  readonly award: Award;
  readonly parts: readonly { readonly index: number; readonly limits: readonly PathLimit[] }[];
  readonly limits: readonly PathLimit[];
  readonly minus?: Term;
  readonly times?: Term;
}

/** @returns undefined where the row itself is too large to show its workings */
export function pathOf(inputs: Inputs, row: Row, neighbours?: Neighbours): Path | undefined {
  const { plan } = inputs;
  const result = award(plan, row, neighbours);
  if (result.outcome.kind === "too-large") return undefined;
  const live = result.outcome.kind === "award";
  return {
    award: result,
    parts: live
      ? result.parts.flatMap(({ fails, limits }, index) =>
          fails ? [] : [{ index, limits: limits.map((working) => limitOf(working, inputs)) }],
        )
      : [],
    limits: live ? result.limits.map((working) => limitOf(working, inputs)) : [],
    ...(live && plan.minus && { minus: inputTerm(plan.minus, plan, row, inputs) }),
    ...(live && plan.times && { times: inputTerm(plan.times, plan, row, inputs) }),
  };
}

function limitOf({ limit, terms, used }: LimitWorking, inputs: Inputs): PathLimit {
  const granted = limit.used && term([{ input: limit.used, value: used }], inputs);
  return {
    limit,
    terms: terms.map((working) => productOf(working, inputs)),
    ...(granted && granted.coefficient.n !== 0n && { used: granted }),
  };
}

function productOf({ term: { factors: written }, factors, figures }: TermWorking, inputs: Inputs): Term {
  const own = term([...factors, ...figures], inputs);
  // A factor that varies stands for itself; what it is divided by (months of a year) belongs to the coefficient.
  const per = written.filter(({ input }) => inputs.varying(input)).reduce((all, factor) => all * factor.per, 1);
  return { ...own, coefficient: times(own.coefficient, { n: 1n, d: BigInt(per) }) };
}

function term(operands: readonly Operand[], inputs: Inputs): Term {
  let coefficient = ONE;
  const columns: string[] = [];
  for (const { input, value } of operands) {
    const varying = input === undefined ? undefined : inputs.varying(input);
    if (varying) columns.push(input!);
    coefficient = times(coefficient, varying ? { n: 1n, d: BigInt(varying.scale) } : fraction(value));
  }
  return { coefficient, columns: coefficient.n === 0n ? [] : columns.sort() };
}

function inputTerm(name: string, plan: Plan, row: Row, inputs: Inputs): Term {
  const value = withDefaults(plan, row)[name];
  return term([{ input: name, value: value instanceof Exact ? ratio(value) : ZERO }], inputs);
}
