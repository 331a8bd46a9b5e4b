/** One instrument in label/value rows and in one catalogue line: what BUTIE.TERMS, BUTIE.LIST, the pane and the docs show. */
import {
  entryOf,
  CATALOGUE,
  entryBeside,
  findEntry,
  idOf,
  FAMILIES,
  isOwn,
  isPartialYear,
  halfUp,
  parseFigure,
  planOf,
  ratio,
  readingsOf,
  windowOf,
  yuanToFen,
  type Claim,
  type Document,
  type Entry,
  type Input,
  type Instrument,
  type Language,
  type Plan,
  type PlanCondition,
  type PlanLimit,
  type PlanTerm,
  type Reading,
  type Text,
} from "../rules";
import {
  againWords,
  bracketed,
  briefWords,
  inCases,
  labelOf,
  limitLine,
  listed,
  moneyWords,
  named,
  scopeWords,
  shareWords,
  statesFigure,
  testsWords,
  titled,
  totalWords,
  whenWords,
} from "./words";

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
  own: { zh: "自拟政策，非官方文本", en: "own policy, not an official text" },
};

const OWN: Text = { zh: "自拟", en: "own" };

/** The name of an instrument as lists show it: the user's own are marked. */
export const entryName = (entry: Entry, language: Language): string =>
  entry.instrument.name[language] + (isOwn(entry) ? bracketed(OWN[language], language) : "");

const MODALITY: Readonly<Record<Instrument["modality"], Text>> = {
  ceiling: { zh: "上限（不超过／最高），不是应得额", en: "ceiling (at most), not an entitlement" },
  entitlement: { zh: "应得（给予／按比例），受条件和上限约束", en: "entitlement, subject to conditions and caps" },
  encouragement: {
    zh: "鼓励支持，标准由地方或其他政策定",
    en: "support encouraged, by standards that local or other policies set",
  },
  target: { zh: "工作目标或倡导，不是补助", en: "a target or an appeal, not a grant" },
  budget: { zh: "资金安排，不是单个申请人的应得额", en: "money set aside, nobody's entitlement" },
  recognition: { zh: "认定或准入，不是金额", en: "recognition or admission, not money" },
};
const GRANTED_WITHOUT_NUMBER: Text = {
  zh: "给予支持，标准由实施细则或其他文件定",
  en: "support is granted, by standards set elsewhere",
};

/** What the words of the clause promise. */
export const modalityWords = ({ modality, kind }: Instrument, language: Language): string =>
  (modality === "entitlement" && kind === "unquantified" ? GRANTED_WITHOUT_NUMBER : MODALITY[modality])[language];

/** Who pays or, where there is no money, who decides or acts, with its label. */
export function levelOf({ modality, level }: Instrument, language: Language): Term {
  const labels: Text =
    modality === "recognition"
      ? { zh: "层级", en: "level" }
      : modality === "target"
        ? { zh: "实施", en: "carried out by" }
        : { zh: "出资", en: "paid by" };
  return { label: labels[language], value: level[language] };
}

export const KIND: Readonly<Record<Instrument["kind"], Text>> = {
  "tiered-rate": { zh: "分档比例", en: "tiered rate" },
  "rate-with-cap": { zh: "比例加上限", en: "rate with cap" },
  "fixed-award": { zh: "定额或评审核定", en: "fixed amount, or one approved after review" },
  "interest-subsidy": { zh: "贴息", en: "interest subsidy" },
  matching: { zh: "配套", en: "matching" },
  "per-unit": { zh: "按件", en: "per piece" },
  pool: { zh: "资金池", en: "pool" },
  threshold: { zh: "门槛与认定", en: "threshold and recognition" },
  unquantified: { zh: "未定数字", en: "no numbers" },
};

/** "2025-06-10 至 2028-06-09", under the readings taken; and what comes then, where that is known. */
export function windowWords(document: Document, language: Language, readings?: Plan["readings"]): string {
  const { to } = windowOf(document, readings);
  const successor = document.replaced && to === document.window.to ? replacedWords(document, language) : "";
  return daysWords(document, language, readings) + successor;
}

