/** Tables as they are handed over, with what the rows of earlier years tell filled in. */
import type { Block, Claim, ScenarioBase } from "../rules";
import { refuseUnknown } from "./awarded";
import type { CellError, Given, Matrix } from "./cells";
import { fillEarlier } from "./earlier";
import { blocksOf, groupsOf } from "./groups";
import { fillPartsOfYear } from "./parts-of-year";
import { isRefused, isUnplanned, Table, type Refused, type TableRow } from "./table";

/** A table that can be read. @throws Refusal where it is ragged, or a header stands twice */
export function tableOf(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): Table {
  const table = new Table(instruments, headers, values, years, claim);
  fillPartsOfYear(table);
  if (table.overYears) fillEarlier(table);
  refuseUnknown(table);
  return table;
}

/**
 * Plans every row of a table.
 * @param instruments one id, or one per row; a header `instrument` serves too
 * @param years one year or date, or one per row; a header `year` serves too; blank means `claim`
 * @throws Refusal where the table as a whole cannot be read (ragged, unknown or repeated headers)
 */
export function readTable(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): TableRow[] {
  const table = tableOf(instruments, headers, values, years, claim);
  table.checkUsed();
  return values.map((_, r) => table.row(r));
}

/**
 * A table as the base of scenarios; rows that cannot be read are counted, not computed. Rows outside their window are read
 * too: a scenario may name another year.
 * @throws Refusal, RangeError
 */
export function scenarioBase(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): ScenarioBase {
  const table = tableOf(instruments, headers, values, years, claim);
  table.checkUsed();
  return {
    blocks: blocksOf(groupsOf(table, true), values.length).blocks,
    length: values.length,
    firmIn: (row) => table.firmIn(row),
    unreadable(row) {
      const read = table.row(row);
      return isUnplanned(read) && isRefused(read.refusal) ? read.refusal.text : undefined;
    },
  };
}

/** A table by plan, and why its first row that cannot be read was refused. */
export interface ReadTable {
  readonly blocks: readonly Block[];
  readonly refusal?: Refused | CellError;
}

/** A table of which every row counts, such as the claims on a pool. @throws Refusal where the table as a whole cannot be read */
export function readBlocks(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): ReadTable {
  const table = tableOf(instruments, headers, values, years, claim);
  table.checkUsed();
  const { blocks, refused } = blocksOf(groupsOf(table), values.length);
  for (const r of refused) {
    const row = table.row(r);
    if (isUnplanned(row)) return { blocks, refusal: row.refusal };
  }
  return { blocks };
}
