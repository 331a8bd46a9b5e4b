/** Days of the calendar as whole numbers, 20260610: in the order of the days, as rows, columns and databases hold them. */

/** The days that a claim may name. */
export const FIRST_DAY = 19_500_101;
export const LAST_DAY = 21_491_231;

/** Of an ISO date, 2026-06-10; undefined where the calendar has no such day. */
export function dayNumber(iso: string): number | undefined {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso)) return undefined;
  return Number(iso.replaceAll("-", ""));
}

/** The ISO date of such a number. */
export const isoOf = (day: number): string => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

/** So many months, or so many days. */
export interface Span {
  readonly unit: "months" | "days";
  readonly count: number;
}

/**
 * The last day of a span that runs from a day, which itself is not counted (民法典 第二百零一条): to compare days with, as
 * `monthsLater` returns it.
 */
export function lastDay(from: number, { unit, count }: Span): number {
  if (unit === "months") return monthsLater(from, count);
  const last = new Date(Date.UTC(Math.floor(from / 10_000), (Math.floor(from / 100) % 100) - 1, (from % 100) + count));
  return (last.getUTCFullYear() * 100 + last.getUTCMonth() + 1) * 100 + last.getUTCDate();
}

/**
 * The corresponding day so many months later, to compare days with: 31 January and a month is "31 February", behind the last day
 * of February and before the first of March (民法典 第二百零二条：没有对应日的，月末日为期间的最后一日).
 */
export function monthsLater(day: number, months: number): number {
  const month = (Math.floor(day / 100) % 100) - 1 + months;
  return (Math.floor(day / 10_000) + Math.floor(month / 12)) * 10_000 + ((month % 12) + 1) * 100 + (day % 100);
}
