/**
 * Meeting in the middle, line by line. The objects of one line are two halves; all combinations of each half are listed; for each
 * of one half those of the other are looked at with which the line is gone as far as the accounts need, or nearly: so a thousand
 * combinations of either half are a million choices. What is left of the lines is then put together, and few choices fit.
 */
import type { Effort } from "./found";
import { firstFrom, halvesOf, type Halves, type Pairs, type Window } from "./halves";
import { rangeOf, type Line } from "./lines";
import type { Priced } from "./priced";
import { bestOf, NOISE, placeOf, take, type Open, type Sums } from "./sums";

/** What the open objects have to meet. */
export interface Aim {
  readonly priced: Priced;
  /** By account, what the other objects draw beyond its target. */
  readonly over: Float64Array;
  /** What the other objects lose. */
  readonly lost: number;
  /** Loss that a better choice has at most; falls when one is found. */
  allowed(): number;
  /** Loss to begin with: choices that lose more are looked at later. */
  readonly first: number;
  /** All choices that lose no more were looked at. */
  seen(level: number): void;
  /**
   * @param taken takes the ways over into a choice
   * @param sure whether no other choice draws and loses the same
   */
  found(taken: (choice: Uint16Array) => void, loss: number, sure: boolean): void;
}

/** Pairs of halves that are kept of one line. */
const PAIRS = 2 ** 18;
const PER_SIZE = 4;
/** Windows of the last line that are looked at apart. */
const WINDOWS = 8;
/** By how much the loss that is looked at grows, at first and at least. */
const FASTER = 4;
const SLOWEST = 1.1;
/** An account that may be further from its target than this part of what is drawn of it need not be met. */
const WIDE = 1 / 4;

/**
 * Looks at all choices of the halves that may be better.
 * @returns whether all were
 */
export function meet(halves: readonly Halves[], aim: Aim, size: number, effort: Effort): boolean {
  return new Meeting(halves, aim, Math.min(PAIRS, PER_SIZE * size), effort).hold();
}

/** The halves of lines, as long lists as that. */
export function halvesFor(
  lines: readonly Line[],
  { priced, over, lost, allowed }: Pick<Aim, "priced" | "over" | "lost" | "allowed">,
  size: number,
  free: number,
  turn: number,
  effort: Effort,
): Halves[] {
  return lines.map((line) => {
    let { from, to } = windowOf(line, over, priced, allowed() - lost);
    for (const other of lines) {
      if (other === line) continue;
      const range = rangeOf(other.objects, line.factors);
      from -= range.to;
      to -= range.from;
    }
    return halvesOf(line, { from, to, allowed: allowed() - lost }, size, free, turn, effort);
  });
}

class Meeting {
  private readonly accounts: number;
  private readonly lines: readonly Line[];
  /** By line and account, how far the halves draw from the line, at least and at most. */
  private readonly off: readonly (readonly Window[])[];
  private readonly over: Float64Array;
  private chosen: [Sums, number][] = [];
  private level = Infinity;
  /** By line, what its pairs lose at least that may be better. */
  private readonly least: number[];

  constructor(
    private readonly halves: readonly Halves[],
    private readonly aim: Aim,
    /** Pairs of one line that are listed at most. */
    private readonly pairs: number,
    private readonly effort: Effort,
  ) {
    this.accounts = aim.over.length;
    this.over = aim.over.slice();
    this.lines = halves.map(({ line }) => line);
    this.least = halves.map(() => 0);
    this.off = halves.map((one) =>
      Array.from({ length: this.accounts }, (_, k) =>
        spreadOf(
          one,
          Float64Array.from(one.line.factors, (factor, f) => Number(f === k) - factor * one.line.direction[k]!),
        ),
      ),
    );
  }

  /** @returns whether all that may be better was looked at: what loses little, then what loses more */
  hold(): boolean {
    const { aim } = this;
    let seen = 0;
    for (let level = aim.allowed(), tried = 0; ; tried++) {
      this.level = level;
      // Steps become smaller where they bring too many pairs to be listed.
      const patient = !tried || (level > seen * SLOWEST && level > aim.first);
      const whole = this.choices(patient);
      if (whole === false) return false;
      if (whole === undefined) {
        level = tried ? Math.sqrt(level * seen) : aim.first;
        continue;
      }
      if (whole && aim.allowed() <= level) level = aim.allowed();
      aim.seen(Math.min(level, this.limit));
      if (aim.allowed() <= level) return aim.allowed() < this.limit;
      if (this.effort.left < 0) return false;
      seen = level;
      level = Math.min(aim.allowed(), level * FASTER);
    }
  }

