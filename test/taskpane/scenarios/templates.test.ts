import { findEntry } from "../../../src/rules";
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
  expect(scenarios.length).toBeGreaterThan(0);
  for (const { readings } of scenarios) expect(Object.keys(readings!)).toHaveLength(1);
});

test("other jurisdictions of the same family, never the own one alone", () => {
  expect(templateOf("jurisdictions", binjiang, claim, "zh").map(({ jurisdiction }) => jurisdiction)).toEqual([
    "330000",
    "330100",
  ]);
});

test("growth of amounts is a fraction", () => {
  expect(templateOf("growth", binjiang, claim, "en").map(({ name, growth }) => [name, growth])).toContainEqual([
    "amounts −20%",
    "-0.2",
  ]);
});
