import fc from "fast-check";
import {
  add,
  award,
  CATALOGUE,
  compare,
  halfUp,
  MAX_FEN,
  planOf,
  readingsOf,
  toYuan,
  ZERO,
  type Award,
  type LimitWorking,
  type Ratio,
} from "../../../src/rules";
import { anyCells, claimed, paid, rowOf, type Cells } from "../claimed";

describe("算力券, Zhejiang art. 15: at most 30 % of domestic and 10 % of other compute, at most 8 million", () => {
  const suanli = (amount: number, domestic = true, more: Cells = {}) =>
    claimed("zj-15-suanli", { amount, domestic, ...more });

  test.each([
    ["nothing for nothing", 0, true, 0],
    ["one fen gives nothing", 0.01, true, 0],
    ["half a fen counts up", 0.05, true, 0.02],
    ["a share below the cap", 12000000, true, 3600000],
    ["other compute", 12000000, false, 1200000],
    ["the last fen below the cap", 26666666.63, true, 7999999.99],
    ["exactly at the cap", 26666666.67, true, 8000000],
    ["one fen of contract above the cap", 26666666.68, true, 8000000],
    ["far above the cap", 9999999999999.99, true, 8000000],
    ["other compute exactly at the cap", 80000000, false, 8000000],
    ["other compute one fen of award below", 79999999.9, false, 7999999.99],
  ])("%s", (_what, amount, domestic, yuan) => expect(paid(suanli(amount, domestic))).toBe(yuan));

  test("what was granted before is taken off the cap, not off the share", () => {
    expect(paid(suanli(12000000, true, { prior_paid: 5000000 }))).toBe(3000000);
    expect(paid(suanli(12000000, true, { prior_paid: 4400000 }))).toBe(3600000);
    expect(paid(suanli(12000000, true, { prior_paid: 4400000.01 }))).toBe(3599999.99);
    expect(paid(suanli(12000000, true, { prior_paid: 8000000 }))).toBe(0);
    expect(paid(suanli(12000000, true, { prior_paid: 9000000 }))).toBe(0);
  });

  test("a locality's own rate counts up to the ceiling; one above it is refused", () => {
    expect(paid(suanli(10000000, true, { rate: 0.25 }))).toBe(2500000);
    expect(paid(suanli(10000000, true, { rate: 0.3 }))).toBe(3000000);
    expect(suanli(10000000, true, { rate: 0.3001 }).outcome).toMatchObject({ kind: "above-ceiling", input: "rate" });
    expect(suanli(10000000, false, { rate: 0.3 }).outcome).toMatchObject({ kind: "above-ceiling", input: "rate" });
  });

  test("the other readings are one switch away", () => {
    const forty = { amount: 40000000, domestic: true };
    expect(paid(claimed("zj-15-suanli", forty))).toBe(8000000);
    expect(paid(claimed("zj-15-suanli", forty, 2026, { cap_scope: "nondomestic" }))).toBe(12000000);
    expect(paid(claimed("zj-15-suanli", { amount: 0.05, domestic: true }, 2026, { rounding: "down" }))).toBe(0.01);
  });

  test("a nationally supported project follows the national rule, which the row must bring", () => {
    expect(suanli(10000000, true, { national_key: true }).outcome).toEqual({
      kind: "unquantified",
      missing: ["national_override_rate"],
    });
    expect(paid(suanli(50000000, true, { national_key: true, national_override_rate: 0.5 }))).toBe(25000000);
    expect(
      paid(suanli(50000000, true, { national_key: true, national_override_rate: 0.5, national_override_cap: 9000000 })),
    ).toBe(9000000);
  });

  test("which limit binds, and how far the next one is", () => {
    const below = suanli(12000000);
    expect(below.binding?.limit.kind).toBe("share");
    expect(below.next?.limit.kind).toBe("cap");
    expect(toYuan(halfUp(below.next!.distance))).toBe(4400000);
    const above = suanli(40000000);
    expect(above.binding?.limit.kind).toBe("cap");
    expect(above.next?.limit.kind).toBe("share");
    expect(toYuan(halfUp(above.next!.distance))).toBe(4000000);
  });

  test("where two limits are equal, the first of the clause binds", () => {
    const tie = suanli(80000000, false);
    expect(tie.binding?.limit.kind).toBe("share");
    expect(tie.next).toMatchObject({ limit: { kind: "cap" } });
    expect(compare(tie.next!.distance, ZERO)).toBe(0);
    expect(tie.parts[0]!.limits.filter(({ binds }) => binds)).toHaveLength(1);
  });
});

