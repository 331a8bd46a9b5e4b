/** An answer: in words, as a table, as a picture, and the way into the workbook. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import type { Workbook } from "../../../host/workbook";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { amountWords } from "../../money";
import { rowWords } from "../../parts/figure-sheet";
import { FigureTable } from "../../parts/figure-table";
import { PageButton } from "../../parts/page-button";
import { Verdict } from "../../parts/verdict";
import { frontLines } from "../front";
import { SheetButton } from "../results";
import { Found } from "./found";
import { answerSheet } from "./sheet";
import type { Finding as FindingOf } from "./study";
import { PairsChart, TotalsChart } from "./charts";
import { answerSection } from "./section";
import { Tornado } from "./tornado";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", margin: "8px 0" },
});

interface Props {
  readonly host: Workbook;
  readonly finding: FindingOf;
}

export function Finding({ host, finding }: Props) {
  const styles = useStyles();
  const t = useWords();
  const { language } = usePane();
  const { answer } = finding;
  const section = useMemo(() => answerSection(answer, t, language), [answer, t, language]);
  const { title, verdict, head } = section;
  const sheet = useMemo(() => answerSheet(finding, t, language), [finding, t, language]);
  return (
    <>
      <Verdict words={verdict} />
      {"before" in answer && (
        <Text size={200} block>
          {t("sensitivity.before", { total: amountWords(answer.before, language) })}
        </Text>
      )}
      {"found" in answer && <Found answer={answer} />}
      {"bars" in answer ? (
        <Tornado answer={answer} />
      ) : (
        <FigureTable title={title} head={head} rows={rowWords(section, language)} />
      )}
      {"totals" in answer && !answer.question.columns && <TotalsChart answer={answer} />}
      {"pairs" in answer && <PairsChart answer={answer} />}
      <div className={styles.bar}>
        <SheetButton
          host={host}
          label={t(sheet.charts && host.capabilities.charts ? "scenarios.insert-with-chart" : "scenarios.insert")}
          build={() => sheet}
        />
        <PageButton
          front={(spoken) => frontLines(title, finding.order.base, spoken)}
          sections={(spoken) => [answerSection(answer, t, spoken)]}
        />
      </div>
    </>
  );
}
