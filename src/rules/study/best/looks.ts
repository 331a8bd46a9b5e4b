/** Looks at the choices of ways to fill accounts, those that lose least first. */
import { boxed } from "./boxes";
import type { Effort, Found, Incumbent } from "./found";
import { atMost, bySize, settled, type Filling, type Way } from "./filling";
import { mostOnLattice } from "./lattice";
import { linesOf, ROUNDING } from "./lines";
import { halvesFor, meet, scarceOf } from "./meeting";
import { FREE, middleOf, type Open, type OpenWay } from "./sums";
import { totalOf, type Options } from "./option";
import { Priced, TIE, type Expected } from "./priced";
import { swapped } from "./swap";

/** Turns of one size without a better choice; in those beyond other objects are taken from turn to turn. */
export const TURNS = 3;
/** Boxes at most. */
const WIDEST = 2 ** 14;
/** Better choices of one round that are computed row by row. */
const COMPUTED = 64;
const SETTLED = 3;
/** Fen of loss from which on rounding matters. */
const NEAR = 2 ** 8;

export interface Bounded {
  readonly filling: Filling;
  readonly priced: Priced;
}

/** A choice for some of the objects. */
interface Begun {
  readonly choice: Uint16Array;
  readonly taken: Uint8Array;
  /** By account, what they draw beyond its target. */
  readonly over: Float64Array;
  lost: number;
}

export class Search {
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
  private readonly unsettled: { places: Uint16Array; possible: number; others: number }[] = [];

  constructor(
    private readonly objects: readonly Options[],
    start: Incumbent,
    { filling, priced }: Bounded,
    /** Objects up to a row whose ways stay. */
    private readonly fixed?: { readonly row: number; readonly choice: Uint16Array },
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
  get most(): number {
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
        for (const tie of [FREE, Infinity]) {
          const partial = this.nothing();
          this.inTurn(partial, () => true, tie, undefined, order);
          this.consider(partial.choice, effort);
        }
      if (this.best.total > before) best = expected;
    }
    this.expected = best;
    this.settle(effort);
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
    if (!this.done && !this.fixed) this.consider(swapped(this.filling, this.priced, this.kept, effort), effort);
    this.settle(effort);
  }

  /**
   * The choice of the objects outside of the halves, one after the other: of the ways that lose nothing, or little, the one
   * that leaves most hope to fill the accounts, if those to come draw as much as they do on the average.
   */
  private inTurn(
    partial: Begun,
    pending: (i: number) => boolean,
    tie: number,
    besides: ArrayLike<number> = partial.over.map(() => 0),
    order: readonly number[] = bySize(this.filling.ways),
  ): void {
    const { ways } = this.filling;
    const { accounts, expected } = this;
    const left = order.filter((i) => !partial.taken[i] && pending(i));
    const over = partial.over.map((fen, k) => left.reduce((sum, i) => sum + expected[i]![k]!, fen + besides[k]!));
    for (const i of left) {
      for (let k = 0; k < accounts; k++) over[k]! -= expected[i]![k]!;
      let least = Infinity;
      let best = 0;
      ways[i]!.forEach(({ draws }, w) => {
        let loss = this.priced.losses[i]![w]!;
        if (loss > tie) return;
        for (let k = 0; k < accounts; k++) loss += this.priced.lossOf(k, over[k]! + draws[k]!);
        if (loss < least) [least, best] = [loss, w];
      });
      for (let k = 0; k < accounts; k++) over[k]! += ways[i]![best]!.draws[k]!;
      this.take(partial, i, best);
    }
  }

