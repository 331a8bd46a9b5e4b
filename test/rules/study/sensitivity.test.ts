import fc from "fast-check";
import {
  breakEven,
  changesAt,
  entryOf,
  evenSteps,
  evenValues,
  Exact,
  leverBar,
  leverPairs,
  LEVERS,
  leversOf,
  leverWords,
  planOf,
  ratio,
  Refusal,
  runScenarios,
  sensitivityTable,
  sensitivityScenarios,
  tornadoOf,
  tornadoScenarios,
  usualEnds,
  usualTornado,
  type Lever,
  type LeverAxis,
  type Pairs,
  type PairsQuestion,
  type BreakEven,
  type BreakEvenLever,
  type Block,
  type Ratio,
  type Row,
  type Scenario,
  type ScenarioBase,
  type ScenarioResult,
  type TornadoLever,
} from "../../../src/rules";
import { readLever, typedLever } from "../../../src/tables";
import { baseOf, type BaseRow } from "../../tools/blocks";
import { hasLever } from "../../../src/rules/study/sensitivity/levers";
import { TotalCurve } from "../../../src/rules/study/sensitivity/curve";

// Turns of the form that no clause of the five documents has.
jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

const YEAR = { year: 2026 };
const yuan = (amount: number): number => Math.round(amount * 100);

/** Contracts under the compute voucher of Zhejiang: 30 % or 10 %, at most 8 million yuan a firm and year. */
const contracts = (
  ...rows: readonly (readonly [amount: number, domestic?: boolean, firm?: string | undefined])[]
): ScenarioBase =>
  baseOf(
    rows.map(([amount, domestic = true, firm]) => ({
      id: "zj-15-suanli",
      row: { amount: yuan(amount), domestic },
      firm,
    })),
  );

/** Products selected in Beijing, 150,000 yuan approved for each: a firm's further award is paid by its difference. */
const products = (...firms: readonly (string | undefined)[]): ScenarioBase =>
  baseOf(firms.map((firm) => ({ id: "bj-13-product", row: { approved: yuan(150_000), count: 1 }, firm })));

const run = (base: ScenarioBase, scenarios: readonly Scenario[]): ScenarioResult[] =>
  [...runScenarios(base, scenarios)].slice(1);
const totalAt = (base: ScenarioBase, changes: Omit<Scenario, "name">): number =>
  run(base, [{ name: "", ...changes }])[0]!.total;
const at = (base: ScenarioBase, lever: BreakEvenLever, value: string): number =>
  totalAt(base, lever === "cap" ? { cap: Number(value) } : { rate: value });

const tornadoOver = (base: ScenarioBase, levers: readonly TornadoLever[]): ReturnType<typeof tornadoOf> => {
  const [asIs, ...results] = [...runScenarios(base, tornadoScenarios(levers))];
  return tornadoOf(levers, asIs!, results);
};

describe("a table", () => {
  const base = contracts([10_000_000], [30_000_000, true, "甲"], [2_000_000, false, "甲"]);
  const rates: LeverAxis = { lever: "rate", values: ["0.1", "0.3"] };
  const caps: LeverAxis = { lever: "cap", values: ["100000000", "800000000"] };

  test("over one lever gives the total at each value", () => {
    const totals = sensitivityTable(run(base, sensitivityScenarios(rates)), rates);
    expect(totals.map(([cell]) => cell!.total / 100)).toEqual([1e6 + 3.2e6, 3e6 + 8e6]);
  });

  test("over rate and cap gives a surface: rates down, caps across, each cell what the two together cost", () => {
    const totals = sensitivityTable(run(base, sensitivityScenarios(rates, caps)), rates, caps);
    expect(totals.map((row) => row.map(({ total }) => total / 100))).toEqual([
      [2e6, 4.2e6],
      [2e6, 11e6],
    ]);
  });

  test("says why a cell cannot be computed", () => {
    const share: LeverAxis = { lever: "domesticShare", values: ["0", "1"] };
    const none = baseOf([{ id: "bj-7-yuliao", row: { amount: yuan(100) } }]);
    expect(sensitivityTable(run(none, sensitivityScenarios(share)), share)[0]![0]!.refusal?.en).toMatch(
      /domestic compute/,
    );
  });

  test("needs two different levers", () => {
    expect(() => sensitivityScenarios(rates, rates)).toThrow(Refusal);
  });
});

