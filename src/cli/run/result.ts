/** What is given out of computed claims: awards with their words, rejected rows with their reasons, sums. */
import { limitsOf, planOf, type Claim } from "../../rules";
import { RESULTS } from "../../tables";
import { labelOf, limitName, OUTCOME_WORDS } from "../../writers/words";
import { ownReadings, type Planned } from "./planned";
import { countAll, type Store } from "./store";

export interface Reason {
  readonly reason: string;
  readonly rows: number;
  /** The first few rows: places in the file, counted from 1 below the headers, or numbers of rows of a table. */
  readonly first: readonly (number | string)[];
}

/** Outcomes that name a fault of the row and not an answer. */
const FAULTS = ["incomplete", "above-ceiling", "too-large"] as const;
const FIRST = 5;

/** Headers of what is added to the claims. */
export const ADDED = { ...RESULTS, reason: "原因" } as const;

/** A header that the claims do not use yet. */
export const free = (name: string, headers: readonly string[]): string =>
  headers.includes(name) ? free(`${name}_`, headers) : name;

type Case = readonly [value: string, word: string];

/**
 * Makes the views `paid` (row_no, award_fen, and words for outcome and limit) and `rejected` (row_no, reason).
 * @param unread a table of rows whose instrument is not understood
 */
export async function wordViews(
  store: Store,
  sheets: readonly Planned[],
  claim: Claim,
  readings: Readonly<Record<string, string>>,
  unread: string | undefined,
): Promise<void> {
  const { dialect } = store.words;
  const text = dialect.literal;
  const words = (cases: readonly Case[], of: string): string =>
    cases.length
      ? `CASE ${cases.map(([value, word]) => `WHEN ${of} = ${value} THEN ${text(word)}`).join(" ")} END`
      : dialect.noText;
  const outcome = words(
    Object.entries(OUTCOME_WORDS).map(([kind, { zh }]) => [text(kind), zh]),
    "outcome",
  );
  const faults = `outcome IN (${FAULTS.map(text).join(", ")})`;
  const paid: string[] = [];
  const rejected: string[] = unread === undefined ? [] : [`SELECT row_no, reason FROM ${store.named(unread)}`];
  for (const sheet of sheets) {
    const plan = planOf(sheet.entry, claim, { readings: ownReadings(sheet.entry, readings) });
    const awards = store.named(sheet.awards);
    const limits = words(
      limitsOf(plan).map((limit) => [String(limit.index + 1), limitName(limit, "zh")]),
      "limit_no",
    );
    const missing = await store.rows(`SELECT DISTINCT missing FROM ${awards} WHERE missing IS NOT NULL AND ${faults}`);
    const lacks = words(
      missing.map(({ missing: found }) => {
        const names = String(found).split(",");
        return [text(names.join(",")), `：${names.map((name) => labelOf(plan.inputs, name, "zh")).join("、")}`];
      }),
      "missing",
    );
    paid.push(
      `SELECT row_no, award_fen, ${outcome} AS outcome_words, ${limits} AS limit_words FROM ${awards} WHERE NOT ${faults}`,
    );
    rejected.push(
      `SELECT row_no, reason FROM ${store.named(sheet.table)} WHERE reason IS NOT NULL`,
      `SELECT row_no, concat(${outcome}, coalesce(${lacks}, '')) AS reason FROM ${awards} WHERE ${faults}`,
    );
  }
  // Where no row names an instrument that there is.
  const none = `SELECT row_no, ${dialect.whole("0")} AS award_fen, ${dialect.noText} AS outcome_words, ${dialect.noText} AS limit_words FROM (${rejected.join("\nUNION ALL ")}) AS no_row WHERE 1 = 0`;
  await store.view("paid", paid.join("\nUNION ALL ") || none);
  await store.view("rejected", rejected.join("\nUNION ALL "));
}

export interface Sums {
  readonly awarded: number;
  /** Fen of all awards. */
  readonly total: bigint;
  readonly rejected: number;
  readonly reasons: readonly Reason[];
}

/** @param firstRow what the first row of the claims is called, where it is row 0 */
export async function sumsOf(stores: readonly Store[], firstRow: number): Promise<Sums> {
  const sums = await Promise.all(
    stores.map(async (store) => {
      const [row] = await store.rows(
        `SELECT sum(CASE WHEN award_fen > 0 THEN 1 ELSE 0 END) AS awarded, sum(award_fen) AS total FROM ${store.named("paid")}`,
      );
      return { awarded: Number(row!["awarded"] ?? 0), total: BigInt(String(row!["total"] ?? 0)) };
    }),
  );
  return {
    awarded: sums.reduce((sum, { awarded }) => sum + awarded, 0),
    total: sums.reduce((sum, { total }) => sum + total, 0n),
    rejected: await countAll(stores, (store) => `SELECT count(*) FROM ${store.named("rejected")}`),
    reasons: await reasonsIn(stores, "rejected", firstRow),
  };
}

/** Rejected rows of a table with `row_no` and `reason`, by cause; the most frequent first. */
export async function reasonsIn(stores: readonly Store[], table: string, firstRow = 1): Promise<Reason[]> {
  const found = await Promise.all(
    stores.map((store) =>
      store.rows(
        // One cause is one group, whatever the cells hold.
        `SELECT ${store.words.unquoted("reason")} AS cause, min(reason) AS example, count(*) AS rejected, ${store.words.first("row_no", FIRST)} AS first_rows
FROM ${store.named(table)} WHERE reason IS NOT NULL GROUP BY ${store.words.unquoted("reason")}`,
      ),
    ),
  );
  const causes = new Map<string, Reason>();
  for (const { cause, example, rejected, first_rows } of found.flat()) {
    const before = causes.get(String(cause));
    const rows = String(first_rows)
      .split(",")
      .map((row) => BigInt(row) + BigInt(firstRow))
      .map((row) => (row <= Number.MAX_SAFE_INTEGER ? Number(row) : String(row)));
    causes.set(String(cause), {
      reason: before && before.reason < String(example) ? before.reason : String(example),
      rows: (before?.rows ?? 0) + Number(rejected),
      first: [...(before?.first ?? []), ...rows].slice(0, FIRST),
    });
  }
  return [...causes.values()].sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1));
}
