/**
 * One award, exact, with its workings: the reference for every other reader of a plan.
 * Arithmetic: fractions of decimal.js numbers; nothing is rounded before the fen of the row.
 */
import { Exact, MAX_FEN } from "../number/money";
import type { Plan, PlanCondition, PlanFigure, PlanLimit, PlanPart, PlanTerm, PlanTest } from "../plan/plan";
import type { Text } from "../law/policy";
import {
  add,
  atLeastZero,
  compare,
  floor,
  halfUp,
  multiply,
  ratio,
  subtract,
  UNIT,
  ZERO,
  type Ratio,
} from "../number/ratio";
import type { Row } from "./row";

/** What one factor or figure of a term contributed. */
export interface Operand {
  /** The input it came from; none for a number of the document. */
  readonly input?: string;
  readonly value: Ratio;
}

export interface TermWorking {
  readonly term: PlanTerm;
  readonly factors: readonly Operand[];
  readonly figures: readonly Operand[];
}

/** A limit with its computation. Amounts in fen, not yet rounded. */
export interface LimitWorking {
  readonly limit: PlanLimit;
  readonly terms: readonly TermWorking[];
  /** Before what was used and drawn. */
  readonly gross: Ratio;
  /** Already granted under the limit, in fen. */
  readonly used: Ratio;
  /** Drawn by earlier rows of the firm, in fen. */
  readonly drawn: Ratio;
  /** What the limit leaves. */
  readonly amount: Ratio;
  readonly binds: boolean;
}

export interface PartWorking {
  readonly part: PlanPart;
  /** Why the part pays nothing, where one of its conditions fails. */
  readonly fails?: Text;
  readonly limits: readonly LimitWorking[];
  readonly amount: Ratio;
}

/** What an award says, in one of the answers that never stand in for one another. */
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

export interface Award {
  readonly plan: Plan;
  readonly outcome: Outcome;
  /** Whole fen; 0 unless the outcome is an award. */
  readonly fen: number;
  readonly parts: readonly PartWorking[];
  /** Limits over the sum of the parts. */
  readonly limits: readonly LimitWorking[];
  /** The limit that decides, in clause order among equals. */
  readonly binding?: LimitWorking;
  /** The next limit of the same part and how far it lies above, in fen. */
  readonly next?: { readonly limit: PlanLimit; readonly distance: Ratio };
  /** What this row draws on shared limits, whole fen. */
  readonly draws: readonly Draw[];
}

export interface Draw {
  readonly allowance: NonNullable<PlanLimit["allowance"]>;
  readonly fen: number;
}

/** What a row needs to know of the other rows. */
export interface Neighbours {
  /** Fen that earlier rows of the same firm (and year) drew on the allowance. */
  drawn(limit: PlanLimit): number;
  /** Whether one admissible row of the firm and year passes the tests, this row included. */
  anyRow(tests: readonly PlanTest[]): boolean;
}

/** The award of one row on its own, or among its neighbours. Never throws for a row of readable values. */
export function award(plan: Plan, row: Row, neighbours: Neighbours = aloneWith(plan, row)): Award {
  const bare = (outcome: Outcome): Award => withoutMoney(plan, outcome);
  if (!plan.inForce) return bare({ kind: "not-in-force" });
  const given = withDefaults(plan, row);
  const missing = plan.required
    .filter(({ input, tests }) => row[input] === undefined && passes(tests, given, neighbours, row))
    .map(({ input }) => input);
  if (missing.length) return bare({ kind: "incomplete", missing });

  const reader = new Reader(given, row, neighbours);
  const parts = plan.parts.map((part) => reader.part(part));
  const total = parts.reduce((sum, { amount }) => add(sum, amount), ZERO);
  const overall = reader.limits(plan.limits);
  const minus = plan.minus ? numberOf(given[plan.minus]) : ZERO;
  const capped = smallest(overall, total);
  const piece = rounded(atLeastZero(subtract(capped, minus)), plan.rounding);
  const fen = plan.times ? piece.times(numberOf(given[plan.times]).n) : piece;

  if (reader.aboveCeiling) return bare(reader.aboveCeiling);
  const failing = plan.conditions.find((condition) => !holds(condition, given, neighbours, row));
  if (failing) return bare({ kind: "not-eligible", because: failing.else });
  if (plan.grades.length) {
    const grade = plan.grades.find(({ anyOf }) => anyOf.some((tests) => passes(tests, given, neighbours, row)));
    return bare(grade ? { kind: "label", label: grade.label } : { kind: "unquantified", missing: [] });
  }
  if (reader.unquantified.size || !plan.parts.length) {
    return bare({ kind: "unquantified", missing: [...reader.unquantified] });
  }
  if (fen.gt(MAX_FEN)) return bare({ kind: "too-large" });

  const marked = parts.map((part) => ({ ...part, limits: markBinding(part.limits, part.amount) }));
  const overallMarked = markBinding(overall, compare(capped, total) < 0 ? capped : ratio(-1));
  const deciding = overallMarked.some(({ binds }) => binds)
    ? overallMarked
    : (marked.filter(({ fails, limits }) => !fails && limits.length).at(-1)?.limits ?? []);
  const binding = deciding.find(({ binds }) => binds);
  const next = binding && nextAbove(deciding, binding);
  return {
    plan,
    outcome: { kind: "award" },
    fen: fen.toNumber(),
    parts: marked,
    limits: overallMarked,
    ...(binding && { binding }),
    ...(next && { next }),
    draws: drawsOf(marked, overallMarked, capped),
  };
}

