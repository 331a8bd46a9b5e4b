/** 检查: whether the book still adds up. */
import type { FormulaBook, Unwritten } from "../writers/excel-formula";
import type { AwardSheet } from "../writers/formula/award-sheet";
import { call, plus, text, type Expression } from "../writers/formula/expression";
import { quoted, type Column, type Parameters } from "../writers/formula/sheet";
import { totalOf } from "./award-page";
import type { Sheet } from "./file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, WRAPPED } from "./looks";
import { PAGES, type ParameterSection } from "./other-pages";
import { Page } from "./page";

const counts = (column: Column, which: (value: unknown) => boolean): number => {
  let count = 0;
  for (let row = 0; row < column.sheet.length; row++) if (which(column.value(row))) count++;
  return count;
};

const rangeOf = ({ sheet, range }: Column): string => `${quoted(sheet.name)}!${range}`;
/** How many rows are marked with 1. */
export const marksIn = (column: Column): Expression =>
  call("SUM", [rangeOf(column)], () => counts(column, (value) => value === 1));
const countOf = (column: Column, criterion: string, which: (value: unknown) => boolean): Expression =>
  call("COUNTIF", [rangeOf(column), text(criterion)], () => counts(column, which));
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
/** The number of the last row in which one of the columns holds anything; that of the first row where none does. */
export function lastFilled(columns: readonly [Column, ...Column[]]): Expression {
  const [{ sheet }] = columns;
  // Added to 0: FALSE by itself is above any number in Excel.
  const cells = columns.map((column) => `+(${rangeOf(column)}<>"")`).join("");
  return call("MAX", [String(sheet.first), `SUMPRODUCT(MAX((0${cells}>0)*ROW(${rangeOf(columns[0])})))`], () => {
    let last = 0;
    for (let row = 0; row < sheet.length; row++)
      if (columns.some((column) => (column.value(row) ?? "") !== "")) last = row;
    return sheet.first + last;
  });
}

/** How many rows hold words. Not COUNTIF with "?*": LibreOffice counts numbers by it, too. */
export const wordsIn = (column: Column): Expression =>
  call("SUMPRODUCT", [`--ISTEXT(${rangeOf(column)})`, `--(${rangeOf(column)}<>"")`], () => counts(column, isText));
/** How many rows hold words or a number other than 0. */
export const differingIn = (column: Column): Expression =>
  plus(
    countOf(column, ">0", (value) => typeof value === "number" && value > 0),
    plus(
      countOf(column, "<0", (value) => typeof value === "number" && value < 0),
      wordsIn(column),
    ),
  );

const ZERO_WANTED = "应为 0";

/** The lines of the sheet of checks. */
export class Checks {
  readonly page = new Page(PAGES.checks).width(26, 52, 20, 12, 12);
  private readonly first: number;
  private wrong = 0;

  constructor() {
    this.page.row({ content: "检查", style: TITLE });
    this.page.row({ content: "“应为 0”的各项不为 0 时，先看说明再用结果。", style: NOTE });
    this.page.row(
      ...["工作表", "项目", "结果", "要求", "查看"].map((header) => ({ content: header, style: head("name") })),
    );
    this.first = this.page.next;
  }

  /** @returns the cell of the result, as another sheet names it */
  line(sheet: string, words: string, content: Expression, link: string, wanted = true, format?: "money"): string {
    if (wanted) this.wrong += content.value(0) as number;
    const row = this.page.row(
      { content: sheet },
      { content: words, style: WRAPPED },
      { content, style: look(wanted ? "check" : "result", format ?? "whole") },
      { content: wanted ? ZERO_WANTED : "" },
      { content: "查看 →", style: LINK, link },
    );
    return `${PAGES.checks}!$C$${row}`;
  }

  /** @param sortedWords what it means that rows are marked in the column of order */
  awards({ sheet, award, range, sorted, outcome, difference }: AwardSheet, sortedWords: string): void {
    const at = (column: Column): string => `${quoted(sheet.name)}!${column.letters}${sheet.first}`;
    this.line(sheet.name, "合计", totalOf(award, quoted(sheet.name)), at(award), false, "money");
    this.line(sheet.name, "没有金额的行（原因见“结论”）", wordsIn(award), at(outcome), false);
    this.line(sheet.name, "超出精确范围的行（这些行以函数为准）", marksIn(range), at(range));
    if (sorted) this.line(sheet.name, sortedWords, marksIn(sorted), at(sorted));
    if (difference)
      this.line(
        sheet.name,
        "与导出时的函数结果不同的行（改了输入或参数后不为 0）",
        differingIn(difference),
        at(difference),
        false,
      );
  }

  /** @param column that of the checks */
  parameters(sheet: string, sections: readonly Parameters[], column = "C"): void {
    const last = sections.at(-1)!;
    const checked = `${sheet}!$${column}$${sections[0]!.first}:$${column}$${last.first + last.list.length - 1}`;
    this.line(
      sheet,
      "不合精度的参数",
      call("SUM", [checked], () => 0),
      `${sheet}!${column}1`,
    );
  }

  /** Adds the sum of all that must be 0. @returns its cell */
  close(): Expression {
    const last = this.page.next - 1;
    const { first } = this;
    const all = call("SUMIF", [`D${first}:D${last}`, text(ZERO_WANTED), `C${first}:C${last}`], () => this.wrong);
    const row = this.page.row(
      { content: "全部" },
      { content: "应为 0 的各项合计" },
      { content: all, style: look("check", "whole") },
    );
    return { ...all, text: `${PAGES.checks}!$C$${row}` };
  }

  sheet(): Sheet {
    return this.page.sheet({ frozen: { rows: 3 }, title: "检查", header: 3 });
  }
}

/** @param left rows of the table that could not be read, or are blank */
export function checksPage(
  { sheets, unwritten }: FormulaBook,
  left: readonly Unwritten[],
  sections: readonly ParameterSection[],
  pages: readonly ({ readonly check: (checks: Checks) => void } | undefined)[],
): Sheet {
  const checks = new Checks();
  const { page } = checks;
  for (const award of sheets) checks.awards(award, "顺序有变的行（改了企业、对象或年度后，请重新导出）");
  for (const one of pages) one?.check(checks);
  checks.parameters(
    PAGES.parameters,
    sections.map(({ parameters }) => parameters),
  );
  checks.close();
  const list = (title: string, rows: readonly Unwritten[]): void => {
    if (!rows.length) return;
    page.row();
    page.row({ content: title, style: SECTION });
    for (const { source, why } of rows) page.row({ content: `原表第 ${source} 行` }, { content: why, style: WRAPPED });
  };
  list("没有写成公式、填入函数结果的行", unwritten);
  list("没有列入的行", left);
  return checks.sheet();
}
