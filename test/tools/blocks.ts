import { entryOf, planOf, type PlannedRow, type Row, type ScenarioBase } from "../../src/rules";
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
  /** 2026 where it is not given. */
  readonly year?: number;
}

/** The base of scenarios: one block per instrument and year, rows in the order given. */
export function baseOf(rows: readonly BaseRow[], readings: Readonly<Record<string, string>> = {}): ScenarioBase {
  const planned = rows.map(({ id, year = 2026, ...row }) => ({
    ...row,
    plan: planOf(entryOf(id), { year }, { readings }),
  }));
  return { blocks: blocksOf(planned), length: rows.length };
}
