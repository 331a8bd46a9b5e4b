/** butie compare: two files, or one under other terms, become a sheet that adds up. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readXlsx } from "hucre/xlsx";
import { compareFiles, type CompareJob } from "../../src/cli/compare";
import { exportFile } from "../../src/cli/export";
import { findEntry, findJurisdiction } from "../../src/rules";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";
import { compare, comparisonPage, versionOf } from "../../src/compare";
import { readBook } from "../../src/export/file/read";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "compare-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => path.join(folder, name);
const terms = { entry: findEntry("zj-15-suanli"), place: findJurisdiction("浙江")!, claim: { year: 2026 } };
const job = (before: string, after: string | undefined, change: Partial<CompareJob["change"]> = {}): CompareJob => ({
  before: file(before),
  after: after && file(after),
  output: file("diff.xlsx"),
  terms,
  change: { readings: [], ...change },
});
const LEDGER = "企业,合同编号,金额,国产\n甲,HT-1,20000000,是\n=1+1,HT-2,1000000,否\n";
const model = (input: string, output: string) =>
  exportFile({
    ...terms,
    input: file(input),
    output: file(output),
    readings: [],
    sheet: undefined,
    date: undefined,
    lambda: false,
  });

test("a ledger and the model of another one; firms that look like formulas stay text", async () => {
  writeFileSync(file("a.csv"), LEDGER);
  writeFileSync(file("b.csv"), LEDGER.replace("1000000,否", "3000000,否"));
  await model("b.csv", "b.xlsx");
  const comparison = await compareFiles(job("a.csv", "b.xlsx"));
  expect(comparison).toMatchObject({ before: 610_000_000, after: 630_000_000, same: 1 });
  const { sheets } = await readXlsx(readFileSync(file("diff.xlsx")));
  expect(sheets.map(({ name }) => name)).toEqual(["对比"]);
  const { rows, cells } = sheets[0]!;
  const at = rows.findIndex(([kind, policy]) => kind === "变动" && policy === "算力券（zj-15-suanli）");
  expect(rows[at]!.slice(2, 4)).toEqual(["=1+1", "HT-2"]);
  expect(cells!.get(`${at},2`)?.formula).toBeUndefined();
  expect(rows[at]!.slice(7, 10)).toEqual([100_000, 300_000, 200_000]);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a ledger that names no policy has that of the model which it is compared with", async () => {
  writeFileSync(file("a.csv"), LEDGER);
  await model("a.csv", "a.xlsx");
  writeFileSync(file("b.csv"), LEDGER.replace("1000000,否", "3000000,否"));
  const comparison = await compareFiles({ ...job("a.xlsx", "b.csv"), terms: { ...terms, entry: undefined } });
  expect([comparison.same, comparison.moves.map(({ fen }) => fen)]).toEqual([1, [20_000_000]]);
});

test("one workbook under a reading, a year, a document; or by the rules as they are now", async () => {
  writeFileSync(file("a.csv"), LEDGER);
  await model("a.csv", "a.xlsx");
  const reading = await compareFiles(job("a.xlsx", undefined, { readings: ["rounding=down"] }));
  expect(reading.moves).toEqual([]);
  const year = await compareFiles(job("a.xlsx", undefined, { claim: { year: 2031 } }));
  expect([year.after, year.causes.map(({ cause }) => cause)]).toEqual([0, ["申报年度不同"]]);
  const document = await compareFiles(job("a.csv", undefined, { entry: findEntry("bj-6-suanli")! }));
  expect(document.causes.map(({ cause, fen }) => [cause, fen])).toEqual([
    ["政策不同：按比例 30% → 合计 60%", 600_000_000],
    ["政策不同：按比例 10% → 合计 30%", 20_000_000],
  ]);
  expect((await compareFiles(job("a.xlsx", undefined))).moves).toEqual([]);
});

test.each([
  ["no such file", "none.csv", undefined, {}, "无法读取"],
  ["neither awards nor a table", "empty.csv", undefined, {}, "没有认出"],
  ["no such reading", "a.csv", undefined, { readings: ["a=b"] }, "没有读法“a”"],
])("refused in words: %s", async (_what, before, after, change, words) => {
  writeFileSync(file("a.csv"), LEDGER);
  writeFileSync(file("empty.csv"), "说明\n本表由财务部填报\n");
  await expect(compareFiles(job(before, after, change))).rejects.toThrow(words);
  expect(readdirSync(folder)).not.toContain("diff.xlsx");
});

test("the reader of files reads what an independent one does", async () => {
  writeFileSync(file("a.csv"), LEDGER.replace("甲", "甲 & <乙>"));
  await model("a.csv", "a.xlsx");
  const bytes = readFileSync(file("a.xlsx"));
  const read = readBook(bytes);
  const { sheets } = await readXlsx(bytes);
  expect(read.map(({ name }) => name)).toEqual(sheets.map(({ name }) => name));
  const plain = (value: unknown): unknown => (value instanceof Date ? "day" : (value ?? ""));
  for (const [s, { name, rows }] of sheets.entries()) {
    const { values, formulas } = read[s]!.cells;
    const own = rows.map((row, r) => row.map((value, c) => (plain(value) === "day" ? "day" : (values[r]?.[c] ?? ""))));
    expect([name, own]).toEqual([name, rows.map((row) => row.map(plain))]);
    for (const [place, { formula }] of sheets[s]!.cells ?? []) {
      const [row, column] = place.split(",").map(Number) as [number, number];
      if (formula) expect(formulas![row]![column]).toBe(`=${formula}`);
    }
  }
});

test.each([
  ["no zip", Buffer.from("企业,金额"), "不是 .xlsx 工作簿"],
  ["half a zip", Buffer.from("504b0304140000", "hex"), "不是 .xlsx 工作簿"],
])("the reader of files refuses %s in words", (_what, bytes, words) => {
  expect(() => readBook(bytes)).toThrow(words);
});

testWithLibreOffice(
  "LibreOffice computes the totals of a comparison as they are stored",
  async () => {
    writeFileSync(file("a.csv"), LEDGER);
    writeFileSync(file("b.csv"), LEDGER.replace("20000000", "10000000.05") + "丙,HT-3,500000,是\n");
    for (const name of ["a", "b"]) await model(`${name}.csv`, `${name}.xlsx`);
    const [before, after] = ["a.xlsx", "b.xlsx"].map((name) =>
      versionOf({ name, sheets: readBook(readFileSync(file(name))) }, { ...terms, readings: {} }, []),
    );
    const page = comparisonPage(compare(before!, after!));
    const { sheets } = recalculated({ title: "", sheets: [page], names: [] });
    const said = (label: string) => sheets[0]!.rows.find(([first]) => first === label)![1];
    expect(["之前合计", "变动", "减少", "新增", "之后合计", "之前加变动减之后（应为 0）", "各原因合计"].map(said)).toEqual([
    6_100_000, -2_999_999.98, 0, 150_000, 3_250_000.02, 0, -2_849_999.98,
  ]); // prettier-ignore
  },
  120_000,
);
