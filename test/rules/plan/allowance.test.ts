/** Who shares a limit, and for which years. */
import { awards, entryOf, planOf } from "../../../src/rules";
import { ownerOf, termOf } from "../../../src/rules/plan/allowance";

const limit = { key: "limit", scope: "firm", period: { years: 3 } } as const;

test("three years in a row count from the first year claimed, not from the calendar", () => {
  const terms = (first: number) => [2025, 2026, 2027, 2028, 2029].map((year) => termOf(limit, year, first));
  expect(terms(2025)).toEqual([0, 0, 0, 1, 1]);
  expect(terms(2026).slice(1)).toEqual([0, 0, 0, 1]);
});

test("a limit of the year has an account a year, one of the policy a single one", () => {
  expect(termOf({ ...limit, period: "year" }, 2026, 2025)).toBe(2026);
  expect(termOf({ ...limit, period: "policy" }, 2028, 2025)).toBe(0);
});

test("rows that name no object are one object of their firm", () => {
  expect(ownerOf({ ...limit, scope: "object" }, "firm", undefined)).toBe("firm");
  expect(ownerOf({ ...limit, scope: "object" }, "firm", "object")).toBe("object");
  expect(ownerOf(limit, "firm", "object")).toBe("firm");
  // And rows on one object that name no firm are rows of one firm.
  expect(ownerOf(limit, undefined, "object")).toBe("object");
});

test("rows that name no object stand apart where a row may count several", () => {
  const apart = { ...limit, scope: "object", unnamed: "apart" } as const;
  expect(ownerOf(apart, "firm", undefined)).toBeUndefined();
  expect(ownerOf(apart, "firm", "object")).toBe("object");
});

test("a firm and an object of the same name have accounts of their own", () => {
  const plan = (year: number) => planOf(entryOf("bj-4-platform"), { year });
  const half = { input_this_year: 1e10 };
  const paid = awards([
    { plan: plan(2025), row: half, firm: "甲" },
    { plan: plan(2026), row: half, firm: "乙", object: "甲" },
  ]).map(({ fen }) => fen / 100);
  expect(paid).toEqual([30_000_000, 30_000_000]);
});
