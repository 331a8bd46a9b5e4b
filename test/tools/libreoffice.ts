/** A real spreadsheet as the second opinion: LibreOffice recalculates a workbook, whatever results are stored in it. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readXlsx, type Workbook } from "hucre/xlsx";
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

/** .xlsx files as LibreOffice writes them after opening them, all in one start of it. */
function allRewritten(files: readonly Uint8Array[], settings?: string): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), "butie-libreoffice-"));
  try {
    const profile = join(folder, "profile");
    mkdirSync(join(profile, "user"), { recursive: true });
    if (settings !== undefined) writeFileSync(join(profile, "user/registrymodifications.xcu"), settings);
    const names = files.map((_, i) => `book${i}.xlsx`);
    names.forEach((name, i) => writeFileSync(join(folder, name), files[i]!));
    execFileSync(
      PROGRAM,
      [
        ...["--headless", "--norestore", `-env:UserInstallation=${pathToFileURL(profile).href}`],
        ...["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", join(folder, "out")],
        ...names.map((name) => join(folder, name)),
      ],
      { stdio: "pipe" },
    );
    return names.map((name) => readFileSync(join(folder, "out", name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An .xlsx file as LibreOffice writes it after opening it. */
export const rewritten = (bytes: Uint8Array): Buffer => allRewritten([bytes])[0]!;

/** The books as LibreOffice computes them. */
export const allRecalculated = (books: readonly Book[]): Promise<Workbook[]> =>
  Promise.all(
    allRewritten(
      books.map((book) => writeBook(withWrongResults(book))),
      ALWAYS_RECALCULATE,
    ).map((file) => readXlsx(file)),
  );

/** The book as LibreOffice computes it. */
export const recalculated = async (book: Book): Promise<Workbook> => (await allRecalculated([book]))[0]!;