describe("values of a lever", () => {
  test("are evenly spaced, both ends included, to the lever's step, each once", () => {
    expect(evenValues("rate", "0.1", "0.3", 5)).toEqual(["0.1", "0.15", "0.2", "0.25", "0.3"]);
    expect(evenValues("rate", "0", "1", 4)).toEqual(["0", "0.333333", "0.666667", "1"]);
    expect(evenValues("cap", "0", "3", 3)).toEqual(["0", "2", "3"]);
    expect(evenValues("newFirms", "0", "2", 9)).toEqual(["0", "1", "2"]);
    expect(evenValues("growth", "0.2", "-0.2", 3)).toEqual(["0.2", "0", "-0.2"]);
  });

  test.each([
    ["a rate above one", "rate", "0", "1.5", 3, /100%/],
    ["a negative cap", "cap", "-1", "100", 3, /上限/],
    ["a fall of more than everything", "growth", "-1.01", "0", 3, /-100%/],
    ["a single value", "rate", "0", "1", 1, /2/],
    ["half a value", "rate", "0", "1", 2.5, /整数/],
  ] as const)("refuse %s in words", (_name, lever, from, to, count, words) => {
    expect(() => evenValues(lever, from, to, count)).toThrow(words);
  });

  test("are called as finance people write them", () => {
    expect(leverWords("rate", "0.3").zh).toBe("30%");
    expect(leverWords("cap", "800000000")).toEqual({ zh: "800 万元", en: "8,000,000.00 yuan" });
    expect(leverWords("newFirms", "3").en).toBe("3");
  });

  test("are read as they are typed, and typed as they are read", () => {
    expect(readLever("rate", "30%")).toBe("0.3");
    expect(readLever("growth", "－5%")).toBe("-0.05");
    expect(readLever("cap", "8,000,000")).toBe("800000000");
    for (const [lever, value] of [
      ["cap", "1"],
      ["rate", "0.123456"],
      ["growth", "-0.2"],
      ["newFirms", "3"],
    ] as const) {
      expect(readLever(lever, typedLever(lever, value))).toBe(value);
    }
  });

  test.each([
    ["rate", "", /请填写比例/],
    ["rate", "-1%", /0%/],
    ["rate", "很多", /很多/],
    ["cap", "-5", /负/],
    ["newFirms", "1.5", /整数/],
    ["growth", "-101%", /-100%/],
  ] as const)("of %s: “%s” is refused in words", (lever, text, words) => {
    expect(() => readLever(lever, text)).toThrow(words);
  });

  test("are first looked at between the document's own figures", () => {
    const plans = [planOf(entryOf("zj-15-suanli"), YEAR)];
    expect(usualEnds(plans, "rate")).toEqual({ from: "0.1", to: "0.3" });
    expect(usualEnds(plans, "cap")).toEqual({ from: "400000000", to: "1200000000" });
    expect(usualEnds([planOf(entryOf("zj-2-rd-subsidy"), YEAR)], "rate")).toEqual({ from: "0", to: "1" });
    for (const lever of LEVERS) {
      const { from, to } = usualEnds(plans, lever);
      expect(evenValues(lever, from, to, 2)).toEqual([from, to]);
    }
  });

  test("move what the instruments have", () => {
    const plans = [planOf(entryOf("bj-17-top-talent"), YEAR)];
    expect(LEVERS.filter((lever) => hasLever(plans, lever))).toEqual(["cap", "growth", "newFirms"]);
    expect(LEVERS.filter((lever) => hasLever([], lever))).toEqual([]);
  });
});

