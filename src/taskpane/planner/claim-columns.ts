/** Where the claims stand in the workbook: the columns that the form names. */
import { formatAddress, parseAddress, parseReference } from "../../host/address";
import type { Place } from "../../host/workbook";
import { Refusal, refuse, type Input, type Language, type Text } from "../../rules";
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
  date: { zh: "日期", en: "dates" },
  rank: { zh: "名次", en: "ranks" },
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
  if (name === "probability" || name === "spread") {
    try {
      return { number: numberIn(name, text) };
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
