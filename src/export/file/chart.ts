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

export function chartXml({ kind, title, series }: Chart): string {
  const lines = kind === "lines";
  const drawn = series.map((one, s) => seriesXml(one, s, lines)).join("");
  const axes = element("c:axId", { val: 1 }) + element("c:axId", { val: 2 });
  const plot = lines
    ? element(
        "c:lineChart",
        {},
        element("c:grouping", { val: "standard" }) +
          element("c:varyColors", { val: 0 }) +
          drawn +
          element("c:marker", { val: 1 }) +
          axes,
      )
    : element(
        "c:barChart",
        {},
        element("c:barDir", { val: kind === "bars" ? "bar" : "col" }) +
          element("c:grouping", { val: "clustered" }) +
          element("c:varyColors", { val: 0 }) +
          drawn +
          element("c:gapWidth", { val: 60 }) +
          axes,
      );
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
            element("c:plotArea", {}, element("c:layout", {}) + plot + axesXml(kind)) +
            (series.length > 1
              ? element("c:legend", {}, element("c:legendPos", { val: "b" }) + element("c:overlay", { val: 0 }))
              : "") +
            element("c:plotVisOnly", { val: 1 }) +
            element("c:dispBlanksAs", { val: "gap" }),
        ),
    )
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

function seriesXml({ name, labels, values }: Chart["series"][number], place: number, line: boolean): string {
  const fill = element("a:solidFill", {}, element("a:srgbClr", { val: COLOURS[place % COLOURS.length] }));
  return element(
    "c:ser",
    {},
    element("c:idx", { val: place }) +
      element("c:order", { val: place }) +
      element("c:tx", {}, element("c:v", {}, escaped(name))) +
      element("c:spPr", {}, line ? element("a:ln", { w: 28_575 }, fill) : fill) +
      (line
        ? element("c:marker", {}, element("c:symbol", { val: "none" }))
        : element("c:invertIfNegative", { val: 0 })) +
      element("c:cat", {}, element("c:strRef", {}, cached(labels, "c:strCache", ""))) +
      element(
        "c:val",
        {},
        element("c:numRef", {}, cached(values, "c:numCache", element("c:formatCode", {}, "#,##0"))),
      ) +
      (line ? element("c:smooth", { val: 0 }) : ""),
  );
}

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

function axesXml(kind: Chart["kind"]): string {
  const [category, amount] = kind === "bars" ? ["l", "b"] : ["b", "l"];
  const scaling = (order: string): string => element("c:scaling", {}, element("c:orientation", { val: order }));
  const common = (position: string): string => element("c:delete", { val: 0 }) + element("c:axPos", { val: position });
  return (
    element(
      "c:catAx",
      {},
      element("c:axId", { val: 1 }) +
        scaling(kind === "bars" ? "maxMin" : "minMax") +
        common(category) +
        element("c:numFmt", { formatCode: "General", sourceLinked: 0 }) +
        element("c:majorTickMark", { val: "none" }) +
        element("c:minorTickMark", { val: "none" }) +
        element("c:tickLblPos", { val: "nextTo" }) +
        element("c:crossAx", { val: 2 }) +
        element("c:crosses", { val: "autoZero" }),
    ) +
    element(
      "c:valAx",
      {},
      element("c:axId", { val: 2 }) +
        scaling("minMax") +
        common(amount) +
        element(
          "c:majorGridlines",
          {},
          element(
            "c:spPr",
            {},
            element("a:ln", {}, element("a:solidFill", {}, element("a:srgbClr", { val: "DDE3EA" }))),
          ),
        ) +
        titleXml("万元", 900) +
        element("c:numFmt", { formatCode: IN_WAN, sourceLinked: 0 }) +
        element("c:majorTickMark", { val: "none" }) +
        element("c:minorTickMark", { val: "none" }) +
        element("c:tickLblPos", { val: "nextTo" }) +
        element("c:crossAx", { val: 1 }) +
        element("c:crosses", { val: kind === "bars" ? "max" : "autoZero" }) +
        element("c:crossBetween", { val: "between" }),
    )
  );
}