describe("a tornado", () => {
  test("puts the widest bar first and names the cases at both ends", () => {
    const base = contracts([10_000_000], [4_000_000, false]);
    const levers = [
      leverBar("cap", "600000000", "900000000"),
      leverBar("rate", "0.1", "0.3"),
      leverBar("growth", "-0.1", "0.1"),
    ];
    const { bars, refused } = tornadoOver(base, levers);
    expect(bars.map(({ label, low, high, swing }) => [label.en, low.label.en, low.total, high.total, swing])).toEqual([
      ["rate", "10%", 140_000_000, 420_000_000, 280_000_000],
      ["growth of amounts", "-10%", 306_000_000, 374_000_000, 68_000_000],
      ["cap", "6,000,000.00 yuan", 340_000_000, 340_000_000, 0],
    ]);
    expect(refused).toEqual([]);
  });

  test("takes the levers and the open readings of the documents", () => {
    const base = contracts([60_000_000], [1_000_000, false]);
    const levers = usualTornado(base.blocks.map(({ plan }) => plan));
    const { bars } = tornadoOver(base, levers);
    const scope = bars.find(({ label }) => label.zh.startsWith("A01"));
    expect(scope).toMatchObject({ low: { total: 810_000_000 }, high: { total: 1_810_000_000 } });
    expect(bars.map(({ swing }) => swing)).toEqual(bars.map(({ swing }) => swing).sort((a, b) => b - a));
  });

  test("lists a lever that cannot be computed with the reason", () => {
    const base = baseOf([{ id: "bj-7-yuliao", row: { amount: yuan(100) } }]);
    const levers = [leverBar("domesticShare", "0", "1"), leverBar("rate", "0.1", "0.2")];
    const { bars, refused } = tornadoOver(base, levers);
    expect(bars.map(({ label }) => label.en)).toEqual(["rate"]);
    expect(refused[0]!.because.en).toMatch(/domestic compute/);
  });
});

describe("the tiers of a rate", () => {
  // 30 % of 10 million, 10 % of 4 million.
  const base = contracts([10_000_000], [4_000_000, false]);
  const plans = [planOf(entryOf("zj-15-suanli"), YEAR)];

  test("are levers of their own, beside the one for all", () => {
    expect(leversOf(plans)).toEqual(["rate", "rate 0.1", "rate 0.3", "cap", "domesticShare", "growth", "newFirms"]);
    expect(leversOf([planOf(entryOf("bj-17-top-talent"), YEAR)])).toEqual(["cap", "growth", "newFirms"]);
  });

  test("move alone: the rows of the other tier stay", () => {
    expect(totalAt(base, changesAt("rate 0.3", "0.2"))).toBe(yuan(2_000_000 + 400_000));
    expect(totalAt(base, changesAt("rate 0.1", "0"))).toBe(yuan(3_000_000));
    expect(totalAt(base, { rates: { "0.3": "0.2", "0.1": "0" } })).toBe(yuan(2_000_000));
  });

  test("stand in one table with each other, not with the rate of all", () => {
    const axis = (lever: Lever): LeverAxis => ({ lever, values: ["0", "1"] });
    const scenarios = sensitivityScenarios(axis("rate 0.3"), axis("rate 0.1"));
    expect(run(base, scenarios).map(({ total }) => total)).toEqual(
      [0, 4_000_000, 8_000_000, 12_000_000].map((fen) => yuan(fen)),
    );
    expect(() => sensitivityScenarios(axis("rate"), axis("rate 0.1"))).toThrow("两个变量应不同");
  });

  test("that no document of the rows has are refused, with those there are", () => {
    const [result] = run(base, [{ name: "", rates: { "0.6": "0.5" } }]);
    expect(result!.refusal?.zh).toBe("这些政策工具没有60%一档的比例，现有：10%、30%");
    expect(run(base, [{ name: "", rate: "0.2", rates: { "0.3": "0.5" } }])[0]!.refusal?.zh).toMatch(/不能同时填/);
  });

  test("are solved for alone", () => {
    // 400,000 stay; 2,000,000 of 10 million are 20 %.
    expect(breakEven(base, "rate 0.3", yuan(2_400_000))).toMatchObject({
      answer: { value: "0.2", total: yuan(2_400_000) },
    });
  });

  test("one per cent of a lever is one per cent of each of its figures", () => {
    const levers = usualTornado(plans);
    const { bars } = tornadoOver(base, levers);
    const percent = (name: string) => bars.find(({ label }) => label.zh === name)!.percent;
    expect(percent("比例")).toEqual({ more: yuan(34_000), less: -yuan(34_000) });
    expect(percent("30%档比例")).toEqual({ more: yuan(30_000), less: -yuan(30_000) });
    expect(percent("10%档比例")).toEqual({ more: yuan(4_000), less: -yuan(4_000) });
    expect(percent("上限")).toEqual({ more: 0, less: 0 });
    expect(percent("金额增长")).toEqual({ more: yuan(34_000), less: -yuan(34_000) });
    expect(percent("国产算力占比")).toBeUndefined();
  });

  test("a ceiling on what rows give themselves stays one: rows above it have no amount, so that the bar is refused", () => {
    const own = baseOf(
      [0.3, 0.1, undefined].map((rate) => ({
        id: "zj-15-suanli",
        row: { amount: yuan(10_000), domestic: true, ...(rate !== undefined && { rate }) },
      })),
    );
    const lower = run(own, [{ name: "", rates: { "0.3": "0.2" } }])[0]!;
    expect([lower.unknown, lower.total]).toEqual([1, yuan(1_000 + 2_000)]);
    expect(tornadoOver(own, [leverBar("rate 0.3", "0.2", "0.3")]).refused[0]!.because.zh).toMatch(/^有的行因此算不出/);
    expect(() => breakEven(own, "rate 0.3", 1)).toThrow(/是其最高限/);
  });
});

