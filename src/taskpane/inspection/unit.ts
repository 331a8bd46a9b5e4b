/** Amounts that look like 万元 entered as 元, or the reverse. Only reported, never changed: the user knows the ledger. */

/** Contracts and loans below this are rarer than a ledger in 万元. */
const SMALL = 10_000;
/** No single contract in these fields reaches ten billion yuan. */
const LARGE = 10_000_000_000;
/** So far from its neighbours, 万 (10,000) is the likelier explanation than the contract. */
const FAR = 5_000;
/** Fewer amounts have no usual size. */
const ENOUGH = 5;

const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)]!;

/** The usual size of a column of amounts, in yuan; undefined where there are too few. */
export function usualSize(column: readonly number[]): number | undefined {
  const sorted = column.filter((amount) => amount > 0).sort((a, b) => a - b);
  return sorted.length >= ENOUGH ? median(sorted) : undefined;
}

/** What looks wrong with an amount, in yuan, in a column of that usual size. */
export function suspicion(yuan: number, usual: number | undefined): "small" | "large" | undefined {
  if (yuan <= 0) return undefined;
  if (yuan < SMALL || (usual !== undefined && yuan * FAR <= usual)) return "small";
  if (yuan >= LARGE || (usual !== undefined && yuan >= usual * FAR)) return "large";
  return undefined;
}
