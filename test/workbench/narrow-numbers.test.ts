/** Numbers without a format, in a column of so many characters. */
import { shortened } from "../../src/workbench/narrow-numbers";

test.each([
  [1 / 3, 8, "0.333333"],
  [1234.5678, 6, "1234.6"],
  [1234.5678, 4, "1235"],
  [10399999.85, 10, "10399999.9"],
  [-10399999.85, 11, "-10399999.9"],
  [1250000000, 7, "1.3E+09"],
  [-1250000, 6, "-1E+06"],
  [0.00001234, 6, "1E-05"],
  [1e21, 5, "1E+21"],
  [1250000, 4, ""],
])("%s in %s characters is %s", (value, room, text) => {
  expect(shortened(value, (each) => each.length <= room)).toBe(text);
});
