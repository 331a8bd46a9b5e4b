/** A Chinese reader meets words: no name of a reading, an option, an input, a place or a family as the program spells it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { familyIn } from "../../src/functions/catalogue";
import zhFunctions from "../../src/functions/functions.zh.json";
import { jurisdictionOf } from "../../src/functions/period";
import { VOUCHERS, voucherRow, type VoucherName } from "../../src/functions/vouchers";
import {
  award,
  CATALOGUE,
  FAMILIES,
  JURISDICTIONS,
  planOf,
  readingsOf,
  Refusal,
  type Entry,
  type Row,
  type Value,
} from "../../src/rules";
import { isUnplanned, readScenarios, readTable, scenarioTable } from "../../src/tables";
import paneTexts from "../../src/taskpane/texts/zh.json";
import { SCENARIO_COLUMNS } from "../../src/tables";
import { workingPaper } from "../../src/writers/explain";
import { cataloguePage } from "../../src/writers/page";
import { refusalText } from "../../src/writers/sentence";
import { capWords, poolWords, rateWords, termsOf } from "../../src/writers/terms";

const instruments = CATALOGUE.map(({ instrument }) => instrument);
/** Every name of our own. Words that are one in common use, too (LPR), and single letters are none. */
const CODES = new Set(
  [
    ...JURISDICTIONS.map(({ id }) => id),
    ...Object.keys(FAMILIES),
    ...instruments.flatMap((instrument) => [
      instrument.id,
      ...Object.keys(instrument.inputs ?? {}),
      ...Object.values(instrument.inputs ?? {}).flatMap(({ options = {} }) => Object.keys(options)),
      ...Object.entries(readingsOf(instrument)).flatMap(([name, { options }]) => [name, ...Object.keys(options)]),
    ]),
    ...SCENARIO_COLUMNS.map(({ name }) => name),
    "prior_paid",
    "cum_paid",
    "eligible",
    "whatif_rate",
    "whatif_cap",
    "firm",
    "object",
  ].filter((code) => code !== "lpr" && code.length > 1),
);
const IDS = new Set(instruments.map(({ id }) => id));

/** The codes in a text; names of functions, such as BUTIE.CAP, are what a user types. */
const codesIn = (text: string, allowed: ReadonlySet<string> = new Set()): string[] =>
  [...text.matchAll(/(?<![A-Za-z0-9_.{/-])[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]/g)]
    .map(([word]) => word)
    .filter((word) => CODES.has(word) && !allowed.has(word));

test("the scan finds codes, and lets functions pass", () => {
  expect(codesIn("cap_scope=both（两支合并封顶），“zhejiang”，[amount]，bj-6-suanli；BUTIE.CAP，LPR")).toEqual([
    "cap_scope",
    "both",
    "zhejiang",
    "amount",
    "bj-6-suanli",
  ]);
});

/** A row that gives every required input. */
const rowOf = ({ instrument }: Entry): Row =>
  Object.fromEntries(
    Object.entries(instrument.inputs ?? {}).map(([name, { kind, options }]): [string, Value] => [
      name,
      kind === "flag" ? true : kind === "choice" ? Object.keys(options!)[0]! : 1,
    ]),
  );

test.each(CATALOGUE.map((entry) => [entry.instrument.id, entry] as const))("%s", (id, entry) => {
  const said: string[] = [];
  // Its own id stands in one row, to be copied into formulas.
  for (const { label, value } of termsOf(entry, { year: 2026 }, "zh")) {
    if (label === "编号") expect(value).toBe(id);
    else said.push(`${label} ${value}`);
  }
  const plan = planOf(entry, { year: 2026 });
  said.push(rateWords(plan, "zh"), capWords(plan, "zh"), poolWords(entry, "zh"));
  for (const row of [rowOf(entry), {}]) {
    const result = award(plan, row);
    const { lines, remarks } = workingPaper(result, row, "zh");
    for (const { label, computation, clause } of lines) said.push(`${label} ${computation} ${clause}`);
    for (const { label, value } of remarks) said.push(`${label} ${value}`);
    said.push(refusalText(result)?.zh ?? "");
  }
  const past = award(planOf(entry, { year: 1999 }), {});
  said.push(refusalText(past)!.zh);
  expect(said.flatMap((text) => codesIn(text).map((code) => `${code} in ${text}`))).toEqual([]);
});

const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.text.zh;
    throw error;
  }
  throw new Error("nothing was refused");
};