/** Neighbours of a row that stands alone. */
const aloneWith = (plan: Plan, row: Row): Neighbours => {
  const given = withDefaults(plan, row);
  const alone: Neighbours = { drawn: () => 0, anyRow: (tests) => passes(tests, given, alone, row) };
  return alone;
};

/** The row with the default of every input it does not give. */
export function withDefaults(plan: Plan, row: Row): Row {
  const defaults = Object.entries(plan.inputs)
    .filter(([input, spec]) => row[input] === undefined && spec.default !== undefined)
    .map(([input, { default: value, kind }]) => [
      input,
      typeof value === "number" ? new Exact(value).times(kind === "money" ? 100 : 1) : value,
    ]);
  return { ...row, ...(Object.fromEntries(defaults) as Row) };
}

const numberOf = (value: Row[string]): Ratio => (value instanceof Exact ? ratio(value) : ZERO);

/** Whether every test holds. `given` is the row with defaults, `row` what the user gave. */
export function passes(tests: readonly PlanTest[], given: Row, neighbours: Neighbours, row: Row): boolean {
  return tests.every((test) => {
    switch (test.kind) {
      case "given":
        return (row[test.input] !== undefined) === test.given;
      case "is":
        return test.oneOf.includes(given[test.input] as string | boolean);
      case "bound": {
        const value = given[test.input];
        return value instanceof Exact && compares(ratio(value), test.op, test.than);
      }
      case "any":
        return test.anyOf.some((group) => passes(group, given, neighbours, row));
      case "any-row":
        return neighbours.anyRow(test.tests);
    }
  });
}

export function holds(condition: PlanCondition, given: Row, neighbours: Neighbours, row: Row): boolean {
  if (condition.kind === "tests") return passes(condition.tests, given, neighbours, row);
  const divisor = numberOf(given[condition.to]);
  const amount = subtract(numberOf(given[condition.of]), condition.less ? numberOf(given[condition.less]) : ZERO);
  return compare(divisor, ZERO) > 0 && compares(amount, condition.op, multiply(condition.than, divisor));
}

function compares(a: Ratio, op: ">=" | ">" | "<=" | "<", b: Ratio): boolean {
  const sign = compare(a, b);
  return op === ">=" ? sign >= 0 : op === ">" ? sign > 0 : op === "<=" ? sign <= 0 : sign < 0;
}

/** Reads the figures of one row and notes what is missing or above its ceiling. */
class Reader {
  readonly unquantified = new Set<string>();
  aboveCeiling: Outcome | undefined;

  constructor(
    private readonly given: Row,
    private readonly row: Row,
    private readonly neighbours: Neighbours,
  ) {}

  part(part: PlanPart): PartWorking {
    const failing = part.conditions.find((condition) => !holds(condition, this.given, this.neighbours, this.row));
    if (failing) return { part, fails: failing.else, limits: [], amount: ZERO };
    const limits = this.limits(part.limits);
    return { part, limits, amount: limits.length ? smallest(limits) : ZERO };
  }

  /** The limits that are there for this row. */
  limits(limits: readonly PlanLimit[]): LimitWorking[] {
    return limits
      .filter(({ tests }) => this.passes(tests))
      .map((limit) => this.limit(limit))
      .filter(({ terms }) => terms.every(({ figures }) => figures.every(({ value }) => value !== NO_LIMIT)));
  }

