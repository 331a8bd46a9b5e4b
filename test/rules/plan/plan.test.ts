/** An invented document that uses every turn of the form: the schema reads it, and it computes without a line of code. */
import YAML from "yaml";
import {
  awards,
  columnsAwards,
  entryOf,
  findEntry,
  halfUp,
  multiply,
  pieces,
  planOf,
  ratio,
  toDecimal,
  toYuan,
  type Plan,
} from "../../../src/rules";
import type { Overrides } from "../../../src/rules/plan/plan";
import { Policy, type Limit, type Tests } from "../../../src/rules/law/policy";
import type { Cell } from "../../../src/tables";
import { workingPaper } from "../../../src/writers/explain";
import { termsOf } from "../../../src/writers/terms";
import { blocksOf } from "../../tools/blocks";
import { claimed, paid, paidInOrder, planned, type Cells } from "../claimed";

jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

const tower = (cells: Cells, readings: Record<string, string> = {}, when: string | number = 2026) =>
  claimed("inv-tower", cells, when, readings);

/** The plan of the mirror grant with these limits in the place of its own. */
function planWith(...limits: Limit[]): Plan {
  const entry = entryOf("inv-mirror");
  return planOf({ ...entry, instrument: { ...entry.instrument, parts: [{ limits }] } }, { year: 2026 });
}

describe("two parts, each the smallest of its limits, under a limit over their sum", () => {
  test.each<[string, Cells, number]>([
    ["the share of the coast", { cost: 1000000 }, 400000],
    ["the share of the river", { cost: 1000000, place: "江河" }, 250000],
    ["exactly at the cap per tower", { cost: 2500000 }, 1000000],
    ["one fen below it", { cost: 2499999.97 }, 999999.99],
    ["above it", { cost: 9000000 }, 1000000],
    ["with lamps: 3 × 1000 and 1 % of the cost twice", { cost: 1000000, lamps: 3 }, 423000],
    ["lamps on a river are capped at 50,000", { cost: 3000000, lamps: 3, place: "river" }, 800000],
    ["the yearly cap over both parts", { cost: 60000000, lamps: 10 }, 1500000],
    ["less what was granted before", { cost: 9000000, prior_paid: 800000.01 }, 699999.99],
    ["the share set below the ceiling", { cost: 1000000, rate: "12.5%" }, 125000],
    ["what was donated is taken off the award", { cost: 1000000, donated: 150000 }, 250000],
    ["… never below nothing", { cost: 1000000, donated: 500000 }, 0],
  ])("%s", (_what, cells, yuan) => expect(paid(tower(cells))).toBe(yuan));

  test("the workings name the parts and why one pays nothing", () => {
    const [construction, lamps] = tower({ cost: 1000000 }).parts;
    // The part that pays nothing decides nothing.
    expect(tower({ cost: 1000000 }).binding?.limit.index).toBe(construction!.limits[0]!.limit.index);
    expect(construction!.limits.map(({ binds }) => binds)).toEqual([true, false]);
    expect(lamps!.fails).toEqual({ zh: "没有灯具", en: "there are no lamps" });
    const capped = tower({ cost: 60000000, lamps: 10 });
    expect(capped.binding?.limit.name?.en).toBe("yearly cap");
    expect(capped.limits[0]!.binds).toBe(true);
  });

  test.each<[string, Cells, string]>([
    ["a flag", { cost: 1, lit: false }, "灯塔未点亮"],
    ["a bound on both sides, at its upper end", { cost: 1, staff: 50 }, "人数不合要求"],
    ["… at its lower end", { cost: 1, staff: 1.9 }, "人数不合要求"],
    ["growth, exactly at the figure that must be passed", { cost: 1, new_height: 110 }, "增高未超过10%"],
    ["growth from nothing", { cost: 1, old_height: 0 }, "增高未超过10%"],
    ["a ratio, one fen above", { cost: 1000, donated: 900.01 }, "捐赠超过成本的90%"],
    ["the quota", { cost: 1, rank: 4 }, "名次超出名额（最多3个）"],
    ["the user's own judgement", { cost: 1, eligible: false }, "使用者判断不符合申报条件"],
  ])("a condition fails with its words: %s", (_what, cells, because) =>
    expect(tower(cells).outcome).toMatchObject({ kind: "not-eligible", because: { zh: because } }),
  );

  test.each<[string, Cells]>([
    ["another of several tests holds", { cost: 100, staff: 1, place: "river" }],
    ["inclusive bounds at the figure itself", { cost: 100, staff: 2, donated: 10 }],
    ["growth just above", { cost: 100, new_height: 110.1 }],
    ["the last rank", { cost: 100, rank: 3 }],
  ])("a condition holds: %s", (_what, cells) => expect(typeof paid(tower(cells))).toBe("number"));

  test("readings change the scope of the cap", () => {
    const rows = (reading: string) =>
      [2026, 2026, 2027].map((year) => {
        const row = planned("inv-tower", { cost: 2500000, firm: "甲", year });
        return { ...row, plan: planOf(row.plan.entry, row.plan.claim, { readings: { cap_on: reading } }) };
      });
    expect(paidInOrder(rows("firm"))).toEqual([1000000, 500000, 1000000]);
    expect(paidInOrder(rows("policy"))).toEqual([1000000, 500000, 0]);
    expect(paidInOrder(rows("tower"))).toEqual([1000000, 1000000, 1000000]);
    expect(() => planOf(entryOf("inv-tower"), { year: 2026 }, { readings: { cap_on: "moon" } })).toThrow("cap_on=moon");
  });

  test("the allowance is one for both instruments that name it; a row without the limit draws nothing on it", () => {
    const tower = planned("inv-tower", { cost: 2500000, firm: "甲" });
    const keeper = (cells: Cells) => planned("inv-keeper", { wages: 1000000, rate: 0.6, firm: "甲", ...cells });
    expect(paidInOrder([keeper({ relaxed_cap: 2000000 }), tower, tower])).toEqual([600000, 900000, 0]);
    expect(paidInOrder([keeper({}), tower, tower])).toEqual([600000, 1000000, 500000]);
    // A limit over the parts draws what it leaves of their sum: 500,000 of two million are left, not less.
    const large = planned("inv-tower", { cost: 60000000, lamps: 10, firm: "甲" });
    expect(paidInOrder([large, keeper({ relaxed_cap: 2000000 })])).toEqual([1500000, 500000]);
  });

  test("the window, to the day", () => {
    const when = (day: string) => paid(tower({ cost: 1000000 }, {}, day));
    expect(["2026-02-28", "2026-03-01", "2027-06-30", "2027-07-01"].map(when)).toEqual([
      "not-in-force",
      400000,
      400000,
      "not-in-force",
    ]);
  });
});

