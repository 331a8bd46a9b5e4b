/** Other readings are taken for the whole table: what earlier rows leave of a limit depends on them, too. */
import fc from "fast-check";
import { awards, entryOf, planOf, readingsOf, rowsNear, type PlannedRow } from "../../src/rules";
import { among } from "../../src/writers/among";
import { otherReadings } from "../../src/writers/explain";
import { paid, planned } from "../rules/claimed";

/** What the last row gets: as the table is read, and under a reading taken otherwise. */
const last = (rows: readonly PlannedRow[]) => ({
  result: paid(awards(rows).at(-1)!),
  under: (reading: string, option: string) => paid(among(rows, rows.at(-1)!)(reading, option)),
});

test("what earlier rows of the firm have used is used under every reading that leaves the limit as it is", () => {
  const contract = (amount: number) => planned("hz-1-city-suanli", { firm: "西溪", amount, domestic: true });
  const rows = [contract(12_000_000), contract(18_500_000)];
  const { result, under } = last(rows);
  expect(result).toBe(4_400_000);
  expect(under("rounding", "down")).toBe(4_400_000);
  expect(under("provincial_ceiling", "clip")).toBe(4_400_000);
  const others = otherReadings(awards(rows)[1]!, rows[1]!.row, "zh", among(rows, rows[1]!));
  expect(new Set(others.map(({ words }) => words))).toEqual(new Set(["4,400,000.00 元"]));
});

test("a reading that frees an earlier row of the limit frees the limit for this row", () => {
  const contract = (amount: number, domestic: boolean) =>
    planned("zj-15-suanli", { firm: "之江", amount, domestic, prior_paid: 0 });
  const { result, under } = last([contract(40_000_000, true), contract(10_000_000, false)]);
  expect(result).toBe(0);
  // The limit of 8 million then holds for other than indigenous compute alone, of which nothing was used.
  expect(under("cap_scope", "nondomestic")).toBe(1_000_000);
});

test("over several years: a limit for the policy's term counts what earlier years took", () => {
  const contract = (year: number) =>
    planned("zj-15-suanli", { firm: "之江", amount: 20_000_000, domestic: true, prior_paid: 0, year });
  const { result, under } = last([contract(2026), contract(2027)]);
  expect(result).toBe(6_000_000);
  expect(under("cap_period", "firm_policy")).toBe(2_000_000);
  expect(under("cap_period", "contract")).toBe(6_000_000);
});

test("with objects: a limit per product counts the firm's other product no longer", () => {
  const device = (object: string, sales: number, rank: number) =>
    planned("hz-6-terminal-award", { firm: "终端", object, sales, rank });
  const { result, under } = last([device("甲型", 40_000_000, 1), device("乙型", 50_000_000, 2)]);
  expect(result).toBe(1_000_000);
  expect(under("cap_on", "product")).toBe(2_500_000);
});

test("other instruments keep their readings, and still take the object that they pay more for", () => {
  const rows = [
    planned("hz-1-nat-suanli", { firm: "西溪", object: "合同一", amount: 50_000_000, domestic: true }),
    planned("zj-15-suanli", { firm: "西溪", object: "合同一", amount: 20_000_000, domestic: true, prior_paid: 0 }),
  ];
  expect(last(rows)).toMatchObject({ result: "not-eligible" });
  expect(last(rows).under("cap_period", "contract")).toBe("not-eligible");
});

test("rows count that share a firm or an object through others; those without either stand alone", () => {
  const row = (names: { firm?: string; object?: string }) =>
    planned("zj-15-suanli", { ...names, amount: 1, domestic: true, prior_paid: 0 });
  const [own, byFirm, byObject, apart, alone, another] = [
    row({ firm: "甲" }),
    row({ firm: "甲", object: "一" }),
    row({ firm: "乙", object: "一" }),
    row({ firm: "丙", object: "二" }),
    row({}),
    row({}),
  ];
  const rows = [alone, byObject, apart, own, another, byFirm];
  expect(rowsNear(rows, own)).toEqual([byObject, own, byFirm]);
  expect(rowsNear(rows, alone)).toEqual([alone]);
});

test("a firm and an object of the same name are two", () => {
  const row = (names: { firm?: string; object?: string }) =>
    planned("zj-15-suanli", { ...names, amount: 1, domestic: true, prior_paid: 0 });
  const rows = [row({ firm: "甲" }), row({ object: "甲" })];
  expect(rowsNear(rows, rows[0]!)).toEqual([rows[0]]);
});

describe.each(["zj-15-suanli", "hz-1-stack-suanli", "hz-6-terminal-award"])("%s", (id) => {
  const name = (...names: string[]) => fc.option(fc.constantFrom(...names), { nil: undefined });
  const anyRow = fc
    .record({
      id: fc.constantFrom(id, "zj-15-suanli", "hz-1-city-suanli"),
      firm: name("甲", "乙"),
      object: name("一", "二", "三"),
      year: fc.constantFrom(2026, 2027),
      amount: fc.integer({ min: 0, max: 60_000_000 }),
      domestic: fc.boolean(),
      rank: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ id: instrument, firm, object, year, amount, domestic, rank }) =>
      planned(instrument, {
        ...(firm !== undefined && { firm }),
        ...(object !== undefined && { object }),
        year,
        ...(instrument === "hz-6-terminal-award" ? { sales: amount, rank } : { amount, domestic }),
      }),
    );

  test("each reading gives what the whole table gives under it", () => {
    const entry = entryOf(id);
    const options = Object.entries(readingsOf(entry.instrument)).flatMap(([reading, of]) =>
      Object.keys(of.options).map((option) => [reading, option] as const),
    );
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...options),
        (rows, [reading, option]) => {
          const table = rows.map((row) =>
            row.plan.entry === entry
              ? { ...row, plan: planOf(entry, row.plan.claim, { readings: { [reading]: option } }) }
              : row,
          );
          const whole = awards(table);
          rows.forEach((row, i) => {
            if (row.plan.entry === entry) expect(among(rows, row)(reading, option)).toEqual(whole[i]);
          });
        },
      ),
    );
  });
});
