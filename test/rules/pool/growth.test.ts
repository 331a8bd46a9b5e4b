/** A common growth together with caps: against every subset of the claims, and against closed forms. */
import { type CommonGrowth, needOf, quantile } from "../../../src/rules/pool";
import type { UncertainClaim } from "../../../src/rules/pool/uncertain";
import { probabilityBelow } from "../../../src/rules/pool/normal";
import { seededStream, uniform } from "../../../src/rules/pool/random";
import { simulateNeed } from "./simulated";
import { inWords } from "./in-words";

const LEVELS = [0.3, 0.5, 0.8, 0.95];

/** P(need ≤ amount) for known sizes: of each subset the growth at which it reaches the amount, found by halving. */
function ofEverySubset(claims: readonly UncertainClaim[], { median, spread }: CommonGrowth, amount: number): number {
  let chance = 0;
  for (let subset = 0; subset < 2 ** claims.length; subset++) {
    const comes = claims.filter((_, row) => (subset >> row) & 1);
    const weight = claims.reduce(
      (p, { probability }, row) => p * ((subset >> row) & 1 ? probability : 1 - probability),
      1,
    );
    const needAt = (z: number): number =>
      comes.reduce((all, c) => all + Math.min(c.amount * median * Math.exp(spread * z), c.cap ?? Infinity), 0);
    let [low, high] = [-7, 7];
    if (needAt(high) <= amount) low = high;
    for (let halving = 0; halving < 24 && low < high; halving++) {
      const middle = (low + high) / 2;
      if (needAt(middle) <= amount) low = middle;
      else high = middle;
    }
    chance += weight * probabilityBelow(low);
  }
  return chance;
}

/** Known sizes up to 20 million yuan, every third certain, some beyond their caps. */
function knownClaims(count: number, seed: number): UncertainClaim[] {
  const stream = seededStream(seed);
  return Array.from({ length: count }, (_, row) => ({
    amount: Math.ceil(2e9 * uniform(stream)),
    probability: row % 3 === 0 ? 1 : uniform(stream),
    cap: Math.ceil(2e9 * uniform(stream)),
  }));
}

const GROWTHS: CommonGrowth[] = [
  { median: 0.9, spread: 0.05 },
  { median: 1.1, spread: 0.2 },
  { median: 1, spread: 0.8 },
];

test.each(GROWTHS)(
  "up to ten known claims are listed with the growth at which each subset reaches an amount: %j",
  (growth) => {
    for (const count of [2, 5, 9]) {
      const claims = knownClaims(count, count);
      const need = needOf(claims, growth);
      expect(need.method).toBe("exact");
      for (const level of LEVELS) {
        // Not at an amount that has a probability of its own.
        const amount = quantile(need, level) + 1000;
        expect(need.atMost(amount)).toBeCloseTo(ofEverySubset(claims, growth, amount), 6);
      }
    }
  },
);

/** P(need ≤ amount) for known sizes: of many growths, evenly likely, each subset of the claims. */
function ofManyGrowths(claims: readonly UncertainClaim[], { median, spread }: CommonGrowth, amount: number): number {
  const GROWTHS_TAKEN = 250;
  const zOf = (chance: number): number => {
    let [low, high] = [-7, 7];
    for (let halving = 0; halving < 40; halving++) {
      const middle = (low + high) / 2;
      if (probabilityBelow(middle) < chance) low = middle;
      else high = middle;
    }
    return low;
  };
  let sum = 0;
  for (let k = 0; k < GROWTHS_TAKEN; k++) {
    const factor = median * Math.exp(spread * zOf((k + 0.5) / GROWTHS_TAKEN));
    let [needs, chances] = [[0], [1]];
    for (const { amount: size, probability: p, cap = Infinity } of claims) {
      const own = Math.min(size * factor, cap);
      needs = [...needs, ...needs.map((need) => need + own)];
      chances = [...chances.map((chance) => chance * (1 - p)), ...chances.map((chance) => chance * p)];
    }
    needs.forEach((need, subset) => need <= amount && (sum += chances[subset]!));
  }
  return sum / GROWTHS_TAKEN;
}

