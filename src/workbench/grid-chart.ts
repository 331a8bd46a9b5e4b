/** A chart over the grid: where it lies and whose cells it draws. Plain values: a sheet keeps those of its file under FILE_CHARTS. */
import { parseAddress, type Rectangle } from "../host/address";
import { BRIDGE_LOOKS, type SeriesLook } from "../host/bridge-looks";
import type { Chart } from "../host/workbook";
import { CHART_SIZE } from "../taskpane/parts/file-chart";
import type { Picture } from "../taskpane/parts/picture";

/** The name among what a sheet keeps for the page. */
export const FILE_CHARTS = "butie-file-charts";

/** Cells of a sheet, by its id. */
export interface SheetRange {
  readonly sheet: string;
  readonly area: Rectangle;
}

export interface GridChart {
  readonly kind: Picture["kind"];
  readonly title: string;
  /** As that of Chart. */
  readonly format?: string | undefined;
  /** The cells that it covers; a copy of the sheet has the same charts, and does not show them: no file would hold them. */
  readonly at: SheetRange;
  readonly labels?: SheetRange | undefined;
  readonly series: readonly {
    /** In words, or the cell in which they stand. */
    readonly name: string | SheetRange;
    readonly values: SheetRange;
    readonly look?: SeriesLook | undefined;
  }[];
}

/** A chart that the pane asked for, on the sheet whose cells it draws. */
export function gridChart({ kind, title, format, address, corner }: Chart, sheet: string): GridChart {
  const { row, column, rows, columns } = parseAddress(address)!;
  const at = parseAddress(corner)!;
  const part = (place: number): SheetRange => ({
    sheet,
    area: { row: row + 1, column: place, rows: rows - 1, columns: 1 },
  });
  return {
    kind: kind === "bridge" ? "stacked" : kind,
    title,
    format,
    at: { sheet, area: { ...at, ...CHART_SIZE } },
    labels: part(column),
    series: Array.from({ length: columns - 1 }, (_, k) => ({
      name: { sheet, area: { row, column: column + 1 + k, rows: 1, columns: 1 } },
      values: part(column + 1 + k),
      look: kind === "bridge" ? BRIDGE_LOOKS[k] : undefined,
    })),
  };
}
