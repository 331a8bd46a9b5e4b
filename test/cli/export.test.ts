/** butie export: ledgers as people keep them become a workbook; what cannot be read is refused in words. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readXlsx, writeXlsx, type WriteSheet } from "hucre/xlsx";
import { exportFile, type ExportDone, type ExportJob } from "../../src/cli/export";
import { findEntry, findJurisdiction } from "../../src/rules";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "export-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => path.join(folder, name);
const exported = (input: string, more: Partial<ExportJob> = {}): Promise<ExportDone> =>
  exportFile({
    input: file(input),
    output: file("model.xlsx"),
    entry: findEntry("zj-15-suanli"),
    place: findJurisdiction("浙江")!,
    claim: { year: 2026 },
    readings: [],
    sheet: undefined,
    date: undefined,
    lambda: false,
    ...more,
  });
const refused = async (input: string, more?: Partial<ExportJob>): Promise<string> => {
  const words = await exported(input, more).then(
    () => "done",
    (error: Error) => error.message,
  );
  expect(readdirSync(folder)).not.toContain("model.xlsx");
  return words;
};
const sheets = async (...list: WriteSheet[]): Promise<void> =>
  writeFileSync(file("claims.xlsx"), await writeXlsx({ sheets: list }));

/** Awards and source rows of the model. */
async function awardsIn(): Promise<unknown[][]> {
  const { sheets: all } = await readXlsx(readFileSync(file("model.xlsx")));
  const sheet = all.find(({ name }) => name === "测算");
  const at = sheet!.rows.findIndex((row) => row[0] === "原表行");
  const column = sheet!.rows[at]!.indexOf("奖补额");
  return sheet!.rows.slice(at + 1).map((row) => [row[0], row[column]]);
}

test("a ledger with a title, a unit, merged firms, a subtotal: rows keep their numbers of the sheet", async () => {
  await sheets(
    { name: "说明", rows: [["本表由财务部填报"]] },
    {
      name: "台账",
      rows: [
        ["2026年算力合同台账", null, null, null],
        ["单位：万元", null, null, null],
        ["企业", "合同金额", "是否国产", "备注"],
        ["甲", 2000, "是", "续签"],
        [null, 2000, "是", null],
        ["小计", 4000, null, null],
        ["乙", 12.345678, "否", null],
      ],
      merges: [{ startRow: 3, startCol: 0, endRow: 4, endCol: 0 }],
    },
  );
  const done = await exported("claims.xlsx");
  expect(done).toMatchObject({ rows: 3, left: [], unwritten: [], unused: ["备注"] });
  // 30 % of 20 million each, 8 million for the firm; 10 % of 123,456.78.
  expect(await awardsIn()).toEqual([
    [4, 6_000_000],
    [5, 2_000_000],
    [7, 12_345.68],
  ]);
  expect(done.total).toBe(801_234_568);
});

test("CSV in GB18030, separated by semicolons", async () => {
  // 企业;金额;国产 and 甲;1000000;是 as a Chinese Excel saves them.
  writeFileSync(file("claims.csv"), Buffer.from("c6f3d2b53bbdf0b6ee3bb9fab2fa0abcd73b313030303030303bcac70a", "hex"));
  await exported("claims.csv");
  expect(await awardsIn()).toEqual([[2, 300_000]]);
});

test("rows that name their policies; one that names none is listed, not dropped", async () => {
  writeFileSync(
    file("claims.csv"),
    "政策工具,企业,金额,国产\nzj-15-suanli,甲,1000000,是\nbj-6-suanli,甲,1000000,是\n,乙,1,否\n",
  );
  const done = await exported("claims.csv", { entry: undefined });
  expect(done.rows).toBe(2);
  expect(done.left).toEqual([{ source: 4, why: expect.stringContaining("缺少政策工具编号") as string }]);
  expect(done.total).toBe(90_000_000);
});

test("readings and the date travel into the book", async () => {
  writeFileSync(file("claims.csv"), "企业,金额,国产,年度\n甲,20000000,是,2025\n甲,20000000,是,2026\n");
  await exported("claims.csv", { readings: ["cap_period=firm_policy"], date: "2026-11-27" });
  expect(await awardsIn()).toEqual([
    [2, 6_000_000],
    [3, 2_000_000],
  ]);
  const about = (await readXlsx(readFileSync(file("model.xlsx")))).sheets.at(-1)!;
  expect(about.rows).toContainEqual(["导出日期", "2026-11-27"]);
});

describe("refused in words, and no file is left", () => {
  test.each([
    ["no such file", "", "none.csv", {}, "无法读取"],
    ["another kind of file", "x", "claims.pdf", {}, "可用 .csv、.parquet、.xlsx"],
    ["no workbook", "x", "claims.xlsx", {}, "无法读取"],
    ["no table", "甲,乙\n1,2\n", "claims.csv", {}, "没有认出数据表"],
    ["a column is missing", "企业,金额\n甲,1\n", "claims.csv", {}, "还缺必填的列：自主算力"],
    ["no policy", "企业,金额,国产\n甲,1,是\n", "claims.csv", { entry: undefined }, "请用 -i 指定"],
    ["no such sheet", "企业,金额,国产\n甲,1,是\n", "claims.csv", { sheet: "台账" }, "没有工作表“台账”"],
    ["no such reading", "企业,金额,国产\n甲,1,是\n", "claims.csv", { readings: ["a=b"] }, "没有读法“a”"],
    ["no row that can be read", "企业,金额,国产\n甲,一百,是\n", "claims.csv", {}, "没有可以测算的行"],
    ["an output of another kind", "企业,金额,国产\n甲,1,是\n", "claims.csv", { output: "model.xls" }, "输出须为 .xlsx"],
  ])("%s", async (_what, content, name, more, words) => {
    if (content) writeFileSync(file(name), content);
    expect(await refused(name, more)).toContain(words);
  });
});

test("scenarios from a sheet of the input or a file of their own; the pool with another amount", async () => {
  await sheets(
    {
      name: "合同",
      rows: [
        ["企业", "金额", "国产算力"],
        ["甲", 20_000_000, "是"],
      ],
    },
    {
      name: "我的情景",
      rows: [
        ["情景", "上限"],
        ["低", 1_000_000],
      ],
    },
  );
  writeFileSync(file("set.csv"), "情景,金额增长\n增一成,10%\n");
  const pool = { amount: 100_000_000 };
  for (const [scenarios, name, total] of [
    ["我的情景", "低", 1_000_000],
    [file("set.csv"), "增一成", 6_600_000],
  ] as const) {
    await exported("claims.xlsx", { sheet: "合同", scenarios, pool });
    const { sheets: all } = await readXlsx(readFileSync(file("model.xlsx")));
    const rowsOf = (sheet: string) => all.find((one) => one.name === sheet)!.rows;
    expect(rowsOf("情景").slice(4, 6)).toEqual([
      ["项目", "基准", name],
      ["补助合计", 6_000_000, total],
    ]);
    expect(rowsOf("资金池").find(([label]) => label === "采用金额")![1]).toBe(1_000_000);
  }
  expect(await exported("claims.xlsx", { scenarios: "没有" }).catch((error: Error) => error.message)).toContain(
    "没有工作表“没有”",
  );
});
