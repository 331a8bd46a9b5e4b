/** The working paper of one award: every limit with its computation, which one binds, the clause, what other readings give. */
import {
  compare,
  Facts,
  formatYuan,
  halfUp,
  multiply,
  isPartialYear,
  notchesOf,
  product,
  ratio,
  rounded,
  toDecimal,
  toYuan,
  UNIT,
  ZERO,
  type Allowance,
  type Award,
  type Entry,
  type Language,
  type LimitWorking,
  type Notch,
  type Operand,
  type Plan,
  type PlanFigure,
  type PlanPart,
  type PlannedRow,
  type Ratio,
  type Row,
  type PathTerm,
  type Text,
} from "../rules";
import { among, type Under } from "./among";
import { refusalText } from "./sentence";
import {
  minimumWords,
  modalityWords,
  noticesOf,
  quotesOf,
  readingsShown,
  roundWords,
  STATUS,
  versionWords,
  windowWords,
} from "./terms";
import { bracketed, figureWords, labelOf, limitName, named, OUTCOME_WORDS, sumWords, titled } from "./words";

/** One line of the working paper. Amounts are fen, rounded for showing. */
export interface WorkingLine {
  readonly label: string;
  readonly computation: string;
  readonly fen?: number;
  readonly binds?: boolean;
  readonly clause?: string;
}

/** Label/value lines below the workings. */
export interface Remark {
  readonly label: string;
  readonly value: string;
}

export interface WorkingPaper {
  readonly lines: readonly WorkingLine[];
  readonly remarks: readonly Remark[];
}

const TEXTS = {
  total: { zh: "结果", en: "result" },
  subtotal: { zh: "小计", en: "subtotal" },
  highest: { zh: "各部分取高", en: "the highest part" },
  sum: { zh: "合计", en: "sum" },
  outcome: { zh: "结论", en: "outcome" },
  missing: { zh: "缺少", en: "missing" },
  next: { zh: "距下一限额", en: "to the next limit" },
  together: { zh: "各行合计", en: "rows together" },
  notch: { zh: "临界点", en: "notch" },
  reading: { zh: "采用读法", en: "reading taken" },
  other: { zh: "其他读法", en: "other reading" },
  quotation: { zh: "原文", en: "quotation" },
  document: { zh: "文件", en: "document" },
  status: { zh: "状态", en: "status" },
  notice: { zh: "提示", en: "notice" },
  counted: { zh: "由表中数出", en: "counted in the table" },
  window: { zh: "有效期", en: "window" },
  version: { zh: "版本", en: "version" },
  modality: { zh: "性质", en: "modality" },
  partial: { zh: "所选年度仅部分时间有效", en: "in force for part of the year only" },
  draft: { zh: "依据征求意见稿计算，成文后可能不同", en: "computed from a draft; the final text may differ" },
  ...OUTCOME_WORDS,
} satisfies Record<string, Text>;

/**
 * The working paper of an award that `award(plan, row)` or `awards(rows)` gave.
 * @param under the same row under other readings; by default of a row that stands alone
 * @param counted inputs of the row that the table's rows of earlier years tell
 */
export function workingPaper(
  award: Award,
  row: Row,
  language: Language,
  under?: Under,
  counted: readonly string[] = [],
): WorkingPaper {
  const [outcome, ...rest] = remarks(award, row, language, under);
  const told = counted.map((input) => ({
    label: TEXTS.counted[language],
    value: titled(
      `${labelOf(award.plan.inputs, input, language)} ${String(row[input])}`,
      COUNTED[award.plan.inputs[input]?.counts === "years" ? "years" : "sum"][language],
      language,
    ),
  }));
  return { lines: workings(award, row, language), remarks: [outcome!, ...told, ...rest] };
}

const AWARDED: Text = {
  zh: "单元格空白，取本表其他工具对同一对象或企业的补助额",
  en: "the cell is blank; what other instruments of the table award to the object or firm",
};

const COUNTED = {
  years: {
    zh: "单元格空白，按本表以前年度实有补助的年数计",
    en: "the cell is blank; counted from the earlier years of this table in which an award was paid",
  },
  sum: {
    zh: "单元格空白，按本表以前年度实有补助的各行合计",
    en: "the cell is blank; the sum of the earlier rows of this table for which an award was paid",
  },
} satisfies Record<string, Text>;

