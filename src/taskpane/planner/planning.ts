/** One pool ready to be planned: its amount, the caps that are compared, and its claims. */
import {
  heldAtCertain,
  LARGEST_SPREAD,
  mixtureOf,
  expectedNeed,
  needOf,
  Refusal,
  refuse,
  worldsOf,
  type CommonFactor,
  type CommonGrowth,
  type GroupedClaim,
  type Language,
  type Need,
  type Text,
} from "../../rules";
import { readInput } from "../../tables";
import { brief, inFormula } from "../parts/amount";
import type { Work } from "../parts/long-work";
import { spreadOfRange } from "./claim-columns";
import { claimedYears, ofYear, type Claims } from "./claims";
import type { Form } from "./form";
import { factorsIn, probabilitiesByGroup } from "./groups";
import type { Spelling } from "../parts/figure-sheet";
import type { Given, Ground } from "../../writers/verdict";
import {
  capCasesOf,
  carryOf,
  yearCarryOf,
  yearPoolsIn,
  type CapCase,
  type Carry,
  type Pool,
  type YearCarry,
} from "./pool";
import type { Inputs } from "../parts/figure-sheet";

/** What is computed of the claims; names and places stay in the pane. */
export type ClaimFigures = Pick<
  Claims,
  "amounts" | "probabilities" | "parts" | "spreads" | "dated" | "ahead" | "ranks" | "groups"
>;

/** What the calculations are asked about: plain figures in whole fen, so that they pass to a worker. */
export interface PoolFigures {
  readonly claims: ClaimFigures;
  /** Of the pool: its usual money, or that of the year whose claims these are. */
  readonly amount: number;
  /** Fen, of years whose pool is not the usual one. */
  readonly pools?: Readonly<Record<string, number>>;
  readonly cases: readonly CapCase[];
  /** The claims are awards that were cut to this cap already: what lies above it is not known. Undefined: they are not. */
  readonly knownUpTo: number | undefined;
  /** Undefined: none is assumed. */
  readonly growth: CommonGrowth | undefined;
  /** What moves claims together. */
  readonly factors: readonly CommonFactor[];
}

export interface Planning {
  readonly pool: Pool;
  /** Of the planned year, where it has a pool of its own. */
  readonly amount: number;
  /** What pools of single years mean for that amount; undefined: none is given. */
  readonly ownPools: { readonly usual: number; readonly year: number | undefined } | undefined;
  readonly cases: readonly CapCase[];
  /** Of one year, where they lie in several and the money comes anew each year; else all of them. */
  readonly claims: Claims;
  /** That year. */
  readonly year: number | undefined;
  /** The year that is spoken of: in which the claims lie, or the one that was picked where they have no days. */
  readonly spoken: number | undefined;
  /** How the money comes in the calendar, and what a year leaves in the plan over several. */
  readonly carry: Carry;
  readonly yearCarry: YearCarry;
  /** The money comes once for claims of several years: no year is said of them. */
  readonly once: boolean;
  /** The claims of all years, and what is computed of them. */
  readonly all: Pick<Planning, "claims" | "figures">;
  readonly capped: boolean;
  /** For the calculations; the same object as long as nothing changes that they depend on. */
  readonly figures: PoolFigures;
  /** Why the growth, the chances by group or the factors that were typed cannot be read. */
  readonly growthRefusal: Text | undefined;
  readonly chancesRefusal: Text | undefined;
  readonly factorsRefusal: Text | undefined;
  /** Why the pools of single years cannot be read. */
  readonly poolsRefusal: Text | undefined;
  /** The claims have the probability of their group. */
  readonly byGroup: boolean;
  /** What was given of claims that do not come for sure at their amounts. */
  readonly given: readonly Given[];
  /** Anything was: figures are then averages over drawn years. */
  readonly uncertain: boolean;
}

/**
 * @param year that is planned; where the claims lie in other years, the first of them stands for it
 * @returns undefined while the amount of the pool is missing or cannot be read
 */
