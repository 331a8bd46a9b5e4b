/** The exported workbook as an auditor reads it: what stands where, what leads where, what stays text. */
import { readXlsx, type Sheet, type Workbook } from "hucre/xlsx";
import { bookOf, exportBook, type ExportOptions, type ExportTable } from "../../src/export";
import type { Book } from "../../src/export/file/sheet";
import { entryOf, RULES_VERSION } from "../../src/rules";
import { quotesOf } from "../../src/writers/terms";
import { functions, shown } from "../functions/called";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";

const HEADERS = ["企业", "金额", "国产算力", "年度"];
const VALUES = [
  ["=1+1", 20_000_000, "是", 2026],
  ["+加", 333_333.35, "否", 2026],
  ["-减", 5.5, "是", 2026],
  ["@邮箱", 1_000_000, "否", 2025],
  ["=1+1", 20_000_000, "是", 2026],
];
const TABLE: ExportTable = { instruments: ["zj-15-suanli"], headers: HEADERS, values: VALUES, years: [2026] };
const OPTIONS: ExportOptions = { claim: { year: 2026 }, place: "浙江省" };

const opened = async (table = TABLE, options = OPTIONS): Promise<Workbook> =>
  readXlsx(exportBook(table, options).bytes, { readStyles: true });
const sheetOf = ({ sheets }: Workbook, name: string): Sheet => sheets.find((sheet) => sheet.name === name)!;

/** A column of 测算 by its header, in the order of the sheet. */
function columnOf(sheet: Sheet, header: string): unknown[] {
  const at = sheet.rows.findIndex((row) => row[0] === "原表行");
  const column = sheet.rows[at]!.indexOf(header);
  return sheet.rows.slice(at + 1).map((row) => row[column] ?? null);
}

/** A column as the table has its rows. */
function inTableOrder(sheet: Sheet, header: string): unknown[] {
  const sources = columnOf(sheet, "原表行").map(Number);
  const cells = columnOf(sheet, header);
  return sources.map((_, i) => cells[sources.indexOf(i + 1)]);
}

test("sheets, titles, frozen headers, print set-up", async () => {
  const book = await opened();
  expect(book.sheets.map(({ name }) => name)).toEqual(["汇总", "企业", "测算", "参数", "条款", "检查", "关于"]);
  for (const sheet of book.sheets) {
    expect(sheet.pageSetup).toMatchObject({ paperSize: "a4", orientation: "landscape", fitToPage: true });
    expect(sheet.pageSetup!.printTitlesRow).toMatch(/^\$?\d:\$?\d$/);
    expect(sheet.headerFooter!.oddFooter).toContain("&P");
  }
  expect(sheetOf(book, "测算").freezePane).toEqual({ rows: 5, columns: 2 });
  expect(sheetOf(book, "测算").rows[0]![0]).toBe("算力券（zj-15-suanli）");
});

test("texts that look like formulas stay text", async () => {
  const sheet = sheetOf(await opened(), "测算");
  expect(inTableOrder(sheet, "企业")).toEqual(VALUES.map(([firm]) => firm));
  const column = sheet.rows[4]!.indexOf("企业");
  for (let row = 5; row < 5 + VALUES.length; row++)
    expect(sheet.cells!.get(`${row},${column}`)?.formula).toBeUndefined();
});

test("stored results are those of BUTIE, and so is their total", async () => {
  const sheet = sheetOf(await opened(), "测算");
  const answers = shown(functions.butie([["zj-15-suanli"]], [HEADERS], VALUES, [[2026]])).flat();
  expect(inTableOrder(sheet, "奖补额")).toEqual(answers);
  expect(inTableOrder(sheet, "导出时函数结果")).toEqual(answers);
  const total = sheet.rows[3]!.find((cell) => typeof cell === "number");
  expect(total).toBe(Math.round((answers as number[]).reduce((a, b) => a + b * 100, 0)) / 100);
});

test("every figure of a document stands beside its clause, quotation and status, and leads to it", async () => {
  const book = await opened();
  const parameters = sheetOf(book, "参数");
  const { instrument } = entryOf("zj-15-suanli");
  const figures = parameters.rows.filter((row) => row[3] === instrument.article);
  expect(figures.map(([, value]) => value)).toEqual(expect.arrayContaining([0.1, 0.3, 8_000_000]));
  for (const row of figures)
    expect(row.slice(4)).toEqual([
      quotesOf(instrument).join("……"),
      expect.stringContaining("浙政发"),
      "现行",
      "条款 →",
    ]);
  const links = [...parameters.cells!.values()].flatMap(({ hyperlink }) => hyperlink?.location ?? []);
  expect(links.length).toBe(figures.length);
  for (const link of links) {
    const [, name, row] = /^(.+)!A(\d+)$/.exec(link)!;
    expect(sheetOf(book, name!).rows[Number(row) - 1]![0]).toBe("算力券");
  }
});

