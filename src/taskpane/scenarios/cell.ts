/** A cell of the result table: as a figure of the pane and of reports, and in the workbook. */
import type { CellValue } from "../../host/workbook";
import { toFen, type ResultColumn } from "../../rules";
import { asText, count, money, share, text, type Figure } from "../parts/figure";

type Kind = ResultColumn["kind"];

const FORMATS: Readonly<Record<Kind, string>> = { money: "#,##0.00", count: "#,##0", share: "0.00%", text: "" };

export const cellFormat = (kind: Kind): string => FORMATS[kind];

const INFINITE = "∞";

/** @param cell money in yuan, shares as fractions; infinite where an empty pool is drawn on */
export function figureOf(cell: string | number, kind: Kind): Figure {
  if (typeof cell === "string") return text(cell);
  if (!Number.isFinite(cell)) return text(INFINITE);
  if (kind === "money") return money(toFen(cell));
  return kind === "share" ? share(cell) : count(cell);
}

/** What the workbook's cell holds. */
export const cellValue = (cell: string | number): CellValue =>
  typeof cell === "string" || Number.isFinite(cell) ? asText(cell) : INFINITE;
