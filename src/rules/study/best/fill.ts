/** The best choice of ways to fill accounts, with its bound. */
import { boxed } from "./boxes";
import type { Effort, Found, Incumbent } from "./found";
import { atMost, fillingOf, settled, type Filling, type Way } from "./filling";
import { linesFor, meet } from "./meeting";
import { lineOf, type Line } from "./lines";
import type { Open, OpenWay } from "./sums";
import { totalOf, type Options } from "./option";
import { Priced, type Expected } from "./priced";
import { swapped } from "./swap";

/** Combinations of one half: at first, and at most. */
const SIZES = [2 ** 8, 2 ** 11, 2 ** 14, 2 ** 17, 2 ** 20];
/** Rounds of one size in which some of the objects are exchanged. */
const ROUNDS = 24;
/** Boxes at most. */
const WIDEST = 2 ** 14;
/** What one round may use, by combination of one half. */
const SOME = 256;
/** Part of the effort that is for the choices of some of the objects, of one size. */
const SHARE = 8;
/** Better choices of one round that are computed row by row. */
const COMPUTED = 64;
const SETTLED = 3;
/** Loss of a way that is none. */
const FREE = 1e-3;
/** Losses that differ by less are the same. */
const TIE = 2 ** -24;
const LEAST_LIMIT = 0.03;
const FINER = 4;

export function fill(objects: readonly Options[], filling: Filling, start: Incumbent, effort: Effort): Found {
  const search = new Search(objects, start, lowest(objects, { filling, priced: new Priced(filling) }));
  search.first(effort);
  search.swap(effort);
  for (const size of SIZES) {
    if (!search.done) search.boxes(size, effort);
    if (search.done || effort.left <= 0) break;
    if (search.all(size, effort)) return search.result(true);
    search.swap(effort);
    const share = { left: effort.left / SHARE };
    effort.left -= share.left;
    for (let round = 0; round < ROUNDS && !search.done && share.left > 0; round++) {
      const before = search.best.total;
      search.some(size, round, share);
      if (search.best.total > before) round = -1;
    }
    effort.left += share.left;
  }
  return search.result(false);
}

interface Bounded {
  readonly filling: Filling;
  readonly priced: Priced;
}

/** Accounts whose last fen is worth nearly a fen are wanted by many more than they hold. */
const OVERFULL = 1 - 2 ** -20;

/** The same objects, seen so that the bound is lower. */
function lowest(objects: readonly Options[], first: Bounded): Bounded {
  const overfull = Array.from(first.priced.prices, (price) => price > OVERFULL);
  const other = overfull.includes(true) && fillingOf(objects, overfull.length, overfull);
  if (!other) return first;
  const second = { filling: other, priced: new Priced(other) };
  return second.priced.bound < first.priced.bound ? second : first;
}

class Search {
  best: Incumbent;
  /** The last choice that was better than those before, by object the place of its way. */
  private kept: Uint16Array;
  /** What each object is thought to draw, by account, before its turn comes. */
  private expected: Expected;
  private readonly filling: Filling;
  private readonly priced: Priced;
  private readonly accounts: number;
  /** The most that a choice can be paid of those that were looked at and found to be paid less. */
  private open = 0;
  /** What any choice loses at least. */
  private least = 0;
  private readonly unsettled: { places: Uint16Array; possible: number }[] = [];

  constructor(
    private readonly objects: readonly Options[],
    start: Incumbent,
    { filling, priced }: Bounded,
  ) {
    this.best = start;
    this.kept = new Uint16Array(objects.length);
    this.filling = filling;
    this.priced = priced;
    this.accounts = filling.rooms.length;
    this.expected = priced.expected;
  }

  /** Loss of a choice that is paid more than the best so far, at most. */
  get allowed(): number {
    return this.priced.bound - this.best.total - this.filling.unit + this.little;
  }

  /** Sums of doubles are right to that, and ways that replace others as good. */
  private get little(): number {
    return this.priced.bound * 2 ** -45 + this.filling.ways.length * TIE;
  }

  get done(): boolean {
    return this.allowed < this.least;
  }

  /** A total that none is above, as far as is known: round amounts have round totals. */
  private get most(): number {
    const { unit } = this.filling;
    return Math.floor((this.priced.bound - this.least + this.little) / unit) * unit;
  }

  result(whole: boolean): Found {
    const bound = whole ? this.open : Math.max(this.open, this.most);
    return { ...this.best, bound: Math.max(this.best.total, bound) };
  }

  /** Without any halves: each object in turn. */
  first(effort: Effort): void {
    const { ways } = this.filling;
    const mixed = this.expected;
    let best = mixed;
    for (const expected of [mixed, this.averages()]) {
      const before = this.best.total;
      this.expected = expected;
      for (const order of [bySize(ways), [...ways.keys()]])
        for (const tie of [FREE, Infinity])
          this.consider(this.inTurn(order, new Uint8Array(ways.length), tie).choice, effort);
      this.settle(effort);
      if (this.best.total > before) best = expected;
    }
    this.expected = best;
  }