/** "，2026-07-01 起由“算力券”（my-suanli）取代". */
function replacedWords({ id: own, replaced }: Document, language: Language): string {
  const { id, from, note } = replaced!;
  const zh = language === "zh";
  const said = note ? (zh ? "：" : ": ") + note[language] : "";
  if (id === own) return (zh ? `，${from} 起适用新版本` : `, a later version from ${from}`) + said;
  const name =
    id === undefined
      ? ""
      : zh
        ? `由“${(findEntry(id)?.instrument.name ?? titleOf(id))?.zh ?? id}”（${id}）`
        : ` by ${(findEntry(id)?.instrument.name ?? titleOf(id))?.en ?? id} (${id})`;
  return (zh ? `，${from} 起${name || "被"}取代` : `, replaced${name} from ${from}`) + said;
}

const titleOf = (id: string): Text | undefined => CATALOGUE.find(({ document }) => document.id === id)?.document.title;

function daysWords(document: Document, language: Language, readings?: Plan["readings"]): string {
  const zh = language === "zh";
  const { from, to } = windowOf(document, readings);
  // A commencement that the text leaves blank is known by its year.
  const start = from.length > 4 ? `${from} ` : zh ? `${from}年（月日未定）` : `${from} (day left open) `;
  if (!to) return zh ? `${start}起，未载终止日` : `from ${start.trim()}, no end stated`;
  return zh ? `${start}至 ${to}` : `${start}to ${to}`;
}

/** Which of several versions computes the plan, and when the others hold; undefined where there is one. */
export function versionWords({ entry }: Plan, language: Language): string | undefined {
  const { versions } = findEntry(entry.instrument.id) ?? {};
  if (!versions) return undefined;
  const others = versions.filter(({ instrument }) => instrument !== entry.instrument);
  const list = listed(
    others.map((other) => titled(idOf(other), daysWords(other.document, language), language)),
    language,
  );
  const taken = idOf(entry);
  if (language === "en") return `${taken}${entry.pinned ? ", as named" : ", by the claim"}; others: ${list}`;
  return `${taken}（${entry.pinned ? "按写明的编号" : "按申报的年度或日期"}）；其他版本：${list}`;
}

/** What is reported about the document: "据二手资料，请核对原文（2026-08-12）：…". */
export const noticesOf = ({ notices = [] }: Document, language: Language): string[] =>
  notices.map(({ date, text, source }) =>
    titled(source[language] + bracketed(date, language), text[language], language),
  );

/** The status in one cell, with what is reported. */
export const statusWords = (document: Document, language: Language): string =>
  listed([STATUS[document.status][language], ...noticesOf(document, language)], language);

const limitsOf = (plan: Plan): readonly PlanLimit[] => [...plan.parts.flatMap(({ limits }) => limits), ...plan.limits];

/** The rates of all parts, in words; "" where there is none. Where one part has several, the least of them counts. */
export function rateWords(plan: Plan, language: Language): string {
  const parts = [...plan.parts.map(({ limits }) => limits), plan.limits].map((limits) => {
    const terms = limits.filter(({ kind, tests }) => kind !== "cap" && kind !== "amount" && !tests.length);
    const rated = terms.map(({ terms }) => terms.filter((term) => rateOfTerm(term, plan, language).length));
    const words = rated.map((of) => distinct(of.flatMap((term) => rateOfTerm(term, plan, language))).join(" + "));
    const rates = [...new Set(words.filter(Boolean))];
    if (rates.length < 2) return rates;
    const named = rated.flatMap(([term]) =>
      term ? rateOfTerm(term, plan, language, labelOf(plan.inputs, term.factors[0]!.input, language)) : [],
    );
    return [`${listed(named, language)}${bracketed(language === "zh" ? "取小" : "the least", language)}`];
  });
  const rates = [...new Set(parts.flat())];
  // Cases of one part must not be read as cases of the next.
  const kept =
    rates.length > 1 ? rates.map((rate) => (inCases(rate) ? bracketed(rate, language).trim() : rate)) : rates;
  return kept.join(plan.highest ? (language === "zh" ? " 与 " : " or ") : " + ") + highestOf(plan, kept, language);
}

const highestOf = ({ highest }: Plan, rates: readonly string[], language: Language): string =>
  highest && rates.length > 1 ? bracketed(language === "zh" ? "取高" : "the highest", language) : "";

/** A sum of several products shows each rate once. */
const distinct = (words: readonly string[]): string[] =>
  words.filter((word, i) => !words.slice(0, i).some((earlier) => earlier.includes(word)));