  /** Loss of a choice that is looked at, at most. */
  private get allowed(): number {
    return Math.min(this.level, this.aim.allowed());
  }

  /** All choices that lose less are in the halves: what another line loses at least, a line cannot lose. */
  private get limit(): number {
    return this.halves.reduce((least, { limit }, l) => {
      const besides = this.halves.reduce(
        (sum, half, other) => (other === l ? sum : sum + Math.min(half.limit, this.least[other]!)),
        this.aim.lost,
      );
      return Math.min(least, limit + besides);
    }, Infinity);
  }

  /** @returns undefined where there are too many for now */
  private choices(patient: boolean): boolean | undefined {
    const { lost } = this.aim;
    if (lost > this.allowed) return true;
    const size = (l: number): number => this.halves[l]!.one.count * this.halves[l]!.other.count;
    const [last, ...before] = [...this.halves.keys()].sort((a, b) => size(b) - size(a));
    if (last === undefined) {
      this.finish(lost);
      return true;
    }
    // What has few pairs is chosen first: the most hopeful of them are put to the best of those that are many.
    const few = before.every((l) => this.countOf(l, [this.own(l, lost)], true) <= this.pairs);
    this.countOf(last, [this.own(last, lost)], true);
    if (!few) return patient ? undefined : false;
    const lists = before.reverse().map((l) => this.listed(l, [this.own(l, lost)], lost));
    const windows = this.windowsOf(last, lists, lost);
    if (!windows.length) return true;
    const visits = lists.reduce((all, { places }) => all * places.length, this.halves[last]!.one.count);
    const listed = this.countOf(last, windows) <= this.pairs;
    if (!listed && patient && visits > this.effort.left) return undefined;
    return this.choose(lists, listed ? this.listed(last, windows, lost) : undefined, last, lost);
  }

  private windowOf(l: number, allowed: number): Window {
    return windowOf(this.lines[l]!, this.over, this.aim.priced, allowed);
  }

  private slopes(l: number): { down: number; up: number } {
    return slopesOf(this.lines[l]!, this.aim.priced);
  }

  /** The window of the objects of line `l`, whatever those of some other lines do. */
  private widened(l: number, { from, to }: Window, others: readonly number[], allowed: number): Window {
    for (const other of others) {
      if (other === l) continue;
      const range = rangeWithin(this.halves[other]!, this.lines[l]!.factors, allowed);
      from -= range.to;
      to -= range.from;
    }
    return { from, to };
  }

  /** The window of line `l` beside what is chosen, whatever those of some other lines do. */
  private own(l: number, lost: number, others: readonly number[] = [...this.halves.keys()]): Window {
    return this.widened(l, this.windowOf(l, this.allowed - lost), others, this.allowed - lost);
  }

  /** Where the last line may be, put to any pair of the other one. */
  private windowsOf(last: number, lists: readonly Pairs[], lost: number): Window[] {
    const [pairs] = lists;
    if (!pairs || lists.length > 1) return [this.own(last, lost)];
    const windows: Window[] = [];
    for (let p = 0; p < pairs.places.length; p++) {
      const loss = lost + this.add(pairs, p);
      if (loss <= this.allowed) windows.push(this.slice(last, this.allowed - loss).window);
      this.takeBack(pairs, p);
    }
    const merged: Window[] = [];
    for (const { from, to } of windows.sort((a, b) => a.from - b.from)) {
      const before = merged.at(-1);
      if (before && (from <= before.to || merged.length === WINDOWS)) {
        if (to > before.to) merged[merged.length - 1] = { from: before.from, to };
      } else if (from <= to) merged.push({ from, to });
    }
    return merged;
  }