/** The cells of a sheet that lead elsewhere, by the place they lead to. */
const linksOf = (sheet: Sheet): [place: string, location: string][] =>
  [...sheet.cells!].flatMap(([place, { hyperlink }]) => (hyperlink?.location ? [[place, hyperlink.location]] : []));

test("from a firm's total to the quotation in three clicks", async () => {
  const book = await opened();
  const follow = (location: string): { sheet: Sheet; row: number } => {
    const [, name, row] = /^'?([^'!]+)'?![A-Z]+(\d+)$/.exec(location)!;
    return { sheet: sheetOf(book, name!), row: Number(row) - 1 };
  };
  const summary = sheetOf(book, "汇总");
  const firm = summary.rows.findIndex(([name]) => name === "=1+1");
  const first = follow(linksOf(summary).find(([place]) => place === `${firm},4`)![1]);
  // The firm's subtotal, with its rows right above it.
  expect(first.sheet.name).toBe("企业");
  expect(first.sheet.rows[first.row]![6]).toBe(8_000_000);
  const above = linksOf(first.sheet).filter(
    ([place, to]) => to.startsWith("测算!") && Number(place.split(",")[0]) < first.row,
  );
  const second = follow(above[0]![1]);
  expect(second.sheet.rows[second.row]![1]).toBe("=1+1");
  const header = second.sheet.rows[4]!.indexOf("上限");
  const third = follow(linksOf(second.sheet).find(([place]) => place === `4,${header}`)![1]);
  const { instrument } = entryOf("zj-15-suanli");
  expect(third.sheet.rows[third.row]!.slice(0, 5)).toEqual([
    expect.stringMatching(/^上限/),
    8_000_000,
    0,
    instrument.article,
    quotesOf(instrument).join("……"),
  ]);
});

test("a working paper of each firm: its rows, their figures and limits, which one decides; a page for each", async () => {
  const papers = sheetOf(await opened(), "企业");
  const titles = papers.rows.map((row) => row[0]);
  expect(["=1+1", "+加", "-减", "@邮箱"].map((firm) => titles.includes(firm))).toEqual([true, true, true, true]);
  expect(papers.rowBreaks).toHaveLength(3);
  const from = titles.indexOf("=1+1");
  const lines = papers.rows.slice(from + 1, titles.indexOf("+加"));
  const said = (label: string) => lines.filter((row) => row[4] === label).map((row) => row.slice(5, 8));
  expect(said("按比例")).toEqual([
    [6_000_000, null, "←"],
    [6_000_000, null, ""],
  ]);
  expect(said("上限")).toEqual([
    [8_000_000, null, ""],
    [2_000_000, null, "←"],
  ]);
  expect(said("小计")).toEqual([[null, 8_000_000, null]]);
});

test("overlaps: what stays of the rows of one object, and which instruments may be added", async () => {
  const table: ExportTable = {
    instruments: [],
    headers: ["政策工具", "合同编号", "金额", "国产算力"],
    values: [
      ["zj-15-suanli", "一", 1_000_000, "是"],
      ["bj-6-suanli", "一", 1_000_000, "是"],
      ["bj-6-suanli", "二", 500_000, "是"],
    ],
    years: [2026],
  };
  const { rows } = sheetOf(await opened(table), "重叠");
  expect(rows.filter(([object]) => object === "一").map((row) => [row[1], row[2], row[4], row[5], row[6]])).toEqual([
    ["算力券", 1, 300_000, "否", 0],
    ["算力券", 2, 600_000, "是", 600_000],
  ]);
  expect(rows.filter(([, words]) => words === "此对象可得（最优组合）").map((row) => row[6])).toEqual([600_000]);
  expect(rows.find(([, words]) => words === "各对象合计")![6]).toBe(600_000);
  expect(rows.some(([object]) => object === "二")).toBe(false);
  expect(rows.at(-1)).toContain("同一对象只取一项（从优、就高、不重复）");
});

test("from a limit to its parameters", async () => {
  const book = await opened();
  const sheet = sheetOf(book, "测算");
  const header = sheet.rows[4]!.indexOf("上限");
  const link = sheet.cells!.get(`4,${header}`)!.hyperlink!.location!;
  expect(sheetOf(book, "参数").rows[Number(/\d+$/.exec(link)![0]) - 1]![0]).toMatch(/^上限/);
});

