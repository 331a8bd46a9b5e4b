/** The figures that a planner asks for first. */
import { capsOf, checkFen, checkFenList, cut, sum } from "./fen";

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

/**
 * Use of a pool by its claims, with an optional cap for each claim. Ratios are floats for showing; amounts are exact.
 * @throws Refusal for what is not whole fen
 */
export function poolStats(claims: ArrayLike<number>, pool: number, cap?: number): PoolStats {
  const asked = checkFenList(claims, "claims");
  checkFen(pool, "pool");
  const approvals = cut(asked, capsOf(cap, asked.length));
  const claimed = sum(asked);
  const approved = sum(approvals);
  const paid = Math.min(pool, approved);
  return {
    claimed,
    approved,
    paid,
    left: pool - paid,
    use: pool === 0 ? null : paid / pool,
    haircut: approved === 0 ? 0 : 1 - paid / approved,
    cutClaims: asked.filter((claim, row) => claim > approvals[row]!).length,
    cutAmount: claimed - approved,
    firmsAtCap: cap ? (Number.isFinite(cap) ? pool / cap : null) : null,
    topFive: approved === 0 ? 0 : sum(largest(approvals, 5)) / approved,
  };
}

/** The largest of the amounts, so many of them. */
function largest(amounts: readonly number[], count: number): number[] {
  const kept: number[] = new Array<number>(count).fill(0);
  for (const amount of amounts) {
    if (amount <= kept[0]!) continue;
    kept[0] = amount;
    kept.sort((a, b) => a - b);
  }
  return kept;
}
