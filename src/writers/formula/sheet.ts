/** The sheets of formulas: columns that know their letter, and parameters that know their cell. */
import { ABOVE, BELOW, HERE, written, type Expression, type Scalar } from "./expression";

export type Format = "money" | "rate" | "number" | "text" | "date" | "whole";

/** What a column is for: it decides the look of its cells. */
export type Role = "name" | "input" | "test" | "figure" | "limit" | "account" | "result" | "check" | "stored";

/** "A", "Z", "AA" … of 0, 25, 26 … */
export function lettersOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest ? lettersOf(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

export interface ColumnForm {
  readonly header: string;
  readonly role: Role;
  readonly format: Format;
  /** Words that a cell may hold. */
  readonly options?: readonly string[];
}

/** What a cell of a column holds: a value, or a formula. */
export type Content = Scalar | Expression;
export const isFormula = (content: Content): content is Expression => typeof content === "object" && content !== null;

export class Column {
  readonly letters: string;
  private readonly known: (Scalar | undefined)[] = [];

  constructor(
    readonly sheet: FormulaSheet,
    place: number,
    readonly form: ColumnForm,
    private readonly contentOf: (row: number) => Content,
  ) {
    this.letters = lettersOf(place);
  }

  content(row: number): Content {
    return this.contentOf(row);
  }

  /** What the cell shows. Each is computed once. */
  value(row: number): Scalar {
    let value = this.known[row];
    if (value === undefined) {
      const content = this.contentOf(row);
      // A formula that comes to a blank cell shows 0.
      value = isFormula(content) ? (content.value(row) ?? 0) : content === "" ? null : content;
      this.known[row] = value;
    }
    return value;
  }

  /** The cell in the same row. */
  get here(): Expression {
    return written(this.letters + HERE, (row) => this.value(row));
  }

  /** The same for a formula of another sheet whose rows stand beside these. */
  get beside(): Expression {
    return written(`${quoted(this.sheet.name)}!$${this.letters}${HERE}`, (row) => this.value(row));
  }

  /** The cell in the row above; a blank above the first. */
  get above(): Expression {
    return written(this.letters + ABOVE, (row) => (row ? this.value(row - 1) : null));
  }

  get below(): Expression {
    return written(this.letters + BELOW, (row) => (row + 1 < this.sheet.length ? this.value(row + 1) : null));
  }

  /** One cell, also from another sheet; absolute, so that what is relative in a formula is so in every row. */
  at(row: number, from?: FormulaSheet): Expression {
    const place = from === this.sheet ? "" : `${quoted(this.sheet.name)}!`;
    return written(`${place}$${this.letters}$${this.sheet.first + row}`, () => this.value(row));
  }

  /** All cells of the data, as an absolute range. */
  get range(): string {
    const { first, length } = this.sheet;
    return `$${this.letters}$${first}:$${this.letters}$${first + length - 1}`;
  }
}

export const quoted = (sheet: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;

export class FormulaSheet {
  readonly columns: Column[] = [];

  /**
   * @param first the number of the first row of data
   * @param length how many rows of data there are
   */
  constructor(
    readonly name: string,
    readonly first: number,
    readonly length: number,
  ) {}

  /**
   * A column behind the others.
   * @param content one for all rows, or by row
   * @param options words that a cell may hold
   */
  add(
    header: string,
    role: Role,
    format: Format,
    content: Content | ((row: number) => Content),
    options?: readonly string[],
  ): Column {
    const of = typeof content === "function" ? content : () => content;
    const form = { header, role, format, ...(options?.length && { options }) };
    const column = new Column(this, this.columns.length, form, of);
    this.columns.push(column);
    return column;
  }
}

/** One line of the parameter sheet. */
export interface Parameter {
  readonly label: string;
  readonly format: Format;
  readonly value: Content;
  /** 0 while the value is one that the formulas compute exactly with. */
  readonly check?: (cell: Expression) => Expression;
}

/** The lines of the parameter sheet that one instrument brings. */
export class Parameters {
  readonly list: Parameter[] = [];
  private readonly places = new Map<string, number>();

  constructor(
    private readonly sheet: string,
    /** The number of the row of its first line. */
    readonly first: number,
  ) {}

  /** The cell of a parameter; the same one for the same label and value. */
  add(parameter: Parameter): Expression {
    const { label, format, value } = parameter;
    const key = JSON.stringify([label, format, isFormula(value) ? value.text : value]);
    let place = this.places.get(key);
    if (place === undefined) {
      place = this.list.push(parameter) - 1;
      this.places.set(key, place);
    }
    return this.cell(place);
  }

  /** The cell of one line. */
  cell(place: number): Expression {
    const { value } = this.list[place]!;
    return written(`${this.sheet}!$B$${this.first + place}`, () => (isFormula(value) ? value.value(0) : value));
  }
}
