/** What a sensitivity analysis moves: one field of a scenario, its range and its finest step. */
import { refuse } from "../../refusal";
import { Exact, MAX_FEN } from "../../number/money";
import type { Plan } from "../../plan/plan";
import { figuresOf, limitsOf } from "../../plan/walk";
import type { Text } from "../../law/policy";
import type { Changes } from "../scenario/scenario";
import { tiersOf, tierWords } from "../scenario/tiers";

export const LEVERS = ["rate", "cap", "domesticShare", "growth", "newFirms"] as const;
type PlainLever = (typeof LEVERS)[number];
/** One tier of the rate or of the cap, by what the document sets: "rate 0.3", "cap 800000000" (fen). */
export type TierLever = `${"rate" | "cap"} ${string}`;
export type Lever = PlainLever | TierLever;

/** What a lever moves, whichever tier. */
export const kindOfLever = (lever: Lever): PlainLever => lever.split(" ")[0] as PlainLever;
/** The figure of the document that the lever moves; undefined for a lever over all tiers. */
export const tierOfLever = (lever: Lever): string | undefined => lever.split(" ")[1];

/** Whether two levers cannot stand at values of their own together. */
export const sameLever = (a: Lever, b: Lever): boolean =>
  a === b || (kindOfLever(a) === kindOfLever(b) && [a, b].some((lever) => tierOfLever(lever) === undefined));

/** A plain decimal, as a scenario holds it: rates, shares and growth as fractions ("0.3"), a cap in fen, firms in number. */
export type LeverValue = string;

interface Range {
  readonly name: Text;
  readonly least: string;
  readonly most: string;
  /** Values are multiples of this: a fen, a firm, or 0.0001 %, which is finer than any rate of the documents. */
  readonly step: string;
}

const STEP_OF_RATES = "0.000001";

const RANGES: Readonly<Record<PlainLever, Range>> = {
  rate: { name: { zh: "比例", en: "rate" }, least: "0", most: "1", step: STEP_OF_RATES },
  cap: { name: { zh: "上限", en: "cap" }, least: "0", most: String(MAX_FEN), step: "1" },
  domesticShare: { name: { zh: "国产算力占比", en: "domestic share" }, least: "0", most: "1", step: STEP_OF_RATES },
  growth: { name: { zh: "金额增长", en: "growth of amounts" }, least: "-1", most: "100", step: STEP_OF_RATES },
  newFirms: { name: { zh: "新增企业数", en: "new firms" }, least: "0", most: "100000", step: "1" },
};

/** Of a tier, its name says which: 30%档比例. */
export function leverRange(lever: Lever): Range {
  const kind = kindOfLever(lever);
  const tier = tierOfLever(lever);
  const range = RANGES[kind];
  if (tier === undefined) return range;
  const { zh, en } = tierWords(kind as "rate" | "cap", new Exact(tier));
  return {
    ...range,
    name: { zh: `${zh.replace(" ", "")}档${range.name.zh}`, en: `${range.name.en} of the ${en} tier` },
  };
}

/** What a scenario changes when the lever stands at a value. */
export function changesAt(lever: Lever, value: LeverValue): Changes {
  const kind = kindOfLever(lever);
  const tier = tierOfLever(lever);
  if (tier !== undefined) return { [`${kind}s`]: { [tier]: value } };
  return kind === "cap" || kind === "newFirms" ? { [kind]: Number(value) } : { [kind]: value };
}

/** Two sets of changes in one. @throws Refusal where both change the same thing */
export function changesTogether(a: Changes, b: Changes): Changes {
  const both = { ...a, ...b };
  for (const name of ["rates", "caps", "readings"] as const)
    if (a[name] && b[name]) Object.assign(both, { [name]: { ...a[name], ...b[name] } });
  return both;
}

/** A value in words: 35%, 800 万元, 3. */
export function leverWords(lever: Lever, value: LeverValue): Text {
  const kind = kindOfLever(lever);
  if (kind === "newFirms") return { zh: value, en: value };
  return tierWords(kind === "cap" ? "cap" : "rate", new Exact(value));
}

/** @throws Refusal for a value outside the range of the lever */
export function inRange(lever: Lever, value: Exact): Exact {
  const { name, least, most } = leverRange(lever);
  if (value.gte(least) && value.lte(most)) return value;
  const [low, high] = [leverWords(lever, least), leverWords(lever, most)];
  throw refuse(`${name.zh}应在${low.zh}至${high.zh}之间`, `${name.en} must lie between ${low.en} and ${high.en}`);
}

/** More would be a table nobody reads. */
const MOST_VALUES = 200;

/**
 * Evenly spaced values, both ends included, each half-up to the lever's step; equal ones once.
 * @throws Refusal for an end outside the lever's range, and for less than two or more than MOST_VALUES values
 */
