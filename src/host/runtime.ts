/**
 * The part of Excel's custom-functions runtime that our functions use, for pages that Excel did not open. The page
 * imports this first: the functions are the very source that Excel loads, and expect the global `CustomFunctions`.
 */

/** A custom function: tables of cells (any[][]) in, a value or a table out. */
export type Implementation = (...args: unknown[]) => unknown;

/** The functions that announced themselves, by id. */
export const associated = new Map<string, Implementation>();

/** Excel's codes, spelled as cells show them. */
const ErrorCode = {
  invalidValue: "#VALUE!",
  notAvailable: "#N/A",
  divisionByZero: "#DIV/0!",
  invalidNumber: "#NUM!",
  nullReference: "#NULL!",
  invalidName: "#NAME?",
  invalidReference: "#REF!",
} as const;

/** What a function throws, or returns in a cell, to show an error there. */
export class FunctionError extends Error {
  constructor(
    readonly code: string,
    message?: string,
  ) {
    super(message);
  }
}

Object.assign(globalThis, {
  CustomFunctions: {
    Error: FunctionError,
    ErrorCode,
    associate: (id: string, implementation: Implementation) => associated.set(id.toUpperCase(), implementation),
  },
});
