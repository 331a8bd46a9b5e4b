/** @jest-environment node */
/** What is said of several years, of claims that move together, and of the split of money over pools. */
import { aimVerdict, anyVerdict, togetherVerdict, yearsVerdict } from "../../../src/writers/verdict";

const YI = 1e10;
const WAN = 1e6;
const ZH = { language: "zh", given: ["chances"] } as const;
const EN = { language: "en", given: ["chances"] } as const;

const year = (of: number, usedUp: number, more: object = {}) => ({
  year: of,
  pool: YI,
  expected: 8000 * WAN,
  p90: 1.1 * YI,
  unpaid: 100 * WAN,
  left: 2100 * WAN,
  usedUp,
  ...more,
});

test("several years: what is due, the tightest year and what it lacks, what stays unpaid, what lapses", () => {
  const years = [year(2027, 0.02, { p90: 0.9 * YI }), year(2028, 0.2)];
  expect(yearsVerdict(ZH, years, 0.21, false)).toBe(
    "按所填概率，平均须兑付2027年8,000万元、2028年8,000万元。最紧的是2028年（1亿元），用尽的可能为20%，十年中约2年，要有九成把握还差1,000万元；2年中至少一年用尽的可能为21%。合计预期少付200万元，未用完作废的合计预期4,200万元。",
  );
  expect(yearsVerdict(EN, years, 0.21, false)).toBe(
    "With the probabilities given, on average the payments are 80 million yuan in 2027, 80 million yuan in 2028. The tightest year is 2028 (100 million yuan): it runs out with 20%, 10 million yuan short of what suffices in nine cases of ten; in one of the 2 years or more with 21%. In all 2 million yuan expected stays unpaid, 42 million yuan expected lapses in all.",
  );
});

test("where money is carried over only what the last year leaves is left", () => {
  const words = yearsVerdict({ ...ZH, given: [] }, [year(2026, 0), year(2027, 0, { left: 5 * WAN })], 0, true);
  expect(words).toBe(
    "按每笔申请都来计，须兑付2026年8,000万元、2027年8,000万元；各年资金池都够付，到2027年底结余5万元。",
  );
});

test("a year that is certain to run out is not said to be likely to", () => {
  expect(yearsVerdict({ ...ZH, given: [] }, [year(2026, 1)], 1, false)).toBe(
    "按每笔申请都来计，须兑付2026年8,000万元。最紧的是2026年（1亿元），必然不够付。合计少付100万元，未用完作废的合计2,100万元。",
  );
});

test("claims that move together: how much safer they would look apart", () => {
  const [joint, apart] = [
    { runsOut: 0.2, poolForRisk: 1.3 * YI },
    { runsOut: 0.03, poolForRisk: 0.9 * YI },
  ];
  expect(togetherVerdict(ZH, joint, apart, 0.1)).toBe(
    "若各笔互不相关，用尽的可能为3%；要守住10%的线，一起变动使所需资金增加4,000万元。",
  );
  expect(togetherVerdict(EN, apart, joint, 0.1)).toBe(
    "If claims came independently it would run out with 20%; moving together takes 40 million yuan less for 10%.",
  );
});

const pool = (name: string, amount: number, runsOut: number) => ({ name, amount, runsOut, spare: 0, p90: YI });

test("the split for an aim, and what it lacks", () => {
  const before = [pool("甲", 0.5 * YI, 0.6), pool("乙", 1.5 * YI, 0)];
  const after = [pool("甲", 0.9 * YI, 0.15), pool("乙", 1.1 * YI, 0.05)];
  expect(aimVerdict(ZH, "risk", before, after, 0)).toBe(
    "按所填概率，挪动4,000万元，预期用尽的池由0.60个减到0.20个；用尽的可能最高的池为15%。",
  );
  expect(aimVerdict(ZH, "each", before, after, 0)).toBe(
    "按所填概率，挪动4,000万元，可挪动的各池用尽的可能都不超过10%（全部的最高为15%）。",
  );
  expect(aimVerdict(ZH, "each", before, undefined, 300 * WAN)).toBe(
    "按所填概率，现有的钱做不到各池用尽的可能都不超过10%，还差300万元。",
  );
  expect(aimVerdict(ZH, "risk", before, before, 0)).toMatch(/挪动没有好处：现有分法下预期用尽的池为.+个，已是最少；/);
  expect(aimVerdict(ZH, "each", before, before, 0)).toContain("不必挪动，可挪动的各池用尽的可能都不超过10%");
  expect(aimVerdict(EN, "each", before, undefined, 300 * WAN)).toMatch(/3 million yuan more is needed\.$/);
  expect(anyVerdict(ZH, 0.25)).toBe("至少一个池用尽的可能为25%。");
});
