/** Results as sheets of their own: what was computed, from what, with which version of the rules. */
import { columnName, formatAddress, SHEET_COLUMNS, SHEET_ROWS } from "../../host/address";
import type { CellValue, NewSheet } from "../../host/workbook";
import { resultColumns, RULES_VERSION, toYuan, type Language, type ScenarioResult } from "../../rules";
import { cellFormat, cellValue } from "./cell";
import type { Order } from "./order";

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
    cells: [...titleRows(name, order, language, width), ...table],
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
    chart: {
      kind: "bar",
      title: name,
      address: formatAddress(drawn),
      corner: `A${first + results.length + 1}`,
    },
  };
}

function titleRows(name: string, { base }: Order, language: Language, width: number): CellValue[][] {
  const { claim, values } = base;
  const { version, date } = RULES_VERSION;
  const words = {
    zh: `规则版本 ${version}（${date}）；申领年度 ${claim.year}；基准 ${values.length} 行；金额单位：元`,
    en: `rules version ${version} (${date}); claims of ${claim.year}; base of ${values.length} rows; amounts in yuan`,
  };
  return [name, words[language]].map((cell) => [cell, ...Array<CellValue>(width - 1).fill("")]);
}

/** A row of the base below the other, a scenario beside the other; a row that was refused stays blank. */
export function perRowSheet(
  name: string,
  order: Order,
  results: readonly ScenarioResult[],
  language: Language,
): NewSheet {
  const [names] = resultColumns(results);
  const width = results.length + 1;
  // Rows of added firms follow those of the base.
  const rows = rowsOf(results);
  const award = (fen: number | undefined): CellValue => (fen === undefined || Number.isNaN(fen) ? "" : toYuan(fen));
  const body = Array.from({ length: rows }, (_, r) => [r + 1, ...results.map(({ fen }) => award(fen?.[r]))]);
  return {
    name,
    cells: [
      ...titleRows(name, order, language, width),
      [{ zh: "行", en: "row" }[language], ...results.map((result) => cellValue(names!.of(result, language)))],
      ...body,
    ],
    formats: [{ address: `B${HEAD_ROW + 1}:${columnName(width - 1)}${HEAD_ROW + rows}`, format: cellFormat("money") }],
    widths: [8, ...results.map(() => 18)],
    headerRows: HEAD_ROW,
  };
}

/** More would take the workbook minutes, and Excel on the web refuses it. */
const MOST_CELLS = 2_000_000;

export function tooManyCells(results: readonly ScenarioResult[]): boolean {
  const rows = rowsOf(results) + HEAD_ROW;
  const columns = results.length + 1;
  return rows > SHEET_ROWS || columns > SHEET_COLUMNS || rows * columns > MOST_CELLS;
}

const rowsOf = (results: readonly ScenarioResult[]): number =>
  results.reduce((most, { fen }) => Math.max(most, fen?.length ?? 0), 0);
