/** export: a table of claims as a workbook of plain formulas. */
import type { Command } from "commander";
import { exportBook, type PoolWanted, type Said } from "../export";
import { formatYuan, toYuan, type Claim, type Entry, type Jurisdiction, type Scenario } from "../rules";
import { claimsOf, instrumentsOf, policyColumns, readClaim, readEntry, readJurisdiction } from "../tables";
import { readMoney } from "../taskpane/parts/amount";
import { understood } from "./base";
import { tableIn } from "./cells";
import { readingsFrom, readPool } from "./options";
import { scenariosIn } from "./scenarios/set";
import {
  checkWorkbook,
  EXIT,
  fileArgument,
  instrumentOption,
  jsonOption,
  placeOption,
  printBeside,
  readingOption,
  report,
  sheetOption,
  writeWhole,
  yearOption,
  type Shown,
} from "./shell";
import { both, COMPUTING, reading } from "./words";

interface Options extends Shown {
  output: string;
  instrument?: string;
  place: string;
  sheet?: string;
  lambda?: boolean;
  date?: string;
  pool?: string;
  amount?: string;
  cap?: string;
  scenarios?: string;
}

export const addExport = (program: Command): void =>
  void program
    .command("export")
    .description(
      both("导出不装插件也能核对和改动的工作簿", "a workbook of plain formulas, for those without the add-in"),
    )
    .addArgument(fileArgument())
    .requiredOption("-o, --output <file>", both("输出 .xlsx；- 为标准输出", "output .xlsx; - is standard output"))
    .addOption(yearOption().makeOptionMandatory())
    .addOption(instrumentOption())
    .addOption(placeOption())
    .addOption(sheetOption())
    .addOption(readingOption())
    .option("--date <date>", both("写在“关于”里的日期", "the day to be stated on the sheet 关于"))
    .option("--lambda", both("另附 LAMBDA 命名函数（Microsoft 365）", "LAMBDA functions for Microsoft 365 besides"))
    .option(
      "--pool <id>",
      both("“资金池”先选的一个；缺省为各政策自己的", "pool chosen on 资金池; default: those of the policies"),
    )
    .option(
      "--amount <amount>",
      both("改用的资金池金额；没有 --pool 时为自定资金池", "money of the pool; without --pool a pool of your own"),
    )
    .option("--cap <amount>", both("资金池另设的单家上限", "cap per firm of the pool"))
    .option(
      "--scenarios <file>",
      both("“情景”一表：CSV 或 .xlsx，或输入文件中的工作表", "scenarios: CSV or .xlsx, or a sheet of the input"),
    )
    .addOption(jsonOption())
    .action(async (file: string, options: Options) => {
      const done = await exportFile({
        input: file,
        output: options.output,
        entry: options.instrument === undefined ? undefined : readEntry(options.instrument),
        place: readJurisdiction(options.place),
        claim: readClaim(options.year),
        readings: options.reading ?? [],
        sheet: options.sheet,
        date: options.date,
        lambda: Boolean(options.lambda),
        pool: poolWanted(options),
        ...(options.scenarios !== undefined && { scenarios: options.scenarios }),
      });
      report(exportWords(done, options.output));
      if (options.json) printBeside(options.output)(JSON.stringify({ ...done, total: toYuan(done.total) }));
      if (done.left.length) process.exitCode = EXIT.rejected;
    });

const poolWanted = ({ pool, amount = "", cap = "" }: Options): PoolWanted => ({
  id: pool === undefined ? undefined : readPool(pool).instrument.id,
  amount: readMoney(amount),
  cap: readMoney(cap),
});

/** Rows with their reasons. */
const MOST_SHOWN = 10;

function exportWords({ rows, left, unwritten, total, unused }: ExportDone, output: string): string {
  const lines = [
    both(
      `${rows} 行写入 ${output}，合计 ${formatYuan(total)} 元；没有列入 ${left.length} 行`,
      `${rows} rows in ${output}, ${formatYuan(total)} yuan in all; ${left.length} left out`,
    ),
  ];
  if (unwritten.length)
    lines.push(both(`${unwritten.length} 行没有写成公式，填入函数结果`, `${unwritten.length} rows hold values`));
  if (unused.length) lines.push(both(`未用到的列：${unused.join("、")}`, `columns not used: ${unused.join(", ")}`));
  for (const { source, why } of [...left, ...unwritten].slice(0, MOST_SHOWN)) lines.push(`第 ${source} 行：${why}`);
  return lines.join("\n");
}

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
  readonly pool?: PoolWanted;
  /** A file with a table of scenarios, or a sheet of the input that holds one. */
  readonly scenarios?: string;
}

export interface ExportDone extends Said {
  /** Headers that mean nothing to the instruments. */
  readonly unused: readonly string[];
}

/** @throws Refusal for a file without a table, or one that cannot be read, and for a table that lacks a column */
export async function exportFile(job: ExportJob): Promise<ExportDone> {
  const { claim, place } = job;
  checkWorkbook(job.output);
  report(reading(job.input));
  const table = await tableIn(job.input, job.sheet);
  report(COMPUTING);
  const { entries, different, matches } = understood(table, job);
  const { headers, values } = claimsOf(table, matches, different);
  const where = job.entry?.jurisdiction ?? place;
  const { bytes, ...done } = exportBook(
    { instruments: instrumentsOf(table, (i) => entries[i]), headers, values, years: [""] },
    {
      claim,
      place: where.name.zh,
      readings: readingsFrom(different, job.readings),
      ...(job.pool && { pool: job.pool }),
      ...(job.scenarios !== undefined && { scenarios: await scenariosOf(job.scenarios, job.input) }),
      ...(job.date !== undefined && { date: job.date }),
      lambda: job.lambda,
    },
  );
  await writeWhole(job.output, bytes);
  const policies = new Set<number | undefined>(Object.values(policyColumns(table.region) ?? {}));
  const unused = matches.filter(({ name, column }) => !name && !policies.has(column));
  return { ...done, unused: unused.flatMap(({ full }) => full || []) };
}

/** @throws Refusal */
const scenariosOf = (named: string, input: string): Promise<Scenario[]> =>
  /\.(csv|xlsx)$/i.test(named) ? scenariosIn(named) : scenariosIn(input, named);
