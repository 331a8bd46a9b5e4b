import fc from "fast-check";
import {
  eachWithin,
  fewestRunOut,
  leastUnpaid,
  moveMoney,
  needOf,
  outlookOf,
  poolRisk,
  unpaidIn,
  type CommonFactor,
  type CommonGrowth,
  type GroupedClaim,
} from "../../../src/rules/pool";
import { inWords } from "./in-words";

interface Pool {
  readonly name: string;
  readonly amount: number;
  readonly claims: readonly GroupedClaim[];
}
const portfolioOf = (pools: readonly Pool[], growth?: CommonGrowth, factors: readonly CommonFactor[] = []) => ({
  pools: pools.map(({ name, amount, claims }) => outlookOf(name, amount, needOf(claims, growth, factors))),
});

const coin = (amount: number) => ({ amount, probability: 0.5 });
const pools = [
  { name: "算力券", amount: 250, claims: [coin(100), coin(100), coin(100)] },
  { name: "语料券", amount: 0, claims: [{ amount: 40, probability: 1 }] },
];

test("each pool is judged by itself", () => {
  const { pools: outlooks } = portfolioOf(pools);
  expect(outlooks[0]).toMatchObject({ name: "算力券", expected: 150, p50: 100, p90: 300, slack: 100, spare: -50 });
  expect(outlooks[0]!.runsOut).toBeCloseTo(1 / 8, 14);
  expect(outlooks[1]).toMatchObject({ expected: 40, p50: 40, p90: 40, runsOut: 1, slack: -40, spare: -40 });
});

test("moving 40 saves the one and does not hurt the other", () => {
  const moved = moveMoney(portfolioOf(pools), 0, 1, 40).pools;
  expect(moved.map(({ amount }) => amount)).toEqual([210, 40]);
  expect(moved[0]!.runsOut).toBeCloseTo(1 / 8, 14);
  expect(moved[1]).toMatchObject({ runsOut: 0, slack: 0, spare: 0 });
});

test("moving beyond 50 does: two of three claims are then too many", () => {
  const [from] = moveMoney(portfolioOf(pools), 0, 1, 51).pools;
  expect(from!.runsOut).toBeCloseTo(1 / 2, 14);
  expect(from!.runsOut).toBe(poolRisk(pools[0]!.claims, 199).runsOut);
});

test("moving to itself changes nothing", () => {
  expect(moveMoney(portfolioOf(pools), 0, 0, 100).pools[0]!.amount).toBe(250);
});

test("a common growth acts within each pool", () => {
  const [, corpus] = portfolioOf(pools, { median: 2, spread: 0 }).pools;
  expect(corpus!.p50).toBe(80);
});

test("what cannot be moved is refused", () => {
  const portfolio = portfolioOf(pools);
  expect(() => moveMoney(portfolio, 0, 2, 1)).toThrow(inWords("there is no such pool"));
  expect(() => moveMoney(portfolio, 1, 0, 1)).toThrow(inWords("pool in row 2: it does not hold so much to move"));
  expect(() => moveMoney(portfolio, 0, 1, 0.5)).toThrow(inWords("pool: it must be whole fen"));
});

