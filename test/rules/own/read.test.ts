/** A user's own policies: read beside the built-in ones, or refused with place, what stands there and what is accepted. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { fromJSONSchema } from "zod";
import {
  award,
  CATALOGUE,
  entryOf,
  findEntry,
  findJurisdiction,
  isOwn,
  JURISDICTIONS,
  ownMistake,
  ownPolicies,
  ownSchema,
  planOf,
  POLICIES,
  readingsOf,
  readOwnPolicies,
  setOwnPolicies,
  type OwnReading,
} from "../../../src/rules";

const SMALL = readFileSync(join(__dirname, "small.yaml"), "utf8");
const read = (...texts: string[]): OwnReading => readOwnPolicies(texts.map((text, i) => ({ name: `${i + 1}`, text })));
/** A built-in document as its file has it. */
const textOf = (id: string): string =>
  readFileSync(join(__dirname, `../../../src/rules/law/policies/${id}.yaml`), "utf8");
const CLAIM = { year: 2026 };
const fenOf = (id: string, row: Parameters<typeof award>[1]): number => award(planOf(entryOf(id), CLAIM), row).fen;

afterEach(() => setOwnPolicies(undefined));

describe("beside the built-in ones", () => {
  test("an own policy is found, named, and computed to the fen", () => {
    const reading = read(SMALL);
    expect(reading.found).toEqual([]);
    setOwnPolicies(reading);
    const entry = findEntry(" MY-Suanli ")!;
    expect(isOwn(entry)).toBe(true);
    expect(entry.jurisdiction).toBe(findJurisdiction("广东省深圳市"));
    expect(entry.instrument.name).toEqual({ zh: "市级算力券", en: "市级算力券" });
    // 25 % of 12,345,678.90 and of 20,400,000.04: below the cap, and one fen above it.
    expect(fenOf("my-suanli", { amount: 1_234_567_890, domestic: true })).toBe(308_641_973);
    expect(fenOf("my-suanli", { amount: 2_040_000_004, domestic: true })).toBe(510_000_000);
    expect(fenOf("my-suanli", { amount: 2_040_000_004 })).toBe(306_000_001);
    expect(readingsOf(entry.instrument).cap_on!.options.year!.zh).toBe("每年");
  });

  test("built-in entries stay the same objects, own ones go with their policy", () => {
    const before = CATALOGUE;
    const suanli = entryOf("bj-6-suanli");
    setOwnPolicies(read(SMALL));
    expect(CATALOGUE.slice(0, before.length)).toEqual(before);
    expect(entryOf("bj-6-suanli")).toBe(suanli);
    setOwnPolicies({ policies: [], mistakes: new Map() });
    expect(findEntry("my-suanli")).toBeUndefined();
    expect(findJurisdiction("深圳")).toBeUndefined();
    expect(ownPolicies()).toBeDefined();
  });

  test("a plan of a former version is not found again", () => {
    setOwnPolicies(read(SMALL));
    expect(fenOf("my-suanli", { amount: 100_000_000, domestic: true })).toBe(25_000_000);
    setOwnPolicies(read(SMALL.replace("is: 25%", "is: 20%")));
    expect(fenOf("my-suanli", { amount: 100_000_000, domestic: true })).toBe(20_000_000);
  });

  test("every built-in document can be copied under another id, and gives the same plans", () => {
    for (const { document, instruments } of POLICIES.filter((policy) => policy.instruments.length)) {
      const copy = textOf(document.id)
        .replace(new RegExp(`\\b${document.id}-`, "g"), `my${document.id}-`)
        .replace(`id: ${document.id}\n`, `id: my${document.id}\n`);
      const reading = read(copy);
      expect(reading.found).toEqual([]);
      setOwnPolicies(reading);
      for (const { id } of instruments) {
        const shown = (entry: ReturnType<typeof entryOf>): unknown =>
          JSON.parse(
            JSON.stringify({ ...planOf(entry, CLAIM), entry: undefined }, (_key, value: unknown) =>
              typeof value === "bigint" ? String(value) : value,
            ).replaceAll(`my${document.id}-`, `${document.id}-`),
          );
        expect(shown(entryOf(`my${id}`))).toEqual(shown(entryOf(id)));
        expect(isOwn(entryOf(`my${id}`))).toBe(true);
      }
    }
  });

  test("figures and caps of built-in instruments may be referred to", () => {
    const text = SMALL.replace("is: 25%", "as-in: zj-15-suanli");
    setOwnPolicies(read(text));
    const rate = fenOf("my-suanli", { amount: 100_000_000, domestic: true });
    expect(rate).toBe(award(planOf(entryOf("zj-15-suanli"), CLAIM), { amount: 100_000_000, domestic: true }).fen);
  });

  test("JSON is read as YAML is, and several policies stand in one text", () => {
    expect(read(JSON.stringify(YAML.parse(SMALL), null, "\t")).policies).toEqual(read(SMALL).policies);
    const second = SMALL.replaceAll("my-", "your-").replace("id: my\n", "id: your\n");
    const both = read(`${SMALL}\n---\n${second}`);
    expect(both.found).toEqual([]);
    setOwnPolicies(both);
    expect(JURISDICTIONS.filter(({ code }) => code === "440300")).toHaveLength(1);
    expect(CATALOGUE.filter(isOwn).map(({ instrument }) => instrument.id)).toEqual(
      expect.arrayContaining(["my-suanli", "your-suanli"]),
    );
  });
});

