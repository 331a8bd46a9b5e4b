/** @jest-environment node */
/** Parts as they would be typed: without the noise of binary fractions. */
import { percentWords } from "../../../src/taskpane/parts/figure";

test.each([
  [0.07, "7%"],
  [0.29, "29%"],
  [1, "100%"],
  [-0.05, "-5%"],
  [0.00001, "0.001%"],
])("%d is %s", (part, words) => {
  expect(percentWords(part)).toBe(words);
});
