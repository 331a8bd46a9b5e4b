/** The defined names of a file: which the engine is told of, and how. */
import { parseAddress } from "../../host/address";
import type { MultiCellNames } from "./legacy";
import { child, children, type Element, isTrue } from "./xml";

export interface DefinedName {
  readonly tag: Element;
  readonly name: string;
  readonly range: string;
  /** Index of the sheet to which it belongs. */
  readonly sheet: number | undefined;
  /** The engine knows it; others stay in the file untouched: print areas, filters, links to other workbooks,
   * LAMBDAs with arguments that may be left out. */
  readonly shown: boolean;
}

/** The names in a formula without strings, in capitals, calls and sheets among them. */
export const named = (bare: string): string[] =>
  (bare.match(/[\p{L}_\\][\p{L}\p{N}_.\\]*/gu) ?? []).map((name) => name.toUpperCase());

/** Names that stand for more names in the end, or over more steps, are not told to the engine, which writes each of them out. */
const MOST_NAMES = 1000;
const MOST_STEPS = 100;

/** How many names each name stands for in the end; infinitely many where it stands for itself. */
function reaches(names: readonly Pick<DefinedName, "name" | "range">[]): ReadonlyMap<string, number> {
  const uses = new Map<string, string[]>();
  for (const { name, range } of names) {
    const upper = name.toUpperCase();
    uses.set(upper, [...(uses.get(upper) ?? []), ...named(range.replace(/"[^"]*"/g, ""))]);
  }
  const found = new Map<string, number>();
  const count = (name: string, step: number): number => {
    const known = found.get(name);
    if (known !== undefined) return known;
    if (step > MOST_STEPS) return Infinity;
    found.set(name, Infinity);
    const total = uses.get(name)!.reduce((sum, each) => sum + (uses.has(each) ? count(each, step + 1) : 0), 1);
    found.set(name, total);
    return total;
  };
  for (const name of uses.keys()) count(name, 0);
  return found;
}

export function namesOf(root: Element): DefinedName[] {
  const all = definedNames(root);
  const reached = reaches(all);
  return all.map((each) => {
    const small = (reached.get(each.name.toUpperCase()) ?? Infinity) <= MOST_NAMES;
    return small ? each : { ...each, shown: false };
  });
}

function definedNames(root: Element): DefinedName[] {
  return children(child(root, "definedNames"), "definedName").map((tag) => {
    const { name = "", localSheetId, hidden } = tag.attributes;
    // The engine knows no argument that may be left out.
    const beyond = /\[\d+\]|_xlop\./i.test(tag.text);
    const shown = !isTrue(hidden) && !/^_xl/i.test(name) && !beyond && !isTrue(tag.attributes.function);
    return { tag, name, range: tag.text, sheet: localSheetId === undefined ? undefined : Number(localSheetId), shown };
  });
}

/** How the engine is told of a name: a constant begins with "=". */
export const asTyped = (range: string): string => (/^["{\d+-]|^(TRUE|FALSE)$/i.test(range) ? `=${range}` : range);

/** The names that stand for more than one cell, by scope. */
export function multiCellNames(names: readonly DefinedName[], sheetNames: readonly string[]): MultiCellNames {
  return new Set(
    names.flatMap(({ name, range, sheet }) => {
      const area = parseAddress(range.slice(range.lastIndexOf("!") + 1));
      return area && area.rows * area.columns > 1
        ? [`${sheet === undefined ? "" : (sheetNames[sheet] ?? "")}!${name.toUpperCase()}`]
        : [];
    }),
  );
}
