/** @jest-environment node */
import fc from "fast-check";
import {
  aboutMoney,
  aboutPart,
  daysVerdict,
  groundWords,
  howOften,
  monthsVerdict,
  mostlyAfter,
  portfolioVerdict,
  riskVerdict,
  sharingVerdict,
  sizingVerdict,
  splitVerdict,
  usageVerdict,
  type Ground,
} from "../../../src/writers/verdict";

const YI = 1e10;
const WAN = 1e6;
const GROUND: Ground = { language: "zh", given: [], year: 2026, pool: YI };
const UNCERTAIN: Ground = { ...GROUND, given: ["chances"] };

describe("figures as they are said", () => {
  test.each([
    [1728 * WAN, "1,728万元", "17.28 million yuan"],
    [YI, "1亿元", "100 million yuan"],
    [4_321_234_567, "约4,321万元", "about 43.21 million yuan"],
    [12_345_678_900, "约1.235亿元", "about 123.5 million yuan"],
    [99_999_999_999, "约10亿元", "about 1,000 million yuan"],
    [9_999_861_638, "约1亿元", "about 100 million yuan"],
    [123_456, "约1,235元", "about 1,235 yuan"],
    [1, "0.01元", "0.01 yuan"],
    [0.86, "不到1元", "less than 1 yuan"],
    [99.5, "不到1元", "less than 1 yuan"],
    [0, "0元", "0 yuan"],
    [-5 * WAN, "-5万元", "-50,000 yuan"],
  ])("%d fen", (fen, zh, en) => {
    expect(aboutMoney(fen, "zh")).toBe(zh);
    expect(aboutMoney(fen, "en")).toBe(en);
  });

  test("an amount that is said without 约 is the amount", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (fen) => {
        const words = aboutMoney(fen, "zh");
        const unit = { 亿: YI, 万: WAN }[words.at(-2)!] ?? 100;
        const said = Math.round(parseFloat(words.replace(/[约,]/g, "")) * unit);
        const isExact = !words.startsWith("约");
        expect(isExact ? said === fen : Math.abs(said - fen) <= fen * 5e-4).toBe(true);
      }),
    );
  });

  test.each([
    [0, "0%"],
    [1e-6, "不到0.01%"],
    [0.0035, "0.35%"],
    [0.0399, "4%"],
    [0.123, "12%"],
    [0.987, "98.7%"],
    [0.999_99, "99.99%以上"],
    [1, "100%"],
    [1.5, "150%"],
  ])("part %d", (part, words) => expect(aboutPart(part, "zh")).toBe(words));

  test.each([
    [0, "不会发生"],
    [1e-5, "千年难遇"],
    [0.04, "约25年一遇"],
    [0.1, "约10年一遇"],
    [0.33, "十年中约3年"],
    [0.97, "几乎年年如此"],
    [1, "年年如此"],
  ])("probability %d", (probability, words) => expect(howOften(probability, "zh")).toBe(words));
});

describe("use of the pool", () => {
  test("exactly the pool suffices; one fen more does not", () => {
    expect(usageVerdict(GROUND, { approved: YI, paid: YI, cutClaims: 0 })).toBe(
      "按每笔申请都来计，1亿元的资金池够付2026年的全部申请：支付1亿元，用去100%，余0元。",
    );
    expect(usageVerdict(GROUND, { approved: YI + 1, paid: YI, cutClaims: 2 })).toBe(
      "按每笔申请都来计，2026年核定约1亿元（上限已压低2笔），1亿元的资金池只付得起1亿元，少付0.01元（付到99.99%以上）。",
    );
  });

  test("averages are called averages", () => {
    expect(usageVerdict(UNCERTAIN, { approved: 0.8 * YI, paid: 0.79 * YI, cutClaims: 1.25 })).toBe(
      "按所填概率，2026年核定平均8,000万元（上限已压低1.3笔），1亿元的资金池平均只付得起7,900万元，少付100万元（付到98.8%）。",
    );
  });

  test("a pool of no year names none", () => {
    const words = usageVerdict({ ...GROUND, year: undefined }, { approved: WAN, paid: WAN, cutClaims: 0 });
    expect(words).not.toMatch(/undefined|年/);
  });
});

describe("risk", () => {
  test("the sentence of the meeting", () => {
    expect(
      riskVerdict(UNCERTAIN, { runsOut: 0.04, poolForRisk: 0.9 * YI }, 0.1, { month: "2026-10", isLast: false }),
    ).toBe(
      "按所填概率，2026年资金池（1亿元）用尽的可能为4%，约25年一遇；若用尽，多在10月以后。可接受10%的话，9,000万元就够，可以腾出1,000万元。",
    );
    expect(riskVerdict(UNCERTAIN, { runsOut: 0.33, poolForRisk: 1.2 * YI }, 0.1)).toBe(
      "按所填概率，2026年资金池（1亿元）用尽的可能为33%，十年中约3年。要使可能不超过10%，须有1.2亿元，还差2,000万元。",
    );
  });

  test("where every claim comes there is no risk to speak of", () => {
    expect(riskVerdict(GROUND, { runsOut: 1, poolForRisk: 1.2 * YI }, 0.1)).toContain("必然用尽：需要1.2亿元");
    expect(riskVerdict(GROUND, { runsOut: 0, poolForRisk: 0.2 * YI }, 0.1)).toContain("不会用尽：需要2,000万元");
  });
});

