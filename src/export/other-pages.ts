/** 参数, 条款, 关于: where the numbers come from. */
import { RULES_VERSION, type Claim, type Document, type Entry, type Plan } from "../rules";
import type { FormulaBook } from "../writers/excel-formula";
import { isFormula, quoted, type Parameters } from "../writers/formula/sheet";
import { STATUS, noticesOf, quotesOf, statusWords, termsOf, windowWords } from "../writers/terms";
import type { Sheet } from "./file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, WRAPPED } from "./looks";
import { Page } from "./page";
import { readingsTaken } from "./texts";

export const PAGES = { parameters: "参数", clauses: "条款", checks: "检查", about: "关于" } as const;
export const FIRST_PARAMETER = 6;
/** A heading and a blank row stand between the sections. */
export const PARAMETER_GAP = 2;

/** An instrument of the clause sheet, and what stands under its name. */
export interface Quoted {
  readonly entry: Entry;
  /** The sheet that it serves. */
  readonly sheet: string;
  /** With the readings that were taken. */
  readonly plan?: Plan;
}

/** A row of the clause sheet by instrument, to lead there. */
export type Anchors = ReadonlyMap<Quoted, number>;

/** Lines of the parameter sheet under one heading. */
export interface ParameterSection {
  readonly parameters: Parameters;
  readonly title: string;
  readonly quoted?: Quoted | undefined;
}

/** The sections of a book of formulas, and what its sheet of clauses quotes. */
export function sectionsOf(
  { sheets, parameters }: FormulaBook,
  pools: readonly (ParameterSection & { readonly quoted: Quoted })[],
): { sections: ParameterSection[]; quoted: Quoted[] } {
  const quotations = sheets.map(({ plan, sheet }): Quoted => ({ entry: plan.entry, sheet: sheet.name, plan }));
  const sections = parameters.map((section, s): ParameterSection => {
    const quotation = quotations[s - 1];
    const title = quotation ? `${quotation.sheet}：${quotation.entry.instrument.name.zh}` : "通用";
    return { parameters: section, title, quoted: quotation };
  });
  return { sections: [...sections, ...pools], quoted: [...quotations, ...pools.map(({ quoted: pool }) => pool)] };
}

export function parametersPage(sections: readonly ParameterSection[], anchors: Anchors): Sheet {
  const page = new Page(PAGES.parameters).width(44, 18, 8, 12, 60, 36, 24, 10);
  page.row({ content: "参数", style: TITLE });
  page.row({ content: "文件里的数字都在这里，公式里没有；黄底可改，改后全表随之重算。核对一列应为 0。", style: NOTE });
  page.row({
    content: "比例、倍数按“精度”取整：改成小数更多的比例时，把对应的精度调大（10、100、1000…），核对才为 0。",
    style: NOTE,
  });
  page.head(head("name"), "名称", "数值", "核对", "条款", "原文", "文件", "状态", "查条款");
  sections.forEach(({ parameters: section, title, quoted: quotation }) => {
    while (page.next < section.first - 1) page.row();
    page.row({ content: title, style: SECTION });
    section.list.forEach(({ label, format, value, check }, p) => {
      const cell = section.cell(p);
      const { instrument, document } = quotation?.entry ?? {};
      const ofDocument = quotation && !label.startsWith("精度");
      page.row(
        { content: label, style: WRAPPED },
        {
          content: value,
          style: look(isFormula(value) ? "limit" : "input", format, true),
        },
        { content: check ? check(cell) : 0, style: look("check", "whole", true) },
        ...(ofDocument
          ? [
              { content: instrument!.article, style: TOP },
              { content: quotesOf(instrument!).join("……"), style: WRAPPED },
              { content: [document!.title.zh, document!.number].filter(Boolean).join("，"), style: WRAPPED },
              { content: statusWords(document!, "zh"), style: WRAPPED },
              { content: "条款 →", style: LINK, link: `${PAGES.clauses}!A${anchors.get(quotation)}` },
            ]
          : []),
      );
    });
  });
  return page.sheet({ frozen: { rows: 4, columns: 1 }, title: "参数", header: 4 });
}

