/** Rows that were planned one by one as blocks of columns, as a table that is read by column gives them. */
import { columnsOf, type Block, type Plan, type PlannedRow } from "../rules";
import { Codes } from "./codes";

/** One block per plan, in the order in which the plans appear. @throws RangeError as columnsOf() */
export function blocksOfRows(rows: readonly PlannedRow[]): Block[] {
  const [firms, objects] = [new Codes(), new Codes()];
  const places = new Map<Plan, number[]>();
  rows.forEach(({ plan }, i) => {
    const at = places.get(plan);
    if (at) at.push(i);
    else places.set(plan, [i]);
  });
  return [...places].map(([plan, at]) => {
    const own = at.map((i) => rows[i]!);
    return {
      plan,
      at: Uint32Array.from(at),
      columns: columnsOf(
        plan.inputs,
        own.map(({ row }) => row),
      ),
      firms: firms.of(own.map(({ firm }) => firm)),
      objects: objects.of(own.map(({ object }) => object)),
    };
  });
}
