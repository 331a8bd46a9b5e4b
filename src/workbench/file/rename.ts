/** Sheets that got another name, in what the engine does not know of: charts, validations, print areas, pivot tables. */
import { quoteSheet } from "../../host/address";
import { type Parts, textOf, write } from "./package";
import { escape } from "./xml";

/** Old name → new name. */
export type Renamed = ReadonlyMap<string, string>;

const SHEET = /'((?:[^'&]|''|&(?:amp|quot|lt|gt|apos);)+)'!|([\p{L}_][\p{L}\p{N}_.]*)!/gu;
/** Formulas in charts (`f`), conditional formats and validations; those of cells are the engine's. */
const FORMULA = /(<(?:\w+:)?(?:formula|formula1|formula2|f)(?:\s[^>]*)?>)([^<]*)/g;
const EXTENDED = /(<(?:\w+:)?(?:formula|formula1|formula2)(?:\s[^>]*)?>|<xm:f>)([^<]*)/g;

const plain = (xml: string) =>
  xml
    .replaceAll("''", "'")
    .replace(
      /&(amp|quot|lt|gt|apos);/g,
      (_, name: string) => ({ amp: "&", quot: '"', lt: "<", gt: ">", apos: "'" })[name]!,
    );

/** A formula as XML has it, with the new names. */
export const withNewNames = (formula: string, renamed: Renamed): string =>
  formula.replace(SHEET, (token, quoted?: string, bare?: string) => {
    const name = renamed.get(plain(quoted ?? bare!));
    return name === undefined ? token : `${escape(quoteSheet(name))}!`;
  });

/** Puts the new names into all parts that hold formulas beside cells. */
export function renameSheets(parts: Parts, renamed: Renamed): void {
  if (renamed.size === 0) return;
  for (const path of parts.keys()) {
    if (!/^xl\/(charts|worksheets|pivotCache)\/[^/]*\.xml$/.test(path)) continue;
    const xml = textOf(parts, path);
    const formulas = path.startsWith("xl/worksheets/") ? EXTENDED : FORMULA;
    const text = xml
      .replace(formulas, (_, tag: string, formula: string) => tag + withNewNames(formula, renamed))
      .replace(
        /(<(?:\w+:)?hyperlink [^>]*location=")([^"]*)/g,
        (_, tag: string, place: string) => tag + withNewNames(place, renamed),
      )
      .replace(
        /(<(?:\w+:)?worksheetSource [^>]*sheet=")([^"]*)/g,
        (_, tag: string, name: string) => tag + escape(renamed.get(plain(name)) ?? plain(name)),
      );
    if (text !== xml) write(parts, path, text);
  }
}
