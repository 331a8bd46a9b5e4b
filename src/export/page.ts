/** One sheet of a book while it is written, row after row. */
import type { Sheet, Style, Written } from "./file/sheet";

export class Page {
  private readonly rows: (Written | undefined)[][] = [];
  private readonly widths: number[] = [];

  constructor(readonly name: string) {}

  /** Number of the next row. */
  get next(): number {
    return this.rows.length + 1;
  }

  /** A row of cells below the others. @returns its number */
  row(...cells: readonly (Written | undefined)[]): number {
    return this.rows.push([...cells]);
  }

  /** A row of headers. */
  head(style: Style, ...headers: readonly string[]): number {
    return this.row(...headers.map((content) => ({ content, style })));
  }

  /** @param row and column counted from 0 */
  put(row: number, column: number, cell: Written): void {
    this.rows[row]![column] = cell;
  }

  width(...widths: readonly number[]): this {
    this.widths.push(...widths);
    return this;
  }

  sheet(more: Pick<Sheet, "title" | "header"> & Partial<Sheet>): Sheet {
    const { rows } = this;
    return {
      name: this.name,
      columns: this.widths.map((width) => ({ width })),
      length: rows.length,
      row: (at) => rows[at]!,
      ...more,
    };
  }
}
