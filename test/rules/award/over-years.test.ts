/** Random tables over five years against a ledger kept by hand: row by row, in columns, and through the function. */
import fc from "fast-check";
import { awards, columnsAwards, entryOf, planOf, type PlannedRow, type Row } from "../../../src/rules";
import { functions, isErrorCell } from "../../functions/called";
import { blocksOf } from "../../tools/blocks";
import { byHand, difference, once, percent, percentDown, upTo, type Claimed, type Clause } from "./by-hand";

const WAN = 1_000_000;
const BINJIANG = [2025, 2028] as const;
const HANGZHOU = [2025, 2027] as const;
const ZHEJIANG = [2025, 2027] as const;

interface Tested extends Clause {
  /** The cells of a claim by input, money in fen; and readings. */
  readonly row: (of: number) => Row;
  readonly readings?: Readonly<Record<string, string>>;
  /** The input for what was granted before the table. */
  readonly before?: string;
  readonly of: fc.Arbitrary<number>;
}

const money = (mostWan: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: mostWan * WAN });
/** Awards by grade. */
const GRADES = [
  { level: "international", role: "lead", pays: 100 },
  { level: "international", role: "participate", pays: 50 },
  { level: "national", rank: 3, pays: 20 },
  { level: "national", rank: 4 },
  { level: "industry", rank: 2, pays: 10 },
  { level: "industry", rank: 3 },
  { level: "group" },
] as const satisfies readonly (Row & { pays?: number })[];

/** Claims that say the award was had before, and others of up to an amount. */
const HAD = -1;
const hadOr = (of: fc.Arbitrary<number>, row: Tested["row"], cap: number) => ({
  of: fc.oneof({ weight: 6, arbitrary: of }, fc.constant(HAD)),
  row: (amount: number): Row => (amount === HAD ? { ...row(cap), already_awarded: true } : row(amount)),
  alone: ({ of: amount }: Claimed) => (amount === HAD ? undefined : Math.min(amount, cap)),
  had: ({ of: amount }: Claimed) => amount === HAD,
});

const gradeWan = (grade: number): number | undefined => (GRADES[grade] as { pays?: number }).pays;

const matching = (id: string, window: Clause["window"]): Tested[] =>
  (
    [
      ["firm_policy", "firm", "term"],
      ["firm_year", "firm", "year"],
      ["task", "object", "term"],
    ] as const
  ).map(([cap_period, scope, each]) => ({
    id,
    words: `25 % of what arrives, 500万 (${cap_period}); instalments of one task add up`,
    window,
    scope,
    each,
    readings: { cap_period },
    before: "prior_paid",
    of: money(3000),
    row: (upper_received) => ({ upper_received }),
    alone: ({ of }) => percent(of, 25),
    granted: upTo(500 * WAN),
  }));

const promoted = (id: string, words: string, capWan: number, scope: Clause["scope"]): Tested => ({
  id,
  words: `${words} at most ${capWan}万; a later, higher grade pays the difference`,
  window: BINJIANG,
  scope,
  each: "term",
  before: "already_paid",
  of: money(capWan * 1.5),
  row: (approved) => ({ approved }),
  alone: ({ of }) => Math.min(of, capWan * WAN),
  granted: difference,
});