describe("sharing", () => {
  const rule = (name: string, parts: readonly number[]) => ({ name, parts });

  test("who is best off under which rule", () => {
    expect(sharingVerdict(GROUND, [rule("按比例", [0.87, 0.87, 0.87, 0.87]), rule("等额封顶", [1, 1, 1, 0.43])])).toBe(
      "按每笔申请都来计，资金池不够付：对小额申请最有利的是等额封顶（前3组全额，最大一组43%），对大额申请最有利的是按比例（各组都是87%）。",
    );
  });

  test("a pool that pays everything, a single class, and no claim", () => {
    expect(sharingVerdict(GROUND, [rule("按比例", [1, 1])])).toContain("用哪种规则都是全额");
    expect(sharingVerdict(GROUND, [rule("按比例", [0.5])])).toContain("按比例下各组都是50%");
    expect(sharingVerdict(GROUND, [])).toContain("无从分配");
  });
});

test("a cap as a decision can use it", () => {
  const fit = { cap: 1728 * WAN, binds: true, used: YI, left: 0 };
  const round = { cap: 1700 * WAN, used: 0.99 * YI };
  expect(
    sizingVerdict(GROUND, { fit, round, present: 2000 * WAN, step: { size: 100 * WAN, cost: 500 * WAN, above: 5 } }),
  ).toBe(
    "按每笔申请都来计，1亿元最多付得起每家1,728万元的上限（现为2,000万元）；取整为1,700万元，付9,900万元，余100万元；上限再提高100万元多付500万元，受益5笔。",
  );
  expect(
    sizingVerdict(GROUND, { fit: { ...fit, binds: false, left: 5 * WAN }, round, present: undefined, step: undefined }),
  ).toBe("按每笔申请都来计，不设上限1亿元也够付：最大一笔1,728万元，共付1亿元，余5万元。");
});

describe("a cap that keeps the risk, in front of the cap that pays every claim", () => {
  const fit = { cap: 1728 * WAN, binds: true, used: YI, left: 0 };
  const round = { cap: 1700 * WAN, used: 0.99 * YI };
  const words = (cap: number) =>
    sizingVerdict(UNCERTAIN, {
      fit,
      round,
      present: 2000 * WAN,
      step: undefined,
      likely: { cap, runsOut: 0.094, accepted: 0.1 },
    });

  test("lower than the present one", () => {
    expect(words(210 * WAN)).toMatch(
      /^按所填概率，要使用尽的可能不超过10%，上限须为每家210万元（那时为9.4%）。按每笔申请都来计，1亿元最多付得起/,
    );
  });

  test("or the present one", () => {
    expect(words(2000 * WAN)).toMatch(/^按所填概率，现行上限不必降，用尽的可能为9.4%，不超过10%。按每笔申请都来计，/);
  });
});

