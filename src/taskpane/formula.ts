/** Reads the calls of our functions out of a formula: which function, and what each argument is. */
import { parseAddress, parseReference } from "../host/address";
import type { CellValue, Place } from "../host/workbook";

/** A call of one of our functions. `whole`: the formula is this call and nothing else. */
export interface Call {
  readonly name: string;
  /** Each argument as it is written, without blanks around it. */
  readonly args: readonly string[];
  readonly whole: boolean;
}

export type Argument =
  | { readonly kind: "omitted" }
  | { readonly kind: "values"; readonly values: readonly (readonly CellValue[])[] }
  | { readonly kind: "range"; readonly place: Place }
  /** `D1#`: whatever the formula in that cell spills. */
  | { readonly kind: "spill"; readonly place: Place }
  /** Columns put side by side by HSTACK, CHOOSE or IF: each as it is written. */
  | { readonly kind: "columns"; readonly columns: readonly string[] }
  /** Anything that only the workbook can compute. */
  | { readonly kind: "expression"; readonly text: string };

const NAME = /[\p{L}_][\p{L}\p{N}_.]*(?=\s*\()/uy;
const PAIRS: Readonly<Record<string, string>> = { "(": ")", "{": "}" };

/** Index behind a text in quotes that begins at `at`; doubled quotes belong to it. */
function behindQuotes(text: string, at: number): number {
  const quote = text[at]!;
  let i = at + 1;
  while (i < text.length && (text[i] !== quote || text[i + 1] === quote)) i += text[i] === quote ? 2 : 1;
  return i + 1;
}

/** Splits what follows an opening bracket at `at` by its commas; `end` is the index behind the closing one. */
function split(text: string, at: number, comma: string): { parts: string[]; end: number } {
  const parts: string[] = [];
  let begin = at + 1;
  const open: string[] = [PAIRS[text[at]!]!];
  let i = begin;
  while (i < text.length && open.length) {
    const sign = text[i]!;
    if (sign === '"' || sign === "'") {
      i = behindQuotes(text, i);
      continue;
    }
    if (sign in PAIRS) open.push(PAIRS[sign]!);
    else if (sign === open.at(-1)) open.pop();
    if ((sign === comma && open.length === 1) || !open.length) {
      parts.push(text.slice(begin, i).trim());
      begin = i + 1;
    }
    i++;
  }
  return { parts: parts.length === 1 && parts[0] === "" ? [] : parts, end: i };
}

/** The calls of the named functions in a formula, from left to right; those inside others follow them. */
export function callsIn(formula: string, names: readonly string[]): Call[] {
  const known = new Set(names.map((name) => name.toUpperCase()));
  const calls: Call[] = [];
  let i = formula.startsWith("=") ? 1 : 0;
  while (i < formula.length) {
    if (formula[i] === '"' || formula[i] === "'") {
      i = behindQuotes(formula, i);
      continue;
    }
    NAME.lastIndex = i;
    const name = NAME.exec(formula)?.[0];
    if (name === undefined) {
      i++;
      continue;
    }
    if (known.has(name.toUpperCase())) {
      const { parts, end } = split(formula, formula.indexOf("(", i), ",");
      const whole = i === 1 && formula.slice(end).trim() === "";
      calls.push({ name: name.toUpperCase(), args: parts, whole });
    }
    i += name.length;
  }
  return calls;
}

/** What an argument is. References without a sheet name lie on `sheet`. */
export function argumentOf(text: string, sheet: string): Argument {
  if (text === "") return { kind: "omitted" };
  const value = literal(text);
  if (value !== undefined) return { kind: "values", values: [[value]] };
  if (text.startsWith("{") && text.endsWith("}")) return arrayOf(text);
  const spilled = text.endsWith("#");
  const place = placeOf(spilled ? text.slice(0, -1) : text, sheet);
  if (place) return { kind: spilled ? "spill" : "range", place };
  const columns = columnsIn(text);
  return columns ? { kind: "columns", columns } : { kind: "expression", text };
}

/** The columns that an expression puts side by side; undefined for any other expression. */
function columnsIn(text: string): readonly string[] | undefined {
  const name = /^(HSTACK|CHOOSE|IF)\s*\(/i.exec(text)?.[1]?.toUpperCase();
  if (!name) return undefined;
  const { parts, end } = split(text, text.indexOf("("), ",");
  if (end < text.length) return undefined;
  if (name === "HSTACK") return parts;
  const [chooser = "", ...rest] = parts;
  if (name === "CHOOSE") return chooser === `{${rest.map((_, i) => i + 1).join(",")}}` ? rest : undefined;
  if (!/^\{(0,)*1(,0)*\}$/.test(chooser) || rest.length !== 2) return undefined;
  return [rest[0]!, ...(columnsIn(rest[1]!) ?? [rest[1]!])];
}

const REFERENCE =
  /"(?:[^"]|"")*"|((?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(?<![\p{L}\p{N}_.$])(\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?)(?![\p{L}\p{N}_.(])/giu;

/** The cells and ranges that a formula names, each once; those without a sheet name lie on `sheet`. */
export function referencesIn(formula: string, sheet: string): Place[] {
  const found = new Map<string, Place>();
  for (const [text, , address] of formula.matchAll(REFERENCE)) {
    const place = address === undefined ? null : placeOf(text, sheet);
    if (place) found.set(`${place.sheet}!${place.address}`, place);
  }
  return [...found.values()];
}

function placeOf(text: string, sheet: string): Place | null {
  if (text.includes("!")) return parseReference(text);
  return parseAddress(text) && { sheet, address: text.replaceAll("$", "").toUpperCase() };
}

function arrayOf(text: string): Argument {
  const rows = split(text, 0, ";").parts.map((row) => split(`{${row}}`, 0, ",").parts.map(literal));
  const values = rows.map((row) => row.filter((value) => value !== undefined));
  const complete = rows.every((row, i) => row.length === values[i]!.length);
  return complete ? { kind: "values", values } : { kind: "expression", text };
}

function literal(text: string): CellValue | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i.test(text)) {
    return text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  }
  if (/^"(?:[^"]|"")*"$/.test(text)) return text.slice(1, -1).replaceAll('""', '"');
  if (/^(true|false)(\(\))?$/i.test(text)) return text.toLowerCase().startsWith("true");
  return undefined;
}
