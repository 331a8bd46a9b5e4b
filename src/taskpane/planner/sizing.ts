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
import type { CapVerdict } from "../../writers/verdict";
import { UNITS } from "../parts/amount";
import type { Work } from "../parts/long-work";
import { isKnownAt, type PoolFigures } from "./planning";

/** One million yuan, the step of BUTIE.CAPCOST. */
const STEP = 100 * UNITS.wan;

/** Factors on the claims, as on all rates alike, in percent. */
const FACTORS = [60, 80, 90, 100, 110, 120, 140] as const;
/** Caps around the present one, in percent of it. */
const CAPS = [50, 75, 100, 125, 150] as const;

export interface Sizing {
  readonly capFit: CapFit;
  /** The next lower cap that a document would write, and what it costs. Fen. */
  readonly round: { readonly cap: number; readonly used: number };
  /** Per case: the factor that fits under its cap. */
  readonly factors: readonly FactorFit[];
  /** Per case with a cap: what one step more costs, and how many claims lie above the cap; null: not known. */
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

/** The caps of the surface: around the present one, the other one and the one that fits, as a decision would write it, among them. */
function capsAround(figures: PoolFigures, fit: CapFit): number[] {
  const [present, other] = figures.cases.map(({ cap }) => cap);
  const middle = present ?? fit.cap;
  const caps = [
    ...CAPS.map((part) => Math.round((middle * part) / 100)),
    ...(other === undefined ? [] : [other]),
    ...(fit.binds ? [roundDown(fit.cap)] : []),
  ];
  const known = caps.filter((cap) => cap > 0 && isKnownAt(figures, cap));
  return [...new Set(known)].sort((a, b) => a - b);
}

/** Two leading digits, as documents write caps: 1,728万 becomes 1,700万. Amounts below a hundred yuan stay. */
function roundDown(fen: number): number {
  const step = 10 ** (Math.floor(Math.log10(Math.max(fen, 1))) - 1);
  return step < UNITS.yuan ? fen : fen - (fen % step);
}

export function* sizingOf(figures: PoolFigures): Work<Sizing> {
  const { claims, amount, cases, knownUpTo } = figures;
  const { amounts } = claims;
  const capFit = capThatFits(amounts, amount);
  const roundCap = roundDown(capFit.cap);
  const round = { cap: roundCap, used: costSurface(amounts, [ratio(1)], [roundCap])[0]![0]! };
  yield 0.1;
  const factors: FactorFit[] = [];
  for (const { cap = Infinity } of cases) {
    factors.push(
      factorThatFits(
        amounts.map((each) => ({ amount: each, rate: UNIT, cap })),
        amount,
      ),
    );
    yield 0.3;
  }
  const steps = cases.map(({ cap }) =>
    cap === undefined || !isKnownAt(figures, cap + STEP) ? null : capStepCost(amounts, cap, STEP),
  );
  const caps = capsAround(figures, capFit);
  // Claims that were cut to a cap would not grow with the rates.
  const factorsShown = knownUpTo !== undefined ? FACTORS.filter((percent) => percent === 100) : FACTORS;
  const costs: number[][] = [];
  for (const percent of factorsShown) {
    costs.push(...costSurface(amounts, [ratio(percent, 100)], caps));
    yield 0.5 + costs.length / factorsShown.length / 2;
  }
  return { capFit, round, factors, steps, surface: caps.length ? { factors: factorsShown, caps, costs } : null };
}

/** What the verdict says of the present cap. */
export function capVerdictOf({ cases }: Pick<PoolFigures, "cases">, { capFit, round, steps }: Sizing): CapVerdict {
  const step = steps[0];
  return { fit: capFit, round, present: cases[0]?.cap, step: step ? { size: STEP, ...step } : undefined };
}