  private limit(limit: PlanLimit): LimitWorking {
    const terms = limit.terms.map((term) => this.term(term));
    const gross = terms.reduce((sum, { factors, figures }) => add(sum, product([...factors, ...figures])), ZERO);
    const used = limit.used ? numberOf(this.given[limit.used]) : ZERO;
    const drawn = ratio(this.neighbours.drawn(limit));
    const amount = atLeastZero(subtract(subtract(gross, used), drawn));
    return { limit, terms, gross, used, drawn, amount, binds: false };
  }

  private term(term: PlanTerm): TermWorking {
    return {
      term,
      factors: term.factors.map(({ input, per }) => ({
        input,
        value: multiply(numberOf(this.given[input]), ratio(1, per)),
      })),
      figures: term.figures.map((figure) => this.figure(figure)),
    };
  }

  private figure({ cases, lever }: PlanFigure): Operand {
    const whatIf = lever && this.given[lever];
    if (whatIf instanceof Exact) return { input: lever!, value: ratio(whatIf) };
    const found = cases.find(({ tests }) => this.passes(tests));
    // No grade fits: nothing, as the document grants nothing for it.
    if (!found) return { value: ZERO };
    const { value } = found;
    if (value.kind === "number") return { value: value.number };
    if (value.kind === "none") return { value: NO_LIMIT };
    const given = this.given[value.input];
    if (!(given instanceof Exact)) {
      if (!value.otherwise) this.unquantified.add(value.input);
      return { value: value.otherwise ?? ZERO };
    }
    const own = ratio(given);
    if (value.ceiling && compare(own, value.ceiling) > 0) this.refuse(value.input, value.ceiling, false);
    for (const bound of value.below) {
      const above = typeof bound === "string" ? this.given[bound] : bound;
      const limit = above instanceof Exact ? ratio(above) : typeof above === "object" ? above : undefined;
      if (limit && compare(own, limit) >= 0) this.refuse(value.input, limit, true);
    }
    return { input: value.input, value: own };
  }

  private refuse(input: string, ceiling: Ratio, strictly: boolean): void {
    this.aboveCeiling ??= { kind: "above-ceiling", input, ceiling, strictly };
  }

  private passes(tests: readonly PlanTest[]): boolean {
    return passes(tests, this.given, this.neighbours, this.row);
  }
}

/** Stands for `none`: the limit is not there. */
const NO_LIMIT: Ratio = ratio(-1);

/** The product of operands, exactly. */
export const product = (operands: readonly Operand[]): Ratio =>
  operands.reduce((result, { value }) => multiply(result, value), UNIT);

function smallest(limits: readonly LimitWorking[], start?: Ratio): Ratio {
  const amounts = [...(start ? [start] : []), ...limits.map(({ amount }) => amount)];
  return amounts.reduce((least, amount) => (compare(amount, least) < 0 ? amount : least));
}

/** Marks the first limit, in clause order, that equals the amount. */
function markBinding(limits: readonly LimitWorking[], amount: Ratio): LimitWorking[] {
  const first = limits.findIndex((limit) => compare(limit.amount, amount) === 0);
  return limits.map((limit, i) => (i === first ? { ...limit, binds: true } : limit));
}

function nextAbove(limits: readonly LimitWorking[], binding: LimitWorking): Award["next"] {
  const above = limits
    .filter(({ limit }) => limit !== binding.limit)
    .sort((a, b) => compare(a.amount, b.amount) || a.limit.index - b.limit.index)[0];
  return above && { limit: above.limit, distance: subtract(above.amount, binding.amount) };
}

function rounded(value: Ratio, rounding: Plan["rounding"]): Exact {
  if (rounding === "half_up") return new Exact(halfUp(value));
  if (rounding === "down") return new Exact(floor(value));
  return new Exact(floor(multiply(value, ratio(1, 100)))).times(100);
}

function drawsOf(parts: readonly PartWorking[], overall: readonly LimitWorking[], total: Ratio): Draw[] {
  const draw = (limits: readonly LimitWorking[], amount: Ratio): Draw[] =>
    limits.flatMap(({ limit: { allowance } }) => (allowance ? [{ allowance, fen: halfUp(amount) }] : []));
  return [...parts.flatMap(({ limits, amount }) => draw(limits, amount)), ...draw(overall, total)];
}

/** An award of nothing, with the answer why. */
export const withoutMoney = (plan: Plan, outcome: Outcome): Award => ({
  plan,
  outcome,
  fen: 0,
  parts: [],
  limits: [],
  draws: [],
});
