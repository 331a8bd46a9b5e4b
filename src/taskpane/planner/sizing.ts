/** Which cap and which factor on the claims the pool can pay, what more cap costs, and the cost at caps and factors around them. */
import {
  capStepCost,
  capThatFits,
  costSurface,
  factorThatFits,
  ratio,
  UNIT,
  type CapFit,
  type FactorFit,
} from "../../rules";
import { UNITS } from "./amount";
import { isKnownAt, type Planning } from "./planning";
import type { Work } from "./order";

/** One million yuan, the step of BUTIE.CAPCOST. */
export const STEP = 100 * UNITS.wan;

/** Factors on the claims, as on all rates alike, in percent. */
const FACTORS = [60, 80, 90, 100, 110, 120, 140] as const;
/** Caps around the present one, in percent of it. */
const CAPS = [50, 75, 100, 125, 150] as const;

export interface Sizing {
  readonly capFit: CapFit;
  /** Per scenario: the factor that fits under its cap. */
  readonly factors: readonly FactorFit[];
  /** Per scenario with a cap: what one step more costs, and how many claims lie above the cap; null: not known. */
  readonly steps: readonly ({ readonly cost: number; readonly above: number } | null)[];
  readonly surface: Surface | null;
}

export interface Surface {
  /** In percent. */
  readonly factors: readonly number[];
  /** Fen. */
  readonly caps: readonly number[];
  /** Cost in fen, a row per factor, a column per cap. */
  readonly costs: readonly (readonly number[])[];
}

/** The caps of the surface: around the present one, the other one and the one that fits among them. */
function capsAround(planning: Planning, fit: CapFit): number[] {
  const [present, other] = planning.scenarios.map(({ cap }) => cap);
  const middle = present ?? fit.cap;
  const caps = [...CAPS.map((part) => Math.round((middle * part) / 100)), ...(other === undefined ? [] : [other])];
  const known = caps.filter((cap) => cap > 0 && isKnownAt(planning, cap));
  return [...new Set(known)].sort((a, b) => a - b);
}

export function* sizingOf(planning: Planning): Work<Sizing> {
  const { claims, amount, scenarios, capped } = planning;
  const { amounts } = claims;
  const capFit = capThatFits(amounts, amount);
  yield 0.1;
  const factors: FactorFit[] = [];
  for (const { cap = Infinity } of scenarios) {
    factors.push(
      factorThatFits(
        amounts.map((each) => ({ amount: each, rate: UNIT, cap })),
        amount,
      ),
    );
    yield 0.3;
  }
  const steps = scenarios.map(({ cap }) =>
    cap === undefined || !isKnownAt(planning, cap + STEP) ? null : capStepCost(amounts, cap, STEP),
  );
  const caps = capsAround(planning, capFit);
  // Claims that were cut to a cap would not grow with the rates.
  const factorsShown = capped ? FACTORS.filter((percent) => percent === 100) : FACTORS;
  const costs: number[][] = [];
  for (const percent of factorsShown) {
    costs.push(...costSurface(amounts, [ratio(percent, 100)], caps));
    yield 0.5 + costs.length / factorsShown.length / 2;
  }
  return { capFit, factors, steps, surface: caps.length ? { factors: factorsShown, caps, costs } : null };
}
