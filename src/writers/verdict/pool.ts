/**
 * The verdict of each part of a pool's plan: one sentence that answers its question in numbers and names what it rests on.
 * Amounts are fen; an amount of an uncertain world is an expectation and may be a float.
 */
import type { Language, PoolStats, Text } from "../../rules";
import { aboutMoney, aboutPart, grouped, howOften } from "./figures";

/** Chances of claims, ranges of their sizes, a common growth, good and bad times, the share of vouchers that stay unused. */
export type Given = "chances" | "ranges" | "growth" | "states" | "unused";

/** What the figures rest on. */
export interface Ground {
  readonly language: Language;
  /** What was given of claims that may stay away or differ in size; nothing: each is taken to come at its amount. */
  readonly given: readonly Given[];
  /** Of the claims; undefined: not known. */
  readonly year: number | undefined;
  /** Fen. */
  readonly pool: number;
}

const yearWords = (year: number | undefined): string => (year === undefined ? "" : `${year}年`);
const yearIn = (year: number | undefined): string => (year === undefined ? "" : ` in ${year}`);

interface Risk {
  readonly runsOut: number;
  /** Fen. */
  readonly poolForRisk: number;
}

const GIVEN: Readonly<Record<Given, Text>> = {
  chances: { zh: "概率", en: "probabilities" },
  ranges: { zh: "上下浮动", en: "ranges" },
  growth: { zh: "整体增长", en: "growth" },
  states: { zh: "景气", en: "good and bad times" },
  unused: { zh: "不使用的比例", en: "share unused" },
};

export function groundWords({ language, given }: Pick<Ground, "language" | "given">): string {
  if (!given.length) return { zh: "按每笔申请都来计，", en: "If every claim comes, " }[language];
  const words = given.map((one) => GIVEN[one][language]);
  const [last, before] = [words.at(-1)!, words.slice(0, -1)];
  return {
    zh: `按所填${before.length ? `${before.join("、")}和` : ""}${last}，`,
    en: `With the ${before.length ? `${before.join(", ")} and ` : ""}${last} given, `,
  }[language];
}

/** Whether the pool pays what is approved. */
export function usageVerdict(ground: Ground, stats: Pick<PoolStats, "approved" | "paid" | "cutClaims">): string {
  const { language, given, year, pool } = ground;
  const money = (fen: number): string => aboutMoney(fen, language);
  const { approved, paid, cutClaims } = stats;
  const part = (whole: number): string => aboutPart(whole === 0 ? 0 : paid / whole, language);
  const short = approved > paid;
  const cut = cutClaims
    ? { zh: `（上限已压低${counted(cutClaims)}笔）`, en: ` (${counted(cutClaims)} claims lowered by the cap)` }[
        language
      ]
    : "";
  const mean = given.length ? { zh: "平均", en: " on average" }[language] : "";
  if (short)
    return {
      zh: `${groundWords(ground)}${yearWords(year)}核定${mean}${money(approved)}${cut}，${money(pool)}的资金池${mean}只付得起${money(paid)}，少付${money(approved - paid)}（付到${part(approved)}）。`,
      en: `${groundWords(ground)}${money(approved)} is approved${yearIn(year)}${mean}${cut}; the pool of ${money(pool)} pays ${money(paid)}${mean}, ${money(approved - paid)} less (${part(approved)} of it).`,
    }[language];
  return {
    zh: `${groundWords(ground)}${money(pool)}的资金池够付${yearWords(year)}的全部申请：${mean}支付${money(paid)}${cut}，用去${part(pool)}，余${money(pool - paid)}。`,
    en: `${groundWords(ground)}the pool of ${money(pool)} pays all claims${yearIn(year)}: ${money(paid)}${mean}${cut}, ${part(pool)} of it; ${money(pool - paid)} is left.`,
  }[language];
}

