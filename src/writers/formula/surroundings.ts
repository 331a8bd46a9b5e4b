/** What a sheet asks about its rows among those of the other sheets. */
import type { Allowance, Draw } from "../../rules";
import type { Names, Placed } from "./accounts";
import type { Expression, Scalar } from "./expression";
import type { Column, Content, FormulaSheet } from "./sheet";

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

/** The sheet of one instrument, as far as other sheets and the order of rows concern it. */
export interface InstrumentSheet {
  readonly sheet: FormulaSheet;
  readonly rows: readonly Placed[];
  readonly admission: {
    readonly names: Names;
    readonly anyRows: readonly AnyRow[];
    /** Object and year, where rows of the instrument must not repeat each other. */
    readonly objectKey?: Column;
  };
  readonly limits: {
    readonly accounts: ReadonlyMap<string, Account>;
    /** By allowance that runs over several years. */
    readonly firstYears: ReadonlyMap<string, Column>;
  };
}

/** Where the rows of a sheet come from, if it does not hold them itself: cells of the same row in other sheets. */
export interface Entered {
  /** Whether the row is one of the instrument's; nothing is said of the others. */
  readonly used: Expression;
  readonly firm: Expression | undefined;
  readonly object: Expression | undefined;
  readonly year: Expression;
  /** The day of the claim, which then counts instead of the year; an empty text where the row says none. */
  readonly day?: Expression;
  /** An input; an empty text where the row says none. Undefined where no row can say it. */
  input(name: string): Expression | undefined;
}

export interface Surroundings {
  readonly entered?: (sheet: FormulaSheet) => Entered;
  /** The least number among amounts, some of which may be empty texts; MIN() passes over those that stand in cells. */
  readonly least?: (...amounts: readonly Expression[]) => Expression;
  /** So many parts of one are computed exactly at least, where numbers are entered later. */
  readonly leastParts?: number;
  /** What stands in a blank cell of a row that asks for what other rows are awarded; undefined: it stays blank. */
  readonly awarded?: (row: Placed, input: string) => Expression | undefined;
  /** What stood on the account before each row. */
  granted(sheet: InstrumentSheet, allowance: Allowance, key: Column): (row: number) => Content;
  /** The first year in which the owner of the account claims. */
  firstYear(sheet: InstrumentSheet, allowance: Allowance, owner: Column): (row: number) => Content;
  /** Whether a row before passes; whether one does at all. */
  passedBefore(sheet: InstrumentSheet, test: number, key: Column): (row: number) => Content;
  passedAny(sheet: InstrumentSheet, test: number, key: Column): (row: number) => Content;
  /** Whether the row stays of those that stand for one object; undefined where no row of the sheet has rivals. */
  kept(sheet: InstrumentSheet): ((row: number) => Content) | undefined;
  /** Marks of other rows whose numbers decide over this one, too: 1 where such a row is not exact. */
  inexact(sheet: InstrumentSheet): ((row: number) => readonly Expression[]) | undefined;
  /** 0 where the rows still stand as their accounts need it. */
  checks(sheet: InstrumentSheet): readonly ((row: number) => Content)[];
  /** What is written instead of formulas in a row that has none. */
  literal(row: Placed): Literal | undefined;
  /** What our functions gave for each row when the book was made, or give now. Undefined: they are not asked. */
  answer(row: Placed): Content | undefined;
  readonly answerHeader: string;
  /** The whole numbers up to which formulas are exact. */
  readonly exact: Expression;
}
