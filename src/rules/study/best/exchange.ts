/**
 * Improves a choice by exchanging the options of some objects at once. Where a cap is filled to the last fen the best choices
 * differ in which amounts add up to it, a needle in a haystack for any search one by one: here all combinations of two sets of
 * objects meet in the middle, sorted by what they draw, so that a thousand million of them are looked through.
 */
import { totalOf, type Option, type Options } from "./option";
import type { Relaxation } from "./relaxation";
import type { Effort, Incumbent } from "./search";

/** Combinations of one set of objects, at most and at least. */
const MOST = 32_768;
const LEAST = 256;
/** What one combination costs, in options that are looked at. */
const COST = 8;
/** Rounds for which the effort should be enough, and those without improvement after which it stops. */
const ROUNDS = 16;
const PATIENCE = 16;
/** Prices from here to as much below 1 are those of an account that has to be filled exactly. */
const FREE = 1e-6;
/** Combinations on either side of the best fit. */
const NEAR = 2;
/** Choices of one round that look better and are computed row by row. */
const COMPUTED = 64;

/** An object and its options that may be exchanged; the first is the one that is chosen. */
interface Ways {
  readonly object: number;
  readonly places: readonly number[];
}

/** The combinations of some objects, as differences from the choice and sorted by what they draw on one account. */
interface Combinations {
  readonly ways: readonly Ways[];
  readonly count: number;
  /** What each draws by account; after the accounts, what it is paid besides; then its options, as digits of a number. */
  readonly columns: readonly Float64Array[];
}

export function exchange(
  objects: readonly Options[],
  accounts: number,
  relaxation: Relaxation,
  start: Incumbent,
  bound: number,
  effort: Effort,
): Incumbent {
  const most = Math.min(MOST, Math.max(LEAST, Math.floor(effort.left / (COST * ROUNDS))));
  const room = relaxation.rooms.slice(0, accounts);
  const scarce = Array.from(relaxation.prices[0]!, (price, k) => room[k]! > 0 && price > FREE && price < 1 - FREE);
  const losses = objects.map((_, i) => relaxation.losses(i));
  const scarceDraws = (option: Option, other: number): boolean =>
    scarce.some((is, k) => is && k !== other && drawsOf(option, k) > 0);
  const targets = scarce.flatMap((is, k) => (is ? [k] : []));
  if (!targets.length) targets.push(...scarce.keys());
  let best = start;
  let idle = 0;
  for (let round = 0; effort.left > 0 && idle < PATIENCE * targets.length && best.total < bound; round++) {
    const account = targets[round % targets.length]!;
    // The other scarce accounts stay as they are in every other round: one at a time can be filled to the fen.
    const alone = targets.length > 1 && Math.floor(round / targets.length) % 2 === 1;
    effort.left -= COST * most + 10 * objects.length;
    const gap = bound - best.total;
    const ways = objects.flatMap((options, object): (Ways & { loss: number })[] => {
      const now = best.choice[object]!;
      if (alone && scarceDraws(options[now]!, account)) return [];
      const others = options.flatMap((option, o) =>
        o !== now && losses[object]![o]! <= gap + relaxation.slack && !(alone && scarceDraws(option, account))
          ? [o]
          : [],
      );
      if (!others.length) return [];
      const loss = Math.min(...others.map((o) => losses[object]![o]!)) - losses[object]![now]!;
      return [{ object, places: [now, ...others], loss }];
    });
    // What is exchanged at little loss leaves most of the bound; from round to round more of the others come in.
    const cheap = ways.sort((a, b) => a.loss - b.loss || a.object - b.object).slice(0, 24 + 4 * idle);
    const order = shuffled(cheap, round);
    const one = combinations(objects, order, best.choice, accounts, account, most);
    const other = combinations(objects, order.slice(one.ways.length), best.choice, accounts, account, most);
    const found = meet(objects, best, one, other, room, account);
    idle = found.total > best.total ? 0 : idle + 1;
    best = found;
  }
  return best;
}

