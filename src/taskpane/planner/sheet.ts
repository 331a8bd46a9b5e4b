/** A table of the planner as a sheet of its own: inputs apart, then the figures, as formulas where a function gives them. */
import { columnName, formatAddress } from "../../host/address";
import type { CellValue, Chart, NewSheet } from "../../host/workbook";
import { asText, cellFormat, cellValue, formatRuns, money, text, type Figure } from "../parts/figure";
import type { Spelling } from "./formula";

/** One line of figures, one per column. */
export interface FigureRow {
  readonly label: string | Figure;
  readonly figures: readonly Figure[];
  /** The formula of the figure in that column; absent where no function gives it. */
  readonly formula?: ((spelling: Spelling, column: number) => string) | undefined;
}

export interface FigureTable {
  /** The heading of the labels, then one per column. */
  readonly head: readonly string[];
  readonly rows: readonly FigureRow[];
}

/** What the figures were computed from: the pool in fen, and the cap of each case in fen. */
export interface Inputs {
  readonly pool: { readonly label: string; readonly fen: number };
  readonly caps: readonly CapInput[];
  /** Assumptions in words. */
  readonly notes: readonly string[];
}

export interface CapInput {
  /** What stands beside its cell, whatever the amount: "单家上限（元）". */
  readonly label: string;
  /** Over a column of figures: "上限 2000万元". */
  readonly heading: string;
  /** A formula for the heading, so that it follows the cell. */
  readonly headingOf: (cell: string) => string;
  readonly fen: number | undefined;
}

/** What a sheet says of its rows that are no formulas, where all rows are such and where some are. */
export interface FixedWords {
  readonly all: string;
  readonly some: string;
}

const FIRST_INPUT = 2;
/** Behind the label of a row that is no formula among others that are. */
const FIXED = " *";

/** @param chart its kind, for tables of numbers with a heading per column */
export function sheetOf(
  name: string,
  table: FigureTable,
  inputs: Inputs,
  fixed: FixedWords,
  chart?: Chart["kind"],
): NewSheet {
  const live = table.rows.some(({ formula }) => formula);
  const mixed = live && table.rows.some(({ formula }) => !formula);
  const notes = [...inputs.notes, ...(live ? [] : [fixed.all]), ...(mixed ? [fixed.some] : [])];
  const rows: Figure[][] = [
    [text(name)],
    [text(inputs.pool.label), money(inputs.pool.fen)],
    ...inputs.caps.map(({ label, fen }) => [text(label), fen === undefined ? text("") : money(fen)]),
    ...notes.map((note) => [text(note)]),
    [],
    table.head.map(text),
  ];
  const spelling: Spelling = {
    sheet: undefined,
    pool: `$B$${FIRST_INPUT}`,
    caps: inputs.caps.map((_, k) => `$B$${FIRST_INPUT + 1 + k}`),
  };
  const headRow = rows.length - 1;
  const cells: CellValue[][] = rows.map((row) => row.map((figure) => asText(cellValue(figure))));
  if (live) {
    cells[headRow] = table.head.map((heading, column) => {
      const place = inputs.caps.findIndex((cap) => cap.heading === heading);
      return column > 0 && place >= 0 ? inputs.caps[place]!.headingOf(spelling.caps[place]!) : asText(heading);
    });
  }
  for (const { label, figures, formula } of table.rows) {
    const first = typeof label === "string" ? text(mixed && !formula ? label + FIXED : label) : label;
    rows.push([first, ...figures]);
    cells.push([
      asText(cellValue(first)),
      ...figures.map((figure, k) => formula?.(spelling, k) ?? asText(cellValue(figure))),
    ]);
  }
  const width = Math.max(2, table.head.length);
  const corner = `${columnName(width + 1)}${FIRST_INPUT}`;
  const drawn = formatAddress({ row: headRow, column: 0, rows: table.rows.length + 1, columns: table.head.length });
  return {
    name,
    cells: cells.map((row) => [...row, ...Array<CellValue>(width - row.length).fill("")]),
    formats: rows.flatMap((row, r) =>
      formatRuns(row.map(cellFormat)).map(({ format, from, length }) => ({
        address: formatAddress({ row: r, column: from, rows: 1, columns: length }),
        format,
      })),
    ),
    widths: Array.from({ length: width }, (_, column) => (column === 0 ? 30 : 20)),
    headerRows: 1,
    ...(chart && { charts: [{ kind: chart, title: name, address: drawn, corner }] }),
  };
}
