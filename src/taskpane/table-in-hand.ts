/** The table of the workbook around a cell, as the jobs take it. */
import { formatAddress, intersect, parseAddress } from "../host/address";
import type { Place, Workbook } from "../host/workbook";
import { refuse } from "../rules";
import { isHeader, regionAround, regionOf, tablesIn, type Area, type FoundTable, type SheetCells } from "../tables";

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
  const [{ values, formulas }, { merged, hidden }] = await Promise.all([host.read(place), host.shape(place)]);
  return { values, formulas, merges: merged.map((address) => parseAddress(address)!), hidden };
}

/** The cells of the visible sheets, from the first cell of each on. */
export async function sheetsOf(host: Workbook): Promise<{ name: string; cells: SheetCells }[]> {
  const sheets: { name: string; cells: SheetCells }[] = [];
  for (const name of await host.sheets()) {
    const content = await contentOf(host, name);
    if (content) sheets.push({ name, cells: await cellsOf(host, name, content) });
  }
  return sheets;
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

/** The table with another number of header rows. */
export function withHeaders({ sheet, cells, region }: TableInHand, headerRows: number): TableInHand {
  return { sheet, cells, region: regionOf(cells, region.area, headerRows, region.unit) };
}

/** The table of a place that is known, with what stands there now; undefined where no rows are. */
export async function tableIn(
  host: Workbook,
  { sheet, address }: Place,
  headerRows: number,
): Promise<TableInHand | undefined> {
  const content = await contentOf(host, sheet);
  const area = content && intersect(content, parseAddress(address)!);
  if (!content || !area) return undefined;
  const cells = await cellsOf(host, sheet, content);
  const region = regionOf(cells, area, headerRows, regionAround(cells, area, isHeader)?.unit);
  return region.rows.length ? { sheet, cells, region } : undefined;
}

/** The table with what stands in its place now. @throws Refusal where no rows are left */
export async function tableNow(host: Workbook, table: TableInHand): Promise<TableInHand> {
  const now = await tableIn(host, placeOf(table), table.region.headerRows);
  if (!now) throw refuse("这张表已经没有数据", "the table holds no rows any more");
  return now;
}

export const placeOf = ({ sheet, region }: TableInHand): Place => ({ sheet, address: formatAddress(region.area) });
