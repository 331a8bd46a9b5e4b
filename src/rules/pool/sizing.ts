/** How large a cap or a rate a pool can pay. Exact, to the fen; nothing here is estimated. */
import type { Ratio } from "../number/ratio";
import { checkFen, checkFenList, ensure, sum } from "./fen";
import { commonLevel } from "./sharing";

export interface CapFit {
  /** Fen. Where the pool pays every claim in full, the largest claim: no smaller cap leaves all claims whole. */
  readonly cap: number;
  /** False where the pool pays every claim in full, so that no cap is needed. */
  readonly binds: boolean;
  /** Σ min(claim, cap), fen; one fen more of cap would exceed the pool where the cap binds. */
  readonly used: number;
  readonly left: number;
}

/** The highest per-claim cap, in whole fen, that the pool can pay in full. @throws Refusal for what is not whole fen */
export function capThatFits(claims: ArrayLike<number>, money: number): CapFit {
  const asked = checkFenList(claims, "claims");
  const pool = checkFen(money, "pool");
  const total = sum(asked);
  const binds = pool < total;
  const level = commonLevel(asked, Math.min(pool, total));
  const cap = binds ? Math.floor(level.numerator / level.count) : asked.reduce((a, b) => Math.max(a, b), 0);
  const used = costAtCap(asked, cap);
  return { cap, binds, used, left: pool - used };
}

const costAtCap = (claims: readonly number[], cap: number): number => sum(claims.map((claim) => Math.min(claim, cap)));

/**
 * What a pool pays more when the cap rises from `cap` to `cap` + `step`: Σ min(max(claim − cap, 0), step), in fen, for
 * claims before any cap; and how many claims lie above the cap. Holds while the pool does not bind.
 */
export function capStepCost(claims: ArrayLike<number>, cap: number, step: number): { cost: number; above: number } {
  const asked = checkFenList(claims, "claims");
  checkFen(cap, "cap");
  checkFen(step, "step");
  const above = asked.filter((claim) => claim > cap);
  return { cost: sum(above.map((claim) => Math.min(claim - cap, step))), above: above.length };
}

/** How many firms at the cap empty the pool: so many in full, and what is left for the next, in fen. */
export function firmsAtCap(pool: number, cap: number): { whole: number; left: number; ratio: number } {
  checkFen(pool, "pool");
  ensure(checkFen(cap, "cap") > 0, "cap", null, "应大于零", "it must be above zero");
  const left = pool % cap;
  return { whole: (pool - left) / cap, left, ratio: pool / cap };
}

/** One award as a function of the rates: min(half-up(factor · rate · amount), cap), amount and cap in fen. */
export interface RatedClaim {
  readonly amount: number;
  readonly rate: Ratio;
  /** Fen, or Infinity; all limits that do not move with the rate. */
  readonly cap: number;
}

export interface FactorFit {
  /** With nine decimals; null where all awards at their caps still leave money, so that no factor uses up the pool. */
  readonly factor: number | null;
  /** Fen paid at that factor; at the caps where there is none. */
  readonly used: number;
  readonly left: number;
  /** Awards that their caps hold at that factor. */
  readonly capped: number;
}

/** Factors are counted in billionths: fine enough to place each fen of a pool of ten million yuan. */
const FACTOR_STEPS = 10 ** 9;
const LARGEST_FACTOR = 10 ** 6;

/**
 * The largest factor on all rates, to nine decimals, at which the awards, each rounded half-up to the fen, fit in the pool.
 * An award of several parts is several claims.
 * @throws Refusal for what is not whole fen, and when the factor would exceed one million
 */
export function factorThatFits(claims: readonly RatedClaim[], pool: number): FactorFit {
  checkFen(pool, "pool");
  checkFenList(
    claims.map(({ amount }) => amount),
    "amounts",
  );
  claims.forEach(({ cap }, row) => cap === Infinity || checkFen(cap, "cap", row));
  const moving = claims
    .map(({ amount, rate, cap }) => ({ amount: BigInt(amount), cap, ...fractionOf(rate) }))
    .filter(({ amount, numerator }) => amount > 0n && numerator > 0n);
  const awardsAt = (steps: number): number[] =>
    moving.map(({ amount, numerator, denominator, cap }) => {
      const award = halfUp(amount * numerator * BigInt(steps), denominator * BigInt(FACTOR_STEPS));
      return award < cap ? Number(award) : cap;
    });
  const most = sum(moving.map(({ cap }) => cap));
  if (most <= pool) return { factor: null, used: most, left: pool - most, capped: moving.length };
  const total = (steps: number): number => sum(awardsAt(steps));
  const highest = LARGEST_FACTOR * FACTOR_STEPS;
  ensure(total(highest) > pool, "factor", null, "将超过一百万倍", "it would exceed one million");
  const steps = largestStep(total, pool, closeTo(moving, pool), highest);
  const awards = awardsAt(steps);
  const used = sum(awards);
  const capped = awards.filter((award, row) => award === moving[row]!.cap).length;
  return { factor: steps / FACTOR_STEPS, used, left: pool - used, capped };
}

/** The largest count of steps with total ≤ pool, searched outwards from a guess in doubling strides, then by halves. */
export function largestStep(total: (steps: number) => number, pool: number, guess: number, highest: number): number {
  let low = Math.min(guess, highest);
  let high = low;
  for (let stride = 1; total(low) > pool; stride *= 2) {
    high = low;
    low = Math.max(0, low - stride);
  }
  for (let stride = 1; low === high && high < highest; stride *= 2) {
    high = Math.min(highest, high + stride);
    if (total(high) <= pool) low = high;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (total(middle) <= pool) low = middle;
    else high = middle;
  }
  return low;
}

/** The factor before any rounding, in steps: Σ min(factor · slope, cap) is linear between the factors that reach a cap. */
function closeTo(
  moving: readonly { amount: bigint; numerator: bigint; denominator: bigint; cap: number }[],
  pool: number,
): number {
  const lines = moving.map(({ amount, numerator, denominator, cap }) => {
    const slope = (Number(amount) * Number(numerator)) / Number(denominator);
    return { slope, cap, kink: cap / slope };
  });
  lines.sort((a, b) => a.kink - b.kink);
  let slope = sum(lines.map((line) => line.slope));
  let left = pool;
  for (const line of lines) {
    if (line.kink * slope >= left) break;
    left -= line.cap;
    slope -= line.slope;
  }
  const steps = Math.round((left / slope) * FACTOR_STEPS);
  return Number.isFinite(steps) ? Math.max(0, steps) : FACTOR_STEPS;
}

/** What the awards cost at each rate (rows) and each cap (columns): Σ min(half-up(rate · amount), cap), in fen. */
export function costSurface(amounts: ArrayLike<number>, rates: readonly Ratio[], caps: ArrayLike<number>): number[][] {
  const spent = checkFenList(amounts, "amounts").map(BigInt);
  const limits = Array.from(caps, (cap, row) => checkFen(cap, "cap", row));
  return rates.map((rate, row) => {
    const { numerator, denominator } = fractionOf(rate, row);
    const awards = spent.map((amount) => Number(halfUp(amount * numerator, denominator)));
    return limits.map((cap) => costAtCap(awards, cap));
  });
}

/** A rate as two whole numbers. */
function fractionOf({ n, d }: Ratio, row: number | null = null): { numerator: bigint; denominator: bigint } {
  ensure(n >= 0n, "rate", row, "应为不小于零的数", "it must be zero or more");
  return { numerator: n, denominator: d };
}

const halfUp = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator);
