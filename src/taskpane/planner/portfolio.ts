/** All pools of a jurisdiction together: need, risk and slack of each, and of one pool out of all. */
import {
  leastUnpaid,
  moveMoney,
  needOf,
  portfolioOf,
  quantile,
  runsOut,
  type PlannedPool,
  type PoolOutlook,
  type Portfolio,
} from "../../rules";
import type { Work } from "../parts/long-work";
import { uncertainClaims, type PoolFigures } from "./planning";

export interface TogetherQuestion {
  readonly pools: readonly { readonly name: string; readonly figures: PoolFigures }[];
  /** Money that is moved, fen, between pools by their places; undefined: none. */
  readonly move: { readonly from: number; readonly to: number; readonly amount: number } | undefined;
}

export interface Together {
  readonly pools: readonly PoolOutlook[];
  /** The two pools between which money was moved, afterwards. */
  readonly moved: readonly PoolOutlook[] | undefined;
  /** The same money so that the least is expected to stay unpaid: all pools then run out alike. */
  readonly best: readonly PoolOutlook[];
  /** The same money and the same claims in one pool: fen, and the probability that it runs out. */
  readonly asOne: {
    readonly amount: number;
    readonly expected: number;
    readonly p90: number;
    readonly runsOut: number;
  };
}

/** Under the present cap of each pool. */
export function* togetherOf({ pools, move }: TogetherQuestion): Work<Together> {
  const planned = pools.map(({ name, figures }): PlannedPool => ({
    name,
    amount: figures.amount,
    claims: uncertainClaims(figures, figures.cases[0]?.cap),
  }));
  const outlooks: Portfolio["pools"][number][] = [];
  for (const pool of planned) {
    yield outlooks.length / (planned.length + 1);
    outlooks.push(...portfolioOf([pool]).pools);
  }
  const portfolio = { pools: outlooks };
  const after = move && moveMoney(portfolio, move.from, move.to, move.amount).pools;
  yield planned.length / (planned.length + 1);
  const best = leastUnpaid(portfolio).pools.map(plain);
  yield (planned.length + 0.5) / (planned.length + 1);
  const amount = planned.reduce((total, pool) => total + pool.amount, 0);
  const need = needOf(planned.flatMap(({ claims }) => claims));
  return {
    pools: outlooks.map(plain),
    best,
    moved: after && [plain(after[move.from]!), plain(after[move.to]!)],
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
