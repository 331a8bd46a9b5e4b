/** Claims that may not come: each calculation against the list of all years that are possible, each with its probability. */
import { deserialize, serialize } from "node:v8";
import { share } from "../../../src/rules";
import {
  begin,
  Packer,
  Unpacker,
  type AnswerTo,
  type Kind,
  type Question,
} from "../../../src/taskpane/planner/calculations";
import type { PoolFigures } from "../../../src/taskpane/planner/planning";
import { finished } from "./finished";

const AMOUNTS = [100_00, 250_00, 400_00, 700_00, 900_00, 1_200_00];
const CHANCES = [0.9, 0.5, 0.8, 0.3, 0.6, 0.7];
const DATES = ["2026-01-10", "2026-02-03", "2026-02-20", "2026-03-01", "2026-05-05", "2026-05-05"];
const POOL = 1_800_00;
const CAP = 1_000_00;

const figures: PoolFigures = {
  claims: {
    amounts: AMOUNTS,
    probabilities: CHANCES,
    spreads: AMOUNTS.map(() => 0),
    dated: AMOUNTS.map((amount, claim) => ({ amount, claim, date: DATES[claim]! })),
    ranks: undefined,
  },
  amount: POOL,
  cases: [{ id: "present", cap: CAP }],
  knownUpTo: undefined,
  factors: [],
  growth: undefined,
};

const answer = <K extends Kind>(kind: K, question: Question<K>): AnswerTo<K> => finished(begin({ kind, question }));

/** The 64 years that are possible: who comes, and how likely that is. */
const YEARS = Array.from({ length: 2 ** AMOUNTS.length }, (_, year) => ({
  asked: AMOUNTS.map((amount, k) => ((year >> k) & 1 ? amount : 0)),
  chance: CHANCES.reduce((all, chance, k) => all * ((year >> k) & 1 ? chance : 1 - chance), 1),
}));
const expected = (of: (asked: readonly number[]) => number): number =>
  YEARS.reduce((sum, { asked, chance }) => sum + chance * of(asked), 0);
const capped = (asked: readonly number[]): number[] => asked.map((amount) => Math.min(amount, CAP));
const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

test("use: what is claimed, approved and paid on average is exact", () => {
  const [use] = answer("use", { figures, uncertain: true });
  if (!use || !("years" in use)) throw new Error("no averages");
  expect(use.claimed).toBeCloseTo(expected(total), 4);
  expect(use.approved).toBeCloseTo(
    expected((asked) => total(capped(asked))),
    4,
  );
  const paid = expected((asked) => Math.min(POOL, total(capped(asked))));
  expect(use).toMatchObject({ isPaidDrawn: false, paid: expect.closeTo(paid, 4) as number });
  expect(use.paidError).toBeLessThan(1);
  expect(use.left + use.paid).toBeCloseTo(POOL, 6);
});

test("use: under an uncertain growth what is paid is drawn, within its error", () => {
  const grown = { ...figures, growth: { median: 1, spread: 1e-9 } };
  const [use] = answer("use", { figures: grown, uncertain: true });
  if (!use || !("years" in use)) throw new Error("no averages");
  const paid = expected((asked) => Math.min(POOL, total(capped(asked))));
  expect(use.isPaidDrawn).toBe(true);
  expect(use.paidError).toBeGreaterThan(0);
  expect(Math.abs(use.paid - paid)).toBeLessThan(4 * use.paidError);
});

test("sharing: the part that each group of sizes is paid, and its error", () => {
  const { classes, shares, years } = answer("shares", {
    figures,
    uncertain: true,
    cap: CAP,
    order: "cap_then_share",
    winners: undefined,
  });
  expect(years).toBe(4000);
  for (const { method, parts } of shares) {
    // Claims come in the order of their days, which is that of the rows here.
    const awards = (asked: readonly number[]) => share(asked, POOL, { method, cap: CAP });
    classes.forEach(({ members }, k) => {
      const of = (list: readonly number[]): number => members.reduce((sum, place) => sum + list[place]!, 0);
      const part = expected((asked) => of(awards(asked))) / expected((asked) => of(capped(asked)));
      expect(Math.abs(parts[k]!.paid - part)).toBeLessThan(Math.max(4 * parts[k]!.error, 1e-9));
    });
  }
});

