/** The results of a run: the table, the chart, and the way into the workbook. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { TableAddRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewSheet, Workbook } from "../../host/workbook";
import { resultColumns, type Language, type ScenarioResult } from "../../rules";
import { scenariosVerdict } from "../../writers/verdict";
import { usePane } from "../context";
import { rowWords } from "../parts/figure-sheet";
import { useCheck } from "../parts/now";
import { PageButton } from "../parts/page-button";
import { Wrong } from "../parts/refused";
import type { ReportSection } from "../parts/report";
import { FigureTable } from "../parts/figure-table";
import { Verdict } from "../parts/verdict";
import { Bars } from "./bars";
import { figureOf } from "./cell";
import { frontLines } from "./front";
import type { Order } from "./request";
import { perRowSheet, resultSheet, tooManyCells } from "./sheet";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", margin: "8px 0" },
});

interface Props {
  readonly host: Workbook;
  readonly order: Order;
  readonly results: readonly ScenarioResult[];
}

export function Results({ host, order, results }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const section = useMemo(() => resultSection(t("scenarios.results"), results, language), [t, results, language]);
  return (
    <>
      <Verdict words={section.verdict} />
      <FigureTable title={section.title} head={section.head} rows={rowWords(section, language)} />
      {results.length > 1 && <Bars results={results} />}
      <div className={styles.bar}>
        <SheetButton
          host={host}
          label={t(host.capabilities.charts ? "scenarios.insert-with-chart" : "scenarios.insert")}
          build={(language) => resultSheet(t("scenarios.results"), order, results, language)}
        />
        <PageButton
          front={(spoken) => frontLines(t("scenarios.results"), order.base, spoken)}
          sections={(spoken) => [resultSection(t("scenarios.results"), results, spoken)]}
        />
        {order.perRow &&
          (tooManyCells(results) ? (
            <Text size={200}>{t("scenarios.too-many-cells")}</Text>
          ) : (
            <SheetButton
              host={host}
              label={t("scenarios.insert-per-row")}
              build={(language) => perRowSheet(t("scenarios.per-row-sheet"), order, results, language)}
            />
          ))}
      </div>
    </>
  );
}

/** The results as a section of a report; the second column, the total, is drawn. */
export function resultSection(title: string, results: readonly ScenarioResult[], language: Language): ReportSection {
  const columns = resultColumns(results);
  const [, ...figures] = columns;
  return {
    title,
    verdict: scenariosVerdict(results, language),
    head: columns.map(({ header }) => header[language]),
    rows: results.map((result) => ({
      label: String(columns[0]!.of(result, language)),
      figures: figures.map((column) => figureOf(column.of(result, language), column.kind)),
    })),
    notes: [],
    chart: { kind: "column", series: 1 },
  };
}

type Outcome = { readonly sheet: string } | { readonly error: unknown } | "writing" | undefined;

interface SheetProps {
  readonly host: Workbook;
  readonly label: string;
  readonly build: (language: "zh" | "en") => NewSheet;
}

/** Adds a sheet to the workbook, in one step. */
export function SheetButton({ host, label, build }: SheetProps) {
  const { t } = useTranslation();
  const { language } = usePane();
  const [outcome, setOutcome] = useState<Outcome>();
  const check = useCheck();
  const insert = () => {
    setOutcome("writing");
    const wanted = build(language);
    const write = async () => {
      await check();
      return host.addSheet(wanted);
    };
    write().then(
      (sheet) => setOutcome({ sheet }),
      (error: unknown) => setOutcome({ error }),
    );
  };
  return (
    <>
      <Button size="small" icon={<TableAddRegular />} disabled={outcome === "writing"} onClick={insert}>
        {label}
      </Button>
      <Text size={200} role="status">
        {outcome === "writing" && t("scenarios.writing")}
        {typeof outcome === "object" && "sheet" in outcome && t("scenarios.inserted", { sheet: outcome.sheet })}
      </Text>
      {typeof outcome === "object" && "error" in outcome && <Wrong error={outcome.error} />}
    </>
  );
}
