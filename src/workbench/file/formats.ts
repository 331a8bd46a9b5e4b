/** The cell formats of a file (styles.xml) as styles of the engine, and back: new formats are added behind the old ones. */
import type { IBorderData, IColorStyle, IStyleData, Nullable, WrapStrategy } from "@univerjs/core";
import { parseThemeColors, resolveThemeColor } from "hucre/xlsx";
import { FileRefusal, LIMITS } from "./limits";
import {
  child,
  children,
  type Edit,
  element,
  type Element,
  isTrue,
  parse,
  patch,
  prefixed,
  prefixOf,
  retag,
} from "./xml";

/** The formats that every Excel knows by number; 27 to 36 and 50 to 58 as Chinese Excel shows them. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  5: "¥#,##0;¥-#,##0",
  6: "¥#,##0;[Red]¥-#,##0",
  7: "¥#,##0.00;¥-#,##0.00",
  8: "¥#,##0.00;[Red]¥-#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  14: "yyyy/m/d",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy/m/d h:mm",
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: "m/d/yy",
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: '上午/下午h"时"mm"分"',
  35: '上午/下午h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: "#,##0;-#,##0",
  38: "#,##0;[Red]-#,##0",
  39: "#,##0.00;-#,##0.00",
  40: "#,##0.00;[Red]-#,##0.00",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
  48: "##0.0E+0",
  49: "@",
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: '上午/下午h"时"mm"分"',
  56: '上午/下午h"时"mm"分"ss"秒"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** Excel's palette of 56 colours, numbered from 8; 0 to 7 repeat the first eight. */
const PALETTE =
  "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333".split(
    " ",
  );

// The engine's numbers for these (HorizontalAlign, …): its code stays out of the worker that reads files.
const HORIZONTAL: Readonly<Record<string, number>> = {
  left: 1,
  center: 2,
  centerContinuous: 2,
  right: 3,
  justify: 4,
  distributed: 6,
};
const VERTICAL: Readonly<Record<string, number>> = { top: 1, center: 2, bottom: 3 };
const LINES = ["", "thin", "hair", "dotted", "dashed", "dashDot", "dashDotDot", "double", "medium"].concat([
  "mediumDashed",
  "mediumDashDot",
  "mediumDashDotDot",
  "slantDashDot",
  "thick",
]);
const WRAP: WrapStrategy = 3;
const SIDES = { left: "l", right: "r", top: "t", bottom: "b" } as const;

const named = <T>(table: Readonly<Record<string, T>>, value: T | null | undefined) =>
  Object.keys(table).find((name) => table[name] === value);

/** Whether numbers under a format are days. */
export function isDate(pattern: string | undefined): boolean {
  const bare = (pattern ?? "").replace(/"[^"]*"|\\.|_.|\*./g, "").replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  return !/general|@/i.test(bare) && /[ymdhs]|上午/i.test(bare);
}

type Colours = (colour: Element | undefined) => { rgb: string } | undefined;

function colours(theme: string): Colours {
  const scheme = theme ? parseThemeColors(theme) : [];
  return (colour) => {
    const { rgb, theme: index, tint, indexed } = colour?.attributes ?? {};
    if (rgb) return { rgb: `#${rgb.slice(-6).toUpperCase()}` };
    if (index !== undefined && scheme.length > 0)
      return { rgb: `#${resolveThemeColor(scheme, Number(index), Number(tint ?? 0))}` };
    const numbered =
      indexed === undefined ? undefined : PALETTE[Number(indexed) < 8 ? Number(indexed) : Number(indexed) - 8];
    return numbered ? { rgb: `#${numbered}` } : undefined;
  };
}

const on = (tag: Element | undefined) =>
  tag !== undefined && (tag.attributes.val === undefined || isTrue(tag.attributes.val));

function fontStyle(font: Element | undefined, colour: Colours): IStyleData {
  const underline = child(font, "u");
  return {
    ...(on(child(font, "b")) ? { bl: 1 } : {}),
    ...(on(child(font, "i")) ? { it: 1 } : {}),
    ...(underline && underline.attributes.val !== "none" ? { ul: { s: 1 } } : {}),
    ...(on(child(font, "strike")) ? { st: { s: 1 } } : {}),
    ...(child(font, "sz") ? { fs: Number(child(font, "sz")!.attributes.val) } : {}),
    ...(child(font, "name") ? { ff: child(font, "name")!.attributes.val! } : {}),
    ...(colour(child(font, "color")) ? { cl: colour(child(font, "color"))! } : {}),
  };
}

function borderStyle(border: Element | undefined, colour: Colours): IStyleData {
  const sides: IBorderData = {};
  for (const [side, key] of Object.entries(SIDES)) {
    const line = child(border, side);
    const style = LINES.indexOf(line?.attributes.style ?? "");
    if (style > 0) sides[key] = { s: style, cl: colour(child(line, "color")) ?? { rgb: "#000000" } };
  }
  return Object.keys(sides).length > 0 ? { bd: sides } : {};
}

