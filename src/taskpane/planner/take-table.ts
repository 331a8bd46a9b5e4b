/** The table in hand as the claims on the pool that is planned. */
import type { PaneState } from "../context";
import type { TableInHand } from "../table-in-hand";
import { formOfTable } from "./claims-table";
import { formId, formOf } from "./form";
import { OWN_POOL, poolsOf } from "./pool";

export function takeAsClaims({ type, typed, jurisdiction, claim, instrument }: PaneState, table: TableInHand): void {
  const pools = poolsOf(jurisdiction, claim).map((entry) => entry.instrument.id);
  const wanted = formOf(typed, jurisdiction.id).pool;
  const pool = wanted === OWN_POOL || pools.includes(wanted ?? "") ? wanted! : (pools[0] ?? OWN_POOL);
  for (const [name, value] of Object.entries(formOfTable(table, pool, instrument))) type(formId(pool), name, value);
}
