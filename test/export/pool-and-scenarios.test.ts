/** 资金池 and 情景 of an exported table: what they compute, in LibreOffice too, and where their figures lead. */
import { readXlsx, type Sheet, type Workbook } from "hucre/xlsx";
import { bookOf, exportBook, type ExportOptions, type ExportTable } from "../../src/export";
import { entryOf, halfUp, parseFigure, share, toFen, toYuan, yuanToFen } from "../../src/rules";
import { readScenarios } from "../../src/tables";
import { functions, shown } from "../functions/called";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";

const HEADERS = ["政策工具", "企业", "合同", "金额", "国产算力", "年度"];
const [BJ, HZ] = ["bj-6-suanli", "hz-1-city-suanli"];
/** Twelve firms at the cap of eight million, more than the 60 million of the pool; one row of another pool, one of the year before. */
const VALUES = [
  ...Array.from({ length: 12 }, (_, i) => [BJ, `企业${i + 1}`, `合同${i + 1}`, 90_000_000.5 + i, "是", "2026-03-15"]),
  [BJ, "=甲", "合同甲", 1_234_567.89, "否", "2026-02-01"],
  [HZ, "企业1", "合同乙", 1_000_000, "是", "2026-05-01"],
  [BJ, "乙", "合同丙", 1_000_000, "是", "2025-12-01"],
];
const TABLE: ExportTable = { instruments: [""], headers: HEADERS, values: VALUES, years: [2026] };
const OPTIONS: ExportOptions = { claim: { year: 2026 }, place: "滨江区" };

const POOL = entryOf(BJ).instrument.pool!;
const MONEY = halfUp(yuanToFen(parseFigure(entryOf(POOL).instrument.budget!.amount!)));

const opened = async (options: Partial<ExportOptions> = {}, table = TABLE): Promise<Workbook> =>
  readXlsx(exportBook(table, { ...OPTIONS, ...options }).bytes);
const sheetOf = ({ sheets }: Workbook, name: string): Sheet => sheets.find((sheet) => sheet.name === name)!;
const said = (sheet: Sheet, label: string): unknown => sheet.rows.find(([own]) => own === label)![1];

function column(sheet: Sheet, header: string): unknown[] {
  const at = sheet.rows.findIndex((row) => row[0] === "行");
  const place = sheet.rows[at]!.indexOf(header);
  expect(place).toBeGreaterThanOrEqual(0);
  return sheet.rows.slice(at + 1).map((row) => row[place] ?? "");
}
const fenIn = (sheet: Sheet, header: string): number[] => column(sheet, header).map((yuan) => toFen(Number(yuan)));

