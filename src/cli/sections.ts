/** Sections of a report on the command line: for people, and as JSON. */
import type { Language } from "../rules";
import { cellValue, figureWords } from "../taskpane/parts/figure";
import { labelWords, rowWords } from "../taskpane/parts/figure-sheet";
import type { ReportSection } from "../taskpane/parts/report";
import { columnsOf } from "./words";

const wordsOf = ({ title, verdict, head, rows, notes }: ReportSection, language: Language): string => {
  const table = [[title, ...head.slice(1)], ...rowWords({ rows }, language)];
  return [...(verdict ? [verdict] : []), columnsOf(table), ...notes].join("\n");
};

export const sectionWords = (sections: readonly ReportSection[], language: Language): string =>
  sections.map((section) => wordsOf(section, language)).join("\n\n");

export const sectionsForMachines = (sections: readonly ReportSection[], language: Language): string =>
  JSON.stringify(
    sections.map(({ title, verdict, head, rows, notes }) => ({
      title,
      verdict,
      head: head.slice(1),
      rows: rows.map(({ label, figures }) => ({
        label: labelWords(label, language),
        values: figures.map((figure) => (figure.kind === "text" ? figureWords(figure, language) : cellValue(figure))),
      })),
      notes,
    })),
  );
