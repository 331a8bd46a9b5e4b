/**
 * The usual choice: every part draws on at most one account, and an account has the same room for all. Then the order of the
 * objects matters only for the rounding of parts that are cut: apart from that, an account pays the smaller of its room and
 * of all that is wanted of it, and the choice is one of amounts that fill the accounts. Few objects are chosen exactly.
 */
import { totalOf, type Option, type Options } from "./option";
import type { Effort, Found, Incumbent } from "./search";

/** An option as a way to fill accounts: what it wants of each account, and what it is paid besides. */
interface Way {
  readonly place: number;
  readonly draws: Float64Array;
  /** Paid besides where nothing is cut; where a part is, at most; and the larger: fractions of parts are rounded together. */
  readonly full: number;
  readonly cut: number;
  readonly most: number;
}

export interface Filling {
  readonly rooms: Float64Array;
  /** By object, its options; and those that no other one beats. */
  readonly all: readonly (readonly Way[])[];
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
  const all = objects.map((options) => options.map((option, o) => wayOf(option, o, rooms)));
  return { rooms, all, ways: all.map((ways) => unbeaten(ways, objects.length)) };
}

function wayOf({ parts, sums }: Option, place: number, rooms: Float64Array): Way {
  const draws = new Float64Array(rooms.length);
  const besides = [...sums];
  let own = 0;
  parts.forEach(({ wanted, on }, p) => {
    if (!on.length) own |= 1 << p;
    else {
      draws[on[0]!.account]! += wanted;
      for (let whole = 0; whole < sums.length; whole++) if (whole & (1 << p)) besides[whole]! -= wanted;
    }
  });
  const full = besides.at(-1)!;
  const cut = Math.max(...besides.filter((_, whole) => (whole & own) === own && whole < sums.length - 1));
  // What does not fit into the room of its account is always cut.
  const most = draws.some((fen, k) => fen > rooms[k]!) ? cut : Math.max(full, cut);
  return { place, draws, full, cut: Number.isFinite(cut) ? cut : full, most };
}

/**
 * Without the ways that another one beats: what it wants less of an account it pays besides. What it wants more, the account
 * pays, whoever wanted it.
 * @param margin fen that the rounding of all objects can make
 */
function unbeaten(ways: readonly Way[], margin: number): readonly Way[] {
  const beats = (a: Way, b: Way): boolean => {
    let less = 0;
    for (let k = 0; k < a.draws.length; k++) less += Math.max(0, b.draws[k]! - a.draws[k]!);
    if (less) less += margin;
    return a.cut - b.most >= less && a.full - b.full >= less;
  };
  return ways.filter((way, w) =>
    ways.every((other, v) => v === w || !beats(other, way) || (v > w && beats(way, other))),
  );
}

/**
 * The most that a choice can be paid, and any that others beat for it: a part is only rounded apart from the others where its
 * account is cut, and a fen more for being paid in full have as many objects as fit into the room.
 */
function atMost(chosen: readonly Way[], rooms: Float64Array): number {
  const wanted = new Float64Array(rooms.length);
  for (const { draws } of chosen) for (let k = 0; k < rooms.length; k++) wanted[k]! += draws[k]!;
  const isCut = (fen: number, k: number): boolean => fen > 0 && wanted[k]! > rooms[k]!;
  const left = rooms.slice();
  const gaining: Way[] = [];
  let total = 0;
  for (const way of chosen) {
    const { draws, most, full, cut } = way;
    if (!draws.some(isCut)) total += full;
    else if (most - cut === 1) {
      total += cut;
      gaining.push(way);
    } else total += most;
  }
  for (let k = 0; k < rooms.length; k++) total += Math.min(wanted[k]!, rooms[k]!);
  for (const { draws } of gaining.sort((a, b) => drawnBy(a) - drawnBy(b))) {
    const k = draws.findIndex(isCut);
    left[k]! -= draws[k]!;
    if (left[k]! >= 0) total++;
  }
  return total;
}

const drawnBy = ({ draws }: Way): number => draws.reduce((sum, fen) => sum + fen, 0);

/** Looks for the price of one account; the others stay: the bound is convex, its slope tells the side. */
const HALVINGS = 12;
const SWEEPS = 2;
/** So few objects are tried as fast as good prices are found. */
const FEW_OBJECTS = 4;