function workings(award: Award, row: Row, language: Language): WorkingLine[] {
  const { plan, outcome } = award;
  const clause = plan.entry.instrument.article;
  const lines: WorkingLine[] = [];
  for (const { part, fails, limits, amount } of award.parts) {
    const inPart = (label: string): string => (part.name ? titled(part.name[language], label, language) : label);
    if (fails)
      lines.push({ label: inPart(TEXTS["not-eligible"][language]), computation: fails[language], fen: 0, clause });
    for (const working of limits) lines.push(lineOf(working, plan, inPart, clause, language));
    if (award.parts.length > 1) {
      lines.push({ label: inPart(TEXTS.subtotal[language]), computation: "", fen: halfUp(amount) });
    }
  }
  if (award.paid)
    lines.push({
      label: TEXTS.highest[language],
      computation: partName(award.paid, plan, language),
      fen: halfUp(award.parts.find(({ part }) => part === award.paid)!.amount),
    });
  const overall = (label: string): string => titled(TEXTS.sum[language], label, language);
  for (const working of award.limits) lines.push(lineOf(working, plan, overall, clause, language));
  if (outcome.kind === "award") {
    lines.push({ label: TEXTS.total[language], computation: afterLimits(award, row, language), fen: award.fen });
  }
  return lines;
}

/**
 * What follows on the limits: less what was paid, times the pieces, less what the object got elsewhere.
 * "200,000.00 − 同一奖项已发 50,000.00".
 */
function afterLimits({ plan, capped, minus, exact, elsewhere }: Award, row: Row, language: Language): string {
  const label = (input: string): string => labelOf(plan.inputs, input, language);
  const paid = plan.minus ? label(plan.minus) : PAID_BEFORE[language];
  const less = plan.minus || compare(minus, ZERO) > 0 ? ` − ${paid} ${formatYuan(halfUp(minus))}` : "";
  const count = plan.times && new Facts(plan, row).number(plan.times);
  const pieces = count ? ` × ${label(plan.times)} ${figureWords(count, "number", language)}` : "";
  const besides = elsewhere ? ` − ${ELSEWHERE[language]} ${formatYuan(elsewhere)}` : "";
  const { minimum, ...steps } = plan.rounding;
  const before = minimum ? rounded(exact, steps) : 0n;
  const below = minimum && before > 0n && before < minimum.fen ? minimumWords(plan, language) : "";
  const rounding = [roundWords(plan.entry.instrument, language), below]
    .filter(Boolean)
    .join(language === "zh" ? "，" : ", ");
  if (!less && !pieces && !rounding && !besides) return "";
  const piece = less ? formatYuan(toDecimal(capped, 0)) : formatYuan(halfUp(capped));
  if (!rounding) return (less && pieces ? `(${piece}${less})${pieces}` : `${piece}${less}${pieces}`) + besides;
  return `${piece}${less}${language === "zh" ? `（${rounding}）` : ` (${rounding})`}${pieces}${besides}`;
}

/** Its name, or which one in order. */
const partName = (part: PlanPart, { parts }: Plan, language: Language): string =>
  part.name?.[language] ??
  (language === "zh" ? `第 ${parts.indexOf(part) + 1} 部分` : `part ${parts.indexOf(part) + 1}`);

const EARLIER: Readonly<Record<"firm" | "object", Text>> = {
  firm: { zh: "本企业前面各行已用", en: "used by earlier rows of the firm" },
  object: { zh: "同一对象前面各行已用", en: "used by earlier rows of the object" },
};

/** "同一服务商前面各行已用": whose earlier rows drew on a limit. */
function earlierWords(allowance: Allowance | undefined, plan: Plan, language: Language): string {
  if (allowance?.by === undefined) return EARLIER[allowance?.scope === "object" ? "object" : "firm"][language];
  const owner = labelOf(plan.inputs, allowance.by, language);
  return language === "zh" ? `同一${owner}前面各行已用` : `used by earlier rows of the ${owner}`;
}
const ELSEWHERE: Text = {
  zh: "同一对象按其他政策此前已获",
  en: "got before for the same object under another policy",
};
const PAID_BEFORE: Text = { zh: "此前各行已支持", en: "granted by earlier rows" };