/** How likely the pool runs out, and what it must hold for the accepted risk. */
export function riskVerdict(ground: Ground, figures: Risk, risk: number, mostlyAfter?: MostlyDry): string {
  const { language, year, pool, given } = ground;
  const money = (fen: number): string => aboutMoney(fen, language);
  const { runsOut, poolForRisk } = figures;
  if (!given.length)
    return runsOut
      ? {
          zh: `${groundWords(ground)}${yearWords(year)}资金池必然用尽：需要${money(poolForRisk)}，只有${money(pool)}，差${money(poolForRisk - pool)}。填了概率才谈得上风险。`,
          en: `${groundWords(ground)}the pool is certain to run out: it needs ${money(poolForRisk)} and has ${money(pool)}, ${money(poolForRisk - pool)} short. Give probabilities to see a risk.`,
        }[language]
      : {
          zh: `${groundWords(ground)}${yearWords(year)}资金池不会用尽：需要${money(poolForRisk)}，有${money(pool)}。填了概率才谈得上风险。`,
          en: `${groundWords(ground)}the pool does not run out: it needs ${money(poolForRisk)} and has ${money(pool)}. Give probabilities to see a risk.`,
        }[language];
  const when = runsOut ? mostlyWords(mostlyAfter, year, language) : "";
  const often =
    runsOut > 0 && runsOut < 1
      ? { zh: `，${howOften(runsOut, "zh")}`, en: `, ${howOften(runsOut, "en")}` }[language]
      : "";
  const accepted = aboutPart(risk, language);
  const difference = poolForRisk - pool;
  const needed =
    difference > 0
      ? {
          zh: `要使可能不超过${accepted}，须有${money(poolForRisk)}，还差${money(difference)}。`,
          en: `For at most ${accepted} it must hold ${money(poolForRisk)}, ${money(difference)} more.`,
        }[language]
      : {
          zh: `可接受${accepted}的话，${money(poolForRisk)}就够，可以腾出${money(-difference)}。`,
          en: `For ${accepted} ${money(poolForRisk)} suffices; ${money(-difference)} could be spared.`,
        }[language];
  return {
    zh: `${groundWords(ground)}${yearWords(year)}资金池（${money(pool)}）用尽的可能为${aboutPart(runsOut, "zh")}${often}${when}。${needed}`,
    en: `${groundWords(ground)}the pool of ${money(pool)} runs out${yearIn(year)} with a chance of ${aboutPart(runsOut, "en")}${often}${when}. ${needed}`,
  }[language];
}

/** What it adds that claims move together: the same claims, each by itself, would look safer. */
export function togetherVerdict(
  { language }: Pick<Ground, "language">,
  joint: Risk,
  apart: Risk,
  risk: number,
): string {
  const money = (fen: number): string => aboutMoney(fen, language);
  const [more, accepted] = [joint.poolForRisk - apart.poolForRisk, aboutPart(risk, language)];
  const change = {
    zh: `要守住${accepted}的线，一起变动使所需资金${more < 0 ? "减少" : "增加"}${money(Math.abs(more))}`,
    en: `moving together takes ${money(Math.abs(more))} ${more < 0 ? "less" : "more"} for ${accepted}`,
  }[language];
  return {
    zh: `若各笔互不相关，用尽的可能为${aboutPart(apart.runsOut, "zh")}；${change}。`,
    en: `If claims came independently it would run out with ${aboutPart(apart.runsOut, "en")}; ${change}.`,
  }[language];
}

/** What each class of sizes gets under a rule, as parts of what it may claim; the smallest claims first. */
export interface RuleParts {
  readonly name: string;
  readonly parts: readonly number[];
}

/** Under which rule the small claims get most, and what that costs the large ones. */
export function sharingVerdict(ground: Pick<Ground, "language" | "given">, rules: readonly RuleParts[]): string {
  const { language } = ground;
  const classes = rules[0]?.parts.length ?? 0;
  if (!classes)
    return { zh: "没有大于零的申请，无从分配。", en: "No claim is above zero: there is nothing to share." }[language];
  if (rules.every(({ parts }) => parts.every(isFull)))
    return {
      zh: `${groundWords(ground)}资金池够付，用哪种规则都是全额。`,
      en: `${groundWords(ground)}the pool pays everything: every rule pays in full.`,
    }[language];
  const first = (parts: readonly number[]): number => parts[0]!;
  const last = (parts: readonly number[]): number => parts.at(-1)!;
  const forSmall = best(rules, first);
  const forLarge = best(rules, last);
  const described = ({ name, parts }: RuleParts): string =>
    ({ zh: `${name}下`, en: `under ${name} ` })[language] + partsWords(parts, language);
  const short = { zh: `${groundWords(ground)}资金池不够付`, en: `${groundWords(ground)}the pool is too small` }[
    language
  ];
  if (classes === 1 || forSmall === forLarge)
    return { zh: `${short}：${described(forSmall)}。`, en: `${short}: ${described(forSmall)}.` }[language];
  return {
    zh: `${short}：对小额申请最有利的是${forSmall.name}（${partsWords(forSmall.parts, "zh")}），对大额申请最有利的是${forLarge.name}（${partsWords(forLarge.parts, "zh")}）。`,
    en: `${short}: best for small claims is ${forSmall.name} (${partsWords(forSmall.parts, "en")}), best for large ones ${forLarge.name} (${partsWords(forLarge.parts, "en")}).`,
  }[language];
}

