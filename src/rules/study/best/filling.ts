/**
 * The usual choice: every part draws on at most one account, and an account has the same room for all. Then the order of the
 * objects matters only for the rounding of parts that are cut: apart from that, an account pays the smaller of its room and
 * of all that is wanted of it, and the choice is one of amounts that fill the accounts. Few objects are chosen exactly.
 */
import { totalOf, type Option, type Options } from "./option";
import type { Effort, Incumbent } from "./found";

/** An option as a way to fill accounts: what it wants of each account, and what it is paid besides. */
export interface Way {
  readonly place: number;
  readonly draws: readonly number[];
  /** Paid besides where nothing is cut; where a part is, at most; and the larger: fractions of parts are rounded together. */
  readonly full: number;
  readonly cut: number;
  readonly most: number;
  /** Paid besides, whatever is cut. */
  readonly least: number;
  /** Price of taking it, where only so many objects may. */
  readonly toll?: number;
}

export interface Filling {
  readonly rooms: Float64Array;
  /** The same, and a fen more where a part that is cut may make a fen more than all of it: of each account one may be. */
  readonly targets: Float64Array;
  /** Whether fractions of parts are rounded together, so that what is paid depends on which rows are cut. */
  readonly rounds: boolean;
  /** By account, fen that the objects can lose by rounding where another amount is drawn of it. */
  readonly margin: Float64Array;
  /** What every total is a multiple of, fen: round amounts and limits have round sums. */
  readonly unit: number;
  /** By object, its options; and those that no other one beats. */
  readonly all: readonly (readonly Way[])[];
  readonly ways: readonly (readonly Way[])[];
  /** What all tolls that may be taken come to. */
  readonly tolls?: number;
}

/**
 * The objects as ways to fill accounts; undefined where there is more to them.
 * @param overfull accounts of which much more is wanted than they hold: whoever is paid a fen more for being cut, is cut there
 */
export function fillingOf(
  objects: readonly Options[],
  accounts: number,
  overfull: readonly boolean[] = [],
): Filling | undefined {
  const rooms = new Float64Array(accounts).fill(-1);
  for (const options of objects) {
    for (const { parts, plain, times, sums } of options) {
      if (!plain || times !== 1) return undefined;
      // Less than half a fen draws nothing, and yet makes a fen with others until its account is used up.
      const isLost = (p: number): boolean => sums.some((sum, whole) => sum !== sums[whole & ~(1 << p)]);
      if (parts.some(({ on, wanted }, p) => on.length > 0 && !wanted && isLost(p))) return undefined;
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
  const margin = Float64Array.from(rooms, (_, k) =>
    all.reduce(
      (sum, ways) => sum + Math.max(...ways.map(({ draws, most, least }) => (draws[k] ? most - least : 0))),
      0,
    ),
  );
  // Where only one account may cut it, one row at most is cut in part, and those after it are paid as if they drew nothing.
  const gainsByCut = ({ draws, full, cut }: Way): boolean =>
    cut > full && draws.filter((fen) => fen > 0).length === 1 && !draws.some((fen, k) => fen > 0 && overfull[k]);
  const ways = all.map((some) => {
    const kept = unbeaten(some, margin);
    const besides = Math.max(...kept.map(({ draws, full }) => (draws.some((fen) => fen > 0) ? -1 : full)));
    return kept.flatMap((way): Way[] => {
      const { place, draws, cut, most } = way;
      if (!gainsByCut(way)) return [{ ...way, full: most }];
      return besides >= cut
        ? [way]
        : [way, { place, draws: draws.map(() => 0), full: cut, cut, most: cut, least: cut }];
    });
  });
  const targets = rooms.map((room, k) => room + Number(all.flat().some((way) => way.draws[k] && gainsByCut(way))));
  const rounds = all.some((some) => some.some(({ full, cut, least }) => full !== cut || cut !== least));
  let unit = targets.reduce(commonDivisor, 0);
  for (const some of all) {
    for (const { draws, full, cut, most } of some) {
      if (unit === 1) break;
      unit = [...draws, full, cut, most].reduce(commonDivisor, unit);
    }
  }
  return { rooms, targets, rounds, margin, unit: unit || 1, all, ways };
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

function wayOf({ parts, sums }: Option, place: number, rooms: Float64Array): Way {
  const draws = new Array<number>(rooms.length).fill(0);
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
  const paid = Number.isFinite(cut) ? cut : full;
  const least = Math.min(...besides.filter((_, whole) => (whole & own) === own));
  return { place, draws, full, cut: paid, most, least };
}

/**
 * Without the ways that another one beats: what it wants less of an account it pays besides. What it wants more, the account
 * pays, whoever wanted it; but others may then be rounded otherwise.
 */
function unbeaten(ways: readonly Way[], margin: Float64Array): readonly Way[] {
  const beats = (a: Way, b: Way): boolean => {
    let less = 0;
    for (let k = 0; k < a.draws.length; k++)
      if (a.draws[k] !== b.draws[k]) less += Math.max(0, b.draws[k]! - a.draws[k]!) + margin[k]!;
    return a.least - b.most >= less;
  };
  return ways.filter((way, w) =>
    ways.every((other, v) => v === w || !beats(other, way) || (v > w && beats(way, other))),
  );
}

/**
 * The most that a choice can be paid, and any that wants the same: a part is only rounded apart from the others where its
 * account is cut. A fen more for being paid in full have as many objects as fit into the room; a fen more for being cut those
 * that fit into what is wanted beyond it, and the one that is cut in part.
 */
export function atMost(chosen: readonly Way[], rooms: Float64Array): number {
  const wanted = new Float64Array(rooms.length);
  for (const { draws } of chosen) for (let k = 0; k < rooms.length; k++) wanted[k]! += draws[k]!;
  const isCut = (fen: number, k: number): boolean => fen > 0 && wanted[k]! > rooms[k]!;
  const left = rooms.slice();
  const beyond = wanted.map((fen, k) => fen - rooms[k]!);
  let total = 0;
  for (let k = 0; k < rooms.length; k++) total += Math.min(wanted[k]!, rooms[k]!);
  for (const { draws, most, full, cut } of [...chosen].sort((a, b) => drawnBy(a) - drawnBy(b))) {
    const cuts = draws.filter(isCut).length;
    const k = draws.findIndex(isCut);
    if (!cuts) total += full;
    else if (cuts > 1) total += most;
    else if (full > cut) {
      left[k]! -= draws[k]!;
      total += left[k]! >= 0 ? full : cut;
    } else {
      total += beyond[k]! > 0 ? cut : full;
      beyond[k]! -= draws[k]!;
    }
  }
  return total;
}

const drawnBy = ({ draws }: Way): number => draws.reduce((sum, fen) => sum + fen, 0);

/**
 * The same choice to the fen: where more is wanted of an account than its room, some objects take the option that leaves it
 * alone, so that those which gain a fen by rounding are paid in full, and the last one in the order of rows in part.
 */
export function settled(
  objects: readonly Options[],
  { rooms, all }: Filling,
  from: Uint16Array,
  possible: number,
  effort: Effort,
): Incumbent {
  const accounts = rooms.length;
  const choice = from.slice();
  let total = totalOf(objects, choice, accounts);
  const tryWith = (i: number, place: number): void => {
    const before = choice[i]!;
    if (total >= possible || before === place) return;
    effort.left -= 2 * objects.length;
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

/** Places of the objects, those that draw most first. */
export const bySize = (ways: readonly (readonly Way[])[]): number[] => {
  const sizes = ways.map((some) => Math.max(...some.map(({ draws }) => Math.max(...draws))));
  return [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
};
