/** Several years: what is due in which month, and what pools of several years pay. The check of the flows is a simulation. */
import fc from "fast-check";
import { needOf, runsOut } from "../../../src/rules/pool";
import { mixtureOf } from "../../../src/rules/pool/common";
import { beyond, flowsOver, grownBy, levelsOf } from "../../../src/rules/pool/flows";
import { normal, seededStream, uniform } from "../../../src/rules/pool/random";
import { instalments, type PaymentTerms, scheduleOf } from "../../../src/rules/pool/schedule";
import { inWords } from "./in-words";

const AT_ONCE: PaymentTerms = { delay: { months: 0 }, parts: [10_000], unused: 0 };
const LATE: PaymentTerms = { delay: { years: 1, month: 3 }, parts: [5000, 3000, 2000], unused: 0.1 };
const certain = { probability: 1 };
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

describe("what is due when", () => {
  test("contracts of 2026 that are paid in March of the next years: 50 %, 30 %, 20 %", () => {
    const rows = [
      { date: "2026-02-10", amount: 101, claim: 0 },
      { date: "2026-11-30", amount: 200, claim: 1 },
    ];
    const { years, months } = scheduleOf(rows, [{ probability: 0.5 }, certain], LATE);
    expect(years.map(({ year, due }) => [year, due.map(({ amount }) => amount)])).toEqual([
      [2027, [51, 100]],
      [2028, [30, 60]],
      [2029, [20, 40]],
    ]);
    expect(months.map(({ month }) => month)).toEqual(["2027-03", "2028-03", "2029-03"]);
    // One voucher in ten is never used.
    expect(months[0]!.due.map(({ probability }) => probability)).toEqual([0.45, 0.9]);
    expect(years.map(({ begun }) => begun.map(({ amount }) => amount))).toEqual([[101, 200], [], []]);
  });

  test("half a year later: the claims of the second half are due in the next budget year", () => {
    const rows = ["2026-06-30", "2026-07-01"].map((date, claim) => ({ date, amount: 100, claim }));
    const { years, months } = scheduleOf(rows, [certain, certain], { ...AT_ONCE, delay: { months: 6 } });
    expect(years.map(({ year, due }) => [year, due.length])).toEqual([
      [2026, 1],
      [2027, 1],
    ]);
    expect(months.map(({ month }) => month)).toEqual(["2026-12", "2027-01"]);
  });

  test("rows of one firm: one claim in a year with one cap, another claim in the next year", () => {
    const rows = [
      { date: "2026-01-05", amount: 700, claim: 0 },
      { date: "2026-03-05", amount: 700, claim: 0 },
      { date: "2027-03-05", amount: 700, claim: 0 },
    ];
    const { years, months } = scheduleOf(rows, [{ probability: 0.5 }], AT_ONCE, 1000);
    expect(years.map(({ due }) => needOf(due).mean)).toEqual([500, 350]);
    expect(years[0]!.due).toEqual([expect.objectContaining({ amount: 1400, cap: 1000 })]);
    expect(months.map(({ due }) => needOf(due).mean)).toEqual([350, 150, 350]);
  });

  test("years without a payment are there; no rows, no years", () => {
    const rows = [2026, 2029].map((year) => ({ date: `${year}-01-01`, amount: 1, claim: 0 }));
    expect(scheduleOf(rows, [certain], AT_ONCE).years.map(({ year, due }) => [year, due.length])).toEqual([
      [2026, 1],
      [2027, 0],
      [2028, 0],
      [2029, 1],
    ]);
    expect(scheduleOf([], [], AT_ONCE)).toEqual({ years: [], months: [] });
  });

  test("instalments add up to the claim, to the fen, at any size", () => {
    const shares = fc
      .array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3 })
      .map((parts) => [...parts, 10_000 - sum(parts)]);
    fc.assert(
      fc.property(fc.maxSafeInteger().map(Math.abs), shares, (amount, parts) => {
        const paid = instalments(amount, parts);
        expect(sum(paid)).toBe(amount);
        paid.forEach((part, k) => {
          const exact = (BigInt(amount) * BigInt(sum(parts.slice(0, k + 1))) * 2n + 10_000n) / 20_000n;
          expect(BigInt(sum(paid.slice(0, k + 1)))).toBe(exact);
          expect(part).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  test.each([
    [{ ...AT_ONCE, parts: [5000, 4000] }, "must add up to 100%, not 90%"],
    [{ ...AT_ONCE, parts: [9999.5, 0.5] }, "instalment: it must be a whole number"],
    [{ ...AT_ONCE, unused: 1.1 }, "unused: it must be from 0 to 100%"],
    [{ ...AT_ONCE, delay: { months: -1 } }, "it must be a whole number from 0 to 120"],
    [{ ...AT_ONCE, delay: { years: 1, month: 13 } }, "it must be a whole number from 1 to 12"],
  ])("terms that are none are refused: %j", (terms, words) => {
    expect(() => scheduleOf([], [], terms)).toThrow(inWords(words));
  });

  test("growth of 8 % a year, compounded, half-up to the fen", () => {
    expect([0, 1, 2, 3].map((years) => grownBy("0.08", years)(1_000_050))).toEqual([
      1_000_050, 1_080_054, 1_166_458, 1_259_775,
    ]);
    expect(grownBy("-0.1", 1)(105)).toBe(95);
  });

  test("growth of any amount is that of whole numbers, at halves of a fen too", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -99, max: 1000 }),
        fc.nat(4),
        fc.oneof(
          fc.nat(1e9),
          fc.nat(2e7).map((n) => 50 * n),
          fc.nat(999_999_999_999_999),
        ),
        (percent, years, amount) => {
          const [times, parts] = [BigInt(100 + percent) ** BigInt(years), 100n ** BigInt(years)];
          const exact = (2n * BigInt(amount) * times + parts) / (2n * parts);
          fc.pre(exact < BigInt(Number.MAX_SAFE_INTEGER));
          expect(grownBy((percent / 100).toFixed(2), years)(amount)).toBe(Number(exact));
        },
      ),
    ));
});

describe("what a pool does not pay", () => {
  const claims = [100, 250, 400, 80].map((amount, k) => ({ amount: amount * 1000, probability: 0.2 + 0.2 * k }));
  const need = needOf(claims);

  test("the expected money beyond it is that of all selections, within its error", () => {
    for (const held of [0, 80_000, 300_000, 499_999, 829_999, 830_000, 900_000]) {
      let exact = 0;
      for (let set = 0; set < 16; set++) {
        let [chance, all] = [1, 0];
        claims.forEach(({ amount, probability }, k) => {
          const comes = (set >> k) & 1;
          chance *= comes ? probability : 1 - probability;
          all += comes * amount;
        });
        exact += chance * Math.max(0, all - held);
      }
      const { fen, error } = beyond(need, held);
      expect(Math.abs(fen - exact)).toBeLessThanOrEqual(error + 1e-6);
      expect(error).toBeLessThan(150);
    }
  });

  test("where the sums can be listed it is exact; of good and bad times it is the mean of both", () => {
    const other = needOf([{ amount: 500_000, probability: 0.3 }]);
    expect(beyond(other, 200_000).fen).toBeCloseTo(90_000, 6);
    const both = mixtureOf([
      { weight: 0.25, need },
      { weight: 0.75, need: other },
    ]);
    expect(beyond(both, 200_000).fen).toBeCloseTo(0.25 * beyond(need, 200_000).fen + 67_500, 6);
  });

  test("of claims that come for sure nothing is approximate", () => {
    const sure = needOf([{ amount: 500, probability: 1 }]);
    expect(beyond(sure, 300)).toEqual({ fen: 200, error: 0 });
    expect(beyond(sure, 500)).toEqual({ fen: 0, error: 0 });
  });
});

describe("pools of several years", () => {
  const sure = (amount: number) => levelsOf(needOf([{ amount, probability: 1 }]));

  test("what is certain is a plain account: 100 carried over pays a later peak, once", () => {
    const begun = [sure(300), sure(450), sure(450)];
    const carried = flowsOver([{ weight: 1, begun }], [10_000], [400, 400, 400], true);
    expect(carried.years.map(({ unpaid, left }) => [unpaid.fen, left.fen])).toEqual([
      [0, 100],
      [0, 50],
      [0, 0],
    ]);
    expect(carried.any.chance).toBe(0);
    const lapsed = flowsOver([{ weight: 1, begun }], [10_000], [400, 400, 400], false);
    expect(lapsed.years.map(({ unpaid, left, usedUp }) => [unpaid.fen, left.fen, usedUp.chance])).toEqual([
      [0, 100, 0],
      [50, 0, 1],
      [50, 0, 1],
    ]);
  });

  test("instalments meet: 50 % of one year and 50 % of the year before; exactly the pool is paid", () => {
    const flows = flowsOver(
      [{ weight: 1, begun: [sure(200), sure(400), sure(0)] }],
      [5000, 5000],
      [100, 300, 199],
      false,
    );
    expect(flows.years.map(({ unpaid }) => unpaid.fen)).toEqual([0, 0, 1]);
  });

  test.each([true, false])("agrees with a simulation of 40,000 courses of four years (carried over: %s)", (carries) => {
    const cohort = (year: number) =>
      Array.from({ length: 15 }, (_, k) => ({
        amount: 100_000 * (1 + (k % 5)) * (1 + year / 10),
        probability: 0.3 + 0.04 * k,
        spread: k % 3 ? 0.3 : 0,
      })).map((claim) => ({ ...claim, amount: Math.round(claim.amount) }));
    const cohorts = [0, 1, 2, 3].map(cohort);
    const parts = [6000, 4000];
    const pools = [1_700_000, 2_700_000, 3_200_000, 3_300_000];
    const flows = flowsOver(
      [{ weight: 1, begun: cohorts.map((claims) => levelsOf(needOf(claims))) }],
      parts,
      pools,
      carries,
    );
    const draws = 40_000;
    const stream = seededStream(5);
    const found = pools.map(() => ({ unpaid: 0, rest: 0, short: 0 }));
    let any = 0;
    for (let draw = 0; draw < draws; draw++) {
      const sizes = cohorts.map((claims) =>
        claims.reduce((all, { amount, probability, spread }) => {
          if (uniform(stream) >= probability) return all;
          return all + amount * (spread ? Math.exp(spread * normal(stream)) : 1);
        }, 0),
      );
      let [left, dry] = [0, 0];
      pools.forEach((pool, year) => {
        const held = left + pool;
        const due = 0.6 * sizes[year]! + 0.4 * (sizes[year - 1] ?? 0);
        found[year]!.unpaid += Math.max(0, due - held);
        found[year]!.rest += Math.max(0, held - due);
        found[year]!.short += Number(due > held);
        dry ||= Number(due > held);
        left = carries ? Math.max(0, held - due) : 0;
      });
      any += dry;
    }
    flows.years.forEach(({ unpaid, left, usedUp }, year) => {
      expect(Math.abs(usedUp.chance - found[year]!.short / draws)).toBeLessThan(usedUp.error + 0.01);
      expect(usedUp.error).toBeLessThan(0.005);
      expect(Math.abs(unpaid.fen - found[year]!.unpaid / draws)).toBeLessThan(unpaid.error + 5000);
      expect(Math.abs(left.fen - found[year]!.rest / draws)).toBeLessThan(left.error + 10_000);
    });
    expect(Math.abs(flows.any.chance - any / draws)).toBeLessThan(flows.any.error + 0.01);
    // The first year hangs together with none: there the exact figures are known.
    const first = needOf(cohorts[0]!.map((claim) => ({ ...claim, amount: Math.round(claim.amount * 0.6) })));
    expect(Math.abs(flows.years[0]!.usedUp.chance - runsOut(first, pools[0]!))).toBeLessThan(0.001);
    expect(Math.abs(flows.years[0]!.unpaid.fen - beyond(first, pools[0]!).fen)).toBeLessThan(500);
  });

  test("worlds are mixed by their weights: the same years may all be good, or all be bad", () => {
    const worlds = [
      { weight: 0.25, begun: [sure(500), sure(500)] },
      { weight: 0.75, begun: [sure(100), sure(100)] },
    ];
    const { years, any } = flowsOver(worlds, [10_000], [300, 300], false);
    expect(years.map(({ usedUp, unpaid }) => [usedUp.chance, unpaid.fen])).toEqual([
      [0.25, 50],
      [0.25, 50],
    ]);
    expect(any.chance).toBe(0.25);
  });

  test("a pool that is no whole fen is refused", () => {
    expect(() => flowsOver([], [10_000], [1, 0.5], true)).toThrow(inWords("pool in row 2: it must be whole fen"));
  });
});
