/** Tables are sets of scenarios: written here, computed by the scenario runner, read back here. */
import { readingsOf } from "../../law/catalogue";
import { refuse } from "../../refusal";
import type { Plan } from "../../plan/plan";
import type { Text } from "../../law/policy";
import type { Scenario } from "../scenario/scenario";
import type { ScenarioResult } from "../scenario/result";
import {
  changesAt,
  hasLever,
  LEVER_RANGES,
  LEVERS,
  leverWords,
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

/**
 * The scenarios of a table: one per value of a single lever; of two levers one per pair, the values of the first lever as
 * rows and those of the second as columns, row by row.
 * @throws Refusal where both are the same lever
 */
export function sensitivityScenarios(rows: LeverAxis, columns?: LeverAxis): Scenario[] {
  if (columns?.lever === rows.lever) {
    throw refuse("两个变量应不同", "the two levers must differ");
  }
  const name = ({ lever }: LeverAxis, value: LeverValue): string =>
    `${LEVER_RANGES[lever].name.zh} ${leverWords(lever, value).zh}`;
  return rows.values.flatMap((value): Scenario[] => {
    const scenario = { name: name(rows, value), ...changesAt(rows.lever, value) };
    if (!columns) return [scenario];
    return columns.values.map((other) => ({
      ...scenario,
      ...changesAt(columns.lever, other),
      name: `${scenario.name}，${name(columns, other)}`,
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
  readonly cases: readonly { readonly label: Text; readonly changes: Omit<Scenario, "name"> }[];
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
}

/** A lever between two values. */
export function leverBar(lever: Lever, from: LeverValue, to: LeverValue): TornadoLever {
  return {
    label: LEVER_RANGES[lever].name,
    cases: [from, to].map((value) => ({ label: leverWords(lever, value), changes: changesAt(lever, value) })),
  };
}

/** Every lever that the plans have, between its usual ends, and every open reading of their text between its options. */
export function usualTornado(plans: readonly Plan[]): TornadoLever[] {
  const levers = LEVERS.filter((lever) => lever !== "newFirms" && hasLever(plans, lever)).map((lever) => {
    const { from, to } = usualEnds(plans, lever);
    return leverBar(lever, from, to);
  });
  const readings = new Map(plans.flatMap(({ entry }) => Object.entries(readingsOf(entry.instrument))));
  return [
    ...levers,
    ...[...readings].map(([name, { register, doubt, options }]) => ({
      label: { zh: `${register} ${doubt.zh}`, en: `${register} ${doubt.en}` },
      cases: Object.entries(options).map(([option, label]) => ({ label, changes: { readings: { [name]: option } } })),
    })),
  ];
}

export const tornadoScenarios = (levers: readonly TornadoLever[]): Scenario[] =>
  levers.flatMap(({ label, cases }) => cases.map((one) => ({ name: `${label.zh}：${one.label.zh}`, ...one.changes })));

/**
 * The bars, widest first. A lever of which a case cannot be computed has no bar; it is listed with the reason.
 * @param results of tornadoScenarios(levers), without the base
 */
export function tornadoOf(
  levers: readonly TornadoLever[],
  results: readonly ScenarioTotal[],
): { bars: TornadoBar[]; refused: { label: Text; because: Text }[] } {
  const bars: TornadoBar[] = [];
  const refused: { label: Text; because: Text }[] = [];
  let at = 0;
  for (const { label, cases } of levers) {
    const totals = results.slice(at, (at += cases.length));
    const because = totals.find(({ refusal }) => refusal)?.refusal;
    if (because) refused.push({ label, because });
    else {
      const ends = cases.map((one, k) => ({ label: one.label, total: totals[k]!.total }));
      const low = ends.reduce((least, end) => (end.total < least.total ? end : least));
      const high = ends.reduce((most, end) => (end.total > most.total ? end : most));
      bars.push({ label, low, high, swing: high.total - low.total });
    }
  }
  return { bars: bars.sort((a, b) => b.swing - a.swing), refused };
}
