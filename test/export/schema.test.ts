/** Exported books by the schema of the file format, as Microsoft's own validator has it: Excel opens them without a repair. */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { exportBook, type ExportTable } from "../../src/export";
import { templateBook } from "../../src/export/template";
import { CATALOGUE } from "../../src/rules";
import { faultsIn } from "../tools/schema";

const exported = (table: ExportTable): Uint8Array =>
  exportBook(table, { claim: { year: 2026 }, place: "浙江省", date: "2026-11-27", lambda: true }).bytes;

/** Names that a file format has to write with care. */
const FIRMS = [
  "=1+1",
  "+加",
  "-减",
  "@邮箱",
  `甲 & 乙 <"丙">`,
  " 前后有空格 ",
  "_x0041_",
  "铃\u0007响",
  "半\ud83d字",
  "两行\n名",
];
const TABLE: ExportTable = {
  instruments: ["zj-15-suanli"],
  headers: ["企业", "合同", "金额", "国产算力", "年度"],
  values: FIRMS.flatMap((firm, i) => [
    [firm, `HT${i}`, 1_000_000 + i / 100, "是", 2026],
    [firm, `HT${i}`, 20_000_000, "否", i % 2 ? "2025-06-10" : 2026],
  ]),
  years: [2026],
};

/** Rows of instruments of every kind: all inputs blank but the firm. */
const KINDS: ExportTable = {
  instruments: [],
  headers: ["政策工具", "企业"],
  values: CATALOGUE.filter((_, i) => i % 12 === 0).map(({ instrument }) => [instrument.id, "甲"]),
  years: [2026],
};

/** A part of the file with something changed in it. */
function spoilt(bytes: Uint8Array, part: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  return zipSync({ ...parts, [part]: strToU8(change(strFromU8(parts[part]!))) });
}

test("every part of a book keeps to the schema; what does not is found", () => {
  const book = exported(TABLE);
  const sheet = "xl/worksheets/sheet1.xml";
  const [good, model, kinds, order, attribute, style] = faultsIn([
    book,
    templateBook({ year: 2026, rows: 32 }),
    exported(KINDS),
    spoilt(book, sheet, (xml) => xml.replace(/(<sheetData>.*<\/sheetData>)(.*)(<pageMargins[^>]*>)/s, "$3$2$1")),
    spoilt(book, sheet, (xml) => xml.replace('state="frozen"', 'state="stiff"')),
    spoilt(book, "xl/styles.xml", (xml) => xml.replace(/xfId="\d+"/g, 'xfId="no"')),
  ]);
  expect(good).toEqual([]);
  // Charts and lists to choose from are parts of the model only.
  expect(model).toEqual([]);
  expect(kinds).toEqual([]);
  for (const faults of [order!, attribute!, style!]) expect(faults.length).toBeGreaterThan(0);
}, 300_000);

test("texts come back as they were", async () => {
  const { sheets } = await readXlsx(exported(TABLE));
  const { rows } = sheets.find(({ name }) => name === "测算")!;
  const names = new Set(rows.slice(5).map((row) => row[1]));
  // A half of a sign that stands alone is none; XML has no place for it but as a code.
  expect([...names].filter((name) => !String(name).startsWith("半"))).toEqual(
    FIRMS.filter((name) => !name.startsWith("半")).map((name) => name.trim()),
  );
});