/** "30%", or "LPR的 50%" where a rate of the row comes in; of the base, where that is named. */
function rateOfTerm({ factors, figures }: PlanTerm, plan: Plan, language: Language, base?: string): string[] {
  const rated = factors.filter(({ input }) => plan.inputs[input]?.kind === "rate");
  const names = [...(base ? [base] : []), ...rated.map(({ input }) => labelOf(plan.inputs, input, language))];
  return figures
    .filter(({ unit }) => unit === "rate" || unit === "result")
    .map((figure) => shareWords(names, figure, briefWords(figure, plan.inputs, language), language));
}

/** The caps, fixed amounts and amounts per piece with their scope, in words; "" where there is none. */
export function capWords(plan: Plan, language: Language): string {
  const caps = limitsOf(plan).filter(({ terms }) => terms.every(({ figures }) => figures[0]?.unit === "money"));
  const numbered = caps.filter(statesFigure);
  const words = (numbered.length ? numbered : caps).map((limit) => {
    const amounts = limit.terms.map(({ factors, figures }) => {
      const pieces = factors.map(({ input }) => `${labelOf(plan.inputs, input, language)} × `).join("");
      return pieces + briefWords(figures[0]!, plan.inputs, language);
    });
    const scope = scopeWords(limit, plan, language) || againWords(plan, language) || limit.name?.[language];
    // Where no cap is stated there is nothing that it could be shared by.
    const cap = listed(amounts, language) + (numbered.length && scope ? bracketed(scope, language) : "");
    return limit.tests.length ? titled(testsWords(limit.tests, plan.inputs, language), cap, language) : cap;
  });
  return listed(words, language);
}

/** The pool's amount in fen, where the instrument is one or draws on one. */
export function poolOf(
  entry: Entry,
): { id: string; fen?: number; budget: NonNullable<Instrument["budget"]> } | undefined {
  const { instrument } = entry;
  const named = instrument.pool ? entryBeside(instrument.pool, entry).instrument : undefined;
  const pool = instrument.budget ? instrument : named;
  if (!pool?.budget) return undefined;
  const { amount } = pool.budget;
  return {
    id: pool.id,
    budget: pool.budget,
    ...(amount !== undefined && { fen: halfUp(yuanToFen(parseFigure(amount))) }),
  };
}

const PER: Readonly<Record<"year" | "total", Text>> = {
  year: { zh: "每年", en: "per year" },
  total: { zh: "合计", en: "in total" },
};
const ENVELOPE: Readonly<Record<"fixed" | "ceiling" | "target", Text>> = {
  fixed: { zh: "固定额度", en: "fixed envelope" },
  ceiling: { zh: "最高额度", en: "envelope at most" },
  target: { zh: "目标规模的下限", en: "least size aimed at" },
};

export function poolWords(entry: Entry, language: Language): string {
  const pool = poolOf(entry);
  if (!pool) return "";
  const size = pool.fen === undefined ? "" : moneyWords(ratio(pool.fen), language);
  const per = PER[pool.budget.per][language];
  const { name } = entryBeside(pool.id, entry).instrument;
  const kind = [ENVELOPE[pool.budget.envelope][language], language === "zh" ? name.zh : pool.id].join(
    language === "zh" ? "，" : ", ",
  );
  return (language === "zh" ? `${per} ${size}` : `${size} ${per}`).trim() + bracketed(kind, language);
}

/** "甲占乙的比重不低于 3%", "甲比乙增长不低于 20%": one condition of a clause. */
export function conditionWords(condition: PlanCondition, plan: Plan, language: Language): string {
  return condition.name?.[language] ?? testsWords(condition.tests, plan.inputs, language);
}

const UNITS: Readonly<Record<Input["kind"], Text>> = {
  money: { zh: "元", en: "yuan" },
  flag: { zh: "是/否", en: "yes/no" },
  choice: { zh: "选项", en: "choice" },
  name: { zh: "名称", en: "name" },
  rate: { zh: "小数或百分数", en: "fraction or percentage" },
  count: { zh: "整数", en: "whole number" },
  number: { zh: "数字", en: "number" },
  months: { zh: "月", en: "months" },
  rank: { zh: "名次（如 1）", en: "rank (such as 1)" },
  ordinal: { zh: "年次（如 1）", en: "which year (such as 1)" },
  date: { zh: "日期", en: "date" },
};

