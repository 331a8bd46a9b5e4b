/** One sheet of a book while it is written: cells by place, with a value, a formula and its result, a look, a link. */
import type { Cell, CellStyle, CellValue, WriteSheet } from "hucre/xlsx";
import { inRow, type Expression, type Scalar } from "../writers/formula/expression";
import { isFormula, type Content } from "../writers/formula/sheet";

/** A cell to be written; `link` is the place in the book that it leads to: "参数!A7". */
export interface Written {
  readonly content: Content;
  readonly style?: CellStyle;
  readonly link?: string;
}

export class Page {
  readonly rows: CellValue[][] = [];
  readonly cells = new Map<string, Partial<Cell>>();
  private readonly widths: number[] = [];

  constructor(readonly name: string) {}

  /** Number of the next row. */
  get next(): number {
    return this.rows.length + 1;
  }

  /** A row of cells below the others. @returns its number */
  row(...cells: readonly (Written | undefined)[]): number {
    const at = this.rows.length;
    this.rows.push([]);
    cells.forEach((cell, column) => cell && this.put(at, column, cell));
    return at + 1;
  }

  /** @param row and column counted from 0 */
  put(row: number, column: number, { content, style, link }: Written): void {
    while (this.rows.length <= row) this.rows.push([]);
    const value = isFormula(content) ? (content.value(row) ?? 0) : content;
    const shown = isFormula(content) || value !== "" ? value : null;
    this.rows[row]![column] = shown;
    if (!isFormula(content) && !style && !link) return;
    this.cells.set(`${row},${column}`, {
      ...(isFormula(content) ? formulaCell(content, value, row + 1) : { value: shown }),
      ...(style && { style }),
      ...(link && { hyperlink: { target: "", location: link } }),
    });
  }

  width(...widths: readonly number[]): this {
    this.widths.push(...widths);
    return this;
  }

  /** The rows as they are: behind the last cell of a row there is nothing. */
  sheet(more: Omit<WriteSheet, "name" | "rows" | "cells">): WriteSheet {
    // A row of the file is a list without holes.
    const rows = this.rows.map((row) => Array.from(row, (value) => value ?? null));
    return { name: this.name, rows, cells: this.cells, columns: this.widths.map((width) => ({ width })), ...more };
  }
}

/** A formula with the result that it has: who only looks at the file sees it, too. */
export function formulaCell(formula: Expression, result: Scalar, row: number): Partial<Cell> {
  return { type: "formula", formula: inRow(formula.text, row), formulaResult: result, value: result };
}