  /** @param all whether no other pairs of the line may be better */
  private countOf(l: number, windows: readonly Window[], all = false): number {
    const { one, other } = this.halves[l]!;
    let count = 0;
    let least = Infinity;
    for (const { from, to } of windows) {
      let [low, high] = [other.count, other.count];
      for (let a = 0; a < one.count; a++) {
        const place = one.place[a]!;
        while (high > 0 && other.place[high - 1]! + place > to) high--;
        while (low > 0 && other.place[low - 1]! + place >= from) low--;
        count += high - low;
        if (count > this.pairs) break;
        for (let b = low; b < high; b++) least = Math.min(least, one.loss[a]! + other.loss[b]!);
      }
      this.effort.left -= one.count + other.count;
    }
    if (all) this.least[l] = count > this.pairs ? 0 : least;
    return count;
  }

  /** The pairs of a line in some windows, by their place. */
  private listed(l: number, windows: readonly Window[], lost: number): Pairs {
    const { one, other } = this.halves[l]!;
    const allowed = this.allowed - lost;
    const pairs: { place: number; a: number; b: number }[] = [];
    for (const { from, to } of windows) {
      let high = other.count;
      for (let a = 0; a < one.count; a++) {
        const place = one.place[a]!;
        while (high > 0 && other.place[high - 1]! + place > to) high--;
        for (let b = high - 1; b >= 0 && other.place[b]! + place >= from; b--)
          if (one.loss[a]! + other.loss[b]! <= allowed) pairs.push({ place: other.place[b]! + place, a, b });
      }
    }
    this.effort.left -= 16 * pairs.length;
    if (other.count > 1) pairs.sort((a, b) => a.place - b.place);
    return {
      l,
      places: Float64Array.from(pairs, ({ place }) => place),
      one: Uint32Array.from(pairs, ({ a }) => a),
      other: Uint32Array.from(pairs, ({ b }) => b),
    };
  }

  /** Chooses a pair of each list, and of the last line the best that goes with them. */
  private choose(lists: readonly Pairs[], pairs: Pairs | undefined, last: number, lost: number): boolean {
    const { effort } = this;
    const [list, ...more] = lists;
    if (!list) return pairs ? this.bestListed(pairs, lost) : this.best(last, lost);
    const ideal = this.widened(
      list.l,
      this.windowOf(list.l, 0),
      [...more.map(({ l }) => l), last],
      this.allowed - lost,
    );
    const { down, up } = this.slopes(list.l);
    const { one, other } = this.halves[list.l]!;
    const least = Float64Array.from(list.places, (place, p) => {
      const off = place < ideal.from ? (ideal.from - place) * down : place > ideal.to ? (place - ideal.to) * up : 0;
      return lost + one.loss[list.one[p]!]! + other.loss[list.other[p]!]! + off;
    });
    for (const p of Uint32Array.from(least.keys()).sort((a, b) => least[a]! - least[b]!)) {
      if (least[p]! > this.allowed) break;
      effort.left--;
      const loss = lost + this.add(list, p);
      const whole = this.choose(more, pairs, last, loss);
      this.takeBack(list, p);
      if (!whole || effort.left < 0) return false;
      if (this.allowed < 0) return true;
    }
    return true;
  }

  /** What is lost on the way along line `l`: the place where least is, and that up to which no more is than is allowed. */
  private slice(l: number, allowed: number): { readonly ideal: number; readonly window: Window } {
    const { direction } = this.lines[l]!;
    const off = this.off[l]!;
    const { accounts } = this;
    const { priced } = this.aim;
    const moved = Array.from({ length: accounts }, (_, k) => k).filter((k) => direction[k]);
    const here = this.over.map((fen, k) => fen + (off[k]!.from + off[k]!.to) / 2);
    const lossAt = (step: number): number =>
      moved.reduce((sum, k) => sum + priced.lossOf(k, here[k]! + step * direction[k]!), 0);
    const kinks = moved.map((k) => -here[k]! / direction[k]!).sort((a, b) => a - b);
    const best = kinks.reduce((best, kink) => (lossAt(kink) < lossAt(best) ? kink : best), kinks[0] ?? 0);
    // Rounding moves objects off the line.
    const most = moved.reduce(
      (sum, k) => sum + ((off[k]!.to - off[k]!.from) / 2) * Math.max(priced.prices[k]!, 1 - priced.prices[k]!),
      allowed,
    );
    const end = (side: number): number => {
      let [at, loss] = [best, lossAt(best)];
      const far = [...kinks, best + side * Number.MAX_SAFE_INTEGER].sort((a, b) => side * (a - b));
      for (const kink of far) {
        if (side * (kink - at) <= 0) continue;
        const next = lossAt(kink);
        if (next > most) return at + ((kink - at) * (most - loss)) / (next - loss);
        [at, loss] = [kink, next];
      }
      return side * Infinity;
    };
    if (lossAt(best) > most) return { ideal: best, window: { from: Infinity, to: -Infinity } };
    const own = this.windowOf(l, allowed);
    const window = { from: Math.max(own.from, end(-1) - NOISE), to: Math.min(own.to, end(1) + NOISE) };
    // Where objects lie off their line, least may be lost outside of what fits.
    return { ideal: Math.max(window.from, Math.min(window.to, best)), window };
  }