/** Everything that the documents say about each instrument. */
export function clausesPage(list: readonly Quoted[], claim: Claim): { sheet: Sheet; anchors: Anchors } {
  const page = new Page(PAGES.clauses).width(14, 100);
  const anchors = new Map<Quoted, number>();
  page.row({ content: "条款", style: TITLE });
  page.row({ content: "由政策文件逐字抄录；数字以所附原文为准。", style: NOTE });
  page.head(head("name"), "项目", "内容");
  for (const quotation of list) {
    const { entry, plan, sheet } = quotation;
    page.row();
    const at = page.row(
      { content: entry.instrument.name.zh, style: SECTION },
      { content: `用于“${sheet}”`, style: LINK, link: `${quoted(sheet)}!A1` },
    );
    anchors.set(quotation, at);
    for (const words of plan ? readingsTaken(plan) : [])
      page.row({ content: "采用读法", style: TOP }, { content: words, style: WRAPPED });
    for (const { label, value } of termsOf(entry, claim, "zh"))
      page.row({ content: label, style: TOP }, { content: value, style: WRAPPED });
  }
  return { sheet: page.sheet({ frozen: { rows: 3 }, title: "条款", header: 3 }), anchors };
}

/** The line of a limit among the parameters of its instrument; the first of them where it has none of its own. */
export const lineOf =
  ({ list, first }: Parameters, sheet: string = PAGES.parameters) =>
  (limit: string): string => {
    const at = list.findIndex(({ label }) => label === limit || label.startsWith(`${limit}：`));
    return `${sheet}!A${first + Math.max(0, at)}`;
  };

/** What the book was made with. */
export interface Making {
  /** The day that the user gives, as the user writes it. */
  readonly date?: string;
  readonly place: string;
  readonly claim: Claim;
  readonly readings: readonly string[];
  /** Sheets that a table of so many rows does not get. */
  readonly leftOut?: readonly string[];
  /** How to read the book; that of an exported table where it is left out. */
  readonly guide?: readonly (readonly [label: string, words: string])[];
}

const GUIDE: NonNullable<Making["guide"]> = [
  ["来源", "由补贴测算（Butie）导出。不装插件也能打开、核对、改动和重算：只有普通公式，没有宏、外部链接和自定义函数。"],
  [
    "怎样读",
    "测算：一行一笔，从左到右是输入、条件、适用的比例和标准、各限额、共用额度、结论、奖补额、起作用的限额、核对。重叠：同一对象的几项取哪一项。资金池：够不够、怎样分、何时用尽。情景：与基准并排的各情景，是导出时的值。参数：文件里的数字，附条款和原文。条款：文件全部要点。检查：应为 0 的各项。",
  ],
  ["怎样查一个数", "奖补额 → 起作用的限额（同一行）→ 点限额的表头到参数 → 点“条款 →”到原文。"],
  [
    "四舍五入",
    "先换成整分，再按整份的比例相乘，最后一次四舍五入到分；整数不超过 15 位有效数字时与逐位计算一致，超出的行在“超出精确范围”一列标 1。",
  ],
  [
    "共用额度",
    "同一企业、对象、年度的各行按年度、再按原表行次序依次用额度。改动企业、对象或年度会改变次序，“顺序有变”标 1，须重新导出。",
  ],
];

export function aboutPage(
  { sheets }: FormulaBook,
  { date, place, claim, readings, leftOut = [], guide = GUIDE }: Making,
): Sheet {
  const page = new Page(PAGES.about).width(18, 110);
  const documents = [...new Set(sheets.map(({ plan }) => plan.entry.document))];
  page.row({ content: "关于本工作簿", style: TITLE });
  page.row();
  page.head(head("name"), "项目", "内容");
  const say = (label: string, value: string): void => {
    page.row({ content: label, style: TOP }, { content: value, style: WRAPPED });
  };
  const [[source, origin], ...rest] = guide as [readonly [string, string], ...(readonly [string, string])[]];
  say(source, origin);
  say("规则版本", `${RULES_VERSION.version}（${RULES_VERSION.date}）`);
  if (date) say("导出日期", date);
  say("辖区和年度", `${place}，${claim.day ?? `${claim.year}年`}`);
  for (const words of readings) say("所选读法", words);
  for (const name of leftOut)
    say("没有列入", `“${name}”：行数多，逐笔列出的底稿和分配无人能看，也算不动；请按企业或年度分开导出。`);
  for (const document of documents) {
    say("文件", [document.title.zh, document.number].filter(Boolean).join("，"));
    say("状态", STATUS[document.status].zh + draftWords(document));
    for (const notice of noticesOf(document, "zh")) say("提示", notice);
    say("有效期", windowWords(document, "zh"));
  }
  for (const [label, words] of rest) say(label, words);
  say("不是什么", "“不超过”“最高”是上限，不是应得额；多数奖补须经评审。本簿是测算，不是法律意见。");
  return page.sheet({ title: "关于", header: 3 });
}

const draftWords = ({ status }: Document): string =>
  status === "draft" ? "（依据征求意见稿计算，成文后可能不同）" : "";
