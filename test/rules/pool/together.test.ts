/** What is uncertain as people say it, and claims that move together: ±20 %, states of an industry and of all claims. */
import fc from "fast-check";
import { drawnYears, needOf, poolRisk, quantile, runsOut, spreadWithin } from "../../../src/rules/pool";
import { type CommonFactor, type GroupedClaim, heldAtCertain, worldsOf } from "../../../src/rules/pool/common";
import { LARGEST_WITHIN } from "../../../src/rules/pool/within";
import { inWords } from "./in-words";

describe("within ±20 % in eight cases of ten", () => {
  test.each([0.05, 0.2, 0.5, 0.99, 1, 1.5, LARGEST_WITHIN])(
    "±%d is the spread that keeps four fifths inside",
    (part) => {
      const claims = [{ amount: 1_000_000, probability: 1, spread: spreadWithin(part) }];
      const need = needOf(claims);
      const inside = need.atMost(1_000_000 * (1 + part)) - (part < 1 ? need.atMost(1_000_000 * (1 - part)) : 0);
      expect(inside).toBeCloseTo(0.8, 4);
    },
  );
  test("nothing is no spread, more is a larger one", () => {
    expect(spreadWithin(0)).toBe(0);
    expect(spreadWithin(0.1)).toBeLessThan(spreadWithin(0.2));
  });
  test.each([-0.1, LARGEST_WITHIN + 0.01, NaN])("%d is refused", (part) => {
    expect(() => spreadWithin(part)).toThrow(inWords("it must be from 0 to 250%, such as 20%"));
  });
});

const WEATHER: CommonFactor = {
  group: undefined,
  states: [
    { chance: 0.25, probability: 1.2, size: 1.1 },
    { chance: 0.5, probability: 1, size: 1 },
    { chance: 0.25, probability: 0.5, size: 0.9 },
  ],
};
const CHIPS: CommonFactor = {
  group: "芯片",
  states: [
    { chance: 0.4, probability: 1, size: 2 },
    { chance: 0.6, probability: 0.5, size: 1 },
  ],
};

