/** An analysis of the base rows: its sections, and the ways to a sheet and to paper. */
import type { ReactNode } from "react";
import type { Workbook } from "../../host/workbook";
import type { Language } from "../../rules";
import { usePane } from "../context";
import { PageButton } from "../parts/page-button";
import { reportSheet, type ReportSection } from "../parts/report";
import { SectionViews } from "../parts/section-views";
import { useWords } from "../words";
import type { Base } from "./base";
import { frontLines } from "./front";
import { SheetButton } from "./results";
import { titleLines } from "./sheet";

interface Props {
  readonly host: Workbook;
  /** Of the sheet, and its title. */
  readonly name: string;
  readonly base: Base;
  readonly build: (language: Language) => readonly ReportSection[];
  /** What is drawn below the table of a section. */
  readonly drawing?: (section: ReportSection) => ReactNode;
}

export function FoundReport({ host, name, base, build, drawing = () => null }: Props) {
  const t = useWords();
  const { language } = usePane();
  return (
    <>
      <SectionViews sections={build(language)} drawing={drawing} />
      <SheetButton
        host={host}
        label={t("scenarios.insert")}
        build={(spoken) => reportSheet(name, titleLines(name, base, spoken), build(spoken))}
      />
      <PageButton front={(spoken) => frontLines(name, base, spoken)} sections={build} />
    </>
  );
}
