/**
 * Prices of accounts with the lowest bound of a Lagrangian relaxation: planes below the bound, the lowest point of which is
 * tried next (Kelley's method). A bound at prices that are not the best is a bound as well.
 */

/** Turns of the simplex method: beyond, the prices so far serve. */
const TURNS = 1000;

export interface Prices {
  readonly prices: Float64Array;
  /**
   * By round, the part of the choice that was worth most at the prices of that round: mixed so, the choices are paid what the
   * lowest bound is.
   */
  readonly parts: Float64Array;
}

/**
 * @param rooms what each account holds
 * @param highest price that a fen of an account can have
 * @param worthOf what the objects are worth at these prices; their draws are taken off `left`
 */
export function lowestPrices(
  rooms: Float64Array,
  highest: number,
  rounds: number,
  worthOf: (prices: Float64Array, left: Float64Array) => number,
): Prices {
  const accounts = rooms.length;
  let prices = new Float64Array(accounts);
  let best = { prices, bound: Infinity };
  let parts = new Float64Array();
  const planes: Plane[] = [];
  for (let round = 0; round < rounds; round++) {
    const slope = rooms.slice();
    const worth = worthOf(prices, slope);
    const bound = prices.reduce((sum, price, k) => sum + price * rooms[k]!, worth);
    if (bound < best.bound) best = { prices, bound };
    planes.push({ height: bound - prices.reduce((sum, price, k) => sum + price * slope[k]!, 0), slope });
    const lowest = lowestOf(planes, accounts, highest);
    ({ parts } = lowest);
    if (best.bound - lowest.bound < 1e-13 * best.bound + 1e-6) break;
    prices = lowest.prices;
  }
  return { prices: best.prices, parts };
}

/** What the bound is at least at any prices: height + slope × prices. */
interface Plane {
  readonly height: number;
  readonly slope: Float64Array;
}

/**
 * The lowest point of the highest of planes over prices from 0 to `highest`. Solved as its dual program, which has a row for
 * the height and one for every account, so that the slacks are a feasible start; Bland's rule keeps it from circling.
 */
function lowestOf(
  planes: readonly Plane[],
  accounts: number,
  highest: number,
): { prices: Float64Array<ArrayBuffer>; parts: Float64Array<ArrayBuffer>; bound: number } {
  const rows = accounts + 1;
  const size = rows + 1;
  let scale = 1;
  for (const { height, slope } of planes) {
    scale = Math.max(scale, height);
    for (let k = 0; k < accounts; k++) scale = Math.max(scale, Math.abs(slope[k]!));
  }
  // Columns, each with its gain in the last place: planes, the limits of the prices, slacks; then the right-hand side.
  const count = planes.length + accounts + rows;
  const table = new Float64Array((count + 1) * size);
  planes.forEach(({ height, slope }, p) => {
    table[p * size] = 1;
    for (let k = 0; k < accounts; k++) table[p * size + k + 1] = -slope[k]! / scale;
    table[p * size + rows] = height / scale;
  });
  for (let k = 0; k < accounts; k++) {
    table[(planes.length + k) * size + k + 1] = -1;
    table[(planes.length + k) * size + rows] = -highest;
  }
  const slacks = planes.length + accounts;
  for (let r = 0; r < rows; r++) table[(slacks + r) * size + r] = 1;
  const right = count * size;
  table[right] = 1;
  const column = new Float64Array(size);
  const basis = Array.from({ length: rows }, (_, r) => slacks + r);
  for (let turn = 0; turn < TURNS; turn++) {
    let entering = 0;
    while (entering < count && table[entering * size + rows]! <= 1e-12) entering++;
    if (entering === count) break;
    for (let r = 0; r < size; r++) column[r] = table[entering * size + r]!;
    let leaving = -1;
    for (let r = 0; r < rows; r++) {
      if (column[r]! <= 1e-12) continue;
      if (leaving < 0 || table[right + r]! / column[r]! < table[right + leaving]! / column[leaving]!) leaving = r;
    }
    if (leaving < 0) break;
    basis[leaving] = entering;
    for (let at = 0; at <= right; at += size) {
      const pivot = table[at + leaving]! / column[leaving]!;
      if (!pivot) continue;
      for (let r = 0; r < size; r++) table[at + r]! -= pivot * column[r]!;
      table[at + leaving] = pivot;
    }
  }
  const dual = (r: number): number => -table[(slacks + r) * size + rows]!;
  const parts = new Float64Array(planes.length);
  basis.forEach((entered, r) => {
    if (entered < planes.length) parts[entered] = table[right + r]!;
  });
  return {
    parts,
    prices: Float64Array.from({ length: accounts }, (_, k) => Math.max(0, dual(k + 1))),
    bound: dual(0) * scale,
  };
}
