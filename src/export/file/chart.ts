/** Charts as parts of the file: where they lie on a sheet, and what they draw. */
import type { Chart, ChartRange } from "./sheet";
import { DECLARATION, element, escaped, OFFICE } from "./xml";

const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";
const COLOURS = ["1F5FBF", "E08A1E", "3C9A5F", "8A5FBF"];

const corner = (name: string, column: number, row: number): string =>
  element(
    `xdr:${name}`,
    {},
    element("xdr:col", {}, String(column)) +
      "<xdr:colOff>0</xdr:colOff>" +
      element("xdr:row", {}, String(row)) +
      "<xdr:rowOff>0</xdr:rowOff>",
  );

/** The places of the charts of one sheet; the first one is told by rId1. */
export const drawingXml = (charts: readonly Chart[]): string =>
  DECLARATION +
  element(
    "xdr:wsDr",
    { "xmlns:xdr": `${DRAWING}/spreadsheetDrawing`, "xmlns:a": `${DRAWING}/main` },
    charts.map(({ at, title }, c) => anchorXml(at, title, c + 1)).join(""),
  );

const anchorXml = ({ column, row, columns, rows }: Chart["at"], title: string, number: number): string =>
  element(
    "xdr:twoCellAnchor",
    {},
    corner("from", column, row) +
      corner("to", column + columns, row + rows) +
      element(
        "xdr:graphicFrame",
        { macro: "" },
        element(
          "xdr:nvGraphicFramePr",
          {},
          element("xdr:cNvPr", { id: number + 1, name: `图 ${number}`, descr: title }) +
            element("xdr:cNvGraphicFramePr", {}),
        ) +
          element("xdr:xfrm", {}, element("a:off", { x: 0, y: 0 }) + element("a:ext", { cx: 0, cy: 0 })) +
          element(
            "a:graphic",
            {},
            element(
              "a:graphicData",
              { uri: `${DRAWING}/chart` },
              element("c:chart", { "xmlns:c": `${DRAWING}/chart`, "xmlns:r": OFFICE, "r:id": `rId${number}` }),
            ),
          ),
      ) +
      element("xdr:clientData", {}),
  );

export function chartXml({ kind, title, series, format }: Chart): string {
  const drawn = series.map((one, s) => seriesXml(one, s, kind)).join("");
  const axes = element("c:axId", { val: 1 }) + element("c:axId", { val: 2 });
  const plot = plotXml(kind, element("c:varyColors", { val: 0 }) + drawn, axes);
  return (
    DECLARATION +
    element(
      "c:chartSpace",
      { "xmlns:c": `${DRAWING}/chart`, "xmlns:a": `${DRAWING}/main`, "xmlns:r": OFFICE },
      element("c:roundedCorners", { val: 0 }) +
        element(
          "c:chart",
          {},
          titleXml(title, 1200) +
            element("c:autoTitleDeleted", { val: 0 }) +
            element("c:plotArea", {}, element("c:layout", {}) + plot + axesXml(kind, format)) +
            (series.length > 1 && kind !== "bridge"
              ? element("c:legend", {}, element("c:legendPos", { val: "b" }) + element("c:overlay", { val: 0 }))
              : "") +
            element("c:plotVisOnly", { val: 1 }) +
            element("c:dispBlanksAs", { val: "gap" }),
        ),
    )
  );
}

function plotXml(kind: Chart["kind"], drawn: string, axes: string): string {
  if (kind === "points")
    return element("c:scatterChart", {}, element("c:scatterStyle", { val: "lineMarker" }) + drawn + axes);
  if (kind === "lines")
    return element(
      "c:lineChart",
      {},
      element("c:grouping", { val: "standard" }) + drawn + element("c:marker", { val: 1 }) + axes,
    );
  return element(
    "c:barChart",
    {},
    element("c:barDir", { val: kind === "bars" ? "bar" : "col" }) +
      element("c:grouping", { val: kind === "bridge" ? "stacked" : "clustered" }) +
      drawn +
      element("c:gapWidth", { val: 60 }) +
      (kind === "bridge" ? element("c:overlap", { val: 100 }) : "") +
      axes,
  );
}

/** @param sz in hundredths of a point */
const titleXml = (title: string, sz: number): string =>
  element(
    "c:title",
    {},
    element(
      "c:tx",
      {},
      element(
        "c:rich",
        {},
        element("a:bodyPr", {}) +
          element(
            "a:p",
            {},
            element("a:pPr", {}, element("a:defRPr", { sz, b: 1 })) +
              element("a:r", {}, element("a:rPr", { lang: "zh-CN", sz, b: 1 }) + element("a:t", {}, escaped(title))),
          ),
      ),
    ) + element("c:overlay", { val: 0 }),
  );

