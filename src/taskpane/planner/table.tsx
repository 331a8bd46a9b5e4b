/** A table of figures: each can be inserted as its formula, and the whole copied to a sheet with its chart. */
import { Button, makeStyles, tokens, Tooltip } from "@fluentui/react-components";
import { MathFormulaRegular, TableAddRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Chart } from "../../host/workbook";
import { usePane } from "../context";
import { figureWords } from "../parts/figure";
import { useInsertion } from "../parts/insertion";
import { InsertionLine } from "../parts/insertion-line";
import { useOutcome } from "../parts/outcome";
import { labelWords, type FigureTable, type Inputs, type Spelling } from "../parts/figure-sheet";
import { sheetOf } from "./sheet";

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  table: {
    borderCollapse: "collapse",
    width: "100%",
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
  head: { textAlign: "right", fontWeight: tokens.fontWeightSemibold, padding: "2px 4px", verticalAlign: "bottom" },
  label: { textAlign: "left", fontWeight: tokens.fontWeightRegular, padding: "2px 4px 2px 0", minWidth: "64px" },
  number: { textAlign: "right", padding: "2px 4px", whiteSpace: "nowrap" },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  formula: { width: "24px", padding: 0 },
  foot: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", marginTop: "4px" },
});

interface Props {
  /** Names the table here and the sheet it is copied to. */
  readonly title: string;
  readonly table: FigureTable;
  readonly inputs: Inputs;
  /** Draws the copied table; for tables that a chart can show. */
  readonly chart?: Chart["kind"];
  /** How the inputs are spelled in a formula that is inserted beside anything else. */
  readonly spelling: Omit<Spelling, "sheet">;
  readonly children?: ReactNode;
}

export function Table({ title, table, inputs, chart, spelling, children }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, language } = usePane();
  const insertion = useInsertion(host);
  const withFormulas = table.rows.some(({ formula }) => formula);
  return (
    <>
      <div className={styles.scroll} role="region" aria-label={title} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {table.head.map((heading, k) => (
                <th key={k} scope="col" className={k === 0 ? styles.label : styles.head}>
                  {heading}
                </th>
              ))}
              {host && withFormulas && <td className={styles.formula} />}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ label: given, figures, formula }, r) => {
              const label = labelWords(given, language);
              return (
                <tr key={r} className={styles.row}>
                  <th scope="row" className={styles.label}>
                    {label}
                  </th>
                  {figures.map((figure, k) => (
                    <td key={k} className={styles.number}>
                      {figureWords(figure, language)}
                    </td>
                  ))}
                  {host && withFormulas && (
                    <td className={styles.formula}>
                      {formula && (
                        <Tooltip relationship="label" content={t("planner.insert-formula", { label })}>
                          <Button
                            size="small"
                            appearance="subtle"
                            icon={<MathFormulaRegular />}
                            onClick={() =>
                              insertion.insert((sheet) => [figures.map((_, k) => formula({ ...spelling, sheet }, k))])
                            }
                          />
                        </Tooltip>
                      )}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <InsertionLine insertion={insertion} />
      {host && (
        <div className={styles.foot}>
          <CopyToSheet title={title} table={table} inputs={inputs} chart={chart} />
          {children}
        </div>
      )}
    </>
  );
}

/** Adds a sheet with inputs, figures and, where the host draws them, the chart. */
export function CopyToSheet({
  title,
  table,
  inputs,
  chart,
  label,
}: Pick<Props, "title" | "table" | "inputs"> & {
  readonly chart: Chart["kind"] | undefined;
  /** Of the button, where it is not the only one. */
  readonly label?: string;
}) {
  const { t } = useTranslation();
  const { host } = usePane();
  const [run, line] = useOutcome();
  if (!host) return null;
  const fixed = { all: t("planner.fixed"), some: t("planner.partly-fixed") };
  const copy = async () => {
    const wanted = sheetOf(title, table, inputs, fixed, chart);
    return t("planner.copied", { sheet: await host.addSheet(wanted) });
  };
  return (
    <>
      <Button size="small" icon={<TableAddRegular />} onClick={() => run(copy)}>
        {label ?? t(chart && host.capabilities.charts ? "planner.copy-with-chart" : "planner.copy")}
      </Button>
      {line}
    </>
  );
}
