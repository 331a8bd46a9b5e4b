/**
 * Use month by month where the money comes once: what is claimed by the end of a month is a need of its own, and what is paid of
 * it is the smaller of that need and the money. No year is drawn, so that the last month says of the pool what its risk says.
 */
import { beyond, quantile, runsOut, type GroupedClaim } from "../../rules";
import type { Work } from "../parts/long-work";
import { needIn, uncertainClaims, type ClaimFigures, type PoolFigures } from "./planning";

/** Fen, on average. */
export interface AverageMonth {
  readonly month: string;
  readonly claimed: number;
  readonly paid: number;
  readonly closing: number;
  /** Part of the years in which the money, of its year where it comes anew, has not paid a claim in full by the end of the month. */
  readonly dry: number;
  /** Paid from the first month to this one: on average, and in the year with the tenth and the ninetieth of a hundred. */
  readonly cumulative: {
    readonly mean: number;
    /** By how much the mean may be off; the standard error where years were drawn. */
    readonly error: number;
    readonly p10: number;
    readonly p90: number;
  };
}

/**
 * @param rows by day
 * @param months from the first row to the last, "2026-03"
 * @param held fen, there from the first month on
 * @throws Refusal where a need has no figure
 */
export function* knownMonths(
  figures: PoolFigures,
  rows: NonNullable<ClaimFigures["dated"]>,
  months: readonly string[],
  held: number,
  cap: number,
): Work<AverageMonth[]> {
  const claims = uncertainClaims(figures, cap);
  const asked = claims.map(() => 0);
  const result: AverageMonth[] = [];
  let next = 0;
  let before = { claimed: 0, paid: 0 };
  for (const [k, month] of months.entries()) {
    for (; rows[next]?.date.startsWith(month); next++) asked[rows[next]!.claim]! += rows[next]!.amount;
    // A firm that claims again asks for more of the same: its rows come together, up to its cap.
    const due: GroupedClaim[] = [];
    for (const [place, { probability, spread = 0, group }] of claims.entries())
      if (asked[place]) due.push({ amount: asked[place], probability, spread, group, cap });
    const need = yield* needIn(due, figures, k / months.length);
    const { fen: unpaid, error } = beyond(need, held);
    const paid = Math.min(held, need.mean - unpaid);
    const upTo = (level: number): number => Math.min(held, quantile(need, level));
    result.push({
      month,
      claimed: need.mean - before.claimed,
      paid: Math.max(0, paid - before.paid),
      closing: held - paid,
      dry: runsOut(need, held),
      cumulative: { mean: paid, error, p10: upTo(0.1), p90: upTo(0.9) },
    });
    before = { claimed: need.mean, paid };
  }
  return result;
}
