import fc from "fast-check";
import {
  columnName,
  formatAddress,
  intersect,
  parseAddress,
  parseReference,
  quoteSheet,
  reference,
  SHEET_COLUMNS,
  SHEET_ROWS,
} from "../../src/host/address";

const rectangle = fc
  .record({
    row: fc.nat(SHEET_ROWS - 1),
    column: fc.nat(SHEET_COLUMNS - 1),
    rows: fc.integer({ min: 1, max: SHEET_ROWS }),
    columns: fc.integer({ min: 1, max: SHEET_COLUMNS }),
  })
  .filter(({ row, column, rows, columns }) => row + rows <= SHEET_ROWS && column + columns <= SHEET_COLUMNS);

describe("an address", () => {
  test.each([
    ["A1", { row: 0, column: 0, rows: 1, columns: 1 }],
    ["$B$2:c5", { row: 1, column: 1, rows: 4, columns: 2 }],
    ["C5:B2", { row: 1, column: 1, rows: 4, columns: 2 }],
    ["XFD1048576", { row: SHEET_ROWS - 1, column: SHEET_COLUMNS - 1, rows: 1, columns: 1 }],
    ["B:C", { row: 0, column: 1, rows: SHEET_ROWS, columns: 2 }],
    ["2:3", { row: 1, column: 0, rows: 2, columns: SHEET_COLUMNS }],
  ])("%s is read", (address, expected) => expect(parseAddress(address)).toEqual(expected));

  test.each(["", "A", "1", "A0", "A1:", "A1:B2:C3", "XFE1", "A1048577", "Sheet1!A1", "金额", "A-1"])(
    "%p is none",
    (address) => expect(parseAddress(address)).toBeNull(),
  );

  test("is read as it was written", () => {
    fc.assert(fc.property(rectangle, (area) => expect(parseAddress(formatAddress(area))).toEqual(area)));
  });

  test.each([
    [0, "A"],
    [25, "Z"],
    [26, "AA"],
    [701, "ZZ"],
    [702, "AAA"],
    [SHEET_COLUMNS - 1, "XFD"],
  ])("column %d is called %s", (column, name) => expect(columnName(column)).toBe(name));
});

test("the common part of two rectangles lies in both, whichever comes first", () => {
  fc.assert(
    fc.property(rectangle, rectangle, (a, b) => {
      const common = intersect(a, b);
      expect(intersect(b, a)).toEqual(common);
      if (common) expect([intersect(common, a), intersect(common, b)]).toEqual([common, common]);
    }),
  );
  expect(intersect(parseAddress("A1:B2")!, parseAddress("C1:D2")!)).toBeNull();
});

describe("a sheet in a formula", () => {
  test.each([
    ["合同测算", "合同测算"],
    ["Sheet1", "Sheet1"],
    ["合同 2026", "'合同 2026'"],
    ["2026", "'2026'"],
    ["AB12", "'AB12'"],
    ["R1C1", "'R1C1'"],
    ["R", "'R'"],
    ["C", "'C'"],
    ["C1汇总", "'C1汇总'"],
    ["R9表", "'R9表'"],
    ["RC123Test", "'RC123Test'"],
    ["Results", "Results"],
    ["老板's", "'老板''s'"],
    ["a-b", "'a-b'"],
  ])("%s is spelled %s", (sheet, spelled) => {
    expect(quoteSheet(sheet)).toBe(spelled);
    expect(parseReference(`${spelled}!$A$1:B2`)).toEqual({ sheet, address: "A1:B2" });
  });

  test("is left out where the formula lies on it", () => {
    const place = { sheet: "合同 2026", address: "A1" };
    expect(reference(place, "合同 2026")).toBe("A1");
    expect(reference(place, "结果")).toBe("'合同 2026'!A1");
    expect(reference(place)).toBe("'合同 2026'!A1");
  });

  test.each(["A1", "!A1", "Sheet1!", "Sheet1!甲"])("%p refers to nothing", (text) => {
    expect(parseReference(text)).toBeNull();
  });
});
