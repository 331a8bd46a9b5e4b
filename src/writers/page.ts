/** The catalogue as people read it, by document and article: docs/catalogue.md. Chinese, with the English names. */
import {
  CATALOGUE,
  COMMON_READINGS,
  entryBeside,
  FAMILIES,
  planOf,
  POLICIES,
  readingsOf,
  type Document,
  type Entry,
  type Plan,
  type Policy,
  type Reading,
  type Text,
  isOneDocument,
  versionsIn,
} from "../rules";
import {
  capWords,
  conditionWords,
  gradeLines,
  inputWords,
  KIND,
  levelOf,
  minimumWords,
  routeWords,
  modalityWords,
  noticesOf,
  poolWords,
  quotaWords,
  quotesOf,
  rateWords,
  STATUS,
  togetherWords,
  windowWords,
} from "./terms";
import { againWords, limitLine } from "./words";

const INTRODUCTION = `# 政策工具目录 · Catalogue of instruments

本页由政策文件（\`src/rules/law/policies/*.yaml\`）生成：\`npm run catalogue\`。请改政策文件，不要改本页。
This page is written from the policy files by \`npm run catalogue\`; change those, not this page.

每项列出条款、原文、比例、上限及其范围、条件、输入，以及条文留下的读法和疑问。“读法”是可切换的：表头写问句，单元格写所选的说法。
括号内的 A01……是疑问登记号。“到分的舍入是否可以高出‘不超过’半分”适用于每一项：默认四舍五入，可改为舍去。
`;

/** The whole page. The plans are those of no particular year: windows are shown, not applied. */
export function cataloguePage(): string {
  const contents = POLICIES.map(({ document, instruments }) => {
    const count = instruments.length ? `${instruments.length} 项` : "无政策工具";
    return `- [${document.title.zh}](#${document.id})（${STATUS[document.status].zh}，${count}）`;
  });
  return [INTRODUCTION, ...contents, "", ...POLICIES.flatMap(documentLines)].join("\n");
}

function documentLines({ document, instruments }: Policy): string[] {
  const entries = CATALOGUE.flatMap(versionsIn).filter((entry) => isOneDocument(entry, { document }));
  return [
    `<a id="${document.id}"></a>`,
    "",
    `## ${document.title.zh}`,
    "",
    document.title.en,
    "",
    ...items([
      ["文号", document.number],
      ["成文日期", document.issued],
      ["状态", STATUS[document.status].zh],
      ...noticesOf(document, "zh").map((notice) => ["提示", notice] as const),
      ["有效期", windowLine(document)],
      ["读法", document.window.reported && readingLine(COMMON_READINGS.window_end!)],
      ["重叠", document.overlap && `${document.overlap.rule.zh}（“${document.overlap.quote}”）`],
      ["来源", `\`${document.source}\``],
      ...(document.notes ?? []).map((note) => ["备注", note.zh] as const),
      ...(document.doubts ?? []).map(
        ({ register, doubt, answer }) => ["疑问", `${doubt.zh}？${answer.zh}（${register}）`] as const,
      ),
    ]),
    "",
    ...(instruments.length ? ["| 条款 | 工具 | 编号 | 比例 | 上限或定额 |", "| --- | --- | --- | --- | --- |"] : []),
    ...entries.map(summaryRow),
    "",
    ...entries.flatMap(instrumentLines),
  ];
}

const windowLine = (document: Document): string =>
  [windowWords(document, "zh"), document.window.note?.zh].filter(Boolean).join("。");

const ANY_YEAR = { year: 0 };