const isFull = (part: number): boolean => part > 1 - 5e-5;

/** The first of those that give most. */
const best = (rules: readonly RuleParts[], of: (parts: readonly number[]) => number): RuleParts =>
  rules.reduce((most, rule) => (of(rule.parts) > of(most.parts) ? rule : most));

/** "前3组全额，最大一组43%": classes of equally many claims, the smallest first. */
function partsWords(parts: readonly number[], language: Language): string {
  const said = parts.map((part) =>
    isFull(part) ? { zh: "全额", en: "in full" }[language] : aboutPart(part, language),
  );
  const last = said.length - 1;
  if (new Set(said).size === 1) return { zh: `各组都是${said[0]!}`, en: `${said[0]!} for every size` }[language];
  const full = parts.findIndex((part) => !isFull(part));
  const names = said.map((words, k) =>
    k === last
      ? { zh: `最大一组${words}`, en: `the largest ${words}` }[language]
      : k === 0
        ? { zh: `最小一组${words}`, en: `the smallest ${words}` }[language]
        : { zh: `第${k + 1}组${words}`, en: `class ${k + 1} ${words}` }[language],
  );
  const rest =
    full > 1
      ? [{ zh: `前${full}组全额`, en: `the ${full} smaller classes in full` }[language], ...names.slice(full)]
      : names;
  return rest.join({ zh: "，", en: ", " }[language]);
}

export interface CapVerdict {
  /** The highest cap that the pool pays; `binds`: false where no cap is needed. Fen. */
  readonly fit: { readonly cap: number; readonly binds: boolean; readonly used: number; readonly left: number };
  /** The next lower cap that a document would write, and what it costs. Fen. */
  readonly round: { readonly cap: number; readonly used: number };
  /** Fen; undefined: none. */
  readonly present: number | undefined;
  /**
   * The highest cap, as a document would write it, at which the pool runs out with at most the accepted chance, and that chance;
   * with the present cap where that will do. Undefined: every claim comes, or no such cap was found.
   */
  readonly likely?:
    { readonly cap: number | undefined; readonly runsOut: number; readonly accepted: number } | undefined;
  /** What one step more of the present cap costs; undefined where it is not known. */
  readonly step: { readonly size: number; readonly cost: number; readonly above: number } | undefined;
}

/** Which cap keeps the risk that is accepted, with the probabilities given; "" where that is not known. */
function likelyWords(given: Pick<Ground, "language" | "given">, { likely, present }: CapVerdict): string {
  if (!likely) return "";
  const { cap, runsOut, accepted } = likely;
  const { language } = given;
  const ground = groundWords(given);
  const [limit, chance] = [accepted, runsOut].map((part) => aboutPart(part, language));
  if (cap === present)
    return {
      zh: `${ground}现行上限不必降，用尽的可能为${chance}，不超过${limit}。`,
      en: `${ground}the present cap will do: the pool runs out with ${chance}, at most ${limit}. `,
    }[language];
  return {
    zh: `${ground}要使用尽的可能不超过${limit}，上限须为每家${aboutMoney(cap!, "zh")}（那时为${chance}）。`,
    en: `${ground}for at most ${limit} the cap must be ${aboutMoney(cap!, "en")} (then ${chance}). `,
  }[language];
}

