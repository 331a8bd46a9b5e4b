/** butie report: the plan of a pool as a page to print, or as a workbook with charts. */
import path from "node:path";
import type { Command } from "commander";
import { refuse, type Language } from "../../rules";
import { writeBook } from "../../export/file/write";
import { printablePage } from "../../taskpane/parts/printable";
import { frontOf, reportSheets } from "../../taskpane/planner/report";
import { bookOf } from "../book";
import { languageOf } from "../options";
import { englishOption, memoryOption, report, threadsOption, writeWhole } from "../shell";
import { wordsIn } from "../text";
import { both } from "../words";
import { planFor, withPoolOptions, type Planned, type PoolOptions } from "./command";

interface Options extends PoolOptions {
  output: string;
}

export const addReport = (program: Command): void =>
  void withPoolOptions(
    program
      .command("report")
      .description(both("资金池测算报告：可打印的网页或工作簿", "a report on a pool: a page to print, or a workbook")),
  )
    .requiredOption("-o, --output <file>", both("输出 .html（A4，可打印）或 .xlsx", "output .html (A4) or .xlsx"))
    .addOption(memoryOption())
    .addOption(threadsOption())
    .addOption(englishOption())
    .action(async (file: string, options: Options) => {
      const write = writerFor(options.output);
      const content = await planFor(file, options, async (planned) =>
        Promise.resolve(write(planned, path.basename(file), languageOf(options))),
      );
      await writeWhole(options.output, content);
      report(both(`报告已写入 ${options.output}`, `the report was written to ${options.output}`));
    });

type Writer = (planned: Planned, file: string, language: Language) => string | Uint8Array;

/** @throws Refusal for a file of another kind */
function writerFor(output: string): Writer {
  if (output === "-" || /\.html?$/i.test(output)) return pageOf;
  if (/\.xlsx$/i.test(output)) return workbookOf;
  throw refuse(`输出须为 .html 或 .xlsx：${output}`, `${output} is neither .html nor .xlsx`);
}

const frontFor = ({ planning, year, sources }: Planned, file: string, language: Language): string[] =>
  frontOf(planning, year, `${file}（${sources[language]}）`, { t: wordsIn(language), language });

const pageOf: Writer = (planned, file, language) =>
  printablePage(frontFor(planned, file, language), planned.answer.sections, language);

const workbookOf: Writer = ({ planning, answer, ...planned }, file, language) => {
  const front = frontFor({ planning, answer, ...planned }, file, language);
  return writeBook(bookOf(front[0]!, reportSheets(planning, answer, front, { t: wordsIn(language), language })));
};
