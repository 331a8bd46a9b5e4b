/** What a check of the workbook can find. */
import type { FormulaCell, Place } from "../../host/workbook";

export type Finding =
  /** The first cell of a result that shows an error, why where our functions know, and how many more do so alike. */
  | {
      readonly kind: "error";
      readonly place: Place;
      readonly error: string;
      readonly because?: string;
      readonly more: number;
    }
  | { readonly kind: "draft"; readonly place: Place; readonly document: string }
  /** Arguments that follow the pick; `fixed` is the formula with the present pick written into it. */
  | { readonly kind: "picked"; readonly place: Place; readonly fixed?: string }
  | { readonly kind: "version"; readonly place: Place; readonly stamped: string }
  /** An amount that looks as if its unit were another one. */
  | { readonly kind: "small" | "large"; readonly place: Place; readonly yuan: number }
  /** Required flags that are blank: desktop Excel computes them as no. */
  | { readonly kind: "blank-flag"; readonly place: Place; readonly inputs: readonly string[] }
  /** A row that adds up others was given an award. */
  | { readonly kind: "total"; readonly place: Place; readonly words: string }
  | { readonly kind: "unreadable"; readonly place: Place; readonly argument: string };

export type FindingKind = Finding["kind"];

/** The kinds in the order in which they matter. */
export const FINDING_KINDS: readonly FindingKind[] = [
  "error",
  "total",
  "blank-flag",
  "small",
  "large",
  "version",
  "draft",
  "picked",
  "unreadable",
];

export interface Report {
  readonly formulas: readonly FormulaCell[];
  readonly findings: readonly Finding[];
}
