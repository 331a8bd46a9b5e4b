/** Numbers and amounts in cells. */
import { Exact, formatYuan, MAX_FEN, toFen, type Text } from "../rules";
import { isBlank, must, shown, Unread, type Cell } from "./cells";
import { narrow, strangeSign } from "./names";

const NUMBER = /^[+-]?(?=\.?\d)(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?(e[+-]?\d{1,3})?%?$/i;

/** The number in a cell or in numeric text ("1,000,000", "１００", "30%"); undefined where there is none. */
export function numberIn(cell: Cell): Exact | undefined {
  if (typeof cell === "number") {
    if (Math.abs(cell) < 1e15 && Number.isInteger(cell)) return new Exact(cell || 0);
    return Number.isFinite(cell) ? new Exact(cell.toPrecision(15)) : undefined;
  }
  if (typeof cell !== "string") return undefined;
  const text = narrow(cell).trim().replace(/^¥\s*/, "");
  if (!NUMBER.test(text)) return undefined;
  const percent = text.endsWith("%");
  // No more digits than Excel would keep of it: exact arithmetic counts on that.
  const number = new Exact(text.replaceAll(",", "").replace(/%$/, "")).toSignificantDigits(15);
  const value = percent ? number.div(100) : number;
  // A negative zero would come back out of the functions as "-0".
  return value.isZero() ? value.abs() : value;
}

/** Yuan in one of the unit in which a column of amounts is written. */
export type Unit = 1 | 10_000 | 100_000_000;

/** An amount as whole fen, half-up. Blank is 0. Words for text, percentages, negatives and more than MAX_FEN. */
export function amountIn(cell: Cell, unit: Unit = 1): number | Unread {
  if (isBlank(cell)) return 0;
  if (typeof cell === "number" && cell >= 0 && unit === 1) {
    const fen = toFen(cell);
    if (fen === fen) return fen;
  }
  const number = isPercentage(cell) ? undefined : numberIn(cell);
  if (!number) return noAmount(cell, unit);
  if (number.isNegative())
    return new Unread(`金额不能为负：${shown(cell)}`, `an amount cannot be negative: ${shown(cell)}`);
  const fen = number
    .times(unit * 100)
    .toDecimalPlaces(0)
    .toNumber();
  if (fen <= MAX_FEN) return fen;
  return new Unread(
    `金额过大，无法精确到分：${shown(cell)}（最大 ${formatYuan(MAX_FEN)} 元）`,
    `the amount is too large to be exact to the fen: ${shown(cell)} (at most ${formatYuan(MAX_FEN)} yuan)`,
  );
}

/** @throws Refusal in the words of amountIn */
export const readAmount = (cell: Cell, unit?: Unit): number => must(amountIn(cell, unit));

export const isPercentage = (cell: Cell): boolean => typeof cell === "string" && /[%％]\s*$/.test(cell);

/** What the units behind an amount are worth in yuan. */
const WORTH: Readonly<Record<string, number>> = {
  元: 1,
  圆: 1,
  元整: 1,
  千元: 1e3,
  万: 1e4,
  万元: 1e4,
  万元整: 1e4,
  百万: 1e6,
  百万元: 1e6,
  千万: 1e7,
  千万元: 1e7,
  亿: 1e8,
  亿元: 1e8,
  rmb: 1,
  cny: 1,
  yuan: 1,
};

/** Why a text is no amount, and where its meaning is plain, what to enter instead in the unit of its column. */
function noAmount(cell: Cell, unit: Unit): Unread {
  const strange = typeof cell === "string" ? strangeSign(cell) : undefined;
  if (strange) return words(cell, strange.zh, strange.en);
  const { zh, en } = IN_UNIT[unit];
  if (isPercentage(cell))
    return words(cell, `是百分数；请填数字（${zh}）`, `it is a percentage; enter a number in ${en}`);
  const text = typeof cell === "string" ? narrow(cell).trim().toLowerCase() : "";
  const [, before = "", named = ""] = /^(.*?[\d.,])\s*([a-z\p{Script=Han}]+)$/u.exec(text) ?? [];
  const amount = numberIn(before);
  if (amount && named in WORTH) {
    const size = plain(amount.times(WORTH[named]!).div(unit));
    return words(
      cell,
      `带有单位“${named}”，${unit === 1 ? "" : `本列以${zh}为单位，`}请填 ${size}`,
      `it has a unit; enter ${size}${unit === 1 ? "" : `, as the column is in ${en}`}`,
    );
  }
  const inBrackets = numberIn(/^¥?\s*\((.*)\)$/.exec(text)?.[1]);
  if (inBrackets) {
    const size = plain(inBrackets);
    return words(
      cell,
      `括号表示负数 -${size}，金额不能为负；若为正数，请填 ${size}`,
      `brackets mean the negative amount -${size}, and an amount cannot be negative; if it is positive, enter ${size}`,
    );
  }
  const joined = numberIn(text.replace(/(\d)\s+(?=\d)/g, "$1"));
  if (joined)
    return words(cell, `数字中间有空格，请填 ${plain(joined)}`, `it has spaces inside; enter ${plain(joined)}`);
  if (/^[¥+-]?[\d.]*\d,[\d,.]*$/.test(text))
    return words(cell, "逗号不在千分位上，请去掉逗号", "its comma does not separate thousands; leave it out");
  const mark = /^¥?[\d.,]+\s*([^\d\s.,a-z\p{Script=Han}])/u.exec(text)?.[1];
  if (mark) return words(cell, `其中的“${mark}”不是数字`, `its ${mark} is no digit`);
  return words(cell, `请填数字（${zh}）`, `enter a number in ${en}`);
}

const IN_UNIT: Readonly<Record<Unit, Text>> = {
  1: { zh: "元", en: "yuan" },
  10_000: { zh: "万元", en: "units of 10,000 yuan" },
  100_000_000: { zh: "亿元", en: "units of 100 million yuan" },
};

const plain = (number: Exact): string => number.toFixed();
const words = (cell: Cell, zh: string, en: string): Unread =>
  new Unread(`${shown(cell)}不是金额，${zh}`, `${shown(cell)} is not an amount: ${en}`);
