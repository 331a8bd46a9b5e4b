import { entryOf, planOf, ratio, type Plan, type PlanTest } from "../../src/rules";
import {
  againWords,
  boundWords,
  bracketed,
  casesWords,
  figureWords,
  labelOf,
  limitLine,
  moneyWords,
  percent,
  scopeWords,
  termWords,
  testWords,
  testsWords,
  titled,
} from "../../src/writers/words";

const planFor = (id: string, readings: Record<string, string> = {}): Plan =>
  planOf(entryOf(id), { year: 2026 }, { readings });
const limitsOf = (plan: Plan) => [...plan.parts.flatMap(({ limits }) => limits), ...plan.limits];
const inBoth = (write: (language: "zh" | "en") => string): string[] => [write("zh"), write("en")];

test("numbers: percentages in full, money in the unit of the documents, fractions where a decimal would not end", () => {
  expect([ratio("0.3"), ratio("0.015"), ratio(1), ratio(0)].map(percent)).toEqual(["30%", "1.5%", "100%", "0%"]);
  expect(inBoth((language) => moneyWords(ratio(800000000), language))).toEqual(["800 万元", "8,000,000 yuan"]);
  expect(inBoth((language) => moneyWords(ratio(123450), language))).toEqual(["1234.5 元", "1,234.50 yuan"]);
  expect(figureWords(ratio(365, 360), "number", "zh")).toBe("365/360");
  expect(figureWords(ratio(36), "number", "zh")).toBe("36");
});

test("bounds, inclusive and exclusive; nothing is called nothing", () => {
  const words = (op: string, than: number) => boundWords(op, ratio(than), "number", "zh");
  expect([">=", ">", "<=", "<"].map((op) => words(op, 5))).toEqual(["不低于 5", "超过 5", "不超过 5", "不足 5"]);
  expect(boundWords("<", ratio("0.05"), "rate", "zh")).toBe("低于 5%");
  expect(inBoth((language) => boundWords(">", ratio(0), "money", language))).toEqual(["大于 0", "above 0"]);
  expect(inBoth((language) => boundWords("<=", ratio(0), "money", language))).toEqual(["为 0", "is 0"]);
});

test("punctuation of each language", () => {
  expect(inBoth((language) => titled("上限", "800", language))).toEqual(["上限：800", "上限: 800"]);
  expect(inBoth((language) => bracketed("每笔", language))).toEqual(["（每笔）", " (每笔)"]);
});

