/** What the planner has set, as an exported workbook takes it. */
import type { PoolWanted } from "../../export";
import type { PaneState } from "../context";
import { readMoney } from "../parts/amount";
import { formOf } from "./form";
import { OWN_POOL, plannedPool, yearPoolsIn } from "./pool";

/** The pool that is planned, and what was typed for it; undefined where the planner was not touched. @throws Refusal */
export function poolWanted({ typed, jurisdiction, claim }: PaneState): PoolWanted | undefined {
  const { pool: chosen } = formOf(typed, jurisdiction.id);
  const pool = plannedPool(chosen, jurisdiction, claim);
  const form = formOf(typed, pool);
  const { amount = "", cap = "" } = form;
  if (chosen === undefined && !amount && !cap) return undefined;
  return {
    id: pool === OWN_POOL ? undefined : pool,
    amount: yearPoolsIn(form)[claim.year] ?? readMoney(amount),
    cap: readMoney(cap),
  };
}
