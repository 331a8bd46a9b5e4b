/** One part of a file after what happened to its sheets: all that is tied to places or refers to them, but for rows and cells. */
import { formatAddress, parseAddress, type Rectangle, SHEET_COLUMNS, SHEET_ROWS } from "../../../host/address";
import { child, type Element, escape, retagged } from "../xml";
import { copied, followed, type Happened } from "./references";
import { type Insertion, line, type Piece, placed, referred, type Step, wholeLines } from "./steps";

/** Where a part belongs and what happened. */
export interface Events {
  /** The name of the sheet whose cells are meant where none is named; "" where one is always named. */
  readonly home: string;
  readonly happened: Happened;
}

const FORMULAS = new Set(["formula", "formula1", "formula2", "f", "calculatedColumnFormula", "totalsRowFormula"]);
const FORMULA_ATTRIBUTES = ["location", "textlink", "fmlaLink", "fmlaRange"];
const WHOLE = new Set(["table", "autoFilter", "sortState", "sortCondition", "location", "worksheetSource"]);
/** Lists that go with the last that they had. */
const LISTS = new Set(
  (
    "dataValidations conditionalFormattings hyperlinks mergeCells rowBreaks colBreaks protectedRanges ignoredErrors cellWatches " +
    "cols sparklines sparklineGroup sparklineGroups ext extLst"
  ).split(" "),
);

export const stepsOf = (sheet: string, { happened }: Events): readonly Step[] =>
  happened.get(sheet.toUpperCase()) ?? [];

/** A list of areas ("A1:B2 D4") after the steps. */
function piecesOf(areas: string, steps: readonly Step[]): Piece[] | undefined {
  const parsed = areas.trim().split(/\s+/).map(parseAddress);
  return parsed.includes(null) ? undefined : parsed.flatMap((area) => placed(area!, steps));
}

const listed = (pieces: readonly Rectangle[]) => pieces.map(formatAddress).join(" ");

/** A cell that is shown or chosen; it never goes. */
function clamped(address: string, steps: readonly Step[]): string {
  const cell = parseAddress(address);
  if (!cell) return address;
  return formatAddress({ ...cell, row: line("row", cell.row, steps), column: line("column", cell.column, steps) });
}

interface Context extends Events {
  /** How far a formula is from the first cell that it was written for. */
  readonly offset: { readonly rows: number; readonly columns: number };
  readonly sqref?: string;
  readonly filter?: { readonly before: Rectangle; readonly now: Rectangle };
  readonly corners?: ReadonlyMap<Element, { readonly row: number; readonly col: number }>;
  readonly sheetData?: string;
}

function formulaIn(text: string, { offset: { rows, columns }, home, happened }: Context): string {
  return followed(rows || columns ? copied(text, rows, columns) : text, home, happened);
}

/** The formulas under an element, one after the other. */
function formulasOf(element: Element, context: Context): string[] {
  const own = FORMULAS.has(element.name) && element.children.length === 0 ? [formulaIn(element.text, context)] : [];
  const value = element.name === "cfvo" ? [formulaIn(element.attributes.val ?? "", context)] : [];
  return [...own, ...value, ...element.children.flatMap((each) => formulasOf(each, context))];
}

/** An element once, several times with formulas of their own where a move tore its area apart, or not at all. */
function texts(xml: string, element: Element, context: Context): string[] {
  const steps = stepsOf(element.attributes.sheet ?? context.home, context);
  const { name, attributes } = element;
  const areas = attributes.sqref ?? child(element, "sqref")?.text;
  const first = areas === undefined ? null : parseAddress(areas.trim().split(/\s+/)[0]!);
  const pieces = areas === undefined || steps.length === 0 ? undefined : piecesOf(areas, steps);
  if (pieces && first) {
    const groups = new Map<string, { pieces: Piece[]; offset: Context["offset"] }>();
    for (const piece of pieces) {
      const offset = { rows: piece.origin.row - first.row, columns: piece.origin.column - first.column };
      const back = [pieces[0]!.row - piece.row, pieces[0]!.column - piece.column] as const;
      const key = formulasOf(element, { ...context, offset }).map((each) => copied(each, ...back));
      const group = groups.get(key.join("\n")) ?? { pieces: [], offset };
      group.pieces.push(piece);
      groups.set(key.join("\n"), group);
    }
    return [...groups.values()].flatMap(({ pieces, offset }) =>
      whole(xml, element, { ...context, offset, sqref: listed(pieces) }),
    );
  }
  if (name === "sqref" && context.sqref !== undefined) return [wrapped(xml, element, {}, context.sqref)];
  if (name === "sheetData" && context.sheetData !== undefined) return [context.sheetData];
  if (name === "dimension" && steps.length > 0) return [];
  if (name === "col" && attributes.min) return columnTags(xml, element, steps);
  return whole(xml, element, context);
}

function columnTags(xml: string, element: Element, steps: readonly Step[]): string[] {
  const { min = "1", max = min } = element.attributes;
  const area = { row: 0, column: Number(min) - 1, rows: SHEET_ROWS, columns: Number(max) - Number(min) + 1 };
  return placed(area, wholeLines(steps)).map(({ column, columns }) =>
    wrapped(xml, element, { min: String(column + 1), max: String(column + columns) }),
  );
}

/** An element with other attributes, and another content if it is given. */
function wrapped(
  xml: string,
  { start, innerStart, innerEnd, end }: Element,
  changes: Readonly<Record<string, string | undefined>>,
  inner?: string,
): string {
  const content = inner === undefined ? xml.slice(innerStart, innerEnd) : escape(inner);
  return retagged(xml.slice(start, innerStart), changes) + content + xml.slice(innerEnd, end);
}