/** Prices of the accounts, about those of the lowest bound; any prices give a bound. */
function pricesOf({ rooms, ways }: Filling): Float64Array {
  const prices = new Float64Array(rooms.length);
  for (let sweep = 0; ways.length > FEW_OBJECTS && sweep < SWEEPS; sweep++) {
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

/** More accounts than this have no list of all combinations of the price, nothing, and all of an award. */
const FEW_ACCOUNTS = 2;

function listsOf(prices: Float64Array): Float64Array[] {
  let lists: number[][] = [[]];
  if (prices.length <= FEW_ACCOUNTS)
    for (const price of prices) lists = lists.flatMap((list) => [price, 0, 1].map((one) => [...list, one]));
  else {
    const changed = [...prices.keys()].flatMap((k) =>
      [0, 1].map((one) => [...prices].map((price, other) => (other === k ? one : price))),
    );
    lists = [[...prices], [...prices].fill(0), [...prices].fill(1), ...changed];
  }
  return lists.map((list) => Float64Array.from(list));
}

/**
 * The best choice, by trying the ways of the larger objects first as long as a bound leaves something to gain.
 * @param most places that may be tried
 * @param effort from which they are taken off
 * @returns undefined where they are used up
 */
export function fill(
  objects: readonly Options[],
  filling: Filling,
  start: Incumbent,
  most: number,
  effort: Effort,
): Found | undefined {
  const { rooms } = filling;
  const accounts = rooms.length;
  const sizeOf = (ways: readonly Way[]): number => Math.max(...ways.map(({ draws }) => Math.max(...draws)));
  const sizes = filling.ways.map(sizeOf);
  const order = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const prices = pricesOf(filling);
  // The way that is worth most comes first, so that the first choice is a good one.
  const ways = order.map((i) => {
    const some = filling.ways[i]!;
    return some.length > 1
      ? [...some].sort((a, b) => worthOf(b, prices) - worthOf(a, prices) || a.place - b.place)
      : some;
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
  let open = 0;
  let openest = choice;
  for (let i = 0; i >= 0;) {
    if (i === count || next[i] === ways[i]!.length) {
      i--;
      continue;
    }
    if (++tried > most) {
      effort.left -= tried;
      return undefined;
    }
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
      tried += 4 * count;
      const possible = atMost(
        ways.map((some, j) => some[next[j]! - 1]!),
        rooms,
      );
      if (possible <= best.total) continue;
      if (possible > open) [open, openest] = [possible, choice.slice()];
      const total = totalOf(objects, choice, accounts);
      if (total > best.total) best = { choice: choice.slice(), total };
    }
  }
  effort.left -= tried;
  if (open <= best.total) return { ...best, bound: best.total };
  if (objects.reduce((all, { length }) => all * length, 1) <= FEW_CHOICES) {
    best = bestOfAll(objects, accounts);
    return { ...best, bound: best.total };
  }
  for (const one of [openest, best.choice]) {
    const toTheFen = settled(objects, filling, one);
    if (toTheFen.total > best.total) best = toTheFen;
  }
  return { ...best, bound: Math.max(open, best.total) };
}

/** Choices that are tried one by one where the ways of filling accounts leave a fen open. */
const FEW_CHOICES = 4096;

function bestOfAll(objects: readonly Options[], accounts: number): Incumbent {
  const choice = new Uint16Array(objects.length);
  let best = { choice, total: -1 };
  const visit = (i: number): void => {
    if (i < objects.length) {
      for (choice[i] = 0; choice[i] < objects[i]!.length; choice[i]++) visit(i + 1);
      return;
    }
    const total = totalOf(objects, choice, accounts);
    if (total > best.total) best = { choice: choice.slice(), total };
  };
  visit(0);
  return best;
}

/**
 * The same choice to the fen: where more is wanted of an account than its room, some objects take the option that leaves it
 * alone, so that those which gain a fen by rounding are paid in full, and the last one in the order of rows in part.
 */
function settled(objects: readonly Options[], { rooms, all }: Filling, from: Uint16Array): Incumbent {
  const accounts = rooms.length;
  const choice = from.slice();
  let total = totalOf(objects, choice, accounts);
  const tryWith = (i: number, place: number): void => {
    const before = choice[i]!;
    choice[i] = place;
    const next = totalOf(objects, choice, accounts);
    if (next > total) total = next;
    else choice[i] = before;
  };
  for (let k = 0; k < accounts; k++) {
    const wanting = [...all.keys()].filter((i) => all[i]![choice[i]!]!.draws[k]!);
    const wanted = wanting.reduce((sum, i) => sum + all[i]![choice[i]!]!.draws[k]!, 0);
    if (wanted <= rooms[k]!) continue;
    const places = wanting.map((i) => {
      const now = all[i]![choice[i]!]!;
      const without = all[i]!.filter(({ draws }) => !draws[k] && draws.every((fen, other) => fen <= now.draws[other]!));
      const skip = without.reduce(
        (best: Way | undefined, way) => (best && best.full >= way.full ? best : way),
        undefined,
      );
      return {
        i,
        with: now.place,
        without: (skip ?? now).place,
        gain: skip ? now.full - skip.full : 0,
        draws: now.draws[k]!,
      };
    });
    for (const { i, without } of places) choice[i] = without;
    let left = rooms[k]!;
    const later: typeof places = [];
    for (const place of places.sort((a, b) => b.gain - a.gain || a.i - b.i)) {
      if (place.draws <= left) {
        choice[place.i] = place.with;
        left -= place.draws;
      } else later.push(place);
    }
    total = totalOf(objects, choice, accounts);
    // The last of the rows takes what the others leave.
    for (const { i, with: place } of later.sort((a, b) => b.i - a.i)) tryWith(i, place);
  }
  all.forEach((ways, i) => ways.forEach(({ place }) => tryWith(i, place)));
  return { choice, total };
}

/** A sum of doubles below 10^15 is right to a thousandth of a fen. */
const LITTLE = 1e-3;
