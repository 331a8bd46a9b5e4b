/**
 * Claims over several years: which money of them is due in which month, when it is paid late and by instalments. Amounts are whole
 * fen; the instalments of a claim add up to it.
 */
import { type Day, isoDay, monthAt, serialOf } from "./calendar";
import type { GroupedClaim } from "./common";
import { checkFen, checkWhole, ensure } from "./fen";

/** One row of a claim: in each year the rows of one claim come together or not at all. */
export interface ScheduledRow {
  readonly date: Day;
  /** Whole fen; of a claim of uncertain size its middle. */
  readonly amount: number;
  /** Whose row it is: a firm, say. The cap holds for all its rows of one year. */
  readonly claim: number;
}

/** When a claim is paid for the first time: so many months later, or in a month ("次年3月") of a later year. */
export type Delay = { readonly months: number } | { readonly years: number; /** 1 to 12 */ readonly month: number };

export interface PaymentTerms {
  readonly delay: Delay;
  /** Instalments in hundredths of a percent, one a year, from the first payment on; together 10,000. */
  readonly parts: readonly number[];
  /** The chance that a voucher is never used, 0 to 1. */
  readonly unused: number;
}

/** What may have to be paid, by when: each list is a need of its own. */
export interface Schedule {
  /** From the first year of a payment to the last, none left out. */
  readonly years: readonly {
    readonly year: number;
    readonly due: readonly GroupedClaim[];
    /** Those of which the first instalment is due in the year, whole. */
    readonly begun: readonly GroupedClaim[];
  }[];
  /** The months with payments, "2027-03". */
  readonly months: readonly { readonly month: string; readonly due: readonly GroupedClaim[] }[];
}

export const WHOLE = 10_000;
const LATEST_MONTHS = 120;
const MOST_PARTS = 10;

/** @throws Refusal */
function checkTerms({ delay, parts, unused }: PaymentTerms): void {
  if ("months" in delay) checkWhole(delay.months, "date", 0, LATEST_MONTHS);
  else {
    checkWhole(delay.years, "date", 0, LATEST_MONTHS / 12);
    checkWhole(delay.month, "date", 1, 12);
  }
  ensure(unused >= 0 && unused <= 1, "unused", null, "应在 0 到 100% 之间", "it must be from 0 to 100%");
  parts.forEach((part) => checkWhole(part, "part", 0, WHOLE));
  const all = parts.reduce((total, part) => total + part, 0);
  ensure(
    all === WHOLE && parts.length <= MOST_PARTS,
    "part",
    null,
    `各期应合计 100%，最多 ${MOST_PARTS} 期；现合计 ${all / 100}%`,
    `at most ${MOST_PARTS} instalments must add up to 100%, not ${all / 100}%`,
  );
}

/** Of an amount so many ten-thousandths, half-up, without a product beyond what a double holds. */
const partOf = (amount: number, share: number): number =>
  Math.floor(amount / WHOLE) * share + Math.floor(((amount % WHOLE) * share) / WHOLE + 0.5);

/** An amount in instalments that add up to it. Without a bound there is none on any of them. */
export function instalments(amount: number, parts: readonly number[]): number[] {
  if (amount === Infinity) return parts.map(() => Infinity);
  let [share, before] = [0, 0];
  return parts.map((part) => {
    const upTo = partOf(amount, (share += part));
    const own = upTo - before;
    before = upTo;
    return own;
  });
}

/**
 * @param claims probability, spread and group of each claim; what a claim asks for in a year comes with it, independently of its
 * other years
 * @param cap of one claim in one year, fen; Infinity: none
 * @throws Refusal for rows, terms or a cap that are not acceptable
 */
