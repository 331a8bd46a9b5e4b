/** The charts of a file that the page can draw: where they lie and whose cells they draw. All others only stay in the file. */
import { parseReference, rectangleOf } from "../../host/address";
import type { SeriesLook } from "../../host/bridge-looks";
import type { GridChart, SheetRange } from "../grid-chart";
import { FileRefusal } from "./limits";
import { relationships, textOf, type Parts } from "./package";
import { attribute, child, children, parse, type Element } from "./xml";

/** More cells are no picture. */
const MOST_CELLS = 2 ** 12;
/** Units of the format in a pixel, and the size of a cell in pixels where a chart names no last one. */
const EMU = 9525;
const CELL = { width: 72, height: 20 } as const;

/** The id of a sheet by its name; undefined where there is none. */
export type SheetIds = (name: string) => string | undefined;

/** @param sheet its id, and the path of its part */
export function chartsOf(parts: Parts, { id: sheet, path }: { id: string; path: string }, idOf: SheetIds): GridChart[] {
  return relationships(parts, path)
    .filter(({ type, external }) => type === "drawing" && !external)
    .flatMap(({ target }) => {
      const xml = textOf(parts, target);
      if (!xml) return [];
      const inside = new Map(relationships(parts, target).map((each) => [each.id, each.target]));
      return (partOf(xml)?.children ?? []).flatMap((anchor) => {
        const frame = child(child(child(anchor, "graphicFrame"), "graphic"), "graphicData");
        const chart = child(frame, "chart");
        const text = chart && textOf(parts, inside.get(attribute(chart, "id") ?? "") ?? "");
        const area = areaOf(anchor);
        return (text && area && chartIn(partOf(text), { sheet, area }, idOf)) || [];
      });
    });
}

/** Undefined for what is no XML: a part that is not drawn keeps no file from being opened. */
function partOf(xml: string): Element | undefined {
  try {
    return parse(xml);
  } catch (error) {
    if (error instanceof FileRefusal) return undefined;
    throw error;
  }
}

const number = (element: Element | undefined, name: string): number => Number(child(element, name)?.text ?? NaN);

function areaOf(anchor: Element): SheetRange["area"] | undefined {
  const [from, to, size] = ["from", "to", "ext"].map((name) => child(anchor, name));
  const [row, column] = [number(from, "row"), number(from, "col")];
  const rows = to ? number(to, "row") - row : Number(size?.attributes.cy) / EMU / CELL.height;
  const columns = to ? number(to, "col") - column : Number(size?.attributes.cx) / EMU / CELL.width;
  if (![row, column, rows, columns].every((each) => each >= 0)) return undefined;
  return { row, column, rows: Math.max(1, Math.ceil(rows)), columns: Math.max(1, Math.ceil(columns)) };
}

const valOf = (element: Element | undefined, name: string): string | undefined => child(element, name)?.attributes.val;

/** The texts of a title, without what a reference to a cell caches. */
function titleOf(chart: Element | undefined): string {
  const words = child(child(child(chart, "title"), "tx"), "rich");
  const runs = children(words, "p").flatMap((paragraph) => children(paragraph, "r"));
  return runs.map((run) => child(run, "t")?.text ?? "").join("");
}

function chartIn(root: Element | undefined, at: GridChart["at"], idOf: SheetIds): GridChart | undefined {
  const chart = child(root, "chart");
  const area = child(chart, "plotArea");
  const plots = (area?.children ?? []).filter(({ name }) => name.endsWith("Chart"));
  const [plot] = plots;
  const kind = plot && plots.length === 1 ? kindOf(plot) : undefined;
  if (!plot || !kind) return undefined;
  const drawn = children(plot, "ser").map((series) => seriesIn(series, idOf));
  if (!drawn.length || !drawn.every((series) => series !== undefined)) return undefined;
  const bridge = kind === "stacked" && drawn.some(({ look }) => !look.fill);
  const axis = children(area, "valAx").at(-1);
  const format = child(axis, "numFmt")?.attributes.formatCode;
  return {
    kind,
    title: titleOf(chart),
    format: format === IN_WAN ? undefined : (format ?? "General"),
    at,
    labels: drawn[0]!.labels,
    series: drawn.map(({ name, values, look }) => ({ name, values, ...(bridge && { look }) })),
  };
}

/** As our own charts write yuan. */
const IN_WAN = "0\\.0,";

function kindOf(plot: Element): GridChart["kind"] | undefined {
  const grouping = valOf(plot, "grouping") ?? "standard";
  const line = grouping === "standard";
  switch (plot.name) {
    case "barChart":
      if (valOf(plot, "barDir") === "bar") return grouping === "clustered" ? "bar" : undefined;
      return grouping === "clustered" ? "column" : grouping === "stacked" ? "stacked" : undefined;
    case "lineChart":
      return line ? "line" : undefined;
    case "scatterChart": {
      const dots = children(plot, "ser").some((series) => child(child(child(series, "spPr"), "ln"), "noFill"));
      return dots ? undefined : "scatter";
    }
    default:
      return undefined;
  }
}

interface ReadSeries {
  readonly name: string | SheetRange;
  readonly labels: SheetRange | undefined;
  readonly values: SheetRange;
  readonly look: SeriesLook;
}

function seriesIn(series: Element, idOf: SheetIds): ReadSeries | undefined {
  const rangeOf = (holder: Element | undefined): SheetRange | undefined => {
    const formula = holder?.children.map((each) => child(each, "f")?.text).find(Boolean);
    const place = formula ? parseReference(formula) : null;
    const sheet = place && idOf(place.sheet);
    if (!place || !sheet) return undefined;
    const area = rectangleOf(place.address);
    return area.rows * area.columns > MOST_CELLS ? undefined : { sheet, area };
  };
  const labels = child(series, "cat") ?? child(series, "xVal");
  const values = rangeOf(child(series, "val") ?? child(series, "yVal"));
  const name = child(series, "tx");
  // Labels of several levels, or of another workbook.
  if (!values || (labels && !rangeOf(labels))) return undefined;
  const fill = child(child(child(series, "spPr"), "solidFill"), "srgbClr")?.attributes.val;
  const label = child(child(series, "dLbls"), "numFmt")?.attributes.formatCode;
  return {
    name: rangeOf(name) ?? child(name, "v")?.text ?? "",
    labels: rangeOf(labels),
    values,
    look: { ...(fill && { fill }), ...(label && { label }) },
  };
}
