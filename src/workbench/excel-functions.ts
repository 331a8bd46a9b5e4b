/** The functions that Excel has, whether the engine computes them or not. */
import {
  ALL_IMPLEMENTED_FUNCTIONS_SET,
  FUNCTION_NAMES_ARRAY,
  FUNCTION_NAMES_COMPATIBILITY,
  FUNCTION_NAMES_CUBE,
  FUNCTION_NAMES_DATABASE,
  FUNCTION_NAMES_DATE,
  FUNCTION_NAMES_ENGINEERING,
  FUNCTION_NAMES_FINANCIAL,
  FUNCTION_NAMES_INFORMATION,
  FUNCTION_NAMES_LOGICAL,
  FUNCTION_NAMES_LOOKUP,
  FUNCTION_NAMES_MATH,
  FUNCTION_NAMES_STATISTICAL,
  FUNCTION_NAMES_TEXT,
  FUNCTION_NAMES_WEB,
} from "@univerjs/engine-formula";
import type { Abilities } from "./file/book";

const EXCEL_FUNCTIONS: readonly string[] = [
  ...[FUNCTION_NAMES_ARRAY, FUNCTION_NAMES_COMPATIBILITY, FUNCTION_NAMES_CUBE, FUNCTION_NAMES_DATABASE],
  ...[FUNCTION_NAMES_DATE, FUNCTION_NAMES_ENGINEERING, FUNCTION_NAMES_FINANCIAL, FUNCTION_NAMES_INFORMATION],
  ...[FUNCTION_NAMES_LOGICAL, FUNCTION_NAMES_LOOKUP, FUNCTION_NAMES_MATH, FUNCTION_NAMES_STATISTICAL],
  ...[FUNCTION_NAMES_TEXT, FUNCTION_NAMES_WEB],
].flatMap((names) => Object.values<string>(names));

/** These ask other addresses; the page asks none. */
const ELSEWHERE = new Set(["IMAGE", "WEBSERVICE", "ENCODEURL", "FILTERXML"]);

/** What the engine computes, with our functions in it. */
export function abilitiesOf(ours: readonly string[]): Abilities {
  const known = [...ALL_IMPLEMENTED_FUNCTIONS_SET].map(String).filter((name) => !ELSEWHERE.has(name));
  return {
    ours,
    known: [...known, "SINGLE", "ANCHORARRAY"],
    others: EXCEL_FUNCTIONS.filter((name) => !known.includes(name)),
  };
}
