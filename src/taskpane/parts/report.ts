/** Answers as a report: sections of a sentence, a table and what it rests on; for the pane, a sheet, a page and the command line. */
import { formatAddress } from "../../host/address";
import type { Chart, NewSheet } from "../../host/workbook";
import type { BridgeWords } from "./bridge";
import { axisFormat, FigureSheet, fixedIn, type FigureTable, type FixedWords, type Inputs } from "./figure-sheet";

export interface ReportSection extends FigureTable {
  readonly title: string;
  /** The answer in one sentence; "" for a table that belongs to the section before it. */
  readonly verdict: string;
  /** Assumptions and remarks. */
  readonly notes: readonly string[];
  readonly chart?: SectionChart;
}

/** Draws so many first figures of the rows; of a bridge the first, from one total over the steps to another. */
export type SectionChart =
  | { readonly kind: "column" | "line"; readonly series: number }
  | { readonly kind: "bridge"; readonly series: 1; readonly title: string; readonly words: BridgeWords };

const WIDTHS = [34, 18] as const;
/** Rows that a chart covers. */
const CHART_ROWS = 16;

/** What the formulas of a report point to, and what is said of rows that are none. */
export interface Live {
  readonly inputs: Inputs;
  readonly fixed: FixedWords;
}

/**
 * All sections below each other on one sheet.
 * @param front lines above them: what was asked, of what, under which rules
 * @param live undefined: all figures are values
 */
export function reportSheet(
  name: string,
  front: readonly string[],
  sections: readonly ReportSection[],
  live?: Live,
): NewSheet {
  const sheet = new FigureSheet();
  sheet.lines(front);
  if (live) sheet.inputs(live.inputs);
  const charts: Chart[] = [];
  for (const section of sections) {
    const { title, verdict, notes, chart, rows } = section;
    sheet.line();
    sheet.heads([title, ...(verdict ? [verdict] : [])]);
    const drawn = sheet.table(section);
    sheet.lines([...notes, ...(live ? fixedIn(section, live.fixed) : [])]);
    if (!chart || rows.length < 2) continue;
    const bridge = chart.kind === "bridge";
    const shown = bridge ? sheet.bridge(drawn, rows, chart.words) : { ...drawn, columns: 1 + chart.series };
    // A bridge has few columns and a short note: its chart stands beside them, the others below what is said of their table.
    const at = bridge ? { row: drawn.row, column: shown.columns + 1 } : { row: sheet.next, column: 0 };
    const corner = formatAddress({ ...at, rows: 1, columns: 1 });
    charts.push({
      kind: chart.kind,
      title: bridge ? chart.title : title,
      address: formatAddress(shown),
      corner,
      ...axisFormat(section),
    });
    while (sheet.next < at.row + CHART_ROWS) sheet.line();
  }
  return sheet.sheet(name, WIDTHS, charts);
}
