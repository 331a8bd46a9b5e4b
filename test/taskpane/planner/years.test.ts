/** @jest-environment node */
/** Several years of a pool, from the fields of the form to the sentence. */
import { needOf, quantile, runsOut } from "../../../src/rules";
import { texts, type Translate } from "../../../src/taskpane/texts";
import type { Claims } from "../../../src/taskpane/planner/claims";
import type { Form } from "../../../src/taskpane/planner/form";
import { planningOf } from "../../../src/taskpane/planner/planning";
import { poolIn } from "../../../src/taskpane/planner/pool";
import { rowsAhead, severalYears, yearsPlanOf, type YearsAnswer } from "../../../src/taskpane/planner/years";
import { yearsSections } from "../../../src/taskpane/planner/years-sections";
import { beyond } from "../../../src/rules/pool/flows";
import { finished } from "./finished";

const t: Translate = (key, values = {}) => texts.t(key, values);
const WAN = 1_000_000;

function claims(probability: number, amounts = [300, 500, 200, 400].map((wan) => wan * WAN)): Claims {
  return {
    names: amounts.map(String),
    amounts,
    probabilities: amounts.map(() => probability),
    spreads: amounts.map(() => 0),
    dated: amounts.map((amount, claim) => ({ date: `2026-0${claim + 3}-29`, amount, claim })),
    ranks: undefined,
    subPools: undefined,
    byFirm: false,
    rows: amounts.length,
    columns: {},
    header: undefined,
    certainBlanks: 0,
    chanceWords: [],
    asCells: true,
    endsInTotal: false,
  };
}

function planned(form: Form, of = claims(1)) {
  const planning = planningOf(poolIn(form, undefined, { year: 2026 }), form, of)!;
  const { value: plan, refusal } = yearsPlanOf(form);
  if (!plan) throw new Error(refusal!.zh);
  const answer = finished(severalYears({ figures: planning.all.figures, cap: planning.cases[0]!.cap, plan }))!;
  return { answer, sections: yearsSections(planning, plan, answer, "不设上限", { t, language: "zh" }) };
}

const lists = ({ years }: YearsAnswer, name: "expected" | "unpaid" | "left" | "opening" | "pool"): number[] =>
  years.map((year) => year[name] / WAN);

test("paid in March of the next year, 50 % / 30 % / 20 %, a tenth more each year: a plain account where every claim comes", () => {
  const form: Form = {
    amount: "1000万元",
    delay: "next",
    "paid-month": "3",
    parts: "50/30/20",
    ahead: "2",
    "yearly-growth": "10%",
  };
  const { answer, sections } = planned(form);
  // 1400 of 2026, 1540 of 2027, 1694 of 2028.
  expect(lists(answer, "expected")).toEqual([700, 1190, 1589, 816.2, 338.8]);
  expect(lists(answer, "unpaid")).toEqual([0, 190, 589, 0, 0]);
  expect(lists(answer, "left")).toEqual([300, 0, 0, 183.8, 661.2]);
  expect(answer.years.map(({ year, usedUp }) => [year, usedUp])).toEqual([
    [2027, 0],
    [2028, 1],
    [2029, 1],
    [2030, 0],
    [2031, 0],
  ]);
  expect(answer.months.map(({ month }) => month)).toEqual([2027, 2028, 2029, 2030, 2031].map((year) => `${year}-03`));
  expect(sections[0]!.verdict).toBe(
    "按每笔申请都来计，须兑付2027年700万元、2028年1,190万元、2029年1,589万元、2030年816.2万元、2031年338.8万元。最紧的是2028年（1,000万元），必然不够付。合计少付779万元，未用完作废的合计1,145万元。",
  );
});

test("what is left is carried over, and a year may have a pool of its own", () => {
  const form: Form = { amount: "1500万元", ahead: "2", "year-carry": "carry", "year-pools": '{"2028":"1300万元"}' };
  const { answer } = planned(form);
  expect(lists(answer, "pool")).toEqual([1500, 1500, 1300]);
  expect(lists(answer, "opening")).toEqual([0, 100, 200]);
  expect(lists(answer, "left")).toEqual([100, 200, 100]);
  expect(lists(answer, "unpaid")).toEqual([0, 0, 0]);
});

