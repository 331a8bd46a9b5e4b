/** What is asked of the base rows, and what is answered. Plain values, so that workers can be sent them. */
import {
  breakEven,
  leverPairs,
  Refusal,
  runScenarios,
  sensitivityScenarios,
  sensitivityTable,
  tornadoOf,
  tornadoScenarios,
  type BreakEven,
  type BreakEvenLever,
  type LeverAxis,
  type Measure,
  type Pairs,
  type PairsQuestion as Target,
  type Scenario,
  type ScenarioResult,
  type ScenarioTotal,
  type TornadoLever,
} from "../../../rules";
import type { Work } from "../../parts/long-work";
import type { Base } from "../base";
import { scenarioBaseOf } from "../request";

export interface TableQuestion {
  readonly kind: "table";
  readonly rows: LeverAxis;
  readonly columns?: LeverAxis;
}
export interface TornadoQuestion {
  readonly kind: "tornado";
  readonly levers: readonly TornadoLever[];
}
export interface BreakEvenQuestion {
  readonly kind: "break-even";
  readonly lever: BreakEvenLever;
  /** Whole fen. */
  readonly wanted: number;
  readonly measure: Measure;
}
export interface PairsQuestion extends Target {
  readonly kind: "pairs";
}
/** What is searched for, rather than a set of scenarios. */
export type SearchQuestion = BreakEvenQuestion | PairsQuestion;
export interface SearchOrder {
  readonly base: Base;
  readonly question: SearchQuestion;
}
export type Question = TableQuestion | TornadoQuestion | SearchQuestion;

/** Totals in fen; `before`: of the base as it is; `unknown`: rows that cannot be computed, and are in no total. */
export type Answer = { readonly unknown: number } & (
  | {
      readonly question: TableQuestion;
      readonly before: number;
      readonly totals: readonly (readonly ScenarioTotal[])[];
    }
  | ({ readonly question: TornadoQuestion; readonly before: number } & ReturnType<typeof tornadoOf>)
  | { readonly question: BreakEvenQuestion; readonly found: BreakEven }
  | ({ readonly question: PairsQuestion } & Pairs)
);

/** The scenarios that a table or a tornado is made of. @throws Refusal */
export const scenariosFor = (question: TableQuestion | TornadoQuestion): Scenario[] =>
  question.kind === "table" ? sensitivityScenarios(question.rows, question.columns) : tornadoScenarios(question.levers);

/** @param results of the base, then of the scenarios. @throws Refusal where the base cannot be computed */
export function answerFrom(question: TableQuestion | TornadoQuestion, results: readonly ScenarioResult[]): Answer {
  const [base, ...rest] = results;
  if (base!.refusal) throw new Refusal("value", base!.refusal);
  const { total: before, unknown } = base!;
  return question.kind === "table"
    ? { question, before, unknown, totals: sensitivityTable(rest, question.rows, question.columns) }
    : { question, before, unknown, ...tornadoOf(question.levers, base!, rest) };
}

/** @throws Refusal */
export function* searchOver({ base: rows, question }: SearchOrder): Work<Answer> {
  // A search for one value has no parts of which one could say how far it is.
  yield 0;
  const base = scenarioBaseOf(rows);
  const { unknown } = runScenarios(base, []).next().value as ScenarioResult;
  if (question.kind === "pairs") return { question, unknown, ...(yield* leverPairs(base, question)) };
  const { lever, wanted, measure } = question;
  return { question, unknown, found: breakEven(base, lever, wanted, { measure }) };
}
