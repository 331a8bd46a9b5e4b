import { CATALOGUE, type Entry } from "../../src/rules";
import { across, down, functions, messages, NA, one, shown, VALUE, withPick } from "./called";

const { list, terms, rate, cap, pool, clause } = functions;

describe("BUTIE.RATE", () => {
  test.each<[string, unknown, number | string]>([
    ["zj-15-suanli", "国产", 0.3],
    ["zj-15-suanli", "非国产", 0.1],
    ["zj-15-suanli", true, 0.3],
    ["zj-15-suanli", false, 0.1],
    ["zj-15-suanli", "自主算力", 0.3],
    ["zj-15-suanli", "domestic", 0.3],
    ["hz-1-city-suanli", "否", 0.2],
    ["bj-6-suanli", "国产", 0.6],
    ["bj-6-suanli", "非国产", 0.3],
    ["bj-7-yuliao", "可信数据空间", 0.3],
    ["hz-1-nat-suanli", "university", 0.3],
    ["zj-25-terminal", "智能眼镜", 0.15],
    ["bj-19-insurance", "", 0.7],
    ["bj-17-authorization", "", 0.5],
    ["hz-18-tiexi", "", 0.015],
    ["zj-14-tiexi", "", 0.5],
  ])("%s %p is %p", (id, option, fraction) => expect(shown(rate(one(id), one(option)))).toEqual(one(fraction)));

  test("without an option, a blank and a 0 alike: the first of the clause", () => {
    const ids = down("zj-15-suanli", "hz-1-city-suanli", "bj-6-suanli", "bj-9-chuangxin");
    for (const blank of [undefined, one(""), one(null), one(0)] as unknown[][][])
      expect(shown(rate(ids, blank))).toEqual(down(0.3, 0.3, 0.6, 0.3));
  });

  test("a stacked voucher's rates add up: 至45%和25%; a university stays at the nation's", () => {
    expect(shown(rate(one("hz-1-stack-suanli"), across("国产", "非国产", "高校")))).toEqual([[0.45, 0.25, 0.3]]);
    expect(shown(rate(one("hz-1-stack-model")))).toEqual(one(0.45));
  });

  test("where the clause has no rate, for what it does not pay, and outside its window: #N/A with the reason", () => {
    const id = "hz-1-city-suanli";
    expect(shown(rate(down("hz-2-major", "bj-13-product", "zj-16-data-space", "bj-6-pool", "no-such")))).toEqual(
      down(NA, NA, NA, NA, NA),
    );
    expect(messages(rate(down("", 0)))).toEqual(["缺少政策工具编号", "缺少政策工具编号"]);
    expect(messages(rate(one(id), one("高校")))).toEqual(["市级算力券仅限用户企业"]);
    expect(shown(rate(one("zj-15-suanli"), one("国家支持的重点领域项目")))).toEqual(one(NA));
    expect(messages(rate(one(id), one("国产"), one(2028)))[0]).toMatch(
      /2028 不在有效期内；有效期 2025年（月日未定）至 2027-12-31/,
    );
  });

  test("an option that the instrument does not have is refused with those that it has", () => {
    const result = rate(down("zj-15-suanli", "bj-7-yuliao"), one("abc"));
    expect(shown(result)).toEqual(down(VALUE, VALUE));
    expect(messages(result)[0]).toMatch(/没有选项“abc”，可用：自主算力、国家支持的重点领域项目/);
    expect(messages(result)[1]).toMatch(/数据交易平台、可信数据空间、其他/);
    expect(messages(rate(one("hz-2-major"), one("国产")))).toEqual(["没有选项“国产”，该条款不分情形，选项应留空"]);
  });

  test("stretches over ids, options and years", () => {
    expect(shown(rate(down("zj-15-suanli", "bj-6-suanli"), across("国产", "非国产")))).toEqual([
      [0.3, 0.1],
      [0.6, 0.3],
    ]);
    expect(shown(rate(one("zj-15-suanli"), one("国产"), down(2024, 2025, "2025-05-30")))).toEqual(down(NA, 0.3, NA));
  });
});

describe("BUTIE.CAP", () => {
  test.each<[string, unknown, number | string]>([
    ["zj-15-suanli", "", 8000000],
    ["bj-6-suanli", "国产", 20000000],
    ["hz-1-stack-suanli", "", 8000000],
    ["zj-25-terminal", "", 2000],
    ["zj-17-standards", "", 1000000],
    ["zj-17-standards", "国家标准项数", 500000],
    ["zj-17-standards", "n_local", 100000],
    ["bj-5-standards", "国际标准", 1000000],
    ["bj-5-standards", "participate", 500000],
    ["bj-5-standards", "national", 200000],
    ["bj-5-standards", "行业标准", 100000],
    ["bj-5-standards", "地方标准", NA],
    ["hz-17-dataset", "", 1000000],
    ["hz-17-dataset", "多模态数据集", 2000000],
    ["hz-17-dataset", "否", 1000000],
    ["hz-1-nat-suanli", "", NA],
    ["hz-1-stack-suanli", "高校", NA],
    ["zj-19-consortium", "", 30000000],
    ["bj-17-top-talent", "", 100000000],
    ["zj-2-rd-subsidy", "", NA],
    ["bj-6-suanli", "别的", VALUE],
  ])("%s %p is %p", (id, option, yuan) => expect(shown(cap(one(id), one(option)))).toEqual(one(yuan)));
});

