/**
 * A bound of what any choice can be paid, where amounts are nearly equal and the choices are too many to be listed. The objects
 * come one after the other; what the choices so far draw are points, and where there are too many, those that lie close
 * together become a box: it is said of all of them that they draw something between its sides, and lose what the best of
 * them loses. In the end a box is paid what its best point could be paid (a relaxed decision diagram).
 */
import type { Effort } from "./found";
import type { Filling } from "./filling";
import type { Priced } from "./priced";

/** How much wider boxes become where there are too many. */
const WIDER = 2;

/** Boxes after some of the objects. */
class Boxes {
  readonly low: Float64Array[];
  readonly high: Float64Array[];
  readonly loss: Float64Array;
  /** The box that it comes from, and the way that was taken, of the choice that loses least. */
  readonly from: Uint32Array;
  readonly way: Uint8Array;
  count = 0;
  private readonly slots: Int32Array;

  constructor(
    accounts: number,
    private readonly most: number,
  ) {
    const column = (): Float64Array => new Float64Array(most);
    this.low = Array.from({ length: accounts }, column);
    this.high = Array.from({ length: accounts }, column);
    this.loss = column();
    this.from = new Uint32Array(most);
    this.way = new Uint8Array(most);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most)));
  }

  clear(): void {
    this.count = 0;
    this.slots.fill(-1);
  }

  /** @returns whether there was a place for it */
  add(low: Float64Array, high: Float64Array, loss: number, from: number, way: number, cells: Float64Array): boolean {
    const { slots } = this;
    const mask = slots.length - 1;
    const place = (k: number, from: number, to: number): number => Math.floor((from + to) / 2 / cells[k]!);
    let hash = 0;
    for (let k = 0; k < low.length; k++) {
      hash = Math.imul(hash ^ (place(k, low[k]!, high[k]!) % 4294967296), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const b = slots[slot]!;
      if (b < 0) {
        if (this.count === this.most) return false;
        const next = (slots[slot] = this.count++);
        for (let k = 0; k < low.length; k++) [this.low[k]![next], this.high[k]![next]] = [low[k]!, high[k]!];
        this.loss[next] = loss;
        this.from[next] = from;
        this.way[next] = way;
        return true;
      }
      let same = true;
      for (let k = 0; k < low.length && same; k++)
        same = place(k, this.low[k]![b]!, this.high[k]![b]!) === place(k, low[k]!, high[k]!);
      if (!same) continue;
      for (let k = 0; k < low.length; k++) {
        if (low[k]! < this.low[k]![b]!) this.low[k]![b] = low[k]!;
        if (high[k]! > this.high[k]![b]!) this.high[k]![b] = high[k]!;
      }
      if (loss < this.loss[b]!) {
        this.loss[b] = loss;
        this.from[b] = from;
        this.way[b] = way;
      }
      return true;
    }
  }
}

export interface Boxed {
  /** What a choice loses at least; Infinity where none is better. */
  readonly loss: number;
  /** Ways of the choice that loses least in its box. */
  readonly choice: Uint16Array | undefined;
}

/**
 * @param order of the objects
 * @param allowed loss beyond which a choice is of no interest
 * @param width boxes at most
 */
export function boxed(
  { ways, targets }: Filling,
  priced: Priced,
  order: readonly number[],
  allowed: number,
  width: number,
  effort: Effort,
): Boxed {
  const accounts = targets.length;
  const open = order.map((i) =>
    ways[i]!.flatMap(({ draws }, way) =>
      priced.losses[i]![way]! <= allowed ? [{ draws, way, loss: priced.losses[i]![way]! }] : [],
    ),
  );
  // What the objects from one on draw at least and at most.
  const least = [...open, []].map(() => new Float64Array(accounts));
  const most = least.map((list) => list.slice());
  for (let i = open.length - 1; i >= 0; i--) {
    for (let k = 0; k < accounts; k++) {
      const draws = open[i]!.map((way) => way.draws[k]!);
      least[i]![k] = least[i + 1]![k]! + Math.min(...draws);
      most[i]![k] = most[i + 1]![k]! + Math.max(...draws);
    }
  }
  const largest = Math.max(...targets);
  const cells = targets.map((target) => Math.max(1, target) / largest);
  let now = new Boxes(accounts, width);
  let next = new Boxes(accounts, width);
  const low = new Float64Array(accounts);
  const high = new Float64Array(accounts);
  now.clear();
  now.add(low, high, 0, 0, 0, cells);
  const path: { from: Uint32Array; way: Uint8Array }[] = [];
  /** All ways of one object from all boxes; false where there are too many. */
  const step = (i: number): boolean => {
    next.clear();
    for (let b = 0; b < now.count; b++) {
      for (const { draws, way, loss } of open[i]!) {
        effort.left -= 4;
        let lost = now.loss[b]! + loss;
        let possible = lost;
        for (let k = 0; k < accounts; k++) {
          low[k] = now.low[k]![b]! + draws[k]!;
          high[k] = now.high[k]![b]! + draws[k]!;
          // All that is wanted beyond the account is lost, whatever comes.
          const beyond = low[k]! - targets[k]!;
          if (beyond > 0) {
            lost += priced.lossOf(k, beyond);
            high[k]! -= beyond;
            low[k] = targets[k]!;
            if (priced.prices[k] === 1) high[k] = low[k]!;
          }
          const [from, to] = [low[k]! + least[i + 1]![k]! - targets[k]!, high[k]! + most[i + 1]![k]! - targets[k]!];
          possible +=
            (beyond > 0 ? priced.lossOf(k, beyond) : 0) +
            (from > 0 ? priced.lossOf(k, from) : to < 0 ? priced.lossOf(k, to) : 0);
        }
        if (possible <= allowed && !next.add(low, high, lost, b, way, cells)) return false;
      }
    }
    return true;
  };
  for (let i = 0; i < open.length; i++) {
    while (!step(i)) for (let k = 0; k < accounts; k++) cells[k]! *= WIDER;
    [now, next] = [next, now];
    if (!now.count || effort.left < 0) return { loss: now.count ? 0 : Infinity, choice: undefined };
    path.push({ from: now.from.slice(0, now.count), way: now.way.slice(0, now.count) });
  }
  let best = { loss: Infinity, at: 0 };
  for (let b = 0; b < now.count; b++) {
    let loss = now.loss[b]!;
    for (let k = 0; k < accounts; k++) {
      const [from, to] = [now.low[k]![b]! - targets[k]!, now.high[k]![b]! - targets[k]!];
      loss += from > 0 ? priced.lossOf(k, from) : to < 0 ? priced.lossOf(k, to) : 0;
    }
    if (loss < best.loss) best = { loss, at: b };
  }
  const choice = new Uint16Array(ways.length);
  let { at } = best;
  for (let i = open.length - 1; i >= 0; i--) {
    choice[order[i]!] = path[i]!.way[at]!;
    at = path[i]!.from[at]!;
  }
  return { loss: best.loss, choice };
}
