/**
 * butie, the rules on the command line.
 *
 * Exit codes: 0 done · 1 refused, in words · 2 wrong use · 3 done, but rows were rejected · 130 stopped by Ctrl-C
 */
import path from "node:path";
import { Argument, Command, Option } from "commander";
import "../host/runtime";
import { CATALOGUE, formatYuan, planOf, Refusal, refuse, RULES_VERSION } from "../rules";
import { readClaim, readEntry, readJurisdiction } from "../tables";
import { readMoney } from "../taskpane/parts/amount";
import { DIALECTS, shareSql, SQL_METHODS, sqlOf, type SqlMethod } from "../writers/sql";
import { runJob, type Done, type Job } from "./run/run";
import { runEngine, withEngineOptions, type EngineOptions } from "./engine";
import { addExport } from "./export";
import { systemCause } from "./files";
import { columnsFrom, languageOf, readingsFrom, tableParts } from "./options";
import { addPolicies, routed } from "./policies";
import {
  checkOutput,
  englishOption,
  EXIT,
  fileArgument,
  instrumentOption,
  jsonOption,
  memoryOption,
  outputOption,
  placeOption,
  print,
  readingOption,
  inFile,
  inTable,
  reasonLines,
  type Where,
  report,
  sheetOption,
  Stopped,
  threadsOption,
  withWarehouse,
  yearOption,
  type Shown,
} from "./shell";
import { addBest } from "./best";
import { addCompare } from "./compare";
import { addUpkeep } from "./upkeep";
import { addPool } from "./pool/command";
import { addReport } from "./pool/report";
import { addRecalc } from "./recalc/command";
import { addScenarios } from "./scenarios/command";
import { addGains, addLevers } from "./study";
import { addTemplate } from "./template";
import { awardWords, listWords, termsWords } from "./show";
import { DOUBT_WORDS } from "../writers/doubts";
import { both, bothOf, helpTitle, usageWords } from "./words";

const program = new Command("butie")
  .description(both("补贴测算：政策条款逐条计算，精确到分", "subsidies by clause, exact to the fen"))
  .version(RULES_VERSION.version, "-v, --version", both("规则版本", "version of the rules"))
  .helpOption("-h, --help", both("显示帮助", "show help"))
  .helpCommand(false)
  .configureHelp({ showGlobalOptions: false, styleTitle: helpTitle })
  .configureOutput({ outputError: (text, write) => write(usageWords(text)) })
  .addHelpText(
    "after",
    `\n${both("退出码", "exit codes")}: 0 ${both("完成", "done")}, 1 ${both("拒绝，附原因", "refused, with words")}, 2 ${both("用法有误", "wrong use")}, 3 ${both("完成，但有行被退回", "done, rows rejected")}, 130 ${both("被中断", "stopped")}`,
  )
  .exitOverride();

const instrumentArgument = () =>
  new Argument("<instrument>", both("政策工具编号，如 bj-6-suanli", "id of the instrument"));

program
  .command("award")
  .description(both("一笔补贴及其计算过程", "one award with its working paper"))
  .addArgument(instrumentArgument())
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
  .addArgument(instrumentArgument())
  .addOption(yearOption().makeOptionMandatory())
  .addOption(jsonOption())
  .addOption(englishOption())
  .action((id: string, options: Shown) => {
    print(termsWords(readEntry(id), readClaim(options.year), languageOf(options), Boolean(options.json)));
  });

/** What a table must hold to be asked, and what the query answers. */
const TABLE_WORDS = `
${both("申报表", "the table")}:
  ${both("列名即输入名（butie terms 列出）", "columns bear the names of the inputs (butie terms lists them)")}
  ${both("金额为 BIGINT 整数分；是否为 BOOLEAN；选项为其编号；其他数为百万分之一的 BIGINT，个数、名次、年次为原数", "money is BIGINT in whole fen; flags BOOLEAN; choices their keys; other numbers BIGINT millionths; counts, ranks and years as they are")}
${both("每行结果", "result per row")}:
  row_no, award_fen, outcome, limit_no, missing, by_columns ${both("（见 docs/command-line.md）", "(see docs/command-line.md)")}
`;

/** So that it runs as it is, pasted into the program of a database. */
const printQuery = (query: string): void => print(`${query};`);

const dialectOption = () =>
  new Option("-d, --dialect <dialect>", both("数据库", "database")).choices(Object.keys(DIALECTS)).default("duckdb");