  private bestListed({ l, places, one: ones, other: others }: Pairs, lost: number): boolean {
    const { one, other } = this.halves[l]!;
    const at = firstFrom(places, this.slice(l, this.allowed - lost).ideal);
    for (const side of SIDES) {
      for (let p = side > 0 ? at : at - 1; p >= 0 && p < places.length; p += side) {
        const window = this.windowOf(l, this.allowed - lost);
        if (isBeyond(places[p]!, window, side)) break;
        if (isBeyond(places[p]!, window, -side)) continue;
        this.effort.left--;
        this.put(l, ones[p]!, others[p]!, lost + one.loss[ones[p]!]! + other.loss[others[p]!]!);
        if (this.allowed < 0) return true;
      }
      if (this.effort.left < 0) return false;
    }
    return true;
  }

  /** The best pair of a line, those next to the ideal place first. */
  private best(l: number, lost: number): boolean {
    const { effort } = this;
    const { one, other } = this.halves[l]!;
    let allowed = this.allowed;
    const { ideal, ...sliced } = this.slice(l, allowed - lost);
    let { window } = sliced;
    let fit = other.count;
    for (let a = 0; a < one.count; a++) {
      const place = one.place[a]!;
      while (fit > 0 && other.place[fit - 1]! + place >= ideal) fit--;
      const own = lost + one.loss[a]!;
      if (own > allowed) continue;
      for (const side of SIDES) {
        for (let b = side > 0 ? fit : fit - 1; b >= 0 && b < other.count; b += side) {
          const here = place + other.place[b]!;
          if (isBeyond(here, window, side)) break;
          if (isBeyond(here, window, -side)) continue;
          effort.left--;
          if (own + other.loss[b]! > allowed) continue;
          this.put(l, a, b, own + other.loss[b]!);
          if (this.allowed === allowed) continue;
          allowed = this.allowed;
          if (allowed < 0) return true;
          ({ window } = this.slice(l, allowed - lost));
        }
      }
      if (effort.left < 0) return false;
    }
    effort.left -= one.count;
    return true;
  }

  private put(l: number, a: number, b: number, lost: number): void {
    const { one, other } = this.halves[l]!;
    const { aim, over } = this;
    let loss = lost;
    for (let k = 0; k < this.accounts; k++)
      loss += aim.priced.lossOf(k, over[k]! + one.draws[k]![a]! + other.draws[k]![b]!);
    if (loss > this.allowed) return;
    const taken = [...this.chosen, [one, a] as const, [other, b] as const];
    aim.found(
      (choice) => taken.forEach(([sums, at]) => take(choice, sums, at)),
      loss,
      taken.every(([{ merged }]) => !merged),
    );
  }

  private finish(lost: number): void {
    const { aim, over, chosen } = this;
    let loss = lost;
    for (let k = 0; k < this.accounts; k++) loss += aim.priced.lossOf(k, over[k]!);
    if (loss <= this.allowed) aim.found((choice) => chosen.forEach(([sums, at]) => take(choice, sums, at)), loss, true);
  }

  /** @returns what the pair loses */
  private add({ l, one: ones, other: others }: Pairs, p: number): number {
    const { one, other } = this.halves[l]!;
    const [a, b] = [ones[p]!, others[p]!];
    for (let k = 0; k < this.accounts; k++) this.over[k]! += one.draws[k]![a]! + other.draws[k]![b]!;
    this.chosen.push([one, a], [other, b]);
    return one.loss[a]! + other.loss[b]!;
  }

