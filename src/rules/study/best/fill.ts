/** The best choice of ways to fill accounts, with its bound. */
import { caseOf, countersOf, type Case } from "./counts";
import { exhaustedAt, type Exhausted } from "./exhausted";
import type { Effort, Found, Incumbent } from "./found";
import { fillingOf, type Filling } from "./filling";
import { Search, TURNS, type Bounded } from "./looks";
import type { Options } from "./option";
import { Priced } from "./priced";

/** Combinations of one half: at first, and at most. */
const SIZES = [2 ** 6, 2 ** 8, 2 ** 11, 2 ** 13, 2 ** 15, 2 ** 17];
/** Combinations of one half up to which objects are changed two at a time as well. */
const FEW = 2 ** 8;
/** So few objects are mostly proven together. */
const FEW_OBJECTS = 2 ** 5;
/** Fen that may be missing, so that it is not worth while to look at all rows together. */
const LAST = 8;

export function fill(objects: readonly Options[], filling: Filling, start: Incumbent, effort: Effort): Found {
  const seen = lowest(objects, { filling, priced: new Priced(filling) });
  if (objects.length <= FEW_OBJECTS || effort.left < COUNTED) return filled(objects, seen, start, effort);
  const short = searched(new Search(objects, start, seen), SHORT, TURNS, effort);
  if (short.bound === short.total) return short;
  if (seen.priced.bound <= short.total + FAR) return filled(objects, seen, start, effort);
  const counted = byCounts(objects, seen, short, effort);
  const gap = counted.bound - counted.total;
  if (!gap) return counted;
  const other = filled(objects, seen, gap < (short.bound - short.total) / FEWER ? counted : start, effort);
  const best = other.total > counted.total ? other : counted;
  return { ...best, bound: Math.max(best.total, Math.min(other.bound, counted.bound)) };
}

/** Effort that is worth while to tell cases apart. */
const COUNTED = 2 ** 22;
/** A gap that is so many times smaller was made so by the cases. */
const FEWER = 4;
/** Fen that are missing where no whole number of objects goes as the linear relaxation mixes them. */
const FAR = 1000;
/** Cases that are told apart. */
const CASES = 100;
/** Cases that are looked at and tell nothing. */
const VAIN = 2;
/** Part of the effort for the choices of one case. */
const LEAF = 3;
/** Sums of doubles are right to that. */
const LITTLE = 1e-3;
const fenOf = ({ bound }: Priced): number => Math.floor(bound + LITTLE);
/** Combinations of one half before the cases are told apart. */
const SHORT = SIZES.slice(0, 2);

/** The best choice and its bound, case by case of how many objects go which way. */
export function byCounts(
  objects: readonly Options[],
  { filling, priced }: Bounded,
  start: Found,
  effort: Effort,
): Found {
  const counted = countersOf(filling, priced, priced.bound - start.total);
  const none = counted.counters.map(() => 0);
  const all = counted.counters.map(({ objects }) => objects);
  const open = [caseOf(filling, counted, none, all, effort)];
  const root = open[0]!.priced.bound;
  let best: Incumbent = start;
  let bound = 0;
  let vain = 0;
  const least = effort.left / 2;
  for (let cases = 1; open.length;) {
    // Of cases with the same bound one of the last: it is nearer to whole numbers.
    const next = open.reduce((best, { priced }, at) => (fenOf(priced) >= fenOf(open[best]!.priced) ? at : best), 0);
    const [one] = open.splice(next, 1) as [Case];
    const possible = fenOf(one.priced);
    if (possible <= Math.max(best.total, bound)) break;
    if (cases > CASES || vain >= VAIN || effort.left < least) {
      bound = possible;
      break;
    }
    if (one.mixed) {
      const { counter, count } = one.mixed;
      const [low, high] = [[...one.low], [...one.high]];
      high[counter] = Math.floor(count);
      low[counter] = Math.ceil(count);
      open.push(caseOf(filling, counted, one.low, high, effort), caseOf(filling, counted, low, one.high, effort));
      cases += 2;
      continue;
    }
    const own = (effort.left - least) / LEAF;
    const share = { left: own };
    const found = searched(new Search(objects, best, one), SIZES, TURNS, share);
    effort.left -= own - share.left;
    if (found.total === best.total && found.bound >= Math.floor(root)) vain++;
    best = found;
    bound = Math.max(bound, Math.min(possible, found.bound));
  }
  return { ...best, bound: Math.max(best.total, Math.min(start.bound, bound)) };
}