test("the about sheet: version, pick, readings, date as given; no clock", async () => {
  const options = { ...OPTIONS, readings: { cap_period: "firm_policy" }, date: "2026-11-27" };
  const about = sheetOf(await opened(TABLE, options), "关于");
  const lines = about.rows.map(([label, value]) => `${label as string}：${value as string}`);
  expect(lines).toContain(`规则版本：${RULES_VERSION.version}（${RULES_VERSION.date}）`);
  expect(lines).toContain("辖区和年度：浙江省，2026年");
  expect(lines).toContain("所选读法：cap_period=firm_policy");
  expect(lines).toContain("导出日期：2026-11-27");
  expect(lines.length).toBe(sheetOf(await opened(), "关于").rows.length + 2);
});

test("readings chosen for the book count where the table says none", async () => {
  const values = [
    ["甲", 20_000_000, "是", 2025],
    ["甲", 20_000_000, "是", 2026],
  ];
  const byYear = sheetOf(await opened({ ...TABLE, values }), "测算");
  const overall = sheetOf(
    await opened({ ...TABLE, values }, { ...OPTIONS, readings: { cap_period: "firm_policy" } }),
    "测算",
  );
  expect(inTableOrder(byYear, "奖补额")).toEqual([6_000_000, 6_000_000]);
  expect(inTableOrder(overall, "奖补额")).toEqual([6_000_000, 2_000_000]);
});

describe("the awards as LAMBDA functions besides", () => {
  const values = [...VALUES, ["=SUM(9,9)", 10_000, "是", 2026]];
  const table = { ...TABLE, values };

  test("only where they are asked for: names, a sheet that lists them, a line on 关于", async () => {
    const [plain, asked] = [await opened(table), await opened(table, { ...OPTIONS, lambda: true })];
    const names = ({ namedRanges = [] }: Workbook) => namedRanges.filter(({ range }) => range.includes("LAMBDA"));
    expect(names(plain)).toEqual([]);
    expect(names(asked).map(({ name }) => name)).toEqual(["SUANLI_QUAN_ZJ_15"]);
    expect(names(asked)[0]!.comment).toMatch(/^算力券（zj-15-suanli）。一次一笔，不看其他行，共用限额须填已获金额。/);
    expect(plain.sheets.map(({ name }) => name)).not.toContain("命名函数");
    expect(asked.sheets.map(({ name }) => name).slice(-4)).toEqual(["条款", "命名函数", "检查", "关于"]);
    const about = sheetOf(asked, "关于").rows.find(([label]) => label === "命名函数")!;
    expect(about[1]).toMatch(/Microsoft 365.*不看其他行/);
    expect(sheetOf(plain, "关于").rows.some(([label]) => label === "命名函数")).toBe(false);
  });

  test("every other sheet is the same, formula by formula", async () => {
    const [plain, asked] = [await opened(table), await opened(table, { ...OPTIONS, lambda: true })];
    for (const sheet of plain.sheets.filter(({ name }) => name !== "关于" && name !== "参数"))
      expect([...sheetOf(asked, sheet.name).cells!]).toEqual([...sheet.cells!]);
  });

  test("name, arguments, clause, an example as a text with its result, a way to the quotation", async () => {
    const book = await opened(table, { ...OPTIONS, lambda: true });
    const sheet = sheetOf(book, "命名函数");
    const at = sheet.rows.findIndex(([name]) => name === "SUANLI_QUAN_ZJ_15");
    const { instrument } = entryOf("zj-15-suanli");
    expect(sheet.rows[at]!.slice(0, 4)).toEqual([
      "SUANLI_QUAN_ZJ_15",
      "算力券（zj-15-suanli）",
      "合同实际执行金额，自主算力，年度，[国家支持的重点领域项目]，[国家规定比例]，[国家规定上限]，[地方比例]，[本期已获]，[符合申报条件]",
      instrument.article,
    ]);
    expect(sheet.rows[at]!.slice(5, 7)).toEqual(['=SUANLI_QUAN_ZJ_15(20000000,"是",2026)', 6_000_000]);
    // Nothing on the sheet is a formula, which an older Excel could not compute.
    expect([...sheet.cells!.values()].filter(({ formula }) => formula !== undefined)).toEqual([]);
    const link = sheet.cells!.get(`${at},7`)!.hyperlink!.location!;
    expect(sheetOf(book, "条款").rows[Number(/\d+$/.exec(link)![0]) - 1]![0]).toBe("算力券");
  });
});

test("rows that cannot be read are named, not dropped in silence", async () => {
  const values = [...VALUES, ["甲", "100万", "是", 2026]];
  const checks = sheetOf(await opened({ ...TABLE, values }), "检查");
  const at = checks.rows.findIndex(([label]) => label === "没有列入的行");
  expect(checks.rows[at + 1]![0]).toBe("原表第 6 行");
  expect(checks.rows[at + 1]![1]).toContain("100万");
});

test("a table without a row to compute is refused", () => {
  expect(() => exportBook({ ...TABLE, values: [["甲", "100万", "是", 2026]] }, OPTIONS)).toThrow("没有可以测算的行");
});