/** Of a pool that is there once: what is left and whether it was short by the end of a month. */
const MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];
const claimedBy = (month: string) => (asked: readonly number[]) =>
  total(capped(asked).filter((_, k) => DATES[k]!.slice(0, 7) <= month));

test("time: the chance of being used up by the end of each month, exactly; in the last one it is the risk", () => {
  const timed = answer("time", { figures, uncertain: true, cap: CAP, carry: "once" })!;
  if ("use" in timed) throw new Error("no averages");
  expect(timed.years).toBeUndefined();
  expect(timed.months.map(({ month }) => month)).toEqual(MONTHS);
  let sofar = 0;
  for (const { month, dry, closing, claimed, paid, cumulative } of timed.months) {
    const before = claimedBy(month);
    expect(dry).toBeCloseTo(
      expected((asked) => Number(before(asked) > POOL)),
      9,
    );
    expect((sofar += claimed)).toBeCloseTo(expected(before), 4);
    const gone = expected((asked) => Math.min(POOL, before(asked)));
    expect(closing).toBeCloseTo(POOL - gone, 4);
    expect(cumulative.mean).toBeCloseTo(gone, 4);
    expect(paid).toBeGreaterThanOrEqual(0);
    const within = (fen: number) => expected((asked) => Number(Math.min(POOL, before(asked)) <= fen));
    for (const [fen, level] of [
      [cumulative.p10, 0.1],
      [cumulative.p90, 0.9],
    ] as const) {
      expect(within(fen)).toBeGreaterThanOrEqual(level - 1e-9);
      expect(within(fen - 1)).toBeLessThan(level);
    }
  }
  expect(timed.months.at(-1)!.dry).toBe(answer("risk", { figures, risk: 0.1 }).cases[0]!.runsOut);
});

test("time: under an uncertain growth the years are drawn", () => {
  const grown = { ...figures, growth: { median: 1, spread: 1e-9 } };
  const timed = answer("time", { figures: grown, uncertain: true, cap: CAP, carry: "once" })!;
  if ("use" in timed || timed.years === undefined) throw new Error("no drawn years");
  expect(timed.months.map(({ month }) => month)).toEqual(MONTHS);
  for (const { month, dry, closing } of timed.months) {
    const before = claimedBy(month);
    const chance = expected((asked) => Number(before(asked) > POOL));
    expect(Math.abs(dry - chance)).toBeLessThan(4 * Math.sqrt(0.25 / timed.years));
    expect(closing / expected((asked) => POOL - Math.min(POOL, before(asked)))).toBeCloseTo(1, 1);
  }
});

test("time: a firm that claims twice is one claim: it comes with both rows, up to its cap", () => {
  const twice = [
    { date: "2026-01-10", amount: 700_00, claim: 0 },
    { date: "2026-03-10", amount: 500_00, claim: 0 },
  ];
  const claims = { amounts: [1_200_00], probabilities: [0.5], spreads: [0], dated: twice, ranks: undefined };
  const of = (amount: number) => {
    const timed = answer("time", {
      figures: { ...figures, claims, amount },
      uncertain: true,
      cap: CAP,
      carry: "once",
    })!;
    return "use" in timed ? [] : timed.months.map(({ claimed, paid, dry }) => [claimed, paid, dry]);
  };
  expect(of(1_000_00)).toEqual([
    [350_00, 350_00, 0],
    [0, 0, 0],
    [150_00, 150_00, 0],
  ]);
  expect(of(999_99)[2]).toEqual([150_00, expect.closeTo(149_99.5, 6), 0.5]);
});

