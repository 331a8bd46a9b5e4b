/** When a pool runs out: claims come on their days and are paid in the order in which they come, 发完即止. */
import { type Day, isoDay, monthOf, nextMonth, serialOf } from "./calendar";
import { checkFen, checkFenList, checkWhole, sum } from "./fen";
import { seededStream } from "./random";

export interface DatedClaim {
  readonly date: Day;
  /** Whole fen. */
  readonly amount: number;
}

/** Money that becomes available on a day. */
export interface Tranche {
  readonly date: Day;
  /** Whole fen. */
  readonly amount: number;
  /** What the earlier tranches still hold on that day is kept (true) or lapses (false). */
  readonly carriesOver: boolean;
}

export interface MonthOfUse {
  /** "2026-03" */
  readonly month: string;
  /** Fen, in the order of the column: opening + released − lapsed − paid = closing. */
  readonly opening: number;
  readonly released: number;
  readonly lapsed: number;
  readonly claimed: number;
  readonly paid: number;
  readonly closing: number;
}

export interface PoolUse {
  /** What each claim is paid, in row order, fen. */
  readonly awards: number[];
  /** From the first month with money or a claim to the last, none left out. */
  readonly months: MonthOfUse[];
  /** The first day that leaves nothing in the pool, "2026-03-15"; null if there is none. */
  readonly emptyOn: string | null;
  /** The first day on which a claim is not paid in full; null if every claim is. */
  readonly shortOn: string | null;
}

/**
 * Pays claims by day, those of one day in row order; what a claim does not get on its day it never gets.
 * @param pool whole fen, there from the first day; or tranches, each released at the start of its day
 * @throws Refusal for amounts that are not whole fen and dates that are none
 */
export function useOverTime(claims: readonly DatedClaim[], pool: number | readonly Tranche[]): PoolUse {
  const days = claims.map(({ date }, row) => serialOf(date, "date", row));
  checkFenList(
    claims.map(({ amount }) => amount),
    "claims",
  );
  const releases = releasesOf(pool, days);
  const awards = new Array<number>(claims.length).fill(0);
  const book = new Map<string, { released: number; lapsed: number; claimed: number; paid: number }>();
  const page = (day: number) => {
    const month = monthOf(day);
    const entry = book.get(month) ?? { released: 0, lapsed: 0, claimed: 0, paid: 0 };
    book.set(month, entry);
    return entry;
  };
  let left = 0;
  let emptyOn: number | null = null;
  let shortOn: number | null = null;
  let next = 0;
  const release = (day: number): void => {
    for (; next < releases.length && releases[next]!.day <= day; next++) {
      const { day: on, amount, carriesOver } = releases[next]!;
      if (!carriesOver) {
        page(on).lapsed += left;
        left = 0;
      }
      page(on).released += amount;
      left += amount;
    }
  };
  for (const row of inOrderOfDays(days)) {
    const day = days[row]!;
    const { amount } = claims[row]!;
    release(day);
    const paid = Math.min(amount, left);
    awards[row] = paid;
    left -= paid;
    page(day).claimed += amount;
    page(day).paid += paid;
    if (left === 0 && amount > 0) emptyOn ??= day;
    if (paid < amount) shortOn ??= day;
  }
  release(Infinity);
  const dayText = (day: number | null): string | null => (day === null ? null : isoDay(day));
  return { awards, months: monthsOf(book), emptyOn: dayText(emptyOn), shortOn: dayText(shortOn) };
}

const inOrderOfDays = (days: readonly number[]): number[] =>
  days.map((_, row) => row).sort((a, b) => days[a]! - days[b]! || a - b);

function releasesOf(pool: number | readonly Tranche[], days: readonly number[]) {
  if (typeof pool === "number") {
    const first = days.reduce((a, b) => Math.min(a, b), Infinity);
    return first === Infinity ? [] : [{ day: first, amount: checkFen(pool, "pool"), carriesOver: true }];
  }
  checkFenList(
    pool.map(({ amount }) => amount),
    "tranche",
  );
  const releases = pool.map(({ date, amount, carriesOver }, row) => {
    return { day: serialOf(date, "tranche", row), amount, carriesOver };
  });
  return releases.sort((a, b) => a.day - b.day);
}

