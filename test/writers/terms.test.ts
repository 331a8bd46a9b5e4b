import { CATALOGUE, entryOf, planOf, type Language } from "../../src/rules";
import {
  capWords,
  conditionWords,
  inputWords,
  noticesOf,
  poolOf,
  poolWords,
  quotaWords,
  rateWords,
  statusWords,
  termsOf,
  windowWords,
} from "../../src/writers/terms";

const planFor = (id: string) => planOf(entryOf(id), { year: 2026 });

describe("a clause at a glance", () => {
  test.each([
    ["zj-15-suanli", "自主算力：不超过 30%；其他：不超过 10%", "800 万元（单家企业每年）"],
    ["bj-6-suanli", "国产算力：不超过 60%；其他：不超过 30%", "2000 万元（单家企业每年）"],
    ["hz-1-stack-suanli", "（国产算力：30%；其他：10%） + 15%", "800 万元（单家企业每年）"],
    ["hz-1-stack-model", "30% + 15%", "800 万元（单家企业每年）"],
    ["hz-18-tiexi", "不超过贷款本金的 1.5%；支付利息的 50%（取小）", "1000 万元（单家企业每年）"],
    ["bj-21-tiexi", "不超过（贷款本金 × LPR）的 50%；已付利息的 50%（取小）", "100 万元（单家企业每年）"],
    [
      "zj-17-standards",
      "",
      "国际标准项数 × 100 万元；国家标准项数 × 50 万元；重要地方标准项数 × 10 万元（单项标准政策期内累计，未写名称的行各自计）",
    ],
    ["hz-10-base-build", "20%", "2000 万元（单个基地连续三年累计）"],
    ["hz-2-major", "所填“补助比例”", "1000 万元（单个项目政策期内累计）"],
    ["hz-1-nat-data", "30%", "未载上限"],
    ["bj-19-insurance", "不超过 70%", "100 万元（单个企业或机构每年）"],
    ["zj-16-data-space", "", ""],
    ["zj-25-terminal", "15%", "2000 元（每件）"],
    ["hz-3-filing", "全额（可填更低的比例）", "50 万元（单家企业，一次性）"],
    ["bj-11-benchmark-firm", "", "50 万元（单家企业，晋升后补足差额）"],
    ["hz-12-foreign-expert", "", "60 万元（单个专家每年）"],
  ])("%s: rate and cap", (id, rate, cap) => {
    expect(rateWords(planFor(id), "zh")).toBe(rate);
    expect(capWords(planFor(id), "zh")).toBe(cap);
  });

  test("in English", () => {
    expect(rateWords(planFor("zj-15-suanli"), "en")).toBe("domestic compute: at most 30%; otherwise: at most 10%");
    expect(capWords(planFor("zj-15-suanli"), "en")).toBe("8,000,000 yuan (per firm and year)");
  });

  test("pools: a fixed envelope, one of at most, a target; of the instrument itself or of those that draw on it", () => {
    expect(poolWords(entryOf("bj-6-suanli"), "zh")).toBe("每年 1 亿元（最高额度，算力券资金池）");
    expect(poolWords(entryOf("hz-1-pool"), "zh")).toBe("每年 2.5 亿元（固定额度，市级算力券资金池）");
    expect(poolWords(entryOf("hz-16-fund"), "en")).toBe(
      "100,000,000,000 yuan in total (least size aimed at, hz-16-fund)",
    );
    expect(poolWords(entryOf("zj-15-suanli"), "zh")).toBe("");
    expect(poolOf(entryOf("bj-9-chuangxin"))).toMatchObject({ id: "bj-9-pool", fen: 5000000000 });
  });

  test("windows and quotas", () => {
    expect(windowWords(entryOf("bj-6-suanli").document, "zh")).toBe("2025-06-10 至 2028-06-09");
    expect(windowWords(entryOf("zj23-6.1-talent").document, "en")).toBe("from 2023-12-07, no end stated");
    expect(windowWords(entryOf("zj23-6.1-talent").document, "zh")).toBe("2023-12-07 起，未载终止日");
    expect(windowWords(entryOf("hz-1-pool").document, "zh")).toBe("2025年（月日未定）至 2027-12-31");
    const reported = { window_end: "reported" };
    expect(windowWords(entryOf("bj-6-suanli").document, "zh", reported)).toBe("2025-06-10 至 2026-09-10");
    expect(quotaWords({ "at-most": 10, per: "year", rank: "rank" }, "zh")).toBe("每年最多 10 个");
    expect(quotaWords({ "at-most": 10, per: "policy", rank: "rank" }, "en")).toBe("at most 10");
    expect(quotaWords(entryOf("hz-6-terminal-award").instrument.quota!, "zh")).toBe("每年最多 5 款");
  });
});

