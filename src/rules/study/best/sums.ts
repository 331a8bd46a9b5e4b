/**
 * What some objects draw and lose together, over all combinations of their ways, sorted by a place on a line. Combinations that
 * draw the same are one, so that equal objects, or round amounts, make short lists.
 */

/** An object and the ways that are left to it. */
export interface Open {
  readonly object: number;
  readonly ways: readonly OpenWay[];
}

export interface OpenWay {
  /** Place among the ways of the object. */
  readonly way: number;
  /** By account. */
  readonly draws: readonly number[];
  readonly loss: number;
}

/** Loss of a way that is none. */
export const FREE = 1e-3;

export const bestOf = ({ ways }: Open): OpenWay => ways.reduce((one, other) => (other.loss < one.loss ? other : one));

export interface Sums {
  readonly count: number;
  /** Place on the line, rising. */
  readonly place: Float64Array;
  /** By account. */
  readonly draws: readonly Float64Array[];
  readonly loss: Float64Array;
  readonly steps: readonly Step[];
  /** Whether combinations that draw the same became one. */
  readonly merged: boolean;
}

/** The last object of the combinations: each comes from one without it. */
interface Step {
  readonly open: Open;
  readonly from: Uint32Array;
  readonly way: Uint8Array;
}

export const noSums = (accounts: number): Sums => ({
  count: 1,
  place: new Float64Array(1),
  draws: Array.from({ length: accounts }, () => new Float64Array(1)),
  loss: new Float64Array(1),
  steps: [],
  merged: false,
});

/** Where draws lie on a line: their sum with a factor for each account. */
export function placeOf(draws: ArrayLike<number>, line: Float64Array): number {
  let place = 0;
  for (let k = 0; k < line.length; k++) place += line[k]! * draws[k]!;
  return place;
}

/**
 * The combinations with one more object.
 * @param line factor of each account
 * @param from place, and `to`: combinations outside are left out
 * @param allowed loss beyond which a combination is left out
 */
export function withOpen(
  sums: Sums,
  open: Open,
  line: Float64Array,
  { from, to, allowed }: { readonly from: number; readonly to: number; readonly allowed: number },
): Sums {
  const { ways } = open;
  const { count } = sums;
  const accounts = line.length;
  const shifts = ways.map(({ draws }) => placeOf(draws, line));
  const most = count * ways.length;
  // One buffer: many small ones cost more than what is done with them.
  const columns = new Float64Array(most * (accounts + 2));
  const column = (c: number, length: number): Float64Array => columns.subarray(c * most, c * most + length);
  const place = column(accounts, most);
  const loss = column(accounts + 1, most);
  const source = new Uint32Array(most);
  const way = new Uint8Array(most);
  const at = new Uint32Array(ways.length);
  const next = new Float64Array(accounts);
  let length = 0;
  let { merged } = sums;
  for (;;) {
    let w = -1;
    let least = Infinity;
    for (let v = 0; v < ways.length; v++) {
      if (at[v] === count) continue;
      const here = sums.place[at[v]!]! + shifts[v]!;
      if (here < least) [least, w] = [here, v];
    }
    if (w < 0 || least > to) break;
    const before = at[w]!++;
    const lost = sums.loss[before]! + ways[w]!.loss;
    if (lost > allowed || least < from) continue;
    const { draws } = ways[w]!;
    for (let k = 0; k < accounts; k++) next[k] = sums.draws[k]![before]! + draws[k]!;
    // The same draws lie at the same place, whatever was added first: sums of places are not exact.
    const here = placeOf(next, line);
    const same = sameAs(columns, most, length, place, here, next);
    if (same >= 0) {
      merged = true;
      if (lost < loss[same]!) {
        loss[same] = lost;
        source[same] = before;
        way[same] = w;
      }
      continue;
    }
    for (let k = 0; k < accounts; k++) columns[k * most + length] = next[k]!;
    place[length] = here;
    loss[length] = lost;
    source[length] = before;
    way[length] = w;
    length++;
  }
  return {
    count: length,
    place: column(accounts, length),
    draws: Array.from(line, (_, k) => column(k, length)),
    loss: column(accounts + 1, length),
    merged,
    steps: [...sums.steps, { open, from: source.subarray(0, length), way: way.subarray(0, length) }],
  };
}

/** Among the last combinations that lie at the same place the one with the same draws; -1 where there is none. */
function sameAs(
  columns: Float64Array,
  most: number,
  length: number,
  place: Float64Array,
  here: number,
  next: Float64Array,
): number {
  for (let s = length - 1; s >= 0 && s >= length - LOOKED && Math.abs(place[s]! - here) < NOISE; s--) {
    let k = 0;
    while (k < next.length && columns[k * most + s] === next[k]) k++;
    if (k === next.length) return s;
  }
  return -1;
}

/** At one place lie few. */
const LOOKED = 8;
/** Places are right to that: sums of doubles below 10^13. */
export const NOISE = 2 ** -8;

/** Parts of the range of losses that are told apart where the combinations that lose least are kept. */
const LEVELS = 2048;

export interface Kept {
  readonly sums: Sums;
  /** All combinations that lose less were kept. */
  readonly limit: number;
}

/** As many combinations as are wanted, those that lose least; of equal ones evenly spread over their places. */
export function leastOf(sums: Sums, size: number, limit: number): Kept {
  const { count, loss, steps } = sums;
  if (count <= size) return { sums, limit };
  let most = 0;
  for (let s = 0; s < count; s++) if (loss[s]! > most) most = loss[s]!;
  const scale = most ? LEVELS / (most * (1 + 2 ** -20)) : 0;
  const counts = new Uint32Array(LEVELS);
  for (let s = 0; s < count; s++) counts[Math.floor(loss[s]! * scale)]!++;
  let level = 0;
  let below = 0;
  while (below + counts[level]! <= size) below += counts[level++]!;
  const here = counts[level]!;
  const wanted = size - below;
  const places = new Uint32Array(size);
  let length = 0;
  let seen = 0;
  for (let s = 0; s < count; s++) {
    const at = Math.floor(loss[s]! * scale);
    if (at > level) continue;
    if (at === level) {
      const taken = Math.floor((++seen * wanted) / here) > Math.floor(((seen - 1) * wanted) / here);
      if (!taken) continue;
    }
    places[length++] = s;
  }
  const picked = <T extends Float64Array | Uint32Array | Uint8Array>(column: T, next: T): T => {
    for (let s = 0; s < size; s++) next[s] = column[places[s]!]!;
    return next;
  };
  const figures = (column: Float64Array): Float64Array => picked(column, new Float64Array(size));
  const last = steps.at(-1)!;
  return {
    limit: Math.min(limit, scale ? level / scale : 0),
    sums: {
      count: size,
      place: figures(sums.place),
      draws: sums.draws.map(figures),
      loss: figures(loss),
      merged: sums.merged,
      steps: [
        ...steps.slice(0, -1),
        {
          open: last.open,
          from: picked(last.from, new Uint32Array(size)),
          way: picked(last.way, new Uint8Array(size)),
        },
      ],
    },
  };
}

/** By account, what the combinations draw on the average. */
export const middleOf = ({ draws, count }: Sums): number[] =>
  draws.map((column) => column.subarray(0, count).reduce((sum, fen) => sum + fen / count, 0));

/** Takes the ways of one combination over into a choice. */
export function take(choice: Uint16Array, { steps }: Sums, at: number): void {
  for (let s = steps.length - 1; s >= 0; s--) {
    const { open, from, way } = steps[s]!;
    choice[open.object] = open.ways[way[at]!]!.way;
    at = from[at]!;
  }
}
