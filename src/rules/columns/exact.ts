/** One row along its path in whole numbers of any size: for rows beyond the exact range of doubles. */
import { MAX_FEN } from "../number/money";
import type { Plan, PlanLimit } from "../plan/plan";
import { floorOf, halfUpOf, NOTHING, plus, times, type Fraction } from "../number/fraction";
import type { Inputs } from "./inputs";
import type { Path, PathLimit, Term } from "../award/path";

export const NO_LIMIT = 255;

export interface RowAward {
  /** Whole fen; NaN where the award is too large to be exact. */
  readonly fen: number;
  /** PlanLimit.index, or NO_LIMIT. */
  readonly binding: number;
  readonly draws: readonly { limit: PlanLimit; fen: number }[];
}

/** @param drawn fen that earlier rows drew on a limit */
export function rowAlong(path: Path, inputs: Inputs, i: number, drawn: (limit: PlanLimit) => number): RowAward {
  const { plan } = inputs;
  const amount = ({ limit, terms, used }: PathLimit): Fraction => {
    const gross = terms.map((term) => valueOf(term, inputs, i)).reduce(plus, NOTHING);
    const taken = used ? valueOf(used, inputs, i) : NOTHING;
    return atLeastZero(minus(minus(gross, taken), { n: BigInt(drawn(limit)), d: 1n }));
  };
  const draws: { limit: PlanLimit; fen: number }[] = [];
  const draw = (limits: readonly PathLimit[], fen: Fraction): void => {
    for (const { limit } of limits) if (limit.allowance) draws.push({ limit, fen: Number(halfUpOf(fen)) });
  };

  let total = NOTHING;
  let binding = NO_LIMIT;
  for (const { limits } of path.parts) {
    if (!limits.length) continue;
    const least = smallest(limits.map(amount));
    total = plus(total, least.value);
    binding = limits[least.at]!.limit.index;
    draw(limits, least.value);
  }
  if (path.limits.length) {
    const least = smallest(path.limits.map(amount));
    if (below(least.value, total)) {
      total = least.value;
      binding = path.limits[least.at]!.limit.index;
    }
    draw(path.limits, total);
  }
  const rest = atLeastZero(path.minus ? minus(total, valueOf(path.minus, inputs, i)) : total);
  const piece = rounded(rest, plan.rounding);
  const fen = path.times ? piece * floorOf(valueOf(path.times, inputs, i)) : piece;
  if (fen > BigInt(MAX_FEN)) return { fen: NaN, binding: NO_LIMIT, draws: [] };
  return { fen: Number(fen), binding, draws };
}

function valueOf({ coefficient, columns }: Term, inputs: Inputs, i: number): Fraction {
  return columns.reduce(
    (value, name) => times(value, { n: BigInt(inputs.varying(name)!.values[i]!), d: 1n }),
    coefficient,
  );
}

const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });
const below = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;
const atLeastZero = (a: Fraction): Fraction => (a.n < 0n ? NOTHING : a);

function smallest(amounts: readonly Fraction[]): { value: Fraction; at: number } {
  let at = 0;
  amounts.forEach((amount, k) => {
    if (below(amount, amounts[at]!)) at = k;
  });
  return { value: amounts[at]!, at };
}

function rounded(value: Fraction, rounding: Plan["rounding"]): bigint {
  if (rounding === "half_up") return halfUpOf(value);
  if (rounding === "down") return floorOf(value);
  return floorOf({ n: value.n, d: value.d * 100n }) * 100n;
}