function lineOf(
  working: LimitWorking,
  plan: Plan,
  place: (label: string) => string,
  clause: string,
  language: Language,
): WorkingLine {
  const { limit, terms, used, drawn, amount, binds, gross } = working;
  // A product of nothing is left out beside another.
  const telling = terms.filter((term) => compare(product([...term.factors, ...term.figures]), ZERO) !== 0);
  const operands = (telling.length ? telling : terms).map((term) => termWords(term, plan, language));
  const sum = sumWords(operands.map((words) => words.join(" × ")));
  const less = [
    ...(limit.used ? [`${labelOf(plan.inputs, limit.used, language)} ${formatYuan(halfUp(used))}`] : []),
    ...(compare(drawn, ZERO) > 0
      ? [`${earlierWords(limit.allowance, plan, language)} ${formatYuan(halfUp(drawn))}`]
      : []),
  ];
  // What is a bare figure needs no "= figure" behind it.
  const bare = operands.flat().length === 1 && !less.length;
  return {
    label: place(limitName(limit, language)),
    computation: bare
      ? sum
      : `${[sum, ...less].join(" − ")} = ${formatYuan(toDecimal(less.length ? amount : gross, 0))}`,
    fen: halfUp(amount),
    binds,
    clause,
  };
}

/** The operands of a product: "合同额 12,000,000.00", "30%". */
function termWords({ term, factors, figures }: PathTerm, plan: Plan, language: Language): string[] {
  const names = factors.map(({ input, value }, i) => {
    const label = labelOf(plan.inputs, input!, language);
    const { per } = term.factors[i]!;
    return `${label} ${inputWords(value, per, plan.inputs[input!]?.kind)}`;
  });
  // A factor of one that no input brought is left out.
  const rates = figures
    .map((operand, i) => ({ operand, figure: term.figures[i]! }))
    .filter(({ operand, figure }) => operand.input || figure.unit === "money" || compare(operand.value, UNIT) !== 0)
    .map(({ operand, figure }) => operandWords(operand, figure, plan, language));
  return [...names, ...rates];
}

function inputWords(value: Ratio, per: number, kind: string | undefined): string {
  if (kind === "money") return formatYuan(halfUp(value));
  if (per > 1) return `${toDecimal(multiply(value, ratio(per)), 10).toString()}/${per}`;
  return figureWords(value, kind === "rate" ? "rate" : "number", "en");
}

function operandWords({ input, value }: Operand, { unit }: PlanFigure, plan: Plan, language: Language): string {
  const words = unit === "money" ? formatYuan(toDecimal(value, 0)) : figureWords(value, unit, language);
  return input ? `${labelOf(plan.inputs, input, language)} ${words}` : words;
}

