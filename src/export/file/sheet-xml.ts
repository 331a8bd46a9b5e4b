/** A sheet as its part of the file, written piece by piece: a long one never stands in memory as one text. */
import { refuse } from "../../rules";
import { ABOVE, BELOW, HERE, inRow } from "../../writers/formula/expression";
import { isFormula, lettersOf } from "../../writers/formula/sheet";
import type { Sheet, Validation, Written } from "./sheet";
import type { Styles } from "./styles";
import { DECLARATION, element, escaped, MAIN, OFFICE } from "./xml";

/** Texts of cells, each once in the file. */
export class Texts {
  private readonly places = new Map<string, number>();
  private count = 0;

  /** @throws Refusal for a text that no cell of a spreadsheet holds */
  place(text: string): number {
    this.count++;
    let place = this.places.get(text);
    if (place !== undefined) return place;
    if (text.length > LONGEST_TEXT)
      throw refuse(
        `有一格的文字超过 ${LONGEST_TEXT} 字，工作簿放不下：“${text.slice(0, 20)}……”`,
        `a text has more than ${LONGEST_TEXT} signs and fits into no cell`,
      );
    this.places.set(text, (place = this.places.size));
    return place;
  }

  *pieces(): Generator<string> {
    yield `${DECLARATION}<sst xmlns="${MAIN}" count="${this.count}" uniqueCount="${this.places.size}">`;
    for (const text of this.places.keys()) yield `<si><t xml:space="preserve">${escaped(text)}</t></si>`;
    yield "</sst>";
  }
}
const LONGEST_TEXT = 32_767;
const MOST_ROWS = 2 ** 20;

/** @throws Refusal where the sheet has more rows than a spreadsheet */
export function* sheetPieces(sheet: Sheet, styles: Styles, texts: Texts, isFirst: boolean): Generator<string> {
  if (sheet.length > MOST_ROWS)
    throw refuse(
      `“${sheet.name}”有 ${sheet.length} 行，超过一张工作表的 ${MOST_ROWS} 行`,
      `${sheet.name} has more rows than a sheet holds`,
    );
  yield DECLARATION + `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">`;
  yield element("sheetPr", {}, element("pageSetUpPr", { fitToPage: 1 }));
  yield element("sheetViews", {}, viewXml(sheet, isFirst));
  yield element("sheetFormatPr", { defaultRowHeight: 15 });
  const columns = sheet.columns.map(({ width, style }, c) =>
    element("col", { min: c + 1, max: c + 1, width, style: styles.place(style) || undefined, customWidth: 1 }),
  );
  if (columns.length) yield element("cols", {}, columns.join(""));
  const links: string[] = [];
  yield "<sheetData>";
  yield* rowsXml(sheet, styles, texts, links);
  yield "</sheetData>";
  yield (sheet.marked ?? []).map(markXml).join("");
  const validations = (sheet.validations ?? []).map(validationXml);
  if (validations.length) yield element("dataValidations", { count: validations.length }, validations.join(""));
  if (links.length) yield element("hyperlinks", {}, links.join(""));
  yield printXml(sheet);
  if (sheet.charts?.length) yield element("drawing", { "r:id": "rId1" });
  yield "</worksheet>";
}

/** Letters of the first columns, and of any other. */
const LETTERS = Array.from({ length: 256 }, (_, c) => lettersOf(c));

/** A formula that goes on in the rows below: they name it by its number. */
interface Shared {
  readonly text: string;
  readonly number: number;
}

function* rowsXml(sheet: Sheet, styles: Styles, texts: Texts, links: string[]): Generator<string> {
  const shared: (Shared | undefined)[] = [];
  const own = sheet.columns.map(({ style }) => styles.place(style));
  let numbers = 0;
  let next = sheet.length ? sheet.row(0) : [];
  for (let r = 0; r < sheet.length; r++) {
    const cells = next;
    next = r + 1 < sheet.length ? sheet.row(r + 1) : [];
    let xml = `<row r="${r + 1}"${heightOf(cells, sheet)}>`;
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c];
      if (!cell) continue;
      const place = `${LETTERS[c] ?? lettersOf(c)}${r + 1}`;
      if (cell.link) links.push(element("hyperlink", { ref: place, location: cell.link }));
      const style = cell.style ? styles.place(cell.style) : (own[c] ?? 0);
      const head = `<c r="${place}"${style ? ` s="${style}"` : ""}`;
      const { content } = cell;
      if (!isFormula(content)) {
        xml += head + valueXml(content, texts);
        continue;
      }
      const result = cell.result === undefined ? content.value(0) : cell.result;
      if (cell.filled || cell.fills) {
        const formula = cell.fills ? `<f t="array" ref="${cell.fills}">${escaped(inRow(content.text, r + 1))}</f>` : "";
        xml += head + resultXml(formula, result);
        continue;
      }
      const text = spelled(content.text, r, sheet);
      const going = shared[c]?.text === text ? shared[c] : undefined;
      const following = textIn(next[c]);
      const begins = !going && isShared(text) && following !== undefined && spelled(following, r + 1, sheet) === text;
      if (begins) shared[c] = { text, number: numbers++ };
      const formula = going
        ? `<f t="shared" si="${going.number}"/>`
        : begins
          ? `<f t="shared" ref="${place}:${LETTERS[c] ?? lettersOf(c)}${lastRow(r, sheet)}" si="${shared[c]!.number}">${escaped(inRow(text, r + 1))}</f>`
          : `<f>${escaped(inRow(text, r + 1))}</f>`;
      xml += head + resultXml(formula, result);
    }
    yield xml + "</row>";
  }
}

