/** A figure of an answer: as the pane shows it, and as a cell of a sheet with its number format. */
import type { CellValue } from "../../../host/workbook";
import { formatYuan, kindOfLever, leverWords, toYuan, type Language } from "../../../rules";
import {
  cellFormat as figureFormat,
  cellValue as figureValue,
  figureWords,
  money,
  text,
  type Figure,
} from "../../parts/figure";
import { cellValue as textValue } from "../cell";
import type { Cell } from "./table";

export function cellWords(cell: Cell, language: Language): string {
  if (cell.kind !== "lever") return figureWords(cell, language);
  return kindOfLever(cell.lever) === "cap"
    ? formatYuan(Number(cell.value))
    : leverWords(cell.lever, cell.value)[language];
}

/** The same as a figure of a report. */
export function figureOf(cell: Cell, language: Language): Figure {
  if (cell.kind !== "lever") return cell;
  return kindOfLever(cell.lever) === "cap" ? money(Number(cell.value)) : text(cellWords(cell, language));
}

export function cellValue(cell: Cell): CellValue {
  if (cell.kind === "text") return textValue(cell.text);
  if (cell.kind !== "lever") return figureValue(cell);
  return kindOfLever(cell.lever) === "cap" ? toYuan(Number(cell.value)) : Number(cell.value);
}

/** Rates to four decimals of a per cent, the finest that a lever knows. */
const RATE = "0.00##%";

export function cellFormat(cell: Cell): string {
  if (cell.kind !== "lever") return figureFormat(cell);
  return kindOfLever(cell.lever) === "cap" ? "#,##0.00" : kindOfLever(cell.lever) === "newFirms" ? "#,##0" : RATE;
}
