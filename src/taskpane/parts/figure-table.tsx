/** A table of figures whose heads stay in sight while it is scrolled. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useStacked } from "./stacked";

const useStyles = makeStyles({
  scroll: { overflow: "auto", maxHeight: "360px", margin: "8px 0" },
  table: { borderCollapse: "collapse", fontSize: tokens.fontSizeBase200, fontVariantNumeric: "tabular-nums" },
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
  // Chinese breaks anywhere: without a width of its own a long head would become a tower of single characters.
  headWords: { display: "inline-block", width: "max-content", maxWidth: "84px" },
  label: {
    position: "sticky",
    left: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    textAlign: "left",
    fontWeight: tokens.fontWeightRegular,
    padding: "2px 6px 2px 0",
    minWidth: "72px",
    maxWidth: "150px",
  },
  corner: { top: 0, zIndex: 1, verticalAlign: "bottom" },
  cell: { textAlign: "right", padding: "2px 6px", whiteSpace: "nowrap" },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

interface Props {
  /** Names the table for those who do not see it. */
  readonly title: string;
  /** In words; the first is that of the labels. */
  readonly head: readonly string[];
  /** In words; the first of each row is its label. */
  readonly rows: readonly (readonly string[])[];
}

export function FigureTable({ title, head: [corner, ...head], rows }: Props) {
  const styles = useStyles();
  const stacked = useStacked([corner!, ...head], rows);
  return (
    <div className={mergeClasses(styles.scroll, stacked.frame)} role="group" aria-label={title} tabIndex={0}>
      {/* The roles stay where the rows are no longer displayed as a table. */}
      <table role="table" className={mergeClasses(styles.table, stacked.block)}>
        <thead role="rowgroup" className={stacked.block}>
          <tr role="row" className={stacked.block}>
            <th role="columnheader" scope="col" className={mergeClasses(styles.label, styles.corner, stacked.corner)}>
              {corner}
            </th>
            {head.map((words, k) => (
              <th key={k} role="columnheader" scope="col" className={mergeClasses(styles.head, stacked.head)}>
                <span className={styles.headWords}>{words}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={stacked.block}>
          {rows.map(([label, ...cells], r) => (
            <tr key={r} role="row" className={mergeClasses(styles.row, stacked.row, stacked.columns)}>
              <th role="rowheader" scope="row" className={mergeClasses(styles.label, stacked.label)}>
                {label}
              </th>
              {cells.map((words, k) => (
                <td key={k} role="cell" data-head={head[k]} className={mergeClasses(styles.cell, stacked.cell)}>
                  {words}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
