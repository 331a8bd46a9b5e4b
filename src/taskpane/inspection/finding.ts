/** What a check finds: one cause, with all the cells that it concerns. */
import type { Entry, Place } from "../../host/workbook";
import type { Text } from "../../rules";

/** wrong: a number or a formula is not what it should be; doubtful: someone should look; note: to know. */
export type Weight = "wrong" | "doubtful" | "note";

/** A place, with what stands there where that helps. */
export interface Hit {
  readonly place: Place;
  readonly words?: Text;
}

/** What the pane can do about it, as one undo step. Only what is safe: cells that the user would write in the same way. */
export interface Fix {
  readonly label: Text;
  /** What is written; without it our formulas are recalculated. */
  readonly entries?: readonly Entry[];
}

export interface Finding {
  readonly weight: Weight;
  /** What it is: "金额写成文字". */
  readonly cause: Text;
  /** What to do. */
  readonly advice: Text;
  /** What the places are, to count them: rows of a table, cells, formulas. */
  readonly counted: "row" | "cell" | "formula" | "sheet";
  readonly hits: readonly Hit[];
  readonly fix?: Fix;
  /** Whether the workings of the first cell say more. */
  readonly explains?: boolean;
}

export const WEIGHTS: readonly Weight[] = ["wrong", "doubtful", "note"];

export interface Report {
  /** How many formulas of ours there are, and how many sheets were looked at. */
  readonly formulas: number;
  readonly sheets: number;
  readonly findings: readonly Finding[];
}
