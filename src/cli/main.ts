/**
 * butie, the rules on the command line.
 *
 * Exit codes: 0 done · 1 refused, in words · 2 wrong use · 3 done, but rows were rejected · 130 stopped by Ctrl-C
 */
import { writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { Command, Option } from "commander";
import { templateBook } from "../export/template";
import { formatYuan, planOf, Refusal, refuse, RULES_VERSION } from "../rules";
import { readClaim, readEntry, readJurisdiction } from "../tables";
import { DIALECTS, sqlOf } from "../writers/sql";
import { runJob, type Done, type Job } from "./run/run";
import { Warehouse } from "./run/warehouse";
import { exportFile, type ExportDone } from "./export";
import { columnsFrom, languageOf, readingsFrom } from "./options";
import { awardWords, listWords, termsWords } from "./show";
import { both, bothOf, columnsOf } from "./words";

const EXIT = { refused: 1, usage: 2, rejected: 3, stopped: 130 };

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const report = (line: string): void => void process.stderr.write(`${line}\n`);

const yearOption = () =>
  new Option("-y, --year <year>", both("申报年度或日期，如 2026 或 2026-06-10", "year or day of the claim"));
const readingOption = () =>
  new Option("-r, --reading <name=option>", both("采用的读法，可多次", "a reading to take, repeatable")).argParser(
    (value: string, before: string[] = []) => [...before, value],
  );
const jsonOption = () => new Option("--json", both("输出 JSON", "JSON for machines"));
const englishOption = () => new Option("--en", both("英文", "in English"));

interface Shown {
  year: string;
  reading?: string[];
  json?: boolean;
  en?: boolean;
}

const program = new Command("butie")
  .description(both("补贴测算：政策条款逐条计算，精确到分", "subsidies by clause, exact to the fen"))
  .version(RULES_VERSION.version, "-v, --version", both("规则版本", "version of the rules"))
  .helpOption("-h, --help", both("显示帮助", "show help"))
  .helpCommand(false)
  .configureHelp({ showGlobalOptions: false })
  .addHelpText(
    "after",
    `\n${both("退出码", "exit codes")}: 0 ${both("完成", "done")}, 1 ${both("拒绝，附原因", "refused, with words")}, 2 ${both("用法有误", "wrong use")}, 3 ${both("完成，但有行被退回", "done, rows rejected")}, 130 ${both("被中断", "stopped")}`,
  )
  .exitOverride();

program
  .command("award")
  .description(both("一笔补贴及其计算过程", "one award with its working paper"))
  .argument("<instrument>", both("政策工具编号，如 bj-6-suanli", "id of the instrument"))
  .argument("[inputs...]", both("输入=值，如 amount=12000000 domestic=是", "input=value"))
  .addOption(yearOption().makeOptionMandatory())
  .addOption(readingOption())
  .addOption(jsonOption())
  .addOption(englishOption())
  .action((id: string, inputs: string[], options: Shown) => {
    const entry = readEntry(id);
    const readings = readingsFrom([entry], options.reading ?? []);
    print(awardWords(entry, readClaim(options.year), inputs, readings, languageOf(options), Boolean(options.json)));
  });

program
  .command("list")
  .description(both("政策工具目录", "the catalogue"))
  .addOption(yearOption())
  .option("-p, --place <place>", both("辖区，如 滨江", "jurisdiction"))
  .option("-f, --family <family>", both("类别，如 算力券", "family"))
  .addOption(jsonOption())
  .addOption(englishOption())
  .action((options: Partial<Shown> & { place?: string; family?: string }) => {
    const claim = options.year === undefined ? undefined : readClaim(options.year);
    // Rates of what has several readings by year are those of the year asked for, or of this one.
    print(listWords(options, { year: new Date().getFullYear() }, claim, languageOf(options), Boolean(options.json)));
  });

program
  .command("terms")
  .description(both("一项政策工具的条款", "the terms of one instrument"))
  .argument("<instrument>")
  .addOption(yearOption().makeOptionMandatory())
  .addOption(jsonOption())
  .addOption(englishOption())
  .action((id: string, options: Shown) => {
    print(termsWords(readEntry(id), readClaim(options.year), languageOf(options), Boolean(options.json)));
  });

program
  .command("sql")
  .description(both("把一项政策写成数据库查询", "the clause as a query for a database"))
  .argument("<instrument>")
  .addOption(yearOption().makeOptionMandatory())
  .addOption(readingOption())
  .addOption(
    new Option("-d, --dialect <dialect>", both("数据库", "database")).choices(Object.keys(DIALECTS)).default("duckdb"),
  )
  .option("-t, --table <name>", both("申报表名，可带模式名 a.b", "table of the claims, with schema a.b"), "claims")
  .option(
    "-c, --columns <inputs>",
    both("表中有的输入，以逗号分隔；缺省为全部", "inputs that the table has; default: all"),
  )
  .option("--firm <column>", both("企业列", "column of the firm"))
  .option("--object <column>", both("对象列", "column of the object"))
  .option("--row <column>", both("行号列", "column of the row number"), "id")
  .action(
    (
      id: string,
      options: Shown & {
        dialect: string;
        table: string;
        columns?: string;
        firm?: string;
        object?: string;
        row: string;
      },
    ) => {
      const entry = readEntry(id);
      const plan = planOf(entry, readClaim(options.year), { readings: readingsFrom([entry], options.reading ?? []) });
      const columns = options.columns ?? Object.keys(entry.instrument.inputs ?? {}).join(",");
      print(
        sqlOf(
          [plan],
          {
            name: options.table.split("."),
            row: options.row,
            ...(options.firm !== undefined && { firm: options.firm }),
            ...(options.object !== undefined && { object: options.object }),
            inputs: columnsFrom(plan, columns),
          },
          DIALECTS[options.dialect]!,
        ),
      );
    },
  );

interface RunOptions extends Shown {
  instrument: string;
  output?: string;
  rejects?: string;
  memory?: string;
  threads?: string;
}

const fileCommand = (name: string, zh: string, en: string): Command =>
  program
    .command(name)
    .description(both(zh, en))
    .argument(
      "<file>",
      both("CSV、Parquet 或 .xlsx；- 为标准输入的 CSV", "CSV, Parquet or .xlsx; - is CSV from standard input"),
    )
    .requiredOption("-i, --instrument <id>", both("政策工具编号", "id of the instrument"))
    .addOption(yearOption().makeOptionMandatory())
    .addOption(readingOption())
    .option(
      "--memory <size>",
      both("内存上限，如 2GB；缺省为本机的四分之一", "memory limit such as 2GB; default: a quarter of the machine"),
    )
    .option("--threads <n>", both("线程数", "threads"))
    .addOption(jsonOption());

fileCommand("run", "按一项政策计算整个文件", "computes a whole file under one instrument")
  .requiredOption(
    "-o, --output <file>",
    both("输出 .csv、.parquet 或 .xlsx；- 为标准输出", "output; - is standard output"),
  )
  .option("--rejects <file>", both("退回行及原因另存为", "rejected rows with reasons"))
  .action((file: string, options: RunOptions) => work(file, options));

fileCommand("check", "检查文件，列出会被退回的行", "what of a file would be rejected, by reason").action(
  (file: string, options: RunOptions) => work(file, options),
);

program
  .command("export")
  .description(both("导出不装插件也能核对和改动的工作簿", "a workbook of plain formulas, for those without the add-in"))
  .argument("<file>", both("CSV 或 .xlsx；- 为标准输入的 CSV", "CSV or .xlsx; - is CSV from standard input"))
  .requiredOption("-o, --output <file>", both("输出 .xlsx", "output .xlsx"))
  .addOption(yearOption().makeOptionMandatory())
  .option(
    "-i, --instrument <id>",
    both("政策工具编号；缺省按表中的列", "id of the instrument; default: the table's own"),
  )
  .option("-p, --place <place>", both("表中没写辖区时的辖区", "jurisdiction of rows that name none"), "浙江")
  .option("-s, --sheet <name>", both("工作表；缺省为第一张有数据表的", "sheet; default: the first with a table"))
  .addOption(readingOption())
  .option("--date <date>", both("写在“关于”里的日期", "the day to be stated on the sheet 关于"))
  .action(async (file: string, options: ExportOptions) => {
    const done = await exportFile({
      input: file,
      output: options.output,
      entry: options.instrument === undefined ? undefined : readEntry(options.instrument),
      place: readJurisdiction(options.place),
      claim: readClaim(options.year),
      readings: options.reading ?? [],
      sheet: options.sheet,
      date: options.date,
    });
    report(exportWords(done, options.output));
    if (done.left.length) process.exitCode = EXIT.rejected;
  });

program
  .command("template")
  .description(
    both("测算模型：可以填写的工作簿，只有普通公式", "the starter workbook: a model to fill in, of plain formulas"),
  )
  .argument("<output>", both("输出 .xlsx", "output .xlsx"))
  .addOption(yearOption().makeOptionMandatory())
  .option(
    "-i, --instrument <ids>",
    both("政策工具编号，逗号分隔；缺省为滨江、杭州、浙江的券", "ids of instruments; default: vouchers of three places"),
  )
  .option("--rows <number>", both("合同表的行数，缺省 300", "room for so many contracts, default 300"))
  .action(async (output: string, options: { year: string; instrument?: string; rows?: string }) => {
    if (!/\.xlsx$/i.test(output)) throw refuse(`输出须为 .xlsx：${output}`, `${output} is no .xlsx file`);
    const bytes = templateBook({
      year: readClaim(options.year).year,
      ...(options.instrument !== undefined && {
        instruments: options.instrument.split(/[,，]/).map((id) => readEntry(id.trim()).instrument.id),
      }),
      ...(options.rows !== undefined && { rows: Number(options.rows) }),
    });
    await writeFile(output, bytes);
    report(both(`测算模型写入 ${output}`, `the starter workbook is in ${output}`));
  });

interface ExportOptions extends Shown {
  output: string;
  instrument?: string;
  place: string;
  sheet?: string;
  date?: string;
}

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
const MOST_SHOWN = 10;

/** A quarter of the machine, so that it stays usable. */
const DEFAULT_MEMORY = `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`;

async function work(file: string, options: RunOptions): Promise<void> {
  const entry = readEntry(options.instrument);
  const job: Job = {
    input: file,
    entry,
    claim: readClaim(options.year),
    readings: readingsFrom([entry], options.reading ?? []),
    output: options.output,
    rejects: options.rejects,
    report,
  };
  const started = process.hrtime.bigint();
  // Only now: what is refused above leaves no folder behind.
  const warehouse = await Warehouse.open({
    memory: options.memory ?? DEFAULT_MEMORY,
    threads: options.threads === undefined ? undefined : Number(options.threads),
  });
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    warehouse.interrupt();
    process.stdin.destroy();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    const done = await runJob(job, warehouse);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    report(summary(done, seconds));
    if (options.json)
      (options.output === "-" ? process.stderr : process.stdout).write(
        `${JSON.stringify({ ...done, total: formatYuan(Number(done.total)).replaceAll(",", "") })}\n`,
      );
    if (done.rejected) process.exitCode = EXIT.rejected;
  } catch (error) {
    if (!stopped) throw error;
    report(both("已中断，没有留下文件", "stopped; no file was left behind"));
    process.exitCode = EXIT.stopped;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await warehouse.close();
  }
}

