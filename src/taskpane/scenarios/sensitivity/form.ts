/** What was entered into the sensitivity part, and the question it asks. */
import {
  hasLever,
  LEVER_RANGES,
  LEVERS,
  evenValues,
  leverBar,
  latestAt,
  planOf,
  refuse,
  usualEnds,
  usualTornado,
  type BreakEvenLever,
  type Claim,
  type Entry,
  type Lever,
  type LeverAxis,
  type LeverValue,
  type Plan,
} from "../../../rules";
import { readLever, typedLever } from "../../../tables";
import { inYuan, readMoney, typedMoney } from "../../parts/amount";
import type { Typed } from "../../trial/row";
import type { Question } from "./question";

export const ANALYSES = ["one", "two", "tornado", "break-even"] as const;
export type Analysis = (typeof ANALYSES)[number];

const isLever = (text: string | undefined): text is Lever => LEVERS.includes(text as Lever);

export const plansOf = (entries: readonly Entry[], claim: Claim): Plan[] =>
  entries.map((entry) => planOf(latestAt(entry, claim), claim));

/** The levers that these instruments have. */
export const leversOf = (plans: readonly Plan[]): Lever[] => LEVERS.filter((lever) => hasLever(plans, lever));

export type AxisName = "rows" | "columns";

/** What stands in the fields of one axis; what nobody typed is where one looks first. */
export interface AxisFields {
  readonly lever: Lever;
  readonly from: string;
  readonly to: string;
  readonly count: string;
}

const USUAL_COUNT = { one: "9", two: "5" };

export function axisFields(typed: Typed, name: AxisName, analysis: "one" | "two", plans: readonly Plan[]): AxisFields {
  const levers = leversOf(plans);
  const chosen = typed[`${analysis}-${name}-lever`];
  const lever = isLever(chosen) && levers.includes(chosen) ? chosen : levers[name === "rows" ? 0 : 1]!;
  const { from, to } = endFields(typed, lever, plans);
  return { lever, from, to, count: typed[`${analysis}-${name}-count`] ?? USUAL_COUNT[analysis] };
}

/** The ends of a lever, the same in every analysis. */
export function endFields(typed: Typed, lever: Lever, plans: readonly Plan[]): { from: string; to: string } {
  const { from, to } = usualEnds(plans, lever);
  return {
    from: typed[`${lever}-from`] ?? typedEnd(lever, from),
    to: typed[`${lever}-to`] ?? typedEnd(lever, to),
  };
}

/** A cap in fen is typed with its unit. */
const typedEnd = (lever: Lever, value: LeverValue): string =>
  lever === "cap" ? typedMoney(Number(value)) : typedLever(lever, value);

const readEnd = (lever: Lever, text: string): LeverValue => readLever(lever, lever === "cap" ? inYuan(text) : text);

/** Levers that a tornado moves between two ends; new firms are no uncertainty of the rules. */
export const tornadoLevers = (plans: readonly Plan[]): Lever[] =>
  leversOf(plans).filter((lever) => lever !== "newFirms");

export const breakEvenLevers = (plans: readonly Plan[]): BreakEvenLever[] =>
  (["cap", "rate"] as const).filter((lever) => hasLever(plans, lever));

/** @throws Refusal for a field that cannot be read */
export function questionIn(analysis: Analysis, typed: Typed, plans: readonly Plan[]): Question {
  if (!leversOf(plans).length) throw refuse("请先选好基准数据", "choose the base first");
  switch (analysis) {
    case "one":
      return { kind: "table", rows: axisIn(axisFields(typed, "rows", "one", plans)) };
    case "two": {
      const [rows, columns] = (["rows", "columns"] as const).map((name) => axisFields(typed, name, "two", plans));
      return { kind: "table", rows: axisIn(rows!), columns: axisIn(columns!) };
    }
    case "tornado": {
      const ends = tornadoLevers(plans).map((lever) => {
        const { from, to } = endFields(typed, lever, plans);
        return leverBar(lever, readEnd(lever, from), readEnd(lever, to));
      });
      const names = new Set(LEVERS.map((lever) => LEVER_RANGES[lever].name));
      return { kind: "tornado", levers: [...ends, ...usualTornado(plans).filter(({ label }) => !names.has(label))] };
    }
    case "break-even": {
      const wanted = readMoney(typed.wanted ?? "");
      if (wanted === undefined) throw refuse("请填写合计", "enter the total");
      return { kind: "break-even", lever: breakEvenLever(typed, plans), wanted };
    }
  }
}

export function breakEvenLever(typed: Typed, plans: readonly Plan[]): BreakEvenLever {
  const levers = breakEvenLevers(plans);
  return levers.find((lever) => lever === typed["break-even-lever"]) ?? levers[0] ?? "cap";
}

function axisIn({ lever, from, to, count }: AxisFields): LeverAxis {
  const number = /^\s*\d+\s*$/.test(count) ? Number(count) : NaN;
  return { lever, values: evenValues(lever, readEnd(lever, from), readEnd(lever, to), number) };
}