describe("a rate that the row must bring, lower than the year before", () => {
  const keeper = (cells: Cells) => claimed("inv-keeper", { wages: 1200000, ...cells });
  test.each<[string, Cells, number | string]>([
    ["no rate", {}, "unquantified"],
    ["a rate at the ceiling", { rate: 0.6 }, 720000],
    ["a rate above it", { rate: 0.61 }, "above-ceiling"],
    ["seven months of the year", { rate: 0.6, months: 7 }, 420000],
    ["a later year at a lower rate", { rate: 0.5, year_index: 2 }, 600000],
    ["a later year at the first year's ceiling", { rate: 0.6, year_index: 2 }, "above-ceiling"],
    ["a later year at last year's rate", { rate: 0.5, prev_rate: 0.5, year_index: 3 }, "above-ceiling"],
    ["a later year just below last year's rate", { rate: 0.499, prev_rate: 0.5, year_index: 3 }, 598800],
    ["a cap that the row brings", { rate: 0.6, relaxed_cap: 500000 }, 500000],
  ])("%s", (_what, cells, answer) => expect(paid(keeper(cells))).toBe(answer));

  test("above two bounds, the first of the clause is named", () => {
    const { outcome } = keeper({ rate: 0.9, prev_rate: 0.5, year_index: 3 });
    expect(outcome.kind === "above-ceiling" && toDecimal(outcome.ceiling, 2).toNumber()).toBe(0.6);
  });
});

describe("pieces, grades, labels, places", () => {
  const bulbs = (cells: Cells) => paid(claimed("inv-bulb", cells));
  test("an amount by grade, the award of one piece rounded, times the pieces", () => {
    expect(bulbs({ grade: "一级", pieces: 7 })).toBe(21);
    expect(bulbs({ grade: "b", pieces: 3 })).toBe(4.5);
    expect(bulbs({ grade: "a", price: 3.33, pieces: 3 })).toBe(0.51);
    expect(bulbs({ grade: "a", pieces: 0 })).toBe(0);
  });
  test("no grade fits: nothing", () => expect(bulbs({ grade: "c", pieces: 9 })).toBe(0));

  test("the first grade that fits, and none below the last", () => {
    const years = (n: number) => claimed("inv-order", { years: n }).outcome;
    expect(years(20)).toMatchObject({ kind: "label", label: { zh: "金勋章" } });
    expect(years(19.9)).toMatchObject({ kind: "label", label: { zh: "银勋章" } });
    expect(years(9.9)).toEqual({ kind: "unquantified", missing: [] });
  });

  test("a third of the berths, whole ones", () => {
    expect([9, 10, 11, 12].map((berths) => paid(claimed("inv-berths", { berths })))).toEqual([3, 3, 3, 4]);
  });

  test("what the document leaves open stays open", () => {
    expect(paid(claimed("inv-park", {}))).toBe("unquantified");
    expect(paid(claimed("inv-pool", {}))).toBe("unquantified");
  });
});

describe("figures of another clause", () => {
  const glass = (cells: Cells) => claimed("inv-glass", { cost: 10000, bright: true, ...cells });

  test("are read under the inputs that the borrowing clause says", () => {
    expect(paid(glass({}))).toBe(4000);
    expect(paid(glass({ bright: false }))).toBe(2500);
    expect(paid(glass({ lens_rate: 0.3 }))).toBe(3000);
    expect(paid(glass({ lens_rate: 0.51 }))).toBe("above-ceiling");
  });

  test("a figure less another, or on top of another clause's cap", () => {
    expect(paid(glass({ cost: 100000 }))).toBe(15000);
    expect(paid(glass({ cost: 9000000, glass: "crystal" }))).toBe(1020000);
  });

  test("one row raises the cap for all rows of the firm and year", () => {
    const rows = (glasses: string[]) =>
      glasses.map((kind) => planned("inv-glass", { cost: 100000, bright: true, glass: kind, firm: "甲" }));
    expect(paidInOrder(rows(["plain", "plain"]))).toEqual([15000, 0]);
    expect(paidInOrder(rows(["plain", "crystal"]))).toEqual([40000, 40000]);
  });

  test("… of that year and firm alone, and only where the row is admissible", () => {
    const row = (cells: Cells & { firm?: string }) =>
      planned("inv-glass", { cost: 100000, bright: true, firm: "甲", ...cells });
    const crystal = { glass: "crystal" };
    expect(paidInOrder([row({}), row({ ...crystal, year: 2027 })])).toEqual([15000, 40000]);
    expect(paidInOrder([row({}), row({ ...crystal, firm: "乙" })])).toEqual([15000, 40000]);
    expect(paidInOrder([row({}), row({ ...crystal, eligible: false })])).toEqual([15000, "not-eligible"]);
    const { firm, ...alone } = row(crystal);
    expect(paidInOrder([row({}), alone])).toEqual([15000, 40000]);
    expect(firm).toBe("甲");
  });
});