  /** What each object draws on the average of the ways that lose nothing. */
  private averages(): Expected {
    const { ways, rooms } = this.filling;
    return ways.map((some, i) => {
      const free = some.filter((_, w) => this.priced.losses[i]![w]! <= FREE);
      return Array.from(rooms, (_, k) => free.reduce((sum, { draws }) => sum + draws[k]!, 0) / free.length);
    });
  }

  /** Changes two objects of the best choice at a time. */
  swap(effort: Effort): void {
    if (!this.done) this.consider(swapped(this.filling, this.priced, this.kept, effort), effort);
    this.settle(effort);
  }

  /**
   * The choice of the objects outside of the halves, one after the other: of the ways that lose nothing, or little, the one
   * that leaves most hope to fill the accounts, if those to come draw as much as they do on the average.
   */
  private inTurn(order: readonly number[], inHalves: Uint8Array, tie: number) {
    const { targets: rooms, ways } = this.filling;
    const { losses } = this.priced;
    const { accounts, expected } = this;
    const choice = new Uint16Array(ways.length);
    // Those in the halves as in the best choice: from there they can go a little up and down.
    const drawn = expected.map((draws, i) => (inHalves[i] ? ways[i]![this.kept[i]!]!.draws : draws));
    const over = rooms.map((room, k) => drawn.reduce((sum, draws) => sum + draws[k]!, -room));
    const room = rooms.slice();
    let lost = 0;
    for (const i of order) {
      if (inHalves[i]) continue;
      for (let k = 0; k < accounts; k++) over[k]! -= expected[i]![k]!;
      let least = Infinity;
      ways[i]!.forEach(({ draws }, w) => {
        let loss = losses[i]![w]!;
        if (loss > tie) return;
        for (let k = 0; k < accounts; k++) loss += this.priced.lossOf(k, over[k]! + draws[k]!);
        if (loss < least) [least, choice[i]] = [loss, w];
      });
      const { draws } = ways[i]![choice[i]!]!;
      lost += losses[i]![choice[i]!]!;
      for (let k = 0; k < accounts; k++) {
        over[k]! += draws[k]!;
        room[k]! -= draws[k]!;
      }
    }
    return { choice, over: room.map((left) => -left), lost };
  }

  /** The objects outside of the halves as in the best choice: they leave what can be met. */
  private again(inHalves: Uint8Array) {
    const { ways, targets } = this.filling;
    const over = targets.map((target) => -target);
    let lost = 0;
    ways.forEach((some, i) => {
      if (inHalves[i]) return;
      const way = this.kept[i]!;
      lost += this.priced.losses[i]![way]!;
      some[way]!.draws.forEach((fen, k) => (over[k]! += fen));
    });
    return { choice: this.kept.slice(), over, lost };
  }

  /**
   * Looks at all choices that lose little, then a little more, as long as they are few enough.
   * @param size combinations of one half at most
   * @returns whether all choices that may be better were looked at
   */
  all(size: number, effort: Effort): boolean {
    if (this.meetAll(this.allowed, size, effort)) return true;
    for (let step = 0; ; step = step * FINER + 1) {
      // What is lost up to the next total that is possible, and some more.
      const limit = this.priced.bound - (this.most - step * this.filling.unit) + this.little;
      if (limit >= this.allowed || !this.meetAll(limit, size, effort)) return this.done;
    }
  }

  private meetAll(limit: number, size: number, effort: Effort): boolean {
    const { open, fixed } = this.openAt(limit);
    return this.meet(linesFor(open, this.priced, limit), fixed, limit, size, effort) === true;
  }

  /** Looks at the choices of some of the objects, as many as make so many combinations of one half. */
  some(size: number, round: number, effort: Effort): void {
    const { allowed } = this;
    const levels = Math.max(1, Math.ceil(Math.log(allowed / Math.max(this.least, LEAST_LIMIT)) / Math.log(FINER)));
    const limit = allowed / FINER ** (round % levels);
    const lines = linesFor(this.openAt(limit).open, this.priced, limit);
    const few = (objects: readonly Open[], most: number): Open[] => {
      let combinations = 1;
      return shuffled(objects, round).filter(({ ways }) => (combinations *= ways.length) <= most);
    };
    const own = { left: Math.min(effort.left, SOME * size) };
    effort.left -= own.left;
    const taken = lines.map(({ factors, direction, objects }) => lineOf(factors, direction, few(objects, size * size)));
    this.meet(taken, undefined, allowed, size, own, round % 2 === 1);
    effort.left += own.left;
  }

  /** Lowers the bound. */
  boxes(size: number, effort: Effort): void {
    const { ways } = this.filling;
    if (size > WIDEST || 12 * size * ways.length > effort.left) return;
    const { loss, choice } = boxed(this.filling, this.priced, bySize(this.filling.ways), this.allowed, size, effort);
    this.least = Math.max(this.least, loss);
    if (choice) this.consider(choice, effort);
    this.settle(effort);
  }

