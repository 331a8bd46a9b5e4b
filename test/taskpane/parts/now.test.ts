/** Whether what was read holds the same as what the workbook holds now. */
import { isSame } from "../../../src/taskpane/parts/now";

const claims = (size: number) => ({ amounts: [100, size], dates: undefined, ahead: [new Map([[2027, size]])] });

test("the same cells read twice hold the same", () => {
  expect(isSame(claims(7), claims(7))).toBe(true);
  expect(isSame(new Error("missing"), new Error("missing"))).toBe(true);
});

test.each([
  ["a number", claims(7), claims(8)],
  ["one value more", [1, 2], [1, 2, 3]],
  ["a value by year", new Map([[2027, 1]]), new Map([[2027, 2]])],
  ["another year", new Map([[2027, 1]]), new Map([[2028, 1]])],
  ["one of a set", new Set(["甲"]), new Set(["乙"])],
  ["a name", { one: 1 }, { other: 1 }],
  ["a refusal", new Error("missing"), new Error("twice")],
  ["a refusal instead of a value", { value: 1 }, { error: new Error("missing") }],
  ["nothing", { value: 1 }, undefined],
])("a change is seen: %s", (_, before, after) => {
  expect(isSame(before, after)).toBe(false);
  expect(isSame(after, before)).toBe(false);
});
