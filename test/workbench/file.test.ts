/** Files as the workbench opens and saves them: what was not edited comes back as it was, part by part. */
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { saveFile } from "../../src/workbench/file/write";
import { freeze, mapsOf, thaw } from "../../src/taskpane/freezing/freeze";
import { snapshot } from "../../src/workbench/snapshot";
import { faultsIn } from "../tools/schema";
import { headless, state, type Headless } from "../host/headless";
import { abilitiesOf, closeAll, opened } from "./opened";
import { differences, file, formats, partsOf, relationshipsOf } from "./package";

let started: Headless[] = [];

beforeEach(() => Object.assign(state, { factor: 3, rows: 3 }));
afterEach(() => {
  started.forEach(({ univer }) => univer.dispose());
  started = [];
});

async function start(sheets: Parameters<typeof headless>[0]): Promise<Headless> {
  const engine = await headless(sheets);
  started.push(engine);
  return engine;
}

afterEach(closeAll);
const open = (bytes: Uint8Array) => opened(bytes);

const host = (engine: Headless) => engine.workbook;
const save = (engine: Headless) => saveFile(undefined, snapshot(engine, new Map()), abilitiesOf(engine.functions));
const row = (number: number, cells: string) => `<row r="${number}">${cells}</row>`;
const data = (...rows: string[]) => `<sheetData>${rows.join("")}</sheetData>`;
const number = (address: string, value: number | string, attributes = "") =>
  `<c r="${address}"${attributes}><v>${value}</v></c>`;
const formula = (address: string, text: string, value: number | string, tag = "", attributes = "") =>
  `<c r="${address}"${attributes}><f${tag}>${text}</f><v>${value}</v></c>`;

describe("a workbook that never was a file", () => {
  const SHEET = "合同 2026";
  const rows = [
    ["金额", "国产", "补贴"],
    [12_000_000.5, true, "=TIMES(A2:A4)"],
    [0, false, ""],
    ["不是数", "'007", ""],
  ];

  test("opens again with its values, formulas, spills, formats and pick", async () => {
    const engine = await start({ [SHEET]: rows, 目录: [["=BUTIE.LIST()"]] });
    await engine.workbook.write([{ place: { sheet: SHEET, address: "A2:A3" }, format: "#,##0.00" }]);
    await engine.workbook.setPick({ jurisdiction: "binjiang", year: 2026, language: "zh" });
    const before = await engine.workbook.read({ sheet: SHEET, address: "A1:C4" });

    const after = host(await open(save(engine)));
    expect(await after.sheets()).toEqual([SHEET, "目录"]);
    expect(await after.read({ sheet: SHEET, address: "A1:C4" })).toEqual(before);
    expect(await after.pick()).toEqual({ jurisdiction: "binjiang", year: 2026, language: "zh" });
    expect(await after.formulas()).toMatchObject([
      { sheet: SHEET, address: "C2", spill: "C2:C4" },
      { sheet: "目录", address: "A1", spill: "A1:B3" },
    ]);
  });

  test("frozen, saved, opened, its map hidden: everything comes back, errors and spills too; saved and opened again", async () => {
    const engine = await start({ [SHEET]: [...rows, [1, "=BREAKS()", "=TIMES(A5)"]], 目录: [["=BUTIE.LIST()"]] });
    const before = await engine.workbook.formulas();
    const shown = await engine.workbook.read({ sheet: SHEET, address: "A1:C5" });
    const pick = { jurisdiction: "binjiang", year: 2026, language: "zh" } as const;
    const { count, sheet } = await freeze(engine.workbook, new Set(), "2026-11-27", {
      signal: new AbortController().signal,
      pick,
    });
    expect(count).toBe(4);

    const colleague = await open(save(engine));
    expect(await host(colleague).formulas()).toEqual([]);
    expect((await host(colleague).read({ sheet: SHEET, address: "A1:C5" })).values).toEqual(shown.values);
    colleague.api.getActiveWorkbook()!.getSheetByName(sheet!)!.hideSheet();

    const back = await open(colleague.save());
    const [map] = await mapsOf(host(back));
    expect(await thaw(host(back), map!, new Set(), false, "2026-11-28")).toEqual({
      ...{ count: 4, changed: [], left: [], damaged: [], missing: 0 },
    });
    expect(await host(back).formulas()).toEqual(before);
    expect(await host(await open(back.save())).formulas()).toEqual(before);
  });

  test("holds what Excel expects, as another reader sees it", async () => {
    const engine = await start({ [SHEET]: rows, 目录: [["=BUTIE.LIST()", "", "", "=BREAKS()"]] });
    await engine.workbook.write([{ place: { sheet: SHEET, address: "A2" }, format: "#,##0.00" }]);
    await engine.workbook.write([
      { place: { sheet: SHEET, address: "E2:F2" }, cells: [["=TIMES(A2)", "=SUM(IF(A2:A3>1,1))"]] },
    ]);
    const bytes = save(engine);
    const { sheets } = await readXlsx(bytes, { readStyles: true });
    const [contracts, list] = sheets;
    expect(contracts!.cells!.get("1,2")).toMatchObject({
      formula: "_xldudf_TIMES(A2:A4)",
      formulaType: "array",
      formulaDynamic: true,
      formulaRef: "C2:C4",
      formulaResult: 36_000_001.5,
    });
    // LibreOffice shows the stored value of an unmarked formula alone.
    expect(contracts!.cells!.get("1,4")).toMatchObject({ formula: "_xldudf_TIMES(A2)", formulaResult: 36_000_001.5 });
    expect(contracts!.cells!.get("1,4")?.formulaType).not.toBe("array");
    // Unmarked, Excel would cut the range to one cell.
    expect(contracts!.cells!.get("1,5")).toMatchObject({ formulaDynamic: true, formulaRef: "F2" });
    expect(contracts!.rows[3]!.slice(0, 3)).toEqual(["不是数", "007", "#VALUE!"]);
    expect(contracts!.cells!.get("1,0")?.style?.numFmt).toBe("#,##0.00");
    expect(list!.cells!.get("0,0")?.formula).toBe("_xldudf_BUTIE_LIST()");
    const parts = partsOf(bytes);
    expect(parts["xl/worksheets/sheet2.xml"]).toContain("<f>_xldudf_BREAKS()</f><v>#N/A</v>");
    expect(Object.values(parts).join()).not.toMatch(/fullCalcOnLoad|<pane/);
  });
});