const NEEDS: Readonly<Record<"required" | "conditional" | "default" | "optional", Text>> = {
  required: { zh: "必填", en: "required" },
  conditional: { zh: "视情形必填", en: "required in some cases" },
  default: { zh: "默认", en: "default" },
  optional: { zh: "可不填", en: "optional" },
};

/** An option: its words, in English behind the key that may be typed. */
const coded = (key: string, text: Text, language: Language): string =>
  language === "zh" ? text.zh : `${key}=${text.en}`;

/** The default of an input in words. */
export function defaultWords({ default: value, options }: Input, language: Language): string {
  if (typeof value === "boolean") return YES_NO[String(value) as "true" | "false"][language];
  return options?.[String(value)]?.[language] ?? String(value);
}
const YES_NO = { true: { zh: "是", en: "yes" }, false: { zh: "否", en: "no" } };

/**
 * "合同实际执行金额，元，必填"; in English with the names that formulas use: "contract amount [amount], yuan, required".
 * @param plan what decides when an input is required that is so in some cases only
 */
export function inputWords(name: string, input: Input, language: Language, plan?: Plan): string {
  const options = Object.entries(input.options ?? {}).map(([key, text]) => coded(key, text, language));
  const kind = UNITS[input.kind][language];
  const unit = input.unit?.[language];
  return [
    named(name, input[language], language),
    options.length
      ? options.join("/")
      : !unit
        ? kind
        : input.kind === "count"
          ? unit + bracketed(kind, language)
          : unit,
    needWords(name, input, language, plan),
  ].join(language === "zh" ? "，" : ", ");
}

/** "采用“已付利息的50%”的读法时必填": where only another reading asks for it. */
function underReading(needed: NonNullable<Input["required-if"]>, { entry }: Plan, language: Language): string {
  const readings = readingsOf(entry.instrument);
  const taken = Object.entries(needed).flatMap(([name, option]) =>
    typeof option === "string" ? (readings[name]?.options[option] ?? []) : [],
  );
  const words = taken.map((option) => `“${option[language]}”`).join(language === "zh" ? "、" : ", ");
  if (language === "en") return `required under ${words ? `the reading ${words}` : "another reading"}`;
  return `采用${words ? `${words}的` : "另一"}读法时必填`;
}

function needWords(name: string, input: Input, language: Language, plan: Plan | undefined): string {
  const zh = language === "zh";
  if (input["required-if"]) {
    const tests = plan?.required.find((one) => one.input === name)?.tests;
    if (!tests) return plan ? underReading(input["required-if"], plan, language) : NEEDS.conditional[language];
    const words = testsWords(tests, plan.inputs, language);
    const when = words && whenWords(words, language);
    return zh ? when + NEEDS.required.zh : [NEEDS.required.en, when].filter(Boolean).join(" ");
  }
  const counted = input.counts === undefined ? awardedWords(input, language) : COUNTED[language];
  if (input.default !== undefined) return `${NEEDS.default[language]} ${defaultWords(input, language)}${counted}`;
  return NEEDS[input.optional ? "optional" : "required"][language] + counted;
}

/** ", left blank in a table: …": where the award of other rows stands for a blank cell. */
function awardedWords({ "awarded-by": asked }: Input, language: Language): string {
  if (!asked) return "";
  const names = [asked.instruments].flat().map((id) => entryOf(id).instrument.name[language]);
  const scope = asked.scope === "firm" ? { zh: "同一企业", en: "the firm" } : { zh: "同一对象", en: "the object" };
  if (language === "zh") return `，表中留空的取${scope.zh}“${names.join("、")}”的补助额`;
  return `, left blank in a table: what ${scope.en} is awarded as ${names.join(", ")}`;
}

const COUNTED: Text = {
  zh: "，多年的表中留空的由以前年度有补助的行数出",
  en: ", left blank in a table of several years: counted from the earlier rows that were paid",
};

/** "舍去不足1000元的尾数", where the clause rounds more coarsely than to the fen. */
export function roundWords({ round }: Instrument, language: Language): string | undefined {
  if (!round) return undefined;
  if (language === "en")
    return `rounded ${round.how === "down" ? "down " : ""}to whole ${round.to.toLocaleString("en")} yuan`;
  return round.how === "down" ? `舍去不足${round.to}元的尾数` : `四舍五入到${round.to}元的整数倍`;
}