function filled(objects: readonly Options[], seen: Bounded, start: Incumbent, effort: Effort): Found {
  const together = (from: Incumbent): Found => searched(new Search(objects, from, seen), SIZES, TURNS, effort);
  const isFew = objects.length <= FEW_OBJECTS;
  const first = isFew ? together(start) : undefined;
  if (first && first.bound === first.total) return first;
  const early = rowByRow(objects, seen, first ?? start, effort);
  if (!early) return first ?? together(start);
  if (!isFew && early.bound <= early.total + LAST) return early;
  // Either of them starts from what the other one found.
  const other = first ?? together(early);
  const best = early.total > other.total ? early : other;
  return { ...best, bound: Math.max(best.total, Math.min(early.bound, other.bound)) };
}

function searched(search: Search, sizes: readonly number[], turns: number, effort: Effort): Found {
  search.first(effort);
  search.swap(effort);
  for (const size of sizes) {
    if (!search.done) search.lattice();
    if (!search.done) search.boxes(size, effort);
    for (let turn = 0; turn < turns && !search.done && effort.left > 0; turn++) {
      const before = search.best.total;
      if (search.look(size, turn, effort)) return search.result(true);
      if (search.best.total > before) turn = Math.min(turn, 0);
    }
    if (search.done || effort.left <= 0) break;
    if (size <= FEW) search.swap(effort);
  }
  return search.result(false);
}

/** Where an account is used up at one of the rows, whichever it is: each of these rows by itself. */
function rowByRow(
  objects: readonly Options[],
  { filling, priced }: Bounded,
  start: Incumbent,
  effort: Effort,
): Found | undefined {
  const [account, ...more] = [...priced.prices.keys()].filter((k) => priced.prices[k]! > OVERFULL);
  if (account === undefined || more.length || effort.left < LOOKED_EFFORT / 4) return undefined;
  const all = exhaustedAt(objects, filling, account, priced.prices, start.total);
  if (!all) return undefined;
  const prices = priced.prices.map((price, k) => (k === account ? 1 : price));
  const little = priced.bound * objects.length * 2 ** -50;
  let best = start;
  const searchAt = ({ filling, choice, row }: Exhausted, isFixed: boolean): Search =>
    new Search(
      objects,
      best,
      { filling, priced: new Priced(filling, { prices, expected: priced.expected }) },
      isFixed && choice ? { row, choice } : undefined,
    );
  let left = Math.min(effort.left / 2, LOOKED_EFFORT);
  for (const [at, one] of all.slice(0, LOOKED).entries()) {
    if (Math.floor(one.bound + little) <= best.total) break;
    const own = left / (LOOKED - at);
    const share = { left: own };
    best = searched(searchAt(one, at % 2 === 1), LOOKED_SIZES, LOOKED_TURNS, share);
    left -= own - share.left;
    effort.left -= own - share.left;
  }
  // What a search leaves out may be used up at another row: only bounds before it hold.
  let bound = best.total;
  for (const one of all) {
    const possible = Math.floor(one.bound + little);
    if (possible <= bound) break;
    const search = searchAt(one, false);
    search.lattice();
    bound = Math.max(bound, Math.min(possible, search.most));
  }
  return { ...best, bound };
}

/** Rows that are looked at, and combinations of one half for each. */
const LOOKED = 4;
const LOOKED_EFFORT = 2 ** 24;
const LOOKED_SIZES = [2 ** 8, 2 ** 12, 2 ** 15];
const LOOKED_TURNS = 8;

/** Accounts whose last fen is worth nearly a fen are wanted by many more than they hold. */
const OVERFULL = 1 - 2 ** -20;

/** The same objects, seen so that the bound is lower. */
function lowest(objects: readonly Options[], first: Bounded): Bounded {
  const overfull = Array.from(first.priced.prices, (price) => price > OVERFULL);
  const other = overfull.includes(true) && fillingOf(objects, overfull.length, overfull);
  if (!other) return first;
  const second = { filling: other, priced: new Priced(other) };
  return second.priced.bound < first.priced.bound ? second : first;
}
