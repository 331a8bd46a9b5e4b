/**
 * How texts are compared: firms, objects, headers, options, flags. Only what looks alike is alike: full-width forms are
 * folded, other compatibility forms are not, because they turn a footnote mark into a digit (1000¹).
 */
import type { Text } from "../rules";

const WIDE = /[\u3000\uff01-\uff5e\uffe5]/g;
const WIDE_TO_ASCII = 0xfee0;

/** The text with full-width letters, digits, signs and spaces as half-width ones, and ￥ as ¥; nothing else is changed. */
export const narrow = (text: string): string =>
  text.replace(WIDE, (sign) => {
    if (sign === "\u3000") return " ";
    return sign === "\uffe5" ? "¥" : String.fromCharCode(sign.charCodeAt(0) - WIDE_TO_ASCII);
  });

/** Zero-width characters, marks of direction and variation, control characters other than white space. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/gu;
/** Chinese characters as a PDF file spells them when they are copied: radicals in place of the characters. */
const RADICALS = /[\u2f00-\u2fd5]/g;
/** Signs that are written in several ways, and the one that stands for all. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[\u2010-\u2015\u2212\ufe58\ufe63]/g, "-"],
  [/[\u2022\u2027\u30fb]/g, "\u00b7"],
  [/[【〔\ufe5d]/g, "["],
  [/[】〕\ufe5e]/g, "]"],
  [/\ufe59/g, "("],
  [/\ufe5a/g, ")"],
  [/[“”„‟]/g, '"'],
  [/[‘’‚‛]/g, "'"],
  [/\u301c/g, "~"],
  [/\u25cb/g, "〇"],
];
/** A run of spaces beside a Chinese character or a bracket separates nothing. */
const SPACE_AFTER = /([\p{Script=Han}()])\s+/gu;
const SPACE_BEFORE = /\s+(?=[\p{Script=Han}()])/gu;

/** Whether a text is its own name: small letters, digits, signs and common Chinese characters, as most names are. */
function isName(text: string): boolean {
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    const plain = code > 0x20 && code < 0x7f && !(code >= 0x41 && code <= 0x5a);
    if (!plain && !(code >= 0x4e00 && code <= 0x9fff)) return false;
  }
  return true;
}

/**
 * One spelling of a name. Left out of account are full and half width, letter case (as in Excel's own comparisons),
 * what is not seen, kinds of dashes, quotation marks, middle dots and brackets, spaces at the ends and beside Chinese characters;
 * other runs of spaces count as one.
 */
export function nameOf(cell: string | number | boolean): string {
  const text = String(cell);
  if (isName(text)) return text;
  const seen = narrow(text.replace(UNSEEN, ""))
    .replace(RADICALS, (radical) => radical.normalize("NFKC"))
    .normalize("NFC");
  return ALIKE.reduce((name, [signs, sign]) => name.replace(signs, sign), seen)
    .replace(SPACE_AFTER, "$1")
    .replace(SPACE_BEFORE, "")
    .trim()
    .replace(/\s+/g, " ")
    .toLowerCase();
}

const TOTAL =
  /((小[计計]|合[计計]|[总總][计計]|共[计計])(数|额|金额)?|^((本[年月季页]|当年|全年)?累[计計]|汇总|总和|总额|总数|总金额|平均[值数]?|计|計)|^(sub|grand)?-? ?totals?|^sum|^∑|^σ)( ?\d+ ?[家户项笔个份件行]?)?( ?\([^()]*\))?( ?:)?$/;

/** Whether a name marks a row that adds up other rows: 小计, 合计, 总计, 杭州市小计, 合计 3 家, Total. */
export const isTotal = (name: string): boolean => TOTAL.test(name);

const STAND_IN =
  /^([-/\\.~*?_"'`〃″]+|同[上前左]|无|暂无|没有|空白?|待定|待补充?|未知|不详|不适用|n\/a|#n\/a|none|null|nil|ditto|tbd)$|^其中/;

/** Whether a name only stands for one: /, 无, 待定, 同上, 其中：…. Rows that say so have no name in common. */
export const isStandIn = (name: string): boolean => STAND_IN.test(name);

/** Signs that people copy into cells and that are no digits, by what they are. */
const SIGNS: readonly (readonly [RegExp, Text])[] = [
  [/[⁰¹²³⁴-⁹]/u, { zh: "上标数字，可能是脚注标记", en: "a superscript digit, perhaps a footnote mark" }],
  [/[₀-₉]/u, { zh: "下标数字", en: "a subscript digit" }],
  [
    /[①-⓿❶-➓㉑-㉟㊱-㊿]/u,
    { zh: "带圈、带括号或带点的序号，可能是注释标记", en: "an enclosed number, perhaps a note mark" },
  ],
  [/[½⅐-⅟¼¾↉]/u, { zh: "分数符号", en: "a fraction sign" }],
  [/[Ⅰ-ↈ]/u, { zh: "罗马数字", en: "a Roman numeral" }],
  [/[\u00a0\u2000-\u200a\u202f\u205f]/u, { zh: "特殊空格", en: "a space of a special kind" }],
  [new RegExp(UNSEEN.source, "u"), { zh: "看不见的字符", en: "an invisible character" }],
  [/\u2212/u, { zh: "数学减号，不是键盘上的减号", en: "a mathematical minus, not the one of the keyboard" }],
  [/[\u2010-\u2015]/u, { zh: "破折号，不是减号", en: "a dash, not the minus sign" }],
  [/\p{Nd}/u, { zh: "其他文字的数字", en: "a digit of another script" }],
];
const UNUSUAL = /[^\x20-\x7e¥\p{Script=Han}]/u;

/** Words for the first sign in a text that no number has: the sign, its code point, what it is. */
export function strangeSign(text: string): Text | undefined {
  const sign = UNUSUAL.exec(narrow(text).trim())?.[0];
  if (sign === undefined) return undefined;
  const code = `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  const known = SIGNS.find(([signs]) => signs.test(sign))?.[1];
  return {
    zh: `其中的“${sign}”（${[code, known?.zh].filter(Boolean).join("，")}）不是数字`,
    en: `its ${sign} (${[code, known?.en].filter(Boolean).join(", ")}) is no digit`,
  };
}
