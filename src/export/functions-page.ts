/** 命名函数: the same awards as LAMBDA functions of Microsoft 365, an extra beside the plain formulas. */
import { idOf } from "../rules";
import { LONGEST_FORMULA, type NamedFunction } from "../writers/formula/lambda";
import type { Scalar } from "../writers/formula/expression";
import { entryName } from "../writers/terms";
import type { Name, Sheet } from "./file/sheet";
import { head, LINK, look, NOTE, TITLE, TOP, WRAPPED } from "./looks";
import { PAGES, type Anchors, type Quoted } from "./other-pages";
import { Page } from "./page";
import { readingsTaken } from "./texts";

/** A name's comment has at most so many signs. */
const LONGEST_COMMENT = 255;

const NOTES = [
  "附加的一份，供 Microsoft 365 和 Excel 2024 使用；测算各表是普通公式，不依赖这些函数。其他版本、LibreOffice 和 WPS 不认得它们，其余不受影响。",
  "一次算一笔，只看所填的参数，不看其他行：同一企业、对象、年度共用限额的，把此前已获的金额填进相应参数。不能获得时答 0 或原因。",
  "比例、上限、日期都取自“参数”页，改后随之重算。金额单位：元；是否类填“是”“否”或 TRUE、FALSE；方括号里的参数可以不填。",
  "整列：=MAP(A2:A9,B2:B9,LAMBDA(a,b,函数名(a,b,2026)))。",
];

/** Whether a spreadsheet takes a formula that long. */
const fits = ({ formula }: NamedFunction): boolean => formula.length <= LONGEST_FORMULA;

/** "算力券（bj-6-suanli）"; the user's own policies are marked. */
const nameOf = ({ plan: { entry } }: NamedFunction): string => `${entryName(entry, "zh")}（${idOf(entry)}）`;

/** "金额，国产算力，年度，[已获]". */
const signature = ({ arguments: list }: NamedFunction): string =>
  list.map(({ name, optional }) => (optional ? `[${name}]` : name)).join("，");

/** The definitions in the name manager. */
export const functionNames = (functions: readonly NamedFunction[]): Name[] =>
  functions.filter(fits).map((one) => ({
    name: one.name,
    range: one.formula,
    comment: `${nameOf(one)}。一次一笔，不看其他行，共用限额须填已获金额。参数：${signature(one)}`.slice(
      0,
      LONGEST_COMMENT,
    ),
  }));

/** @param quotations what the sheet of clauses quotes, by sheet */
export function functionsPage(
  functions: readonly NamedFunction[],
  quotations: readonly Quoted[],
  anchors: Anchors,
): Sheet {
  const page = new Page(PAGES.functions).width(30, 24, 60, 14, 30, 60, 18, 10);
  page.row({ content: "命名函数（LAMBDA）", style: TITLE });
  for (const content of NOTES) page.row({ content, style: NOTE });
  const header = page.head(
    head("name"),
    ...["函数名", "政策", "参数（依次）", "条款", "采用读法", "示例（复制到单元格，前面是等号）", "示例结果", "查条款"],
  );
  for (const one of functions) {
    const { entry } = one.plan;
    const row = exampleRow(one);
    const result = one.value(row);
    page.row(
      { content: one.name, style: TOP },
      { content: nameOf(one), style: WRAPPED },
      { content: fits(one) ? signature(one) : "公式超过 8192 个字符，没有写成命名函数", style: WRAPPED },
      { content: entry.instrument.article, style: TOP },
      { content: readingsTaken(one.plan).join("；"), style: WRAPPED },
      { content: callOf(one, row), style: WRAPPED },
      { content: result, style: look("stored", "money", true) },
      {
        content: "条款 →",
        style: LINK,
        link: `${PAGES.clauses}!A${anchors.get(quotations.find(({ sheet }) => sheet === one.sheet)!)}`,
      },
    );
  }
  for (const { sheet, entry, plan } of quotations)
    if (plan?.totals.length)
      page.row(
        { content: "（没有）", style: TOP },
        { content: `${entryName(entry, "zh")}（${idOf(entry)}）`, style: WRAPPED },
        { content: `比例按各行合计分段，只看一笔算不出：见“${sheet}”`, style: WRAPPED },
      );
  return page.sheet({ title: "命名函数", header, frozen: { rows: header, columns: 1 } });
}

/** The first row of the sheet that is paid, or else the first one. */
function exampleRow({ value, rows }: NamedFunction): number {
  for (let row = 0; row < rows; row++) if (Number(value(row)) > 0) return row;
  return 0;
}

const shown = (value: Scalar): string => (typeof value === "number" ? String(value) : `"${value ?? ""}"`);

/** =SUANLI_QUAN_BJ_6(1000000,"是",2026) */
function callOf({ name, arguments: list }: NamedFunction, row: number): string {
  const given = list.map(({ given: cell }) => shown(cell(row)));
  while (given.at(-1) === '""') given.pop();
  return `=${name}(${given.join(",")})`;
}
