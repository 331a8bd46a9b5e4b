/** Quarters and half-years: where an instrument asks for them and a cell is blank, the day of the claim tells. */
import { partOn } from "../rules";
import { isError, isNothing, Unread, type Given } from "./cells";
import { Layout } from "./layout";
import type { Table } from "./table";

/** Fills the blank cells of rows that say their day; a table that lacks the column gets it. */
export function fillPartsOfYear(table: Table): void {
  const asking = table.layouts().filter((layout) => layout.partsOfYear.length);
  if (!asking.length) return;
  const lacking = asking.flatMap((layout) =>
    layout.partsOfYear.flatMap(({ input }) => (layout.columnOf(input) < 0 ? input : [])),
  );
  const values = table.widen([...new Set(lacking)]);
  values.forEach((row, r) => {
    const layout = table.layoutIn(r);
    const when = table.claimIn(r);
    if (!(layout instanceof Layout) || when instanceof Unread || isError(when) || !when.day || table.isBlank(r)) return;
    for (const { input, part } of layout.partsOfYear) {
      const c = layout.columnOf(input);
      if (isNothing(row[c])) (row as Given[])[c] = partOn(when.day, part);
    }
  });
}
