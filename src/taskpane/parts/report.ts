/** Answers as a report: sections of a sentence, a table and what it rests on; for the pane, a sheet and the command line. */
import { formatAddress } from "../../host/address";
import type { CellValue, Chart, NewSheet } from "../../host/workbook";
import { asText, cellFormat, cellValue, formatRuns, type Figure } from "./figure";

export interface ReportRow {
  readonly label: string;
  readonly figures: readonly Figure[];
}

export interface ReportSection {
  readonly title: string;
  /** The answer in one sentence; "" for a table that belongs to the section before it. */
  readonly verdict: string;
  /** The first is that of the labels. */
  readonly head: readonly string[];
  readonly rows: readonly ReportRow[];
  /** Assumptions and remarks. */
  readonly notes: readonly string[];
  /** Draws so many first figures of the rows. */
  readonly chart?: { readonly kind: "column" | "line"; readonly series: number };
}

const LABEL_WIDTH = 34;
const FIGURE_WIDTH = 18;
/** Rows that a chart covers beside the table. */
const CHART_ROWS = 16;

/**
 * All sections below each other on one sheet.
 * @param front lines above them: what was asked, of what, under which rules
 */
export function reportSheet(name: string, front: readonly string[], sections: readonly ReportSection[]): NewSheet {
  const width = sections.reduce((most, { head }) => Math.max(most, head.length), 1);
  const line = (...cells: CellValue[]): CellValue[] => [...cells, ...Array<CellValue>(width - cells.length).fill("")];
  const cells: CellValue[][] = front.map((words) => line(words));
  const formats: { address: string; format: string }[] = [];
  const charts: Chart[] = [];
  for (const { title, verdict, head, rows, notes, chart } of sections) {
    cells.push(line(), line(title), line(verdict));
    const top = cells.length;
    cells.push(line(...head));
    for (const { label, figures } of rows) {
      for (const { format, from, length } of formatRuns(figures.map(cellFormat)))
        formats.push({
          address: formatAddress({ row: cells.length, column: 1 + from, rows: 1, columns: length }),
          format,
        });
      cells.push(line(label, ...figures.map(cellValue)).map(asText));
    }
    cells.push(...notes.map((note) => line(note)));
    if (chart && rows.length > 1) {
      const drawn = { row: top, column: 0, rows: rows.length + 1, columns: 1 + chart.series };
      const beside = formatAddress({ row: top, column: width + 1, rows: 1, columns: 1 });
      charts.push({ kind: chart.kind, title, address: formatAddress(drawn), corner: beside });
      while (cells.length < top + CHART_ROWS) cells.push(line());
    }
  }
  return {
    name,
    cells,
    formats,
    widths: [LABEL_WIDTH, ...Array<number>(width - 1).fill(FIGURE_WIDTH)],
    headerRows: 1,
    charts,
  };
}
