/** The charts of a new sheet, as parts of the file: Excel draws them, the page does not. */
import { chartXml, drawingXml } from "../../export/file/chart";
import { fileChart } from "../../taskpane/parts/file-chart";
import type { SavedSheet } from "./book";
import { partText } from "./follow/part";
import { placed } from "./follow/steps";
import { declare, type Parts, relate, relationAttributes, textOf, write } from "./package";
import { element, parse, patch } from "./xml";

const TYPES = "application/vnd.openxmlformats-officedocument.drawing";

/** @param path of the sheet's part, which is there already */
export function addCharts(parts: Parts, path: string, { name, cells, charts, steps }: SavedSheet): void {
  if (charts.length === 0) return;
  // Cells lie as they do now, charts as they did when the sheet was new: what happened since then is done to the parts below.
  const shown = new Map(cells.map(({ row, column, value }) => [`${row},${column}`, value]));
  const valueAt = (row: number, column: number) => {
    const [now] = placed({ row, column, rows: 1, columns: 1 }, steps);
    return (now && shown.get(`${now.row},${now.column}`)) ?? "";
  };
  const drawn = charts.map((chart) => fileChart(chart, name, valueAt));
  const events = { home: name, happened: new Map([[name.toUpperCase(), steps]]) };
  const add = (stem: string, xml: string, type: string): string => {
    const part = freePath(parts, stem);
    write(parts, part, partText(xml, parse(xml), events) ?? xml);
    declare(parts, part, type);
    return part;
  };
  const drawing = add("xl/drawings/drawing", drawingXml(drawn), `${TYPES}+xml`);
  for (const chart of drawn) {
    // The drawing names its charts rId1, rId2, …, as they are related here.
    relate(parts, drawing, "chart", add("xl/charts/chart", chartXml(chart), `${TYPES}ml.chart+xml`));
  }
  const id = relate(parts, path, "drawing", drawing);
  const xml = textOf(parts, path);
  const root = parse(xml);
  const text = element("drawing", relationAttributes(root, id));
  write(parts, path, patch(xml, [{ start: root.innerEnd, end: root.innerEnd, text }]));
}

function freePath(parts: Parts, stem: string): string {
  let number = 1;
  while (parts.has(`${stem}${number}.xml`)) number++;
  return `${stem}${number}.xml`;
}
