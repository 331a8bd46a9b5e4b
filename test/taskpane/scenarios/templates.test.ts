import { CATALOGUE, findEntry, JURISDICTIONS, readingsOf } from "../../../src/rules";
import { templateOf } from "../../../src/taskpane/scenarios/templates";

const claim = { year: 2026 };
const binjiang = [findEntry("bj-6-suanli")!];

test("the rate a tenth lower and a tenth higher, exactly, for each rate of the document", () => {
  const scenarios = templateOf("rate", binjiang, claim, "zh");
  expect(scenarios.map(({ rate }) => rate)).toEqual(["0.54", "0.66", "0.27", "0.33"]);
  expect(scenarios[0]!.name).toBe("比例 54%");
});

test("the cap from a half to twice", () => {
  const scenarios = templateOf("cap", binjiang, claim, "zh");
  expect(scenarios.map(({ name, cap }) => [name, cap])).toEqual([
    ["上限 1000 万元", 1_000_000_000],
    ["上限 1500 万元", 1_500_000_000],
    ["上限 2500 万元", 2_500_000_000],
    ["上限 3000 万元", 3_000_000_000],
    ["上限 4000 万元", 4_000_000_000],
  ]);
});

test("one scenario per option of a reading that is not taken", () => {
  const scenarios = templateOf("readings", binjiang, claim, "en");
  const expected = Object.entries(readingsOf(binjiang[0]!.instrument)).flatMap(([name, reading]) =>
    Object.entries(reading.options)
      .filter(([option]) => option !== reading.default)
      .map(([option, { en }]) => ({ name: `${reading.register} ${en}`, readings: { [name]: option } })),
  );
  expect(scenarios).toEqual(expected);
  expect(scenarios).toContainEqual({
    name: "A54 per firm over the policy period",
    readings: { cap_period: "firm_policy" },
  });
});

test("other jurisdictions that have the family in force, never the own one alone", () => {
  const places = (entries: typeof binjiang, year: number) =>
    templateOf("jurisdictions", entries, { year }, "zh").map(({ jurisdiction }) => jurisdiction);
  const zhejiang = findEntry("zj-15-suanli")!;
  const all = JURISDICTIONS.filter((place) =>
    CATALOGUE.some(
      ({ instrument, jurisdiction }) => instrument.family === "compute-voucher" && jurisdiction.code === place.code,
    ),
  ).map(({ code }) => code);
  expect(places(binjiang, 2026)).toEqual(all.filter((code) => code !== "330108"));
  // Rows of two places: each place may be the scenario's. In 2028 Binjiang's is in force still, Hangzhou's not.
  expect(places([...binjiang, zhejiang], 2026)).toEqual(all);
  expect(places([zhejiang], 2028)).toContain("330108");
  expect(places([zhejiang], 2028)).not.toContain("330100");
});

test("growth of amounts is a fraction, down and up", () => {
  expect(templateOf("growth", binjiang, claim, "en").map(({ name, growth }) => [name, growth])).toEqual([
    ["amounts −20%", "-0.2"],
    ["amounts −10%", "-0.1"],
    ["amounts +10%", "0.1"],
    ["amounts +20%", "0.2"],
    ["amounts +50%", "0.5"],
  ]);
});

test("a rate above the whole is left out; a clause without rate or cap gives no scenario", () => {
  // 100% of the premium: a tenth more would be more than was paid.
  expect(templateOf("rate", [findEntry("hz-16-insurance")!], claim, "zh").map(({ rate }) => rate)).toEqual(["0.9"]);
  expect(templateOf("rate", [findEntry("bj-6-pool")!], claim, "zh")).toEqual([]);
  expect(templateOf("cap", [findEntry("bj-6-pool")!], claim, "zh")).toEqual([]);
});
