/** Which cap and which factor on the claims the pool can pay, what more cap costs, and the cost at caps and factors around them. */
import {
  capStepCost,
  runsOut,
  capThatFits,
  costSurface,
  factorThatFits,
  ratio,
  roughlyRunsOut,
  UNIT,
  type CapFit,
  type FactorFit,
} from "../../rules";
import type { CapVerdict } from "../../writers/verdict";
import { UNITS } from "../parts/amount";
import type { Work } from "../parts/long-work";
import { isKnownAt, needIn, apartClaims, orUnknown, type PoolFigures } from "./planning";

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
  readonly likely: CapVerdict["likely"];
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

/** The caps of the surface: around the present one, with the other one and those that the verdict proposes. */
function capsAround(figures: PoolFigures, fit: CapFit, likely: CapVerdict["likely"]): number[] {
  const [present, other] = figures.cases.map(({ cap }) => cap);
  const middle = present ?? fit.cap;
  const caps = [
    ...CAPS.map((part) => Math.round((middle * part) / 100)),
    ...(other === undefined ? [] : [other]),
    ...(fit.binds ? [roundDown(fit.cap)] : []),
    ...(likely?.cap === undefined ? [] : [likely.cap]),
  ];
  const known = caps.filter((cap) => cap > 0 && isKnownAt(figures, cap));
  return [...new Set(known)].sort((a, b) => a - b);
}

/** Two leading digits, as documents write caps: 1,728万 becomes 1,700万. Amounts below a hundred yuan stay. */
function roundDown(fen: number): number {
  const step = 10 ** (Math.floor(Math.log10(Math.max(fen, 1))) - 1);
  return step < UNITS.yuan ? fen : fen - (fen % step);
}

/** Fen; no document writes a lower cap. */
const LEAST_CAP = 1000 * UNITS.yuan;

/** The highest cap that keeps that risk, the present one or one of two digits; the lower it is, the less the pool runs out. */
function* likelyCap({ figures, risk }: SizingQuestion): Work<CapVerdict["likely"]> {
  const { claims, amount, cases, growth, factors } = figures;
  const isCertain = claims.probabilities.every((chance) => chance === 1) && !claims.spreads.some(Boolean);
  if (isCertain && !growth && !factors.length) return undefined;
  const present = cases[0]?.cap;
  const caps = [present];
  const highest = Math.min(present ?? Infinity, Math.max(...claims.amounts));
  for (let cap = roundDown(highest - 1); cap >= LEAST_CAP; cap = roundDown(cap - 1)) caps.push(cap);
  let found: CapVerdict["likely"];
  // From a guess outwards, then halving: few distributions are computed.
  let [over, fits] = [-1, caps.length];
  let at = firstThat(caps.length, (k) => {
    const chance = roughlyRunsOut(apartClaims(figures, caps[k]), amount, growth, factors);
    return chance <= risk;
  });
  at = Math.min(at, caps.length - 1);
  for (let step = 1; fits - over > 1; step *= 2) {
    yield 0.5;
    const cap = caps[at];
    const chance = runsOut(yield* needIn(apartClaims(figures, cap), figures, 0.5), amount);
    if (chance <= risk) [fits, found] = [at, { cap, runsOut: chance, accepted: risk }];
    else over = at;
    if (over < 0) at = Math.max(0, fits - step);
    else if (fits === caps.length) at = Math.min(fits - 1, over + step);
    else at = (over + fits) >> 1;
  }
  return found;
}

/** The first place from which on something holds, by halving; `count` where it holds in none. */
function firstThat(count: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface SizingQuestion {
  readonly figures: PoolFigures;
  /** The probability of running out that is accepted. */
  readonly risk: number;
}

export function* sizingOf({ figures, risk }: SizingQuestion): Work<Sizing> {
  const { claims, amount, cases, knownUpTo } = figures;
  const { amounts } = claims;
  const capFit = capThatFits(amounts, amount);
  const roundCap = roundDown(capFit.cap);
  const round = { cap: roundCap, used: costSurface(amounts, [ratio(1)], [roundCap])[0]![0]! };
  yield 0.1;
  // A chance that is not known well enough is not told.
  const likely = yield* orUnknown(likelyCap({ figures, risk }));
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
  const caps = capsAround(figures, capFit, likely);
  // Claims that were cut to a cap would not grow with the rates.
  const factorsShown = knownUpTo !== undefined ? FACTORS.filter((percent) => percent === 100) : FACTORS;
  const costs: number[][] = [];
  for (const percent of factorsShown) {
    costs.push(...costSurface(amounts, [ratio(percent, 100)], caps));
    yield 0.5 + costs.length / factorsShown.length / 2;
  }
  return {
    capFit,
    round,
    likely,
    factors,
    steps,
    surface: caps.length ? { factors: factorsShown, caps, costs } : null,
  };
}

/** What the verdict says of the present cap. */
export function capVerdictOf(
  { cases }: Pick<PoolFigures, "cases">,
  { capFit, round, likely, steps }: Sizing,
): CapVerdict {
  const step = steps[0];
  return { fit: capFit, round, likely, present: cases[0]?.cap, step: step ? { size: STEP, ...step } : undefined };
}
