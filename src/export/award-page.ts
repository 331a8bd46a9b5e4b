/** 测算: one instrument's rows with their formulas. */
import { idOf } from "../rules";
import { statusWords } from "../writers/terms";
import { listed } from "../writers/words";
import type { AwardSheet } from "../writers/formula/award-sheet";
import { call, type Expression } from "../writers/formula/expression";
import { isFormula, type Column, type FormulaSheet } from "../writers/formula/sheet";
import type { Sheet, Validation, Written } from "./file/sheet";
import { head, look, NOTE, TITLE, TOTAL } from "./looks";
import { Page } from "./page";
import { readingsTaken } from "./texts";

export const FIRST_ROW = 6;
const WIDTHS = {
  name: 8,
  input: 15,
  test: 13,
  figure: 13,
  limit: 17,
  account: 17,
  result: 18,
  check: 12,
  stored: 17,
} as const;
const WIDE_TEXT = 26;
/** So many characters are still read where they fill a page. */
const WIDTH_OF_PAGE = 180;
/** A list of words in a cell's check is at most so long. */
const LONGEST_LIST = 250;
const LONGEST_MESSAGE = 220;

/** The sum of a column of amounts; words in it do not count. */
export function totalOf(column: Column, from?: string): Expression {
  const range = from ? `${from}!${column.range}` : column.range;
  return call(`SUM`, [range], () => {
    let fen = 0;
    for (let row = 0; row < column.sheet.length; row++) {
      const value = column.value(row);
      if (typeof value === "number") fen += Math.round(value * 100);
    }
    return fen / 100;
  });
}

/** @param linkOf where the header of a limit leads: its line of the parameter sheet */
export function awardPage(
  award: AwardSheet,
  linkOf: (limit: string) => string,
  guide = "黄底为输入，其余为公式；限额表头可点到参数。",
): Sheet {
  const { sheet, plan } = award;
  const { instrument, document } = plan.entry;
  const { columns, length } = sheet;
  const page = new Page(sheet.name);
  const title = `${instrument.name.zh}（${idOf(plan.entry)}）`;
  page.row({ content: title, style: TITLE });
  page.row({
    content: `${[document.title.zh, document.number, instrument.article].filter(Boolean).join("，")}。状态：${statusWords(document, "zh")}`,
    style: NOTE,
  });
  page.row({
    content: `采用读法：${listed(readingsTaken(plan), "zh") || "无可选读法"}。金额单位：元。${guide}`,
    style: NOTE,
  });
  page.row({ content: "合计", style: TOTAL });
  for (const column of [award.award, award.answer].filter((one) => one !== undefined))
    page.put(FIRST_ROW - 3, columns.indexOf(column), { content: totalOf(column), style: TOTAL });
  page.row(
    ...columns.map(({ form: { header, role } }) => {
      const leads = role === "limit" || role === "figure";
      return {
        content: header,
        style: head(role, leads),
        ...(leads && { link: linkOf(header.replace(/：适用..$/, "")) }),
      };
    }),
  );
  const above = page.sheet({ title, header: FIRST_ROW - 1 });
  const below = rowsBelow(above, sheet);
  const { names, entered } = award.admission;
  const named = entered
    ? columns.indexOf(names.year)
    : columns.findIndex(({ form }) => form.role === "input") + (names.firm ? 1 : 0);
  const last = FIRST_ROW + length - 1;
  const letters = (column: Column) => `${column.letters}${FIRST_ROW}:${column.letters}${last}`;
  const checks = [award.range, award.sorted, award.difference].filter((column) => column !== undefined);
  return {
    ...below,
    frozen: { rows: FIRST_ROW - 1, columns: named },
    besides: {
      pages: Math.max(1, Math.round(columns.reduce((sum, column) => sum + widthOf(column), 0) / WIDTH_OF_PAGE)),
      columns: named,
    },
    validations: columns.flatMap((column) => validationOf(column, letters(column))),
    marked: checks.map(letters),
  };
}

/** A sheet whose head is written already, with the rows of its formulas. */
export function rowsBelow(above: Sheet, { columns, first, length }: FormulaSheet): Sheet {
  return {
    ...above,
    length: first - 1 + length,
    row: (at) => (at < first - 1 ? above.row(at) : dataRow(columns, at - first + 1)),
    columns: columns.map((column, c) => ({
      width: Math.max(above.columns[c]?.width ?? 0, widthOf(column)),
      style: look(column.form.role, column.form.format),
    })),
  };
}

const dataRow = (columns: readonly Column[], row: number): Written[] =>
  columns.map((column) => {
    const content = column.content(row);
    return isFormula(content) ? { content, result: column.value(row) } : { content };
  });

function widthOf({ form }: Column): number {
  return form.format === "text" && form.role !== "input" && form.role !== "account"
    ? form.header.startsWith("条件")
      ? 14
      : WIDE_TEXT
    : WIDTHS[form.role];
}

function validationOf({ form: { options, role, format } }: Column, range: string): Validation[] {
  if (role !== "input") return [];
  if (options && !options.some((one) => /[,"]/.test(one)) && options.join(",").length <= LONGEST_LIST)
    return [{ range, words: options, message: `请选：${options.join("、")}`.slice(0, LONGEST_MESSAGE) }];
  return format === "money" ? [{ range, message: "请填不小于 0 的金额（元）" }] : [];
}
