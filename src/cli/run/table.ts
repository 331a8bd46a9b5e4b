/** A table of claims in a database to a table of awards beside it: only sums, and the texts that no pattern reads, come back. */
import { formatYuan, refuse, type Claim, type Entry, type Jurisdiction } from "../../rules";
import { readTyped } from "./claims";
import { withKnownAwards } from "./asked";
import { computeAwards } from "./compute";
import { ownersNamed, planned, shares, type Planned } from "./planned";
import { ADDED, free, sumsOf, wordViews } from "./result";
import type { Done } from "./run";
import { countAll, eachOf, failed, sourceOf, type Store } from "./store";
import { both, COMPUTING } from "../words";
import type { ColumnType, Results, Target } from "./target";

export interface TableJob {
  readonly entry: Entry | undefined;
  readonly place: Jurisdiction;
  readonly claim: Claim;
  readonly readings: Readonly<Record<string, string>>;
  /** What columns are read as, by their names; else by what they are called. */
  readonly meanings: ReadonlyMap<string, string>;
  /** Column by which rows are told apart and drawn in order. */
  readonly row: string;
  readonly report: (line: string) => void;
}

const READABLE =
  /^(Nullable\(|LowCardinality\()*(U?Int\d+|Float\d+|Decimal.*|String|Date.*|Bool|Enum.*|UUID|smallint|integer|bigint|numeric.*|real|double precision|boolean|text|character.*|varchar.*|date|timestamp.*|uuid)/;
const WHOLE = /^(Nullable\(|LowCardinality\()*(U?Int(8|16|32|64)|smallint|integer|bigint)\)*$/;

/** @throws Refusal in the words of what is wrong: a column, its type, where rows lie */
export async function runTable(job: TableJob, target: Target): Promise<Done> {
  const { report } = job;
  report(both("连接 …", "connecting …"));
  await target.open();
  const { stores, columns } = target;
  const [first] = stores as readonly [Store];
  checkRow(first, columns, job.row);
  for (const name of job.meanings.keys())
    if (!columns.some((column) => column.name === name))
      throw failed(first.label, `表中没有列“${name}”`, `the table has no column ${name}`);
  const names = columns.flatMap(({ name }) => (name === job.row && !job.meanings.has(name) ? [] : name));
  const headers = names.map((name) => job.meanings.get(name) ?? name);
  const source = sourceOf(
    target.from,
    first.words.dialect.quoted(job.row),
    columns.map(({ name }) => name),
    true,
  );
  const rows = await countAll(stores, () => `SELECT count(*) FROM ${target.from}`);
  report(both(`识别各列（${rows} 行）…`, `reading the columns of ${rows} rows …`));
  const { sheets, unused, unread } = await readTyped(stores, source, names, headers, job, (used) =>
    checkTypes(first, columns, used),
  );
  const tables = [...sheets.map(({ table }) => table), ...(unread === undefined ? [] : [unread])];
  await checkRows(stores, tables, rows, job.row);
  const plans = await withKnownAwards(stores, await planned(stores, sheets, job.readings), 0);
  const all = `every_row`;
  const owners = [
    ...(["firm", "object"] as const).filter((owner) => plans.some((sheet) => shares(sheet) && sheet[owner])),
    ...ownersNamed(plans),
  ];
  if (owners.length) {
    await eachOf(stores, (store) => store.view(all, ownersOf(store, plans, owners)));
    await target.checkWhole(all, owners);
  }
  report(COMPUTING);
  const byColumns = await computeAwards(stores, plans);
  await eachOf(stores, (store) => wordViews(store, plans, job.claim, job.readings, unread));
  const done: Done = { rows, ...(await sumsOf(stores, 0)), unused, byColumns };
  report(both("写出 …", "writing …"));
  await target.publish((store) => resultsOf(store, job.row), job.row);
  return done;
}

function checkRow({ label }: Store, columns: readonly ColumnType[], row: string): void {
  const found = columns.find(({ name }) => name === row);
  if (!found)
    throw failed(
      label,
      `表中没有行号列“${row}”，请用 --row 写明：每行一个不重复的整数，共用的限额按它的次序用掉`,
      `the table has no column ${row}; give one with --row: a whole number for each row, in whose order shared limits are used up`,
    );
  if (!WHOLE.test(found.type))
    throw failed(
      label,
      `行号列“${row}”的类型是 ${found.type}，须为整数`,
      `column ${row} is of type ${found.type}; rows are told apart by whole numbers`,
    );
}

function checkTypes({ label }: Store, columns: readonly ColumnType[], used: readonly string[]): void {
  for (const { name, type } of columns) {
    if (!used.includes(name) || READABLE.test(type)) continue;
    throw failed(
      label,
      `列“${name}”的类型是 ${type}，不能当作文字或数字来读`,
      `column ${name} is of type ${type}, which holds neither text nor numbers`,
    );
  }
}

/** Every row was read once, and by its own number. */
async function checkRows(
  stores: readonly Store[],
  tables: readonly string[],
  rows: number,
  name: string,
): Promise<void> {
  const read = await Promise.all(
    stores.map(async (store) => {
      const all = tables.map((table) => `SELECT row_no FROM ${store.named(table)}`).join(" UNION ALL ");
      const [found] = await store.rows(
        `SELECT count(*) AS every_row, count(DISTINCT row_no) AS numbers, min(row_no) AS least FROM (${all}) AS all_rows`,
      );
      const [every, numbers] = [Number(found!["every_row"]), Number(found!["numbers"])];
      if (numbers < every || Number(found!["least"] ?? 0) < 0)
        throw failed(
          store.label,
          `行号列“${name}”有空白、重复或负数：${every} 行中只有 ${numbers} 个不同的行号`,
          `column ${name} has blanks, repetitions or negative numbers: ${numbers} different ones in ${every} rows`,
        );
      return every;
    }),
  );
  if (read.reduce((sum, one) => sum + one, 0) !== rows)
    throw refuse("表在计算过程中被改动，请重新计算", "the table was changed while it was read: run it again");
}

function ownersOf(store: Store, sheets: readonly Planned[], owners: readonly string[]): string {
  const { dialect } = store.words;
  return sheets
    .map((sheet) => {
      const has = (owner: string): boolean =>
        owner === "firm" || owner === "object" ? sheet[owner] : ownersNamed([sheet]).includes(owner);
      const own = owners.map((owner) => {
        const column = dialect.quoted(owner);
        return has(owner) ? column : `${dialect.column(dialect.noText, true)} AS ${column}`;
      });
      return `SELECT ${own.join(", ")} FROM ${store.named(sheet.table)}`;
    })
    .join("\nUNION ALL ");
}

function resultsOf(store: Store, row: string): Results {
  const { dialect, yuan } = store.words;
  const as = (name: string): string => dialect.quoted(free(name, [row]));
  const no = `row_no AS ${dialect.quoted(row)}`;
  return {
    paid: `SELECT ${no}, ${yuan("award_fen")} AS ${as(ADDED.award)}, outcome_words AS ${as(ADDED.outcome)}, limit_words AS ${as(ADDED.limit)} FROM ${store.named("paid")}`,
    rejected: `SELECT ${no}, reason AS ${as(ADDED.reason)} FROM ${store.named("rejected")}`,
  };
}

/** @returns rows that were read, rows in a second and time left, where they are known */
export const progressLine = (read: number, rows: number, seconds: number): string =>
  `已读 ${formatYuan(read * 100).replace(/\.00$/, "")} 行，每秒 ${Math.round(read / seconds)} 行${read < rows ? `，约剩 ${Math.round(((rows - read) * seconds) / read)} 秒` : ""}`;
