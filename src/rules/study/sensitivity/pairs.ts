/** Pairs of two levers that cost a stated sum: for each value of the one the largest value of the other that keeps to it. */
import { Exact } from "../../number/money";
import { refuse, Refusal } from "../../refusal";
import type { Text } from "../../law/policy";
import { totalsOf } from "../scenario/run-scenarios";
import type { ScenarioBase } from "../scenario/scenario";
import { checkWanted, RisingTotal, type BreakEvenLever, type LeverTotal, type Measure } from "./break-even";
import { changesAt, leverRange, sameLever, type LeverValue } from "./levers";
import type { LeverAxis } from "./tables";

export interface PairsQuestion {
  readonly along: LeverAxis;
  readonly solved: BreakEvenLever;
  /** Whole fen. */
  readonly wanted: number;
  readonly measure: Measure;
}

export type PairFound =
  /** The largest value within the sum, and a round one below it, as a decision names one; both with what they cost. */
  | { readonly kind: "found"; readonly exact: LeverTotal; readonly round: LeverTotal }
  /** No value of the other lever reaches the sum: the most there is. */
  | { readonly kind: "above"; readonly most: number }
  /** Even without the other lever the sum is exceeded: what is then paid. */
  | { readonly kind: "below"; readonly least: number }
  | { readonly kind: "refused"; readonly because: Text };

export interface Pair {
  readonly value: LeverValue;
  readonly found: PairFound;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** What the rows cost as they are, in the same measure. */
  readonly before: number;
}

/**
 * The curve of pairs, one per value of `along`. Yields the part that is done.
 * @throws Refusal where one lever moves the other, for a sum that is none, and where the base cannot be computed
 */
export function* leverPairs(
  base: ScenarioBase,
  { along, solved, wanted, measure }: PairsQuestion,
): Generator<number, Pairs, void> {
  if (sameLever(along.lever, solved)) throw refuse("两个变量应不同", "the two levers must differ");
  checkWanted(wanted);
  const resultOf = totalsOf(base);
  const asIs = resultOf({});
  if (asIs.refusal) throw refuse(asIs.refusal.zh, asIs.refusal.en);
  const { step, most } = leverRange(solved);
  // Of a cap what a row has of the sum on average, of a rate the middle.
  const first = Math.floor(Math.min(new Exact(most).div(step).toNumber() / 2, wanted / Math.max(1, base.length)));
  const pairs: Pair[] = [];
  for (const value of along.values) {
    yield pairs.length / along.values.length;
    const given = changesAt(along.lever, value);
    const last = pairs.at(-1)?.found;
    const near = last?.kind === "found" ? last.exact.value : undefined;
    pairs.push({
      value,
      found: pairAt(() => new RisingTotal(base, solved, resultOf, { given, measure }), wanted, near, first),
    });
  }
  const refused = pairs.flatMap(({ found }) => (found.kind === "refused" ? [found.because] : []));
  if (refused.length === pairs.length && refused[0]) throw refuse(refused[0].zh, refused[0].en);
  return { pairs, before: asIs[measure] };
}

/**
 * @param near a value of the lever near which the answer may lie: that of the pair before
 * @param first steps from which it is looked for where there is none; far too many would leave the fast range of the columns
 */
function pairAt(begin: () => RisingTotal, wanted: number, near: LeverValue | undefined, first: number): PairFound {
  try {
    const rising = begin();
    const { total, highest } = rising;
    if (total(0) > wanted) return { kind: "below", least: total(0) };
    const steps = rising.lastWithin(wanted, near === undefined ? first : stepsOf(rising, new Exact(near)));
    if (steps === highest) return { kind: "above", most: total(highest) };
    const round = roundSteps(rising, steps);
    // Rows of one firm, each rounded, can cost a fen more at a little less: then no round value is proposed.
    return { kind: "found", exact: rising.at(steps), round: rising.at(total(round) <= wanted ? round : steps) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", because: error.text };
    throw error;
  }
}

/** Digits of a figure that a decision names: 1,700万, 27%. */
const DIGITS = 2;

/** The largest count of steps whose value has few digits. */
const roundSteps = (rising: RisingTotal, steps: number): number =>
  stepsOf(rising, new Exact(rising.valueOf(steps)).toSignificantDigits(DIGITS, Exact.ROUND_DOWN));

const stepsOf = ({ lever }: RisingTotal, value: Exact): number => value.div(leverRange(lever).step).toNumber();

type PairWithin = Pair & { readonly found: Extract<PairFound, { kind: "found" }> };

/** The pair whose round value leaves least of the sum: the one to propose. */
export const bestRound = (pairs: readonly Pair[]): PairWithin | undefined =>
  pairs.reduce<PairWithin | undefined>((best, { value, found }) => {
    if (found.kind !== "found" || (best && best.found.round.total >= found.round.total)) return best;
    return { value, found };
  }, undefined);
