/** 汇总 and 企业: what each firm gets, and a working paper of each to print; every number leads to where it comes from. */
import type { FormulaBook } from "../writers/excel-formula";
import { equals, minus, round, text, when, BLANK, type Expression } from "../writers/formula/expression";
import { quoted, type Column } from "../writers/formula/sheet";
import { STATUS } from "../writers/terms";
import { totalOf } from "./award-page";
import type { Sheet, Written } from "./file/sheet";
import { linesInOrder, placeOf, sumOf, type Line } from "./lines";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, TOTAL, WRAPPED } from "./looks";
import { Page } from "./page";

export const FIRM_PAGES = { summary: "汇总", papers: "企业" } as const;
/** Working papers of more rows than that are left out: nobody prints them. */
export const MOST_PAPERS = 1024;

const NOBODY = "（未写企业）";

/** The rows of each firm, in the order in which firms first appear; those that name an object alone stand under it. */
function byFirm(book: FormulaBook): ReadonlyMap<string, readonly Line[]> {
  const firms = new Map<string, Line[]>();
  for (const line of linesInOrder(book)) {
    const { firm, object } = line.award.rows[line.row]!.planned;
    const name = firm ?? object ?? NOBODY;
    const list = firms.get(name);
    if (list) list.push(line);
    else firms.set(name, [line]);
  }
  return firms;
}

/** Where the subtotal of each firm stands, by the firm's name. */
type Subtotals = ReadonlyMap<string, { readonly cell: Expression; readonly at: string }>;

/** The working papers: per firm each row with its figures, its limits, the one that decides, the award. */
export function papersPage(book: FormulaBook): { sheet: Sheet; subtotals: Subtotals } {
  const page = new Page(FIRM_PAGES.papers).width(24, 8, 16, 8, 44, 18, 18, 12, 10);
  page.row({ content: "企业测算底稿", style: TITLE });
  page.row({ content: "每家企业一页，可直接打印；各格都引用测算表，改动后随之重算。金额单位：元。", style: NOTE });
  const header = page.head(head("name"), "政策", "原表行", "对象", "年度", "项目", "数值", "奖补额", "起作用", "查看");
  const subtotals = new Map<string, { cell: Expression; at: string }>();
  const breaks: number[] = [];
  for (const [firm, lines] of byFirm(book)) {
    if (subtotals.size) breaks.push(page.next);
    page.row(...Array.from({ length: 9 }, (_, c) => ({ content: c ? "" : firm, style: SECTION })));
    const first = page.next;
    const awards = lines.map((line) => {
      paperLines(page, line);
      return line.award.award.at(line.row);
    });
    const cell = sumOf(`G${first}:G${page.next - 1}`, awards);
    const at = page.row(...[0, 0, 0, 0].map(() => undefined), { content: "小计", style: TOTAL }, undefined, {
      content: cell,
      style: TOTAL,
    });
    subtotals.set(firm, {
      at: `${FIRM_PAGES.papers}!G${at}`,
      cell: { ...cell, text: `${FIRM_PAGES.papers}!$G$${at}` },
    });
    page.row();
  }
  return { sheet: page.sheet({ title: "企业测算底稿", header, frozen: { rows: header }, breaks }), subtotals };
}

function paperLines(page: Page, { award, row }: Line): void {
  const { sheet, plan, outcome, binding, rows } = award;
  const { object } = rows[row]!.planned;
  const seen = (column: Column): Written => ({
    content: column.at(row),
    style: look(column.form.role === "result" ? "result" : "figure", column.form.format, true),
  });
  const inputs = new Set(award.admission.clause.columns.values());
  page.row(
    { content: plan.entry.instrument.name.zh, style: WRAPPED },
    { content: sheet.columns[0]!.value(row), style: TOP },
    { content: object ?? "", style: TOP },
    seen(award.admission.names.year),
    { content: outcome.at(row), style: WRAPPED },
    undefined,
    seen(award.award),
    undefined,
    { content: "本行 →", style: LINK, link: placeOf(award.award, row) },
  );
  for (const column of sheet.columns) {
    const { header, role } = column.form;
    const value = column.value(row);
    const isShown = role === "figure" || role === "limit" || inputs.has(column);
    if (!isShown || value === null || value === "") continue;
    const decides = when(equals(binding.at(row), text(header)), text("←"), BLANK);
    page.row(
      ...[0, 0, 0, 0].map(() => undefined),
      { content: header, style: WRAPPED },
      { ...seen(column), link: placeOf(column, row) },
      undefined,
      { content: decides, style: TOP },
    );
  }
}

/** Totals by instrument and, where there are working papers, by firm. */
export function summaryPage(
  { sheets }: FormulaBook,
  subtotals: Subtotals,
  checks: string,
): { readonly sheet: Sheet; readonly total: Expression; readonly totalAt: string } {
  const page = new Page(FIRM_PAGES.summary).width(36, 12, 22, 22, 12);
  page.row({ content: "汇总", style: TITLE });
  page.row({ content: "从合计到原文：“查看”到企业或测算表，点限额的表头到参数，参数旁是条款和原文。", style: NOTE });
  const header = page.head(head("name"), "政策", "行数", "奖补额（元）", "文件状态", "查看");
  const first = page.next;
  const totals = sheets.map((award) => {
    const { plan, sheet } = award;
    const content = totalOf(award.award, quoted(sheet.name));
    page.row(
      { content: plan.entry.instrument.name.zh, style: WRAPPED },
      { content: sheet.length, style: TOP },
      { content, style: look("result", "money", true) },
      { content: STATUS[plan.entry.document.status].zh, style: WRAPPED },
      { content: "查看 →", style: LINK, link: placeOf(award.award, 0) },
    );
    return content;
  });
  const total = sumOf(`C${first}:C${page.next - 1}`, totals);
  const totalRow = page.row({ content: "合计", style: TOTAL }, undefined, { content: total, style: TOTAL }, undefined, {
    content: "检查 →",
    style: LINK,
    link: checks,
  });
  if (subtotals.size) {
    page.row();
    page.head(head("name"), "企业", "", "奖补额（元）", "", "查看");
    const firstFirm = page.next;
    for (const [firm, { cell, at }] of subtotals)
      page.row(
        { content: firm, style: WRAPPED },
        undefined,
        { content: cell, style: look("result", "money", true) },
        undefined,
        { content: "底稿 →", style: LINK, link: at },
      );
    const cells = [...subtotals.values()].map(({ cell }) => cell);
    const all = sumOf(`C${firstFirm}:C${page.next - 1}`, cells);
    const sum: Expression = { ...total, text: `C${totalRow}` };
    page.row({ content: "各企业合计", style: TOTAL }, undefined, { content: all, style: TOTAL });
    const here: Expression = { ...all, text: `C${page.next - 1}` };
    page.row({ content: "与按政策合计之差（应为 0）", style: TOP }, undefined, {
      content: round(minus(here, sum), 2),
      style: look("check", "money"),
    });
  }
  return {
    sheet: page.sheet({ title: "汇总", header, frozen: { rows: header } }),
    total: { ...total, text: `${FIRM_PAGES.summary}!$C$${totalRow}` },
    totalAt: `${FIRM_PAGES.summary}!C${totalRow}`,
  };
}
