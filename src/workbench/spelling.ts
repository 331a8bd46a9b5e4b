/**
 * Formulas as .xlsx files spell them. Excel marks what older versions did not know: `_xlfn.` before newer functions,
 * `_xlpm.` before the variables of LET and LAMBDA; it stores `@A1:A3` as SINGLE, `D1#` as ANCHORARRAY; and it stores our
 * functions as `_xldudf_`, dots turned to underscores.
 */

import { quoteSheet } from "../host/address";

/** Strings and quoted sheet names, which stay as they are, or a name with the bracket that makes it a call. */
const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|([\p{L}_\\][\p{L}\p{N}_.\\]*)(\s*\()?/gu;
const ADD_IN = "_xldudf_";
const WORKSHEET_NAMED = new Set(["FILTER", "SORT"]);
/** The functions that Excel 2007 did not know, as files mark them. */
const NEWER: ReadonlySet<string> = new Set(
  (
    "ACOT ACOTH AGGREGATE ANCHORARRAY ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND " +
    "BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT " +
    "CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COPILOT COT COTH COVARIANCE.P COVARIANCE.S CSC " +
    "CSCH DAYS DECIMAL DETECTLANGUAGE DISPIMG DROP ENCODEURL ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV " +
    "F.INV.RT F.TEST FIELDVALUE FILTER FILTERXML FLOOR.MATH FLOOR.PRECISE FORECAST.ETS FORECAST.ETS.CONFINT " +
    "FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAMMALN.PRECISE GAUSS " +
    "GROUPBY HSTACK HYPGEOM.DIST IFNA IFS IMAGE IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH IMSINH IMTAN ISFORMULA ISOMITTED " +
    "ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST " +
    "NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC PERCENTILE.INC PERCENTOF PERCENTRANK.EXC " +
    "PERCENTRANK.INC PERMUTATIONA PHI PIVOTBY POISSON.DIST QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE " +
    "REGEXEXTRACT REGEXREPLACE REGEXTEST RRI SCAN SEC SECH SEQUENCE SHEET SHEETS SINGLE SKEW.P SORT SORTBY STDEV.P STDEV.S " +
    "STOCKHISTORY SWITCH T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL " +
    "TOROW TRANSLATE TRIMRANGE UNICHAR UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEBSERVICE WEIBULL.DIST WRAPCOLS WRAPROWS " +
    "XLOOKUP XMATCH XOR Z.TEST"
  ).split(" "),
);

const stored = (name: string) => ADD_IN + name.toUpperCase().replaceAll(".", "_");

const known = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** Stored name in capitals → name; made once per list, as files have many formulas. */
function byStoredName(functions: readonly string[]): ReadonlyMap<string, string> {
  const names = known.get(functions) ?? new Map(functions.map((name) => [stored(name).toUpperCase(), name]));
  known.set(functions, names);
  return names;
}

/** A formula of a file, without "=", → as it is typed, with "=". */
export function fromFile(formula: string, functions: readonly string[]): string {
  const ours = byStoredName(functions);
  const typed = formula.replace(TOKEN, (token, name?: string, bracket = "") => {
    if (name === undefined) return token;
    return (ours.get(name.toUpperCase()) ?? name.replace(/^_xlfn\.(_xlws\.)?|^_xlpm\.|^_xlws\./i, "")) + bracket;
  });
  return `=${typed.replace(/\bSINGLE\(([^()"]*)\)/g, "@$1").replace(/\bANCHORARRAY\(([^()"]*)\)/g, "$1#")}`;
}

/** The calls in a formula with their arguments, innermost first; names in capitals. */
export function callsOf(formula: string): { name: string; args: string[] }[] {
  const calls: { name: string; args: string[] }[] = [];
  const open: { name: string; args: string[]; start: number }[] = [];
  const tokens = formula.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|([\p{L}_][\p{L}\p{N}_.]*)?\s*[({]|[)}]|,/gu);
  for (const token of tokens) {
    const end = token.index + token[0].length;
    if (/[({]$/.test(token[0])) open.push({ name: token[1]?.toUpperCase() ?? "", args: [], start: end });
    else if (token[0] === "," || /^[)}]$/.test(token[0])) {
      const call = open.at(-1);
      if (!call) continue;
      call.args.push(formula.slice(call.start, token.index).trim());
      call.start = end;
      if (token[0] !== ",") {
        open.pop();
        if (call.name) calls.push(call);
      }
    }
  }
  return calls;
}

