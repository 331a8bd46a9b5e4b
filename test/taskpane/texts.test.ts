/** Every text in one place: both languages have it, something shows it, and no text stands in the components. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { texts } from "../../src/taskpane/texts";
import { scenariosVerdict } from "../../src/writers/verdict";
import en from "../../src/taskpane/texts/en.json";
import zh from "../../src/taskpane/texts/zh.json";

const ROOT = path.resolve(__dirname, "../../src/taskpane");
const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), "utf8") }));
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test("both languages have the same texts, none empty, with the same values in them", () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  for (const [key, chinese] of Object.entries(zh)) {
    const english = en[key as keyof typeof en];
    expect([key, chinese.trim(), english.trim()]).not.toContain("");
    expect([key, ...names(english)]).toEqual([key, ...names(chinese)]);
  }
});

test("counts are grouped in every sentence, years and numbers of rows are not", () => {
  expect(texts.t("scenarios.run", { scenarios: 201, rows: 50_000 })).toBe("测算 201 个情景 × 50,000 行");
  expect(texts.t("insertion.explicit", { year: 2026 })).toContain("2026");
  expect(texts.t("planner.row", { n: "12345" })).toBe("第 12345 行");
  expect(scenariosVerdict([{ name: "", total: 0, firms: 1200, rows: 50_000, unknown: 1000 }], "zh")).toBe(
    "按现行做法，50,000行合计0元，1,200家企业有奖补（另有1,000行算不出，未计入）。",
  );
});

test("every text is shown somewhere", () => {
  const all = sources.map(({ text }) => withoutComments(text)).join("\n");
  // Keys with a name at their end that the code fills in: t(`planner.use-${figure}`).
  const prefixes = [...all.matchAll(/`([a-z-]+\.[a-z-]*)\$\{/g)].map(([, prefix]) => prefix!);
  const shown = (key: string) => all.includes(`"${key}"`) || prefixes.some((prefix) => key.startsWith(prefix));
  const unused = Object.keys(zh).filter((key) => !shown(key));
  expect(unused).toEqual([]);
});

test.each(sources.filter(({ file }) => file.endsWith(".tsx")))("$file holds no text of its own", ({ text }) => {
  const code = withoutComments(text);
  // Words between tags, or in the attributes that people read.
  const between = [...code.matchAll(/<[A-Za-z][^<>{}=]*>\s*([^<>{}\s][^<>{}]*?)\s*<\//g)].map(([, words]) => words);
  const attributes = [...code.matchAll(/\b(?:label|title|placeholder|aria-label|alt)="([^"]*)"/g)].map(([, w]) => w);
  const said = [...between, ...attributes].filter((words) => /\p{L}/u.test(words!));
  expect(said).toEqual([]);
  expect(code.match(/[\u4e00-\u9fff]+/g)?.filter((words) => !INPUT_WORDS.has(words)) ?? []).toEqual([]);
});

/** Words that are recognised in the user's sheet, not shown. */
const INPUT_WORDS = new Set(["企业", "企业名称", "对象", "年度", "申领年度"]);
