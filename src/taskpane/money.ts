/** Amounts as the pane shows them: in yuan to the fen, and beside it in the unit of the policies. */
import { formatChinese, formatYuan, type Language } from "../rules";

const FEN_PER_WAN = 1_000_000;

/** "6,000,000.00 元（600 万元）", below 10,000 yuan without the second; in English "6,000,000.00 yuan". */
export function amountWords(fen: number, language: Language): string {
  const yuan = formatYuan(fen);
  if (language === "en") return `${yuan} yuan`;
  return `${yuan} 元${Math.abs(fen) >= FEN_PER_WAN ? `（${formatChinese(fen)}）` : ""}`;
}
