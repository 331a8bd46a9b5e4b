import {
  CATALOGUE,
  entryOf,
  findEntry,
  findJurisdiction,
  isInForce,
  isPartialYear,
  POLICIES,
  readingsOf,
  type Claim,
  type Document,
} from "../../../src/rules";

const documentOf = (id: string): Document => POLICIES.find(({ document }) => document.id === id)!.document;
const on = (day: string): Claim => ({ year: Number(day.slice(0, 4)), day });

describe("windows", () => {
  test.each([
    ["zj", "2025-05-30", false],
    ["zj", "2025-05-31", true],
    ["zj", "2027-12-31", true],
    ["zj", "2028-01-01", false],
    ["bj", "2025-06-09", false],
    ["bj", "2025-06-10", true],
    ["bj", "2028-06-09", true],
    ["bj", "2028-06-10", false],
    // The first day of the draft is blank, the guidance of 2023 states no end.
    ["hz", "2024-12-31", false],
    ["hz", "2025-01-01", true],
    ["zj23", "2023-12-06", false],
    ["zj23", "2023-12-07", true],
    ["zj23", "2099-01-01", true],
  ])("%s on %s", (id, day, inForce) => expect(isInForce(documentOf(id), on(day))).toBe(inForce));

  test.each([
    ["zj", [2025, 2026, 2027], [2025]],
    ["bj", [2025, 2026, 2027, 2028], [2025, 2028]],
    ["hz", [2025, 2026, 2027], [2025]],
  ])("%s is in force in %p, of which %p in part", (id, years, partial) => {
    const document = documentOf(id);
    const all = [2023, 2024, 2025, 2026, 2027, 2028, 2029];
    expect(all.filter((year) => isInForce(document, { year }))).toEqual(years);
    expect(years.filter((year) => isPartialYear(document, { year }))).toEqual(partial);
    expect(isPartialYear(document, on("2025-07-01"))).toBe(false);
  });
});

describe("finding", () => {
  test("an instrument by its id, whatever the letters and blanks around it", () => {
    expect(findEntry(" BJ-6-Suanli ")?.instrument.id).toBe("bj-6-suanli");
    expect(findEntry("bj-6")).toBeUndefined();
    expect(findEntry("")).toBeUndefined();
    expect(() => entryOf("bj-6")).toThrow("bj-6");
  });

  test("a jurisdiction by code, id and every name", () => {
    for (const name of ["330108", "binjiang", "BINJIANG", "滨江", "滨江区", "BJ", " bj "])
      expect(findJurisdiction(name)?.id).toBe("binjiang");
    expect(findJurisdiction("萧山")).toBeUndefined();
  });
});

test("each instrument knows the jurisdiction of its document", () => {
  for (const { document, jurisdiction } of CATALOGUE) expect(jurisdiction.code).toBe(document.jurisdiction);
  expect(entryOf("bj-6-suanli").jurisdiction.name.zh).toBe("滨江区");
});

test("rounding is a reading of every instrument; shared readings are those of readings.yaml", () => {
  for (const { instrument } of CATALOGUE) expect(readingsOf(instrument).rounding!.default).toBe("half_up");
  expect(readingsOf(entryOf("bj-6-suanli").instrument).provincial_ceiling!.register).toBe("A25");
});