export function evenValues(lever: Lever, from: LeverValue, to: LeverValue, count: number): LeverValue[] {
  if (!Number.isInteger(count) || count < 2 || count > MOST_VALUES) {
    throw refuse(`取值个数应为2至${MOST_VALUES}的整数`, `the number of values must be whole, from 2 to ${MOST_VALUES}`);
  }
  const { step } = leverRange(lever);
  const ends = [from, to].map((end) => inRange(lever, new Exact(end)));
  const [first, last] = ends as [Exact, Exact];
  const values = Array.from({ length: count }, (_, i) => {
    const value = first.plus(
      last
        .minus(first)
        .times(i)
        .div(count - 1),
    );
    return value.div(step).toDecimalPlaces(0).times(step).toString();
  });
  return [...new Set(values)];
}

/** Places of a slider: about so many, at round values. */
const PLACES = 100;

/** The places between two ends, at multiples of a round step of the lever. @throws Refusal for an end outside its range, and equal ends */
export function evenSteps(
  lever: Lever,
  from: LeverValue,
  to: LeverValue,
): { first: number; last: number; valueAt: (place: number) => LeverValue } {
  const { step: least } = leverRange(lever);
  const ends = [from, to].map((end) => inRange(lever, new Exact(end)));
  const [low, high] = [Exact.min(...ends), Exact.max(...ends)];
  const wanted = high.minus(low).div(PLACES);
  if (wanted.isZero()) throw refuse("两端应不同", "the two ends must differ");
  const magnitude = new Exact(10).pow(wanted.e);
  const round = [5, 2, 1].map((digit) => magnitude.times(digit)).find((one) => one.lte(wanted))!;
  const step = Exact.max(round, least);
  return {
    first: low.div(step).ceil().toNumber(),
    last: high.div(step).floor().toNumber(),
    valueAt: (place) => step.times(place).toString(),
  };
}

/** Whether any of the plans has a figure that the lever moves, also one that the document leaves open. */
export function hasLever(plans: readonly Plan[], lever: Lever): boolean {
  const tier = tierOfLever(lever);
  if (tier !== undefined) return tiersOf(plans, kindOfLever(lever) as "rate" | "cap").includes(tier);
  if (lever === "domesticShare") return plans.some(({ inputs }) => "domestic" in inputs);
  if (lever !== "rate" && lever !== "cap") return plans.length > 0;
  return plans.some((plan) => figuresOf(limitsOf(plan)).some((figure) => figure.lever === `whatif_${lever}`));
}

/** The levers that the plans have: of a rate or a cap with several tiers each tier, too. */
export const leversOf = (plans: readonly Plan[]): Lever[] =>
  LEVERS.filter((lever) => hasLever(plans, lever)).flatMap((lever): Lever[] => {
    const tiers = lever === "rate" || lever === "cap" ? tiersOf(plans, lever) : [];
    return tiers.length > 1 ? [lever, ...tiers.map((tier): Lever => `${lever as "rate" | "cap"} ${tier}`)] : [lever];
  });

/** Every figure of a lever one per cent higher and lower, each half-up to its step; undefined where it has no present value. */
export function onePercent(plans: readonly Plan[], lever: Lever): { more?: Changes; less: Changes } | undefined {
  const kind = kindOfLever(lever);
  if (kind === "growth") return { more: { growth: PERCENT }, less: { growth: `-${PERCENT}` } };
  if (kind !== "rate" && kind !== "cap") return undefined;
  const tier = tierOfLever(lever);
  const tiers = tier === undefined ? tiersOf(plans, kind) : [tier];
  if (!tiers.length) return undefined;
  const scaled = (factor: Exact): Changes => ({
    [`${kind}s`]: Object.fromEntries(
      tiers.map((one) => [
        one,
        new Exact(one).times(factor).div(RANGES[kind].step).toDecimalPlaces(0).times(RANGES[kind].step).toString(),
      ]),
    ),
  });
  const [more, less] = [new Exact(1).plus(PERCENT), new Exact(1).minus(PERCENT)];
  const fits = tiers.every((one) => more.times(one).lte(RANGES[kind].most));
  return { ...(fits && { more: scaled(more) }), less: scaled(less) };
}

const PERCENT = "0.01";

/**
 * Where to look first: from the lowest to the highest figure of the documents; around a single one, and where they name
 * none, a span that is given here in factors and fractions, not in their numbers.
 */
export function usualEnds(plans: readonly Plan[], lever: Lever): { from: LeverValue; to: LeverValue } {
  const kind = kindOfLever(lever);
  switch (kind) {
    case "rate":
    case "cap": {
      const tier = tierOfLever(lever);
      if (tier !== undefined) return around(kind, tier);
      const figures = tiersOf(plans, kind);
      const [low, high] = [figures[0], figures.at(-1)];
      if (low === undefined || high === undefined) return { from: "0", to: kind === "rate" ? "1" : ONE_MILLION };
      return low === high ? around(kind, low) : { from: low, to: high };
    }
    case "domesticShare":
      return { from: "0", to: "1" };
    case "growth":
      return { from: "-0.2", to: "0.2" };
    case "newFirms":
      return { from: "0", to: "20" };
  }
}

const ONE_MILLION = "100000000";

function around(lever: "rate" | "cap", figure: LeverValue): { from: LeverValue; to: LeverValue } {
  const value = new Exact(figure);
  return {
    from: value.times("0.5").toString(),
    to: Exact.min(value.times("1.5"), RANGES[lever].most).toString(),
  };
}
