/** Files that would stop or mislead the page are refused in words: hostile ones, damaged ones, and those of other programs. */
import { strToU8, zipSync } from "fflate";
import { LIMITS } from "../../src/workbench/file/limits";
import { openFile } from "../../src/workbench/file/read";
import { TEXTS } from "../../src/workbench/texts";
import { file, formats } from "./package";

const open = (bytes: Uint8Array) => openFile(bytes, { ours: [], known: ["SUM"], others: [] });
const sheet = (inner: string, more: object = {}) => file({ sheets: { 表: inner }, ...more });
const cells = (...list: string[]) => `<sheetData><row r="1">${list.join("")}</row></sheetData>`;
const text = (length: number) => `<c r="A1" t="inlineStr"><is><t>${"长".repeat(length)}</t></is></c>`;
const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index)).join("");

/** A zip whose part announces another size than it has. */
function lying(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 4; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return bytes;
}

const compound = (name: string) =>
  Uint8Array.from([
    0xd0,
    0xcf,
    0x11,
    0xe0,
    0xa1,
    0xb1,
    0x1a,
    0xe1,
    ...Array<number>(512).fill(0),
    ...[...strToU8(name)].flatMap((byte) => [byte, 0]),
  ]);

const refused: [string, string, () => Uint8Array][] = [
  ["a text", "noWorkbook", () => strToU8("企业,金额\n")],
  ["nothing at all", "noWorkbook", () => new Uint8Array()],
  ["a zip of something else", "noWorkbook", () => zipSync({ "a.txt": strToU8("a") })],
  ["half a workbook", "damaged", () => sheet(cells()).slice(0, 600)],
  ["a file with a password", "encrypted", () => compound("EncryptedPackage")],
  ["an .xls file", "oldExcel", () => compound("Workbook")],
  ["a small file that unpacks to more than the limit", "unpacked", () => lying(sheet(cells()), LIMITS.unpacked)],
  ["a path that climbs", "climbs", () => file({ sheets: { 表: cells() }, parts: { "xl/../../evil.xml": "<a/>" } })],
  ["a path from the root", "climbs", () => file({ sheets: { 表: cells() }, parts: { "/etc/passwd": "<a/>" } })],
  [
    "entities",
    "entities",
    () =>
      file({
        sheets: { 表: "" },
        parts: { "xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet>&b;</worksheet>' },
      }),
  ],
  ["no sheet", "noSheet", () => file({ sheets: {} })],
  [
    "thousands of sheets",
    "sheets",
    () =>
      file({
        sheets: Object.fromEntries(Array.from({ length: LIMITS.sheets + 2 }, (_, index) => [`表${index}`, cells()])),
      }),
  ],
  ["a sheet name of 32 characters", "longName", () => file({ sheets: { [`${"名".repeat(32)}`]: cells() } })],
  [
    "thousands of formats",
    "formats",
    () => sheet(cells(), { styles: formats(Array<string>(LIMITS.formats).fill(">")) }),
  ],
  ["a text longer than Excel's longest", "characters", () => sheet(cells(text(LIMITS.characters + 1)))],
  [
    "an array formula over the whole sheet",
    "arrayCells",
    () => sheet(cells('<c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c>')),
  ],
  [
    "tens of thousands of merges",
    "merges",
    () =>
      sheet(
        `${cells()}<mergeCells>${many(LIMITS.merges + 1, (index) => `<mergeCell ref="A${index * 2 + 1}:A${index * 2 + 2}"/>`)}</mergeCells>`,
      ),
  ],
  ["a cell outside of any sheet", "damaged", () => sheet(cells('<c r="AAAA1"><v>1</v></c>'))],
  ["tags that do not match", "damaged", () => sheet("<sheetData><row></sheetData>")],
];

test.each(refused)("%s: %s", (_, reason, bytes) => {
  expect(() => open(bytes())).toThrow(expect.objectContaining({ reason }) as Error);
  for (const words of Object.values(TEXTS)) expect(words.reasons[reason as keyof typeof words.reasons]).toBeTruthy();
});

test("a part that unpacks to more than it announced does not get more room", () => {
  const bytes = lying(sheet(cells(text(9000))), 100);
  expect(() => open(bytes)).toThrow(expect.objectContaining({ reason: "damaged" }) as Error);
});

test.each<[string, string]>([
  ["the longest text of Excel", cells(text(LIMITS.characters))],
  [
    "merged columns and a merged sheet, cut to the grid",
    `${cells()}<mergeCells><mergeCell ref="A1:B1048576"/></mergeCells>`,
  ],
  ["a merge of the whole sheet", `${cells()}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`],
  [
    "content in the last cell of the sheet",
    '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
  ],
  ["widths of all columns", `<cols><col min="1" max="16384" width="12"/></cols>${cells()}`],
  [
    "rows without numbers",
    "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>",
  ],
])("%s is opened", (_, inner) => {
  const { workbook } = open(sheet(inner));
  const opened = workbook.sheets!.sheet1!;
  const [merge] = opened.mergeData!;
  if (merge) expect([merge.endRow, merge.endColumn]).toEqual([999, merge.endColumn === 1 ? 1 : 25]);
  else
    expect(Object.keys(opened.cellData ?? {}).length + Object.keys(opened.columnData ?? {}).length).toBeGreaterThan(0);
});

test("cells and rows without numbers stand one behind the other", () => {
  const { workbook } = open(
    sheet(
      "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='C5'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row></sheetData>",
    ),
  );
  const { cellData } = workbook.sheets!.sheet1!;
  expect([cellData![0]![1]!.v, cellData![4]![2]!.v, cellData![4]![3]!.v, cellData![5]![0]!.v]).toEqual([2, 3, 4, 5]);
});
