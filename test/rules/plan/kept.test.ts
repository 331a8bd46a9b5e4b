/** What is kept of plans between calls: the same again serves again, and nothing is kept for ever. */
import { entryOf, planOf, ratio, type Plan } from "../../../src/rules";

const entry = entryOf("zj-15-suanli");
const planAt = (perMille: number): Plan => planOf(entry, { year: 2026 }, { rate: ratio(perMille, 1000) });

test("the plan of the same claim and overrides serves again, and is forgotten after 512 others", () => {
  const first = planAt(1);
  expect(planAt(1)).toBe(first);
  for (let k = 2; k <= 513; k++) planAt(k);
  expect(planAt(1)).not.toBe(first);
  expect(planAt(1)).toEqual(first);
});

test("a day outside the window, of which there may be any number, is not kept", () => {
  const outside = { year: 2040, day: "2040-02-29" };
  expect(planOf(entry, outside)).not.toBe(planOf(entry, outside));
  expect(planOf(entry, outside)).toEqual(planOf(entry, outside));
});
