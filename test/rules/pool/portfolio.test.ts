import { moveMoney, portfolioOf, poolRisk } from "../../../src/rules/pool";
import { inWords } from "./in-words";

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
