/**
 * Objects by the line along which they move what is drawn. Where an object takes the other one of two ways, what is drawn of the
 * accounts moves along a line: contracts of the same rates have the same line, whatever their amounts. Of as many different
 * lines as there are accounts to fill, each decides one figure for itself, nearly: how far one has to go along it.
 */
import { placeOf, type Open, type OpenWay } from "./sums";

export interface Line {
  /** Factors by account that measure how far one is along the line: the other lines change it by rounding only. */
  readonly factors: Float64Array;
  /** By account, what is drawn more where one is a fen further along the line. */
  readonly direction: Float64Array;
  readonly objects: readonly Open[];
}

export interface Lines {
  readonly lines: readonly Line[];
  /** What a way loses at least that is not looked at. */
  readonly dropped: number;
}

/** Fen by which rounding may move what is drawn off a line. */
export const ROUNDING = 4;

/**
 * As many lines as there are accounts to fill, at most; what is on none of them is put to the last one.
 * @param open objects of several ways
 * @param scarce by account, how far from its target it may be; Infinity where that does not matter
 * @param turn undefined: what is on none of the lines is put to the last one; else such objects keep the ways that lie on one
 *   of the lines, another one from turn to turn
 */
export function linesOf(open: readonly Open[], scarce: ArrayLike<number>, turn?: number): Lines {
  const accounts = Array.from(scarce).flatMap((width, k) => (Number.isFinite(width) ? [k] : []));
  const clusters: { direction: Float64Array; objects: Open[] }[] = [];
  const others: Open[] = [];
  const sized = open.map((one) => ({ one, moves: movesOf(one.ways, accounts) }));
  const size = ({ moves }: (typeof sized)[number]): number => Math.max(...moves.map(norm));
  for (const { one, moves } of sized.sort((a, b) => size(b) - size(a) || a.one.object - b.one.object)) {
    const cluster = clusters.find(({ direction }) => moves.every((move) => isAlong(move, direction)));
    if (cluster) cluster.objects.push(one);
    else {
      const longest = moves.reduce((most, move) => (norm(move) > norm(most) ? move : most));
      const objects = moves.every((move) => isAlong(move, longest)) ? [one] : [];
      // Where nothing moves further than rounding does, that is a line as well.
      const isLine = norm(longest) > (clusters.length ? ROUNDING : 0);
      if (isLine) clusters.push({ direction: longest, objects });
      if (!isLine || !objects.length) others.push(one);
    }
  }
  clusters.sort((a, b) => b.objects.length - a.objects.length);
  const taken: typeof clusters = [];
  let inverse: Inverse = { pivots: [], rows: [] };
  for (const cluster of clusters) {
    const next = taken.length < accounts.length && invertedWith([...taken, cluster].map(({ direction }) => direction));
    if (next) {
      taken.push(cluster);
      inverse = next;
    } else others.push(...cluster.objects);
  }
  let dropped = Infinity;
  const last = taken.at(-1);
  if (turn === undefined && last) last.objects.push(...others);
  else {
    for (const one of others) {
      const ways = [...one.ways].sort((a, b) => a.loss - b.loss);
      const choices = taken.flatMap(({ direction }, l) => {
        const along = ways.filter((way) =>
          movesOf([ways[0]!, way], accounts).every((move) => isAlong(move, direction)),
        );
        return along.length > 1 ? [{ l, ways: along }] : [];
      });
      const choice = choices[((turn ?? 0) + one.object) % choices.length];
      if (choice) taken[choice.l]!.objects.push({ object: one.object, ways: choice.ways });
      dropped = Math.min(
        dropped,
        ...ways.flatMap((way) => ((choice?.ways ?? ways.slice(0, 1)).includes(way) ? [] : [way.loss])),
      );
    }
  }
  const lines = taken.map(({ direction, objects }, l) => {
    const factors = new Float64Array(scarce.length);
    const along = new Float64Array(scarce.length);
    accounts.forEach((k, a) => (along[k] = direction[a]! / norm(direction)));
    inverse.pivots.forEach((a, p) => (factors[accounts[a]!] = inverse.rows[l]![p]! * norm(direction)));
    return { factors, direction: along, objects };
  });
  return { lines, dropped };
}