function alignmentStyle(alignment: Element | undefined): IStyleData {
  const { horizontal = "", vertical = "", wrapText, textRotation } = alignment?.attributes ?? {};
  const turned = Number(textRotation ?? 0);
  return {
    ...(HORIZONTAL[horizontal] === undefined ? {} : { ht: HORIZONTAL[horizontal] }),
    ...(VERTICAL[vertical] === undefined ? {} : { vt: VERTICAL[vertical] }),
    ...(isTrue(wrapText) ? { tb: WRAP } : {}),
    ...(turned === 255 ? { tr: { a: 0, v: 1 } } : turned ? { tr: { a: turned > 90 ? turned - 90 : -turned } } : {}),
  };
}

function fillStyle(fill: Element | undefined, colour: Colours): IStyleData {
  const pattern = child(fill, "patternFill");
  const background = pattern?.attributes.patternType === "solid" ? colour(child(pattern, "fgColor")) : undefined;
  return background ? { bg: background } : {};
}

export interface Formats {
  /** The style of each format, by its index. */
  readonly styles: readonly IStyleData[];
  /** Default row height and font come from the first. */
  readonly xml: string;
  readonly root: Element | undefined;
}

export function readFormats(xml: string, theme: string): Formats {
  if (!xml) return { styles: [{}], xml, root: undefined };
  const root = parse(xml);
  const colour = colours(theme);
  const list = (name: string) => child(root, name)?.children ?? [];
  const [fonts, fills, borders] = [list("fonts"), list("fills"), list("borders")];
  const formats = list("cellXfs");
  if (formats.length > LIMITS.formats) throw new FileRefusal("formats");
  const patterns: Record<string, string | undefined> = { ...BUILT_IN };
  for (const { attributes } of list("numFmts")) patterns[attributes.numFmtId ?? ""] = attributes.formatCode;
  const fontStyles = fonts.map((each) => fontStyle(each, colour));
  const fillStyles = fills.map((each) => fillStyle(each, colour));
  const borderStyles = borders.map((each) => borderStyle(each, colour));
  const styles = formats.map((format): IStyleData => {
    const { numFmtId = "0", fontId = "0", fillId = "0", borderId = "0" } = format.attributes;
    const pattern = patterns[numFmtId];
    return {
      ...(pattern && pattern !== "General" ? { n: { pattern } } : {}),
      ...fontStyles[Number(fontId)],
      ...fillStyles[Number(fillId)],
      ...borderStyles[Number(borderId)],
      ...alignmentStyle(child(format, "alignment")),
    };
  });
  return { styles: styles.length > 0 ? styles : [{}], xml, root };
}

const written = (colour: Nullable<IColorStyle>): string | undefined => {
  const [, hex] = /^#([0-9a-f]{6})$/i.exec(colour?.rgb ?? "") ?? [];
  const [, r, g, b] = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(colour?.rgb ?? "") ?? [];
  if (hex) return `FF${hex.toUpperCase()}`;
  return r
    ? `FF${[r, g, b]
        .map((each) => Number(each).toString(16).padStart(2, "0"))
        .join("")
        .toUpperCase()}`
    : undefined;
};

const colourTag = (name: string, colour: Nullable<IColorStyle>) =>
  written(colour) ? element(name, { rgb: written(colour) }) : "";

function fontXml({ bl, it, ul, st, fs, ff, cl }: IStyleData): string {
  const flags = [bl ? "<b/>" : "", it ? "<i/>" : "", st?.s ? "<strike/>" : "", ul?.s ? "<u/>" : ""].join("");
  return `<font>${flags}${element("sz", { val: fs ?? 11 })}${colourTag("color", cl)}${element("name", { val: ff ?? "Calibri" })}</font>`;
}

function borderXml({ bd }: IStyleData): string {
  const side = (name: keyof typeof SIDES) => {
    const line = bd?.[SIDES[name]];
    return element(name, { style: LINES[line?.s ?? 0] || undefined }, colourTag("color", line?.cl));
  };
  return `<border>${side("left")}${side("right")}${side("top")}${side("bottom")}<diagonal/></border>`;
}

function fillXml({ bg }: IStyleData): string {
  const colour = colourTag("fgColor", bg);
  return colour
    ? `<fill><patternFill patternType="solid">${colour}</patternFill></fill>`
    : '<fill><patternFill patternType="none"/></fill>';
}

function alignmentXml({ ht, vt, tb, tr }: IStyleData): string {
  const turned = tr?.v ? 255 : tr?.a ? (tr.a < 0 ? -tr.a : tr.a + 90) : undefined;
  const attributes = {
    horizontal: named(HORIZONTAL, ht ?? undefined),
    vertical: named(VERTICAL, vt ?? undefined),
    wrapText: tb === WRAP ? 1 : undefined,
    textRotation: turned,
  };
  return Object.values(attributes).every((value) => value === undefined) ? "" : element("alignment", attributes);
}

