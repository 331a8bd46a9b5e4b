/** What rows come to together, and accounts of others than firms: each against a plain loop over the rows, and as the text reads. */
import fc from "fast-check";
import { award, awardFen, awards, columnsAwards, entryOf, outcomeOf, OUTCOMES, planOf } from "../../../src/rules";
import { pieces } from "../../../src/rules/study/kinks";
import { toDecimal } from "../../../src/rules/number/ratio";
import { blocksOf } from "../../tools/blocks";
import { claimed, paid, paidInOrder, planned, type Cells } from "../claimed";

jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

const inColumns = (rows: ReturnType<typeof planned>[]): (number | string)[] => {
  const { fen, decisions } = columnsAwards(blocksOf(rows), rows.length);
  return Array.from(fen, (amount, i) => {
    const outcome = OUTCOMES[outcomeOf(decisions[i]!)]!;
    return outcome === "award" ? amount / 100 : outcome;
  });
};

/** Both ways of computing a table, which agree. */
const table = (rows: ReturnType<typeof planned>[]): (number | string)[] => {
  const amounts = paidInOrder(rows);
  expect(inColumns(rows)).toEqual(amounts);
  return amounts;
};

describe("slabs of the firm's year: 50% up to 500,000, 30% from there to 2,000,000, nothing beyond", () => {
  const beam = (amount: number, cells: Cells & { firm?: string; year?: number } = {}) =>
    planned("inv-beam", { amount, firm: "甲", ...cells });

  test("at the bound, one fen above, at the last bound, beyond", () => {
    const alone = (amount: number): number | string => paid(claimed("inv-beam", { amount }));
    expect(alone(500000)).toBe(250000);
    // 30% of one fen is no fen; of two fen it is one.
    expect(alone(500000.01)).toBe(250000);
    expect(alone(500000.02)).toBe(250000.01);
    expect(alone(1000000)).toBe(400000);
    expect(alone(2000000)).toBe(600000);
    expect(alone(9000000)).toBe(600000);
  });

  test("the second contract begins where the first one ended, in the year and firm", () => {
    expect(table([beam(400000), beam(300000), beam(300000)])).toEqual([200000, 50000 + 60000, 90000]);
    expect(table([beam(400000), beam(300000, { firm: "乙" }), beam(300000, { year: 2027 })])).toEqual([
      200000, 150000, 150000,
    ]);
  });

  test("rows that are not admissible do not count; what was before the table does, once", () => {
    expect(table([beam(400000, { local: false }), beam(300000)])).toEqual(["not-eligible", 150000]);
    expect(table([beam(300000, { earlier: 400000 }), beam(300000, { earlier: 400000 })])).toEqual([110000, 90000]);
    // The running total carried forward by hand: 400,000 and the 300,000 of the row above.
    expect(table([beam(300000, { earlier: 400000 }), beam(300000, { earlier: 700000 })])).toEqual([110000, 90000]);
    // What a row says of the time before holds although it is not paid itself.
    expect(table([beam(1, { earlier: 400000, local: false }), beam(300000)])).toEqual(["not-eligible", 110000]);
  });

  test("a cap that is used up does not stop the total", () => {
    expect(table([beam(400000, { prior_paid: 600000 }), beam(300000, { prior_paid: 0, firm: "乙" })])).toEqual([
      0, 150000,
    ]);
    const [, second] = table([beam(500000, { prior_paid: 400000 }), beam(500000)]);
    expect(second).toBe(0);
  });

  const rows = fc.array(
    fc.record({
      firm: fc.constantFrom("甲", "乙", undefined),
      year: fc.constantFrom(2026, 2027),
      amount: fc.oneof(fc.integer({ min: 0, max: 250_000_00 }), fc.constantFrom(1, 50_000_000, 150_000_000)),
      earlier: fc.constantFrom(undefined, 0, 30_000_000, 49_999_999),
      local: fc.constantFrom(true, true, true, false),
      prior: fc.constantFrom(undefined, 0, 10_000_000, 59_999_999),
    }),
    { maxLength: 12 },
  );

  test("as a plain loop over the rows has it", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const [came, granted] = [new Map<string, number>(), new Map<string, number>()];
        const expected: (number | string)[] = new Array<number>(list.length);
        for (const year of [2026, 2027]) {
          list.forEach(({ firm, amount, earlier = 0, local, prior = 0, ...row }, i) => {
            if (row.year !== year) return;
            const key = firm ? `${firm} ${year}` : `row ${i}`;
            const from = Math.max(came.get(key) ?? 0, earlier);
            came.set(key, from + (local ? amount : 0));
            const before = Math.max(granted.get(key) ?? 0, prior);
            granted.set(key, before);
            if (!local) {
              expected[i] = "not-eligible";
              return;
            }
            let tenths = 0;
            for (const [low, high, rate] of [
              [0, 50_000_000, 5],
              [50_000_000, 200_000_000, 3],
            ] as const)
              tenths += rate * Math.max(0, Math.min(from + amount, high) - Math.max(from, low));
            const fen = Math.min(Math.floor((tenths + 5) / 10), Math.max(0, 60_000_000 - before));
            granted.set(key, before + fen);
            expected[i] = fen / 100;
          });
        }
        const given = list.map(({ firm, year, amount, earlier, local, prior }) =>
          planned("inv-beam", {
            ...(firm && { firm }),
            year,
            amount: amount / 100,
            local,
            ...(earlier !== undefined && { earlier: earlier / 100 }),
            ...(prior !== undefined && { prior_paid: prior / 100 }),
          }),
        );
        expect(table(given)).toEqual(expected);
      }),
    );
  });

  test("the pieces of the curve are those of the award", () => {
    const { plan, row } = beam(0, { earlier: 400000 });
    for (const { from, to, start, end } of pieces(plan, row, "amount", 300_000_000)) {
      for (const [at, value] of [
        [from, start],
        [to, end],
      ] as const) {
        const fen = toDecimal(at, 0).toNumber();
        expect(award(plan, { ...row, amount: fen }).fen).toBe(toDecimal(value, 0).toNumber());
        expect(awardFen(plan, { ...row, amount: fen })).toBe(toDecimal(value, 0).toNumber());
      }
    }
    expect(pieces(plan, row, "amount", 300_000_000).length).toBeGreaterThan(2);
  });
});

