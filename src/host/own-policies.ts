/**
 * The user's own policies in the workbook: a visible sheet “自拟政策”, whose column A holds the text of the policies, a line per
 * row, so that a mistake's line is its row. Other columns are free for remarks.
 */
import { ownPolicies, setOwnPolicies, type OwnMistake, type OwnPolicies } from "../rules";
import { formatAddress } from "./address";
import { asCell, sheetCells } from "./kept-table";
import type { Entry, Place, Workbook } from "./workbook";

export const OWN_SHEET = "自拟政策";

/** What was read of a workbook. `changed`: whether results may be others now. */
export interface OwnTaken {
  readonly text: string;
  readonly found: readonly OwnMistake[];
  readonly changed: boolean;
}

const NONE: OwnPolicies = { policies: [], mistakes: new Map() };
const spelled = (own: OwnPolicies | undefined): string =>
  JSON.stringify([own?.policies ?? [], [...(own?.mistakes ?? [])]]);

/** The text on the sheet; "" where there is none. */
export async function ownText(host: Workbook): Promise<string> {
  const cells = (await sheetCells(host, OWN_SHEET, 1)) ?? [];
  return cells
    .map(([value]) => String(value))
    .join("\n")
    .trimEnd();
}

/** Puts the policies of a text into the catalogue, in the place of those before. */
export async function takeText(text: string): Promise<OwnTaken> {
  const before = spelled(ownPolicies());
  const reading = text
    ? (await import("./own-reading")).readOwnPolicies([{ name: OWN_SHEET, text }])
    : { ...NONE, found: [] };
  const changed = spelled(reading) !== before;
  // The same policies stay the same objects, with all that was made of them.
  if (changed || !ownPolicies()) setOwnPolicies(reading);
  return { text, found: reading.found, changed };
}

/** Reads the sheet and hands its policies to the functions. It recalculates nothing. */
export const takeOwnPolicies = async (host: Workbook): Promise<OwnTaken> => takeText(await ownText(host));

/** The cell of a line of the text. */
export const cellOfLine = (line: number): Place => ({ sheet: OWN_SHEET, address: `A${line}` });

const WIDTH = 100;
/** Below the text: lines that are typed there stay text, too, and no formulas ("- id: …"). */
const SPARE_ROWS = 200;

/** Writes the text onto the sheet, which is added where there is none. */
export async function writeOwnText(host: Workbook, text: string): Promise<void> {
  const lines = text.trimEnd().split("\n");
  const cells = lines.map((line) => [asCell(line.trimEnd())]);
  const format = (rows: number) => ({ address: formatAddress({ row: 0, column: 0, rows, columns: 1 }), format: "@" });
  const before = await sheetCells(host, OWN_SHEET, 1);
  if (before === undefined) {
    await host.addSheet({ name: OWN_SHEET, cells, widths: [WIDTH], formats: [format(cells.length + SPARE_ROWS)] });
    return;
  }
  const rows = Math.max(cells.length, before.length);
  const padded = [...cells, ...Array.from({ length: rows - cells.length }, () => [""])];
  const whole = format(rows + SPARE_ROWS);
  const entries: Entry[] = [
    { place: { sheet: OWN_SHEET, address: whole.address }, format: whole.format },
    { place: { sheet: OWN_SHEET, address: format(rows).address }, cells: padded },
  ];
  await host.write(entries);
}
