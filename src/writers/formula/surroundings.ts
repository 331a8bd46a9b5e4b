/** What a sheet asks about its rows among those of the other sheets. */
import type { Allowance, Draw } from "../../rules";
import type { Placed } from "./accounts";
import type { AwardSheet } from "./award-sheet";
import type { Expression, Scalar } from "./expression";
import type { Column, Content } from "./sheet";

/** What rows share under one allowance. */
export interface Account {
  readonly allowance: Allowance;
  readonly key: Column;
  readonly before: Column;
  after?: Column;
}

/** The rows of a firm and year, of which one may pass some tests for all. */
export interface AnyRow {
  readonly key: Column;
  readonly soFar: Column;
  readonly any: Column;
}

/** A row that holds what our function gives, as no formula does. */
export interface Literal {
  readonly award: Scalar;
  readonly words: string;
  readonly draws: readonly Draw[];
}

export interface Surroundings {
  /** What stood on the account before each row. */
  granted(sheet: AwardSheet, allowance: Allowance, key: Column): (row: number) => Content;
  /** The first year in which the owner of the account claims. */
  firstYear(sheet: AwardSheet, allowance: Allowance, owner: Column): (row: number) => Content;
  /** Whether a row before passes; whether one does at all. */
  passedBefore(sheet: AwardSheet, test: number, key: Column): (row: number) => Content;
  passedAny(sheet: AwardSheet, test: number, key: Column): (row: number) => Content;
  /** Whether the row stays of those that stand for one object; undefined where no row of the sheet has rivals. */
  kept(sheet: AwardSheet): ((row: number) => Content) | undefined;
  /** 0 where the rows still stand as their accounts need it. */
  checks(sheet: AwardSheet): readonly ((row: number) => Content)[];
  /** What is written instead of formulas in a row that has none. */
  literal(row: Placed): Literal | undefined;
  /** What our functions gave for each row when the book was made. */
  answer(row: Placed): Scalar;
  /** The whole numbers up to which formulas are exact. */
  readonly exact: Expression;
}
