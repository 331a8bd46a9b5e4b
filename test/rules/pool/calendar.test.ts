import fc from "fast-check";
import { isoDay, monthOf, nextMonth, serialOf } from "../../../src/rules/pool/calendar";
import { inWords } from "./in-words";

const serial = (day: string | number): number => serialOf(day, "date", 0);

test.each([
  ["1900-03-01", 61],
  ["2000-02-29", 36585],
  ["2024-02-29", 45351],
  ["2025-06-10", 45818],
  ["2026-03-15", 46096],
  ["2026-12-31", 46387],
  ["9999-12-31", 2958465],
])("%s is Excel's day %p", (text, day) => {
  expect(serial(text)).toBe(day);
  expect(isoDay(day)).toBe(text);
});

test("every day from 1900-03-01 on is read as it is written, and follows the day before", () => {
  fc.assert(
    fc.property(fc.integer({ min: 61, max: 2958465 }), (day) => {
      expect(serial(isoDay(day))).toBe(day);
      expect(isoDay(day)).toBe(new Date((day - 25569) * 86400000).toISOString().slice(0, 10));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  "2025-02-29",
  "1900-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31",
  "2026-4-1",
  "",
  "明天",
  60,
  46096.5,
  NaN,
  3e6,
])("%p is no day", (day) =>
  expect(() => serial(day)).toThrow(inWords("date in row 1: it must be a date such as 2026-03-15")),
);

test("months", () => {
  expect(monthOf(46096)).toBe("2026-03");
  expect([nextMonth("2026-03"), nextMonth("2026-09"), nextMonth("2026-12")]).toEqual(["2026-04", "2026-10", "2027-01"]);
});
