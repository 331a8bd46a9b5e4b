/**
 * The awards of typed claims, in tables `awards_…` (row_no, award_fen, outcome, limit_no, missing), one per instrument: one SQL query
 * each; accounts for which that has no closed form, and rows that meet rows of other instruments, are computed by the columns and
 * put in their place.
 */
import { allowancesOf, Refusal } from "../../rules";
import { sqlOf } from "../../writers/sql";
import { mend } from "./mend";
import { count, countAll, eachOf, type Store } from "./store";
import { ownersNamed, togetherBy, type Planned } from "./planned";

/** @returns rows that the columns computed */
export async function computeAwards(stores: readonly Store[], sheets: readonly Planned[]): Promise<number> {
  for (const sheet of sheets) await eachOf(stores, (store) => computeSheet(store, sheet));
  await eachOf(stores, (store) => linkedRows(store, sheets));
  const mended = await countAll(stores, (store) => `SELECT count(*) FROM ${store.named("linked")}`);
  await eachOf(stores, (store) => mend(store, sheets));
  for (const sheet of sheets) await eachOf(stores, (store) => store.view(sheet.awards, awardsOf(store, sheet)));
  return mended;
}

async function computeSheet(store: Store, sheet: Planned): Promise<void> {
  const { plans, readable, computed, ...typed } = sheet;
  const { dialect, types, text } = store.words;
  const columns = ["row_no", "claim_year", ...(typed.firm ? ["firm"] : []), ...(typed.object ? ["object"] : [])];
  await store.view(
    readable,
    `SELECT ${[
      ...columns.map((name) => (name === "claim_year" ? `${dialect.column(name, false)} AS ${name}` : name)),
      ...typed.inputs.map(dialect.quoted),
    ].join(", ")} FROM ${store.named(typed.table)} WHERE reason IS NULL AND in_force`,
  );
  const nothing = (byColumns: boolean): string =>
    `SELECT row_no, ${dialect.whole("0")} AS award_fen, '' AS outcome, CAST(NULL AS ${types.BIGINT}) AS limit_no, ${dialect.noText} AS missing, ${dialect.truth(byColumns)} AS by_columns FROM ${store.named(readable)}`;
  const query = (rows = readable): string =>
    sqlOf(
      plans,
      {
        name: store.path(rows),
        row: "row_no",
        year: "claim_year",
        ...(typed.firm && { firm: "firm" }),
        ...(typed.object && { object: "object" }),
        inputs: Object.fromEntries(typed.inputs.map((name) => [name, name])),
      },
      dialect,
    );
  const written = plans.length ? orRefusal(query) : nothing(false);
  // What has no form as one query is computed by the columns.
  if (written instanceof Refusal) return store.create(computed, nothing(true));
  const { apart } = store;
  const owner = plans.length ? togetherBy(sheet) : undefined;
  if (!apart || owner === undefined) return store.create(computed, written);
  const parts = apart.parts(await count(store, `SELECT count(*) FROM ${store.named(readable)}`));
  if (parts === 1) return store.create(computed, written);
  for (let part = 0; part < parts; part++) {
    const rows = `${readable}_${part}`;
    await store.view(rows, `SELECT * FROM ${store.named(readable)} WHERE ${apart.isIn(text(owner), part, parts)}`);
    if (part === 0) await store.create(computed, query(rows));
    else await store.run(`INSERT INTO ${store.named(computed)} ${query(rows)}`);
  }
}

function orRefusal(query: () => string): string | Refusal {
  try {
    return query();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The rows that the columns have to compute, in `linked`: those the query left, and those that meet another instrument's. */
async function linkedRows(store: Store, sheets: readonly Planned[]): Promise<void> {
  if (!sheets.length) return store.fill("linked", { row_no: "BIGINT" }, []);
  const left = sheets.map(({ computed }) => `SELECT row_no FROM ${store.named(computed)} WHERE by_columns`);
  const query = [...left, ...(sheets.length > 1 ? await meeting(store, sheets) : [])].join("\nUNION ALL ");
  await store.create("linked", `SELECT DISTINCT row_no FROM (${query}) AS all_linked`);
}

/** Rows whose object, or whose firm or named owner on an account in common, has rows of several instruments. */
async function meeting(store: Store, sheets: readonly Planned[]): Promise<string[]> {
  const { dialect } = store.words;
  const name = (given: boolean, column: string): string =>
    given ? column : `${dialect.column(dialect.noText, true)} AS ${column}`;
  const owners = ownersNamed(sheets);
  const rows = sheets.map((sheet, s) => {
    const columns = [
      name(sheet.firm, "firm"),
      name(sheet.object, "object"),
      ...owners.map((by) => name(sheet.inputs.includes(by), dialect.quoted(by))),
    ];
    return `SELECT row_no, ${dialect.whole(String(s))} AS sheet, ${columns.join(", ")} FROM ${store.named(sheet.readable)}`;
  });
  await store.view("all_readable", rows.join("\nUNION ALL "));
  const all = store.named("all_readable");
  const several = (column: string, where: string): string =>
    `SELECT row_no FROM ${all} WHERE ${where} AND ${column} IN (SELECT ${column} FROM ${all} WHERE ${where} AND ${column} IS NOT NULL GROUP BY ${column} HAVING min(sheet) < max(sheet))`;
  const keys = sheets.map(({ plans }) => new Set(plans.flatMap((plan) => allowancesOf(plan).map(({ key }) => key))));
  const common = [...new Set(keys.flatMap((one) => [...one]))]
    .map((key) => sheets.flatMap((_, s) => (keys[s]!.has(key) ? [s] : [])))
    .filter(({ length }) => length > 1);
  const sharing = ["firm", ...owners.map(dialect.quoted)];
  return [
    several("object", "1 = 1"),
    ...common.flatMap((group) => sharing.map((owner) => several(owner, `sheet IN (${group.join(", ")})`))),
  ];
}

function awardsOf(store: Store, { table, computed }: Planned): string {
  const { dialect, types } = store.words;
  const names = "row_no, award_fen, outcome, limit_no, missing";
  const [mended, rows] = [store.named("mended"), store.named(computed)];
  return `SELECT ${names} FROM ${mended} JOIN (SELECT row_no FROM ${rows}) AS asked USING (row_no)
UNION ALL SELECT ${names} FROM ${rows} WHERE row_no NOT IN (SELECT row_no FROM ${mended})
UNION ALL SELECT row_no, ${dialect.whole("0")} AS award_fen, 'not-in-force' AS outcome, CAST(NULL AS ${types.BIGINT}) AS limit_no, ${dialect.noText} AS missing
FROM ${store.named(table)} WHERE reason IS NULL AND NOT in_force`;
}
