/**
 * The options that pay the objects of one group most together. Objects draw in their order, so that a choice is computed as
 * awards() computes it. Branch and bound: a beam of states moves along the objects; states that can no longer beat the best
 * choice so far are left out, and where there are too many the least promising, which then is said as a gap.
 */
import { fill } from "./fill";
import { fillingOf, type Filling } from "./filling";
import type { Effort, Found, Incumbent } from "./found";
import { exchange } from "./exchange";
import { first } from "./groups";
import { spend, totalOf, type Options } from "./option";
import { Relaxation, wholeFen } from "./relaxation";

/** States that are kept from one object to the next: at first, and at most. */
const NARROW = 64;
const BEAM_COST = 1;
const WIDE = 4096;
/** States times options that are looked at for the last fen. */
const LAST = 2 ** 21;
const LAST_COST = 16;
const LAST_FEN = 8;
const LAST_WIDTH = 2 ** 14;

/** @param effort from which what is used is taken off */
export function search(objects: readonly Options[], accounts: number, effort: Effort): Found {
  const withTotal = (choice: Uint16Array): Incumbent => ({ choice, total: totalOf(objects, choice, accounts) });
  const best = withTotal(new Uint16Array(objects.length));
  const full = objects.reduce((sum, [most]) => sum + most!.full, 0);
  if (best.total === full) return { ...best, bound: full };
  const filling = fillingOf(objects, accounts);
  if (!filling) return branch(objects, accounts, full, effort);
  const filled = fill(objects, filling, best, effort);
  const gap = filled.bound - filled.total;
  const found = gap > 0 && gap <= LAST_FEN ? inRows(objects, accounts, filled, effort) : filled;
  const choice = earlierFirst(filling, found.choice);
  const total = totalOf(objects, choice, accounts);
  return { ...found, ...(total >= found.total && { choice, total }), bound: Math.min(full, found.bound) };
}

/** The last fen: which rows are cut, and so rounded apart, depends on their order. */
function inRows(objects: readonly Options[], accounts: number, found: Found, effort: Effort): Found {
  const options = objects.reduce((sum, { length }) => sum + length, 0);
  const width = Math.floor(Math.min(LAST, effort.left / LAST_COST) / options);
  if (width < LAST_WIDTH) return found;
  effort.left -= LAST_COST * width * options;
  const { choice, total, bound } = beam(objects, new Relaxation(objects, accounts, effort.left), found, width);
  return {
    choice: choice ?? found.choice,
    total: choice ? total : found.total,
    bound: Math.max(total, Math.min(bound, found.bound)),
  };
}

/** Of objects that are the same the earlier ones take what is the larger award alone. */
function earlierFirst({ all }: Filling, choice: Uint16Array): Uint16Array {
  const kinds = new Map<string, number[]>();
  all.forEach((ways, i) => {
    const kind = ways.map(({ draws, full, cut }) => [...draws, full, cut].join()).join(";");
    first(kinds, kind, []).push(i);
  });
  const next = choice.slice();
  for (const members of kinds.values()) {
    const places = members.map((i) => choice[i]!).sort((a, b) => a - b);
    members.forEach((i, m) => (next[i] = places[m]!));
  }
  return next;
}

function branch(objects: readonly Options[], accounts: number, full: number, effort: Effort): Found {
  const withTotal = (choice: Uint16Array): Incumbent => ({ choice, total: totalOf(objects, choice, accounts) });
  let best = withTotal(new Uint16Array(objects.length));
  const relaxation = new Relaxation(objects, accounts, effort.left);
  let bound = Math.min(full, relaxation.bound);
  const decisive = decisiveFirst(objects, relaxation);
  for (const order of [[...objects.keys()], decisive]) {
    for (const prices of relaxation.prices.slice(0, 2)) {
      const next = withTotal(inOrder(objects, accounts, prices, order));
      if (next.total > best.total) best = next;
    }
  }
  const options = objects.reduce((sum, { length }) => sum + length, 0);
  for (const widest of [NARROW, WIDE]) {
    const width = Math.max(NARROW, Math.min(widest, Math.floor(effort.left / (2 * BEAM_COST * options))));
    const cost = BEAM_COST * options * width;
    if (best.total < bound && cost <= effort.left) {
      effort.left -= cost;
      const found = beam(objects, relaxation, best, width);
      bound = Math.max(best.total, Math.min(bound, found.bound));
      if (found.choice) best = { choice: found.choice, total: found.total };
    }
    if (best.total < bound) {
      const share = { left: effort.left / 3 };
      effort.left -= share.left;
      best = exchange(objects, accounts, relaxation, best, bound, share);
    }
  }
  return { ...best, bound: Math.max(bound, best.total) };
}

