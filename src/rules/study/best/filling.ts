/**
 * The usual choice: every part draws on at most one account, and an account has the same room for all. Then the order of the
 * objects matters only for the rounding of parts that are cut: apart from that, an account pays the smaller of its room and
 * of all that is wanted of it, and the choice is one of amounts that fill the accounts. Few objects are chosen exactly.
 */
import { totalOf, type Option, type Options } from "./option";
import type { Incumbent } from "./search";

/** An option as a way to fill accounts: what it is paid besides, and what it wants of each account. */
interface Way {
  readonly place: number;
  /** At most and at least, over the parts that may be cut: their fractions are rounded together. */
  readonly most: number;
  readonly least: number;
  readonly draws: Float64Array;
}

export interface Filling {
  readonly rooms: Float64Array;
  /** By object, the ways that no other one beats. */
  readonly ways: readonly (readonly Way[])[];
}

/** The objects as ways to fill accounts; undefined where there is more to them. */
export function fillingOf(objects: readonly Options[], accounts: number): Filling | undefined {
  const rooms = new Float64Array(accounts).fill(-1);
  for (const options of objects) {
    for (const { parts, plain, times } of options) {
      if (!plain || times !== 1) return undefined;
      for (const { on } of parts) {
        if (on.length > 1) return undefined;
        for (const { account, room, before } of on) {
          if (before || (rooms[account]! >= 0 && rooms[account] !== room)) return undefined;
          rooms[account] = room;
        }
      }
    }
  }
  return { rooms, ways: objects.map((options) => unbeaten(options.map((option, o) => wayOf(option, o, accounts)))) };
}

function wayOf({ parts, sums }: Option, place: number, accounts: number): Way {
  const draws = new Float64Array(accounts);
  let own = 0;
  parts.forEach(({ wanted, on }, p) => {
    if (on.length) draws[on[0]!.account]! += wanted;
    else own |= 1 << p;
  });
  let most = -Infinity;
  let least = Infinity;
  for (let whole = own; whole < sums.length; whole++) {
    if ((whole & own) !== own) continue;
    let besides = sums[whole]!;
    for (let p = 0; p < parts.length; p++) if (parts[p]!.on.length && whole & (1 << p)) besides -= parts[p]!.wanted;
    most = Math.max(most, besides);
    least = Math.min(least, besides);
  }
  return { place, most, least, draws };
}

/** Without the ways that want no less of any account than another one, which pays at least the difference besides. */
function unbeaten(ways: readonly Way[]): readonly Way[] {
  const beats = (a: Way, b: Way): boolean => {
    let more = 0;
    for (let k = 0; k < a.draws.length; k++) {
      if (a.draws[k]! > b.draws[k]!) return false;
      more += b.draws[k]! - a.draws[k]!;
    }
    return a.least - b.most >= more;
  };
  return ways.filter((way, w) =>
    ways.every((other, v) => v === w || !beats(other, way) || (v > w && beats(way, other))),
  );
}

/** Looks for the price of one account; the others stay: the bound is convex, its slope tells the side. */
const HALVINGS = 16;
const SWEEPS = 3;

/** Prices of the accounts, about those of the lowest bound; any prices give a bound. */
function pricesOf({ rooms, ways }: Filling): Float64Array {
  const prices = new Float64Array(rooms.length).fill(0.5);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let k = 0; k < rooms.length; k++) {
      let [low, high] = [0, 1];
      for (let halving = 0; halving < HALVINGS; halving++) {
        prices[k] = (low + high) / 2;
        let wanted = 0;
        for (const some of ways) wanted += bestWay(some, prices).draws[k]!;
        if (wanted > rooms[k]!) low = prices[k]!;
        else high = prices[k]!;
      }
    }
  }
  return prices;
}

function worthOf({ most, draws }: Way, prices: Float64Array): number {
  let worth = most;
  for (let k = 0; k < draws.length; k++) worth += draws[k]! * (1 - prices[k]!);
  return worth;
}

function bestWay(ways: readonly Way[], prices: Float64Array): Way {
  let best = ways[0]!;
  let most = -Infinity;
  for (const way of ways) {
    const worth = worthOf(way, prices);
    if (worth > most) [most, best] = [worth, way];
  }
  return best;
}

/** More accounts than this have no list of all combinations of no price, the price, and all of it. */
const FEW_ACCOUNTS = 3;

function listsOf(prices: Float64Array): Float64Array[] {
  if (prices.length > FEW_ACCOUNTS) return [prices, prices.map(() => 0), prices.map(() => 1)];
  let lists: number[][] = [[]];
  for (const price of prices) lists = lists.flatMap((list) => [price, 0, 1].map((one) => [...list, one]));
  return lists.map((list) => Float64Array.from(list));
}

/**
 * The best choice, by trying the ways of the larger objects first as long as a bound leaves something to gain.
 * @param most places that may be tried
 * @returns undefined where they are used up
 */
export function fill(objects: readonly Options[], filling: Filling, start: Incumbent, most: number): Incumbent | undefined {
  const { rooms } = filling;
  const accounts = rooms.length;
  const sizeOf = (ways: readonly Way[]): number => Math.max(...ways.map(({ draws }) => Math.max(...draws)));
  const sizes = filling.ways.map(sizeOf);
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const prices = pricesOf(filling);
  // The way that is worth most comes first, so that the first choice is a good one.
  const ways = order.map((i) => {
    const some = filling.ways[i]!;
    return some.length > 1 ? [...some].sort((a, b) => worthOf(b, prices) - worthOf(a, prices) || a.place - b.place) : some;
  });
  const count = ways.length;
  const lists = listsOf(prices);
  // By object and list, what the objects from there on are worth at most.
  const rest = new Float64Array((count + 1) * lists.length);
  for (let i = count - 1; i >= 0; i--)
    lists.forEach((list, l) => {
      const at = i * lists.length + l;
      rest[at] = rest[at + lists.length]! + Math.max(...ways[i]!.map((way) => worthOf(way, list)));
    });
  const held = lists.map((list) => list.reduce((sum, price, k) => sum + price * rooms[k]!, 0));
  const drawn = new Float64Array((count + 1) * accounts);
  const besides = new Float64Array(count + 1);
  const next = new Uint16Array(count + 1);
  const choice = start.choice.slice();
  let best = start;
  let tried = 0;
  for (let i = 0; i >= 0;) {
    if (i === count || next[i] === ways[i]!.length) {
      i--;
      continue;
    }
    if (++tried > most) return undefined;
    const way = ways[i]![next[i]!++]!;
    choice[order[i]!] = way.place;
    const sum = (besides[i + 1] = besides[i]! + way.most);
    const [from, to] = [i * accounts, (i + 1) * accounts];
    for (let k = 0; k < accounts; k++) drawn[to + k] = Math.min(rooms[k]!, drawn[from + k]! + way.draws[k]!);
    let bound = Infinity;
    for (let l = 0; l < lists.length && bound > best.total + LITTLE; l++) {
      const list = lists[l]!;
      let value = sum + held[l]! + rest[(i + 1) * lists.length + l]!;
      for (let k = 0; k < accounts; k++) value += (1 - list[k]!) * drawn[to + k]!;
      if (value < bound) bound = value;
    }
    if (Math.floor(bound + LITTLE) <= best.total) continue;
    if (i + 1 < count) next[++i] = 0;
    else {
      const total = totalOf(objects, choice, accounts);
      if (total > best.total) best = { choice: choice.slice(), total };
    }
  }
  return best;
}

/** A sum of doubles below 10^15 is right to a thousandth of a fen. */
const LITTLE = 1e-3;