const norm = (move: Float64Array): number => move.reduce((most, fen) => Math.max(most, Math.abs(fen)), 0);

/** By way but the first, what is drawn more than in the first. */
const movesOf = ([first, ...rest]: readonly OpenWay[], accounts: readonly number[]): Float64Array[] =>
  rest.map(({ draws }) => Float64Array.from(accounts, (k) => draws[k]! - first!.draws[k]!));

function isAlong(move: Float64Array, direction: Float64Array): boolean {
  let main = 0;
  for (let a = 1; a < direction.length; a++) if (Math.abs(direction[a]!) > Math.abs(direction[main]!)) main = a;
  const times = move[main]! / direction[main]!;
  return move.every((fen, a) => Math.abs(fen - times * direction[a]!) <= ROUNDING);
}

interface Inverse {
  /** The accounts that tell the lines apart. */
  readonly pivots: readonly number[];
  /** By line and pivot. */
  readonly rows: readonly Float64Array[];
}

/** Lines that differ by less are one. */
const PARALLEL = 1e-3;

/** The inverse of the directions, as columns, on as many accounts; undefined where they are not independent. */
function invertedWith(directions: readonly Float64Array[]): Inverse | undefined {
  const count = directions.length;
  // Rows: accounts; columns: directions, each at most 1.
  const left = Array.from(directions[0]!, (_, a) =>
    Float64Array.from(directions, (direction) => direction[a]! / norm(direction)),
  );
  const pivots: number[] = [];
  const reduced = left.map((row) => row.slice());
  for (let c = 0; c < count; c++) {
    let best = -1;
    for (let a = 0; a < reduced.length; a++)
      if (!pivots.includes(a) && (best < 0 || Math.abs(reduced[a]![c]!) > Math.abs(reduced[best]![c]!))) best = a;
    if (best < 0 || Math.abs(reduced[best]![c]!) < PARALLEL) return undefined;
    pivots.push(best);
    for (let a = 0; a < reduced.length; a++) {
      if (pivots.includes(a)) continue;
      const times = reduced[a]![c]! / reduced[best]![c]!;
      for (let d = c; d < count; d++) reduced[a]![d]! -= times * reduced[best]![d]!;
    }
  }
  return {
    pivots,
    rows: inverseOf(pivots.map((a) => left[a]!)).map((row, l) => row.map((x) => x / norm(directions[l]!))),
  };
}

/** Gauss and Jordan; the matrix is regular, and small. */
function inverseOf(matrix: readonly Float64Array[]): Float64Array[] {
  const size = matrix.length;
  const rows = matrix.map((row, r) => Float64Array.from([...row, ...row.map((_, c) => Number(c === r))]));
  for (let c = 0; c < size; c++) {
    let best = c;
    for (let r = c; r < size; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[best]![c]!)) best = r;
    [rows[c], rows[best]] = [rows[best]!, rows[c]!];
    const pivot = rows[c]![c]!;
    rows[c] = rows[c]!.map((x) => x / pivot);
    for (let r = 0; r < size; r++) {
      const times = rows[r]![c]!;
      if (r !== c && times) rows[r] = rows[r]!.map((x, d) => x - times * rows[c]![d]!);
    }
  }
  return rows.map((row) => row.slice(size));
}

/** How far the ways of some objects go along a line, at least and at most. */
export function rangeOf(objects: readonly Open[], factors: Float64Array): { from: number; to: number } {
  let [from, to] = [0, 0];
  for (const { ways } of objects) {
    const places = ways.map(({ draws }) => placeOf(draws, factors));
    from += Math.min(...places);
    to += Math.max(...places);
  }
  return { from, to };
}
