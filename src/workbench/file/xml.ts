/** XML parts as trees whose elements know their place in the text, so that what is not edited is copied as it stands. */
import { SaxesParser } from "saxes";
import { FileRefusal } from "./limits";

export interface Element {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** All text inside, that of children included. */
  text: string;
  /** The place in the part: from "<" of the opening tag to behind the closing one; `inner` is what lies between. */
  readonly start: number;
  innerStart: number;
  innerEnd: number;
  end: number;
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** An element of nothing, to begin one from. */
export const blankElement = (): Element => ({
  name: "",
  attributes: {},
  children: [],
  text: "",
  start: 0,
  innerStart: 0,
  innerEnd: 0,
  end: 0,
});

/**
 * Parses a part and calls back for every element that ends. `keep` decides whether an element stays in its parent's
 * children: long lists (rows) are visited and let go.
 */
export function parse(xml: string, visit: (element: Element, parents: readonly Element[]) => boolean = () => true) {
  const parser = new SaxesParser();
  const root = blankElement();
  const open: Element[] = [root];
  parser.on("error", () => {
    throw new FileRefusal("damaged");
  });
  // Entity declarations can grow a small file without bound; no spreadsheet program writes any.
  parser.on("doctype", () => {
    throw new FileRefusal("entities");
  });
  parser.on("opentag", (tag) => {
    const end = parser.position;
    open.push({
      name: local(tag.name),
      attributes: tag.attributes,
      children: [],
      text: "",
      start: xml.lastIndexOf("<", end - 1),
      innerStart: end,
      innerEnd: end,
      end,
    });
  });
  const text = (found: string) => {
    open.at(-1)!.text += found;
  };
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("closetag", (tag) => {
    const element = open.pop()!;
    const parent = open.at(-1)!;
    if (!tag.isSelfClosing) {
      element.end = parser.position;
      element.innerEnd = xml.lastIndexOf("<", element.end - 1);
    }
    if (visit(element, open)) {
      parent.children.push(element);
      parent.text += element.text;
    }
  });
  parser.write(xml).close();
  return root.children[0]!;
}

export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((each) => each.name === name);

export const children = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((each) => each.name === name) ?? [];

/** The value of an attribute whatever its prefix ("r:id"). */
export function attribute(element: Element, name: string): string | undefined {
  const key = Object.keys(element.attributes).find((each) => local(each) === name);
  return key === undefined ? undefined : element.attributes[key];
}

export const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text for XML. What XML cannot hold is written as Excel writes it (`_x000C_`). */
export function escape(text: string): string {
  return text
    .replace(/_x[0-9A-F]{4}_/gi, (code) => `_x005F${code}`)
    .replace(
      // eslint-disable-next-line no-control-regex -- these are what XML cannot hold
      /[\0-\b\v\f\r\x0e-\x1f\ufffe\uffff]/g,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    )
    .replace(/[&<>]/g, (char) => ENTITIES[char]!);
}

const quoted = (text: string): string => escape(text).replaceAll('"', "&quot;");

/** The reverse of Excel's `_x000C_`. */
export const unescape = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** `<name a="1">inner</name>`; attributes that are undefined are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  inner = "",
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${quoted(String(value))}"`,
  );
  return inner === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${inner}</${name}>`;
}

/** The prefix of an element's name, with ":"; mostly "". */
export const prefixOf = (xml: string, { start }: Element): string =>
  /^<([\w.-]+:)?/.exec(xml.slice(start, start + 99))?.[1] ?? "";

/** Written XML with a prefix before the name of each element. */
export const prefixed = (prefix: string, xml: string): string =>
  prefix ? xml.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}`) : xml;

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with some places replaced; they must not overlap. */
export function patch(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** An opening tag with other attributes. */
export function retagged(tag: string, changes: Readonly<Record<string, string | undefined>>): string {
  for (const [name, value] of Object.entries(changes)) {
    const present = new RegExp(`\\s${name}\\s*=\\s*("[^"]*"|'[^']*')`);
    const written = value === undefined ? "" : ` ${name}="${quoted(value)}"`;
    tag = present.test(tag)
      ? tag.replace(present, () => written)
      : tag.replace(/\s*(\/?>)$/, (end) => written + end.trim());
  }
  return tag;
}

/** The opening tag of an element with other attributes, in its place. */
export function retag(
  xml: string,
  { start, innerStart }: Element,
  changes: Readonly<Record<string, string | undefined>>,
): Edit {
  return { start, end: innerStart, text: retagged(xml.slice(start, innerStart), changes) };
}
