import { OfficeRuntime } from "./office-runtime";

const SCRIPT = `
const refuse = (code, message) => new CustomFunctions.Error(code, message);
CustomFunctions.associate("SUM2", (a, b) => a[0][0] + b[0][0]);
CustomFunctions.associate("ECHO", (a) => a);
CustomFunctions.associate("OMITTED", (a) => a === null || a === undefined);
CustomFunctions.associate("MIXED", () => [[1, refuse(CustomFunctions.ErrorCode.notAvailable, "未施行")], [refuse(CustomFunctions.ErrorCode.invalidValue, "金额"), 4]]);
CustomFunctions.associate("REFUSED", () => { throw refuse(CustomFunctions.ErrorCode.notAvailable, "未施行"); });
CustomFunctions.associate("BROKEN", () => { throw new Error("a fault of ours"); });
`;

let excel: OfficeRuntime;
beforeAll(() => (excel = new OfficeRuntime(SCRIPT)));
afterAll(() => excel.close());

test("a value fills one cell", async () => {
  expect(await excel.call("SUM2", [[[1]], [[2]]])).toEqual([[3]]);
});

test("a matrix spills, and each of its errors keeps its own cell and message", async () => {
  expect(await excel.call("MIXED", [])).toEqual([
    [1, { error: "#N/A", message: "未施行" }],
    [{ error: "#VALUE!", message: "金额" }, 4],
  ]);
});

test("blank, text and truth values reach the function as they are", async () => {
  const cells = [
    ["", "1,000"],
    [true, 0.1],
  ];
  expect(await excel.call("ECHO", [cells])).toEqual(cells);
});

test("an omitted argument is missing", async () => {
  expect(await excel.call("OMITTED", [null])).toEqual([[true]]);
});

test("a thrown refusal fills one cell with its error and message", async () => {
  expect(await excel.call("REFUSED", [])).toEqual([[{ error: "#N/A", message: "未施行" }]]);
});

test("any other exception, or an unknown function, is #VALUE! without a word", async () => {
  expect(await excel.call("BROKEN", [])).toEqual([[{ error: "#VALUE!", message: "" }]]);
  expect(await excel.call("UNHEARD_OF", [])).toEqual([[{ error: "#VALUE!", message: "" }]]);
});

test("calls in flight at once do not mix", async () => {
  const sums = await Promise.all([1, 2, 3].map((n) => excel.call("SUM2", [[[n]], [[10]]])));
  expect(sums).toEqual([[[11]], [[12]], [[13]]]);
});
