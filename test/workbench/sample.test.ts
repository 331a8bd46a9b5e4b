import { sampleWorkbook } from "../../src/workbench/sample";

const contracts = () => {
  const { cellData = {} } = sampleWorkbook().sheets!.contracts!;
  return Array.from({ length: 20 }, (_, index) => Object.values(cellData[5 + index]!).map(({ v }) => v));
};

test("twenty contracts of six firms in the three jurisdictions", () => {
  const rows = contracts();
  expect(rows.every(([contract]) => typeof contract === "string")).toBe(true);
  expect(new Set(rows.map((row) => row[3])).size).toBe(6);
  expect(new Set(rows.map((row) => row[1]))).toEqual(new Set(["浙江省", "杭州市", "滨江区"]));
});

test("every award is one spilled call over all rows", () => {
  const { cellData = {} } = sampleWorkbook().sheets!.contracts!;
  const formulas = Object.values(cellData[5]!).flatMap(({ f }) => f ?? []);
  expect(formulas).toHaveLength(3);
  expect(formulas.every((formula) => formula.includes("E6:E25") || formula.includes("D6:G25"))).toBe(true);
});
