/** The table in hand as the claims on the pool that is planned. */
import type { PaneState } from "../context";
import type { TableInHand } from "../table-in-hand";
import { formOfTable } from "./claims-table";
import { formId, formOf } from "./form";
import { plannedPool } from "./pool";

export function takeAsClaims({ type, typed, jurisdiction, claim, instrument }: PaneState, table: TableInHand): void {
  const pool = plannedPool(formOf(typed, jurisdiction.id).pool, jurisdiction, claim);
  for (const [name, value] of Object.entries(formOfTable(table, pool, instrument))) type(formId(pool), name, value);
}
