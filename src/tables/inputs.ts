/** The values of inputs in cells: flags, choices, rates, counts. What cannot be read is refused in words. */
import {
  blankSaysNothing,
  dayNumber,
  FIRST_DAY,
  isoOf,
  LAST_DAY,
  Exact,
  MAX_FEN,
  zeroSaysNothing,
  type Input,
  type Text,
  type Value,
} from "../rules";
import { amountIn, isPercentage, numberIn, type Unit } from "./amounts";
import { isBlank, isNothing, must, shown, Unread, type Cell } from "./cells";
import { isStandIn, isTotal, nameOf, strangeSign } from "./names";
import { claimIn } from "./period";

const YES = new Set([
  "true",
  "1",
  "是",
  "国产",
  "国产算力",
  "自主",
  "自主算力",
  "yes",
  "y",
  "有",
  "真",
  "对",
  "√",
  "✓",
  "✔",
]);
const NO = new Set([
  "false",
  "0",
  "否",
  "非国产",
  "非国产算力",
  "非自主",
  "非自主算力",
  "no",
  "n",
  "无",
  "没有",
  "假",
  "×",
  "✗",
  "✘",
  "✕",
  "✖",
]);
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...[...YES].map((word) => [word, true] as const),
  ...[...NO].map((word) => [word, false] as const),
]);

/** TRUE/FALSE, 1/0, 是/否, 国产/非国产, 自主/非自主, 有/无, yes/no, √/×; undefined for a blank, which is neither. */
export function flagIn(cell: Cell): boolean | undefined | Unread {
  if (typeof cell === "boolean") return cell;
  if (isBlank(cell)) return undefined;
  const flag = FLAGS.get(nameOf(cell!));
  if (flag !== undefined) return flag;
  return new Unread(
    `${shown(cell)}不是“是/否”，可填 TRUE/FALSE、1/0、是/否、国产/非国产、√/×`,
    `${shown(cell)} is neither yes nor no; accepted are TRUE/FALSE, 1/0, 是/否, yes/no, √/×`,
  );
}

/** @throws Refusal in the words of flagIn */
export const readFlag = (cell: Cell): boolean | undefined => must(flagIn(cell));

/** The option that a cell names: its key or its Chinese or English words; words that list the options otherwise. */
export function choiceIn(options: Readonly<Record<string, Text>>, cell: Cell): string | Unread {
  const wanted = nameOf(cell ?? "");
  const found = Object.entries(options).find(([key, { zh, en }]) =>
    [key, zh, en].some((word) => nameOf(word) === wanted),
  );
  if (found) return found[0];
  const flag = "TRUE" in options ? FLAGS.get(wanted) : undefined;
  if (flag !== undefined) return flag ? "TRUE" : "FALSE";
  const words = Object.values(options).map(({ zh }) => zh);
  const keys = Object.entries(options).map(([key, { en }]) => `${key} (${en})`);
  return new Unread(
    `${shown(cell)}不在可选项中：${words.join("、")}`,
    `${shown(cell)} is not one of ${keys.join(", ")}`,
  );
}

/** @throws Refusal in the words of choiceIn */
export const readChoice = (options: Readonly<Record<string, Text>>, cell: Cell): string =>
  must(choiceIn(options, cell));

/**
 * The value of an input, read by its kind; undefined where the cell gives none. A blank is 0 in an amount, a count and a
 * number that must be filled in, and is not given elsewhere: the default counts, or the input is missing.
 * @param unit of an amount
 */
export function valueIn(input: Input, cell: Cell, unit?: Unit): Value | undefined | Unread {
  if (isBlank(cell) && blankSaysNothing(input)) return undefined;
  switch (input.kind) {
    case "flag":
      return flagIn(cell);
    case "choice":
      return isBlank(cell) || cell === 0 ? undefined : choiceIn(input.options ?? {}, cell);
    case "name":
      return isBlank(cell) || cell === 0 ? undefined : ownerIn(cell!);
    case "money": {
      const fen = amountIn(cell, unit);
      if (fen instanceof Unread) return fen;
      return fen === 0 && zeroSaysNothing(input) ? undefined : fen;
    }
    case "date":
      return isNothing(cell) ? undefined : dayIn(cell);
    default:
      return otherNumberIn(input, cell);
  }
}

