/** The combinations of the objects of one line, in two halves that meet in the middle. */
import type { Effort } from "./found";
import { rangeOf, type Line } from "./lines";
import { noSums, NOISE, withOpen, type Sums } from "./sums";

/** Both halves of one line. */
export interface Halves {
  readonly line: Line;
  readonly one: Sums;
  readonly other: Sums;
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

/** The combinations of a line: all in one where they are few, else two halves of about as many. */
export function halvesOf(
  line: Line,
  { from, to, allowed }: { readonly from: number; readonly to: number; readonly allowed: number },
  size: number,
  effort: Effort,
): Halves | undefined {
  const { factors, objects } = line;
  const accounts = factors.length;
  const ranges = objects.map((one) => rangeOf([one], factors));
  const whole = rangeOf(objects, factors);
  for (const count of [1, 2]) {
    const halves = [noSums(accounts), noSums(accounts)];
    // What the objects that are not in a half may add.
    const rests = halves.map(() => ({ ...whole }));
    let fits = true;
    for (let i = 0; fits && i < objects.length; i++) {
      const h = count === 1 || halves[0]!.count <= halves[1]!.count ? 0 : 1;
      const rest = rests[h]!;
      rest.from -= ranges[i]!.from;
      rest.to -= ranges[i]!.to;
      const next = withOpen(halves[h]!, objects[i]!, factors, {
        from: from - rest.to - NOISE,
        to: to - rest.from + NOISE,
        allowed,
      });
      effort.left -= 4 * next.count;
      halves[h] = next;
      fits = next.count <= size && effort.left > 0;
    }
    if (fits) return { line, one: halves[0]!, other: halves[1]! };
  }
  return undefined;
}

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
