/** When the pool runs out: claims by their days, money by its tranches. */
import {
  drawnYears,
  runOutDays,
  useOverTime as usedOverTime,
  type PoolUse,
  type RunOutDays,
  type Tranche,
} from "../../rules";
import type { Work } from "../parts/long-work";
import type { DryDays } from "../../writers/verdict";
import {
  moneyOf,
  orUnknown,
  uncertainClaims,
  yearsFor,
  type ClaimFigures,
  type Planning,
  type PoolFigures,
} from "./planning";
import { knownMonths, type AverageMonth } from "./known-use";
import { yearOf } from "../year";
import type { Carry } from "./pool";

export type TimedUse =
  /** Every claim comes. */
  | {
      readonly use: PoolUse;
      /** Over the order of the claims, for the pool of one year; null where the claims lie in several. */
      readonly days: RunOutDays | null;
    }
  /** On average; over so many drawn years where the months have no distributions of their own. */
  | { readonly months: readonly AverageMonth[]; readonly years: number | undefined };

/** The months of an uncertain world; a certain one has days. */
export const averageMonths = (timed: TimedUse | undefined): readonly AverageMonth[] | undefined =>
  timed && "months" in timed ? timed.months : undefined;

type Dated = NonNullable<ClaimFigures["dated"]>;

/** The years from the first to the last claim. */
function yearsOf(dated: readonly { readonly date: string }[]): number[] {
  const years = dated.map(({ date }) => yearOf(date));
  const first = years.reduce((a, b) => Math.min(a, b));
  const last = years.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

interface YearMoney {
  readonly year: number;
  /** Fen. */
  readonly amount: number;
}

/**
 * The money as it comes: of each year, or once for the first of several. Where all claims lie in one year, it is that year's.
 * @param years of claims, rising
 */
export function moneyIn(
  figures: Pick<PoolFigures, "amount" | "pools">,
  years: readonly number[],
  carry: Carry,
): YearMoney[] {
  if (carry === "once" && years.length > 1) return [{ year: years[0]!, amount: figures.amount }];
  return years.map((year) => ({ year, amount: moneyOf(figures, year) }));
}

/** By day, then by row. */
const inOrder = (dated: Dated): Dated[number][] =>
  [...dated].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));

/** Rows cut to what their claim may still get under its cap: a firm uses its cap up as it claims, anew in every year that brings money of its own. */
function cutByDay(dated: Dated, cap: number, carry: Carry): { date: string; amount: number }[] {
  const left = new Map<string, number>();
  return inOrder(dated).map(({ date, amount, claim }) => {
    const account = carry === "once" ? `${claim}` : `${claim} ${yearOf(date)}`;
    const room = left.get(account) ?? cap;
    const cut = Math.min(amount, room);
    left.set(account, room - cut);
    return { date, amount: cut };
  });
}

export interface TimeQuestion {
  readonly figures: PoolFigures;
  readonly uncertain: boolean;
  readonly cap: number | undefined;
  readonly carry: Carry;
}

/** Undefined where the claims have no days. */
export function* timedUse({ figures, uncertain, cap = Infinity, carry }: TimeQuestion): Work<TimedUse | undefined> {
  const { claims } = figures;
  if (!claims.dated?.length) return undefined;
  const years = yearsOf(claims.dated);
  const money = moneyIn(figures, years, carry);
  if (uncertain) {
    const rows = inOrder(claims.dated);
    const months = monthsOf(rows);
    // Money that comes again leaves months without distributions; under an uncertain growth each of them takes long.
    const isDrawn = money.length > 1 || figures.growth?.spread;
    const known = isDrawn ? undefined : yield* orUnknown(knownMonths(figures, rows, months, money[0]!.amount, cap));
    return known ? { months: known, years: undefined } : yield* drawnUse(figures, rows, months, money, cap, carry);
  }
  const rows = cutByDay(claims.dated, cap, carry);
  const tranches: Tranche[] = money.map(({ year, amount }) => ({
    date: `${year}-01-01`,
    amount,
    carriesOver: carry === "carry",
  }));
  yield 0.1;
  const [first] = money;
  const use = usedOverTime(rows, carry === "once" ? first!.amount : tranches);
  yield 0.5;
  return { use, days: money.length === 1 ? runOutDays(rows, first!.amount) : null };
}

