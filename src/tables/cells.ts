/** What a cell may hold, and what reading it may come to: a value, or words why there is none. */
import { refuse, type Text } from "../rules";

/** What a spreadsheet hands over for one cell. */
export type Cell = number | string | boolean | null | undefined;

/** An error that another formula left in a cell (in Excel a CustomFunctions.Error). */
export interface CellError {
  readonly code: string;
  readonly message?: string | undefined;
}
/** A cell of an argument: a value, or an error. */
export type Given = Cell | CellError;
export type Matrix = readonly (readonly Given[])[];

export const isError = (cell: unknown): cell is CellError =>
  typeof cell === "object" && cell !== null && "code" in cell;

export const isBlank = (cell: Cell): boolean =>
  cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");

/** A blank, also as Excel on the desktop hands it over: as 0. */
export const isNothing = (cell: Given): boolean => cell === 0 || (!isError(cell) && isBlank(cell));

/**
 * Why a cell cannot be read, in words. Reading returns it and throws nothing: a column may hold a hundred thousand such
 * cells. Where a refusal is wanted, must() throws it.
 */
export class Unread implements Text {
  constructor(
    readonly zh: string,
    readonly en: string,
  ) {}
}

/** What was read. @throws Refusal with the words where nothing could be */
export function must<T>(read: T | Unread): T {
  if (read instanceof Unread) throw refuse(read.zh, read.en);
  return read;
}

/** The cell as the words about it quote it. */
export const shown = (cell: Cell): string =>
  typeof cell === "string" ? `“${cell}”` : typeof cell === "boolean" ? String(cell).toUpperCase() : String(cell);
