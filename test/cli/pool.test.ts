/** A pool out of a file: the figures of the pane's functions, summed by firm in the database or row by row. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { answersTo, frontOf, type PoolAnswer } from "../../src/taskpane/planner/report";
import { readClaimsOf, type Named } from "../../src/cli/pool/claims";
import { checkGroups, formOf, type PoolOptions } from "../../src/cli/pool/command";
import { Warehouse } from "../../src/cli/run/warehouse";
import { wordsIn } from "../../src/cli/text";
import { poolRisk, poolStats, share, spreadWithin } from "../../src/rules";
import type { Claims } from "../../src/taskpane/planner/claims";
import type { Form } from "../../src/taskpane/planner/form";
import { begin, type Run } from "../../src/taskpane/planner/calculations";
import { groundOf, planningOf } from "../../src/taskpane/planner/planning";
import { finished } from "../taskpane/planner/finished";
import { poolIn } from "../../src/taskpane/planner/pool";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function within<T>(
  rows: readonly (readonly string[])[],
  job: (warehouse: Warehouse, file: string) => Promise<T>,
) {
  const file = path.join(folder, "申请.csv");
  writeFileSync(file, rows.map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n"));
  const warehouse = await Warehouse.open({ threads: 1 });
  try {
    return await job(warehouse, file);
  } finally {
    await warehouse.close();
  }
}

const claimsIn = (rows: readonly (readonly string[])[], named: Named = {}, certain = false): Promise<Claims> =>
  within(rows, (warehouse, file) => readClaimsOf(warehouse, file, named, certain)).then(({ claims }) => claims);

async function answers(rows: readonly (readonly string[])[], form: Form, named: Named = {}): Promise<PoolAnswer> {
  const claims = await claimsIn(rows, named);
  const planning = planningOf(poolIn(form, undefined, { year: 2026 }), form, claims)!;
  const run: Run = (kind, question) => Promise.resolve(finished(begin({ kind, question })));
  return answersTo(planning, form, run, { t: wordsIn("zh"), language: "zh" });
}

const fenOf = ({ sections }: PoolAnswer, title: string, label: string): number[] => {
  const row = sections.find((section) => section.title.startsWith(title))!.rows.find((one) => one.label === label)!;
  return row.figures.map((figure) => (figure.kind === "money" ? figure.fen : NaN));
};

const LEDGER = [
  ["企业", "补贴金额（元）"],
  ["甲", "100000.50"],
  ["乙", "300000"],
  ["甲", "50000"],
  ["丙", "700000.05"],
  ["丁", ""],
];
const FEN = [15_000_050, 30_000_000, 70_000_005, 0];

test("rows of one firm are one claim; what is used is what BUTIE.POOLSTATS gives", async () => {
  const claims = await claimsIn(LEDGER);
  expect([claims.names, claims.amounts]).toEqual([["甲", "乙", "丙", "丁"], FEN]);
  const answer = await answers(LEDGER, { amount: "60万元", cap: "40万元", "other-cap": "20万元" });
  const stats = [40_000_000, 20_000_000].map((cap) => poolStats(FEN, 60_000_000, cap));
  expect(fenOf(answer, "使用情况", "支付")).toEqual(stats.map(({ paid }) => paid));
  expect(fenOf(answer, "使用情况", "封顶后合计")).toEqual(stats.map(({ approved }) => approved));
  expect(fenOf(answer, "上限与比例", "按该上限支出")[0]).toBeLessThanOrEqual(60_000_000);
});

test('`--firm ""`: a column that is called 企业 is not taken, and each row is a claim', async () => {
  const claims = await claimsIn(LEDGER, { firm: "" });
  expect([claims.byFirm, claims.rows, claims.amounts.length]).toEqual([false, 5, 5]);
  await expect(claimsIn(LEDGER, { claims: "" })).rejects.toThrow("没有“”一列");
});

test("rows of one firm that differ are refused with the way to keep them apart", async () => {
  const rows = [
    ["企业", "补贴金额（元）", "日期", "类别"],
    ["甲", "100", "2026-01-01", "算力"],
    ["甲", "200", "2026-02-01", "语料"],
  ];
  await expect(claimsIn(rows)).rejects.toThrow('请清空“企业”（命令行：--firm ""）');
  expect((await claimsIn(rows, { firm: "" })).amounts).toEqual([10_000, 20_000]);
});

test("a pool of the planned year counts in every section, and months say what they are computed from", async () => {
  const rows = [
    ["企业", "补贴金额（元）", "日期", "概率"],
    ["甲", "8000000", "2026-03-01", "0.5"],
    ["乙", "9000000", "2026-05-01", "0.5"],
  ];
  const form: Form = { amount: "1500万元", "year-pools": '{"2026":"1000万元"}' };
  const { sections } = await answers(rows, form);
  const [use, risk, ...others] = sections.map(({ verdict }) => verdict);
  expect(use).toContain("1,000万元的资金池");
  expect(risk).toContain("资金池（1,000万元）用尽的可能为25%");
  expect(others.find((verdict) => verdict.includes("最多付得起每家"))).toContain("1,000万元最多付得起");
  const months = sections.find(({ title }) => title.startsWith("逐月使用"))!;
  expect(months.notes.join()).toContain("到各月底累计申请的分布，没有抽样");
  expect(months.verdict).toContain("用尽的可能为25%");
  const drawn = await answers(rows, { ...form, "growth-within": "±10%" });
  expect(drawn.sections.find(({ title }) => title.startsWith("逐月使用"))!.notes.join()).toMatch(
    /抽取带来的标准误：概率至多 0\.\d\d 个百分点，累计支付至多 [\d,]+\.\d\d 元/,
  );
  expect(sections[0]!.notes.join()).toContain("2026 年的资金池按单独填写的 10,000,000.00 元计");
});

test.each([
  [{ carry: "carry" }, "结转下年", [100, 150], "每年 1 月 1 日到位，余额结转"],
  [{ carry: "lapse" }, "作废", [100, 50], "每年 1 月 1 日到位，余额失效"],
  [{ carry: "carry", yearCarry: "lapse" }, "作废", [100, 50], "每年 1 月 1 日到位，余额结转"],
  [{ carry: "lapse", yearCarry: "carry" }, "结转下年", [100, 150], "每年 1 月 1 日到位，余额失效"],
  [{}, "作废", [100, 50], "一次到位"],
] as const)("what is left of a year: %j is %s for the years", async (options, left, leftWan, comes) => {
  const rows = [
    ["企业", "补贴金额（元）", "日期"],
    ["甲", "1000000", "2026-03-01"],
    ["乙", "1500000", "2027-05-01"],
  ];
  const form = formOf({ amount: "200万元", ...options } as PoolOptions);
  const { sections } = await answers(rows, form);
  const years = sections.find(({ title }) => title.startsWith("分年资金计划"))!;
  const column = years.head.indexOf(left === "作废" ? "预期作废" : "预期结转下年") - 1;
  expect(years.rows.map(({ figures }) => figures[column])).toEqual(
    leftWan.map((wan) => ({ kind: "money", fen: wan * 1_000_000 })),
  );
  const planning = planningOf(poolIn(form, undefined, { year: 2026 }), form, await claimsIn(rows))!;
  expect(frontOf(planning, "", { t: wordsIn("zh"), language: "zh" })).toContain(
    `资金到位（逐月使用）：${comes}；当年余额（多年计划）：${left}。`,
  );
});

test("money that comes once for claims of two years: no sentence says one year of them, and the plan says what it takes", async () => {
  const rows = [
    ["企业", "补贴金额（元）", "日期"],
    ["甲", "1000000", "2026-03-01"],
    ["乙", "1500000", "2027-05-01"],
  ];
  const form: Form = { amount: "200万元" };
  const planning = planningOf(poolIn(form, undefined, { year: 2026 }), form, await claimsIn(rows), 2026)!;
  const run: Run = (kind, question) => Promise.resolve(finished(begin({ kind, question })));
  const { sections } = await answersTo(planning, form, run, { t: wordsIn("zh"), language: "zh" });
  const verdictOf = (title: string) => sections.find((one) => one.title.startsWith(title))!.verdict;
  expect(verdictOf("使用情况")).toMatch(/^按每笔申请都来计，核定250万元，200万元的资金池只付得起200万元/);
  expect(verdictOf("需求与用尽风险")).toMatch(/^按每笔申请都来计，资金池必然用尽/);
  expect(verdictOf("分年资金计划")).toBe(
    "按每笔申请都来计，并按每年各有一笔资金，须兑付2026年100万元、2027年150万元；各年资金池都够付，未用完作废的合计150万元。",
  );
});

test("claims of other years than the one picked: the report names the year of theirs that its sections are about", async () => {
  const rows = [
    ["企业", "补贴金额（元）", "日期"],
    ["甲", "1000000", "2027-03-01"],
    ["乙", "1500000", "2028-05-01"],
  ];
  const form: Form = { amount: "200万元", carry: "lapse" };
  const planning = planningOf(poolIn(form, undefined, { year: 2026 }), form, await claimsIn(rows), 2026)!;
  const run: Run = (kind, question) => Promise.resolve(finished(begin({ kind, question })));
  const spoken = { t: wordsIn("zh"), language: "zh" } as const;
  const { sections } = await answersTo(planning, form, run, spoken);
  expect(sections[0]!.verdict).toMatch(/^按每笔申请都来计，200万元的资金池够付2027年的全部申请/);
  expect(frontOf(planning, "", spoken)[0]).toContain("2027");
});

test.each([
  ["2027-03-01", 2026, 2027],
  ["", 2026, 2026],
  ["2027-03-01", undefined, 2027],
  ["", undefined, undefined],
])("claims dated %j while %s is picked: the sentences say %s", async (date, picked, said) => {
  const rows = [
    ["企业", "补贴金额（元）", ...(date ? ["日期"] : [])],
    ["甲", "1000000", ...(date ? [date] : [])],
  ];
  const planning = planningOf(
    poolIn({ amount: "200万元" }, undefined, { year: 2026 }),
    {},
    await claimsIn(rows),
    picked,
  )!;
  expect(groundOf(planning, "zh").year).toBe(said);
});

test("amounts of other spellings are read one by one, to the same claims", async () => {
  const [headers, ...rows] = LEDGER;
  const spelled = [headers!, ...rows.map(([firm, yuan]) => [firm!, yuan === "300000" ? "￥300,000.00" : yuan!])];
  expect(await claimsIn(spelled)).toMatchObject({ names: ["甲", "乙", "丙", "丁"], amounts: FEN });
});

test("amounts in 万元 are summed to the fen", async () => {
  const claims = await claimsIn([
    ["企业", "申请额（万元）"],
    ["甲", "0.000001"],
    ["甲", "12.345678"],
    ["乙", "3"],
  ]);
  expect(claims.amounts).toEqual([12_345_679, 3_000_000]);
});

test("what each claim gets under each rule is what share() gives", async () => {
  const { shares } = await answers(LEDGER, { amount: "60万元", cap: "40万元" });
  for (const { method, awards } of shares[0]!.answer.shares)
    expect(awards).toEqual(share(FEN, 60_000_000, { method, cap: 40_000_000, order: "cap_then_share" }));
});

test("probabilities and spreads in columns of that name are used: risk is what BUTIE.POOLRISK gives", async () => {
  const table = [
    ["企业", "申请额", "概率", "离散度"],
    ["甲", "1000000", "50%", "0.2"],
    ["乙", "2000000", "0.8", "0"],
    ["丙", "500000", "1", "0.4"],
  ];
  const answer = await answers(table, { amount: "250万元" });
  const risk = poolRisk(
    [
      { amount: 100_000_000, probability: 0.5, spread: 0.2 },
      { amount: 200_000_000, probability: 0.8, spread: 0 },
      { amount: 50_000_000, probability: 1, spread: 0.4 },
    ],
    250_000_000,
  );
  expect(fenOf(answer, "需求与用尽风险", "需求 P90")).toEqual([Math.round(risk.p90)]);
  expect(fenOf(answer, "需求与用尽风险", "预期需求")).toEqual([Math.round(risk.expected)]);
});

test("days tell when the pool runs out", async () => {
  const table = [
    ["企业", "申请额", "申请日期"],
    ["甲", "100", "2026-03-01"],
    ["乙", "100", "2026-01-15"],
    ["丙", "100", "2026-05-01"],
  ];
  const { sections } = await answers(table, { amount: "200" });
  const time = sections.find(({ title }) => title.startsWith("逐月使用"))!;
  expect(time.rows.map(({ label }) => label)).toEqual(["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]);
  expect(time.notes.join()).toContain("2026-03-01");
});

test.each<[string, string[][], Named, RegExp]>([
  ["a header that is not there", LEDGER, { claims: "申请" }, /没有“申请”一列，有：企业、补贴金额/],
  [
    "no column of claims",
    [
      ["企业", "数"],
      ["甲", "1"],
    ],
    {},
    /没有认出申请额一列/,
  ],
  ["an amount that is none", [["申请额"], ["1"], ["一百"]], {}, /A3.*一百/],
  [
    "a negative amount",
    [
      ["企业", "申请额"],
      ["甲", "-1"],
    ],
    {},
    /B2.*-1/,
  ],
  [
    "a blank probability",
    [
      ["申请额", "概率"],
      ["1", "0.5"],
      ["2", ""],
    ],
    {},
    /B3.*空白/,
  ],
  ["a probability above one", [["申请额"], ["1"]], { probability: "1.5" }, /概率/],
  [
    "a day that is a year",
    [
      ["申请额", "日期"],
      ["1", "2026"],
    ],
    {},
    /B2.*只有年份/,
  ],
  [
    "a probability in words",
    [
      ["企业", "申请额", "概率"],
      ["甲", "1", "1"],
      ["甲", "2", "很可能"],
    ],
    {},
    /概率一列写的是“很可能”/,
  ],
  [
    "a claim without a firm",
    [
      ["企业", "申请额"],
      ["", "1"],
      ["甲", "2"],
    ],
    {},
    /企业 .*A2 是空的/,
  ],
])("%s is refused, with its cell", async (_what, rows, named, words) => {
  await expect(claimsIn(rows, named)).rejects.toMatchObject({ text: { zh: expect.stringMatching(words) as string } });
});

test("a growth and a number of winners that are none are refused", async () => {
  await expect(answers(LEDGER, { amount: "1", growth: "-1" })).rejects.toMatchObject({ text: { zh: /整体增长/ } });
  await expect(answers(LEDGER, { amount: "1", winners: "1.5" })).rejects.toMatchObject({ text: { zh: /名额/ } });
});

describe("what is uncertain, and several years, by options", () => {
  const ROWS = [
    ["企业", "申请额", "券种", "日期"],
    ["甲", "4000000", "算力券", "2026-03-10"],
    ["乙", "6000000", "语料券", "2026-09-10"],
    ["丙", "5000000", "算力券", "2026-09-20"],
  ];
  const options = {
    year: "2026",
    amount: "600万元",
    groupChance: ["算力券=50%", "语料券=40%"],
    factor: ["全部=50%/1.2/1.1,50%/0.8"],
    delay: "next",
    parts: "60/40",
    yearPool: ["2028=300万元"],
  };

  test("the form of the pane, and its figures", async () => {
    const form = formOf(options);
    expect(JSON.parse(form["group-chances"]!)).toEqual({ 算力券: "50%", 语料券: "40%" });
    expect(JSON.parse(form.factors!)).toEqual({
      "": [
        ["50%", "1.2", "1.1"],
        ["50%", "0.8"],
      ],
    });
    const { sections } = await answers(ROWS, form, { group: "券种", within: "20%" });
    const years = sections.find(({ title }) => title.startsWith("分年资金计划"))!;
    expect(years.rows.map(({ label }) => label)).toEqual(["2027", "2028"]);
    // Means: in good times 1.2 · 1.1, in bad ones 0.8 of what is expected, and e^(s²/2) for the range.
    const spread = spreadWithin(0.2);
    const mean = (0.5 * (4e8 + 5e8) + 0.4 * 6e8) * 0.5 * (1.2 * 1.1 + 0.8) * Math.exp(spread ** 2 / 2);
    const expected = years.rows.map(({ figures }) => (figures[0]!.kind === "money" ? figures[0]!.fen : NaN));
    expect(expected[0]).toBeCloseTo(0.6 * mean, -3);
    expect(expected[1]).toBeCloseTo(0.4 * mean, -3);
    expect(sections.find(({ title }) => title === "需求与用尽风险")!.verdict).toContain("若各笔互不相关");
  });

  test("a group that is not there, and words without a value, are refused", async () => {
    const claims = await claimsIn(ROWS, { group: "券种" });
    expect(() => checkGroups(formOf({ ...options, groupChance: ["算力劵=50%"] }), claims)).toThrow(
      "没有“算力劵”这一类",
    );
    expect(() => checkGroups(formOf(options), {})).toThrow("请用 --group 指定");
    expect(() => checkGroups(formOf(options), claims)).not.toThrow();
    expect(() => formOf({ ...options, yearPool: ["2028"] })).toThrow("应写成 名称=值");
  });
});

describe("sub-pools", () => {
  const TIERS = [
    ["企业", "申请额", "档"],
    ["甲", "2000", "一档"],
    ["乙", "1500", "二档"],
    ["丙", "1300", "二档"],
    ["丁", "1000", "三档"],
    ["丁", "800", "三档"],
    ["戊", "", ""],
  ];
  const NAMED = { subpool: "档", firm: "企业" };
  const FORM = { amount: "6000", subpools: "一档=3000；二档＝0.2万元;三档=1000元" };
  const paid = ({ shares }: PoolAnswer, method: string): number[] =>
    shares[0]!.answer.shares.find((one) => one.method === method)!.awards.map((fen) => fen / 100);

  test("each pays its own claims; what is left goes where it is said", async () => {
    expect(paid(await answers(TIERS, FORM, NAMED), "first_come")).toEqual([2000, 1500, 500, 1000, 0]);
    const spilled = await answers(TIERS, { ...FORM, spill: "in_order" }, NAMED);
    expect(paid(spilled, "first_come")).toEqual([2000, 1500, 1300, 1200, 0]);
    const by = await answers(TIERS, { ...FORM, spill: "by_need" }, NAMED);
    expect(paid(by, "proportional")).toEqual([2000, 1339.29, 1160.71, 1500, 0]);
    const section = by.sections.find(({ title }) => title.startsWith("各子资金池"))!;
    expect(section.verdict).toBe(
      "“二档”另调入：一档 500 元；“二档”少付 300 元；“三档”另调入：一档 500 元；“三档”少付 300 元",
    );
    expect(fenOf(by, "各子资金池", "一档")).toEqual([300000, 200000, 200000, 0, 100000, 200000, 0, 0]);
    expect(section.notes).toContain("结余按各子池的缺口比例调剂");
  });

  test("claims that may stay away: the averages add up", async () => {
    const named = { ...NAMED, probability: "0.5" };
    const answer = await answers(TIERS, { ...FORM, spill: "next" }, named);
    for (const label of ["一档", "二档", "三档"]) {
      const [own, , need, received, given, used, unpaid, left] = fenOf(answer, "各子资金池", label) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      // Each figure is an average to the fen.
      expect(Math.abs(own + received - given - used - left)).toBeLessThanOrEqual(2);
      expect(Math.abs(used + unpaid - need)).toBeLessThanOrEqual(2);
    }
  });

  test.each<[string, Form, Named, RegExp]>([
    [
      "a claim on a sub-pool that is not there",
      { ...FORM, subpools: "一档=3000；二档=2000" },
      NAMED,
      /申请“丁”：没有子资金池“三档”，有：一档、二档/,
    ],
    ["a list without a column", FORM, { firm: "企业" }, /还?要指定“子资金池”一列/],
    ["a column without a list", { amount: "6000" }, NAMED, /还要写出各子资金池的名称和金额/],
    ["more than the pool", { ...FORM, amount: "5999" }, NAMED, /各子资金池合计超过资金池/],
    ["an amount in words", { ...FORM, subpools: "一档=很多" }, NAMED, /写作 名称=金额/],
    ["a name twice", { ...FORM, subpools: "一档=1；一档=2" }, NAMED, /“一档”写了两次/],
    ["a number of winners", { ...FORM, winners: "3" }, NAMED, /名额不能与子资金池并用/],
    ["sharing before the cap", { ...FORM, order: "share_then_cap" }, NAMED, /先分配，再封顶/],
  ])("refused in words: %s", (_what, form, named, words) => expect(answers(TIERS, form, named)).rejects.toThrow(words));

  test("one firm in two sub-pools is refused, unless its rows are kept apart", async () => {
    const rows = TIERS.map((row) => (row[1] === "800" ? [row[0]!, "800", "二档"] : row));
    await expect(answers(rows, FORM, NAMED)).rejects.toThrow(/同一企业的子资金池应相同/);
  });
});

test("a section that cannot be computed says why in its place; the others stand", async () => {
  const rows = [
    ["企业", "申请额", "日期"],
    ["甲", "300", "2026-03-01"],
    ["乙", "500", "2026-04-01"],
  ];
  const { sections } = await answers(rows, { amount: "600", parts: "50/50", "growth-within": "20%" });
  const [use, years] = ["使用情况", "多年计划"].map((title) => sections.find((section) => section.title === title));
  expect(use!.rows.length).toBeGreaterThan(0);
  expect(years).toMatchObject({
    rows: [],
    verdict: expect.stringMatching(/^结转或分期时，各年由同一批申请连在一起/) as string,
  });
});

test("a number for all claims is named among the sources, beside the columns", async () => {
  const named = { probability: "0.5", within: "20%" };
  const { sources } = await within(LEDGER, (warehouse, file) => readClaimsOf(warehouse, file, named, false));
  expect(sources.zh).toBe("申请额：补贴金额（元）；企业：企业；概率：0.5；上下浮动：20%");
});
