/** Columns of ledgers as they fill the inputs of a voucher, and rows with policies of their own. */
import { findEntry, findJurisdiction } from "../../src/rules";
import { entryOfRow, isHeader, matchColumns, nameOf, policyColumns, regionOf, Unread, wordOf } from "../../src/tables";
import { meaningOf } from "../../src/tables/headers";
import type { Region } from "../../src/tables/region";

const voucher = findEntry("bj-6-suanli")!;
const others = ["zj-15-suanli", "hz-1-city-suanli"].map((id) => findEntry(id)!);

/** A table of these headers with one row below them. */
const tableOf = (headers: readonly string[], row: readonly (string | number)[] = headers.map(() => 1)): Region =>
  regionOf({ values: [headers, row] }, { row: 0, column: 0, rows: 2, columns: headers.length }, 1);

const matched = (region: Region, choices: Record<string, string> = {}) =>
  matchColumns(region, [voucher], new Map(Object.entries(choices))).map(({ header, name, unit, readable }) => [
    header,
    name,
    unit,
    readable,
  ]);

test("the headers of an ordinary ledger, 万元 included", () => {
  expect(matched(tableOf(["序号", "申请单位", "合同金额（万元）", "是否国产算力", "签订日期"]))).toEqual([
    ["序号", undefined, 1, false],
    ["申请单位", "firm", 1, true],
    ["合同金额（万元）", "amount", 10_000, true],
    ["是否国产算力", "domestic", 1, true],
    ["签订日期", undefined, 1, false],
  ]);
});

test("a unit line counts for amounts without a unit of their own, and BUTIE has to be given it", () => {
  const region = { ...tableOf(["企业", "合同金额", "已获（元）"]), unit: 10_000 } as const;
  expect(matched(region)).toEqual([
    ["企业", "firm", 1, true],
    ["合同金额", "amount", 10_000, false],
    ["已获（元）", "prior_paid", 1, true],
  ]);
});

test("what the user chose goes before the header; nothing is filled twice", () => {
  expect(matched(tableOf(["合同价（含税）", "金额"]), { "合同价(含税)": "amount" })).toEqual([
    ["合同价（含税）", "amount", 1, false],
    ["金额", undefined, 1, false],
  ]);
  expect(matched(tableOf(["金额"]), { 金额: "" })).toEqual([["金额", undefined, 1, false]]);
  expect(matched(tableOf(["上年费用（万元）"]), { "上年费用(万元)": "amount" })).toEqual([
    ["上年费用（万元）", "amount", 10_000, false],
  ]);
});

test("a header is not taken for an input that only mentions its word", () => {
  expect(matched(tableOf(["year", "firm", "amount", "domestic"])).map(([, name]) => name)).toEqual([
    "year",
    "firm",
    "amount",
    "domestic",
  ]);
});

test.each(["zh", "en"] as const)("BUTIE reads every word that is written for it, in %s", (language) => {
  const matches = matchColumns(
    { ...tableOf(["申请单位", "合同编号", "年度", "合同金额（亿元）", "是否国产算力"]) },
    [voucher],
    new Map(),
  );
  for (const each of matches) {
    const match = { ...each, readable: false };
    const meaning = meaningOf(nameOf(wordOf(match, [voucher], language)), voucher);
    expect(meaning).not.toBeInstanceOf(Unread);
    expect(meaning).toMatchObject({ name: match.name, ...(match.unit === 1 ? {} : { unit: match.unit }) });
  }
});

test("headers are known whatever their unit; values are none", () => {
  expect(["申请单位", "合同金额（万元）", "是否国产算力", "辖区", "券种"].map(isHeader)).toEqual(Array(5).fill(true));
  expect(["甲公司", "序号（一）", "是"].map(isHeader)).toEqual([false, false, false]);
});

describe("the policy of a row", () => {
  const otherwise = { place: findJurisdiction("binjiang")!, family: "compute-voucher" };
  const claim = { year: 2026 };
  const of = (headers: string[], row: string[]) => {
    const region = tableOf(headers, row);
    const found = entryOfRow((c) => row[c]!, policyColumns(region)!, otherwise, claim);
    return found instanceof Unread ? found.zh : found.instrument.id;
  };

  test("is named by its id, or by place and kind of support", () => {
    expect(of(["政策工具"], ["zj-15-suanli"])).toBe("zj-15-suanli");
    expect(of(["辖区", "券种"], ["滨江区", "算力券"])).toBe("bj-6-suanli");
    expect(of(["地区", "补贴类型"], ["浙江", "语料券"])).toBe("zj-18-yuliao");
  });
  test("with places alone it is the support in hand, with supports alone the place that is picked", () => {
    expect(of(["辖区"], ["浙江省"])).toBe("zj-15-suanli");
    expect(of(["券种"], ["模型券"])).toBe("bj-8-moxing");
  });
  test("is none where the place is unknown, or several would do, or it lacks the support: the words say so", () => {
    expect(of(["辖区"], ["上海"])).toBe("没有辖区“上海”的政策，可填：浙江省、杭州市、滨江区");
    expect(of(["辖区", "券种"], ["滨江区", "人才"])).toMatch(/^滨江区的“人才”不止一项：.+、.+，请写明是哪一项$/);
    expect(of(["辖区", "券种"], ["浙江", "创新券"])).toBe("浙江省没有“创新券”；有的辖区：滨江区");
    expect(of(["券种"], ["消费券"])).toBe("没有名为“消费券”的政策");
    expect(of(["政策工具"], ["zj-99"])).toBe(
      "没有编号为“zj-99”的政策工具，可用 BUTIE.LIST 查看目录；“自拟政策”表尚未读入",
    );
  });
  test("a table without such columns has none", () => {
    expect(policyColumns(tableOf(["企业", "金额"]))).toBeUndefined();
  });
  test("an amount that two places name differently is one column", () => {
    const [match] = matchColumns(tableOf(["合同金额"]), [...others, voucher], new Map());
    expect(match!.name).toBe("amount");
    // What is written for all of them is a word, and each of them reads it so.
    const word = wordOf(match!, [...others, voucher], "zh");
    expect(word).toMatch(/^\p{Script=Han}+$/u);
    for (const entry of [...others, voucher]) expect(meaningOf(nameOf(word), entry)).toMatchObject({ name: "amount" });
  });
});
