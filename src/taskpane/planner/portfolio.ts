/** All pools of a jurisdiction together: need, risk and slack of each, and of one pool out of all. */
import { needOf, portfolioOf, quantile, runsOut, type PlannedPool, type Portfolio } from "../../rules";
import { uncertainClaims, type Planning } from "./planning";
import type { Work } from "./work";

export interface Together {
  readonly portfolio: Portfolio;
  /** The same money and the same claims in one pool: fen, and the probability that it runs out. */
  readonly asOne: {
    readonly amount: number;
    readonly expected: number;
    readonly p90: number;
    readonly runsOut: number;
  };
}

/** Under the present cap of each pool. */
export function* togetherOf(
  plannings: readonly { readonly name: string; readonly planning: Planning }[],
): Work<Together> {
  const pools: Portfolio["pools"][number][] = [];
  const planned = plannings.map(({ name, planning }): PlannedPool => ({
    name,
    amount: planning.amount,
    claims: uncertainClaims(planning, planning.scenarios[0]!),
  }));
  for (const pool of planned) {
    yield pools.length / (planned.length + 1);
    pools.push(...portfolioOf([pool]).pools);
  }
  yield planned.length / (planned.length + 1);
  const amount = planned.reduce((total, pool) => total + pool.amount, 0);
  const need = needOf(planned.flatMap(({ claims }) => claims));
  const asOne = { amount, expected: need.mean, p90: quantile(need, 0.9), runsOut: runsOut(need, amount) };
  return { portfolio: { pools }, asOne };
}
