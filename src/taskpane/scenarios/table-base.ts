/** The rows of a table of the workbook as the base of scenarios, as its columns are understood. */
import { refuse, type Claim } from "../../rules";
import { givenAt, policyColumns, wordOf, type Given } from "../../tables";
import { entriesOf, idOf } from "../insertion/rows";
import { checkUnderstood, type Understanding } from "../insertion/understanding";
import { placeOf, type TableInHand } from "../table-in-hand";
import type { BaseTable } from "./base";
import { groupingOf } from "./gains/groupings";

/** @throws Refusal where no policy was chosen, or columns are missing */
export function baseOf(
  table: TableInHand,
  { under, entries, matches, missing }: Understanding,
  claim: Claim,
): BaseTable {
  checkUnderstood(under, missing);
  // Scenarios change one clause at a time: the best of several is none.
  if (under.kind === "best") throw refuse("请选一项政策", "choose one policy");
  const used = matches.filter(({ name }) => name);
  const { rows } = table.region;
  const naming: readonly number[] = under.kind === "rows" ? Object.values(policyColumns(table.region) ?? {}) : [];
  const ids = under.kind === "one" ? [idOf(under.entry)] : under.entries.map(idOf);
  return {
    base: {
      instruments: ids,
      headers: used.map((match) => wordOf(match, entriesOf(under), "zh")),
      values: rows.map((row) => used.map(({ column }): Given => givenAt(table, row, column))),
      claim,
    },
    place: placeOf(table),
    entries,
    unused: matches.flatMap(({ name, full, column }) => (name || !full || naming.includes(column) ? [] : [full])),
    groupings: matches.flatMap(({ full, column }) => {
      if (!full || naming.includes(column)) return [];
      return (
        groupingOf(
          full,
          rows.map((row): Given => givenAt(table, row, column)),
        ) ?? []
      );
    }),
    // Refused above.
    missing: { zh: [], en: [] },
    totals: [],
  };
}
