/** A file of claims to a file of awards. */
import { idOf, refuse, versionsIn, type Claim, type Entry, type Jurisdiction } from "../../rules";
import { earlierResults } from "../../tables";
import { quoted } from "../../writers/sql";
import { readTyped, type TypedClaims } from "./claims";
import { withKnownAwards } from "./asked";
import { computeAwards } from "./compute";
import { doubtfulRows, type DoubtfulRows } from "./doubtful";
import { planned } from "./planned";
import { ADDED, free, reasonsIn as reasonsOf, sumsOf, wordViews, type Reason, type Sums } from "./result";
import { loadClaims, type TakenSheet } from "./source";
import { sourceOf } from "./store";
import type { Typed } from "./typed";
import type { Limits, Warehouse } from "./warehouse";
import { both, COMPUTING, reading, takenWords, writing } from "../words";
import { writeFiles } from "./write";

export type { Reason } from "./result";

export interface Job extends Limits {
  readonly input: string;
  /** Of a workbook; left out: the first visible one with a table. */
  readonly sheet?: string | undefined;
  /** For all rows; else each row names its own. */
  readonly entry: Entry | undefined;
  /** What rows mean that name a kind of support and no place. */
  readonly place: Jurisdiction;
  readonly claim: Claim;
  readonly readings: Readonly<Record<string, string>>;
  /** Not there: nothing is written, only counted. */
  readonly output?: string | undefined;
  readonly rejects?: string | undefined;
  /** What is being done, for who waits. */
  readonly report: (line: string) => void;
}

export interface Done extends Sums {
  readonly rows: number;
  /** Of a workbook: the sheet that was read, and others that hold tables and were not. */
  readonly taken?: TakenSheet;
  /** Headers that mean nothing to the instruments. */
  readonly unused: readonly string[];
  /** Rows of accounts without a closed form in SQL, and those that meet rows of other instruments. */
  readonly byColumns: number;
  /** Of a file that is only checked: rows that are computed, and that someone should look at. */
  readonly doubtful?: readonly DoubtfulRows[];
}

/** @throws Refusal for a file that cannot be read, headers that mean the same, and what has no form in SQL */
export async function runJob(job: Job, warehouse: Warehouse): Promise<Done> {
  const { report } = job;
  const { taken, headers, sheets, unused, unread } = await readFileClaims(job, warehouse);
  report(COMPUTING);
  const stores = [warehouse];
  const plans = await withKnownAwards(stores, await planned(stores, sheets, job.readings), 1);
  const byColumns = await computeAwards(stores, plans);
  await wordViews(warehouse, plans, job.claim, job.readings, unread);
  const raw = headers.map((name) => `raw.${quoted(name)}`).join(", ");
  const result = `SELECT ${raw}, ${warehouse.words.yuan("paid.award_fen")} AS ${quoted(free(ADDED.award, headers))},
  paid.outcome_words AS ${quoted(free(ADDED.outcome, headers))}, paid.limit_words AS ${quoted(free(ADDED.limit, headers))}
FROM raw JOIN paid ON raw.rowid = paid.row_no ORDER BY raw.rowid`;
  const rejected = `SELECT raw.rowid + 1 AS ${quoted(free("行号", headers))}, ${raw}, rejected.reason AS ${quoted(free(ADDED.reason, headers))}
FROM raw JOIN rejected ON raw.rowid = rejected.row_no ORDER BY raw.rowid`;
  const rows = await warehouse.count("SELECT count(*) FROM raw");
  const isCheck = job.output === undefined;
  const doubtful = isCheck ? await doubtfulRows(warehouse, plans) : undefined;
  if (isCheck && !doubtful)
    report(both("行数过多，没有逐行看可疑之处", "too many rows to be looked at for doubtful ones"));
  const done: Done = {
    rows,
    ...(await sumsOf(stores, 1)),
    unused,
    byColumns,
    ...(taken && { taken }),
    ...(doubtful && { doubtful }),
  };
  if (job.output !== undefined) {
    report(writing(job.output));
    await writeFiles(warehouse, {
      [job.output]: result,
      ...(job.rejects !== undefined && { [job.rejects]: rejected }),
    });
  }
  return done;
}

type FileClaims = Pick<Job, "input" | "sheet" | "entry" | "place" | "claim" | "report">;

/** Makes the table `raw` of a file, and of it typed ones. */
async function readFileClaims(
  job: FileClaims,
  warehouse: Warehouse,
): Promise<TypedClaims & { readonly headers: string[]; readonly taken: TakenSheet | undefined }> {
  job.report(reading(job.input));
  const taken = await loadClaims(warehouse, job.input, job.sheet);
  if (taken?.others.length) job.report(takenWords(taken.sheet, taken.others));
  const all = await warehouse.columns("raw");
  const earlier = earlierResults(all);
  if (earlier.length)
    job.report(
      both(
        `文件里有上次计算的结果（${earlier.join("、")}），不采用；输出中是这次的结果`,
        `the results of an earlier run in the file are not used; those of this run take their place`,
      ),
    );
  const headers = all.filter((header) => !earlier.includes(header));
  job.report(both("识别各列 …", "reading the columns …"));
  return {
    taken,
    headers,
    ...(await readTyped([warehouse], sourceOf("raw", "rowid", headers, false), headers, headers, job)),
  };
}

/**
 * Makes the table `claims` of a file, all rows of which claim one instrument: the columns of a typed table, and every row of the file.
 * @throws Refusal for a file that cannot be read, headers that mean the same, and a file without any input of the instrument
 */
export async function readClaims(
  job: Pick<Job, "input" | "claim" | "report"> & { readonly entry: Entry },
  warehouse: Warehouse,
): Promise<Typed> {
  const { sheets, unread } = await readFileClaims({ ...job, place: job.entry.jurisdiction }, warehouse);
  const [typed, ...more] = sheets;
  // Of several versions one would be passed over in silence.
  if (!typed || more.length)
    throw refuse(
      `各行的申报日期要属于“${job.entry.instrument.name.zh}”的同一个版本：请分开计算，或写明版本 ${versionsIn(job.entry).map(idOf).join("、")}`,
      `the claims must fall under one version of ${job.entry.instrument.id}: compute them apart, or name one of ${versionsIn(job.entry).map(idOf).join(", ")}`,
    );
  // Rows that name another instrument have no values, and a reason.
  const others = unread === undefined ? "" : ` UNION ALL BY NAME SELECT row_no, reason FROM ${quoted(unread)}`;
  await warehouse.run(`CREATE TABLE claims AS SELECT * FROM ${quoted(typed.table)}${others}`);
  return typed;
}

/** Rejected rows of a table with `row_no` and `reason`, by cause; the most frequent first. */
export const reasonsIn = (warehouse: Warehouse, table: string): Promise<Reason[]> => reasonsOf([warehouse], table);
