/** The pieces of a plan in words: figures, tests, scopes, terms. Every other writer of sentences builds on these. */
import {
  compare,
  divide,
  formatChinese,
  formatYuan,
  multiply,
  ratio,
  toDecimal,
  type Input,
  type Language,
  type Outcome,
  type Plan,
  type PlanFigure,
  type PlanLimit,
  type PlanTerm,
  type PlanTest,
  type PlanValue,
  type Ratio,
  type Text,
} from "../rules";

/** Builds the same sentence in both languages. */
export const inBoth = (write: (language: Language) => string): Text => ({ zh: write("zh"), en: write("en") });

/** What an award says, in a word. */
export const OUTCOME_WORDS: Readonly<Record<Outcome["kind"], Text>> = {
  award: { zh: "可获", en: "award" },
  label: { zh: "认定", en: "recognition" },
  "not-in-force": { zh: "不在有效期内", en: "not in force" },
  "not-eligible": { zh: "不符合条件", en: "not eligible" },
  incomplete: { zh: "输入不全", en: "inputs missing" },
  unquantified: { zh: "文件未定数字", en: "no number in the document" },
  "above-ceiling": { zh: "所填比例过高", en: "above the ceiling" },
  "too-large": { zh: "金额过大", en: "too large" },
};

const HUNDRED = ratio(100);
const zero = (than: Ratio): boolean => than.n === 0n;

/** " (per row)" or "（每笔）". */
export const bracketed = (text: string, language: Language): string =>
  language === "zh" ? `（${text}）` : ` (${text})`;

/** "cap: 8,000,000 yuan" or "上限：800 万元". */
export const titled = (title: string, text: string, language: Language): string =>
  `${title}${language === "zh" ? "：" : ": "}${text}`;

export const listed = (items: readonly string[], language: Language): string =>
  items.join(language === "zh" ? "；" : "; ");

/** "30%": in full, however many decimals. */
export const percent = (rate: Ratio): string => `${toDecimal(multiply(rate, HUNDRED), 10).toString()}%`;

/** A number as a plain decimal, or as a fraction where that would be endless. */
const plainNumber = (number: Ratio): string => {
  const decimal = toDecimal(number, 10);
  return compare(ratio(decimal), number) === 0 ? decimal.toString() : `${number.n}/${number.d}`;
};

/** "800 万元" or "8,000,000 yuan". */
export const moneyWords = (fen: Ratio, language: Language): string => {
  const exact = toDecimal(fen, 0);
  return language === "zh" ? formatChinese(exact.toNumber()) : `${formatYuan(exact).replace(/\.00$/, "")} yuan`;
};

export function figureWords(value: Ratio, unit: PlanFigure["unit"], language: Language): string {
  if (unit === "result") return percent(divide(value, HUNDRED));
  return unit === "rate" ? percent(value) : unit === "money" ? moneyWords(value, language) : plainNumber(value);
}

export const labelOf = (inputs: Plan["inputs"], name: string, language: Language): string =>
  inputs[name]?.[language] ?? name;

const OPERATORS: Readonly<Record<string, Text>> = {
  ">=": { zh: "不低于", en: "at least" },
  ">": { zh: "超过", en: "above" },
  "<=": { zh: "不超过", en: "at most" },
  "<": { zh: "低于", en: "below" },
};

export function boundWords(op: string, than: Ratio, unit: PlanFigure["unit"], language: Language): string {
  if (zero(than) && op === ">") return language === "zh" ? "大于 0" : "above 0";
  if (zero(than) && op === "<=") return language === "zh" ? "为 0" : "is 0";
  return `${OPERATORS[op]![language]} ${figureWords(than, unit, language)}`;
}

const unitOf = (input: Input | undefined): PlanFigure["unit"] =>
  input?.kind === "money" ? "money" : input?.kind === "rate" ? "rate" : "number";

/** What a test asks, as a phrase: "国产算力", "标准级别为国际标准", "投资额不低于 5000 万元". */
export function testWords(test: PlanTest, inputs: Plan["inputs"], language: Language): string {
  const zh = language === "zh";
  switch (test.kind) {
    case "is": {
      const input = inputs[test.input];
      const label = labelOf(inputs, test.input, language);
      if (input?.kind === "flag") return test.oneOf.includes(true) ? label : zh ? `${label}为否` : `${label}: no`;
      const options = test.oneOf.map((key) => input?.options?.[String(key)]?.[language] ?? String(key));
      return zh ? `${label}为${options.join("或")}` : `${label} is ${options.join(" or ")}`;
    }
    case "bound": {
      const bound = boundWords(test.op, test.than, unitOf(inputs[test.input]), language);
      return `${labelOf(inputs, test.input, language)}${zh ? "" : " "}${bound}`;
    }
    case "given": {
      const label = labelOf(inputs, test.input, language);
      if (zh) return `${test.given ? "已填" : "未填"}“${label}”`;
      return `${label} ${test.given ? "is" : "is not"} given`;
    }
    case "any":
      return test.anyOf.map((group) => groupWords(group, inputs, language)).join(zh ? "，或" : ", or ");
    case "any-row":
      return titled(
        zh ? "本企业当年任一行" : "any row of the firm and year",
        testsWords(test.tests, inputs, language),
        language,
      );
  }
}

/** Several tests of an alternative are kept together. */
function groupWords(group: readonly PlanTest[], inputs: Plan["inputs"], language: Language): string {
  const words = testsWords(group, inputs, language);
  return group.length > 1 ? bracketed(words, language).trim() : words;
}

export const testsWords = (tests: readonly PlanTest[], inputs: Plan["inputs"], language: Language): string =>
  tests.map((test) => testWords(test, inputs, language)).join(language === "zh" ? "，且" : " and ");

