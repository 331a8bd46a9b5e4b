/** Where one claim dwarfs many the body and the tail of the need are both right: against an outside computation. */
import { probabilityBelow } from "../../../src/rules/pool/normal";
import { needOf, poolRisk, quantile } from "../../../src/rules/pool";
import type { UncertainClaim } from "../../../src/rules/pool/uncertain";
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

describe("one claim with a cap has a distribution in closed form, and the stated error covers what is missed", () => {
  const MIDDLE = 1e10;
  test.each([0.05, 0.3, 0.8, 1.2, 1.5])("spread %d", (spread) => {
    for (const cap of [0.5, 20]) {
      // Also a claim that comes once in two hundred years: ten standard deviations do not reach it.
      for (const probability of [1, 0.005]) {
        const need = needOf([{ amount: MIDDLE, probability, spread, cap: cap * MIDDLE }]);
        for (let z = -3; z <= 3; z += 1) {
          const amount = Math.round(MIDDLE * Math.exp(spread * z));
          if (amount >= cap * MIDDLE) continue;
          const { chance, error } = need.estimate(amount);
          expect(Math.abs(chance - (1 - probability + probability * probabilityBelow(z)))).toBeLessThan(error);
          expect(error).toBeLessThan(1e-4);
        }
      }
    }
  });
});

test("known sizes in whole millions of fen beside a giant that may stay away: without it the need stands on the lattice", () => {
  const kinds: Kind[] = [
    { count: 500, amount: 7e7, probability: 0.55, spread: 0 },
    { count: 300, amount: 4.7e7, probability: 0.4, spread: 0 },
  ];
  const giant = { amount: 1e12, probability: 0.3, spread: 0.2 };
  const need = needOf([...claimsOf(kinds), giant]);
  const known = needOf(claimsOf(kinds));
  const UNIT = 1e6;
  const step = Math.round(known.mean / UNIT) * UNIT;
  // A fen below a sum and at it: the giant adds nothing here, and stays away in 0.7 of the years.
  for (const amount of [step - 1, step, step + 0.5 * UNIT]) {
    const { chance, error } = need.estimate(amount);
    expect(error).toBeLessThan(1e-6);
    expect(Math.abs(chance - 0.7 * known.atMost(amount))).toBeLessThan(error);
  }
  expect(need.atMost(step) - need.atMost(step - 1)).toBeGreaterThan(1e-4);
});

test("more rare sizes to the fen than halves of all subsets could list: their light sums are left out, and counted", () => {
  const stream = seededStream(3);
  const claims = Array.from({ length: 44 }, () => ({
    amount: Math.ceil(3e9 * uniform(stream)),
    probability: 0.02 * uniform(stream),
  }));
  const need = needOf(claims);
  // All sets of up to five claims; what six and more add is a few millionths.
  const none = claims.reduce((all, { probability }) => all * (1 - probability), 1);
  const odds = claims.map(({ probability }) => probability / (1 - probability));
  const amount = 2.4e9;
  let [upToFive, withinFive] = [1, 1];
  const add = (from: number, sum: number, weight: number, left: number): void => {
    for (let k = from; k < claims.length; k++) {
      const [more, now] = [sum + claims[k]!.amount, weight * odds[k]!];
      upToFive += now;
      if (more <= amount) withinFive += now;
      if (left > 1) add(k + 1, more, now, left - 1);
    }
  };
  add(0, 0, 1, 5);
  const { chance, error } = need.estimate(amount);
  expect(error).toBeLessThan(1e-8);
  const missed = 1 - none * upToFive;
  expect(missed).toBeLessThan(5e-6);
  expect(chance).toBeGreaterThan(none * withinFive - error);
  expect(chance).toBeLessThan(none * withinFive + missed + error);
});

test("rare wide sizes beside many of a narrow spread: a transform that vanishes and comes back", () => {
  const kinds: Kind[] = [
    { count: 34, amount: 534e6, probability: 0.045, spread: 1.5 },
    { count: 33, amount: 768e6, probability: 0.605, spread: 0.1 },
  ];
  const need = needOf(claimsOf(kinds));
  for (const amount of [16_900_000_000, 18_100_000_000]) {
    expect(Math.abs(need.atMost(amount) - chanceWithin(kinds, amount, CELLS))).toBeLessThan(2e-5);
  }
});

test("many rare claims of one kind with a cap have a figure", () => {
  const kind = { amount: 892e6, probability: 9e-5, spread: 1.2 };
  const capped = Array.from({ length: 27_000 }, () => ({ ...kind, cap: 3568e6 }));
  const { p50, runsOut } = poolRisk(capped, 3568e6);
  // Two or three come: at most one fits for certain.
  expect(p50).toBeGreaterThan(892e6);
  expect(runsOut).toBeLessThan(0.5);
});

test("sizes that nearly share a lattice: a percentile within a cluster of sums is right to a millionth", () => {
  const stream = seededStream(5);
  const claims = Array.from({ length: 60 }, () => ({
    amount: 1e6 * Math.ceil(50 * uniform(stream)) + Math.floor(7 * uniform(stream)) - 3,
    probability: 0.2 + 0.6 * uniform(stream),
  }));
  const need = needOf(claims);
  expect(need.method).toBe("listed");
  const p50 = quantile(need, 0.5);
  // Every sum, by its unit and by its fen beyond: the number of units times 1,000 and the rest, as whole cells.
  const cell = ({ amount }: UncertainClaim): number => {
    const units = Math.round(amount / 1e6);
    return 512 * units + (amount - 1e6 * units);
  };
  let chances = new Float64Array(1).fill(1);
  for (const claim of claims) {
    const size = cell(claim);
    const next = new Float64Array(chances.length + size);
    chances.forEach((chance, k) => {
      next[k]! += chance * (1 - claim.probability);
      next[k + size]! += chance * claim.probability;
    });
    chances = next;
  }
  const below = (amount: number): number => {
    const last = cell({ amount, probability: 1 });
    return chances.subarray(0, last + 1).reduce((all, chance) => all + chance, 0);
  };
  expect(below(p50)).toBeGreaterThan(0.5 - 1e-6);
  expect(below(p50 - 1)).toBeLessThan(0.5 + 1e-6);
  expect(Math.abs(need.atMost(p50 - 5) - below(p50 - 5))).toBeLessThan(1e-9);
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
