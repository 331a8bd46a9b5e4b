/** One saved sheet: the sheet of the file with the elements replaced that the page edits. */
import { formatAddress } from "../../host/address";
import type { SavedSheet } from "./book";
import { columnsOf, frozenOf, mergesOf, rowsOf, sizeOf } from "./read";
import type { StoredSheet } from "./sheet";
import { address, at, compare, type Job, rowsXml } from "./write-cells";
import { child, children, type Edit, element, type Element, patch, prefixed, retag } from "./xml";

/** The order of a sheet's elements up to what the page edits; all others come behind. */
const ORDER = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "sheetCalcPr",
  "sheetProtection",
].concat([
  "protectedRanges",
  "scenarios",
  "autoFilter",
  "sortState",
  "dataConsolidate",
  "customSheetViews",
  "mergeCells",
]);

function columnsXml(sheet: SavedSheet, { root, xml }: StoredSheet, size: { columns: number }): string {
  const formats = new Map<number, string>();
  let beyond = "";
  for (const tag of children(child(root, "cols"), "col")) {
    const { min = "1", max = min, style } = tag.attributes;
    for (let column = Number(min) - 1; style && column < Math.min(Number(max), size.columns); column++)
      formats.set(column, style);
    if (Number(max) > size.columns)
      beyond += retag(xml, tag, { min: String(Math.max(Number(min), size.columns + 1)) }).text.replace(
        /\s*\/?>$/,
        "/>",
      );
  }
  const numbers = new Set(
    [...Object.keys(sheet.columns).map(Number), ...formats.keys()].filter((column) => column < size.columns),
  );
  const tags = [...numbers]
    .sort((a, b) => a - b)
    .map((column) => {
      const { w, hd } = sheet.columns[column] ?? {};
      const width = w ? { width: (w - 5) / 7, customWidth: 1 } : { width: 9 };
      return element("col", {
        min: column + 1,
        max: column + 1,
        ...width,
        style: formats.get(column),
        hidden: hd ? 1 : undefined,
      });
    });
  return tags.join("") + beyond;
}

const mergeKey = ({ startRow, startColumn, endRow, endColumn }: SavedSheet["merges"][number]) =>
  [startRow, startColumn, endRow, endColumn].join();
const listOf = (merges: SavedSheet["merges"]) => merges.map(mergeKey).sort().join(";");
const shapeOf = (columns: SavedSheet["columns"]) =>
  JSON.stringify(Object.entries(columns).flatMap(([key, { w, hd }]) => (w || hd ? [[key, w ?? 0, hd ?? 0]] : [])));

function mergesXml(merges: SavedSheet["merges"]): string {
  const tags = merges.map(({ startRow, startColumn, endRow, endColumn }) =>
    element("mergeCell", {
      ref: formatAddress({
        row: startRow,
        column: startColumn,
        rows: endRow - startRow + 1,
        columns: endColumn - startColumn + 1,
      }),
    }),
  );
  return tags.length > 0 ? element("mergeCells", { count: tags.length }, tags.join("")) : "";
}

function paneXml({ rows, columns }: SavedSheet["frozen"]): string {
  if (rows + columns === 0) return "";
  const pane = rows && columns ? "bottomRight" : rows ? "bottomLeft" : "topRight";
  return element("pane", {
    xSplit: columns || undefined,
    ySplit: rows || undefined,
    topLeftCell: address(rows, columns),
    activePane: pane,
    state: "frozen",
  });
}

function viewsEdit(sheet: SavedSheet, { xml, root, prefix }: StoredSheet): Edit | undefined {
  const now = frozenOf(root);
  if (now.rows === sheet.frozen.rows && now.columns === sheet.frozen.columns) return undefined;
  const pane = prefixed(prefix, paneXml(sheet.frozen));
  const view = children(child(root, "sheetViews"), "sheetView")[0];
  if (!view)
    return insertion(
      root,
      "sheetViews",
      prefixed(prefix, element("sheetViews", {}, element("sheetView", { workbookViewId: 0 }, paneXml(sheet.frozen)))),
    );
  // Selections belong to the parts of a split view, so they go with it.
  const kept = view.children
    .filter(({ name }) => name !== "pane" && name !== "selection")
    .map(({ start, end }) => xml.slice(start, end));
  const tag = xml.slice(view.start, view.innerStart).replace(/\s*\/?>$/, ">");
  return { start: view.start, end: view.end, text: `${tag}${pane}${kept.join("")}</${prefix}sheetView>` };
}

/** Puts an element in its place among those of a sheet. */
function insertion(root: Element, name: string, text: string): Edit {
  const present = child(root, name);
  if (present) return { start: present.start, end: present.end, text };
  const place = ORDER.indexOf(name);
  const next = root.children.find((each) => !ORDER.slice(0, place).includes(each.name));
  const start = next?.start ?? root.innerEnd;
  return { start, end: start, text };
}

export function sheetXml(sheet: SavedSheet, stored: StoredSheet, name: string, job: Job): string {
  const cells = new Map(sheet.cells.map((cell) => [at(cell.row, cell.column), cell]));
  const compared = compare(stored, cells, sheet, name, job);
  const { root, prefix, xml } = stored;
  const before = rowsOf(stored);
  const rowNumbers = new Set([...Object.keys(before), ...Object.keys(sheet.rows)].map(Number));
  const sameRows = [...rowNumbers].every(
    (row) => before[row]?.h === sheet.rows[row]?.h && (before[row]?.hd ?? 0) === (sheet.rows[row]?.hd ?? 0),
  );
  const known = new Set(stored.cells.map(({ row, column }) => at(row, column)));
  const sameCells = compared.unchanged.size === stored.cells.length && [...cells.keys()].every((key) => known.has(key));
  const edits: Edit[] = [];
  if (!sameCells || !sameRows || job.renames.size > 0) {
    const data = `<${prefix}sheetData>${rowsXml(sheet, cells, { sheet, name, stored: compared }, job)}</${prefix}sheetData>`;
    edits.push(insertion(root, "sheetData", data));
    // The size is for speed only and would have to be right.
    const dimension = child(root, "dimension");
    if (dimension) edits.push({ start: dimension.start, end: dimension.end, text: "" });
  }
  const size = sizeOf(stored);
  if (shapeOf(columnsOf(root, size.columns)) !== shapeOf(sheet.columns)) {
    const tags = columnsXml(sheet, stored, size);
    edits.push(insertion(root, "cols", tags && prefixed(prefix, element("cols", {}, tags))));
  }
  if (listOf(mergesOf(root, size)) !== listOf(sheet.merges))
    edits.push(insertion(root, "mergeCells", prefixed(prefix, mergesXml(sheet.merges))));
  const views = viewsEdit(sheet, stored);
  if (views) edits.push(views);
  return patch(xml, edits);
}
