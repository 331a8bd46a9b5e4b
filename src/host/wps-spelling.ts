/** How formulas name our functions in WPS: there every function has a namespace before it. */
export const NAMESPACE = "BUTIE";

/** A function's name inside the namespace: BUTIE.EXPLAIN stays the same text, SUANLI_QUAN becomes BUTIE.SUANLI_QUAN. */
export const localName = (id: string): string => (id.startsWith(`${NAMESPACE}.`) ? id.slice(NAMESPACE.length + 1) : id);

/** Texts in quotes are no calls; sheet names in quotes neither. */
const QUOTED = /("(?:[^"]|"")*"|'(?:[^']|'')*')/;

/** A formula as it is typed in WPS, and as it is spelled everywhere else. */
export interface Spelling {
  readonly inWps: (formula: string) => string;
  readonly plain: (formula: string) => string;
}

/** Translates the calls of a formula both ways; what calls none of our functions stays as it is. */
export function spelling(functions: readonly string[]): Spelling {
  const ids = new Map(functions.map((id) => [localName(id), id]));
  const names = [...functions].sort((a, b) => b.length - a.length);
  const call = (list: readonly string[]) =>
    new RegExp(`(?<![\\p{L}\\p{N}_.])(${list.map((name) => name.replaceAll(".", "\\.")).join("|")})(?=\\s*\\()`, "giu");
  const [ours, spelled] = [call(names), call([...ids.keys()].map((name) => `${NAMESPACE}.${name}`))];
  const outside = (formula: string, pattern: RegExp, rename: (name: string) => string): string =>
    formula
      .split(QUOTED)
      .map((part, i) => (i % 2 ? part : part.replace(pattern, rename)))
      .join("");
  return {
    inWps: (formula) => outside(formula, ours, (name) => `${NAMESPACE}.${localName(name.toUpperCase())}`),
    plain: (formula) => outside(formula, spelled, (name) => ids.get(localName(name.toUpperCase()))!),
  };
}
