/** What a book holds before it is a file: sheets of cells with looks, links, checks of what is entered, print set-up. */
import type { Scalar } from "../../writers/formula/expression";
import type { Content } from "../../writers/formula/sheet";

/** A look by the name under which a spreadsheet lists it among its cell styles. Colours are six hexadecimal digits. */
export interface Style {
  readonly name: string;
  readonly bold?: boolean;
  readonly underlined?: boolean;
  /** In points; 11 where it is left out. */
  readonly size?: number;
  readonly colour?: string;
  readonly fill?: string;
  /** A number format of Excel. */
  readonly format?: string;
  readonly wrapped?: boolean;
  readonly top?: boolean;
  readonly centred?: boolean;
  /** A line below, in this colour. */
  readonly line?: string;
  /** Stays open to change where the sheet is protected. */
  readonly open?: boolean;
}

/** A cell to be written; `link` is the place in the book that it leads to: "参数!A7". */
export interface Written {
  readonly content: Content;
  /** That of the column where it is left out. */
  readonly style?: Style | undefined;
  readonly link?: string | undefined;
  /** What a formula shows, where it is known already. */
  readonly result?: Scalar;
  /** The range that the formula fills, of which this is the first cell; `filled` marks the others. */
  readonly fills?: string;
  readonly filled?: boolean;
}

/** What may be entered in a range: one of some words, one of the cells of another range, or a number between two. */
export interface Validation {
  readonly range: string;
  readonly words?: readonly string[];
  /** A range or a name. */
  readonly list?: string;
  /** A part of one. */
  readonly share?: boolean;
  /** Whole numbers, from and to; else any number not below zero. */
  readonly whole?: readonly [from: number, to: number];
  readonly message: string;
}

/**
 * Columns or a line over ranges of the book; points lie where the numbers of their labels are. The columns of a bridge stand upon
 * each other, and a series without a fill is not seen.
 */
export interface Chart {
  readonly kind: "columns" | "bars" | "lines" | "points" | "bridge";
  /** Number format of the amounts on the axis; left out: yuan, shown in 万元. */
  readonly format?: string | undefined;
  readonly title: string;
  /** The cell at its upper left, and how many columns and rows it covers; counted from 0. */
  readonly at: { readonly column: number; readonly row: number; readonly columns: number; readonly rows: number };
  readonly series: readonly {
    readonly name: string;
    readonly labels: ChartRange;
    readonly values: ChartRange;
    /** Of a bridge: six hexadecimal digits, and the number format of the amounts beside it. */
    readonly fill?: string;
    readonly label?: string;
  }[];
}

/** "汇总!$A$6:$A$11", and what its cells show. */
export interface ChartRange {
  readonly range: string;
  readonly shown: readonly Scalar[];
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly { readonly width: number; readonly style?: Style }[];
  readonly length: number;
  /** The cells of a row from the first column on, counted from 0; asked for once each, in order. */
  row(at: number): readonly (Written | undefined)[];
  /** Rows and columns that stay in view. */
  readonly frozen?: { readonly rows: number; readonly columns?: number };
  readonly validations?: readonly Validation[];
  /** Ranges in which what is not 0 stands in red. */
  readonly marked?: readonly string[];
  /** At the head of each printed page. */
  readonly title: string;
  /** The row that is repeated on each printed page, counted from 1; and so many first columns where several pages lie side by side. */
  readonly header: number;
  readonly besides?: { readonly pages: number; readonly columns: number };
  /** What is printed where rows may be blank: so many columns, down to the row (counted from 1) that a formula gives. */
  readonly printed?: { readonly columns: number; readonly last: string };
  readonly charts?: readonly Chart[];
  /**
   * Formulas of one column are spelled otherwise, with the same meaning, in every other block of so many rows. LibreOffice computes
   * a hundred and more equal formulas together, in threads, and then leaves old results in columns that look at each other.
   */
  readonly block?: number;
  /** Rows before which a new page begins, counted from 1. */
  readonly breaks?: readonly number[];
}

/** A name of the book; `range` is written as after "=" in the name manager. */
export interface Name {
  readonly name: string;
  readonly range: string;
  readonly comment?: string;
}

export interface Book {
  readonly title: string;
  readonly sheets: readonly Sheet[];
  readonly names: readonly Name[];
}
