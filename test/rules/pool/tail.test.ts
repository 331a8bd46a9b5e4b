/** Where one claim dwarfs many the body and the tail of the need are both right: against an outside computation. */
import { needOf, poolRisk, quantile, type UncertainClaim } from "../../../src/rules/pool";
import { trusted } from "../../../src/rules/pool/estimate";
import { seededStream, uniform } from "../../../src/rules/pool/random";
import { inWords } from "./in-words";
import { chanceWithin, type Kind, portfolio } from "./oracle";

const claimsOf = (kinds: readonly Kind[]): UncertainClaim[] =>
  kinds.flatMap(({ count, ...claim }) => Array.from({ length: count }, () => claim));
const CELLS = 2 ** 13;

describe("one giant beside 500 small claims", () => {
  const yuan = 100;
  const kinds = (spread: number): Kind[] => [
    { count: 1, amount: 1e8 * yuan, probability: 0.3, spread },
    { count: 500, amount: 1e4 * yuan, probability: 0.5, spread },
  ];
  test("spread 1: half of the years need less than 4.33 million", () => {
    const { p50 } = poolRisk(claimsOf(kinds(1)), 4_530_000 * yuan);
    expect(p50 / yuan / 1e6).toBeCloseTo(4.326, 3);
    expect(chanceWithin(kinds(1), p50, CELLS)).toBeCloseTo(0.5, 3);
  });
  test("spread 0.5: 3.12 million run out in a third of the years", () => {
    const { runsOut } = poolRisk(claimsOf(kinds(0.5)), 3_120_000 * yuan);
    expect(runsOut).toBeCloseTo(1 - chanceWithin(kinds(0.5), 3_120_000 * yuan, CELLS), 3);
    expect(runsOut).toBeCloseTo(0.326, 3);
  });
});

test("a single certain claim is as likely to exceed its middle as not, whatever its spread", () => {
  for (const spread of [0.01, 0.05, 0.3, 1, 1.5]) {
    expect(poolRisk([{ amount: 1e8, probability: 1, spread }], 1e8).p50 / 1e8).toBeCloseTo(1, 6);
  }
});

test("portfolios of every shape: to three ten-thousandths, which is what these cells tell apart", () => {
  const stream = seededStream(2026);
  for (let turn = 0; turn < 12; turn++) {
    const kinds = portfolio(turn, () => uniform(stream));
    const claims = claimsOf(kinds);
    if (claims.length > 600) continue;
    const need = needOf(claims);
    const amount = turn % 2 === 0 ? quantile(need, 0.5 + 0.4 * uniform(stream)) + 1 : Math.ceil(need.mean);
    expect(Math.abs(need.atMost(amount) - chanceWithin(kinds, amount, CELLS))).toBeLessThan(3e-4);
  }
});

test("known sizes in whole units: to a millionth", () => {
  const stream = seededStream(7);
  for (let turn = 0; turn < 2; turn++) {
    const kinds = Array.from({ length: 40 }, () => ({
      count: 1,
      amount: 1e6 * Math.ceil(200 * uniform(stream)),
      probability: uniform(stream) ** (turn + 1),
      spread: 0,
    }));
    // A giant takes the lattice out of reach of the exact list.
    const giant = { count: 1, amount: 7e15 / 8, probability: 0.3, spread: 0 };
    const need = needOf(claimsOf([...kinds, giant]));
    const amount = 1e6 * Math.round(need.mean < 1e14 ? need.mean / 1e6 : 2000 + 500 * turn) + 5e5;
    expect(Math.abs(need.atMost(amount) - 0.7 * chanceWithin(kinds, amount, 2 ** 13, 1e6))).toBeLessThan(1e-6);
  }
});

test("an error beyond what is promised is refused in words, and no number at all is one", () => {
  expect(trusted({ chance: 0.25, error: 1e-4 })).toBe(0.25);
  expect(() => trusted({ chance: 0.25, error: 2e-4 })).toThrow(
    inWords("uncertain by more than 0.01 percentage points"),
  );
  expect(() => trusted({ chance: NaN, error: NaN })).toThrow(inWords("compute the largest on their own"));
});
