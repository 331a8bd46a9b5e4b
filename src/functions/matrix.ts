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
 * @param answer what one cell says, given one cell of each argument (undefined where the argument is omitted)
 */
export const stretch = (args: readonly Argument[], answer: (cells: readonly Given[]) => Answer): Answer[][] =>
  stretchTogether(args, (list) => list.map(answer));

/** The same, with all the cells answered together. None of them holds an error. */
export function stretchTogether(
  args: readonly Argument[],
  answers: (list: readonly (readonly Cell[])[]) => readonly Answer[],
): Answer[][] {
  const rows = Math.max(1, ...args.map((arg) => arg?.length ?? 1));
  const columns = Math.max(1, ...args.map((arg) => arg?.[0]?.length ?? 1));
  const table = Array.from({ length: rows }, () => new Array<Answer>(columns));
  const asked: Cell[][] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const cells = args.map((arg) => pickCell(arg, r, c));
      if (cells.includes(OUTSIDE)) table[r]![c] = notAvailable();
      else {
        const error = cells.find((cell): cell is CellError => isError(cell as Given));
        if (error) table[r]![c] = error;
        else asked.push(cells as Cell[]);
      }
    }
  }
  const given = answers(asked);
  let next = 0;
  for (const row of table) for (let c = 0; c < columns; c++) row[c] ??= given[next++]!;
  return table;
}

const OUTSIDE = Symbol("outside");

function pickCell(arg: Argument, r: number, c: number): Given | typeof OUTSIDE {
  if (!arg) return undefined;
  const row = arg.length === 1 ? arg[0] : arg[r];
  if (!row) return OUTSIDE;
  const column = (arg[0]?.length ?? 1) === 1 ? 0 : c;
  // A blank cell is there; only an omitted argument is undefined.
  return column < row.length ? (row[column] ?? null) : OUTSIDE;
}
