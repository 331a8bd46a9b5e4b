/** The pools that the awards of a scenario draw on, or the scenario's one for all rows. */
import type { Block, RowAwards } from "../../columns";
import { entryBeside, idOf } from "../../law/catalogue";
import type { Entry } from "../../law/time";
import { yuanToFen } from "../../number/money";
import { halfUp, parseFigure } from "../../number/ratio";
import { share, type SharingMethod } from "../../pool";
import type { ScenarioPool } from "./result";
import type { Changes } from "./scenario";

/** Pools of one instrument and year are one. */
export const isSamePool = (a: Pick<ScenarioPool, "instrument" | "year">, b: typeof a): boolean =>
  a.instrument === b.instrument && a.year === b.year;

/** What is paid of a need. */
export const payable = (amount: number, need: number): Pick<ScenarioPool, "need" | "paid" | "use"> => ({
  need,
  paid: Math.min(need, amount),
  use: amount ? need / amount : need ? Infinity : 0,
});

/**
 * A pool that is filled every year pays the rows of each year by itself.
 * @param totals of the blocks
 * @param fen awards by row, which become what is paid
 */
export function poolsOf(
  blocks: readonly Block[],
  awards: readonly RowAwards[],
  totals: readonly number[],
  { pool, sharing }: Changes,
  fen: Float64Array | undefined,
): ScenarioPool[] {
  const members = new Map<string, { readonly entry?: Entry; readonly year?: number; readonly list: number[] }>();
  blocks.forEach(({ plan }, b) => {
    const named = plan.entry.instrument.pool;
    if (named === undefined && pool === undefined) return;
    const entry = pool === undefined ? entryBeside(named!, plan.entry) : undefined;
    const year = entry?.instrument.budget?.per === "year" ? plan.claim.year : undefined;
    const key = entry ? `${idOf(entry)} ${year ?? ""}` : "";
    const member = members.get(key) ?? { ...(entry && { entry }), ...(year !== undefined && { year }), list: [] };
    members.set(key, member);
    member.list.push(b);
  });
  return [...members.values()].flatMap(({ entry, year, list }) => {
    const figure = entry?.instrument.budget?.amount;
    const amount = pool ?? (figure === undefined ? undefined : halfUp(yuanToFen(parseFigure(figure))));
    if (amount === undefined) return [];
    const need = list.reduce((sum, b) => sum + totals[b]!, 0);
    const inFull = sharing && sharedOut(blocks, awards, list, amount, sharing, fen);
    return [
      {
        ...(entry && { instrument: idOf(entry) }),
        ...(year !== undefined && { year }),
        label: entry?.instrument.name ?? { zh: "情景的资金池", en: "pool of the scenario" },
        amount,
        ...payable(amount, need),
        ...(inFull !== undefined && { inFull }),
      },
    ];
  });
}

/** Shares a pool out; what is paid goes into `fen`. @returns how many awards are paid in full */
function sharedOut(
  blocks: readonly Block[],
  awards: readonly RowAwards[],
  list: readonly number[],
  amount: number,
  method: SharingMethod,
  fen: Float64Array | undefined,
): number {
  const places = placesIn(blocks, list);
  const claims = places.map(({ b, i }) => awards[b]!.fen[i]!);
  const need = claims.reduce((sum, claim) => sum + claim, 0);
  const paid = need <= amount ? claims : share(claims, amount, { method });
  if (fen) places.forEach(({ at }, k) => (fen[at] = paid[k]!));
  return paid.filter((part, k) => part > 0 && part === claims[k]).length;
}

/** The rows of several blocks in the order of the table, which is the order of first come. */
function placesIn(blocks: readonly Block[], list: readonly number[]): { b: number; i: number; at: number }[] {
  const places = list.flatMap((b) => {
    const { at, columns } = blocks[b]!;
    return Array.from({ length: columns.length }, (_, i) => ({ b, i, at: at ? at[i]! : i }));
  });
  return list.length > 1 ? places.sort((x, y) => x.at - y.at) : places;
}
