/**
 * Meeting in the middle. The objects are two halves; all combinations of each half are listed, sorted by what they draw on one
 * account; for each of one half those of the other are looked at that fill this account nearly enough. So a thousand
 * thousand combinations of either half are a million million choices, looked through in a second. Combinations that
 * draw the same are one, so that equal objects, or round amounts, make short lists.
 */
import type { Effort } from "./found";

/** An object and the ways that are left to it. */
export interface Open {
  readonly object: number;
  readonly ways: readonly OpenWay[];
}

export interface OpenWay {
  /** Place among the ways of the object. */
  readonly way: number;
  readonly draws: readonly number[];
  readonly loss: number;
}

/** The combinations of the ways of some objects, sorted by what they draw on one account. */
export interface Half {
  readonly count: number;
  /** By account. */
  readonly draws: readonly Float64Array[];
  readonly loss: Float64Array;
  readonly steps: readonly Step[];
  /** Whether combinations that draw the same became one. */
  readonly merged: boolean;
}

/** The last object of the combinations: each comes from one without it. */
interface Step {
  readonly open: Open;
  readonly from: Uint32Array;
  readonly way: Uint8Array;
}

export const emptyHalf = (accounts: number): Half => ({
  count: 1,
  draws: Array.from({ length: accounts }, () => new Float64Array(1)),
  loss: new Float64Array(1),
  steps: [],
  merged: false,
});

/**
 * The combinations of one more object.
 * @param by account by which they are sorted
 * @param allowed loss beyond which a combination is left out
 */
export function withOpen(half: Half, open: Open, by: number, allowed: number): Half {
  const { ways } = open;
  const { count } = half;
  const order = [by, ...half.draws.keys()].filter((k, place) => !place || k !== by);
  const from = new Uint32Array(count * ways.length);
  const way = new Uint8Array(from.length);
  // One buffer: many small ones cost more than what is done with them.
  const columns = new Float64Array(from.length * (half.draws.length + 1));
  const column = (c: number, length: number): Float64Array =>
    columns.subarray(c * from.length, c * from.length + length);
  const draws = half.draws.map((_, k) => column(k, from.length));
  const loss = column(draws.length, from.length);
  const at = new Uint32Array(ways.length);
  const accounts = draws.length;
  const keys = half.draws[by]!;
  let length = 0;
  let { merged } = half;
  for (;;) {
    let next = -1;
    let least = Infinity;
    for (let w = 0; w < ways.length; w++) {
      if (at[w] === count) continue;
      const key = keys[at[w]!]! + ways[w]!.draws[by]!;
      if (key > least || (key === least && !isLess(half, at[w]!, ways[w]!, at[next]!, ways[next]!, order))) continue;
      [least, next] = [key, w];
    }
    if (next < 0) break;
    const before = at[next]!++;
    const lost = half.loss[before]! + ways[next]!.loss;
    if (lost > allowed) continue;
    for (let k = 0; k < accounts; k++) draws[k]![length] = half.draws[k]![before]! + ways[next]!.draws[k]!;
    if (
      length &&
      draws[by]![length] === draws[by]![length - 1] &&
      draws.every((list) => list[length] === list[length - 1])
    ) {
      merged = true;
      if (lost >= loss[length - 1]!) continue;
      length--;
    }
    loss[length] = lost;
    from[length] = before;
    way[length] = next;
    length++;
  }
  return {
    count: length,
    draws: draws.map((_, k) => column(k, length)),
    loss: column(draws.length, length),
    merged,
    steps: [...half.steps, { open, from: from.subarray(0, length), way: way.subarray(0, length) }],
  };
}

/** Whether one combination with a way comes before another. */
function isLess(
  { draws }: Half,
  a: number,
  way: OpenWay,
  b: number,
  other: OpenWay,
  order: readonly number[],
): boolean {
  for (const k of order) {
    const difference = draws[k]![a]! + way.draws[k]! - draws[k]![b]! - other.draws[k]!;
    if (difference) return difference < 0;
  }
  return false;
}

/** Takes the ways of one combination over into a choice. */
export function take(choice: Uint16Array, { steps }: Half, at: number): void {
  for (let s = steps.length - 1; s >= 0; s--) {
    const { open, from, way } = steps[s]!;
    choice[open.object] = open.ways[way[at]!]!.way;
    at = from[at]!;
  }
}

/** What the halves have to meet: room left on every account, prices, and loss that is left. */
export interface Aim {
  readonly room: Float64Array;
  readonly prices: Float64Array;
  /** Loss that a better choice has at most; falls when one is found. */
  allowed(): number;
  /** @param loss of the pair */
  found(one: number, other: number, loss: number): void;
}

/**
 * Looks at all pairs that may be better.
 * @param near pairs that are looked at on either side of the best fit of each combination
 * @returns whether all were
 */
export function meet(one: Half, other: Half, by: number, aim: Aim, near: number, effort: Effort): boolean {
  const { room, prices } = aim;
  const accounts = room.length;
  const keys = one.draws[by]!;
  const others = other.draws[by]!;
  const price = prices[by]!;
  let fit = other.count;
  let whole = true;
  let allowed = aim.allowed();
  for (let a = 0; a < one.count; a++) {
    const wanted = room[by]! - keys[a]!;
    while (fit > 0 && others[fit - 1]! >= wanted) fit--;
    const lost = one.loss[a]!;
    for (const step of SIDES) {
      let b = step > 0 ? fit : fit - 1;
      const slope = step > 0 ? 1 - price : -price;
      for (let looked = 0; b >= 0 && b < other.count; b += step, looked++) {
        let loss = lost + slope * (others[b]! - wanted);
        if (loss > allowed) break;
        if (looked === near) {
          whole = false;
          break;
        }
        effort.left--;
        loss += other.loss[b]!;
        for (let k = 0; k < accounts && loss <= allowed; k++) {
          if (k === by) continue;
          const over = one.draws[k]![a]! + other.draws[k]![b]! - room[k]!;
          loss += over > 0 ? (1 - prices[k]!) * over : -prices[k]! * over;
        }
        if (loss > allowed) continue;
        aim.found(a, b, loss);
        allowed = aim.allowed();
        if (allowed < 0) return true;
      }
    }
    if (effort.left < 0) return false;
  }
  return whole;
}

const SIDES = [1, -1] as const;
