/** The pieces of a plan in words: figures, tests, scopes, terms. Every other writer of sentences builds on these. */
import {
  formatChinese,
  formatYuan,
  toDecimal,
  type Input,
  type Language,
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

export const listed = (items: readonly string[], language: Language): string =>
  items.join(language === "zh" ? "；" : "; ");

/** "30%": in full, however many decimals. */
export const percent = (rate: Ratio): string => `${toDecimal({ n: rate.n.times(100), d: rate.d }, 10).toString()}%`;

/** A number as a plain decimal, or as a fraction where that would be endless. */
const plainNumber = ({ n, d }: Ratio): string =>
  n.mod(d).isZero() ? n.div(d).toString() : `${n.toString()}/${d.toString()}`;

/** "800 万元" or "8,000,000 yuan". */
export const moneyWords = (fen: Ratio, language: Language): string => {
  const exact = toDecimal(fen, 0);
  return language === "zh" ? formatChinese(exact.toNumber()) : `${formatYuan(exact).replace(/\.00$/, "")} yuan`;
};

export function figureWords(value: Ratio, unit: PlanFigure["unit"], language: Language): string {
  if (unit === "result") return percent({ n: value.n.div(100), d: value.d });
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

export const boundWords = (op: string, than: Ratio, unit: PlanFigure["unit"], language: Language): string =>
  `${OPERATORS[op]![language]} ${figureWords(than, unit, language)}`;

const unitOf = (input: Input | undefined): PlanFigure["unit"] =>
  input?.kind === "money" ? "money" : input?.kind === "rate" ? "rate" : "number";

/** What a test asks, as a phrase: "国产算力", "非国产算力", "投资额 不低于 5000 万元". */
export function testWords(test: PlanTest, inputs: Plan["inputs"], language: Language): string {
  const zh = language === "zh";
  switch (test.kind) {
    case "is": {
      const input = inputs[test.input];
      const label = labelOf(inputs, test.input, language);
      if (input?.kind === "flag") return test.oneOf.includes(true) ? label : zh ? `非${label}` : `not: ${label}`;
      return `${label}: ${test.oneOf.map((key) => input?.options?.[String(key)]?.[language] ?? String(key)).join(zh ? "、" : ", ")}`;
    }
    case "bound":
      return `${labelOf(inputs, test.input, language)} ${boundWords(test.op, test.than, unitOf(inputs[test.input]), language)}`;
    case "given":
      return `${zh ? (test.given ? "已填" : "未填") : test.given ? "given:" : "not given:"} ${labelOf(inputs, test.input, language)}`;
    case "any":
      return test.anyOf.map((group) => testsWords(group, inputs, language)).join(zh ? " 或 " : " or ");
    case "any-row":
      return `${zh ? "本企业当年任一行：" : "any row of the firm and year: "}${testsWords(test.tests, inputs, language)}`;
  }
}

export const testsWords = (tests: readonly PlanTest[], inputs: Plan["inputs"], language: Language): string =>
  tests.map((test) => testWords(test, inputs, language)).join(language === "zh" ? "且" : " and ");

function valueWords(value: PlanValue, figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  if (value.kind === "none") return language === "zh" ? "不设上限" : "no limit";
  if (value.kind === "number") return figureWords(value.number, figure.unit, language);
  if (value.ceiling) {
    return `${language === "zh" ? "不超过" : "at most"} ${figureWords(value.ceiling, figure.unit, language)}`;
  }
  return `${language === "zh" ? "按所填" : "as entered in"} ${labelOf(inputs, value.input, language)}`;
}

/** All cases of a figure: "国产算力 不超过 30%；其他 不超过 10%". */
export function casesWords(figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  const words = figure.cases.map(({ tests, value }, i) => {
    const shown = valueWords(value, figure, inputs, language);
    if (tests.length) return `${testsWords(tests, inputs, language)} ${shown}`;
    return i > 0 ? `${language === "zh" ? "其他" : "otherwise"} ${shown}` : shown;
  });
  return listed(words, language);
}

/**
 * A figure at a glance: the numbers of the document, without the cases in which the row brings its own and without guards
 * against an input of 0.
 */
export function briefWords(figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  const own = figure.cases.filter(
    ({ tests, value }) =>
      (value.kind === "number" || (value.kind === "given" && value.otherwise)) &&
      !tests.some((test) => test.kind === "given" && test.given),
  );
  const open = figure.cases.filter(({ value }) => value.kind === "none");
  const shown = own.length ? own : open.length ? open : figure.cases;
  const cases = shown.map(({ tests, value }) => ({ tests: tests.filter((test) => !guardsZero(test)), value }));
  return casesWords({ ...figure, cases: cases.length === 1 ? [{ ...cases[0]!, tests: [] }] : cases }, inputs, language);
}

const guardsZero = (test: PlanTest): boolean => test.kind === "bound" && test.op === ">" && test.than.n.isZero();

/** A term without a row: "合同额 × 国产算力 30%；其他 10%". */
export function termWords({ factors, figures }: PlanTerm, inputs: Plan["inputs"], language: Language): string {
  const names = factors.map(({ input, per }) => `${labelOf(inputs, input, language)}${per > 1 ? `/${per}` : ""}`);
  const shown = figures.map((figure) => {
    const words = casesWords(figure, inputs, language);
    return factors.length && figure.cases.length > 1 ? `(${words})` : words;
  });
  return [...names, ...shown].join(" × ");
}

/** Over what a shared limit runs: "单家企业每年". */
export function scopeWords({ allowance }: PlanLimit, language: Language): string {
  if (!allowance) return language === "zh" ? "每笔" : "per row";
  const year = allowance.by.includes("year");
  if (language === "zh") return year ? "单家企业每年" : "单家企业累计";
  return year ? "per firm and year" : "per firm, cumulative";
}

const KIND_WORDS: Readonly<Record<PlanLimit["kind"], Text>> = {
  share: { zh: "按比例", en: "share" },
  sum: { zh: "合计", en: "sum" },
  cap: { zh: "上限", en: "cap" },
  amount: { zh: "定额", en: "fixed amount" },
};

export const limitName = ({ name, kind }: PlanLimit, language: Language): string =>
  (name ?? KIND_WORDS[kind])[language];

/** A limit without a row: its formula and, for what rows share, its scope. */
export function limitWords(limit: PlanLimit, inputs: Plan["inputs"], language: Language): string {
  const sum = limit.terms.map((term) => termWords(term, inputs, language)).join(" + ");
  const used = limit.used ? ` − ${labelOf(inputs, limit.used, language)}` : "";
  const only = limit.tests.length ? `${testsWords(limit.tests, inputs, language)}: ` : "";
  const scope = limit.kind === "cap" || limit.allowance ? ` (${scopeWords(limit, language)})` : "";
  return `${only}${sum}${used}${scope}`;
}