/** The same for the same round: no answer depends on chance. */
function shuffled<T>(list: readonly T[], round: number): T[] {
  const order = [...list];
  let seed = (round * 2654435769 + 1) >>> 0;
  for (let i = order.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((seed / 4294967296) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

const drawsOf = ({ parts }: Option, account: number): number =>
  parts.reduce((sum, { wanted, on }) => (on.some((shared) => shared.account === account) ? sum + wanted : sum), 0);
const besidesOf = ({ full, parts }: Option): number =>
  parts.reduce((sum, { wanted, on }) => (on.length ? sum - wanted : sum), full);

/** All combinations of the first objects, of as many as there may be. */
function combinations(
  objects: readonly Options[],
  order: readonly Ways[],
  choice: Uint16Array,
  accounts: number,
  account: number,
  most: number,
): Combinations {
  let columns = Array.from({ length: accounts + 2 }, () => new Float64Array(1));
  const taken: Ways[] = [];
  let count = 1;
  for (const ways of order) {
    if (count * ways.places.length > most) break;
    const options = objects[ways.object]!;
    const now = options[choice[ways.object]!]!;
    const steps = ways.places.map((o, w) => [
      ...Array.from({ length: accounts }, (_, k) => drawsOf(options[o]!, k) - drawsOf(now, k)),
      besidesOf(options[o]!) - besidesOf(now),
      w * count,
    ]);
    columns = merged(columns, steps, account);
    count *= ways.places.length;
    taken.push(ways);
  }
  return { ways: taken, count, columns };
}

/** The rows of the columns with each of the steps added, sorted by one column, as they were before. */
function merged(columns: readonly Float64Array[], steps: readonly number[][], by: number): Float64Array<ArrayBuffer>[] {
  const keys = columns[by]!;
  const count = keys.length;
  const from = new Uint32Array(count * steps.length);
  const step = new Uint8Array(from.length);
  const at = steps.map(() => 0);
  for (let t = 0; t < from.length; t++) {
    let least = Infinity;
    let next = 0;
    for (let s = 0; s < steps.length; s++) {
      const key = at[s]! < count ? keys[at[s]!]! + steps[s]![by]! : Infinity;
      if (key < least) [least, next] = [key, s];
    }
    from[t] = at[next]!++;
    step[t] = next;
  }
  return columns.map((column, c) => {
    const out = new Float64Array(from.length);
    for (let t = 0; t < out.length; t++) out[t] = column[from[t]!]! + steps[step[t]!]![c]!;
    return out;
  });
}

/** The best of all pairs of combinations whose draws fit one account best. */
function meet(
  objects: readonly Options[],
  best: Incumbent,
  one: Combinations,
  other: Combinations,
  room: Float64Array,
  account: number,
): Incumbent {
  const accounts = room.length;
  const drawn = new Float64Array(accounts);
  let besides = 0;
  objects.forEach((options, i) => {
    const option = options[best.choice[i]!]!;
    besides += besidesOf(option);
    for (let k = 0; k < accounts; k++) drawn[k]! += drawsOf(option, k);
  });
  const [keys, others] = [one.columns[account]!, other.columns[account]!];
  // What the accounts pay, as if the order of the rows did not matter; what looks better is then computed row by row.
  let most = best.total;
  let found = best;
  let computed = 0;
  let fit = other.count;
  for (let a = 0; a < one.count && computed < COMPUTED; a++) {
    const wanted = room[account]! - drawn[account]! - keys[a]!;
    while (fit > 0 && others[fit - 1]! >= wanted) fit--;
    for (let b = Math.max(0, fit - NEAR); b < Math.min(other.count, fit + NEAR); b++) {
      let total = besides + one.columns[accounts]![a]! + other.columns[accounts]![b]!;
      for (let k = 0; k < accounts; k++)
        total += Math.min(room[k]!, drawn[k]! + one.columns[k]![a]! + other.columns[k]![b]!);
      if (total <= most) continue;
      computed++;
      const choice = best.choice.slice();
      take(choice, one, a);
      take(choice, other, b);
      const real = totalOf(objects, choice, accounts);
      if (real > found.total) found = { choice, total: real };
      most = Math.max(most, Math.min(total, real));
    }
  }
  return found;
}

/** The options of one combination. */
function take(choice: Uint16Array, { ways, columns }: Combinations, at: number): void {
  let digits = columns.at(-1)![at]!;
  for (const { object, places } of ways) {
    choice[object] = places[digits % places.length]!;
    digits = Math.floor(digits / places.length);
  }
}
