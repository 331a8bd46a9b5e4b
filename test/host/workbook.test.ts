import fc from "fast-check";
import { bands, requests, runs } from "../../src/host/band";
import { freeSheetName } from "../../src/host/name";
import { parsePick, pickFormulas } from "../../src/host/pick";
import { callsAny, countChanged } from "../../src/host/result";

describe("formulas that call one of our functions", () => {
  const ours = callsAny(["SUANLI_QUAN", "BUTIE", "BUTIE.EXPLAIN"]);

  test.each([
    "=SUANLI_QUAN(A1,B1)",
    "=1+suanli_quan (A1)",
    "=SUM(BUTIE.EXPLAIN(A1))",
    "=IFERROR(BUTIE(A1),0)",
    "=LET(x,BUTIE(A1),x)",
  ])("%s", (formula) => expect(ours(formula)).toBe(true));

  test.each([
    "=MY_BUTIE(A1)",
    "=X.BUTIE(A1)",
    '="BUTIE(A1)"',
    "=BUTIE",
    "BUTIE(A1)",
    "",
    "=BUTIE.LISTE(A1)",
    "=SUM(A1)",
  ])("not: %s", (formula) => expect(ours(formula)).toBe(false));
});

test("changed cells are those that show something else, came or went", () => {
  const before = new Map([["A1", 1], ["A2", 2], ["A3", 3]]); // prettier-ignore
  const after = new Map<string, string | number>([["A1", 1], ["A2", "2"], ["A4", 4]]); // prettier-ignore
  expect(countChanged(before, after)).toBe(3);
});

describe("the pick in defined names", () => {
  test("comes back as it was stored", () => {
    const jurisdiction = fc.constantFrom("zhejiang", "hangzhou", "binjiang");
    const picks = fc.record(
      { jurisdiction, year: fc.integer({ min: 1900, max: 2999 }), language: fc.constantFrom("zh", "en") },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(picks, (pick) => expect(parsePick(pickFormulas(pick))).toEqual(pick)));
  });

  test.each([
    ["a cell", { BUTIE_JURISDICTION: "=Sheet1!$A$1", BUTIE_YEAR: "=Sheet1!$A$2" }],
    ["something else", { BUTIE_YEAR: '="今年"', BUTIE_LANGUAGE: '="fr"', BUTIE_JURISDICTION: '=""' }],
  ])("that a user pointed at %s is no pick", (_, names) => {
    expect(parsePick(new Map(Object.entries(names)))).toEqual({});
  });
});

describe("the name of a new sheet", () => {
  test.each([
    ["结果", [], "结果"],
    ["结果", ["结果"], "结果 (2)"],
    ["Result", ["RESULT", "result (2)"], "Result (3)"],
    ["[a]/b:c*?\\", [], "abc"],
    ["'结果'", [], "结果"],
    ["///", [], "Butie"],
    ["History", [], "History (2)"],
    ["长".repeat(40), ["长".repeat(31)], `${"长".repeat(27)} (2)`],
  ])("%s, where %p exist", (wanted, taken, name) => expect(freeSheetName(wanted, taken)).toBe(name));
});

describe("large ranges in pieces", () => {
  const rectangle = fc.record({
    row: fc.nat(100),
    column: fc.nat(100),
    rows: fc.integer({ min: 1, max: 200 }),
    columns: fc.integer({ min: 1, max: 50 }),
  });

  test("bands cover a rectangle exactly, each within the limit where one row is", () => {
    fc.assert(
      fc.property(rectangle, fc.integer({ min: 1, max: 500 }), (area, limit) => {
        const parts = bands(area, limit);
        let row = area.row;
        for (const part of parts) {
          expect(part).toMatchObject({ row, column: area.column, columns: area.columns });
          expect(part.rows === 1 || part.rows * part.columns <= limit).toBe(true);
          row += part.rows;
        }
        expect(row).toBe(area.row + area.rows);
      }),
    );
  });

  test("requests keep the order and, as far as rows allow, the limit", () => {
    fc.assert(
      fc.property(fc.array(rectangle, { maxLength: 8 }), fc.integer({ min: 50, max: 500 }), (areas, limit) => {
        const groups = requests(areas, limit);
        expect(groups.flat()).toEqual(areas.flatMap((area) => bands(area, limit)));
        for (const group of groups) {
          expect(group.reduce((cells, { rows, columns }) => cells + rows * columns, 0)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  test("cells one below another become one run", () => {
    const cell = (row: number, column: number) => ({ row, column, rows: 1, columns: 1 });
    const cells = [cell(3, 1), cell(1, 1), cell(2, 1), cell(5, 1), cell(2, 2)];
    expect(runs(cells)).toEqual([
      { row: 1, column: 1, rows: 3, columns: 1 },
      { row: 5, column: 1, rows: 1, columns: 1 },
      { row: 2, column: 2, rows: 1, columns: 1 },
    ]);
  });
});