/** What a style says of one facet of a format, to see whether it changed. */
const facets = {
  font: ({ bl, it, ul, st, fs, ff, cl }: IStyleData) => [bl, it, ul?.s, st?.s, fs, ff, written(cl)],
  fill: ({ bg }: IStyleData) => [written(bg)],
  border: ({ bd }: IStyleData) => Object.values(SIDES).map((side) => [bd?.[side]?.s, written(bd?.[side]?.cl)]),
  alignment: (style: IStyleData) => [alignmentXml(style)],
  pattern: ({ n }: IStyleData) => [n?.pattern === "General" ? undefined : n?.pattern],
};
const facet = (name: keyof typeof facets, style: IStyleData) =>
  JSON.stringify(facets[name](style), (_, value: unknown) => (value === 0 || value === "" ? null : (value ?? null)));

/** Adds formats to styles.xml; what a style leaves as its base format has it is taken from there, protection included. */
export class FormatWriter {
  private readonly known = new Map<string, number>();
  private readonly added: Record<"numFmts" | "fonts" | "fills" | "borders" | "cellXfs", string[]> = {
    numFmts: [],
    fonts: [],
    fills: [],
    borders: [],
    cellXfs: [],
  };
  private readonly ids = new Map<string, number>();

  constructor(private readonly formats: Formats) {}

  /** The index of a format that looks as `style` says. */
  indexOf(style: IStyleData, base: number): number {
    const changed = (Object.keys(facets) as (keyof typeof facets)[]).filter(
      (name) => facet(name, style) !== facet(name, this.formats.styles[base] ?? {}),
    );
    if (changed.length === 0) return base;
    const key = JSON.stringify([base, style]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const format = child(this.formats.root, "cellXfs")?.children[base];
    const attributes: Record<string, string | number | undefined> = { xfId: 0, ...format?.attributes };
    for (const name of changed) {
      if (name === "font") Object.assign(attributes, { fontId: this.add("fonts", fontXml(style)), applyFont: 1 });
      if (name === "fill") Object.assign(attributes, { fillId: this.add("fills", fillXml(style)), applyFill: 1 });
      if (name === "border")
        Object.assign(attributes, { borderId: this.add("borders", borderXml(style)), applyBorder: 1 });
      if (name === "pattern")
        Object.assign(attributes, { numFmtId: this.pattern(style.n?.pattern ?? "General"), applyNumberFormat: 1 });
      if (name === "alignment") Object.assign(attributes, { applyAlignment: 1 });
    }
    const kept = (format?.children ?? [])
      .filter(({ name }) => name !== "alignment" || !changed.includes("alignment"))
      .map(({ name, attributes: kept }) => element(name, kept));
    const alignment = changed.includes("alignment") ? alignmentXml(style) : "";
    const index = this.count("cellXfs");
    this.added.cellXfs.push(element("xf", attributes, alignment + kept.join("")));
    this.known.set(key, index);
    return index;
  }

  private count(list: keyof typeof this.added): number {
    return (child(this.formats.root, list)?.children.length ?? 0) + this.added[list].length;
  }

  private add(list: "fonts" | "fills" | "borders", xml: string): number {
    const known = this.ids.get(xml);
    if (known !== undefined) return known;
    const index = this.count(list);
    this.added[list].push(xml);
    this.ids.set(xml, index);
    return index;
  }

  private pattern(pattern: string): number {
    if (pattern === "General") return 0;
    const known = child(this.formats.root, "numFmts")?.children.find(
      ({ attributes }) => attributes.formatCode === pattern,
    );
    if (known) return Number(known.attributes.numFmtId);
    const builtIn = Object.entries(BUILT_IN).find(
      ([id, code]) => code === pattern && (Number(id) < 5 || (Number(id) > 8 && Number(id) < 14)),
    );
    if (builtIn) return Number(builtIn[0]);
    const present = this.ids.get(`n${pattern}`);
    if (present !== undefined) return present;
    const taken = children(child(this.formats.root, "numFmts"), "numFmt").map(({ attributes }) =>
      Number(attributes.numFmtId),
    );
    const id = Math.max(163, ...taken) + 1 + this.added.numFmts.length;
    this.ids.set(`n${pattern}`, id);
    this.added.numFmts.push(element("numFmt", { numFmtId: id, formatCode: pattern }));
    return id;
  }

  /** styles.xml with what was added; the text as it was where nothing was. */
  text(): string {
    const { xml, root } = this.formats;
    if (!root) return xml;
    const prefix = prefixOf(xml, root);
    const edits: Edit[] = [];
    for (const [list, items] of Object.entries(this.added)) {
      if (items.length === 0) continue;
      const present = child(root, list);
      const added = items.map((item) => prefixed(prefix, item)).join("");
      if (present) {
        edits.push(retag(xml, present, { count: String(present.children.length + items.length) }));
        edits.push({ start: present.innerEnd, end: present.innerEnd, text: added });
      } else {
        const whole = prefixed(prefix, element(list, { count: items.length }, items.join("")));
        edits.push({ start: root.innerStart, end: root.innerStart, text: whole });
      }
    }
    return patch(xml, edits);
  }
}
