/** The functions as a workbook calls them: arguments are ranges, results are cells. */
import * as functions from "../../src/functions/functions";
import { setPick, type Pick } from "../../src/functions/pick";
import { installCustomFunctions } from "../tools/custom-functions";

installCustomFunctions();
export { functions };

/** An error cell as Excel shows it. */
export interface ErrorCell {
  readonly code: string;
  readonly message: string;
}
export const isErrorCell = (cell: unknown): cell is ErrorCell =>
  typeof cell === "object" && cell !== null && "code" in cell;

export const cellError = (code: string, message = ""): ErrorCell =>
  new CustomFunctions.Error(code as CustomFunctions.ErrorCode, message) as unknown as ErrorCell;

export const NA = "#N/A";
export const VALUE = "#VALUE!";

/** An amount of money: a number of yuan in whole fen, zero or more, never −0. */
export const isMoney = (cell: unknown): boolean =>
  typeof cell === "number" && cell >= 0 && !Object.is(cell, -0) && Math.round(cell * 100) / 100 === cell;

/** What the cells show: numbers and texts as they are, an error as its code. */
export const shown = (cells: unknown[][]): unknown[][] =>
  cells.map((row) => row.map((cell) => (isErrorCell(cell) ? cell.code : cell)));

/** The messages of all error cells. */
export const messages = (cells: unknown[][]): string[] =>
  cells.flat().flatMap((cell) => (isErrorCell(cell) ? [cell.message] : []));

/** A column range. */
export const down = (...cells: unknown[]): unknown[][] => cells.map((cell) => [cell]);
/** A row range. */
export const across = (...cells: unknown[]): unknown[][] => [cells];
/** One cell. */
export const one = (cell: unknown): unknown[][] => [[cell]];

/** Runs with the workbook's pick set, and forgets it. */
export function withPick<T>(pick: Partial<Pick>, run: () => T): T {
  setPick(pick);
  try {
    return run();
  } finally {
    setPick({});
  }
}
