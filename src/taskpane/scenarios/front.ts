/** What stands above an analysis of scenarios on paper: of which rows, under which rules, and the clauses behind it. */
import type { Language } from "../../rules";
import { quotesOf, statusWords } from "../../writers/terms";
import { entriesIn, type Base } from "./base";
import { titleLines } from "./sheet";

export function frontLines(name: string, base: Base, language: Language): string[] {
  return [
    ...titleLines(name, base, language),
    ...entriesIn(base).map(({ document, instrument }) => {
      const clause = [document.title[language], document.number, instrument.article].filter(Boolean).join(" ");
      return `${instrument.name[language]}（${clause}）：“${quotesOf(instrument).join("……")}” ${statusWords(document, language)}`;
    }),
  ];
}
