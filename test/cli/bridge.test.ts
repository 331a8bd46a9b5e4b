/** The bridge as a chart of a file: columns upon each other that end where each step ends, in formulas over the amounts. */
import fc from "fast-check";
import { bookOf } from "../../src/cli/book";
import { wordsIn } from "../../src/cli/text";
import { writeBook } from "../../src/export/file/write";
import { barsOf, bridgeParts } from "../../src/taskpane/parts/bridge";
import { reportSheet } from "../../src/taskpane/parts/report";
import { gainsOver } from "../../src/taskpane/scenarios/gains/question";
import { gainsSections } from "../../src/taskpane/scenarios/gains/table";
import { tableOf } from "../../src/taskpane/scenarios/base";
import type { Scenario } from "../../src/rules";
import { partsOf } from "../workbench/package";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";

const amount = fc.integer({ min: -1e9, max: 1e9 });

test("what is drawn of a step goes from where the one before ended to where it ends, above and below zero", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.array(amount, { minLength: 1, maxLength: 6 }), (before, steps) => {
      const amounts = [before, ...steps, steps.reduce((sum, step) => sum + step, before)];
      const bars = barsOf(amounts);
      const { parts, rows } = bridgeParts(amounts, "B", 5);
      rows.forEach((row, k) => {
        const values = new Map(parts.map((part, p) => [part, Number(row[p]!.value(0))]));
        const drawn = [...values].filter(([part]) => part !== "base").map(([, value]) => value);
        const base = values.get("base")!;
        const { from, to } = bars[k]!;
        // Columns stand upon each other above zero and hang below each other below it.
        const reach = (sign: 1 | -1) => {
          const one = [base, ...drawn].filter((value) => value * sign > 0);
          return one.reduce((sum, value) => sum + value, 0) + 0;
        };
        expect([reach(-1), reach(1)]).toEqual([Math.min(0, from, to) + 0, Math.max(0, from, to)]);
        expect(drawn.reduce((sum, value) => sum + Math.abs(value), 0)).toBe(Math.abs(to - from));
        const [more, less] = ["more", "less"].map(
          (name) =>
            Math.abs(values.get(name as "more") ?? 0) + Math.abs(values.get(`${name}-below` as "more-below") ?? 0),
        );
        if (k > 0 && k < amounts.length - 1)
          expect([more, less]).toEqual([Math.max(0, to - from), Math.max(0, from - to)]);
      });
    }),
  );
});

const TABLE = [
  ["政策工具", "企业", "amount", "domestic"],
  ["zj-15-suanli", "甲", 1_000_000, true],
  ["zj-15-suanli", "乙", 40_000_000, true],
  ["zj-15-suanli", "丙", 4_000_000, false],
];
const CHANGED: Scenario = { name: "两项", rate: "0.2", cap: 100_000_000 };

function report() {
  const { base, groupings } = tableOf(TABLE, "", { year: 2026 });
  const work = gainsOver({ base, from: undefined, to: CHANGED, groupings });
  for (let step = work.next(); ; step = work.next())
    if (step.done) return reportSheet("得失", ["得失"], gainsSections(step.value, wordsIn("zh"), "zh"));
}

test("the chart of a report reads cells that are formulas over the amounts of the table", () => {
  const { charts, cells, results } = report();
  expect(charts).toEqual([expect.objectContaining({ kind: "bridge", title: "由现行到改后，一步一步（万元）" })]);
  const heads = cells.findIndex((row) => row[1] === "底（不画）");
  expect(cells[heads]!.slice(0, 5)).toEqual(["", "底（不画）", "合计", "增加", "减少"]);
  const amounts = cells.findIndex(([label]) => label === "现行合计") + 1;
  expect(cells[heads + 1]!.slice(0, 5)).toEqual([`=A${amounts}`, "=0", `=B${amounts}`, "=0", "=0"]);
  expect(results!.get(`A${heads + 2}`)).toBe("现行合计");
  expect(results!.get(`C${heads + 2}`)).toBe(cells[amounts - 1]![1]);
});

test("in a file the columns stand upon each other, the first unseen, and show what they add", () => {
  const parts = partsOf(writeBook(bookOf("得失", [report()])));
  const chart = parts["xl/charts/chart1_1.xml"]!;
  expect(chart).toMatch(/<c:grouping val="stacked"\/>.*<c:overlap val="100"\/>/s);
  const series = [...chart.matchAll(/<c:ser>.*?<\/c:ser>/gs)].map(([xml]) => xml);
  expect(series).toHaveLength(4);
  expect(series[0]).toContain("<a:noFill/>");
  expect(series[0]).not.toContain("<c:dLbls>");
  for (const drawn of series.slice(1)) expect(drawn).toMatch(/<a:srgbClr.*<c:dLbls>.*<c:showVal val="1"\/>/s);
  // What is shown is known to who does not compute.
  expect(series[1]).toMatch(/<c:pt idx="0"><c:v>\d+/);
  expect(chart).not.toMatch(/<c:v>=/);
});

testWithLibreOffice("LibreOffice computes the same", async () => {
  const sheet = report();
  const computed = recalculated(bookOf("得失", [sheet])).sheets[0]!.rows;
  const cellAt = (address: string) => {
    const [, letter, row] = /^([A-Z])(\d+)$/.exec(address)!;
    return computed[Number(row) - 1]?.[letter!.charCodeAt(0) - 65];
  };
  const found = [...sheet.results!.keys()].map((address) => [address, cellAt(address)]);
  expect(found).toEqual([...sheet.results!]);
  expect(found.length).toBeGreaterThan(20);
});
