/** The looks of a book as the part styles.xml, each with its name. */
import type { Style } from "./sheet";
import { DECLARATION, element, MAIN } from "./xml";

/** A list of elements of one kind, each once. */
class List {
  private readonly places = new Map<string, number>();

  constructor(...first: readonly string[]) {
    first.forEach((xml) => this.place(xml));
  }
  place(xml: string): number {
    let place = this.places.get(xml);
    if (place === undefined) this.places.set(xml, (place = this.places.size));
    return place;
  }
  written(name: string): string {
    return element(name, { count: this.places.size }, [...this.places.keys()].join(""));
  }
}

const colour = (name: string, rgb: string): string => element(name, { rgb: `FF${rgb}` });
const FONT = { name: "等线", size: 11 };
/** Numbers below are those of formats that every spreadsheet knows by number. */
const FIRST_FORMAT = 164;
const RED = "C00000";

export class Styles {
  private readonly places = new Map<Style, number>();
  private readonly names = new Map<string, Style>();
  private readonly fonts = new List(fontXml({ name: "" }));
  private readonly fills = new List(fillXml("none"), fillXml("gray125"));
  private readonly borders = new List(borderXml(undefined));
  private readonly formats = new Map<string, number>();
  private readonly forms: string[] = [element("xf", { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 })];
  private readonly cells: string[] = [element("xf", { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, xfId: 0 })];

  /** The number of a look; 0 for none. @throws Error where two looks have one name */
  place(style: Style | undefined): number {
    if (!style) return 0;
    const known = this.places.get(style);
    if (known !== undefined) return known;
    if (this.names.has(style.name)) throw new Error(`two styles are called ${style.name}`);
    const place = this.forms.length;
    this.places.set(style, place);
    this.names.set(style.name, style);
    const attributes = {
      numFmtId: this.format(style.format),
      fontId: this.fonts.place(fontXml(style)),
      fillId: this.fills.place(fillXml("solid", style.fill)),
      borderId: this.borders.place(borderXml(style.line)),
    };
    const applied = { applyNumberFormat: 1, applyFont: 1, applyFill: 1, applyBorder: 1, applyAlignment: 1 };
    const inner =
      element("alignment", {
        horizontal: style.centred ? "center" : undefined,
        vertical: style.top ? "top" : style.centred ? "center" : undefined,
        wrapText: style.wrapped ? 1 : undefined,
      }) + (style.open ? element("protection", { locked: 0 }) : "");
    const protection = style.open ? { applyProtection: 1 } : {};
    this.forms.push(element("xf", { ...attributes, ...applied, ...protection }, inner));
    this.cells.push(element("xf", { ...attributes, xfId: place, ...applied, ...protection }, inner));
    return place;
  }

  private format(code: string | undefined): number {
    if (code === undefined || code === "General") return 0;
    const known = this.formats.get(code) ?? FIRST_FORMAT + this.formats.size;
    this.formats.set(code, known);
    return known;
  }

  xml(): string {
    const formats = [...this.formats].map(([formatCode, numFmtId]) => element("numFmt", { numFmtId, formatCode }));
    const named = [...this.names.keys()].map((name, i) => element("cellStyle", { name, xfId: i + 1 }));
    const count = (name: string, list: readonly string[]): string =>
      list.length ? element(name, { count: list.length }, list.join("")) : "";
    return (
      DECLARATION +
      element(
        "styleSheet",
        { xmlns: MAIN },
        count("numFmts", formats) +
          this.fonts.written("fonts") +
          this.fills.written("fills") +
          this.borders.written("borders") +
          count("cellStyleXfs", this.forms) +
          count("cellXfs", this.cells) +
          count("cellStyles", [element("cellStyle", { name: "Normal", xfId: 0, builtinId: 0 }), ...named]) +
          count("dxfs", [element("dxf", {}, element("font", {}, element("b", {}) + colour("color", RED)))]),
      )
    );
  }
}

const fontXml = ({ bold, underlined, size = FONT.size, colour: ink }: Style): string =>
  element(
    "font",
    {},
    (bold ? element("b", {}) : "") +
      (underlined ? element("u", {}) : "") +
      element("sz", { val: size }) +
      (ink ? colour("color", ink) : "") +
      element("name", { val: FONT.name }),
  );

function fillXml(pattern: string, paper?: string): string {
  if (pattern === "solid" && paper === undefined) return fillXml("none");
  const inner = paper === undefined ? "" : colour("fgColor", paper) + element("bgColor", { indexed: 64 });
  return element("fill", {}, element("patternFill", { patternType: pattern }, inner));
}

const borderXml = (line: string | undefined): string =>
  element(
    "border",
    {},
    ["left", "right", "top"].map((side) => element(side, {})).join("") +
      (line ? element("bottom", { style: "thin" }, colour("color", line)) : element("bottom", {})) +
      element("diagonal", {}),
  );
