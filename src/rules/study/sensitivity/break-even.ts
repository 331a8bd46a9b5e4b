/**
 * Which cap or rate gives a total. Found on the kinks of the limits (curve.ts); what is answered is what the scenario runner
 * computes there and one step further, so that the answer is exact to the fen whatever the rounding of the rows.
 */
import { refuse } from "../../refusal";
import type { Block } from "../../columns";
import { Exact } from "../../number/money";
import { addsTo } from "../../award/overlap";
import { withTotals } from "../../columns/totals";
import type { Plan } from "../../plan/plan";
import { Ledger } from "../../columns/ledger";
import { anyRowTests, figuresOf, limitsOf } from "../../plan/walk";
import { largestStep } from "../../pool/sizing";
import type { ScenarioResult } from "../scenario/result";
import { replanned } from "../scenario/plans";
import { scenarioRows } from "../scenario/rows";
import { totalsOf } from "../scenario/run-scenarios";
import type { Changes, ScenarioBase } from "../scenario/scenario";
import { boundsRows } from "../scenario/tiers";
import { TotalCurve, type MovingBlock, type Segment } from "./curve";
import {
  changesAt,
  changesTogether,
  hasLever,
  kindOfLever,
  leverRange,
  tierOfLever,
  type LeverValue,
  type TierLever,
} from "./levers";

export type BreakEvenLever = "rate" | "cap" | TierLever;

/** What is to reach the sum: what the rows are awarded, or what their pools pay of it. */
export type Measure = "total" | "paid";

export interface BreakEvenOptions {
  /** What else is changed. */
  readonly given?: Changes;
  readonly measure?: Measure;
}

/** A value of the lever and the total there, in fen. */
export interface LeverTotal {
  readonly value: LeverValue;
  readonly total: number;
}

/** How the total grows between the two nearest kinks. */
export interface TotalGrowth {
  readonly from: LeverValue;
  readonly to: LeverValue;
  /** Fen per step of the lever (a fen of cap; 0.0001 % of rate) as a decimal, before rows are rounded. */
  readonly perStep: string;
}

export type BreakEven =
  | {
      readonly kind: "found";
      /** The largest value whose total does not exceed the one asked for, while one step further does. */
      readonly answer: LeverTotal;
      /** The smallest value with that same total, and none other between. */
      readonly from: LeverValue;
      /** One step further; none at the end of the lever's range. */
      readonly next?: LeverTotal;
      /** Not there where a limit of one row depends on what other rows of the firm are. */
      readonly growth?: TotalGrowth;
    }
  /** The end of the range does not reach the total: what it gives, and the smallest value that gives it. */
  | { readonly kind: "above"; readonly most: LeverTotal }
  /** Every value exceeds the total: what is paid where the lever is nothing. */
  | { readonly kind: "below"; readonly least: LeverTotal };

/**
 * @param wanted whole fen
 * @throws Refusal where no row has the lever, or where more of it can mean a smaller total
 */
export function breakEven(
  base: ScenarioBase,
  lever: BreakEvenLever,
  wanted: number,
  options: BreakEvenOptions = {},
): BreakEven {
  const rising = new RisingTotal(base, lever, totalsOf(base), options);
  const { total, highest, valueOf } = rising;
  const at = (steps: number): LeverTotal => rising.at(steps);
  checkWanted(wanted);
  if (wanted < total(0)) return { kind: "below", least: at(0) };
  const { moving, curve } = rising.lines();
  const last = (fen: number): number => rising.lastWithin(fen, Number(curve.solve(fen).step));
  /**
   * The first of the steps up to this one that give the same total. Where a firm's rows share a limit, the rounding of each
   * row can make the total fall by a fen as the lever rises; then the first of the unbroken run, found by halves.
   */
  const first = (steps: number): number => {
    const same = total(steps);
    if (total(0) === same) return 0;
    if (total(steps - 1) < same) return steps;
    const risen = total(0) < same ? last(same - 1) + 1 : 0;
    if (risen <= steps && total(risen) === same) return risen;
    let [other, found] = [risen < steps ? risen : 0, steps];
    while (found - other > 1) {
      const middle = Math.floor((other + found) / 2);
      if (total(middle) === same) found = middle;
      else other = middle;
    }
    return found;
  };
  if (wanted > total(highest)) return { kind: "above", most: at(first(highest)) };
  const steps = last(wanted);
  const answer = at(steps);
  return {
    kind: "found",
    answer,
    from: valueOf(first(steps)),
    ...(steps < highest && { next: at(steps + 1) }),
    ...(measureOf(options) === "total" &&
      !moving.some(({ moved }) => looksAtOtherRows(moved)) && {
        growth: growthOf(curve, curve.at(BigInt(steps)), valueOf),
      }),
  };
}

