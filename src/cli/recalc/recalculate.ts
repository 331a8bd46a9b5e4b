/** A workbook file with its formulas computed anew. */
import { isErrorValue } from "../../workbench/file/read";
import { address } from "../../workbench/file/write-cells";
import { computed, type CellPlace, type OurFunctions } from "./engine";
import { patched, zipped, type Change } from "./patch";

/** A cell in words: 合同!B7. */
export interface ShownChange {
  readonly cell: string;
  readonly before: Change["before"];
  readonly now: Change["now"];
  /** What our function says of an error. */
  readonly message?: string;
}

export interface Recalculated {
  /** The file; the very bytes that came in where nothing changed. */
  readonly bytes: Uint8Array;
  /** Formulas that were computed. */
  readonly formulas: number;
  readonly changes: readonly ShownChange[];
  /** Of the changes, cells that showed a value and now show an error. */
  readonly errors: readonly ShownChange[];
  /** Cells whose formula cannot be computed here; they keep what they showed. */
  readonly kept: readonly string[];
}

/** @throws FileRefusal for what is no .xlsx workbook */
export async function recalculate(bytes: Uint8Array, functions: OurFunctions): Promise<Recalculated> {
  const found = await computed(bytes, functions);
  const { parts, changes, formulas } = patched(found);
  const names = new Map(found.file.sheets.map(({ id, name }) => [id, name]));
  const words = ({ sheet, row, column }: CellPlace): string => `${names.get(sheet)}!${address(row, column)}`;
  const shown = changes.map((change): ShownChange => {
    const { before, now } = change;
    const message = isErrorValue(now) ? found.messageAt(change) : undefined;
    return { cell: words(change), before, now, ...(message !== undefined && { message }) };
  });
  return {
    bytes: changes.length ? zipped(parts) : bytes,
    formulas,
    changes: shown,
    errors: shown.filter(({ before, now }) => isErrorValue(now) && !isErrorValue(before) && before !== ""),
    kept: found.kept.map(words),
  };
}