describe("time", () => {
  test("the day, and how far it moves with the order", () => {
    expect(
      daysVerdict(GROUND, { shortOn: "2026-10-02", last: "2026-12-01", left: 0, orders: ["2026-09-01", "2026-11-05"] }),
    ).toBe(
      "按每笔申请都来计，资金池2026-10-02起不够付，此后的申请付不全或付不到；次序若有变，十次有八次在2026-09-01至2026-11-05之间。",
    );
    expect(daysVerdict(GROUND, { shortOn: undefined, last: "2026-12-01", left: WAN })).toBe(
      "按每笔申请都来计，付完2026-12-01的最后一笔还余1万元，不会用尽。",
    );
  });

  const months = (...dry: number[]) =>
    dry.map((part, k) => ({ month: `2026-${String(k + 8).padStart(2, "0")}`, dry: part }));

  test("three quarters of the dry years run dry from that month on", () => {
    expect(mostlyAfter(months(0, 0.01, 0.02, 0.04))).toEqual({ month: "2026-10", isLast: false });
    // Half of it happens in the first month: no month is the one.
    expect(mostlyAfter(months(0.02, 0.03, 0.04))).toBeUndefined();
    expect(mostlyAfter(months(0, 0))).toBeUndefined();
    expect(mostlyAfter([])).toBeUndefined();
  });

  const twoYears = [
    { month: "2025-11", dry: 0.1 },
    { month: "2025-12", dry: 0.9 },
    { month: "2026-01", dry: 0 },
    { month: "2026-10", dry: 0.05 },
    { month: "2026-12", dry: 0.04 / 0.15 },
  ];

  test("each year's own money runs dry in its own months", () => {
    expect(mostlyAfter(twoYears, 2026)).toEqual({ month: "2026-12", isLast: true });
    expect(mostlyAfter(twoYears, 2025)).toEqual({ month: "2025-12", isLast: true });
    expect(mostlyAfter(twoYears, 2027)).toBeUndefined();
    expect(monthsVerdict(UNCERTAIN, { months: twoYears, years: 4000 }, true)).toBe(
      "按所填概率，各年资金池到年底用尽的可能：2025年90%；若用尽，多在12月。2026年27%；若用尽，多在12月。",
    );
    // One sum of money for all years may run dry in any of their months.
    expect(monthsVerdict(UNCERTAIN, { months: twoYears, years: 4000 }, false)).toContain("到12月底用尽的可能为27%");
  });

  test("a chance out of a distribution may be certain", () => {
    expect(monthsVerdict(UNCERTAIN, { months: months(0.2, 1) }, false)).toContain("用尽的可能为100%，年年如此");
    expect(monthsVerdict(UNCERTAIN, { months: months(0, 0) }, false)).toContain("用尽的可能为0%，不会发生");
  });

  test("what happened in every drawn year, or in none, is no certainty", () => {
    expect(monthsVerdict(UNCERTAIN, { months: months(0.2, 1), years: 4000 }, false)).toBe(
      "按所填概率，资金池到9月底用尽的可能为100%，抽取的年份中每次都用尽；若用尽，多在9月。",
    );
    expect(monthsVerdict(UNCERTAIN, { months: months(0, 0), years: 4000 }, false)).toBe(
      "按所填概率，资金池到9月底用尽的可能为0%，抽取的年份中一次也没有。",
    );
    expect(monthsVerdict({ ...UNCERTAIN, language: "en" }, { months: months(0.2, 1), years: 4000 }, false)).toBe(
      "With the probabilities given, the pool has run dry by the end of 2026-09 with a chance of 100%, in every year drawn; if it does, mostly in 2026-09.",
    );
  });

  test.each<[Ground["given"], string, string]>([
    [[], "按每笔申请都来计，", "If every claim comes, "],
    [["chances"], "按所填概率，", "With the probabilities given, "],
    [["ranges"], "按所填上下浮动，", "With the ranges given, "],
    [
      ["chances", "ranges", "states"],
      "按所填概率、上下浮动和景气，",
      "With the probabilities, ranges and good and bad times given, ",
    ],
    [["unused"], "按所填不使用的比例，", "With the share unused given, "],
  ])("a sentence names what it rests on: %j", (given, zh, en) => {
    expect(groundWords({ language: "zh", given })).toBe(zh);
    expect(groundWords({ language: "en", given })).toBe(en);
  });

  test("of an uncertain world", () => {
    expect(monthsVerdict(UNCERTAIN, { months: months(0, 0.01, 0.02, 0.04) }, true)).toBe(
      "按所填概率，资金池到11月底用尽的可能为4%，约25年一遇；若用尽，多在10月以后。",
    );
  });
});

test("the pools of a place together", () => {
  const pools = [
    { name: "算力券资金池", runsOut: 0.43, spare: -WAN },
    { name: "语料券资金池", runsOut: 0.001, spare: 300 * WAN },
  ];
  expect(portfolioVerdict(UNCERTAIN, pools, { amount: 2 * YI, runsOut: 0.02 })).toBe(
    "按所填概率，2个资金池合计2亿元：最紧的是算力券资金池，用尽的可能为43%；可以腾挪的是语料券资金池：拿走300万元，用尽的可能仍不超过10%；若合成一个池，用尽的可能为2%。",
  );
});

test("moving money between pools", () => {
  const before = [
    { name: "算力", runsOut: 0.43, spare: 0, amount: 100 * WAN, p90: 150 * WAN },
    { name: "语料", runsOut: 0.03, spare: 0, amount: 200 * WAN, p90: 120 * WAN },
  ];
  const best = [
    { ...before[0]!, runsOut: 0.08, amount: 160 * WAN },
    { ...before[1]!, runsOut: 0.08, amount: 140 * WAN },
  ];
  expect(splitVerdict(UNCERTAIN, before, best)).toBe(
    "按所填概率，把钱从语料挪给算力，起初每挪100万元，预期少付减少40万元；少付最少的分法要挪动60万元，此后各池用尽的可能最高为8%；各池都压到10%以内共需270万元，现有的钱够。",
  );
  expect(splitVerdict(UNCERTAIN, best, best)).toContain("挪动没有好处；现有分法已是少付最少的");
  expect(splitVerdict(UNCERTAIN, [{ ...before[0]!, p90: 400 * WAN }, before[1]!], best)).toContain("还差220万元");
});

test("every verdict has its English, and no verdict its wiring", () => {
  const english: Ground = { ...UNCERTAIN, language: "en" };
  const all = [
    usageVerdict(english, { approved: YI, paid: 0.9 * YI, cutClaims: 3 }),
    riskVerdict(english, { runsOut: 0.04, poolForRisk: YI / 2 }, 0.1, { month: "2026-10", isLast: false }),
    sharingVerdict(english, [
      { name: "proportional", parts: [0.8, 0.8] },
      { name: "equal awards", parts: [1, 0.4] },
    ]),
    monthsVerdict(
      english,
      {
        months: [
          { month: "2026-09", dry: 0 },
          { month: "2026-10", dry: 0.04 },
        ],
      },
      false,
    ),
  ];
  for (const words of all) expect(words).toMatch(/^With the probabilities given, [\x20-\x7e]+\.$/);
});
