/** Who shares which limit, and for how long. */
import type { Claim } from "../law/catalogue";
import type { Shared } from "../law/policy";

/** A limit that several rows use up together. */
export interface Allowance {
  /** Limits of the same key are one, also across instruments. */
  readonly key: string;
  readonly scope: Exclude<Shared["scope"], "row">;
  readonly period: NonNullable<Shared["period"]>;
}

/** What tells the accounts of one firm or object apart: the limit, and the year where it is a limit of the year. */
export const accountOf = ({ key, period }: Allowance, { year }: Claim): string =>
  period === "year" ? `${key}|${year}` : key;
