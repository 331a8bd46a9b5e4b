/** The working paper of one award: every limit with its computation, which one binds, the clause, what other readings give. */
import {
  award as awardOf,
  compare,
  formatYuan,
  halfUp,
  isPartialYear,
  planOf,
  readingsOf,
  toDecimal,
  ZERO,
  type Award,
  type Language,
  type LimitWorking,
  type Operand,
  type Plan,
  type PlanFigure,
  type Ratio,
  type Row,
  type TermWorking,
  type Text,
} from "../rules";
import { refusalText } from "./sentence";
import { quotesOf, STATUS, MODALITY, windowWords } from "./terms";
import { figureWords, labelOf, limitName } from "./words";

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
  outcome: { zh: "结论", en: "outcome" },
  missing: { zh: "缺少", en: "missing" },
  next: { zh: "距下一限额", en: "to the next limit" },
  reading: { zh: "采用读法", en: "reading taken" },
  other: { zh: "其他读法", en: "other reading" },
  quotation: { zh: "原文", en: "quotation" },
  document: { zh: "文件", en: "document" },
  status: { zh: "状态", en: "status" },
  window: { zh: "有效期", en: "window" },
  modality: { zh: "性质", en: "modality" },
  partial: { zh: "所选年度仅部分时间有效", en: "in force for part of the year only" },
  draft: { zh: "依据征求意见稿计算，成文后可能不同", en: "computed from a draft; the final text may differ" },
  award: { zh: "可获", en: "award" },
  label: { zh: "认定", en: "recognition" },
  "not-in-force": { zh: "不在有效期内", en: "not in force" },
  "not-eligible": { zh: "不符合条件", en: "not eligible" },
  incomplete: { zh: "输入不全", en: "inputs missing" },
  unquantified: { zh: "文件未定数字", en: "no number in the document" },
  "above-ceiling": { zh: "超过上限比例", en: "above the ceiling" },
  "too-large": { zh: "金额过大", en: "too large" },
} satisfies Record<string, Text>;

/** The working paper of an award that `award(plan, row)` or `awards(rows)` gave. */
export function workingPaper(award: Award, row: Row, language: Language): WorkingPaper {
  return { lines: workings(award, language), remarks: remarks(award, row, language) };
}

function workings(award: Award, language: Language): WorkingLine[] {
  const { plan, outcome } = award;
  const clause = plan.entry.instrument.article;
  const lines: WorkingLine[] = [];
  for (const { part, fails, limits, amount } of award.parts) {
    const prefix = part.name ? `${part.name[language]}: ` : "";
    if (fails)
      lines.push({ label: prefix + TEXTS["not-eligible"][language], computation: fails[language], fen: 0, clause });
    for (const working of limits) lines.push(lineOf(working, plan, prefix, clause, language));
    if (award.parts.length > 1)
      lines.push({
        label: `${prefix}${language === "zh" ? "小计" : "subtotal"}`,
        computation: "",
        fen: halfUp(amount),
      });
  }
  for (const working of award.limits)
    lines.push(lineOf(working, plan, language === "zh" ? "合计: " : "sum: ", clause, language));
  if (outcome.kind === "award") {
    const paid = plan.minus ? ` − ${labelOf(plan.inputs, plan.minus, language)}` : "";
    const pieces = plan.times ? ` × ${labelOf(plan.inputs, plan.times, language)}` : "";
    lines.push({ label: TEXTS.total[language], computation: `${paid}${pieces}`.trim(), fen: award.fen });
  }
  return lines;
}

function lineOf(working: LimitWorking, plan: Plan, prefix: string, clause: string, language: Language): WorkingLine {
  const { limit, terms, used, drawn, amount, binds, gross } = working;
  const zh = language === "zh";
  const sum = terms.map((term) => termLine(term, plan, language)).join(" + ");
  const less = [
    ...(limit.used ? [`${labelOf(plan.inputs, limit.used, language)} ${formatYuan(used.n)}`] : []),
    ...(compare(drawn, ZERO) > 0
      ? [`${zh ? "本企业前面各行已用" : "used by earlier rows of the firm"} ${formatYuan(drawn.n)}`]
      : []),
  ];
  // What is a bare figure needs no "= figure" behind it.
  const bare = limit.kind === "cap" && !less.length;
  return {
    label: prefix + limitName(limit, language),
    computation: bare
      ? sum
      : `${[sum, ...less].join(" − ")} = ${formatYuan(toDecimal(less.length ? amount : gross, 0))}`,
    fen: halfUp(amount),
    binds,
    clause,
  };
}

