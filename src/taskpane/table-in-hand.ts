/** The table of the workbook around a cell, as the jobs take it; what the user chose about its headers is kept in the workbook. */
import { formatAddress, parseAddress } from "../host/address";
import type { Place, Workbook } from "../host/workbook";
import {
  isHeader,
  regionAround,
  regionOf,
  tablesIn,
  type Area,
  type FoundTable,
  type SheetCells,
  type Unit,
} from "../tables";

/** A table where it stands: rows and columns of cells and region count from the first cell of the sheet. */
export interface TableInHand extends FoundTable {
  readonly sheet: string;
}

/** A sheet of more cells is not read for looking at it, only for a job. */
export const MOST_CELLS = 1 << 16;

/** Where the content of a sheet ends, from its first cell on; null for an empty sheet. */
export async function contentOf(host: Workbook, sheet: string): Promise<Area | null> {
  const used = await host.usedRange(sheet);
  if (!used) return null;
  const { row, column, rows, columns } = parseAddress(used.address)!;
  return { row: 0, column: 0, rows: row + rows, columns: column + columns };
}

async function cellsOf(host: Workbook, sheet: string, content: Area): Promise<SheetCells> {
  const place = { sheet, address: formatAddress(content) };
  const [{ values, formulas }, { merges, hidden }] = await Promise.all([host.read(place), host.shape(place)]);
  return { values, formulas, merges: merges.map((address) => parseAddress(address)!), hidden };
}

/** The table around a cell; undefined where there is none. */
export async function tableAt(host: Workbook, { sheet, address }: Place): Promise<TableInHand | undefined> {
  const content = await contentOf(host, sheet);
  if (!content) return undefined;
  const cells = await cellsOf(host, sheet, content);
  const region = regionAround(cells, parseAddress(address)!, isHeader);
  return region?.rows.length ? { sheet, cells, region } : undefined;
}

/** The tables of the visible sheets that are small enough to be looked at. */
export async function tablesOf(host: Workbook): Promise<TableInHand[]> {
  const found: TableInHand[] = [];
  for (const sheet of await host.sheets()) {
    const content = await contentOf(host, sheet);
    if (!content || content.rows * content.columns > MOST_CELLS) continue;
    const cells = await cellsOf(host, sheet, content);
    found.push(...tablesIn(cells).map((table) => ({ sheet, ...table })));
  }
  return found;
}

/** The table as the user corrects it. */
export function corrected({ sheet, cells, region }: TableInHand, area: Area, headerRows: number): TableInHand {
  return { sheet, cells, region: regionOf(cells, area, headerRows, region.unit) };
}

export const placeOf = ({ sheet, region }: TableInHand): Place => ({ sheet, address: formatAddress(region.area) });

/** What was chosen for a header: what it fills, and the unit of its amounts. */
export interface Chosen {
  readonly name: string;
  readonly unit?: Unit;
}

const HEADER = /^HEADER_\d+$/;
const CHOSEN = /^([^]*)=([a-z_]*)(?:@(1|10000|100000000))?$/;

/** What was chosen in this workbook, by the key of the header. */
export async function chosenIn(host: Workbook): Promise<ReadonlyMap<string, Chosen>> {
  const chosen = new Map<string, Chosen>();
  for (const [key, text] of await host.notes()) {
    const [, header, name, unit] = (HEADER.test(key) && CHOSEN.exec(text)) || [];
    if (header !== undefined) chosen.set(header, { name: name!, ...(unit && { unit: Number(unit) as Unit }) });
  }
  return chosen;
}

/** Keeps in the workbook what a header fills. */
export async function keepChosen(host: Workbook, header: string, { name, unit }: Chosen): Promise<void> {
  const notes = [...(await host.notes())].filter(([key]) => HEADER.test(key));
  const before = notes.find(([, text]) => CHOSEN.exec(text)?.[1] === header)?.[0];
  const numbers = notes.map(([key]) => Number(key.slice("HEADER_".length)));
  await host.note(before ?? `HEADER_${Math.max(0, ...numbers) + 1}`, `${header}=${name}${unit ? `@${unit}` : ""}`);
}