test("time: a need of exactly the pool does not use it up, as under risk", () => {
  const dry = (amount: number): number[] => {
    const dated = [{ date: "2026-03-01", amount: 10_00, claim: 0 }];
    const claims = { amounts: [10_00], probabilities: [0.5], spreads: [0], dated, ranks: undefined };
    const timed = answer("time", {
      figures: { ...figures, claims, amount },
      uncertain: true,
      cap: undefined,
      carry: "once",
    });
    return timed && "months" in timed ? timed.months.map((month) => month.dry) : [];
  };
  expect(dry(10_00)).toEqual([0]);
  expect(dry(9_99)).toEqual([0.5]);
});

test("time: money that comes anew each year is lost or kept on the first of January", () => {
  const dated = [
    { date: "2026-12-31", amount: 10_00, claim: 0 },
    { date: "2027-01-01", amount: 95_00, claim: 1 },
  ];
  const two = (carry: "lapse" | "carry") =>
    answer("time", {
      figures: {
        ...figures,
        claims: { amounts: [10_00, 95_00], probabilities: [1, 1], spreads: [0, 0], dated, ranks: undefined },
        amount: 90_00,
        growth: { median: 1, spread: 0 },
      },
      uncertain: true,
      cap: undefined,
      carry,
    });
  const closing = (carry: "lapse" | "carry") => {
    const timed = two(carry);
    return timed && "months" in timed ? timed.months.map((month) => [month.closing, month.dry]) : [];
  };
  expect(closing("lapse")).toEqual([
    [80_00, 0],
    [0, 1],
  ]);
  expect(closing("carry")).toEqual([
    [80_00, 0],
    [75_00, 0],
  ]);
});

test("where every claim comes for sure, the averages are the figures without probabilities", () => {
  const sure = { ...figures, claims: { ...figures.claims, probabilities: AMOUNTS.map(() => 1) } };
  const [drawn] = answer("use", { figures: sure, uncertain: true });
  const [plain] = answer("use", { figures: sure, uncertain: false });
  expect(drawn).toMatchObject({ ...plain, topFive: expect.closeTo(plain!.topFive, 9) as number, paidError: 0 });
  const shared = (uncertain: boolean) =>
    answer("shares", { figures: sure, uncertain, cap: CAP, order: "cap_then_share", winners: undefined }).shares;
  expect(shared(true).map(({ awards }) => awards)).toEqual(shared(false).map(({ awards }) => awards));
});

test("the same question has the same answer", () => {
  const twice = [0, 1].map(() => answer("use", { figures, uncertain: true }));
  expect(twice[0]).toEqual(twice[1]);
});

/** As postMessage() copies it. */
const sent = <T>(message: T): T => deserialize(serialize(message)) as T;

test("claims go to a worker once; a later question names them", () => {
  const [packer, unpacker] = [new Packer(), new Unpacker()];
  const first = { kind: "use" as const, question: { figures, uncertain: true } };
  const other = { kind: "use" as const, question: { figures: { ...figures, amount: 1 }, uncertain: false } };
  const [one, two] = [packer.pack(first), packer.pack(other)];
  expect(one.claims).toHaveLength(1);
  expect(two.claims).toEqual([]);
  expect(JSON.stringify(two)).not.toContain(String(AMOUNTS[5]));
  expect(unpacker.unpack(sent(one))).toEqual(first);
  expect(unpacker.unpack(sent(two))).toEqual(other);
});

describe("what is paid does not depend on the luck of the draw", () => {
  const useOf = (amount: number) => answer("use", { figures: { ...figures, amount }, uncertain: true })[0]!;

  test("a pool that always suffices pays what is approved, to the last figure", () => {
    expect(useOf(total(AMOUNTS))).toMatchObject({ paidError: 0, haircut: 0 });
    expect(useOf(total(AMOUNTS)).paid).toBe(useOf(total(AMOUNTS)).approved);
  });

  test("a pool that hardly ever suffices pays no more than it has, and all of it", () => {
    const { paid, left } = useOf(1);
    expect(paid).toBeLessThanOrEqual(1);
    expect(paid).toBeCloseTo(1, 1);
    expect(left).toBeGreaterThanOrEqual(0);
  });
});