describe("a slider", () => {
  test("has about a hundred places at round values", () => {
    const caps = evenSteps("cap", "400000000", "1200000000");
    expect([caps.valueAt(caps.first), caps.valueAt(caps.first + 1), caps.valueAt(caps.last)]).toEqual([
      "400000000",
      "405000000",
      "1200000000",
    ]);
    const rates = evenSteps("rate", "0.3", "0.1");
    expect([rates.first, rates.last].map(rates.valueAt)).toEqual(["0.1", "0.3"]);
    expect(evenSteps("newFirms", "0", "3").valueAt(2)).toBe("2");
    expect(() => evenSteps("rate", "0.3", "0.3")).toThrow("两端应不同");
  });
});

const pairsOf = (
  base: ScenarioBase,
  question: Partial<PairsQuestion> & Pick<PairsQuestion, "wanted" | "along">,
): Pairs => {
  const work = leverPairs(base, { solved: "cap", measure: "total", ...question });
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};

describe("pairs of two levers", () => {
  const base = contracts([10_000_000], [30_000_000], [1_000_000]);

  test("for each rate the largest cap within the sum, a round one below it, and what both cost", () => {
    const { pairs, before } = pairsOf(base, {
      along: { lever: "rate", values: ["0.05", "0.2", "0.3"] },
      wanted: yuan(4_111_111),
    });
    expect(before).toBe(yuan(3_000_000 + 8_000_000 + 300_000));
    expect(pairs).toEqual([
      { value: "0.05", found: { kind: "above", most: yuan(2_050_000) } },
      {
        value: "0.2",
        found: {
          kind: "found",
          // 200,000 + 2,000,000 + 1,911,111
          exact: { value: String(yuan(1_955_555.5)), total: yuan(4_111_111) },
          round: { value: String(yuan(1_900_000)), total: yuan(4_000_000) },
        },
      },
      {
        value: "0.3",
        found: {
          kind: "found",
          exact: { value: String(yuan(1_905_555.5)), total: yuan(4_111_111) },
          round: { value: String(yuan(1_900_000)), total: yuan(4_100_000) },
        },
      },
    ]);
  });

  test("of two tiers: the one follows from the other", () => {
    const two = contracts([10_000_000], [4_000_000, false]);
    const { pairs } = pairsOf(two, {
      along: { lever: "rate 0.1", values: ["0", "0.1"] },
      solved: "rate 0.3",
      wanted: yuan(2_400_000),
    });
    expect(pairs.map(({ found }) => found.kind === "found" && found.exact.value)).toEqual(["0.24", "0.2"]);
  });

  test("of what the pools pay: beyond the money of a pool no cap costs more", () => {
    const binjiang = baseOf(
      [60_000_000, 90_000_000].map((amount) => ({ id: "bj-6-suanli", row: { amount: yuan(amount), domestic: true } })),
    );
    const along: LeverAxis = { lever: "rate", values: ["0.1", "0.6"] };
    const [paid] = run(binjiang, [{ name: "" }]);
    expect(paid!.pools.length).toBe(1);
    const { pairs } = pairsOf(binjiang, { along, wanted: paid!.pools[0]!.amount, measure: "paid" });
    expect(pairs.map(({ found }) => found.kind)).toEqual(["above", "above"]);
  });

  test("where even nothing of the other is too much, and where both are the same lever", () => {
    const stack = baseOf([{ id: "hz-1-stack-suanli", row: { amount: yuan(1_000_000), domestic: true } }]);
    const { pairs } = pairsOf(stack, {
      along: { lever: "growth", values: ["0", "1"] },
      solved: "rate",
      wanted: 0,
    });
    expect(pairs.map(({ found }) => found.kind)).toEqual(["below", "below"]);
    const along: LeverAxis = { lever: "cap", values: ["1", "2"] };
    expect(() => pairsOf(base, { along, wanted: 1 })).toThrow("两个变量应不同");
    expect(() => pairsOf(base, { along: { lever: "rate", values: ["1"] }, wanted: -1 })).toThrow("合计应为");
  });

  test("for any rows and sum each pair costs what the runner says, and a step more is too much", () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 4_000_000_000 }), fc.boolean(), fc.constantFrom(undefined, "甲", "乙")),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 0, max: 3_000_000_000 }),
        fc.constantFrom<Lever>("growth", "rate", "rate 0.1"),
        (list, wanted, lever) => {
          const some = contracts(...list.map(([fen, domestic, firm]) => [fen / 100, domestic, firm] as const));
          const along: LeverAxis = { lever, values: ["0.1", "0.25"] };
          for (const { value, found: pair } of pairsOf(some, { along, wanted }).pairs) {
            const cost = (cap: number): number => totalAt(some, { ...changesAt(lever, value), cap });
            if (pair.kind === "above") expect(cost(10 ** 14)).toBe(pair.most);
            if (pair.kind !== "found") continue;
            expect(pair.exact.total).toBe(cost(Number(pair.exact.value)));
            expect(pair.round.total).toBe(cost(Number(pair.round.value)));
            expect(pair.round.total).toBeLessThanOrEqual(pair.exact.total);
            expect(pair.exact.total).toBeLessThanOrEqual(wanted);
            expect(cost(Number(pair.exact.value) + 1)).toBeGreaterThan(wanted);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the break-even", () => {
  const found = (answer: BreakEven): Extract<BreakEven, { kind: "found" }> => {
    if (answer.kind !== "found") throw new Error(answer.kind);
    return answer;
  };

  test("cap: two contracts at the cap share what the third leaves", () => {
    const base = contracts([10_000_000], [30_000_000], [1_000_000]);
    // 300,000 + 2 × 1,850,000 = 4,000,000 yuan
    expect(breakEven(base, "cap", 400_000_000)).toEqual({
      kind: "found",
      answer: { value: "185000000", total: 400_000_000 },
      from: "185000000",
      next: { value: "185000001", total: 400_000_002 },
      growth: { from: "30000000", to: "300000000", perStep: "2" },
    });
  });

  test("cap: where two firms move together, an odd fen is left over", () => {
    const base = contracts([10_000_000], [30_000_000], [1_000_000]);
    expect(found(breakEven(base, "cap", 400_000_001)).answer).toEqual({ value: "185000000", total: 400_000_000 });
  });

  test("cap: the rows of one firm are one limit", () => {
    const base = contracts([10_000_000, true, "甲"], [10_000_000, true, "甲"], [10_000_000, true, "乙"]);
    expect(found(breakEven(base, "cap", 700_000_000))).toMatchObject({
      answer: { value: "400000000", total: 700_000_000 },
      growth: { from: "300000000", to: "600000000", perStep: "1" },
    });
  });

  test("rate: exact to 0.0001 %, each row half-up to the fen", () => {
    const base = contracts([1_000_000], [2_000_000]);
    expect(found(breakEven(base, "rate", 100_000_000))).toMatchObject({
      answer: { value: "0.333333", total: 99_999_900 },
      next: { value: "0.333334", total: 100_000_200 },
      growth: { perStep: "300" },
    });
  });

  test("more than every value reaches: the most there is, and where it begins", () => {
    const base = contracts([10_000_000], [30_000_000]);
    expect(breakEven(base, "cap", 1_200_000_001)).toEqual({
      kind: "above",
      most: { value: "900000000", total: 1_200_000_000 },
    });
    expect(breakEven(base, "rate", 10 ** 15)).toMatchObject({ kind: "above", most: { total: 1_600_000_000 } });
  });

  test("exactly the most: every value from there on", () => {
    const answer = found(breakEven(contracts([10_000_000], [30_000_000]), "cap", 1_200_000_000));
    expect(answer).toMatchObject({ from: "900000000", answer: { value: "999999999999999", total: 1_200_000_000 } });
    expect(answer.next).toBeUndefined();
  });

  test("less than is paid at no cap at all: the part of the nation has none", () => {
    const stack = baseOf([{ id: "hz-1-stack-suanli", row: { amount: yuan(1_000_000), domestic: true } }]);
    const national = totalAt(stack, { rate: "0" });
    expect(national).toBeGreaterThan(0);
    expect(breakEven(stack, "rate", national - 1)).toEqual({ kind: "below", least: { value: "0", total: national } });
  });

  test("nothing: the whole interval over which every row still rounds to nothing", () => {
    const answer = found(breakEven(contracts([0.1]), "rate", 0));
    // 10 fen × 4.9999 % is 0.49999 fen.
    expect(answer).toMatchObject({ from: "0", answer: { value: "0.049999", total: 0 }, next: { total: 1 } });
  });

  test("rows without money count nothing", () => {
    const base = baseOf([
      { id: "zj-15-suanli", row: { domestic: true } },
      { id: "zj-15-suanli", row: { amount: yuan(100), domestic: true } },
    ]);
    expect(found(breakEven(base, "rate", 5_000))).toMatchObject({
      from: "0.49995",
      answer: { value: "0.500049", total: 5_000 },
    });
  });

  test.each<[string, ScenarioBase, BreakEvenLever, number, RegExp]>([
    ["no rate", baseOf([{ id: "bj-17-top-talent", row: { approved: yuan(1) } }]), "rate", 1, /没有可变的比例/],
    ["grades", baseOf([{ id: "zj-12-compute-gate", row: {} }]), "cap", 1, /等级/],
    [
      "one object twice",
      baseOf(
        ["zj-15-suanli", "hz-1-city-suanli"].map((id) => ({
          id,
          row: { amount: yuan(1), domestic: true },
          object: "合同1",
        })),
      ),
      "rate",
      1,
      /同一对象/,
    ],
    [
      "a limit over the sum of parts of which one is shared",
      baseOf([{ id: "hz-1-stack-suanli", row: { amount: yuan(1), domestic: true } }], { provincial_ceiling: "clip" }),
      "rate",
      1,
      /额度/,
    ],
    ["a further award of one firm", products("甲", "乙", "甲"), "cap", 1, /再次获得/],
    [
      "a further award of one firm in a later year",
      baseOf([2026, 2027].map((year) => ({ id: "bj-13-product", row: { approved: yuan(1) }, firm: "甲", year }))),
      "cap",
      1,
      /再次获得/,
    ],
    ["less than a fen", contracts([1]), "cap", 0.5, /分/],
    ["less than nothing", contracts([1]), "cap", -1, /零/],
  ])("is refused for %s", (_name, base, lever, wanted, words) => {
    expect(() => breakEven(base, lever, wanted)).toThrow(Refusal);
    expect(() => breakEven(base, lever, wanted)).toThrow(words);
  });

  test("is refused where a least award and a shared limit let the total fall", () => {
    const base = baseOf([{ id: "inv-least", row: { cost: 1_000_000_00 }, firm: "甲" }]);
    expect(() => breakEven(base, "rate", 1)).toThrow("起付金额");
  });

  test("is not refused where one object's two awards may be added, or every shared limit moves", () => {
    const both = baseOf(
      ["bj-16-startup", "bj-16-finance"].map((id) => ({
        id,
        row: { approved: yuan(300_000), prior_paid: yuan(100_000) },
        firm: "甲",
        object: "甲",
      })),
    );
    expect(found(breakEven(both, "cap", 30_000_000)).answer).toEqual({ value: "25000000", total: 30_000_000 });
  });
});

