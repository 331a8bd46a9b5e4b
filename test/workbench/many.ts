/** A file with all that a sheet can tie to its cells, written by hand. */
import { file, relationshipsOf } from "./package";

export const row = (number: number, cells: string, more = "") => `<row r="${number}"${more}>${cells}</row>`;
export const value = (address: string, number: number) => `<c r="${address}"><v>${number}</v></c>`;
export const formula = (address: string, text: string, result: number, tag = "") =>
  `<c r="${address}"><f${tag}>${text}</f><v>${result}</v></c>`;
const text = (address: string, inner: string) => `<c r="${address}" t="inlineStr"><is>${inner}</is></c>`;
const header = (address: string, words: string) => text(address, `<t>${words}</t>`);
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

const CONTRACTS = [
  row(1, header("A1", "金额") + header("B1", "国产") + header("C1", "补贴")),
  row(2, value("A2", 10) + value("B2", 1) + formula("C2", "A2*2", 20, ' t="shared" ref="C2:C4" si="0"')),
  row(3, value("A3", 20) + value("B3", 0) + formula("C3", "", 40, ' t="shared" si="0"'), ' hidden="1"'),
  row(4, value("A4", 30) + value("B4", 1) + formula("C4", "", 60, ' t="shared" si="0"')),
  row(6, text("A6", "<r><t>粗</t></r><r><t>细</t></r>") + formula("B6", "_xlfn.NEWEST(A2:A4)", 7)),
  row(7, formula("A7", "SUM(表1[金额])", 60) + formula("B7", "5", 5, ' t="array" ref="B7:B8"')),
  row(8, value("B8", 5)),
];
const BOUND =
  '<autoFilter ref="A6:C9"><filterColumn colId="2"><filters><filter val="60"/></filters></filterColumn></autoFilter>' +
  '<mergeCells count="1"><mergeCell ref="D2:E3"/></mergeCells>' +
  '<conditionalFormatting sqref="A2:A4"><cfRule type="expression" priority="1"><formula>$B2&gt;0</formula></cfRule></conditionalFormatting>' +
  '<dataValidations count="2"><dataValidation type="list" sqref="B2:B4"><formula1>清单!$A$1:$A$3</formula1></dataValidation><dataValidation type="list" sqref="F9"><formula1>$A$4</formula1></dataValidation></dataValidations>' +
  '<hyperlinks><hyperlink ref="A4" location="合同!C4"/></hyperlinks><rowBreaks count="1" manualBreakCount="1"><brk id="4" max="9"/></rowBreaks>' +
  '<drawing r:id="rId2"/><legacyDrawing r:id="rId4"/><tableParts count="1"><tablePart r:id="rId1"/></tableParts>';
export const MANY = file({
  sheets: {
    合同: `<cols><col min="1" max="2" width="20" customWidth="1"/><col min="6" max="6" width="9" hidden="1" customWidth="1"/></cols><sheetData>${CONTRACTS.join("")}</sheetData>${BOUND}`,
    清单: `<sheetData>${row(1, formula("A1", "[1]外部!A2+合同!A4", 31) + formula("B1", "SUM(合同!A2:A4)", 60))}</sheetData><dataValidations count="1"><dataValidation type="list" sqref="C1"><formula1>合同!$A$2:$A$4</formula1></dataValidation></dataValidations>`,
  },
  behind:
    '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">合同!$A$1:$C$4</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">合同!$A:$A,合同!$1:$1</definedName><definedName name="隐" hidden="1">合同!$A$4</definedName><definedName name="金额">合同!$A$2:$A$4</definedName></definedNames>',
  parts: {
    "xl/worksheets/_rels/sheet1.xml.rels": relationshipsOf(
      ["table", "../tables/table1.xml"],
      ["drawing", "../drawings/drawing1.xml"],
      ["comments", "../comments1.xml"],
      ["vmlDrawing", "../drawings/vml1.vml"],
    ),
    "xl/tables/table1.xml": `<table xmlns="${MAIN}" id="1" name="表1" displayName="表1" ref="A1:C4"><autoFilter ref="A1:C4"/><tableColumns count="3"><tableColumn id="1" name="金额"/><tableColumn id="2" name="国产"/><tableColumn id="3" name="补贴"/></tableColumns></table>`,
    "xl/comments1.xml": `<comments xmlns="${MAIN}"><commentList><comment ref="B4" authorId="0"><text><t>四</t></text></comment><comment ref="B3" authorId="0"><text><t>三</t></text></comment></commentList></comments>`,
    "xl/drawings/vml1.vml":
      '<xml xmlns:v="v" xmlns:x="x"><v:shape id="a"><x:ClientData><x:Anchor>2, 15, 3, 2, 4, 31, 7, 1</x:Anchor><x:Row>3</x:Row><x:Column>1</x:Column></x:ClientData></v:shape><v:shape id="b"><x:ClientData><x:Row>2</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>',
    "xl/drawings/drawing1.xml":
      '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:colOff>1</xdr:colOff><xdr:row>5</xdr:row></xdr:from><xdr:to><xdr:col>8</xdr:col><xdr:row>12</xdr:row></xdr:to></xdr:twoCellAnchor></xdr:wsDr>',
    "xl/drawings/_rels/drawing1.xml.rels": relationshipsOf(["chart", "../charts/chart1.xml"]),
    "xl/charts/chart1.xml":
      '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:f>合同!$C$2:$C$4</c:f><c:f>清单!$A$2</c:f></c:chartSpace>',
  },
});
