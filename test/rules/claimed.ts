/** One claim as a test says it: an instrument, cells by input name, a year or a day, readings. */
import fc from "fast-check";
import {
  award,
  awards,
  entryOf,
  planOf,
  toYuan,
  type Award,
  type Entry,
  type Input,
  type Plan,
  type PlannedRow,
  type Row,
  type Value,
} from "../../src/rules";
import { readClaim, readInput, type Cell } from "../../src/tables";

export type Cells = Readonly<Record<string, Cell>>;

export function rowOf(plan: Plan, cells: Cells): Row {
  const row: Record<string, Value> = {};
  for (const [name, cell] of Object.entries(cells)) {
    const input = plan.inputs[name];
    if (!input) throw new Error(`${plan.entry.instrument.id} has no input ${name}`);
    const value = readInput(input, cell);
    if (value !== undefined) row[name] = value;
  }
  return row;
}

/** @param when a year or a date, as a cell has it */
export function claimed(id: string, cells: Cells, when: Cell = 2026, readings: Record<string, string> = {}): Award {
  const plan = planOf(entryOf(id), readClaim(when), { readings });
  return award(plan, rowOf(plan, cells));
}

/** What the award pays in yuan, or the outcome that keeps it from paying. */
export function paid(result: Award): number | string {
  return result.outcome.kind === "award" ? toYuan(result.fen) : result.outcome.kind;
}

/** A row of a table: `firm` and `object` beside the cells of the instrument. */
export function planned(
  id: string,
  { firm, object, year = 2026, ...cells }: Cells & { firm?: string; object?: string },
) {
  const plan = planOf(entryOf(id), readClaim(year));
  return { plan, row: rowOf(plan, cells), firm, object } satisfies PlannedRow;
}

export const paidInOrder = (rows: readonly PlannedRow[]): (number | string)[] => awards(rows).map(paid);

/** Yuan with fen, small ones and ones around the caps of the documents. */
export const anyAmount = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }),
  fc.integer({ min: 0, max: 20_000_000_000 }),
  fc.constantFrom(0, 1, 800_000_000, 2_666_666_667),
);

const anyCell: Readonly<Record<Input["kind"], (input: Input) => fc.Arbitrary<Cell>>> = {
  money: () => anyAmount.map((fen) => fen / 100),
  flag: () => fc.boolean(),
  choice: ({ options }) => fc.constantFrom(...Object.keys(options ?? {})),
  name: () => fc.constantFrom("云一", "云二", "云三"),
  rate: () => fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000),
  count: () => fc.integer({ min: 0, max: 40 }),
  number: () => fc.integer({ min: 0, max: 300 }).map((n) => n / 10),
  months: () => fc.integer({ min: 1, max: 12 }),
  rank: () => fc.integer({ min: 1, max: 12 }),
  ordinal: () => fc.integer({ min: 1, max: 5 }),
  date: () => fc.constantFrom("2025-07-01", "2026-03-31", "2026-06-30", "2027-02-28"),
};

/** Rows of acceptable cells for an instrument; inputs with a default or that are optional are there or not. */
export function anyCells({ instrument }: Entry): fc.Arbitrary<Cells> {
  const inputs = Object.entries(instrument.inputs ?? {});
  const cells = Object.fromEntries(inputs.map(([name, input]) => [name, anyCell[input.kind](input)]));
  const needed = inputs.filter(([, input]) => !input.optional && input.default === undefined).map(([name]) => name);
  return fc.record(cells, { requiredKeys: needed });
}