describe("资金池", () => {
  test("claims are the awards of the pool's instruments in its year, shared as BUTIE.ALLOCATE shares them", async () => {
    const sheet = sheetOf(await opened(), "资金池");
    const claims = fenIn(sheet, "申领额");
    const awards = shown(functions.butie([[""]], [HEADERS], VALUES, [[2026]]))
      .flat()
      .map(Number);
    expect(claims).toEqual(awards.map((yuan, i) => (i < 13 ? toFen(yuan) : 0)));
    const claimed = claims.reduce((a, b) => a + b);
    expect(claimed).toBeGreaterThan(MONEY);
    expect(fenIn(sheet, "按比例分得")).toEqual(share(claims, MONEY, { method: "proportional" }));
    expect(said(sheet, "采用金额")).toBe(toYuan(MONEY));
    expect(said(sheet, "缺口（正）或结余（负）")).toBe(toYuan(claimed - MONEY));
  });

  test("by month, then by row, until nothing is left; the month in which that is", async () => {
    const sheet = sheetOf(await opened(), "资金池");
    const claims = fenIn(sheet, "申领额");
    const months = column(sheet, "月份").map(Number);
    expect(months).toEqual([...Array<number>(12).fill(3), 2, 5, 12]);
    expect(fenIn(sheet, "按先后分得")).toEqual(share(claims, MONEY, { method: "rank", ranks: months }));
    expect(said(sheet, "用尽的月份")).toBe(3);
    const enough = sheetOf(await opened({ pool: { id: POOL, amount: toFen(400_000_000) } }), "资金池");
    expect(said(enough, "用尽的月份")).toBe("不会用尽");
  });

  test("rows that name no month come last, and say so where they use the pool up", async () => {
    const values = VALUES.map((row, i) => (i < 12 ? row.slice(0, 5).concat(2026) : row));
    const sheet = sheetOf(await opened({}, { ...TABLE, values }), "资金池");
    expect(column(sheet, "月份").slice(0, 12)).toEqual(Array(12).fill(13));
    expect(said(sheet, "用尽的月份")).toBe("没有填月份的各笔");
  });

  test("another amount, and a cap for the rows of each firm together", async () => {
    const values = VALUES.map((row, i) => (i < 3 ? [row[0]!, "企业1", ...row.slice(2)] : row));
    const pool = { id: POOL, amount: toFen(30_000_000), cap: toFen(3_000_000.01) };
    const sheet = sheetOf(await opened({ pool }, { ...TABLE, values }), "资金池");
    const claims = fenIn(sheet, "申领额");
    expect(said(sheet, "采用金额")).toBe(30_000_000);
    expect(claims.slice(0, 4)).toEqual([toFen(3_000_000.01), 0, 0, toFen(3_000_000.01)]);
    expect(fenIn(sheet, "按比例分得")).toEqual(share(claims, toFen(30_000_000), { method: "proportional" }));
  });

  test("rows without a firm are each one of their own under the cap", async () => {
    const headers = HEADERS.filter((header) => header !== "企业");
    const values = VALUES.map((row) => row.filter((_, c) => c !== 1));
    const pool = { id: POOL, cap: toFen(1_000_000) };
    const sheet = sheetOf(await opened({ pool }, { ...TABLE, headers, values }), "资金池");
    expect(column(sheet, "申领额").slice(0, 12)).toEqual(Array(12).fill(1_000_000));
  });

  test("a pool that is in no document counts for all rows of its year", async () => {
    const sheet = sheetOf(await opened({ pool: { amount: toFen(5_000_000) } }), "资金池");
    expect(said(sheet, "资金池（选）")).toBe("自定资金池");
    const claims = fenIn(sheet, "申领额");
    expect(claims.map((fen) => fen > 0)).toEqual(VALUES.map(([, , , , , year]) => String(year) > "2026"));
    expect(fenIn(sheet, "按比例分得")).toEqual(share(claims, toFen(5_000_000), { method: "proportional" }));
  });

  test("every pool beside its clause; every claim leads to its award; its checks are 0", async () => {
    const book = await opened();
    const sheet = sheetOf(book, "资金池");
    const parameters = sheetOf(book, "参数");
    const at = parameters.rows.findIndex(([label]) => String(label).startsWith("资金池："));
    expect(parameters.rows[at + 1]!.slice(1, 4)).toEqual([toYuan(MONEY), 0, entryOf(POOL).instrument.article]);
    const first = sheet.rows.findIndex((row) => row[0] === "行") + 1;
    const award = sheet.rows[first - 1]!.indexOf("奖补额");
    const link = sheet.cells!.get(`${first},${award}`)!.hyperlink!;
    const [, name, letters, row] = /^'?([^!']+)'?!([A-Z]+)(\d+)$/.exec(link.location!)!;
    const place = [...letters!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    expect(sheetOf(book, name!).rows[Number(row) - 1]![place]).toBe(sheet.rows[first]![award]);
    const checks = sheetOf(book, "检查").rows.filter(([of, , , wanted]) => of === "资金池" && wanted === "应为 0");
    expect(checks.map(([, , value]) => value)).toEqual([0, 0, 0]);
  });

  test("too many rows to compare with each other: no such sheet, and 关于 says so", async () => {
    const values = Array.from({ length: 1025 }, () => VALUES[12]!);
    const book = await opened({}, { ...TABLE, values });
    expect(book.sheets.map(({ name }) => name)).not.toContain("资金池");
    const about = sheetOf(book, "关于").rows.filter(([label]) => label === "没有列入");
    expect(about.map(([, words]) => String(words).slice(0, 5))).toEqual(["“企业”：", "“资金池”"]);
  });
});