describe("a file comes back as it was", () => {
  const unchanged: [string, Uint8Array][] = [
    [
      "hidden rows and columns, a very hidden sheet, a name of one sheet",
      file({
        sheets: {
          明: `<cols><col min="2" max="2" width="9" hidden="1" customWidth="1"/></cols>${data(row(1, number("A1", 1)), '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row>')}`,
          底稿: data(row(1, number("A1", 5))),
        },
        states: { 底稿: ' state="veryHidden"' },
        behind:
          '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">明!$A$1:$B$2</definedName><definedName name="局部" localSheetId="1">底稿!$A$1</definedName><definedName name="率">0.13</definedName></definedNames>',
      }),
    ],
    [
      "Chinese date formats, borders, alignment; days below 60 and far above",
      file({
        sheets: {
          日期: data(
            row(
              1,
              number("A1", 6, ' s="1"') +
                number("B1", 0.333333333333333, ' s="2"') +
                number("C1", 123456789.12, ' s="1"'),
            ),
            row(2, number("A2", 46183, ' s="3"') + formula("B2", "A1+0", 6) + formula("C2", "C1+0", "123456789.12")),
          ),
        },
        styles: formats([
          'numFmtId="14" borderId="1" applyAlignment="1"><alignment horizontal="center" indent="2"/>',
          'numFmtId="32" fontId="0">',
          'numFmtId="57"><protection locked="0"/>',
        ]),
      }),
    ],
    [
      "a link to another workbook, a structured reference, an unknown function, a data table",
      file({
        sheets: {
          公式: data(
            row(1, number("A1", 1) + formula("B1", "[1]外部!$A$1", 77) + formula("C1", "SUM(表1[金额])", 6)),
            row(2, formula("B2", "B1*2", 154) + formula("C2", "_xlfn.NEWEST(A1)", 9)),
            row(
              3,
              formula("B3", "", 20, ' t="dataTable" ref="B3" dt2D="0" dtr="0" r1="A1"') +
                formula("C3", "SUM(A1:A2 A1:A9)", 1),
            ),
          ),
        },
      }),
    ],
    [
      "array formulas of an older Excel over several cells, and shared formulas",
      file({
        sheets: {
          数组: data(
            row(
              1,
              number("A1", 1) +
                formula("B1", "5", 5, ' t="array" ref="B1:B3"') +
                formula("C1", "A1*2", 2, ' t="shared" ref="C1:C3" si="0"'),
            ),
            row(2, number("A2", 2) + number("B2", 5) + formula("C2", "", 4, ' t="shared" si="0"')),
            row(3, number("A3", 3) + number("B3", 5) + formula("C3", "", 6, ' t="shared" si="0"')),
          ),
        },
      }),
    ],
    [
      "formulas in which a range means the cell of the row",
      file({
        sheets: {
          旧表: data(
            row(
              1,
              number("A1", 100) + number("B1", 2) + formula("C1", "单价*数量", 200) + formula("D1", "A:A*B:B", 200),
            ),
            row(
              2,
              number("A2", 200) +
                number("B2", 3) +
                formula("C2", "单价*数量", 600) +
                formula("D2", "IF(A1:A3&gt;150,1,0)", 1),
            ),
          ),
        },
        behind:
          '<definedNames><definedName name="单价">旧表!$A$1:$A$3</definedName><definedName name="数量">旧表!$B$1:$B$3</definedName></definedNames>',
      }),
    ],
    [
      "dates that count from 1904",
      file({
        before: '<workbookPr date1904="1"/>',
        sheets: {
          日期: data(
            row(
              1,
              number("A1", 44721, ' s="1"') +
                formula("B1", "YEAR(A1)", 2026) +
                formula("C1", "A1+1", 44722, "", ' s="1"'),
            ),
          ),
        },
        styles: formats(['numFmtId="14">']),
      }),
    ],
    [
      "prefixed names in XML, text in several fonts, texts with control characters",
      file({
        sheets: { 文: "" },
        parts: {
          "xl/worksheets/sheet1.xml":
            '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:r><x:t>粗</x:t></x:r><x:r><x:t>细_x000D_</x:t></x:r><x:rPh sb="0" eb="1"><x:t>cu</x:t></x:rPh></x:is></x:c><x:c r="B1"><x:f>LEN(A1)</x:f><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        },
      }),
    ],
  ];

  test.each(unchanged)("%s", async (_, bytes) => {
    expect(differences(bytes, (await open(bytes)).save())).toEqual([]);
  });

  test("with the prefix of every newer function, where only the value of the cell is new", async () => {
    const names = [
      "STDEV.S(A1:A3)",
      "TEXTJOIN(&quot;,&quot;,TRUE,A1:A3)",
      "IFNA(A1,0)",
      "NORM.INV(0.5,0,1)",
      "SINGLE(A1:A3)",
      "DAYS(2,1)",
    ];
    const cells = names.map((each, index) => row(index + 1, formula(`B${index + 1}`, `_xlfn.${each}`, 7)));
    const bytes = file({ sheets: { 函数: data(...cells) } });
    const saved = partsOf((await open(bytes)).save())["xl/worksheets/sheet1.xml"]!;
    for (const name of names) expect(saved).toContain(`<f>_xlfn.${name}</f>`);
    expect(saved).not.toContain("<v>7</v>");
  });
});

describe("an edited file", () => {
  const CHART = "xl/drawings/drawing1.xml";
  const bytes = file({
    sheets: {
      合同: `<sheetPr><tabColor rgb="FFFF0000"/></sheetPr>${data(row(1, number("A1", 1, ' s="1"') + formula("B1", "A1*2", 2, ' t="shared" ref="B1:B2" si="3"')), row(2, number("A2", 2) + formula("B2", "", 4, ' t="shared" si="3"')))}<sheetProtection sheet="1"/><conditionalFormatting sqref="A1:A9"><cfRule type="cellIs" priority="1" operator="greaterThan"><formula>1</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="C1"><formula1>"是,否"</formula1></dataValidation></dataValidations><drawing r:id="rId1"/>`,
      其他: data(row(1, number("A1", 9))),
    },
    styles: formats(['borderId="1"><protection locked="0"/>']),
    parts: {
      "xl/worksheets/_rels/sheet1.xml.rels": relationshipsOf(["drawing", "../drawings/drawing1.xml"]),
      [CHART]: "<wsDr/>",
      "xl/drawings/_rels/drawing1.xml.rels": relationshipsOf(
        ["chart", "../charts/chart1.xml"],
        ["image", "../media/image1.png"],
      ),
      "xl/charts/chart1.xml": "<chartSpace/>",
      "xl/media/image1.png": "PNG",
      "xl/calcChain.xml": "<calcChain/>",
    },
    relationships:
      '<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/>',
  });

  test("says what it holds beside cells", async () => {
    const { features } = await open(bytes);
    expect(Object.fromEntries(features.map(({ name, count }) => [name, count]))).toEqual({
      ...{ charts: 1, pictures: 1, conditionalFormats: 1, validations: 1, protection: 1 },
    });
    expect(features.some(({ lost }) => lost)).toBe(false);
  });

  test("keeps all of it when a cell is changed, and only that cell reads otherwise", async () => {
    const opened = await open(bytes);
    await host(opened).write([{ place: { sheet: "合同", address: "A2" }, cells: [[5]] }]);
    const found = differences(bytes, opened.save()).filter((line) => !/rels|Types/.test(line));
    expect(found).toEqual([
      "- xl/calcChain.xml",
      'xl/worksheets/sheet1.xml A2: <c r="A2"><v>2</v></c> -> <c r="A2"><v>5</v></c>',
      'xl/worksheets/sheet1.xml B2: <c r="B2"><f t="shared" si="3"></f><v>4</v></c> -> <c r="B2"><f t="shared" si="3"></f><v>10</v></c>',
    ]);
  });

  test("writes a shared formula out where its first cell was changed", async () => {
    const opened = await open(bytes);
    await host(opened).write([{ place: { sheet: "合同", address: "B1" }, cells: [["=A1*7"]] }]);
    const sheet = partsOf(opened.save())["xl/worksheets/sheet1.xml"]!;
    expect(sheet).toContain('<c r="B1"><f>A1*7</f><v>7</v></c>');
    expect(sheet).toContain('<c r="B2"><f>A2*2</f><v>4</v></c>');
  });

  test("keeps border and protection of a cell that is made bold", async () => {
    const opened = await open(bytes);
    opened.api.getActiveWorkbook()!.getSheetByName("合同")!.getRange("A1").setFontWeight("bold");
    const parts = partsOf(opened.save());
    expect(parts["xl/worksheets/sheet1.xml"]).toContain('<c r="A1" s="2">');
    expect(parts["xl/styles.xml"]).toMatch(
      /<xf [^>]*borderId="1"[^>]*fontId="1"[^>]*><protection locked="0"\/><\/xf><\/cellXfs>/,
    );
    expect(parts["xl/styles.xml"]).toContain("<font><b/>");
  });

  test("without a sheet loses what that sheet alone led to", async () => {
    const opened = await open(bytes);
    const workbook = opened.api.getActiveWorkbook()!;
    workbook.deleteSheet(workbook.getSheetByName("合同")!);
    const saved = opened.save();
    expect(Object.keys(partsOf(saved)).filter((path) => /drawing|chart|media|sheet1/.test(path))).toEqual([]);
    expect(await host(await open(saved)).sheets()).toEqual(["其他"]);
  });

  test("follows a sheet that is renamed: charts, print areas, validations, links", async () => {
    const named = file({
      sheets: {
        "合同 表": `${data(row(1, number("A1", 1)))}<dataValidations count="1"><dataValidation type="list" sqref="C1"><formula1>'合同 表'!$A$1:$A$9</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" location="'合同 表'!A1"/></hyperlinks>`,
        汇总: data(row(1, formula("A1", "'合同 表'!A1", 1))),
      },
      parts: {
        "xl/worksheets/_rels/sheet1.xml.rels": relationshipsOf(["chart", "../charts/chart1.xml"]),
        "xl/charts/chart1.xml": "<c:chart xmlns:c=\"c\"><c:f>'合同 表'!$A$1:$A$9</c:f><c:f>汇总!$A$1</c:f></c:chart>",
      },
      behind: `<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'合同 表'!$A$1:$B$2</definedName></definedNames>`,
    });
    const opened = await open(named);
    opened.api.getActiveWorkbook()!.getSheetByName("合同 表")!.setName("C1汇总");
    const all = Object.values(partsOf(opened.save())).join("\n");
    expect(all).not.toContain("合同 表");
    for (const text of [
      ...["<c:f>'C1汇总'!$A$1:$A$9</c:f><c:f>汇总!$A$1</c:f>", "<formula1>'C1汇总'!$A$1:$A$9</formula1>"],
      ...["location=\"'C1汇总'!A1\"", ">'C1汇总'!$A$1:$B$2</definedName>"],
    ]) {
      expect(all).toContain(text);
    }
  });
});

test("a file of another writer: dates, shared formulas, merges, widths and a hidden sheet", async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "合同",
        rows: [
          ["日期", "金额"],
          [new Date(Date.UTC(2026, 0, 15)), 5],
          [null, 6],
        ],
        columns: [{ width: 20 }],
        freezePane: { rows: 1 },
        merges: [{ startRow: 4, endRow: 4, startCol: 0, endCol: 1 }],
      },
      { name: "底稿", rows: [[1]], hidden: true },
    ],
  });
  const opened = await open(bytes);
  const { values } = await host(opened).read({ sheet: "合同", address: "A2:B3" });
  expect(values).toEqual([
    [46037, 5],
    ["", 6],
  ]);
  expect(await host(opened).sheets()).toEqual(["合同"]);
  const sheet = opened.api.getActiveWorkbook()!.getSheetByName("合同")!;
  expect(sheet.getColumnWidth(0)).toBe(145);
  expect(sheet.getFrozenRows()).toBe(1);
  expect(sheet.getMergedRanges().map((range) => range.getA1Notation())).toEqual(["A5:B5"]);
  // All but the order to compute anew on opening, which would make LibreOffice show #NAME? for our functions.
  const saved = partsOf(opened.save())["xl/workbook.xml"]!;
  expect(saved).toBe(partsOf(bytes)["xl/workbook.xml"]!.replace(' fullCalcOnLoad="1"', ""));
  expect(differences(bytes, opened.save())).toHaveLength(1);
});

