/** The long calculations of the planner by name: plain questions and answers, so that they pass between threads. */
import { timedUse } from "./calendar";
import { togetherOf } from "./portfolio";
import { riskOf } from "./risk";
import { sharesOf } from "./shares";
import { sizingOf } from "./sizing";

/** A calculation that yields now and then which part of it is done, 0 to 1. */
export type Work<T> = Generator<number, T, void>;

const WORKS = { risk: riskOf, shares: sharesOf, sizing: sizingOf, time: timedUse, portfolio: togetherOf } as const;
export type Kind = keyof typeof WORKS;
export type Question<K extends Kind> = Parameters<(typeof WORKS)[K]>[0];
export type AnswerTo<K extends Kind> = ReturnType<(typeof WORKS)[K]> extends Work<infer T> ? T : never;

export interface Order<K extends Kind = Kind> {
  readonly kind: K;
  readonly question: Question<K>;
}

/** Begins the calculation that an order asks for. */
export function begin<K extends Kind>({ kind, question }: Order<K>): Work<AnswerTo<K>> {
  const work = WORKS[kind] as unknown as (question: Question<K>) => Work<AnswerTo<K>>;
  return work(question);
}
