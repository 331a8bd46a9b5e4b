/** A report as a file: a page to print, or a workbook with charts. */
import { Option } from "commander";
import { writeBook } from "../export/file/write";
import type { NewSheet } from "../host/workbook";
import { refuse, type Language } from "../rules";
import { printablePage } from "../taskpane/parts/printable";
import { reportSheet, type ReportSection } from "../taskpane/parts/report";
import { bookOf } from "./book";
import { report, writeWhole } from "./shell";
import { wordsIn } from "./text";
import { both } from "./words";

export interface Report {
  /** Its title, then the lines above the sections. */
  readonly front: readonly string[];
  readonly sections: readonly ReportSection[];
  /** Of the workbook, where they are more than the sections on one sheet. */
  readonly sheets?: readonly NewSheet[];
}

export const reportOption = (): Option =>
  new Option("-o, --output <file>", both("输出 .html（A4，可打印）或 .xlsx", "output .html (A4) or .xlsx"));

/** Before anything is computed. @throws Refusal for a file of another kind */
export function checkReport(output: string | undefined): void {
  if (output === undefined || output === "-" || /\.(html?|xlsx)$/i.test(output)) return;
  throw refuse(`输出须为 .html 或 .xlsx：${output}`, `${output} is neither .html nor .xlsx`);
}

/** Writes it; "-" is the page on the standard output. */
export async function writeReport(
  output: string,
  { front, sections, sheets }: Report,
  language: Language,
): Promise<void> {
  const isBook = /\.xlsx$/i.test(output);
  const content = isBook
    ? writeBook(bookOf(front[0]!, sheets ?? [reportSheet(wordsIn(language)("planner.report"), front, sections)]))
    : printablePage(front, sections, language);
  await writeWhole(output, content);
  if (output !== "-") report(both(`报告已写入 ${output}`, `the report was written to ${output}`));
}