test("several instruments: one sheet each, all of them in the checks", async () => {
  const table: ExportTable = {
    instruments: [],
    headers: ["政策工具", "企业", "金额", "国产算力"],
    values: [
      ["zj-15-suanli", "甲", 1_000_000, "是"],
      ["bj-6-suanli", "甲", 1_000_000, "是"],
    ],
    years: [2026],
  };
  const book = await opened(table);
  expect(book.sheets.map(({ name }) => name).slice(2, 4)).toEqual(["测算1 算力券", "测算2 算力券"]);
  const totals = sheetOf(book, "检查").rows.filter(([, words]) => words === "合计");
  expect(totals.map(([, , value]) => value)).toEqual([300_000, 600_000]);
});

/** The book with one value changed, as a user types it. */
function changed(
  book: Book,
  name: string,
  isRow: (values: readonly unknown[]) => boolean,
  column: number,
  value: string | number,
): Book {
  const sheet = book.sheets.find((one) => one.name === name)!;
  const rows = Array.from({ length: sheet.length }, (_, at) => sheet.row(at));
  const found = rows.findIndex((cells) => isRow(cells.map((cell) => cell?.content)));
  const row = (at: number): Row =>
    at === found ? rows[at]!.map((cell, c) => (c === column ? { ...cell, content: value } : cell)) : rows[at]!;
  return { ...book, sheets: book.sheets.map((one) => (one === sheet ? { ...sheet, row } : one)) };
}
type Row = ReturnType<Book["sheets"][number]["row"]>;

testWithLibreOffice(
  "a cap changed in the parameter sheet changes the awards as our function says",
  async () => {
    const cap = 5_000_000.01;
    const book = changed(bookOf(TABLE, OPTIONS).book, "参数", ([, value]) => value === 8_000_000, 1, cap);
    const whatIf = VALUES.map((row) => [...row, cap]);
    const answers = shown(functions.butie([["zj-15-suanli"]], [[...HEADERS, "whatif_cap"]], whatIf, [[2026]])).flat();
    const computed = recalculated(book);
    expect(inTableOrder(sheetOf(computed, "测算"), "奖补额")).toEqual(answers);
    const total = Math.round((answers as number[]).reduce((sum, yuan) => sum + yuan * 100, 0)) / 100;
    const summary = sheetOf(computed, "汇总").rows;
    const said = (label: string) => summary.find(([first]) => first === label)![2];
    expect([said("合计"), said("各企业合计"), said("与按政策合计之差（应为 0）")]).toEqual([total, total, 0]);
    expect(said("=1+1")).toBe(cap);
  },
  300_000,
);

testWithLibreOffice(
  "a firm that is renamed into another one is noticed: the rows must be sorted anew",
  async () => {
    const book = changed(bookOf(TABLE, OPTIONS).book, "测算", ([source]) => source === 3, 1, "=1+1");
    const sheet = sheetOf(recalculated(book), "测算");
    expect(columnOf(sheet, "顺序有变").filter((cell) => cell === 1).length).toBeGreaterThan(0);
  },
  300_000,
);

testWithLibreOffice(
  "a rate with more decimals than its parts hold is noticed",
  async () => {
    const book = changed(bookOf(TABLE, OPTIONS).book, "参数", ([, value]) => value === 0.3, 1, 0.3333);
    const checks = sheetOf(recalculated(book), "检查").rows;
    expect(checks.find(([, words]) => words === "不合精度的参数")![2]).toBe(1);
    expect(checks.find(([, words]) => words === "应为 0 的各项合计")![2]).toBe(1);
  },
  300_000,
);

testWithLibreOffice(
  "an award beyond 15 digits: its row is marked, and 检查 counts it among what must be 0",
  async () => {
    // 30 % of it, and a cap, above a million million yuan: a spreadsheet cannot hold every fen of such a product.
    const large = ["甲", 9_999_999_999_999.99, "是", 2026, 9_000_000_000_000];
    const values = [large, ["乙", 1_000_000.05, "是", 2026, ""]];
    const { book } = bookOf({ ...TABLE, headers: [...HEADERS, "whatif_cap"], values }, OPTIONS);
    const computed = recalculated(book);
    const sheet = sheetOf(computed, "测算");
    expect(inTableOrder(sheet, "超出精确范围")).toEqual([1, 0]);
    expect(inTableOrder(sheet, "导出时函数结果")).toEqual([3_000_000_000_000, 300_000.02]);
    const checks = sheetOf(computed, "检查").rows;
    expect(checks.find(([, words]) => words === "超出精确范围的行（这些行以函数为准）")!.slice(2, 4)).toEqual([
      1,
      "应为 0",
    ]);
    expect(checks.find(([, words]) => words === "应为 0 的各项合计")![2]).toBe(1);
  },
  300_000,
);
