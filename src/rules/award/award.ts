/**
 * One award, exact, with its workings: the reference for every other reader of a plan.
 * Arithmetic: fractions of whole numbers; nothing is rounded before the fen of the row.
 */
import { MAX_FEN, MAX_SUM } from "../number/money";
import {
  add,
  atLeastZero,
  compare,
  floorOf,
  halfUp,
  halfUpOf,
  larger,
  multiply,
  ratio,
  subtract,
  UNIT,
  ZERO,
  type Ratio,
} from "../number/ratio";
import type { Text } from "../law/policy";
import type { Allowance } from "../plan/allowance";
import type { Plan, PlanLimit, PlanPart, PlanTotal, Rounding } from "../plan/plan";
import { Facts, type Neighbours } from "./facts";
import { fold } from "./fold";
import { pathOf, TOO_LARGE, type Operand, type Outcome, type PathLimit, type PathTerm } from "./path";
import type { Row } from "./row";

/** A limit with its computation. Amounts in fen, not yet rounded. */
export interface LimitWorking {
  readonly limit: PlanLimit;
  readonly terms: readonly PathTerm[];
  /** Before what was used and drawn. */
  readonly gross: Ratio;
  /** Granted under the limit before the table, in fen, as the row gives it. */
  readonly used: Ratio;
  /** What earlier rows of the table drew beyond that, in fen. */
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

export interface Award {
  readonly plan: Plan;
  readonly outcome: Outcome;
  /** Whole fen; 0 unless the outcome is an award. */
  readonly fen: number;
  readonly parts: readonly PartWorking[];
  /** Where the highest of the parts is paid: which one. */
  readonly paid?: PlanPart;
  /** Limits over the sum of the parts. */
  readonly limits: readonly LimitWorking[];
  /** The sum of the parts after the limits over it, before what is taken off. */
  readonly capped: Ratio;
  /** Taken off as granted before, in fen: what the row gives, or what earlier rows of the table got where that is more. */
  readonly minus: Ratio;
  /** The award before it is rounded and multiplied by the pieces. */
  readonly exact: Ratio;
  /** The limit that decides, in clause order among equals. */
  readonly binding?: LimitWorking;
  /** The next limit of the same part and how far it lies above, in fen. */
  readonly next?: { readonly limit: PlanLimit; readonly distance: Ratio };
  /** Taken off at last, in whole fen: what the object got before by an award that may not stand beside this one. */
  readonly elsewhere?: number;
  /** What this row adds to what is granted under shared limits. */
  readonly draws: readonly Draw[];
  /** What rows come to under the plan's totals, in fen: before this one, and in all. */
  readonly totals: readonly { readonly total: PlanTotal; readonly before: Ratio; readonly all: Ratio }[];
  /** Inputs that were blank, and are what other rows of the table are awarded. */
  readonly filled: readonly string[];
}

/** What a row adds to an account, whole fen. */
export interface Draw {
  /** A limit's allowance, or the plan's `again`. */
  readonly allowance: Allowance;
  /** Granted before: what earlier rows left there, or what the row gives where that is more. */
  readonly before: number;
  readonly fen: number;
}

const GRANTED_ONCE: Text = { zh: "一次性奖励，此前已获支持", en: "paid once only, and granted before" };

/** The award of one row on its own, or among its neighbours. Never throws for a row of readable values. */
export function award(plan: Plan, row: Row, neighbours?: Neighbours): Award {
  const facts = new Facts(plan, row, neighbours);
  const result = awardOf(facts);
  if (!plan.totals.length || !plan.inForce) return result;
  return { ...result, totals: plan.totals.map((total) => ({ total, ...facts.total(total) })) };
}

function awardOf(facts: Facts): Award {
  const { plan } = facts;
  const path = pathOf(facts);
  if (path.outcome.kind !== "award") return withoutMoney(plan, path.outcome);
  const before = plan.again ? facts.granted(plan.again) : 0;
  if (plan.again?.pays === "nothing" && before > 0)
    return withoutMoney(plan, { kind: "not-eligible", because: GRANTED_ONCE });

  const working = (limit: PathLimit): LimitWorking => workingOf(limit, facts);
  const parts = path.parts.map(({ part, fails, limits }) => ({ part, fails, limits: limits.map(working) }));
  const limits = path.limits.map(working);
  const minus = larger(path.minus?.value ?? ZERO, plan.again ? ratio(before) : ZERO);
  const pieces = path.times ? floorOf(path.times.value) : 1n;
  const folded = fold<LimitWorking, Ratio>(
    { parts: parts.map((part) => part.limits), highest: plan.highest, limits },
    {
      nothing: ZERO,
      amount: ({ amount }) => amount,
      add,
      larger,
      smaller: (a, b) => (compare(a, b) <= 0 ? a : b),
      rest: (a) => atLeastZero(subtract(a, minus)),
      round: (a) => ratio(rounded(a, plan.rounding) * pieces),
    },
  );
  const fen = folded.award.n;
  // Of several pieces each is granted what one is: the next award of the kind pays its difference to that.
  const piece = Number(rounded(folded.rest, plan.rounding));
  if (fen > BigInt(MAX_FEN)) return withoutMoney(plan, TOO_LARGE);

  const marked = parts.map(({ part, fails, limits: own }, p): PartWorking => ({
    part,
    ...(fails && { fails }),
    limits: markBinding(own, folded.parts[p]!),
    amount: folded.parts[p]!,
  }));
  const cut = compare(folded.capped, folded.total) < 0;
  const overall = cut ? markBinding(limits, folded.capped) : limits;
  const live = marked.filter(({ limits: own }) => own.length);
  const paid = plan.highest ? live.find(({ amount }) => compare(amount, folded.total) === 0) : live.at(-1);
  const deciding = cut ? overall : (paid?.limits ?? []);
  const binding = deciding.find(({ binds }) => binds);
  const next = binding && nextAbove(deciding, binding);
  const draws = [
    ...marked.flatMap(({ limits: own, amount }) => drawsOf(own, amount, plan)),
    ...drawsOf(overall, folded.capped, plan),
    ...(plan.again ? [{ allowance: plan.again, before: halfUp(minus), fen: piece }] : []),
  ];
  if (isBeyond(draws)) return withoutMoney(plan, TOO_LARGE);
  return {
    plan,
    outcome: path.outcome,
    fen: Number(fen),
    parts: marked,
    ...(plan.highest && paid && { paid: paid.part }),
    limits: overall,
    capped: folded.capped,
    minus,
    exact: folded.rest,
    ...(binding && { binding }),
    ...(next && { next }),
    draws,
    totals: [],
    filled: [],
  };
}

/** Whether an account would hold more than is exact. */
export const isBeyond = (draws: readonly Pick<Draw, "before" | "fen">[]): boolean =>
  draws.some(({ before, fen }) => !(before + fen <= MAX_SUM));

function workingOf({ limit, terms, used: before }: PathLimit, facts: Facts): LimitWorking {
  const gross = terms.reduce((sum, { factors, figures }) => add(sum, product([...factors, ...figures])), ZERO);
  const used = before?.value ?? ZERO;
  const granted = limit.allowance ? ratio(facts.granted(limit.allowance)) : ZERO;
  const drawn = atLeastZero(subtract(granted, used));
  const amount = atLeastZero(subtract(subtract(gross, used), drawn));
  return { limit, terms, gross, used, drawn, amount, binds: false };
}

/** The product of operands, exactly. */
export const product = (operands: readonly Operand[]): Ratio =>
  operands.reduce((result, { value }) => multiply(result, value), UNIT);

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

/** Whole fen, a multiple of the step; what is paid instead where that is below the least award. */
export function rounded(value: Ratio, { step, half, minimum }: Rounding): bigint {
  const steps = step === 1 ? value : multiply(value, ratio(1, step));
  const fen = (half ? halfUpOf(steps) : floorOf(steps)) * BigInt(step);
  return minimum && fen > 0n && fen < minimum.fen ? BigInt(minimum.otherwise) : fen;
}

/** The same of whole fen in a double. */
export const withMinimum = (fen: number, { minimum }: Rounding): number =>
  minimum && fen > 0 && fen < minimum.fen ? minimum.otherwise : fen;

const drawsOf = (limits: readonly LimitWorking[], amount: Ratio, { drawn: rounding }: Plan): Draw[] =>
  limits.flatMap(({ limit: { allowance }, used, drawn }) =>
    allowance ? [{ allowance, before: halfUp(add(used, drawn)), fen: Number(rounded(amount, rounding)) }] : [],
  );

/** An award of nothing, with the answer why. */
export const withoutMoney = (plan: Plan, outcome: Outcome): Award => ({
  plan,
  outcome,
  fen: 0,
  parts: [],
  limits: [],
  capped: ZERO,
  minus: ZERO,
  exact: ZERO,
  draws: [],
  totals: [],
  filled: [],
});
