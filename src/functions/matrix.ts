/** Arguments as Excel hands them over, and Excel's own way of stretching them against one another. */
import { isError, type Cell, type CellError, type Given, type Matrix } from "../tables";

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
  return new CustomFunctions.Error((basicValue ?? "#VALUE!") as CustomFunctions.ErrorCode);
}

export const notAvailable = (text?: string): CellError =>
  new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, text);
export const invalidValue = (text?: string): CellError =>
  new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, text);

export const isInvalidValue = (answer: Answer): answer is CellError =>
  typeof answer === "object" && answer.code === String(CustomFunctions.ErrorCode.invalidValue);

/**
 * Stretches 1×1, n×1, 1×m and n×m arguments over one another; outside a size that does not fit the cells are #N/A.
 * @param answer the answer of one cell, given one cell of each argument (undefined where the argument is omitted)
 */
export function stretch(args: readonly Argument[], answer: (cells: readonly Given[]) => Answer): Answer[][] {
  const { rows, columns, lists } = stretchedLists(args);
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => {
      const cells = lists.map((list) => cellAt(list, r * columns + c));
      if (cells.includes(OUTSIDE)) return notAvailable();
      return (cells as Given[]).find(isError) ?? answer(cells as Given[]);
    }),
  );
}

/** Stands for a cell outside an argument that does not fit. */
export const OUTSIDE = Symbol("outside");

/** The cells of one argument over a stretched table, row by row; a single one stands for all of them. */
export type Stretched = readonly (Given | typeof OUTSIDE)[];

export const isConstant = (list: Stretched | undefined): boolean => list === undefined || list.length === 1;
/** Cell i of an argument; undefined where it is omitted. */
export const cellAt = (list: Stretched | undefined, i: number): Given | typeof OUTSIDE =>
  list && (list.length === 1 ? list[0] : list[i]);

/** The arguments stretched over one another, each as one list. */
export function stretchedLists(args: readonly unknown[]): {
  readonly rows: number;
  readonly columns: number;
  readonly lists: readonly Stretched[];
} {
  let [rows, columns] = [1, 1];
  for (const arg of args) {
    if (!Array.isArray(arg)) continue;
    rows = Math.max(rows, arg.length);
    columns = Math.max(columns, (arg[0] as readonly unknown[] | undefined)?.length ?? 1);
  }
  return { rows, columns, lists: args.map((arg) => stretchedList(arg, rows, columns)) };
}

function stretchedList(argument: unknown, rows: number, columns: number): Stretched {
  // A blank cell is there; only an omitted argument is undefined.
  if (argument === null || argument === undefined) return [undefined];
  if (!Array.isArray(argument)) return [cellIn(argument)];
  const arg = argument as Matrix;
  if (arg.length === 1 && arg[0]!.length === 1) return [cellIn(arg[0]![0])];
  const list = new Array<Given | typeof OUTSIDE>(rows * columns);
  const height = arg.length;
  const width = arg[0]!.length;
  let i = 0;
  for (let r = 0; r < rows; r++) {
    const row = height === 1 ? arg[0]! : arg[r];
    for (let c = 0; c < columns; c++, i++) {
      const at = width === 1 ? 0 : c;
      const cell = row && at < row.length ? row[at] : OUTSIDE;
      list[i] = typeof cell === "object" || cell === undefined ? cellIn(cell) : cell;
    }
  }
  return list;
}
