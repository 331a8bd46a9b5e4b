/** An answer: in words, as a table, as a picture, and the way into the workbook. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../../host/workbook";
import { leverWords } from "../../../rules";
import { usePane } from "../../context";
import { amountWords } from "../../money";
import { inWan, UNITS } from "../../parts/amount";
import { Chart } from "../../parts/chart";
import { FigureTable } from "../../parts/figure-table";
import { SheetButton } from "../results";
import { cellWords } from "./cell";
import { Found } from "./found";
import type { Answer } from "./question";
import { answerSheet } from "./sheet";
import type { Finding as FindingOf } from "./study";
import { leverName, tableOf } from "./table";
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
  const { t } = useTranslation();
  const { language } = usePane();
  const { answer } = finding;
  const table = useMemo(() => tableOf(answer, t, language), [answer, t, language]);
  const name = t(`sensitivity.sheet-${sheetKind(answer)}`);
  return (
    <>
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
      <div className={styles.bar}>
        <SheetButton
          host={host}
          label={t(table.chart && host.capabilities.charts ? "scenarios.insert-with-chart" : "scenarios.insert")}
          build={(spoken) => answerSheet(name, finding, table, spoken)}
        />
      </div>
    </>
  );
}

function sheetKind(answer: Answer): "one" | "two" | "tornado" | "break-even" {
  if ("totals" in answer) return answer.question.columns ? "two" : "one";
  return "bars" in answer ? "tornado" : "break-even";
}

function TotalsChart({ answer }: { readonly answer: Extract<Answer, { totals: unknown }> }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { question, before, totals } = answer;
  const { lever, values } = question.rows;
  const x = useMemo(
    () => ({
      label: lever === "cap" ? t("parts.cap-in-wan") : leverName(lever, t, language),
      values: values.map(Number),
      tick: (value: number) =>
        lever === "cap" ? inWan(value, language) : leverWords(lever, String(Number(value.toFixed(6))))[language],
    }),
    [lever, values, t, language],
  );
  const most = totals.reduce((max, [cell]) => Math.max(max, cell!.total), before);
  // Ticks of more digits do not fit beside the axis.
  const unit = most < MOST_IN_WAN ? "wan" : "yi";
  const y = useMemo(
    () => ({
      label: t("sensitivity.chart-total", { unit: t(`parts.unit-${unit}`) }),
      tick: (fen: number) => (unit === "wan" ? inWan(fen, language) : String(fen / UNITS.yi)),
    }),
    [t, unit, language],
  );
  const lines = useMemo(
    () => [
      { label: y.label, values: totals.map(([cell]) => cell!.total) },
      {
        label: t("sensitivity.chart-base", { unit: t(`parts.unit-${unit}`) }),
        values: totals.map(() => before),
      },
    ],
    [t, unit, y, totals, before],
  );
  if (totals.some(([cell]) => cell!.refusal) || values.length < 2) return null;
  return <Chart title={t("sensitivity.sheet-one")} x={x} y={y} lines={lines} marks={NO_MARKS} />;
}

/** A hundred thousand 万元. */
const MOST_IN_WAN = 100_000 * UNITS.wan;
const NO_MARKS: readonly [] = [];