program
  .command("sql")
  .description(both("把一项政策写成数据库查询", "the clause as a query for a database"))
  .addArgument(instrumentArgument())
  .addOption(yearOption().makeOptionMandatory())
  .addOption(readingOption())
  .addOption(dialectOption())
  .option("-t, --table <name>", both("申报表名，可带模式名 a.b", "table of the claims, with schema a.b"), "claims")
  .option(
    "-c, --columns <inputs>",
    both("表中有的输入，以逗号分隔；缺省为全部", "inputs that the table has; default: all"),
  )
  .option("--firm <column>", both("企业列", "column of the firm"))
  .option("--object <column>", both("对象列", "column of the object"))
  .option("--row <column>", both("行号列", "column of the row number"), "id")
  .addHelpText("after", TABLE_WORDS)
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
      const columns = options.columns?.split(",") ?? Object.keys(plan.entry.instrument.inputs ?? {});
      printQuery(
        sqlOf(
          [plan],
          {
            name: tableParts(options.table),
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

program
  .command("share-sql")
  .description(both("把资金池的分配写成数据库查询", "the sharing of a pool as a query for a database"))
  .requiredOption("--amount <amount>", both("资金池金额，如 5000万元", "money of the pool, such as 50000000"))
  .addOption(
    new Option("--method <method>", both("按比例或先到先得", "in proportion or first come"))
      .choices(SQL_METHODS)
      .default("proportional"),
  )
  .addOption(dialectOption())
  .option("-t, --table <name>", both("申请表名，可带模式名 a.b", "table of the claims, with schema a.b"), "awards")
  .option("--row <column>", both("行号列", "column of the row number"), "id")
  .option("--claim <column>", both("申请额列，整数分", "column of the claims, in whole fen"), "award_fen")
  .option(
    "--day <column>",
    both("先到先得所依的日期列；没有则按行号", "column of the days; else rows are served in order"),
  )
  .action((options: ShareOptions) =>
    printQuery(
      shareSql(
        {
          name: tableParts(options.table),
          row: options.row,
          claim: options.claim,
          ...(options.day !== undefined && { day: options.day }),
        },
        poolFen(options.amount),
        options.method,
        DIALECTS[options.dialect]!,
      ),
    ),
  );

function poolFen(amount: string): bigint {
  const fen = readMoney(amount);
  if (fen === undefined) throw refuse("缺少资金池金额", "no money of the pool");
  return BigInt(fen);
}

interface ShareOptions {
  amount: string;
  method: SqlMethod;
  dialect: string;
  table: string;
  row: string;
  claim: string;
  day?: string;
}

interface RunOptions extends Shown {
  sheet?: string;
  instrument?: string;
  place: string;
  output?: string;
  rejects?: string;
  memory?: string;
  threads?: string;
}

const fileCommand = (name: string, file: "<file>" | "[file]", zh: string, en: string): Command =>
  program
    .command(name)
    .description(both(zh, en))
    .addArgument(fileArgument(file))
    .addOption(sheetOption())
    .addOption(instrumentOption())
    .addOption(placeOption())
    .addOption(yearOption().makeOptionMandatory())
    .addOption(readingOption())
    .addOption(memoryOption())
    .addOption(threadsOption())
    .addOption(jsonOption());

withEngineOptions(
  fileCommand("run", "[file]", "计算整个文件，或数据库中的一张表", "computes a whole file, or a table of a database")
    .addOption(outputOption())
    .option("--rejects <file>", both("退回行及原因另存为", "rejected rows with reasons")),
).action(async (file: string | undefined, options: RunOptions & EngineOptions, command: Command) => {
  if (options.engine) {
    if ([file, options.output, options.sheet].some((one) => one !== undefined))
      command.error(both("用 --engine 时没有文件、-s 和 -o", "with --engine there is neither a file nor -s nor -o"), {
        exitCode: EXIT.usage,
      });
    return finish(options, process.stdout, inTable, () => runEngine(options, askedFrom(options)));
  }
  if (file === undefined || options.output === undefined)
    return command.error(both("要有文件和 -o，或 --engine", "a file and -o are needed, or --engine"), {
      exitCode: EXIT.usage,
    });
  return work(file, options);
});

fileCommand("check", "<file>", "检查文件，列出会被退回的行", "what of a file would be rejected, by reason").action(
  (file: string, options: RunOptions) => work(file, options),
);

addExport(program);
addTemplate(program);
addScenarios(program);
addGains(program);
addLevers(program);
addBest(program);
addPool(program);
addReport(program);
addRecalc(program);
addCompare(program);
addUpkeep(program);

/** What is computed, and how it is read. */
function askedFrom(options: RunOptions): Pick<Job, "entry" | "place" | "claim" | "readings"> {
  const entry = options.instrument === undefined ? undefined : readEntry(options.instrument);
  return {
    entry,
    place: readJurisdiction(options.place),
    claim: readClaim(options.year),
    readings: readingsFrom(entry ? [entry] : CATALOGUE, options.reading ?? []),
  };
}

async function work(file: string, options: RunOptions): Promise<void> {
  const { rejects } = options;
  for (const written of [options.output, rejects]) checkOutput(written);
  if (rejects !== undefined && path.resolve(rejects) === path.resolve(options.output ?? ""))
    throw refuse("-o 与 --rejects 须是两个文件", "-o and --rejects must be two files");
  const job: Job = {
    input: file,
    sheet: options.sheet,
    ...askedFrom(options),
    output: options.output,
    rejects: options.rejects,
    report,
  };
  const output = options.output === "-" ? process.stderr : process.stdout;
  return finish(options, output, inFile, () => withWarehouse(options, (warehouse) => runJob(job, warehouse)));
}

/** Says what came of a job. */
async function finish(
  options: RunOptions,
  output: NodeJS.WriteStream,
  where: Where,
  job: () => Promise<Done>,
): Promise<void> {
  const started = process.hrtime.bigint();
  const done = await job();
  report(summary(done, Number(process.hrtime.bigint() - started) / 1e9, where));
  if (options.json)
    output.write(`${JSON.stringify({ ...done, total: formatYuan(Number(done.total)).replaceAll(",", "") })}\n`);
  if (done.rejected) process.exitCode = EXIT.rejected;
}

function summary(
  { rows, awarded, total, rejected, reasons, unused, byColumns, doubtful = [] }: Done,
  seconds: number,
  where: Where,
): string {
  const lines = [
    `${rows} 行，其中 ${awarded} 行有补贴，合计 ${formatYuan(Number(total))} 元；退回 ${rejected} 行；用时 ${seconds.toFixed(1)} 秒，每秒 ${Math.round(rows / seconds)} 行`,
    `${rows} rows, ${awarded} with an award, ${formatYuan(Number(total))} yuan in all; ${rejected} rejected; ${seconds.toFixed(1)} s`,
  ];
  if (byColumns)
    lines.push(both(`${byColumns} 行的额度各不相同，逐行计算`, `${byColumns} rows were computed row by row`));
  if (unused.length) lines.push(both(`未用到的列：${unused.join("、")}`, `columns not used: ${unused.join(", ")}`));
  const looked = doubtful.map(({ doubt, rows: count, first }) => {
    const { cause, advice } = DOUBT_WORDS[doubt];
    return `${both(`请看 ${count} 行：${cause.zh}（${where(first, count)}）`, `look at ${count} rows: ${cause.en}`)}\n    ${both(advice.zh, advice.en)}`;
  });
  return [...lines, ...reasonLines(reasons, where), ...looked].join("\n");
}

// Last, so that every command takes own policies.
addPolicies(program, print);

/** What the standard output failed with; the work that writes to it fails in turn, and tidies up. */
let lost: Error | undefined;
// Whoever reads the answer may have seen enough: `butie schema | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  lost = error;
  if (error.code === "EPIPE") return;
  report(otherWords(error));
  process.exitCode = EXIT.refused;
});

function otherWords(error: unknown): string {
  const { file, words } = systemCause(error) ?? {};
  if (!words) return error instanceof Error ? error.message : String(error);
  return bothOf(file === undefined ? words : { zh: `${file}：${words.zh}`, en: `${file}: ${words.en}` });
}

async function main(): Promise<void> {
  try {
    await program.parseAsync(routed(process.argv.slice(2)), { from: "user" });
  } catch (error) {
    if (lost) return;
    if (error instanceof Refusal) {
      report(bothOf(error.text));
      process.exitCode = EXIT.refused;
    } else if (error instanceof Stopped) {
      report(error.message);
      process.exitCode = EXIT.stopped;
    } else if (error instanceof Error && "exitCode" in error) {
      // Commander has said what was wrong; help and version are no faults.
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    } else {
      report(otherWords(error));
      process.exitCode = EXIT.refused;
    }
  }
}

void main();
