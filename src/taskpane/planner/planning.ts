/** One pool ready to be planned: its amount, the caps that are compared, and its claims. */
import {
  LARGEST_SPREAD,
  Refusal,
  refuse,
  type CommonGrowth,
  type Language,
  type Text,
  type UncertainClaim,
} from "../../rules";
import { readInput } from "../../tables";
import { brief, inFormula } from "./amount";
import type { Claims } from "./claims";
import type { Form } from "./form";
import type { Spelling } from "./formula";
import { scenariosOf, type Pool, type Scenario } from "./pool";
import type { Inputs } from "./sheet";

export interface Planning {
  readonly pool: Pool;
  /** Fen. */
  readonly amount: number;
  readonly scenarios: readonly Scenario[];
  readonly claims: Claims;
  /** The claims are awards that were cut to the present cap already: what lies above it is not known. */
  readonly capped: boolean;
}

/** Undefined while the amount of the pool is missing or cannot be read. */
export function planningOf(pool: Pool, form: Form, claims: Claims): Planning | undefined {
  const { fen } = pool.amount;
  if (fen === undefined || pool.cap.refusal || pool.otherCap.refusal) return undefined;
  const capped = form.capped === "true";
  const scenarios = scenariosOf(pool).filter(({ cap }) => isKnownAt({ capped, pool }, cap));
  return { pool, amount: fen, scenarios, claims, capped };
}

/** Whether claims are known up to that cap: of awards that were cut to the present one, nothing above it can be said. */
export const isKnownAt = ({ capped, pool }: Pick<Planning, "capped" | "pool">, cap: number | undefined): boolean =>
  !capped || pool.cap.fen === undefined || (cap !== undefined && cap <= pool.cap.fen);

/** The claims of a scenario, as the risk sees them. */
export const uncertainClaims = ({ claims }: Planning, { cap }: Scenario): UncertainClaim[] =>
  claims.amounts.map((amount, k) => ({
    amount,
    probability: claims.probabilities[k]!,
    spread: claims.spreads[k]!,
    ...(cap !== undefined && { cap }),
  }));

/** The claims cut to the cap of a scenario, fen. */
export const cutClaims = ({ claims }: Planning, { cap = Infinity }: Scenario): number[] =>
  claims.amounts.map((amount) => Math.min(amount, cap));

/** "上限 2000万元", "假设上限 1000万元", "不设上限". */
export function scenarioWords({ id, cap }: Scenario, language: Language): string {
  if (cap === undefined) return { zh: "不设上限", en: "no cap" }[language];
  const words = id === "other" ? { zh: "假设上限", en: "cap tried:" } : { zh: "上限", en: "cap" };
  return `${words[language]} ${brief(cap, language)}`;
}

export const spellingOf = ({ amount, scenarios }: Planning): Omit<Spelling, "sheet"> => ({
  pool: inFormula(amount),
  caps: scenarios.map(({ cap }) => (cap === undefined ? "" : inFormula(cap))),
});

/** @param notes assumptions that hold for the figures, in words */
export const inputsOf = (
  planning: Planning,
  poolLabel: string,
  language: Language,
  notes: readonly string[],
): Inputs => ({
  pool: { label: poolLabel, fen: planning.amount },
  caps: planning.scenarios.map((scenario) => ({ label: scenarioWords(scenario, language), fen: scenario.cap })),
  notes,
});

/** The common growth that the form gives; undefined where it says nothing. @throws Refusal */
export function growthIn(form: Form): CommonGrowth | undefined {
  const [median, spread] = [form.growth, form["growth-spread"]].map((text) => text?.trim() ?? "");
  if (!median && !spread) return undefined;
  const number = (words: string | undefined, otherwise: number): number => {
    const value = words ? readInput({ kind: "number", zh: "", en: "" }, words) : undefined;
    return typeof value === "number" ? value : otherwise;
  };
  const growth = { median: number(median, 1), spread: number(spread, 0) };
  if (growth.median > 0 && growth.median <= 1000 && growth.spread <= LARGEST_SPREAD) return growth;
  throw refuse(
    `整体增长系数应大于 0、不超过 1000，离散度应在 0 到 ${LARGEST_SPREAD} 之间`,
    `the common growth must be above 0 and at most 1000, its spread from 0 to ${LARGEST_SPREAD}`,
  );
}

/** What a field says, or why it cannot be read. */
export function attempt<T>(read: () => T): { readonly value: T | undefined; readonly refusal: Text | undefined } {
  try {
    return { value: read(), refusal: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { value: undefined, refusal: error.text };
    throw error;
  }
}
