import fc from "fast-check";
import {
  awards,
  CATALOGUE,
  entryOf,
  Exact,
  ofParts,
  planOf,
  ratio,
  readingsOf,
  Refusal,
  resultColumns,
  resultTable,
  ROW_ANSWERS,
  runScenarios,
  type PlannedRow,
  type Row,
  type Scenario,
  type ScenarioBase,
  type ScenarioResult,
} from "../../../src/rules";
import { readScenarios, SCENARIO_COLUMNS, scenarioTable, type Cell } from "../../../src/tables";
import { baseOf, blocksOf } from "../../tools/blocks";

const YEAR = { year: 2026 };
const yuan = (amount: number): number => Math.round(amount * 100);
const contract = (amount: number, domestic: boolean): Row => ({ amount: yuan(amount), domestic });

const zhejiang = (...rows: readonly (readonly [number, boolean, string?])[]): ScenarioBase =>
  baseOf(
    rows.map(([amount, domestic, firm]) => ({
      id: "zj-15-suanli",
      row: contract(amount, domestic),
      ...(firm && { firm }),
    })),
  );

const results = (base: ScenarioBase, ...scenarios: Partial<Scenario>[]): ScenarioResult[] => [
  ...runScenarios(
    base,
    scenarios.map((scenario, i) => ({ name: `${i + 1}`, ...scenario })),
    { perRow: true },
  ),
];
const inYuan = ({ fen }: ScenarioResult): number[] => Array.from(fen!, (amount) => amount / 100);

describe("the base", () => {
  test("comes first and tells total, awards, firms, mean and the limit that decides", () => {
    const [base] = results(
      zhejiang([10_000_000, true, "甲"], [2_000_000, false, "乙"], [30_000_000, true, "甲"], [0, true]),
    );
    expect(base).toMatchObject({ rows: 4, unknown: 0, awards: 3, firms: 2, total: 8_200_000_00, mean: 273_333_333 });
    expect(inYuan(base!)).toEqual([3_000_000, 200_000, 5_000_000, 0]);
    expect(base!.atLimit.map(({ label, rows }) => [label.en, rows])).toEqual([
      ["share", 3],
      ["cap", 1],
    ]);
    expect(base!.byJurisdiction).toEqual({ "330000": 820_000_000 });
    expect(base!.name).toBeUndefined();
  });

  test("keeps apart what a row may say: an award, zero, not eligible, not in force, unknown, not read", () => {
    const { blocks } = baseOf([
      { id: "zj-15-suanli", row: contract(100, true) },
      { id: "zj-15-suanli", row: contract(0, true) },
      { id: "zj-15-suanli", row: { domestic: true } },
      { id: "zj-15-suanli", row: { ...contract(100, true), eligible: false } },
    ]);
    const [base, later] = results({ blocks, length: 5 }, { claim: { year: 2030 } });
    const words = ({ answers }: ScenarioResult) => Array.from(answers!, (answer) => ROW_ANSWERS[answer]);
    expect(words(base!)).toEqual(["award", "award", "incomplete", "not-eligible", "unread"]);
    expect(base).toMatchObject({ rows: 5, awards: 1, total: 3000, notEligible: 1, notInForce: 0, unknown: 2 });
    expect(words(later!)).toEqual([...Array<string>(4).fill("not-in-force"), "unread"]);
    expect(later).toMatchObject({ rows: 5, awards: 0, total: 0, notEligible: 0, notInForce: 4, unknown: 1 });
  });
});

