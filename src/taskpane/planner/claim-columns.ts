/** Where the claims stand in the workbook: the columns that the form names. */
import { formatAddress, parseAddress, parseReference } from "../../host/address";
import type { Place } from "../../host/workbook";
import { Refusal, refuse, spreadWithin, type Input, type Language, type Text } from "../../rules";
import { readInput } from "../../tables";
import { COLUMNS, type ColumnName } from "./columns";
import type { Form } from "./form";

/** A column of the workbook, or one number for all claims. */
export type Column = { readonly place: Place } | { readonly number: number };
export type Columns = Readonly<Partial<Record<ColumnName, Column>>>;

/** The columns in words, for messages. */
export const COLUMN_NAMES: Readonly<Record<ColumnName, Text>> = {
  claims: { zh: "申请额", en: "claims" },
  firm: { zh: "企业", en: "firms" },
  probability: { zh: "概率", en: "probabilities" },
  spread: { zh: "离散度", en: "spreads" },
  within: { zh: "上下浮动", en: "range" },
  group: { zh: "类别", en: "groups" },
  date: { zh: "日期", en: "dates" },
  rank: { zh: "名次", en: "ranks" },
  subpool: { zh: "子资金池", en: "sub-pools" },
};

/** What the form names for its columns: "申请额 申请!B2:B50；概率 0.8". */
export const sourcesIn = (form: Form, language: Language): string =>
  COLUMNS.flatMap((name) => (form[name]?.trim() ? [`${COLUMN_NAMES[name][language]} ${form[name].trim()}`] : [])).join(
    { zh: "；", en: "; " }[language],
  );

/** How a number for one claim, or one for all, is read. */
const NUMBER_INPUTS = {
  probability: { kind: "rate", ...COLUMN_NAMES.probability },
  spread: { kind: "number", ...COLUMN_NAMES.spread },
  rank: { kind: "number", ...COLUMN_NAMES.rank },
} as const satisfies Readonly<Partial<Record<ColumnName, Input>>>;

/** The number in a cell; a blank is 0. @throws Refusal */
export function numberIn(name: keyof typeof NUMBER_INPUTS, cell: string | number | boolean): number {
  const value = readInput(NUMBER_INPUTS[name], cell);
  return typeof value === "number" ? value : 0;
}

/**
 * The spread that a range ("±20%", "20%", a cell of 0.2) stands for; a blank is 0. What might be meant as percent or as a factor is refused.
 * @throws Refusal
 */
export function spreadOfRange(cell: string | number | boolean): number {
  const bare = typeof cell === "string" ? cell.normalize("NFKC").replace(/^\s*(±|\+\/-|上下)\s*/, "") : cell;
  const part = readInput({ kind: "number", ...COLUMN_NAMES.within }, bare);
  if (typeof part !== "number") return 0;
  if (part >= 1 && !(typeof bare === "string" && bare.includes("%")))
    throw refuse(`“${cell}”应写成百分数，如 20% 或 120%`, `write "${cell}" as a percentage, such as 20% or 120%`);
  const known = SPREADS.get(part) ?? spreadWithin(part);
  SPREADS.set(part, known);
  return known;
}

/** Ten thousand claims have a few ranges. */
const SPREADS = new Map<number, number>();

/** A refusal with the subject in front of it. */
export function refusedAt(subject: Text, error: unknown): Refusal {
  if (!(error instanceof Refusal)) throw error;
  return refuse(`${subject.zh}：${error.text.zh}`, `${subject.en}: ${error.text.en}`);
}

/** What the form holds about its columns; without claims there are none. @throws Refusal for what is no range of one column */
export function columnsIn(form: Form): Columns {
  const texts = COLUMNS.map((name) => [name, (form[name] ?? "").normalize("NFKC").trim()] as const);
  const sheet = sheetOf(form.claims);
  return Object.fromEntries(
    texts.flatMap(([name, text]) => (text ? [[name, columnIn(name, text, sheet)] as const] : [])),
  );
}

/** The sheet on which the other columns lie where they name none. */
const sheetOf = (claims: string | undefined): string | undefined =>
  parseReference((claims ?? "").normalize("NFKC").trim())?.sheet;

function columnIn(name: ColumnName, text: string, sheet: string | undefined): Column {
  const place = placeIn(text, sheet);
  if (place) {
    if (parseAddress(place.address)!.columns === 1) return { place };
    const { zh, en } = COLUMN_NAMES[name];
    throw refuse(`${zh}：${text} 有多列，应只选一列`, `${en}: ${text} has several columns; choose one`);
  }
  if (name === "probability" || name === "spread" || name === "within") {
    try {
      return { number: name === "within" ? spreadOfRange(text) : numberIn(name, text) };
    } catch (error) {
      throw refusedAt(COLUMN_NAMES[name], error);
    }
  }
  const { zh, en } = COLUMN_NAMES[name];
  throw refuse(
    `${zh}：“${text}”不是区域，应写成 工作表!A2:A50，或在表中选好后点“取所选”`,
    `${en}: "${text}" is no range; write Sheet!A2:A50, or select the cells and take the selection`,
  );
}

function placeIn(text: string, sheet: string | undefined): Place | null {
  if (text.includes("!")) return parseReference(text);
  const area = parseAddress(text);
  return area && sheet !== undefined ? { sheet, address: formatAddress(area) } : null;
}
