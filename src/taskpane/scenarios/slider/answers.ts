/** The totals of one base, asked for again and again. Plain values, so that a worker can post them. */
import { Refusal, totalsOf, type Changes, type ScenarioResult } from "../../../rules";
import { scenarioBase } from "../../../tables";
import type { Base } from "../base";

export type LiveTotal = Pick<
  ScenarioResult,
  "refusal" | "total" | "paid" | "firms" | "awards" | "rows" | "unknown" | "pools"
>;

export type LiveMessage =
  { readonly kind: "total"; readonly total: LiveTotal } | { readonly kind: "failed"; readonly error: unknown };

/**
 * Reads the rows once. @returns what changes come to; a position that cannot be computed has its refusal in the answer
 * @throws Refusal for rows that cannot be read, or of which none can be computed as they are
 */
export function liveAnswers({ instruments, headers, values, claim }: Base): (changes: Changes) => LiveTotal {
  const resultOf = totalsOf(scenarioBase(instruments, headers, values, [""], claim));
  const asIs = resultOf({});
  if (asIs.refusal) throw new Refusal("value", asIs.refusal);
  return resultOf;
}
