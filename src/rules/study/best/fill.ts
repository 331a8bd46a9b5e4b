/** The best choice of ways to fill accounts, with its bound. */
import { boxed } from "./boxes";
import type { Effort, Found, Incumbent } from "./found";
import { atMost, fillingOf, settled, type Filling, type Way } from "./filling";
import { emptyHalf, meet, take, withOpen, type Open, type OpenWay } from "./halves";
import { totalOf, type Options } from "./option";
import { Priced, type Expected } from "./priced";
import { swapped } from "./swap";

/** Combinations of one half: at first, and at most. */
const SIZES = [2 ** 8, 2 ** 11, 2 ** 14, 2 ** 17, 2 ** 20];
/** Rounds of one size in which some of the objects are exchanged. */
const ROUNDS = 12;
/** Boxes at most. */
const WIDEST = 2 ** 14;
const NEAR = 4;
/** Better choices of one round that are computed row by row. */
const COMPUTED = 64;
const SETTLED = 3;
/** Loss of a way that is none. */
const FREE = 1e-3;
/** Steps in which losses are counted. */
const LEVELS = 64;
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
    for (let round = 0; round < ROUNDS && !search.done && effort.left > 0; round++) {
      const before = search.best.total;
      if (search.some(size, round, effort)) return search.result(true);
      if (search.best.total > before) round = -1;
    }
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

  /** Sums of doubles are right to that. */
  private get little(): number {
    return this.priced.bound * 2 ** -45;
  }

  get done(): boolean {
    return this.allowed < this.least;
  }

  result(whole: boolean): Found {
    const { unit } = this.filling;
    const most = Math.floor((this.priced.bound - this.least + this.little) / unit) * unit;
    const bound = whole ? this.open : Math.max(this.open, most);
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
    const over = rooms.map((room, k) => expected.reduce((sum, draws) => sum + draws[k]!, -room));
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
    return { choice, room, lost };
  }

  /**
   * Looks for a better choice with at most so many combinations of either half.
   * @returns whether all choices that may be better were looked at
   */
  all(size: number, effort: Effort): boolean {
    return this.meet(byKind(this.openAt(this.allowed)), size, this.allowed, 0, effort) ?? false;
  }

  /** The same with the ways that lose least, of as many objects as make so many combinations. */
  some(size: number, round: number, effort: Effort): boolean {
    const { allowed } = this;
    const open = this.openAt(allowed);
    if (!round) {
      const halves = [0, 1].map((side) => open.filter((_, i) => i % 2 === side));
      const counts = halves.map((half) => countsOf(half, allowed));
      effort.left -= 2 * LEVELS * open.length;
      let fitting = -1;
      while (fitting < LEVELS && Math.max(counts[0]![fitting + 1]!, counts[1]![fitting + 1]!) <= size) fitting++;
      if (fitting === LEVELS) return this.meet(open, Infinity, allowed, round, effort) ?? false;
      if (fitting > 0) {
        const limit = (allowed / LEVELS) * fitting;
        this.meet(this.openAt(limit), Infinity, limit, round, effort);
        return false;
      }
    }
    const levels = Math.max(1, Math.ceil(Math.log(allowed / LEAST_LIMIT) / Math.log(FINER)));
    const lower = allowed / FINER ** (round % levels);
    const few: Open[] = [];
    let combinations = 1;
    for (const one of shuffled(this.openAt(lower), round)) {
      combinations *= one.ways.length;
      if (combinations > size * size) break;
      few.push(one);
    }
    this.meet(few, size * 4, lower, round, effort);
    return false;
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

  /** Objects of which several ways lose no more than that. */
  private openAt(limit: number): Open[] {
    return this.filling.ways.flatMap((some, object) => {
      const losses = this.priced.losses[object]!;
      const left = some.flatMap((way, w): OpenWay[] =>
        losses[w]! <= limit ? [{ way: w, draws: way.draws, loss: losses[w]! }] : [],
      );
      return left.length > 1 ? [{ object, ways: left }] : [];
    });
  }

  /** @returns whether all choices that may be better were looked at; undefined where there are too many combinations */
  private meet(open: readonly Open[], size: number, limit: number, round: number, effort: Effort): boolean | undefined {
    const { ways, targets } = this.filling;
    const { prices } = this.priced;
    const { accounts } = this;
    const whole = limit === this.allowed && open.length === this.openAt(limit).length;
    const weight = (k: number): number => Math.min(prices[k]!, 1 - prices[k]!) * targets[k]!;
    const order = [...prices.keys()].sort((a, b) => weight(b) - weight(a));
    const scarce = order.filter((k) => weight(k) > 1e-6 * weight(order[0]!));
    const by = scarce[round % Math.max(1, scarce.length)] ?? order[0]!;
    let [one, other] = [emptyHalf(accounts), emptyHalf(accounts)];
    const inHalves = new Uint8Array(ways.length);
    for (let i = 0; i < open.length;) {
      const smaller = one.count <= other.count ? one : other;
      let next = smaller;
      do {
        if (next.count > size) return undefined;
        next = withOpen(next, open[i]!, by, limit);
        effort.left -= 4 * next.count;
        inHalves[open[i]!.object] = 1;
        i++;
      } while (i < open.length && open[i]!.ways === open[i - 1]!.ways);
      if (smaller === one) one = next;
      else other = next;
    }
    const { choice, room, lost } = this.inTurn(bySize(ways), inHalves, Math.min(FREE, limit));
    const aim = {
      room,
      prices,
      allowed: () => this.allowed - lost,
      found: (a: number, b: number, loss: number) => {
        take(choice, one, a);
        take(choice, other, b);
        // Where combinations are one, what is rounded may be paid better in another one than in the one that is looked at.
        const unsure = this.filling.rounds && (one.merged || other.merged);
        this.consider(choice, effort, unsure ? Math.floor(this.priced.bound - lost - loss + this.little) : 0);
      },
    };
    let all = meet(one, other, by, aim, NEAR, effort);
    this.settle(effort);
    if (!whole || all) return all && whole;
    all = meet(one, other, by, aim, Infinity, effort);
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

/** Objects with the same ways one after the other, the larger ones first. */
function byKind(open: readonly Open[]): Open[] {
  const kinds = new Map<string, { ways: readonly OpenWay[]; all: Open[]; size: number }>();
  for (const one of open) {
    const name = one.ways.map(({ draws, loss }) => [...draws, loss].join()).join(";");
    const kind = kinds.get(name) ?? {
      ways: one.ways,
      all: [],
      size: Math.max(...one.ways.map(({ draws }) => Math.max(...draws))),
    };
    kinds.set(name, kind);
    kind.all.push({ object: one.object, ways: kind.ways });
  }
  return [...kinds.values()].sort((a, b) => b.size - a.size).flatMap(({ all }) => all);
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

/** How many combinations lose no more than that, by the level of the loss; some that lose a little more count as well. */
function countsOf(open: readonly Open[], most: number): Float64Array {
  let counts = new Float64Array(LEVELS + 1);
  counts[0] = 1;
  for (const { ways } of open) {
    const next = new Float64Array(LEVELS + 1);
    for (const { loss } of ways) {
      const level = Math.floor((loss / most) * LEVELS);
      for (let l = level; l <= LEVELS; l++) next[l]! += counts[l - level]!;
    }
    counts = next;
  }
  for (let l = 1; l <= LEVELS; l++) counts[l]! += counts[l - 1]!;
  return counts;
}

const bySize = (ways: readonly (readonly Way[])[]): number[] => {
  const sizes = ways.map((some) => Math.max(...some.map(({ draws }) => Math.max(...draws))));
  return [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
};