describe("a scenario changes", () => {
  const base = zhejiang([10_000_000, true, "甲"], [2_000_000, false, "乙"], [30_000_000, true, "甲"]);

  test("the rate", () => {
    expect(inYuan(results(base, { rate: "0.2" })[1]!)).toEqual([2_000_000, 400_000, 6_000_000]);
  });

  test("the cap, and tells the difference to the base", () => {
    const [before, after] = results(base, { cap: 400_000_000 });
    expect(inYuan(after!)).toEqual([3_000_000, 200_000, 1_000_000]);
    expect(after!.difference).toBe(after!.total - before!.total);
  });

  test("a reading", () => {
    const cap = baseOf([{ id: "zj-15-suanli", row: contract(30_000_000, true) }]);
    expect(inYuan(results(cap, { readings: { cap_scope: "nondomestic" } })[1]!)).toEqual([9_000_000]);
  });

  test("the jurisdiction: the first instrument of the family there", () => {
    expect(inYuan(results(base, { jurisdiction: "330108" })[1]!)).toEqual([6_000_000, 600_000, 14_000_000]);
  });

  test("the instrument", () => {
    expect(inYuan(results(base, { instrument: "hz-1-nat-suanli" })[1]!)).toEqual([3_000_000, 200_000, 9_000_000]);
  });

  test("the year: outside the window no row is computed", () => {
    expect(results(base, { claim: { year: 2030 } })[1]).toMatchObject({ total: 0, notInForce: 3, unknown: 0 });
  });

  test("the amounts, half-up to the fen", () => {
    const one = baseOf([{ id: "hz-1-nat-suanli", row: contract(0.05, true) }]);
    expect(inYuan(results(one, { growth: "0.1" })[1]!)).toEqual([0.02]);
    expect(inYuan(results(base, { growth: "-0.5" })[1]!)).toEqual([1_500_000, 100_000, 4_500_000]);
  });

  test("the firms: each added firm repeats one, evenly over the list, and has its own allowance", () => {
    const after = results(base, { newFirms: 3 })[1]!;
    expect(inYuan(after)).toEqual([3e6, 2e5, 5e6, 3e6, 5e6, 3e6, 5e6, 2e5]);
    expect(after.firms).toBe(5);
  });

  test("the rows: those left out draw on nothing", () => {
    expect(inYuan(results(base, { excluded: [[1, 1]] })[1]!)).toEqual([0, 200_000, 8_000_000]);
    const first = results(base, { excluded: [[2, 99]] })[1]!;
    expect(inYuan(first)).toEqual([3_000_000, 0, 0]);
    expect(first).toMatchObject({ rows: 1, awards: 1, unknown: 0 });
    expect(Array.from(first.answers!, (answer) => ROW_ANSWERS[answer])).toEqual(["award", "excluded", "excluded"]);
    // A row of the sheet where one of the table is meant: three rows are there.
    expect(results(base, { excluded: [[4, 4]] })[1]!.refusal?.zh).toMatch(/^排除的行 4 不在表中：表共 3 行/);
  });

  test("the pool: what is paid, and to whom where the sharing rule is given", () => {
    const [, enough, short, first] = results(
      base,
      { pool: 1_000_000_000 },
      { pool: 410_000_000 },
      { pool: 410_000_000, sharing: "first_come" },
    );
    expect(enough).toMatchObject({ total: 820_000_000, paid: 820_000_000 });
    expect(short).toMatchObject({ total: 820_000_000, paid: 410_000_000 });
    expect(short!.pools[0]).toMatchObject({ need: 820_000_000, use: 2 });
    expect(first!.pools[0]!.inFull).toBe(2);
    expect(inYuan(first!)).toEqual([3_000_000, 200_000, 900_000]);
  });

  test("nothing else: columns that were computed before are the same", () => {
    const [before, , after] = results(base, { rate: "0.2" }, {});
    expect(after!.fen).toEqual(before!.fen);
  });
});

