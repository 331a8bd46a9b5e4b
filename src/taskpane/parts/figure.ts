/** A figure of the planner: shown in the pane, and put into a cell, from one value. */
import { formatYuan, toYuan, type Language } from "../../rules";
import type { CellValue } from "../../host/workbook";

export type Figure =
  | { readonly kind: "money"; readonly fen: number }
  | { readonly kind: "share" | "count" | "factor"; readonly value: number }
  /** A number with words and a number format of its own. */
  | { readonly kind: "worded"; readonly value: number; readonly words: string; readonly format: string }
  | { readonly kind: "text"; readonly text: string };

/** @param fen a float (an expectation) is shown to the fen */
export const money = (fen: number): Figure => ({ kind: "money", fen: Math.round(fen) });
export const share = (value: number): Figure => ({ kind: "share", value });
export const count = (value: number): Figure => ({ kind: "count", value });
export const factor = (value: number): Figure => ({ kind: "factor", value });
export const text = (words: string): Figure => ({ kind: "text", text: words });

/** "8%", "2.5%": a part that was given, as it would be typed. */
export const percentWords = (part: number): string => `${Number((part * 100).toFixed(6))}%`;

/** Near certainty is not certainty: 99.996 % is not shown as 100 %. */
function percent(value: number): string {
  const shown = (value * 100).toFixed(2);
  if (shown === "100.00" && value < 1) return "> 99.99%";
  if (shown === "0.00" && value > 0) return "< 0.01%";
  return `${shown}%`;
}

export function figureWords(figure: Figure, language: Language): string {
  switch (figure.kind) {
    case "money":
      return formatYuan(figure.fen);
    case "share":
      return percent(figure.value);
    case "count":
      return figure.value.toLocaleString(language === "zh" ? "zh-CN" : "en-US", { maximumFractionDigits: 2 });
    case "factor":
      return String(figure.value);
    case "worded":
      return figure.words;
    case "text":
      return figure.text;
  }
}

/** What a cell holds for it: yuan, fractions, numbers, texts. */
export function cellValue(figure: Figure): CellValue {
  if (figure.kind === "money") return toYuan(figure.fen);
  return figure.kind === "text" ? figure.text : figure.value;
}

/** A firm's name that begins with "=" stays a name. */
export const asText = (value: CellValue): CellValue =>
  typeof value === "string" && value.startsWith("=") ? `'${value}` : value;

/** The number format of its cell; "" leaves the cell as it is. */
export const cellFormat = (figure: Figure): string =>
  figure.kind === "worded"
    ? figure.format
    : { money: "#,##0.00", share: "0.00%", count: "", factor: "0.000000000", text: "" }[figure.kind];

/** Neighbours of the same number format, together, by their places; those without one are left out. */
export function formatRuns(formats: readonly string[]): { format: string; from: number; length: number }[] {
  const found: { format: string; from: number; length: number }[] = [];
  formats.forEach((format, from) => {
    const last = found.at(-1);
    if (last?.format === format) last.length++;
    else found.push({ format, from, length: 1 });
  });
  return found.filter(({ format }) => format);
}
