/** What the workbench refuses to open, and the words' keys for it. Limits are stated in docs/workbench.md. */

export const LIMITS = {
  /** Bytes of a file. */
  packed: 2 ** 26,
  /** Bytes of all parts of a file, unpacked. */
  unpacked: 2 ** 28,
  /** How many times smaller a part may be packed, where it is large: sheets come to ten or thirty times. */
  ratio: 2 ** 8,
  parts: 2 ** 13,
  sheets: 2 ** 8,
  /** Cells with content or format, of all sheets. */
  cells: 2 ** 21,
  /** Cell formats. */
  formats: 2 ** 16,
  merges: 2 ** 15,
  /** Cells that one array formula fills. */
  arrayCells: 2 ** 18,
  /** Characters of a cell, as in Excel. */
  characters: 2 ** 15 - 1,
  /** Characters of the name of a sheet, as in Excel. */
  sheetName: 31,
} as const;

export type Reason =
  | "noWorkbook"
  | "damaged"
  | "encrypted"
  | "oldExcel"
  | "climbs"
  | "entities"
  | "noSheet"
  | "longName"
  | "tooSlow"
  | keyof Pick<
      typeof LIMITS,
      "packed" | "unpacked" | "parts" | "sheets" | "cells" | "formats" | "merges" | "arrayCells" | "characters"
    >;

/** Why a file is refused; `where` names the sheet, cell or part. */
export class FileRefusal extends Error {
  constructor(
    readonly reason: Reason,
    readonly where = "",
  ) {
    super(`${reason} ${where}`);
    this.name = "FileRefusal";
  }
}