describe("the share of domestic compute", () => {
  const share = (base: ScenarioBase, ...shares: string[]): ScenarioResult[] =>
    results(base, ...shares.map((domesticShare) => ({ domesticShare }))).slice(1);

  test("splits every amount to the fen: a third of 0.10 yuan at 30 %, the rest at 10 %, rounded once", () => {
    const one = baseOf([{ id: "hz-1-nat-suanli", row: contract(0.1, false) }]);
    // 3 fen × 30 % + 7 fen × 10 % = 1.6 fen; of two rows it would be 1 + 1.
    expect(share(one, "0.333").map(({ total }) => total)).toEqual([2]);
    const four = baseOf([1, 2, 3, 4].map((n) => ({ id: "hz-1-nat-suanli", row: contract(n * 1e6, n % 2 === 0) })));
    expect(share(four, "0", "0.5", "1").map(({ total }) => total / 100)).toEqual([1e6, 2e6, 3e6]);
  });

  test("leaves a row one cap, used up by both parts", () => {
    const capped = baseOf([{ id: "zj-15-suanli", row: contract(100_000_000, false), firm: "甲" }], {
      cap_period: "contract",
    });
    expect(inYuan(share(capped, "0.5")[0]!)).toEqual([8_000_000]);
    const firm = zhejiang([20_000_000, false, "甲"], [60_000_000, true, "甲"]);
    expect(inYuan(share(firm, "0.5")[0]!)).toEqual([4_000_000, 4_000_000]);
  });

  test("splits fees that stand in two columns anew", () => {
    const fees = { domestic_fee: yuan(0), nondomestic_fee: yuan(10_000_000) };
    const base = baseOf([{ id: "bj-6-suanli", row: fees }]);
    expect(share(base, "0", "0.25", "1").map(({ total }) => total / 100)).toEqual([3e6, 3.75e6, 6e6]);
    const contracts = baseOf([{ id: "bj-6-suanli", row: contract(10_000_000, false) }]);
    expect(share(contracts, "0.25")[0]!.total).toBe(3.75e8);
  });

  test("is refused where a cap binds one of the two parts alone, but for none and all", () => {
    const base = baseOf([{ id: "zj-15-suanli", row: contract(30_000_000, true) }], { cap_scope: "nondomestic" });
    const [half, all] = share(base, "0.5", "1");
    expect(half!.refusal?.zh).toMatch(/“算力券”按所选读法.*拆成两行/);
    expect(all!.total).toBe(9e8);
  });

  test("is refused where no instrument asks for it", () => {
    const base = baseOf([{ id: "bj-9-chuangxin", row: { contract_amount: yuan(100_000) } }]);
    expect(share(base, "0.5")[0]!.refusal?.zh).toContain("没有“国产算力”");
  });

  const asking = CATALOGUE.filter(({ instrument }) =>
    Object.values(instrument.inputs ?? {}).some(({ role }) => role === "domestic-flag"),
  );
  const row = fc.record({
    amount: fc.integer({ min: 0, max: 6_000_000_000 }),
    domestic: fc.boolean(),
    firm: fc.constantFrom(undefined, "甲", "乙"),
  });
  const readings = fc.record({ cap_period: fc.constantFrom("firm_year", "contract") });
  const baseFor = (
    id: string,
    rows: readonly { amount: number; domestic: boolean; firm?: string | undefined }[],
    how: Readonly<Record<string, string>> = {},
  ) =>
    baseOf(
      rows.map(({ amount, domestic, firm }) => ({
        id,
        row: { amount, domestic, service: "compute" },
        firm,
      })),
      Object.fromEntries(
        Object.entries(how).filter(([name, option]) => readingsOf(entryOf(id).instrument)[name]?.options[option]),
      ),
    );

  test.each(asking.map(({ instrument }) => instrument.id))("%s: the total never falls as the share grows", (id) => {
    const shares = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), shares, readings, (rows, some, how) => {
        const rising = [...some].sort((a, b) => a - b).map((n) => new Exact(n).div(1000).toString());
        const totals = share(baseFor(id, rows, how), ...rising).map(({ total, refusal }) => {
          expect(refusal).toBeUndefined();
          return total;
        });
        expect(totals).toEqual([...totals].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  test.each(asking.map(({ instrument }) => instrument.id))("%s: none and all are the flag of every row", (id) => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const [none, all] = share(baseFor(id, rows), "0", "1");
        for (const [result, domestic] of [
          [none, false],
          [all, true],
        ] as const) {
          const [flagged] = results(
            baseFor(
              id,
              rows.map((one) => ({ ...one, domestic })),
            ),
          );
          expect(result!.fen).toEqual(flagged!.fen);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test("scenarios that are computed together give what each gives by itself", () => {
  const id = fc.constantFrom("zj-15-suanli", "hz-1-stack-suanli", "bj-6-suanli", "hz-17-dataset");
  const row = fc.record({
    id,
    amount: fc.integer({ min: 0, max: 4_000_000_000 }),
    domestic: fc.boolean(),
    multimodal: fc.boolean(),
    firm: fc.constantFrom(undefined, "甲", "乙"),
    object: fc.constantFrom(undefined, "合同一", "合同二"),
  });
  const rate = fc.integer({ min: 0, max: 10_000 }).map((n) => new Exact(n).div(10_000).toString());
  const change: fc.Arbitrary<Partial<Scenario>> = fc.record(
    {
      rate: fc.oneof(rate, fc.constant("0.123456789012345678")),
      cap: fc.integer({ min: 0, max: 1_000_000_000 }),
      growth: fc.constantFrom("0.1", "-0.055"),
      domesticShare: fc.constantFrom("0", "0.4", "1"),
      newFirms: fc.integer({ min: 0, max: 3 }),
      excluded: fc.constant([[1, 2]] as [number, number][]),
      jurisdiction: fc.constantFrom("330000", "330100", "330108"),
      pool: fc.constant(1_000_000_000),
      sharing: fc.constantFrom("proportional" as const, "first_come" as const),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 10 }),
      fc.array(change, { minLength: 2, maxLength: 8 }),
      (rows, changes) => {
        const base = baseOf(
          rows.map(({ id: instrument, amount, domestic, multimodal, firm, object }) => ({
            id: instrument,
            row: { amount, input: amount, domestic, multimodal },
            firm,
            ...(object && { object }),
          })),
        );
        const [, ...together] = results(base, ...changes);
        const apart = changes.map((one) => results(base, one)[1]!);
        expect(together).toEqual(apart.map((result, k) => ({ ...result, name: `${k + 1}` })));
      },
    ),
    { numRuns: 150 },
  );
});

test("a row whose object no other row names still has the object's limit, not its firm's", () => {
  const found = planOf(entryOf("hz-5-scene"), YEAR);
  const parts = found.parts.map((part) => ({
    ...part,
    limits: part.limits.map((limit) =>
      limit.kind === "cap"
        ? { ...limit, allowance: { key: "project", scope: "object" as const, period: "policy" as const } }
        : limit,
    ),
  }));
  const plan = { ...found, parts, shares: true };
  const rows = ["项目一", "项目二"].map((object) => ({ plan, row: { investment: yuan(1e8) }, firm: "甲", object }));
  expect(inYuan(results({ blocks: blocksOf(rows), length: 2 })[0]!)).toEqual([5_000_000, 5_000_000]);
});

test("a table of which no row can be computed is refused with the first rows and their reasons, never paid 0.00", () => {
  const { blocks } = baseOf([
    { id: "zj-15-suanli", row: { domestic: true } },
    { id: "zj-15-suanli", row: { ...contract(100, true), rate: 0.9 } },
  ]);
  const table = {
    blocks,
    length: 4,
    unreadable: (row: number) => ({ zh: `第${row + 1}行：坏格`, en: `row ${row + 1}: bad` }),
  };
  const [base, same, other] = results(table, { rate: "0.2" }, { cap: 100 });
  expect(base!.refusal?.zh).toBe(
    "4 行都未能计算。第1行：缺少合同实际执行金额；第2行：地方比例高于文件的上限；第3行：坏格",
  );
  expect(base!.refusal?.en).toContain("row 3: bad");
  // A rate of the scenario replaces the one that was too high.
  expect(same).toMatchObject({ total: 2000, unknown: 3 });
  expect(same!.difference).toBeUndefined();
  expect(other!.refusal).toEqual(base!.refusal);
  const [headers, first] = resultTable([base!, same!], "zh");
  expect(first![headers!.indexOf("补助合计")]).toBe("");
});

test("one object is paid once, at its highest award, in every scenario and for every firm that is added", () => {
  const base = baseOf([
    { id: "zj-15-suanli", row: contract(10_000_000, true), firm: "甲", object: "合同一" },
    { id: "bj-6-suanli", row: contract(10_000_000, true), firm: "甲", object: "合同一" },
    { id: "zj-15-suanli", row: contract(10_000_000, true), firm: "甲", object: "合同二" },
  ]);
  const [before, low, twice] = results(base, { cap: 1_000_000_00 }, { newFirms: 1 });
  expect(inYuan(before!)).toEqual([0, 6_000_000, 3_000_000]);
  // Equal awards now: the earlier row is paid.
  expect(inYuan(low!)).toEqual([1_000_000, 0, 0]);
  expect(inYuan(twice!)).toEqual([0, 6_000_000, 3_000_000, 0, 6_000_000, 3_000_000]);
});

test("the document's own pool counts where the scenario names none", () => {
  const base = baseOf([{ id: "bj-6-suanli", row: contract(30_000_000, true) }]);
  expect(results(base)[0]!.pools).toMatchObject([
    { instrument: "bj-6-pool", amount: 1e10, need: 18e8, paid: 18e8, use: 0.18 },
  ]);
});

describe("a pool that is filled every year pays the rows of each year by itself", () => {
  // 12 contracts of 30 million yuan get 18 million each: 108 million in either year, of 100 million a year.
  const base = baseOf(
    Array.from({ length: 12 }, (_, i) => ({
      id: "bj-6-suanli",
      row: contract(30_000_000, true),
      firm: `企业${i}`,
      year: i % 2 ? 2027 : 2026,
    })),
  );
  const year = { instrument: "bj-6-pool", amount: 1e10, need: 108e8, paid: 1e10, use: 1.08 };

  test("its money is there once for every year, in what is paid and in the table", () => {
    const [asIs, inOneYear] = results(base, { claim: { year: 2027 } });
    expect(asIs!.pools).toMatchObject([
      { ...year, year: 2026 },
      { ...year, year: 2027 },
    ]);
    expect(asIs!.paid).toBe(2e10);
    expect(inOneYear!.pools).toMatchObject([{ ...year, year: 2027, need: 216e8, use: 2.16 }]);
    const [headers, first, second] = resultTable([asIs!, { ...inOneYear!, name: "都在2027年" }], "zh");
    const at = (header: string): unknown[] => [first, second].map((row) => row![headers!.indexOf(header)]);
    expect(at("算力券资金池（2026年）")).toEqual([100_000_000, ""]);
    expect(at("算力券资金池（2026年）使用率")).toEqual([1.08, ""]);
    expect(at("算力券资金池（2027年）使用率")).toEqual([1.08, 2.16]);
    expect(at("资金池可付")).toEqual([200_000_000, 100_000_000]);
  });

  test("it is shared out among the rows of its year", () => {
    const [, shared] = results(base, { sharing: "first_come" });
    expect(inYuan(shared!)).toEqual([...Array<number>(10).fill(18_000_000), 10_000_000, 10_000_000]);
    expect(shared!.pools.map(({ inFull }) => inFull)).toEqual([5, 5]);
  });

  test("a pool of the scenario's own is there once for all rows", () => {
    const [, own] = results(base, { pool: 10_000_000_000 });
    expect(own!.pools).toMatchObject([{ amount: 1e10, need: 216e8, paid: 1e10 }]);
  });

  test("parts of a table of different years come to the pools of the whole", () => {
    const [whole] = results(base);
    const parts = [2026, 2027].map((one) => {
      const blocks = base.blocks.filter(({ plan }) => plan.claim.year === one);
      return [...runScenarios({ ...base, blocks }, [])][0]!;
    });
    expect(ofParts(parts)).toMatchObject({ pools: whole!.pools, paid: whole!.paid });
  });
});

test("a scenario that cannot be computed says why; the others go on", () => {
  const after = results(zhejiang([100, true]), { readings: { basis: "lpr" } }, { rate: "0.1" });
  expect(after[1]!.refusal?.en).toContain("basis");
  expect(after[2]!.total).toBe(1000);
});

test("rates and caps give row by row what the single award gives under the same overrides", () => {
  const row = fc.record({
    amount: fc.integer({ min: 0, max: 4_000_000_000 }),
    domestic: fc.boolean(),
    firm: fc.constantFrom(undefined, "甲", "乙"),
  });
  const id = fc.constantFrom("zj-15-suanli", "hz-1-city-suanli", "hz-1-stack-suanli", "bj-6-suanli");
  const change = fc.record({
    rate: fc.integer({ min: 0, max: 10_000 }),
    cap: fc.integer({ min: 1, max: 1_000_000_000 }),
  });
  fc.assert(
    fc.property(id, fc.array(row, { minLength: 1, maxLength: 30 }), change, (instrument, rows, { rate, cap }) => {
      const base = baseOf(
        rows.map(({ amount, domestic, firm }) => ({
          id: instrument,
          row: { amount, domestic },
          ...(firm && { firm }),
        })),
      );
      const decimal = new Exact(rate).div(10_000).toString();
      const overrides = { rate: ratio(decimal), cap: ratio(cap, 100) };
      const plan = planOf(entryOf(instrument), YEAR, overrides);
      const single: PlannedRow[] = rows.map(({ amount, domestic, firm }) => ({
        plan,
        row: { amount, domestic },
        firm,
      }));
      expect(Array.from(results(base, { rate: decimal, cap })[1]!.fen!)).toEqual(awards(single).map(({ fen }) => fen));
    }),
    { numRuns: 100 },
  );
});

describe("the table of scenarios", () => {
  const read = (headers: Cell[], ...rows: Cell[][]): Scenario[] => readScenarios([headers, ...rows]);

  test("reads each column by its name, its Chinese or its English header", () => {
    for (const which of ["name", "zh", "en"] as const) {
      const headers = SCENARIO_COLUMNS.map((column) => column[which]);
      const row = [
        "高",
        "35%",
        "1,000,000",
        "30%→35%；10% -> 8%",
        "500万元→600万元",
        "bj-6-suanli",
        "滨江",
        "2026-03-01",
        0.5,
        "-5%",
        3,
        "3, 7-9",
        1e8,
        "先到先得",
      ];
      expect(read(headers, row)).toEqual([
        {
          name: "高",
          rate: "0.35",
          cap: 100_000_000,
          rates: { "0.3": "0.35", "0.1": "0.08" },
          caps: { "500000000": "600000000" },
          instrument: "bj-6-suanli",
          jurisdiction: "330108",
          claim: { year: 2026, day: "2026-03-01" },
          domesticShare: "0.5",
          growth: "-0.05",
          newFirms: 3,
          excluded: [
            [3, 3],
            [7, 9],
          ],
          pool: 10_000_000_000,
          sharing: "first_come",
        },
      ]);
    }
  });

  test("a blank or a 0 says nothing; no domestic compute at all is the text 0%", () => {
    expect(read(["情景", "比例", "国产算力占比"], ["甲", 0, "0%"], ["乙", "", 0], ["", null, undefined])).toEqual([
      { name: "甲", domesticShare: "0" },
      { name: "乙" },
    ]);
  });

  test("the first column may be called 方案 too", () => {
    expect(read(["方案", "比例"], ["甲", 0.2])).toEqual([{ name: "甲", rate: "0.2" }]);
  });

  test("a zero that was meant is written as text, so that it is read back", () => {
    const set: Scenario[] = [{ name: "甲", rate: "0", cap: 0, domesticShare: "0", growth: "0", pool: 0 }];
    expect(scenarioTable(set, "zh")[1]).toEqual(["甲", "0", "0", "0%", "0", "0"]);
    expect(readScenarios(scenarioTable(set, "zh"))).toEqual(set);
  });

  test("choices are written in words, in the language asked for", () => {
    const set: Scenario[] = [{ name: "甲", jurisdiction: "330108", sharing: "first_come" }];
    expect(scenarioTable(set, "zh")[1]).toEqual(["甲", "滨江区", "先到先得"]);
    expect(scenarioTable(set, "en")[1]).toEqual(["甲", "Binjiang", "first come"]);
  });

  test.each([
    ["cap_scope", "nondomestic"],
    ["最高800万元约束两支还是仅非自主一支", "仅非自主一支封顶"],
    ["最高800万元约束两支还是仅非自主一支？", "仅非自主一支封顶"],
  ])("a reading is a column of its own name or question: %s", (header, option) => {
    expect(read(["情景", header], ["甲", option])).toEqual([{ name: "甲", readings: { cap_scope: "nondomestic" } }]);
  });

  test("an option is known in the words of every instrument", () => {
    for (const words of ["单家企业整个政策期", "单家企业政策期内累计", "每个中心三年合计", "firm_policy"]) {
      expect(read(["cap_period"], [words])[0]!.readings).toEqual({ cap_period: "firm_policy" });
    }
  });

  test("a scenario without a name is called by its number", () => {
    expect(read(["比例"], [0.1], [0.2]).map(({ name }) => name)).toEqual(["1", "2"]);
  });

  test.each<[string, Cell[][], RegExp]>([
    [
      "an unknown column",
      [
        ["情景", "折扣"],
        ["甲", 1],
      ],
      /折扣/,
    ],
    [
      "a column twice",
      [
        ["比例", "rate"],
        [0.1, 0.1],
      ],
      /重复/,
    ],
    [
      "values without a header",
      [
        ["情景", ""],
        ["甲", 5],
      ],
      /第2列/,
    ],
    [
      "a rate above one",
      [
        ["情景", "比例"],
        ["甲", 1.5],
      ],
      /第1行“比例”/,
    ],
    ["a negative cap", [["上限"], [-1]], /不能为负/],
    ["an unknown place", [["辖区"], ["上海"]], /上海.*浙江省.*滨江区/],
    ["an unknown instrument", [["政策工具"], ["sh-1"]], /sh-1/],
    ["no year", [["年度"], ["soon"]], /soon/],
    ["a fall of more than everything", [["金额增长"], ["-150%"]], /150%/],
    ["half a firm", [["新增企业数"], [1.5]], /整数/],
    ["no rows", [["排除的行"], ["a-b"]], /行号/],
    ["rows backwards", [["排除的行"], ["9-7"]], /行号/],
    ["an unknown sharing rule", [["分配办法"], ["抽签"]], /“抽签”不在可选项中：.*按比例.*先到先得/],
    ["an unknown option of a reading", [["cap_scope"], ["none"]], /cap_scope/],
  ])("refuses %s in words", (_name, cells, words) => {
    expect(() => readScenarios(cells)).toThrow(Refusal);
    expect(() => readScenarios(cells)).toThrow(words);
  });

  test("is written as it was read", () => {
    const scenario: fc.Arbitrary<Scenario> = fc.record(
      {
        name: fc.constantFrom("甲", "乙 2"),
        rate: fc.integer({ min: 1, max: 1000 }).map((n) => new Exact(n).div(1000).toString()),
        cap: fc.integer({ min: 1, max: 1e12 }),
        readings: fc.constant({ cap_scope: "nondomestic" }),
        instrument: fc.constant("bj-6-suanli"),
        jurisdiction: fc.constantFrom("330100", "330108"),
        claim: fc.constantFrom({ year: 2026 }, { year: 2026, day: "2026-05-06" }),
        domesticShare: fc.integer({ min: 0, max: 100 }).map((n) => new Exact(n).div(100).toString()),
        growth: fc
          .integer({ min: -99, max: 300 })
          .filter(Boolean)
          .map((n) => new Exact(n).div(100).toString()),
        newFirms: fc.integer({ min: 1, max: 500 }),
        excluded: fc.constant([
          [3, 3],
          [5, 8],
        ] as [number, number][]),
        pool: fc.integer({ min: 1, max: 1e12 }),
        sharing: fc.constantFrom("proportional" as const, "talmud" as const),
      },
      { requiredKeys: ["name"] },
    );
    fc.assert(
      fc.property(
        fc.array(scenario, { maxLength: 5 }),
        fc.constantFrom("zh" as const, "en" as const),
        (set, language) => {
          expect(readScenarios(scenarioTable(set, language))).toEqual(set);
        },
      ),
    );
  });
});

test("the result table has one row per scenario, money in yuan, and only columns that occur", () => {
  const base = zhejiang([10_000_000, true, "甲"], [2_000_000, false]);
  const run = results(base, { name: "低上限", cap: 100_000_000 }, { readings: { basis: "lpr" } });
  const table = resultTable(run, "zh");
  expect(table[0]).toEqual([
    ...["情景", "补助合计", "与基准之差", "获补行数", "获补企业数", "平均每笔"],
    ...["由“按比例”决定的行", "由“最高金额”决定的行"],
    ...["不符合条件的行", "不在有效期内的行", "未能计算的行", "说明"],
  ]);
  expect(table[1]).toEqual(["基准", 3_200_000, 0, 2, 2, 1_600_000, 2, 0, 0, 0, 0, ""]);
  expect(table[2]).toEqual(["低上限", 1_200_000, -2_000_000, 2, 2, 600_000, 1, 1, 0, 0, 0, ""]);
  expect(table[3]!.at(-1)).toMatch(/没有这一读法：.*还是.*＝本金×LPR×50%/);
  expect(resultColumns(run).map(({ kind }) => kind)).toEqual([
    ...["text", "money", "money", "count", "count", "money", "count", "count", "count", "count", "count", "text"],
  ]);
});