test("refusals name what is accepted in words", () => {
  const table = (headers: string[], cells: (string | number)[], id = "zj-15-suanli") => {
    const [row] = readTable([id], headers, [cells], [2026], { year: 2026 });
    return row && isUnplanned(row) && "text" in row.refusal ? row.refusal.text.zh : "";
  };
  const said = [
    refusalOf(() => table(["金额", "备注"], [1, 2])),
    refusalOf(() => table(["金额", "国产算"], [1, 2])),
    table(["标准级别", "rank"], ["国家级", 1], "bj-5-standards"),
    table(["合同金额", "国产", "最高800万元约束两支还是仅非自主一支"], [1, "是", "都"]),
    refusalOf(() => familyIn("补贴")),
    refusalOf(() => jurisdictionOf("上海")),
    refusalOf(() =>
      readScenarios([
        ["情景", "不知"],
        ["甲", 1],
      ]),
    ),
    refusalOf(() => readScenarios([["分配办法"], ["抽签"]])),
  ];
  for (const text of said) expect(text).not.toBe("");
  expect(said.flatMap((text) => codesIn(text).map((code) => `${code} in ${text}`))).toEqual([]);
});

test("a voucher that a place lacks names the places that have it", () => {
  const lacking = (Object.keys(VOUCHERS) as VoucherName[]).flatMap((name) => {
    const { instruments: having, args } = VOUCHERS[name] as { instruments: Record<string, string>; args: string[] };
    const place = args.indexOf("jurisdiction");
    return place < 0
      ? []
      : JURISDICTIONS.filter(({ id }) => !(id in having)).map(({ name: { zh } }) => {
          const cells = args.map((_, i) => (i === place ? zh : 1));
          return [name, zh, refusalOf(() => voucherRow(name, cells))];
        });
  });
  expect(lacking).toEqual([
    ["CHUANGXIN_QUAN", "浙江省", "浙江省没有这种券；有此券的辖区：滨江区"],
    ["CHUANGXIN_QUAN", "杭州市", "杭州市没有这种券；有此券的辖区：滨江区"],
  ]);
});

test("the pane's own texts and the help of the functions", () => {
  const help = Object.values(zhFunctions).flatMap(({ description, parameters }) => [
    description,
    ...Object.values(parameters as Record<string, string>),
  ]);
  expect([...Object.values(paneTexts), ...help].flatMap((text) => codesIn(text.replace(/\{\{\w+\}\}/g, "")))).toEqual(
    [],
  );
});

test("a set of scenarios that is written into the workbook", () => {
  const readings = { cap_scope: "nondomestic", rounding: "down" };
  const table = scenarioTable([{ name: "甲", readings, jurisdiction: "330108" }], "zh");
  expect(table.flat().flatMap((cell) => codesIn(String(cell)))).toEqual([]);
  expect(readScenarios(table)[0]!.readings).toEqual(readings);
});

test("docs/catalogue.md, but for the ids of instruments, which are typed", () => {
  const page = readFileSync(path.resolve(__dirname, "../../docs/catalogue.md"), "utf8");
  for (const text of [page, cataloguePage()]) {
    // English titles stand beside the Chinese ones; anchors are not seen.
    const chinese = text
      .split("\n")
      .filter((line) => /\p{Script=Han}/u.test(line))
      .map((line) =>
        line
          .replace(/ · .*$/, "")
          .replace(/\]\(#[^)]*\)/g, "]")
          .replace(/`src[^`]*`/g, ""),
      )
      .join("\n");
    expect(codesIn(chinese, IDS)).toEqual([]);
  }
});
