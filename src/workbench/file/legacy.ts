/**
 * Formulas from before dynamic arrays (Excel 2019 and older, WPS) mean one cell of a range where one value is asked for:
 * the cell in their own row or column. Today's Excel shows that as `@`; so does the workbench.
 */

import { called } from "../spelling";
import { patch } from "./xml";

/** "sheet!NAME", or "!NAME" for the workbook, of each name that stands for more than one cell. */
export type MultiCellNames = ReadonlySet<string>;

/** Functions that ask for single values in all their arguments. */
const SCALAR: ReadonlySet<string> = new Set(
  (
    "ABS ACOS ASIN ATAN CEILING CHAR CLEAN CODE COS DATE DATEDIF DATEVALUE DAY EDATE EOMONTH EVEN EXACT EXP FACT FIND FIXED FLOOR " +
    "HOUR INT ISBLANK ISERR ISERROR ISNA ISNUMBER ISTEXT LEFT LEN LN LOG LOG10 LOWER MID MINUTE MOD MONTH NOT ODD POWER PROPER " +
    "RADIANS REPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP SEARCH SECOND SIGN SIN SQRT SUBSTITUTE TAN TEXT TIME TIMEVALUE TRIM TRUNC " +
    "UPPER VALUE WEEKDAY YEAR IF"
  ).split(" "),
);
/** Functions that take their arguments as arrays, so that nothing inside them is cut to one cell. */
const ARRAY: ReadonlySet<string> = new Set("SUMPRODUCT MMULT LOOKUP INDEX MATCH FREQUENCY TRANSPOSE".split(" "));

/** Functions that came with dynamic arrays: who calls one of them means arrays. */
const DYNAMIC: ReadonlySet<string> = new Set(
  (
    "ANCHORARRAY BYCOL BYROW CHOOSECOLS CHOOSEROWS DROP EXPAND FILTER GROUPBY HSTACK LAMBDA LET MAKEARRAY MAP PIVOTBY RANDARRAY " +
    "REDUCE SCAN SEQUENCE SORT SORTBY TAKE TEXTSPLIT TOCOL TOROW TRIMRANGE UNIQUE VSTACK WRAPCOLS WRAPROWS XLOOKUP XMATCH"
  ).split(" "),
);

export const callsDynamic = (formula: string): boolean =>
  /\d#/.test(formula.replace(/"[^"]*"/g, "")) || called(formula).some((name) => DYNAMIC.has(name));

const TOKEN =
  /("(?:[^"]|"")*")|(\{[^}]*\})|((?:(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(?:\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+))(?![\p{L}\p{N}_(.!])|((?:(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?[\p{L}_\\][\p{L}\p{N}_.\\]*)(\s*\()?|(\()|(\))|([,;])|(<>|<=|>=|[-+*/^&=<>%:@#])|(\s+)/giu;

interface Token {
  readonly text: string;
  readonly start: number;
  readonly kind: "range" | "name" | "call" | "open" | "close" | "comma" | "operator" | "other";
}

function tokens(formula: string): Token[] {
  return [...formula.matchAll(TOKEN)].map((match) => {
    const [text, , , range, name, bracket, open, close, comma, operator] = match;
    const called = bracket === undefined ? "name" : "call";
    const named = name === undefined ? undefined : called;
    const kind =
      (range && "range") ??
      named ??
      (open && "open") ??
      (close && "close") ??
      (comma && "comma") ??
      (operator && "operator") ??
      "other";
    return { text, start: match.index, kind: kind as Token["kind"] };
  });
}

/** Where a token stands: whether one value is asked for, and whether it is an operand of a sum, a comparison, … */
function places(list: readonly Token[]) {
  const open: { array: boolean; scalar: boolean }[] = [{ array: false, scalar: true }];
  const meaningful = (from: number, step: number) => {
    let at = from + step;
    while (list[at]?.kind === "other" && list[at]!.text.trim() === "") at += step;
    return list[at];
  };
  const isOperator = (token: Token | undefined) => token?.kind === "operator" && !/[:@#]/.test(token.text);
  return list.map((token, index) => {
    const inside = open.at(-1)!;
    if (token.kind === "call") {
      const name = token.text.replace(/\s*\($/, "").toUpperCase();
      open.push({ array: inside.array || ARRAY.has(name), scalar: SCALAR.has(name) });
    } else if (token.kind === "open") open.push(inside);
    else if (token.kind === "close" && open.length > 1) open.pop();
    const operand = isOperator(meaningful(index, -1)) || isOperator(meaningful(index, 1));
    const referred = /[:@#]/.test(meaningful(index, -1)?.text ?? "") || /^[:#]/.test(meaningful(index, 1)?.text ?? "");
    return !inside.array && !referred && (operand || inside.scalar);
  });
}

/** The formula, typed, with `@` where an older Excel would take one cell of a range. */
export function intersected(formula: string, sheet: string, names: MultiCellNames): string {
  if (callsDynamic(formula)) return formula;
  const list = tokens(formula);
  const isMulti = ({ kind, text }: Token) =>
    kind === "range" || (kind === "name" && [`${sheet}!`, "!"].some((scope) => names.has(scope + text.toUpperCase())));
  if (!list.some(isMulti)) return formula;
  const single = places(list);
  const edits = list.flatMap((token, index) =>
    isMulti(token) && single[index] ? [{ start: token.start, end: token.start, text: "@" }] : [],
  );
  return patch(formula, edits);
}
