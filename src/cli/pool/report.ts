/** butie report: the plan of a pool as a page to print, or as a workbook with charts. */
import path from "node:path";
import type { Command } from "commander";
import { frontOf, frontOfPools, reportSheets } from "../../taskpane/planner/report";
import { languageOf } from "../options";
import { checkReport, reportOption, writeReport } from "../report-file";
import { englishOption, memoryOption, threadsOption } from "../shell";
import { wordsIn } from "../text";
import { both } from "../words";
import { poolsAlone } from "./alone";
import { formOf, planFor, withPoolOptions, type PoolOptions } from "./command";

interface Options extends PoolOptions {
  output: string;
}

export const addReport = (program: Command): void =>
  void withPoolOptions(
    program
      .command("report")
      .description(both("资金池测算报告：可打印的网页或工作簿", "a report on a pool: a page to print, or a workbook")),
  )
    .addOption(reportOption().makeOptionMandatory())
    .addOption(memoryOption())
    .addOption(threadsOption())
    .addOption(englishOption())
    .action(async (file: string | undefined, options: Options) => {
      checkReport(options.output);
      const language = languageOf(options);
      const spoken = { t: wordsIn(language), language };
      if (file === undefined) {
        const sections = await poolsAlone(options, formOf(options), spoken);
        await writeReport(
          options.output,
          { front: frontOfPools(path.basename(options.pools!), spoken), sections },
          language,
        );
        return;
      }
      const planned = await planFor(file, options);
      const { planning, answer, sources } = planned;
      const front = frontOf(planning, `${path.basename(file)}（${sources[language]}）`, spoken);
      const sheets = () => reportSheets(planning, answer, front, spoken);
      await writeReport(options.output, { front, sections: answer.sections, sheets }, language);
    });
