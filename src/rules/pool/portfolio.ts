/** Several pools at once: what each is expected to need, how likely it is to run out, and what moving money does. */
import { checkFen, ensure, sum } from "./fen";
import type { Need } from "./estimate";
import { beyond } from "./flows";
import { quantile, runsOut } from "./need";

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
 * A pool and its need. Pools are judged one by one; no sum of risks over pools is claimed.
 * @param amount whole fen
 */
export function outlookOf(name: string, amount: number, need: Need): Portfolio["pools"][number] {
  const p90 = quantile(need, 0.9);
  return { name, need, expected: need.mean, p50: quantile(need, 0.5), p90, ...held(need, p90, amount) };
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

const moneyIn = ({ pools }: Portfolio): number => sum(pools.map(({ amount }) => amount));

/**
 * What is free to move. A fixed pool keeps its amount, the others hold at least what is given for them.
 * @param isFixed by the place of a pool
 */
export interface Freedom {
  readonly isFixed?: (place: number) => boolean;
  /** Whole fen by place; absent: 0. */
  readonly least?: readonly number[];
}

/**
 * The same money over the same pools, so that the least is expected to stay unpaid. A fen more in a pool lowers its expected
 * unpaid money by the probability that the pool runs out; where these are equal, no fen moved lowers the sum. A need that jumps
 * (known sizes) has no amount with just that probability: there any amount within the jump is as good, and the earlier pool gets it.
 * Money that hardly any need reaches stays in the pools that hold it.
 * @returns what the pools hold then; together all of the money
 */
export function leastUnpaid(portfolio: Portfolio, { isFixed = () => false, least = [] }: Freedom = {}): Portfolio {
  const { pools } = portfolio;
  const money = moneyIn(portfolio);
  const lowest = pools.map(({ amount }, place) => (isFixed(place) ? amount : (least[place] ?? 0)));
  const amountsAt = (level: number): number[] =>
    pools.map(({ need }, place) => (isFixed(place) ? lowest[place]! : Math.max(lowest[place]!, quantile(need, level))));
  let [low, high] = [0, HIGHEST_LEVEL];
  let [below, above] = [lowest, amountsAt(high)];
  if (sum(above) <= money) return holding(pools, keepingRest(pools, above, money));
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

/** Less is given than there is: what is left stays where it was, with the earlier pool first. */
function keepingRest(pools: Portfolio["pools"], given: readonly number[], money: number): number[] {
  let left = money - sum(given);
  return pools.map(({ amount }, place) => {
    const kept = Math.max(0, Math.min(left, amount - given[place]!));
    left -= kept;
    return given[place]! + kept;
  });
}

/**
 * The same money so that no pool that may be changed runs out with more than a risk, what is left over as in `leastUnpaid`.
 * @param risk above 0 and below 1
 * @returns null where the money does not suffice
 */
export function eachWithin(
  portfolio: Portfolio,
  risk: number,
  { isFixed = () => false }: Freedom = {},
): Portfolio | null {
  const least = portfolio.pools.map(({ need, amount }, place) => (isFixed(place) ? amount : quantile(need, 1 - risk)));
  return sum(least) <= moneyIn(portfolio) ? leastUnpaid(portfolio, { isFixed, least }) : null;
}

/** Steps of the money of all pools: of a billion yuan a million. */
const SPLIT_STEPS = 1000;

/**
 * The same money so that the fewest pools are expected to run out, Σ P(need > amount) least: the best of all splits in whole steps of a
 * thousandth of the money that is free, found pool by pool. What hardly reaches a step stays with the last pool that is free. Where no such
 * split is better than what the pools hold, they keep it.
 */
export function fewestRunOut(portfolio: Portfolio, { isFixed = () => false }: Freedom = {}): Portfolio {
  const { pools } = portfolio;
  const free = pools.flatMap((_, place) => (isFixed(place) ? [] : [place]));
  const money = sum(free.map((place) => pools[place]!.amount));
  if (free.length < 2 || money === 0) return portfolio;
  const step = Math.max(1, Math.floor(money / SPLIT_STEPS));
  const steps = Math.floor(money / step);
  let best = new Float64Array(steps + 1);
  const chosen = free.map((place, k) => {
    const { need } = pools[place]!;
    const dry = Float64Array.from({ length: steps + 1 }, (_, s) => 1 - need.estimate(s * step).chance);
    const [next, given] = [new Float64Array(steps + 1).fill(Infinity), new Int32Array(steps + 1)];
    for (let all = 0; all <= steps; all++)
      for (let own = k === 0 ? all : 0; own <= all; own++) {
        const risk = best[all - own]! + dry[own]!;
        // A chance of 1e-12 less is of the arithmetic: the smaller amount is taken.
        if (risk < next[all]! - 1e-12) [next[all], given[all]] = [risk, own];
      }
    best = next;
    return given;
  });
  const amounts = pools.map(({ amount }) => amount);
  let left = steps;
  for (let k = free.length - 1; k >= 0; k--) {
    const own = chosen[k]![left]!;
    amounts[free[k]!] = own * step;
    left -= own;
  }
  amounts[free.at(-1)!]! += money - steps * step;
  // In whole steps it may be no better than things are: nothing is moved for nothing.
  const split = holding(pools, amounts);
  return expectedDry(split) < expectedDry(portfolio) - 1e-9 ? split : portfolio;
}

/** How many of the pools are expected to run out. */
const expectedDry = ({ pools }: Portfolio): number => sum(pools.map(({ runsOut }) => runsOut));

/** Expected money that stays unpaid in each pool, fen, floats: now, and with so much more or less in it (not below nothing). */
export function unpaidIn({ pools }: Portfolio, change: number): { now: number; more: number; less: number }[] {
  checkFen(change, "step");
  return pools.map(({ need, amount }) => {
    const [now, more, less] = [amount, amount + change, Math.max(0, amount - change)].map(
      (held) => beyond(need, held).fen,
    ) as [number, number, number];
    return { now, more, less };
  });
}

const holding = (pools: Portfolio["pools"], amounts: readonly number[]): Portfolio => ({
  pools: pools.map((pool, place) => ({ ...pool, ...held(pool.need, pool.p90, amounts[place]!) })),
});
