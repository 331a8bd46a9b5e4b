/** One instrument in label/value rows and in one catalogue line: what BUTIE.TERMS, BUTIE.LIST, the pane and the docs show. */
import {
  entryOf,
  FAMILIES,
  formatChinese,
  formatYuan,
  isPartialYear,
  planOf,
  readingsOf,
  type Claim,
  type Document,
  type Entry,
  type Input,
  type Instrument,
  type Language,
  type Plan,
  type PlanCase,
  type PlanCondition,
  type PlanLimit,
  type PlanTerm,
  type Text,
} from "../rules";
import { boundWords, briefWords, labelOf, limitName, limitWords, listed, scopeWords, testsWords } from "./words";
import { parseFigure, yuanToFen } from "../rules";

/** One line of a description. */
export interface Term {
  readonly label: string;
  readonly value: string;
}

export const STATUS: Readonly<Record<Document["status"], Text>> = {
  "in-force": { zh: "现行", en: "in force" },
  draft: { zh: "征求意见稿", en: "draft for comment" },
  guidance: { zh: "指导意见", en: "guidance" },
  digest: { zh: "新闻摘要（非规则）", en: "news digest (not a rule)" },
};

export const MODALITY: Readonly<Record<Instrument["modality"], Text>> = {
  ceiling: { zh: "上限（不超过／最高），不是应得额", en: "ceiling (at most), not an entitlement" },
  entitlement: { zh: "应得（给予／按比例），受条件和上限约束", en: "entitlement, subject to conditions and caps" },
  target: { zh: "目标，非补助", en: "target, not a grant" },
};

export const KIND: Readonly<Record<Instrument["kind"], Text>> = {
  "tiered-rate": { zh: "分档比例", en: "tiered rate" },
  "rate-with-cap": { zh: "比例加上限", en: "rate with cap" },
  "fixed-award": { zh: "定额或评审", en: "fixed or reviewed award" },
  "interest-subsidy": { zh: "贴息", en: "interest subsidy" },
  matching: { zh: "配套", en: "matching" },
  "per-unit": { zh: "按件", en: "per piece" },
  pool: { zh: "资金池", en: "pool" },
  threshold: { zh: "门槛与认定", en: "threshold and recognition" },
  unquantified: { zh: "未定数字", en: "no numbers" },
};

export function windowWords({ window: { from, to } }: Document, language: Language): string {
  const end = to ?? (language === "zh" ? "未载终止日" : "no end stated");
  return language === "zh" ? `${from} 至 ${end}` : `${from} to ${end}`;
}

const limitsOf = (plan: Plan): readonly PlanLimit[] => [...plan.parts.flatMap(({ limits }) => limits), ...plan.limits];

/** The rates of all parts, in words; "" where there is none. */
export function rateWords(plan: Plan, language: Language): string {
  const rates = limitsOf(plan)
    .filter(({ kind, tests }) => kind !== "cap" && kind !== "amount" && !tests.length)
    .flatMap(({ terms }) => {
      const words = terms.flatMap((term) => rateOfTerm(term, plan, language));
      // A sum of several products says each rate once.
      return words.filter((word, i) => !words.slice(0, i).some((earlier) => earlier.includes(word)));
    });
  return [...new Set(rates)].join(" + ");
}

/** "30%", or "LPR × 50%" where a rate of the row comes in. */
function rateOfTerm({ factors, figures }: PlanTerm, plan: Plan, language: Language): string[] {
  const rated = factors.filter(({ input }) => plan.inputs[input]?.kind === "rate");
  const names = rated.map(({ input }) => `${labelOf(plan.inputs, input, language)} × `);
  return figures
    .filter(({ unit }) => unit === "rate" || unit === "result")
    .map((figure) => names.join("") + briefWords(figure, plan.inputs, language));
}

/** The caps, fixed amounts and amounts per piece with their scope, in words; "" where there is none. */
export function capWords(plan: Plan, language: Language): string {
  const caps = limitsOf(plan).filter(({ terms }) => terms.every(({ figures }) => figures[0]?.unit === "money"));
  const numbered = caps.filter(({ terms }) => terms.some(({ figures }) => figures[0]!.cases.some(hasNumber)));
  const words = (numbered.length ? numbered : caps).map((limit) => {
    const amounts = limit.terms.map(({ factors, figures }) => {
      const pieces = factors.map(({ input }) => `${labelOf(plan.inputs, input, language)} × `).join("");
      return pieces + briefWords(figures[0]!, plan.inputs, language);
    });
    const only = limit.tests.length ? `${testsWords(limit.tests, plan.inputs, language)}: ` : "";
    return `${only}${listed(amounts, language)} (${scopeWords(limit, language)})`;
  });
  return listed(words, language);
}