function monthsOf(book: ReadonlyMap<string, Omit<MonthOfUse, "month" | "opening" | "closing">>): MonthOfUse[] {
  const names = [...book.keys()].sort();
  const last = names.at(-1);
  const months: MonthOfUse[] = [];
  if (last === undefined) return months;
  let opening = 0;
  for (let month = names[0]!; month <= last; month = nextMonth(month)) {
    const entry = book.get(month) ?? { released: 0, lapsed: 0, claimed: 0, paid: 0 };
    const closing = opening + entry.released - entry.lapsed - entry.paid;
    months.push({ month, opening, ...entry, closing });
    opening = closing;
  }
  return months;
}

export interface RunOutDays {
  /** Days by which the pool is empty in 10, 50 and 90 of 100 orders; all null where the claims never use it up. */
  readonly p10: string | null;
  readonly p50: string | null;
  readonly p90: string | null;
  /** Every selection of claims counted, or orders drawn with a seed. */
  readonly method: "exact" | "drawn";
}

/** Up to so many claims every selection is counted: a million of them. */
const COUNTED_CLAIMS = 20;
const DRAWN_ORDERS = 4000;
const LEVELS = [0.1, 0.5, 0.9] as const;

/**
 * The day on which the pool is used up, when the days of the claims are known but not which claim comes on which day: every
 * order is equally likely.
 *
 * Up to twenty claims the answer is exact: the pool lasts beyond the first k days with the share of all selections of k
 * claims whose sum is below the pool. For more, 4,000 orders are drawn with the seed; a percentile p is then known to within
 * ±1.96·√(p(1−p)/4000), at most 1.6 percentage points.
 * @throws Refusal for amounts that are not whole fen, dates that are none and a seed that is no whole number
 */
export function runOutDays(claims: readonly DatedClaim[], pool: number, seed = 1): RunOutDays {
  const days = claims.map(({ date }, row) => serialOf(date, "date", row)).sort((a, b) => a - b);
  const amounts = checkFenList(
    claims.map(({ amount }) => amount),
    "claims",
  );
  checkFen(pool, "pool");
  const method = claims.length <= COUNTED_CLAIMS ? "exact" : "drawn";
  const stream = seededStream(checkWhole(seed, "seed", 0, 2 ** 32 - 1));
  if (claims.length === 0 || sum(amounts) < pool) return { p10: null, p50: null, p90: null, method };
  const emptied = method === "exact" ? emptiedByCounting(amounts, pool) : emptiedByDrawing(amounts, pool, stream);
  const [p10, p50, p90] = LEVELS.map((level) => isoDay(days[emptied.findIndex((chance) => chance >= level - 1e-12)]!));
  return { p10: p10!, p50: p50!, p90: p90!, method };
}

/** P(the first k + 1 claims of a random order use up the pool), for each k. */
function emptiedByCounting(amounts: readonly number[], pool: number): number[] {
  const count = amounts.length;
  const sums = new Float64Array(2 ** count);
  const sizes = new Uint8Array(2 ** count);
  const enough = new Array<number>(count + 1).fill(0);
  const all = new Array<number>(count + 1).fill(0);
  for (let selection = 0; selection < sums.length; selection++) {
    if (selection > 0) {
      const last = 31 - Math.clz32(selection);
      const others = selection - 2 ** last;
      sums[selection] = sums[others]! + amounts[last]!;
      sizes[selection] = sizes[others]! + 1;
    }
    all[sizes[selection]!]! += 1;
    if (sums[selection]! >= pool) enough[sizes[selection]!]! += 1;
  }
  return amounts.map((_, place) => enough[place + 1]! / all[place + 1]!);
}

function emptiedByDrawing(amounts: readonly number[], pool: number, stream: () => number): number[] {
  const order = amounts.slice();
  const ends = new Array<number>(order.length).fill(0);
  for (let draw = 0; draw < DRAWN_ORDERS; draw++) {
    let left = pool;
    let place = -1;
    // Shuffles (Fisher and Yates) only as far as the pool reaches.
    do {
      place++;
      const chosen = place + Math.floor((stream() / 2 ** 32) * (order.length - place));
      [order[place], order[chosen]] = [order[chosen]!, order[place]!];
      left -= order[place]!;
    } while (left > 0);
    ends[place]! += 1;
  }
  let before = 0;
  return ends.map((count) => (before += count) / DRAWN_ORDERS);
}