describe("figures of a clause with cases of its own", () => {
  const buoy = (cells: Cells, readings: Record<string, string> = {}) =>
    paid(claimed("inv-buoy", { cost: 1000, ...cells }, 2026, readings));
  const mirror = (cells: Cells) => paid(claimed("inv-mirror", { cost: 1000, ...cells }));

  test("the lending clause itself: 90, 80, 70, 60, 50 %", () => {
    expect(buoy({}, { sea: "far" })).toBe(900);
    expect(buoy({ moored: false })).toBe(800);
    expect(buoy({ bright: true })).toBe(700);
    expect(buoy({ mooring: "chain" })).toBe(600);
    expect(buoy({ mooring: "rope" })).toBe(500);
  });

  test("the borrower's rows decide what both know; readings and what only the lender knows stand at their defaults", () => {
    expect(mirror({ bright: true })).toBe(700);
    expect(mirror({ bright: false })).toBe(600);
    // What the borrowing clause says itself counts before the row.
    expect(mirror({ bright: false, frame: 1000 })).toBe(1300);
  });

  test("what cannot be borrowed is refused when the plan is made, never left out", () => {
    const borrowing = (id: string) => () => planWith({ share: { of: "cost", rate: { "as-in": id } } });
    expect(borrowing("inv-buoy")).not.toThrow();
    // The keeper's first case asks for the year, a bound; the park has no figure; the rent's rate is open.
    expect(borrowing("inv-keeper")).toThrow("只能借用按选项或是否分的数字");
    expect(borrowing("inv-park")).toThrow("“inv-park”没有可借用的比例");
    expect(borrowing("bj-14-rent")).toThrow("的数字没有写明，不能借用");
  });

  test("who shares a limit is decided by readings; that a row should decide it is refused", () => {
    const shared = (tests: Tests) => () =>
      planWith({ cap: 1000, "shared-by": { if: tests, scope: "firm", period: "year" } });
    expect(shared({ cap_in: "city" })().shares).toBe(true);
    expect(shared({ cap_in: "county" })().shares).toBe(false);
    expect(shared({ bright: true })).toThrow("“inv-mirror”：谁共用限额、能否再次获得，只能按读法分");
  });
});

describe("limits that differ from row to row and are shared", () => {
  const dock = (cells: Cells & { firm?: string; object?: string }) =>
    planned("inv-dock", { cost: 1000000, revenue: 5000000, firm: "甲", ...cells });

  test("the firm's docks get together what its revenue allows, less what it had before", () => {
    expect(paidInOrder([dock({ object: "a" }), dock({ object: "b" })])).toEqual([400000, 100000]);
    expect(paidInOrder([dock({ object: "a", prior_paid: 200000 }), dock({ object: "b" })])).toEqual([300000, 0]);
    // A row that names a larger revenue has the larger share, less what the others got.
    expect(paidInOrder([dock({ object: "a" }), dock({ object: "b", revenue: 6000000 })])).toEqual([400000, 200000]);
    expect(paidInOrder([dock({ object: "a" }), dock({ object: "b", firm: "乙" })])).toEqual([400000, 400000]);
  });

  test("columns give the same where a shared limit is beyond the exact range of doubles", () => {
    const most = 9999999999999.99;
    const rows = [
      dock({ revenue: most, prior_paid: most, object: "a" }),
      dock({ revenue: most, object: "b" }),
      dock({ revenue: 1000, prior_paid: 99, firm: "乙", object: "c" }),
    ];
    expect(paidInOrder(rows)).toEqual([0, 0, 1]);
    expect([...columnsAwards(blocksOf(rows), rows.length).fen]).toEqual([0, 0, 100]);
    const others = rows.map((row) => ({ ...row, row: { ...row.row, prior_paid: 0 } }));
    expect(paidInOrder(others)).toEqual([400000, 400000, 100]);
    expect([...columnsAwards(blocksOf(others), others.length).fen]).toEqual([40000000, 40000000, 10000]);
  });

  test("… and where what is left of it, less than half a fen from a tie, is small beside what was granted", () => {
    const plan = planWith({ share: { of: "cost", rate: "12.3457%" }, "shared-by": { scope: "firm", period: "year" } });
    const rows = [
      [500_000_004_672_210, 500_000_004_673_040],
      [500_000_004_759_319, 500_000_004_759_556],
    ].flatMap((costs, firm) => costs.map((cost) => ({ plan, row: { cost }, firm: String(firm) })));
    const [first, left, , other] = columnsAwards(blocksOf(rows), rows.length).fen;
    expect([left, other]).toEqual([102, 30]);
    expect(awards(rows).map(({ fen }) => fen)).toEqual([first, 102, expect.any(Number), 30]);
  });

  test("instalments of one dock add up to its cap, which begins anew with the next run of years", () => {
    const years = [2026, 2026, 2027].map((year) => dock({ object: "a", revenue: 9000000, year }));
    expect(paidInOrder(years)).toEqual([400000, 100000, 400000]);
  });

  test("two limits of one instrument on the same allowance are refused: a row would draw on it twice", () => {
    const cap = { cap: 1000, allowance: "docks", "shared-by": { scope: "firm" as const } };
    expect(planWith(cap).shares).toBe(true);
    expect(() => planWith(cap, { ...cap, cap: 2000 })).toThrow("有两个限额共用一个额度");
  });
});