function seriesXml(
  { name, labels, values, fill: own, label }: Chart["series"][number],
  place: number,
  kind: Chart["kind"],
): string {
  const line = kind === "lines" || kind === "points";
  const points = kind === "points";
  const numbers = (range: ChartRange): string =>
    element("c:numRef", {}, cached(range, "c:numCache", element("c:formatCode", {}, "#,##0")));
  const colour = kind === "bridge" ? own : COLOURS[place % COLOURS.length];
  const fill = colour ? element("a:solidFill", {}, element("a:srgbClr", { val: colour })) : element("a:noFill", {});
  return element(
    "c:ser",
    {},
    element("c:idx", { val: place }) +
      element("c:order", { val: place }) +
      element("c:tx", {}, element("c:v", {}, escaped(name))) +
      element("c:spPr", {}, line ? element("a:ln", { w: 28_575 }, fill) : fill) +
      (line
        ? element("c:marker", {}, element("c:symbol", { val: "none" }))
        : element("c:invertIfNegative", { val: 0 }) + (label === undefined ? "" : amountsXml(label))) +
      (points
        ? element("c:xVal", {}, numbers(labels))
        : element("c:cat", {}, element("c:strRef", {}, cached(labels, "c:strCache", "")))) +
      element(points ? "c:yVal" : "c:val", {}, numbers(values)) +
      (line ? element("c:smooth", { val: 0 }) : ""),
  );
}

/** The amounts of a series beside what is drawn. */
const amountsXml = (formatCode: string): string =>
  element(
    "c:dLbls",
    {},
    element("c:numFmt", { formatCode, sourceLinked: 0 }) +
      ["c:showLegendKey", "c:showVal", "c:showCatName", "c:showSerName", "c:showPercent", "c:showBubbleSize"]
        .map((name) => element(name, { val: name === "c:showVal" ? 1 : 0 }))
        .join(""),
  );

/** A range with what it shows, for those who draw without computing. */
function cached({ range, shown }: ChartRange, name: string, head: string): string {
  const points = shown.map((value, idx) =>
    value === null || value === "" ? "" : element("c:pt", { idx }, element("c:v", {}, escaped(String(value)))),
  );
  return (
    element("c:f", {}, escaped(range)) +
    element(name, {}, head + element("c:ptCount", { val: shown.length }) + points.join(""))
  );
}

/** Yuan shown in 万元: thousands with a dot before the last digit. LibreOffice leaves the format's own units aside. */
const IN_WAN = "0\\.0,";

function axesXml(kind: Chart["kind"], format: string | undefined): string {
  const [across, up] = kind === "bars" ? ["l", "b"] : ["b", "l"];
  const axis = (name: string, id: number, order: string, position: string, inside: string, behind: string): string =>
    element(
      name,
      {},
      element("c:axId", { val: id }) +
        element("c:scaling", {}, element("c:orientation", { val: order })) +
        element("c:delete", { val: 0 }) +
        element("c:axPos", { val: position }) +
        inside +
        element("c:majorTickMark", { val: "none" }) +
        element("c:minorTickMark", { val: "none" }) +
        element("c:tickLblPos", { val: "nextTo" }) +
        element("c:crossAx", { val: 3 - id }) +
        behind,
    );
  const numbers = (formatCode: string): string => element("c:numFmt", { formatCode, sourceLinked: 0 });
  const lines = element(
    "c:majorGridlines",
    {},
    element("c:spPr", {}, element("a:ln", {}, element("a:solidFill", {}, element("a:srgbClr", { val: "DDE3EA" })))),
  );
  const crosses = (val: string): string => element("c:crosses", { val });
  const between = (val: string): string => element("c:crossBetween", { val });
  return (
    (kind === "points"
      ? axis("c:valAx", 1, "minMax", across, numbers("General"), crosses("autoZero") + between("midCat"))
      : axis("c:catAx", 1, kind === "bars" ? "maxMin" : "minMax", across, numbers("General"), crosses("autoZero"))) +
    axis(
      "c:valAx",
      2,
      "minMax",
      up,
      lines + (format === undefined ? titleXml("万元", 900) + numbers(IN_WAN) : numbers(format)),
      crosses(kind === "bars" ? "max" : "autoZero") + between(kind === "points" ? "midCat" : "between"),
    )
  );
}
