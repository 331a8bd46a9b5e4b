/**
 * An upper bound of what the objects can be paid together: each account has a price, an option is worth its award less the
 * price of what it draws, and what the accounts hold is sold at their price (Lagrangian relaxation). Whatever the prices,
 * no choice pays more; the best prices make the bound as low as that of the linear relaxation.
 */
import { type Option, type Options } from "./option";

/** Rounds of finding prices; each adds one plane, and a handful of accounts needs few. */
const ROUNDS = 60;
const FEW_ROUNDS = 12;
/** A bound at prices that are not the best is a bound as well. */
const TURNS = 1000;

/**
 * Award less the price of its draws, at most; a row that an account cuts in part is left to `slack`.
 * @param left by account, from which what the option draws at these prices is taken off
 */
export function worth(option: Option, prices: Float64Array, left?: Float64Array): number {
  return option.plain ? plainWorth(option, prices, left) : cappedWorth(option, prices, left);
}

const priceOf = (on: Option["overall"], prices: Float64Array): number =>
  on.reduce((sum, { account }) => sum + prices[account]!, 0);

/** Each part is paid in full or not at all: between the two its worth is linear. */
function plainWorth({ parts, sums, times }: Option, prices: Float64Array, left?: Float64Array): number {
  let most = -1;
  let best = 0;
  for (let whole = 0; whole < sums.length; whole++) {
    let value = sums[whole]! * times;
    for (let p = 0; p < parts.length; p++)
      if (whole & (1 << p)) value -= parts[p]!.wanted * priceOf(parts[p]!.on, prices);
    if (value > most) [most, best] = [value, whole];
  }
  if (left) {
    parts.forEach(({ wanted, on }, p) => {
      if (best & (1 << p)) for (const { account } of on) left[account]! -= wanted;
    });
  }
  return most;
}

/** With limits over the sum or a deduction: the parts that are worth their price, cut by the ceiling. */
function cappedWorth(option: Option, prices: Float64Array, left?: Float64Array): number {
  const { parts, sums, overall, ceiling, minus, times, full } = option;
  const each = times - priceOf(overall, prices);
  const taken = parts.filter(({ on }) => each > priceOf(on, prices));
  const sum = taken.reduce((all, { wanted }) => all + wanted, sums[0]!);
  const cost = taken.reduce((all, { wanted, on }) => all + wanted * priceOf(on, prices), 0);
  const uncapped = sum * each - cost;
  // Each part and their sum are rounded by less than a fen.
  const value = Math.min(uncapped, ceiling * each) + times * (parts.length + 1 - minus);
  if (value >= full || value <= 0) return Math.max(0, Math.min(full, value));
  if (left) {
    const capped = ceiling * each < uncapped;
    for (const { account } of overall) left[account]! -= capped ? ceiling : sum;
    if (!capped) for (const { wanted, on } of taken) for (const { account } of on) left[account]! -= wanted;
  }
  return value;
}

/** Fen that the rounding of rows which an account cuts in part can add: there is one for every room of the account. */
function slackOf(objects: readonly Options[], accounts: number): number {
  const rooms = Array.from({ length: accounts }, () => new Set<number>());
  let most = 0;
  for (const option of objects.flat()) {
    option.parts.forEach(({ wanted, on }, p) => {
      on.forEach(({ account, room }) => rooms[account]!.add(room));
      const bit = 1 << p;
      const lost = option.sums.some((sum, whole) => !(whole & bit) && option.sums[whole | bit]! < sum + wanted);
      if (on.length && lost) most = Math.max(most, option.times);
    });
  }
  return most * rooms.reduce((sum, { size }) => sum + size, 0);
}

export class Relaxation {
  /** Prices of the best bound found, and others that are better late in the row: none, and one account given away. */
  readonly prices: readonly Float64Array[];
  /** By list of prices, the worth of every option. */
  readonly worths: readonly (readonly Float64Array[])[];
  /** By list of prices, the sum of the best worths from an object on. */
  readonly rest: readonly Float64Array[];
  /** From an object on, the most that an account can hold: [object × accounts + account]. */
  readonly rooms: Float64Array;
  readonly slack: number;

  constructor(
    private readonly objects: readonly Options[],
    readonly accounts: number,
    effort = Infinity,
  ) {
    this.slack = slackOf(objects, accounts);
    this.rooms = new Float64Array((objects.length + 1) * accounts);
    for (let i = objects.length - 1; i >= 0; i--) {
      for (let k = 0; k < accounts; k++) this.rooms[i * accounts + k] = this.rooms[(i + 1) * accounts + k]!;
      for (const { parts, overall } of objects[i]!) {
        for (const { account, room } of [...parts.flatMap(({ on }) => on), ...overall])
          this.rooms[i * accounts + account] = Math.max(this.rooms[i * accounts + account]!, room);
      }
    }
    const best = this.best(effort);
    const others =
      accounts > 1 ? Array.from(best, (_, k) => best.map((price, other) => (other === k ? 0 : price))) : [];
    this.prices = [best, best.map(() => 0), ...others];
    this.worths = this.prices.map((prices) =>
      objects.map((options) => Float64Array.from(options, (option) => worth(option, prices))),
    );
    this.rest = this.worths.map((worths) => {
      const rest = new Float64Array(objects.length + 1);
      for (let i = objects.length - 1; i >= 0; i--) rest[i] = rest[i + 1]! + Math.max(...worths[i]!);
      return rest;
    });
  }

