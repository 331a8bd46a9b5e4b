import { CATALOGUE, entryOf } from "../../src/rules";
import { articleWords, citation, documentRules, sameArticle } from "../../src/writers/citation";

test("a citation as it is written into a report: document, number, date, article, words", () => {
  expect(citation(entryOf("zj-15-suanli"), "zh")).toMatch(
    /^《浙江省人民政府印发关于支持人工智能创新发展若干措施的通知》（浙政发〔2025〕10号，2025年4月17日）第四部分第（十五）条：“.*”$/,
  );
  expect(citation(entryOf("zj-15-suanli"), "en")).toMatch(/ \(浙政发〔2025〕10号, 2025-04-17\), 四（十五）: “.*”$/);
});

test("a draft has neither number nor date, and says that it is one", () => {
  expect(citation(entryOf("hz-3-filing"), "zh")).toMatch(/》（征求意见稿）第三部分第（一）条第3项：“/);
});

test.each([
  ["四（十五）", "第四部分第（十五）条"],
  ["三（一）3", "第三部分第（一）条第3项"],
  ["附件", "附件"],
])("%s is cited as %s", (article, words) => {
  expect(articleWords(article)).toBe(words);
});

test.each(CATALOGUE.map((entry) => [entry.instrument.id, entry] as const))("%s is cited in full", (_id, entry) => {
  const words = citation(entry, "zh");
  for (const quote of [entry.instrument.quote].flat()) expect(words).toContain(`“${quote}”`);
  expect(words).toMatch(/第.+部分第（.+）条/);
  expect(words).not.toMatch(/undefined|（）/);
});

test("the document's own rules: window and overlap with their words, who pays, what is reported", () => {
  const rules = Object.fromEntries(
    documentRules(entryOf("bj-6-suanli"), "zh").map(({ label, value }) => [label, value]),
  );
  expect(rules["有效期"]).toBe("2025-06-10 至 2028-06-09（“本意见自2025年6月10日起施行,有效期为三年”）");
  expect(rules["重叠"]).toMatch(/^同一产品、项目、标准获得多项资助的，从优、从高、不重复.*（“同一产品/);
  expect(rules["提示"]).toContain("杭高新〔2026〕6号");
  const hangzhou = documentRules(entryOf("hz-3-filing"), "zh");
  expect(hangzhou.map(({ value }) => value)).toContain(
    "除明确上级资金支持的条款外，资助资金由市和区、县（市）按财政体制共同承担",
  );
});

test("what else the same article grants", () => {
  const ids = sameArticle(entryOf("hz-10-base-build")).map(({ instrument }) => instrument.id);
  expect(ids).toContain("hz-10-base-operate");
  expect(ids).not.toContain("hz-10-base-build");
});
