/** A chart that the pane asks a host to draw, as a file holds it. */
import type { Chart as FileChart } from "../../export/file/sheet";
import { lettersOf } from "../../writers/formula/sheet";
import { parseAddress } from "../../host/address";
import { BRIDGE_LOOKS } from "../../host/bridge-looks";
import type { CellValue, Chart } from "../../host/workbook";

/** Columns and rows that a chart covers. */
export const CHART_SIZE = { columns: 6, rows: 15 } as const;
const KINDS = { column: "columns", bar: "bars", line: "lines", scatter: "points", bridge: "bridge" } as const;

/**
 * @param sheet name of the sheet on which it lies and whose cells it draws
 * @param valueAt what a cell shows, by row and column from 0
 */
export function fileChart(
  { kind, title, address, corner, format }: Chart,
  sheet: string,
  valueAt: (row: number, column: number) => CellValue,
): FileChart {
  const { row, column, rows, columns } = parseAddress(address)!;
  const at = parseAddress(corner)!;
  const quoted = `'${sheet.replaceAll("'", "''")}'`;
  const part = (place: number) => ({
    range: `${quoted}!$${lettersOf(place)}$${row + 2}:$${lettersOf(place)}$${row + rows}`,
    shown: Array.from({ length: rows - 1 }, (_, k) => valueAt(row + 1 + k, place)),
  });
  return {
    kind: KINDS[kind],
    title,
    format,
    at: { column: at.column, row: at.row, ...CHART_SIZE },
    series: Array.from({ length: columns - 1 }, (_, k) => ({
      name: String(valueAt(row, column + 1 + k)),
      labels: part(column),
      values: part(column + 1 + k),
      ...(kind === "bridge" && BRIDGE_LOOKS[k]),
    })),
  };
}