  /**
   * Of ways that draw the same of the scarce accounts one for each object: that of a choice which fits the others, or any of those
   * that lose least. What is listed then differs where it matters.
   */
  private narrowed(open: readonly Open[], scarce: Float64Array, turn: number): readonly Open[] {
    if (scarce.every(Number.isFinite)) return open;
    const near = this.nothing();
    this.inTurn(near, () => true, FREE);
    const same = (a: OpenWay, b: OpenWay): boolean =>
      scarce.every((width, k) => !Number.isFinite(width) || Math.abs(a.draws[k]! - b.draws[k]!) <= ROUNDING);
    return open
      .map(({ object, ways }) => {
        const kept: OpenWay[] = [];
        for (const way of ways) {
          if (kept.some((other) => same(way, other))) continue;
          const alike = ways.filter((other) => same(way, other));
          const least = Math.min(...alike.map(({ loss }) => loss));
          const best = alike.filter(({ loss }) => loss <= least + FREE);
          kept.push(alike.find(({ way }) => way === near.choice[object]) ?? best[(object + turn) % best.length]!);
        }
        return { object, ways: kept };
      })
      .filter(({ ways }) => ways.length > 1);
  }

  private nothing(): Begun {
    const { ways, targets } = this.filling;
    const over = targets.map((target) => -target);
    const begun = { choice: new Uint16Array(ways.length), taken: new Uint8Array(ways.length), over, lost: 0 };
    for (let i = 0; this.fixed && i <= this.fixed.row; i++) this.take(begun, i, this.fixed.choice[i]!);
    return begun;
  }

  private take(partial: Begun, i: number, way: number): void {
    partial.choice[i] = way;
    partial.taken[i] = 1;
    partial.lost += this.priced.losses[i]![way]!;
    this.filling.ways[i]![way]!.draws.forEach((fen, k) => (partial.over[k]! += fen));
  }

  /**
   * Looks at the choices that lose least.
   * @param size combinations of one half at most
   * @param turn another part of the choices from turn to turn
   * @returns whether all choices that may be better were looked at
   */
  look(size: number, turn: number, effort: Effort): boolean {
    const limit = this.allowed;
    const all = this.openAt(limit);
    const scarce = scarceOf(all, this.priced.prices, limit);
    const open = turn ? this.narrowed(all, scarce, turn) : all;
    const { lines, dropped } = linesOf(open, scarce, turn || undefined);
    const free = turn ? Math.max(1, Math.log2(size) - 3 * ((turn - 1) % 2)) : Infinity;
    const isFree = ({ ways }: Open): boolean => ways.filter(({ loss }) => loss <= FREE).length > 1;
    const few = lines.every(({ objects }) => objects.filter(isFree).length <= 2 * free);
    if (turn && few && open === all && dropped === Infinity) return false;
    const partial = this.nothing();
    const onLines = new Set(lines.flatMap(({ objects }) => objects.map(({ object }) => object)));
    this.inTurn(partial, (i) => !onLines.has(i), 0);
    const aim = {
      priced: this.priced,
      allowed: () => Math.min(limit, this.allowed),
      first: Math.max(this.least, this.priced.bound - this.most) + this.little,
    };
    const halves = halvesFor(lines, { ...aim, ...partial }, size, free, Math.max(0, turn - TURNS + 1), effort);
    // What did not find a place in the halves.
    const lost = partial.lost;
    const listed = new Set(halves.flatMap((half) => half.listed.map(({ object }) => object)));
    const middles = halves.flatMap(({ one, other }) => [middleOf(one), middleOf(other)]);
    const drawn = partial.over.map((_, k) => middles.reduce((sum, draws) => sum + draws[k]!, 0));
    this.inTurn(partial, (i) => !listed.has(i), Math.min(FREE, limit), drawn);
    const limited = partial.lost > lost + TIE || open !== all ? 0 : dropped;
    const { choice } = partial;
    const whole = meet(
      halves,
      {
        ...aim,
        ...partial,
        seen: (level) => (this.least = Math.max(this.least, Math.min(level, limit, limited))),
        found: (taken, loss, sure) => {
          taken(choice);
          // Where combinations are one, another one than the one that is looked at may be rounded better, or pay less tolls.
          const unsure = (this.filling.rounds || this.filling.tolls !== undefined) && !sure;
          this.consider(choice, effort, unsure ? Math.floor(this.priced.bound - loss + this.little) : 0);
        },
      },
      size,
      effort,
    );
    if (whole) this.least = Math.max(this.least, Math.min(limit, limited));
    this.settle(effort);
    return whole && limited > this.allowed;
  }

