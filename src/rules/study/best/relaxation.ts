/**
 * An upper bound of what the objects can be paid together: each account has a price, an option is worth its award less the
 * price of what it draws, and what the accounts hold is sold at their price (Lagrangian relaxation). Whatever the prices,
 * no choice pays more; the best prices make the bound as low as that of the linear relaxation.
 */
import { type Option, type Options } from "./option";
import { lowestPrices } from "./prices";

/** Rounds of finding prices; each adds one plane, and a handful of accounts needs few. */
const ROUNDS = 60;
const FEW_ROUNDS = 12;

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
    objects: readonly Options[],
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
    const count = objects.reduce((sum, { length }) => sum + length, 0);
    const { prices: best } = lowestPrices(
      this.rooms.subarray(0, accounts),
      Math.max(...objects.flat().map(({ times }) => times)),
      Math.min(ROUNDS, Math.max(FEW_ROUNDS, Math.floor(effort / (8 * count)))),
      (prices, left) => {
        let height = 0;
        for (const options of objects) {
          let most = -1;
          let taken = options[0]!;
          for (const option of options) {
            const value = worth(option, prices);
            if (value > most) [most, taken] = [value, option];
          }
          height += worth(taken, prices, left);
        }
        return height;
      },
    );
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

  /** By option of an object, the most that all objects can be paid where it is taken: not rounded, so that losses may be taken off. */
  taking(i: number): Float64Array {
    const [price, rest] = [this.prices[0]!, this.rest[0]!];
    const most = price.reduce((sum, each, k) => sum + each * this.rooms[k]!, rest[0]! + this.slack);
    return this.losses(i).map((loss) => most - loss);
  }

  /** By option, how far the bound falls where it is taken. */
  losses(i: number): Float64Array {
    const most = Math.max(...this.worths[0]![i]!);
    return this.worths[0]![i]!.map((value) => most - value);
  }
}

/** A sum of doubles below 10^15 is right to a thousandth of a fen. */
export const wholeFen = (bound: number): number => Math.floor(bound + 1e-3);
