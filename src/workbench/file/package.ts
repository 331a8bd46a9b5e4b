/** An .xlsx file is a zip of parts; this reads and writes the zip and finds parts by their relationships. */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { FileRefusal, LIMITS } from "./limits";
import { attribute, child, children, element, type Element, parse, patch } from "./xml";

/** Path without leading "/" → content. */
export type Parts = Map<string, Uint8Array>;

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte);
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** "EncryptedPackage" in UTF-16, as the directory of an encrypted file spells it. */
const ENCRYPTED = [...strToU8("EncryptedPackage")].flatMap((byte) => [byte, 0]);

function contains(bytes: Uint8Array, wanted: readonly number[]): boolean {
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

/** Bytes from which a part is worth a look at how far it swells. */
const LARGE = 2 ** 24;

/** Unpacks a file. Sizes are looked at before anything is unpacked, and no part gets more room than it announced. */
export function unpack(bytes: Uint8Array): Parts {
  if (bytes.length > LIMITS.packed) throw new FileRefusal("packed");
  if (startsWith(bytes, COMPOUND)) throw new FileRefusal(contains(bytes, ENCRYPTED) ? "encrypted" : "oldExcel");
  if (!startsWith(bytes, ZIP)) throw new FileRefusal("noWorkbook");
  let size = 0;
  let count = 0;
  const seen = new Set<string>();
  const filter = ({ name, originalSize, size: packed }: { name: string; originalSize: number; size: number }) => {
    size += originalSize;
    const swells = originalSize > LARGE && originalSize > LIMITS.ratio * packed;
    if (size > LIMITS.unpacked || swells) throw new FileRefusal("unpacked");
    if (seen.has(name)) throw new FileRefusal("damaged", name);
    seen.add(name);
    if (++count > LIMITS.parts) throw new FileRefusal("parts");
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:/i.test(name)) throw new FileRefusal("climbs", name);
    return !name.endsWith("/");
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    throw error instanceof FileRefusal ? error : new FileRefusal("damaged");
  }
}

export function pack(parts: Parts): Uint8Array {
  // Excel wants the list of types first, as every program writes it.
  const types = "[Content_Types].xml";
  const paths = [types, ...[...parts.keys()].filter((path) => path !== types)];
  return zipSync(Object.fromEntries(paths.map((path) => [path, parts.get(path)!])), { level: 4 });
}

/** The text of a part, without a byte-order mark; "" where there is no such part. */
export function textOf(parts: Parts, path: string): string {
  const bytes = parts.get(path);
  if (!bytes) return "";
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  }
  return strFromU8(bytes).replace(/^\uFEFF/, "");
}

export const write = (parts: Parts, path: string, text: string) => parts.set(path, strToU8(text));