test.each([
  { count: 13, likely: [0.3, 0.4] },
  { count: 14, likely: [0.4, 0.4] },
])("known sizes of which no sum counts: growths some way apart show how far off they are: %j", ({ count, likely }) => {
  const [least, width] = likely as [number, number];
  const stream = seededStream(count);
  const claims = Array.from({ length: count }, () => ({
    amount: Math.ceil(2e9 * uniform(stream)),
    probability: least + width * uniform(stream),
    cap: Math.ceil(2e9 * uniform(stream)),
  }));
  const growth = { median: 1.1, spread: 0.3 };
  const need = needOf(claims, growth);
  for (const level of [0.5, 0.9]) {
    const amount = quantile(need, level);
    const { chance, error } = need.estimate(amount);
    expect(error).toBeLessThan(5e-4);
    // The growths of the reference are steps, too.
    expect(Math.abs(chance - ofManyGrowths(claims, growth, amount))).toBeLessThan(error + 5e-5);
  }
});

test("two claims, one of them at its cap: half of the years of a growth around one stay within it", () => {
  const claims = [
    { amount: 5e8, probability: 1, cap: 1e8 },
    { amount: 3e8, probability: 1, cap: 9e8 },
    { amount: 1e7, probability: 0.5, cap: 0 },
  ];
  const need = needOf(claims, { median: 1, spread: 0.1 });
  expect(need.atMost(4e8)).toBeCloseTo(0.5, 12);
  expect(need.atMost(1e8 + 3e8 * Math.exp(0.1))).toBeCloseTo(probabilityBelow(1), 12);
  expect(need.atMost(1e9 - 1)).toBeCloseTo(1, 9);
  expect(need.atMost(1e9)).toBe(1);
});

test.each(GROWTHS)(
  "more known claims, of whose subsets a few thousand matter: listed without the rare ones: %j",
  (growth) => {
    const claims = [...knownClaims(9, 3), ...knownClaims(5, 4).map((claim) => ({ ...claim, probability: 1e-4 }))];
    const need = needOf(claims, growth);
    expect(need.method).toBe("exact");
    for (const amount of [0.8, 1.1].map((part) => Math.ceil(part * need.mean))) {
      const { chance, error } = need.estimate(amount);
      expect(error).toBeLessThan(1e-6);
      expect(Math.abs(chance - ofEverySubset(claims, growth, amount))).toBeLessThanOrEqual(error + 1e-7);
    }
  },
);

/** P(need ≤ amount) of known sizes and one that is not: of 40,000 growths each subset of the known ones and the share of the other. */
function ofOneUncertain(
  known: readonly UncertainClaim[],
  other: UncertainClaim,
  { median, spread }: CommonGrowth,
  amount: number,
): number {
  const STEP = 14 / 40_000;
  let [sum, weights] = [0, 0];
  for (let z = -7 + STEP / 2; z < 7; z += STEP) {
    const factor = median * Math.exp(spread * z);
    const weight = Math.exp((-z * z) / 2);
    weights += weight;
    for (let subset = 0; subset < 2 ** known.length; subset++) {
      let [chance, need] = [1, 0];
      known.forEach((claim, row) => {
        const comes = (subset >> row) & 1;
        chance *= comes ? claim.probability : 1 - claim.probability;
        need += comes ? Math.min(claim.amount * factor, claim.cap ?? Infinity) : 0;
      });
      const left = amount - need;
      if (chance === 0 || left < 0) continue;
      const within =
        left >= (other.cap ?? Infinity)
          ? 1
          : probabilityBelow(Math.log(left / (other.amount * factor)) / other.spread!);
      sum += weight * chance * (1 - other.probability + other.probability * within);
    }
  }
  return sum / weights;
}

