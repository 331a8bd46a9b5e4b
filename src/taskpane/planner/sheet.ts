/** A table of the planner as a sheet of its own: inputs apart, then the figures, as formulas where a function gives them. */
import { columnName, formatAddress } from "../../host/address";
import type { Chart, NewSheet } from "../../host/workbook";
import {
  axisFormat,
  FigureSheet,
  fixedIn,
  type FigureTable,
  type FixedWords,
  type Inputs,
} from "../parts/figure-sheet";

const WIDTHS = [30, 20] as const;

/** @param chart its kind, for tables of numbers with a heading per column */
export function sheetOf(
  name: string,
  table: FigureTable,
  inputs: Inputs,
  fixed: FixedWords,
  chart?: Chart["kind"],
): NewSheet {
  const sheet = new FigureSheet();
  sheet.lines([name]);
  sheet.inputs(inputs);
  sheet.lines([...inputs.notes, ...fixedIn(table, fixed)]);
  sheet.line();
  const drawn = sheet.table(table);
  const corner = `${columnName(Math.max(2, drawn.columns) + 1)}2`;
  const charts = chart
    ? [{ kind: chart, title: name, address: formatAddress(drawn), corner, ...axisFormat(table) }]
    : [];
  return sheet.sheet(name, WIDTHS, charts);
}