describe("tests", () => {
  const { inputs } = planFor("bj-5-standards");
  const words = (...tests: PlanTest[]) => inBoth((language) => testsWords(tests, inputs, language));

  test("a flag, a choice, a bound, whether something is given", () => {
    expect(words({ kind: "is", input: "published", oneOf: [true] })).toEqual(["标准已发布", "standard published"]);
    expect(words({ kind: "is", input: "published", oneOf: [false] })).toEqual([
      "“标准已发布”为否",
      "standard published: no",
    ]);
    expect(words({ kind: "is", input: "level", oneOf: ["national", "industry"] })).toEqual([
      "标准级别为国家标准或行业标准",
      "level of the standard is national or industry",
    ]);
    expect(words({ kind: "bound", input: "rank", op: "<=", than: ratio(3) })).toEqual([
      "起草单位排名在前 3 位",
      "rank among the drafters within the first 3",
    ]);
    expect(words({ kind: "given", input: "rank", given: false })).toEqual([
      "未填“起草单位排名”",
      "rank among the drafters is not given",
    ]);
  });

  test("a flag that is not there in words of its own; what a number counts; a rank that may be left blank", () => {
    const sentence = (id: string, test: PlanTest) =>
      inBoth((language) => testWords(test, planFor(id).inputs, language));
    expect(sentence("hz-17-dataset", { kind: "is", input: "multimodal", oneOf: [false] })).toEqual([
      "非多模态数据集",
      "not a multimodal data set",
    ]);
    expect(sentence("hz-11-platform", { kind: "bound", input: "years_already", op: "<", than: ratio(3) })).toEqual([
      "已补助年数不足 3 年",
      "years already subsidised below 3",
    ]);
    const first: PlanTest = { kind: "bound", input: "rank", op: "<=", than: ratio(10) };
    const blank: PlanTest = { kind: "given", input: "rank", given: false };
    expect(sentence("zj-22-benchmark-app", { kind: "any", anyOf: [[blank], [first]] })).toEqual([
      "填写“评选名次”的，评选名次在前 10 位",
      "place in the selection within the first 10, where it is given",
    ]);
  });

  test("alternatives of several tests are kept together", () => {
    const both: PlanTest[] = [
      { kind: "is", input: "level", oneOf: ["national"] },
      { kind: "bound", input: "rank", op: "<=", than: ratio(3) },
    ];
    const other: PlanTest[] = [{ kind: "is", input: "published", oneOf: [true] }];
    expect(words({ kind: "any", anyOf: [both, other] })).toEqual([
      "（标准级别为国家标准，且起草单位排名在前 3 位），或标准已发布",
      "(level of the standard is national and rank among the drafters within the first 3), or standard published",
    ]);
    expect(testWords({ kind: "any-row", tests: other }, inputs, "zh")).toBe("本企业当年有标准已发布的");
  });

  test("several options are listed; years are counted", () => {
    const three: PlanTest = { kind: "is", input: "level", oneOf: ["international", "national", "industry"] };
    expect(words(three)).toEqual([
      "标准级别为国际标准、国家标准或行业标准",
      "level of the standard is international, national or industry",
    ]);
    const years = (than: number) =>
      inBoth((language) =>
        testWords(
          { kind: "bound", input: "year_index", op: "<=", than: ratio(than) },
          planFor("bj-19-insurance").inputs,
          language,
        ),
      );
    expect([years(1), years(3)]).toEqual([
      ["第一年", "the first year"],
      ["前三年", "the first 3 years"],
    ]);
  });
});

