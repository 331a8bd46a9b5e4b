/** butie scenarios: a file of claims under a table of scenarios. */
import type { Command } from "commander";
import { resultColumns, type Language, type ScenarioResult } from "../../rules";
import { readClaim, readEntry } from "../../tables";
import { scenariosVerdict } from "../../writers/verdict";
import { languageOf, readingsFrom } from "../options";
import type { Warehouse } from "../run/warehouse";
import {
  checkOutput,
  EXIT,
  fileArgument,
  printBeside,
  readingOption,
  inFile,
  reasonLines,
  report,
  withResultOptions,
  withWarehouse,
  writeRows,
  yearOption,
  type Shown,
} from "../shell";
import { both } from "../words";
import { scenariosIn } from "./set";
import { scenariosOver, type ScenariosDone } from "./run";

interface Options extends Shown {
  instrument: string;
  scenarios: string;
  sheet?: string;
  output?: string;
  memory?: string;
  threads?: string;
}

export const addScenarios = (program: Command): void =>
  void withResultOptions(
    program
      .command("scenarios")
      .description(both("同一份明细按多个情景各算一遍，只读一次文件", "a file under many scenarios, read once"))
      .addArgument(fileArgument())
      .requiredOption(
        "-s, --scenarios <file>",
        both(
          "情景表（CSV 或 .xlsx），列见 docs/scenarios.md",
          "table of scenarios (CSV or .xlsx), see docs/scenarios.md",
        ),
      )
      .option("--sheet <name>", both("情景表所在的工作表", "sheet of the scenarios"))
      .requiredOption("-i, --instrument <id>", both("政策工具编号", "id of the instrument"))
      .addOption(yearOption().makeOptionMandatory())
      .addOption(readingOption()),
  ).action((file: string, options: Options) => scenarios(file, options));

async function scenarios(file: string, options: Options): Promise<void> {
  const entry = readEntry(options.instrument);
  const claim = readClaim(options.year);
  const readings = readingsFrom([entry], options.reading ?? []);
  const output = options.output ?? (options.json ? undefined : "-");
  checkOutput(output);
  const set = await scenariosIn(options.scenarios, options.sheet);
  const started = process.hrtime.bigint();
  const done = await withWarehouse(options, async (warehouse) => {
    const found = await scenariosOver({ input: file, entry, claim, readings, scenarios: set, report }, warehouse);
    if (output !== undefined) await write(warehouse, output, found.results, languageOf(options));
    return found;
  });
  report(summary(done, Number(process.hrtime.bigint() - started) / 1e9));
  if (options.json) printBeside(output)(JSON.stringify(forMachines(done, languageOf(options))));
  if (done.rejected || done.results.some(({ refusal }) => refusal)) process.exitCode = EXIT.rejected;
}

const TYPES = { text: "VARCHAR", money: "DECIMAL(18, 2)", count: "BIGINT", share: "DOUBLE" } as const;

async function write(
  warehouse: Warehouse,
  output: string,
  results: readonly ScenarioResult[],
  language: Language,
): Promise<void> {
  const columns = resultColumns(results);
  await writeRows(
    warehouse,
    output,
    columns.map(({ kind, header }) => ({ header: header[language], type: TYPES[kind] })),
    results.map((result) => columns.map((column) => textOf(column.of(result, language)))),
  );
}

const textOf = (value: string | number): string | undefined => (value === "" ? undefined : String(value));

function forMachines({ results, ...done }: ScenariosDone, language: Language): object {
  const columns = resultColumns(results);
  return {
    ...done,
    verdict: scenariosVerdict(results, language),
    results: results.map((result) =>
      Object.fromEntries(columns.map((column) => [column.header[language], column.of(result, language)])),
    ),
  };
}

function summary({ rows, results, rejected, reasons, unused }: ScenariosDone, seconds: number): string {
  const refused = results.filter(({ refusal }) => refusal).length;
  const lines = [
    both(
      `${rows} 行 × ${results.length - 1} 个情景，用时 ${seconds.toFixed(1)} 秒；${rejected} 行无法读取，${refused} 个情景未能计算`,
      `${rows} rows × ${results.length - 1} scenarios in ${seconds.toFixed(1)} s; ${rejected} rows could not be read, ${refused} scenarios not computed`,
    ),
  ];
  lines.push(both(scenariosVerdict(results, "zh"), scenariosVerdict(results, "en")));
  if (unused.length) lines.push(both(`未用到的列：${unused.join("、")}`, `columns not used: ${unused.join(", ")}`));
  return [...lines, ...reasonLines(reasons, inFile)].join("\n");
}