const hasNumber = ({ value }: PlanCase): boolean =>
  value.kind === "number" || (value.kind === "given" && value.ceiling !== undefined);

/** The pool's amount in fen, where the instrument is one or draws on one. */
export function poolOf({
  instrument,
}: Entry): { id: string; fen?: number; budget: NonNullable<Instrument["budget"]> } | undefined {
  const pool = instrument.budget ? instrument : instrument.pool ? entryOf(instrument.pool).instrument : undefined;
  if (!pool?.budget) return undefined;
  const { amount } = pool.budget;
  return {
    id: pool.id,
    budget: pool.budget,
    ...(amount !== undefined && { fen: yuanToFen(parseFigure(amount).n).toNumber() }),
  };
}

const PER: Readonly<Record<"year" | "total", Text>> = {
  year: { zh: "每年", en: "per year" },
  total: { zh: "合计", en: "in total" },
};
const ENVELOPE: Readonly<Record<"fixed" | "ceiling" | "target", Text>> = {
  fixed: { zh: "固定额度", en: "fixed envelope" },
  ceiling: { zh: "最高额度", en: "envelope at most" },
  target: { zh: "目标规模", en: "target size" },
};

export function poolWords(entry: Entry, language: Language): string {
  const pool = poolOf(entry);
  if (!pool) return "";
  const size =
    pool.fen === undefined ? "" : language === "zh" ? formatChinese(pool.fen) : `${formatYuan(pool.fen)} yuan`;
  return `${size} ${PER[pool.budget.per][language]} (${ENVELOPE[pool.budget.envelope][language]}, ${pool.id})`.trim();
}

/** "A 的增长不低于 20%": one condition of a clause. */
export function conditionWords(condition: PlanCondition, plan: Plan, language: Language): string {
  if (condition.kind === "tests") return testsWords(condition.tests, plan.inputs, language);
  const [of, to] = [labelOf(plan.inputs, condition.of, language), labelOf(plan.inputs, condition.to, language)];
  const quotient = condition.less ? `(${of} − ${to}) / ${to}` : `${of} / ${to}`;
  return `${quotient} ${boundWords(condition.op, condition.than, "rate", language)}`;
}

const UNITS: Readonly<Record<Input["kind"], Text>> = {
  money: { zh: "元", en: "yuan" },
  flag: { zh: "是/否", en: "yes/no" },
  choice: { zh: "选项", en: "choice" },
  rate: { zh: "小数或百分数", en: "fraction or percentage" },
  count: { zh: "整数", en: "whole number" },
  number: { zh: "数字", en: "number" },
  months: { zh: "月", en: "months" },
  rank: { zh: "名次", en: "rank" },
  ordinal: { zh: "第几年", en: "which year" },
};

/** "合同实际执行金额 [amount]，元，必填". */
export function inputWords(name: string, input: Input, language: Language): string {
  const zh = language === "zh";
  const options = Object.entries(input.options ?? {}).map(([key, text]) => `${key}=${text[language]}`);
  const need =
    input.default !== undefined
      ? `${zh ? "默认" : "default"} ${String(input.default)}`
      : input.optional || input["required-if"]
        ? zh
          ? "可不填"
          : "optional"
        : zh
          ? "必填"
          : "required";
  return [`${input[language]} [${name}]`, options.length ? options.join("/") : UNITS[input.kind][language], need].join(
    zh ? "，" : ", ",
  );
}