/** "不足 1 万元的不予支付": what becomes of an award below the least one; "" where the clause names none. */
export function minimumWords({ rounding: { minimum } }: Plan, language: Language): string {
  if (!minimum) return "";
  const least = moneyWords(ratio(minimum.fen), language);
  if (language === "zh") return `不足 ${least}的${minimum.otherwise ? `按 ${least}支付` : "不予支付"}`;
  return `less than ${least} is ${minimum.otherwise ? "raised to that" : "not paid"}`;
}

/** "同一合同只走一条路径…": which rows on one object exclude each other, and which of them stays; "" where the clause names none. */
export function routeWords({ route, inputs, entry: { instrument } }: Plan, language: Language): string {
  if (!route) return "";
  const { id, object } = instrument;
  const others = CATALOGUE.filter((one) => one.instrument.route?.group === route.group && one.instrument.id !== id);
  const names = others.map((one) => one.instrument.name[language]);
  const chosen = route.chosen === undefined ? undefined : labelOf(inputs, route.chosen, language);
  if (language === "zh") {
    const beside = names.length ? `，与“${names.join("”“")}”不能相加` : "";
    const stays = chosen === undefined ? "取金额最高的一行" : `取“${chosen}”为是的一行，没有选定的取金额最高的一行`;
    return `同一${object!.zh}只走一条路径${beside}：${stays}`;
  }
  const beside = names.length ? `, not beside ${names.join(", ")}` : "";
  const stays = chosen === undefined ? "the highest row stays" : `the row with ${chosen} stays, otherwise the highest`;
  return `one route for one ${object!.en}${beside}: ${stays}`;
}

/** How the parts come together, where they are not added up. */
export const togetherWords = ({ highest }: Plan, language: Language): string =>
  highest
    ? language === "zh"
      ? "各部分不相加，取最高的一部分"
      : "the highest of the parts is paid, not their sum"
    : "";

/** The readings that may change something: where nothing is computed, or only whole thousands, no fen is rounded. */
export function readingsShown(instrument: Instrument): Record<string, Reading> {
  const { rounding, ...others } = readingsOf(instrument);
  return instrument.parts && !instrument.round ? { ...others, rounding: rounding! } : others;
}

