/** The pieces of a plan in words: figures, tests, scopes, terms. Every other writer of sentences builds on these. */
import {
  compare,
  divide,
  formatChinese,
  formatYuan,
  isoOf,
  multiply,
  ratio,
  toDecimal,
  type Allowance,
  type Counted,
  type Input,
  type Language,
  type Outcome,
  type Plan,
  type PlanCase,
  type PlanFigure,
  type PlanLimit,
  type PlanTerm,
  type PlanTest,
  type PlanTotal,
  type Ratio,
  type RatioTest,
  type Span,
  type Text,
} from "../rules";

/** Builds the same sentence in both languages. */
export const inBoth = (write: (language: Language) => string): Text => ({ zh: write("zh"), en: write("en") });

/** The outcome of an award in a word. */
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

/** A label; in English with the name that formulas use. */
export const named = (name: string, label: string, language: Language): string =>
  language === "zh" ? label : `${label} [${name}]`;

const OPERATORS: Readonly<Record<string, Text>> = {
  ">=": { zh: "不低于", en: "at least" },
  ">": { zh: "超过", en: "above" },
  "<=": { zh: "不超过", en: "at most" },
  "<": { zh: "低于", en: "below" },
};

const DATE_OPERATORS: Readonly<Record<string, Text>> = {
  ">=": { zh: "不早于", en: "not before" },
  ">": { zh: "晚于", en: "after" },
  "<=": { zh: "不晚于", en: "not after" },
  "<": { zh: "早于", en: "before" },
};

/** "1 年", "6 个月", "1 年 6 个月". */
function spanWords({ unit, count }: Span, language: Language): string {
  const [years, rest] = unit === "months" ? [Math.floor(count / 12), count % 12] : [0, 0];
  const days = unit === "days" ? count : 0;
  const one = (count: number, zh: string, en: string): string[] =>
    count ? [language === "zh" ? ` ${count} ${zh}` : `${count} ${en}${count > 1 ? "s" : ""}`] : [];
  const words = [...one(years, "年", "year"), ...one(rest, "个月", "month"), ...one(days, "日", "day")];
  return language === "zh" ? `${words.join("")}` : words.join(" and ");
}

/** @param measure what a plain number counts: 年, 个月, 项 */
export function boundWords(
  op: string,
  than: Ratio,
  unit: PlanFigure["unit"],
  language: Language,
  measure = "",
): string {
  const zh = language === "zh";
  if (zero(than) && op === ">") return zh ? "大于 0" : "above 0";
  if (zero(than) && op === "<=") return zh ? "为 0" : "is 0";
  const operator = zh && op === "<" && unit === "number" ? "不足" : OPERATORS[op]![language];
  return [operator, figureWords(than, unit, language), measure].filter(Boolean).join(" ");
}

const CHINESE_DIGITS = "零一二三四五六七八九";
/** "三" for 3; larger numbers stay digits. */
const chineseCount = (count: number): string => CHINESE_DIGITS[count] ?? ` ${count} `;

/** "第一年", "前三年": an ordinal that is at most so much. */
function yearsWords(than: Ratio, language: Language): string {
  const years = toDecimal(than, 0).toNumber();
  if (language === "zh") return years === 1 ? "第一年" : `前${chineseCount(years)}年`;
  return years === 1 ? "the first year" : `the first ${years} years`;
}

const unitOf = (input: Input | undefined): PlanFigure["unit"] =>
  input?.kind === "money" ? "money" : input?.kind === "rate" ? "rate" : "number";

/** "研发费用占营业收入的比重", "本年产值比上年产值增长": what a ratio test compares. */
export function shareWordsOf({ of, to, less }: RatioTest, inputs: Plan["inputs"]): string {
  const [one, other] = [labelOf(inputs, of, "zh"), labelOf(inputs, to, "zh")];
  return less ? `${one}比${other}增长` : `${one}占${other}的比重`;
}