/** Everything that one instrument says, as label/value rows. */
export function termsOf(entry: Entry, claim: Claim, language: Language): Term[] {
  const { instrument, document, jurisdiction } = entry;
  const plan = planOf(entry, claim);
  const zh = language === "zh";
  const rows: Term[] = [];
  const say = (label: Text, ...values: (string | undefined)[]): void => {
    for (const value of values) if (value) rows.push({ label: label[language], value });
  };
  say({ zh: "编号", en: "id" }, instrument.id);
  say({ zh: "名称", en: "name" }, instrument.name[language]);
  say({ zh: "辖区", en: "jurisdiction" }, `${jurisdiction.name[language]} (${jurisdiction.code})`);
  say({ zh: "类别", en: "family" }, FAMILIES[instrument.family]?.[language]);
  say({ zh: "形式", en: "kind" }, KIND[instrument.kind][language]);
  say({ zh: "状态", en: "status" }, STATUS[document.status][language]);
  say({ zh: "有效期", en: "window" }, windowWords(document, language));
  if (!plan.inForce) say({ zh: "注意", en: "note" }, zh ? "所选年度不在有效期内" : "not in force in the year picked");
  else if (isPartialYear(document, claim))
    say({ zh: "注意", en: "note" }, zh ? "所选年度仅部分时间有效" : "in force for part of the year only");
  say({ zh: "性质", en: "modality" }, MODALITY[instrument.modality][language]);
  say({ zh: "出资", en: "paid by" }, instrument.level[language]);
  say({ zh: "基数", en: "base" }, instrument.base?.[language]);
  say(
    { zh: "输入", en: "input" },
    ...Object.entries(instrument.inputs ?? {}).map(([name, input]) => inputWords(name, input, language)),
  );
  say(
    { zh: "条件", en: "condition" },
    ...plan.conditions.slice(1).map((condition) => conditionWords(condition, plan, language)),
  );
  for (const part of plan.parts) {
    const prefix = part.name ? `${part.name[language]}: ` : "";
    say(
      { zh: "条件", en: "condition" },
      ...part.conditions.map((condition) => prefix + conditionWords(condition, plan, language)),
    );
    say(
      { zh: "限额", en: "limit" },
      ...part.limits.map(
        (limit) => `${prefix}${limitName(limit, language)}: ${limitWords(limit, plan.inputs, language)}`,
      ),
    );
  }
  say(
    { zh: "合计限额", en: "limit on the sum" },
    ...plan.limits.map((limit) => `${limitName(limit, language)}: ${limitWords(limit, plan.inputs, language)}`),
  );
  say(
    { zh: "等级", en: "grade" },
    ...plan.grades.map(
      ({ label, anyOf }) =>
        `${label[language]}: ${
          anyOf
            .map((tests) => testsWords(tests, plan.inputs, language))
            .filter(Boolean)
            .join(zh ? " 或 " : " or ") || (zh ? "其余" : "otherwise")
        }`,
    ),
  );
  if (plan.minus) say({ zh: "扣减", en: "less" }, labelOf(plan.inputs, plan.minus, language));
  if (plan.times) say({ zh: "乘以", en: "times" }, labelOf(plan.inputs, plan.times, language));
  say({ zh: "资金池", en: "pool" }, poolWords(entry, language));
  say({ zh: "名额", en: "quota" }, instrument.quota && quotaWords(instrument.quota, language));
  say({ zh: "未定事项", en: "left open" }, instrument.open?.[language]);
  for (const [name, reading] of Object.entries(readingsOf(instrument))) {
    const options = Object.entries(reading.options).map(([key, text]) => `${key}=${text[language]}`);
    say(
      { zh: "读法", en: "reading" },
      `[${name}] ${reading.doubt[language]}? ${options.join(" / ")}; ${zh ? "默认" : "default"} ${reading.default}: ${reading.why[language]} (${reading.register})`,
    );
  }
  for (const { register, doubt, answer } of [...(instrument.doubts ?? []), ...(document.doubts ?? [])]) {
    say({ zh: "疑问", en: "doubt" }, `${doubt[language]}? ${answer[language]} (${register})`);
  }
  say({ zh: "重叠", en: "overlap" }, instrument.stacking?.[language] ?? document.overlap?.rule[language]);
  say({ zh: "备注", en: "note" }, ...(instrument.notes ?? []).map((note) => note[language]));
  say({ zh: "文件", en: "document" }, [document.title[language], document.number].filter(Boolean).join(", "));
  say({ zh: "条款", en: "article" }, instrument.article);
  say({ zh: "原文", en: "quotation" }, ...quotesOf(instrument));
  return rows;
}

export const quotesOf = ({ quote }: Instrument): readonly string[] => (Array.isArray(quote) ? quote : [quote]);

export function quotaWords(quota: NonNullable<Instrument["quota"]>, language: Language): string {
  const count = quota["at-most"];
  if (language === "zh") return quota.per === "year" ? `每年最多 ${count} 个` : `最多 ${count} 个`;
  return quota.per === "year" ? `at most ${count} per year` : `at most ${count}`;
}
