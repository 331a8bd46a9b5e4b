/** The results of a run: the table, the chart, and the way into the workbook. */
import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { TableAddRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewSheet, Workbook } from "../../host/workbook";
import { resultColumns, type ScenarioResult } from "../../rules";
import { usePane } from "../context";
import { Failure } from "../failure";
import { Bars } from "./bars";
import { cellWords } from "./cell";
import type { Order } from "./request";
import { perRowSheet, resultSheet, tooManyCells } from "./sheet";

const useStyles = makeStyles({
  scroll: { overflow: "auto", maxHeight: "360px" },
  table: {
    borderCollapse: "collapse",
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
  head: {
    position: "sticky",
    top: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    textAlign: "right",
    fontWeight: tokens.fontWeightSemibold,
    padding: "2px 6px",
    verticalAlign: "bottom",
    minWidth: "56px",
  },
  name: {
    position: "sticky",
    left: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    textAlign: "left",
    fontWeight: tokens.fontWeightRegular,
    padding: "2px 6px 2px 0",
    minWidth: "80px",
    maxWidth: "140px",
  },
  corner: { left: 0, zIndex: 1, textAlign: "left", paddingLeft: 0, minWidth: "80px" },
  cell: { textAlign: "right", padding: "2px 6px", whiteSpace: "nowrap" },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
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
  return (
    <>
      <ResultTable results={results} />
      {results.length > 1 && <Bars results={results} />}
      <div className={styles.bar}>
        <SheetButton
          host={host}
          label={t(host.capabilities.charts ? "scenarios.insert-with-chart" : "scenarios.insert")}
          build={(language) => resultSheet(t("scenarios.results"), order, results, language)}
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

function ResultTable({ results }: { readonly results: readonly ScenarioResult[] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [name, ...figures] = useMemo(() => resultColumns(results), [results]);
  return (
    <div className={styles.scroll} role="group" aria-label={t("scenarios.results")} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.head, styles.corner)}>
              {name!.header[language]}
            </th>
            {figures.map(({ header }, k) => (
              <th key={k} scope="col" className={styles.head}>
                {header[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result, r) => (
            <tr key={r} className={styles.row}>
              <th scope="row" className={styles.name}>
                {name!.of(result, language)}
              </th>
              {figures.map((column, k) => (
                <td key={k} className={styles.cell}>
                  {cellWords(column.of(result, language), column.kind, language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Told = { readonly sheet: string } | { readonly error: unknown } | "writing" | undefined;

interface SheetProps {
  readonly host: Workbook;
  readonly label: string;
  readonly build: (language: "zh" | "en") => NewSheet;
}

/** Adds a sheet to the workbook, in one step. */
export function SheetButton({ host, label, build }: SheetProps) {
  const { t } = useTranslation();
  const { language } = usePane();
  const [told, setTold] = useState<Told>();
  const insert = () => {
    setTold("writing");
    host.addSheet(build(language)).then(
      (sheet) => setTold({ sheet }),
      (error: unknown) => setTold({ error }),
    );
  };
  return (
    <>
      <Button size="small" icon={<TableAddRegular />} disabled={told === "writing"} onClick={insert}>
        {label}
      </Button>
      <Text size={200} role="status">
        {told === "writing" && t("scenarios.writing")}
        {typeof told === "object" && "sheet" in told && t("scenarios.inserted", { sheet: told.sheet })}
      </Text>
      {typeof told === "object" && "error" in told && <Failure error={told.error} />}
    </>
  );
}
