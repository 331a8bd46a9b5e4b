/** Sub-pools by their names: a list of names and amounts, and a column that names the one that each claim draws on. */
import { refuse, type Text } from "../rules";
import { isNothing, type Cell } from "./cells";
import { nameOf } from "./names";

/** @throws Refusal for a name that stands twice, and where there is none */
export function checkSubPoolNames(names: readonly string[]): void {
  if (!names.length) throw refuse("子资金池：没有名称和金额", "sub-pools: there are no names and amounts");
  const twice = names.find((name, k) => names.findIndex((other) => nameOf(other) === nameOf(name)) < k);
  if (twice !== undefined) throw refuse(`子资金池“${twice}”写了两次`, `the sub-pool ${twice} stands twice`);
}

/**
 * The place of each claim's sub-pool; of a row without a claim any.
 * @param claims whole fen
 * @param at where the cell of a row stands, in words
 * @throws Refusal for a claim that names no sub-pool, or one that is not there
 */
export function subPoolPlaces(
  names: readonly string[],
  cells: readonly Cell[],
  claims: readonly number[],
  at: (row: number) => Text,
): number[] {
  const places = new Map(names.map((name, k) => [nameOf(name), k]));
  return claims.map((fen, row) => {
    const cell = cells[row];
    const place = isNothing(cell) ? undefined : places.get(nameOf(cell!));
    if (place !== undefined || fen === 0) return place ?? 0;
    const { zh, en } = at(row);
    throw isNothing(cell)
      ? refuse(`${zh}没有写明子资金池`, `${en} names no sub-pool`)
      : refuse(
          `${zh}：没有子资金池“${String(cell)}”，有：${names.join("、")}`,
          `${en}: there is no sub-pool ${String(cell)}; there are: ${names.join(", ")}`,
        );
  });
}
