/** Arguments as Excel hands them over, and Excel's own way of stretching them against one another. */
import { isError, type Cell, type CellError, type Given, type Matrix } from "../tables";
import { currentPick } from "./pick";

/** An argument: a range, or nothing where it is omitted. */
export type Argument = Matrix | null | undefined;
export type Answer = number | string | boolean | CellError;

/**
 * Excel hands a single cell to a matrix argument as [[x]]; other hosts may hand over x itself. A data-type cell counts as its
 * basic value, an entity as its text.
 */
export function matrixOf(argument: unknown): Matrix | undefined {
  if (argument === null || argument === undefined) return undefined;
  const matrix = Array.isArray(argument) ? (argument as Matrix) : [[argument as Given]];
  for (const row of matrix) {
    for (const cell of row) {
      if (isDataType(cell)) return matrix.map((cells) => cells.map((one) => (isDataType(one) ? basicCell(one) : one)));
    }
  }
  return matrix;
}

/** A cell with a data type: a currency, a card, an entity, an error of the newer kind. */
interface DataType {
  readonly type?: string;
  readonly basicType?: string;
  readonly basicValue?: Cell;
  readonly text?: string;
}

const isDataType = (cell: unknown): cell is DataType => typeof cell === "object" && cell !== null && !isError(cell);

/** A cell that is there: null for a blank, and the basic value of a data type. */
const cellIn = (cell: unknown): Given => (isDataType(cell) ? basicCell(cell) : ((cell as Given) ?? null));

/** An entity is no value to Excel's own formulas (its basic type is an error), but it has a name. */
function basicCell({ type, basicType, basicValue, text }: DataType): Given {
  const failed = basicType === "Error" || type === "Error";
  if (!failed && basicValue !== undefined) return basicValue;
  if (type !== "Error" && typeof text === "string") return text;
  if (failed) return new CustomFunctions.Error((basicValue ?? "#VALUE!") as CustomFunctions.ErrorCode);
  return invalidValue(
    currentPick().language === "zh"
      ? `单元格的数据类型（${type ?? "?"}）没有可用的值，请改为数字或文字`
      : `the data type of a cell (${type ?? "?"}) has no value: enter a number or a text`,
  );
}

export const notAvailable = (text?: string): CellError =>
  new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, text);
export const invalidValue = (text?: string): CellError =>
  new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, text);

export const isInvalidValue = (answer: Answer): answer is CellError =>
  typeof answer === "object" && answer.code === String(CustomFunctions.ErrorCode.invalidValue);

/** Stands for a cell outside an argument that does not fit; it takes precedence over other errors. */
export const OUTSIDE: CellError = { code: "outside" };

/** The error that stands among the cells of one answer. */
export const errorAmong = (cells: readonly Given[]): CellError | undefined =>
  cells.includes(OUTSIDE) ? notAvailable() : cells.find(isError);

/**
 * Stretches 1×1, n×1, 1×m and n×m arguments over one another; outside a size that does not fit the cells are #N/A.
 * @param answer the answer of one cell, given one cell of each argument (undefined where the argument is omitted)
 */
export function stretch(args: readonly Argument[], answer: (cells: readonly Given[]) => Answer): Answer[][] {
  const { rows, columns } = sizeOf(args);
  const lists = args.map((arg) => new Stretched(arg, rows, columns));
  return shaped(rows, columns, (i) => {
    const cells = lists.map((list) => list.at(i));
    return errorAmong(cells) ?? answer(cells);
  });
}

/** Answers by number, row by row, in their shape. */
export const shaped = (rows: number, columns: number, answer: (i: number) => Answer): Answer[][] =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => answer(r * columns + c)));

/** The size over which arguments are stretched. */
export function sizeOf(args: readonly unknown[]): { readonly rows: number; readonly columns: number } {
  let [rows, columns] = [1, 1];
  for (const arg of args) {
    if (!Array.isArray(arg)) continue;
    rows = Math.max(rows, arg.length);
    columns = Math.max(columns, (arg[0] as readonly unknown[] | undefined)?.length ?? 1);
  }
  return { rows, columns };
}

/** The only cell of an argument that has one; undefined where the argument is omitted. */
export const onlyCell = (argument: unknown): Given =>
  // A blank cell is there; only an omitted argument is undefined.
  argument === null || argument === undefined
    ? undefined
    : cellIn(Array.isArray(argument) ? (argument as Matrix)[0]![0] : argument);

/** One argument over a stretched table; a single cell stands for all of them. */
export class Stretched {
  readonly isConstant: boolean;
  /** The cell of a constant. */
  readonly only: Given;
  private readonly cells: Matrix;
  private readonly width: number;

  constructor(
    argument: unknown,
    rows: number,
    private readonly columns: number,
  ) {
    const matrix = Array.isArray(argument) ? (argument as Matrix) : [[]];
    this.width = matrix[0]!.length;
    this.isConstant = !Array.isArray(argument) || (matrix.length === 1 && this.width === 1);
    this.only = this.isConstant ? onlyCell(argument) : undefined;
    this.cells = matrix.length === 1 && !this.isConstant ? new Array<Matrix[0]>(rows).fill(matrix[0]!) : matrix;
  }

  /** Cell i, row by row. */
  at(i: number): Given {
    if (this.isConstant) return this.only;
    const { cells, columns, width } = this;
    const r = columns === 1 ? i : Math.floor(i / columns);
    const c = width === 1 ? 0 : i - r * columns;
    const row = cells[r];
    const cell = row && c < row.length ? row[c] : OUTSIDE;
    return typeof cell === "object" || cell === undefined ? cellIn(cell) : cell;
  }
}

/** The error among the cells i of several arguments, as errorAmong() finds it. */
export function errorAt(lists: readonly Stretched[], i: number): CellError | undefined {
  let error: CellError | undefined;
  for (const list of lists) {
    const cell = list.at(i);
    if (cell === OUTSIDE) return notAvailable();
    if (!error && isError(cell)) error = cell;
  }
  return error;
}