const CLAUSES: readonly Tested[] = [
  {
    id: "zj-15-suanli",
    words: "30 % of the contract, 800万 for one firm each year",
    window: ZHEJIANG,
    scope: "firm",
    each: "year",
    before: "prior_paid",
    of: money(5000),
    row: (amount) => ({ amount, domestic: true }),
    alone: ({ of }) => percent(of, 30),
    granted: upTo(800 * WAN),
    highestOnly: true,
  },
  {
    id: "bj-6-suanli",
    words: "60 % cut to the fen, 2,000万 for one firm and year: what is cut stays for its other rows (reading)",
    window: BINJIANG,
    scope: "firm",
    each: "year",
    readings: { rounding: "down" },
    before: "prior_paid",
    of: fc.oneof(fc.integer({ min: 1, max: 9 }), money(5000)),
    row: (amount) => ({ amount, domestic: true }),
    alone: ({ of }) => percentDown(of, 60),
    granted: upTo(2000 * WAN),
    highestOnly: true,
  },
  {
    id: "hz-10-base-build",
    words: "20 % of the year's investment, 2,000万 for one base over three years",
    window: HANGZHOU,
    scope: "object",
    each: "term",
    before: "cum_paid",
    of: money(10_000),
    row: (fai_prev) => ({ fai_prev }),
    alone: ({ of }) => percent(of, 20),
    granted: upTo(2000 * WAN),
    highestOnly: true,
  },
  {
    id: "hz-5-scene",
    words: "30 % of the investment, 500万 for one project",
    window: HANGZHOU,
    scope: "object",
    each: "term",
    before: "prior_paid",
    of: money(2500),
    row: (investment) => ({ investment }),
    alone: ({ of }) => percent(of, 30),
    granted: upTo(500 * WAN),
    highestOnly: true,
  },
  {
    id: "hz-3-base-model",
    words: "the cost of training, 5,000万 for one model",
    window: HANGZHOU,
    scope: "object",
    each: "term",
    before: "prior_paid",
    of: money(8000),
    row: (training_cost) => ({ training_cost, filed: true, intl_leading: true, rate: 0.5 }),
    alone: ({ of }) => percent(of, 50),
    granted: upTo(5000 * WAN),
    highestOnly: true,
  },
  {
    id: "bj-4-platform",
    words: "30 % of the year's input, 5,000万 for one platform",
    window: BINJIANG,
    scope: "object",
    each: "term",
    of: money(30_000),
    row: (input_this_year) => ({ input_this_year }),
    alone: ({ of }) => percent(of, 30),
    granted: upTo(5000 * WAN),
    highestOnly: true,
  },
  {
    id: "hz-3-filing",
    words: "the cost, at most 50万, once for one firm",
    window: HANGZHOU,
    scope: "firm",
    each: "term",
    ...hadOr(money(80), (eval_cost) => ({ eval_cost, filed: true }), 50 * WAN),
    granted: once,
  },
  {
    id: "hz-3-filing",
    words: "the cost, at most 50万, once for one model (reading)",
    window: HANGZHOU,
    scope: "object",
    each: "term",
    readings: { once_per: "model" },
    ...hadOr(money(80), (eval_cost) => ({ eval_cost, filed: true }), 50 * WAN),
    granted: once,
  },
  {
    id: "bj-2-opensource",
    words: "at most 500万, once",
    window: BINJIANG,
    scope: "firm",
    each: "term",
    ...hadOr(money(700), (approved) => ({ approved }), 500 * WAN),
    granted: once,
  },
  {
    ...promoted("bj-2-opensource", "once, topped up (reading):", 500, "firm"),
    readings: { upgrade: "difference" },
  },
  {
    id: "bj-5-cnas",
    words: "10万 for the first accreditation",
    window: BINJIANG,
    scope: "firm",
    each: "term",
    of: fc.constantFrom(0, 1),
    row: (first) => ({ first_time: first === 1 }),
    alone: ({ of }) => (of === 1 ? 10 * WAN : undefined),
    had: ({ of }) => of !== 1,
    granted: once,
  },
  {
    id: "bj-5-standards",
    words: "by level and rank; a higher level of the same standard pays the difference",
    window: BINJIANG,
    scope: "object",
    each: "term",
    before: "already_paid",
    of: fc.nat(GRADES.length - 1),
    row: (grade) => {
      const row: Row = Object.fromEntries(Object.entries(GRADES[grade]!).filter(([name]) => name !== "pays"));
      return row;
    },
    alone: ({ of }) => gradeWan(of) && gradeWan(of)! * WAN,
    granted: difference,
  },
  {
    id: "zj-17-standards",
    words: "最高100万、50万、10万／项: one standard no more than its highest level; rows without a name count several",
    window: ZHEJIANG,
    scope: "object",
    unnamed: "apart",
    each: "term",
    before: "already_paid",
    of: fc.constantFrom(0, 10, 50, 100, 200),
    row: (wan) => ({
      n_international: Math.floor(wan / 100),
      n_national: wan === 50 ? 1 : 0,
      n_local: wan === 10 ? 1 : 0,
      n_other: 1,
    }),
    alone: ({ of }) => (of === 0 ? undefined : of * WAN),
    granted: difference,
    highestOnly: true,
  },
  promoted("bj-10-listed", "one project", 500, "object"),
  promoted("bj-11-benchmark-firm", "one firm", 50, "firm"),
  promoted("bj-12-provider", "one firm", 30, "firm"),
  promoted("bj-13-product", "one product", 20, "object"),
  ...matching("hz-2-match", HANGZHOU),
  ...matching("bj-3-match", BINJIANG),
];

