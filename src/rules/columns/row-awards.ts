/** The awards of many rows: fen, and a decision that holds the outcome and the limit that decides. */
import type { Outcome } from "../award/path";
import { NO_LIMIT } from "./exact";

/** The kinds of Outcome; a row holds the place of its own. */
export const OUTCOMES = [
  "award",
  "label",
  "not-in-force",
  "not-eligible",
  "incomplete",
  "unquantified",
  "above-ceiling",
  "too-large",
] as const satisfies readonly Outcome["kind"][];

/** One entry per row. */
export interface RowAwards {
  /** Whole fen, 0 unless the outcome is an award. */
  readonly fen: Float64Array;
  /** The outcome and the limit that decides: see outcomeOf() and bindingOf(). */
  readonly decisions: Uint16Array;
}

export const decisionOf = (outcome: number, binding: number): number => (outcome << 8) | binding;
/** Place in OUTCOMES of the outcome in a decision. */
export const outcomeOf = (decision: number): number => decision >> 8;
/** PlanLimit.index of the limit that decides; NO_LIMIT where none does. */
export const bindingOf = (decision: number): number => decision & 255;
/** The decision of a row that is in no block. */
export const UNDECIDED = decisionOf(255, NO_LIMIT);