describe("one rate for the whole year: 50% up to 500,000, all of it 30% above; nothing below 100,000", () => {
  const fog = (amount: number, cells: Cells & { firm?: string; object?: string; year?: number } = {}) =>
    planned("inv-fog", { amount, firm: "甲", ...cells });

  test("the row that passes the bound changes the rate of those before it", () => {
    expect(table([fog(200000), fog(300000)])).toEqual([100000, 150000]);
    expect(table([fog(200000), fog(300000.01)])).toEqual([60000, 90000]);
    expect(table([fog(300000.01), fog(200000), fog(300000, { firm: "乙" })])).toEqual([90000, 60000, 150000]);
  });

  test("rows that are too small alone are paid together", () => {
    expect(table([fog(99999.99)])).toEqual(["not-eligible"]);
    expect(table([fog(60000), fog(40000)])).toEqual([30000, 20000]);
    expect(table([fog(60000), fog(40000, { eligible: false })])).toEqual(["not-eligible", "not-eligible"]);
  });

  test("a second row of one object is no second contract", () => {
    expect(table([fog(400000, { object: "一" }), fog(200000, { object: "一" })])).toEqual([200000, "not-eligible"]);
  });

  test("as a plain loop over the rows has it", () => {
    const row = fc.record({
      firm: fc.constantFrom("甲", "乙"),
      amount: fc.constantFrom(0, 1, 4_000_000, 9_999_999, 20_000_000, 30_000_001, 50_000_000),
      eligible: fc.constantFrom(true, true, false),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (list) => {
        const total = (firm: string): number =>
          list.reduce((sum, one) => sum + (one.firm === firm && one.eligible ? one.amount : 0), 0);
        const expected = list.map(({ firm, amount, eligible }) => {
          if (!eligible || total(firm) < 10_000_000) return "not-eligible";
          return Math.floor((amount * (total(firm) <= 50_000_000 ? 5 : 3) + 5) / 10) / 100;
        });
        expect(table(list.map(({ firm, amount, eligible }) => fog(amount / 100, { firm, eligible })))).toEqual(
          expected,
        );
      }),
    );
  });

  test("slabs over three years of one object, whoever claims", () => {
    const loan = (year: number, amount: number, firm: string) =>
      fog(100000, { year, loan: amount, firm, object: "一" });
    expect(table([loan(2026, 60000, "甲"), loan(2027, 60000, "乙")])).toEqual([50600, 50000 + 400 + 1000]);
  });
});

