/** The rows of a file as the base of scenarios, as the pane reads a table of the workbook. */
import { idOf, latestAt, planOf, refuse, type Claim, type Entry, type Jurisdiction, type Plan } from "../rules";
import {
  entryOfRow,
  givenAt,
  matchColumns,
  missingInputs,
  policyColumns,
  Unread,
  valueAt,
  wordOf,
  type FoundTable,
  type Given,
  type Match,
} from "../tables";
import type { Base } from "../taskpane/scenarios/base";
import { groupingOf, type Grouping } from "../taskpane/scenarios/gains/groupings";

/** What all rows are computed under; else each row names its own. */
export interface Named {
  readonly entry: Entry | undefined;
  /** What rows mean that name a kind of support and no place. */
  readonly place: Jurisdiction;
  readonly claim: Claim;
}

/** A table as its instruments understand it. */
export interface Understood {
  /** The instrument of each row; undefined where it names none that there is. */
  readonly entries: readonly (Entry | undefined)[];
  /** Each once. */
  readonly different: readonly Entry[];
  readonly matches: readonly Match[];
}

/** @throws Refusal where no instrument is named, or columns are missing */
export function understood(table: FoundTable, named: Named): Understood {
  const entries = entriesOf(table, named);
  const different = [...new Set(entries.flatMap((one) => one ?? []))];
  const matches = matchColumns(table.region, different, new Map());
  const missing = named.entry ? missingInputs(named.entry, matches, named.claim, "zh") : [];
  if (missing.length)
    throw refuse(`还缺必填的列：${missing.join("、")}`, `required columns are missing: ${missing.join(", ")}`);
  return { entries, different, matches };
}

/** @throws Refusal where no column names one */
function entriesOf(table: FoundTable, { entry, place, claim }: Named): (Entry | undefined)[] {
  const { rows } = table.region;
  if (entry) return rows.map(() => entry);
  const columns = policyColumns(table.region);
  if (!columns)
    throw refuse(
      "表中没有写明政策的列（政策工具，或辖区和类别）：请用 -i 指定一项",
      "no column names the instruments; give one with -i",
    );
  return rows.map((row) => {
    const found = entryOfRow((column) => valueAt(table, row, column), columns, { place, family: undefined }, claim);
    return found instanceof Unread ? undefined : found;
  });
}

export interface FileBase {
  readonly base: Base;
  readonly plans: readonly Plan[];
  /** Columns that tell the rows apart. */
  readonly groupings: readonly Grouping[];
  /** Headers that mean nothing to the instruments. */
  readonly unused: readonly string[];
}

/** @throws Refusal where no instrument is named, or columns are missing */
export function fileBase(table: FoundTable, named: Named): FileBase {
  const { claim, entry } = named;
  const { rows } = table.region;
  const { entries, different, matches } = understood(table, named);
  const used = matches.filter(({ name }) => name);
  const naming = new Set<number | undefined>(entry ? [] : Object.values(policyColumns(table.region) ?? {}));
  const others = matches.filter(({ full, column }) => full && !naming.has(column));
  const columnOf = (column: number): Given[] => rows.map((row): Given => givenAt(table, row, column));
  return {
    base: {
      instruments: entries.map((one) => (one ? idOf(one) : "")),
      headers: used.map((match) => wordOf(match, different, "zh")),
      values: rows.map((row) => used.map(({ column }): Given => givenAt(table, row, column))),
      claim,
    },
    plans: different.map((one) => planOf(latestAt(one, claim), claim)),
    groupings: others.flatMap(({ full, column }) => groupingOf(full, columnOf(column)) ?? []),
    unused: others.flatMap(({ name, full }) => (name ? [] : [full])),
  };
}
