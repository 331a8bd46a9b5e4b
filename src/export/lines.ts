/** The rows of a book in the order of the table, whichever sheet they stand in. */
import type { FormulaBook } from "../writers/excel-formula";
import type { AwardSheet } from "../writers/formula/award-sheet";
import { call, type Expression } from "../writers/formula/expression";
import { quoted, type Column } from "../writers/formula/sheet";

export interface Line {
  readonly award: AwardSheet;
  readonly row: number;
}

export function linesInOrder({ sheets }: FormulaBook): Line[] {
  const lines = sheets.flatMap((award) => award.rows.map((_, row): Line => ({ award, row })));
  const sourceOf = ({ award, row }: Line): number => Number(award.sheet.columns[0]!.value(row));
  return lines.sort((a, b) => sourceOf(a) - sourceOf(b));
}

/** Where a cell stands, to lead there. */
export const placeOf = ({ sheet, letters }: Column, row: number): string =>
  `${quoted(sheet.name)}!${letters}${sheet.first + row}`;

/** A sum of cells of this book; words in them do not count. */
export const sumOf = (range: string, cells: readonly Expression[]): Expression =>
  call("SUM", [range], () => {
    const fen = cells
      .map((cell) => cell.value(0))
      .map((value) => (typeof value === "number" ? Math.round(value * 100) : 0));
    return fen.reduce((a, b) => a + b, 0) / 100;
  });