test("no growth is told where a limit depends on other rows of the firm", () => {
  const sets = baseOf(
    [true, false].map((multimodal) => ({ id: "hz-17-dataset", row: { input: yuan(1_000_000), multimodal } })),
  );
  const answers = (["rate", "cap"] as const).map((lever) => breakEven(sets, lever, 10_000_000));
  expect(answers.map((answer) => "growth" in answer)).toEqual([false, true]);
});

test("the first awards of several firms and of unnamed ones are no further awards", () => {
  // Four products of 150,000 yuan under one cap: a hundred thousand each.
  const answer = breakEven(products("甲", "乙", undefined, undefined), "cap", yuan(400_000));
  expect(answer).toMatchObject({ kind: "found", answer: { value: String(yuan(100_000)), total: yuan(400_000) } });
});

describe("for any rows the break-even is what the runner says", () => {
  const amount = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 4_000_000_000 }));
  const prior = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300_000_000 }));
  const row = (id: string): fc.Arbitrary<BaseRow> =>
    fc
      .record({ amount, domestic: fc.boolean(), firm: fc.constantFrom(undefined, "甲", "乙"), prior })
      .map(({ amount: fen, domestic, firm, prior: used }): BaseRow => ({
        id,
        row: { ...shapes[id]!(fen, domestic), ...(used && { prior_paid: used }) },
        firm,
      }));
  const shapes: Record<string, (fen: number, flag: boolean) => Row> = {
    "zj-15-suanli": (fen, domestic) => ({ amount: fen, domestic }),
    "hz-1-city-suanli": (fen, domestic) => ({ amount: fen, domestic }),
    "hz-1-stack-suanli": (fen, domestic) => ({ amount: fen, domestic }),
    "bj-6-suanli": (fen, domestic) => ({ amount: fen, domestic }),
    "hz-17-dataset": (fen, multimodal) => ({ input: fen, multimodal }),
    "zj-25-terminal": (fen) => ({ price: fen, qty: 3 }),
    "bj-14-rent": (fen) => ({
      monthly_rent: fen,
      months: 5,
      months_used: 33,
      rate: 0.5,
    }),
    "zj-14-tiexi": (fen) => ({ loan_principal: fen, interest_paid: Math.round(fen * 0.04) }),
    "bj-20-event": (fen) => ({ cost: fen }),
    "bj-13-product": (fen) => ({ approved: fen, count: 2, already_paid: 1000 }),
    // At least 3,000 yuan; the higher of two parts, under a limit that the firm's rows share.
    "inv-raised": (fen) => ({ cost: Math.round(fen / 1000), upkeep: 100_000 }),
    "inv-beacon": (fen) => ({ equipment: fen, research: 60_000_000 }),
  };
  const kinds = [
    ["zj-15-suanli"],
    ["bj-6-suanli"],
    ["hz-1-stack-suanli"],
    ["hz-17-dataset"],
    ["zj-25-terminal"],
    ["bj-14-rent"],
    ["bj-20-event"],
    ["bj-13-product"],
    ["inv-raised"],
    ["hz-1-city-suanli", "hz-1-stack-suanli", "zj-25-terminal"],
  ];
  const rowsOf = (list: readonly (readonly string[])[]) =>
    fc
      .constantFrom(...list)
      .chain((ids) => fc.array(fc.oneof(...ids.map(row)), { minLength: 1, maxLength: 25 }))
      .map(withoutFurtherAwards);
  const some = rowsOf(kinds);
  /** Of a product's awards only the first of a firm keeps its firm: of a further one the total need not rise. */
  function withoutFurtherAwards(rows: readonly BaseRow[]): BaseRow[] {
    const isFirst = ({ id, firm }: BaseRow, i: number): boolean =>
      rows.findIndex((other) => other.id === id && other.firm === firm) === i;
    return rows.map((row, i) => (row.id !== "bj-13-product" || isFirst(row, i) ? row : { ...row, firm: undefined }));
  }

  test.each<BreakEvenLever>(["cap", "rate"])("%s: at any step the line is the total, but for rounding", (lever) => {
    const step = lever === "cap" ? ratio(1, 100) : ratio("0.000001");
    const highest = lever === "cap" ? 2_000_000_000 : 1_000_000;
    fc.assert(
      fc.property(rowsOf([...kinds, ["inv-beacon"]]), fc.integer({ min: 0, max: highest }), (rows, steps) => {
        // Under a rate the unit's cap of data sets depends on the other rows.
        fc.pre(lever === "cap" || rows.every(({ id }) => id !== "hz-17-dataset"));
        const base = baseOf(rows);
        const under = (figure: Ratio) => (block: Block) => planOf(block.plan.entry, YEAR, { [lever]: figure });
        const moving = base.blocks.map((block) => ({
          block,
          still: under(ratio(0))(block),
          moved: under(step)(block),
        }));
        const curve = new TotalCurve(moving, BigInt(highest));
        const { from, to, height, slope } = curve.at(BigInt(steps));
        expect(from <= BigInt(steps) && BigInt(steps) <= to).toBe(true);
        for (const place of new Set([from, BigInt(steps), to])) {
          const line = new Exact(String(height + slope * place)).div(String(curve.unit));
          const value = new Exact(String(place)).times(lever === "cap" ? 1 : "0.000001").toString();
          expect(
            line
              .minus(at(base, lever, value))
              .abs()
              .toNumber(),
          ).toBeLessThanOrEqual(MOST_PIECES * rows.length);
        }
      }),
      { numRuns: 100 },
    );
  });
  /** Half a fen for each of up to three pieces of a row. */
  const MOST_PIECES = 1.5;

  const one = (lever: BreakEvenLever): string => (lever === "cap" ? "1" : "0.000001");
  const below = (lever: BreakEvenLever, value: string): string => new Exact(value).minus(one(lever)).toString();

  test.each<BreakEvenLever>(["cap", "rate"])("%s: total(answer) ≤ T < total(answer + step)", (lever) => {
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1.1, noNaN: true }), (rows, part) => {
        const base = baseOf(rows);
        fc.pre(
          hasLever(
            base.blocks.map(({ plan }) => plan),
            lever,
          ),
        );
        // Where no row can be computed there is nothing to break even: the runner refuses.
        const [before] = [...runScenarios(base, [])];
        if (before!.refusal) return expect(() => breakEven(base, lever, 0)).toThrow(before!.refusal.zh);
        const most = at(base, lever, lever === "cap" ? "999999999999999" : "1");
        const wanted = Math.round(most * part);
        const answer = breakEven(base, lever, wanted);
        if (answer.kind === "above") {
          expect(wanted).toBeGreaterThan(most);
          expect(answer.most.total).toBe(most);
          expect(at(base, lever, answer.most.value)).toBe(most);
          if (answer.most.value !== "0") expect(at(base, lever, below(lever, answer.most.value))).not.toBe(most);
          return;
        }
        if (answer.kind === "below") {
          expect(answer.least).toEqual({ value: "0", total: at(base, lever, "0") });
          expect(answer.least.total).toBeGreaterThan(wanted);
          return;
        }
        expect(answer.answer.total).toBeLessThanOrEqual(wanted);
        expect(at(base, lever, answer.answer.value)).toBe(answer.answer.total);
        expect(at(base, lever, answer.from)).toBe(answer.answer.total);
        // Not always less: the rounding of rows that share a limit can take a fen off as the lever rises.
        if (answer.from !== "0") expect(at(base, lever, below(lever, answer.from))).not.toBe(answer.answer.total);
        if (!answer.next) return expect(answer.answer.total).toBe(most);
        expect(answer.next.value).toBe(new Exact(answer.answer.value).plus(one(lever)).toString());
        expect(answer.next.total).toBeGreaterThan(wanted);
        expect(at(base, lever, answer.next.value)).toBe(answer.next.total);
      }),
      { numRuns: 100 },
    );
  });

  test("and among small amounts the same as trying every cap", () => {
    const small = fc.array(
      fc.record({
        fen: fc.integer({ min: 0, max: 30 }),
        firm: fc.constantFrom(undefined, "甲"),
        used: fc.integer({ min: 0, max: 6 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(small, fc.nat(60), (rows, wanted) => {
        const base = baseOf(
          rows.map(({ fen, firm, used }) => ({
            id: "zj-15-suanli",
            row: { amount: fen, domestic: true, prior_paid: used },
            firm,
          })),
        );
        const totals = run(
          base,
          Array.from({ length: 70 }, (_, cap) => ({ name: "", cap })),
        ).map(({ total }) => total);
        const answer = breakEven(base, "cap", wanted);
        if (wanted >= totals.at(-1)!) {
          expect(answer.kind).toBe(wanted > totals.at(-1)! ? "above" : "found");
          return;
        }
        const fitting = totals.flatMap((total, cap) => (total <= wanted ? [cap] : []));
        expect(found(answer).answer.value).toBe(String(fitting.at(-1)));
        expect(found(answer).from).toBe(String(totals.indexOf(totals[fitting.at(-1)!]!)));
      }),
      { numRuns: 40 },
    );
  });

  const found = (answer: BreakEven): Extract<BreakEven, { kind: "found" }> => {
    if (answer.kind !== "found") throw new Error(answer.kind);
    return answer;
  };
});