/** How people write the same name, and the same year. */
const FIRMS: Readonly<Record<string, readonly string[]>> = {
  甲: ["甲科技（杭州）有限公司", "甲科技(杭州)有限公司", " 甲科技（杭州） 有限公司\u200b"],
  乙: ["ABC公司", "ＡＢＣ公司", "abc公司"],
};
const OBJECTS: Readonly<Record<string, readonly string[]>> = { 一: ["HT-001", "HT－001"], 二: ["HT-002", "ht‐002 "] };
const YEARS = [
  (year: number) => year,
  (year: number) => `${year}年度`,
  (year: number) => `${year}-06-30 00:00:00`,
  (year: number) => `${year}年6月20日`,
  (year: number) => Number(`${year}0615`),
  (year: number) => Math.round(Date.UTC(year, 5, 15) / 86_400_000) + 25_569,
];
const MID_JUNE = { 2028: 2028 } as Readonly<Record<number, number>>;

const claim = ({ of, before, window }: Tested, names: { firm: boolean; object: boolean }): fc.Arbitrary<Claimed> =>
  fc.record({
    year: fc.integer({ min: window[0] - 1, max: window[0] + 3 }),
    firm: names.firm ? fc.constantFrom("甲", "乙") : fc.constant(undefined),
    object: names.object ? fc.constantFrom(undefined, "一", "二") : fc.constant(undefined),
    of,
    before: before
      ? fc.option(fc.integer({ min: 0, max: 600 * WAN }), { nil: undefined, freq: 4 })
      : fc.constant(undefined),
  });

/** Where one object is claimed twice in a year the clause of the rows decides, and not which firm they name. */
const table = (clause: Tested): fc.Arbitrary<Claimed[]> =>
  fc
    .record({ firm: fc.boolean(), object: fc.boolean() })
    .chain((names) => fc.array(claim(clause, names), { minLength: 1, maxLength: 12 }));

const rowOf = ({ row, before }: Tested, one: Claimed): Row => ({
  ...row(one.of),
  ...(before && one.before !== undefined && { [before]: one.before }),
});

/** The same table as cells: yuan, names and years as people spell them. */
function cellsOf(clause: Tested, claims: readonly Claimed[]): { headers: string[]; values: unknown[][] } {
  const { inputs } = planOf(entryOf(clause.id), { year: 2026 });
  const rows = claims.map((one) => rowOf(clause, one));
  const names = [...new Set(rows.flatMap(Object.keys))];
  const pick = <T>(list: readonly T[], i: number): T => list[i % list.length]!;
  const readings = Object.entries(clause.readings ?? {});
  return {
    headers: ["年度", "企业", "项目", ...names, ...readings.map(([name]) => name)],
    values: claims.map(({ year, firm, object }, i) => [
      pick(YEARS, year in MID_JUNE ? i % 2 : i)(year),
      firm ? pick(FIRMS[firm]!, i) : "",
      object ? pick(OBJECTS[object]!, i + year) : "",
      ...names.map((name) => {
        const value = rows[i]![name];
        return inputs[name]!.kind === "money" && typeof value === "number" ? value / 100 : (value ?? "");
      }),
      ...readings.map(([, option]) => option),
    ]),
  };
}

describe.each(CLAUSES)("$id: $words", (clause) => {
  const { id, readings = {} } = clause;
  test("for any table: row by row, in columns, and through BUTIE", () => {
    fc.assert(
      fc.property(table(clause), (claims) => {
        const expected = byHand(clause, claims);
        const planned = claims.map((one): PlannedRow => ({
          plan: planOf(entryOf(id), { year: one.year }, { readings }),
          row: rowOf(clause, one),
          firm: one.firm,
          object: one.object,
        }));
        const paid = awards(planned);
        expect(paid.map(({ outcome, fen }) => (outcome.kind === "not-in-force" ? undefined : fen))).toEqual(expected);
        expect([...columnsAwards(blocksOf(planned), planned.length).fen]).toEqual(expected.map((fen) => fen ?? 0));
        const { headers, values } = cellsOf(clause, claims);
        const cells = functions
          .butie([[id]], [headers], values, [[2026]])
          .map(([cell]) => (isErrorCell(cell) ? cell.code : Math.round((cell as number) * 100)));
        expect(cells).toEqual(expected.map((fen) => fen ?? "#N/A"));
      }),
      { numRuns: 120 },
    );
  });
});
