/** The working paper reads as a finance person would write it. */
import fc from "fast-check";
import { CATALOGUE, entryOf, planOf, type Language } from "../../src/rules";
import { readClaim } from "../../src/tables";
import { otherReadings, workingPaper } from "../../src/writers/explain";
import { anyCells, claimed, rowOf, type Cells } from "../rules/claimed";

interface Claimed {
  readonly when?: string | number;
  readonly language?: Language;
  readonly readings?: Record<string, string>;
}

function paperOf(id: string, cells: Cells, { when = 2026, language = "zh", readings = {} }: Claimed = {}) {
  const plan = planOf(entryOf(id), readClaim(when), { readings });
  return workingPaper(claimed(id, cells, when, readings), rowOf(plan, cells), language);
}

/** The workings as one sentence: label, computation, and a mark at the limit that binds. */
const sentence = (...args: Parameters<typeof paperOf>): string =>
  paperOf(...args)
    .lines.map(({ label, computation, fen, binds }) => {
      const amount = computation.includes("=") || fen === undefined ? "" : (fen / 100).toFixed(2);
      return `${[label, computation, amount].filter(Boolean).join(" ")}${binds ? " ←" : ""}`;
    })
    .join("; ");

const remark = (label: string, ...args: Parameters<typeof paperOf>): string[] =>
  paperOf(...args)
    .remarks.filter((one) => one.label === label)
    .map(({ value }) => value);

describe("workings", () => {
  test("a share below its cap", () => {
    expect(sentence("zj-15-suanli", { amount: 12000000, domestic: true })).toBe(
      "按比例 合同实际执行金额 12,000,000.00 × 30% = 3,600,000.00 ←; " +
        "上限 8,000,000.00 − 本期已获 0.00 = 8,000,000.00; 结果 3600000.00",
    );
  });

  test("a cap that binds, less what was granted", () => {
    expect(sentence("bj-9-chuangxin", { contract_amount: 2000000, prior_paid: 123456.78 })).toBe(
      "按比例 技术合同金额 2,000,000.00 × 30% = 600,000.00; 上限 500,000.00 − 本年已获 123,456.78 = 376,543.22 ←; 结果 376543.22",
    );
  });

  test("a rate of the row's own, months, no factor of one", () => {
    expect(sentence("zj-14-tiexi", { principal: 100000000, lpr: 0.035, months: 7, rate: 0.4 })).toMatch(
      /^按比例 平均贷款本金 100,000,000\.00 × 5年期以上LPR 3\.5% × 计息月数 7\/12 × 地方贴息比例（LPR的百分之几） 40% = 816,666\.67 ←/,
    );
    const actual = { readings: { day_count: "act/360" } };
    expect(sentence("zj-14-tiexi", { principal: 100000000, lpr: 0.035 }, actual)).toMatch(
      /× 50% × 73\/72|× 50% × 365\/360/,
    );
  });

  test("two parts with their subtotals", () => {
    expect(sentence("hz-1-stack-suanli", { amount: 60000000, domestic: true })).toBe(
      "国家智能券：按比例 合同实际发生金额 60,000,000.00 × 30% = 18,000,000.00 ←; 国家智能券：小计 18000000.00; " +
        "市级叠加：按比例 合同实际发生金额 60,000,000.00 × 15% = 9,000,000.00; " +
        "市级叠加：上限 8,000,000.00 − 本年已获市级算力券 0.00 = 8,000,000.00 ←; 市级叠加：小计 8000000.00; 结果 26000000.00",
    );
  });

  test("a part that pays nothing says why", () => {
    expect(sentence("hz-1-stack-suanli", { amount: 1000000, domestic: true, applicant: "高校" })).toMatch(
      /市级叠加：不符合条件 .*市级算力券.* 0\.00; 市级叠加：小计 0\.00; 结果 300000\.00$/,
    );
  });

  test("sums leave out products of nothing; fixed amounts stand bare", () => {
    expect(sentence("bj-6-suanli", { domestic_fee: 10000000, nondomestic_fee: 5000000 })).toMatch(
      /^合计 国产算力费用 10,000,000\.00 × 60% \+ 非国产算力费用 5,000,000\.00 × 30% = 7,500,000\.00 ←/,
    );
    expect(sentence("bj-5-cnas", { first_time: true })).toBe("定额 100,000.00 100000.00 ←; 结果 100000.00");
  });

  test("what is left of three years", () => {
    expect(sentence("bj-14-rent", { monthly_rent: 10000, months: 12, rate: 0.5, months_used: 30 })).toMatch(
      /月租金 10,000\.00 × 补贴比例 50% × 36 − 月租金 10,000\.00 × 已补贴月数 30 × 补贴比例 50% = 30,000\.00 ←/,
    );
  });

  test("differences and pieces", () => {
    expect(sentence("bj-5-standards", { level: "national", rank: 2, already_paid: 50000 })).toBe(
      "定额 200,000.00 200000.00 ←; 结果 200,000.00 − 同一奖项已发 50,000.00 150000.00",
    );
    expect(sentence("zj-25-terminal", { price: 333.35, qty: 3, category: "glasses" })).toMatch(
      /单件售价 333\.35 × 15% = 50\.00 ←.*结果 50\.00 × 件数 3 150\.00$/,
    );
    expect(sentence("bj-13-product", { approved: 300000, count: 2, already_paid: 50000 })).toMatch(
      /结果 \(200,000\.00 − 单个产品已发 50,000\.00\) × 产品数量 2 300000\.00$/,
    );
  });

  test("in English", () => {
    expect(sentence("bj-9-chuangxin", { contract_amount: 1000000 }, { language: "en" })).toBe(
      "share technology-contract amount 1,000,000.00 × 30% = 300,000.00 ←; " +
        "cap 500,000.00 − already granted this year 0.00 = 500,000.00; result 300000.00",
    );
  });
});

