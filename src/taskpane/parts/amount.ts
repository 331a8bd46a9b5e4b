/** Amounts as a planner types them: a number and its unit. */
import {
  Exact,
  formatChinese,
  formatYuan,
  MAX_FEN,
  refuse,
  toYuan,
  type Input,
  type Language,
  type Text,
} from "../../rules";
import { readInput } from "../../tables";

/** Units by their key, with what one of them is in fen. */
export const UNITS = { yuan: 1e2, wan: 1e6, yi: 1e10 } as const;
export type Unit = keyof typeof UNITS;

/** The words of a unit of columns, among the texts of the pane. */
export const UNIT_WORDS = { 1: "parts.unit-yuan", 10_000: "parts.unit-wan", 100_000_000: "parts.unit-yi" } as const;

export const isUnit = (text: string | undefined): text is Unit => text !== undefined && text in UNITS;

/** An amount of a form: as typed, else as the document has it. */
export interface TypedAmount {
  readonly text: string;
  readonly unit: Unit;
  /** Undefined where nothing or nothing readable stands there. */
  readonly fen: number | undefined;
  readonly refusal: Text | undefined;
}

const NUMBER: Input = { kind: "number", zh: "金额", en: "amount" };

/** Whole fen, half-up; undefined for a blank text. @throws Refusal for what is no amount or too large to be exact */
export function readMoney(text: string, unit: Unit): number | undefined {
  if (!text.trim()) return undefined;
  const number = new Exact(readInput(NUMBER, text) as number);
  const fen = number.times(UNITS[unit]).toDecimalPlaces(0).toNumber();
  if (fen <= MAX_FEN) return fen;
  throw refuse(
    `金额过大，最大 ${formatYuan(MAX_FEN)} 元`,
    `the amount is too large; at most ${formatYuan(MAX_FEN)} yuan`,
  );
}

/** An amount as one would type it: the largest unit of which it holds at least one. */
export function typedMoney(fen: number): { text: string; unit: Unit } {
  const unit = fen >= UNITS.yi ? "yi" : fen >= UNITS.wan ? "wan" : "yuan";
  return { text: new Exact(fen).div(UNITS[unit]).toString(), unit };
}

/** A number of yuan as a formula spells it. */
export const inFormula = (fen: number): string => String(toYuan(fen));

/** "2000万元", "20,000,000 yuan": an amount inside a heading. */
export const brief = (fen: number, language: Language): string =>
  language === "zh" ? formatChinese(fen).replace(" ", "") : `${formatYuan(fen).replace(/\.00$/, "")} yuan`;

/** "12,345": whole 万元, half-up, for places too narrow for more. */
export function inWan(fen: number, language: Language): string {
  const wan = new Exact(fen).div(UNITS.wan).toDecimalPlaces(0).toNumber();
  return wan.toLocaleString(language === "zh" ? "zh-CN" : "en-US");
}