test.each([
  { growth: 0.8, own: 0.5, cap: 784_350_501, probability: 1 },
  { growth: 0.3, own: 0.05, cap: 784_350_501, probability: 0.7 },
  { growth: 0.1, own: 1, cap: 400_000_000, probability: 1e-6 },
])(
  "an uncertain size at its cap leaves known ones that move with the growth: %j",
  ({ growth, own, cap, probability }) => {
    const known = [
      { amount: 233_932_967, probability: 0.3, cap: 130_751_915 },
      { amount: 956_000_781, probability: 1 },
      { amount: 2_220_478_952, probability: 0.5, cap: 2_347_412_864 },
    ];
    const other = { amount: 737_329_173, probability, spread: own, cap };
    const common = { median: 1, spread: growth };
    const need = needOf([other, ...known], common);
    for (const part of [0.5, 0.8, 1, 1.2]) {
      const amount = Math.ceil(part * need.mean);
      const { chance, error } = need.estimate(amount);
      expect(error).toBeLessThan(1e-4);
      // The growths of the reference are steps, too.
      expect(Math.abs(chance - ofOneUncertain(known, other, common, amount))).toBeLessThan(error + 1e-4);
    }
  },
);

test("where the error may exceed a thousandth there is no figure", () => {
  const need = needOf(knownClaims(20, 3), { median: 1, spread: 1.5 });
  expect(() => need.atMost(need.mean)).toThrow(inWords("uncertain by more than 0.1 percentage points"));
});

describe("claims with a spread", () => {
  test("one claim: the two spreads are one, up to the cap", () => {
    const growth = { median: 1.1, spread: 0.15 };
    const need = needOf([{ amount: 1e9, probability: 0.6, spread: 0.4, cap: 1.5e9 }], growth);
    const together = Math.hypot(0.4, 0.15);
    for (const size of [5e8, 1.1e9, 1.4e9]) {
      const { chance, error } = need.estimate(size);
      const expected = 0.4 + 0.6 * probabilityBelow(Math.log(size / 1.1e9) / together);
      expect(Math.abs(chance - expected)).toBeLessThanOrEqual(error);
      expect(error).toBeLessThan(2e-5);
    }
    expect(need.atMost(1.5e9)).toBe(1);
    expect(need.atMost(0)).toBeCloseTo(0.4, 5);
  });

  test("24 claims: as drawn", () => {
    const stream = seededStream(24);
    const claims = Array.from({ length: 24 }, () => ({
      amount: Math.ceil(1e9 * uniform(stream)),
      probability: uniform(stream),
      spread: 0.4,
      cap: 5e8,
    }));
    const growth = { median: 1.1, spread: 0.15 };
    const need = needOf(claims, growth);
    const draws = 10_000;
    const drawn = simulateNeed(claims, { draws, seed: 5, growth });
    for (const level of LEVELS) {
      const amount = quantile(need, level);
      expect(need.estimate(amount).error).toBeLessThan(1e-4);
      const share = drawn.filter((value) => value <= amount).length / draws;
      expect(Math.abs(share - level)).toBeLessThan(4.5 * Math.sqrt((level * (1 - level)) / draws));
    }
  });
});

test("known and uncertain sizes with caps of their own under one growth: against 200,000 drawn years, within a ten-thousandth", () => {
  const stream = seededStream(8);
  const claims = Array.from({ length: 24 }, (_, row) => {
    const amount = Math.ceil(2e8 * (0.1 + uniform(stream)));
    return {
      amount,
      probability: 0.2 + 0.6 * uniform(stream),
      spread: row % 2 ? 0.3 : 0,
      cap: Math.ceil(1.2 * amount),
    };
  });
  const growth = { median: 1.1, spread: 0.3 };
  const need = needOf(claims, growth);
  const years = simulateNeed(claims, { draws: 200_000, seed: 5, growth });
  for (const level of LEVELS) {
    const amount = quantile(need, level);
    expect(need.estimate(amount).error).toBeLessThan(1e-4);
    const share = years.filter((year) => year <= amount).length / years.length;
    expect(Math.abs(share - level)).toBeLessThan(5 * Math.sqrt((level * (1 - level)) / years.length));
  }
});

