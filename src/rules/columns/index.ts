/**
 * A plan over whole columns: whole fen, the limit that decides and the outcome per row, the same as the single award gives.
 * How: rows in which every test of the plan has the same answer take the same path through it. award() itself computes one
 * row of each such state and shows the path (columns/path.ts); the others repeat it as sums of products of whole numbers
 * (columns/tables.ts), exact below 2^51 units and, beyond, in whole numbers of any size (columns/exact.ts).
 */
export { blockAwards, columnsAwards, placesOf, type Block } from "./blocks";
export {
  coded,
  columnsOf,
  highest,
  inputAt,
  MAX_CODES,
  numberColumn,
  rowAt,
  type Column,
  type Columns,
} from "./column";
export { NO_LIMIT } from "./exact";
export { bindingOf, OUTCOMES, outcomeOf, type RowAwards } from "./row-awards";
