/** A book as an .xlsx file: its parts, packed one after the other. */
import { strToU8, Zip, ZipDeflate } from "fflate";
import { lettersOf, quoted } from "../../writers/formula/sheet";
import type { Book, Chart } from "./sheet";
import { sheetPieces, Texts } from "./sheet-xml";
import { Styles } from "./styles";
import { chartXml, drawingXml } from "./chart";
import { DECLARATION, element, escaped, MAIN, OFFICE } from "./xml";

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** Pieces of XML are packed when so many signs are together. */
const BATCH = 1 << 16;
/** Quick and small enough: higher levels take twice the time for a twentieth less. */
const LEVEL = 3;
/** No clock is looked at; no file of this format is older. */
const OLDEST = new Date(1980, 0, 1);

/** @throws Refusal where a sheet or a text is too long for any spreadsheet */
export function writeBook(book: Book): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const part = (name: string, pieces: Iterable<string>): void => {
    const file = new ZipDeflate(name, { level: LEVEL });
    file.mtime = OLDEST;
    zip.add(file);
    let batch = "";
    for (const piece of pieces) {
      batch += piece;
      if (batch.length < BATCH) continue;
      file.push(strToU8(batch));
      batch = "";
    }
    file.push(strToU8(batch), true);
  };
  const [styles, texts] = [new Styles(), new Texts()];
  const sheets = book.sheets.map((_, s) => `xl/worksheets/sheet${s + 1}.xml`);
  const drawn = book.sheets.flatMap(({ charts = [] }, s) => (charts.length ? [{ charts, sheet: s + 1 }] : []));
  part("[Content_Types].xml", [contentTypes(sheets, drawn)]);
  part("_rels/.rels", [
    relations([
      [`${OFFICE}/officeDocument`, "xl/workbook.xml"],
      [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
    ]),
  ]);
  part("docProps/core.xml", [properties(book.title)]);
  part("xl/workbook.xml", [workbook(book)]);
  const parts = [
    ...sheets.map((name) => ["worksheet", name]),
    ["styles", "styles.xml"],
    ["sharedStrings", "sharedStrings.xml"],
  ];
  part("xl/_rels/workbook.xml.rels", [
    relations(parts.map(([kind, name]) => [`${OFFICE}/${kind}`, name!.replace("xl/", "")])),
  ]);
  book.sheets.forEach((sheet, s) => part(sheets[s]!, sheetPieces(sheet, styles, texts, s === 0)));
  for (const { charts, sheet } of drawn) {
    const names = charts.map((_, c) => `chart${sheet}_${c + 1}.xml`);
    part(`xl/worksheets/_rels/sheet${sheet}.xml.rels`, [
      relations([[`${OFFICE}/drawing`, `../drawings/drawing${sheet}.xml`]]),
    ]);
    part(`xl/drawings/drawing${sheet}.xml`, [drawingXml(charts)]);
    part(`xl/drawings/_rels/drawing${sheet}.xml.rels`, [
      relations(names.map((name) => [`${OFFICE}/chart`, `../charts/${name}`])),
    ]);
    charts.forEach((chart, c) => part(`xl/charts/${names[c]}`, [chartXml(chart)]));
  }
  part("xl/styles.xml", [styles.xml()]);
  part("xl/sharedStrings.xml", texts.pieces());
  zip.end();
  return joined(chunks);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

interface Drawn {
  readonly charts: readonly Chart[];
  /** Number of its sheet. */
  readonly sheet: number;
}

const DRAWINGS = "application/vnd.openxmlformats-officedocument.drawing";

function contentTypes(sheets: readonly string[], drawn: readonly Drawn[]): string {
  const kinds = [
    ["xl/workbook.xml", `${SHEETML}.sheet.main+xml`],
    ...sheets.map((name) => [name, `${SHEETML}.worksheet+xml`]),
    ["xl/styles.xml", `${SHEETML}.styles+xml`],
    ["xl/sharedStrings.xml", `${SHEETML}.sharedStrings+xml`],
    ...drawn.flatMap(({ charts, sheet }) => [
      [`xl/drawings/drawing${sheet}.xml`, `${DRAWINGS}+xml`],
      ...charts.map((_, c) => [`xl/charts/chart${sheet}_${c + 1}.xml`, `${DRAWINGS}ml.chart+xml`]),
    ]),
    ["docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
  ];
  const relation = { Extension: "rels", ContentType: "application/vnd.openxmlformats-package.relationships+xml" };
  return (
    DECLARATION +
    element(
      "Types",
      { xmlns: `${PACKAGE}/content-types` },
      element("Default", relation) +
        element("Default", { Extension: "xml", ContentType: "application/xml" }) +
        kinds.map(([name, type]) => element("Override", { PartName: `/${name}`, ContentType: type })).join(""),
    )
  );
}

const relations = (list: readonly (readonly [kind: string, target: string])[]): string =>
  DECLARATION +
  element(
    "Relationships",
    { xmlns: `${PACKAGE}/relationships` },
    list.map(([Type, Target], i) => element("Relationship", { Id: `rId${i + 1}`, Type, Target })).join(""),
  );

const properties = (title: string): string =>
  DECLARATION +
  element(
    "cp:coreProperties",
    { "xmlns:cp": `${PACKAGE}/metadata/core-properties`, "xmlns:dc": "http://purl.org/dc/elements/1.1/" },
    element("dc:title", {}, escaped(title)) + element("dc:creator", {}, "Butie"),
  );

function workbook({ sheets, names }: Book): string {
  const titles = sheets.map(({ name, header, besides }, localSheetId) => {
    const columns = besides ? `${quoted(name)}!$A:$${lettersOf(besides.columns - 1)},` : "";
    return element(
      "definedName",
      { name: "_xlnm.Print_Titles", localSheetId },
      escaped(`${columns}${quoted(name)}!$${header}:$${header}`),
    );
  });
  const areas = sheets.flatMap(({ name, printed }, localSheetId) => {
    if (!printed) return [];
    const last = lettersOf(printed.columns - 1);
    const area = `${quoted(name)}!$A$1:INDEX(${quoted(name)}!$${last}:$${last},${printed.last})`;
    return element("definedName", { name: "_xlnm.Print_Area", localSheetId }, escaped(area));
  });
  const named = names.map(({ name, range, comment }) => element("definedName", { name, comment }, escaped(range)));
  return (
    DECLARATION +
    element(
      "workbook",
      { xmlns: MAIN, "xmlns:r": OFFICE },
      element("bookViews", {}, element("workbookView", {})) +
        element(
          "sheets",
          {},
          sheets.map(({ name }, s) => element("sheet", { name, sheetId: s + 1, "r:id": `rId${s + 1}` })).join(""),
        ) +
        element("definedNames", {}, [...areas, ...titles, ...named].join("")),
    )
  );
}