function summaryRow(entry: Entry): string {
  const { id, name, article } = entry.instrument;
  const plan = planOf(entry, ANY_YEAR);
  const cells = [article, `[${name.zh}](#${id})`, `\`${id}\``, rateWords(plan, "zh"), capWords(plan, "zh")];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** What is so of one part of an award, with the part's name. */
const inPart = (name: Text | undefined, line: string): string => (name ? `${name.zh}：${line}` : line);

/** Whether the document grants a stated amount, and no ceiling. */
const isFixed = ({ parts, limits }: Plan): boolean =>
  [...parts.flatMap((part) => part.limits), ...limits].every(({ kind }) => kind === "amount");

function instrumentLines(entry: Entry): string[] {
  const { instrument } = entry;
  const plan = planOf(entry, ANY_YEAR);
  const limits = [
    ...plan.parts.flatMap(({ name, limits: own }) => own.map((limit) => inPart(name, limitLine(limit, plan, "zh")))),
    ...[togetherWords(plan, "zh"), minimumWords(plan, "zh")].filter(Boolean),
    ...plan.limits.map((limit) => `合计：${limitLine(limit, plan, "zh")}`),
  ];
  const level = levelOf(instrument, "zh");
  const conditions = [
    ...plan.conditions.slice(1).map((condition) => conditionWords(condition, plan, "zh")),
    ...plan.parts.flatMap(({ name, conditions: own }) =>
      own.map((condition) => inPart(name, conditionWords(condition, plan, "zh"))),
    ),
  ];
  return [
    `<a id="${instrument.id}"></a>`,
    "",
    `### ${instrument.article} ${instrument.name.zh} · ${instrument.name.en}`,
    "",
    // Passages that do not follow each other in the document are set apart.
    ...quotesOf(instrument)
      .flatMap((quote) => [`> ${quote}`, "", "……", ""])
      .slice(0, -2),
    ...items([
      ["编号", `\`${instrument.id}\``],
      ["类别与形式", `${FAMILIES[instrument.family]!.zh}，${KIND[instrument.kind].zh}`],
      ["状态", `${STATUS[entry.document.status].zh}，${windowWords(entry.document, "zh")}`],
      ...noticesOf(entry.document, "zh").map((notice) => ["提示", notice] as const),
      ["性质", modalityWords(instrument, "zh")],
      [level.label, level.value],
      ["基数", instrument.base?.zh],
      ["比例", rateWords(plan, "zh")],
      [isFixed(plan) ? "定额" : "上限", capWords(plan, "zh")],
      ...limits.map((limit) => [instrument.result ? "结果" : "限额", limit] as const),
      ...[...new Set(conditions)].map((condition) => ["条件", condition] as const),
      ["资金池", poolWords(entry, "zh")],
      ["名额", instrument.quota && quotaWords(instrument.quota, "zh")],
      ...gradeLines(plan, "zh").map((grade) => ["认定结果", grade] as const),
      ["再次获得", againWords(plan, "zh")],
      ["路径", routeWords(plan, "zh")],
      ["未定事项", instrument.open?.zh],
      ["重叠", instrument.stacking?.zh],
      [
        "部分数字引自",
        instrument.cites?.map((id) => `[${entryBeside(id, entry).instrument.name.zh}](#${id})`).join("、"),
      ],
      ...Object.entries(instrument.inputs ?? {}).map(
        ([name, input]) => ["输入", inputWords(name, input, "zh", plan)] as const,
      ),
      ...Object.entries(readingsOf(instrument))
        .filter(([name]) => name !== "rounding" && name !== "window_end")
        .map(([, reading]) => ["读法", readingLine(reading)] as const),
      ...(instrument.doubts ?? []).map(
        ({ register, doubt, answer }) => ["疑问", `${doubt.zh}？${answer.zh}（${register}）`] as const,
      ),
      ...(instrument.notes ?? []).map((note) => ["备注", note.zh] as const),
    ]),
    "",
  ];
}

/** The default first, with its reason; then what else may be chosen. */
function readingLine({ register, doubt, default: standard, why, options }: Reading): string {
  const others = Object.entries(options)
    .filter(([option]) => option !== standard)
    .map(([, text]) => `“${text.zh}”`);
  const taken = `默认“${options[standard]!.zh}”（${why.zh}）`;
  return `${doubt.zh}？${taken}；另可${others.join("、")}（${register}）`;
}

const items = (rows: readonly (readonly [string, string | undefined])[]): string[] =>
  rows.filter(([, value]) => value).map(([label, value]) => `- ${label}：${value}`);
