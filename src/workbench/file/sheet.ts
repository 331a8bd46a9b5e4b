/** One sheet of a file: its cells as stored, and where everything stands in its text. */
import { parseAddress, type Rectangle } from "../../host/address";
import { FileRefusal, LIMITS } from "./limits";
import { child, children, type Element, isTrue, parse, prefixOf, unescape } from "./xml";

export interface StoredFormula {
  /** As the file spells it, without "="; "" in all but the first cell of a shared formula. */
  readonly text: string;
  /** "legacy" is an array formula of an older Excel, entered with Ctrl+Shift+Enter. */
  readonly kind: "plain" | "shared" | "dynamic" | "legacy" | "dataTable";
  readonly area?: Rectangle;
  readonly shared?: string;
  /** Its place in the part. */
  readonly start: number;
  readonly end: number;
}

export interface StoredCell {
  readonly row: number;
  readonly column: number;
  /** Index of its format. */
  readonly format: number;
  readonly value: string | number | boolean | null;
  readonly formula?: StoredFormula;
  /** The mark of a dynamic array. */
  readonly mark: string | undefined;
  /** Its place in the part. */
  readonly start: number;
  readonly end: number;
}

export interface StoredRow {
  readonly row: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** The place of its opening tag. */
  readonly start: number;
  readonly innerStart: number;
}

export interface StoredSheet {
  readonly xml: string;
  /** The prefix of its elements' names, with ":"; mostly "". */
  readonly prefix: string;
  /** The sheet without its rows. */
  readonly root: Element;
  readonly cells: readonly StoredCell[];
  readonly rows: readonly StoredRow[];
}

/** The text of a shared or inline string, without the pronunciation that East Asian Excel keeps beside it. */
export function stringOf(item: Element): string {
  const runs = item.children.map((each) =>
    each.name === "t" ? each.text : each.name === "r" ? (child(each, "t")?.text ?? "") : "",
  );
  return unescape(runs.join(""));
}

/** Undefined for what no spreadsheet program writes: a number that is none, a shared text that is not there. */
function valueOf(cell: Element, type: string, strings: readonly string[]): StoredCell["value"] | undefined {
  if (type === "inlineStr") return stringOf(child(cell, "is") ?? cell);
  const text = child(cell, "v")?.text;
  if (text === undefined) return null;
  switch (type) {
    case "s":
      return strings[Number(text)];
    case "b":
      return isTrue(text.trim());
    case "str":
    case "e":
      return unescape(text);
    case "d":
      return finite((Date.parse(text) - Date.UTC(1899, 11, 30)) / 86_400_000);
    default:
      return text.trim() === "" ? null : finite(Number(text));
  }
}

const finite = (number: number) => (Number.isFinite(number) ? number : undefined);

function formulaOf(cell: Element): StoredFormula | undefined {
  const tag = child(cell, "f");
  if (!tag) return undefined;
  const { t, ref, si } = tag.attributes;
  const area = ref ? parseAddress(ref) : null;
  const at = { ...(area ? { area } : {}), start: tag.start, end: tag.end };
  const text = tag.text;
  if (t === "shared" && si !== undefined) return { text, kind: "shared", shared: si, ...at };
  if (t === "array") return { text, kind: cell.attributes.cm === undefined ? "legacy" : "dynamic", ...at };
  if (t === "dataTable") return { text, kind: "dataTable", ...at };
  return text === "" ? undefined : { text, kind: "plain", ...at };
}

/** @param budget cells that may still be read, of all sheets together */
export function readSheet(xml: string, name: string, strings: readonly string[], budget: number): StoredSheet {
  const cells: StoredCell[] = [];
  const rows: StoredRow[] = [];
  let row = -1;
  let column = -1;
  /** A row's number may be left out; then it follows the one before. Cells come before their row ends. */
  let rowOfCells = -1;
  const nextCell = (element: Element, parents: readonly Element[]) => {
    const parent = parents.at(-1)!;
    if (rowOfCells !== parent.start) {
      rowOfCells = parent.start;
      row = parent.attributes.r ? Number(parent.attributes.r) - 1 : row + 1;
      column = -1;
    }
    const at = element.attributes.r ? parseAddress(element.attributes.r) : null;
    if (element.attributes.r && !at) throw new FileRefusal("damaged", `${name}!${element.attributes.r}`);
    column = at?.column ?? column + 1;
    const formula = formulaOf(element);
    const value = valueOf(element, element.attributes.t ?? "n", strings);
    const where = `${name}!${element.attributes.r ?? ""}`;
    if (value === undefined) throw new FileRefusal("damaged", where);
    if (typeof value === "string" && value.length > LIMITS.characters) throw new FileRefusal("characters", where);
    if (formula?.area && formula.kind !== "shared" && formula.area.rows * formula.area.columns > LIMITS.arrayCells) {
      throw new FileRefusal("arrayCells", where);
    }
    const format = Number(element.attributes.s ?? 0);
    cells.push({
      row: at?.row ?? row,
      column,
      format,
      value,
      mark: element.attributes.cm,
      ...(formula && { formula }),
      start: element.start,
      end: element.end,
    });
    if (cells.length > budget) throw new FileRefusal("cells", name);
  };
  const root = parse(xml, (element, parents) => {
    const parent = parents.at(-1)!.name;
    if (element.name === "c" && parent === "row") {
      nextCell(element, parents);
      return false;
    }
    if (element.name === "row" && parent === "sheetData") {
      const number =
        rowOfCells === element.start ? row : element.attributes.r ? Number(element.attributes.r) - 1 : row + 1;
      row = number;
      const { attributes, start, innerStart } = element;
      rows.push({ row: number, attributes, start, innerStart });
      return false;
    }
    return true;
  });
  if (root.name !== "worksheet") throw new FileRefusal("damaged", name);
  const merges = children(child(root, "mergeCells"), "mergeCell").length;
  if (merges > LIMITS.merges) throw new FileRefusal("merges", name);
  return { xml, prefix: prefixOf(xml, root), root, cells, rows };
}
