/** export: a table of claims as a workbook of plain formulas. */
import path from "node:path";
import { exportBook, type Said } from "../export";
import { refuse, type Claim, type Entry, type Jurisdiction } from "../rules";
import {
  claimsOf,
  entryOfRow,
  instrumentsOf,
  matchColumns,
  missingInputs,
  policyColumns,
  Unread,
  valueAt,
  type FoundTable,
} from "../tables";
import { tableIn } from "./cells";
import { readingsFrom } from "./options";
import { writeWhole } from "./shell";

export interface ExportJob {
  readonly input: string;
  readonly output: string;
  /** For all rows; else each row names its own. */
  readonly entry: Entry | undefined;
  /** What rows mean that name a kind of support and no place. */
  readonly place: Jurisdiction;
  readonly claim: Claim;
  readonly readings: readonly string[];
  /** Name of the sheet; else the first one that has a table. */
  readonly sheet: string | undefined;
  readonly date: string | undefined;
  /** Whether the awards stand there as LAMBDA functions, too. */
  readonly lambda: boolean;
}

export interface ExportDone extends Said {
  /** Headers that mean nothing to the instruments. */
  readonly unused: readonly string[];
}

/** @throws Refusal for a file without a table, or one that cannot be read, and for a table that lacks a column */
export async function exportFile(job: ExportJob): Promise<ExportDone> {
  const { claim, place } = job;
  if (path.extname(job.output).toLowerCase() !== ".xlsx")
    throw refuse(`输出须为 .xlsx：${job.output}`, `${job.output} is no .xlsx file`);
  const table = await tableIn(job.input, job.sheet);
  const entries = entriesOf(table, job);
  const different = [...new Set(entries.flatMap((entry) => entry ?? []))];
  const matches = matchColumns(table.region, different, new Map());
  const missing = job.entry ? missingInputs(job.entry, matches, claim, "zh") : [];
  if (missing.length)
    throw refuse(`还缺必填的列：${missing.join("、")}`, `required columns are missing: ${missing.join(", ")}`);
  const { headers, values } = claimsOf(table, matches, different);
  const where = job.entry?.jurisdiction ?? place;
  const { bytes, ...done } = exportBook(
    { instruments: instrumentsOf(table, (i) => entries[i]), headers, values, years: [""] },
    {
      claim,
      place: where.name.zh,
      readings: readingsFrom(different, job.readings),
      ...(job.date !== undefined && { date: job.date }),
      lambda: job.lambda,
    },
  );
  await writeWhole(job.output, bytes);
  const policies = new Set<number | undefined>(Object.values(policyColumns(table.region) ?? {}));
  const unused = matches.filter(({ name, column }) => !name && !policies.has(column));
  return { ...done, unused: unused.flatMap(({ full }) => full || []) };
}

/** The instrument of each row. */
function entriesOf(table: FoundTable, { entry, place, claim }: ExportJob): (Entry | undefined)[] {
  const { rows } = table.region;
  if (entry) return rows.map(() => entry);
  const columns = policyColumns(table.region);
  if (!columns)
    throw refuse(
      "表中没有写明政策的列（政策工具，或辖区和类别）：请用 -i 指定一项",
      "no column names the instruments; give one with -i",
    );
  return rows.map((row) => {
    const found = entryOfRow((column) => valueAt(table, row, column), columns, { place, family: undefined }, claim);
    return found instanceof Unread ? undefined : found;
  });
}
