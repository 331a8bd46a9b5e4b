/** Tables are sets of scenarios: written here, computed by the scenario runner, read back here. */
import { readingsOf } from "../../law/catalogue";
import { refuse } from "../../refusal";
import type { Plan } from "../../plan/plan";
import type { Text } from "../../law/policy";
import type { Changes, Scenario } from "../scenario/scenario";
import type { ScenarioResult } from "../scenario/result";
import {
  changesAt,
  changesTogether,
  leverRange,
  leversOf,
  leverWords,
  onePercent,
  sameLever,
  usualEnds,
  type Lever,
  type LeverValue,
} from "./levers";

export interface LeverAxis {
  readonly lever: Lever;
  readonly values: readonly LeverValue[];
}

/** What a table shows of a scenario: the total in fen, or why there is none. */
export type ScenarioTotal = Pick<ScenarioResult, "total" | "refusal">;
type CountedTotal = ScenarioTotal & Pick<ScenarioResult, "unknown">;

/**
 * The scenarios of a table: one per value of a single lever; of two levers one per pair, the values of the first lever as
 * rows and those of the second as columns, row by row.
 * @throws Refusal where both are the same lever
 */
export function sensitivityScenarios(rows: LeverAxis, columns?: LeverAxis): Scenario[] {
  if (columns && sameLever(columns.lever, rows.lever)) {
    throw refuse("两个变量应不同", "the two levers must differ");
  }
  const name = ({ lever }: LeverAxis, value: LeverValue): string =>
    `${leverRange(lever).name.zh} ${leverWords(lever, value).zh}`;
  return rows.values.flatMap((value): Scenario[] => {
    const changes = changesAt(rows.lever, value);
    if (!columns) return [{ name: name(rows, value), ...changes }];
    return columns.values.map((other) => ({
      ...changesTogether(changes, changesAt(columns.lever, other)),
      name: `${name(rows, value)}，${name(columns, other)}`,
    }));
  });
}

/** @param results of the scenarios of the table, without the base; a single lever gives one column */
export const sensitivityTable = (
  results: readonly ScenarioTotal[],
  rows: LeverAxis,
  columns?: LeverAxis,
): ScenarioTotal[][] => {
  const width = columns?.values.length ?? 1;
  return rows.values.map((_, r) => results.slice(r * width, (r + 1) * width));
};

/** One thing that may turn out otherwise, with the cases to compare. */
export interface TornadoLever {
  readonly label: Text;
  readonly cases: readonly { readonly label: Text; readonly changes: Changes }[];
  /** The lever one per cent higher and lower, so that levers of any range can be compared; none where it has no present value. */
  readonly percent?: { readonly more?: Changes; readonly less: Changes } | undefined;
}

export interface TornadoEnd {
  readonly label: Text;
  /** Fen. */
  readonly total: number;
}

export interface TornadoBar {
  readonly label: Text;
  /** The cases with the smallest and the largest total. */
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
  /** Fen. */
  readonly swing: number;
  /** Fen that one per cent more, and one per cent less, adds to the total of the base. */
  readonly percent?: { readonly more?: number; readonly less: number };
}

/** A lever between two values. @param plans of the base rows, for what one per cent of it is */
export function leverBar(lever: Lever, from: LeverValue, to: LeverValue, plans: readonly Plan[] = []): TornadoLever {
  return {
    label: leverRange(lever).name,
    cases: [from, to].map((value) => ({ label: leverWords(lever, value), changes: changesAt(lever, value) })),
    percent: onePercent(plans, lever),
  };
}

/** Every lever that the plans have, between its usual ends, and every open reading of their text between its options. */
export function usualTornado(plans: readonly Plan[]): TornadoLever[] {
  const levers = tornadoLevers(plans).map((lever) => {
    const { from, to } = usualEnds(plans, lever);
    return leverBar(lever, from, to, plans);
  });
  return [...levers, ...readingBars(plans)];
}

/** Levers that are compared between two ends; new firms are no uncertainty of the rules. */
export const tornadoLevers = (plans: readonly Plan[]): Lever[] =>
  leversOf(plans).filter((lever) => lever !== "newFirms");

export function readingBars(plans: readonly Plan[]): TornadoLever[] {
  const readings = new Map(plans.flatMap(({ entry }) => Object.entries(readingsOf(entry.instrument))));
  return [...readings].map(([name, { register, doubt, options }]) => ({
    label: { zh: `${register} ${doubt.zh}`, en: `${register} ${doubt.en}` },
    cases: Object.entries(options).map(([option, label]) => ({ label, changes: { readings: { [name]: option } } })),
  }));
}

export const tornadoScenarios = (levers: readonly TornadoLever[]): Scenario[] =>
  levers.flatMap(({ label, cases, percent }) => [
    ...cases.map((one) => ({ name: `${label.zh}：${one.label.zh}`, ...one.changes })),
    ...(percent?.more ? [{ name: `${label.zh}：+1%`, ...percent.more }] : []),
    ...(percent ? [{ name: `${label.zh}：-1%`, ...percent.less }] : []),
  ]);

const FEWER: Text = {
  zh: "有的行因此算不出（如自填的比例高于所设的最高限），合计不能相比",
  en: "some rows then have no amount (a rate of their own above the ceiling, for example): the totals cannot be compared",
};

/**
 * The bars, widest first. A lever of which a case cannot be computed, or not for all rows, has no bar; it is listed with the reason.
 * @param base the result of the rows as they are
 * @param results of tornadoScenarios(levers), without the base
 */
export function tornadoOf(
  levers: readonly TornadoLever[],
  base: CountedTotal,
  results: readonly CountedTotal[],
): { bars: TornadoBar[]; refused: { label: Text; because: Text }[] } {
  const bars: TornadoBar[] = [];
  const refused: { label: Text; because: Text }[] = [];
  const wrong = ({ refusal, unknown }: CountedTotal): Text | undefined =>
    refusal ?? (unknown > base.unknown ? FEWER : undefined);
  let at = 0;
  for (const { label, cases, percent } of levers) {
    const totals = results.slice(at, (at += cases.length));
    const more = percent?.more && results[at++]!;
    const less = percent && results[at++]!;
    const because = totals.flatMap((total) => wrong(total) ?? [])[0];
    if (because) {
      refused.push({ label, because });
      continue;
    }
    const ends = cases.map((one, k) => ({ label: one.label, total: totals[k]!.total }));
    const low = ends.reduce((least, end) => (end.total < least.total ? end : least));
    const high = ends.reduce((most, end) => (end.total > most.total ? end : most));
    bars.push({
      label,
      low,
      high,
      swing: high.total - low.total,
      ...(less &&
        !wrong(less) && {
          percent: { ...(more && !wrong(more) && { more: more.total - base.total }), less: less.total - base.total },
        }),
    });
  }
  return { bars: bars.sort((a, b) => b.swing - a.swing), refused };
}
