/** What awards that are known already may still pay: 不重复, 补足差额, and the parts of several payers. */
import { halfUp, multiply, ratio, type Ratio } from "../number/ratio";

/**
 * 不重复: per object the highest award stays (the earlier one among equals), less what was already paid for the object
 * (the sum over its rows); the others become 0. Rows without an object stay as they are, less what was paid.
 * @param awards whole fen
 * @param paid whole fen per row
 */
export function noRepeat(objects: readonly string[], awards: readonly number[], paid: readonly number[]): number[] {
  const best = new Map<string, number>();
  const paidFor = new Map<string, number>();
  objects.forEach((object, i) => {
    if (!object) return;
    paidFor.set(object, (paidFor.get(object) ?? 0) + (paid[i] ?? 0));
    const leader = best.get(object);
    if (leader === undefined || (awards[i] ?? 0) > (awards[leader] ?? 0)) best.set(object, i);
  });
  return awards.map((fen, i) => {
    const object = objects[i];
    if (!object) return upgrade(fen, paid[i] ?? 0);
    return best.get(object) === i ? upgrade(fen, paidFor.get(object) ?? 0) : 0;
  });
}

/** 晋升后补足差额: what the new award adds to what was paid, never negative. Whole fen. */
export const upgrade = (award: number, paid: number): number => Math.max(0, award - paid);

/** City part (half-up) and district part of an amount in fen; they add up to it. */
export function split(fen: number, share: Ratio): [number, number] {
  const city = halfUp(multiply(share, ratio(fen)));
  return [city, fen - city];
}
