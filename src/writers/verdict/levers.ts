/** The verdicts on levers: which matters most, what a sum leaves to two of them, how the total answers to one. */
import {
  bestRound,
  Exact,
  kindOfLever,
  leverRange,
  leverWords,
  type Bridge,
  type Language,
  type Lever,
  type LeverAxis,
  type LeverValue,
  type Pair,
  type PairsQuestion,
  type ScenarioTotal,
  type TornadoBar,
} from "../../rules";
import { aboutMoney } from "./figures";

const nameOf = (lever: Lever, language: Language): string => leverRange(lever).name[language];

/** Digits of a value that are said; the exact one stands in the table. */
const DIGITS = 4;

/** A value as it is said, never more than it is: it may be the most that is possible. */
function valueOf(lever: Lever, value: LeverValue, language: Language): string {
  const exact = new Exact(value);
  const said = exact.toSignificantDigits(DIGITS, Exact.ROUND_DOWN);
  const about = said.equals(exact) ? "" : { zh: "约", en: "about " }[language];
  const isCap = kindOfLever(lever) === "cap";
  return about + (isCap ? aboutMoney(said.toNumber(), language) : leverWords(lever, said.toString())[language]);
}

/** @param bars the widest first */
export function tornadoVerdict(bars: readonly TornadoBar[], language: Language): string {
  const widest = bars.find(({ swing }) => swing > 0);
  if (!widest)
    return {
      zh: "各项在所设范围内变动，合计都不变。",
      en: "None of these changes the total within its range.",
    }[language];
  const money = (fen: number): string => aboutMoney(fen, language);
  const { label, low, high, swing } = widest;
  const range = {
    zh: `按各自可能的范围，影响最大的是“${label.zh}”：${low.label.zh}与${high.label.zh}之间，合计相差${money(swing)}`,
    en: `Over its own range “${label.en}” matters most: between ${low.label.en} and ${high.label.en} the total differs by ${money(swing)}`,
  }[language];
  const strength = ({ percent }: TornadoBar): number =>
    percent ? Math.max(Math.abs(percent.more ?? 0), Math.abs(percent.less)) : 0;
  const strongest = bars.reduce((a, b) => (strength(b) > strength(a) ? b : a));
  if (!strength(strongest)) return range + { zh: "。", en: "." }[language];
  const same = strongest === widest ? { zh: "也", en: "also " }[language] : "";
  return {
    zh: `${range}；同样只变1%，最敏感的${same}是“${strongest.label.zh}”，合计约变${money(strength(strongest)).replace("约", "")}。`,
    en: `${range}; for one and the same change of 1% it is ${same}“${strongest.label.en}”, by ${money(strength(strongest))}.`,
  }[language];
}

/** @param totals by row and column of the table; `before`: as things are */
export function tableVerdict(
  { rows, columns }: { readonly rows: LeverAxis; readonly columns?: LeverAxis },
  before: number,
  totals: readonly (readonly ScenarioTotal[])[],
  language: Language,
): string {
  const space = language === "zh" ? "" : " ";
  const said = ({ lever, values }: LeverAxis, k: number): string =>
    nameOf(lever, language) + space + valueOf(lever, values[k]!, language);
  const cells = totals.flatMap((row, r) =>
    row.flatMap(({ total, refusal }, c) => {
      const words = [said(rows, r), ...(columns ? [said(columns, c)] : [])];
      return refusal ? [] : [{ total, words: words.join({ zh: "、", en: ", " }[language]) }];
    }),
  );
  if (!cells.length) return { zh: "所列取值都算不出。", en: "None of these values can be computed." }[language];
  const money = (fen: number): string => aboutMoney(fen, language);
  const least = cells.reduce((a, b) => (b.total < a.total ? b : a));
  const most = cells.reduce((a, b) => (b.total > a.total ? b : a));
  if (least.total === most.total)
    return {
      zh: `在所列取值内合计都是${money(least.total)}，现为${money(before)}。`,
      en: `At every value the total is ${money(least.total)}; it is ${money(before)} now.`,
    }[language];
  return {
    zh: `合计最少${money(least.total)}（${least.words}），最多${money(most.total)}（${most.words}）；现为${money(before)}。`,
    en: `The total is ${money(least.total)} at least (${least.words}) and ${money(most.total)} at most (${most.words}); it is ${money(before)} now.`,
  }[language];
}