describe("three limits of one part: half of the LPR interest, the interest paid, 10 million", () => {
  const next = (interest_paid: number) => {
    const { binding, next } = claimed("zj-14-tiexi", { principal: 1e9, lpr: 0.04, interest_paid });
    return [binding?.limit.index, next?.limit.index, toYuan(halfUp(next!.distance))];
  };
  test("the next limit is the nearest above; among equals the first of the clause", () => {
    expect(next(15000000)).toEqual([2, 1, 5000000]);
    expect(next(25000000)).toEqual([2, 0, 10000000]);
    expect(next(20000000)).toEqual([2, 0, 10000000]);
  });
});

test("the largest amount there is can be an award", () => {
  const whole = { amount: 9999999999999.99, domestic: true, national_key: true, national_override_rate: 1 };
  expect(claimed("zj-15-suanli", whole)).toMatchObject({ outcome: { kind: "award" }, fen: MAX_FEN });
});

describe("windows, to the day", () => {
  const at = (id: string, cells: Cells) => (when: string | number) => paid(claimed(id, cells, when));

  test("Zhejiang: from 2025-05-31 to 2027-12-31", () => {
    const when = at("zj-15-suanli", { amount: 1000000, domestic: true });
    expect(["2025-05-30", "2025-05-31", "2027-12-31", "2028-01-01"].map(when)).toEqual([
      "not-in-force",
      300000,
      300000,
      "not-in-force",
    ]);
    expect([2024, 2025, 2027, 2028].map(when)).toEqual(["not-in-force", 300000, 300000, "not-in-force"]);
  });

  test("Binjiang: three years from 2025-06-10", () => {
    const when = at("bj-6-suanli", { amount: 1000000, domestic: true });
    expect(["2025-06-09", "2025-06-10", "2028-06-09", "2028-06-10"].map(when)).toEqual([
      "not-in-force",
      600000,
      600000,
      "not-in-force",
    ]);
    expect([2024, 2025, 2028, 2029].map(when)).toEqual(["not-in-force", 600000, 600000, "not-in-force"]);
  });

  test("Hangzhou's draft: its first day is blank, so that all of 2025 counts", () => {
    const when = at("hz-1-city-suanli", { amount: 1000000, domestic: true });
    expect(["2024-12-31", "2025-01-01", "2027-12-31", "2028-01-01"].map(when)).toEqual([
      "not-in-force",
      300000,
      300000,
      "not-in-force",
    ]);
  });

  test("the window is asked before the inputs, and the inputs before the conditions", () => {
    expect(claimed("hz-18-tiexi", {}, 2024).outcome.kind).toBe("not-in-force");
    expect(claimed("hz-18-tiexi", {}, 2026).outcome).toEqual({
      kind: "incomplete",
      missing: ["principal", "interest_paid", "total_investment"],
    });
    const small = { principal: 1, interest_paid: 1, total_investment: 49999999.99 };
    expect(claimed("hz-18-tiexi", { ...small, pp: 0.0151 }).outcome.kind).toBe("above-ceiling");
    expect(claimed("hz-18-tiexi", small).outcome.kind).toBe("not-eligible");
  });
});

describe("thresholds", () => {
  test("总投资不低于5000万元 includes the figure itself", () => {
    const loan = { principal: 400000000, interest_paid: 11200000 };
    expect(paid(claimed("hz-18-tiexi", { ...loan, total_investment: 50000000 }))).toBe(5600000);
    expect(paid(claimed("hz-18-tiexi", { ...loan, total_investment: 49999999.99 }))).toBe("not-eligible");
  });

  test("年服务交易额超过2000万元 does not", () => {
    const platform = { approved: 1500000 };
    const volume = Object.keys(CATALOGUE.find((e) => e.instrument.id === "hz-11-platform")!.instrument.inputs!)[0]!;
    expect(paid(claimed("hz-11-platform", { ...platform, [volume]: 20000000 }))).toBe("not-eligible");
    expect(paid(claimed("hz-11-platform", { ...platform, [volume]: 20000000.01 }))).toBe(1500000);
  });

  test("研发费用占比３％以上、增长２０％以上: both at the figure itself, and one yuan off", () => {
    const firm = { rd_prev: 12000000, rd_prev2: 10000000, revenue_prev: 400000000, rate: 0.05 };
    expect(paid(claimed("zj-2-rd-subsidy", firm))).toBe(600000);
    expect(paid(claimed("zj-2-rd-subsidy", { ...firm, revenue_prev: 400000001 }))).toBe("not-eligible");
    expect(paid(claimed("zj-2-rd-subsidy", { ...firm, rd_prev2: 10000001 }))).toBe("not-eligible");
    expect(paid(claimed("zj-2-rd-subsidy", { ...firm, revenue_prev: 0 }))).toBe("not-eligible");
    expect(paid(claimed("zj-2-rd-subsidy", { ...firm, rd_prev2: 0 }))).toBe("not-eligible");
  });

  test("每年最多10个: rank 10 is paid, rank 11 is not, no rank is no obstacle", () => {
    const scene = { investment: 10000000 };
    expect(paid(claimed("hz-5-scene", { ...scene, rank: 10 }))).toBe(3000000);
    expect(paid(claimed("hz-5-scene", { ...scene, rank: 11 }))).toBe("not-eligible");
    expect(paid(claimed("hz-5-scene", scene))).toBe(3000000);
  });

  test("who judges that a row may not apply gets nothing, with that reason", () => {
    const { outcome } = claimed("bj-6-suanli", { amount: 1000000, domestic: true, eligible: false });
    expect(outcome).toMatchObject({
      kind: "not-eligible",
      because: { zh: expect.stringContaining("使用者") as string },
    });
  });
});

