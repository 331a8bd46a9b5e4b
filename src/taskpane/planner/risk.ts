/** The distribution of the need, and what follows for the pool: per case of the cap, in slices. */
import { quantile, runsOut, type PoolRisk } from "../../rules";
import { money, share } from "../parts/figure";
import type { Work } from "../parts/long-work";
import { needIn, apartClaims, type PoolFigures } from "./planning";

/** What the pane shows of the risk of one capCase. */
export type CaseRisk = Omit<PoolRisk, "deviation" | "method">;

export interface RiskCurves {
  readonly cases: readonly CaseRisk[];
  /** Sizes of the pool, fen. */
  readonly sizes: readonly number[];
  /** Per case, the probability of running out at each size. */
  readonly curves: readonly (readonly number[])[];
  /** Where claims move together, under the present cap: what would be if they did not. */
  readonly apart: { readonly runsOut: number; readonly poolForRisk: number } | undefined;
}

const POINTS = 60;
/** The curve begins and ends where hardly anything happens any more. */
const ENDS = 0.001;

export interface RiskQuestion {
  readonly figures: PoolFigures;
  /** The probability of running out that is accepted. */
  readonly risk: number;
}

export function* riskOf({ figures, risk }: RiskQuestion): Work<RiskCurves> {
  const { amount, cases, factors } = figures;
  const needs = [];
  for (const { cap } of cases) {
    yield 0;
    needs.push(yield* needIn(apartClaims(figures, cap), figures));
  }
  const alone = factors.length
    ? yield* needIn(apartClaims(figures, cases[0]?.cap), { ...figures, factors: [] })
    : undefined;
  const risks: CaseRisk[] = [];
  for (const need of needs) {
    const at = (level: number) => quantile(need, level);
    const levels: number[] = [];
    for (const level of [0.5, 0.8, 0.9, 0.95, 1 - risk]) {
      yield 0.1;
      levels.push(at(level));
    }
    const [p50, p80, p90, p95, poolForRisk] = levels as [number, number, number, number, number];
    risks.push({ expected: need.mean, p50, p80, p90, p95, poolForRisk, runsOut: runsOut(need, amount) });
  }
  const low = Math.min(amount, ...needs.map((need) => quantile(need, ENDS)));
  yield 0.4;
  const high = Math.max(amount, ...needs.map((need) => quantile(need, 1 - ENDS)));
  const step = Math.max(1, (high - low) / POINTS);
  const sizes = Array.from({ length: POINTS + 1 }, (_, k) => Math.round(low + k * step));
  const curves: number[][] = needs.map(() => []);
  for (const [k, size] of sizes.entries()) {
    needs.forEach((need, place) => curves[place]!.push(runsOut(need, size)));
    yield 0.5 + k / sizes.length / 2;
  }
  const apart = alone && { runsOut: runsOut(alone, amount), poolForRisk: quantile(alone, 1 - risk) };
  return { cases: risks, sizes, curves, apart };
}

/** The figures in the order of the rows of BUTIE.POOLRISK. */
export const RISK_FIGURES = [
  ["expected", ({ expected }: CaseRisk) => money(expected)],
  ["p50", ({ p50 }: CaseRisk) => money(p50)],
  ["p80", ({ p80 }: CaseRisk) => money(p80)],
  ["p90", ({ p90 }: CaseRisk) => money(p90)],
  ["p95", ({ p95 }: CaseRisk) => money(p95)],
  ["runs-out", ({ runsOut }: CaseRisk) => share(runsOut)],
  ["pool-for-risk", ({ poolForRisk }: CaseRisk) => money(poolForRisk)],
] as const;