describe("readings among alternatives, and in what any row may say", () => {
  const mirror = (readings: Record<string, string>, ...rows: Cells[]) =>
    rows.map((cells) => {
      const row = planned("inv-mirror", { cost: 1000000, firm: "甲", ...cells });
      return { ...row, plan: planOf(row.plan.entry, row.plan.claim, { readings }) };
    });
  const limits = (readings: Record<string, string>) => mirror(readings, {})[0]!.plan.parts[0]!.limits;

  test("an alternative that a reading fulfils leaves no test; one that it rules out leaves the others", () => {
    expect(limits({ cap_in: "city" })[1]).toMatchObject({ kind: "cap", tests: [] });
    expect(limits({ cap_in: "city" })[2]!.tests).toEqual([
      { kind: "any", anyOf: [[{ kind: "is", input: "glass", oneOf: ["crystal"] }]] },
    ]);
    expect(limits({ cap_in: "none" }).map(({ tests }) => tests)).toEqual([[], []]);
    expect(paidInOrder(mirror({ cap_in: "none" }, {}))).toEqual([300000]);
  });

  test("a row raises the cap of the others where the reading lets it", () => {
    const crystal = { glass: "crystal" };
    expect(paidInOrder(mirror({}, {}, crystal))).toEqual([200000, 200000]);
    expect(paidInOrder(mirror({ raised_for: "none" }, {}, crystal))).toEqual([100000, 100000]);
  });

  test("… but not the cap of another instrument that asks for the same", () => {
    const lens = planned("inv-glass", { cost: 100000, bright: true, firm: "甲" });
    const rows = [lens, ...mirror({}, { glass: "crystal" })];
    expect(paidInOrder(rows)).toEqual([15000, 200000]);
    expect([...columnsAwards(blocksOf(rows), rows.length).fen]).toEqual([1500000, 20000000]);
  });
});

describe("a share of one input in another, and growth, as tests like any other", () => {
  const fleet = (cells: Cells) => paid(claimed("inv-fleet", { cost: 1000, ...cells }));

  test("decide the case: exactly half is not more than half, exactly a quarter is 以上", () => {
    expect(fleet({ ships: 4, electric: 2 })).toBe(100);
    expect(fleet({ ships: 4, electric: 2.01 })).toBe(200);
    expect(fleet({ last: 800 })).toBe(150);
    expect(fleet({ last: 800.01 })).toBe(100);
    // Without ships of any kind there is no share; without purchases last year there is no growth.
    expect(fleet({ ships: 0, electric: 2, last: 0 })).toBe(100);
  });

  test("stand among alternatives", () => {
    expect(fleet({ local: false, ships: 10, electric: 1, last: 1000 })).toBe(100);
    expect(fleet({ local: false, ships: 10, electric: 0.99 })).toBe("not-eligible");
    expect(fleet({ local: false, ships: 10, electric: 10.01 })).toBe("not-eligible");
  });

  test("in words", () => {
    const [, line] = termsOf(entryOf("inv-fleet"), { year: 2026 }, "zh").filter(({ label }) => /条件|限额/.test(label));
    expect(line!.value).toContain(
      "电动船数占船数的比重超过 50%：20%；购置额比上年购置额增长不低于 25%：15%；其他：10%",
    );
  });
});

