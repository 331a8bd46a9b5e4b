/** The one place that reads a cell: amounts, flags, rates, choices, years. What cannot be read is refused in words. */
import {
  Exact,
  findEntry,
  findJurisdiction,
  formatYuan,
  JURISDICTIONS,
  MAX_FEN,
  Refusal,
  refuse,
  toFen,
  type Claim,
  type Entry,
  type Input,
  type Jurisdiction,
  type Text,
  type Value,
} from "../rules";

/** What a spreadsheet hands over for one cell. */
export type Cell = number | string | boolean | null | undefined;

/** An error that another formula left in a cell (in Excel a CustomFunctions.Error). */
export interface CellError {
  readonly code: string;
  readonly message?: string | undefined;
}
/** A cell of an argument: a value, or an error. */
export type Given = Cell | CellError;
export type Matrix = readonly (readonly Given[])[];

export const isError = (cell: Given): cell is CellError => typeof cell === "object" && cell !== null && "code" in cell;

export const isBlank = (cell: Cell): boolean =>
  cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");

const shown = (cell: Cell): string => (typeof cell === "string" ? `“${cell}”` : String(cell));

/** The number in a cell or in numeric text ("1,000,000", "１００", "30%"); undefined where there is none. */
function numberIn(cell: Cell): Exact | undefined {
  if (typeof cell === "number") return Number.isFinite(cell) ? new Exact(cell.toPrecision(15)) : undefined;
  if (typeof cell !== "string") return undefined;
  const text = cell
    .normalize("NFKC")
    .trim()
    .replace(/^[¥￥]\s*/, "");
  if (!/^[+-]?(?=\.?\d)(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?(e[+-]?\d{1,3})?%?$/i.test(text)) return undefined;
  const percent = text.endsWith("%");
  // No more digits than Excel would keep of it: exact arithmetic counts on that.
  const number = new Exact(text.replaceAll(",", "").replace(/%$/, "")).toSignificantDigits(15);
  return percent ? number.div(100) : number;
}

/** An amount in yuan as whole fen, half-up. Blank is 0. @throws Refusal for text, negatives and more than MAX_FEN */
export function readAmount(cell: Cell): number {
  if (isBlank(cell)) return 0;
  const number = numberIn(cell);
  if (!number)
    throw refuse(`${shown(cell)}不是金额，请填数字（元）`, `${shown(cell)} is not an amount; enter a number in yuan`);
  if (number.isNegative() && !number.isZero())
    throw refuse(`金额不能为负：${shown(cell)}`, `an amount cannot be negative: ${shown(cell)}`);
  const fen = typeof cell === "number" ? toFen(cell) : number.times(100).toDecimalPlaces(0).toNumber();
  if (!(fen <= MAX_FEN)) {
    throw refuse(
      `金额过大，无法精确到分：${shown(cell)}（最大 ${formatYuan(MAX_FEN)} 元）`,
      `the amount is too large to be exact to the fen: ${shown(cell)} (at most ${formatYuan(MAX_FEN)} yuan)`,
    );
  }
  return fen;
}

const YES = new Set(["true", "1", "是", "国产", "自主", "yes", "y", "有", "真"]);
const NO = new Set(["false", "0", "否", "非国产", "非自主", "no", "n", "无", "假"]);

/** TRUE/FALSE, 1/0, 是/否, 国产/非国产, 自主/非自主, yes/no; blank is FALSE. @throws Refusal for anything else */
export function readFlag(cell: Cell): boolean {
  if (isBlank(cell)) return false;
  const word = String(cell).normalize("NFKC").trim().toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  throw refuse(
    `${shown(cell)}不是“是/否”，可填 TRUE/FALSE、1/0、是/否、国产/非国产`,
    `${shown(cell)} is neither yes nor no; accepted are TRUE/FALSE, 1/0, 是/否, yes/no`,
  );
}

/** Inputs in which a 0 says nothing, as Excel on the desktop hands a blank over as 0. */
const zeroSaysNothing = ({ kind, zero }: Input): boolean =>
  zero === "absent" || kind === "rate" || kind === "rank" || kind === "ordinal" || kind === "months";

/** The value of an input, read by its kind; undefined where the cell says nothing. @throws Refusal */
export function readInput(input: Input, cell: Cell): Value | undefined {
  switch (input.kind) {
    case "flag":
      return readFlag(cell);
    case "choice":
      return isBlank(cell) || cell === 0 ? undefined : readChoice(input.options ?? {}, cell);
    case "money": {
      const fen = readAmount(cell);
      return zeroSaysNothing(input) && fen === 0 ? undefined : fen;
    }
    default:
      return readNumber(input, cell);
  }
}

const NUMBER_RULES: Partial<Record<Input["kind"], { fits(x: Exact): boolean; accepted: Text }>> = {
  rate: {
    fits: (x) => x.lte(1),
    accepted: { zh: "0 到 1 之间的小数或百分数，如 0.3 或 30%", en: "a fraction or percentage such as 0.3 or 30%" },
  },
  months: { fits: (x) => x.lte(12), accepted: { zh: "0 到 12 个月", en: "0 to 12 months" } },
  count: { fits: (x) => x.isInteger(), accepted: { zh: "不小于 0 的整数", en: "a whole number from 0" } },
  rank: { fits: (x) => x.isInteger(), accepted: { zh: "从 1 起的名次", en: "a rank from 1" } },
  ordinal: { fits: (x) => x.isInteger(), accepted: { zh: "从 1 起的第几年", en: "which year, from 1" } },
};

function readNumber(input: Input, cell: Cell): number | undefined {
  const number = isBlank(cell) ? new Exact(0) : numberIn(cell);
  const rule = NUMBER_RULES[input.kind];
  if (!number || number.gt(MAX_FEN) || (number.isNegative() && !number.isZero()) || (rule && !rule.fits(number))) {
    const accepted = rule?.accepted ?? { zh: "不小于 0 的数字", en: "a number from 0" };
    throw refuse(`${shown(cell)}不可用，应为${accepted.zh}`, `${shown(cell)} is not accepted: enter ${accepted.en}`);
  }
  return number.isZero() && zeroSaysNothing(input) ? undefined : number.abs().toNumber();
}

/** The option that a cell names: its key or its Chinese or English words. @throws Refusal that lists the options */
export function readChoice(options: Readonly<Record<string, Text>>, cell: Cell): string {
  const wanted = String(cell).normalize("NFKC").trim().toLowerCase();
  const found = Object.entries(options).find(([key, { zh, en }]) =>
    [key, zh, en].some((word) => word.normalize("NFKC").toLowerCase() === wanted),
  );
  if (found) return found[0];
  if ("TRUE" in options && (YES.has(wanted) || NO.has(wanted))) return YES.has(wanted) ? "TRUE" : "FALSE";
  const list = (language: keyof Text) => Object.entries(options).map(([key, text]) => `${key}（${text[language]}）`);
  throw refuse(
    `${shown(cell)}不在可选项中：${list("zh").join("、")}`,
    `${shown(cell)} is not one of ${list("en").join(", ")}`,
  );
}

/** @throws Refusal that lists the jurisdictions */
export function readJurisdiction(cell: Cell): Jurisdiction {
  const found = findJurisdiction(String(cell));
  if (found) return found;
  const known = (name: (j: Jurisdiction) => string) => JURISDICTIONS.map((j) => `${name(j)} (${j.code})`).join(", ");
  throw refuse(
    `${shown(cell)}不是可用的辖区：${known((j) => j.name.zh)}`,
    `${shown(cell)} is no known jurisdiction: ${known((j) => j.id)}`,
  );
}

const FIRST_SERIAL = 10_000;
const LAST_SERIAL = 2_958_465;
const EPOCH_TO_UNIX_DAYS = 25_569;
const DAY_MS = 86_400_000;

/** A year (2026, "2026年") or a day (serial number, "2025-06-10", "2025年6月10日"). @throws Refusal for anything else */
export function readClaim(cell: Cell): Claim {
  const number = numberIn(typeof cell === "string" ? cell.replace(/年$/, "") : cell)?.toNumber();
  if (number !== undefined && Number.isInteger(number) && number >= 1900 && number < FIRST_SERIAL)
    return { year: number };
  if (number !== undefined && number >= FIRST_SERIAL && number < LAST_SERIAL + 1) {
    return onDay(new Date((Math.floor(number) - EPOCH_TO_UNIX_DAYS) * DAY_MS));
  }
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(
    typeof cell === "string" ? cell.normalize("NFKC").trim() : "",
  );
  if (match) {
    const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return onDay(date);
  }
  throw refuse(
    `${shown(cell)}不是年度或日期，可填 2026、2025-06-10 或日期单元格`,
    `${shown(cell)} is neither a year nor a date; enter 2026, 2025-06-10 or a date cell`,
  );
}

const onDay = (date: Date): Claim => ({ year: date.getUTCFullYear(), day: date.toISOString().slice(0, 10) });

/** The instrument that a cell names. @throws Refusal for an unknown id; the error that stands in the cell */
export function readEntry(cell: Given): Entry {
  if (isError(cell)) throw cell;
  if (isBlank(cell) || cell === 0) throw refuse("缺少政策工具编号", "no instrument given");
  const entry = findEntry(String(cell));
  if (entry) return entry;
  throw new Refusal("not-available", {
    zh: `没有编号为“${String(cell)}”的政策工具，可用 BUTIE.LIST 查看目录`,
    en: `no instrument ${String(cell)}; BUTIE.LIST shows the catalogue`,
  });
}
