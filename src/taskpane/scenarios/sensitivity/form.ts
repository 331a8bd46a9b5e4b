/** What was entered into the sensitivity part, and the question it asks. */
import {
  evenValues,
  kindOfLever,
  leverBar,
  latestAt,
  leversOf,
  planOf,
  readingBars,
  refuse,
  sameLever,
  tierOfLever,
  tornadoLevers,
  usualEnds,
  type BreakEvenLever,
  type Claim,
  type Entry,
  type Lever,
  type LeverAxis,
  type LeverValue,
  type Measure,
  type Plan,
} from "../../../rules";
import { readLever, typedLever } from "../../../tables";
import { inYuan, readMoney, typedMoney } from "../../parts/amount";
import type { Typed } from "../../trial/row";
import type { Question } from "./question";

/** Where the form is kept among the texts of the pane: the slider's beside it, as the ends of a lever are the same. */
export const ID = "sensitivity";

export const ANALYSES = ["tornado", "pairs", "break-even", "one", "two"] as const;
export type Analysis = (typeof ANALYSES)[number];

export const plansOf = (entries: readonly Entry[], claim: Claim): Plan[] =>
  entries.map((entry) => planOf(latestAt(entry, claim), claim));

export type AxisName = "rows" | "columns";

/** What stands in the fields of one axis; what nobody typed is where one looks first. */
export interface AxisFields {
  readonly lever: Lever;
  readonly from: string;
  readonly to: string;
  readonly count: string;
}

const USUAL_COUNT = { one: "9", two: "5", pairs: "9" };

export function axisFields(
  typed: Typed,
  name: AxisName,
  analysis: "one" | "two" | "pairs",
  plans: readonly Plan[],
): AxisFields {
  const levers = leversOf(plans);
  const chosen = typed[`${analysis}-${name}-lever`];
  const first = levers.filter((lever) => tierOfLever(lever) === undefined);
  const lever = levers.find((one) => one === chosen) ?? first[name === "rows" ? 0 : 1] ?? levers[0]!;
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
  kindOfLever(lever) === "cap" ? typedMoney(Number(value)) : typedLever(lever, value);

/** @throws Refusal */
export const readEnd = (lever: Lever, text: string): LeverValue =>
  readLever(lever, kindOfLever(lever) === "cap" ? inYuan(text) : text);

export const breakEvenLevers = (plans: readonly Plan[]): BreakEvenLever[] => {
  const levers = leversOf(plans);
  return ["cap", "rate"].flatMap((kind) =>
    levers.filter((lever): lever is BreakEvenLever => kindOfLever(lever) === kind),
  );
};

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
        return leverBar(lever, readEnd(lever, from), readEnd(lever, to), plans);
      });
      return { kind: "tornado", levers: [...ends, ...readingBars(plans)] };
    }
    case "break-even": {
      return { kind: "break-even", lever: breakEvenLever(typed, plans), ...targetIn(typed) };
    }
    case "pairs":
      return {
        kind: "pairs",
        along: axisIn(axisFields(typed, "rows", "pairs", plans)),
        solved: solvedLever(typed, plans),
        ...targetIn(typed),
      };
  }
}

/** @throws Refusal for a sum that is missing or no amount */
function targetIn(typed: Typed): { wanted: number; measure: Measure } {
  const wanted = readMoney(typed.wanted ?? "");
  if (wanted === undefined) throw refuse("请填写目标金额", "enter the sum");
  return { wanted, measure: measureIn(typed) };
}

export const MEASURES = ["total", "paid"] as const satisfies readonly Measure[];
export const measureIn = ({ measure }: Typed): Measure => MEASURES.find((one) => one === measure) ?? "total";

/** What pairs are solved for: the first lever that the other one does not move. */
export function solvedLever(typed: Typed, plans: readonly Plan[]): BreakEvenLever {
  const { lever } = axisFields(typed, "rows", "pairs", plans);
  const levers = solvedLevers(lever, plans);
  return levers.find((one) => one === typed["pairs-solved"]) ?? levers[0] ?? "cap";
}
export const solvedLevers = (along: Lever, plans: readonly Plan[]): BreakEvenLever[] =>
  breakEvenLevers(plans).filter((lever) => !sameLever(lever, along));

export function breakEvenLever(typed: Typed, plans: readonly Plan[]): BreakEvenLever {
  const levers = breakEvenLevers(plans);
  return levers.find((lever) => lever === typed["break-even-lever"]) ?? levers[0] ?? "cap";
}

function axisIn({ lever, from, to, count }: AxisFields): LeverAxis {
  const number = /^\s*\d+\s*$/.test(count) ? Number(count) : NaN;
  return { lever, values: evenValues(lever, readEnd(lever, from), readEnd(lever, to), number) };
}