/** Objects for which another option loses most come first; then, where it makes no difference, those that draw most. */
function decisiveFirst(objects: readonly Options[], relaxation: Relaxation): number[] {
  const loss = objects.map((_, i) => {
    const [, second = 0] = relaxation.losses(i).sort();
    return second > 1 ? second : 0;
  });
  const size = objects.map((options) => Math.max(...options.map(({ full }) => full)));
  return [...objects.keys()].sort((a, b) => loss[b]! - loss[a]! || size[b]! - size[a]! || a - b);
}

/** In some order, each object the best of what is left, less the price of what it draws. */
function inOrder(
  objects: readonly Options[],
  accounts: number,
  prices: Float64Array,
  order: readonly number[],
): Uint16Array {
  const choice = new Uint16Array(objects.length);
  let drawn = new Float64Array(accounts);
  for (const i of order) {
    let best = { o: 0, value: -Infinity, after: drawn };
    objects[i]!.forEach((option, o) => {
      const after = drawn.slice();
      let value = spend(option, after);
      for (let k = 0; k < accounts; k++) value -= prices[k]! * (after[k]! - drawn[k]!);
      if (value > best.value) best = { o, value, after };
    });
    drawn = best.after;
    choice[i] = best.o;
  }
  return choice;
}

/** States after some of the objects: what is drawn on each account, and what was paid. */
class States {
  drawn = new Float64Array();
  total = new Float64Array();
  bound = new Float64Array();
  /** The state that it comes from, and the option that was taken. */
  from = new Int32Array();
  option = new Uint16Array();
  count = 0;
  /** States by a hash of what is drawn; -1 where there is none. */
  private slots = new Int32Array();

  constructor(readonly accounts: number) {
    this.grow(NARROW);
  }

  clear(): void {
    this.count = 0;
    this.slots.fill(-1);
  }

  private grow(most: number): void {
    const { accounts } = this;
    const larger = <T extends Float64Array | Int32Array | Uint16Array>(next: T, list: T): T => {
      next.set(list);
      return next;
    };
    this.drawn = larger(new Float64Array(most * accounts), this.drawn);
    this.total = larger(new Float64Array(most), this.total);
    this.bound = larger(new Float64Array(most), this.bound);
    this.from = larger(new Int32Array(most), this.from);
    this.option = larger(new Uint16Array(most), this.option);
    this.slots = new Int32Array(2 * most).fill(-1);
    for (let s = 0; s < this.count; s++) this.slots[this.slotOf(this.drawn, s * accounts)] = s;
  }

  /** Where a state with these draws is, or would be. */
  private slotOf(drawn: Float64Array, at: number): number {
    const { accounts, slots } = this;
    const mask = slots.length - 1;
    let hash = 0;
    for (let k = 0; k < accounts; k++) {
      hash = Math.imul(hash ^ (drawn[at + k]! % 4294967296), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const s = slots[slot]!;
      if (s < 0) return slot;
      let same = true;
      for (let k = 0; k < accounts && same; k++) same = this.drawn[s * accounts + k] === drawn[at + k];
      if (same) return slot;
    }
  }

  /** Adds a state, or betters the one with the same draws; the earlier one stays among equals. */
  add(drawn: Float64Array, total: number, bound: number, from: number, option: number): void {
    let slot = this.slotOf(drawn, 0);
    const known = this.slots[slot]!;
    if (known >= 0) {
      if (total > this.total[known]!) this.set(known, total, bound, from, option);
      return;
    }
    if (this.count === this.total.length) {
      this.grow(2 * this.count);
      slot = this.slotOf(drawn, 0);
    }
    const s = (this.slots[slot] = this.count++);
    this.drawn.set(drawn, s * this.accounts);
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
  let now = new States(accounts);
  let next = new States(accounts);
  const drawn = new Float64Array(accounts);
  now.add(drawn, 0, Infinity, 0, 0);
  let kept: ArrayLike<number> = [0];
  const path: { from: Int32Array; option: Uint16Array }[] = [];
  let left = best.total;
  for (let i = 0; i < objects.length; i++) {
    next.clear();
    // An option that lowers the bound to the best total so far cannot be in a better choice.
    const most = relaxation.taking(i);
    for (let k = 0; k < kept.length; k++) {
      const s = kept[k]!;
      objects[i]!.forEach((option, o) => {
        if (wholeFen(most[o]!) <= best.total) return;
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
