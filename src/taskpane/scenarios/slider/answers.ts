/** The totals of one base, asked for again and again. Plain values, so that a worker can post them. */
import { Refusal, totalsOf, type Changes, type ScenarioResult } from "../../../rules";
import type { Base } from "../base";
import { scenarioBaseOf } from "../request";

export type LiveTotal = Pick<
  ScenarioResult,
  "refusal" | "total" | "paid" | "firms" | "awards" | "rows" | "unknown" | "pools"
>;

export type LiveMessage =
  { readonly kind: "total"; readonly total: LiveTotal } | { readonly kind: "failed"; readonly error: unknown };

/** Rows that were read once. */
export interface LiveAnswers {
  readonly asIs: LiveTotal;
  /** What changes come to; a position that cannot be computed has its refusal in the answer. */
  readonly at: (changes: Changes) => LiveTotal;
}

/** @throws Refusal for rows that cannot be read, or of which none can be computed as they are */
export function liveAnswers(base: Base): LiveAnswers {
  const at = totalsOf(scenarioBaseOf(base));
  const asIs = at({});
  if (asIs.refusal) throw new Refusal("value", asIs.refusal);
  return { asIs, at };
}