describe("the answers that never stand in for one another", () => {
  test.each<[string, string, Cells, number | string]>([
    ["an award", "bj-6-suanli", { amount: 1000000, domestic: true }, 600000],
    ["an award of nothing", "bj-6-suanli", { amount: 0, domestic: true }, 0],
    ["not eligible", "bj-6-suanli", { amount: 1000000, domestic: true, partner_listed: false }, "not-eligible"],
    ["inputs missing", "bj-6-suanli", { domestic: true }, "incomplete"],
    ["no number in the document", "zj-16-data-space", {}, "unquantified"],
    ["no number in the document nor in the row", "hz-2-major", { investment: 1000000 }, "unquantified"],
    ["… until the row brings it", "hz-2-major", { investment: 1000000, rate: 0.2 }, 200000],
    ["a pool", "bj-6-pool", {}, "unquantified"],
    ["recognition", "zj-7-talent-recognition", { salary: 1000000, years: 5 }, "label"],
  ])("%s", (_what, id, cells, answer) => expect(paid(claimed(id, cells))).toBe(answer));

  test("whatever does not pay pays 0 fen and draws on nothing", () => {
    for (const { instrument } of CATALOGUE) {
      const result = claimed(instrument.id, {}, 2024);
      expect(result.outcome.kind).not.toBe("award");
      expect([result.fen, result.draws]).toEqual([0, []]);
    }
  });

  test("a result beyond the exact range is an error, never a rounded number", () => {
    const many = { price: 9999999999999, qty: 100000, category: "glasses" };
    expect(paid(claimed("zj-25-terminal", many))).toBe(200000000);
    const huge = { n_international: 10000000, n_national: 0, n_local: 0 };
    expect(claimed("zj-17-standards", huge).outcome.kind).toBe("too-large");
  });
});

describe("parts, pieces and differences", () => {
  test("pieces are rounded one by one: three at 333.35 are 150.00, not 150.01", () => {
    const pieces = (price: number, qty: number) => paid(claimed("zj-25-terminal", { price, qty, category: "glasses" }));
    expect(pieces(333.35, 1)).toBe(50);
    expect(pieces(333.35, 3)).toBe(150);
    expect(pieces(13333.33, 1)).toBe(2000);
    expect(pieces(13333.3, 1)).toBe(2000);
    expect(pieces(13333.26, 2)).toBe(3999.98);
    expect(pieces(20000, 3)).toBe(6000);
    expect(pieces(20000, 0)).toBe(0);
  });

  test("on promotion only the difference is paid, never less than nothing", () => {
    const standard = (already_paid: number) =>
      paid(claimed("bj-5-standards", { level: "national", rank: 3, already_paid }));
    expect([0, 100000, 200000, 300000].map(standard)).toEqual([200000, 100000, 0, 0]);
  });

  test("a stacked voucher is the national part without a cap and the municipal part under its cap", () => {
    const stacked = claimed("hz-1-stack-suanli", { amount: 60000000, domestic: true });
    expect(paid(stacked)).toBe(26000000);
    expect(stacked.parts.map(({ amount }) => toYuan(halfUp(amount)))).toEqual([18000000, 8000000]);
    const university = claimed("hz-1-stack-suanli", { amount: 60000000, domestic: true, applicant: "university" });
    expect(paid(university)).toBe(18000000);
    expect(university.parts[1]!.fails?.zh).toMatch(/市级/);
  });

  test("places are whole ones, rounded down", () => {
    expect([0, 1, 20, 21].map((places) => paid(claimed("bj-17-authorization", { places })))).toEqual([0, 0, 10, 10]);
  });

  test("what-if overrides replace the rate and the cap of the clause", () => {
    const loan = { amount: 12000000, domestic: true };
    expect(paid(claimed("zj-15-suanli", { ...loan, whatif_rate: 0.5 }))).toBe(6000000);
    expect(paid(claimed("zj-15-suanli", { ...loan, whatif_cap: 1000000 }))).toBe(1000000);
    expect(paid(claimed("zj-15-suanli", { ...loan, whatif_rate: 0.9, whatif_cap: 20000000 }))).toBe(10800000);
  });
});

