/** What every pool question checks first: amounts are whole fen, from zero to the largest amount that Excel shows exactly. */
import { MAX_FEN } from "../number/money";
import { refuse } from "../refusal";

/** The arguments by the names that the user sees. */
const NAMES = {
  amounts: { zh: "金额", en: "amount" },
  cap: { zh: "上限", en: "cap" },
  claims: { zh: "申请额", en: "claim" },
  date: { zh: "日期", en: "date" },
  factor: { zh: "系数", en: "factor" },
  growth: { zh: "整体增长", en: "growth" },
  level: { zh: "分位", en: "percentile" },
  pool: { zh: "资金池", en: "pool" },
  probability: { zh: "概率", en: "probability" },
  ranks: { zh: "名次", en: "rank" },
  rate: { zh: "比例", en: "rate" },
  seed: { zh: "随机种子", en: "seed" },
  spread: { zh: "离散度", en: "spread" },
  state: { zh: "景气", en: "state" },
  step: { zh: "步长", en: "step" },
  "sub-pool": { zh: "子资金池", en: "sub-pool" },
  tranche: { zh: "分期资金", en: "tranche" },
  years: { zh: "年数", en: "number of years" },
  winners: { zh: "名额", en: "number of winners" },
  within: { zh: "上下浮动", en: "range" },
  part: { zh: "分期", en: "instalment" },
  unused: { zh: "未使用", en: "unused" },
} as const;
export type PoolArgument = keyof typeof NAMES;

/**
 * Throws unless `accepted`; the one way in which this room refuses an argument.
 * @param row counts from 0; null where the argument is a single value
 * @throws Refusal "probability in row 1: it must be from 0 to 1"
 */
export function ensure(accepted: boolean, argument: PoolArgument, row: number | null, zh: string, en: string): void {
  if (accepted) return;
  const name = NAMES[argument];
  const [place, inRow] = row === null ? ["", ""] : [`第 ${row + 1} 行`, ` in row ${row + 1}`];
  throw refuse(`${place}${name.zh}：${zh}`, `${name.en}${inRow}: ${en}`);
}

/** One amount in whole fen; a minus zero comes back as zero. @throws Refusal for NaN, a negative amount, a part of a fen, or more than MAX_FEN */
export function checkFen(amount: number, argument: PoolArgument, row: number | null = null): number {
  if (amount >= 0 && amount <= MAX_FEN && Number.isInteger(amount)) return amount + 0;
  ensure(!Number.isNaN(amount) && typeof amount === "number", argument, row, "应为数字", "it must be a number");
  ensure(amount >= 0, argument, row, "不能为负数", "it cannot be negative");
  ensure(
    amount <= MAX_FEN,
    argument,
    row,
    "超过 9,999,999,999,999.99 元，无法精确计算",
    "it exceeds 9,999,999,999,999.99 yuan and cannot be computed exactly",
  );
  ensure(Number.isInteger(amount), argument, row, "应精确到分", "it must be whole fen");
  return amount + 0;
}

/** A list of amounts in whole fen whose sum is exact too. @throws Refusal naming the first row that is not */
export const checkFenList = (amounts: ArrayLike<number>, argument: PoolArgument): number[] =>
  Array.from(fenColumn(amounts, argument));

/** The same as a column, which is read faster. @throws Refusal */
export function fenColumn(amounts: ArrayLike<number>, argument: PoolArgument): Float64Array {
  const column = new Float64Array(amounts.length);
  let total = 0;
  for (let row = 0; row < column.length; row++) {
    const amount = amounts[row]!;
    // Most rows are as they should be: what is not is looked at once more, for the words.
    const isFen = amount >= 0 && amount <= MAX_FEN && Math.floor(amount) === amount;
    total += column[row] = isFen ? amount + 0 : checkFen(amount, argument, row);
  }
  checkFen(total, argument);
  return column;
}

/** A whole number in a range, such as a count or a seed. @throws Refusal */
export function checkWhole(value: number, argument: PoolArgument, low: number, high: number): number {
  const fits = Number.isInteger(value) && value >= low && value <= high;
  ensure(fits, argument, null, `应为 ${low} 到 ${high} 之间的整数`, `it must be a whole number from ${low} to ${high}`);
  return value;
}

export function sum(amounts: ArrayLike<number>): number {
  let total = 0;
  for (let row = 0; row < amounts.length; row++) total += amounts[row]!;
  return total;
}

/** One cap for all claims or one for each; Infinity is no cap. */
export type Cap = number | ArrayLike<number>;

/** The cap of each of `count` claims; Infinity where there is none. @throws Refusal */
export function capsOf(cap: Cap | undefined, count: number): Float64Array {
  if (cap === undefined) return new Float64Array(count).fill(Infinity);
  if (typeof cap === "number") return new Float64Array(count).fill(cap === Infinity ? cap : checkFen(cap, "cap"));
  ensure(cap.length === count, "cap", null, `应有 ${count} 行`, `there must be ${count} rows`);
  return Float64Array.from(cap, (value, row) => (value === Infinity ? value : checkFen(value, "cap", row)));
}

/** Each amount cut to its cap. */
export function cut(amounts: ArrayLike<number>, caps: Float64Array): Float64Array {
  const within = new Float64Array(amounts.length);
  for (let row = 0; row < within.length; row++) {
    const amount = amounts[row]!;
    const cap = caps[row]!;
    within[row] = amount < cap ? amount : cap;
  }
  return within;
}