describe("remarks", () => {
  const suanli: [string, Cells] = ["zj-15-suanli", { amount: 40000000, domestic: true }];

  test("the outcome in words, and how far the next limit is", () => {
    expect(remark("结论", ...suanli)).toEqual(["可获 8,000,000.00 元"]);
    expect(remark("距下一限额", ...suanli)).toEqual(["“按比例”比起作用的限额高 4,000,000.00 元"]);
  });

  test("the reading taken, and what every other one would give", () => {
    expect(remark("采用读法", ...suanli)).toContain("最高800万元约束两支还是仅非自主一支：两支合并封顶（A01）");
    expect(remark("其他读法", ...suanli)).toContain(
      "最高800万元约束两支还是仅非自主一支（仅非自主一支封顶）：12,000,000.00 元",
    );
    const other = { readings: { cap_scope: "nondomestic" } };
    expect(remark("采用读法", ...suanli, other)).toContain(
      "最高800万元约束两支还是仅非自主一支：仅非自主一支封顶（A01）",
    );
    expect(remark("其他读法", ...suanli, other)).toContain(
      "最高800万元约束两支还是仅非自主一支（两支合并封顶）：8,000,000.00 元",
    );
  });

  test("document, article, quotation, status, window, modality", () => {
    expect(remark("文件", ...suanli)).toEqual([
      "浙江省人民政府印发关于支持人工智能创新发展若干措施的通知，浙政发〔2025〕10号，四（十五）",
    ]);
    expect(remark("原文", ...suanli)[0]).toMatch(/给予最高８００万元补助/);
    expect(remark("状态", ...suanli)).toEqual(["现行"]);
    expect(remark("性质", ...suanli)).toEqual(["上限（不超过／最高），不是应得额"]);
  });

  test("what is reported about the document stands beside its status", () => {
    expect(remark("提示", ...suanli)).toEqual([]);
    const cells = { amount: 1, domestic: true };
    expect(remark("提示", "bj-6-suanli", cells)[0]).toMatch(/^据二手资料，请核对原文（2026-08-12）：杭高新〔2026〕6号/);
    expect(remark("提示", "hz-1-city-suanli", cells)[0]).toMatch(
      /^据二手资料，请核对原文（2025-06-13）：.*杭政函〔2025〕65号/,
    );
  });

  test("an end that is reported shows under its reading", () => {
    const cells = { amount: 1, domestic: true };
    const reported = { readings: { window_end: "reported" } };
    expect(remark("有效期", "bj-6-suanli", cells)).toEqual(["2025-06-10 至 2028-06-09"]);
    expect(remark("有效期", "bj-6-suanli", cells, reported)).toEqual([
      "2025-06-10 至 2026-09-10（所选年度仅部分时间有效）",
    ]);
  });

  test("a draft says that it is one; a year that is only partly in force says so, a day does not", () => {
    expect(remark("状态", "hz-1-city-suanli", { amount: 1, domestic: true })).toEqual([
      "征求意见稿（依据征求意见稿计算，成文后可能不同）",
    ]);
    expect(remark("有效期", ...suanli, { when: 2025 })).toEqual(["2025-05-31 至 2027-12-31（所选年度仅部分时间有效）"]);
    expect(remark("有效期", ...suanli, { when: "2025-06-01" })).toEqual(["2025-05-31 至 2027-12-31"]);
    expect(remark("有效期", ...suanli, { when: 2026 })).toEqual(["2025-05-31 至 2027-12-31"]);
  });

  test.each<[string, string, Cells, string]>([
    ["not in force", "zj-15-suanli", {}, "不在有效期内："],
    ["not eligible", "zj-15-suanli", { amount: 1, domestic: true, eligible: false }, "不符合条件：使用者判断"],
    ["inputs missing", "zj-15-suanli", { amount: 1 }, "输入不全：缺少：自主算力"],
    ["no number", "hz-2-major", { investment: 1 }, "文件未定数字："],
    ["a rate too high", "zj-15-suanli", { amount: 1, domestic: true, rate: 0.5 }, "所填比例过高："],
    ["recognition", "zj-7-talent-recognition", { salary: 600000, years: 4 }, "认定：省级青年人才"],
    ["an award of nothing", "zj-15-suanli", { amount: 0, domestic: true }, "可获 0.00 元"],
  ])("the outcomes are kept apart: %s", (what, id, cells, words) => {
    const [outcome] = remark("结论", id, cells, { when: what === "not in force" ? 2030 : 2026 });
    expect(outcome).toContain(words);
  });

  test("places are no money", () => {
    expect(remark("结论", "bj-17-authorization", { places: 21 })).toEqual(["可获 10 个名额"]);
  });
});