export function planningOf(pool: Pool, form: Form, all: Claims, year?: number): Planning | undefined {
  const { fen: amount } = pool.amount;
  if (amount === undefined || pool.cap.refusal || pool.otherCap.refusal) return undefined;
  const capped = form.capped === "true";
  const knownUpTo = capped ? pool.cap.fen : undefined;
  const cases = capCasesOf(pool).filter(({ cap }) => isKnownAt({ knownUpTo }, cap));
  const growth = attempt(() => growthIn(form));
  const byGroup = attempt(() => probabilitiesByGroup(form, all));
  const common = attempt(() => factorsIn(form, all));
  const factors = common.value ?? [];
  const known: Claims = byGroup.value ? { ...all, probabilities: byGroup.value } : all;
  const yearly = attempt(() => yearPoolsIn(form));
  const pools = yearly.value ?? {};
  const figuresOf = (
    { amounts, probabilities, parts, spreads, dated, ahead, ranks, groups }: Claims,
    money: number,
  ): PoolFigures => ({
    claims: { amounts, probabilities, parts, spreads, dated, ahead, ranks, groups },
    amount: money,
    pools,
    cases,
    knownUpTo,
    growth: growth.value,
    factors,
  });
  const years = claimedYears(all);
  const carry = carryOf(form, pool);
  const once = carry === "once" && years.length > 1;
  const one = years.length > 1 && !once ? (years.find((own) => own === year) ?? years[0]!) : undefined;
  const given: Given[] = [
    ...(known.probabilities.some((chance) => chance !== 1) ? ["chances" as const] : []),
    ...(all.spreads.some(Boolean) ? ["ranges" as const] : []),
    ...(growth.value ? ["growth" as const] : []),
    ...(factors.length > 0 ? ["states" as const] : []),
  ];
  const planned = once ? undefined : (one ?? years[0] ?? year);
  const own = planned === undefined ? undefined : pools[planned];
  return {
    pool,
    amount: own ?? amount,
    ownPools:
      own !== undefined || (once && Object.keys(pools).length > 0) ? { usual: amount, year: planned } : undefined,
    cases,
    claims: one === undefined ? all : ofYear(all, one),
    year: one,
    spoken: planned,
    carry,
    yearCarry: yearCarryOf(form),
    once,
    all: { claims: all, figures: figuresOf(known, amount) },
    capped,
    figures: figuresOf(one === undefined ? known : ofYear(known, one), own ?? amount),
    growthRefusal: growth.refusal,
    chancesRefusal: byGroup.refusal,
    factorsRefusal: common.refusal,
    poolsRefusal: yearly.refusal,
    byGroup: byGroup.value !== undefined,
    given,
    uncertain: given.length > 0,
  };
}

/** What a verdict on the pool rests on. */
export const groundOf = (
  { amount, given, spoken }: Pick<Planning, "amount" | "given" | "spoken">,
  language: Language,
): Ground => ({ language, given, year: spoken, pool: amount });

/** The money of a year, fen: its own pool, or the usual one. */
export const moneyOf = ({ amount, pools }: Pick<PoolFigures, "amount" | "pools">, year: number): number =>
  pools?.[year] ?? amount;

/** Whether claims are known up to that cap: of awards that were cut to the present one, nothing above it is known. */
export const isKnownAt = ({ knownUpTo }: Pick<PoolFigures, "knownUpTo">, cap: number | undefined): boolean =>
  knownUpTo === undefined || (cap !== undefined && cap <= knownUpTo);

/** The claims as the risk sees them, under one of the caps. */
export const uncertainClaims = ({ claims }: Pick<PoolFigures, "claims">, cap = Infinity): GroupedClaim[] =>
  claims.amounts.map((amount, k) => ({
    amount,
    probability: claims.probabilities[k]!,
    spread: claims.spreads[k]!,
    group: claims.groups?.[k],
    cap,
  }));

/**
 * The same for what only adds them up: rows of a firm with a probability of their own come by themselves, where their sum is known and
 * within the cap. Above it they share the cap, and stay one claim.
 */
export function apartClaims(figures: Pick<PoolFigures, "claims">, cap = Infinity): GroupedClaim[] {
  const { parts: all } = figures.claims;
  const claims = uncertainClaims(figures, cap);
  if (!all) return claims;
  return claims.flatMap((claim, k) => {
    const parts = all[k];
    return parts && !claim.spread && claim.amount <= cap ? parts.map((part) => ({ ...claim, ...part })) : [claim];
  });
}

/** The need of claims that factors move, one combination of states after the other. */
export function* needIn(
  claims: readonly GroupedClaim[],
  { growth, factors }: Pick<PoolFigures, "growth" | "factors">,
  part = 0,
): Work<Need> {
  const needs: { weight: number; need: Need }[] = [];
  for (const world of worldsOf(claims, factors)) {
    yield part;
    needs.push({ weight: world.weight, need: needOf(world.claims, growth) });
  }
  return mixtureOf(needs);
}