const measureOf = ({ measure = "total" }: BreakEvenOptions): Measure => measure;

/** @throws Refusal */
export function checkWanted(wanted: number): void {
  if (Number.isSafeInteger(wanted) && wanted >= 0) return;
  throw refuse("合计应为不小于零的金额，精确到分", "the total must be an amount of zero or more, to the fen");
}

/** The total by the steps of a lever over which it cannot fall. @throws Refusal where it can, or no row has the lever */
export class RisingTotal {
  readonly highest: number;
  /** The runner's total at so many steps, each computed once. @throws Refusal of the runner, and beyond the exact range */
  readonly total: (steps: number) => number;
  private readonly step: string;

  constructor(
    private readonly base: ScenarioBase,
    readonly lever: BreakEvenLever,
    resultOf: (changes: Changes) => ScenarioResult,
    private readonly options: BreakEvenOptions = {},
  ) {
    const { given = {}, measure = "total" } = options;
    const { step, most } = leverRange(lever);
    this.step = step;
    this.highest = new Exact(most).div(step).toNumber();
    checkRising(scenarioRows(replanned(base.blocks, given), given, base.length), lever);
    this.total = totals((steps) => resultOf(changesTogether(given, changesAt(lever, this.valueOf(steps)))), measure);
  }

  /** The lines of the total, exact but for the rounding of rows; over many rows they take far longer than a total. */
  lines(): { readonly moving: readonly MovingBlock[]; readonly curve: TotalCurve } {
    const moving = movingBlocks(this.base, this.lever, this.step, this.options.given ?? {});
    return { moving, curve: new TotalCurve(moving, BigInt(this.highest)) };
  }

  readonly valueOf = (steps: number): LeverValue => new Exact(this.step).times(steps).toString();

  readonly at = (steps: number): LeverTotal => ({ value: this.valueOf(steps), total: this.total(steps) });

  /** The largest count of steps whose total does not exceed the amount, which the total at no step must not. @param guess any */
  lastWithin(fen: number, guess: number): number {
    return largestStep(this.total, fen, guess, this.highest);
  }
}

function totals(resultAt: (steps: number) => ScenarioResult, measure: Measure) {
  const known = new Map<number, ScenarioResult>();
  const run = (steps: number): ScenarioResult => {
    const result = resultAt(steps);
    if (result.refusal) throw refuse(result.refusal.zh, result.refusal.en);
    known.set(steps, result);
    return result;
  };
  return (steps: number): number => {
    const result = known.get(steps) ?? run(steps);
    // A row too large to be exact pays nothing, so that the total would fall.
    const least = known.get(0) ?? run(0);
    if (Number.isSafeInteger(result.total) && result.unknown === least.unknown) return result[measure];
    throw refuse("金额超出可精确计算的范围", "the amounts exceed what can be computed exactly");
  };
}

function growthOf(
  curve: TotalCurve,
  { from, to, slope }: Segment,
  valueOf: (steps: number) => LeverValue,
): TotalGrowth {
  const perStep = new Exact(slope.toString()).div(curve.unit.toString());
  return { from: valueOf(Number(from)), to: valueOf(Number(to)), perStep: perStep.toDecimalPlaces(9).toString() };
}

function movingBlocks(base: ScenarioBase, lever: BreakEvenLever, step: string, given: Changes): MovingBlock[] {
  const [still, moved] = ["0", step].map((value) => {
    const changes = changesTogether(given, changesAt(lever, value));
    return scenarioRows(replanned(base.blocks, changes), changes, base.length).blocks;
  });
  return withTotals(still!).map((block, b) => ({ block, still: block.plan, moved: moved![b]!.plan }));
}

const looksAtOtherRows = (plan: Plan): boolean => anyRowTests(plan).length > 0;

