/** A report as a file: a page to print, or a workbook with charts. */
import { Option } from "commander";
import { writeBook } from "../export/file/write";
import type { NewSheet } from "../host/workbook";
import type { Language } from "../rules";
import { reportSheet, type ReportSection } from "../taskpane/parts/report";
import { bookOf } from "./book";
import { checkOutput, report, writeWhole } from "./shell";
import { wordsIn } from "./text";
import { both } from "./words";

export interface Report {
  /** Its title, then the lines above the sections. */
  readonly front: readonly string[];
  readonly sections: readonly ReportSection[];
  /** Of the workbook, where they are more than the sections on one sheet. */
  readonly sheets?: () => readonly NewSheet[];
}

export const reportOption = (): Option =>
  new Option("-o, --output <file>", both("输出 .html（A4，可打印）或 .xlsx", "output .html (A4) or .xlsx"));

export const checkReport = (output: string | undefined): void => checkOutput(output, [".html", ".xlsx"]);

/** Writes it; "-" is the page on the standard output. */
export async function writeReport(
  output: string,
  { front, sections, sheets }: Report,
  language: Language,
): Promise<void> {
  await writeWhole(output, await content());
  if (output !== "-") report(both(`报告已写入 ${output}`, `the report was written to ${output}`));

  async function content(): Promise<string | Uint8Array> {
    if (/\.xlsx$/i.test(output))
      return writeBook(
        bookOf(front[0]!, sheets?.() ?? [reportSheet(wordsIn(language)("planner.report"), front, sections)]),
      );
    // What draws a page is large: only this loads it.
    const { printablePage } = await import("../taskpane/parts/printable");
    return printablePage(front, sections, language);
  }
}
