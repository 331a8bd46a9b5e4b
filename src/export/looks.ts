/** How the cells of a book look: what is entered is blue on yellow, what is computed is plain, checks are marked. */
import type { CellStyle, WriteSheet } from "hucre/xlsx";
import type { Format, Role } from "../writers/formula/sheet";

const FORMATS: Readonly<Record<Format, string>> = {
  money: "#,##0.00",
  rate: "0.00##%",
  number: "General",
  whole: "0",
  date: "yyyy-mm-dd",
  text: "General",
};

const colour = (rgb: string) => ({ rgb: `FF${rgb}` });
const solid = (rgb: string): NonNullable<CellStyle["fill"]> => ({
  type: "pattern",
  pattern: "solid",
  fgColor: colour(rgb),
});
const INK = { input: "1F3FBF", muted: "6B7785", link: "1F5FBF" };
const PAPER = { input: "FFF9DB", head: "E3ECF7", result: "E8F4EA", check: "FBEDEA", account: "F3F5F8" };

const ROLES: Readonly<Record<Role, CellStyle>> = {
  name: { font: { color: colour(INK.muted) } },
  input: { font: { color: colour(INK.input) }, fill: solid(PAPER.input), protection: { locked: false } },
  test: {},
  figure: {},
  limit: {},
  account: { fill: solid(PAPER.account) },
  result: { font: { bold: true }, fill: solid(PAPER.result) },
  check: { fill: solid(PAPER.check) },
  stored: { font: { color: colour(INK.muted) } },
};

const made = new Map<string, CellStyle>();

/** The same object for the same look, so that a file holds each once. */
export function look(role: Role, format: Format): CellStyle {
  const key = `${role} ${format}`;
  let style = made.get(key);
  if (!style) made.set(key, (style = { ...ROLES[role], numFmt: FORMATS[format] }));
  return style;
}

export const TITLE: CellStyle = { font: { bold: true, size: 14 } };
export const NOTE: CellStyle = { font: { color: colour(INK.muted) } };
export const TOTAL: CellStyle = { font: { bold: true }, numFmt: FORMATS.money };
export const SECTION: CellStyle = { font: { bold: true }, fill: solid(PAPER.account) };
export const WRAPPED: CellStyle = { alignment: { wrapText: true, vertical: "top" } };
export const TOP: CellStyle = { alignment: { vertical: "top" } };
export const LINK: CellStyle = { font: { color: colour(INK.link), underline: true }, alignment: { vertical: "top" } };
const heads = new Map<Role, CellStyle>();
/** A column's header, in the colour of what stands below it. */
export function head(role: Role): CellStyle {
  let style = heads.get(role);
  if (!style) {
    const fill = role === "input" || role === "result" || role === "check" ? ROLES[role].fill : solid(PAPER.head);
    heads.set(
      role,
      (style = {
        font: { bold: true },
        ...(fill && { fill }),
        alignment: { wrapText: true, vertical: "center", horizontal: "center" },
        border: { bottom: { style: "thin", color: colour(INK.muted) } },
      }),
    );
  }
  return style;
}

/** A4 across, as wide as one page, the header repeated, pages numbered. @param header number of the header's row */
export const printed = (title: string, header: number): Pick<WriteSheet, "pageSetup" | "headerFooter"> => ({
  pageSetup: {
    paperSize: "a4",
    orientation: "landscape",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `$${header}:$${header}`,
    margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  },
  headerFooter: { oddHeader: `&L${title.replaceAll("&", "&&")}&R&A`, oddFooter: "&C第 &P 页，共 &N 页" },
});
