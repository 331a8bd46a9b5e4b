/** The charts of a sheet with what their cells hold now: those that the pane asked for and those of the file. */
import type { FWorksheet } from "@univerjs/sheets/facade";
import type { Rectangle } from "../host/address";
import { calculatedSheet, CHARTS } from "../host/univer-sheet";
import type { Chart } from "../host/workbook";
import type { Picture } from "../taskpane/parts/picture";
import type { Engine } from "./engine";
import { placed, referred, type Step } from "./file/follow/steps";
import { FILE_CHARTS, gridChart, type GridChart, type SheetRange } from "./grid-chart";

const FEN = 100;

/** What happened to the sheets since their charts were made, by their ids. */
export type Steps = ReadonlyMap<string, readonly Step[]>;

export interface ShownChart {
  /** The cells that it covers. */
  readonly at: Rectangle;
  readonly picture: Picture;
}

/** Left out are charts whose cells are gone. */
export function picturesOn(
  { univer, api }: Pick<Engine, "univer" | "api">,
  sheet: FWorksheet,
  steps: Steps,
): ShownChart[] {
  return chartsOn(sheet).flatMap((chart) => {
    const [at] = placed(chart.at.area, steps.get(chart.at.sheet) ?? []);
    const picture = at && pictureOf(chart);
    if (!picture) return [];
    const { row, column, rows, columns } = at;
    return [{ at: { row, column, rows, columns }, picture }];
  });

  /** Undefined where cells that it draws are gone. */
  function pictureOf(chart: GridChart): Picture | undefined {
    const { kind, title, format, series, labels } = chart;
    const figure = format === undefined ? "money" : format.includes("%") ? "share" : "count";
    const scale = figure === "money" ? FEN : 1;
    const values = series.map((one) => cellsOf(one.values));
    const length = Math.max(...values.map((list) => list?.length ?? 0));
    const named = labels && cellsOf(labels);
    if (values.some((list) => !list) || (labels && !named)) return undefined;
    const words = Array.from({ length }, (_, k) => {
      const cell = named?.[k];
      return kind === "scatter" ? String(Number(cell?.value ?? k + 1)) : (cell?.shown ?? String(k + 1));
    });
    return {
      kind,
      title,
      figure,
      labels: words,
      series: series.map(({ name, look }, s) => ({
        name: typeof name === "string" ? name : (cellsOf(name)?.[0]?.shown ?? ""),
        values: words.map((_, k) => {
          const value = values[s]![k]?.value;
          return typeof value === "number" ? value * scale : undefined;
        }),
        look,
      })),
    };
  }

  function cellsOf({ sheet: id, area }: SheetRange) {
    const workbook = api.getActiveWorkbook()!;
    const sheet = workbook.getSheetBySheetId(id);
    const now = referred(area, steps.get(id) ?? []);
    if (!sheet || !now) return undefined;
    const { value } = calculatedSheet(univer, workbook.getId(), sheet);
    const inside = within(now, sheet);
    const shown = inside ? sheet.getRange(now.row, now.column, inside.rows, inside.columns).getDisplayValues() : [];
    return Array.from({ length: now.rows * now.columns }, (_, k) => {
      const [r, c] = [Math.floor(k / now.columns), k % now.columns];
      return { value: value(now.row + r, now.column + c), shown: shown[r]?.[c] ?? "" };
    });
  }
}

/** Those of a sheet, wherever they come from. */
function chartsOn(sheet: FWorksheet): GridChart[] {
  const custom = sheet.getSheet().getConfig().custom ?? {};
  const own = (custom[CHARTS] as Chart[] | undefined) ?? [];
  return [
    ...own.map((chart) => gridChart(chart, sheet.getSheetId())),
    ...((custom[FILE_CHARTS] as GridChart[] | undefined) ?? []).filter(({ at }) => at.sheet === sheet.getSheetId()),
  ];
}

/** What of an area lies on the grid; undefined where nothing does. */
function within({ row, column, rows, columns }: Rectangle, sheet: FWorksheet) {
  const [inRows, inColumns] = [
    Math.min(rows, sheet.getMaxRows() - row),
    Math.min(columns, sheet.getMaxColumns() - column),
  ];
  return inRows > 0 && inColumns > 0 ? { rows: inRows, columns: inColumns } : undefined;
}
