/** A table of the workbook as the base of scenarios: its last line of headers and the rows below it. */
import { formatAddress, reference } from "../../host/address";
import type { PaneState } from "../context";
import type { TableInHand } from "../table-in-hand";
import { ID, type FieldName } from "./form";

export function takeAsBase({ type }: Pick<PaneState, "type">, { sheet, region }: TableInHand): void {
  const { area, headerRows, rows } = region;
  const row = area.row + headerRows - 1;
  const address = formatAddress({ ...area, row, rows: rows.at(-1)! - row + 1 });
  type(ID, "range" satisfies FieldName, reference({ sheet, address }));
}
