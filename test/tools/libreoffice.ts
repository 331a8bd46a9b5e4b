/** A real spreadsheet as the second opinion: LibreOffice recalculates a workbook, whatever results are stored in it. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CellValue, Workbook } from "hucre/xlsx";
import type { Book } from "../../src/export/file/sheet";
import { writeBook } from "../../src/export/file/write";
import { isFormula } from "../../src/writers/formula/sheet";

const PROGRAM = "soffice";
const found = spawnSync(PROGRAM, ["--version"], { encoding: "utf8" });
export const hasLibreOffice = found.status === 0;

/** A test that needs LibreOffice. Without it a desktop counts it as skipped and prints so; CI lets it fail where it was installed. */
export const testWithLibreOffice = hasLibreOffice ? test : test.skip;
if (!hasLibreOffice) console.log("SKIPPED: no LibreOffice (soffice) here; exported books are not recalculated by it.");

/** By default LibreOffice keeps stored results; this makes it compute each formula when it opens a file. */
const ALWAYS_RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

/** What every formula of a book is made to show before it is recalculated. */
export const WRONG = 999;

/** The book with a wrong result stored for each formula: only who computes gets the right ones. */
const withWrongResults = (book: Book): Book => ({
  ...book,
  // Only what is computed with: how wide a sheet is printed costs LibreOffice up to a second for each of a hundred sheets.
  sheets: book.sheets.map(({ name, columns, length, title, header, block, ...sheet }) => ({
    name,
    columns,
    length,
    title,
    header,
    ...(block !== undefined && { block }),
    row: (at) => sheet.row(at).map((cell) => (cell && isFormula(cell.content) ? { ...cell, result: WRONG } : cell)),
  })),
});

/** What LibreOffice makes of .xlsx files, all in one start of it: what is read of its folder of outputs. */
function converted<T>(files: readonly Uint8Array[], to: string, read: (folder: string) => T, settings?: string): T {
  const folder = mkdtempSync(join(tmpdir(), "butie-libreoffice-"));
  try {
    const profile = join(folder, "profile");
    mkdirSync(join(profile, "user"), { recursive: true });
    if (settings !== undefined) writeFileSync(join(profile, "user/registrymodifications.xcu"), settings);
    const names = files.map((_, i) => join(folder, `book${i}.xlsx`));
    names.forEach((name, i) => writeFileSync(name, files[i]!));
    execFileSync(
      PROGRAM,
      [
        ...["--headless", "--norestore", `-env:UserInstallation=${pathToFileURL(profile).href}`],
        ...["--convert-to", to, "--outdir", join(folder, "out"), ...names],
      ],
      { stdio: "pipe" },
    );
    return read(join(folder, "out"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An .xlsx file as LibreOffice writes it after opening it. */
export const rewritten = (bytes: Uint8Array): Buffer =>
  converted([bytes], "xlsx:Calc MS Excel 2007 XML", (out) => readFileSync(join(out, "book0.xlsx")));

/** Every sheet as a table of its own: writing a workbook takes LibreOffice as long as computing it. */
const TABLES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";

const DAY = 86_400_000;
/** A cell of such a table: only a text stands in quotation marks. */
function cellOf(words: string): CellValue {
  if (words.startsWith('"')) return words.slice(1, -1).replaceAll('""', '"');
  if (words === "") return null;
  if (words === "TRUE" || words === "FALSE") return words === "TRUE";
  if (/^\d{4}-\d\d-\d\d$/.test(words)) return (Date.parse(words) - Date.UTC(1899, 11, 30)) / DAY;
  const number = words.endsWith("%") ? Number(words.slice(0, -1)) / 100 : Number(words);
  return Number.isNaN(number) ? words : number;
}
function rowsOf(text: string): CellValue[][] {
  const rows: CellValue[][] = [[]];
  for (const [, words, end] of text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n)/g)) {
    rows.at(-1)!.push(cellOf(words!));
    if (end === "\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

/** The books as LibreOffice computes them: the values of their cells. */
export const allRecalculated = (books: readonly Book[]): Workbook[] =>
  converted(
    books.map((book) => writeBook(withWrongResults(book))),
    TABLES,
    (out) => {
      const names = new Set(readdirSync(out));
      return books.map(({ sheets }, b) => ({
        sheets: sheets.map(({ name }) => {
          const file = sheets.length > 1 || names.has(`book${b}-${name}.csv`) ? `book${b}-${name}.csv` : `book${b}.csv`;
          return { name, rows: rowsOf(readFileSync(join(out, file), "utf8")) };
        }),
      }));
    },
    ALWAYS_RECALCULATE,
  );

/** The book as LibreOffice computes it. */
export const recalculated = (book: Book): Workbook => allRecalculated([book])[0]!;