describe("a provider's pool of the quarter, within it a firm's half-year", () => {
  const signal = (amount: number, provider: string, quarter: number, cells: Cells & { firm?: string } = {}) =>
    planned("inv-signal", { amount, provider, quarter, half_year: quarter > 2 ? 2 : 1, firm: "甲", ...cells });

  test("many firms use one provider's pool up; each quarter has its own", () => {
    expect(
      table([
        signal(300000, "云一", 1, { firm: "甲" }),
        signal(300000, "云一", 1, { firm: "乙" }),
        signal(300000, "云二", 1, { firm: "乙" }),
        signal(300000, "云一", 2, { firm: "丙" }),
      ]),
    ).toEqual([150000, 150000, 50000, 150000]);
    expect(table([signal(400000, "云一", 1), signal(400000, "云一", 1, { firm: "乙" })])).toEqual([200000, 100000]);
  });

  test("without a provider or a quarter the row is incomplete", () => {
    const { plan, row } = signal(1, "云一", 1);
    expect(award(plan, { ...row, provider: undefined }).outcome).toEqual({ kind: "incomplete", missing: ["provider"] });
    expect(award(plan, { ...row, quarter: undefined }).outcome).toEqual({ kind: "incomplete", missing: ["quarter"] });
  });

  test("as a plain loop over the rows has it", () => {
    const row = fc.record({
      firm: fc.constantFrom("甲", "乙", undefined),
      provider: fc.constantFrom("云一", "云二"),
      quarter: fc.integer({ min: 1, max: 4 }),
      year: fc.constantFrom(2026, 2027),
      amount: fc.constantFrom(0, 1, 33_333_333, 60_000_000, 10_000_000),
      paid: fc.constantFrom(undefined, 0, 12_345_678),
      eligible: fc.constantFrom(true, true, true, false),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 14 }), (list) => {
        const granted = new Map<string, number>();
        const expected = list.map((): number | string => 0);
        for (const year of [2026, 2027])
          list.forEach(({ firm, provider, quarter, amount, paid: before = 0, eligible, ...one }, i) => {
            if (one.year !== year) return;
            const pool = `${provider} ${year} ${quarter}`;
            const own = firm ? `${firm} ${year} ${quarter > 2}` : `row ${i}`;
            granted.set(pool, Math.max(granted.get(pool) ?? 0, before));
            if (!eligible) {
              expected[i] = "not-eligible";
              return;
            }
            const left = Math.min(30_000_000 - granted.get(pool)!, 20_000_000 - (granted.get(own) ?? 0));
            const fen = Math.min(Math.floor((amount + 1) / 2), Math.max(0, left));
            granted.set(pool, granted.get(pool)! + fen);
            granted.set(own, (granted.get(own) ?? 0) + fen);
            expected[i] = fen / 100;
          });
        const given = list.map(({ firm, provider, quarter, year, amount, paid: before, eligible }) => ({
          ...signal(amount / 100, provider, quarter, {
            eligible,
            year,
            ...(before !== undefined && { provider_paid: before / 100 }),
          }),
          firm,
        }));
        expect(table(given)).toEqual(expected);
      }),
    );
  });

  test("clauses that name one allowance share a provider, in the order of the rows", () => {
    const horn = planned("inv-bugle", { amount: 2100000, provider: "云一", firm: "甲" });
    const bell = planned("inv-whistle", { amount: 1000000, provider: "云一", firm: "乙" });
    expect(table([horn, bell])).toEqual([700000, 300000]);
    expect(table([bell, horn])).toEqual([400000, 600000]);
  });
});