/** What a test asks, as a phrase: "国产算力", "标准级别为国际标准", "投资额不低于 5000 万元". */
export function testWords(test: PlanTest, inputs: Plan["inputs"], language: Language): string {
  const zh = language === "zh";
  switch (test.kind) {
    case "is": {
      const input = inputs[test.input];
      const label = labelOf(inputs, test.input, language);
      if (input?.kind === "flag") {
        if (test.oneOf.includes(true)) return label;
        return input.not?.[language] ?? (zh ? `“${label}”为否` : `${label}: no`);
      }
      const options = test.oneOf.map((key) => input?.options?.[String(key)]?.[language] ?? String(key));
      const but = options.slice(0, -1).join(zh ? "、" : ", ");
      const one = [but, options.at(-1)].filter(Boolean).join(zh ? "或" : " or ");
      return zh ? `${label}为${one}` : `${label} is ${one}`;
    }
    case "bound": {
      const input = inputs[test.input];
      const label = labelOf(inputs, test.input, language);
      if (input?.kind === "ordinal" && test.op === "<=") return yearsWords(test.than, language);
      if (input?.kind === "date") {
        const [operator, day] = [DATE_OPERATORS[test.op]![language], isoOf(toDecimal(test.than, 0).toNumber())];
        return zh ? `${label}${operator} ${day}` : `${label} ${operator} ${day}`;
      }
      if (input?.kind === "rank" && test.op === "<=") {
        const places = plainNumber(test.than);
        return zh ? `${label}在前 ${places} 位` : `${label} within the first ${places}`;
      }
      // In English the label itself names what is counted.
      const measure = zh ? input?.unit?.zh : undefined;
      return `${label}${zh ? "" : " "}${boundWords(test.op, test.than, unitOf(input), language, measure)}`;
    }
    case "within": {
      const [label, start] = [labelOf(inputs, test.input, language), labelOf(inputs, test.of, language)];
      return zh
        ? `${label}在${start}起${spanWords(test.span, language)}内`
        : `${label} within ${spanWords(test.span, language)} of ${start}`;
    }
    case "ratio": {
      const bound = boundWords(test.op, test.than, "rate", language);
      if (zh) return shareWordsOf(test, inputs) + bound;
      const [of, to] = [labelOf(inputs, test.of, language), labelOf(inputs, test.to, language)];
      return test.less ? `${of} above ${to} by ${bound}` : `${of} is ${bound} of ${to}`;
    }
    case "given": {
      const label = labelOf(inputs, test.input, language);
      if (zh) return `${test.given ? "已填" : "未填"}“${label}”`;
      return `${label} ${test.given ? "is" : "is not"} given`;
    }
    case "any": {
      const [first, second, ...others] = test.anyOf;
      const [blank] = first ?? [];
      // "not given, or within the first ten": what holds for a row that gives it.
      if (blank?.kind === "given" && !blank.given && first!.length === 1 && second && !others.length) {
        const words = testsWords(second, inputs, language);
        const label = labelOf(inputs, blank.input, language);
        return zh ? `填写“${label}”的，${words}` : `${words}, where it is given`;
      }
      return test.anyOf.map((group) => groupWords(group, inputs, language)).join(zh ? "，或" : ", or ");
    }
    case "any-row": {
      const words = testsWords(test.tests, inputs, language);
      return zh ? `本企业当年有${words}的` : titled("any row of the firm and year", words, language);
    }
  }
}

/** Several tests of an alternative are kept together. */
function groupWords(group: readonly PlanTest[], inputs: Plan["inputs"], language: Language): string {
  const words = testsWords(group, inputs, language);
  return group.length > 1 ? bracketed(words, language).trim() : words;
}

/** Alternatives beside other tests are kept together, too. */
export const testsWords = (tests: readonly PlanTest[], inputs: Plan["inputs"], language: Language): string =>
  tests
    .map((test) => {
      const words = testWords(test, inputs, language);
      return test.kind === "any" && test.anyOf.length > 1 && tests.length > 1
        ? bracketed(words, language).trim()
        : words;
    })
    .join(language === "zh" ? "，且" : " and ");

function valueWords(
  { tests, value }: PlanCase,
  figure: PlanFigure,
  inputs: Plan["inputs"],
  language: Language,
): string {
  if (value.kind === "none") return language === "zh" ? "未载上限" : "no limit stated";
  if (value.kind === "number") return figureWords(value.number, figure.unit, language);
  const zh = language === "zh";
  const label = labelOf(inputs, value.input, language);
  // Where the case names the input, its name is not repeated.
  const said = tests.some((test) => test.kind === "given" && test.given && test.input === value.input);
  const own = said ? (zh ? "按所填" : "as entered") : zh ? `所填“${label}”` : `“${label}” as entered`;
  const below = value.below.map((bound) =>
    typeof bound === "string" ? labelOf(inputs, bound, language) : figureWords(bound, figure.unit, language),
  );
  // A schedule that the document leaves open: lower than before is all that it requires.
  if (below.length) return `${own}${zh ? "，须低于 " : ", which must be below "}${below.join(zh ? " 和" : " and ")}`;
  if (!value.ceiling) return own;
  // 按照实际费用: no share of it is named.
  if (figure.unit === "rate" && isWhole(value.ceiling) && value.otherwise)
    return zh ? "全额（可填更低的比例）" : "the whole (a lower rate may be entered)";
  const ceiling = `${zh ? "不超过" : "at most"} ${figureWords(value.ceiling, figure.unit, language)}`;
  // Without a figure of the row's own the ceiling counts, or else the row must bring one.
  return value.otherwise ? ceiling : `${own}${zh ? "，" : ", "}${ceiling}`;
}