export interface Relationship {
  readonly id: string;
  /** The last word of its type: "worksheet", "sharedStrings", "chart", … */
  readonly type: string;
  /** A path in the package; an address where `external`. */
  readonly target: string;
  readonly external: boolean;
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
export const relationshipsPath = (path: string) => `${folderOf(path)}_rels/${path.slice(folderOf(path).length)}.rels`;

function resolve(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const names: string[] = [];
  for (const name of (folder + target).split("/")) {
    if (name === "..") names.pop();
    else if (name !== ".") names.push(name);
  }
  return names.join("/");
}

export function relationships(parts: Parts, path: string): Relationship[] {
  const xml = textOf(parts, relationshipsPath(path));
  if (!xml) return [];
  return children(parse(xml), "Relationship").map(({ attributes }) => {
    const external = attributes.TargetMode === "External";
    const target = attributes.Target ?? "";
    return {
      id: attributes.Id ?? "",
      type: (attributes.Type ?? "").split("/").at(-1)!,
      target: external ? target : resolve(folderOf(path), target),
      external,
    };
  });
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const EMPTY_RELATIONSHIPS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';

/** How an element names a relationship; some programs declare the namespace at each element, and not at the root. */
export function relationAttributes({ attributes }: Element, id: string): Record<string, string> {
  const declared = Object.entries(attributes).find(
    ([name, value]) => name.startsWith("xmlns:") && value.endsWith("/relationships"),
  );
  return declared ? { [`${declared[0].slice(6)}:id`]: id } : { "xmlns:r": OFFICE, "r:id": id };
}

/** Adds a relationship; returns its id. */
export function relate(parts: Parts, path: string, type: string, target: string): string {
  const at = relationshipsPath(path);
  const xml = textOf(parts, at) || EMPTY_RELATIONSHIPS;
  const root = parse(xml);
  const taken = new Set(root.children.map(({ attributes }) => attributes.Id));
  let number = 1;
  while (taken.has(`rId${number}`)) number++;
  const added = element("Relationship", { Id: `rId${number}`, Type: `${OFFICE}/${type}`, Target: `/${target}` });
  const end =
    root.innerStart === root.end
      ? { start: root.end - 2, end: root.end, text: `>${added}</Relationships>` }
      : { start: root.innerEnd, end: root.innerEnd, text: added };
  write(parts, at, patch(xml, [end]));
  return `rId${number}`;
}

/** Takes out the relationships that `drop` names. */
export function unrelate(parts: Parts, path: string, drop: (relationship: Relationship) => boolean): void {
  const gone = new Set(
    relationships(parts, path)
      .filter(drop)
      .map(({ id }) => id),
  );
  if (gone.size === 0) return;
  const xml = textOf(parts, relationshipsPath(path));
  const edits = parse(xml)
    .children.filter((each) => gone.has(each.attributes.Id!))
    .map(({ start, end }) => ({ start, end, text: "" }));
  write(parts, relationshipsPath(path), patch(xml, edits));
}

const TYPES = "[Content_Types].xml";

/** Says what kind of content a new part has. */
export function declare(parts: Parts, path: string, contentType: string): void {
  const xml = textOf(parts, TYPES);
  const { innerEnd } = parse(xml);
  const text = element("Override", { PartName: `/${path}`, ContentType: contentType });
  write(parts, TYPES, patch(xml, [{ start: innerEnd, end: innerEnd, text }]));
}

/** Removes what no relationship leads to any more, starting at the package itself. */
export function sweep(parts: Parts): void {
  const kept = new Set<string>([TYPES]);
  const visit = (path: string) => {
    if (path !== "" && (kept.has(path) || !parts.has(path))) return;
    if (path) kept.add(path);
    kept.add(relationshipsPath(path));
    for (const { target, external } of relationships(parts, path)) if (!external) visit(target);
  };
  visit("");
  for (const path of parts.keys()) if (!kept.has(path)) parts.delete(path);
  const xml = textOf(parts, TYPES);
  const stale = parse(xml).children.filter(
    ({ name, attributes }) => name === "Override" && !parts.has((attributes.PartName ?? "").slice(1)),
  );
  if (stale.length > 0)
    write(
      parts,
      TYPES,
      patch(
        xml,
        stale.map(({ start, end }) => ({ start, end, text: "" })),
      ),
    );
}

/** The workbook part, and the sheets of it in their order. */
export function workbookOf(parts: Parts) {
  const main = relationships(parts, "").find(({ type }) => type === "officeDocument")?.target;
  if (!main || !parts.has(main)) throw new FileRefusal("noWorkbook");
  const xml = textOf(parts, main);
  const root = parse(xml);
  if (root.name !== "workbook") throw new FileRefusal("noWorkbook");
  const related = relationships(parts, main);
  const byId = new Map(related.map((each) => [each.id, each]));
  const sheets = children(child(root, "sheets"), "sheet").map((tag) => {
    const relationship = byId.get(attribute(tag, "id") ?? "");
    return { tag, name: tag.attributes.name ?? "", state: tag.attributes.state, relationship };
  });
  return { main, xml, root, related, sheets };
}
