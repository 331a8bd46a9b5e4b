/** Figures written on a sheet of their own: inputs, tables over them, as formulas where a function gives a figure. */
import { formatAddress, type Rectangle } from "../../host/address";
import type { CellValue, Chart, NewSheet } from "../../host/workbook";
import type { Language } from "../../rules";
import { bridgeParts, type BridgeWords } from "./bridge";
import { asText, cellFormat, cellValue, figureWords, formatRuns, money, text, type Figure } from "./figure";

/** How a formula spells its inputs: as numbers, or as the cells in which they stand. */
export interface Spelling {
  /** The sheet the formula is written on; ranges on it need no sheet name. */
  readonly sheet: string | undefined;
  readonly pool: string;
  /** Per case; "" is no cap. */
  readonly caps: readonly string[];
}

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

/** The label of a row in words. */
export const labelWords = (label: FigureRow["label"], language: Language): string =>
  typeof label === "string" ? label : figureWords(label, language);

const labelFigure = (label: FigureRow["label"]): Figure => (typeof label === "string" ? text(label) : label);

/** The rows in words, each behind its label. */
export const rowWords = ({ rows }: Pick<FigureTable, "rows">, language: Language): string[][] =>
  rows.map(({ label, figures }) => [
    labelWords(label, language),
    ...figures.map((figure) => figureWords(figure, language)),
  ]);

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

/** What a sheet says of the rows of a table that are no formulas: where all rows are such, and where some are. */
export interface FixedWords {
  readonly all: string;
  readonly some: string;
}

/** Behind the label of a row that is no formula among others that are. */
const FIXED = " *";

/** How the axis of a chart over a table writes its numbers; nothing to be said of yuan. */
export function axisFormat({ rows }: FigureTable): { format?: string } {
  const first = rows[0]?.figures[0];
  return !first || first.kind === "money" ? {} : { format: first.kind === "share" ? "0%" : "General" };
}

/** The words of `fixed` that belong to a table; none where all of its rows are formulas. */
export function fixedIn({ rows }: FigureTable, fixed: FixedWords): string[] {
  const live = rows.filter(({ formula }) => formula).length;
  if (live === rows.length) return [];
  return [live ? fixed.some : fixed.all];
}

/** A sheet while it is written, line after line. */
export class FigureSheet {
  private readonly cells: CellValue[][] = [];
  private readonly formats: { address: string; format: string }[] = [];
  private readonly bold: string[] = [];
  private readonly results = new Map<string, CellValue>();
  private caps: readonly CapInput[] = [];
  private spelling: Spelling | undefined;

  /** Number of the next line, from 0. */
  get next(): number {
    return this.cells.length;
  }

  line(...figures: readonly Figure[]): void {
    this.write(
      figures,
      figures.map((figure) => asText(cellValue(figure))),
    );
  }

  lines(words: readonly string[]): void {
    for (const one of words) this.line(text(one));
  }

  /** Lines that stand out. */
  heads(words: readonly string[]): void {
    this.bold.push(formatAddress({ row: this.next, column: 0, rows: words.length, columns: 1 }));
    this.lines(words);
  }

  /** The pool and the caps in cells, to which the formulas of all tables below point. */
  inputs({ pool, caps }: Inputs): void {
    const cell = (): string => `$B$${this.next}`;
    this.line(text(pool.label), money(pool.fen));
    const poolCell = cell();
    const capCells = caps.map(({ label, fen }) => {
      this.line(text(label), fen === undefined ? text("") : money(fen));
      return cell();
    });
    this.caps = caps;
    this.spelling = { sheet: undefined, pool: poolCell, caps: capCells };
  }

  /** @returns where it lies, from its head down */
  table({ head, rows }: FigureTable): Rectangle {
    const top = this.next;
    const { spelling } = this;
    const live = spelling && rows.some(({ formula }) => formula);
    const mixed = live && rows.some(({ formula }) => !formula);
    this.bold.push(formatAddress({ row: top, column: 0, rows: 1, columns: head.length }));
    this.write(
      head.map(text),
      head.map((heading, column) => {
        const place = column > 0 && live ? this.caps.findIndex((cap) => cap.heading === heading) : -1;
        return place < 0 ? asText(heading) : this.caps[place]!.headingOf(spelling!.caps[place]!);
      }),
    );
    for (const { label, figures, formula } of rows) {
      const first = typeof label === "string" ? text(mixed && !formula ? label + FIXED : label) : label;
      const values = figures.map((figure, k) => (spelling && formula?.(spelling, k)) ?? asText(cellValue(figure)));
      this.write([first, ...figures], [asText(cellValue(first)), ...values]);
    }
    return { row: top, column: 0, rows: rows.length + 1, columns: head.length };
  }

  /**
   * The steps of a table as what its chart draws, in formulas over its labels and first figures.
   * @param table where it lies. @returns where this lies, from its head down
   */
  bridge(table: Rectangle, rows: readonly FigureRow[], words: BridgeWords): Rectangle {
    const first = table.row + 2;
    const amounts = rows.map(({ figures }) => Number(cellValue(figures[0]!)));
    const { parts, rows: steps } = bridgeParts(amounts, "B", first);
    this.lines([words.data]);
    const top = this.next;
    const head = ["", ...parts.map((part) => words[part])];
    this.write(head.map(text), head);
    steps.forEach((step, k) => {
      const row = this.next;
      const shown = [cellValue(labelFigure(rows[k]!.label)), ...step.map(({ value }) => value(0) ?? "")];
      shown.forEach((value, column) => this.results.set(formatAddress({ row, column, rows: 1, columns: 1 }), value));
      this.write([text(""), ...step.map(() => money(0))], [`=A${first + k}`, ...step.map((part) => `=${part.text}`)]);
    });
    return { row: top, column: 0, rows: rows.length + 1, columns: head.length };
  }

  /** @param widths of the first column and of all others */
  sheet(name: string, [first, others]: readonly [number, number], charts: readonly Chart[]): NewSheet {
    const width = this.cells.reduce((most, row) => Math.max(most, row.length), 2);
    return {
      name,
      cells: this.cells.map((row) => [...row, ...Array<CellValue>(width - row.length).fill("")]),
      formats: this.formats,
      widths: [first, ...Array<number>(width - 1).fill(others)],
      headerRows: 1,
      bold: this.bold,
      printed: true,
      charts,
      results: this.results,
    };
  }

  private write(figures: readonly Figure[], values: CellValue[]): void {
    for (const { format, from, length } of formatRuns(figures.map(cellFormat)))
      this.formats.push({ address: formatAddress({ row: this.next, column: from, rows: 1, columns: length }), format });
    this.cells.push(values);
  }
}
