/** How a function is called: ranges in, a range out, and what is refused shown in the cells that it concerns. */
import { Refusal, refuse, type Text } from "../rules";
import { isBlank, isError, isNothing, type Cell, type Given, type Matrix } from "../tables";
import { errorOf } from "./answer";
import { matrixOf, stretch, type Answer, type Argument } from "./matrix";

export const ranges = (...args: readonly unknown[]): Argument[] => args.map(matrixOf);
export const rangeOf = (argument: unknown): Matrix => matrixOf(argument) ?? [[undefined]];
/** All cells of an argument, row by row; an omitted one is a single blank. */
export const cellsOf = (argument: unknown): Given[] => rangeOf(argument).flat();

/**
 * The cell of an argument that is one value; undefined where it is omitted or blank.
 * @param name of the argument, for the words about a range in its place
 * @throws Refusal for a range of several cells; the error that stands in the cell
 */
export function cell(argument: unknown, name: Text): Cell {
  const cells = cellsOf(argument);
  if (cells.length > 1) {
    throw refuse(
      `${name.zh}应为一个值，所给区域有 ${cells.length} 格`,
      `${name.en} must be one value; the range has ${cells.length} cells`,
    );
  }
  const [found] = cells;
  if (isError(found)) throw found;
  return isBlank(found) ? undefined : found;
}

/** The same, where it has to be given. @throws Refusal where it is omitted or blank; a 0 is a value */
export function required(argument: unknown, name: Text): Cell {
  const found = cell(argument, name);
  if (found === undefined) throw refuse(`缺少${name.zh}`, `no ${name.en} given`);
  return found;
}

/** What `read` makes of an argument that is one value, or undefined where it is omitted or blank. */
export function given<T>(argument: unknown, name: Text, read: (cell: Cell) => T): T | undefined {
  const found = cell(argument, name);
  return found === undefined || found === 0 ? undefined : read(found);
}

/** The cells of an argument that are not blank. @throws the first error among them */
export function filled(argument: unknown): Cell[] {
  return cellsOf(argument).filter((one): one is Cell => {
    if (isError(one)) throw one;
    return !isNothing(one);
  });
}

/** A table; what is refused stands in its only cell. */
export const table = (answer: () => Answer[][]): Answer[][] => perTable([[0]], answer);

/** One row of answers per row of `values`; what is refused as a whole stands in every row. */
export function perTable(values: unknown, answer: () => Answer[][]): Answer[][] {
  try {
    return answer();
  } catch (error) {
    const refused = error instanceof Refusal ? errorOf(error) : error;
    if (!isError(refused)) throw error;
    return rangeOf(values).map(() => [refused as Answer]);
  }
}

export const perRow = (values: unknown, answers: () => Answer[]): Answer[][] =>
  perTable(values, () => answers().map((answer) => [answer]));

/** One answer per cell of `values`, in its shape: a row of claims has a row of answers. */
export function perCell(values: unknown, answers: () => Answer[]): Answer[][] {
  const list = perRow(
    cellsOf(values).map((one) => [one]),
    answers,
  ).flat();
  let next = 0;
  return rangeOf(values).map((row) => row.map(() => list[next++]!));
}

/** One answer per cell of the stretched arguments. */
export const stretched = (args: readonly unknown[], answer: (...cells: Cell[]) => Answer): Answer[][] =>
  stretch(ranges(...args), (cells) => answered(() => answer(...(cells as Cell[]))));

/** The answer, or the error with what was refused. */
export function answered(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return errorOf(error);
    throw error;
  }
}
