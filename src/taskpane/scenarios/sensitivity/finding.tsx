/** An answer: in words, as a table, as a picture, and the way into the workbook. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import type { Workbook } from "../../../host/workbook";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { amountWords } from "../../money";
import { FigureTable } from "../../parts/figure-table";
import { PageButton } from "../../parts/page-button";
import { Verdict } from "../../parts/verdict";
import { frontLines } from "../front";
import { SheetButton } from "../results";
import { cellWords } from "./cell";
import { Found } from "./found";
import { answerSheet } from "./sheet";
import type { Finding as FindingOf } from "./study";
import { PairsChart, TotalsChart } from "./charts";
import { answerSection, sheetName } from "./section";
import { tableOf, verdictOf } from "./table";
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
  const table = useMemo(() => tableOf(answer, t, language), [answer, t, language]);
  const verdict = verdictOf(answer, t, language);
  const name = t(sheetName(answer));
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
        <FigureTable
          title={name}
          head={table.head.map((cell) => cellWords(cell, language))}
          rows={table.rows.map((row) => row.map((cell) => cellWords(cell, language)))}
        />
      )}
      {"totals" in answer && !answer.question.columns && <TotalsChart answer={answer} />}
      {"pairs" in answer && <PairsChart answer={answer} />}
      <div className={styles.bar}>
        <SheetButton
          host={host}
          label={t(table.chart && host.capabilities.charts ? "scenarios.insert-with-chart" : "scenarios.insert")}
          build={(spoken) => answerSheet(name, finding, table, verdict, spoken)}
        />
        <PageButton
          front={(spoken) => frontLines(name, finding.order.base, spoken)}
          sections={(spoken) => [answerSection(answer, t, spoken)]}
        />
      </div>
    </>
  );
}
