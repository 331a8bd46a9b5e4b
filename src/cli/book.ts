/** Sheets as the pane adds them to a workbook, as a book of their own. */
import { TITLE } from "../export/looks";
import type { Book, Sheet, Style, Written } from "../export/file/sheet";
import { formatAddress, parseAddress, type Rectangle } from "../host/address";
import { freeSheetName } from "../host/name";
import type { CellValue, NewSheet } from "../host/workbook";
import { fileChart } from "../taskpane/parts/file-chart";
import { written } from "../writers/formula/expression";

const BOLD: Style = { name: "加粗", bold: true };

export function bookOf(title: string, sheets: readonly NewSheet[]): Book {
  const formats = new Map<string, Style>();
  /** The same object for the same format: a file holds each style once. */
  const styleOf = (format: string): Style => {
    const style = formats.get(format) ?? { name: `数值 ${format}`, format };
    formats.set(format, style);
    return style;
  };
  const made: Sheet[] = [];
  for (const sheet of sheets) {
    const taken = made.map(({ name }) => name);
    made.push(sheetFrom({ ...sheet, name: freeSheetName(sheet.name, taken) }, styleOf));
  }
  return { title, sheets: made, names: [] };
}

function sheetFrom(
  { name, cells, formats = [], widths = [], bold = [], charts = [], results = new Map() }: NewSheet,
  styleOf: (format: string) => Style,
): Sheet {
  const styles = new Map<string, Style>();
  const put = (area: Rectangle, style: Style): void => {
    for (let row = area.row; row < area.row + area.rows; row++)
      for (let column = area.column; column < area.column + area.columns; column++)
        styles.set(`${row} ${column}`, style);
  };
  for (const { address, format } of formats) put(parseAddress(address)!, styleOf(format));
  for (const address of bold) put(parseAddress(address)!, BOLD);
  const resultAt = (row: number, column: number): CellValue | undefined =>
    results.get(formatAddress({ row, column, rows: 1, columns: 1 }));
  return {
    name,
    columns: widths.map((width) => ({ width })),
    length: cells.length,
    row: (at) =>
      cells[at]!.map((value, column): Written | undefined => {
        if (value === "") return undefined;
        const style = at === 0 ? TITLE : styles.get(`${at} ${column}`);
        const result = resultAt(at, column);
        return { content: result === undefined ? textOf(value) : written(String(value).slice(1), () => result), style };
      }),
    title: name,
    header: 1,
    charts: charts.map((chart) =>
      fileChart(chart, name, (row, column) => resultAt(row, column) ?? textOf(cells[row]![column]!)),
    ),
  };
}

/** An apostrophe before a text keeps it a text where a user types; a file says so by itself. */
const textOf = (value: CellValue): CellValue =>
  typeof value === "string" && value.startsWith("'") ? value.slice(1) : value;
