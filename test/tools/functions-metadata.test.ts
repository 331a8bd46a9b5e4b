import { completeMetadata } from "../../tools/functions-metadata.cjs";

const fn = (id: string, change: object = {}) => ({
  id,
  name: id,
  description: "Award in yuan",
  parameters: [{ name: "amount", description: "Contract amount", type: "any", dimensionality: "matrix" }],
  ...change,
});
const zh = { description: "补贴金额（元）", parameters: { amount: "合同金额" } };

test("the Chinese twin differs in its texts only", () => {
  const { english, chinese, faults } = completeMetadata({ functions: [fn("SUANLI_QUAN")] }, { SUANLI_QUAN: zh });
  expect(faults).toEqual([]);
  expect(chinese).toEqual({
    ...english,
    functions: [
      {
        ...fn("SUANLI_QUAN"),
        description: "补贴金额（元）",
        parameters: [{ name: "amount", description: "合同金额", type: "any", dimensionality: "matrix" }],
      },
    ],
  });
});

test("in both languages, error cells among the arguments reach the functions", () => {
  const { english, chinese } = completeMetadata({ functions: [fn("SUANLI_QUAN")] }, { SUANLI_QUAN: zh });
  expect([english.allowErrorForDataTypeAny, chinese.allowErrorForDataTypeAny]).toEqual([true, true]);
});

test.each([
  ["two letters", [fn("AB")], { AB: zh }, /^AB: its id needs three or more/],
  ["a letter that is not ASCII", [fn("算力券ABC")], { 算力券ABC: zh }, /its id needs/],
  ["small letters", [fn("Suanli")], { Suanli: zh }, /its id needs/],
  ["the first cell of row 12", [fn("AB12")], { AB12: zh }, /looks like a cell reference/],
  ["the last column", [fn("XFD1048576")], { XFD1048576: zh }, /looks like a cell reference/],
  ["a cell by row and column", [fn("R10C2")], { R10C2: zh }, /looks like a cell reference/],
  [
    "a name that is not the id",
    [fn("TIEXI", { name: "TIEXI2026" })],
    { TIEXI: zh },
    /^TIEXI: its name "TIEXI2026" differs/,
  ],
  ["no English", [fn("TIEXI", { description: "" })], { TIEXI: zh }, /no English description/],
  ["no Chinese entry", [fn("TIEXI")], {}, /no Chinese description$/],
  ["no Chinese parameter", [fn("TIEXI")], { TIEXI: { ...zh, parameters: {} } }, /no Chinese description of amount/],
  [
    "a stale parameter",
    [fn("TIEXI", { parameters: [] })],
    { TIEXI: zh },
    /describes a parameter amount that it does not have/,
  ],
  ["a function that was not found", [], { TIEXI: zh }, /^TIEXI: in functions.zh.json, but/],
  ["a function declared twice", [fn("TIEXI"), fn("TIEXI")], { TIEXI: zh }, /^TIEXI: declared twice/],
])("refused: %s", (_name, functions, chinese, fault) => {
  const { faults } = completeMetadata({ functions }, chinese);
  expect(faults).toContainEqual(expect.stringMatching(fault));
});