/** The same over drawn years: a claim comes with all of its rows or none, each larger or smaller alike. */
function* drawnUse(
  figures: PoolFigures,
  ordered: Dated,
  months: readonly string[],
  money: readonly YearMoney[],
  cap: number,
  carry: Carry,
): Work<TimedUse> {
  const { claims, growth, factors } = figures;
  const comes = new Map(money.map(({ year, amount }) => [`${year}-01`, amount]));
  const place = new Map(months.map((month, k) => [month, k]));
  // Lists of numbers, which are read faster than objects: a row is looked at in each of some hundred years.
  const claimOf = Int32Array.from(ordered, ({ claim }) => claim);
  const wholes = Float64Array.from(ordered, (row) => row.amount);
  const asks = Float64Array.from(claims.amounts);
  /** By month the first row after it. */
  const ends = new Int32Array(months.length);
  for (const { date } of ordered) ends[place.get(date.slice(0, 7))!]!++;
  for (let k = 1; k < ends.length; k++) ends[k]! += ends[k - 1]!;
  const sums = months.map(() => ({ claimed: 0, paid: 0, closing: 0, dry: 0 }));
  const room = new Float64Array(claims.amounts.length);
  const years = yearsFor(ordered.length, "chances");
  const cumulative = months.map(() => new Float64Array(years));
  let drawn = 0;
  for (const sizes of drawnYears(uncertainClaims(figures), { years, growth, factors })) {
    room.fill(cap);
    let left = money[0]!.amount;
    let dry = false;
    let next = 0;
    let sofar = 0;
    months.forEach((month, k) => {
      const fresh = k > 0 ? comes.get(month) : undefined;
      if (fresh !== undefined) {
        left = carry === "carry" ? left + fresh : fresh;
        room.fill(cap);
        dry = false;
      }
      let [claimed, paid] = [0, 0];
      for (; next < ends[k]!; next++) {
        const claim = claimOf[next]!;
        const whole = asks[claim]!;
        const size = whole ? Math.round((sizes[claim]! * wholes[next]!) / whole) : 0;
        const asked = Math.min(size, room[claim]!);
        room[claim]! -= asked;
        const got = Math.min(asked, left);
        left -= got;
        claimed += asked;
        paid += got;
        // As under risk: a need of exactly the pool does not use it up.
        dry ||= asked > got;
      }
      sofar += paid;
      const sum = sums[k]!;
      sum.claimed += claimed;
      sum.paid += paid;
      cumulative[k]![drawn] = sofar;
      sum.closing += left;
      sum.dry += Number(dry);
    });
    if (++drawn % 50 === 0) yield drawn / years;
  }
  return {
    years,
    months: months.map((month, k) => {
      const { claimed, paid, closing, dry } = sums[k]!;
      const sorted = cumulative[k]!.sort();
      const at = (level: number): number => sorted[Math.floor(level * (years - 1))]!;
      const mean = sorted.reduce((total, fen) => total + fen, 0) / years;
      const error = Math.sqrt(sorted.reduce((total, fen) => total + (fen - mean) ** 2, 0)) / years;
      return {
        month,
        claimed: claimed / years,
        paid: paid / years,
        closing: closing / years,
        dry: dry / years,
        cumulative: { mean, error, p10: at(0.1), p90: at(0.9) },
      };
    }),
  };
}

/** The month of the first row, "2026-03", and all that follow to that of the last. @param rows by day */
function monthsOf(rows: Dated): string[] {
  const number = ({ date }: Dated[number]): number => yearOf(date) * 12 + Number(date.slice(5, 7)) - 1;
  const from = number(rows[0]!);
  return Array.from({ length: number(rows.at(-1)!) - from + 1 }, (_, k) => {
    const [year, month] = [Math.floor((from + k) / 12), ((from + k) % 12) + 1];
    return `${year}-${String(month).padStart(2, "0")}`;
  });
}

/** What the verdict says of a pool to which every claim comes. */
export function dryDays({ all: { claims } }: Pick<Planning, "all">, use: PoolUse, days: RunOutDays | null): DryDays {
  return {
    shortOn: use.shortOn ?? undefined,
    last: claims.dated!.reduce((last, { date }) => (date > last ? date : last), ""),
    left: use.months.at(-1)!.closing,
    ...(days?.p50 && { orders: [days.p10!, days.p90!] }),
  };
}

/** The money that has come by the end of each month, fen: once, or anew each January. */
export function grantedBy(
  months: readonly { readonly month: string }[],
  figures: Pick<PoolFigures, "amount" | "pools">,
  carry: Carry,
): number[] {
  const years = [...new Set(months.map(({ month }) => yearOf(month)))];
  const money = moneyIn(figures, years, carry);
  let granted = 0;
  return months.map(({ month }, k) => {
    const fresh = k === 0 || month.endsWith("-01") ? money.find(({ year }) => year === yearOf(month)) : undefined;
    return (granted += fresh?.amount ?? 0);
  });
}