/** The names that LET (every other argument) and LAMBDA (all but the last) introduce. */
export function variables(formula: string): ReadonlySet<string> {
  if (!/\b(LET|LAMBDA)\s*\(/i.test(formula)) return new Set();
  const names = callsOf(formula).flatMap(({ name, args }) =>
    /^(LET|LAMBDA)$/.test(name) ? args.slice(0, -1).filter((_, index) => name === "LAMBDA" || index % 2 === 0) : [],
  );
  return new Set(names.map((name) => name.toUpperCase()));
}

const REFERENCE = String.raw`(?:(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?[\p{L}\p{N}_$.]+(?::[\p{L}\p{N}$]+)?`;
const STRING = `"(?:[^"]|"")*"`;
const AT = new RegExp(String.raw`${STRING}|\[[^\]]*\]|@(${REFERENCE})(?![\p{L}\p{N}_.(])`, "gu");
const HASH = new RegExp(String.raw`${STRING}|(${REFERENCE})#(?![\p{L}\p{N}])`, "gu");

/** The end of a call that begins before `from`, behind its closing bracket. */
function endOfCall(formula: string, from: number): number {
  let depth = 1;
  for (const { 0: bracket, index } of formula.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[()]/g)) {
    if (index < from) continue;
    if (bracket === "(") depth++;
    if (bracket === ")" && --depth === 0) return index + 1;
  }
  return formula.length;
}

/** A formula with `@A1:A3`, `@F(A1)` and `D1#` as the calls that files have for them. */
export function withFunctions(formula: string): string {
  const call =
    /^((?:"(?:[^"]|"")*"|\[[^\]]*\]|[^"[@]|@(?![\p{L}_][\p{L}\p{N}_.]*\())*)@([\p{L}_][\p{L}\p{N}_.]*\()/u.exec(
      formula,
    );
  if (call) {
    const from = call[0].length;
    const end = endOfCall(formula, from);
    const single = `${call[1]}SINGLE(${call[2]}${formula.slice(from, end)})${formula.slice(end)}`;
    return withFunctions(single);
  }
  return formula
    .replace(AT, (token, of?: string) => (of === undefined ? token : `SINGLE(${of})`))
    .replace(HASH, (token, of?: string) => (of === undefined ? token : `ANCHORARRAY(${of})`));
}

/** A formula as typed → as a file spells it, without "=". */
export function toFile(formula: string, functions: readonly string[]): string {
  const ours = new Set(functions.map((name) => name.toUpperCase()));
  const bound = variables(formula);
  return withFunctions(formula.replace(/^=/, "")).replace(
    TOKEN,
    (token, name: string | undefined, bracket: string | undefined, at: number, whole: string) => {
      if (name === undefined) return token;
      // The engine leaves names like C1汇总 bare, which Excel reads as a cell.
      if (whole[at + token.length] === "!") return quoteSheet(name);
      const upper = name.toUpperCase();
      if (bound.has(upper)) return `_xlpm.${name}${bracket ?? ""}`;
      if (bracket === undefined) return token;
      if (ours.has(upper)) return stored(name) + bracket;
      if (!NEWER.has(upper)) return token;
      return `_xlfn.${WORKSHEET_NAMED.has(upper) ? "_xlws." : ""}${upper}${bracket}`;
    },
  );
}

/** The functions that a formula as typed calls, in capitals. */
export function called(formula: string): string[] {
  const bound = variables(formula);
  const names = [...formula.matchAll(TOKEN)].flatMap(([, name, bracket]) =>
    name && bracket ? [name.toUpperCase()] : [],
  );
  return names.filter((name) => !bound.has(name));
}
