/** What a scenario comes to. */
import { OUTCOMES } from "../../columns";
import type { Text } from "../../law/policy";

export interface LimitCount {
  readonly instrument: string;
  readonly label: Text;
  /** Rows whose award this limit decides. */
  readonly rows: number;
}

export interface ScenarioPool {
  /** The pool's instrument; none where the scenario gives the money for all rows. */
  readonly instrument?: string;
  /** Of the claims, where the pool is filled every year. */
  readonly year?: number;
  readonly label: Text;
  /** Fen: the money there is, what the awards need, what is paid. */
  readonly amount: number;
  readonly need: number;
  readonly paid: number;
  /** need / amount */
  readonly use: number;
  /** Awards that are paid in full; known where the scenario names a sharing rule. */
  readonly inFull?: number;
}

/** Amounts in whole fen. */
export interface ScenarioResult {
  /** The scenario's name; undefined for the base. */
  readonly name?: string;
  /** Why the scenario cannot be computed; every number but `rows` and `unknown` is then 0 and means nothing. */
  readonly refusal?: Text;
  /** Rows of the scenario: without those that it leaves out, with those of added firms. */
  readonly rows: number;
  readonly notInForce: number;
  readonly notEligible: number;
  /** Rows that could not be read, lack an input, or have no amount in the documents. */
  readonly unknown: number;
  /** Rows that get something. */
  readonly awards: number;
  /** Firms that get something; a row without a firm counts as one. */
  readonly firms: number;
  readonly total: number;
  /** Of the awards, half-up. */
  readonly mean: number;
  readonly atLimit: readonly LimitCount[];
  /** By code of the jurisdiction, by family. */
  readonly byJurisdiction: Readonly<Record<string, number>>;
  readonly byFamily: Readonly<Record<string, number>>;
  readonly pools: readonly ScenarioPool[];
  /** What the pools let be paid of the total. */
  readonly paid: number;
  /** Total less the total of the base; not there where one of the two cannot be computed. */
  readonly difference?: number;
  /** On request, by row of the table (rows of added firms follow): the award, and after the pool what is paid. */
  readonly fen?: Float64Array;
  /** With it, by row of the added firms, which of these firms it belongs to, from 0. */
  readonly added?: readonly number[];
  /** With it, the answer of each row as its place in ROW_ANSWERS. Only an award has an amount, be it 0. */
  readonly answers?: Uint8Array;
}

/** The answers of a row. `unread`: a cell of it is not acceptable; `excluded`: the scenario leaves it out. */
export const ROW_ANSWERS = [...OUTCOMES, "unread", "excluded"] as const;
export type RowAnswer = (typeof ROW_ANSWERS)[number];
export const placeOf = (answer: RowAnswer): number => ROW_ANSWERS.indexOf(answer);

export const NOTHING: ScenarioResult = {
  rows: 0,
  notInForce: 0,
  notEligible: 0,
  unknown: 0,
  awards: 0,
  firms: 0,
  total: 0,
  mean: 0,
  atLimit: [],
  byJurisdiction: {},
  byFamily: {},
  pools: [],
  paid: 0,
};
