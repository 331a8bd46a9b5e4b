/** A file of claims to a file of awards. */
import { limitsOf, planOf, refuse, type Claim, type Entry } from "../../rules";
import { layoutOf, nameOf } from "../../tables";
import { inputWords } from "../../writers/terms";
import { labelOf, limitName, OUTCOME_WORDS } from "../../writers/words";
import { literal, quoted } from "../../writers/sql";
import { computeAwards } from "./compute";
import { loadClaims } from "./source";
import { typeClaims, type Typed } from "./typed";
import { Warehouse, type Limits } from "./warehouse";
import { writeFiles } from "./write";

export interface Job extends Limits {
  readonly input: string;
  readonly entry: Entry;
  readonly claim: Claim;
  readonly readings: Readonly<Record<string, string>>;
  /** Not there: nothing is written, only counted. */
  readonly output?: string | undefined;
  readonly rejects?: string | undefined;
  /** What is being done, for who waits. */
  readonly report: (line: string) => void;
}

export interface Reason {
  readonly reason: string;
  readonly rows: number;
  /** Places in the file, the first few, counted from 1 below the headers. */
  readonly first: readonly number[];
}

export interface Done {
  readonly rows: number;
  readonly awarded: number;
  /** Fen of all awards. */
  readonly total: bigint;
  readonly rejected: number;
  readonly reasons: readonly Reason[];
  /** Headers that mean nothing to the instrument. */
  readonly unused: readonly string[];
  /** Rows of accounts without a closed form in SQL. */
  readonly byColumns: number;
}

/** Outcomes that name a fault of the row and not an answer. */
const FAULTS = ["incomplete", "above-ceiling", "too-large"] as const;
const FIRST = 5;

/** @throws Refusal for a file that cannot be read, headers that mean the same, and what has no form in SQL */
export async function runJob(job: Job, warehouse: Warehouse): Promise<Done> {
  const { entry, report } = job;
  const { headers, typed } = await readClaims(job, warehouse);
  report("计算 …");
  const byColumns = await computeAwards(warehouse, entry, job.readings, typed);
  const plan = planOf(entry, job.claim, { readings: job.readings });
  const words = (cases: readonly (readonly [string, string])[], of: string): string =>
    cases.length
      ? `CASE ${of} ${cases.map(([value, word]) => `WHEN ${value} THEN ${literal(word)}`).join(" ")} END`
      : "NULL";
  const outcomes = words(
    Object.entries(OUTCOME_WORDS).map(([kind, { zh }]) => [literal(kind), zh]),
    "outcome",
  );
  const limits = words(
    limitsOf(plan).map((limit) => [String(limit.index + 1), limitName(limit, "zh")]),
    "limit_no",
  );
  const faults = `outcome IN (${FAULTS.map(literal).join(", ")})`;
  const missing = await warehouse.rows("SELECT DISTINCT missing FROM awards WHERE missing IS NOT NULL");
  const lacks = words(
    missing.map((row) => {
      const names = String(row["missing"]).split(",");
      return [literal(names.join(",")), `：${names.map((name) => labelOf(plan.inputs, name, "zh")).join("、")}`];
    }),
    "missing",
  );
  await warehouse.run(`CREATE VIEW rejected AS
SELECT row_no, reason FROM typed WHERE reason IS NOT NULL
UNION ALL SELECT row_no, concat(${outcomes}, ${lacks}) AS reason FROM awards WHERE ${faults}`);
  const result = `SELECT ${headers.map((name) => `raw.${quoted(name)}`).join(", ")},
  CAST(CAST(award_fen AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2)) AS ${quoted(free("补贴金额（元）", headers))},
  ${outcomes} AS ${quoted(free("结论", headers))}, ${limits} AS ${quoted(free("起作用的限额", headers))}
FROM raw JOIN awards ON raw.rowid = awards.row_no WHERE NOT ${faults} ORDER BY raw.rowid`;
  const rejected = `SELECT raw.rowid + 1 AS ${quoted(free("行号", headers))}, ${headers.map((name) => `raw.${quoted(name)}`).join(", ")}, reason AS ${quoted(free("原因", headers))}
FROM raw JOIN rejected ON raw.rowid = rejected.row_no ORDER BY raw.rowid`;
  const [sums] = await warehouse.rows(
    `SELECT count(*) FILTER (WHERE award_fen > 0) AS awarded, coalesce(sum(award_fen), 0) AS total FROM awards`,
  );
  const done: Done = {
    rows: await warehouse.count("SELECT count(*) FROM raw"),
    awarded: Number(sums!["awarded"]),
    total: BigInt(String(sums!["total"])),
    rejected: await warehouse.count("SELECT count(*) FROM rejected"),
    reasons: await reasonsIn(warehouse, "rejected"),
    unused: typed.unused,
    byColumns,
  };
  if (job.output !== undefined) {
    report(`写出 ${job.output} …`);
    await writeFiles(warehouse, {
      [job.output]: result,
      ...(job.rejects !== undefined && { [job.rejects]: rejected }),
    });
  }
  return done;
}

/**
 * Makes the tables `raw` and `typed` of a file.
 * @throws Refusal for a file that cannot be read, headers that mean the same, and a file without any input of the instrument
 */
export async function readClaims(
  { input, entry, claim, report }: Pick<Job, "input" | "entry" | "claim" | "report">,
  warehouse: Warehouse,
): Promise<{ headers: string[]; typed: Typed }> {
  report(`读入 ${input} …`);
  await loadClaims(warehouse, input);
  const headers = await warehouse.columns("raw");
  const layout = layoutOf(entry, headers, headers.map(nameOf));
  if (layout instanceof Error) throw layout;
  checkInputs(
    entry,
    layout.meanings.map((meaning) => meaning?.name),
  );
  report("识别各列 …");
  return { headers, typed: await typeClaims(warehouse, layout, headers, claim) };
}

/** Rejected rows of a table with `row_no` and `reason`, by cause; the most frequent first. */
export async function reasonsIn(warehouse: Warehouse, table: string): Promise<Reason[]> {
  const reasons = await warehouse.rows(
    // One cause is one group, whatever the cells hold.
    `SELECT min(reason) AS reason, count(*) AS rows, list(row_no + 1 ORDER BY row_no)[1:${FIRST}] AS first FROM ${table}
     WHERE reason IS NOT NULL GROUP BY regexp_replace(reason, '“[^”]*”', '', 'g') ORDER BY count(*) DESC, 1`,
  );
  return reasons.map(({ reason, rows, first }) => ({
    reason: String(reason),
    rows: Number(rows),
    first: (first as { items: readonly bigint[] }).items.map(Number),
  }));
}

/** @throws Refusal where the file has nothing that the instrument asks for, with what it asks for */
function checkInputs(entry: Entry, given: readonly (string | undefined)[]): void {
  const inputs = Object.entries(entry.instrument.inputs ?? {});
  if (!inputs.length || inputs.some(([name]) => given.includes(name))) return;
  const list = (language: "zh" | "en"): string =>
    inputs.map(([name, input]) => inputWords(name, input, language)).join(language === "zh" ? "；" : "; ");
  throw refuse(
    `文件中没有“${entry.instrument.name.zh}”所需的列：${list("zh")}`,
    `no column serves ${entry.instrument.name.en}: ${list("en")}`,
  );
}

/** A header that the file does not use yet. */
const free = (name: string, headers: readonly string[]): string =>
  headers.includes(name) ? free(`${name}_`, headers) : name;
