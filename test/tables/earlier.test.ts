/** Blank cells of years and months that the rows of earlier years tell. */
import { awards } from "../../src/rules";
import { isPlanned, readTable } from "../../src/tables";
import { functions } from "../functions/called";

const HEADERS = ["instrument", "year", "object", "cost", "year_index"];
type Cells = readonly (string | number | null)[];
const event = (year: number, index: number | null = null, cost = 1_000_000): Cells => [
  "bj-20-event",
  year,
  "论坛",
  cost,
  index,
];

const planned = (rows: readonly Cells[], headers = HEADERS) =>
  readTable(
    [undefined],
    headers,
    rows.map((row) => [...row]),
    [undefined],
    { year: 2026 },
  ).filter(isPlanned);
const indices = (...rows: Cells[]) => planned(rows).map(({ row }) => row.year_index);

test("the second year comes after one that was paid, and what a row says itself is counted on from", () => {
  expect(indices(event(2025), event(2026), event(2027), event(2028))).toEqual([undefined, 2, 3, 4]);
  expect(indices(event(2025, 2), event(2026), event(2028))).toEqual([2, 3, 4]);
  expect(indices(event(2028), event(2025))).toEqual([2, undefined]);
});

test("a year that pays nothing is none: of no cost, or because the object has a higher award", () => {
  expect(indices(event(2025, null, 0), event(2026))).toEqual([undefined, undefined]);
  const higher = ["hz-5-joint", 2025, "论坛", null, null, 10_000_000];
  const rows = [[...event(2025), null], higher, [...event(2026), null]];
  expect(planned(rows, [...HEADERS, "investment"]).map(({ counted }) => counted)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("rows of another object, of no object, or of the same year count nothing", () => {
  const nobody: Cells = ["bj-20-event", 2025, null, 1_000_000, null];
  expect(
    indices(
      nobody,
      event(2026),
      [...event(2027)].map((cell) => (cell === "论坛" ? "另一" : cell)),
    ),
  ).toEqual([undefined, undefined, undefined]);
  expect(indices(event(2026), event(2026))).toEqual([undefined, undefined]);
});

test("the rows say which of their numbers were counted, and the working paper says so", () => {
  const rows = planned([event(2026), event(2025)]);
  expect(rows.map(({ counted }) => counted)).toEqual([["year_index"], undefined]);
  expect(awards(rows).map(({ fen }) => fen)).toEqual([50_000_000, 50_000_000]);
  const paper = functions.explain([[null]], [HEADERS], [[...event(2026)], [...event(2025)]], [[2026]]);
  expect(paper).toContainEqual(["由表中数出", "第几年补助 2：单元格空白，按本表以前年度实有补助的年数计", "", "", ""]);
});
