import { entryOf, planOf, type Plan, type PlannedRow, type Row, type ScenarioBase } from "../../src/rules";
import { columnsOf, type Block } from "../../src/rules/columns";
import { Codes } from "../../src/tables";

/** The rows of each plan as one block, as a reader of a table would group them. */
export function blocksOf(rows: readonly PlannedRow[]): Block[] {
  const [firms, objects] = [new Codes(), new Codes()];
  return [...new Set(rows.map(({ plan }) => plan))].map((plan) => {
    const at = rows.flatMap((row, i) => (row.plan === plan ? [i] : []));
    return {
      plan,
      at: Uint32Array.from(at),
      columns: columnsOf(
        plan.inputs,
        at.map((i) => rows[i]!.row),
      ),
      firms: firms.of(at.map((i) => rows[i]!.firm)),
      objects: objects.of(at.map((i) => rows[i]!.object)),
    };
  });
}

export interface BaseRow {
  readonly id: string;
  readonly row: Row;
  readonly firm?: string | undefined;
  readonly object?: string;
}

/** The rows of 2026 as the base of scenarios: one block per instrument, rows in the order given. */
export function baseOf(rows: readonly BaseRow[], readings: Readonly<Record<string, string>> = {}): ScenarioBase {
  const plans = new Map<string, Plan>();
  for (const { id } of rows) plans.set(id, plans.get(id) ?? planOf(entryOf(id), { year: 2026 }, { readings }));
  return { blocks: blocksOf(rows.map(({ id, ...row }) => ({ ...row, plan: plans.get(id)! }))), length: rows.length };
}
