/** Several pools at once: what each is expected to need, how likely it is to run out, and what moving money does. */
import { checkFen, ensure } from "./fen";
import type { Need } from "./estimate";
import { needOf, quantile, runsOut } from "./need";
import type { CommonGrowth, UncertainClaim } from "./uncertain";

export interface PlannedPool {
  readonly name: string;
  /** Whole fen. */
  readonly amount: number;
  readonly claims: readonly UncertainClaim[];
}

export interface PoolOutlook {
  readonly name: string;
  /** Whole fen. */
  readonly amount: number;
  /** Expected need, fen, a float. */
  readonly expected: number;
  /** Whole fen that suffice in 50 and 90 of 100 cases. */
  readonly p50: number;
  readonly p90: number;
  /** P(need > amount), a float. */
  readonly runsOut: number;
  /** amount − expected, fen, a float: negative where the pool is short of its expected need. */
  readonly slack: number;
  /** amount − P90, whole fen: what can be moved away while at most one case in ten runs out. */
  readonly spare: number;
}

/** Pools whose needs are known, so that their amounts can be changed without computing the needs again. */
export interface Portfolio {
  readonly pools: readonly (PoolOutlook & { readonly need: Need })[];
}

/**
 * The outlook of each pool, in the order given. Pools are judged one by one: the common growth acts within a pool, and no
 * sum of risks over pools is claimed.
 * @throws Refusal for an amount, probability, spread, cap or growth that is not acceptable
 */
export function portfolioOf(pools: readonly PlannedPool[], growth?: CommonGrowth): Portfolio {
  return {
    pools: pools.map(({ name, amount, claims }, row) => {
      checkFen(amount, "pool", row);
      const need = needOf(claims, growth);
      const p90 = quantile(need, 0.9);
      return { name, need, expected: need.mean, p50: quantile(need, 0.5), p90, ...held(need, p90, amount) };
    }),
  };
}

const held = (need: Need, p90: number, amount: number) => ({
  amount,
  runsOut: runsOut(need, amount),
  slack: amount - need.mean,
  spare: amount - p90,
});

/**
 * The same pools after moving money from one to another, by their places from 0; the total stays.
 * @param amount whole fen, at most what the first pool holds
 * @throws Refusal for a pool that does not exist and for more than the pool holds
 */
export function moveMoney(portfolio: Portfolio, from: number, to: number, amount: number): Portfolio {
  const [source, target] = [portfolio.pools[from], portfolio.pools[to]];
  ensure(source !== undefined && target !== undefined, "pool", null, "没有这个资金池", "there is no such pool");
  checkFen(amount, "pool");
  ensure(amount <= source!.amount, "pool", from, "没有这么多资金可调出", "it does not hold so much to move");
  const change = (place: number): number => (place === to ? amount : 0) - (place === from ? amount : 0);
  return holding(
    portfolio.pools,
    portfolio.pools.map((pool, place) => pool.amount + change(place)),
  );
}

/** Halvings of the level: 2^-40 is far below what a probability is known to. */
const HALVINGS = 40;
/** Beyond this level nothing is given: what the needs hardly ever reach buys nothing. */
const HIGHEST_LEVEL = 1 - 1e-9;

/**
 * The same money over the same pools, so that the least is expected to stay unpaid. A fen more in a pool lowers its expected
 * unpaid money by the probability that the pool runs out; where these are equal, no fen moved lowers the sum. A need that jumps
 * (known sizes) has no amount with just that probability: there any amount within the jump is as good, and the earlier pool gets it.
 * @returns what the pools hold then; together all of the money, or less where hardly any need reaches it
 */
export function leastUnpaid({ pools }: Portfolio): Portfolio {
  const money = pools.reduce((total, { amount }) => total + amount, 0);
  const amountsAt = (level: number): number[] => pools.map(({ need }) => quantile(need, level));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  let [low, high] = [0, HIGHEST_LEVEL];
  let [below, above] = [pools.map(() => 0), amountsAt(high)];
  if (sum(above) <= money) return holding(pools, above);
  for (let k = 0; k < HALVINGS && sum(above) - sum(below) > 1; k++) {
    const level = (low + high) / 2;
    const amounts = amountsAt(level);
    if (sum(amounts) <= money) [low, below] = [level, amounts];
    else [high, above] = [level, amounts];
  }
  let left = money - sum(below);
  const amounts = below.map((amount, place) => {
    const more = Math.max(0, Math.min(left, above[place]! - amount));
    left -= more;
    return amount + more;
  });
  return holding(pools, amounts);
}

const holding = (pools: Portfolio["pools"], amounts: readonly number[]): Portfolio => ({
  pools: pools.map((pool, place) => ({ ...pool, ...held(pool.need, pool.p90, amounts[place]!) })),
});
