/** A cell of the result table: as the pane shows it, and its number format in the workbook. */
import type { CellValue } from "../../host/workbook";
import { formatYuan, toFen, type Language, type ResultColumn } from "../../rules";

import { money, text, type Figure } from "../parts/figure";

type Kind = ResultColumn["kind"];

const FORMATS: Readonly<Record<Kind, string>> = { money: "#,##0.00", count: "#,##0", share: "0.00%", text: "" };

export const cellFormat = (kind: Kind): string => FORMATS[kind];

/** @param cell money in yuan, shares as fractions; infinite where an empty pool is drawn on */
export function cellWords(cell: string | number, kind: Kind, language: Language): string {
  if (typeof cell === "string") return cell;
  if (!Number.isFinite(cell)) return "∞";
  if (kind === "money") return formatYuan(toFen(cell));
  if (kind === "share") return `${(cell * 100).toFixed(2)}%`;
  return cell.toLocaleString(language === "zh" ? "zh-CN" : "en-US");
}

/** What the workbook's cell holds. A name that begins with "=" stays a name. */
export function cellValue(cell: string | number): CellValue {
  if (typeof cell === "string") return cell.startsWith("=") ? `'${cell}` : cell;
  return Number.isFinite(cell) ? cell : "∞";
}

/** The same as a figure of a report. */
export function figureOf(cell: string | number, kind: Kind, language: Language): Figure {
  if (typeof cell === "string" || kind === "text" || !Number.isFinite(cell))
    return text(cellWords(cell, kind, language));
  return kind === "money" ? money(toFen(cell)) : { kind, value: cell };
}