test("inputs say unit, need and default in words, and when they are needed", () => {
  const words = (id: string, name: string, language: Language = "zh") =>
    inputWords(name, entryOf(id).instrument.inputs![name]!, language, planFor(id));
  expect(words("zj-15-suanli", "amount")).toBe("合同实际执行金额，元，必填");
  expect(words("zj-15-suanli", "national_key")).toBe("国家支持的重点领域项目，是/否，默认 否");
  expect(words("zj-14-tiexi", "months")).toBe("计息月数，月，默认 12");
  expect(words("bj-7-yuliao", "channel")).toMatch(/数据交易平台\/.*默认 数据交易平台$/);
  expect(words("bj-5-standards", "rank")).toBe("起草单位排名，名次（如 1），标准级别为国家标准或行业标准时必填");
  expect(words("bj-6-suanli", "domestic")).toBe("国产算力，是/否，上一年度结算费用大于 0 时必填");
  expect(words("zj-15-suanli", "rate", "en")).toBe("local rate [rate], fraction or percentage, optional");
  expect(words("bj-5-standards", "role", "en")).toMatch(/, required if level of the standard is international$/);
  // By the reading taken the rate of the LPR is needed, and the interest is not.
  expect(words("zj-14-tiexi", "lpr")).toBe("5年期以上LPR，小数或百分数，必填");
  expect(words("zj-14-tiexi", "interest_paid")).toBe("已付利息，元，采用“已付利息的50%”的读法时必填");
  // What is counted, by its measure word.
  expect(words("zj-17-standards", "n_national")).toBe("国家标准项数，项（整数），必填");
  expect(words("bj-14-rent", "months_used")).toBe(
    "已补贴月数，个月（整数），默认 0，多年的表中留空的由以前年度有补助的行数出",
  );
  expect(words("zj-7-talent-recognition", "years")).toBe("研发年限，年，未填“单个横向课题经费”时必填");
});

test("what is reported stands beside the status, with its date and how far to rely on it", () => {
  const { document } = entryOf("bj-6-suanli");
  const notice =
    "据二手资料，请核对原文（2026-08-12）：杭高新〔2026〕6号自2026年9月11日起取代本意见（杭高新〔2025〕9号）";
  expect(noticesOf(document, "zh")).toEqual([notice]);
  expect(statusWords(document, "zh")).toBe(`现行；${notice}`);
  expect(statusWords(document, "en")).toMatch(/^in force; second-hand, check the official text \(2026-08-12\): /);
  expect(statusWords(entryOf("zj-15-suanli").document, "zh")).toBe("现行");
  for (const id of ["bj-6-suanli", "hz-1-pool"]) {
    const rows = termsOf(entryOf(id), { year: 2026 }, "zh");
    const [shown] = noticesOf(entryOf(id).document, "zh");
    expect(rows[rows.findIndex(({ label }) => label === "状态") + 1]).toEqual({ label: "提示", value: shown });
  }
});

