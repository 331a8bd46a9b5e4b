/**
 * Accounts with prices, and what a choice loses against the bound at these prices. A choice that fills every account exactly,
 * each object in a way that is worth most, is paid the bound; any other loses what its ways are worth less, and for every fen
 * of an account that stays free its price, for every fen that is wanted beyond its room the rest of a fen.
 */
import type { Filling, Way } from "./filling";
import { lowestPrices } from "./prices";

/** Rounds of finding prices. */
const ROUNDS = 200;
/** So few objects are tried as fast as good prices are found. */
const FEW_OBJECTS = 4;

/** Losses that differ by less are the same: prices are right to that. */
export const TIE = 2 ** -24;

/** By object, what it draws on each account. */
export type Expected = readonly (readonly number[])[];

export class Priced {
  readonly prices: Float64Array;
  /** No choice is paid more. */
  readonly bound: number;
  /** By object and way, what it is worth less than the best way. */
  readonly losses: readonly Float64Array[];

  /** Where ways are mixed so that they fill the accounts best (the linear relaxation). */
  readonly expected: Expected;

  /** @param known prices and expectations of another view of the same objects */
  constructor({ targets: rooms, ways, tolls = 0 }: Filling, known?: Pick<Priced, "prices" | "expected">) {
    const { prices, expected } = known ?? mixed(rooms, ways);
    this.prices = prices;
    this.expected = expected;
    const sum = new Sum();
    sum.add(tolls);
    rooms.forEach((room, k) => sum.add(room * this.prices[k]!));
    this.losses = ways.map((some) => {
      const worths = Float64Array.from(some, (way) => worthOf(way, this.prices));
      const most = Math.max(...worths);
      sum.add(most);
      return worths.map((worth) => (most - worth < TIE ? 0 : most - worth));
    });
    this.bound = sum.value * (1 + 2 ** -51);
  }

  /** What is lost where so much is wanted of an account. */
  lossOf(k: number, over: number): number {
    return over > 0 ? (1 - this.prices[k]!) * over : -this.prices[k]! * over;
  }
}

/** The prices of the lowest bound, and what is drawn on the average of the choices that are mixed there. */
function mixed(rooms: Float64Array, ways: Filling["ways"]): Pick<Priced, "prices" | "expected"> {
  const rounds = ways.length > FEW_OBJECTS ? ROUNDS : 1;
  const tried: (readonly Way[])[] = [];
  const { prices, parts } = lowestPrices(rooms, 1, rounds, (prices, left) => {
    let height = 0;
    const chosen = ways.map((some) => bestWay(some, prices));
    for (const way of chosen) {
      height += worthOf(way, prices);
      for (let k = 0; k < left.length; k++) left[k]! -= way.draws[k]!;
    }
    tried.push(chosen);
    return height;
  });
  return {
    // Rounding may take a price beyond a fen: then what is wanted beyond an account would seem to gain.
    prices: prices.map((price) => Math.min(1, price)),
    expected: ways.map((_, i) =>
      Array.from(rooms, (_room, k) => tried.reduce((sum, chosen, t) => sum + parts[t]! * chosen[i]!.draws[k]!, 0)),
    ),
  };
}

export function worthOf({ full, draws, toll = 0 }: Way, prices: ArrayLike<number>): number {
  let worth = full - toll;
  for (let k = 0; k < draws.length; k++) worth += draws[k]! * (1 - prices[k]!);
  return worth;
}

function bestWay(ways: readonly Way[], prices: Float64Array): Way {
  let best = ways[0]!;
  let most = -Infinity;
  for (const way of ways) {
    const worth = worthOf(way, prices);
    if (worth > most) [most, best] = [worth, way];
  }
  return best;
}

/** A sum of doubles that is right to its last bit (Neumaier). */
class Sum {
  private sum = 0;
  private rest = 0;

  add(x: number): void {
    const next = this.sum + x;
    this.rest += Math.abs(this.sum) >= Math.abs(x) ? this.sum - next + x : x - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.rest;
  }
}