  private takeBack({ l, one: ones, other: others }: Pairs, p: number): void {
    const { one, other } = this.halves[l]!;
    for (let k = 0; k < this.accounts; k++) this.over[k]! -= one.draws[k]![ones[p]!]! + other.draws[k]![others[p]!]!;
    this.chosen.length -= 2;
  }
}

const SIDES = [1, -1] as const;

/** Whether a place lies beyond the end of a window, going up or down. */
const isBeyond = (place: number, { from, to }: Window, side: number): boolean => (side > 0 ? place > to : place < from);

/** How far a line is to be gone where so much may be lost beside what is chosen. */
function windowOf(line: Line, over: Float64Array, priced: Priced, allowed: number): Window {
  const here = -placeOf(over, line.factors);
  const { down, up } = slopesOf(line, priced);
  return { from: here - allowed / down - NOISE, to: here + allowed / up + NOISE };
}

/** What a fen too little and a fen too much on a line costs at least. */
function slopesOf({ factors }: Line, { prices }: Priced): { down: number; up: number } {
  let [down, up] = [Infinity, Infinity];
  factors.forEach((factor, k) => {
    const size = Math.abs(factor);
    if (!size) return;
    const [less, more] = [prices[k]! / size, (1 - prices[k]!) / size];
    down = Math.min(down, factor > 0 ? less : more);
    up = Math.min(up, factor > 0 ? more : less);
  });
  return { down, up };
}

/** How far a line may be gone by the objects of another one where they lose so much together, at least and at most. */
function rangeWithin({ line, listed }: Halves, factors: Float64Array, allowed: number): Window {
  const known = new Set(listed);
  let [from, to] = [0, 0];
  const steps: { loss: number; step: number }[] = [];
  for (const one of line.objects) {
    const best = bestOf(one);
    const place = placeOf(best.draws, factors);
    // What is in none of the halves is counted in its best way already.
    if (known.has(one)) [from, to] = [from + place, to + place];
    let [least, most] = [0, 0];
    for (const { loss, draws } of one.ways) {
      const step = placeOf(draws, factors) - place;
      if (loss > best.loss) steps.push({ loss, step });
      else [least, most] = [Math.min(least, step), Math.max(most, step)];
    }
    [from, to] = [from + least, to + most];
  }
  const furthest = (side: number): number => {
    const own = steps.filter(({ step }) => side * step > 0);
    let left = allowed;
    let sum = 0;
    // The last step may be taken in part: no choice goes further.
    for (const { loss, step } of own.sort((a, b) => side * (b.step / b.loss - a.step / a.loss))) {
      sum += step * Math.min(1, left / loss);
      left -= loss;
      if (left <= 0) break;
    }
    return sum;
  };
  return { from: from + furthest(-1), to: to + furthest(1) };
}

/** What the combinations of two halves come to, each draw with its factor, at least and at most. */
function spreadOf({ one, other }: Halves, factors: Float64Array): Window {
  let [from, to] = [0, 0];
  for (const { count, draws } of [one, other]) {
    let [least, most] = [Infinity, -Infinity];
    for (let s = 0; s < count; s++) {
      let sum = 0;
      for (let k = 0; k < factors.length; k++) if (factors[k]) sum += factors[k]! * draws[k]![s]!;
      if (sum < least) least = sum;
      if (sum > most) most = sum;
    }
    from += least;
    to += most;
  }
  return { from, to };
}

/** By account, how far from its target it may be; Infinity where that hardly matters. At least one account is met. */
export function scarceOf(open: readonly Open[], prices: Float64Array, allowed: number): Float64Array {
  const unit = (k: number): Float64Array => Float64Array.from(prices, (_, other) => Number(other === k));
  const widths = Float64Array.from(prices, (price) => allowed / Math.min(price, 1 - price));
  const spreads = Float64Array.from(prices, (_, k) => {
    const { from, to } = rangeOf(open, unit(k));
    return to - from;
  });
  const tight = widths.map((width, k) => (spreads[k] ? width / spreads[k] : Infinity));
  const tightest = Math.min(...tight);
  return widths.map((width, k) =>
    tight[k]! <= WIDE || tight[k] === tightest ? Math.min(width, Number.MAX_VALUE) : Infinity,
  );
}
