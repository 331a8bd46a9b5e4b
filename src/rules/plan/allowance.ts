/**
 * The allowance: which rows use a limit up together. A limit has a scope (firm, object) and a period (year of the claim,
 * several years in a row, the policy's term); rows of one scope and period share one account of it. On an account stands
 * what was granted so far: each row leaves it at the larger of what stood there and what the row gives as granted before,
 * plus its own award. So nothing is deducted twice, whether the user fills in what was granted before the table, or carries
 * the rows' own awards forward by hand.
 */
import { PARTS_OF_YEAR } from "../law/parts-of-year";
import type { Shared } from "../law/policy";

export interface Allowance {
  /** Limits of the same key are one, also across instruments. */
  readonly key: string;
  /** named: whom the input `by` names. */
  readonly scope: "firm" | "object" | "named";
  readonly by?: string;
  /** Of scope object: a row that names none has no account, since it may count several of them; not there: the firm stands for it. */
  readonly unnamed?: "apart";
  readonly period: NonNullable<Shared["period"]>;
}

/**
 * Who has the account: the firm, the object, or whom the row names. Where the row does not name a firm or an object, the
 * other stands for it: rows of one firm count as one object (but where they stand apart), and rows on one object are rows of one firm.
 */
export function ownerOf<T>(
  { scope, unnamed }: Allowance,
  firm: T | undefined,
  object: T | undefined,
  named?: T,
): T | undefined {
  if (scope === "named") return named;
  if (unnamed) return object;
  return scope === "object" ? (object ?? firm) : (firm ?? object);
}

/** The input whose value is the part of the year that an account is for; undefined where accounts run for whole years. */
export const partInput = ({ period }: Allowance): string | undefined =>
  period === "quarter" || period === "half-year" ? PARTS_OF_YEAR[period].input : undefined;

/**
 * Which of the owner's accounts a year belongs to.
 * @param first the first year in which the owner claims under the limit
 */
export function termOf({ period }: Allowance, year: number, first: number): number {
  if (period === "year" || period === "quarter" || period === "half-year") return year;
  return period === "policy" ? 0 : Math.floor((year - first) / period.years);
}
