/** Use of the pool: of the claims as they stand, or on average where they may or may not come. */
import { beyond, drawnYears, expectedAbove, poolStats, type Amount, type PoolStats } from "../../rules";
import { count, money, share, text, type Figure } from "../parts/figure";
import type { Work } from "../parts/long-work";
import { apartClaims, meanIn, needIn, orUnknown, uncertainClaims, yearsFor, type PoolFigures } from "./planning";

/** Averages in fen and numbers. */
export interface AverageUse extends PoolStats {
  /** Drawn for what has no distribution of its own: the share of the largest. */
  readonly years: number;
  /** By how much `paid` may be off, fen: the standard error where it was drawn, too. */
  readonly paidError: number;
  readonly isPaidDrawn: boolean;
}

export interface UseQuestion {
  readonly figures: PoolFigures;
  readonly uncertain: boolean;
}

/** Per case of the cap. */
export function* averageOrPlain({ figures, uncertain }: UseQuestion): Work<(PoolStats | AverageUse)[]> {
  const { claims, amount, cases } = figures;
  if (!uncertain) return cases.map(({ cap }) => poolStats(claims.amounts, amount, cap));
  const result: AverageUse[] = [];
  for (const { cap } of cases) result.push(yield* averageUse(figures, cap, result.length / cases.length, cases.length));
  return result;
}

function* averageUse(figures: PoolFigures, cap: number | undefined, done: number, cases: number): Work<AverageUse> {
  const { amount, growth, factors } = figures;
  const claims = uncertainClaims(figures);
  // What is claimed and what is approved have exact means, the same as under risk.
  const claimed = yield* meanIn(claims, figures, done);
  const approved = yield* meanIn(uncertainClaims(figures, cap), figures, done);
  // Under an uncertain growth each amount that is asked for takes long.
  const unpaid = growth?.spread ? undefined : yield* orUnknown(unpaidIn(figures, cap, done));
  const years = yearsFor(claims.length, unpaid ? "means" : "chances");
  const [paid, short] = [new Mean(), new Mean()];
  let topFive = 0;
  let year = 0;
  for (const sizes of drawnYears(claims, { years, growth, factors })) {
    const stats = poolStats(sizes, amount, cap);
    paid.add(stats.paid);
    short.add(stats.approved - stats.paid);
    topFive += stats.topFive;
    if (++year % 50 === 0) yield done + year / years / cases;
  }
  // A pool that always suffices leaves nothing short, one that never does pays all it has: what moves least is known best, and
  // no luck of the draw makes the one look short, the other not used up.
  const isByShort = short.error() < paid.error();
  const found = unpaid ? approved - unpaid.fen : isByShort ? approved - short.mean() : paid.mean();
  const mean = Math.max(0, Math.min(amount, approved, found));
  return {
    years,
    isPaidDrawn: unpaid === undefined,
    claimed,
    approved,
    paid: mean,
    paidError: unpaid ? unpaid.error : (isByShort ? short : paid).error(),
    left: amount - mean,
    use: amount === 0 ? null : mean / amount,
    haircut: approved === 0 ? 0 : 1 - mean / approved,
    cutClaims: cap === undefined ? 0 : expectedAbove(claims, cap, growth, factors),
    cutAmount: claimed - approved,
    firmsAtCap: cap ? amount / cap : null,
    topFive: topFive / years,
  };
}

/** What the pool leaves unpaid on average, out of the need that the risk knows. @throws Refusal where that has no figure */
function* unpaidIn(figures: PoolFigures, cap: number | undefined, done: number): Work<Amount> {
  return beyond(yield* needIn(apartClaims(figures, cap), figures, done), figures.amount);
}

/** A mean over years with its standard error. */
class Mean {
  private count = 0;
  private sum = 0;
  private squares = 0;

  add(value: number): void {
    this.count++;
    this.sum += value;
    this.squares += value ** 2;
  }

  mean(): number {
    return this.sum / this.count;
  }

  error(): number {
    return Math.sqrt(Math.max(0, this.squares / this.count - this.mean() ** 2) / this.count);
  }
}

/** The figures in the order of the rows of BUTIE.POOLSTATS. */
export const USE_FIGURES = [
  ["claimed", ({ claimed }) => money(claimed)],
  ["approved", ({ approved }) => money(approved)],
  ["paid", ({ paid }) => money(paid)],
  ["left", ({ left }) => money(left)],
  ["use", ({ use }) => (use === null ? text("") : share(use))],
  ["haircut", ({ haircut }) => share(haircut)],
  ["cut-claims", ({ cutClaims }) => count(cutClaims)],
  ["cut-amount", ({ cutAmount }) => money(cutAmount)],
  ["firms-at-cap", ({ firmsAtCap }) => (firmsAtCap === null ? text("") : count(firmsAtCap))],
  ["top-five", ({ topFive }) => share(topFive)],
] as const satisfies readonly (readonly [string, (stats: PoolStats) => Figure])[];