/** Mistakes: what is written instead of what, and how they are told. */
const MISTAKES: readonly [string, string, string, RegExp, number?][] = [
  ["a word misspelt", "is: 25%", "si: 25%", /my-suanli, parts 1, limits 1, share, rate 1: 不认识的词 si/, 37],
  ["a misspelt kind", "kind: rate-with-cap", "kind: rate-cap", /"rate-cap" 不可用，可用：.*rate-with-cap/, 21],
  ["a missing name", "    name: { zh: 市级算力券 }\n", "", /name: 缺少这一项/, 18],
  ["a figure in words", "cap: 5100000", "cap: 510万", /510万/, 38],
  ["a rate above 100 %", "is: 25%", "is: 25", /百分之三十写作 30%/, 37],
  ["a negative cap", "cap: 5100000", "cap: -5100000", /负数/, 38],
  [
    "an unknown family",
    "family: compute-voucher\n    kind: rate",
    "family: compute\n    kind: rate",
    /没有类别 compute，可用：.*compute-voucher/,
    20,
  ],
  ["an unknown input", "of: amount", "of: amout", /没有输入或读法 amout，可用：amount/, 37],
  ["an input that is no number", "of: amount", "of: domestic", /不是数/, 37],
  ["a test of what is not there", "if: { domestic: true }", "if: { domestc: true }", /domestc/, 37],
  [
    "a test for what a flag never is",
    "if: { domestic: true }",
    "if: { domestic: 国产 }",
    /domestic.*不能是 国产，可用：true、false/,
    37,
  ],
  [
    "an option that no reading has",
    "if: { cap_on: policy }",
    "if: { cap_on: polcy }",
    /没有选项 polcy，可用：year、policy/,
  ],
  ["a default that is no option", "default: year", "default: month", /没有默认的选项/, 30],
  ["an unknown pool", "pool: my-pool", "pool: my-pol", /没有编号为“my-pol”的政策工具/],
  ["a pool that is none", "pool: my-pool", "pool: bj-6-suanli", /不是资金池/, 24],
  [
    "a limit of two forms",
    "- cap: 5100000",
    "- cap: 5100000\n            amount: 3",
    /恰有 share、sum、cap、amount 之一，这里有 2 个/,
  ],
  ["a limit of no form", "- cap: 5100000\n            shared-by:", "- shared-by:", /这里有 0 个/],
  [
    "two limits that share an allowance",
    "used: prior_paid",
    "allowance: a\n          - { cap: 1, allowance: a, shared-by: { scope: firm, period: year } }",
    /共用.*额度/,
  ],
  ["an instrument that borrows from itself", "is: 25%", "as-in: my-suanli", /my-suanli/],
  ["a figure borrowed from nobody", "is: 25%", "as-in: my-suan", /my-suan/, 37],
  ["a cap of nobody", "cap: 5100000", "cap: { is: 1, plus-cap-of: bj-99 }", /bj-99/],
  [
    "the id of a built-in instrument",
    "id: my-suanli",
    "id: bj-6-suanli",
    /已有编号为“bj-6-suanli”的政策工具，自拟政策不能取代/,
    18,
  ],
  ["an id twice", "id: my-suanli", "id: my-pool", /已有编号为“my-pool”/, 18],
  ["the id of a built-in document", "id: my\n", "id: hz\n", /已有编号为“hz”的文件/, 3],
  ["an id of another document", "id: my-suanli", "id: mine-suanli", /编号要以“my-”开头/],
  [
    "an area that nobody describes",
    'jurisdiction: "440300"',
    'jurisdiction: "440400"',
    /没有辖区 440400：写进 jurisdictions/,
    5,
  ],
  ["a name of another area", "names: [深圳]", "names: [杭州]", /“杭州”已用于杭州市/],
  ["an area within none", 'within: "440000"', 'within: "440100"', /上一级辖区 440100 未知/],
  ["a day that is none", "from: 2026-01-01", "from: 2026-02-30", /日期 2026-02-30 不存在/, 6],
  ["a window that ends before it begins", "to: 2027-12-31", "to: 2025-12-31", /在起始日 2026-01-01 之前/, 6],
  ["a day for what is no date", "{ domestic: true }", "{ domestic: { above: 2026-01-01 } }", /“国产算力”不是日期/, 37],
  ["a default of a date", "zh: 本年已获, default: 0", "zh: 本年已获, kind: date, default: 0", /两次/, 28],
  ["a header of the table itself", "zh: 本年已获", "zh: 申报日期", /申报年度（日期）的表头/, 28],
  [
    "a least award of nothing",
    "    parts:",
    "    minimum: { amount: 0, below: nothing }\n    parts:",
    /起付金额 0 不可用/,
    35,
  ],
  ["the highest of one part", "    parts:", "    take: highest\n    parts:", /两个以上的部分/, 35],
  ["a header of two inputs", "zh: 国产算力", "zh: 合同金额", /表头“合同金额”指两项/],
  ["a name that the table has", "prior_paid: {", "year: {", /名字“year”不可用/],
  ["a name that tables of claims use for themselves", "prior_paid: {", "row_no: {", /名字“row_no”不可用/],
  ["a key twice", "kind: pool\n", "kind: pool\n    kind: pool\n", /“kind”写了两次/, 15],
  ["a tab", "    kind: pool", "\tkind: pool", /Tab|符号|缩进/, 14],
  ["a bracket that is not closed", "{ zh: 市级算力券 }", "{ zh: 市级算力券", /引号|括号|符号|缩进/],
  ["a key of every object", "zh: 合同金额", "zh: 合同金额, constructor: 1", /不能用“constructor”作键/, 26],
  ["__proto__", "zh: 合同金额", "zh: 合同金额, __proto__: { optional: true }", /不能用“__proto__”作键/, 26],
  ["a name of every object", "of: amount", "of: toString", /不能用“toString”/, 37],
  ["a number beyond all", "cap: 5100000", "cap: 1e400", /1e400 过大、过长或写法不对/, 38],
  ["a number of 400 digits", "cap: 5100000", `cap: ${"9".repeat(400)}`, /过大/, 38],
  ["a fraction of 400 digits", "is: 25%", `is: ${"9".repeat(400)}/7`, /过长/, 37],
  ["a division by zero", "is: 25%", "is: 1/0", /除以 0/, 37],
  ["a number of which nobody knows the size", "cap: 5100000", "cap: 1e999", /1e999 过大、过长或写法不对/, 38],
  ["what is no number", "cap: 5100000", "cap: .nan", /数字 \.nan 过大、过长或写法不对/, 38],
  ["a day of the text that is none", "{ domestic: true }", "{ signed: { below: 2026-02-30 } }", /signed/, 37],
  ["a name without end", "zh: 合同金额", `zh: ${"合".repeat(100_000)}`, /过长/, 26],
  ["a route that nobody counts", "    parts:", "    route: { group: a }\n    parts:", /路径（route）按对象计/],
  ["a route without a group", "    parts:", "    route: { chosen: domestic }\n    parts:", /group: 缺少这一项/, 35],
  [
    "a route chosen by an amount",
    "    parts:",
    "    object: { zh: 合同 }\n    route: { group: a, chosen: amount }\n    parts:",
    /chosen 要是一个是否（flag）输入，这里写的是 amount/,
    39,
  ],
  ["an infinity", "cap: 5100000", "cap: .inf", /过大/, 38],
  ["a text that would be a formula", "zh: 合同金额", 'zh: "=1+1"', /不能以 = 或 @ 开头/, 26],
  ["a sign that nobody sees", "zh: 合同金额", "zh: 合同\u202e金额", /看不见/, 26],
  ["a tag", "zh: 合同金额", "zh: !!js/function 合同金额", /! 标签/, 26],
  ["a window in Chinese", "from: 2026-01-01", "from: 2026年1月1日", /2026年1月1日/, 6],
  ["a default that no amount can be", "zh: 本年已获, default: 0", "zh: 本年已获, default: 无", /默认值 无 不可用/, 28],
];

