/** Rows along their path in whole numbers of any size: for rows beyond the exact range of doubles. */
import { isBeyond } from "../award/award";
import { fold } from "../award/fold";
import type { LimitProducts, PathProducts, Product } from "../award/products";
import { MAX_FEN } from "../number/money";
import { commonMultiple, floorOf, ratio } from "../number/ratio";
import type { PlanLimit, Rounding } from "../plan/plan";
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

/** D of a path: even, and a multiple of every denominator. */
export function denominatorOf({ parts, limits, minus }: PathProducts): bigint {
  const all = [...parts.flatMap((part) => part.limits), ...limits];
  const terms = [
    ...all.flatMap((limit) => [...limit.terms, ...(limit.used ? [limit.used] : [])]),
    ...(minus ? [minus] : []),
  ];
  return terms.reduce((unit, { coefficient }) => commonMultiple(unit, coefficient.d), 2n);
}

/** A limit in units of 1/D fen, and its place among those of the path. */
interface Whole {
  readonly at: number;
  readonly limit: PlanLimit;
  readonly terms: readonly Units[];
  readonly used: Units;
}
/** Of a row. */
type Units = (row: number) => bigint;

const nothing: Units = () => 0n;
const larger = (a: bigint, b: bigint): bigint => (a >= b ? a : b);
const atLeastZero = (a: bigint): bigint => (a < 0n ? 0n : a);
const add = (a: bigint, b: bigint): bigint => a + b;
const wholeOf = (x: number): bigint => (Number.isSafeInteger(x) ? BigInt(x) : floorOf(ratio(x)));

/** The award of a row. */
export type RowAlong = (
  row: number,
  /** Fen that stand on the account of a limit. */
  granted: (limit: PlanLimit) => number,
  /** Fen that earlier awards of the kind granted, where a further one pays the difference. */
  before: number,
) => RowAward;

/** The rows of a path, in whole numbers of any size: they are counted in units of 1/D fen. */
export function rowsAlong(path: PathProducts, inputs: Inputs): RowAlong {
  const { rounding, drawn, highest } = inputs.plan;
  const unit = denominatorOf(path);
  const productOf = (n: bigint, names: readonly string[]): Units => {
    const columns = names.map((name) => inputs.varying(name)!.values);
    return (row) => columns.reduce((product, column) => product * wholeOf(column[row]!), n);
  };
  const unitsOf = ({ coefficient: { n, d }, inputs: names }: Product): Units => productOf((n * unit) / d, names);
  let places = 0;
  const whole = ({ limit, terms, used }: LimitProducts): Whole => ({
    at: places++,
    limit,
    terms: terms.map(unitsOf),
    used: used ? unitsOf(used) : nothing,
  });
  const live = path.parts.flatMap(({ limits }) => (limits.length ? [limits.map(whole)] : []));
  const limits = path.limits.map(whole);
  const minus = path.minus ? unitsOf(path.minus) : nothing;
  const { times } = path;
  const pieces = times && productOf(times.coefficient.n, times.inputs);
  const clause = { parts: live, highest, limits };
  const amounts: bigint[] = [];
  return (row, granted, before) => {
    const taken = ({ limit, used }: Whole): bigint =>
      larger(used(row), limit.allowance ? wholeOf(granted(limit)) * unit : 0n);
    const off = larger(minus(row), wholeOf(before) * unit);
    const folded = fold<Whole, bigint>(clause, {
      nothing: 0n,
      amount: (one) =>
        (amounts[one.at] = atLeastZero(one.terms.reduce((sum, term) => sum + term(row), 0n) - taken(one))),
      add,
      larger,
      smaller: (a, b) => (a <= b ? a : b),
      rest: (a) => atLeastZero(a - off),
      round: (a) => rounded(a, unit, rounding) * (times ? pieces!(row) / times.coefficient.d : 1n),
    });
    const fen = folded.award;
    const tooLarge: RowAward = { fen: NaN, binding: NO_LIMIT, draws: [], minus: 0, piece: 0 };
    if (fen > BigInt(MAX_FEN)) return tooLarge;
    const cut = folded.capped < folded.total;
    const paid = highest ? folded.parts.indexOf(folded.total) : live.length - 1;
    const deciding = cut ? limits : (live[paid] ?? []);
    const least = cut ? folded.capped : folded.parts[paid];
    const binding = deciding.find(({ at }) => amounts[at] === least);
    const drawsOf = (list: readonly Whole[], units: bigint): RowAward["draws"] =>
      list.flatMap((one) =>
        one.limit.allowance
          ? [{ limit: one.limit, before: halfUp(taken(one), unit), fen: Number(rounded(units, unit, drawn)) }]
          : [],
      );
    const draws = [...live.flatMap((part, p) => drawsOf(part, folded.parts[p]!)), ...drawsOf(limits, folded.capped)];
    const again = { before: halfUp(off, unit), fen: Number(rounded(folded.rest, unit, rounding)) };
    if (isBeyond(inputs.plan.again ? [...draws, again] : draws)) return tooLarge;
    return {
      fen: Number(fen),
      binding: binding?.limit.index ?? NO_LIMIT,
      draws,
      minus: again.before,
      piece: again.fen,
    };
  };
}

/** ⌊a/unit + 1/2⌋ of an amount that is not negative. */
const halfUp = (a: bigint, unit: bigint): number => Number((2n * a + unit) / (2n * unit));

/** Whole fen of units, as rounded() of award.ts has them of a fraction. */
function rounded(a: bigint, unit: bigint, { step, half, minimum }: Rounding): bigint {
  const per = unit * BigInt(step);
  const fen = (half ? (2n * a + per) / (2n * per) : a / per) * BigInt(step);
  return minimum && fen > 0n && fen < minimum.fen ? BigInt(minimum.otherwise) : fen;
}