/** The name of somebody who has an account, spelled as the names of firms are. */
function ownerIn(cell: string | number | boolean): string | undefined | Unread {
  const name = nameOf(cell);
  if (!isTotal(name) && !isStandIn(name)) return name === "" ? undefined : name;
  return new Unread(
    `“${cell}”不是名称，会把不相干的行当作同一个；请填写名称`,
    `${cell} is no name and would make one of rows that have nothing in common: enter the name`,
  );
}

/** @throws Refusal in the words of valueIn */
export const readInput = (input: Input, cell: Cell, unit?: Unit): Value | undefined => must(valueIn(input, cell, unit));

/** The day of a date cell, "2026-06-10" or 20260610, as that last number; a time of day is left out. */
function dayIn(cell: Cell): number | Unread {
  const claim = claimIn(cell);
  const day = claim instanceof Unread || claim.day === undefined ? undefined : dayNumber(claim.day);
  // An amount in the wrong column would be a day of some other century.
  if (day !== undefined && day >= FIRST_DAY && day <= LAST_DAY) return day;
  return new Unread(
    `${shown(cell)}不是日期，可填 2025-06-10、20250610 或日期单元格（${isoOf(FIRST_DAY)} 至 ${isoOf(LAST_DAY)}）`,
    `${shown(cell)} is no date; enter 2025-06-10, 20250610 or a date cell (${isoOf(FIRST_DAY)} to ${isoOf(LAST_DAY)})`,
  );
}

const NUMBER_RULES: Partial<Record<Input["kind"], { fits(x: Exact): boolean; accepted: Text }>> = {
  rate: {
    fits: (x) => x.lte(1),
    accepted: { zh: " 0 到 1 之间的小数或百分数，如 0.3 或 30%", en: "a fraction or percentage such as 0.3 or 30%" },
  },
  months: { fits: (x) => x.lte(12), accepted: { zh: " 0 到 12 个月", en: "0 to 12 months" } },
  count: { fits: (x) => x.isInteger(), accepted: { zh: "不小于 0 的整数", en: "a whole number from 0" } },
  rank: { fits: (x) => x.isInteger(), accepted: { zh: "从 1 起的名次", en: "a rank from 1" } },
  ordinal: { fits: (x) => x.isInteger(), accepted: { zh: "从 1 起的第几年", en: "which year, from 1" } },
};

/** Whether a text has a sign that its kind of number does not have: ￥ before a rate, % behind a count. */
const isSigned = ({ kind }: Input, cell: Cell): boolean =>
  typeof cell === "string" && (/^\s*[¥￥]/.test(cell) || (kind !== "rate" && kind !== "number" && isPercentage(cell)));

function otherNumberIn(input: Input, cell: Cell): number | undefined | Unread {
  const rule = NUMBER_RULES[input.kind];
  const number = isBlank(cell) ? new Exact(0) : isSigned(input, cell) ? undefined : numberIn(cell);
  if (!number || number.gt(MAX_FEN) || number.isNegative() || (rule && !rule.fits(number))) {
    const accepted = rule?.accepted ?? { zh: "不小于 0 的数字", en: "a number from 0" };
    const strange = typeof cell === "string" ? strangeSign(cell) : undefined;
    return new Unread(
      `${shown(cell)}不可用，${strange ? `${strange.zh}；` : ""}应为${accepted.zh}`,
      `${shown(cell)} is not accepted${strange ? ` (${strange.en})` : ""}: enter ${accepted.en}`,
    );
  }
  return number.isZero() && zeroSaysNothing(input) ? undefined : number.toNumber();
}
