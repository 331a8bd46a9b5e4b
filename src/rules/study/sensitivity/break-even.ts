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
import { planOf } from "../../plan/resolve";
import { anyRowTests, figuresOf, limitsOf } from "../../plan/walk";
import { largestStep } from "../../pool/sizing";
import { ratio } from "../../number/ratio";
import type { ScenarioResult } from "../scenario/result";
import { runScenarios } from "../scenario/run-scenarios";
import type { ScenarioBase } from "../scenario/scenario";
import { TotalCurve, type Segment } from "./curve";
import { changesAt, hasLever, LEVER_RANGES, type LeverValue } from "./levers";

export type BreakEvenLever = "rate" | "cap";

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
export function breakEven(base: ScenarioBase, lever: BreakEvenLever, wanted: number): BreakEven {
  if (!Number.isSafeInteger(wanted) || wanted < 0) {
    throw refuse("合计应为不小于零的金额，精确到分", "the total must be an amount of zero or more, to the fen");
  }
  checkRising(base, lever);
  const { step, most } = LEVER_RANGES[lever];
  const highest = new Exact(most).div(step).toNumber();
  const valueOf = (steps: number): LeverValue => new Exact(step).times(steps).toString();
  const total = totals(base, (steps) => changesAt(lever, valueOf(steps)));
  const at = (steps: number): LeverTotal => ({ value: valueOf(steps), total: total(steps) });

  if (wanted < total(0)) return { kind: "below", least: at(0) };
  const moving = movingBlocks(base.blocks, lever, step);
  const curve = new TotalCurve(moving, BigInt(highest));
  const last = (fen: number): number => largestStep(total, fen, Number(curve.solve(fen).step), highest);
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
    ...(!moving.some(({ moved }) => looksAtOtherRows(moved)) && {
      growth: growthOf(curve, curve.at(BigInt(steps)), valueOf),
    }),
  };
}

/** The runner's totals by step, each computed once. @throws Refusal of the runner, and beyond the exact range */
function totals(base: ScenarioBase, changes: (steps: number) => ReturnType<typeof changesAt>) {
  const known = new Map<number, ScenarioResult>();
  const run = (steps: number): ScenarioResult => {
    const [, result] = [...runScenarios(base, [{ name: "", ...changes(steps) }])];
    if (result!.refusal) throw refuse(result!.refusal.zh, result!.refusal.en);
    known.set(steps, result!);
    return result!;
  };
  return (steps: number): number => {
    const result = known.get(steps) ?? run(steps);
    // A row too large to be exact pays nothing, so that the total would fall.
    const least = known.get(0) ?? run(0);
    if (Number.isSafeInteger(result.total) && result.unknown === least.unknown) return result.total;
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

const movingBlocks = (blocks: readonly Block[], lever: BreakEvenLever, step: string) =>
  withTotals(blocks).map((block) => {
    const { entry, claim, readings } = block.plan;
    // A cap is given in yuan.
    const one = lever === "cap" ? ratio(step, 100) : ratio(step);
    return {
      block,
      still: planOf(entry, claim, { readings, [lever]: ratio(0) }),
      moved: planOf(entry, claim, { readings, [lever]: one }),
    };
  });

const looksAtOtherRows = (plan: Plan): boolean => anyRowTests(plan).length > 0;

/** @throws Refusal unless more of the lever can only mean a larger total */
function checkRising({ blocks }: ScenarioBase, lever: BreakEvenLever): void {
  const plans = blocks.map(({ plan }) => plan);
  const { zh, en } = LEVER_RANGES[lever].name;
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