/** Which cap the pool can pay, as a figure a decision can use, and what more cap costs. */
export function sizingVerdict(
  { language, given, pool }: Pick<Ground, "language" | "given" | "pool">,
  verdict: CapVerdict,
): string {
  const { fit, round, present, step } = verdict;
  const money = (fen: number): string => aboutMoney(fen, language);
  const ground = groundWords({ language, given: [] });
  const now =
    present === undefined
      ? { zh: "（现不设上限）", en: " (none now)" }[language]
      : { zh: `（现为${money(present)}）`, en: ` (now ${money(present)})` }[language];
  const answer = fit.binds
    ? {
        zh: `${ground}${money(pool)}最多付得起每家${money(fit.cap)}的上限${now}；取整为${money(round.cap)}，付${money(round.used)}，余${money(pool - round.used)}`,
        en: `${ground}${money(pool)} pays a cap of at most ${money(fit.cap)}${now}; rounded to ${money(round.cap)} it costs ${money(round.used)} and leaves ${money(pool - round.used)}`,
      }[language]
    : {
        zh: `${ground}不设上限${money(pool)}也够付：最大一笔${money(fit.cap)}，共付${money(fit.used)}，余${money(fit.left)}`,
        en: `${ground}${money(pool)} pays all without a cap: the largest claim is ${money(fit.cap)}, all come to ${money(fit.used)}, ${money(fit.left)} is left`,
      }[language];
  const more = step
    ? step.above
      ? {
          zh: `；上限再提高${money(step.size)}多付${money(step.cost)}，受益${counted(step.above)}笔`,
          en: `; ${money(step.size)} more of cap costs ${money(step.cost)} and helps ${counted(step.above)} claims`,
        }[language]
      : { zh: "；现行上限没有压低任何一笔", en: "; the present cap lowers no claim" }[language]
    : "";
  return likelyWords({ language, given }, verdict) + answer + more + { zh: "。", en: "." }[language];
}

/** When a pool runs dry, where every claim comes: days as "2026-10-02", undefined for never. */
export interface DryDays {
  readonly shortOn: string | undefined;
  /** Day of the last claim. */
  readonly last: string;
  /** Left after it, fen. */
  readonly left: number;
  /** Days between which eight orders of the claims out of ten run dry. */
  readonly orders?: readonly [string, string];
}

export function daysVerdict(ground: Ground, { shortOn, last, left, orders }: DryDays): string {
  const { language } = ground;
  const money = (fen: number): string => aboutMoney(fen, language);
  if (!shortOn)
    return {
      zh: `${groundWords(ground)}付完${last}的最后一笔还余${money(left)}，不会用尽。`,
      en: `${groundWords(ground)}the pool does not run dry: after the last claim (${last}) ${money(left)} is left.`,
    }[language];
  const around = orders
    ? {
        zh: `；次序若有变，十次有八次在${orders[0]}至${orders[1]}之间`,
        en: `; if the order is open, between ${orders[0]} and ${orders[1]} in eight cases of ten`,
      }[language]
    : "";
  return {
    zh: `${groundWords(ground)}资金池${shortOn}起不够付，此后的申请付不全或付不到${around}。`,
    en: `${groundWords(ground)}the pool runs dry on ${shortOn}; later claims are not paid in full${around}.`,
  }[language];
}

/** A month and the part of the years in which the pool has run dry by its end. */
export interface DryMonth {
  readonly month: string;
  readonly dry: number;
}

/** The month ("2026-10") from which on the pool mostly runs dry, where it does. */
export interface MostlyDry {
  readonly month: string;
  /** No claims come later. */
  readonly isLast: boolean;
}

/**
 * The month from which on at least three quarters of the dry years run dry; undefined where they spread over all months.
 * @param year whose money is meant, where it comes anew each year; undefined: all months have the same
 */
export function mostlyAfter(months: readonly DryMonth[], year?: number): MostlyDry | undefined {
  const own = year === undefined ? months : months.filter(({ month }) => month.startsWith(`${year}-`));
  const all = own.at(-1)?.dry ?? 0;
  const place = own.filter(({ dry }) => dry <= all / 4).length;
  return all > 0 && place > 0 ? { month: own[place]!.month, isLast: place === own.length - 1 } : undefined;
}