  /** Objects with the ways that lose no more than that; without those that another one replaces. */
  private openAt(limit: number): { open: Open[]; fixed: Open[] } {
    const all = this.waysAt(limit);
    return { open: all.filter(({ ways }) => ways.length > 1), fixed: all.filter(({ ways }) => ways.length === 1) };
  }

  private waysAt(limit: number): Open[] {
    return this.filling.ways.map((some, object) => {
      const losses = this.priced.losses[object]!;
      const left = some.flatMap((way, w): OpenWay[] =>
        losses[w]! <= limit ? [{ way: w, draws: way.draws, loss: losses[w]! }] : [],
      );
      const kept = left.filter((way, w) => !left.some((other, v) => v !== w && this.replaces(other, way, v < w)));
      // Ways that are the same to a hair may replace each other in a circle.
      return { object, ways: kept.length ? kept : left };
    });
  }

  /** Whether one way is as good as another whatever the other objects draw. */
  private replaces(one: OpenWay, other: OpenWay, first: boolean): boolean {
    let lost = one.loss - other.loss;
    one.draws.forEach((fen, k) => (lost += this.priced.lossOf(k, fen - other.draws[k]!)));
    return lost < -TIE || (first && lost < TIE);
  }

  /** @returns whether all choices that may be better were looked at; undefined where there are too many combinations */
  private meet(
    lines: readonly Line[],
    fixed: readonly Open[] | undefined,
    limit: number,
    size: number,
    effort: Effort,
    again = false,
  ): boolean | undefined {
    const { ways } = this.filling;
    const known = new Uint8Array(ways.length);
    for (const { object } of [...lines.flatMap(({ objects }) => objects), ...(fixed ?? [])]) known[object] = 1;
    const { choice, over, lost } = again ? this.again(known) : this.inTurn(bySize(ways), known, Math.min(FREE, limit));
    for (const { object, ways } of fixed ?? []) {
      choice[object] = ways[0]!.way;
      ways[0]!.draws.forEach((fen, k) => (over[k]! += fen));
    }
    const aim = {
      priced: this.priced,
      over,
      lost: lost + (fixed ?? []).reduce((sum, { ways }) => sum + ways[0]!.loss, 0),
      allowed: () => Math.min(limit, this.allowed),
      first: Math.max(this.least, this.priced.bound - this.most) + this.little,
      seen: (level: number) => {
        if (fixed) this.least = Math.max(this.least, Math.min(level, limit));
      },
      found: (taken: (choice: Uint16Array) => void, loss: number, sure: boolean) => {
        taken(choice);
        // Where combinations are one, what is rounded may be paid better in another one than in the one that is looked at.
        const unsure = this.filling.rounds && !sure;
        this.consider(choice, effort, unsure ? Math.floor(this.priced.bound - loss + this.little) : 0);
      },
    };
    const all = meet(lines, aim, size, effort);
    if (all) aim.seen(limit);
    this.settle(effort);
    return all;
  }

  /** @param least of what is said to be possible */
  private consider(choice: Uint16Array, effort: Effort, least = 0): void {
    const { ways, rooms } = this.filling;
    effort.left -= 8 * choice.length;
    const chosen = Array.from(choice, (w, i): Way => ways[i]![w]!);
    const possible = Math.max(least, atMost(chosen, rooms));
    if (possible <= this.best.total) return;
    const places = Uint16Array.from(chosen, ({ place }) => place);
    const total = totalOf(this.objects, places, this.accounts);
    if (total > this.best.total) this.kept = choice.slice();
    this.better({ choice: places, total });
    if (total < possible) this.unsettled.push({ places, possible });
    if (this.unsettled.length >= COMPUTED) this.settle(effort);
  }

  /** Of the choices that may be paid some fen more, the best ones in other rows of the same draws. */
  private settle(effort: Effort): void {
    const list = this.unsettled.splice(0).sort((a, b) => b.possible - a.possible);
    for (const [at, { places, possible }] of list.entries()) {
      if (possible <= this.best.total) return;
      if (at < SETTLED && effort.left > 0) this.better(settled(this.objects, this.filling, places, possible, effort));
      this.open = Math.max(this.open, possible);
    }
  }

  private better(next: Incumbent): void {
    if (next.total > this.best.total) this.best = next;
  }
}

/** The same for the same round: no answer depends on chance. */
function shuffled<T>(list: readonly T[], round: number): T[] {
  const order = [...list];
  let seed = (round * 2654435769 + 1) >>> 0;
  for (let i = order.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((seed / 4294967296) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

const bySize = (ways: readonly (readonly Way[])[]): number[] => {
  const sizes = ways.map((some) => Math.max(...some.map(({ draws }) => Math.max(...draws))));
  return [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
};
