/**
 * How many objects go which way. Where amounts are nearly equal, the prices of accounts alone mix ways in parts that no whole
 * number of objects makes. Objects whose ways draw in the same proportions are of one kind; how many of a kind go one way is
 * bounded from below and above, each bound has a price, a toll of every object that goes so, and where the number that is
 * mixed is none, there are two cases: fewer and more (branch and bound on the numbers).
 */
import type { Effort } from "./found";
import type { Filling, Way } from "./filling";
import { Priced, worthOf } from "./priced";
import { lowestPrices } from "./prices";

/** Rounds of finding prices. */
const ROUNDS = 120;
/** Proportions that differ by less are the same. */
const ALIKE = 1e-3;
/** Objects of one kind are of about the same size, by so many powers of two. */
const OCTAVES = 2;
/** A number that is so near to a whole one is one. */
const WHOLE = 1e-6;

/** One way of the objects of one kind: how many they are, and what the largest of them draws on one account. */
interface Counter {
  readonly objects: number;
  readonly size: number;
}

export interface Counted {
  readonly counters: readonly Counter[];
  /** By object and way the place of its counter; -1 for none. */
  readonly counterOf: readonly (readonly number[])[];
}

/** A case: bounds of the numbers. */
export interface Case {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly filling: Filling;
  readonly priced: Priced;
  /** A counter whose number is mixed, and the number; undefined where all are whole. */
  readonly mixed: { readonly counter: number; readonly count: number } | undefined;
}

/** The objects by kind, with the ways that lose no more than allowed. */
export function countersOf({ ways }: Filling, { losses }: Priced, allowed: number): Counted {
  const numbers = new Map<string, number>();
  const counters: { objects: number; size: number }[] = [];
  const largest = Math.max(...ways.flat().flatMap(({ draws }) => draws));
  const counterOf = ways.map((some, i) => {
    const open = some.filter((_, w) => losses[i]![w]! <= allowed);
    const size = Math.max(1, ...open.flatMap(({ draws }) => draws));
    const names = some.map(({ draws }) => draws.map((fen) => Math.round(fen / size / ALIKE)).join());
    const kind =
      Math.floor(Math.log2(largest / size) / OCTAVES) +
      names
        .filter((_, w) => losses[i]![w]! <= allowed)
        .sort()
        .join(";");
    return names.map((name, w) => {
      if (open.length < 2 || losses[i]![w]! > allowed) return -1;
      const key = `${kind}|${name}`;
      const known: number = numbers.get(key) ?? counters.push({ objects: 0, size: 0 }) - 1;
      numbers.set(key, known);
      counters[known]!.objects++;
      counters[known]!.size = Math.max(counters[known]!.size, size);
      return known;
    });
  });
  return { counters, counterOf };
}

/** The case in which the numbers stay within these bounds, with prices and tolls of the lowest bound. */
export function caseOf(
  base: Filling,
  { counters, counterOf }: Counted,
  low: readonly number[],
  high: readonly number[],
  effort: Effort,
): Case {
  const { targets, ways } = base;
  const accounts = targets.length;
  const bounds = counters.flatMap(({ objects }, c) => [
    ...(high[c]! < objects ? [{ c, sign: 1, count: high[c]! }] : []),
    ...(low[c]! > 0 ? [{ c, sign: -1, count: -low[c]! }] : []),
  ]);
  // A count as an account: an object draws more than any toll is worth while.
  const unit = ways.reduce(
    (most, some) => Math.max(most, ...some.map(({ draws, full }) => draws.reduce((sum, fen) => sum + fen, full))),
    1,
  );
  const limits = Float64Array.from([...targets, ...bounds.map(({ count }) => count * unit)]);
  const ofCounter = counters.map((_, c) =>
    bounds.flatMap((bound, b) => (bound.c === c ? [{ at: accounts + b, sign: bound.sign }] : [])),
  );
  const tollAt = (prices: ArrayLike<number>): number[] =>
    ofCounter.map((own) => own.reduce((sum, { at, sign }) => sum + sign * prices[at]! * unit, 0));
  const tried: Uint8Array[] = [];
  const { prices, parts } = lowestPrices(limits, 1, ROUNDS, (now, left) => {
    const tolls = tollAt(now);
    let height = 0;
    const taken = new Uint8Array(ways.length);
    ways.forEach((some, i) => {
      let [most, best] = [-Infinity, 0];
      some.forEach((way, w) => {
        const counter = counterOf[i]![w]!;
        const worth = worthOf(way, now) - (counter < 0 ? 0 : tolls[counter]!);
        if (worth > most) [most, best] = [worth, w];
      });
      height += most;
      taken[i] = best;
      for (let k = 0; k < accounts; k++) left[k]! -= some[best]!.draws[k]!;
      const counter = counterOf[i]![best]!;
      if (counter >= 0) for (const { at, sign } of ofCounter[counter]!) left[at]! -= sign * unit;
    });
    tried.push(taken);
    return height;
  });
  effort.left -= 4 * tried.length * ways.length;
  const tolls = tollAt(prices);
  const withToll = (way: Way, counter: number): Way => (counter < 0 ? way : { ...way, toll: tolls[counter]! });
  const sold = bounds.reduce((sum, { count }, b) => sum + count * unit * prices[accounts + b]!, 0);
  const filling = {
    ...base,
    ways: ways.map((some, i) => some.map((way, w) => withToll(way, counterOf[i]![w]!))),
    tolls: sold,
  };
  const counts = counters.map(() => 0);
  tried.forEach((taken, t) => {
    if (parts[t])
      taken.forEach((w, i) => {
        const c = counterOf[i]![w]!;
        if (c >= 0) counts[c]! += parts[t]!;
      });
  });
  const expected = ways.map((some, i) =>
    Array.from(targets, (_, k) => tried.reduce((sum, taken, t) => sum + parts[t]! * some[taken[i]!]!.draws[k]!, 0)),
  );
  const priced = new Priced(filling, {
    prices: prices.slice(0, accounts).map((price) => Math.min(1, price)),
    expected,
  });
  let mixed: Case["mixed"];
  let most = 0;
  counts.forEach((count, counter) => {
    const off = Math.abs(count - Math.round(count));
    if (low[counter]! < high[counter]! && off > WHOLE && off * counters[counter]!.size > most)
      [most, mixed] = [off * counters[counter]!.size, { counter, count }];
  });
  return { low, high, filling, priced, mixed };
}
