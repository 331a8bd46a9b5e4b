/** Yuan and fen: the one place where money enters, is rounded and is written. Inside the rules money is whole fen. */
import { Decimal } from "decimal.js";
import { Exact } from "./exact";
import { multiply, ratio, type Ratio } from "./ratio";

export { Exact };

/** Up to here Excel shows every fen (15 significant digits); beyond, an amount is an error, never a guess. */
export const MAX_FEN = 999_999_999_999_999;

/** What rows may come to together, in fen; beyond, a row that depends on the sum is an error. With one more amount it stays exact. */
export const MAX_SUM = 2 ** 52;

const FEN_PER_YUAN = 100;
/** Below this relative distance from a tie the 15 digits that Excel shows decide; above it they cannot. */
const TIE_BAND = 2 ** -46;

/**
 * Whole fen of an amount in yuan, read as the 15 significant digits that Excel shows, half-up.
 * @returns NaN for NaN, infinities and amounts beyond MAX_FEN
 */
export function toFen(yuan: number): number {
  const scaled = Math.abs(yuan) * FEN_PER_YUAN;
  const nearest = Math.floor(scaled + 0.5);
  const fen =
    Math.abs(scaled - nearest) < 0.5 - scaled * TIE_BAND
      ? nearest
      : Number.isFinite(yuan)
        ? roundHalfUp(new Exact(Math.abs(yuan).toPrecision(15)).times(FEN_PER_YUAN))
        : NaN;
  if (!(fen <= MAX_FEN)) return NaN;
  return yuan < 0 ? 0 - fen : fen;
}

/** Yuan of whole fen: the double nearest to the decimal amount, which Excel shows to the fen. */
export const toYuan = (fen: number): number => fen / FEN_PER_YUAN;

const FEN = ratio(FEN_PER_YUAN);
/** A figure of a document in yuan, as fen. */
export const yuanToFen = (yuan: Ratio): Ratio => multiply(yuan, FEN);

/** Half-up to a whole number. */
const roundHalfUp = (value: Exact): number => value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();

/** "12,000,000.00": yuan with thousands separators and two decimals. */
export function formatYuan(fen: Exact | number): string {
  const [whole = "0", cents = "00"] = new Exact(fen).div(FEN_PER_YUAN).toFixed(2).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

const UNITS = [
  { fen: 1e10, zh: "亿元" },
  { fen: 1e6, zh: "万元" },
  { fen: 1e2, zh: "元" },
];

/** "800 万元", "2.5 亿元": the unit in which policies are written, in full where it would be cut. */
export function formatChinese(fen: number): string {
  const unit = UNITS.find((u) => Math.abs(fen) >= u.fen) ?? UNITS[UNITS.length - 1]!;
  return `${new Exact(fen).div(unit.fen).toString()} ${unit.zh}`;
}
