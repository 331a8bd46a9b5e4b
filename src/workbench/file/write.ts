/**
 * The workbook of the engine → an .xlsx file. The file that was opened is the base: what was not edited is copied as it
 * stands, cell by cell and part by part; a workbook that was never a file starts from a blank one.
 */
import { fromFile, toFile } from "../spelling";
import { BLANK } from "./blank";
import type { Abilities, SavedSheet, SavedWorkbook } from "./book";
import { follow } from "./follow/follow";
import { FormatWriter } from "./formats";
import { markDynamic } from "./metadata";
import { declare, pack, type Parts, relate, relationAttributes, sweep, unpack, unrelate, write } from "./package";
import { asTyped } from "./names";
import { type ReadFile, readParts } from "./read";
import { type Renamed, renameSheets, withNewNames } from "./rename";
import { readSheet } from "./sheet";
import type { Job } from "./write-cells";
import { addCharts } from "./write-charts";
import { sheetXml } from "./write-sheet";
import { followHeaders } from "./tables";
import { child, children, type Edit, element, escape, patch, prefixed, prefixOf, retag } from "./xml";

const WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const BLANK_SHEET = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetData/></worksheet>`;
/** The list of sheets, names and the like in the workbook part. */
function workbookXml(
  saved: SavedWorkbook,
  tags: ReadonlyMap<string, { xml: string; index?: number }>,
  file: ReadFile,
  functions: readonly string[],
  renamed: Renamed,
): string {
  const { book, names } = file;
  const { xml, root } = book;
  const prefix = prefixOf(xml, root);
  const present = new Set(saved.sheets.map(({ id }) => id));
  const others = book.sheets.flatMap(({ tag, relationship }, index) =>
    relationship?.type === "worksheet" ? [] : [{ index, xml: xml.slice(tag.start, tag.end) }],
  );
  const worksheets = saved.sheets.map(({ id }) => tags.get(id)!);
  // Sheets that are charts stay where they were as long as nothing else moved.
  const inOrder =
    worksheets.every(({ index }, place) => index === file.sheets[place]?.index) &&
    worksheets.length === file.sheets.length;
  const list: { xml: string; index?: number }[] = [...worksheets, ...others];
  if (inOrder) list.sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const place = new Map(list.flatMap(({ index }, now) => (index === undefined ? [] : [[index, now] as const])));
  const sheetsTag = child(root, "sheets")!;
  const edits: Edit[] = [
    { start: sheetsTag.innerStart, end: sheetsTag.innerEnd, text: list.map((each) => each.xml).join("") },
  ];

  const wanted = new Map(saved.names.map((each) => [`${each.scope ?? ""}!${each.name}`, each]));
  const texts = names.flatMap(({ tag, name, range, sheet, shown }) => {
    const id = sheet === undefined ? "" : `sheet${sheet + 1}`;
    const key = `${id}!${name}`;
    const now = wanted.get(key);
    wanted.delete(key);
    const home = sheet === undefined ? undefined : place.get(sheet);
    if ((shown && !now) || (sheet !== undefined && (home === undefined || (!present.has(id) && shown)))) return [];
    const opening = retag(xml, tag, { localSheetId: home === undefined ? undefined : String(home) }).text;
    const same = !now || now.range === asTyped(fromFile(range, functions).slice(1)).replace(/^=/, "");
    return [
      `${opening}${same ? withNewNames(xml.slice(tag.innerStart, tag.innerEnd), renamed) : escape(toFile(now.range, functions))}</${prefix}definedName>`,
    ];
  });
  for (const { name, range, scope } of wanted.values()) {
    const localSheetId = scope === undefined ? undefined : list.indexOf(tags.get(scope)!);
    texts.push(prefixed(prefix, element("definedName", { name, localSheetId }, escape(toFile(range, functions)))));
  }
  const defined = texts.length > 0 ? `<${prefix}definedNames>${texts.join("")}</${prefix}definedNames>` : "";
  const namesTag = child(root, "definedNames");
  const behind = child(root, "externalReferences") ?? child(root, "functionGroups") ?? sheetsTag;
  edits.push({ start: namesTag?.start ?? behind.end, end: namesTag?.end ?? behind.end, text: defined });

  for (const view of children(child(root, "bookViews"), "workbookView")) {
    const { activeTab = "0", firstSheet = "0" } = view.attributes;
    const outside = Math.max(Number(activeTab), Number(firstSheet)) >= list.length;
    if (outside) edits.push(retag(xml, view, { activeTab: undefined, firstSheet: undefined }));
  }
  // Stored values are right; a program that computed anew without our functions would show #NAME?.
  const calculation = child(root, "calcPr");
  if (calculation?.attributes.fullCalcOnLoad !== undefined)
    edits.push(retag(xml, calculation, { fullCalcOnLoad: undefined }));
  return patch(xml, edits);
}

/** A sheet's line in the list of sheets, with its name and whether it is hidden as they are now. */
function sheetTag(sheet: SavedSheet, file: ReadFile, index: number): string {
  const { xml, sheets } = file.book;
  const { tag, name, state = "visible" } = sheets[index]!;
  const hidden = /hidden/i.test(state);
  const changes = {
    ...(name === sheet.name ? {} : { name: sheet.name }),
    ...(hidden === sheet.hidden ? {} : { state: sheet.hidden ? "hidden" : undefined }),
  };
  const edit = retag(xml, tag, changes);
  return edit.text + xml.slice(tag.innerStart, tag.end);
}

function addSheet(parts: Parts, sheet: SavedSheet, file: ReadFile, taken: Set<number>): { path: string; xml: string } {
  let number = 1;
  while (parts.has(`xl/worksheets/sheet${number}.xml`)) number++;
  const path = `xl/worksheets/sheet${number}.xml`;
  write(parts, path, BLANK_SHEET);
  declare(parts, path, WORKSHEET_TYPE);
  const rId = relate(parts, file.book.main, "worksheet", path);
  const sheetId = Math.max(0, ...taken) + 1;
  taken.add(sheetId);
  const { xml, root } = file.book;
  const prefix = prefixOf(xml, root);
  const attributes = {
    name: sheet.name,
    sheetId,
    state: sheet.hidden ? "hidden" : undefined,
    ...relationAttributes(root, rId),
  };
  return { path, xml: prefixed(prefix, element("sheet", attributes)) };
}

/** @param original the file that was opened; undefined for a workbook that never was one */
export function saveFile(original: Uint8Array | undefined, now: SavedWorkbook, abilities: Abilities): Uint8Array {
  const parts = unpack(original ?? BLANK);
  follow(readParts(parts, abilities), now.sheets);
  const file = readParts(parts, abilities);
  const { book } = file;
  const { saved, renames } = followHeaders(parts, file.tables, now);
  const formats = new FormatWriter(file.reading.formats);
  let mark: string | undefined;
  const dynamic = () => (mark ??= markDynamic(parts, book));
  const job: Job = { file, formats, styles: saved.styles, functions: abilities.ours, dynamic, renames };
  const taken = new Set(book.sheets.map(({ tag }) => Number(tag.attributes.sheetId)));
  const byId = new Map(original ? file.sheets.map((sheet) => [sheet.id, sheet]) : []);
  const gone = file.sheets.filter(({ id }) => !original || !saved.sheets.some((sheet) => sheet.id === id));
  const lost = new Set(gone.map(({ index }) => book.sheets[index]!.relationship!.id));
  unrelate(parts, book.main, ({ id }) => lost.has(id));
  sweep(parts);
  unrelate(parts, "", ({ type }) => type === "origin");
  const tags = new Map<string, { xml: string; index?: number }>();
  let changed = gone.length > 0;
  for (const sheet of saved.sheets) {
    const base = byId.get(sheet.id);
    const { path, ...tag } = base
      ? { path: base.path, xml: sheetTag(sheet, file, base.index), index: base.index }
      : addSheet(parts, sheet, file, taken);
    tags.set(sheet.id, tag);
    const stored = base?.stored ?? readSheet(BLANK_SHEET, "", [], 0);
    const text = sheetXml(sheet, stored, base?.name ?? sheet.name, job);
    if (base && text === base.stored.xml) continue;
    write(parts, path, text);
    if (!base) addCharts(parts, path, sheet);
    changed = true;
  }
  // The order in which to compute; Excel makes it anew, and repairs a file whose order names other cells.
  if (changed) unrelate(parts, book.main, ({ type }) => type === "calcChain");
  const renamed = new Map(
    saved.sheets.flatMap(({ id, name }) => {
      const before = byId.get(id)?.name;
      return before === undefined || before === name ? [] : [[before, name] as const];
    }),
  );
  renameSheets(parts, renamed);
  write(parts, book.main, workbookXml(saved, tags, file, abilities.ours, renamed));
  const styles = book.related.find(({ type }) => type === "styles")?.target;
  if (styles) {
    const text = formats.text();
    if (text !== file.reading.formats.xml) write(parts, styles, text);
  }
  sweep(parts);
  return pack(parts);
}