/** All cases of a figure: "国产算力：不超过 30%；其他：不超过 10%". */
export function casesWords(figure: PlanFigure, inputs: Plan["inputs"], language: Language): string {
  const { cases } = figure;
  const values = cases.map((one) => valueWords(one, figure, inputs, language));
  const last = cases.length - 1;
  // Cases before the last one that come to the same belong to it, where it takes whatever is left.
  let apart = last;
  while (apart > 0 && !cases[last]!.tests.length && values[apart - 1] === values[last]) apart--;
  if (!apart && !cases[last]!.tests.length) return values[last]!;
  const words = [...cases.slice(0, apart), cases[last]!].map(({ tests }, i) => {
    const shown = values[i < apart ? i : last]!;
    // A share of nothing is nothing: that there is something needs no words.
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

/** A term without a row: "不超过合同额的 30%", "合同额 ×（国产算力：30%；其他：10%）". */
export function termWords({ factors, figures }: PlanTerm, inputs: Plan["inputs"], language: Language): string {
  const names = factors.map(({ input, per }) => `${labelOf(inputs, input, language)}${per > 1 ? `/${per}` : ""}`);
  const shown = figures.filter(telling);
  const words = shown.map((figure) => casesWords(figure, inputs, language));
  if (shown.length === 1) return shareWords(names, shown[0]!, words[0]!, language);
  return productOf(names, words, language);
}

/** A figure, given in words, of what the names multiply to: "不超过合同额的 30%"; as a product where no such phrase says it. */
export function shareWords(names: readonly string[], figure: PlanFigure, words: string, language: Language): string {
  const { value } = figure.cases.at(-1)!;
  const stated = value.kind === "number" ? value.number : value.kind === "given" ? value.otherwise : undefined;
  const rate = figure.unit === "rate" || figure.unit === "result";
  if (!names.length || !rate || !stated || inCases(words)) return productOf(names, [words], language);
  const zh = language === "zh";
  const product = productOf(names, [], language);
  const base = names.length > 1 ? bracketed(product, language).trim() : product;
  const atMost = value.kind === "given";
  // 按照实际费用: no share of it is named.
  if (atMost && isWhole(stated))
    return zh ? `${base}${words}` : `${words.replace("the whole", `the whole of ${base}`)}`;
  const share = figureWords(stated, figure.unit, language);
  if (zh) return `${atMost ? "不超过" : ""}${base}的 ${share}`;
  return `${atMost ? "at most " : ""}${share} of ${base}`;
}

/** Cases keep their brackets beside other factors. */
function productOf(names: readonly string[], words: readonly string[], language: Language): string {
  const shown = words.map((one) => (names.length && inCases(one) ? bracketed(one, language).trim() : one));
  return [...names, ...shown].join(" × ").replaceAll("× （", "×（");
}

const isWhole = (rate: Ratio): boolean => rate.n === rate.d;

/** "服务类别为算力时", "if the service is compute". */
export const whenWords = (tests: string, language: Language): string =>
  language === "zh" ? `${tests}${/\d$/.test(tests) ? " " : ""}时` : `if ${tests}`;

/** Whether the words distinguish cases, which must not run into what stands beside them. */
export const inCases = (words: string): boolean => /[：:]/.test(words);

/** A factor of one is left out. */
const telling = ({ unit, cases: [first, ...others] }: PlanFigure): boolean =>
  unit !== "number" || others.length > 0 || first?.value.kind !== "number" || plainNumber(first.value.number) !== "1";

const LESS = / × -1$/;

/** "a × 36 − b": products added up; one that is taken off has the factor −1. */
export const sumWords = (products: readonly string[]): string =>
  products
    .map((words, i) => `${LESS.test(words) ? " − " : i > 0 ? " + " : ""}${words.replace(LESS, "")}`)
    .join("")
    .trim();

type Owner = Pick<Allowance, "scope" | "by">;

/** Whom a limit covers, in the words of the clause: "单家企业", "单个开源主体", "单个项目", "单项标准", "单个服务商". */
function subjectWords({ scope, by }: Owner, { entry, inputs }: Plan, language: Language): string {
  const { firm, object } = entry.instrument;
  const named = by === undefined ? undefined : inputs[by];
  const [subject, measure]: [Counted, string] = named
    ? [{ zh: named.zh, en: named.en }, named.unit?.zh ?? "个"]
    : scope === "firm"
      ? [firm ?? FIRM, "家"]
      : [object ?? OBJECT, "个"];
  if (language === "en") return `per ${subject.en}`;
  return `单${subject.measure ?? measure}${subject.zh}`;
}
const FIRM: Counted = { zh: "企业", en: "firm" };
const OBJECT: Counted = { zh: "对象", en: "object" };

function periodWords(period: NonNullable<PlanLimit["allowance"]>["period"], language: Language): string {
  const zh = language === "zh";
  if (period === "year") return zh ? "每年" : " and year";
  if (period === "half-year") return zh ? "每半年" : " and half-year";
  if (period === "quarter") return zh ? "每季度" : " and quarter";
  if (period === "policy") return zh ? "政策期内累计" : " over the policy period";
  return zh ? `连续${chineseCount(period.years)}年累计` : `, over ${period.years} years in a row`;
}

/** Over what a limit runs: "单家企业每年", "单个项目政策期内累计", "每件"; "" for each row by itself. */
export function scopeWords({ allowance }: PlanLimit, plan: Plan, language: Language): string {
  if (allowance) return ownerWords(allowance, plan, language);
  if (!plan.times) return "";
  if (plan.entry.instrument.object) return subjectWords({ scope: "object" }, plan, language);
  return language === "zh" ? "每件" : "per piece";
}

/** "单家企业每年", "单个服务商每季度": who has an account, and for how long. */
export const ownerWords = (allowance: Allowance, plan: Plan, language: Language): string =>
  subjectWords(allowance, plan, language) +
  periodWords(allowance.period, language) +
  (allowance.unnamed ? UNNAMED[language] : "");

const UNNAMED: Text = { zh: "，未写名称的行各自计", en: ", rows that name none by themselves" };

/** "本年合同额：单家企业每年的合同额之和": what rows come to under a total. */
export function totalWords({ name, of, before, allowance }: PlanTotal, plan: Plan, language: Language): string {
  const [label, amount] = [labelOf(plan.inputs, name, language), labelOf(plan.inputs, of, language)];
  const owner = ownerWords(allowance, plan, language);
  const earlier = before === undefined ? "" : labelOf(plan.inputs, before, language);
  if (language === "zh")
    return titled(label, `${owner}${amount}之和（符合条件的各行）${earlier && `，加上${earlier}`}`, language);
  return titled(label, `sum of ${amount} ${owner}, over admissible rows${earlier && `, plus ${earlier}`}`, language);
}

/** What a further award of the kind pays: "单家企业，一次性", "单个标准，晋升后补足差额"; "" where each stands by itself. */
export function againWords(plan: Plan, language: Language): string {
  if (!plan.again) return "";
  const once = plan.again.pays === "nothing";
  const subject = subjectWords(plan.again, plan, language);
  if (language === "zh") return `${subject}，${once ? "一次性" : "晋升后补足差额"}`;
  return `${subject}, ${once ? "once" : "promotion pays the difference"}`;
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

/** A limit without a row: its formula, less what was granted before. */
function limitWords({ terms, used }: PlanLimit, plan: Plan, language: Language): string {
  const sum = sumWords(terms.map((term) => termWords(term, plan.inputs, language)));
  if (!used) return sum;
  const label = labelOf(plan.inputs, used, language);
  // What was granted is taken off whichever case applies.
  const cases = terms.some(({ factors, figures }) => !factors.length && figures[0]!.cases.length > 1);
  if (language === "zh") return `${sum}${cases ? "；均扣除" : "，扣除"}${label}`;
  return `${sum}${cases ? "; in each case less " : ", less "}${label}`;
}

/** Whether the document states a figure in some case; where it states none there is nothing to share. */
export const statesFigure = ({ terms }: PlanLimit): boolean =>
  terms.some(({ figures }) =>
    figures.some(({ cases }) =>
      cases.some(({ value }) => value.kind === "number" || (value.kind === "given" && value.ceiling !== undefined)),
    ),
  );

/** "上限（单家企业每年）：800 万元": for what rows share with its scope, and with the case in which the limit is there at all. */
export function limitLine(limit: PlanLimit, plan: Plan, language: Language): string {
  const tests = testsWords(limit.tests, plan.inputs, language);
  const counted = limit.kind === "cap" || limit.kind === "amount" || limit.allowance;
  const about = [
    tests && whenWords(tests, language),
    counted && statesFigure(limit) ? scopeWords(limit, plan, language) : "",
  ].filter(Boolean);
  const title = limitName(limit, language) + (about.length ? bracketed(listed(about, language), language) : "");
  return titled(title, limitWords(limit, plan, language), language);
}
