/** The figures that a planner asks for first. */
import { checkFen, fenColumn, sum } from "./fen";

export interface PoolStats {
  /** Fen, before any cap. */
  readonly claimed: number;
  /** Fen, each claim cut to the cap. */
  readonly approved: number;
  /** min(pool, approved), fen. */
  readonly paid: number;
  /** Fen of pool that nobody claims. */
  readonly left: number;
  /** paid ÷ pool; null for an empty pool. */
  readonly use: number | null;
  /** 1 − paid ÷ approved: what the shortage of the pool takes, after the cap; 0 where nothing is claimed. */
  readonly haircut: number;
  /** Claims above the cap, and the fen that the cap takes from them. */
  readonly cutClaims: number;
  readonly cutAmount: number;
  /** pool ÷ cap: firms at the cap that empty the pool; null without a cap or with a cap of zero. */
  readonly firmsAtCap: number | null;
  /** The five largest claims, after the cap, as a part of all; 0 where nothing is claimed. */
  readonly topFive: number;
}

/** Of so many claims the part in all is said. */
const LARGEST = 5;

/**
 * Use of a pool by its claims, with an optional cap for each claim. Ratios are floats for showing; amounts are exact.
 * @throws Refusal for what is not whole fen
 */
export function poolStats(claims: ArrayLike<number>, pool: number, cap?: number): PoolStats {
  const asked = fenColumn(claims, "claims");
  checkFen(pool, "pool");
  if (cap !== undefined && cap !== Infinity) checkFen(cap, "cap");
  const most = cap ?? Infinity;
  const claimed = sum(asked);
  let [approved, cutClaims] = [0, 0];
  /** Ascending. */
  const largest = new Float64Array(LARGEST);
  for (let row = 0; row < asked.length; row++) {
    const whole = asked[row]!;
    const amount = whole < most ? whole : most;
    approved += amount;
    cutClaims += amount < whole ? 1 : 0;
    if (amount <= largest[0]!) continue;
    largest[0] = amount;
    largest.sort();
  }
  const paid = Math.min(pool, approved);
  return {
    claimed,
    approved,
    paid,
    left: pool - paid,
    use: pool === 0 ? null : paid / pool,
    haircut: approved === 0 ? 0 : 1 - paid / approved,
    cutClaims,
    cutAmount: claimed - approved,
    firmsAtCap: cap ? (Number.isFinite(cap) ? pool / cap : null) : null,
    topFive: approved === 0 ? 0 : sum(largest) / approved,
  };
}
