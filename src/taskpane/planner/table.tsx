/** A table of figures: each can be inserted as its formula, and the whole copied to a sheet with its chart. */
import { Button, makeStyles, mergeClasses, tokens, Tooltip } from "@fluentui/react-components";
import { MathFormulaRegular, TableAddRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Chart } from "../../host/workbook";
import { usePane } from "../context";
import { useInsertion } from "../parts/insertion";
import { InsertionLine } from "../parts/insertion-line";
import { useCheck } from "../parts/now";
import { useOutcome } from "../parts/outcome";
import { rowWords, type FigureTable, type Inputs, type Spelling } from "../parts/figure-sheet";
import { useStacked } from "../parts/stacked";
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
  const words = rowWords(table, language);
  const stacked = useStacked(table.head, words);
  return (
    <>
      <div className={mergeClasses(styles.scroll, stacked.frame)} role="region" aria-label={title} tabIndex={0}>
        {/* The roles stay where the rows are no longer displayed as a table. */}
        <table role="table" className={mergeClasses(styles.table, stacked.block)}>
          <thead role="rowgroup" className={stacked.block}>
            <tr role="row" className={stacked.block}>
              {table.head.map((heading, k) => (
                <th
                  key={k}
                  role="columnheader"
                  scope="col"
                  className={
                    k === 0 ? mergeClasses(styles.label, stacked.corner) : mergeClasses(styles.head, stacked.head)
                  }
                >
                  {heading}
                </th>
              ))}
              {host && withFormulas && <td role="cell" className={styles.formula} />}
            </tr>
          </thead>
          <tbody role="rowgroup" className={stacked.block}>
            {table.rows.map(({ figures, formula }, r) => {
              const [label = "", ...cells] = words[r]!;
              return (
                <tr key={r} role="row" className={mergeClasses(styles.row, stacked.row, stacked.columns)}>
                  <th role="rowheader" scope="row" className={mergeClasses(styles.label, stacked.label)}>
                    {label}
                  </th>
                  {cells.map((cell, k) => (
                    <td
                      key={k}
                      role="cell"
                      data-head={table.head[k + 1]}
                      className={mergeClasses(styles.number, stacked.cell)}
                    >
                      {cell}
                    </td>
                  ))}
                  {host && withFormulas && (
                    <td role="cell" className={styles.formula}>
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
  const check = useCheck();
  if (!host) return null;
  const fixed = { all: t("planner.fixed"), some: t("planner.partly-fixed") };
  const copy = async () => {
    await check();
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