/** An anchor of a drawing: its corners go along with their cells, or the second with the first. */
function cornersOf(element: Element, steps: readonly Step[]): Context["corners"] {
  const [from, to] = [child(element, "from"), child(element, "to")];
  const { editAs = "twoCell" } = element.attributes;
  if (!from || steps.length === 0 || editAs === "absolute") return undefined;
  const at = (corner: Element) => ({
    row: Number(child(corner, "row")?.text),
    col: Number(child(corner, "col")?.text),
  });
  const moved = (axis: Insertion["axis"], index: number) => {
    const isRow = axis === "row";
    const area = isRow
      ? { row: index, column: 0, rows: 1, columns: SHEET_COLUMNS }
      : { row: 0, column: index, rows: SHEET_ROWS, columns: 1 };
    const [piece] = placed(area, wholeLines(steps));
    return piece ? (isRow ? piece.row : piece.column) : line(axis, index, steps);
  };
  const place = ({ row, col }: { row: number; col: number }) => ({ row: moved("row", row), col: moved("column", col) });
  const first = place(at(from));
  const corners = new Map([[from, first]]);
  if (!to) return corners;
  const size = { row: at(to).row - at(from).row, col: at(to).col - at(from).col };
  const last = place(at(to));
  // What lies wholly on lines that are gone keeps its size.
  const kept = (key: "row" | "col") =>
    editAs === "oneCell" || last[key] < first[key] || (last[key] === first[key] && size[key] > 0)
      ? first[key] + size[key]
      : last[key];
  return corners.set(to, { row: kept("row"), col: kept("col") });
}

function changesOf({ name, attributes }: Element, steps: readonly Step[], context: Context) {
  const changes: Record<string, string> = {};
  for (const key of FORMULA_ATTRIBUTES) {
    const value = attributes[key];
    if (value !== undefined) changes[key] = formulaIn(value, context);
  }
  if (name === "cfvo" && attributes.val !== undefined) changes.val = formulaIn(attributes.val, context);
  for (const key of ["activeCell", "topLeftCell"]) {
    const value = attributes[key];
    if (value !== undefined) changes[key] = clamped(value, steps);
  }
  if (attributes.sqref !== undefined && context.sqref !== undefined) changes.sqref = context.sqref;
  return Object.fromEntries(Object.entries(changes).filter(([key, value]) => value !== attributes[key]));
}

function whole(xml: string, element: Element, context: Context): string[] {
  const { name, attributes, innerStart, innerEnd, end } = element;
  const steps = stepsOf(attributes.sheet ?? context.home, context);
  const changes: Record<string, string | undefined> = changesOf(element, steps, context);
  let inside = context;
  const key = /^(inputCells|cellWatch|singleXmlCell)$/.test(name) ? "r" : "ref";
  const area = attributes[key] === undefined || steps.length === 0 ? null : parseAddress(attributes[key]);
  if (area) {
    // A filter or a table goes along as a whole, or not at all.
    const now = WHOLE.has(name) ? referred(area, steps) : placed(area, steps)[0];
    if (!now) return [];
    changes[key] = formatAddress(now);
    if (name === "autoFilter") inside = { ...inside, filter: { before: area, now } };
  }
  if (name === "filterColumn" && context.filter) {
    const { before, now } = context.filter;
    const column = referred({ ...before, column: before.column + Number(attributes.colId), columns: 1 }, steps);
    if (!column) return [];
    changes.colId = String(column.column - now.column);
  }
  const corner = context.corners?.get(element);
  const corners = cornersOf(element, steps);
  if (corners) inside = { ...inside, corners };
  if (element.children.length === 0) {
    const text = FORMULAS.has(name) ? formulaIn(element.text, context) : element.text;
    return [wrapped(xml, element, changes, text === element.text ? undefined : text)];
  }
  const breaks = name === "rowBreaks" ? "row" : name === "colBreaks" ? "column" : undefined;
  let at = innerStart;
  let count = 0;
  let inner = "";
  const written = element.children.map((each): string => {
    if (corner && (each.name === "row" || each.name === "col"))
      return wrapped(xml, each, {}, String(corner[each.name]));
    if (breaks && each.name === "brk")
      return wrapped(xml, each, { id: String(line(breaks, Number(each.attributes.id), steps)) });
    const copies = texts(xml, each, inside);
    count += copies.length;
    return copies.join("");
  });
  if (LISTS.has(name) && !breaks && count === 0) return [];
  if (LISTS.has(name) && !breaks && attributes.count !== undefined) changes.count = String(count);
  if (name === "cols") written.sort((a, b) => Number(/min="(\d+)/.exec(a)?.[1]) - Number(/min="(\d+)/.exec(b)?.[1]));
  element.children.forEach((each, index) => {
    inner += xml.slice(at, each.start) + written[index]!;
    at = each.end;
  });
  return [
    retagged(xml.slice(element.start, innerStart), changes) +
      inner +
      xml.slice(at, innerEnd) +
      xml.slice(innerEnd, end),
  ];
}

/** A part with its root after what happened; undefined where that is gone. */
export function partText(xml: string, root: Element, events: Events, sheetData?: string): string | undefined {
  const context = { ...events, offset: { rows: 0, columns: 0 }, ...(sheetData !== undefined && { sheetData }) };
  const [text] = texts(xml, root, context);
  return text === undefined ? undefined : xml.slice(0, root.start) + text + xml.slice(root.end);
}