/** @throws Refusal unless more of the lever can only mean a larger total */
function checkRising({ blocks }: Pick<ScenarioBase, "blocks">, lever: BreakEvenLever): void {
  const plans = blocks.map(({ plan }) => plan);
  const { zh, en } = leverRange(lever).name;
  const tier = tierOfLever(lever);
  if (tier !== undefined && boundsRows(blocks, kindOfLever(lever) as "rate" | "cap", tier))
    throw refuse(
      `有的行自填了数字，${zh}是其最高限：调低后超出的行算不出，不能求解`,
      `the ${en} is a ceiling on what some rows give themselves: rows above a lower one have no amount`,
    );
  if (!hasLever(plans, lever)) {
    if (plans.some(({ grades }) => grades.length)) {
      throw refuse("这些政策工具给出的是等级而不是金额", "these instruments give grades, no money");
    }
    throw refuse(`这些政策工具没有可变的${zh}`, `these instruments have no ${en} to change`);
  }
  if (repeatsObjects(blocks)) {
    throw refuse(
      `同一对象有几行、只付最高的一项时，提高${zh}可能换成另一项，合计未必随之增加；请先去掉重复的行`,
      `where several rows concern one object and only the highest is paid, a higher ${en} may change which, and the total need not rise; leave out the repeated rows first`,
    );
  }
  const asking = plans.find((plan) => plan.awarded.length);
  if (asking) {
    const { name } = asking.entry.instrument;
    throw refuse(
      `“${name.zh}”按其他工具的补助额计算，提高${zh}时合计未必增加`,
      `${name.en} is paid on what others are awarded: the total need not rise with the ${en}`,
    );
  }
  const once = withFurtherAward(blocks);
  if (once) {
    const { name } = once.plan.entry.instrument;
    throw refuse(
      `“${name.zh}”再次获得时只补差额或不再支付，提高${zh}时合计未必增加`,
      `${name.en} pays a further award only by its difference, or not at all: the total need not rise with the ${en}`,
    );
  }
  const least = plans.find(({ rounding, shares }) => rounding.minimum && shares);
  if (least) {
    const { name } = least.entry.instrument;
    throw refuse(
      `“${name.zh}”有起付金额，又有共用的限额：前面的行占用多了，后面的行会低于起付金额，提高${zh}时合计未必增加`,
      `${name.en} has a least award and a limit that rows share: more for one row can leave less than that to another, and the total need not rise with the ${en}`,
    );
  }
  const other = plans.find((plan) => drawsMoreThanItPays(plan) && !(lever === "cap" && movesEveryShared(plan)));
  if (!other) return;
  const { name } = other.entry.instrument;
  throw refuse(
    `“${name.zh}”占用企业共用额度的金额可以多于实付，提高${zh}时合计未必增加`,
    `${name.en} can draw more on the limit that the firm's rows share than it pays: the total need not rise with the ${en}`,
  );
}

/** The first block with a further award: another row of its kind has the same owner. */
function withFurtherAward(blocks: readonly Block[]): Block | undefined {
  const ledger = new Ledger(blocks);
  const seen = new Set<string>();
  return blocks.find((block) => {
    const { again } = block.plan;
    if (!again) return false;
    return ledger.of(block, again).owners.some((owner) => {
      if (owner < 0) return false;
      const before = seen.size;
      return seen.add(`${again.key} ${owner}`).size === before;
    });
  });
}

function repeatsObjects(blocks: readonly Block[]): boolean {
  const seen = new Map<number, Plan[]>();
  return blocks.some(({ plan, objects }) =>
    objects?.some((object) => {
      if (object < 0) return false;
      const others = seen.get(object) ?? [];
      seen.set(object, [...others, plan]);
      return others.some((other) => !addsTo(other, plan));
    }),
  );
}

/** Where something is taken off, or another limit applies, after a row has drawn on a shared limit. */
const drawsMoreThanItPays = ({ parts, limits, minus, times }: Plan): boolean => {
  const shares = parts.flatMap((part) => part.limits).some(({ allowance }) => allowance);
  const later = limits.some(({ allowance }) => allowance);
  return (shares && limits.length > 0) || ((shares || later) && Boolean(minus ?? times));
};

/** Then no row is left less by those before it. */
const movesEveryShared = (plan: Plan): boolean =>
  !plan.limits.length &&
  limitsOf(plan).every(
    (limit) => !limit.allowance || figuresOf([limit]).some((figure) => figure.lever === "whatif_cap"),
  );
