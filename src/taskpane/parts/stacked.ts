/** A table too wide for a narrow pane stands there row by row: its label, and under it each figure beside its heading. */
import { makeStyles, tokens } from "@fluentui/react-components";

/** Of the frame around the table. */
const NARROW = "@container (max-width: 400px)";
/** What such a frame holds without scrolling. */
const FITS = 280;

export const useStacked = makeStyles({
  frame: { containerType: "inline-size" },
  block: { [NARROW]: { display: "block" } },
  head: { [NARROW]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" } },
  // What the table is about stays in sight.
  corner: { [NARROW]: { display: "block", position: "static", maxWidth: "none" } },
  row: {
    [NARROW]: {
      display: "grid",
      gridTemplateColumns: "minmax(0, 1fr)",
      columnGap: "12px",
      padding: "4px 0",
    },
  },
  pairs: { [NARROW]: { gridTemplateColumns: "repeat(2, minmax(0, 1fr))" } },
  label: {
    [NARROW]: {
      gridColumnStart: "1",
      gridColumnEnd: "-1",
      position: "static",
      maxWidth: "none",
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  cell: {
    [NARROW]: {
      display: "flex",
      flexWrap: "wrap",
      justifyContent: "flex-end",
      columnGap: "8px",
      padding: "1px 0",
      whiteSpace: "normal",
      "::before": { content: "attr(data-head)", marginRight: "auto", color: tokens.colorNeutralForeground3 },
    },
  },
});

/** Pixels of a text in a table, about: Chinese characters are twice as wide as digits. */
const widthOf = (words: string): number =>
  [...words].reduce((width, character) => width + (character > "\u2e7f" ? 12 : 6.5), 0);
/** Padding of a cell. */
const PADDING = 10;

/** Whether two figures with their headings stand side by side: most of them in one line. */
export function inPairs([, ...head]: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const broken = ([, ...cells]: readonly string[]): number =>
    cells.filter((cell, k) => widthOf(head[k] ?? "") + widthOf(cell) + PADDING > FITS / 2).length;
  return rows.reduce((all, row) => all + broken(row), 0) <= (rows.length * head.length) / 4;
}

/** @param rows in words; the first of each row is its label, which breaks */
export const isWide = (rows: readonly (readonly string[])[]): boolean =>
  (rows[0] ?? []).reduce((width, _, column) => {
    const widest = rows.reduce((most, row) => Math.max(most, widthOf(row[column]!)), 0);
    return width + PADDING + (column === 0 ? Math.max(64, Math.min(80, widest)) : widest);
  }, 0) > FITS;
