/** How the cells of a book look: what is entered is blue on yellow, what is computed is plain, checks are marked. */
import type { Format, Role } from "../writers/formula/sheet";
import type { Style } from "./file/sheet";

const FORMATS: Readonly<Record<Format, string>> = {
  money: "#,##0.00",
  rate: "0.00##%",
  number: "General",
  whole: "0",
  date: "yyyy-mm-dd",
  text: "General",
};

const INK = { input: "1F3FBF", muted: "6B7785", link: "1F5FBF" };
const PAPER = { input: "FFF9DB", head: "E3ECF7", result: "E8F4EA", check: "FBEDEA", account: "F3F5F8" };

const ROLES: Readonly<Record<Role, Style>> = {
  name: { name: "名称", colour: INK.muted },
  input: { name: "输入", colour: INK.input, fill: PAPER.input, open: true },
  test: { name: "条件" },
  figure: { name: "标准" },
  limit: { name: "限额" },
  account: { name: "共用额度", fill: PAPER.account },
  result: { name: "结果", bold: true, fill: PAPER.result },
  check: { name: "核对", fill: PAPER.check },
  stored: { name: "存值", colour: INK.muted },
};
const FORMAT_WORDS: Readonly<Record<Format, string>> = {
  money: "金额",
  rate: "比例",
  number: "数字",
  whole: "整数",
  date: "日期",
  text: "文字",
};

const made = new Map<string, Style>();

/** The same object for the same words, so that a file holds each once. */
const once = (style: Style): Style => {
  const known = made.get(style.name);
  if (!known) made.set(style.name, style);
  return known ?? style;
};

export const look = (role: Role, format: Format, top = false): Style =>
  once({
    ...ROLES[role],
    name: `${ROLES[role].name} ${FORMAT_WORDS[format]}${top ? " 靠上" : ""}`,
    format: FORMATS[format],
    ...(top && { top }),
  });

export const TITLE: Style = { name: "大标题", bold: true, size: 14 };
export const NOTE: Style = { name: "说明", colour: INK.muted };
export const TOTAL: Style = { name: "合计金额", bold: true, format: FORMATS.money };
export const SECTION: Style = { name: "小标题", bold: true, fill: PAPER.account };
export const WRAPPED: Style = { name: "正文 换行", wrapped: true, top: true };
export const TOP: Style = { name: "正文", top: true };
export const LINK: Style = { name: "链接", colour: INK.link, underlined: true, top: true };

/** A column's header, in the colour of what stands below it; underlined where it leads elsewhere. */
export function head(role: Role, leads = false): Style {
  const marked = role === "input" || role === "result" || role === "check";
  return once({
    name: `表头${marked ? ` ${ROLES[role].name}` : ""}${leads ? " 链接" : ""}`,
    bold: true,
    fill: marked ? ROLES[role].fill! : PAPER.head,
    wrapped: true,
    centred: true,
    line: INK.muted,
    ...(leads && { underlined: true, colour: INK.link }),
  });
}
