import fc from "fast-check";
import {
  awards,
  CATALOGUE,
  columnsAwards,
  entryOf,
  ratio,
  noRepeat,
  planOf,
  split,
  upgrade,
  type PlannedRow,
} from "../../../src/rules";
import { addsTo, promotes } from "../../../src/rules/award/overlap";
import { blocksOf } from "../../tools/blocks";
import { anyAmount, paid, paidInOrder, planned, rowOf, type Cells } from "../claimed";

const contract = (amount: number, more: Cells & { firm?: string; object?: string } = {}) =>
  planned("zj-15-suanli", { amount, domestic: true, ...more });

describe("limits that the rows of one firm share", () => {
  test("are used up in row order: 7.2 million leave 0.8 million of the 8 million", () => {
    const rows = [24000000, 12000000, 1000000].map((amount) => contract(amount, { firm: "甲" }));
    expect(paidInOrder(rows)).toEqual([7200000, 800000, 0]);
    expect(paidInOrder([rows[2]!, rows[1]!, rows[0]!])).toEqual([300000, 3600000, 4100000]);
  });

  test("belong to each firm; rows without a firm share nothing", () => {
    const two = ["甲", "乙", "甲"].map((firm) => contract(26666666.67, { firm }));
    expect(paidInOrder(two)).toEqual([8000000, 8000000, 0]);
    expect(paidInOrder([1, 2].map(() => contract(26666666.67)))).toEqual([8000000, 8000000]);
  });

  test("begin anew each year, whether the claim names the year or a day of it", () => {
    const years = [2026, "2026-12-31", 2027].map((year) => contract(26666666.67, { firm: "甲", year }));
    expect(paidInOrder(years)).toEqual([8000000, 0, 8000000]);
  });

  test("what the firm had before counts in every row that says so", () => {
    const rows = [
      contract(24000000, { firm: "甲", prior_paid: 5000000 }),
      contract(24000000, { firm: "甲", prior_paid: 5000000 }),
    ];
    expect(paidInOrder(rows)).toEqual([3000000, 0]);
    // One million before the table and six in it: one million is left, not deducted twice.
    const smaller = [20000000, 20000000].map((amount) => contract(amount, { firm: "甲", prior_paid: 1000000 }));
    expect(paidInOrder(smaller)).toEqual([6000000, 1000000]);
  });

  test("Hangzhou's 8 million are one allowance for compute and model vouchers, alone or stacked", () => {
    const rows = [
      planned("hz-1-city-suanli", { amount: 20000000, domestic: true, firm: "甲" }),
      planned("hz-1-city-model", { amount: 10000000, filed: true, firm: "甲" }),
      planned("hz-1-stack-suanli", { amount: 10000000, domestic: true, firm: "甲" }),
    ];
    // 6,000,000 leave 2,000,000 for the model voucher; the stacked contract still has its national 3,000,000.
    expect(paidInOrder(rows)).toEqual([6000000, 2000000, 3000000]);
  });

  test("a row that pays nothing draws nothing", () => {
    const rows = [contract(24000000, { firm: "甲", eligible: false }), contract(24000000, { firm: "甲" })];
    expect(paidInOrder(rows)).toEqual(["not-eligible", 7200000]);
  });

  test("never pay a firm more than the limit, and pay the same in whatever order the rows come", () => {
    const rows = fc.array(fc.tuple(anyAmount, fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (contracts) => {
        const table = contracts.map(([fen, domestic]) => contract(fen / 100, { domestic, firm: "甲" }));
        const total = (of: readonly PlannedRow[]) => awards(of).reduce((sum, { fen }) => sum + fen, 0);
        const inOrder = total(table);
        expect(inOrder).toBeLessThanOrEqual(800000000);
        expect(total([...table].reverse())).toBe(inOrder);
      }),
      { numRuns: 100 },
    );
  });

  test("rows of other firms change nothing", () => {
    const rows = fc.array(fc.tuple(anyAmount, fc.constantFrom("甲", "乙", "丙")), { maxLength: 8 });
    fc.assert(
      fc.property(rows, (contracts) => {
        const table = contracts.map(([fen, firm]) => contract(fen / 100, { firm }));
        const all = paidInOrder(table);
        const mine = contracts.flatMap(([, firm], i) => (firm === "甲" ? [i] : []));
        expect(paidInOrder(mine.map((i) => table[i]!))).toEqual(mine.map((i) => all[i]));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a cap that one row raises for all of the firm and year", () => {
  const set = (input: number, multimodal: boolean, firm = "甲") =>
    planned("hz-17-dataset", { input, multimodal, firm });

  test("a multimodal data set raises the unit's cap, while ordinary sets stay under 1 million", () => {
    expect(paidInOrder([set(5000000, false), set(2000000, true)])).toEqual([1000000, 600000]);
    expect(paidInOrder([set(5000000, false), set(10000000, true)])).toEqual([1000000, 1000000]);
    expect(paidInOrder([set(5000000, false), set(5000000, false)])).toEqual([1000000, 0]);
  });

  test("it does so wherever it stands, but not for another firm nor where it is not eligible itself", () => {
    const total = (rows: readonly PlannedRow[]) => awards(rows).reduce((sum, { fen }) => sum + fen, 0);
    expect(total([set(5000000, false), set(10000000, true)])).toBe(total([set(10000000, true), set(5000000, false)]));
    expect(paidInOrder([set(5000000, false), set(10000000, true, "乙"), set(5000000, false)])).toEqual([
      1000000, 2000000, 0,
    ]);
    const beyondQuota = planned("hz-17-dataset", { input: 10000000, multimodal: true, rank: 6, firm: "甲" });
    expect(paidInOrder([set(5000000, false), beyondQuota, set(5000000, false)])).toEqual([1000000, "not-eligible", 0]);
  });

  test("where the raised cap is the unit's, a set within the quota raises it and one beyond the quota does not", () => {
    const plan = planOf(entryOf("hz-17-dataset"), { year: 2026 }, { readings: { mm_mode: "unit" } });
    const unit = (input: number, multimodal: boolean, rank: number): PlannedRow => ({
      plan,
      row: rowOf(plan, { input, multimodal, rank }),
      firm: "甲",
    });
    expect(paidInOrder([unit(5000000, false, 1), unit(100, true, 5)])).toEqual([1500000, 30]);
    expect(paidInOrder([unit(5000000, false, 1), unit(100, true, 6)])).toEqual([1000000, "not-eligible"]);
  });
});

describe("从优、就高、不重复: one object is paid once", () => {
  test("the highest award stays, the earlier one among equals; the others say why they are nothing", () => {
    const rows = [
      planned("hz-1-stack-suanli", { amount: 10000000, domestic: true, object: "合同一" }),
      planned("bj-6-suanli", { amount: 10000000, domestic: true, object: "合同一" }),
      planned("zj-15-suanli", { amount: 10000000, domestic: true, object: "合同一" }),
    ];
    const results = awards(rows);
    expect(results.map(paid)).toEqual(["not-eligible", 6000000, "not-eligible"]);
    expect(results[0]!.outcome).toMatchObject({ because: { zh: expect.stringContaining("不重复") as string } });
    const equal = [1, 2].map(() => contract(1000000, { object: "合同一" }));
    expect(paidInOrder(equal)).toEqual([300000, "not-eligible"]);
  });

  test("over the years as well: another policy does not pay the object again, the same one does year by year", () => {
    const [first, later] = [
      planned("bj-6-suanli", { amount: 10000000, domestic: true, object: "合同一", year: 2025 }),
      planned("zj-15-suanli", { amount: 10000000, domestic: true, object: "合同一", year: 2026 }),
    ];
    expect(paidInOrder([first, later])).toEqual([6000000, "not-eligible"]);
    expect(
      noRepeat(
        ["合同一", "合同一"],
        [first, later].map((row) => awards([row])[0]!.fen),
        [0, 0],
      ),
    ).toEqual([600000000, 0]);
    const event = (year: number) => planned("bj-20-event", { cost: 1000000, object: "论坛", year });
    expect(paidInOrder([event(2025), event(2026)])).toEqual([500000, 500000]);
  });

  test("two objects are paid twice, and so are rows without an object", () => {
    expect(paidInOrder([contract(1000000, { object: "一" }), contract(1000000, { object: "二" })])).toEqual([
      300000, 300000,
    ]);
    expect(paidInOrder([contract(1000000), contract(1000000)])).toEqual([300000, 300000]);
  });

  test("what a document lets add up adds up", () => {
    const rows = [
      planned("hz-10-base-build", { fai_prev: 40000000, object: "基地" }),
      planned("hz-10-base-operate", { service_revenue_prev: 5000000, object: "基地" }),
    ];
    expect(paidInOrder(rows)).toEqual([8000000, 1500000]);
  });

  describe("instalments of one task are one award: it is their sum that is compared", () => {
    const instalment = (received: number, more: Cells = {}) =>
      planned("hz-2-match", { upper_received: received, object: "任务", firm: "甲", ...more });
    const district = (received: number) => planned("bj-3-match", { upper_received: received, object: "任务" });

    test("3 and 2 million of the city against 4 million of the district, in whatever order", () => {
      expect(paidInOrder([instalment(20000000), district(16000000)])).toEqual([5000000, "not-eligible"]);
      const rows = [instalment(12000000), district(16000000), instalment(8000000)];
      expect(paidInOrder(rows)).toEqual([3000000, "not-eligible", 2000000]);
      expect(paidInOrder([...rows].reverse())).toEqual([2000000, "not-eligible", 3000000]);
      expect(paidInOrder([instalment(12000000), district(16000000)])).toEqual(["not-eligible", 4000000]);
    });

    test("… up to their cap: 3 and 3 million are no more than 5, and 5.4 million of another policy stay", () => {
      const platform = planned("bj-4-platform", { input_this_year: 18000000, object: "任务" });
      const rows = [instalment(12000000), instalment(12000000), platform];
      expect(paidInOrder(rows)).toEqual(["not-eligible", "not-eligible", 5400000]);
    });

    test("… also where they arrive in different years, and in columns", () => {
      const rows = [instalment(12000000), district(16000000), instalment(8000000, { year: 2027 })];
      expect(paidInOrder(rows)).toEqual([3000000, "not-eligible", 2000000]);
      expect([...columnsAwards(blocksOf(rows), rows.length).fen]).toEqual([300000000, 0, 200000000]);
    });

    test("an object gets the same, however its money is split into instalments; columns pay the same", () => {
      const received = fc.integer({ min: 0, max: 2400 }).map((wan) => wan * 10000);
      fc.assert(
        fc.property(
          fc.array(received, { minLength: 1, maxLength: 4 }),
          received,
          fc.boolean(),
          (parts, other, first) => {
            const all = parts.reduce((sum, part) => sum + part, 0);
            const table = (amounts: number[]): PlannedRow[] => {
              const own = amounts.map((amount) => instalment(amount));
              return first ? [district(other), ...own] : [...own, district(other)];
            };
            const total = (rows: readonly PlannedRow[]) => awards(rows).reduce((sum, { fen }) => sum + fen, 0);
            const rows = table(parts);
            expect(total(rows)).toBe(total(table([all])));
            expect([...columnsAwards(blocksOf(rows), rows.length).fen]).toEqual(awards(rows).map(({ fen }) => fen));
          },
        ),
      );
    });
  });

  test("an interest subsidy of the next year is no repetition of this year's", () => {
    const loan = (year: number) => planned("zj-14-tiexi", { principal: 100000000, lpr: 0.035, object: "贷款一", year });
    expect(paidInOrder([loan(2026), loan(2027), loan(2027)])).toEqual([1750000, 1750000, "not-eligible"]);
  });

  test("missing inputs, a window, a condition, an open number are told as such, not as a repetition", () => {
    const object = "合同一";
    const rows = [
      contract(10000000, { object }),
      planned("bj-6-suanli", { domestic: true, object }),
      planned("bj-6-suanli", { amount: 10000000, domestic: true, object, year: 2030 }),
      planned("bj-6-suanli", { amount: 10000000, domestic: true, partner_listed: false, object }),
      planned("hz-2-major", { investment: 10000000, object }),
    ];
    expect(paidInOrder(rows)).toEqual([3000000, "incomplete", "not-in-force", "not-eligible", "unquantified"]);
    expect(awards(rows)[3]!.outcome).toMatchObject({ because: { zh: expect.stringContaining("名单") as string } });
  });

  describe("what an object got before counts (issue 10)", () => {
    const joint = (investment: number, prior?: number) =>
      planned("hz-5-joint", { investment, object: "项目", ...(prior !== undefined && { prior_paid: prior }) });
    const benchmark = (investment: number, extra: Readonly<Record<string, unknown>> = {}) =>
      planned("zj-22-benchmark-app", { investment, object: "项目", ...extra });

    test("an award that was paid in part is no lower for it: 5 million of which 4 were paid, against 3", () => {
      expect(paidInOrder([joint(20000000, 4000000), benchmark(10000000)])).toEqual([1000000, "not-eligible"]);
    });

    test("the higher one is paid less what the other one brought: 5 million less 4 million", () => {
      const rows = [joint(1000000, 4000000), benchmark(20000000)];
      expect(paidInOrder(rows)).toEqual(["not-eligible", 1000000]);
      expect(awards(rows)[1]).toMatchObject({ elsewhere: 400000000 });
    });

    test("so also where the other one is not eligible any more, and once only for awards that stay side by side", () => {
      const ineligible = { ...joint(15000000, 1000000), row: { ...joint(15000000, 1000000).row, eligible: false } };
      expect(paidInOrder([ineligible, benchmark(20000000)])).toEqual(["not-eligible", 4000000]);
      const years = [2026, 2027].map((year) => benchmark(7000000, { year }));
      expect(paidInOrder([ineligible, ...years])).toEqual(["not-eligible", 1100000, 2100000]);
    });

    test("what it got under the award that stays is taken off by that award itself", () => {
      expect(paidInOrder([joint(10000000, 1000000), benchmark(20000000, { prior_paid: 1500000 })])).toEqual([
        "not-eligible",
        3500000,
      ]);
    });

    test("what the firm got under its yearly limit is not the object's", () => {
      const rows = [
        planned("zj-15-suanli", { amount: 20000000, domestic: true, prior_paid: 7000000, object: "合同" }),
        planned("bj-6-suanli", { amount: 3000000, domestic: true, object: "合同" }),
      ];
      expect(paidInOrder(rows)).toEqual(["not-eligible", 1800000]);
    });

    test("for one object, before and now together, never more than the highest award; and columns pay the same", () => {
      const wan = fc.integer({ min: 0, max: 3000 }).map((amount) => amount * 10000);
      const claim = fc.record({
        id: fc.constantFrom("hz-5-joint", "zj-22-benchmark-app", "bj-10-benchmark"),
        investment: wan,
        prior: fc.option(fc.integer({ min: 0, max: 250 }), { nil: undefined, freq: 2 }),
        eligible: fc.boolean(),
      });
      fc.assert(
        fc.property(fc.uniqueArray(claim, { selector: ({ id }) => id, minLength: 1 }), (claims) => {
          const rows = claims.map(({ id, investment, prior = 0, eligible }) =>
            planned(id, { investment, prior_paid: prior * 10000, eligible, object: "项目" }),
          );
          const results = awards(rows);
          expect([...columnsAwards(blocksOf(rows), rows.length).fen]).toEqual(results.map(({ fen }) => fen));
          const before = claims.map(({ prior = 0 }) => prior * 1000000);
          const now = results.reduce((sum, { fen }) => sum + fen, 0);
          const due = rows.map(({ plan, row }, i) => awards([{ plan, row }])[0]!.fen + before[i]!);
          expect(now + Math.max(...before)).toBeLessThanOrEqual(Math.max(...due));
        }),
      );
    });

    test("三（十）: the project selected by the city is paid the difference, whoever says what was paid", () => {
      const district = planned("bj-10-benchmark", { investment: 10000000, object: "项目", year: 2025 });
      const selected = (extra = {}) =>
        planned("bj-10-listed", { approved: 5000000, object: "项目", year: 2026, ...extra });
      expect(paidInOrder([district, selected()])).toEqual([2500000, 2500000]);
      expect(paidInOrder([district, selected({ already_paid: 2500000 })])).toEqual([2500000, 2500000]);
      expect(paidInOrder([selected({ year: 2025 }), { ...district }])).toEqual([5000000, 0]);
    });
  });

  describe("what was granted before stands, though the row that says so is not paid", () => {
    test("not eligible, an open number, or a lower award of the same object", () => {
      const spent = (extra: Readonly<Record<string, unknown>>) =>
        planned("hz-5-scene", { investment: 20000000, prior_paid: 4000000, object: "项目", ...extra });
      const next = planned("hz-5-scene", { investment: 20000000, object: "项目", year: 2027 });
      expect(paidInOrder([spent({ eligible: false }), next])).toEqual(["not-eligible", 1000000]);
      expect(paidInOrder([spent({ rank: 11 }), next])).toEqual(["not-eligible", 1000000]);
      const major = (extra: Readonly<Record<string, unknown>>) =>
        planned("hz-2-major", { investment: 20000000, object: "项目", ...extra });
      expect(paidInOrder([major({ prior_paid: 9000000 }), major({ rate: 0.5, year: 2027 })])).toEqual([
        "unquantified",
        1000000,
      ]);
    });

    test("not so outside the window: nothing was granted under the document then", () => {
      const before = planned("bj-4-platform", { input_this_year: 1, cum_paid: 50000000, object: "平台", year: 2024 });
      const now = planned("bj-4-platform", { input_this_year: 10000000, object: "平台", year: 2025 });
      expect(paidInOrder([before, now])).toEqual(["not-in-force", 3000000]);
    });
  });

  test("adding up is mutual", () => {
    const plans = CATALOGUE.map((entry) => planOf(entry, { year: 2026 }));
    const pairs = plans.flatMap((a) =>
      plans.filter((b) => a !== b && addsTo(a, b) && !promotes(a, b)).map((b) => [a, b] as const),
    );
    expect(
      plans.flatMap((a) =>
        plans.filter((b) => promotes(a, b)).map((b) => [a.entry.instrument.id, b.entry.instrument.id].sort().join(" ")),
      ),
    ).toEqual(["bj-10-benchmark bj-10-listed", "bj-10-benchmark bj-10-listed"]);
    const named = CATALOGUE.flatMap(({ instrument }) =>
      (instrument["adds-to"] ?? []).map((other) => `${instrument.id} ${other}`),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(pairs.map(([a, b]) => `${a.entry.instrument.id} ${b.entry.instrument.id}`).sort()).toEqual(named.sort());
    for (const [a, b] of pairs) expect(addsTo(b, a)).toBe(true);
  });
});

describe("一次性: an award is granted once", () => {
  const filing = (eval_cost: number, firm?: string) =>
    planned("hz-3-filing", { eval_cost, filed: true, ...(firm && { firm }) });

  test("a firm that got a single fen gets no second award; one of nothing is none", () => {
    expect(paidInOrder([filing(0.01, "甲"), filing(300000, "甲")])).toEqual([0.01, "not-eligible"]);
    expect(paidInOrder([filing(0, "甲"), filing(300000, "甲"), filing(1, "甲")])).toEqual([0, 300000, "not-eligible"]);
  });

  test("a row that says the award was had leaves nothing for the rows behind it, whatever it is paid itself", () => {
    const had = (row: object = {}, firm = "甲") =>
      planned("hz-3-filing", { eval_cost: 300000, filed: true, already_awarded: true, firm, ...row });
    expect(paidInOrder([had(), filing(300000, "甲"), filing(300000, "乙")])).toEqual([
      "not-eligible",
      "not-eligible",
      300000,
    ]);
    // Not eligible otherwise, or short of an input: it was had all the same.
    expect(paidInOrder([had({ eligible: false }), filing(1, "甲")])).toEqual(["not-eligible", "not-eligible"]);
    // In the order of the rows: a row before is the award that the later one speaks of.
    expect(paidInOrder([filing(300000, "甲"), had(), filing(1, "甲")])).toEqual([
      300000,
      "not-eligible",
      "not-eligible",
    ]);
  });

  test("an accreditation that is not the first is one that was had; where nothing is said none was", () => {
    const cnas = (row: object) => planned("bj-5-cnas", { firm: "甲", ...row });
    expect(paidInOrder([cnas({ first_time: false }), cnas({ first_time: true })])).toEqual([
      "not-eligible",
      "not-eligible",
    ]);
    expect(paidInOrder([cnas({}), cnas({ first_time: true })])).toEqual(["incomplete", 100000]);
  });

  test("every firm its own; rows without a firm are different ones", () => {
    expect(paidInOrder([filing(1, "甲"), filing(2, "乙"), filing(3), filing(4)])).toEqual([1, 2, 3, 4]);
  });
});

describe("several awards for one object, as amounts", () => {
  const fen = fc.integer({ min: 0, max: 1e9 });
  const table = fc.array(fc.tuple(fc.constantFrom("", "a", "b", "c"), fen, fen), { maxLength: 12 });

  test("the highest stays, less everything paid for the object", () => {
    expect(noRepeat(["a", "a", "b", ""], [300, 500, 200, 100], [0, 0, 0, 0])).toEqual([0, 500, 200, 100]);
    expect(noRepeat(["a", "a"], [500, 500], [0, 0])).toEqual([500, 0]);
    expect(noRepeat(["a", "a"], [300, 500], [100, 150])).toEqual([0, 250]);
    expect(noRepeat(["a", "a"], [300, 500], [600, 0])).toEqual([0, 0]);
    expect(noRepeat(["", ""], [300, 500], [100, 600])).toEqual([200, 0]);
    expect(noRepeat([], [], [])).toEqual([]);
  });

  test("per object at most one row pays, exactly what the best award adds to what was paid", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const [objects, wanted, before] = [0, 1, 2].map((c) => rows.map((row) => row[c])) as [
          string[],
          number[],
          number[],
        ];
        const result = noRepeat(objects, wanted, before);
        for (const object of ["a", "b", "c"]) {
          const mine = rows.flatMap(([name], i) => (name === object ? [i] : []));
          const sum = (of: number[]) => mine.reduce((total, i) => total + of[i]!, 0);
          expect(sum(result)).toBe(Math.max(0, Math.max(0, ...mine.map((i) => wanted[i]!)) - sum(before)));
          expect(mine.filter((i) => result[i]! > 0).length).toBeLessThanOrEqual(1);
        }
        rows.forEach(([name, award, paidBefore], i) => {
          if (!name) expect(result[i]).toBe(Math.max(0, award - paidBefore));
        });
      }),
    );
  });

  test("a difference on promotion is never negative and never more than the award", () => {
    expect(upgrade(50000000, 30000000)).toBe(20000000);
    fc.assert(
      fc.property(fen, fen, (award, before) => {
        const rest = upgrade(award, before);
        expect(rest).toBeGreaterThanOrEqual(0);
        expect(rest + Math.min(award, before)).toBe(award);
      }),
    );
  });

  test("city and district parts add up to the amount, the city's half-up", () => {
    expect(split(800000001, ratio("0.5"))).toEqual([400000001, 400000000]);
    expect(split(1, ratio(1))).toEqual([1, 0]);
    fc.assert(
      fc.property(fen, fc.integer({ min: 0, max: 1000 }), (amount, share) => {
        const [city, district] = split(amount, ratio(share, 1000));
        expect(city + district).toBe(amount);
        expect(BigInt(city)).toBe((BigInt(amount) * BigInt(share) * 2n + 1000n) / 2000n);
        expect(district).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
