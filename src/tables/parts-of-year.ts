/** Quarters and half-years: where an instrument asks for them and a cell is blank, the day of the claim tells. */
import { partOn, partsOfYear } from "../rules";
import { isError, isNothing, Unread, type Given } from "./cells";
import { Layout } from "./layout";
import type { Table } from "./table";

const columnOf = (layout: Layout, input: string): number =>
  layout.meanings.findIndex((meaning) => meaning?.kind === "input" && meaning.name === input);

/** Fills the blank cells of rows that say their day; a table that lacks the column gets it. */
export function fillPartsOfYear(table: Table): void {
  const lacking = table
    .layouts()
    .flatMap((layout) => partsOfYear(layout.entry.instrument).filter(({ input }) => columnOf(layout, input) < 0));
  if (!table.layouts().some(({ entry }) => partsOfYear(entry.instrument).length)) return;
  const values = table.widen([...new Set(lacking.map(({ input }) => input))]);
  values.forEach((row, r) => {
    const layout = table.layoutIn(r);
    const when = table.claimIn(r);
    if (!(layout instanceof Layout) || when instanceof Unread || isError(when) || !when.day || table.isBlank(r)) return;
    for (const { input, part } of partsOfYear(layout.entry.instrument)) {
      const c = columnOf(layout, input);
      if (isNothing(row[c])) (row as Given[])[c] = partOn(when.day, part);
    }
  });
}
