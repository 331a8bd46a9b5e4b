import fc from "fast-check";
import { runOutDays, useOverTime } from "../../../src/rules/pool";
import { inWords } from "./in-words";

const claim = (date: string, amount: number) => ({ date, amount });
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

describe("claims of a year on a pool of 100", () => {
  const claims = [claim("2026-05-20", 50), claim("2026-02-01", 40), claim("2026-02-01", 30), claim("2026-05-21", 1)];
  test("are paid by day, those of one day in row order", () => {
    const use = useOverTime(claims, 100);
    expect(use.awards).toEqual([30, 40, 30, 0]);
    expect(use).toMatchObject({ emptyOn: "2026-05-20", shortOn: "2026-05-20" });
  });
  test("use it month by month", () => {
    expect(useOverTime(claims, 100).months).toEqual([
      { month: "2026-02", opening: 0, released: 100, lapsed: 0, claimed: 70, paid: 70, closing: 30 },
      { month: "2026-03", opening: 30, released: 0, lapsed: 0, claimed: 0, paid: 0, closing: 30 },
      { month: "2026-04", opening: 30, released: 0, lapsed: 0, claimed: 0, paid: 0, closing: 30 },
      { month: "2026-05", opening: 30, released: 0, lapsed: 0, claimed: 51, paid: 30, closing: 0 },
    ]);
  });
  test("a pool of exactly the claims is empty on the last day and short on none", () => {
    expect(useOverTime(claims, 121)).toMatchObject({ emptyOn: "2026-05-21", shortOn: null });
  });
  test("one fen more is never empty", () => {
    expect(useOverTime(claims, 122)).toMatchObject({ emptyOn: null, shortOn: null });
  });
  test("Excel's day numbers serve as well", () => {
    expect(useOverTime([{ date: 46096, amount: 5 }], 5).emptyOn).toBe("2026-03-15");
  });
});

describe("money of two years", () => {
  const claims = [claim("2026-06-01", 60), claim("2027-01-01", 100)];
  const tranches = (carriesOver: boolean) => [
    { date: "2027-01-01", amount: 80, carriesOver },
    { date: "2026-01-01", amount: 80, carriesOver: true },
  ];
  test("carries over: 20 of the first year help the second", () => {
    expect(useOverTime(claims, tranches(true)).awards).toEqual([60, 100]);
  });
  test("lapses on the day of the new money", () => {
    const use = useOverTime(claims, tranches(false));
    expect(use.awards).toEqual([60, 80]);
    expect(use.months.at(-1)).toEqual({
      month: "2027-01",
      opening: 20,
      released: 80,
      lapsed: 20,
      claimed: 100,
      paid: 80,
      closing: 0,
    });
  });
  test("money that nobody claims is in the table", () => {
    expect(useOverTime([], tranches(false)).months).toHaveLength(13);
    expect(useOverTime([], tranches(false)).months.at(-1)).toMatchObject({ lapsed: 80, closing: 80 });
  });
});

test("nothing claimed on nothing", () => {
  expect(useOverTime([], 100)).toEqual({ awards: [], months: [], emptyOn: null, shortOn: null });
});

test("every month balances, and the awards are what the months pay", () => {
  const dated = fc.record({ date: fc.integer({ min: 45000, max: 46500 }), amount: fc.nat(1e6) });
  const tranche = fc.record({
    ...{ date: fc.integer({ min: 45000, max: 46500 }), amount: fc.nat(3e6) },
    carriesOver: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(dated, { maxLength: 12 }), fc.array(tranche, { maxLength: 4 }), (claims, tranches) => {
      const { awards, months } = useOverTime(claims, tranches);
      const balances = months.every(({ opening, released, lapsed, paid, closing }, place) => {
        const before = months[place - 1]?.closing ?? 0;
        return opening === before && opening + released - lapsed - paid === closing && closing >= 0;
      });
      expect(balances).toBe(true);
      expect(sum(months.map(({ paid }) => paid))).toBe(sum(awards));
      expect(sum(months.map(({ claimed }) => claimed))).toBe(sum(claims.map(({ amount }) => amount)));
      expect(sum(months.map(({ released }) => released))).toBe(sum(tranches.map(({ amount }) => amount)));
    }),
    { numRuns: 500 },
  );
});

describe("the day it runs out when the order is not known", () => {
  const days = ["2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"];
  const of = (...amounts: number[]) => amounts.map((amount, place) => claim(days[place]!, amount));

  test("one large claim of four: it comes on each day with a quarter of the chance", () => {
    expect(runOutDays(of(100, 0, 0, 0), 100)).toEqual({
      p10: "2026-01-10",
      p50: "2026-02-10",
      p90: "2026-04-10",
      method: "exact",
    });
  });
  test("equal claims: the order does not matter", () => {
    expect(runOutDays(of(10, 10, 10, 10), 21)).toMatchObject({
      p10: "2026-03-10",
      p50: "2026-03-10",
      p90: "2026-03-10",
    });
  });
  test("claims that never use it up", () => {
    expect(runOutDays(of(10, 10), 21)).toEqual({ p10: null, p50: null, p90: null, method: "exact" });
    expect(runOutDays([], 0)).toMatchObject({ p50: null });
  });
  test("no pool is empty on the first day", () => expect(runOutDays(of(1, 2), 0)).toMatchObject({ p90: "2026-01-10" }));

  test("counted as every order one by one would say", () => {
    const orders = (rows: readonly number[]): number[][] =>
      rows.length < 2
        ? [[...rows]]
        : rows.flatMap((row) => orders(rows.filter((other) => other !== row)).map((o) => [row, ...o]));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 45 }),
        (amounts, pool) => {
          fc.pre(sum(amounts) >= pool);
          const start = 46000;
          const ends = orders(amounts.map((_, row) => row)).map((order) => {
            let left = pool;
            return order.findIndex((row) => (left -= amounts[row]!) <= 0);
          });
          ends.sort((a, b) => a - b);
          const at = (level: number): number => start + ends[Math.ceil(level * ends.length - 1e-9) - 1]!;
          const found = runOutDays(
            amounts.map((amount, place) => ({ date: start + place, amount })),
            pool,
          );
          const serials = [found.p10, found.p50, found.p90].map((day) => Date.parse(day!) / 86400000 + 25569);
          expect(serials).toEqual([at(0.1), at(0.5), at(0.9)]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("drawn for many claims: the same with the same seed, and near to what counting says", () => {
    const claims = Array.from({ length: 300 }, (_, row) => ({ date: 46000 + row, amount: 1 + ((row * 37) % 100) }));
    const drawn = runOutDays(claims, 7575);
    expect(drawn).toEqual(runOutDays(claims, 7575));
    expect(drawn.method).toBe("drawn");
    // Half of all money: the middle day is half of all days, and the order moves it by Σ's finite-sample deviation:
    // √(300/4) · 28.9 / 50.5 ≈ 5 days; P10 and P90 lie 1.28 of these away.
    const serials = [drawn.p10, drawn.p50, drawn.p90].map((day) => Date.parse(day!) / 86400000 + 25569 - 46000);
    expect(Math.abs(serials[1]! - 149.5)).toBeLessThan(2);
    expect(Math.abs(serials[2]! - serials[0]! - 2 * 1.28 * 5)).toBeLessThan(2);
  });
  test("a seed that is none is refused", () =>
    expect(() => runOutDays([], 0, -1)).toThrow(inWords("seed: it must be a whole number")));
});