test("every other option of every reading is tried, each once", () => {
  const cells = { amount: 60000000, domestic: true };
  const plan = planOf(entryOf("hz-1-stack-suanli"), { year: 2026 });
  const others = otherReadings(claimed("hz-1-stack-suanli", cells), rowOf(plan, cells), "zh");
  expect(others.map(({ name, option, award }) => [name, option, award.fen / 100])).toEqual([
    ["stack_mode", "add", 26000000],
    ["stack_split", "city_first", 17000000],
    ["cap_on", "total", 8000000],
    ["provincial_ceiling", "clip", 18000000],
    ["rounding", "down", 26000000],
  ]);
});

test("whatever the row, the paper adds up and has no holes", () => {
  for (const entry of CATALOGUE) {
    fc.assert(
      fc.property(anyCells(entry), fc.constantFrom<Language>("zh", "en"), (cells, language) => {
        const { lines, remarks } = paperOf(entry.instrument.id, cells, { language });
        const text = JSON.stringify([lines, remarks]);
        expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
        const { fen, outcome } = claimed(entry.instrument.id, cells);
        if (outcome.kind === "award") expect(lines.at(-1)!.fen).toBe(fen);
        else expect(lines).toEqual([]);
      }),
      { numRuns: 8 },
    );
  }
});