/** A formula as the block of its row spells it: the first cell of the row that it names is anchored to its column, or is not. */
function spelled(text: string, row: number, { block }: Sheet): string {
  if (!block || Math.floor(row / block) % 2 === 0) return text;
  return text.replace(FIRST_CELL, (_, anchor: string, letters: string) => (anchor ? letters : `$${letters}`));
}
const FIRST_CELL = new RegExp(`(\\$?)\\b([A-Z]{1,3})(?=${HERE})`);

/** The last row, counted from 1, of those that may share a formula with one counted from 0. */
const lastRow = (row: number, { block, length }: Sheet): number =>
  block ? Math.min(length, (Math.floor(row / block) + 1) * block) : length;

const LINE = 15;
/** The height of a row in which texts go on in further lines: not every spreadsheet finds it by itself. */
function heightOf(cells: readonly (Written | undefined)[], { columns }: Sheet): string {
  let lines = 1;
  for (const [c, cell] of cells.entries()) {
    if (!cell?.style?.wrapped) continue;
    const { content, result } = cell;
    const shown = isFormula(content) ? (result === undefined ? content.value(0) : result) : content;
    if (typeof shown === "string") lines = Math.max(lines, Math.ceil(widthOf(shown) / ((columns[c]?.width ?? 9) - 1)));
  }
  return lines > 1 ? ` ht="${LINE * lines}" customHeight="1"` : "";
}
/** In characters of the font; a Chinese one is two wide. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const sign of text) width += sign < "\u1100" ? 1 : 2;
  return width;
};

const textIn = (cell: Written | undefined): string | undefined =>
  cell && isFormula(cell.content) ? cell.content.text : undefined;

/** A formula of the row alone: Excel shares none that looks into another sheet. */
const isShared = (text: string): boolean =>
  !text.includes("!") && [HERE, ABOVE, BELOW].some((mark) => text.includes(mark));

function valueXml(content: string | number | boolean | null, texts: Texts): string {
  if (content === null || content === "") return "/>";
  if (typeof content === "string") return ` t="s"><v>${texts.place(content)}</v></c>`;
  return typeof content === "number" ? `><v>${content}</v></c>` : ` t="b"><v>${content ? 1 : 0}</v></c>`;
}

/** Who only looks at the file sees the result, too. */
function resultXml(formula: string, value: string | number | boolean | null): string {
  if (typeof value === "string") return ` t="str">${formula}<v>${escaped(value)}</v></c>`;
  return typeof value === "boolean"
    ? ` t="b">${formula}<v>${value ? 1 : 0}</v></c>`
    : `>${formula}<v>${value ?? 0}</v></c>`;
}

function viewXml({ frozen }: Sheet, isFirst: boolean): string {
  const view = { tabSelected: isFirst ? 1 : undefined, workbookViewId: 0 };
  const { rows = 0, columns = 0 } = frozen ?? {};
  // A sheet without a freeze gets no pane at all: spreadsheets split it otherwise.
  if (!rows && !columns) return element("sheetView", view);
  const pane = rows && columns ? "bottomRight" : rows ? "bottomLeft" : "topRight";
  return element(
    "sheetView",
    view,
    element("pane", {
      xSplit: columns || undefined,
      ySplit: rows || undefined,
      topLeftCell: `${lettersOf(columns)}${rows + 1}`,
      activePane: pane,
      state: "frozen",
    }) + element("selection", { pane }),
  );
}

const markXml = (range: string, place: number): string =>
  element(
    "conditionalFormatting",
    { sqref: range },
    element(
      "cfRule",
      { type: "expression", dxfId: 0, priority: place + 1 },
      element("formula", {}, escaped(`${range.split(":")[0]}<>0`)),
    ),
  );

function validationXml({ range, words, list, share, whole, message }: Validation): string {
  const shown = { allowBlank: 1, showErrorMessage: 1, errorTitle: "填写有误", error: message, sqref: range };
  const chosen = words ? `"${words.join(",")}"` : list;
  const bounds = share ? [0, 1] : whole;
  if (bounds)
    return element(
      "dataValidation",
      { type: share ? "decimal" : "whole", ...shown },
      bounds.map((bound, i) => element(`formula${i + 1}`, {}, String(bound))).join(""),
    );
  return chosen
    ? element("dataValidation", { type: "list", ...shown }, element("formula1", {}, escaped(chosen)))
    : element(
        "dataValidation",
        { type: "decimal", operator: "greaterThanOrEqual", ...shown },
        element("formula1", {}, "0"),
      );
}

/** A4 across, pages numbered. */
function printXml({ title, besides, breaks = [] }: Sheet): string {
  const margins = { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 };
  const head = `&L${title.replaceAll("&", "&&")}&R&A`;
  const rows = breaks.map((row) => element("brk", { id: row - 1, max: 16_383, man: 1 }));
  return (
    element("pageMargins", margins) +
    element("pageSetup", { paperSize: 9, fitToWidth: besides?.pages ?? 1, fitToHeight: 0, orientation: "landscape" }) +
    element(
      "headerFooter",
      {},
      element("oddHeader", {}, escaped(head.slice(0, 250))) +
        element("oddFooter", {}, "&amp;C第 &amp;P 页，共 &amp;N 页"),
    ) +
    (rows.length ? element("rowBreaks", { count: rows.length, manualBreakCount: rows.length }, rows.join("")) : "")
  );
}
