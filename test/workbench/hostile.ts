/** Files that would stop or mislead the page: hostile ones, damaged ones, and those of other programs. */
import { strToU8, unzipSync, zipSync } from "fflate";
import { LIMITS, type Reason } from "../../src/workbench/file/limits";
import { file, formats } from "./package";

export const sheet = (inner: string, more: object = {}) => file({ sheets: { 表: inner }, ...more });
export const cells = (...list: string[]) => `<sheetData><row r="1">${list.join("")}</row></sheetData>`;
export const text = (length: number) => `<c r="A1" t="inlineStr"><is><t>${"长".repeat(length)}</t></is></c>`;
export const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index)).join("");

/** A zip whose part announces another size than it has. */
export function lying(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 4; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return bytes;
}

/** A zip in which a part has the name of another one of the same length. */
function twice(bytes: Uint8Array, name: string, other: string): Uint8Array {
  const parts = { ...unzipSync(bytes), [other]: strToU8("<a/>") };
  const text = Buffer.from(zipSync(parts)).toString("latin1").replaceAll(other, name);
  return new Uint8Array(Buffer.from(text, "latin1"));
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

/** What a file is like, why it is refused, and the file. */
export const HOSTILE: [string, Reason, () => Uint8Array][] = [
  ["a text", "noWorkbook", () => strToU8("企业,金额\n")],
  ["nothing at all", "noWorkbook", () => new Uint8Array()],
  ["a zip of something else", "noWorkbook", () => zipSync({ "a.txt": strToU8("a") })],
  ["half a workbook", "damaged", () => sheet(cells()).slice(0, 600)],
  ["a file with a password", "encrypted", () => compound("EncryptedPackage")],
  ["an .xls file", "oldExcel", () => compound("Workbook")],
  ["a small file that unpacks to more than the limit", "unpacked", () => lying(sheet(cells()), LIMITS.unpacked)],
  [
    "a part of blanks, a thousand times smaller in the file",
    "unpacked",
    () => sheet(`<sheetData>${" ".repeat(2 ** 24)}</sheetData>`),
  ],
  ["a shared text that is not there", "damaged", () => sheet(cells('<c r="A1" t="s"><v>7</v></c>'))],
  ["a number that is none", "damaged", () => sheet(cells('<c r="A1"><v>abc</v></c>'))],
  ["a number beyond all numbers", "damaged", () => sheet(cells('<c r="A1"><v>1e999</v></c>'))],
  ["one part twice", "damaged", () => twice(sheet(cells()), "xl/styles.xml", "xl/styles.xm_")],
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
