/** Charts over the grid: drawn from the cells as they are, on the sheet that the pane added and after the file was opened again. */
import type { NewSheet } from "../../src/host/workbook";
import { univerWorkbook } from "../../src/host/univer";
import { BRIDGE_LOOKS } from "../../src/host/bridge-looks";
import { picturesOn } from "../../src/workbench/chart-cells";
import { file, partsOf, relationshipsOf } from "./package";
import { closeAll, opened } from "./opened";
import { row, value } from "./many";

afterEach(closeAll);

const BLANK = file({ sheets: { 合同: `<sheetData>${row(1, value("A1", 1))}</sheetData>` } });
const REPORT: NewSheet = {
  name: "报告'26",
  cells: [
    ["报告", "", "", "", ""],
    ["组", "按比例", "等额", "", ""],
    ["第1组", 0.5, 1, "", ""],
    ["第2组", 0.25, "=B4*2", "", ""],
    ["", "底", "合计", "增加", "减少"],
    ["现行", 0, 10_000, 0, 0],
    ["上限", 6_000, 0, 0, 4_000],
    ["改后", 0, 6_000, 0, 0],
  ],
  charts: [
    { kind: "column", title: "谁拿多少", address: "A2:C4", corner: "E2", format: "0%" },
    { kind: "bar", title: "摆开", address: "A2:B4", corner: "L2" },
    { kind: "line", title: "逐步", address: "A2:C4", corner: "E20", format: "General" },
    { kind: "scatter", title: "组合", address: "B2:C4", corner: "L20" },
    { kind: "bridge", title: "由现行到改后", address: "A5:E8", corner: "E40" },
  ],
};

type Opened = Awaited<ReturnType<typeof opened>>;
const hostOf = ({ univer, api, functions }: Opened) =>
  univerWorkbook({ univer, api, functions, messageAt: () => undefined, appearance: undefined as never });
const picturesIn = (book: Opened, name: string) => picturesOn(book, book.sheet(name), book.changes.steps);

async function withReport() {
  const book = await opened(BLANK);
  return { book, name: await hostOf(book).addSheet(REPORT) };
}

test("each chart draws what its cells hold, money in fen", async () => {
  const { book, name } = await withReport();
  const [columns, bars, line, points, bridge] = picturesIn(book, name);
  expect(columns).toEqual({
    at: { row: 1, column: 4, rows: 15, columns: 6 },
    picture: {
      kind: "column",
      title: "谁拿多少",
      figure: "share",
      labels: ["第1组", "第2组"],
      series: [
        { name: "按比例", values: [0.5, 0.25], look: undefined },
        { name: "等额", values: [1, 0.5], look: undefined },
      ],
    },
  });
  expect(bars!.picture).toMatchObject({ kind: "bar", figure: "money", series: [{ values: [50, 25] }] });
  expect(line!.picture).toMatchObject({ kind: "line", figure: "count" });
  expect(points!.picture).toMatchObject({ kind: "scatter", labels: ["0.5", "0.25"], series: [{ values: [100, 50] }] });
  expect(bridge!.picture).toMatchObject({ kind: "stacked", labels: ["现行", "上限", "改后"] });
  expect(bridge!.picture.series.map(({ look }) => look)).toEqual(BRIDGE_LOOKS.slice(0, 4));
});

test("a cell that is edited is drawn as it is then; charts go along with rows, and go with their cells", async () => {
  const { book, name } = await withReport();
  await hostOf(book).write([{ place: { sheet: name, address: "B4" }, cells: [[0.75]] }]);
  book.sheet(name).insertRows(0, 2);
  await book.api.getFormula().onCalculationResultApplied();
  const [columns] = picturesIn(book, name);
  expect(columns!.picture.series.map(({ values }) => values)).toEqual([
    [0.5, 0.75],
    [1, 1.5],
  ]);
  expect(columns!.at.row).toBe(3);
  book.sheet(name).deleteRows(0, 8);
  expect(picturesIn(book, name).map(({ picture }) => picture.title)).toEqual(["由现行到改后"]);
});

test("the saved file is drawn alike when it is opened again; a copy of its sheet has no charts", async () => {
  const { book, name } = await withReport();
  const before = picturesIn(book, name);
  const again = await opened(book.save());
  expect(JSON.parse(JSON.stringify(picturesIn(again, name)))).toEqual(JSON.parse(JSON.stringify(before)));
  expect(again.features.map((feature) => feature.name)).not.toContain("charts");
  const copy = again.api.getActiveWorkbook()!.duplicateSheet(again.sheet(name));
  expect(picturesOn(again, copy, again.changes.steps)).toEqual([]);
});

const withChart = (inner: string) =>
  file({
    sheets: { 合同: `<sheetData>${row(1, value("A1", 1) + value("B1", 2))}</sheetData><drawing r:id="rId1"/>` },
    parts: {
      "xl/worksheets/_rels/sheet1.xml.rels": relationshipsOf(["drawing", "../drawings/drawing1.xml"]),
      "xl/drawings/_rels/drawing1.xml.rels": relationshipsOf(["chart", "../charts/chart1.xml"]),
      "xl/drawings/drawing1.xml": DRAWING,
      "xl/charts/chart1.xml": inner,
    },
  });
const DRAWING =
  '<wsDr xmlns:r="r" xmlns:c="c"><oneCellAnchor><from><col>3</col><row>2</row></from><ext cx="6858000" cy="1905000"/><graphicFrame><graphic><graphicData><c:chart r:id="rId1"/></graphicData></graphic></graphicFrame></oneCellAnchor></wsDr>';
const plot = (inner: string) =>
  `<chartSpace><chart><plotArea>${inner}<valAx><numFmt formatCode="0.0%"/></valAx></plotArea></chart></chartSpace>`;
const series = (range: string) => `<ser><val><numRef><f>${range}</f></numRef></val></ser>`;

test("a chart of another program: one row of values, without names", async () => {
  const book = await opened(
    withChart(plot(`<lineChart><grouping val="standard"/>${series("合同!$A$1:$B$1")}</lineChart>`)),
  );
  expect(picturesIn(book, "合同")).toEqual([
    {
      at: { row: 2, column: 3, rows: 10, columns: 10 },
      picture: {
        kind: "line",
        title: "",
        figure: "share",
        labels: ["1", "2"],
        series: [{ name: "", values: [1, 2], look: undefined }],
      },
    },
  ]);
});

test.each([
  ["a pie", plot(`<pieChart>${series("合同!$A$1:$B$1")}</pieChart>`)],
  [
    "columns and a line",
    plot(`<barChart>${series("合同!$A$1")}</barChart><lineChart>${series("合同!$A$1")}</lineChart>`),
  ],
  ["lines upon each other", plot(`<lineChart><grouping val="stacked"/>${series("合同!$A$1")}</lineChart>`)],
  ["cells of another workbook", plot(`<lineChart>${series("[1]合同!$A$1")}</lineChart>`)],
  ["several areas", plot(`<lineChart>${series("(合同!$A$1,合同!$B$1)")}</lineChart>`)],
  ["more cells than a picture has room for", plot(`<lineChart>${series("合同!$A$1:$A$9999")}</lineChart>`)],
  ["no chart", "<chartSpace/>"],
  ["no XML", "<chartSpace"],
])("%s is not drawn, is named among what is not shown, and stays in the file", async (_, xml) => {
  const book = await opened(withChart(xml));
  expect(picturesIn(book, "合同")).toEqual([]);
  expect(book.features).toContainEqual({ name: "charts", count: 1, lost: false });
  expect(partsOf(book.save())["xl/charts/chart1.xml"]).toBe(xml);
});
