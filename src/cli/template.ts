/** template: the starter workbook. */
import type { Command } from "commander";
import { templateBook } from "../export/template";
import { idOf } from "../rules";
import { readClaim, readEntry } from "../tables";
import { checkWorkbook, report, writeWhole, yearOption } from "./shell";
import { both, COMPUTING } from "./words";

interface Options {
  year: string;
  instrument?: string;
  rows?: string;
}

export const addTemplate = (program: Command): void =>
  void program
    .command("template")
    .description(
      both("测算模型：可以填写的工作簿，只有普通公式", "the starter workbook: a model to fill in, of plain formulas"),
    )
    .argument("<output>", both("输出 .xlsx；- 为标准输出", "output .xlsx; - is standard output"))
    .addOption(yearOption().makeOptionMandatory())
    .option(
      "-i, --instrument <ids>",
      both(
        "政策工具编号，逗号分隔；缺省为滨江、杭州、浙江的券",
        "ids of instruments; default: vouchers of three places",
      ),
    )
    .option("--rows <number>", both("合同表的行数，缺省 300", "room for so many contracts, default 300"))
    .action(async (output: string, { year, instrument, rows }: Options) => {
      checkWorkbook(output);
      report(COMPUTING);
      const bytes = templateBook({
        year: readClaim(year).year,
        ...(instrument !== undefined && {
          instruments: instrument.split(/[,，]/).map((id) => idOf(readEntry(id.trim()))),
        }),
        ...(rows !== undefined && { rows: Number(rows) }),
      });
      await writeWhole(output, bytes);
      report(both(`测算模型写入 ${output}`, `the starter workbook is in ${output}`));
    });
