/** The mark that makes an array formula a dynamic array: a number into metadata.xml, which is made or completed. */
import { declare, type Parts, relate, textOf, type workbookOf, write } from "./package";
import { child, children, type Edit, element, type Element, parse, patch } from "./xml";

const DYNAMIC = "XLDAPR";
const PATH = "xl/metadata.xml";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml";
const EXTENSION =
  '<ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"><xda:dynamicArrayProperties xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray" fDynamic="1" fCollapsed="0"/></ext>';
const EMPTY =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><metadataTypes count="0"></metadataTypes></metadata>';

const block = (type: number) => element("bk", {}, element("rc", { t: type, v: 0 }));

/** Where the records of a file have the mark, counted from 1; 0 where they have none. */
function markIn(root: Element): number {
  const types = child(root, "metadataTypes")?.children ?? [];
  const type = types.findIndex(({ attributes }) => attributes.name === DYNAMIC) + 1;
  if (type === 0) return 0;
  const blocks = children(child(root, "cellMetadata"), "bk");
  return blocks.findIndex((each) => Number(child(each, "rc")?.attributes.t) === type) + 1;
}

/** The value of `cm` for dynamic arrays. */
export function markDynamic(parts: Parts, book: ReturnType<typeof workbookOf>): string {
  const present = book.related.find(({ type }) => type === "sheetMetadata")?.target;
  const path = present ?? PATH;
  const xml = (present && textOf(parts, present)) || EMPTY;
  const root = parse(xml);
  const mark = markIn(root);
  if (mark > 0) return String(mark);
  const types = child(root, "metadataTypes");
  const cells = child(root, "cellMetadata");
  const type = (types?.children.length ?? 0) + 1;
  const kind = element("metadataType", {
    ...{ name: DYNAMIC, minSupportedVersion: 120_000, copy: 1, pasteAll: 1, pasteValues: 1, merge: 1, splitFirst: 1 },
    ...{ rowColShift: 1, clearFormats: 1, clearComments: 1, assign: 1, coerce: 1, cellMeta: 1 },
  });
  const future = element(
    "futureMetadata",
    { name: DYNAMIC, count: 1 },
    element("bk", {}, element("extLst", {}, EXTENSION)),
  );
  const next = cells ?? child(root, "valueMetadata") ?? child(root, "extLst");
  const before = next?.start ?? root.innerEnd;
  const list = (tag: Element, name: string, added: string): Edit => ({
    start: tag.start,
    end: tag.end,
    text: element(name, { count: tag.children.length + 1 }, xml.slice(tag.innerStart, tag.innerEnd) + added),
  });
  const edits: Edit[] = [
    types
      ? list(types, "metadataTypes", kind)
      : { start: root.innerStart, end: root.innerStart, text: element("metadataTypes", { count: 1 }, kind) },
    { start: before, end: before, text: future + (cells ? "" : element("cellMetadata", { count: 1 }, block(type))) },
    ...(cells ? [list(cells, "cellMetadata", block(type))] : []),
  ];
  write(parts, path, patch(xml, edits));
  if (!present) {
    declare(parts, path, CONTENT);
    relate(parts, book.main, "sheetMetadata", path);
  }
  return String((cells?.children.length ?? 0) + 1);
}
