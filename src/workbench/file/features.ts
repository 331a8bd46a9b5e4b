/** What a file has that the page does not show or cannot keep: counted before the first edit. */
import { relationships, type Parts, type workbookOf } from "./package";
import type { StoredSheet } from "./sheet";
import { child, children, type Element, isTrue } from "./xml";

export type FeatureName =
  | "charts"
  | "pictures"
  | "shapes"
  | "comments"
  | "validations"
  | "conditionalFormats"
  | "hyperlinks"
  | "tables"
  | "pivotTables"
  | "externalLinks"
  | "filters"
  | "protection"
  | "macros"
  | "controls"
  | "richText"
  | "storedFormulas"
  | "dataTables"
  | "chartSheets"
  | "signatures"
  | "date1904";

export interface Feature {
  readonly name: FeatureName;
  readonly count: number;
  /** Saving loses it; all others travel through the file unchanged. */
  readonly lost: boolean;
}

const count = (root: Element, list: string, item: string) =>
  children(root, list).reduce((sum, each) => sum + children(each, item).length, 0);

/** By sheet, from its elements and the parts it leads to. */
function ofSheet(parts: Parts, path: string, { root }: StoredSheet): [FeatureName, number][] {
  const found: [FeatureName, number][] = [
    ["validations", count(root, "dataValidations", "dataValidation")],
    ["conditionalFormats", children(root, "conditionalFormatting").length],
    ["hyperlinks", count(root, "hyperlinks", "hyperlink")],
    ["filters", children(root, "autoFilter").length],
    ["protection", children(root, "sheetProtection").filter(({ attributes }) => isTrue(attributes.sheet)).length],
    ["controls", children(root, "controls").length + children(root, "oleObjects").length],
  ];
  for (const { type, target, external } of relationships(parts, path)) {
    if (external) continue;
    if (type === "table") found.push(["tables", 1]);
    if (type === "pivotTable") found.push(["pivotTables", 1]);
    if (type === "comments") found.push(["comments", 1]);
    if (type === "drawing") {
      const inside = relationships(parts, target);
      const charts = inside.filter((each) => /^chart/i.test(each.type)).length;
      const pictures = inside.filter((each) => each.type === "image").length;
      found.push(["charts", charts], ["pictures", pictures]);
      if (charts + pictures === 0) found.push(["shapes", 1]);
    }
  }
  return found;
}

export function featuresOf(
  parts: Parts,
  book: ReturnType<typeof workbookOf>,
  sheets: readonly { readonly path: string; readonly stored: StoredSheet }[],
  more: readonly [FeatureName, number][],
): Feature[] {
  const counts = new Map<FeatureName, number>();
  const add = ([name, number]: readonly [FeatureName, number]) => counts.set(name, (counts.get(name) ?? 0) + number);
  for (const { path, stored } of sheets) ofSheet(parts, path, stored).forEach(add);
  const types = (type: string) => book.related.filter((each) => each.type === type).length;
  add(["externalLinks", types("externalLink")]);
  add(["macros", types("vbaProject")]);
  add(["chartSheets", book.sheets.length - sheets.length]);
  // Some programs write the tag without locking anything.
  const locks = child(book.root, "workbookProtection")?.attributes ?? {};
  add(["protection", isTrue(locks.lockStructure) || isTrue(locks.lockWindows) ? 1 : 0]);
  add(["signatures", relationships(parts, "").filter(({ type }) => type === "origin").length]);
  more.forEach(add);
  return [...counts]
    .filter(([, number]) => number > 0)
    .map(([name, number]) => ({ name, count: number, lost: name === "signatures" }));
}
