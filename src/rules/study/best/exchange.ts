/**
 * Improves a choice by exchanging the options of a few objects at once. Where a cap is filled to the last fen the best
 * choices differ in which amounts add up to it, a needle in a haystack for any search one by one: here all combinations of
 * two small sets of objects meet in the middle, sorted by what they draw, so that millions of them are looked through.
 */
import { totalOf, type Option, type Options } from "./option";
import type { Relaxation } from "./relaxation";
import type { Incumbent } from "./search";

/** Combinations of one set of objects. */
const COMBINATIONS = 4096;
/** Rounds without improvement after which it stops. */
const PATIENCE = 12;
/** Prices from here to as much below 1 are those of an account that has to be filled exactly. */
const FREE = 1e-6;
/** Combinations on either side of the best fit. */
const NEAR = 3;

/** The combinations of some objects: what each draws by account, what it is paid besides, and its options. */
interface Combinations {
  readonly objects: readonly number[];
  readonly count: number;
  readonly draws: readonly Float64Array[];
  readonly besides: Float64Array;
  readonly options: readonly Uint16Array[];
}

export function exchange(
  objects: readonly Options[],
  accounts: number,
  relaxation: Relaxation,
  start: Incumbent,
  bound: number,
  effort: number,
): Incumbent {
  const rounds = Math.floor(effort / (COMBINATIONS * 2 * NEAR));
  const room = relaxation.rooms.slice(0, accounts);
  const scarce = Array.from(relaxation.prices[0]!, (price) => price > FREE && price < 1 - FREE);
  const losses = objects.map((_, i) => relaxation.losses(i));
  const scarceDraws = (option: Option, other: number): boolean =>
    scarce.some((is, k) => is && k !== other && drawsOf(option, k) > 0);
  let best = start;
  let idle = 0;
  const targets = scarce.flatMap((is, k) => (is ? [k] : []));
  if (!targets.length) targets.push(...scarce.keys());
  for (let round = 0; round < rounds && idle < 2 * PATIENCE * targets.length && best.total < bound; round++) {
    const account = targets[(round >> 1) % targets.length]!;
    const alone = round % 2 === 1;
    const gap = bound - best.total;
    // The other scarce accounts stay as they are: one account at a time can be filled to the fen.
    const ways = objects.map((options, i) => {
      const now = best.choice[i]!;
      if (alone && scarceDraws(options[now]!, account)) return [now];
      const others = options.flatMap((option, o) =>
        o !== now && losses[i]![o]! <= gap + relaxation.slack && !(alone && scarceDraws(option, account)) ? [o] : [],
      );
      return [now, ...others];
    });
    const order = shuffled(
      ways.flatMap((some, i) => (some.length > 1 ? [i] : [])),
      round,
    );
    const half = Math.ceil(order.length / 2);
    const [one, other] = [order.slice(0, half), order.slice(half)].map((some) =>
      combinations(objects, ways, some, best.choice, accounts),
    );
    const found = meet(objects, best, one!, other!, room, account);
    idle = found.total > best.total ? 0 : idle + 1;
    best = found;
  }
  return best;
}

/** The same for the same round: no answer depends on chance. */
function shuffled(places: readonly number[], round: number): number[] {
  const order = [...places];
  let seed = round * 2654435769 + 1;
  for (let i = order.length - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = seed % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

const drawsOf = ({ parts }: Option, account: number): number =>
  parts.reduce((sum, { wanted, on }) => (on.some((shared) => shared.account === account) ? sum + wanted : sum), 0);
const besidesOf = ({ full, parts }: Option): number =>
  parts.reduce((sum, { wanted, on }) => (on.length ? sum - wanted : sum), full);

/** All combinations of as many of the objects as COMBINATIONS allows, as differences from the choice. */
function combinations(
  objects: readonly Options[],
  ways: readonly (readonly number[])[],
  some: readonly number[],
  choice: Uint16Array,
  accounts: number,
): Combinations {
  const taken: number[] = [];
  let count = 1;
  for (const i of some) {
    if (count * ways[i]!.length > COMBINATIONS) break;
    count *= ways[i]!.length;
    taken.push(i);
  }
  const draws = Array.from({ length: accounts }, () => new Float64Array(count));
  const besides = new Float64Array(count);
  const options = taken.map(() => new Uint16Array(count));
  let block = 1;
  taken.forEach((i, t) => {
    const now = objects[i]![choice[i]!]!;
    ways[i]!.forEach((o, w) => {
      const option = objects[i]![o]!;
      const more = draws.map((_, k) => drawsOf(option, k) - drawsOf(now, k));
      const paid = besidesOf(option) - besidesOf(now);
      // The first way leaves the object as it is; the others copy the combinations so far.
      for (let c = 0; c < block; c++) {
        const to = w * block + c;
        draws.forEach((list, k) => (list[to] = list[c]! + more[k]!));
        besides[to] = besides[c]! + paid;
        for (let u = 0; u < t; u++) options[u]![to] = options[u]![c]!;
        options[t]![to] = o;
      }
    });
    block *= ways[i]!.length;
  });
  return { objects: taken, count, draws, besides, options };
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
  const sorted = Uint32Array.from({ length: other.count }, (_, c) => c);
  const key = other.draws[account]!;
  sorted.sort((a, b) => key[a]! - key[b]! || a - b);
  // What the accounts pay, as if the order of the rows did not matter; what looks better is then computed row by row.
  let most = best.total;
  let found = best;
  for (let a = 0; a < one.count; a++) {
    const wanted = room[account]! - drawn[account]! - one.draws[account]![a]!;
    let low = 0;
    for (let high = other.count; low < high;) {
      const middle = (low + high) >> 1;
      if (key[sorted[middle]!]! < wanted) low = middle + 1;
      else high = middle;
    }
    for (let at = Math.max(0, low - NEAR); at < Math.min(other.count, low + NEAR); at++) {
      const b = sorted[at]!;
      let total = besides + one.besides[a]! + other.besides[b]!;
      for (let k = 0; k < accounts; k++)
        total += Math.min(room[k]!, drawn[k]! + one.draws[k]![a]! + other.draws[k]![b]!);
      if (total <= most) continue;
      const choice = best.choice.slice();
      one.objects.forEach((i, t) => (choice[i] = one.options[t]![a]!));
      other.objects.forEach((i, t) => (choice[i] = other.options[t]![b]!));
      const real = totalOf(objects, choice, accounts);
      if (real > found.total) found = { choice, total: real };
      most = Math.max(most, Math.min(total, real));
    }
  }
  return found;
}