describe("what cannot be meant is refused", () => {
  const changed = (id: string, change: object) => {
    const { instrument, ...entry } = entryOf(id);
    return () => planOf({ ...entry, instrument: { ...instrument, ...change } }, { year: 2026 });
  };

  test("a scope, a total or slabs that are none", () => {
    const limits = (limit: object) => ({ parts: [{ limits: [{ share: { of: "amount", rate: "10%" } }, limit] }] });
    expect(changed("inv-bugle", limits({ cap: 1, "shared-by": { scope: "frim" } }))).toThrow("不能按 frim 计");
    expect(changed("inv-bugle", limits({ cap: 1, "shared-by": { scope: "amount" } }))).toThrow("不能按 amount 计");
    const apart = { scope: "firm", unnamed: "apart" };
    expect(changed("inv-bugle", limits({ cap: 1, "shared-by": apart }))).toThrow("unnamed 只用于按对象计的限额");
    const slabs = (rates: object[], more: object = {}) =>
      changed("inv-beam", {
        parts: [{ limits: [{ share: { of: "amount", slabs: { total: "year_amount", rates }, ...more } }] }],
      });
    expect(
      slabs([
        { "up-to": 2, rate: "1%" },
        { "up-to": 2, rate: "2%" },
      ]),
    ).toThrow("依次升高");
    expect(slabs([{ rate: "1%" }, { rate: "2%" }])).toThrow("依次升高");
    expect(slabs([{ "up-to": 1.001, rate: "1%" }])).toThrow("到分为止");
    expect(slabs([{ rate: "1%" }], { rate: "5%" })).toThrow("不另写 rate");
    expect(slabs([{ rate: "1%" }], { of: "earlier" })).toThrow("of 与它相同");
    expect(changed("inv-beam", { totals: { t: { zh: "甲", en: "a", of: "local", scope: "firm" } } })).toThrow(
      "不是金额输入",
    );
  });
});

test("rows of nobody stand alone", () => {
  const row = planned("inv-beam", { amount: 400000 });
  expect(awards([row, row]).map(paid)).toEqual([200000, 200000]);
});

