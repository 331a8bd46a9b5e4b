/** Conditions as SQL. What is known before any row is read is left out, so that a query holds only what its table can answer. */

/** A condition that is never NULL, or its answer for every row. */
export type Truth = string | boolean;

/** How a database spells what is certain. */
interface TruthWords {
  truth(value: boolean): string;
}

export function all(list: readonly Truth[]): Truth {
  if (list.includes(false)) return false;
  const open = [...new Set(list.filter((one) => typeof one === "string"))];
  return open.length > 1 ? `(${open.join(" AND ")})` : (open[0] ?? true);
}

const GIVEN = / IS NOT NULL$/;

export function not(one: Truth): Truth {
  if (typeof one === "boolean") return !one;
  return /^"[^"]*" IS NOT NULL$/.test(one) ? one.replace(GIVEN, " IS NULL") : `NOT ${one}`;
}

export function any(list: readonly Truth[]): Truth {
  if (list.includes(true)) return true;
  const open = [...new Set(list.filter((one) => typeof one === "string"))];
  return open.length > 1 ? `(${open.join(" OR ")})` : (open[0] ?? false);
}

export const written = (one: Truth, words: TruthWords): string => (typeof one === "string" ? one : words.truth(one));

/** The value of the first case that holds. @param between cases, such as a line end */
export function firstOf(cases: readonly (readonly [Truth, string])[], otherwise: string, between = " "): string {
  const reached = cases.filter(([truth]) => truth !== false);
  const certain = reached.findIndex(([truth]) => truth === true);
  const open = certain < 0 ? reached : reached.slice(0, certain);
  const last = certain < 0 ? otherwise : reached[certain]![1];
  const telling = open.some(([, value]) => value !== last);
  if (!telling) return last;
  const rows = [...open.map(([truth, value]) => `WHEN ${String(truth)} THEN ${value}`), `ELSE ${last} END`];
  return ["CASE", ...rows].join(between);
}

/** Whether the first case that holds has a quality; `false` where none holds. */
export function firstIs(cases: readonly (readonly [Truth, Truth])[], words: TruthWords): Truth {
  if (cases.every(([, quality]) => quality === false)) return false;
  const [yes, no] = [words.truth(true), words.truth(false)];
  const value = firstOf(
    cases.map(([truth, quality]) => [truth, written(quality, words)]),
    no,
  );
  return value === yes ? true : value === no ? false : `(${value})`;
}