function remarks(award: Award, row: Row, language: Language, under: Under | undefined): Remark[] {
  const { plan, outcome, next, binding } = award;
  const { instrument, document } = plan.entry;
  const zh = language === "zh";
  const result: Remark[] = [];
  const add = (key: keyof typeof TEXTS, value: string | undefined): void => {
    if (value) result.push({ label: TEXTS[key][language], value });
  };
  const reason = reasonOf(award)?.[language];
  const outcomeWords = TEXTS[outcome.kind][language];
  if (outcome.kind === "award") add("outcome", `${outcomeWords} ${amountOf(award, language)}`);
  // A pool has a number, only no award.
  else if (instrument.budget && outcome.kind === "unquantified") add("outcome", reason);
  else add("outcome", reason ? titled(outcomeWords, reason, language) : outcomeWords);
  if (outcome.kind === "incomplete" || outcome.kind === "unquantified") {
    add(
      "missing",
      outcome.missing.map((name) => named(name, labelOf(plan.inputs, name, language), language)).join(zh ? "、" : ", "),
    );
  }
  if (next && binding) {
    const distance = formatYuan(toDecimal(next.distance, 0));
    const part = plan.parts.length > 1 && plan.parts.find(({ limits }) => limits.includes(next.limit))?.name;
    const limit = limitName(next.limit, language);
    const name = part ? titled(part[language], limit, language) : limit;
    add(
      "next",
      zh ? `“${name}”比起作用的限额高 ${distance} 元` : `${name} lies ${distance} yuan above the binding limit`,
    );
  }
  for (const input of award.filled)
    add("counted", titled(labelOf(plan.inputs, input, language), AWARDED[language], language));
  for (const { total, before, all } of award.totals) {
    const label = labelOf(plan.inputs, total.name, language);
    const [sum, earlier] = [all, before].map((fen) => formatYuan(halfUp(fen)));
    add(
      "together",
      zh ? `${label} ${sum} 元，其中本行之前 ${earlier} 元` : `${label} ${sum} yuan, ${earlier} before this row`,
    );
  }
  if (outcome.kind === "award")
    for (const notch of notchesOf(plan, row)) add("notch", notchWords(notch, plan, language));
  for (const [name, reading] of Object.entries(readingsShown(instrument))) {
    const taken = reading.options[plan.readings[name]!]![language];
    add("reading", titled(reading.doubt[language], taken, language) + bracketed(reading.register, language));
  }
  for (const { doubt, label, words } of otherReadings(award, row, language, under)) {
    // Why there is no amount is not repeated for readings that do not change it.
    if (outcome.kind !== "award" && words === reason) continue;
    add("other", titled(`${doubt}${bracketed(label, language)}`, words, language));
  }
  add("document", documentWords(plan.entry, language));
  for (const quote of quotesOf(instrument)) add("quotation", quote);
  const draft = document.status === "draft" ? bracketed(TEXTS.draft[language], language) : "";
  add("status", STATUS[document.status][language] + draft);
  for (const notice of noticesOf(document, language)) add("notice", notice);
  const partial = isPartialYear(document, plan.claim, plan.readings)
    ? bracketed(TEXTS.partial[language], language)
    : "";
  add("window", windowWords(document, language, plan.readings) + partial);
  add("version", versionWords(plan, language));
  add("modality", modalityWords(instrument, language));
  return result;
}

/** "本年合同额合计到 500,000.00 元后再多 1 元，各行补助合计由 250,000.00 元降为 150,000.30 元，减少 99,999.70 元". */
function notchWords({ total, from, paid, then }: Notch, plan: Plan, language: Language): string {
  const label = labelOf(plan.inputs, total.name, language);
  const [at, high, low, less] = [from, paid, then, paid - then].map((fen) => formatYuan(fen));
  if (language === "zh")
    return `${label}到 ${at} 元后再多 1 元，各行补助合计由 ${high} 元降为 ${low} 元，减少 ${less} 元`;
  return `one yuan beyond ${at} of ${label} lowers the awards together from ${high} to ${low} yuan, by ${less}`;
}

/** Title, number and article: where the clause stands. */
export const documentWords = ({ document, instrument }: Entry, language: Language): string =>
  [document.title[language], document.number, instrument.article].filter(Boolean).join(language === "zh" ? "，" : ", ");

/** What is recognised, or why there is no amount. */
const reasonOf = (award: Award): Text | undefined =>
  award.outcome.kind === "label" ? award.outcome.label : refusalText(award);

/** "3,600,000.00 元", or so many places where the result is not money. */
function amountOf({ plan, fen }: Award, language: Language): string {
  const { result } = plan.entry.instrument;
  if (result) return `${toYuan(fen)} ${result[language]}`;
  return `${formatYuan(fen)} ${language === "zh" ? "元" : "yuan"}`;
}

/** What the row gets under every other option of every reading. */
export function otherReadings(
  { plan }: Award,
  row: Row,
  language: Language,
  under: Under = alone({ plan, row }),
): { name: string; option: string; doubt: string; label: string; award: Award; words: string }[] {
  return Object.entries(readingsShown(plan.entry.instrument)).flatMap(([name, { doubt, options }]) =>
    Object.entries(options)
      .filter(([option]) => option !== plan.readings[name])
      .map(([option, text]) => {
        const other = under(name, option);
        const words = other.outcome.kind === "award" ? amountOf(other, language) : (reasonOf(other)?.[language] ?? "");
        return { name, option, doubt: doubt[language], label: text[language], award: other, words };
      }),
  );
}

const alone = (row: PlannedRow): Under => among([row], row);
