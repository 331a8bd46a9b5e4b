/** The only door of the tables: cells as a spreadsheet or a file hands them over, read into rows and columns. */
export { readAmount, type Unit } from "./amounts";
export { isBlank, isError, isNothing, Unread, type Cell, type CellError, type Given, type Matrix } from "./cells";
export { Codes } from "./codes";
export * from "./family";
export * from "./groups";
export { tableColumn, wordsOf } from "./headers";
export { readChoice, readFlag, readInput, valueIn } from "./inputs";
export * from "./levers";
export { isTotal, nameOf, narrow } from "./names";
export { readClaim, readEntry, readJurisdiction } from "./period";
export { CellReader } from "./read";
export * from "./scenarios";
export { everyRow, sections, type Fetch, type Rows } from "./sections";
export * from "./table";