describe("claims that move together", () => {
  /** P(need ≤ amount) by every state and every selection of claims. */
  function listed(claims: readonly GroupedClaim[], factors: readonly CommonFactor[], amount: number): number {
    const [factor, ...others] = factors;
    if (factor)
      return factor.states.reduce((total, { chance, probability, size }) => {
        const moved = claims.map((claim) =>
          factor.group === undefined || claim.group === factor.group
            ? {
                ...claim,
                amount: Math.floor(claim.amount * size + 0.5),
                probability: claim.probability * probability,
              }
            : claim,
        );
        return total + chance * listed(moved, others, amount);
      }, 0);
    let within = 0;
    for (let set = 0; set < 2 ** claims.length; set++) {
      let [chance, need] = [1, 0];
      claims.forEach(({ amount: size, probability, cap = Infinity }, k) => {
        const certain = Math.min(1, probability);
        const comes = (set >> k) & 1;
        chance *= comes ? certain : 1 - certain;
        need += comes * Math.min(size, cap);
      });
      if (need <= amount) within += chance;
    }
    return within;
  }

  const claim = fc.record({
    amount: fc.integer({ min: 0, max: 1000 }),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    group: fc.constantFrom("芯片", "软件", undefined),
    cap: fc.constantFrom(300, Infinity),
  });
  test("the need is the exact mixture: every state and every selection of claims counted", () => {
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 6 }), fc.integer({ min: 0, max: 3000 }), (claims, amount) => {
        const need = needOf(claims, undefined, [WEATHER, CHIPS]);
        expect(need.atMost(amount)).toBeCloseTo(listed(claims, [WEATHER, CHIPS], amount), 10);
      }),
      { numRuns: 60 },
    );
  });

  test("mean and deviation are those of the mixture", () => {
    const claims: GroupedClaim[] = [{ amount: 100, probability: 0.5, group: "芯片" }];
    const need = needOf(claims, undefined, [CHIPS]);
    // 200 with 0.4 · 0.5, 100 with 0.6 · 0.25, else nothing.
    expect(need.mean).toBeCloseTo(0.2 * 200 + 0.15 * 100, 12);
    expect(need.deviation ** 2).toBeCloseTo(0.2 * 200 ** 2 + 0.15 * 100 ** 2 - 55 ** 2, 9);
    expect([quantile(need, 0.6), quantile(need, 0.7), quantile(need, 0.9)]).toEqual([0, 100, 200]);
  });

  test("a common factor makes many claims riskier than independence does", () => {
    const claims = Array.from({ length: 200 }, () => ({ amount: 100_00, probability: 0.5 }));
    const even: CommonFactor = {
      group: undefined,
      states: [
        { chance: 0.5, probability: 1.2, size: 1 },
        { chance: 0.5, probability: 0.8, size: 1 },
      ],
    };
    const [apart, together] = [poolRisk(claims, 115 * 100_00), poolRisk(claims, 115 * 100_00, { factors: [even] })];
    expect(together.expected).toBeCloseTo(apart.expected, 4);
    expect(apart.runsOut).toBeLessThan(0.02);
    expect(together.runsOut).toBeGreaterThan(0.3);
  });

  test("a group without claims moves nothing", () => {
    expect(worldsOf([{ amount: 1, probability: 1, group: "软件" }], [CHIPS])).toHaveLength(1);
  });

  test("what a state would make more than certain is counted, and is certain there", () => {
    const claims = [0.8, 0.9, 0.1].map((probability) => ({ amount: 100, probability }));
    expect(heldAtCertain(claims, [WEATHER])).toBe(1);
    expect(worldsOf(claims, [WEATHER])[0]!.claims.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.96, 12),
      1,
      expect.closeTo(0.12, 12),
    ]);
    expect(() => needOf([{ amount: 1, probability: 1.5 }], undefined, [WEATHER])).toThrow(inWords("from 0 to 1"));
  });

  test("drawn years have the same mean and the same tail", () => {
    const claims: GroupedClaim[] = Array.from({ length: 12 }, (_, k) => ({
      amount: 1000 + 100 * k,
      probability: 0.4,
      group: k % 2 ? "芯片" : "软件",
    }));
    const factors = [WEATHER, CHIPS];
    const need = needOf(claims, undefined, factors);
    const pool = quantile(need, 0.8);
    const years = 20_000;
    let [sum, short] = [0, 0];
    for (const sizes of drawnYears(claims, { years, factors })) {
      const all = sizes.reduce((total, size) => total + size, 0);
      sum += all;
      short += Number(all > pool);
    }
    expect(Math.abs(sum / years - need.mean)).toBeLessThan((5 * need.deviation) / Math.sqrt(years));
    expect(Math.abs(short / years - runsOut(need, pool))).toBeLessThan(5 * Math.sqrt(0.16 / years));
  });

  test.each([
    [[{ chance: 0.5, probability: 1, size: 1 }], "the chances must add up to 100%, not 50%"],
    [[{ chance: 1.5, probability: 1, size: 1 }], "the chance must be from 0 to 100%"],
    [[{ chance: 1, probability: -1, size: 1 }], "a multiplier must be from 0 to 100"],
    [[{ chance: 1, probability: 1, size: NaN }], "a multiplier must be from 0 to 100"],
  ])("states that are none are refused: %j", (states, words) => {
    expect(() => needOf([{ amount: 1, probability: 0.5 }], undefined, [{ group: undefined, states }])).toThrow(
      inWords(words),
    );
  });

  test("more combinations than can be computed are refused", () => {
    const claims = Array.from({ length: 6 }, (_, k) => ({ amount: 1, probability: 0.5, group: String(k) }));
    const factors = claims.map(({ group }) => ({ ...WEATHER, group }));
    expect(() => worldsOf(claims, factors)).toThrow(inWords("729 combinations"));
    expect(worldsOf(claims, factors.slice(0, 5))).toHaveLength(243);
  });
});
