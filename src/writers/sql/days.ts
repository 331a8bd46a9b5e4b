/** Days in a query are whole numbers, 20260610; what is counted from them is written with whole numbers alone. */
import type { Span } from "../../rules";
import type { Dialect } from "./dialect";

/** Whether a day is not before a start, and at most so long after it. */
export function withinSpan(day: string, start: string, { unit, count }: Span, dialect: Dialect): string {
  if (unit === "months") return `${day} BETWEEN ${start} AND ${monthsLater(start, count, dialect)}`;
  return `${serial(day, dialect)} - ${serial(start, dialect)} BETWEEN 0 AND ${count}`;
}

/** The corresponding day, to compare with; a month behind December is one of the next year. */
function monthsLater(start: string, count: number, { quotient }: Dialect): string {
  const [years, rest] = [Math.floor(count / 12), count % 12];
  const month = `${quotient(start, 100n)} - ${quotient(start, 10_000n)} * 100`;
  const carried = rest ? ` + ${rest * 100} + (${quotient(`${month} + ${rest - 1}`, 12n)}) * 8800` : "";
  return `${start}${years ? ` + ${years * 10_000}` : ""}${carried}`;
}

/** How many days a day lies behind one long ago. Years run from March, so that a leap day is the last of its year. */
function serial(day: string, { quotient }: Dialect): string {
  const month = quotient(day, 100n);
  const months = `${month} - ${quotient(day, 10_000n)} * 88 - 3`;
  const year = quotient(months, 12n);
  const leapDays = `${quotient(months, 48n)} - ${quotient(months, 1200n)} + ${quotient(months, 4800n)}`;
  const inYear = quotient(`(${months}) * 153 - ${year} * 1836 + 2`, 5n);
  return `(${year} * 365 + ${leapDays} + ${inYear} + ${day} - ${month} * 100)`;
}
