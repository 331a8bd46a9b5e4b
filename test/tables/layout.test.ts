/** What is kept of headers and plans between calls: the same again serves again, and nothing is kept for ever. */
import { entryOf } from "../../src/rules";
import { layoutOf, type Layout } from "../../src/tables/layout";

const entry = entryOf("zj-15-suanli");
const layout = (...headers: string[]): Layout => layoutOf(entry, headers, headers) as Layout;
const day = (k: number): string => new Date(Date.UTC(2040, 0, 1 + k)).toISOString().slice(0, 10);

test("the layout of the same headers serves again, and is forgotten after 200 others", () => {
  const first = layout("amount", "domestic");
  expect(layout("amount", "domestic")).toBe(first);
  for (let k = 0; k < 200; k++) layout("amount", `备注${k}`);
  const again = layout("amount", "domestic");
  expect(again).not.toBe(first);
  expect(again.meanings).toEqual(first.meanings);
});

test("the plan of the same day serves again, and is forgotten after 200 others", () => {
  const own = layout("amount", "domestic", "备注");
  const first = own.plan({ year: 2040, day: day(0) });
  expect(own.plan({ year: 2040, day: day(0) })).toBe(first);
  for (let k = 1; k <= 200; k++) own.plan({ year: 2040, day: day(k) });
  expect(own.plan({ year: 2040, day: day(0) })).not.toBe(first);
  expect(own.plan({ year: 2040, day: day(0) })).toEqual(first);
});