function summary({ rows, awarded, total, rejected, reasons, unused, byColumns }: Done, seconds: number): string {
  const lines = [
    `${rows} 行，其中 ${awarded} 行有补贴，合计 ${formatYuan(Number(total))} 元；退回 ${rejected} 行；用时 ${seconds.toFixed(1)} 秒，每秒 ${Math.round(rows / seconds)} 行`,
    `${rows} rows, ${awarded} with an award, ${formatYuan(Number(total))} yuan in all; ${rejected} rejected; ${seconds.toFixed(1)} s`,
  ];
  if (byColumns)
    lines.push(both(`${byColumns} 行的额度各不相同，逐行计算`, `${byColumns} rows were computed row by row`));
  if (unused.length) lines.push(both(`未用到的列：${unused.join("、")}`, `columns not used: ${unused.join(", ")}`));
  if (reasons.length)
    lines.push(
      columnsOf(
        reasons.map(({ reason, rows: count, first }) => [
          reason,
          `${count} 行`,
          `第 ${first.join("、")} 行${count > first.length ? " …" : ""}`,
        ]),
      ),
    );
  return lines.join("\n");
}

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof Refusal) {
      report(bothOf(error.text));
      process.exitCode = EXIT.refused;
    } else if (error instanceof Error && "exitCode" in error) {
      // Commander has said what was wrong; help and version are no faults.
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    } else {
      report(error instanceof Error ? error.message : String(error));
      process.exitCode = EXIT.refused;
    }
  }
}

void main();
