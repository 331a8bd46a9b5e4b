import {
  CATALOGUE,
  entryOf,
  findEntry,
  findJurisdiction,
  isInForce,
  isPartialYear,
  planOf,
  POLICIES,
  readingsOf,
  windowOf,
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
  ])("%s on %s", (id, day, inForce) => expect(isInForce({ document: documentOf(id) }, on(day))).toBe(inForce));

  test.each([
    ["zj", [2025, 2026, 2027], [2025]],
    ["bj", [2025, 2026, 2027, 2028], [2025, 2028]],
    ["hz", [2025, 2026, 2027], [2025]],
  ])("%s is in force in %p, of which %p in part", (id, years, partial) => {
    const document = documentOf(id);
    const all = [2023, 2024, 2025, 2026, 2027, 2028, 2029];
    expect(all.filter((year) => isInForce({ document }, { year }))).toEqual(years);
    expect(years.filter((year) => isPartialYear(document, { year }))).toEqual(partial);
    expect(isPartialYear(document, on("2025-07-01"))).toBe(false);
  });
});

describe("an end that second-hand sources report", () => {
  const bj = documentOf("bj");
  const reported = { window_end: "reported" };

  test("counts under its reading only", () => {
    expect(windowOf(bj)).toEqual({ from: "2025-06-10", to: "2028-06-09" });
    expect(windowOf(bj, { window_end: "text" })).toEqual(windowOf(bj));
    expect(windowOf(bj, reported)).toEqual({ from: "2025-06-10", to: "2026-09-10" });
    expect(isInForce({ document: bj }, on("2026-09-10"), reported)).toBe(true);
    expect(isInForce({ document: bj }, on("2026-09-11"), reported)).toBe(false);
    expect(isInForce({ document: bj }, on("2026-09-11"))).toBe(true);
    expect([2025, 2026, 2027].map((year) => isInForce({ document: bj }, { year }, reported))).toEqual([
      true,
      true,
      false,
    ]);
    expect([2025, 2026].map((year) => isPartialYear(bj, { year }, reported))).toEqual([true, true]);
    expect(isPartialYear(bj, { year: 2026 })).toBe(false);
  });

  test("a document without one keeps its window, and its instruments lack the reading", () => {
    expect(windowOf(documentOf("zj"), reported)).toEqual(windowOf(documentOf("zj")));
    expect(windowOf(documentOf("zj23"), reported)).toEqual({ from: "2023-12-07" });
    for (const { instrument, document } of CATALOGUE)
      expect("window_end" in readingsOf(instrument)).toBe(document.window.reported !== undefined);
  });

  test("the plan takes it", () => {
    const planned = (readings: Record<string, string>) =>
      planOf(entryOf("bj-6-suanli"), { year: 2027 }, { readings }).inForce;
    expect([planned({}), planned(reported)]).toEqual([true, false]);
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