function termLine({ term, factors, figures }: TermWorking, plan: Plan, language: Language): string {
  const names = factors.map(({ input, value }, i) => {
    const label = labelOf(plan.inputs, input!, language);
    const { per } = term.factors[i]!;
    return `${label} ${inputWords(value, per, plan.inputs[input!]?.kind)}`;
  });
  const rates = figures.map((operand, i) => operandWords(operand, term.figures[i]!, plan, language));
  return [...names, ...rates].join(" × ");
}

function inputWords(value: Ratio, per: number, kind: string | undefined): string {
  if (kind === "money") return formatYuan(value.n);
  if (per > 1) return `${toDecimal({ n: value.n.times(per), d: value.d }, 10).toString()}/${per}`;
  return figureWords(value, kind === "rate" ? "rate" : "number", "en");
}

function operandWords({ input, value }: Operand, { unit }: PlanFigure, plan: Plan, language: Language): string {
  const words = unit === "money" ? formatYuan(toDecimal(value, 0)) : figureWords(value, unit, language);
  return input ? `${labelOf(plan.inputs, input, language)} ${words}` : words;
}

function remarks(award: Award, row: Row, language: Language): Remark[] {
  const { plan, outcome, next, binding } = award;
  const { instrument, document } = plan.entry;
  const zh = language === "zh";
  const result: Remark[] = [];
  const say = (key: keyof typeof TEXTS, value: string | undefined): void => {
    if (value) result.push({ label: TEXTS[key][language], value });
  };
  const reason = outcome.kind === "label" ? outcome.label[language] : refusalText(award)?.[language];
  say("outcome", [TEXTS[outcome.kind][language], reason].filter(Boolean).join(": "));
  if (outcome.kind === "incomplete" || outcome.kind === "unquantified") {
    say(
      "missing",
      outcome.missing.map((name) => `${labelOf(plan.inputs, name, language)} [${name}]`).join(zh ? "、" : ", "),
    );
  }
  if (next && binding) {
    const distance = formatYuan(toDecimal(next.distance, 0));
    say(
      "next",
      zh
        ? `${limitName(next.limit, language)} 高出 ${distance}`
        : `${limitName(next.limit, language)} lies ${distance} above`,
    );
  }
  for (const [name, reading] of Object.entries(readingsOf(instrument))) {
    const taken = plan.readings[name]!;
    say("reading", `${name}=${taken} (${reading.options[taken]![language]}; ${reading.register})`);
  }
  for (const { name, option, words } of otherReadings(award, row, language))
    say("other", `${name}=${option}: ${words}`);
  say("document", [document.title[language], document.number, instrument.article].filter(Boolean).join(", "));
  for (const quote of quotesOf(instrument)) say("quotation", quote);
  say("status", STATUS[document.status][language] + (document.status === "draft" ? ` (${TEXTS.draft[language]})` : ""));
  const partial = isPartialYear(document, plan.claim) ? ` (${TEXTS.partial[language]})` : "";
  say("window", windowWords(document, language) + partial);
  say("modality", MODALITY[instrument.modality][language]);
  return result;
}

/** What the row alone would get under every other option of every reading. */
export function otherReadings(
  { plan }: Award,
  row: Row,
  language: Language,
): { name: string; option: string; label: string; award: Award; words: string }[] {
  return Object.entries(readingsOf(plan.entry.instrument)).flatMap(([name, { options }]) =>
    Object.entries(options)
      .filter(([option]) => option !== plan.readings[name])
      .map(([option, text]) => {
        const readings = { ...plan.readings, [name]: option };
        const other = awardOf(planOf(plan.entry, plan.claim, { readings }), row);
        const words =
          other.outcome.kind === "award"
            ? formatYuan(other.fen)
            : (refusalText(other)?.[language] ?? other.outcome.kind);
        return { name, option, label: text[language], award: other, words };
      }),
  );
}