describe("the split that leaves the least unpaid", () => {
  interface Small {
    readonly amount: number;
    readonly claims: readonly { readonly amount: number; readonly probability: number }[];
  }
  /** Σ P · max(0, need − amount) over all that may come. */
  const unpaid = ({ claims }: Small, amount: number): number =>
    Array.from({ length: 2 ** claims.length }, (_, set) => {
      let [chance, need] = [1, 0];
      claims.forEach((claim, k) => {
        const comes = (set >> k) & 1;
        chance *= comes ? claim.probability : 1 - claim.probability;
        need += comes * claim.amount;
      });
      return chance * Math.max(0, need - amount);
    }).reduce((a, b) => a + b, 0);

  const pool = fc.record({
    amount: fc.nat(20),
    claims: fc.array(
      fc.record({
        amount: fc.integer({ min: 1, max: 12 }),
        probability: fc.constantFrom(0.1, 0.25, 0.5, 0.8, 0.95, 1),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  });

  test("is as good as the best of all splits, to the fen", () => {
    fc.assert(
      fc.property(fc.array(pool, { minLength: 2, maxLength: 3 }), (pools) => {
        const money = pools.reduce((sum, { amount }) => sum + amount, 0);
        const split = leastUnpaid(portfolioOf(pools.map((one, k) => ({ name: `${k}`, ...one }))));
        const amounts = split.pools.map(({ amount }) => amount);
        expect(amounts.every((amount) => Number.isInteger(amount) && amount >= 0)).toBe(true);
        const given = amounts.reduce((a, b) => a + b, 0);
        expect(given).toBe(money);
        const found = pools.reduce((sum, one, k) => sum + unpaid(one, amounts[k]!), 0);
        // Over all splits of whole fen, pool by pool.
        let least = Array.from({ length: money + 1 }, () => 0);
        for (const one of pools) {
          least = Array.from({ length: money + 1 }, (_, m) =>
            Math.min(
              ...Array.from({ length: m + 1 }, (__, a) => unpaid(one, a) + (one === pools[0] ? 0 : least[m - a]!)),
            ),
          );
        }
        expect(found).toBeLessThan(least[money]! + 1e-9);
      }),
    );
  });

  test("money that no pool can need stays where it is: one moved fen is missing in one pool only", () => {
    const before = portfolioOf([
      { name: "宽", amount: 110, claims: [coin(100)] },
      { name: "紧", amount: 311, claims: [coin(100), { amount: 212, probability: 1 }] },
    ]);
    expect(leastUnpaid(before).pools.map(({ amount }) => amount)).toEqual([109, 312]);
    expect(eachWithin(before, 0.1)?.pools.map(({ amount }) => amount)).toEqual([109, 312]);
  });

  test("of uncertain sizes all pools run out alike, and no money is lost", () => {
    const claims = (median: number, n: number) =>
      Array.from({ length: n }, () => ({ amount: median, probability: 0.7, spread: 0.4 }));
    const before = portfolioOf([
      { name: "紧", amount: 400_000_000, claims: claims(20_000_000, 40) },
      { name: "宽", amount: 900_000_000, claims: claims(10_000_000, 60) },
    ]);
    const { pools } = leastUnpaid(before);
    expect(pools[0]!.amount + pools[1]!.amount).toBe(1_300_000_000);
    expect(pools[0]!.runsOut).toBeCloseTo(pools[1]!.runsOut, 5);
    expect(pools[0]!.amount).toBeGreaterThan(400_000_000);
  });
});

describe("other aims, by every split of small pools", () => {
  const small = fc.array(
    fc.record({
      amount: fc.integer({ min: 1, max: 9 }),
      probability: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const three = fc.tuple(small, small, small);
  const risks = (split: readonly { readonly runsOut: number }[]): number =>
    split.reduce((all, one) => all + one.runsOut, 0);
  const named = (lists: readonly (readonly { amount: number; probability: number }[])[], amounts: readonly number[]) =>
    portfolioOf(lists.map((claims, k) => ({ name: String(k), amount: amounts[k]!, claims })));

  test("the fewest pools that run out: no split is better, and all money stays", () => {
    fc.assert(
      fc.property(three, fc.integer({ min: 0, max: 30 }), (lists, money) => {
        const { pools } = fewestRunOut(named(lists, [money, 0, 0]));
        expect(pools.reduce((all, { amount }) => all + amount, 0)).toBe(money);
        let least = Infinity;
        for (let a = 0; a <= money; a++)
          for (let b = 0; a + b <= money; b++)
            least = Math.min(least, risks(named(lists, [a, b, money - a - b]).pools));
        expect(risks(pools)).toBeLessThanOrEqual(least + 1e-9);
      }),
      { numRuns: 15 },
    );
  });

  test("money that makes no pool run out less often stays where it is", () => {
    for (const money of [
      [1000, 9],
      [16, 8],
    ])
      expect(fewestRunOut(named([[coin(8), coin(8)], [coin(8)]], money)).pools.map(({ amount }) => amount)).toEqual(
        money,
      );
  });

  test("no pool above one in ten: exactly what each needs for it, and the rest where it leaves the least unpaid", () => {
    fc.assert(
      fc.property(three, fc.integer({ min: 0, max: 90 }), (lists, money) => {
        const split = eachWithin(named(lists, [money, 0, 0]), 0.1);
        const needed = named(lists, [0, 0, 0]).pools.reduce((all, { p90 }) => all + p90, 0);
        if (needed > money) return expect(split).toBeNull();
        for (const { runsOut: chance } of split!.pools) expect(chance).toBeLessThanOrEqual(0.1 + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test("a fixed pool keeps its money under every aim", () => {
    const before = named([[coin(8), coin(8)], [coin(8), coin(8), coin(8)], [coin(2)]], [16, 8, 6]);
    const isFixed = (place: number) => place === 0;
    for (const { pools: split } of [leastUnpaid(before, { isFixed }), fewestRunOut(before, { isFixed })]) {
      expect(split[0]!.amount).toBe(16);
      expect(split[1]!.amount + split[2]!.amount).toBeLessThanOrEqual(14);
    }
    expect(risks(fewestRunOut(before, { isFixed }).pools)).toBeLessThanOrEqual(risks(before.pools) + 1e-9);
    expect(eachWithin(before, 0.1, { isFixed })).toBeNull();
    expect(fewestRunOut(before, { isFixed: (place) => place < 2 }).pools.map(({ amount }) => amount)).toEqual([
      16, 8, 6,
    ]);
  });

  test("what one fen more or less buys is what stays unpaid by every selection", () => {
    const before = named([[coin(8), coin(8)]], [8]);
    const [{ now, more, less }] = unpaidIn(before, 4) as [{ now: number; more: number; less: number }];
    expect(now).toBeCloseTo(0.25 * 8, 2);
    expect(more).toBeCloseTo(0.25 * 4, 2);
    expect(less).toBeCloseTo(0.5 * 4 + 0.25 * 12, 2);
  });

  test("factors act within each pool", () => {
    const states = [
      { chance: 0.5, probability: 2, size: 1 },
      { chance: 0.5, probability: 0, size: 1 },
    ];
    const { pools: found } = portfolioOf([{ name: "", amount: 15, claims: [coin(8), coin(8)] }], undefined, [
      { group: undefined, states },
    ]);
    expect(found[0]!.runsOut).toBeCloseTo(0.5, 12);
  });
});