  /** The most that objects from i on can add to a total, after what was drawn (from place `at` on). */
  after(i: number, drawn: Float64Array, at = 0): number {
    const { accounts, prices, rooms, rest } = this;
    let least = Infinity;
    for (let l = 0; l < prices.length; l++) {
      const price = prices[l]!;
      let bound = rest[l]![i]!;
      for (let k = 0; k < accounts; k++) {
        const left = rooms[i * accounts + k]! - drawn[at + k]!;
        if (left > 0) bound += price[k]! * left;
      }
      if (bound < least) least = bound;
    }
    return least + this.slack;
  }

  /** The most that all objects can be paid: whole fen. */
  get bound(): number {
    return wholeFen(this.after(0, new Float64Array(this.accounts)));
  }

  /** By option, how far the bound falls where it is taken. */
  losses(i: number): Float64Array {
    const most = Math.max(...this.worths[0]![i]!);
    return this.worths[0]![i]!.map((value) => most - value);
  }

  /** Prices with the lowest bound: planes below the bound, the lowest point of which is tried next. */
  private best(effort: number): Float64Array {
    const { accounts, objects } = this;
    const options = objects.reduce((sum, { length }) => sum + length, 0);
    const rounds = Math.min(ROUNDS, Math.max(FEW_ROUNDS, Math.floor(effort / (8 * options))));
    const highest = Math.max(...objects.flat().map(({ times }) => times));
    let prices = new Float64Array(accounts);
    let best = { prices, bound: Infinity };
    const planes: Plane[] = [];
    for (let round = 0; round < rounds; round++) {
      const slope = this.rooms.slice(0, accounts);
      let height = 0;
      for (const options of objects) {
        let most = -1;
        let taken = options[0]!;
        for (const option of options) {
          const value = worth(option, prices);
          if (value > most) [most, taken] = [value, option];
        }
        height += worth(taken, prices, slope);
      }
      const bound = prices.reduce((sum, price, k) => sum + price * this.rooms[k]!, height);
      if (bound < best.bound) best = { prices, bound };
      planes.push({ height: bound - prices.reduce((sum, price, k) => sum + price * slope[k]!, 0), slope });
      const lowest = lowestOf(planes, accounts, highest);
      if (best.bound - lowest.bound < 1e-10 * best.bound + 1e-3) break;
      prices = lowest.prices;
    }
    return best.prices;
  }
}

/** A sum of doubles below 10^15 is right to a thousandth of a fen. */
export const wholeFen = (bound: number): number => Math.floor(bound + 1e-3);

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
): { prices: Float64Array<ArrayBuffer>; bound: number } {
  const rows = accounts + 1;
  const scale = planes.reduce((most, { height, slope }) => Math.max(most, height, ...slope.map(Math.abs)), 1);
  const unit = (row: number, x: number): number[] => Array.from({ length: rows }, (_, r) => (r === row ? x : 0));
  /** Columns, each with its gain in the last place: planes, the limits of the prices, slacks; then the right-hand side. */
  const columns = [
    ...planes.map(({ height, slope }) => [1, ...Array.from(slope, (x) => -x / scale), height / scale]),
    ...Array.from({ length: accounts }, (_, k) => [...unit(k + 1, -1), -highest]),
    ...Array.from({ length: rows }, (_, r) => [...unit(r, 1), 0]),
    [...unit(0, 1), 0],
  ];
  const right = columns.at(-1)!;
  for (let turn = 0; turn < TURNS; turn++) {
    const entering = columns.slice(0, -1).findIndex((column) => column[rows]! > 1e-12);
    if (entering < 0) break;
    const column = [...columns[entering]!];
    let leaving = -1;
    for (let r = 0; r < rows; r++) {
      if (column[r]! <= 1e-12) continue;
      if (leaving < 0 || right[r]! / column[r]! < right[leaving]! / column[leaving]!) leaving = r;
    }
    if (leaving < 0) break;
    for (const other of columns) {
      const pivot = other[leaving]! / column[leaving]!;
      for (let r = 0; r <= rows; r++) other[r] = r === leaving ? pivot : other[r]! - pivot * column[r]!;
    }
  }
  const dual = columns.slice(-1 - rows, -1).map((column) => -column[rows]!);
  return { prices: Float64Array.from(dual.slice(1), (x) => Math.max(0, x)), bound: dual[0]! * scale };
}
