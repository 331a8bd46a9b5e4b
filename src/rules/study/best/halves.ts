/** The combinations of the objects of one line, in two halves that meet in the middle. */
import type { Effort } from "./found";
import { rangeOf, type Line } from "./lines";
import { FREE, leastOf, noSums, NOISE, withOpen, type Open, type Sums } from "./sums";

/** Both halves of one line. */
export interface Halves {
  readonly line: Line;
  /** The objects that are in one of them. */
  readonly listed: readonly Open[];
  readonly one: Sums;
  readonly other: Sums;
  /** All combinations that lose less were listed. */
  readonly limit: number;
}

/** Pairs of both halves, by their place on the line, rising. */
export interface Pairs {
  readonly l: number;
  readonly places: Float64Array;
  readonly one: Uint32Array;
  readonly other: Uint32Array;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The combinations of a line in two halves; in one where they are few. Those that lose least, where they are too many.
 * @param size combinations of one half, at most
 * @param free objects of one half that lose nothing, at most: room for those that lose little
 * @param turn other objects of those that lose about the same, from turn to turn
 */
export function halvesOf(
  line: Line,
  { from, to, allowed }: { readonly from: number; readonly to: number; readonly allowed: number },
  size: number,
  free: number,
  turn: number,
  effort: Effort,
): Halves {
  const { factors, objects } = line;
  const accounts = factors.length;
  const ranges = new Map(objects.map((one) => [one, rangeOf([one], factors)]));
  const whole = rangeOf(objects, factors);
  const about = (one: Open): number => (turn ? Math.ceil(ALIKE * (least(one) - FREE)) : least(one));
  const ordered = [...objects].sort((a, b) => about(a) - about(b) || shuffled(a, turn) - shuffled(b, turn));
  const most = OBJECTS * Math.log2(size);
  for (const count of [1, 2]) {
    const halves = [noSums(accounts), noSums(accounts)];
    const limits = [Infinity, Infinity];
    const [frees, counts] = [
      [0, 0],
      [0, 0],
    ];
    // What the objects that are not in a half may add.
    const rests = halves.map(() => ({ ...whole }));
    const listed: Open[] = [];
    let fits = true;
    for (const one of ordered) {
      const h = count === 1 || halves[0]!.count <= halves[1]!.count ? 0 : 1;
      const loss = least(one);
      if (loss < FREE && frees[h]! >= free) {
        fits = count > 1;
        if (!fits) break;
        limits[h] = 0;
        continue;
      }
      if (loss >= limits[h]! || loss > allowed || (counts[h]! >= most && halves[h]!.count === size)) {
        limits[h] = Math.min(limits[h]!, loss);
        continue;
      }
      if (loss < FREE) frees[h]!++;
      counts[h]!++;
      const rest = rests[h]!;
      rest.from -= ranges.get(one)!.from;
      rest.to -= ranges.get(one)!.to;
      const next = withOpen(halves[h]!, one, factors, {
        from: from - rest.to - NOISE,
        to: to - rest.from + NOISE,
        allowed: Math.min(allowed, limits[h]!),
      });
      effort.left -= 4 * next.count;
      listed.push(one);
      fits = next.count <= size;
      if (!fits && count === 1) break;
      const kept = leastOf(next, size, limits[h]!);
      [halves[h], limits[h]] = [kept.sums, kept.limit];
    }
    if (fits || count === 2) return { line, listed, one: halves[0]!, other: halves[1]!, limit: Math.min(...limits) };
  }
  throw new RangeError("two halves always fit");
}

/** Parts of a fen that are told apart where objects are taken in turn. */
const ALIKE = 4;
const shuffled = ({ object }: Open, turn: number): number =>
  turn ? Math.imul(object + 1, 0x9e3779b1 * turn) >>> 0 : object;

/** Objects of one half, at most, by bit of its size: more would hardly be in other combinations. */
const OBJECTS = 4;
/** What an object loses at least where it takes another way than the best. */
const least = ({ ways }: Open): number => [...ways].sort((a, b) => a.loss - b.loss)[1]!.loss;

/** The place of the first that is no less, in a rising list. */
export function firstFrom(list: Float64Array, least: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
