/** Amounts as people type them: a number with its unit, kept as one text such as "1,200万元". */
import { Exact, formatChinese, formatYuan, Refusal, toYuan, type Input, type Language, type Text } from "../../rules";
import { readAmount, type Unit } from "../../tables";

/** What one unit is in fen. */
export const UNITS = { yuan: 1e2, wan: 1e6, yi: 1e10 } as const;

/** Beside an axis whose ticks are in 万元. */
export const IN_WAN: Text = { zh: "万元", en: "10,000 yuan" };

/** Fen in 万元, at a tick of such an axis. */
export const wanTick = (fen: number): string => (fen / UNITS.wan).toLocaleString("en-US");

/** The words of a unit, among the texts of the pane. */
export const UNIT_WORDS = { 1: "parts.unit-yuan", 10_000: "parts.unit-wan", 100_000_000: "parts.unit-yi" } as const;
/** The units as they stand behind a number. */
const BEHIND = { 1: "元", 10_000: "万元", 100_000_000: "亿元" } as const satisfies Record<Unit, string>;
const NUMBER_AND_UNIT = /^(.*?)\s*(?:([万亿])?\s*元|([万亿]))?$/su;
const UNIT_OF: Readonly<Record<string, Unit>> = { 万: 10_000, 亿: 100_000_000 };

/** The number of an amount, and its unit where it names one. */
export function splitAmount(text: string): { readonly number: string; readonly unit?: Unit } {
  const [, number = "", before, alone] = NUMBER_AND_UNIT.exec(text.normalize("NFKC").trim()) ?? [];
  const scale = before ?? alone;
  if (scale) return { number, unit: UNIT_OF[scale]! };
  return text.trim().endsWith("元") ? { number, unit: 1 } : { number };
}

/** A number and its unit as one text; a unit that the number has itself goes before. Blank without a number. */
export const joinAmount = (number: string, unit: Unit): string => {
  if (!splitAmount(number).number) return "";
  return splitAmount(number).unit ? number.trim() : number.trim() + BEHIND[unit];
};

/** Whole fen, half-up; undefined for a blank. Without a unit it is in yuan. @throws Refusal for what is no amount */
export function readMoney(text: string): number | undefined {
  const { number, unit } = splitAmount(text);
  return number ? readAmount(number, unit) : undefined;
}

/** The same as a number of yuan in digits, for what reads cells; a text that is no amount stays, so that it is refused there. */
export function inYuan(text: string): string {
  const { fen, refusal } = amountOf(text);
  if (refusal) return text;
  return fen === undefined ? "" : new Exact(fen).div(UNITS.yuan).toString();
}

/** What was typed for an input, as a cell would hold it. */
export const typedFor = (input: Input, text: string): string => (input.kind === "money" ? inYuan(text) : text);

/** An amount of a form that was read. */
export interface TypedAmount {
  readonly text: string;
  /** Undefined where nothing or nothing readable stands there. */
  readonly fen: number | undefined;
  readonly refusal: Text | undefined;
}

export function amountOf(text: string): TypedAmount {
  try {
    return { text, fen: readMoney(text), refusal: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { text, fen: undefined, refusal: error.text };
    throw error;
  }
}

/** More decimals are harder to read than more digits. */
const DECIMALS = 4;

/** An amount as one would type it: in the largest unit of which it holds at least one, with few decimals. */
export function typedMoney(fen: number): string {
  const amount = ([100_000_000, 10_000] as const)
    .map((unit) => ({ unit, number: new Exact(fen).div(unit * UNITS.yuan) }))
    .find(({ number }) => number.gte(1) && number.decimalPlaces() <= DECIMALS);
  const { unit, number } = amount ?? { unit: 1 as const, number: new Exact(fen).div(UNITS.yuan) };
  return number.toString() + BEHIND[unit];
}

/** A plain number with its thousands apart; any other text as it is. */
export const grouped = (number: string): string =>
  /^\d{4,}(\.\d*)?$/.test(number) ? number.replace(/\d(?<!\..*)(?=(\d{3})+(\.|$))/g, "$&,") : number;

/** A number of yuan as a formula spells it. */
export const inFormula = (fen: number): string => String(toYuan(fen));

/** "2000万元", "20,000,000 yuan": an amount inside a heading. */
export const brief = (fen: number, language: Language): string =>
  language === "zh" ? formatChinese(fen).replace(" ", "") : `${formatYuan(fen).replace(/\.00$/, "")} yuan`;

/** "+1,234.00": what is added, or taken away. */
export const signedYuan = (fen: number): string => (fen > 0 ? "+" : "") + formatYuan(fen);

/** "12,345": whole 万元, half-up, for places too narrow for more. */
export function inWan(fen: number, language: Language): string {
  const wan = new Exact(fen).div(UNITS.wan).toDecimalPlaces(0).toNumber();
  return wan.toLocaleString(language === "zh" ? "zh-CN" : "en-US");
}