describe("a quarter of what another clause grants, and a ceiling on all public money", () => {
  const dock = (cost: number, cells: Cells & { firm?: string; object?: string; year?: number } = {}) =>
    planned("inv-dock", { cost, revenue: 100000000, firm: "甲", object: "一", ...cells });
  const match = (cells: Cells & { firm?: string; object?: string; year?: number } = {}) =>
    planned("inv-match", { firm: "甲", object: "一", ...cells });
  const pile = (amount: number, cells: Cells & { firm?: string; object?: string; year?: number } = {}) =>
    planned("inv-pile", { amount, firm: "甲", object: "一", ...cells });

  test("the match takes the award of the row for its object and year, wherever that stands", () => {
    expect(table([match(), dock(500000)])).toEqual([50000, 200000]);
    expect(table([dock(500000), match({ object: "二" })])).toEqual([200000, "not-eligible"]);
    expect(table([dock(500000, { year: 2026 }), match({ year: 2027 })])).toEqual([200000, "not-eligible"]);
    // The dock got 200,000 and 160,000: both count, and the firm's cap of 100,000 does too.
    expect(table([match(), dock(500000), dock(400000)])).toEqual([90000, 200000, 160000]);
    expect(table([match(), match(), dock(1250000)])).toEqual([100000, "not-eligible", 500000]);
  });

  test("what the row gives itself stands; a grant of nothing is none of 25%", () => {
    expect(table([match({ granted: 100000 }), dock(500000)])).toEqual([25000, 200000]);
    expect(table([match(), dock(500000, { eligible: false })])).toEqual([0, "not-eligible"]);
    expect(paid(claimed("inv-match", { granted: 40000 }))).toBe(10000);
    expect(paid(claimed("inv-match", {}))).toBe("not-eligible");
  });

  test("where the other award is not known, this one is not either", () => {
    const { cost, ...row } = dock(500000).row;
    expect(cost).toBe(50_000_000);
    expect(table([match(), { ...dock(500000), row }])).toEqual(["incomplete", "incomplete"]);
  });

  test("others first, then what the table grants besides, then this row: it alone is cut", () => {
    // Half of 1,000,000 at most: 200,000 from the dock and 50,000 from the match leave 250,000 of 400,000.
    expect(table([pile(1000000), dock(500000), match()])).toEqual([250000, 200000, 50000]);
    expect(table([pile(1000000, { others: 300000 }), dock(500000), match()])).toEqual([0, 200000, 50000]);
    expect(table([pile(1000000, { others: 200000 }), pile(1000000, { others: 200000 })])).toEqual([300000, 0]);
    expect(table([pile(1000000), pile(1000000, { object: "二" })])).toEqual([400000, 400000]);
  });

  test("as a plain loop over the rows has it", () => {
    const row = fc.record({
      kind: fc.constantFrom("dock", "match"),
      firm: fc.constantFrom("甲", "乙"),
      object: fc.constantFrom("一", "二"),
      year: fc.constantFrom(2026, 2027),
      cost: fc.constantFrom(1, 33_333_333, 60_000_000),
      granted: fc.constantFrom(undefined, undefined, 12_345_678),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (list) => {
        // One match for an object and year: more of them do not repeat.
        const matched = new Set<string>();
        const rows = list.filter(({ kind, object, year }) => {
          if (kind === "dock") return true;
          const key = `${object} ${year}`;
          return !matched.has(key) && matched.add(key);
        });
        const given = rows.map(({ kind, firm, object, year, cost, granted }) =>
          kind === "dock"
            ? dock(cost / 100, { firm, object, year })
            : match({ firm, object, year, ...(granted !== undefined && { granted: granted / 100 }) }),
        );
        const docks = paidInOrder(given.filter((_, i) => rows[i]!.kind === "dock"));
        const used = new Map<string, number>();
        const expected: (number | string)[] = new Array<number>(rows.length);
        let d = 0;
        rows.forEach(({ kind }, i) => {
          if (kind === "dock") expected[i] = docks[d++]!;
        });
        for (const year of [2026, 2027])
          rows.forEach(({ kind, firm, object, granted, ...one }, i) => {
            if (kind === "dock" || one.year !== year) return;
            const own = rows.flatMap((other, k) =>
              other.kind === "dock" && other.object === object && other.year === year
                ? [Math.round(Number(expected[k]) * 100)]
                : [],
            );
            if (granted === undefined && !own.length) {
              expected[i] = "not-eligible";
              return;
            }
            const base = granted ?? own.reduce((sum, fen) => sum + fen, 0);
            const key = `${firm} ${year}`;
            const fen = Math.min(Math.floor((base + 2) / 4), 10_000_000 - (used.get(key) ?? 0));
            used.set(key, (used.get(key) ?? 0) + fen);
            expected[i] = fen / 100;
          });
        expect(table(given)).toEqual(expected);
      }),
    );
  });

  test("clauses that ask for one another are refused", () => {
    const { instrument, ...entry } = entryOf("inv-match");
    const granted = { ...instrument.inputs!["granted"]!, "awarded-by": { instruments: ["inv-match"] } };
    expect(() => planOf({ ...entry, instrument: { ...instrument, inputs: { granted } } }, { year: 2026 })).toThrow(
      "不能循环",
    );
  });
});
