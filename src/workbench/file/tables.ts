/**
 * The tables of a file. The engine does not know them: a structured reference is entered as the cells that it means, and
 * stays in the file as it was as long as its cell is not edited. A table follows the texts of its header cells.
 */
import { columnName, formatAddress, parseAddress, quoteSheet, type Rectangle } from "../../host/address";
import type { SavedCell, SavedWorkbook } from "./book";
import { type Parts, relationships, textOf, write } from "./package";
import { child, children, type Edit, type Element, escape, parse, patch, retag, unescape } from "./xml";

export interface Table {
  readonly path: string;
  readonly sheetId: string;
  readonly sheetName: string;
  readonly name: string;
  readonly area: Rectangle;
  readonly header: boolean;
  readonly totals: boolean;
  readonly columns: readonly string[];
}

export const columnsOf = (root: Element) => children(child(root, "tableColumns"), "tableColumn");

export function readTables(
  parts: Parts,
  sheets: readonly { readonly id: string; readonly name: string; readonly path: string }[],
): Table[] {
  return sheets.flatMap((sheet) =>
    relationships(parts, sheet.path)
      .filter(({ type, external, target }) => type === "table" && !external && parts.has(target))
      .flatMap(({ target }) => {
        const root = parse(textOf(parts, target));
        const { ref = "", displayName, name = "", headerRowCount = "1", totalsRowCount = "0" } = root.attributes;
        const area = parseAddress(ref);
        if (!area) return [];
        const columns = columnsOf(root).map(({ attributes }) => unescape(attributes.name ?? ""));
        const rows = { header: headerRowCount !== "0", totals: totalsRowCount !== "0" };
        return [
          { path: target, sheetId: sheet.id, sheetName: sheet.name, name: displayName ?? name, area, columns, ...rows },
        ];
      }),
  );
}

