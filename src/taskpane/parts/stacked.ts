/** A table too wide for its pane stands there row by row: its label, and under it each figure beside its heading. */
import { makeStyles, tokens } from "@fluentui/react-components";

/** Frames up to so many pixels hold one figure beside another only where both are short. */
const ONE = 400;
const SINGLE = `@container (max-width: ${ONE}px)`;
const TWO = "repeat(2, minmax(0, 1fr))";

/** Styles of a table that stands row by row in frames up to so many pixels. */
function stackedWithin(pixels: number) {
  const narrow = `@container (max-width: ${pixels}px)`;
  const between = `@container (min-width: ${ONE + 0.01}px) and (max-width: ${pixels}px)`;
  return makeStyles({
    frame: { containerType: "inline-size" },
    block: { [narrow]: { display: "block" } },
    head: {
      [narrow]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
    },
    // What the table is about stays in sight.
    corner: { [narrow]: { display: "block", position: "static", maxWidth: "none" } },
    row: { [narrow]: { display: "grid", columnGap: "12px", padding: "4px 0" } },
    one: { [SINGLE]: { gridTemplateColumns: "minmax(0, 1fr)" }, [between]: { gridTemplateColumns: TWO } },
    two: { [SINGLE]: { gridTemplateColumns: TWO }, [between]: { gridTemplateColumns: TWO } },
    label: {
      [narrow]: {
        gridColumnStart: "1",
        gridColumnEnd: "-1",
        position: "static",
        maxWidth: "none",
        fontWeight: tokens.fontWeightSemibold,
      },
    },
    cell: {
      [narrow]: {
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
}

/** What the narrowest pane holds without scrolling. */
const FITS = 280;
/** A table stands row by row in frames up to the first of these that holds it, or the last. */
const FRAMES = [ONE, 520, 640];
const STYLES = FRAMES.map(stackedWithin);

type Style = Exclude<keyof ReturnType<(typeof STYLES)[number]>, "one" | "two"> | "columns";

/** @param rows in words; the first of each row is its label, which breaks */
export function useStacked(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Partial<Record<Style, string>> {
  const all = STYLES.map((styles) => styles());
  const width = widthOfTable(rows);
  const { one, two, ...styles } = all.at(FRAMES.findIndex((frame) => width <= frame))!;
  if (width <= FITS) return { frame: styles.frame };
  return { ...styles, columns: inPairs(head, rows) ? two : one };
}

/** Pixels of a text in a table, about: Chinese characters are twice as wide as digits. */
const widthOf = (words: string): number =>
  [...words].reduce((width, character) => width + (character > "\u2e7f" ? 12 : 6.5), 0);
/** Padding of a cell. */
const PADDING = 10;

/** Whether two figures with their headings stand side by side: most of them in one line. */
function inPairs([, ...head]: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const broken = ([, ...cells]: readonly string[]): number =>
    cells.filter((cell, k) => widthOf(head[k] ?? "") + widthOf(cell) + PADDING > FITS / 2).length;
  return rows.reduce((all, row) => all + broken(row), 0) <= (rows.length * head.length) / 4;
}

const widthOfTable = (rows: readonly (readonly string[])[]): number =>
  (rows[0] ?? []).reduce((width, _, column) => {
    const widest = rows.reduce((most, row) => Math.max(most, widthOf(row[column]!)), 0);
    return width + PADDING + (column === 0 ? Math.max(64, Math.min(80, widest)) : widest);
  }, 0);