describe("what the words of a clause promise", () => {
  const term = (id: string, label: string) =>
    termsOf(entryOf(id), { year: 2026 }, "zh").find((row) => row.label === label)?.value;

  test("a recognition is no ceiling, a pool nobody's entitlement", () => {
    expect(term("zj-7-talent-recognition", "性质")).toBe("认定或准入，不是金额");
    expect(term("zj-7-talent-recognition", "层级")).toBe("省级");
    expect(term("zj-7-talent-recognition", "出资")).toBeUndefined();
    const budgets = CATALOGUE.filter(({ instrument }) => instrument.budget?.envelope.match(/fixed|ceiling/));
    expect(budgets.map(({ instrument }) => term(instrument.id, "性质"))).toEqual(
      budgets.map(() => "资金安排，不是单个申请人的应得额"),
    );
  });

  test("鼓励 with a standard of others is no goal, and no ceiling where no number stands", () => {
    for (const id of ["zj-2-rd-subsidy", "zj-20-model-filing", "zj23-7.3-ai-suanli-quan", "hz-7-minsheng"])
      expect(term(id, "性质")).toBe("鼓励支持，标准由地方或其他政策定");
    expect(term("zj-11-cloud-firms", "性质")).toBe("工作目标或倡导，不是补助");
  });

  test("what is granted without a number has no cap to be bound by", () => {
    expect(term("hz-8-hq", "性质")).toBe("给予支持，标准由实施细则或其他文件定");
    expect(term("bj-5-standards", "性质")).toBe("应得（给予／按比例），受条件和上限约束");
  });

  test("who opens scenarios or trades electricity pays nothing", () => {
    expect(term("zj-24-embodied-scenarios", "实施")).toBe("国有企事业单位");
    expect(term("zj-13-power", "出资")).toBeUndefined();
    expect(term("zj-20-model-filing", "出资")).toBe("县（市、区）或设区市（有条件的地方）");
  });
});

test("no line reads like a formula", () => {
  for (const entry of CATALOGUE)
    for (const { label, value } of termsOf(entry, { year: 2026 }, "zh"))
      if (/限额|条件|认定结果|输入/.test(label)) {
        // A flag that is not there, a share, a ratio, a number without its measure word, a blank behind a bracket.
        expect(value).not.toMatch(/为否|× 不超过|[^0-9] \/ |不足 \d+$|不低于 \d+$|× （/);
      }
});

test("rounding is a reading of what is computed only", () => {
  const readings = (id: string) =>
    termsOf(entryOf(id), { year: 2026 }, "zh").flatMap(({ label, value }) => (label === "读法" ? [value] : []));
  expect(readings("hz-1-pool")).toEqual([]);
  expect(readings("bj-6-pool")).toEqual([expect.stringMatching(/^有效期到哪一日为止？/)]);
  expect(readings("hz-1-nat-data")).toEqual([expect.stringMatching(/^到分的舍入/)]);
});

test("a condition has its own words where its tests read badly", () => {
  const plan = planFor("zj-17-standards");
  expect(plan.conditions.slice(1).map((condition) => conditionWords(condition, plan, "zh"))).toEqual([
    "参与制定国际、国家或重要地方标准；行业、团体等其他标准不计",
  ]);
});

test("ratios and growth as conditions", () => {
  const plan = planFor("zj-2-rd-subsidy");
  expect(plan.conditions.slice(1).map((condition) => conditionWords(condition, plan, "zh"))).toEqual([
    "上年度研发费用占上年度营业收入的比重不低于 3%",
    "上年度研发费用比再上年度研发费用增长不低于 20%",
  ]);
});

describe.each(["zh", "en"] as const)("in %s", (language) => {
  test.each(CATALOGUE.map((entry) => [entry.instrument.id, entry] as const))(
    "%s says everything it knows",
    (_id, entry) => {
      const rows = termsOf(entry, { year: 2026 }, language);
      const text = rows.map(({ label, value }) => `${label} ${value}`).join("\n");
      expect(text).not.toMatch(/undefined|NaN|\[object|：：|: :| {2}/);
      const { instrument, document } = entry;
      for (const [name, { zh }] of Object.entries(instrument.inputs ?? {}))
        expect(text).toContain(language === "zh" ? zh : `[${name}]`);
      for (const { register } of [...(instrument.doubts ?? []), ...(document.doubts ?? [])])
        expect(text).toContain(register);
      for (const note of instrument.notes ?? []) expect(text).toContain(note[language]);
      if (instrument.open) expect(text).toContain(instrument.open[language]);
      // A Chinese reader meets no English sentence and the other way round (names of the documents stay).
      if (language === "zh") expect(text).not.toMatch(/[a-z]{4,} [a-z]{4,} [a-z]{4,}/);
    },
  );
});
