/**
 * An account of which much more is wanted than it holds: the rows draw in their order until it is used up, those after them
 * are paid nothing of it. Where what they are paid besides is rounded together with it, a fen more or less depends on the row at
 * which the account is used up. Seen from one such row, every way pays one known sum.
 */
import type { Filling, Way } from "./filling";
import type { Option, Options } from "./option";
import { lowestPrices } from "./prices";

export interface Exhausted {
  /** No choice that uses the account up at that row is paid more. */
  readonly bound: number;
  readonly filling: Filling;
  /** By object the place of its way: a choice that uses it up there, near the bound; undefined where none was found. */
  readonly choice: Uint16Array | undefined;
  /** Objects up to this one decide where it is used up. */
  readonly row: number;
}

/** Rounds of finding prices. */
const ROUNDS = 64;

/**
 * By the row at which it is used up, highest bound first; undefined where that makes no difference.
 * @param prices of all accounts, to leave out rows that are far from being better than `best`
 */
export function exhaustedAt(
  objects: readonly Options[],
  { rooms, all }: Filling,
  account: number,
  prices: Float64Array,
  best: number,
): readonly Exhausted[] | undefined {
  const views = objects.map((options, i) => {
    const paid = options.map((option) => paidBesides(option, account));
    const seen = (sum: (paid: Paid) => number): readonly Way[] =>
      all[i]!.map(({ place, draws }, w) => {
        const full = sum(paid[w]!);
        return { place, draws, full, cut: full, most: full, least: full };
      });
    return [
      seen(({ before }) => before),
      seen(({ after }) => after),
      seen(({ before, after }) => Math.max(before, after)),
    ] as const;
  });
  if (views.every(([before, after]) => before.every(({ full }, w) => full === after[w]!.full))) return undefined;
  const others = [...rooms.keys()].filter((k) => k !== account);
  const room = rooms[account]!;
  /** What a way is worth, where a fen that it draws on the account is worth `extra`. */
  const worth = ({ full, draws }: Way, at: ArrayLike<number>, extra: number): number =>
    others.reduce((sum, k, o) => sum + draws[k]! * (1 - at[o]!), full + draws[account]! * extra);
  const known = others.map((k) => prices[k]!);
  const worths = views.map((seen) => seen.map((ways) => Math.max(...ways.map((way) => worth(way, known, 0)))));
  let simple = others.reduce((sum, k) => sum + rooms[k]! * prices[k]!, room);
  simple += worths.reduce((sum, [, after]) => sum + after!, 0);
  const found: Exhausted[] = [];
  for (let row = 0; row <= objects.length; row++) {
    const isUsedUp = row < objects.length;
    const [before, after, at] = worths[row] ?? [0, 0, 0];
    if (!isUsedUp || simple - after! + at! > best) {
      const ways = views.map((seen, i) => seen[i < row ? 0 : i > row ? 1 : 2]);
      // Before the row no more is drawn than there is; with it, more: both have a price.
      const limits = Float64Array.from([...others.map((k) => rooms[k]!), room, isUsedUp ? -room - 1 : 0]);
      const mixes: Uint16Array[] = [];
      const { bound, parts } = lowestPrices(limits, 1, ROUNDS, (tried, left) => {
        let sum = isUsedUp ? room : 0;
        const mix = Uint16Array.from(ways, (some, i) => {
          const extra = (isUsedUp ? (i <= row ? tried.at(-1)! : 0) : 1) - (i < row ? tried.at(-2)! : 0);
          let [most, at] = [-Infinity, 0];
          some.forEach((way, w) => {
            const here = worth(way, tried, extra);
            if (here > most) [most, at] = [here, w];
          });
          sum += most;
          const taken = some[at]!;
          others.forEach((k, o) => (left[o]! -= taken.draws[k]!));
          if (i < row) left[others.length]! -= taken.draws[account]!;
          if (isUsedUp && i <= row) left[others.length + 1]! += taken.draws[account]!;
          return at;
        });
        mixes.push(mix);
        return sum;
      });
      const filling = {
        rooms,
        targets: rooms,
        rounds: false,
        margin: new Float64Array(rooms.length),
        unit: 1,
        all,
        ways,
      };
      found.push({ bound, filling, choice: isUsedUp ? usedUpAt(row, account, filling, mixes, parts) : undefined, row });
    }
    simple += before! - after!;
  }
  return found.sort((a, b) => Math.floor(b.bound) - Math.floor(a.bound) || a.row - b.row);
}

/** Objects that are changed so that the account is used up at the row. */
const CHANGES = 16;

/** The way of each object that is mixed in most, and other ones before the row until the account is used up there. */
function usedUpAt(
  row: number,
  account: number,
  { rooms, ways }: Filling,
  mixes: readonly Uint16Array[],
  parts: Float64Array,
): Uint16Array | undefined {
  const shares = ways.map((some, i) =>
    some.map((_, w) => mixes.reduce((sum, mix, m) => sum + (mix[i] === w ? parts[m]! : 0), 0)),
  );
  const choice = Uint16Array.from(shares, (own) => own.indexOf(Math.max(...own)));
  const drawn = (i: number, w = choice[i]!): number => ways[i]![w]!.draws[account]!;
  choice[row] = ways[row]!.reduce((most, _, w) => (drawn(row, w) > drawn(row, most) ? w : most), choice[row]!);
  const middle = rooms[account]! - drawn(row) / 2;
  let before = 0;
  for (let i = 0; i < row; i++) before += drawn(i);
  const fits = (): boolean => before <= rooms[account]! && before + drawn(row) > rooms[account]!;
  for (let change = 0; change < CHANGES && !fits(); change++) {
    let [least, object, way] = [Math.abs(before - middle), -1, 0];
    for (let i = 0; i < row; i++)
      for (let w = 0; w < ways[i]!.length; w++) {
        const off = Math.abs(before + drawn(i, w) - drawn(i) - middle);
        if (off < least) [least, object, way] = [off, i, w];
      }
    if (object < 0) break;
    before += drawn(object, way) - drawn(object);
    choice[object] = way;
  }
  return fits() ? choice : undefined;
}

/** Paid besides all accounts, at most: before one of them is used up, and after. */
interface Paid {
  readonly before: number;
  readonly after: number;
}

function paidBesides({ parts, sums }: Option, account: number): Paid {
  let [own, drawn] = [0, 0];
  parts.forEach(({ on, wanted }, p) => {
    if (!on.length) own |= 1 << p;
    else if (wanted && on[0]!.account === account) drawn |= 1 << p;
  });
  const most = (fits: (whole: number) => boolean): number =>
    Math.max(
      ...sums.flatMap((sum, whole) =>
        (whole & own) === own && fits(whole)
          ? [parts.reduce((rest, { on, wanted }, p) => (on.length && whole & (1 << p) ? rest - wanted : rest), sum)]
          : [],
      ),
    );
  // Of several parts that draw on it, one may be paid and another one not.
  if (drawn & (drawn - 1)) {
    const any = most(() => true);
    return { before: any, after: any };
  }
  return { before: most((whole) => (whole & drawn) === drawn), after: most((whole) => !(whole & drawn)) };
}