  /** Lowers the bound where amounts are round. */
  lattice(): void {
    const { ways, rooms, rounds } = this.filling;
    const { bound, losses } = this.priced;
    if (rounds) return;
    const { allowed } = this;
    const open = ways.map((some, i) => some.filter((_, w) => losses[i]![w]! <= allowed));
    const most = mostOnLattice(open, rooms, this.priced, allowed);
    this.least = Math.max(this.least, Math.min(allowed + this.filling.unit, bound - most) - this.little);
  }

  /** Lowers the bound. */
  boxes(size: number, effort: Effort): void {
    const { ways } = this.filling;
    if (this.fixed || size > WIDEST || 12 * size * ways.length > effort.left) return;
    const { loss, choice } = boxed(this.filling, this.priced, bySize(this.filling.ways), this.allowed, size, effort);
    this.least = Math.max(this.least, loss);
    if (choice) this.consider(choice, effort);
    this.settle(effort);
  }

  /** Objects with the ways that lose no more than that; without those that another one replaces. */
  private openAt(limit: number): Open[] {
    const { row = -1 } = this.fixed ?? {};
    const all = this.filling.ways.map((some, object) => {
      if (object <= row) return { object, ways: [] };
      const losses = this.priced.losses[object]!;
      const left = some.flatMap((way, w): OpenWay[] =>
        losses[w]! <= limit ? [{ way: w, draws: way.draws, loss: losses[w]! }] : [],
      );
      const kept = left.filter(
        (way, w) => !left.some((other, v) => v !== w && this.replaces(object, other, way, v < w)),
      );
      // Ways that are the same to a hair may replace each other in a circle.
      return { object, ways: kept.length ? kept : left };
    });
    return all.filter(({ ways }) => ways.length > 1);
  }

  /** Whether one way is as good as another whatever the other objects draw. */
  private replaces(object: number, one: OpenWay, other: OpenWay, first: boolean): boolean {
    // What rounding may take off the one, it does not take off the other.
    const { full, least, toll = 0 } = this.filling.ways[object]![one.way]!;
    const { toll: others = 0 } = this.filling.ways[object]![other.way]!;
    // What it saves of tolls it does not pay more: another number of objects goes that way then.
    let lost = one.loss + full - least - other.loss + Math.max(0, others - toll);
    one.draws.forEach((fen, k) => {
      if (fen !== other.draws[k]) lost += this.priced.lossOf(k, fen - other.draws[k]!) + this.filling.margin[k]!;
    });
    return lost < -TIE || (first && lost < TIE);
  }

  /** @param others what other choices may be paid at most that draw the same and were not looked at */
  private consider(choice: Uint16Array, effort: Effort, others = 0): void {
    const { ways, rooms, rounds } = this.filling;
    effort.left -= 8 * choice.length;
    const chosen = Array.from(choice, (w, i): Way => ways[i]![w]!);
    const places = Uint16Array.from(chosen, ({ place }) => place);
    const total = totalOf(this.objects, places, this.accounts);
    if (total > this.best.total) this.kept = choice.slice();
    this.better({ choice: places, total });
    const possible = Math.max(others, rounds ? atMost(chosen, rooms) : 0);
    if (Math.max(total, this.best.total) < possible) this.unsettled.push({ places, possible, others });
    if (this.unsettled.length >= COMPUTED) this.settle(effort);
  }

  /** Of the choices that may be paid some fen more, the best ones in other rows of the same draws. */
  private settle(effort: Effort): void {
    const list = this.unsettled.splice(0).sort((a, b) => b.possible - a.possible);
    for (const [at, { places, possible, others }] of list.entries()) {
      if (at < SETTLED && effort.left > 0 && possible > this.best.total && this.allowed < NEAR)
        this.better(settled(this.objects, this.filling, places, possible, effort));
      this.open = Math.max(this.open, others);
    }
  }

  private better(next: Incumbent): void {
    if (next.total > this.best.total) this.best = next;
  }
}
