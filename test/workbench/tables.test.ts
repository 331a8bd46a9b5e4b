/** Tables of a file: structured references compute, and a table keeps to the texts of its header cells. */
import { openFile } from "../../src/workbench/file/read";
import { withCells, withColumns, type Table } from "../../src/workbench/file/tables";
import type { Headless } from "../host/headless";
import { closeAll, opened } from "./opened";
import { differences, file, partsOf, relationshipsOf } from "./package";

const TABLE: Table = {
  path: "",
  sheetId: "sheet1",
  sheetName: "合同 表",
  name: "表1",
  area: { row: 1, column: 1, rows: 5, columns: 3 },
  header: true,
  totals: true,
  columns: ["企业", "金额（元）", "a'[b]#"],
};

describe("a structured reference is the cells that it means", () => {
  test.each([
    ["SUM(表1[金额（元）])", "SUM('合同 表'!$C$3:$C$5)"],
    ["SUM(表1[])", "SUM('合同 表'!$B$3:$D$5)"],
    ["ROWS(表1[#All])", "ROWS('合同 表'!$B$2:$D$6)"],
    ["表1[[#Headers],[企业]]", "'合同 表'!$B$2"],
    ["表1[[#Totals],[金额（元）]]", "'合同 表'!$C$6"],
    ["SUM(表1[[#Headers],[#Data],[企业]:[金额（元）]])", "SUM('合同 表'!$B$2:$C$5)"],
    ["表1[[#This Row],[金额（元）]]*2", "'合同 表'!$C4*2"],
    ["SUM(表1[[#This Row],[企业]:[金额（元）]])", "SUM('合同 表'!$B4:$C4)"],
    ["SUM(表1[a'''[b']'#])", "SUM('合同 表'!$D$3:$D$5)"],
    ['"表1[企业]"&1', '"表1[企业]"&1'],
    ["SUM(表2[企业])", undefined],
    ["SUM(表1[没有])", undefined],
    ["[1]外部!$A$1", "[1]外部!$A$1"],
  ])("%s: %s", (formula, cells) => {
    expect(withCells(formula, { sheetName: "其他", row: 3 }, [TABLE])).toBe(cells);
  });

  test("on its own sheet without the sheet's name, and this row only beside the data", () => {
    const at = (row: number) => withCells("表1[[#This Row],[企业]]", { sheetName: "合同 表", row }, [TABLE]);
    expect([at(3), at(9)]).toEqual(["$B4", undefined]);
    expect(withCells("表1[[#Totals],[企业]]", { sheetName: "合同 表", row: 3 }, [{ ...TABLE, totals: false }])).toBe(
      undefined,
    );
  });

  test("a renamed column is renamed in references to its own table alone", () => {
    const renames = new Map([["表1", new Map([["企业", "单位[1]"]])]]);
    expect(withColumns('表1[企业]+表1[[#This Row],[企业]]+表2[企业]&"表1[企业]"', renames)).toBe(
      "表1[单位'[1']]+表1[[#This Row],[单位'[1']]]+表2[企业]&\"表1[企业]\"",
    );
  });
});

const text = (address: string, words: string) => `<c r="${address}" t="inlineStr"><is><t>${words}</t></is></c>`;
const PART = "xl/tables/table1.xml";
const bytes = file({
  sheets: {
    合同: `<sheetData><row r="1">${text("A1", "金额")}${text("B1", "两倍")}<c r="D1"><f>SUM(表1[金额])</f><v>6</v></c><c r="E1"><f>SUMM(A2)</f><v>5</v></c><c r="F1"><f>CUBEVALUE(A2)</f><v>5</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>表1[[#This Row],[金额]]*2</f><v>2</v></c></row><row r="3"><c r="A3"><v>5</v></c><c r="B3"><f>表1[[#This Row],[金额]]*2</f><v>10</v></c></row></sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
  },
  parts: {
    "xl/worksheets/_rels/sheet1.xml.rels": relationshipsOf(["table", "../tables/table1.xml"]),
    [PART]:
      '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="表1" displayName="表1" ref="A1:B3"><autoFilter ref="A1:B3"/><tableColumns count="2"><tableColumn id="1" name="金额"/><tableColumn id="2" name="两倍"><calculatedColumnFormula>表1[[#This Row],[金额]]*2</calculatedColumnFormula></tableColumn></tableColumns></table>',
  },
});

describe("a file with a table", () => {
  let engine: Headless;
  let save: () => Uint8Array;
  beforeEach(async () => {
    const file = await opened(bytes);
    [engine, save] = [file, file.save];
    expect(file.features.find(({ name }) => name === "storedFormulas")?.count).toBe(1);
  });
  afterEach(closeAll);
  const write = (address: string, cell: string | number) =>
    engine.workbook.write([{ place: { sheet: "合同", address }, cells: [[cell]] }]);
  const read = async (address: string) => (await engine.workbook.read({ sheet: "合同", address })).values.flat();

  test("computes its references, and a mistyped function is #NAME?; one that the engine lacks keeps the file's value", async () => {
    await write("A3", 7);
    expect(await read("B2:B3")).toEqual([2, 14]);
    expect(await read("D1:F1")).toEqual([8, "#NAME?", 5]);
    const lines = differences(bytes, save());
    expect(lines.map((line) => line.split(":")[0])).toEqual(
      ["A3", "B3", "D1", "E1"].map((address) => `xl/worksheets/sheet1.xml ${address}`),
    );
    expect(partsOf(save())["xl/worksheets/sheet1.xml"]).toContain("<f>SUM(表1[金额])</f><v>8</v>");
  });

  test("follows a header that is edited, in its part and in every reference", async () => {
    await write("A1", "合同额");
    const parts = partsOf(save());
    expect(parts[PART]).toContain('<tableColumn id="1" name="合同额"/>');
    expect(parts[PART]).toContain("<calculatedColumnFormula>表1[[#This Row],[合同额]]*2</calculatedColumnFormula>");
    expect(parts["xl/worksheets/sheet1.xml"]).not.toContain("[金额]");
    expect(parts["xl/worksheets/sheet1.xml"]).toContain("<f>SUM(表1[合同额])</f><v>6</v>");
  });

  test.each([
    ["A1", "", "列1"],
    ["A1", "两倍", "两倍2"],
    ["A1", 2026, "2026"],
  ])("header %s = %j becomes the text that Excel would put there", async (address, cell, name) => {
    await write(address, cell);
    const parts = partsOf(save());
    const names = [...parts[PART]!.matchAll(/<tableColumn [^>]*name="([^"]*)"/g)].map(([, found]) => found);
    const { workbook } = openFile(save(), { ours: [], known: ["SUM"], others: [] });
    const head = workbook.sheets!.sheet1!.cellData![0]!;
    expect([head[0]!.v, head[1]!.v]).toEqual(names);
    expect(names).toContain(name);
  });
});