describe("a mistake", () => {
  test.each(MISTAKES.map(([what, ...mistake]) => [what, mistake] as const))("%s", (_what, mistake) => {
    const [right, wrong, words, line] = mistake;
    expect(SMALL).toContain(right);
    const text = SMALL.replace(right, wrong);
    const { policies, found, mistakes } = read(text);
    expect(policies).toEqual([]);
    const told = found.map(({ place, text: { zh } }) => `${place}: ${zh}`);
    expect(told).toContainEqual(expect.stringMatching(words));
    for (const { text: both } of found) expect(both.en).toMatch(/\w/);
    if (line !== undefined) expect(found.map((mistake) => mistake.line)).toContain(line);
    // Whoever calls it learns of the mistake; built-in ids stay what they are.
    setOwnPolicies({ policies, mistakes });
    expect(findEntry("my-suanli")).toBeUndefined();
    expect(findEntry("bj-6-suanli")).toBeDefined();
    if (text.includes("id: my-suanli")) expect(ownMistake("MY-suanli")).toBeDefined();
  });

  test("of one policy leaves the others usable, except those that name it", () => {
    const other = SMALL.replaceAll("my-", "your-").replace("id: my\n", "id: your\n");
    const good = read(SMALL, other.replace("of: amount", "of: amout"));
    expect(good.policies.map(({ document }) => document.id)).toEqual(["my"]);
    expect(good.found[0]).toMatchObject({ name: "2", place: expect.stringMatching(/^your-suanli/) });
    const naming = read(SMALL.replace("pool: my-pool", "pool: your-pool"), other.replace("of: amount", "of: amout"));
    expect(naming.policies).toEqual([]);
  });

  test("of the first of two with one id is told of the second, which may be meant", () => {
    const { policies, found } = read(SMALL, SMALL);
    expect(policies).toHaveLength(1);
    expect(found[0]).toMatchObject({ name: "2", text: { zh: expect.stringMatching(/已有编号为“my”的文件/) } });
  });
});

