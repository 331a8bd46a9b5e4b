/** Compares two .xlsx files part by part: what a saved file has kept of the one that was opened. */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

export const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, content]) => [
      path,
      /\.(xml|rels|vml)$/.test(path) ? strFromU8(content) : content.join(),
    ]),
  );

/** One line per difference: a part that is missing or new, or a cell, row or rest of a part that reads otherwise. */
export function differences(before: Uint8Array, after: Uint8Array): string[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const paths = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return paths.flatMap((path) => {
    const [left, right] = [old[path], now[path]];
    if (left === right) return [];
    if (left === undefined) return [`+ ${path}`];
    if (right === undefined) return [`- ${path}`];
    const [leftCells, rightCells] = [cellsOf(left), cellsOf(right)];
    const keys = [...new Set([...leftCells.keys(), ...rightCells.keys()])].sort();
    const cells = keys.filter((key) => leftCells.get(key) !== rightCells.get(key));
    return [
      ...cells.map(
        (key) => `${path} ${key}: ${leftCells.get(key) ?? "nothing"} -> ${rightCells.get(key) ?? "nothing"}`,
      ),
      ...(rest(left) === rest(right) ? [] : [`${path}: ${rest(left)} -> ${rest(right)}`]),
    ];
  });
}

const CELL = /<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*?(?:\/>|>.*?<\/(?:\w+:)?c>)/gs;

const cellsOf = (xml: string) => new Map([...xml.matchAll(CELL)].map(([text, address]) => [address!, text]));
/** All but cells, and what only says how large the sheet is. */
const rest = (xml: string) =>
  xml
    .replace(CELL, "")
    .replace(/<dimension [^>]*\/>/, "")
    .replace(/ spans="[^"]*"/g, "")
    .replace(/<(\w+:)?row r="\d+"(?:\/>|><\/\1?row>)/g, "");

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

interface Given {
  /** Sheet name → what stands inside `worksheet`. */
  readonly sheets: Readonly<Record<string, string>>;
  /** Attributes of the sheets, by name. */
  readonly states?: Readonly<Record<string, string>>;
  /** What stands in `workbook` before and behind the list of sheets. */
  readonly before?: string;
  readonly behind?: string;
  readonly styles?: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly relationships?: string;
}

/** A small .xlsx file, written by hand. */
export function file({
  sheets,
  states = {},
  before = "",
  behind = "",
  styles,
  parts = {},
  relationships = "",
}: Given): Uint8Array {
  const names = Object.keys(sheets);
  const list = names.map(
    (name, index) => `<sheet name="${name}" sheetId="${index + 1}"${states[name] ?? ""} r:id="rId${index + 1}"/>`,
  );
  const related = names.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const all: Record<string, string> = {
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${before}<sheets>${list.join("")}</sheets>${behind}</workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships">${related.join("")}<Relationship Id="rId90" Type="${OFFICE}/styles" Target="styles.xml"/>${relationships}</Relationships>`,
    "xl/styles.xml": styles ?? formats([]),
    ...Object.fromEntries(
      Object.values(sheets).map((inner, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">${inner}</worksheet>`,
      ]),
    ),
    ...parts,
  };
  all["[Content_Types].xml"] ??= contentTypes(Object.keys(all));
  return zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, strToU8(text)])));
}

/** What kind of content the parts have, by the folders and names that every program gives them. */
function contentTypes(paths: readonly string[]): string {
  const ml = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const kinds: [RegExp, string][] = [
    [/^xl\/workbook\.xml$/, `${ml}.sheet.main+xml`],
    [/^xl\/worksheets\/[^/]*\.xml$/, `${ml}.worksheet+xml`],
    [/^xl\/styles\.xml$/, `${ml}.styles+xml`],
    [/^xl\/tables\//, `${ml}.table+xml`],
    [/^xl\/comments/, `${ml}.comments+xml`],
    [/^xl\/drawings\/[^/]*\.xml$/, "application/vnd.openxmlformats-officedocument.drawing+xml"],
    [/^xl\/charts\//, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"],
  ];
  const overrides = paths.flatMap((path) => {
    const kind = kinds.find(([pattern]) => pattern.test(path))?.[1];
    return kind === undefined ? [] : [`<Override PartName="/${path}" ContentType="${kind}"/>`];
  });
  const defaults = [
    ["rels", "application/vnd.openxmlformats-package.relationships+xml"],
    ["xml", "application/xml"],
    ["vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"],
    ["png", "image/png"],
  ].map(([extension, kind]) => `<Default Extension="${extension}" ContentType="${kind}"/>`);
  return `<Types xmlns="${PACKAGE}/content-types">${defaults.join("")}${overrides.join("")}</Types>`;
}

/** styles.xml with formats behind the first; each is what stands inside its `xf` tag. */
export const formats = (list: readonly string[], more = "") =>
  `<styleSheet xmlns="${MAIN}">${more}<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill/></fills><borders count="2"><border/><border><left style="thin"><color auto="1"/></left><right/><top/><bottom/></border></borders><cellXfs count="${list.length + 1}"><xf/>${list.map((format) => `<xf ${format}</xf>`).join("")}</cellXfs></styleSheet>`;

export const relationshipsOf = (...list: readonly (readonly [type: string, target: string])[]) =>
  `<Relationships xmlns="${PACKAGE}/relationships">${list.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