test("a sheet is added to a file that declares the namespace of relationships at each sheet, not at its root", async () => {
  const usual = file({ sheets: { 合同: data(row(1, number("A1", 1))) } });
  const [declared] = /xmlns:r="[^"]*"/.exec(partsOf(usual)["xl/workbook.xml"]!)!;
  const moved = partsOf(usual)
    ["xl/workbook.xml"]!.replace(` ${declared}`, "")
    .replace("<sheet ", `<sheet ${declared} `);
  const opened = await open(
    file({ sheets: { 合同: data(row(1, number("A1", 1))) }, parts: { "xl/workbook.xml": moved } }),
  );
  await host(opened).addSheet({ name: "报告", cells: [["合计", 1]] });
  const saved = opened.save();
  expect(partsOf(saved)["xl/workbook.xml"]!.match(/<sheet xmlns:r="[^"]*"[^>]* r:id="[^"]*"\/>/g)).toHaveLength(1);
  expect(partsOf(saved)["xl/workbook.xml"]!.match(/<sheet [^>]*xmlns:r=/g)).toHaveLength(2);
  expect(faultsIn([saved])).toEqual([[]]);
});

describe("charts that the pane drew on a new sheet", () => {
  const SHEET = "报告'26";
  const report = {
    name: SHEET,
    cells: [
      ["报告", "", ""],
      ["组", "按比例", "等额"],
      ["第1组", 0.5, 1],
      ["第2组", 0.25, "=B4*2"],
    ],
    charts: [
      { kind: "column", title: "谁拿多少", address: "A2:C4", corner: "E2", format: "0%" },
      { kind: "scatter", title: "组合", address: "B2:C4", corner: "E20" },
    ],
  } as const;
  const bytes = file({ sheets: { 合同: data(row(1, number("A1", 1))) } });
  const chartsIn = (saved: Uint8Array): string[] =>
    Object.entries(partsOf(saved)).flatMap(([path, text]) => (path.startsWith("xl/charts/") ? [text] : []));

  test("are Excel's own in the saved file: ranges, what they show, and where they lie", async () => {
    const opened = await open(bytes);
    const name = await host(opened).addSheet(report);
    const saved = opened.save();
    const [columns, points] = chartsIn(saved);
    expect(columns).toContain(`<c:f>'${name.replace("'", "''")}'!$C$3:$C$4</c:f>`);
    expect(columns).toContain('<c:pt idx="1"><c:v>0.5</c:v></c:pt>');
    expect(columns).toContain('formatCode="0%"');
    expect(points).toContain("<c:scatterChart>");
    expect(points).toContain(`<c:xVal><c:numRef><c:f>'${name.replace("'", "''")}'!$B$3:$B$4</c:f>`);
    const drawing = partsOf(saved)["xl/drawings/drawing1.xml"]!;
    expect(drawing.match(/<xdr:twoCellAnchor>/g)).toHaveLength(2);
    expect(drawing).toContain("<xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>");
    expect(faultsIn([saved])).toEqual([[]]);
    // The page draws them: they are nothing that it does not show.
    const { features } = await open(saved);
    expect(features.map((feature) => feature.name)).not.toContain("charts");
  });

  test("follow the rows that are inserted above them and the new name of their sheet", async () => {
    const opened = await open(bytes);
    const name = await host(opened).addSheet(report);
    opened.sheet(name).insertRows(0, 2);
    opened.sheet(name).setName("总结");
    const saved = opened.save();
    expect(chartsIn(saved)[0]).toContain("<c:f>'总结'!$C$5:$C$6</c:f>");
    expect(chartsIn(saved)[0]).toContain("<c:v>等额</c:v>");
    expect(partsOf(saved)["xl/drawings/drawing1.xml"]).toContain("<xdr:row>3</xdr:row>");
  });

  test("go with their sheet", async () => {
    const opened = await open(bytes);
    const name = await host(opened).addSheet(report);
    opened.api.getActiveWorkbook()!.deleteSheet(opened.sheet(name));
    expect(chartsIn(opened.save())).toEqual([]);
  });
});