function valueWords(value: PlanValue, figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  if (value.kind === "none") return language === "zh" ? "未载上限" : "no limit stated";
  if (value.kind === "number") return figureWords(value.number, figure.unit, language);
  const zh = language === "zh";
  const own = `${zh ? "按所填" : "as entered in "}${zh ? "“" : ""}${labelOf(inputs, value.input, language)}${zh ? "”" : ""}`;
  const below = value.below.map((bound) =>
    typeof bound === "string" ? labelOf(inputs, bound, language) : figureWords(bound, figure.unit, language),
  );
  // A schedule that the document leaves open: lower than before, it says no more.
  if (below.length) return `${own}${zh ? "，须低于 " : ", which must be below "}${below.join(zh ? " 和" : " and ")}`;
  if (!value.ceiling) return own;
  const ceiling = `${zh ? "不超过" : "at most"} ${figureWords(value.ceiling, figure.unit, language)}`;
  // Without a figure of the row's own the ceiling counts, or else the row must bring one.
  return value.otherwise ? ceiling : `${own}${zh ? "，" : ", "}${ceiling}`;
}

/** All cases of a figure: "国产算力：不超过 30%；其他：不超过 10%". */
export function casesWords(figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  const words = figure.cases.map(({ tests, value }, i) => {
    const shown = valueWords(value, figure, inputs, language);
    // A share of nothing is nothing: that there is something need not be said.
    const telling = tests.filter((test) => !guardsZero(test));
    if (telling.length) return titled(testsWords(telling, inputs, language), shown, language);
    return i > 0 ? titled(language === "zh" ? "其他" : "otherwise", shown, language) : shown;
  });
  return listed(words, language);
}

/** A figure at a glance: the numbers of the document, without the cases in which the row brings its own. */
export function briefWords(figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  const own = figure.cases.filter(
    ({ tests, value }) =>
      (value.kind === "number" || (value.kind === "given" && value.otherwise)) &&
      !tests.some((test) => test.kind === "given" && test.given),
  );
  const open = figure.cases.filter(({ value }) => value.kind === "none");
  const shown = own.length ? own : open.length ? open : figure.cases;
  const [only] = shown;
  return casesWords({ ...figure, cases: shown.length === 1 ? [{ ...only!, tests: [] }] : shown }, inputs, language);
}

const guardsZero = (test: PlanTest): boolean => test.kind === "bound" && test.op === ">" && zero(test.than);

/** A term without a row: "合同额 ×（国产算力：30%；其他：10%）". */
export function termWords({ factors, figures }: PlanTerm, inputs: Plan["inputs"], language: Language): string {
  const names = factors.map(({ input, per }) => `${labelOf(inputs, input, language)}${per > 1 ? `/${per}` : ""}`);
  const shown = figures.filter(telling).map((figure) => {
    const words = casesWords(figure, inputs, language);
    return factors.length && figure.cases.length > 1 ? bracketed(words, language).trim() : words;
  });
  return [...names, ...shown].join(" × ");
}

/** A factor of one says nothing. */
const telling = ({ unit, cases: [first, ...others] }: PlanFigure): boolean =>
  unit !== "number" || others.length > 0 || first?.value.kind !== "number" || plainNumber(first.value.number) !== "1";

const LESS = / × -1$/;

/** "a × 36 − b": products added up; one that is taken off has the factor −1. */
export const sumWords = (products: readonly string[]): string =>
  products
    .map((words, i) => `${LESS.test(words) ? " − " : i > 0 ? " + " : ""}${words.replace(LESS, "")}`)
    .join("")
    .trim();

/** Over what a limit runs: "单家企业每年"; where the row says what was granted before, that counts under it as well. */
export function scopeWords({ allowance, used }: PlanLimit, inputs: Plan["inputs"], language: Language): string {
  const zh = language === "zh";
  if (!allowance) {
    if (!used) return zh ? "每笔" : "per row";
    return `${zh ? "含" : "with "}${labelOf(inputs, used, language)}`;
  }
  const year = allowance.period === "year";
  if (zh) return year ? "单家企业每年" : "单家企业累计";
  return year ? "per firm and year" : "per firm, cumulative";
}

const KIND_WORDS: Readonly<Record<PlanLimit["kind"], Text>> = {
  share: { zh: "按比例", en: "share" },
  sum: { zh: "合计", en: "sum" },
  cap: { zh: "上限", en: "cap" },
  amount: { zh: "定额", en: "fixed amount" },
};

/** An amount that no rate is laid on, such as one set by review. */
const IN_FULL: Text = { zh: "全额", en: "in full" };

export function limitName({ name, kind, terms }: PlanLimit, language: Language): string {
  const full = kind === "share" && terms.every(({ figures }) => !figures.length);
  return (name ?? (full ? IN_FULL : KIND_WORDS[kind]))[language];
}

/** A limit without a row: its formula and, for what rows share, its scope. */
export function limitWords(limit: PlanLimit, inputs: Plan["inputs"], language: Language): string {
  const total = sumWords(limit.terms.map((term) => termWords(term, inputs, language)));
  // What was granted is taken off whichever case applies.
  const cases =
    limit.used && limit.terms.some(({ factors, figures }) => !factors.length && figures[0]!.cases.length > 1);
  const sum = cases ? bracketed(total, language).trim() : total;
  const used = limit.used ? ` − ${labelOf(inputs, limit.used, language)}` : "";
  const scope = limit.kind === "cap" || limit.allowance ? bracketed(scopeWords(limit, inputs, language), language) : "";
  const words = `${sum}${used}${scope}`;
  return limit.tests.length ? titled(testsWords(limit.tests, inputs, language), words, language) : words;
}
