/**
 * The options that pay the objects of one group most together. Objects draw in their order, so that a choice is computed as
 * awards() computes it. Branch and bound: a beam of states moves along the objects; states that can no longer beat the best
 * choice so far are left out, and where there are too many the least promising, which then is said as a gap.
 */
import { exchange } from "./exchange";
import { spend, totalOf, type Options } from "./option";
import { Relaxation, wholeFen } from "./relaxation";

export interface Found {
  /** By object the place of its option. */
  readonly choice: Uint16Array;
  /** Whole fen. */
  readonly total: number;
  /** No choice pays more than this. */
  readonly bound: number;
}

/** States that are kept from one object to the next: a first look, and where that does not settle it a thorough one. */
const WIDTHS = [256, 4096];
/** Options of all objects times states; very large groups are searched with fewer states. */
const WORK = 4_000_000;

export function search(objects: readonly Options[], accounts: number): Found {
  const withTotal = (choice: Uint16Array): Incumbent => ({ choice, total: totalOf(objects, choice, accounts) });
  const first = withTotal(new Uint16Array(objects.length));
  const full = objects.reduce((sum, [best]) => sum + best!.full, 0);
  if (first.total === full) return { ...first, bound: full };
  const relaxation = new Relaxation(objects, accounts);
  let bound = Math.min(full, relaxation.bound);
  let best = first;
  const consider = (choice: Uint16Array): void => {
    if (best.total >= bound) return;
    const next = withTotal(choice);
    if (next.total > best.total) best = next;
  };
  consider(inOrder(objects, accounts, new Float64Array(accounts)));
  consider(inOrder(objects, accounts, relaxation.prices[0]!));
  const options = objects.reduce((sum, { length }) => sum + length, 0);
  for (const width of WIDTHS) {
    if (best.total >= bound) break;
    const kept = Math.max(1, Math.min(width, Math.floor(WORK / options)));
    const found = beam(objects, relaxation, best, kept);
    bound = Math.max(best.total, Math.min(bound, found.bound));
    if (found.choice) best = { choice: found.choice, total: found.total };
    best = exchange(objects, accounts, relaxation, best, bound);
  }
  return { ...best, bound: Math.max(bound, best.total) };
}

export interface Incumbent {
  readonly choice: Uint16Array;
  readonly total: number;
}

/** In order, each object the best of what is left, less the price of what it draws. */
function inOrder(objects: readonly Options[], accounts: number, prices: Float64Array): Uint16Array {
  let drawn = new Float64Array(accounts);
  return Uint16Array.from(objects, (options) => {
    let best = { o: 0, value: -Infinity, after: drawn };
    options.forEach((option, o) => {
      const after = drawn.slice();
      let value = spend(option, after);
      for (let k = 0; k < accounts; k++) value -= prices[k]! * (after[k]! - drawn[k]!);
      if (value > best.value) best = { o, value, after };
    });
    drawn = best.after;
    return best.o;
  });
}

/** States after some of the objects: what is drawn on each account, and what was paid. */
class States {
  readonly drawn: Float64Array;
  readonly total: Float64Array;
  readonly bound: Float64Array;
  /** The state that it comes from, and the option that was taken. */
  readonly from: Int32Array;
  readonly option: Uint16Array;
  count = 0;
  private readonly slots: Int32Array;

  constructor(
    readonly accounts: number,
    most: number,
  ) {
    this.drawn = new Float64Array(most * accounts);
    this.total = new Float64Array(most);
    this.bound = new Float64Array(most);
    this.from = new Int32Array(most);
    this.option = new Uint16Array(most);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * most + 2)));
    this.clear();
  }

  clear(): void {
    this.count = 0;
    this.slots.fill(-1);
  }

  /** Adds a state, or betters the one with the same draws; the earlier one stays among equals. */
  add(drawn: Float64Array, total: number, bound: number, from: number, option: number): void {
    const { accounts, slots } = this;
    const mask = slots.length - 1;
    let hash = 0;
    for (let k = 0; k < accounts; k++) {
      hash = Math.imul(hash ^ (drawn[k]! % 4294967296), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = hash & mask;
    for (; slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const s = slots[slot]!;
      let same = true;
      for (let k = 0; k < accounts && same; k++) same = this.drawn[s * accounts + k] === drawn[k];
      if (!same) continue;
      if (total > this.total[s]!) this.set(s, total, bound, from, option);
      return;
    }
    const s = (slots[slot] = this.count++);
    for (let k = 0; k < accounts; k++) this.drawn[s * accounts + k] = drawn[k]!;
    this.set(s, total, bound, from, option);
  }

  private set(s: number, total: number, bound: number, from: number, option: number): void {
    this.total[s] = total;
    this.bound[s] = bound;
    this.from[s] = from;
    this.option[s] = option;
  }
}

interface Swept {
  /** Where a choice better than the one given was found. */
  readonly choice: Uint16Array | undefined;
  readonly total: number;
  readonly bound: number;
}

/** Goes along the objects with at most `width` states. */
function beam(objects: readonly Options[], relaxation: Relaxation, best: Incumbent, width: number): Swept {
  const { accounts } = relaxation;
  const most = Math.max(...objects.map(({ length }) => length));
  let now = new States(accounts, width * most);
  let next = new States(accounts, width * most);
  const drawn = new Float64Array(accounts);
  now.add(drawn, 0, Infinity, 0, 0);
  let kept: ArrayLike<number> = [0];
  const path: { from: Int32Array; option: Uint16Array }[] = [];
  let left = best.total;
  const root = relaxation.bound;
  for (let i = 0; i < objects.length; i++) {
    next.clear();
    // An option that lowers the bound to the best total so far cannot be in a better choice.
    const losses = relaxation.losses(i);
    for (let k = 0; k < kept.length; k++) {
      const s = kept[k]!;
      objects[i]!.forEach((option, o) => {
        if (wholeFen(root - losses[o]! + relaxation.slack) <= best.total) return;
        for (let a = 0; a < accounts; a++) drawn[a] = now.drawn[s * accounts + a]!;
        const total = now.total[s]! + spend(option, drawn);
        const bound = wholeFen(total + relaxation.after(i + 1, drawn));
        if (bound > best.total) next.add(drawn, total, bound, k, o);
      });
    }
    [now, next] = [next, now];
    if (!now.count) return { choice: undefined, total: best.total, bound: left };
    kept = promising(now, width);
    const threshold = kept.length < now.count ? now.bound[kept[kept.length - 1]!]! : 0;
    left = Math.max(left, threshold);
    path.push({
      from: Int32Array.from(kept, (s) => now.from[s]!),
      option: Uint16Array.from(kept, (s) => now.option[s]!),
    });
  }
  let at = 0;
  for (let k = 1; k < kept.length; k++) if (now.total[kept[k]!]! > now.total[kept[at]!]!) at = k;
  const total = now.total[kept[at]!]!;
  const choice = new Uint16Array(objects.length);
  for (let i = objects.length - 1; i >= 0; i--) {
    choice[i] = path[i]!.option[at]!;
    at = path[i]!.from[at]!;
  }
  return { choice, total, bound: Math.max(left, total) };
}

/** The places of the states with the highest bounds, highest first where not all are kept. */
function promising({ count, bound, total }: States, width: number): ArrayLike<number> {
  const places = Uint32Array.from({ length: count }, (_, s) => s);
  if (count <= width) return places;
  return places.sort((a, b) => bound[b]! - bound[a]! || total[b]! - total[a]! || a - b).subarray(0, width);
}
