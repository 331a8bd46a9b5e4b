/** The path of one row through a plan: its conditions decided, its figures chosen, nothing computed yet. */
import { compare, multiply, ratio, ZERO, type Ratio } from "../number/ratio";
import type { Text } from "../law/policy";
import type { Plan, PlanFigure, PlanLimit, PlanPart, PlanTerm } from "../plan/plan";
import type { Facts } from "./facts";

/** The outcome of an award: one of the answers that never stand in for one another. */
export type Outcome =
  | { kind: "award" }
  /** Recognition instead of money. */
  | { kind: "label"; label: Text }
  | { kind: "not-in-force" }
  | { kind: "not-eligible"; because: Text }
  /** Inputs that the row lacks. */
  | { kind: "incomplete"; missing: readonly string[] }
  /** The document gives no number and the row neither; `missing` are the inputs that would supply it. */
  | { kind: "unquantified"; missing: readonly string[] }
  | { kind: "above-ceiling"; input: string; ceiling: Ratio; strictly: boolean }
  | { kind: "too-large" };

export const TOO_LARGE: Outcome = { kind: "too-large" };

/** What one factor or figure of a product contributes. */
export interface Operand {
  /** The input it came from; none for a number of the document. */
  readonly input?: string;
  readonly value: Ratio;
}

export interface PathTerm {
  readonly term: PlanTerm;
  readonly factors: readonly Operand[];
  readonly figures: readonly Operand[];
}

export interface PathLimit {
  readonly limit: PlanLimit;
  readonly terms: readonly PathTerm[];
  /** What was granted under the limit before the table, in fen, as the row gives it. */
  readonly used: Operand | undefined;
}

export interface PathPart {
  readonly part: PlanPart;
  /** Place of the part in the plan. */
  readonly index: number;
  /** Why the part pays nothing, where one of its conditions fails. */
  readonly fails?: Text;
  /** The limits that are there for this row. */
  readonly limits: readonly PathLimit[];
}

export interface Path {
  /** "award", or why the row gets no money; only its amount can still be too large. */
  readonly outcome: Outcome;
  /** Empty where the outcome is no award. */
  readonly parts: readonly PathPart[];
  readonly limits: readonly PathLimit[];
  readonly minus: Operand | undefined;
  readonly times: Operand | undefined;
}

const without = (outcome: Outcome): Path => ({ outcome, parts: [], limits: [], minus: undefined, times: undefined });

/**
 * Decides a row. The order in which reasons are given when several hold: not in force, inputs missing, a rate above its
 * ceiling, not eligible, recognition, no number in the document.
 */
export function pathOf(facts: Facts): Path {
  const { plan } = facts;
  if (!plan.inForce) return without({ kind: "not-in-force" });
  const missing = facts.missing();
  if (missing.length) return without({ kind: "incomplete", missing });

  const chooser = new Chooser(facts);
  const parts = plan.parts.map((part, index) => chooser.part(part, index));
  const limits = chooser.limits(plan.limits);
  const outcome = outcomeOf(plan, facts, chooser);
  if (outcome.kind !== "award") return without(outcome);
  return { outcome, parts, limits, minus: operandOf(plan.minus, facts), times: operandOf(plan.times, facts) };
}

function outcomeOf(plan: Plan, facts: Facts, { aboveCeiling, unquantified }: Chooser): Outcome {
  if (aboveCeiling) return aboveCeiling;
  const failing = plan.conditions.find((condition) => !facts.passes(condition.tests));
  if (failing) return { kind: "not-eligible", because: failing.else };
  if (plan.grades.length) {
    const grade = plan.grades.find(({ anyOf }) => anyOf.some((tests) => facts.passes(tests)));
    return grade ? { kind: "label", label: grade.label } : { kind: "unquantified", missing: [] };
  }
  if (unquantified.size || !plan.parts.length) return { kind: "unquantified", missing: [...unquantified] };
  return { kind: "award" };
}

const operandOf = (input: string | undefined, facts: Facts): Operand | undefined =>
  input === undefined ? undefined : { input, value: facts.number(input) };

/** Stands for `none`: the limit is not there. */
const NONE: Ratio = ratio(-1);

/** Chooses the figures of one row and notes what is missing or above its ceiling. */
class Chooser {
  readonly unquantified = new Set<string>();
  aboveCeiling: Outcome | undefined;

  constructor(private readonly facts: Facts) {}

  part(part: PlanPart, index: number): PathPart {
    const failing = part.conditions.find((condition) => !this.facts.passes(condition.tests));
    if (failing) return { part, index, fails: failing.else, limits: [] };
    return { part, index, limits: this.limits(part.limits) };
  }

  limits(limits: readonly PlanLimit[]): PathLimit[] {
    return limits
      .filter(({ tests }) => this.facts.passes(tests))
      .map((limit) => ({
        limit,
        terms: limit.terms.map((term) => this.term(term)),
        used: operandOf(limit.used, this.facts),
      }))
      .filter(({ terms }) => terms.every(({ figures }) => figures.every(({ value }) => value !== NONE)));
  }

  private term(term: PlanTerm): PathTerm {
    return {
      term,
      factors: term.factors.map(({ input, per }) => ({
        input,
        value: multiply(this.facts.number(input), ratio(1, per)),
      })),
      figures: term.figures.map((figure) => this.figure(figure)),
    };
  }

  private figure({ cases, lever }: PlanFigure): Operand {
    const whatIf = lever && this.facts.numberIn(lever);
    if (whatIf) return { input: lever, value: whatIf };
    const found = cases.find(({ tests }) => this.facts.passes(tests));
    // No grade fits: nothing, as the document grants nothing for it.
    if (!found) return { value: ZERO };
    const { value } = found;
    if (value.kind === "number") return { value: value.number };
    if (value.kind === "none") return { value: NONE };
    const own = this.facts.numberIn(value.input);
    if (!own) {
      if (!value.otherwise) this.unquantified.add(value.input);
      return { value: value.otherwise ?? ZERO };
    }
    if (value.ceiling && compare(own, value.ceiling) > 0) this.refuse(value.input, value.ceiling, false);
    for (const bound of value.below) {
      const limit = typeof bound === "string" ? this.facts.numberIn(bound) : bound;
      if (limit && compare(own, limit) >= 0) this.refuse(value.input, limit, true);
    }
    return { input: value.input, value: own };
  }

  private refuse(input: string, ceiling: Ratio, strictly: boolean): void {
    this.aboveCeiling ??= { kind: "above-ceiling", input, ceiling, strictly };
  }
}
