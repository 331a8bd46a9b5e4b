/** Columns that a computed table adds to its claims: where such a table is read again, they say what was computed before and claim nothing. */
import { nameOf } from "./names";

/** Headers; one that the claims use already gets "_" behind it. */
export const RESULTS = { award: "补贴金额（元）", outcome: "结论", limit: "起作用的限额" } as const;

/** Whether a column holds words of an earlier result: its texts, such as 合计 for the limit of a sum, are none about the row. */
export const isResultWord = (header: string): boolean =>
  ([RESULTS.outcome, RESULTS.limit] as const).some((word) => nameOf(header).replace(/_+$/, "") === word);

/** The headers of an earlier result, where a table has all of them; else none. */
export const earlierResults = (headers: readonly string[]): readonly string[] => {
  const words: readonly string[] = Object.values(RESULTS);
  return words.every((word) => headers.includes(word)) ? words : [];
};