describe("情景", () => {
  const SET = [
    ["情景", "比例", "上限", "金额增长", "排除的行"],
    ["上限 500 万", "", 5_000_000, "", ""],
    ["金额增一成", "", "", "10%", ""],
    ["不算前两行", "", "", "", "1-2"],
  ];
  const scenarios = readScenarios(SET);

  test("base and scenarios are what BUTIE.SCENARIO gives, and the base is the total of the book", async () => {
    const book = await opened({ scenarios });
    const sheet = sheetOf(book, "情景");
    const answers = shown(functions.scenarioResults([[""]], [HEADERS], VALUES, SET, [[2026]]));
    const lines = sheet.rows.slice(4, 4 + answers[0]!.length);
    expect(lines[0]).toEqual(["项目", "基准", ...SET.slice(1).map(([name]) => name)]);
    expect(lines.slice(1).map(([, ...values]) => values)).toEqual(
      answers[0]!.slice(1).map((_, c) => answers.slice(1).map((row) => row[c + 1])),
    );
    expect(sheet.rows.find(([label]) => label === "本簿合计与基准之差")![1]).toBe(0);
    expect(sheetOf(book, "检查").rows.some(([of, , value]) => of === "情景" && value === 0)).toBe(true);
  });

  test("blank rows are no rows of the table, and readings of the book count in the base", async () => {
    const values = [VALUES[0]!, Array<string>(6).fill(""), ...VALUES.slice(1)];
    const readings = { cap_period: "firm_policy" };
    const sheet = sheetOf(await opened({ scenarios, readings }, { ...TABLE, values }), "情景");
    expect(sheet.rows.find(([label]) => label === "本簿合计与基准之差")![1]).toBe(0);
    expect(sheet.rows.find(([label]) => label === "未能计算的行")![1]).toBe(0);
  });

  test("what each scenario changes stands below, and its total leads there", async () => {
    const sheet = sheetOf(await opened({ scenarios }), "情景");
    const place = sheet.rows[4]!.indexOf("金额增一成");
    const [, row] = /D(\d+)$/.exec(sheet.cells!.get(`4,${place}`)!.hyperlink!.location!)!;
    const settings = sheet.rows.slice(Number(row) - 1);
    expect(settings.map((line) => [line[0], line[place] ?? ""])).toEqual([
      ["上限", ""],
      ["金额增长", 0.1],
      ["排除的行", ""],
    ]);
  });

  test("a scenario that cannot be computed has its reason, and no zero for a total", async () => {
    const refused = readScenarios([
      ["情景", "辖区"],
      ["省里", "浙江"],
      ["没有", "杭州"],
    ]);
    const headers = ["企业", "金额"];
    const table: ExportTable = { instruments: ["bj-9-chuangxin"], headers, values: [["甲", 1_000_000]], years: [2026] };
    const sheet = sheetOf(await opened({ scenarios: refused }, table), "情景");
    const said = (label: string) => sheet.rows.find(([own]) => own === label)!;
    expect(said("补助合计").map((cell) => cell ?? "")).toEqual(["补助合计", expect.any(Number), "", ""]);
    expect(said("与基准之差").map((cell) => cell ?? "")).toEqual(["与基准之差", 0, "", ""]);
    expect(said("说明")[2]).toContain("地方比例");
  });
});

testWithLibreOffice(
  "a real spreadsheet computes pool and differences alike, also after an award changed",
  async () => {
    const scenarios = readScenarios([
      ["情景", "上限"],
      ["低", 1_000_000],
    ]);
    const book = bookOf(TABLE, { ...OPTIONS, scenarios, pool: { id: POOL, cap: toFen(7_000_000.33) } }).book;
    const stored = await readXlsx(
      exportBook(TABLE, { ...OPTIONS, scenarios, pool: { id: POOL, cap: toFen(7_000_000.33) } }).bytes,
    );
    const computed = recalculated(book);
    for (const name of ["资金池", "情景"])
      sheetOf(stored, name).rows.forEach((row, r) =>
        row.forEach((value, c) => {
          const there = sheetOf(computed, name).rows[r]?.[c] ?? "";
          expect({ name, r, c, value: there }).toEqual({
            ...{ name, r, c },
            value: typeof value === "number" ? expect.closeTo(value, 6) : (value ?? ""),
          });
        }),
      );
  },
  120_000,
);