/** Months of use; `years` were drawn for them, where their chances are no more than frequencies. */
interface DryMonths {
  readonly months: readonly DryMonth[];
  readonly years?: number | undefined;
}

/** @param anew whether each year brings money of its own */
export function monthsVerdict(ground: Ground, { months, years: drawn }: DryMonths, anew: boolean): string {
  const { language, year } = ground;
  const years = anew ? [...new Set(months.map(({ month }) => Number(month.slice(0, 4))))] : [];
  if (years.length > 1) return yearByYear(ground, months, years);
  const { month: last = "", dry = 0 } = months.at(-1) ?? {};
  const when = mostlyWords(mostlyAfter(months), year, language);
  const often = drawn === undefined ? howOften(dry, language) : drawnOften(dry, language);
  return {
    zh: `${groundWords(ground)}资金池到${monthWords(last, year, "zh")}底用尽的可能为${aboutPart(dry, "zh")}，${often}${when}。`,
    en: `${groundWords(ground)}the pool has run dry by the end of ${monthWords(last, year, "en")} with a chance of ${aboutPart(dry, "en")}, ${often}${when}.`,
  }[language];
}

/** Of a frequency among drawn years: what never or always happened there may still be otherwise. */
function drawnOften(part: number, language: Language): string {
  if (part <= 0) return { zh: "抽取的年份中一次也没有", en: "in none of the years drawn" }[language];
  if (part >= 1) return { zh: "抽取的年份中每次都用尽", en: "in every year drawn" }[language];
  return howOften(part, language);
}

/** The chance of each year's own money. */
function yearByYear(ground: Ground, months: readonly DryMonth[], years: readonly number[]): string {
  const { language } = ground;
  const said = years.map((year) => {
    const part = aboutPart(months.filter(({ month }) => month.startsWith(`${year}-`)).at(-1)!.dry, language);
    const when = mostlyWords(mostlyAfter(months, year), year, language);
    return { zh: `${year}年${part}${when}`, en: `${part} in ${year}${when}` }[language];
  });
  return {
    zh: `${groundWords(ground)}各年资金池到年底用尽的可能：${said.join("。")}。`,
    en: `${groundWords(ground)}the chance that the pool of a year has run dry by its end: ${said.join(". ")}.`,
  }[language];
}

/** In which months it mostly happens, if it does; "" where no month is named. */
function mostlyWords(mostly: MostlyDry | undefined, year: number | undefined, language: Language): string {
  if (mostly === undefined) return "";
  const { month, isLast } = mostly;
  return {
    zh: `；若用尽，多在${monthWords(month, year, "zh")}${isLast ? "" : "以后"}`,
    en: `; if it does, mostly ${isLast ? "in" : "from"} ${monthWords(month, year, "en")}${isLast ? "" : " on"}`,
  }[language];
}

/** "10月"; of another year "2027年1月". */
function monthWords(month: string, year: number | undefined, language: Language): string {
  const [of, number] = month.split("-").map(Number) as [number, number];
  if (language === "en") return month;
  return of === year ? `${number}月` : `${of}年${number}月`;
}

interface OnePool {
  readonly name: string;
  readonly runsOut: number;
  /** Amount less the need of nine cases in ten, fen. */
  readonly spare: number;
}

const tightest = <Pool extends OnePool>(pools: readonly Pool[]): Pool =>
  pools.reduce((worst, pool) => (pool.runsOut > worst.runsOut ? pool : worst));

