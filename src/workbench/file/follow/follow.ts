/**
 * The parts of a file after rows, columns or cells of its sheets went elsewhere, as Excel would have left them: cells, and all
 * that is tied to places or refers to them. What the page shows is compared with these parts afterwards, as with those of a
 * file that was never touched.
 */
import type { SavedSheet } from "../book";
import { relationships, textOf, unrelate, write } from "../package";
import type { ReadFile } from "../read";
import { attribute, child, children, escape, parse, patch, retagged } from "../xml";
import { rowsText } from "./cells";
import { followComments } from "./comments";
import { type Events, partText } from "./part";
import { followed } from "./references";
import { followTable } from "./table";

/** Puts the parts of a file where the steps of its sheets lead; it is to be read anew afterwards. */
export function follow({ parts, book, sheets }: ReadFile, saved: readonly Pick<SavedSheet, "id" | "steps">[]): void {
  const steps = new Map(saved.map((each) => [each.id, each.steps]));
  const happened = new Map(
    sheets.flatMap(({ id, name }) => (steps.get(id)?.length ? [[name.toUpperCase(), steps.get(id)!] as const] : [])),
  );
  if (happened.size === 0) return;
  const change = (path: string, events: Events) => {
    const xml = textOf(parts, path);
    const root = parse(xml);
    const text = root && partText(xml, root, events);
    if (text !== undefined && text !== xml) write(parts, path, text);
  };
  for (const { name, path, stored } of sheets) {
    const events = { home: name, happened };
    const gone = new Set<string>();
    for (const { id, type, target, external } of relationships(parts, path)) {
      if (external || !parts.has(target)) continue;
      if (type === "table" && !followTable(parts, target, events)) gone.add(id);
      else if (/^(drawing|comments|threadedComment|pivotTable|ctrlProp|tableSingleCells)$/.test(type))
        change(target, events);
      else if (type === "vmlDrawing" && happened.has(name.toUpperCase())) followComments(parts, target, events);
    }
    const text = partText(stored.xml, stored.root, events, rowsText(stored, events))!;
    write(parts, path, gone.size > 0 ? withoutTables(text, gone) : text);
    unrelate(parts, path, ({ id }) => gone.has(id));
  }
  for (const path of parts.keys()) {
    if (/^xl\/(charts|pivotCache)\/[^/]*\.xml$/.test(path) && !/Records/.test(path))
      change(path, { home: "", happened });
  }
  const names = children(child(book.root, "definedNames"), "definedName");
  const edits = names.map(({ innerStart, innerEnd, text }) => ({
    ...{ start: innerStart, end: innerEnd },
    text: escape(followed(text, "", happened)),
  }));
  write(parts, book.main, patch(book.xml, edits));
}

/** A sheet without the tables that are gone; their parts go when nothing leads to them. */
function withoutTables(xml: string, gone: ReadonlySet<string>): string {
  const list = child(parse(xml), "tableParts");
  if (!list) return xml;
  const left = list.children.filter((each) => !gone.has(attribute(each, "id") ?? ""));
  const inner = left.map(({ start, end }) => xml.slice(start, end)).join("");
  const opening = retagged(xml.slice(list.start, list.innerStart), { count: String(left.length) });
  const text = left.length > 0 ? opening + inner + xml.slice(list.innerEnd, list.end) : "";
  return patch(xml, [{ start: list.start, end: list.end, text }]);
}