/** All that is known of one instrument, as label/value rows. */
export function termsOf(entry: Entry, claim: Claim, language: Language): Term[] {
  const plan = planOf(entry, claim);
  const { instrument, document, jurisdiction } = plan.entry;
  const zh = language === "zh";
  const rows: Term[] = [];
  const add = (label: Text, ...values: (string | undefined)[]): void => {
    for (const value of values) if (value) rows.push({ label: label[language], value });
  };
  add({ zh: "编号", en: "id" }, instrument.id);
  add({ zh: "名称", en: "name" }, instrument.name[language]);
  add({ zh: "辖区", en: "jurisdiction" }, `${jurisdiction.name[language]}${bracketed(jurisdiction.code, language)}`);
  add({ zh: "类别", en: "family" }, FAMILIES[instrument.family]?.[language]);
  add({ zh: "形式", en: "kind" }, KIND[instrument.kind][language]);
  add({ zh: "状态", en: "status" }, STATUS[document.status][language]);
  add({ zh: "提示", en: "notice" }, ...noticesOf(document, language));
  add({ zh: "有效期", en: "window" }, windowWords(document, language, plan.readings));
  add({ zh: "版本", en: "version" }, versionWords(plan, language));
  if (!plan.inForce) add({ zh: "注意", en: "note" }, zh ? "所选年度不在有效期内" : "not in force in the year picked");
  else if (isPartialYear(document, claim, plan.readings))
    add({ zh: "注意", en: "note" }, zh ? "所选年度仅部分时间有效" : "in force for part of the year only");
  add({ zh: "性质", en: "modality" }, modalityWords(instrument, language));
  rows.push(levelOf(instrument, language));
  add({ zh: "基数", en: "base" }, instrument.base?.[language]);
  add(
    { zh: "输入", en: "input" },
    ...Object.entries(instrument.inputs ?? {}).map(([name, input]) => inputWords(name, input, language, plan)),
  );
  add({ zh: "合计", en: "total" }, ...plan.totals.map((total) => totalWords(total, plan, language)));
  add(
    { zh: "条件", en: "condition" },
    ...plan.conditions.slice(1).map((condition) => conditionWords(condition, plan, language)),
  );
  for (const part of plan.parts) {
    const inPart = (text: string): string => (part.name ? titled(part.name[language], text, language) : text);
    add(
      { zh: "条件", en: "condition" },
      ...part.conditions.map((condition) => inPart(conditionWords(condition, plan, language))),
    );
    add({ zh: "限额", en: "limit" }, ...part.limits.map((limit) => inPart(limitLine(limit, plan, language))));
  }
  add({ zh: "各部分", en: "parts" }, togetherWords(plan, language));
  add({ zh: "合计限额", en: "limit on the sum" }, ...plan.limits.map((limit) => limitLine(limit, plan, language)));
  add({ zh: "认定结果", en: "finding" }, ...gradeLines(plan, language));
  add({ zh: "再次获得", en: "a further award" }, againWords(plan, language));
  add({ zh: "路径", en: "route" }, routeWords(plan, language));
  if (plan.minus) add({ zh: "扣减", en: "less" }, labelOf(plan.inputs, plan.minus, language));
  if (plan.times) add({ zh: "乘以", en: "times" }, labelOf(plan.inputs, plan.times, language));
  add({ zh: "取整", en: "rounding" }, roundWords(instrument, language));
  add({ zh: "起付金额", en: "least award" }, minimumWords(plan, language));
  add({ zh: "资金池", en: "pool" }, poolWords(plan.entry, language));
  add({ zh: "名额", en: "quota" }, instrument.quota && quotaWords(instrument.quota, language));
  add({ zh: "未定事项", en: "left open" }, instrument.open?.[language]);
  for (const [name, reading] of Object.entries(readingsShown(instrument))) {
    const options = Object.entries(reading.options).map(([key, text]) => coded(key, text, language));
    const taken = zh ? `默认“${reading.options[reading.default]!.zh}”` : `default ${reading.default}`;
    const standard = titled(taken, reading.why[language], language);
    const words = listed([options.join(" / "), standard], language) + bracketed(reading.register, language);
    add({ zh: "读法", en: "reading" }, `${zh ? "" : `[${name}] `}${asked(reading.doubt, language)}${words}`);
  }
  for (const { register, doubt, answer } of [...(instrument.doubts ?? []), ...(document.doubts ?? [])]) {
    const words = asked(doubt, language) + answer[language] + bracketed(register, language);
    add({ zh: "疑问", en: "doubt" }, words);
  }
  add({ zh: "重叠", en: "overlap" }, instrument.stacking?.[language] ?? document.overlap?.rule[language]);
  add({ zh: "备注", en: "note" }, ...(instrument.notes ?? []).map((note) => note[language]));
  add(
    { zh: "文件", en: "document" },
    [document.title[language], document.number].filter(Boolean).join(zh ? "，" : ", "),
  );
  add({ zh: "条款", en: "article" }, instrument.article);
  add({ zh: "原文", en: "quotation" }, ...quotesOf(instrument));
  return rows;
}

/** The grades of a recognition, each with what it takes. */
export const gradeLines = (plan: Plan, language: Language): string[] =>
  plan.grades.map(({ label, anyOf }) => {
    const zh = language === "zh";
    const tests = anyOf.map((group) => testsWords(group, plan.inputs, language)).filter(Boolean);
    return titled(label[language], tests.join(zh ? "；或" : "; or ") || (zh ? "其余情形" : "otherwise"), language);
  });

/** A doubt as a question. */
const asked = (doubt: Text, language: Language): string => (language === "zh" ? `${doubt.zh}？` : `${doubt.en}? `);

export const quotesOf = ({ quote }: Instrument): readonly string[] => (Array.isArray(quote) ? quote : [quote]);

export function quotaWords(quota: NonNullable<Instrument["quota"]>, language: Language): string {
  const count = quota["at-most"];
  if (language === "zh") return `${quota.per === "year" ? "每年" : ""}最多 ${count} ${quota.unit?.zh ?? "个"}`;
  const most = [`at most ${count}`, quota.unit?.en].filter(Boolean).join(" ");
  return quota.per === "year" ? `${most} per year` : most;
}