/** The answer, or undefined where a need in it has no figure. */
export function* orUnknown<T>(work: Work<T>): Work<T | undefined> {
  try {
    return yield* work;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The mean of that need. */
export function* meanIn(
  claims: readonly GroupedClaim[],
  { growth, factors }: Pick<PoolFigures, "growth" | "factors">,
  part: number,
): Work<number> {
  let mean = 0;
  for (const world of worldsOf(claims, factors)) {
    yield part;
    mean += world.weight * expectedNeed(world.claims, growth);
  }
  return mean;
}

/** Several lists of claims while each factor is in one of its states: the same one for all lists. */
export const worldsOver = (lists: readonly (readonly GroupedClaim[])[], factors: readonly CommonFactor[]) =>
  worldsOf(lists.flat(), factors).map(({ weight, claims }) => {
    let from = 0;
    return { weight, lists: lists.map(({ length }) => claims.slice(from, (from += length))) };
  });

/** Claims that some state would make more than certain. */
export const heldIn = ({ figures }: Pick<Planning, "figures">): number =>
  // Without a factor no chance is moved.
  figures.factors.length === 0 ? 0 : heldAtCertain(uncertainClaims(figures), figures.factors);

/** Why nothing is computed: a field of the form that cannot be read. */
export const refusalIn = ({
  growthRefusal,
  chancesRefusal,
  factorsRefusal,
  poolsRefusal,
}: Planning): Text | undefined => growthRefusal ?? chancesRefusal ?? factorsRefusal ?? poolsRefusal;

/** The claims cut to a cap, fen. */
export const cutClaims = ({ amounts }: Pick<ClaimFigures, "amounts">, cap = Infinity): number[] =>
  amounts.map((amount) => Math.min(amount, cap));

const MOST_YEARS = 4000;
/** Claims drawn per question, and the fewest years: more claims, fewer years. A mean over years settles sooner than a probability. */
const DRAWN = {
  chances: { claims: 500 * MOST_YEARS, years: 200 },
  means: { claims: 250 * MOST_YEARS, years: 100 },
};

/** Years that are drawn for so many claims; a probability is then known to a standard error of at most 0.5 / √years. */
export function yearsFor(count: number, wanted: keyof typeof DRAWN): number {
  const { claims, years } = DRAWN[wanted];
  return Math.min(MOST_YEARS, Math.max(years, Math.floor(claims / Math.max(1, count))));
}

/** "上限 2000万元", "假设上限 1000万元", "不设上限". */
export function capWords({ id, cap }: CapCase, language: Language): string {
  if (cap === undefined) return { zh: "不设上限", en: "no cap" }[language];
  const words = id === "other" ? { zh: "假设上限", en: "cap tried:" } : { zh: "上限", en: "cap" };
  return `${words[language]} ${brief(cap, language)}`;
}

const CAP_LABELS: Readonly<Record<CapCase["id"], Text>> = {
  present: { zh: "单家上限（元）", en: "cap per claim (yuan)" },
  other: { zh: "假设上限（元）", en: "cap tried (yuan)" },
};

/** The same words out of the cell in which the cap stands. */
function capFormula({ id }: CapCase, cell: string, language: Language): string {
  const [none, words, amount] = {
    zh: ["不设上限", id === "other" ? "假设上限" : "上限", `${cell}/10000&"万元"`],
    en: ["no cap", id === "other" ? "cap tried:" : "cap", `TEXT(${cell},"#,##0.00")&" yuan"`],
  }[language];
  return `=IF(${cell}="","${none}","${words} "&${amount})`;
}

export const spellingOf = ({ amount, cases }: Planning): Omit<Spelling, "sheet"> => ({
  pool: inFormula(amount),
  caps: cases.map(({ cap }) => (cap === undefined ? "" : inFormula(cap))),
});

/** @param notes assumptions that hold for the figures, in words */
export const inputsOf = (
  planning: Planning,
  poolLabel: string,
  language: Language,
  notes: readonly string[],
): Inputs => ({
  pool: { label: poolLabel, fen: planning.amount },
  caps: planning.cases.map((capCase) => ({
    label: CAP_LABELS[capCase.id][language],
    heading: capWords(capCase, language),
    headingOf: (cell) => capFormula(capCase, cell, language),
    fen: capCase.cap,
  })),
  notes,
});

/** The common growth that the form gives; undefined where it gives none. @throws Refusal */
function growthIn(form: Form): CommonGrowth | undefined {
  const [median, spread, within] = [form.growth, form["growth-spread"], form["growth-within"]].map(
    (text) => text?.trim() ?? "",
  );
  if (!median && !spread && !within) return undefined;
  if (spread && within)
    throw refuse("增长的“上下浮动”与“离散度”只能填一个", "give the range or the spread of the growth, not both");
  const number = (words: string | undefined, otherwise: number): number => {
    const value = words ? readInput({ kind: "number", zh: "", en: "" }, words) : undefined;
    return typeof value === "number" ? value : otherwise;
  };
  const growth = { median: number(median, 1), spread: within ? spreadOfRange(within) : number(spread, 0) };
  if (!(growth.median > 0 && growth.median <= 1000))
    throw refuse("整体增长系数应大于 0、不超过 1000", "the common growth must be above 0 and at most 1000");
  if (growth.spread <= LARGEST_SPREAD) return growth;
  throw refuse(
    `增长的离散度应在 0 到 ${LARGEST_SPREAD} 之间`,
    `the spread of the growth must be from 0 to ${LARGEST_SPREAD}`,
  );
}

/** The value of a field, or why it cannot be read. */
export function attempt<T>(read: () => T): { readonly value: T | undefined; readonly refusal: Text | undefined } {
  try {
    return { value: read(), refusal: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { value: undefined, refusal: error.text };
    throw error;
  }
}
