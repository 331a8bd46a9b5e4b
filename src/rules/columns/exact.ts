/** One row along its path in fractions of any size: for rows beyond the exact range of doubles. */
import { isBeyond, rounded } from "../award/award";
import { fold } from "../award/fold";
import type { LimitProducts, PathProducts, Product } from "../award/products";
import { MAX_FEN } from "../number/money";
import {
  add,
  atLeastZero,
  compare,
  floorOf,
  halfUp,
  larger,
  multiply,
  ratio,
  smaller,
  subtract,
  ZERO,
} from "../number/ratio";
import type { Ratio } from "../number/ratio";
import type { PlanLimit } from "../plan/plan";
import type { Inputs } from "./inputs";

/** In place of PlanLimit.index where no limit decides. */
export const NO_LIMIT = 255;

export interface RowAward {
  /** Whole fen; NaN where the award is too large to be exact. */
  readonly fen: number;
  /** PlanLimit.index, or NO_LIMIT. */
  readonly binding: number;
  /** What the row adds to its accounts; `before` is the larger of what stood there and what the row gives as granted before. */
  readonly draws: readonly { limit: PlanLimit; before: number; fen: number }[];
  /** Taken off as granted before, and the award of one piece, whole fen. */
  readonly minus: number;
  readonly piece: number;
}

/**
 * @param granted fen that stand on the account of a limit
 * @param before fen that earlier awards of the kind granted, where a further one pays the difference
 */
export function rowAlong(
  { parts, limits, minus, times }: PathProducts,
  inputs: Inputs,
  i: number,
  granted: (limit: PlanLimit) => number,
  before: number,
): RowAward {
  const { rounding, drawn, highest } = inputs.plan;
  const value = (product: Product | undefined): Ratio => (product ? valueOf(product, inputs, i) : ZERO);
  const taken = (one: LimitProducts): Ratio =>
    larger(value(one.used), ratio(one.limit.allowance ? granted(one.limit) : 0));
  const amount = (one: LimitProducts): Ratio =>
    atLeastZero(subtract(one.terms.map(value).reduce(add, ZERO), taken(one)));
  const off = larger(value(minus), ratio(before));
  const live = parts.filter((part) => part.limits.length);
  const folded = fold<LimitProducts, Ratio>(
    { parts: live.map((part) => part.limits), highest, limits },
    {
      nothing: ZERO,
      amount,
      add,
      larger,
      smaller,
      rest: (a) => atLeastZero(subtract(a, off)),
      round: (a) => ratio(rounded(a, rounding) * (times ? floorOf(value(times)) : 1n)),
    },
  );
  const fen = folded.award.n;
  const tooLarge: RowAward = { fen: NaN, binding: NO_LIMIT, draws: [], minus: 0, piece: 0 };
  if (fen > BigInt(MAX_FEN)) return tooLarge;
  const cut = compare(folded.capped, folded.total) < 0;
  const paid = highest ? folded.parts.findIndex((amount) => compare(amount, folded.total) === 0) : live.length - 1;
  const deciding = cut ? limits : (live[paid]?.limits ?? []);
  const least = cut ? folded.capped : folded.parts[paid];
  const binding = deciding.find((one) => compare(amount(one), least!) === 0);
  const drawsOf = (list: readonly LimitProducts[], paid: Ratio): RowAward["draws"] =>
    list.flatMap((one) =>
      one.limit.allowance ? [{ limit: one.limit, before: halfUp(taken(one)), fen: Number(rounded(paid, drawn)) }] : [],
    );
  const draws = [
    ...live.flatMap((part, p) => drawsOf(part.limits, folded.parts[p]!)),
    ...drawsOf(limits, folded.capped),
  ];
  const again = { before: halfUp(off), fen: Number(rounded(folded.rest, rounding)) };
  if (isBeyond(inputs.plan.again ? [...draws, again] : draws)) return tooLarge;
  return {
    fen: Number(fen),
    binding: binding?.limit.index ?? NO_LIMIT,
    draws,
    minus: again.before,
    piece: again.fen,
  };
}

const valueOf = ({ coefficient, inputs: names }: Product, inputs: Inputs, i: number): Ratio =>
  names.reduce((value, name) => multiply(value, ratio(inputs.varying(name)!.values[i]!)), coefficient);
