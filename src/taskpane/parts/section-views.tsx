/** The sections of a report in the pane: the sentence, the table, what it rests on. */
import { Text } from "@fluentui/react-components";
import { Fragment, type ReactNode } from "react";
import { usePane } from "../context";
import { rowWords } from "./figure-sheet";
import { FigureTable } from "./figure-table";
import type { ReportSection } from "./report";
import { Verdict } from "./verdict";

interface Props {
  readonly sections: readonly ReportSection[];
  /** Shows the table of a section; left out: as it stands. */
  readonly table?: (section: ReportSection) => ReactNode;
  /** What is drawn below the table of a section. */
  readonly drawing?: (section: ReportSection) => ReactNode;
}

export function SectionViews({ sections, table, drawing }: Props) {
  const { language } = usePane();
  return sections.map((section) => (
    <Fragment key={section.title}>
      <Text as="h4" block weight="semibold">
        {section.title}
      </Text>
      {section.verdict && <Verdict words={section.verdict} />}
      {table?.(section) ?? <FigureTable title={section.title} head={section.head} rows={rowWords(section, language)} />}
      {drawing?.(section)}
      {section.notes.map((note) => (
        <Text key={note} size={200} block>
          {note}
        </Text>
      ))}
    </Fragment>
  ));
}