test("with probabilities: each year's need and chance are those of the distribution, to the fen", () => {
  const form: Form = { amount: "700万元", ahead: "1", unused: "10%" };
  const { answer } = planned(form, claims(0.5));
  const need = needOf(claims(0.5).amounts.map((amount) => ({ amount, probability: 0.45 })));
  for (const year of answer.years) {
    expect(year).toMatchObject({ p50: quantile(need, 0.5), p90: quantile(need, 0.9) });
    expect(year.expected).toBeCloseTo(need.mean, 3);
    expect(year.usedUp).toBe(runsOut(need, 700 * WAN));
    expect(year.unpaid).toBe(beyond(need, 700 * WAN).fen);
    expect(year.left).toBeCloseTo(700 * WAN - year.expected + year.unpaid, 3);
  }
  const once = runsOut(need, 700 * WAN);
  expect(Math.abs(answer.any - (1 - (1 - once) ** 2))).toBeLessThan(answer.error + 0.001);
  expect(answer.months).toHaveLength(8);
  expect(answer.months[0]).toMatchObject({ month: "2026-03", expected: 135 * WAN, p50: 0, p90: 300 * WAN });
});

test.each(["carry", "lapse"])(
  "no year pays more than there is, and what is paid, unpaid and left adds up (%s)",
  (carry) => {
    const amounts = Array.from({ length: 30 }, (_, k) => (50 + 37 * (k % 11)) * WAN);
    const dated = amounts.map((amount, claim) => ({ date: `2026-0${1 + (claim % 9)}-15`, amount, claim }));
    const form: Form = { amount: "2400万元", parts: "50/30/20", ahead: "3", "year-carry": carry };
    const { answer } = planned(form, { ...claims(0.8, amounts), dated });
    expect(answer.years.some(({ usedUp }) => usedUp > 0.9 && usedUp < 1)).toBe(true);
    for (const { opening, pool, expected, unpaid, left } of answer.years) {
      const paid = expected - unpaid;
      expect(unpaid).toBeGreaterThanOrEqual(0);
      expect(paid).toBeLessThanOrEqual(opening + pool);
      expect(opening + pool - paid).toBeCloseTo(left, 3);
    }
  },
);

test("good and bad times are the same in all years: then years run out together more often", () => {
  const states = JSON.stringify({
    "": [
      ["50%", "1.6", ""],
      ["50%", "0.4", ""],
    ],
  });
  const form: Form = { amount: "700万元", ahead: "2" };
  const apart = planned(form, claims(0.5)).answer;
  const together = planned({ ...form, factors: states }, claims(0.5)).answer;
  expect(together.years[0]!.expected).toBeCloseTo(apart.years[0]!.expected, 3);
  const [a, b] = [apart, together].map(({ any, years }) => any / years[0]!.usedUp);
  expect(b).toBeLessThan(a!);
});

test("29 February comes again on the 28th, in the years behind it", () => {
  const plan = yearsPlanOf({ ahead: "1" }).value!;
  expect(rowsAhead([{ date: "2028-02-29", amount: 100, claim: 0 }], plan).map(({ date }) => date)).toEqual([
    "2028-02-29",
    "2029-02-28",
  ]);
});

test("only the last year comes again where the claims lie in several", () => {
  const rows = ["2026-05-01", "2027-05-01"].map((date, claim) => ({ date, amount: 100, claim }));
  const plan = yearsPlanOf({ ahead: "1", "yearly-growth": "-10%" }).value!;
  expect(rowsAhead(rows, plan).slice(2)).toEqual([{ date: "2028-05-01", amount: 90, claim: 1 }]);
});

test.each<[Form, string]>([
  [{ parts: "50/30" }, "合计 100"],
  [{ parts: "一半" }, "合计 100"],
  [{ unused: "10" }, "应写成百分数"],
  [{ "yearly-growth": "很多" }, "每年增长"],
  [{ "yearly-growth": "-100%" }, "应在 -100% 与 1000% 之间"],
  [{ delay: "next", "paid-month": "13" }, "应为 1 到 12"],
])("a field that cannot be read is refused in words: %j", (form, words) => {
  const { value, refusal } = yearsPlanOf(form);
  expect(value).toBeUndefined();
  expect(refusal!.zh).toContain(words);
});

test("the month counts only where payment is in the next year, and a blank one is March", () => {
  const terms = (form: Form) => yearsPlanOf(form).value?.terms.delay;
  expect(terms({ delay: "next", "paid-month": "" })).toEqual({ years: 1, month: 3 });
  expect(terms({ delay: "next", "paid-month": "１２" })).toEqual({ years: 1, month: 12 });
  expect(terms({ delay: "6", "paid-month": "13" })).toEqual({ months: 6 });
});

test("carried over under an uncertain growth: refused, with the way that works", () => {
  const form: Form = { amount: "700万元", ahead: "1", "year-carry": "carry", "growth-within": "20%" };
  expect(() => planned(form, claims(0.5))).toThrow("整体增长的上下浮动请改填");
});
