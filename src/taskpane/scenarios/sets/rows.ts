/** The rows of a run, kept on a sheet of their own: which contracts the totals of that day were computed from. */
import type { Workbook } from "../../../host/workbook";
import { ownWidth, sheetCells, writeSheetCells } from "../../../host/kept-table";
import { refuse } from "../../../rules";
import { isError, isErrorText, readClaim, type Cell, type Given } from "../../../tables";
import type { Base } from "../base";

const HEADERS = ["政策工具编号", "申报年度或日期"] as const;

const asCell = (cell: Given): Cell => (isError(cell) ? cell.code : cell);
const asGiven = (cell: Cell): Given => (typeof cell === "string" && isErrorText(cell) ? { code: cell } : cell);

/** The rows as a table; the first two columns say under which instrument and year they were computed. */
export const rowCells = ({ instruments, headers, values, claim }: Base): Cell[][] => [
  [...HEADERS, ...headers.map(asCell)],
  ...values.map((row, r) => [
    asCell(instruments.length > 1 ? instruments[r] : instruments[0]),
    claim.day ?? claim.year,
    ...headers.map((_, c) => asCell(row[c])),
  ]),
];

/** @throws Refusal for a table that is not one of these */
export function baseIn(cells: readonly (readonly Cell[])[]): Base {
  const [headers = [], ...rows] = cells;
  const [first] = rows;
  if (!first || HEADERS.some((header, c) => headers[c] !== header))
    throw refuse(
      "上次运行的数据表已被改动，无法比较",
      "the sheet with the rows of the last run was changed: nothing to compare with",
    );
  const width = ownWidth(cells);
  return {
    instruments: rows.map(([instrument]) => String(instrument ?? "")),
    headers: headers.slice(HEADERS.length, width),
    values: rows.map((row) => headers.slice(HEADERS.length, width).map((_, c) => asGiven(row[HEADERS.length + c]))),
    claim: readClaim(first[1]),
  };
}

const WIDTH = 16;

/** @returns the name of the sheet */
export const keepRows = (host: Workbook, sheet: string, base: Base): Promise<string> => {
  const cells = rowCells(base);
  return writeSheetCells(host, sheet, cells, { widths: cells[0]!.map(() => WIDTH), headerRows: 1 });
};

/** @throws Refusal where the sheet is gone or was changed */
export async function keptRows(host: Workbook, sheet: string): Promise<Base> {
  const cells = await sheetCells(host, sheet);
  if (!cells)
    throw refuse(
      `找不到上次运行的数据表“${sheet}”，无法比较`,
      `the sheet ${sheet} with the rows of the last run is gone`,
    );
  return baseIn(cells);
}