describe("an award rounded more coarsely than to the fen", () => {
  const quay = (cost: number, cells: Cells = {}) => planned("inv-quay", { cost, ...cells });
  const jetty = (cells: Cells) => paid(claimed("inv-jetty", cells));

  test("down: one fen below the thousand is nothing of it", () => {
    // 30 % of 3,333.33 are 999.999 yuan, of 3,333.34 1,000.002.
    expect(paidInOrder([quay(3333.33), quay(3333.34), quay(6666.66), quay(6666.67)])).toEqual([0, 1000, 1000, 2000]);
  });

  test("a firm's year pays whole thousands only, and what it draws is what it gets", () => {
    const of = (cost: number) => quay(cost, { firm: "甲" });
    // 150,999 → 150,000; 105,500 of 255,500 are left → 105,000; 500 left → 0.
    expect(paidInOrder([of(503330), of(503330), of(503330)])).toEqual([150000, 105000, 0]);
    // What was paid before need not be in thousands.
    expect(paidInOrder([quay(503330, { firm: "乙", prior_paid: 255499.99 })])).toEqual([0]);
    expect(paidInOrder([quay(503330, { firm: "丙", prior_paid: 254500 })])).toEqual([1000]);
  });

  test("half-up: at the half of ten thousand upwards, after what is taken off, for each piece", () => {
    expect(jetty({ cost: 14999.99 })).toBe(0);
    expect(jetty({ cost: 15000 })).toBe(10000);
    expect(jetty({ cost: 44999.99 })).toBe(10000);
    expect(jetty({ cost: 45000, pieces: 3 })).toBe(60000);
    expect(jetty({ cost: 9000000, paid: 5000 })).toBe(1000000);
    expect(jetty({ cost: 9000000, paid: 5000.01 })).toBe(990000);
  });

  test("the reading of the fen does not matter, and is not offered", () => {
    expect(paid(claimed("inv-jetty", { cost: 15000 }, 2026, { rounding: "down" }))).toBe(10000);
    const words = termsOf(entryOf("inv-quay"), { year: 2026 }, "zh");
    expect(words).toContainEqual({ label: "取整", value: "舍去不足1000元的尾数" });
    expect(words.some(({ value }) => value.includes("半分"))).toBe(false);
  });

  test("is refused where a shared limit could be overdrawn, or which part draws would be open", () => {
    const { instrument, ...entry } = entryOf("inv-quay");
    const with_ = (changes: Partial<typeof instrument>) => () =>
      planOf({ ...entry, instrument: { ...instrument, ...changes } }, { year: 2026 });
    expect(with_({ round: { to: 1000, how: "half-up" } })).toThrow("down");
    expect(with_({ parts: [...instrument.parts!, { limits: [{ cap: 1 }] }] })).toThrow("约束全部奖补额");
    expect(with_({ again: { scope: "firm", pays: "nothing" } })).toThrow("again");
  });
});

test("a row can say that an award was had only where a further one is paid nothing", () => {
  const { instrument, ...entry } = entryOf("hz-3-filing");
  const { again } = planOf(entryOf("hz-3-filing"), { year: 2026 });
  expect(again?.had).toEqual([{ kind: "is", input: "already_awarded", oneOf: [true] }]);
  const difference = { scope: "firm", pays: "difference", had: { already_awarded: true } } as const;
  expect(() => planOf({ ...entry, instrument: { ...instrument, again: difference } }, { year: 2026 })).toThrow("had");
});

describe("what-if overrides", () => {
  const amountWith = (id: string, cells: Cells, overrides: Overrides) => {
    const { plan, row } = planned(id, cells);
    return { plan: planOf(plan.entry, plan.claim, overrides), row };
  };
  const yuan = (id: string, cells: Cells, overrides: Overrides) => paidInOrder([amountWith(id, cells, overrides)])[0];

  test("of a plan: the first rate and the first cap", () => {
    expect(yuan("inv-tower", { cost: 1000000 }, { rate: ratio("0.5") })).toBe(500000);
    expect(yuan("inv-tower", { cost: 1000000 }, { cap: ratio(123456) })).toBe(123456);
  });

  test("of a row: the same numbers", () => {
    expect(paid(tower({ cost: 1000000, whatif_rate: 0.5 }))).toBe(500000);
    expect(paid(tower({ cost: 1000000, whatif_cap: 123456 }))).toBe(123456);
  });

  test("change the limit that is marked as the lever", () => {
    expect(yuan("inv-glass", { cost: 10000, bright: true, lens_rate: 0.3 }, { rate: ratio("0.35") })).toBe(3500);
  });
});