describe("BUTIE.POOL and BUTIE.CLAUSE", () => {
  test("the pool that an instrument is, or draws on", () => {
    const ids = down("bj-6-pool", "bj-6-suanli", "hz-1-stack-model", "bj-9-chuangxin", "hz-16-fund");
    expect(shown(pool(ids))).toEqual(down(100000000, 100000000, 250000000, 50000000, 100000000000));
    expect(shown(pool(down("zj-15-suanli", "nothing")))).toEqual(down(NA, NA));
    expect(shown(pool(one("bj-6-pool"), down(2025, 2024)))).toEqual(down(100000000, NA));
  });

  test("document, number, article and quotation", () => {
    const [[text]] = clause(one("bj-9-chuangxin")) as [[string]];
    expect(text).toMatch(/杭高新〔2025〕9号.*二（九）.*“对企业给予不超过认定登记的技术合同金额30%补助/);
    expect(shown(clause(down("bj-9-chuangxin", "x")))[1]).toEqual([NA]);
    for (const { instrument } of CATALOGUE) expect(clause(one(instrument.id))[0]![0]).toContain(instrument.article);
  });
});

describe("BUTIE.LIST", () => {
  test("lists all instruments under a header, and fewer under a filter", () => {
    const among = (those: (entry: Entry) => boolean) => CATALOGUE.filter(those).map(({ instrument }) => instrument.id);
    const everything = among(() => true);
    const all = list();
    expect(all[0]).toEqual(["编号", "名称", "辖区", "条款", "形式", "比例", "上限", "资金池", "有效期", "状态"]);
    expect(all.slice(1).map(([id]) => id)).toEqual(everything);
    expect(new Set(all.map((row) => row.length))).toEqual(new Set([10]));
    const ids = (...args: unknown[]) =>
      list(...(args as Parameters<typeof list>))
        .slice(1)
        .map(([id]) => id);
    expect(ids(one("滨江"))).toEqual(among(({ jurisdiction }) => jurisdiction.id === "binjiang"));
    expect(ids(null, one(2024))).toEqual(among(({ document }) => document.id === "zj23"));
    // Blank cells, which Excel on the desktop hands over as 0, filter nothing.
    for (const blank of ["", 0, null]) expect(ids(one(blank), one(blank), one(blank))).toEqual(everything);
    expect(ids(null, one("2025-06-09"), one("算力券"))).not.toContain("bj-6-suanli");
    expect(ids(one("BJ"), one(2026), one("compute-voucher"))).toEqual(["bj-6-pool", "bj-6-suanli"]);
    expect(ids(one(""), one(0), one(null))).toEqual(everything);
  });

  test("a row says rate, cap with its scope, pool, window and status; a draft is visibly one", () => {
    const row = (id: string) =>
      list()
        .find(([first]) => first === id)!
        .join(" | ");
    expect(row("bj-6-suanli")).toMatch(/60%.*30%.*2000 万元.*单家企业每年.*1 亿元.*2025-06-10 至 2028-06-09.*现行/);
    expect(row("hz-1-city-suanli")).toMatch(/征求意见稿/);
  });

  test("unknown filters are refused with what is known", () => {
    expect(shown(list(one("上海")))).toEqual(one(VALUE));
    expect(messages(list(undefined, undefined, one("补贴")))[0]).toMatch(/没有类别“补贴”，可用：算力券、模型券/);
    expect(shown(list(undefined, one("去年")))).toEqual(one(VALUE));
  });

  test("in English where the pane is", () =>
    withPick({ language: "en" }, () => expect(list()[0]!.slice(0, 3)).toEqual(["id", "name", "jurisdiction"])));
});

describe("BUTIE.TERMS", () => {
  const termsOf = (id: string, year?: unknown) =>
    terms(one(id), year === undefined ? undefined : one(year)) as [string, string][];

  test("labels and values of one instrument: inputs, limits, readings, doubts, clause", () => {
    const text = termsOf("bj-6-suanli")
      .map((row) => row.join("："))
      .join("\n");
    for (const part of [
      /编号：bj-6-suanli/,
      /输入：上一年度结算费用，元/,
      /条件：出租方在算力合作伙伴名单内/,
      /上限.*2000 万元/,
      /资金池：每年 1 亿元/,
      /读法：[^[\]]*？.*A54/,
      /疑问：.*A53/,
      /状态：现行/,
      /条款：二（六）/,
      /原文：.*2000万元补助/,
    ])
      expect(text).toMatch(part);
  });

  test("says where the picked year lies outside or only partly inside the window", () => {
    expect(termsOf("bj-6-suanli", 2024)).toContainEqual(["注意", "所选年度不在有效期内"]);
    expect(termsOf("bj-6-suanli", 2025)).toContainEqual(["注意", "所选年度仅部分时间有效"]);
    expect(termsOf("bj-6-suanli", 2026).map(([label]) => label)).not.toContain("注意");
  });

  test.each(CATALOGUE.map(({ instrument }) => instrument.id))("%s, in both languages", (id) => {
    const { instrument } = CATALOGUE.find((entry) => entry.instrument.id === id)!;
    for (const language of ["zh", "en"] as const) {
      const rows = withPick({ language }, () => termsOf(id));
      expect(rows.every((row) => row.length === 2 && row.every(Boolean))).toBe(true);
      expect(rows[0]![1]).toBe(id);
      for (const quote of [instrument.quote].flat()) expect(rows.map(([, value]) => value)).toContain(quote);
      expect(rows.map(([, value]) => value).filter((value) => /undefined|NaN|\[object/.test(value))).toEqual([]);
    }
  });

  test("an unknown id is #N/A", () => expect(shown(terms(one("bj-6")))).toEqual(one(NA)));
});

test("BUTIE.VERSION: version and date of the rules", () => {
  const [[version, date]] = functions.version() as [[string, string]];
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
