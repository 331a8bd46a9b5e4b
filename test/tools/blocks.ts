import { entryOf, planOf, type Row, type ScenarioBase } from "../../src/rules";
import { blocksOfRows } from "../../src/tables";

export { blocksOfRows as blocksOf } from "../../src/tables";

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
  return { blocks: blocksOfRows(planned), length: rows.length };
}
