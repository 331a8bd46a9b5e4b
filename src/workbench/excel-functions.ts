/** Which functions the engine computes, and which Excel has beside them. */
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

const implemented = [...ALL_IMPLEMENTED_FUNCTIONS_SET].map(String).filter((name) => !ELSEWHERE.has(name));
export const COMPUTED_FUNCTIONS: readonly string[] = [...implemented, "SINGLE", "ANCHORARRAY"];
export const OTHER_FUNCTIONS: readonly string[] = EXCEL_FUNCTIONS.filter((name) => !implemented.includes(name));

/** What the engine computes, with our functions in it. */
export const abilitiesOf = (ours: readonly string[]): Abilities => ({
  ours,
  known: COMPUTED_FUNCTIONS,
  others: OTHER_FUNCTIONS,
});
