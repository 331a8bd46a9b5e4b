/**
 * What happened to the rows, columns and cells of a sheet since its file was opened, step by step, and where it put a cell,
 * an area that something is tied to, and a reference of a formula.
 */
import { intersect, type Rectangle, SHEET_COLUMNS, SHEET_ROWS } from "../../../host/address";

/** Rows or columns inserted before the one that counts `at` from 0; a negative count was removed from there on. */
export interface Insertion {
  readonly axis: "row" | "column";
  readonly at: number;
  readonly count: number;
}

/** Cells that were cut and pasted on their sheet; `to` is where their first cell went. */
export interface Move {
  readonly from: Rectangle;
  readonly to: { readonly row: number; readonly column: number };
}

export type Step = Insertion | Move;

/** The steps that undo steps. */
export const inverse = (steps: readonly Step[]): Step[] =>
  [...steps]
    .reverse()
    .map((step) =>
      "axis" in step
        ? { ...step, count: -step.count }
        : { from: { ...step.from, ...step.to }, to: { row: step.from.row, column: step.from.column } },
    );

/** Rows or columns that were taken elsewhere: room is made before `target`, as counted before, and closed where they were. */
export function lineMove(axis: Insertion["axis"], first: number, count: number, target: number): Step[] {
  const start = first + (target <= first ? count : 0);
  const whole = { row: 0, column: 0, rows: SHEET_ROWS, columns: SHEET_COLUMNS };
  const from = axis === "row" ? { ...whole, row: start, rows: count } : { ...whole, column: start, columns: count };
  const to = axis === "row" ? { row: target, column: 0 } : { row: 0, column: target };
  return [
    { axis, at: target, count },
    { from, to },
    { axis, at: start, count: -count },
  ];
}

/** First and last row (column) after an insertion; null where none is left. What reaches to the end of the sheet still does. */
function span(first: number, last: number, { axis, at, count }: Insertion): readonly [number, number] | null {
  const end = (axis === "row" ? SHEET_ROWS : SHEET_COLUMNS) - 1;
  if (first === 0 && last === end) return [first, last];
  const kept = at - Math.min(count, 0);
  const from = first < at ? first : Math.max(first, kept) + count;
  const to = last === end ? end : last < at ? last : last < kept ? at - 1 : Math.min(last + count, end);
  return from <= to ? [from, to] : null;
}

/** An area, and the cell that was its first when the file was opened. */
export interface Piece extends Rectangle {
  readonly origin: { readonly row: number; readonly column: number };
}

function inserted<Area extends Rectangle>(area: Area, step: Insertion): Area | null {
  const isRow = step.axis === "row";
  const first = isRow ? area.row : area.column;
  const found = span(first, first + (isRow ? area.rows : area.columns) - 1, step);
  if (!found) return null;
  const [from, to] = found;
  return isRow ? { ...area, row: from, rows: to - from + 1 } : { ...area, column: from, columns: to - from + 1 };
}

/** How many of the first rows (columns) of an area a step removes. */
function beheaded({ row, column }: Rectangle, { axis, at, count }: Insertion): number {
  const first = axis === "row" ? row : column;
  return first >= at ? Math.max(0, at - count - first) : 0;
}

const within = (area: Rectangle, whole: Rectangle): boolean => {
  const common = intersect(area, whole);
  return common?.rows === area.rows && common.columns === area.columns;
};
const carried = <Area extends Rectangle>(area: Area, { from, to }: Move): Area => ({
  ...area,
  row: area.row + to.row - from.row,
  column: area.column + to.column - from.column,
});

/** A part of a piece. */
const part = ({ row, column, origin }: Piece, area: Rectangle): Piece => ({
  ...area,
  origin: { row: origin.row + area.row - row, column: origin.column + area.column - column },
});

/** What is left of an area without another: four pieces at most. */
function without(piece: Piece, hole: Rectangle): Piece[] {
  const common = intersect(piece, hole);
  if (!common) return [piece];
  const below = common.row + common.rows;
  const right = common.column + common.columns;
  const { row, column, rows, columns } = piece;
  return [
    { row, column, rows: common.row - row, columns },
    { row: below, column, rows: row + rows - below, columns },
    { ...common, column, columns: common.column - column },
    { ...common, column: right, columns: column + columns - right },
  ].flatMap((area) => (area.rows > 0 && area.columns > 0 ? [part(piece, area)] : []));
}

function step(piece: Piece, happened: Step): Piece[] {
  if ("axis" in happened) {
    const area = inserted(piece, happened);
    if (!area) return [];
    const { row, column } = piece.origin;
    const lost = beheaded(piece, happened);
    return [
      { ...area, origin: happened.axis === "row" ? { row: row + lost, column } : { row, column: column + lost } },
    ];
  }
  const taken = intersect(piece, happened.from);
  const left = without(piece, happened.from).flatMap((each) => without(each, { ...happened.from, ...happened.to }));
  return taken ? [carried(part(piece, taken), happened), ...left] : left;
}

/** Where the steps put an area that something is tied to: a format, a comment. Nowhere, or in pieces, where it was torn. */
export function placed(area: Rectangle, steps: readonly Step[]): Piece[] {
  const whole: Piece[] = [{ ...area, origin: { row: area.row, column: area.column } }];
  return steps.reduce((pieces, happened) => pieces.flatMap((piece) => step(piece, happened)), whole);
}

/** What a reference of a formula names after the steps; null where that is gone. It goes along with cells that it lies in. */
export function referred(area: Rectangle, steps: readonly Step[]): Rectangle | null {
  let now: Rectangle | null = area;
  for (const step of steps) {
    if (!now) return null;
    if ("axis" in step) now = inserted(now, step);
    else if (within(now, step.from)) now = carried(now, step);
    else if (within(now, { ...step.from, ...step.to })) now = null;
  }
  return now;
}

/** The steps that take whole rows or columns along, with their sizes and formats. */
export const wholeLines = (steps: readonly Step[]) =>
  steps.filter((step) => "axis" in step || step.from.rows === SHEET_ROWS || step.from.columns === SHEET_COLUMNS);

/** Where a line (row or column, from 0) goes; where it was removed, the one that took its place. */
export function line(axis: Insertion["axis"], index: number, steps: readonly Step[]): number {
  return steps.reduce((at, step) => {
    if (!("axis" in step) || step.axis !== axis || at < step.at) return at;
    return Math.max(step.at, at + step.count);
  }, index);
}
