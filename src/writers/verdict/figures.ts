/** Figures as they are said in a meeting: few digits, and "about" where digits were left out. */
import { Exact, type Language } from "../../rules";

/** What is said of an amount or a part; the exact figure stands in the table below the sentence. */
const DIGITS = 4;
const FEN = { yi: 1e10, million: 1e8, wan: 1e6, yuan: 1e2 } as const;

/** "1,728万元", "约1.234亿元", "about 12.35 million yuan", of an expectation of some fen "不到1元"; a float is an expectation, in fen. */
export function aboutMoney(fen: number, language: Language): string {
  if (fen > 0 && fen < FEN.yuan && !Number.isInteger(fen)) return { zh: "不到1元", en: "less than 1 yuan" }[language];
  // 9,999.9万元 is said as 1亿元, not as 10,000万元.
  const shown = new Exact(fen).toSignificantDigits(DIGITS);
  const [unit, words] = unitOf(shown.abs().toNumber(), language);
  const [whole, said] = [new Exact(fen).div(unit), shown.div(unit)];
  const number = said.toFixed().replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");
  const about = said.equals(whole) ? "" : { zh: "约", en: "about " }[language];
  return `${about}${number}${language === "zh" ? "" : " "}${words}`;
}

function unitOf(fen: number, language: Language): readonly [fen: number, words: string] {
  if (language === "en") return fen >= FEN.million ? [FEN.million, "million yuan"] : [FEN.yuan, "yuan"];
  if (fen >= FEN.yi) return [FEN.yi, "亿元"];
  return fen >= FEN.wan ? [FEN.wan, "万元"] : [FEN.yuan, "元"];
}

/** "4%", "0.35%", "不到0.01%": a part of one with two digits that count, never 0 or 100 % for what is only near it. */
export function aboutPart(part: number, language: Language): string {
  if (part > 0 && part < 1e-4) return { zh: "不到0.01%", en: "less than 0.01%" }[language];
  if (part < 1 && part > 1 - 1e-4) return { zh: "99.99%以上", en: "more than 99.99%" }[language];
  const percent = part * 100;
  const nearEnd = Math.min(percent, Math.abs(100 - percent));
  const decimals = nearEnd === 0 || nearEnd >= 10 ? 0 : nearEnd >= 1 ? 1 : 2;
  return `${Number(percent.toFixed(decimals))}%`;
}

/** How often in a row of years something of that probability happens: "约25年一遇", "十年中约4年". */
export function howOften(probability: number, language: Language): string {
  if (probability <= 0) return { zh: "不会发生", en: "never" }[language];
  if (probability >= 1) return { zh: "年年如此", en: "every year" }[language];
  if (probability <= 0.15) {
    const years = new Exact(1 / probability).toSignificantDigits(2).toNumber();
    if (years > 1000) return { zh: "千年难遇", en: "less than once in a thousand years" }[language];
    return { zh: `约${years}年一遇`, en: `about once in ${years} years` }[language];
  }
  const years = Math.round(probability * 10);
  if (years === 10) return { zh: "几乎年年如此", en: "nearly every year" }[language];
  return { zh: `十年中约${years}年`, en: `about ${years} years in ten` }[language];
}

/** A whole number of rows or firms: "50,000". */
export const grouped = (whole: number): string => whole.toLocaleString("en-US");

/** Rows that are in no figure of a sentence, in brackets; nothing where there are none. */
export const leftOut = (rows: number, language: Language): string =>
  rows
    ? {
        zh: `（另有${grouped(rows)}行算不出，未计入）`,
        en: ` (${grouped(rows)} rows cannot be computed and are left out)`,
      }[language]
    : "";
