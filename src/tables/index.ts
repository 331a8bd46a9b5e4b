/** The only door of the tables: cells as a spreadsheet or a file hands them over, read into rows and columns. */
export { readAmount, type Unit } from "./amounts";
export { isBlank, isError, isNothing, Unread, type Cell, type CellError, type Given, type Matrix } from "./cells";
export { Codes } from "./codes";
export * from "./family";
export * from "./groups";
export { inputsOf, isHeader, meaningOf, tableColumn, unitBehind, wordsOf, type Meaning, type TableColumn } from "./headers";
export { readChoice, readFlag, readInput, valueIn } from "./inputs";
export * from "./levers";
export * from "./matching";
export { isTotal, nameOf, narrow } from "./names";
export { readClaim, readEntry, readJurisdiction } from "./period";
export { readColumns } from "./read";
export * from "./policies";
export * from "./region";
export * from "./scenarios";
export { cellsByColumn, everyRow, sections, type Rows } from "./sections";
export * from "./table";