describe("limits without a row", () => {
  const limitsIn = (id: string, language: "zh" | "en" = "zh") => {
    const plan = planFor(id);
    return limitsOf(plan).map((limit) => limitLine(limit, plan, language));
  };

  test("a share by cases, a cap with its scope and what was granted", () => {
    expect(limitsIn("zj-15-suanli").slice(1)).toEqual([
      "上限（单家企业每年）：国家支持的重点领域项目，且已填“国家规定上限”：按所填；国家支持的重点领域项目：未载上限；其他：800 万元；均扣除本期已获",
    ]);
    expect(limitsIn("bj-9-chuangxin")).toEqual([
      "按比例：不超过技术合同金额的 30%",
      "上限（单家企业每年）：50 万元，扣除本年已获",
    ]);
    expect(limitsIn("bj-9-chuangxin", "en")).toEqual([
      "share: at most 30% of technology-contract amount",
      "cap (per firm and year): 500,000 yuan, less already granted this year",
    ]);
  });

  test("sums, months, guards against nothing left out", () => {
    expect(limitsIn("bj-6-suanli")[0]).toBe(
      "合计：上一年度结算费用 ×（国产算力：不超过 60%；其他：不超过 30%） + 不超过国产算力费用的 60% + 不超过非国产算力费用的 30%",
    );
    // By months the day count is a factor of one, which says nothing.
    expect(limitsIn("zj-14-tiexi")[0]).toBe("按比例：不超过（平均贷款本金 × 5年期以上LPR × 计息月数/12）的 50%");
  });

  test("an amount set by review is no share; a schedule that is left open says below what it must stay", () => {
    expect(limitsIn("hz-12-returnee")[0]).toBe("全额：评审核定金额");
    expect(limitsIn("bj-19-insurance")[0]).toBe(
      "按比例：当年保费 ×（第一年：不超过 70%；其他：所填“补偿比例”，须低于 70% 和上年补偿比例）",
    );
    expect(limitsIn("bj-19-insurance", "en")[0]).toMatch(
      /“rate of compensation” as entered, which must be below 70% and rate of the year before\)$/,
    );
  });

  test("what is taken off is taken off", () => {
    expect(limitsIn("bj-14-rent")[1]).toBe(
      "三年内剩余月数的补贴：月租金 × 所填“补贴比例” × 36 − 月租金 × 已补贴月数 × 所填“补贴比例”",
    );
  });

  test("whom a cap covers and for how long: firm or object, a year, years in a row, the policy period, a piece", () => {
    const scope = (id: string, readings = {}) => {
      const plan = planFor(id, readings);
      return inBoth((language) => scopeWords(limitsOf(plan).at(-1)!, plan, language));
    };
    expect(scope("bj-6-suanli")).toEqual(["单家企业每年", "per firm and year"]);
    expect(scope("bj-22-think-tank")).toEqual(["单个机构政策期内累计", "per institution over the policy period"]);
    expect(scope("hz-11-mfg-center")).toEqual(["单个中心每年", "per centre and year"]);
    expect(scope("hz-4-opensource")).toEqual(["单家企业政策期内累计", "per firm over the policy period"]);
    expect(scope("hz-10-base-build")).toEqual(["单个基地连续三年累计", "per base, over 3 years in a row"]);
    expect(scope("bj-4-platform")).toEqual(["单个平台政策期内累计", "per platform over the policy period"]);
    expect(scope("hz-10-park")).toEqual(["单个园区每年", "per park and year"]);
    expect(scope("hz-2-match", { cap_period: "task" })).toEqual([
      "单项任务政策期内累计",
      "per task over the policy period",
    ]);
    expect(scope("zj-25-terminal")).toEqual(["每件", "per piece"]);
    expect(scope("bj-13-product")).toEqual(["单个产品", "per product"]);
    expect(scope("zj-15-suanli", { cap_period: "contract" })).toEqual(["", ""]);
  });

  test("what a further award pays", () => {
    const again = (id: string, readings = {}) => inBoth((language) => againWords(planFor(id, readings), language));
    expect(again("hz-3-filing")).toEqual(["单家企业，一次性", "per firm, once"]);
    expect(again("hz-3-filing", { once_per: "model" })).toEqual(["单个模型，一次性", "per model, once"]);
    expect(again("bj-5-standards")).toEqual([
      "单项标准，晋升后补足差额",
      "per standard, promotion pays the difference",
    ]);
    expect(again("bj-2-opensource", { upgrade: "difference" })[0]).toBe("单个开源主体，晋升后补足差额");
    expect(again("bj-6-suanli")).toEqual(["", ""]);
  });

  test("a limit that is not always there says when; the whole of a cost is no rate", () => {
    expect(limitsIn("zj-14-tiexi")[1]).toBe("实际支付的利息（已填“已付利息”时）：已付利息");
    expect(limitsIn("zj-14-tiexi", "en")[1]).toBe("interest actually paid (if interest paid is given): interest paid");
    expect(limitsIn("hz-16-insurance")[0]).toBe("按比例：实际保费全额（可填更低的比例）");
  });

  test("cases that come to the same are none", () => {
    expect(limitsIn("hz-1-stack-suanli")[2]).toBe("按比例：合同实际发生金额的 15%");
    // Domestic and other compute stacked: both 15%.
    expect(limitsIn("hz-1-firm-year")[2]).toMatch(/；不与国家智能券叠加：20%；其他：15%）$/);
  });

  test("a rate that the row must bring, with its ceiling; one that it may lower", () => {
    const figure = (id: string) => {
      const plan = planFor(id);
      return casesWords(limitsOf(plan)[0]!.terms[0]!.figures[0]!, plan.inputs, "zh");
    };
    expect(figure("hz-2-major")).toBe("所填“补助比例”");
    expect(figure("hz-1-city-model")).toBe("依托经备案的大模型：不超过 30%；其他：所填“未备案模型比例”，不超过 30%");
    expect(figure("bj-7-yuliao")).toBe("不超过 30%");
    expect(figure("bj-20-event")).toBe("50%");
  });

  test("an unknown input keeps its name", () => {
    expect(labelOf({}, "something", "zh")).toBe("something");
    expect(termWords({ factors: [{ input: "places", per: 1 }], figures: [] }, {}, "en")).toBe("places");
  });
});
