/** All pools of a jurisdiction together: need, risk and slack of each, and of one pool out of all. */
import {
  eachWithin,
  fewestRunOut,
  leastUnpaid,
  mixtureOf,
  moveMoney,
  needOf,
  outlookOf,
  quantile,
  runsOut,
  unpaidIn,
  type CommonFactor,
  type Need,
  type PoolOutlook,
  type Portfolio,
} from "../../rules";
import type { Work } from "../parts/long-work";
import { apartClaims, worldsOver, type PoolFigures } from "./planning";

export interface TogetherPool {
  readonly name: string;
  readonly figures: PoolFigures;
  /** Its document or the user does not let it be changed. */
  readonly fixed: boolean;
}

export interface TogetherQuestion {
  readonly pools: readonly TogetherPool[];
  /** Money that is moved, fen, between pools by their places; undefined: none. */
  readonly move: { readonly from: number; readonly to: number; readonly amount: number } | undefined;
}

/** What the split of the money is for. */
export const AIMS = ["unpaid", "risk", "each"] as const;
export type Aim = (typeof AIMS)[number];
/** The risk that no pool may exceed under the last aim. */
export const EACH_RISK = 0.1;
/** What moving it buys is shown: one million yuan, in fen. */
export const MOVED = 100 * 1e6;

export interface Together {
  readonly pools: readonly PoolOutlook[];
  /** By place, whether the money of a pool may be moved. */
  readonly free: readonly boolean[];
  /** Expected unpaid money of each, fen: now, with a million yuan more, with a million less. */
  readonly unpaid: readonly { readonly now: number; readonly more: number; readonly less: number }[];
  /** The two pools between which money was moved, afterwards. */
  readonly moved: readonly PoolOutlook[] | undefined;
  /** The same money by aim; undefined where it does not suffice. */
  readonly splits: Readonly<Record<Aim, readonly PoolOutlook[] | undefined>>;
  /** Fen that are missing for the last of them; less than 0: what is left over. */
  readonly short: number;
  /** That at least one of the pools runs out, all of them in the same times. */
  readonly any: number;
  /** The same money and the same claims in one pool: fen, and the probability that it runs out. */
  readonly asOne: {
    readonly amount: number;
    readonly expected: number;
    readonly p90: number;
    readonly runsOut: number;
  };
}

/** The factors that the pools name; undefined where they name different ones: times are the same for all of them. */
export function commonFactors(pools: readonly Pick<TogetherPool, "figures">[]): readonly CommonFactor[] | undefined {
  const named = pools.map(({ figures }) => figures.factors).filter((factors) => factors.length > 0);
  return new Set(named.map((factors) => JSON.stringify(factors))).size > 1 ? undefined : (named[0] ?? []);
}

/** Under the present cap of each pool; a common growth is left out. */
export function* togetherOf({ pools, move }: TogetherQuestion): Work<Together> {
  const factors = commonFactors(pools) ?? [];
  const claims = pools.map(({ figures }) => apartClaims(figures, figures.cases[0]?.cap));
  const worlds: { weight: number; needs: Need[]; all: Need }[] = [];
  for (const { weight, lists } of worldsOver(claims, factors)) {
    const needs: Need[] = [];
    for (const list of lists) {
      yield 0.1;
      needs.push(needOf(list));
    }
    worlds.push({ weight, needs, all: needOf(lists.flat()) });
  }
  const outlooks: Portfolio["pools"][number][] = [];
  for (const [place, { name, figures }] of pools.entries()) {
    yield 0.2 + (0.2 * place) / pools.length;
    outlooks.push(
      outlookOf(name, figures.amount, mixtureOf(worlds.map(({ weight, needs }) => ({ weight, need: needs[place]! })))),
    );
  }
  const portfolio = { pools: outlooks };
  const after = move && moveMoney(portfolio, move.from, move.to, move.amount).pools;
  const freedom = { isFixed: (place: number): boolean => pools[place]!.fixed };
  yield 0.4;
  const unpaid = leastUnpaid(portfolio, freedom).pools.map(plain);
  yield 0.55;
  const risk = fewestRunOut(portfolio, freedom).pools.map(plain);
  yield 0.7;
  const each = eachWithin(portfolio, EACH_RISK, freedom)?.pools.map(plain);
  yield 0.8;
  const amount = outlooks.reduce((total, pool) => total + pool.amount, 0);
  const need = mixtureOf(worlds.map(({ weight, all }) => ({ weight, need: all })));
  const fine = worlds.reduce(
    (total, { weight, needs }) =>
      total + weight * needs.reduce((product, own, place) => product * own.atMost(outlooks[place]!.amount), 1),
    0,
  );
  return {
    pools: outlooks.map(plain),
    free: pools.map(({ fixed }) => !fixed),
    unpaid: unpaidIn(portfolio, MOVED),
    splits: { unpaid, risk, each },
    short: outlooks.reduce((all, pool, place) => all + (freedom.isFixed(place) ? 0 : pool.p90 - pool.amount), 0),
    moved: after && [plain(after[move.from]!), plain(after[move.to]!)],
    any: Math.max(0, 1 - fine),
    asOne: { amount, expected: need.mean, p90: quantile(need, 0.9), runsOut: runsOut(need, amount) },
  };
}

/** Without the distribution, which does not pass between threads. */
const plain = ({ name, amount, expected, p50, p90, runsOut, slack, spare }: PoolOutlook): PoolOutlook => ({
  name,
  amount,
  expected,
  p50,
  p90,
  runsOut,
  slack,
  spare,
});
