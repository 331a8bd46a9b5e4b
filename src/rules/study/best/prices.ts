/**
 * Prices of accounts with the lowest bound of a Lagrangian relaxation: planes below the bound, the lowest point of which is
 * tried next (Kelley's method). A bound at prices that are not the best is a bound as well.
 */

/** Turns of the simplex method: beyond, the prices so far serve. */
const TURNS = 1000;

export interface Prices {
  readonly prices: Float64Array;
  readonly bound: number;
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
  let program: Program | undefined;
  for (let round = 0; round < rounds; round++) {
    const slope = rooms.slice();
    const worth = worthOf(prices, slope);
    const bound = prices.reduce((sum, price, k) => sum + price * rooms[k]!, worth);
    if (bound < best.bound) best = { prices, bound };
    program ??= new Program(accounts, highest, rounds, Math.max(1, bound, ...rooms));
    program.add({ height: bound - prices.reduce((sum, price, k) => sum + price * slope[k]!, 0), slope });
    const lowest = program.solve();
    if (best.bound - lowest.bound < 1e-13 * best.bound + 1e-6) break;
    prices = lowest.prices;
  }
  return { ...best, parts: program?.parts ?? new Float64Array() };
}

/** What the bound is at least at any prices: height + slope × prices. */
interface Plane {
  readonly height: number;
  readonly slope: Float64Array;
}

/**
 * The lowest point of the highest of planes over prices from 0 to `highest`. Solved as its dual program, which has a row for
 * the height and one for every account, so that the slacks are a feasible start; Bland's rule keeps it from circling. A plane is
 * a column: with one more the last solution is still feasible, and few turns lead to the next.
 */
class Program {
  private readonly rows: number;
  /** Entries of a column: its rows, and its gain. */
  private readonly size: number;
  /** Columns: the right-hand side, slacks, the limits of the prices, planes. */
  private readonly table: Float64Array;
  private readonly basis: number[];
  private count: number;

  constructor(
    private readonly accounts: number,
    highest: number,
    planes: number,
    private readonly scale: number,
  ) {
    const rows = (this.rows = accounts + 1);
    const size = (this.size = rows + 1);
    this.count = 1 + rows + accounts;
    this.table = new Float64Array((this.count + planes) * size);
    this.table[0] = 1;
    for (let r = 0; r < rows; r++) this.table[(1 + r) * size + r] = 1;
    for (let k = 0; k < accounts; k++) {
      this.table[(1 + rows + k) * size + k + 1] = -1;
      this.table[(1 + rows + k) * size + rows] = -highest;
    }
    this.basis = Array.from({ length: rows }, (_, r) => 1 + r);
  }

  add({ height, slope }: Plane): void {
    const { table, rows, size, accounts, scale } = this;
    const at = this.count++ * size;
    // What the turns so far made of the slacks they make of the new column.
    for (let r = 0; r <= rows; r++) {
      let entry = table[size + r]!;
      for (let k = 0; k < accounts; k++) entry -= (slope[k]! / scale) * table[(2 + k) * size + r]!;
      table[at + r] = entry + (r === rows ? height / scale : 0);
    }
  }

  solve(): { prices: Float64Array<ArrayBuffer>; bound: number } {
    const { table, rows, size, basis, accounts, count } = this;
    const column = new Float64Array(size);
    for (let turn = 0; turn < TURNS; turn++) {
      let entering = 1;
      while (entering < count && table[entering * size + rows]! <= 1e-12) entering++;
      if (entering === count) break;
      for (let r = 0; r < size; r++) column[r] = table[entering * size + r]!;
      let leaving = -1;
      for (let r = 0; r < rows; r++) {
        if (column[r]! <= 1e-12) continue;
        if (leaving < 0 || table[r]! / column[r]! < table[leaving]! / column[leaving]!) leaving = r;
      }
      if (leaving < 0) break;
      basis[leaving] = entering;
      for (let at = 0; at < count * size; at += size) {
        const pivot = table[at + leaving]! / column[leaving]!;
        if (!pivot) continue;
        for (let r = 0; r < size; r++) table[at + r]! -= pivot * column[r]!;
        table[at + leaving] = pivot;
      }
    }
    const dual = (r: number): number => -table[(1 + r) * size + rows]!;
    return {
      prices: Float64Array.from({ length: accounts }, (_, k) => Math.max(0, dual(k + 1))),
      bound: dual(0) * this.scale,
    };
  }

  /** By plane, its part in the solution. */
  get parts(): Float64Array<ArrayBuffer> {
    const first = 1 + this.rows + this.accounts;
    const parts = new Float64Array(this.count - first);
    this.basis.forEach((entered, r) => {
      if (entered >= first) parts[entered - first] = this.table[r]!;
    });
    return parts;
  }
}
