/** What a pool must hold, and how likely it is to run out. From the distribution itself; no random number is drawn. */
import type { NeedMethod } from "./estimate";
import { needOf, quantile, runsOut } from "./need";
import type { CommonFactor, GroupedClaim } from "./common";
import type { CommonGrowth } from "./uncertain";

export interface PoolRisk {
  /** Fen, a float: Σ probability · E[min(size, cap)]. With a spread s and no cap, E[size] is amount · e^(s²/2). */
  readonly expected: number;
  /** Standard deviation, fen, a float. */
  readonly deviation: number;
  /** Whole fen that suffice in 50, 80, 90 and 95 of 100 cases. */
  readonly p50: number;
  readonly p80: number;
  readonly p90: number;
  readonly p95: number;
  /** P(need > pool), a float from 0 to 1. A need of exactly the pool is paid. */
  readonly runsOut: number;
  /** Whole fen: the smallest pool that runs out with a probability of at most `risk`. */
  readonly poolForRisk: number;
  readonly method: NeedMethod;
}

/**
 * The need of claims that come independently, each with its probability and spread, and what it means for a pool.
 * @param pool whole fen
 * @param options `risk`: the probability of running out that is accepted, 0.1 where absent; `growth`: one growth of all claims;
 * `factors`: what moves claims together
 * @throws Refusal for an amount, probability, spread, cap, growth, factor or risk that is not acceptable
 */
export function poolRisk(
  claims: readonly GroupedClaim[],
  pool: number,
  options: {
    readonly risk?: number;
    readonly growth?: CommonGrowth;
    readonly factors?: readonly CommonFactor[];
  } = {},
): PoolRisk {
  const need = needOf(claims, options.growth, options.factors);
  return {
    expected: need.mean,
    deviation: need.deviation,
    p50: quantile(need, 0.5),
    p80: quantile(need, 0.8),
    p90: quantile(need, 0.9),
    p95: quantile(need, 0.95),
    runsOut: runsOut(need, pool),
    poolForRisk: quantile(need, 1 - (options.risk ?? 0.1)),
    method: need.method,
  };
}
