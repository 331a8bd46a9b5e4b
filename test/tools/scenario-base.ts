import { entryOf, planOf, type Row, type ScenarioBase } from "../../src/rules";
import { Codes, columnsOf } from "../../src/rules/columns";

export interface BaseRow {
  readonly id: string;
  readonly row: Row;
  readonly firm?: string | undefined;
  readonly object?: string;
}

/** The rows of 2026 as the base of scenarios: one block per instrument, rows in the order given. */
export function baseOf(rows: readonly BaseRow[], readings: Readonly<Record<string, string>> = {}): ScenarioBase {
  const [firms, objects] = [new Codes(), new Codes()];
  const ids = [...new Set(rows.map(({ id }) => id))];
  const blocks = ids.map((id) => {
    const plan = planOf(entryOf(id), { year: 2026 }, { readings });
    const at = rows.flatMap((row, i) => (row.id === id ? [i] : []));
    return {
      plan,
      at: Uint32Array.from(at),
      columns: columnsOf(
        plan.inputs,
        at.map((i) => rows[i]!.row),
      ),
      firms: firms.of(at.map((i) => rows[i]!.firm)),
      ...(rows.some(({ object }) => object) && { objects: objects.of(at.map((i) => rows[i]!.object)) }),
    };
  });
  return { blocks, length: rows.length };
}