/** The sum, how far the one lever must give way for the other, and the round pair that uses most of the sum. */
export function pairsVerdict(
  { along, solved, wanted, measure }: PairsQuestion,
  pairs: readonly Pair[],
  before: number,
  language: Language,
): string {
  const money = (fen: number): string => aboutMoney(fen, language);
  const [first, second] = [nameOf(along.lever, language), nameOf(solved, language)];
  const sum = { total: { zh: "合计", en: "the total" }, paid: { zh: "资金池实付", en: "what the pools pay" } }[measure];
  const aim = {
    zh: `要使${sum.zh}不超过${money(wanted)}（现为${money(before)}）`,
    en: `For ${sum.en} to keep to ${money(wanted)} (${money(before)} now)`,
  }[language];
  const found = pairs.flatMap(({ value, found: one }) => (one.kind === "found" ? [{ value, ...one }] : []));
  const proposed = bestRound(pairs);
  if (!found.length || !proposed) {
    const kinds = new Set(pairs.map(({ found: one }) => one.kind));
    const why =
      kinds.has("below") && !kinds.has("above")
        ? {
            zh: `所列${first}下，${second}降到零也超出`,
            en: `the sum is exceeded at each ${first} even with no ${second}`,
          }
        : kinds.has("above") && !kinds.has("below")
          ? { zh: `所列${first}下，${second}怎么提高都不会超出`, en: `no ${second} exceeds the sum at any ${first}` }
          : { zh: `所列${first}下没有一个${second}正好卡住这个数`, en: `no ${second} meets it at any ${first}` };
    return aim + { zh: `：${why.zh}。`, en: `: ${why.en}.` }[language];
  }
  const [one, last] = [found[0]!, found.at(-1)!];
  const at = ({ value, exact }: (typeof found)[number]): string =>
    ({
      zh: `${first}${valueOf(along.lever, value, "zh")}时${second}最高${valueOf(solved, exact.value, "zh")}`,
      en: `at a ${first} of ${valueOf(along.lever, value, "en")} the ${second} is ${valueOf(solved, exact.value, "en")} at most`,
    })[language];
  const curve = one === last ? at(one) : [at(one), at(last)].join({ zh: "，", en: ", " }[language]);
  const {
    value,
    found: { round },
  } = proposed;
  const rounded = {
    zh: `取整可定${first}${valueOf(along.lever, value, "zh")}、${second}${valueOf(solved, round.value, "zh")}，${sum.zh}${money(round.total)}`,
    en: `in round figures a ${first} of ${valueOf(along.lever, value, "en")} and a ${second} of ${valueOf(solved, round.value, "en")} cost ${money(round.total)}`,
  }[language];
  return (
    [aim + { zh: "：", en: ": " }[language] + curve, rounded].join({ zh: "；", en: "; " }[language]) +
    { zh: "。", en: "." }[language]
  );
}

/** What each change does by itself, the largest first, and what they do together beyond that. @param changes in words */
export function bridgeVerdict(
  { before, alone, together, after }: Bridge,
  changes: readonly string[],
  language: Language,
): string {
  const said = (fen: number): string => {
    if (fen === 0) return { zh: "不增不减", en: "changes nothing" }[language];
    const amount = aboutMoney(Math.abs(fen), language);
    return fen < 0
      ? { zh: `少付${amount}`, en: `${amount} less` }[language]
      : { zh: `多付${amount}`, en: `${amount} more` }[language];
  };
  const steps = alone
    .map((fen, k) => ({ fen, words: changes[k]! }))
    .sort((a, b) => Math.abs(b.fen) - Math.abs(a.fen))
    .map(({ fen, words }) => ({ zh: `“${words}”单独${said(fen)}`, en: `“${words}” alone ${said(fen)}` })[language]);
  const money = (fen: number): string => aboutMoney(fen, language);
  const begin = {
    zh: `由${money(before)}到${money(after)}，${alone.length}项改动合计${said(after - before)}`,
    en: `From ${money(before)} to ${money(after)}: ${alone.length} changes, ${said(after - before)}`,
  }[language];
  const mutual = together
    ? { zh: `，同时实行又因相互影响${said(together)}`, en: `; together a further ${said(together)}` }[language]
    : { zh: "，互不影响", en: "; they do not act on each other" }[language];
  const listed = steps.join({ zh: "，", en: ", " }[language]);
  return { zh: `${begin}：${listed}${mutual}。`, en: `${begin}: ${listed}${mutual}.` }[language];
}
