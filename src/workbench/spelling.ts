/**
 * Formulas as .xlsx files spell them. Excel marks what older versions did not know: `_xlfn.` before newer functions,
 * `_xlpm.` before the variables of LET and LAMBDA; and it stores our functions as `_xldudf_`, dots turned to underscores.
 */
import { NEW_EXCEL_FUNCTIONS } from "@univerjs/engine-formula";

/** Strings and quoted sheet names, which stay as they are, or a name with the bracket that makes it a call. */
const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|([\p{L}_\\][\p{L}\p{N}_.\\]*)(\s*\()?/gu;
/** The engine's list of newer functions lacks some. */
const NEWER: ReadonlySet<unknown> = new Set([...NEW_EXCEL_FUNCTIONS, "LET", "LAMBDA", "CONCAT", "ISOMITTED"]);
const ADD_IN = "_xldudf_";
const WORKSHEET_NAMED = new Set(["FILTER", "SORT"]);

const stored = (name: string) => ADD_IN + name.toUpperCase().replaceAll(".", "_");

/** A formula of a file, without "=", → as it is typed, with "=". */
export function fromFile(formula: string, functions: readonly string[]): string {
  const ours = new Map(functions.map((name) => [stored(name).toUpperCase(), name]));
  const typed = formula.replace(TOKEN, (token, name?: string, bracket = "") => {
    if (name === undefined) return token;
    return (ours.get(name.toUpperCase()) ?? name.replace(/^_xlfn\.(_xlws\.)?|^_xlpm\.|^_xlws\./i, "")) + bracket;
  });
  return `=${typed}`;
}

/** The arguments of each call of LET and LAMBDA, innermost calls included. */
function bindingCalls(formula: string): { name: string; args: string[] }[] {
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
        if (call.name === "LET" || call.name === "LAMBDA") calls.push(call);
      }
    }
  }
  return calls;
}

/** The names that LET (every other argument) and LAMBDA (all but the last) introduce. */
function variables(formula: string): ReadonlySet<string> {
  const names = bindingCalls(formula).flatMap(({ name, args }) =>
    args.slice(0, -1).filter((_, index) => name === "LAMBDA" || index % 2 === 0),
  );
  return new Set(names.map((name) => name.toUpperCase()));
}

/** A formula as typed → as a file spells it, without "=". */
export function toFile(formula: string, functions: readonly string[]): string {
  const ours = new Set(functions.map((name) => name.toUpperCase()));
  const bound = variables(formula);
  return formula.replace(/^=/, "").replace(TOKEN, (token, name?: string, bracket = "") => {
    if (name === undefined) return token;
    const upper = name.toUpperCase();
    if (bound.has(upper)) return `_xlpm.${name}${bracket}`;
    if (bracket === "") return token;
    if (ours.has(upper)) return stored(name) + bracket;
    if (!NEWER.has(upper)) return token;
    return `_xlfn.${WORKSHEET_NAMED.has(upper) ? "_xlws." : ""}${upper}${bracket}`;
  });
}
