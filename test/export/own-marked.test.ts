/** The user's own policies in an exported workbook: marked wherever their status matters, with their source, and computed like any other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readXlsx, type Sheet, type Workbook } from "hucre/xlsx";
import { bookOf, type ExportTable } from "../../src/export";
import { writeBook } from "../../src/export/file/write";
import { readOwnPolicies, setOwnPolicies } from "../../src/rules";
import { functions, shown } from "../functions/called";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";

const SMALL = readFileSync(join(__dirname, "../rules/own/small.yaml"), "utf8");
const SOURCE = "市经信局 2026 年 3 月内部讨论稿";
const OWN = "自拟政策，非官方文本";

beforeAll(() => {
  const text = SMALL.replace("document:\n", `document:\n  source: ${SOURCE}\n`);
  setOwnPolicies(readOwnPolicies([{ name: "自拟政策", text }]));
});
afterAll(() => setOwnPolicies(undefined));

const HEADERS = ["政策工具", "企业", "合同编号", "金额", "国产算力"];
const VALUES = [
  ["my-suanli", "甲", "一", 20_000_000, "是"],
  ["my-suanli", "甲", "二", 20_000_000, "是"],
  ["my-suanli", "乙", "三", 333_333.35, "否"],
  ["zj-15-suanli", "乙", "三", 100_000, "否"],
];
const TABLE: ExportTable = { instruments: [], headers: HEADERS, values: VALUES, years: [2026] };
const bookOfOwn = () => bookOf(TABLE, { claim: { year: 2026 }, place: "浙江省", lambda: true }).book;
const sheetOf = ({ sheets }: Workbook, name: string): Sheet => sheets.find((sheet) => sheet.name === name)!;

test("marked as the user's own on every sheet that names it, with status and source", async () => {
  const book = await readXlsx(writeBook(bookOfOwn()));
  const rows = (name: string) => sheetOf(book, name).rows;
  const textOf = (name: string) => rows(name).map((row) => row.filter(Boolean).join(" "));
  expect(rows("汇总").find(([name]) => name === "市级算力券（自拟）")![3]).toBe(OWN);
  expect(textOf("企业").filter((line) => line.startsWith("市级算力券（自拟）"))).toHaveLength(3);
  expect(textOf("测算1 市级算力券").slice(0, 2)).toEqual([
    "市级算力券（自拟）（my-suanli）",
    `某市算力券试行办法，自拟。状态：${OWN}`,
  ]);
  expect(textOf("重叠").join("\n")).toContain("市级算力券（自拟）");
  const figures = rows("参数").filter((row) => row[5] === "某市算力券试行办法");
  expect(figures.map(([, value]) => value)).toEqual(expect.arrayContaining([0.25, 0.15, 5_100_000]));
  for (const row of figures) expect([row[3], row[6]]).toEqual(["自拟", OWN]);
  expect(textOf("条款")).toContain("标明“自拟”的由使用者自己写成，不是官方文本。");
  expect(textOf("条款")).toContain(`状态 ${OWN}`);
  expect(rows("关于")).toContainEqual(["状态", OWN]);
  expect(rows("关于")).toContainEqual(["出处（使用者所填）", SOURCE]);
  expect(rows("命名函数").find(([name]) => name === "BUTIE_MY_SUANLI")![1]).toBe("市级算力券（自拟）（my-suanli）");
});

testWithLibreOffice(
  "computes to the fen in LibreOffice, under another cap too",
  async () => {
    const book = bookOfOwn();
    const values = async (cap: number): Promise<unknown[]> => {
      const sheets = book.sheets.map((sheet) => {
        if (sheet.name !== "参数") return sheet;
        const row = (at: number) =>
          sheet.row(at).map((cell) => (cell?.content === 5_100_000 ? { ...cell, content: cap } : cell));
        return { ...sheet, row };
      });
      const { rows } = sheetOf(recalculated({ ...book, sheets }), "测算1 市级算力券");
      const column = rows[4]!.indexOf("奖补额");
      const bySource = new Map(rows.slice(5).map((row) => [row[0], row[column]]));
      return [1, 2, 3].map((source) => bySource.get(source));
    };
    const ours = (cap: string): unknown[] => {
      setOwnPolicies(readOwnPolicies([{ name: "自拟政策", text: SMALL.replace("5100000", cap) }]));
      return shown(
        functions.butie(
          [["my-suanli"]],
          [HEADERS.slice(1)],
          VALUES.slice(0, 3).map((row) => row.slice(1)),
          [[2026]],
        ),
      ).flat();
    };
    expect(await values(5_100_000)).toEqual(ours("5100000"));
    expect(await values(6_000_000.55)).toEqual(ours("6000000.55"));
  },
  300_000,
);