/** The tightest and the widest pool, and what one pool out of all would do. */
export function portfolioVerdict(
  ground: Pick<Ground, "language" | "given">,
  pools: readonly OnePool[],
  asOne: { readonly amount: number; readonly runsOut: number },
): string {
  const { language } = ground;
  const part = (value: number): string => aboutPart(value, language);
  const tight = tightest(pools);
  const wide = pools.reduce((most, pool) => (pool.spare > most.spare ? pool : most));
  const spare =
    wide.spare > 0
      ? {
          zh: `；可以腾挪的是${wide.name}：拿走${aboutMoney(wide.spare, "zh")}，用尽的可能仍不超过10%`,
          en: `; ${wide.name} can spare money: without ${aboutMoney(wide.spare, "en")} it still runs out in at most 10%`,
        }[language]
      : { zh: "；没有一个池腾得出钱而不冒一成以上的风险", en: "; no pool can spare money at a risk of 10%" }[language];
  return {
    zh: `${groundWords(ground)}${pools.length}个资金池合计${aboutMoney(asOne.amount, "zh")}：最紧的是${tight.name}，用尽的可能为${part(tight.runsOut)}${spare}；若合成一个池，用尽的可能为${part(asOne.runsOut)}。`,
    en: `${groundWords(ground)}${pools.length} pools together hold ${aboutMoney(asOne.amount, "en")}: the tightest is ${tight.name}, which runs out with a chance of ${part(tight.runsOut)}${spare}; as one pool they run out with ${part(asOne.runsOut)}.`,
  }[language];
}

export interface SplitPool extends OnePool {
  /** Fen. */
  readonly amount: number;
  readonly p90: number;
}

/** Fen that go from one pool to another. */
export const movedBetween = (before: readonly SplitPool[], after: readonly SplitPool[]): number =>
  after.reduce((sum, { amount }, k) => sum + Math.max(0, amount - before[k]!.amount), 0);

/** What moving money between the pools can do: the first million, the best split, and what it takes that no pool is at risk. */
export function splitVerdict(
  ground: Pick<Ground, "language" | "given">,
  before: readonly SplitPool[],
  best: readonly SplitPool[],
  /** Whether other pools keep their money. */
  someKeep = false,
): string {
  const { language } = ground;
  const pools = someKeep
    ? { zh: "可挪动的各池", en: "every pool that may be changed" }
    : { zh: "各池", en: "every pool" };
  const money = (fen: number): string => aboutMoney(fen, language);
  const sum = (of: (pool: SplitPool) => number, pools: readonly SplitPool[]): number =>
    pools.reduce((total, pool) => total + of(pool), 0);
  const tight = tightest(before);
  const wide = before.reduce((least, pool) => (pool.amount > 0 && pool.runsOut < least.runsOut ? pool : least), tight);
  const gain = tight.runsOut - wide.runsOut;
  const first =
    gain > 0
      ? {
          zh: `把钱从${wide.name}挪给${tight.name}，起初每挪${money(MILLION)}，预期少付减少${money(MILLION * gain)}`,
          en: `moving money from ${wide.name} to ${tight.name} saves ${money(MILLION * gain)} of expected shortage with the first ${money(MILLION)}`,
        }[language]
      : { zh: "各池用尽的可能相等，挪动没有好处", en: "all pools run out alike: moving money gains nothing" }[language];
  const highest = Math.max(...best.map(({ runsOut }) => runsOut));
  const moved = movedBetween(before, best);
  const split =
    moved > 0
      ? {
          zh: `少付最少的分法要挪动${money(moved)}，此后${pools.zh}用尽的可能最高为${aboutPart(highest, "zh")}`,
          en: `the split that leaves the least unpaid moves ${money(moved)}; then no pool runs out with more than ${aboutPart(highest, "en")}`,
        }[language]
      : { zh: "现有分法已是少付最少的", en: "the present split leaves the least unpaid already" }[language];
  const needed = sum(({ p90 }) => p90, before);
  const short = needed - sum(({ amount }) => amount, before);
  const safe =
    short > 0
      ? {
          zh: `要${pools.zh}用尽的可能都不超过10%，共需${money(needed)}，还差${money(short)}`,
          en: `for at most 10% in ${pools.en} ${money(needed)} is needed, ${money(short)} more`,
        }[language]
      : {
          zh: `${pools.zh}都压到10%以内共需${money(needed)}，现有的钱够`,
          en: `for at most 10% in ${pools.en} ${money(needed)} is needed, which there is`,
        }[language];
  return (
    [groundWords(ground) + first, split, safe].join({ zh: "；", en: "; " }[language]) + { zh: "。", en: "." }[language]
  );
}

/** One million yuan, in fen. */
const MILLION = 100 * 1e6;

/** A count, which may be an average. */
export const counted = (value: number): string =>
  Number.isInteger(value) ? grouped(value) : value.toFixed(value < 1 ? 2 : 1);