test("where the likeliest sum of caps lies, what is stated covers the series that stops before it settles", () => {
  // Against some million points of the sizes' own normal variables, each with its growth exactly (docs/pools.md).
  const claims = [
    { amount: 5712836605, probability: 4.381637072049425e-6, spread: 0.5 },
    { amount: 1453838793, probability: 1, cap: 1649850455 },
    { amount: 2268826285, probability: 0.05, cap: 1728594679 },
    { amount: 3800920865, probability: 1, spread: 0.5, cap: 6307949287 },
    { amount: 297316185, probability: 5.66895958238511e-5, cap: 320552926 },
    { amount: 1280926367, probability: 1, spread: 0.05, cap: 2118820330 },
    { amount: 229496969, probability: 0.0008547796458627182, cap: 453353277 },
    { amount: 15366125553, probability: 0.5, spread: 0.5, cap: 21308260178 },
  ];
  const { chance, error } = needOf(claims, { median: 1, spread: 0.8 }).estimate(10076620072);
  expect(Math.abs(chance - 0.577358)).toBeLessThan(error);
  expect(error).toBeLessThan(3e-4);
});

test("a known size whose cap is just what it grows to is computed as with a cap of a fen more", () => {
  const chanceWith = (cap: number) => {
    const claims = [
      { amount: 2000000, probability: 0.3, cap },
      { amount: 3000000, probability: 0.5, spread: 0.3 },
    ];
    return needOf(claims, { median: 1.1, spread: 0.05 }).atMost(2500000);
  };
  expect(chanceWith(2200000)).toBeCloseTo(chanceWith(2200001), 4);
});

describe("at a sum of caps, which does not move with the growth", () => {
  /** P(at most `most` of the claims come). */
  const atMostComing = (count: number, probability: number, most: number): number => {
    let [chance, all] = [(1 - probability) ** count, 0];
    for (let coming = 0; coming <= most; coming++) {
      all += chance;
      chance *= ((count - coming) / (coming + 1)) * (probability / (1 - probability));
    }
    return all;
  };

  test.each([{ spread: 0 }, { spread: 0.1 }])(
    "all claims far beyond one cap: the number that come is all: %j",
    (own) => {
      const claims = Array.from({ length: 24 }, () => ({ amount: 1e8, probability: 0.5, cap: 3e7, ...own }));
      const need = needOf(claims, { median: 1, spread: 0.05 });
      for (const coming of [9, 12, 15]) {
        for (const [amount, most] of [
          [3e7 * coming - 1, coming - 1],
          [3e7 * coming, coming],
          [3e7 * coming + 1, coming],
        ] as const) {
          const { chance, error } = need.estimate(amount);
          expect(error).toBeLessThan(1e-3);
          expect(Math.abs(chance - atMostComing(24, 0.5, most))).toBeLessThan(error);
        }
      }
    },
  );

  test("rare known sizes under one cap: each set of up to three of them reaches the amount at a growth of its own", () => {
    const PROBABILITY = 0.005;
    const sizes = Array.from({ length: 24 }, (_, row) => 1e8 + 1e7 * (row % 5));
    const claims = sizes.map((amount) => ({ amount, probability: PROBABILITY, cap: 1.2e8 }));
    const growth = { median: 1, spread: 0.2 };
    const need = needOf(claims, growth);
    for (const amount of [1.2e8 - 1, 1.2e8, 2.4e8 - 1, 2.4e8]) {
      // Two or three claims: all of the cap only where the growth carries each of them to it.
      const within = (rows: readonly number[]): number => {
        const comes = rows.map((row) => claims[row]!);
        return (PROBABILITY / (1 - PROBABILITY)) ** rows.length * ofCertain(comes, growth, amount);
      };
      let reference = within([]);
      for (let a = 0; a < 24; a++) {
        reference += within([a]);
        for (let b = 0; b < a; b++) {
          reference += within([a, b]);
          for (let c = 0; c < b; c++) reference += within([a, b, c]);
        }
      }
      reference *= (1 - PROBABILITY) ** 24;
      const { chance, error } = need.estimate(amount);
      expect(error).toBeLessThan(1e-4);
      expect(Math.abs(chance - reference)).toBeLessThan(error + 1e-5);
    }
  });
});

/** P(the claims, which all come, stay within an amount). */
const ofCertain = (claims: readonly UncertainClaim[], growth: CommonGrowth, amount: number): number =>
  ofEverySubset(
    claims.map((claim) => ({ ...claim, probability: 1 })),
    growth,
    amount,
  );
