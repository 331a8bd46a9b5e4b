/** The only door of the tables: cells as a spreadsheet or a file hands them over, read into rows and columns. */
export * from "./cells";
export { Codes } from "./codes";
export * from "./family";
export * from "./groups";
export * from "./levers";
export * from "./read";
export * from "./scenarios";
export { cellsByColumn, everyRow, sections, type Rows } from "./sections";
export * from "./table";