/** A string or a quoted name, or the name of a table with its brackets, which may hold brackets. */
const REFERENCE =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'!|([\p{L}_\\][\p{L}\p{N}_.\\]*)\[((?:'.|[^'[\]]|\[(?:'.|[^'[\]])*\])*)\]/gu;
const INNER = /\[((?:'.|[^'[\]])*)\]|([,:])|([^,:[\]\s][^[\]]*)/gu;

const plain = (text: string) => text.trim().replace(/'(.)/g, "$1");
const spelled = (column: string) => column.replace(/['#[\]@]/g, "'$&");

/** What stands between the brackets: "#Data" and the like, and the first and last column. */
function partsOf(inside: string): { items: string[]; columns: string[] } {
  const items: string[] = [];
  const columns: string[] = [];
  const bare = isNested(inside) ? undefined : inside;
  const texts = bare === undefined ? [...inside.matchAll(INNER)].flatMap(([, text]) => text ?? []) : [bare];
  for (const text of texts) {
    if (text.trim() === "") continue;
    if (/^#/.test(text.trim())) items.push(text.trim().toLowerCase());
    else columns.push(plain(text));
  }
  return { items, columns };
}

const isNested = (inside: string) => /^\s*\[/.test(inside);
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Rows of a table that a reference names, counted on the sheet; "this" for the row of the formula; null where there are none. */
function rowsOf(
  { area, header, totals }: Table,
  items: readonly string[],
): { first: number; last: number } | "this" | null {
  if (items.includes("#this row")) return items.length === 1 ? "this" : null;
  const data = { first: area.row + Number(header), last: area.row + area.rows - 1 - Number(totals) };
  const blocks = (items.length > 0 ? items : ["#data"]).map((item) => {
    if (item === "#all") return { first: area.row, last: area.row + area.rows - 1 };
    if (item === "#data") return data;
    if (item === "#headers" && header) return { first: area.row, last: area.row };
    if (item === "#totals" && totals) return { first: data.last + 1, last: data.last + 1 };
    return null;
  });
  if (blocks.some((block) => block === null)) return null;
  const first = Math.min(...blocks.map((block) => block!.first));
  const last = Math.max(...blocks.map((block) => block!.last));
  return first <= last ? { first, last } : null;
}

/** A formula with the cells in the place of structured references; undefined where one of them names what is not there. */
export function withCells(
  formula: string,
  at: { readonly sheetName: string; readonly row: number },
  tables: readonly Table[],
): string | undefined {
  if (!formula.includes("[")) return formula;
  let unknown = false;
  const text = formula.replace(REFERENCE, (token: string, name?: string, inside?: string) => {
    if (name === undefined) return token;
    const table = tables.find((each) => same(each.name, name));
    const { items, columns } = partsOf(inside ?? "");
    const places = columns.map((column) => table?.columns.findIndex((each) => same(each, column)) ?? -1);
    const rows = table && rowsOf(table, items);
    const inData = (row: number) =>
      table !== undefined && row >= table.area.row + Number(table.header) && row < table.area.row + table.area.rows;
    if (!table || !rows || places.includes(-1) || places.length > 2 || (rows === "this" && !inData(at.row))) {
      unknown = true;
      return token;
    }
    const [from = 0, to = places.length === 0 ? table.columns.length - 1 : from] = places;
    const sheet = same(table.sheetName, at.sheetName) ? "" : `${quoteSheet(table.sheetName)}!`;
    const cell = (column: number, row: number, mark: string) =>
      `$${columnName(table.area.column + column)}${mark}${row + 1}`;
    const [first, last] =
      rows === "this"
        ? [cell(Math.min(from, to), at.row, ""), cell(Math.max(from, to), at.row, "")]
        : [cell(Math.min(from, to), rows.first, "$"), cell(Math.max(from, to), rows.last, "$")];
    return sheet + (first === last ? first : `${first}:${last}`);
  });
  return unknown ? undefined : text;
}

/** Table name → old column name → new one, both names of tables in lower case. */
export type Renames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A formula as a file spells it, with the new names of columns. */
export const withColumns = (formula: string, renames: Renames): string =>
  formula.replace(REFERENCE, (token: string, name?: string, inside?: string) => {
    const columns = name === undefined ? undefined : renames.get(name.toLowerCase());
    if (!columns || inside === undefined) return token;
    const renamed = (text: string) => {
      const column = columns.get(plain(text).toLowerCase());
      return column === undefined ? text : spelled(column);
    };
    const content = isNested(inside)
      ? inside.replace(/\[((?:'.|[^'[\]])*)\]/g, (_all: string, text: string) => `[${renamed(text)}]`)
      : renamed(inside);
    return `${name}[${content}]`;
  });

/** The names that a table gets from its header cells: what is blank or repeated gets one, as in Excel. */
function namesFrom(cells: readonly (SavedCell["value"] | undefined)[]): string[] {
  const taken = new Set<string>();
  return cells.map((value, place) => {
    const typed = value === undefined ? "" : typeof value === "boolean" ? String(value).toUpperCase() : String(value);
    let name = typed === "" ? `列${place + 1}` : typed;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${typed || `列${place + 1}`}${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** Tables whose header cells were edited: their parts are written, and the cells hold the very names that the parts have. */
export function followHeaders(
  parts: Parts,
  tables: readonly Table[],
  saved: SavedWorkbook,
): { saved: SavedWorkbook; renames: Renames } {
  const renames = new Map<string, Map<string, string>>();
  const heads = new Map<string, SavedCell[]>();
  for (const table of tables) {
    const sheet = saved.sheets.find(({ id }) => id === table.sheetId);
    if (!sheet || !table.header) continue;
    const inHead = sheet.cells.filter(({ row }) => row === table.area.row);
    const cells = table.columns.map((_, place) => inHead.find(({ column }) => column === table.area.column + place));
    const shown = cells.map((cell) =>
      typeof cell?.value === "string" ? cell.value.replace(/\r\n?/g, "\n") : cell?.value,
    );
    const before = table.columns.map((name) => name.replace(/\r\n?/g, "\n"));
    if (shown.every((value: unknown, place) => value === before[place])) continue;
    const now = namesFrom(shown);
    renames.set(
      table.name.toLowerCase(),
      new Map(
        table.columns.flatMap((name, place) =>
          now[place] === before[place] ? [] : [[name.toLowerCase(), now[place]!]],
        ),
      ),
    );
    const written = now.map((value, place) => {
      const { style } = cells[place] ?? {};
      return {
        row: table.area.row,
        column: table.area.column + place,
        value,
        ...(style === undefined ? {} : { style }),
      };
    });
    heads.set(sheet.id, [...(heads.get(sheet.id) ?? []), ...written]);
  }
  for (const table of tables) writeTable(parts, table, renames);
  const sheets = saved.sheets.map((sheet) => {
    const written = heads.get(sheet.id);
    if (!written) return sheet;
    const places = new Set(written.map(({ row, column }) => formatAddress({ row, column, rows: 1, columns: 1 })));
    const kept = sheet.cells.filter(
      ({ row, column }) => !places.has(formatAddress({ row, column, rows: 1, columns: 1 })),
    );
    return { ...sheet, cells: [...kept, ...written] };
  });
  return { saved: { ...saved, sheets }, renames };
}

/** A table's part with the new names, in its columns and in its formulas. */
function writeTable(parts: Parts, table: Table, renames: Renames): void {
  if (renames.size === 0) return;
  const xml = textOf(parts, table.path);
  const own = renames.get(table.name.toLowerCase());
  const edits = columnsOf(parse(xml)).flatMap((tag): Edit[] => {
    const name = own?.get(unescape(tag.attributes.name ?? "").toLowerCase());
    const formulas = tag.children.flatMap(({ name: kind, text, innerStart, innerEnd }): Edit[] => {
      const renamed = withColumns(text, renames);
      const isFormula = /^(calculatedColumn|totalsRow)Formula$/.test(kind);
      return isFormula && renamed !== text ? [{ start: innerStart, end: innerEnd, text: escape(renamed) }] : [];
    });
    return [...(name === undefined ? [] : [retag(xml, tag, { name: name.replace(/\n/g, "_x000a_") })]), ...formulas];
  });
  if (edits.length > 0) write(parts, table.path, patch(xml, edits));
}
