/** What a sensitivity analysis moves: one field of a scenario, its range and its finest step. */
import { refuse } from "../../refusal";
import { Exact, formatChinese, formatYuan, MAX_FEN } from "../../number/money";
import { compare, ratio, toDecimal } from "../../number/ratio";
import type { Plan } from "../../plan/plan";
import { figuresOf, limitsOf } from "../../plan/walk";
import type { Text } from "../../law/policy";
import type { Scenario } from "../scenario/scenario";

export const LEVERS = ["rate", "cap", "domesticShare", "growth", "newFirms"] as const;
export type Lever = (typeof LEVERS)[number];

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

export const LEVER_RANGES: Readonly<Record<Lever, Range>> = {
  rate: { name: { zh: "比例", en: "rate" }, least: "0", most: "1", step: STEP_OF_RATES },
  cap: { name: { zh: "上限", en: "cap" }, least: "0", most: String(MAX_FEN), step: "1" },
  domesticShare: { name: { zh: "国产算力占比", en: "domestic share" }, least: "0", most: "1", step: STEP_OF_RATES },
  growth: { name: { zh: "金额增长", en: "growth of amounts" }, least: "-1", most: "100", step: STEP_OF_RATES },
  newFirms: { name: { zh: "新增企业数", en: "new firms" }, least: "0", most: "100000", step: "1" },
};

/** What a scenario changes when the lever stands at a value. */
export function changesAt(lever: Lever, value: LeverValue): Omit<Scenario, "name"> {
  return lever === "cap" || lever === "newFirms" ? { [lever]: Number(value) } : { [lever]: value };
}

/** A value in words: 35%, 800 万元, 3. */
export function leverWords(lever: Lever, value: LeverValue): Text {
  if (lever === "newFirms") return { zh: value, en: value };
  if (lever === "cap") return { zh: formatChinese(Number(value)), en: `${formatYuan(Number(value))} yuan` };
  const percent = `${new Exact(value).times(100).toString()}%`;
  return { zh: percent, en: percent };
}

/** @throws Refusal for a value outside the range of the lever */
export function inRange(lever: Lever, value: Exact): Exact {
  const { name, least, most } = LEVER_RANGES[lever];
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
  const { step } = LEVER_RANGES[lever];
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

const MOST_DECIMALS = 20;

/** The figures that a what-if rate or cap replaces, rising, each once; a cap in fen. */
function leverFigures(plans: readonly Plan[], lever: "rate" | "cap"): LeverValue[] {
  const numbers = plans
    .flatMap((plan) => figuresOf(limitsOf(plan)))
    .filter((figure) => figure.lever === `whatif_${lever}`)
    .flatMap(({ cases }) =>
      cases.flatMap(({ value }) => {
        if (value.kind === "number") return [value.number];
        return value.kind === "given" && value.ceiling ? [value.ceiling] : [];
      }),
    );
  // A third is no decimal, and so no value of a lever.
  const decimals = numbers.filter((number) => compare(ratio(toDecimal(number, MOST_DECIMALS)), number) === 0);
  const rising = decimals.sort(compare).map((number) => toDecimal(number, MOST_DECIMALS).toString());
  return [...new Set(rising)];
}

/** Whether any of the plans has a figure that the lever moves, also one that the document leaves open. */
export function hasLever(plans: readonly Plan[], lever: Lever): boolean {
  if (lever === "domesticShare") return plans.some(({ inputs }) => "domestic" in inputs);
  if (lever !== "rate" && lever !== "cap") return plans.length > 0;
  return plans.some((plan) => figuresOf(limitsOf(plan)).some((figure) => figure.lever === `whatif_${lever}`));
}

/**
 * Where to look first: from the lowest to the highest figure of the documents; around a single one, and where they name
 * none, a span that is given here in factors and fractions, not in their numbers.
 */
export function usualEnds(plans: readonly Plan[], lever: Lever): { from: LeverValue; to: LeverValue } {
  switch (lever) {
    case "rate":
    case "cap": {
      const figures = leverFigures(plans, lever);
      const [low, high] = [figures[0], figures.at(-1)];
      if (low === undefined || high === undefined) return { from: "0", to: lever === "rate" ? "1" : ONE_MILLION };
      return low === high ? around(lever, low) : { from: low, to: high };
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
    to: Exact.min(value.times("1.5"), LEVER_RANGES[lever].most).toString(),
  };
}
