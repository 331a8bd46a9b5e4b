/** An answer as a section of a report. */
import type { Language } from "../../../rules";
import { figureWords } from "../../parts/figure";
import type { ReportSection } from "../../parts/report";
import type { Translate } from "../../texts";
import type { Answer } from "./question";
import { tableOf, verdictOf } from "./table";

/** A line of totals is drawn. */
export function answerSection(answer: Answer, t: Translate, language: Language): ReportSection {
  const { head, rows, chart } = tableOf(answer, t, language);
  return {
    title: t(sheetName(answer)),
    verdict: verdictOf(answer, t, language),
    head: head.map((cell) => figureWords(cell, language)),
    rows: rows.map(([label, ...figures]) => ({ label: label!, figures })),
    notes: [],
    ...(chart === "line" && { chart: { kind: "line", series: 1 } as const }),
  };
}

/** What the analysis and its sheet are called. */
export function sheetName(answer: Answer) {
  if ("pairs" in answer) return "sensitivity.sheet-pairs";
  if ("totals" in answer) return answer.question.columns ? "sensitivity.sheet-two" : "sensitivity.sheet-one";
  return "bars" in answer ? "sensitivity.sheet-tornado" : "sensitivity.sheet-break-even";
}