/** Award of acceptable cells under the default readings. */
const awardFor = (id: string, cells: Cells): Award => claimed(id, cells);
const atMost = (a: Ratio, b: Ratio): boolean => compare(a, b) <= 0;

describe.each(CATALOGUE.filter(({ instrument }) => instrument.parts).map((e) => [e.instrument.id, e] as const))(
  "%s, whatever the row",
  (id, entry) => {
    const runs = { numRuns: 25 };

    test("is never above any of its limits, and one limit of each part decides", () => {
      fc.assert(
        fc.property(anyCells(entry), (cells) => {
          const { outcome, fen, parts, limits, plan } = awardFor(id, cells);
          expect(Number.isSafeInteger(fen) && fen >= 0 && fen <= MAX_FEN).toBe(true);
          if (outcome.kind !== "award") return expect(fen).toBe(0);
          const decides = (of: readonly LimitWorking[]) => of.filter(({ binds }) => binds).length;
          for (const part of parts) {
            expect(part.limits.every((limit) => atMost(part.amount, limit.amount))).toBe(true);
            expect(decides(part.limits)).toBe(part.fails ? 0 : 1);
          }
          const sum = parts.reduce((total, { amount }) => add(total, amount), ZERO);
          const pieces = plan.times ? Number(cells[plan.times] ?? 1) : 1;
          for (const most of [sum, ...limits.map(({ amount }) => amount)])
            expect(fen).toBeLessThanOrEqual(halfUp(most) * pieces);
        }),
        runs,
      );
    });

    const shares = [...(entry.instrument.parts ?? []), { limits: entry.instrument.limits ?? [] }]
      .flatMap((part) => part.limits)
      .flatMap(({ share, sum }) => (share ? [share] : (sum ?? [])))
      .filter(({ times }) => times !== -1);
    const bases = [...new Set(shares.flatMap(({ of }) => of))].filter(
      (name) => entry.instrument.inputs?.[name]?.kind === "money",
    );
    if (bases.length)
      test("does not fall when the amount that it is a share of grows", () => {
        fc.assert(
          fc.property(
            anyCells(entry),
            fc.constantFrom(...bases),
            fc.integer({ min: 1, max: 1e9 }),
            (cells, base, more) => {
              const before = Number(cells[base] ?? 0);
              // An amount that was not entered is another case than one of nothing.
              fc.pre(base in cells);
              const [less, grown] = [awardFor(id, cells), awardFor(id, { ...cells, [base]: before + more / 100 })];
              fc.pre(less.outcome.kind === "award" && grown.outcome.kind === "award");
              expect(grown.fen).toBeGreaterThanOrEqual(less.fen);
            },
          ),
          // A clause of many conditions grants few of the drawn rows.
          { ...runs, maxSkipsPerRun: 1000 },
        );
      });

    test("rounding down never gives more than rounding half-up, and at most one fen less a piece", () => {
      fc.assert(
        fc.property(anyCells(entry), (cells) => {
          const plan = planOf(entry, { year: 2026 });
          const down = planOf(entry, { year: 2026 }, { readings: { rounding: "down" } });
          const row = rowOf(plan, cells);
          const [up, floor] = [award(plan, row), award(down, row)];
          expect(floor.outcome.kind).toBe(up.outcome.kind);
          const pieces = plan.times ? Number(cells[plan.times] ?? 1) : 1;
          expect(up.fen - floor.fen).toBeGreaterThanOrEqual(0);
          expect(up.fen - floor.fen).toBeLessThanOrEqual(pieces);
        }),
        runs,
      );
    });

    test("answers under every option of every reading", () => {
      const readings = Object.entries(readingsOf(entry.instrument));
      fc.assert(
        fc.property(anyCells(entry), (cells) => {
          for (const [name, { options }] of readings)
            for (const option of Object.keys(options)) {
              const { fen } = claimed(id, cells, 2026, { [name]: option });
              expect(Number.isSafeInteger(fen) && fen >= 0).toBe(true);
            }
        }),
        { numRuns: 5 },
      );
    });
  },
);
