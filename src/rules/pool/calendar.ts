/** Days as whole numbers. Nothing here knows what day it is today. */
import { ensure, type PoolArgument } from "./fen";

/** "2026-03-15", or the serial number of that day in Excel (46096): days since 1899-12-30, from 1900-03-01 on. */
export type Day = string | number;

const FIRST_SERIAL = 61;
const LAST_SERIAL = 2_958_465;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Excel's serial number of a day. @throws Refusal for what is no day between 1900-03-01 and 9999-12-31 */
export function serialOf(day: Day, argument: PoolArgument, row: number | null): number {
  const serial = typeof day === "number" ? day : serialOfText(day);
  const known = Number.isInteger(serial) && serial >= FIRST_SERIAL && serial <= LAST_SERIAL;
  ensure(known, argument, row, "应为日期，如 2026-03-15", "it must be a date such as 2026-03-15");
  return serial;
}

function serialOfText(text: string): number {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return NaN;
  const length = month === 2 && isLeap(year) ? 29 : MONTH_LENGTHS[month - 1];
  if (length === undefined || day < 1 || day > length) return NaN;
  const whole = MONTH_LENGTHS.slice(0, month - 1).reduce((days, each) => days + each, 0);
  return daysBefore(year) - daysBefore(1900) + whole + (month > 2 && isLeap(year) ? 1 : 0) + day + 1;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days from the year 1 to the first of January of a year. */
function daysBefore(year: number): number {
  const past = year - 1;
  return 365 * past + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

/** "2026-03-15" of a serial number. */
export function isoDay(serial: number): string {
  let year = 1900 + Math.floor((serial - 2) / 365.2425);
  const firstOf = (y: number): number => daysBefore(y) - daysBefore(1900) + 2;
  while (firstOf(year) > serial) year--;
  while (firstOf(year + 1) <= serial) year++;
  let day = serial - firstOf(year);
  let month = 0;
  for (; ; month++) {
    const length = MONTH_LENGTHS[month]! + (month === 1 && isLeap(year) ? 1 : 0);
    if (day < length) break;
    day -= length;
  }
  const two = (count: number): string => String(count).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month + 1)}-${two(day + 1)}`;
}

/** "2026-03" of a serial number. */
export const monthOf = (serial: number): string => isoDay(serial).slice(0, 7);

/** "2026-04" after "2026-03". */
export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return monthAt(12 * year + number);
}

/** "2026-03" of the months since the year 0. */
export const monthAt = (months: number): string =>
  `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;

/** The same day so many years later; there is no 29 February in most of them. @param day "2026-03-15" */
export function yearsLater(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  return `${year}${isLeap(year) ? day.slice(4) : day.slice(4).replace("-02-29", "-02-28")}`;
}