describe("what a plan says", () => {
  const plan: Plan = planOf(entryOf("inv-tower"), { year: 2026 });
  test("names what a row needs, and only that", () => {
    expect(plan.required.map(({ input }) => input)).toEqual(["cost"]);
    expect(planOf(entryOf("zj-14-tiexi"), { year: 2026 }).required.map(({ input }) => input)).toEqual([
      "principal",
      "lpr",
    ]);
  });

  test("numbers its limits in clause order and keeps figures exact", () => {
    const limits = [...plan.parts.flatMap((part) => part.limits), ...plan.limits];
    expect(limits.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    const share = planOf(entryOf("inv-berths"), { year: 2026 }).parts[0]!.limits[0]!.terms[0]!.figures[0]!.cases[0]!
      .value;
    expect(share.kind === "number" && halfUp(multiply(share.number, ratio(3))) % 1).toBe(0);
  });

  test("shows whether rows share a limit", () => {
    expect(plan.shares).toBe(true);
    expect(planOf(entryOf("inv-tower"), { year: 2026 }, { readings: { cap_on: "tower" } }).shares).toBe(false);
  });

  test("an id is found whatever its letters and blanks, and nothing else is", () => {
    expect(findEntry(" INV-Tower ")?.instrument.id).toBe("inv-tower");
    expect(findEntry("inv")).toBeUndefined();
    expect(() => entryOf("inv-moon")).toThrow("inv-moon");
  });
});

describe("the schema refuses what it does not know", () => {
  const document = `
document:
  { id: x, title: { zh: 甲, en: a }, jurisdiction: "330000", status: draft, window: { from: "2026" }, source: x.txt }
instruments:
  - { id: x-1, name: { zh: 甲, en: a }, family: award, kind: fixed-award, article: 一, quote: 甲, modality: ceiling,
      level: { zh: 甲, en: a }, inputs: { amount: { kind: money, zh: 甲, en: a } },
      parts: [{ limits: [{ share: { of: amount, rate: 30% } }] }] }`;
  const parsed = (text: string) => Policy.safeParse(YAML.parse(text)).success;

  test("the smallest document is accepted", () => expect(parsed(document)).toBe(true));
  test.each([
    ["a misspelt word", "modality: ceiling", "modalty: ceiling"],
    ["an unknown kind", "kind: fixed-award", "kind: prize"],
    ["an unknown status", "status: draft", "status: maybe"],
    ["a code that is none", '"330000"', '"3300"'],
    ["a rate that is no figure", "rate: 30%", "rate: thirty"],
    ["a text in one language", "name: { zh: 甲, en: a }", "name: { zh: 甲 }"],
    ["an input of no kind", "kind: money", "kind: yuan"],
    ["a day that is none", 'from: "2026"', "from: 1 June 2026"],
  ])("%s", (_what, word, wrong) => {
    expect(document).toContain(word);
    expect(parsed(document.replace(word, wrong))).toBe(false);
  });
});

test("figures are shown as decimals in full", () => expect(toDecimal(ratio(365, 360), 6).toString()).toBe("1.013889"));
test("money inputs of a plan are fen", () =>
  expect(toYuan(Number(planned("inv-tower", { cost: 12.34 }).row.cost?.toString()))).toBe(12.34));

describe("the highest of several parts", () => {
  const beacon = (cells: Cells) => claimed("inv-beacon", cells);

  test.each<[string, Cells, number, string | undefined]>([
    // 20 % of 1,000,000 are 200,000; a third of 600,000 is as much, and of 600,000.03 one fen more.
    ["as high: the first", { equipment: 1000000, research: 600000 }, 200000, "设备"],
    ["one fen higher: the second", { equipment: 1000000, research: 600000.03 }, 200000.01, undefined],
    ["each under its own cap", { equipment: 1500000.05, research: 900000 }, 300000, "设备"],
    ["both above their caps", { equipment: 9000000, research: 9000000 }, 400000, undefined],
    [
      "a part whose condition fails is not among them",
      { equipment: 9000000, research: 3000, listed: false },
      1000,
      undefined,
    ],
    ["none is more than nothing", {}, 0, "设备"],
    ["less what was paid", { equipment: 1000000, paid: 50000.01 }, 149999.99, "设备"],
  ])("%s", (_what, cells, yuan, name) => {
    const found = beacon(cells);
    expect(paid(found)).toBe(yuan);
    expect(found.paid?.name?.zh).toBe(name);
    const part = found.parts.find((one) => one.part === found.paid)!;
    expect(part.limits.map(({ limit }) => limit.index)).toContain(found.binding!.limit.index);
  });

  test("a limit over them is shared, and draws what is paid", () => {
    const of = (cells: Cells) => planned("inv-beacon", { firm: "甲", ...cells });
    expect(paidInOrder([of({ research: 9000000 }), of({ equipment: 9000000 }), of({ equipment: 1 })])).toEqual([
      400000, 200000, 0,
    ]);
  });

  test("EXPLAIN names the part that is paid, TERMS says how the parts come together", () => {
    const found = beacon({ equipment: 1000000, research: 900000 });
    const lines = workingPaper(found, {}, "zh").lines.map(({ label, computation, fen }) => [label, computation, fen]);
    expect(lines).toContainEqual(["各部分取高", "第 2 部分", 30000000]);
    const words = termsOf(entryOf("inv-beacon"), { year: 2026 }, "zh");
    expect(words).toContainEqual({ label: "各部分", value: "各部分不相加，取最高的一部分" });
  });

  test("the kinks are where the other part takes over", () => {
    const { plan, row } = planned("inv-beacon", { equipment: 0, research: 600000 });
    const found = pieces(plan, row, "equipment").map(({ to, end }) => [toYuan(halfUp(to)), toYuan(halfUp(end))]);
    // 200,000 of research until 20 % of the equipment are more; its cap from 1,500,000 on.
    expect(found.slice(0, 2)).toEqual([
      [1000000, 200000],
      [1500000, 300000],
    ]);
  });

  test("limits that rows share must stand over the parts", () => {
    const { instrument, ...entry } = entryOf("inv-beacon");
    const parts = instrument.parts!.map((part) => ({
      limits: part.limits.map((limit) => ({ ...limit, "shared-by": { scope: "firm" as const } })),
    }));
    expect(() => planOf({ ...entry, instrument: { ...instrument, parts } }, { year: 2026 })).toThrow("take: highest");
  });
});

describe("a least award", () => {
  const horn = (cost: number, cells: Cells = {}) => planned("inv-least", { cost, ...cells });
  const bell = (cells: Cells) => paid(claimed("inv-raised", cells));

  test("below it nothing is paid: exactly at it, and one fen below", () => {
    // 15 % of 66,666.64 are 9,999.996 yuan, which is ten thousand to the fen; of 66,666.63 they are 9,999.99.
    expect(paidInOrder([horn(66666.67), horn(66666.64), horn(66666.63), horn(0)])).toEqual([10000, 10000, 0, 0]);
  });

  test("what is not paid uses nothing up, and what is left below it is not paid", () => {
    const of = (cost: number) => horn(cost, { firm: "甲" });
    // 9,000 → 0; 30,000; 15,000; 5,000 of 50,000 are left → 0.
    expect(paidInOrder([of(60000), of(200000), of(100000), of(100000)])).toEqual([0, 30000, 15000, 0]);
    expect(paidInOrder([horn(100000, { firm: "乙", prior_paid: 40000 })])).toEqual([10000]);
    expect(paidInOrder([horn(100000, { firm: "丙", prior_paid: 40000.01 })])).toEqual([0]);
  });

  test("below it that much is paid; of nothing, nothing", () => {
    expect(bell({ cost: 20000 })).toBe(3000);
    expect(bell({ cost: 20000.07 })).toBe(3000.01);
    expect(bell({ cost: 0.04 })).toBe(3000);
    expect(bell({ cost: 0.03 })).toBe(0);
    expect(bell({ cost: 10000, upkeep: 10500 })).toBe(3000);
    expect(bell({ cost: 10000, upkeep: 10500.07 })).toBe(3000.01);
    expect(bell({ cost: 100000, paid: 14000 })).toBe(3000);
    expect(bell({ cost: 100000, paid: 15000 })).toBe(0);
  });

  test("in words: the clause, and where it decides", () => {
    const words = (id: string) =>
      termsOf(entryOf(id), { year: 2026 }, "zh").find(({ label }) => label === "起付金额")?.value;
    expect(words("inv-least")).toBe("不足 1 万元的不予支付");
    expect(words("inv-raised")).toBe("不足 3000 元的按 3000 元支付");
    const last = (id: string, cells: Cells) => workingPaper(claimed(id, cells), {}, "zh").lines.at(-1)!.computation;
    expect(last("inv-least", { cost: 60000 })).toBe("9,000.00（不足 1 万元的不予支付）");
    expect(last("inv-least", { cost: 100000 })).toBe("");
    expect(last("inv-raised", { cost: 20000, paid: 100 })).toBe(
      "3,000.00 − 已发 100.00（不足 3000 元的按 3000 元支付）",
    );
  });

  test("the kinks jump where it is reached", () => {
    const { plan, row } = horn(0);
    expect(pieces(plan, row, "cost").map(({ start, end }) => [halfUp(start), halfUp(end)])).toEqual([
      [0, 0],
      [1000000, 5000000],
      [5000000, 5000000],
    ]);
  });

  test("is refused where another row's limit could be exceeded, or what is drawn would not be what is paid", () => {
    const { instrument, ...entry } = entryOf("inv-least");
    const with_ = (changes: Partial<typeof instrument>) => () =>
      planOf({ ...entry, instrument: { ...instrument, ...changes } }, { year: 2026 });
    expect(with_({ minimum: { amount: 1, below: "raised" } })).toThrow("不能补足");
    expect(with_({ minus: "prior_paid" })).toThrow("minus");
    expect(with_({ again: { scope: "firm", pays: "nothing" } })).toThrow("again");
    expect(with_({ limits: [{ cap: 1 }] })).toThrow("约束全部奖补额");
    expect(with_({ times: "cost" })).toThrow("times");
  });
});

describe("days as inputs", () => {
  const pilot = (cells: Cells) =>
    claimed("inv-pilot", { cost: 1000, issued_on: "2025-07-01", signed_on: "2026-06-30", ...cells });

  test.each<[string, Cells, number | string]>([
    ["on the first day of issue, signed on the last day of the higher rate", {}, 300],
    ["a day before the first day of issue", { issued_on: "2025-06-30", signed_on: "2026-01-05" }, "not-eligible"],
    ["a year later, on the corresponding day: still valid", { signed_on: "2026-07-01" }, 200],
    ["a day beyond the year", { signed_on: "2026-07-02" }, "not-eligible"],
    ["before the day of issue", { signed_on: "2025-06-30" }, "not-eligible"],
    ["claimed on the corresponding day of six months", { claimed_on: "2026-12-30" }, 300],
    ["a day beyond them", { claimed_on: "2026-12-31" }, "not-eligible"],
    // 民法典 第二百零二条: without a corresponding day the last one of the month counts.
    ["six months from 31 August end with February", { signed_on: "2025-08-31", claimed_on: "2026-02-28" }, 300],
    ["… and not with the first of March", { signed_on: "2025-08-31", claimed_on: "2026-03-01" }, "not-eligible"],
    ["a year from 29 February", { issued_on: "2028-02-29", signed_on: "2029-02-28" }, 200],
    [
      "six months over the turn of the year, and the cap of claims after it",
      { signed_on: "2026-06-30", cost: 9000, issued_on: "2026-06-30", claimed_on: "2026-12-30" },
      2700,
    ],
    [
      "a limit by day",
      { issued_on: "2026-07-01", signed_on: "2026-07-01", cost: 9000, claimed_on: "2027-01-01" },
      1000,
    ],
    ["a day that is missing", { signed_on: undefined }, "incomplete"],
  ])("%s", (_what, cells, yuan) => expect(paid(pilot(cells))).toBe(yuan));

  const tide = (issued_on: string, paid_on: string, claimed_on: string) =>
    paid(claimed("inv-tide", { cost: 1000, issued_on, paid_on, claimed_on }));

  // 民法典 第二百零一条: the day of issue is not counted, so that the ninetieth day is the last one.
  test.each<[string, [string, string, string], number | string]>([
    ["paid on the day of issue, claimed on the day of payment", ["2026-01-01", "2026-01-01", "2026-01-01"], 400],
    ["the day before the issue", ["2026-01-01", "2025-12-31", "2026-01-01"], "not-eligible"],
    ["the ninetieth day, and the thirtieth after it", ["2026-01-01", "2026-04-01", "2026-05-01"], 400],
    ["the ninety-first day", ["2026-01-01", "2026-04-02", "2026-04-02"], "not-eligible"],
    ["the thirty-first day after the payment", ["2026-01-01", "2026-04-01", "2026-05-02"], "not-eligible"],
    ["ninety days over a leap day", ["2028-01-01", "2028-03-31", "2028-03-31"], 400],
    ["… and one more", ["2028-01-01", "2028-04-01", "2028-04-01"], "not-eligible"],
    ["thirty days over the turn of the year", ["2025-12-01", "2025-12-31", "2026-01-30"], 400],
    ["… and one more", ["2025-12-01", "2025-12-31", "2026-01-31"], "not-eligible"],
    ["thirty days from the last of January end with 2 March", ["2026-01-31", "2026-01-31", "2026-03-02"], 400],
    ["… and not with 3 March", ["2026-01-31", "2026-01-31", "2026-03-03"], "not-eligible"],
  ])("in days: %s", (_what, days, yuan) => expect(tide(...days)).toBe(yuan));

  test("a span in days is said in days", () => {
    const words = (language: "zh" | "en") =>
      termsOf(entryOf("inv-tide"), { year: 2026 }, language).map(({ value }) => value);
    expect(words("zh")).toContain("付款日期在潮汐券发放日期起 90 日内");
    expect(words("en")).toContain("date of the tide claim within 30 days of date of payment");
  });

  test.each<[string, Cell]>([
    ["an ISO date", "2026-06-30"],
    ["one number", 20260630],
    ["the same as a text", "20260630"],
    ["the serial number of a date cell", 46203],
    ["with a time of day, which is left out", 46203.75],
    ["as a text with a time", "2026-06-30 18:00:00"],
    ["in Chinese", "2026年6月30日"],
    ["with slashes and wide digits", "２０２６/6/30"],
  ])("a cell may hold %s", (_what, cell) =>
    expect(planned("inv-pilot", { signed_on: cell }).row.signed_on).toBe(20260630),
  );

  test.each<[string, Cell]>([
    ["a year", 2026],
    ["a month", 202606],
    ["no day of the calendar", "2026-06-31"],
    ["a number that is no day", 20260631],
    ["an amount", 1234567.89],
    ["words", "去年"],
    ["yes", true],
  ])("refused in words: %s", (_what, cell) =>
    expect(() => planned("inv-pilot", { signed_on: cell })).toThrow(/is no date; enter 2025-06-10|不是日期/),
  );

  test.each<[string, Cell]>([
    ["a blank", ""],
    ["a blank as Excel hands it over", 0],
  ])("not given: %s", (_what, cell) => expect(planned("inv-pilot", { signed_on: cell }).row.signed_on).toBeUndefined());

  test("in words", () => {
    const words = termsOf(entryOf("inv-pilot"), { year: 2026 }, "zh").map(({ value }) => value);
    expect(words).toEqual(
      expect.arrayContaining([
        "发券日期不早于 2025-07-01",
        "签订日期在发券日期起 1 年内",
        "填写“兑付申请日期”的，兑付申请日期在签订日期起 6 个月内",
        "按比例：引航合同金额 ×（签订日期不晚于 2026-06-30：30%；其他：20%）",
        "发券日期，日期，必填",
      ]),
    );
    const english = termsOf(entryOf("inv-pilot"), { year: 2026 }, "en").map(({ value }) => value);
    expect(english).toContain("date of signature within 1 year of date of issue");
  });

  test.each<[string, Tests, RegExp]>([
    ["a number for a day", { signed_on: { "at-least": 2026 } }, /界限写作 1999-12-31/],
    ["a day for an amount", { cost: { "at-least": "2026-01-01" } }, /“引航合同金额”不是日期/],
    ["no day of the calendar", { signed_on: { below: "2026-02-30" } }, /日期 2026-02-30 不存在/],
    ["within of an amount", { cost: { within: { years: 1, of: "issued_on" } } }, /within 只用于日期/],
    ["within of nothing that there is", { signed_on: { within: { years: 1, of: "issued" } } }, /没有输入或读法 issued/],
    ["within no time", { signed_on: { within: { of: "issued_on" } } }, /几年（years）、几个月（months），或只写几天/],
    ["within years and days", { signed_on: { within: { years: 1, days: 1, of: "issued_on" } } }, /只写几天（days）/],
    ["within no days", { signed_on: { within: { days: 0, of: "issued_on" } } }, /只写几天（days）/],
    ["within half a day", { signed_on: { within: { days: 1.5, of: "issued_on" } } }, /都是整数/],
    ["within 99,999 days", { signed_on: { within: { days: 99999, of: "issued_on" } } }, /不超过 128 年或 32768 天/],
  ])("refused in the clause: %s", (_what, tests, words) => {
    const { instrument, ...entry } = entryOf("inv-pilot");
    const when = [{ if: tests, else: { zh: "否", en: "no" } }];
    expect(() => planOf({ ...entry, instrument: { ...instrument, when } }, { year: 2026 })).toThrow(words);
  });

  test("a day is no factor", () => {
    const { instrument, ...entry } = entryOf("inv-pilot");
    const parts = [{ limits: [{ share: { of: ["cost", "signed_on"] } }] }];
    expect(() => planOf({ ...entry, instrument: { ...instrument, parts } }, { year: 2026 })).toThrow(
      "是日期，只用于条件",
    );
  });
});