describe("a hostile file", () => {
  const refusedAt = (text: string, words: RegExp): void => {
    const started = process.cpuUsage();
    const { policies, found } = read(text);
    expect(policies).toEqual([]);
    expect(found.map((mistake) => mistake.text.zh).join("\n")).toMatch(words);
    // Seconds of work would stop the pane.
    expect(process.cpuUsage(started).user).toBeLessThan(20_000_000);
  };
  const cases = (n: number): string =>
    SMALL.replace("{ is: 15% }", Array.from({ length: n }, () => "{ is: 15% }").join(", "));

  test("too long", () => refusedAt(cases(1_000_000), /最多 262144 个/));
  test("too many cases", () => refusedAt(cases(12_000), /最多 16384 项/));
  test("too deep in brackets", () => refusedAt(`a: ${"[".repeat(100_000)}`, /过深|括号/));
  test("too deep in lists", () => refusedAt("- ".repeat(100_000), /过深|缩进/));
  test("too deep in tests", () =>
    refusedAt(
      SMALL.replace("if: { domestic: true }", `if: ${"{ any: [".repeat(40)}{ domestic: true }${"] }".repeat(40)}`),
      /过深/,
    ));
  test("aliases of aliases", () => {
    const levels = Array.from({ length: 20 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]`);
    refusedAt(`l0: &l0 [x]\n${levels.join("\n")}`, /引用/);
  });
  test("an alias of itself", () => refusedAt("a: &a [*a]", /过深|引用|读取/));
  test("a number in a base of its own", () => refusedAt(SMALL.replace("cap: 5100000", "cap: 0x4DD1E0"), /写法不对/));
  test("a tab before a key", () => refusedAt(SMALL.replace("    parts:", "\tparts:"), /Tab|缩进|符号/));
  test("an alias of nothing", () => refusedAt("a: *b", /读取|引用|符号|写法/));
  test("many readings", () => {
    const reading = (i: number) => `
      r${i}: { doubt: { zh: 问${i} }, default: a, why: { zh: 因 }, options: { a: { zh: 甲 }, b: { zh: 乙 } } }`;
    refusedAt(
      SMALL.replace("    readings:", `    readings:${Array.from({ length: 40 }, (_, i) => reading(i)).join("")}`),
      /种组合/,
    );
  });
  test("a mark of the byte order before it is no fault", () =>
    expect(read(`\uFEFF${SMALL}`)).toEqual({ ...read(SMALL) }));
  test.each(["", "   \n", "# only a remark", "---\n---\n"])("nothing at all: %j", (text) =>
    expect(read(text)).toEqual({ policies: [], mistakes: new Map(), found: [] }),
  );
  test.each([
    "null",
    "[]",
    "3",
    '"text"',
    "document: 3",
    "instruments: {}",
    "\u0000",
    "%YAML 9.9\n---\na: b",
    "? [a]\n: b",
    "{}",
  ])("no policy: %j", (text) => refusedAt(text, /./));
});

test("the example of docs/policy-form.md is read, and computes", () => {
  const page = readFileSync(join(__dirname, "../../../docs/policy-form.md"), "utf8");
  const [, example] = /```yaml\n(.*?)```/s.exec(page.slice(page.indexOf("## 自拟政策")))!;
  const reading = read(example!);
  expect(reading.found).toEqual([]);
  setOwnPolicies(reading);
  expect(fenOf("my-suanli", { amount: 100_000_000 })).toBe(25_000_000);
});

describe("the schema", () => {
  test("leaves out what an own policy may leave out, and nothing else", () => {
    const schema = ownSchema() as any;
    expect(schema.properties.document.required).toEqual(["id", "title", "jurisdiction", "window"]);
    const instrument = schema.properties.instruments.items;
    expect(instrument.required).toEqual(["id", "name", "family", "kind", "modality", "level"]);
    expect(instrument.properties.name.required).toEqual(["zh"]);
    expect(instrument.additionalProperties).toBe(false);
    expect(JSON.stringify(schema)).toContain("rate-with-cap");
  });

  test("accepts every built-in document, an example of docs/policy-form.md, and what the form accepts only", () => {
    const published = fromJSONSchema(ownSchema());
    const accepts = (file: unknown): boolean => published.safeParse(file).success;
    for (const { document } of POLICIES)
      expect([document.id, accepts(YAML.parse(textOf(document.id)))]).toEqual([document.id, true]);
    const small = YAML.parse(SMALL) as { instruments: Record<string, unknown>[] };
    expect(accepts(small)).toBe(true);
    const [, instrument] = small.instruments;
    for (const wrong of [
      { ...instrument, kind: "rate-cap" },
      { ...instrument, parts: [{ limits: [{ cap: "510万" }] }] },
      { ...instrument, minimum: { amount: 1 } },
      { ...instrument, take: "lowest" },
      { ...instrument, colour: "red" },
    ])
      expect(accepts({ ...small, instruments: [wrong] })).toBe(false);
  });
});
