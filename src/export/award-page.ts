/** 测算: one instrument's rows with their formulas. */
import type { CellValue, DataValidation, WriteSheet } from "hucre/xlsx";
import { statusWords } from "../writers/terms";
import { listed } from "../writers/words";
import type { AwardSheet } from "../writers/formula/award-sheet";
import { call, type Expression } from "../writers/formula/expression";
import { isFormula, type Column } from "../writers/formula/sheet";
import { head, look, NOTE, printed, TITLE, TOTAL } from "./looks";
import { formulaCell, Page } from "./page";
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
/** A list of words in a cell's check is at most so long. */
const LONGEST_LIST = 250;

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

/** @param links where the header of a limit leads: the instrument's lines of the parameter sheet */
export function awardPage(award: AwardSheet, link: string): WriteSheet {
  const { sheet, plan } = award;
  const { instrument, document } = plan.entry;
  const { columns, length } = sheet;
  const page = new Page(sheet.name);
  const title = `${instrument.name.zh}（${instrument.id}）`;
  page.row({ content: title, style: TITLE });
  page.row({
    content: `${[document.title.zh, document.number, instrument.article].filter(Boolean).join("，")}。状态：${statusWords(document, "zh")}`,
    style: NOTE,
  });
  page.row({
    content: `采用读法：${listed(readingsTaken(plan), "zh") || "无可选读法"}。金额单位：元。黄底为输入，其余为公式；限额表头可点到参数。`,
    style: NOTE,
  });
  page.row({ content: "合计", style: TOTAL });
  page.put(FIRST_ROW - 3, columns.indexOf(award.award), { content: totalOf(award.award), style: TOTAL });
  page.put(FIRST_ROW - 3, columns.indexOf(award.answer), { content: totalOf(award.answer), style: TOTAL });
  page.row(
    ...columns.map(({ form }) => ({
      content: form.header,
      style: head(form.role),
      ...((form.role === "limit" || form.role === "figure") && { link }),
    })),
  );
  const { rows, cells } = page;
  for (let r = 0; r < length; r++) {
    const at = FIRST_ROW - 1 + r;
    const values: CellValue[] = [];
    for (const [c, column] of columns.entries()) {
      const content = column.content(r);
      const value = column.value(r);
      values.push(value);
      if (isFormula(content)) cells.set(`${at},${c}`, formulaCell(content, value, at + 1));
    }
    rows.push(values);
  }
  const last = FIRST_ROW + length - 1;
  const letters = (column: Column) => `${column.letters}${FIRST_ROW}:${column.letters}${last}`;
  const checks = [award.range, award.sorted, award.difference].filter((column) => column !== undefined);
  return page.sheet({
    columns: columns.map((column) => ({ width: widthOf(column), style: look(column.form.role, column.form.format) })),
    freezePane: {
      rows: FIRST_ROW - 1,
      columns: columns.findIndex(({ form }) => form.role === "input") + (award.admission.names.firm ? 1 : 0),
    },
    dataValidations: columns.flatMap((column) => validationOf(column, letters(column))),
    conditionalRules: checks.map((column, priority) => ({
      type: "expression",
      priority: priority + 1,
      range: letters(column),
      formula: `${column.letters}${FIRST_ROW}<>0`,
      style: { font: { color: { rgb: "FFC00000" }, bold: true } },
    })),
    ...printed(title, FIRST_ROW - 1),
  });
}

function widthOf({ form }: Column): number {
  return form.format === "text" && form.role !== "input" && form.role !== "account"
    ? form.header.startsWith("条件")
      ? 14
      : WIDE_TEXT
    : WIDTHS[form.role];
}

function validationOf({ form: { options, role, format } }: Column, range: string): DataValidation[] {
  if (role !== "input") return [];
  const message = { range, allowBlank: true, showErrorMessage: true, errorTitle: "填写有误" };
  if (options && !options.some((one) => one.includes(",")) && options.join(",").length <= LONGEST_LIST)
    return [
      { ...message, type: "list", values: [...options], errorMessage: `请选：${options.join("、")}`.slice(0, 220) },
    ];
  if (format === "money")
    return [
      {
        ...message,
        type: "decimal",
        operator: "greaterThanOrEqual",
        formula1: "0",
        errorMessage: "请填不小于 0 的金额（元）",
      },
    ];
  return [];
}
