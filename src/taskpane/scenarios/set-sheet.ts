/** The table of scenarios as a sheet: every column that there is, filled or not, and beside it what each may hold. */
import { columnName } from "../../host/address";
import type { CellValue, NewSheet } from "../../host/workbook";
import { type Language } from "../../rules";
import { SCENARIO_COLUMNS, scenarioTable } from "../../tables";
import { asText } from "../parts/figure";
import { scenariosIn, type ScenarioColumn, type ScenarioRow } from "./table";

export interface SetSheet {
  readonly sheet: NewSheet;
  /** The columns of the table, from its headers down: rows that are added below belong to it. */
  readonly address: string;
}

/** @throws Refusal that names the row that cannot be read */
export function setSheet(
  name: string,
  rows: readonly ScenarioRow[],
  columns: readonly ScenarioColumn[],
  language: Language,
): SetSheet {
  const [filled = [], ...lines] = scenarioTable(scenariosIn(rows), language);
  const documented = new Map<string, string>(SCENARIO_COLUMNS.map((column) => [column.name, column[language]]));
  const headers = [
    ...new Set([...columns.map((column) => documented.get(column.name) ?? column.name), ...filled.map(String)]),
  ];
  // The words of these are written into the table, of the others the key.
  const worded = new Set(SCENARIO_COLUMNS.filter(({ options }) => options).map((column) => column.name));
  const places = headers.map((header) => filled.indexOf(header));
  const table = [headers, ...lines.map((line) => places.map((c) => (c < 0 ? "" : asText(line[c] ?? ""))))];
  const help = columns.map((column, k) => [
    headers[k]!,
    column.help ?? "",
    ...(column.options ?? []).map(([key, words]) => (worded.has(column.name) ? words : key)),
  ]);
  const height = Math.max(table.length, help.length);
  const width = Math.max(...help.map((line) => line.length));
  const pad = (line: readonly CellValue[] | undefined, length: number): CellValue[] =>
    Array.from({ length }, (_, c) => line?.[c] ?? "");
  return {
    sheet: {
      name,
      cells: Array.from({ length: height }, (_, r) => [...pad(table[r], headers.length), "", ...pad(help[r], width)]),
      widths: [24, ...headers.slice(1).map(() => 13), 3, 18, 44],
      headerRows: 1,
    },
    address: `A:${columnName(headers.length - 1)}`,
  };
}