export function scheduleOf(
  rows: readonly ScheduledRow[],
  claims: readonly Omit<GroupedClaim, "amount" | "cap">[],
  terms: PaymentTerms,
  cap = Infinity,
): Schedule {
  checkTerms(terms);
  if (cap !== Infinity) checkFen(cap, "cap");
  // Ten thousand rows come on some hundred days.
  const serials = new Map<Day, number>();
  const days = rows.map(({ date }, row) => {
    const day = serials.get(date) ?? serialOf(date, "date", row);
    serials.set(date, day);
    return day;
  });
  const order = rows.map((_, row) => row).sort((a, b) => days[a]! - days[b]! || a - b);
  /** Of each claim in the year that the rows are in: what it has asked for so far. */
  const asked = new Map<number, number>();
  const dueAt = (dues: Map<number, Due>, key: number): Due => {
    const due = dues.get(key) ?? new Due(claims.length);
    dues.set(key, due);
    return due;
  };
  const isAtOnce = terms.parts.length === 1;
  const years = new Map<number, Due>();
  const months = new Map<number, Due>();
  // Paid at once, what begins in a year is what is due in it.
  const begun = isAtOnce ? years : new Map<number, Due>();
  let now: readonly [year: number, month: number] | undefined;
  /** Where what is claimed in the month that the rows are in is due: in instalments by year and month, and whole. */
  let dues: { readonly part: number; readonly lists: readonly Due[] }[] = [];
  let whole: Due | undefined;
  for (const [place, row] of order.entries()) {
    const { claim, amount } = rows[row]!;
    checkFen(amount, "claims", row);
    if (now === undefined || days[row] !== days[order[place - 1]!]) {
      const [year, month] = isoDay(days[row]!).split("-").map(Number) as [number, number];
      if (year !== now?.[0]) asked.clear();
      if (year !== now?.[0] || month !== now[1]) {
        const first = firstPayment(year, month, terms.delay);
        whole = isAtOnce ? undefined : dueAt(begun, Math.floor(first / 12));
        dues = terms.parts.flatMap((share, part) =>
          share === 0
            ? []
            : [{ part, lists: [dueAt(years, Math.floor(first / 12) + part), dueAt(months, first + 12 * part)] }],
        );
      }
      now = [year, month];
    }
    const [year] = now;
    const before = asked.get(claim) ?? 0;
    asked.set(claim, before + amount);
    const { probability, spread, group } = claims[claim]!;
    const due = (own: number, most: number): GroupedClaim => ({
      probability: probability * (1 - terms.unused),
      spread: spread ?? 0,
      group,
      amount: own,
      cap: most,
    });
    // What earlier rows of the year, due at another time, have used up of the cap is measured at the middle of their size.
    const room = Math.max(0, cap - before);
    const all = due(amount, room);
    whole?.add(claim, year, 0, all);
    const caps = isAtOnce ? [] : instalments(room, terms.parts);
    const parts = isAtOnce ? [all] : instalments(amount, terms.parts).map((fen, part) => due(fen, caps[part]!));
    for (const { part, lists } of dues) for (const list of lists) list.add(claim, year, part, parts[part]!);
  }
  const known = [...years.keys(), ...begun.keys()];
  const [from, to] = [Math.min(...known), Math.max(...known)];
  const list = (due: Due | undefined): readonly GroupedClaim[] => due?.claims ?? [];
  return {
    years: Array.from({ length: known.length ? to - from + 1 : 0 }, (_, k) => ({
      year: from + k,
      due: list(years.get(from + k)),
      begun: list(begun.get(from + k)),
    })),
    months: [...months.keys()]
      .sort((a, b) => a - b)
      .map((month) => ({ month: monthAt(month), due: list(months.get(month)) })),
  };
}

/** What is due at one time. Rows come by day, so that those of one year and instalment come together. */
class Due {
  readonly claims: GroupedClaim[] = [];
  /** By claim, how many there were with its own when it came last. */
  private readonly places: Int32Array;
  /** How many there were before the year and the instalment that come now. */
  private before = 0;
  private year = 0;
  private part = 0;

  constructor(count: number) {
    this.places = new Int32Array(count);
  }

  /** Rows of one claim, year and instalment are one, with the cap of the first. */
  add(claim: number, year: number, part: number, own: GroupedClaim): void {
    if (this.year !== year || this.part !== part) {
      [this.year, this.part] = [year, part];
      this.before = this.claims.length;
    }
    const place = this.places[claim]!;
    if (place > this.before) {
      const first = this.claims[place - 1]!;
      this.claims[place - 1] = { ...first, amount: first.amount + own.amount };
    } else this.places[claim] = this.claims.push(own);
  }
}

/** Months since the year 0. */
const firstPayment = (year: number, month: number, delay: Delay): number =>
  "months" in delay ? year * 12 + month - 1 + delay.months : (year + delay.years) * 12 + delay.month - 1;
