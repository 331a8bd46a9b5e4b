/** Results as sheets of their own: what was computed, from what, with which version of the rules. */
import { columnName, formatAddress, SHEET_COLUMNS, SHEET_ROWS } from "../../host/address";
import type { CellValue, NewSheet } from "../../host/workbook";
import {
  resultColumns,
  ROW_ANSWERS,
  RULES_VERSION,
  toYuan,
  type Language,
  type RowAnswer,
  type ScenarioResult,
  type Text,
} from "../../rules";
import { grouped } from "../../writers/verdict";
import { OUTCOME_WORDS } from "../../writers/words";
import type { Base } from "./base";
import { cellFormat, cellValue } from "./cell";
import type { Order } from "./request";

const HEAD_ROW = 3;

/** @param name of the sheet and its title */
export function resultSheet(
  name: string,
  order: Order,
  results: readonly ScenarioResult[],
  language: Language,
): NewSheet {
  const columns = resultColumns(results);
  const table: CellValue[][] = [
    columns.map(({ header }) => header[language]),
    ...results.map((result) => columns.map((column) => cellValue(column.of(result, language)))),
  ];
  const width = columns.length;
  const first = HEAD_ROW + 1;
  // The second column is the total.
  const drawn = { row: HEAD_ROW - 1, column: 0, rows: results.length + 1, columns: 2 };
  return {
    name,
    cells: [...titleRows(name, order.base, language, width), ...table],
    formats: columns.flatMap(({ kind }, c) =>
      cellFormat(kind)
        ? [
            {
              address: formatAddress({ row: first - 1, column: c, rows: results.length, columns: 1 }),
              format: cellFormat(kind),
            },
          ]
        : [],
    ),
    widths: columns.map((_, c) => (c === 0 ? 28 : 18)),
    headerRows: HEAD_ROW,
    charts: [
      {
        kind: "column",
        title: name,
        address: formatAddress(drawn),
        corner: `A${first + results.length + 1}`,
      },
    ],
  };
}

/** What stands above the table: its name, the rules and the rows that it was computed from. */
export function titleLines(name: string, { claim, values }: Base, language: Language): string[] {
  const { version, date } = RULES_VERSION;
  const words = {
    zh: `规则版本 ${version}（${date}）；申报年度 ${claim.year}；基准 ${grouped(values.length)} 行；金额单位：元；插入时的结果，数据改动后请重新运行`,
    en: `rules version ${version} (${date}); claims of ${claim.year}; base of ${grouped(values.length)} rows; amounts in yuan; results as of insertion, run again after a change`,
  };
  return [name, words[language]];
}

/** The same, as rows of a sheet. */
export const titleRows = (name: string, base: Base, language: Language, width: number): CellValue[][] =>
  titleLines(name, base, language).map((cell) => [cell, ...Array<CellValue>(width - 1).fill("")]);

/** A row of the base below the other, a scenario beside the other. A row without an award shows the reason in words. */
export function perRowSheet(
  name: string,
  order: Order,
  results: readonly ScenarioResult[],
  language: Language,
): NewSheet {
  const [names] = resultColumns(results);
  const width = results.length + 1;
  const heads = results.map((result) => cellValue(names!.of(result, language)));
  // Rows of added firms follow those of the base.
  const rows = rowsOf(results);
  const first = HEAD_ROW + 2;
  const body = Array.from({ length: rows }, (_, r) => [
    r + 1,
    ...results.map((result) => rowWords(result, r, language)),
  ]);
  return {
    name,
    cells: [
      ...titleRows(name, order.base, language, width),
      [NOTE[language], ...results.map(({ refusal }) => refusal?.[language] ?? "")],
      [{ zh: "行", en: "row" }[language], ...heads],
      ...body,
    ],
    formats: [{ address: `B${first}:${columnName(width - 1)}${first + rows - 1}`, format: cellFormat("money") }],
    // A Chinese character is as wide as two digits.
    widths: [8, ...heads.map((head) => Math.min(40, Math.max(18, 2 * String(head).length)))],
    headerRows: first - 1,
  };
}

const NOTE: Text = {
  zh: "0.00 是算出的零；没有金额的格写明原因，不计入合计",
  en: "0.00 is a computed zero; a cell without an amount says why",
};

const ANSWER_WORDS: Readonly<Record<RowAnswer, Text>> = {
  ...OUTCOME_WORDS,
  unread: { zh: "数据无法读取", en: "cannot be read" },
  excluded: { zh: "已排除", en: "left out" },
};
const REFUSED: Text = { zh: "未能计算", en: "not computed" };

function rowWords({ fen, answers, refusal }: ScenarioResult, r: number, language: Language): CellValue {
  if (refusal) return REFUSED[language];
  // Another scenario has more firms.
  if (!fen || !answers || r >= fen.length) return "";
  const answer = ROW_ANSWERS[answers[r]!]!;
  return answer === "award" ? toYuan(fen[r]!) : ANSWER_WORDS[answer][language];
}

/** More would take the workbook minutes, and Excel on the web refuses it. */
const MOST_CELLS = 2_000_000;

export function tooManyCells(results: readonly ScenarioResult[]): boolean {
  const rows = rowsOf(results) + HEAD_ROW + 1;
  const columns = results.length + 1;
  return rows > SHEET_ROWS || columns > SHEET_COLUMNS || rows * columns > MOST_CELLS;
}

const rowsOf = (results: readonly ScenarioResult[]): number =>
  results.reduce((most, { fen }) => Math.max(most, fen?.length ?? 0), 0);
