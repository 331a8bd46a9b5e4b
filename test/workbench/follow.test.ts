/** Rows, columns and cells that go elsewhere take along what a file ties to them, as in Excel. */
import { ICommandService } from "@univerjs/core";
import { MoveRangeMutation } from "@univerjs/sheets";
import fc from "fast-check";
import { copied, followed } from "../../src/workbench/file/follow/references";
import { inverse, lineMove, placed, type Step } from "../../src/workbench/file/follow/steps";
import { formula, MANY as FILE, row, value } from "./many";
import { closeAll, opened } from "./opened";
import { differences, file, partsOf } from "./package";

afterEach(closeAll);

async function open(bytes: Uint8Array) {
  const { save, univer, ...rest } = await opened(bytes);
  return {
    ...rest,
    commands: univer.__getInjector().get(ICommandService),
    save: async () => {
      await rest.api.getFormula().onCalculationResultApplied();
      return save();
    },
  };
}

describe("what a file ties to places", () => {
  test("comes back to the byte when an insertion or a removal is undone", async () => {
    const { api, sheet, save } = await open(FILE);
    sheet("合同").insertRows(1, 2);
    await api.undo();
    sheet("合同").deleteRows(2, 1);
    await api.undo();
    sheet("合同").deleteColumns(1, 1);
    await api.undo();
    expect(differences(FILE, await save())).toEqual([]);
  });

  test("goes along with inserted rows", async () => {
    const { sheet, save } = await open(FILE);
    sheet("合同").insertRows(2, 2);
    const parts = partsOf(await save());
    const xml = parts["xl/worksheets/sheet1.xml"]!;
    for (const expected of [
      ...['<mergeCell ref="D2:E5"/>', '<autoFilter ref="A8:C11"><filterColumn colId="2">', 'sqref="A2:A6"'],
      ...["<formula>$B2&gt;0</formula>", 'sqref="B2:B6"', "<formula1>$A$6</formula1>", '<brk id="6" max="9"/>'],
      ...['<hyperlink ref="A6" location="合同!C6"/>', '<c r="A8" t="inlineStr"><is><r><t>粗</t></r>'],
      ...[
        '<c r="B8"><f>_xlfn.NEWEST(A2:A6)</f>',
        "SUM(表1[金额])",
        '<f t="array" ref="B9:B10">',
        '<row r="5" hidden="1">',
      ],
      ...['<c r="C6"><f>A6*2</f>', "<tablePart "],
    ])
      expect(xml).toContain(expected);
    expect(parts["xl/worksheets/sheet2.xml"]).toContain("<f>[1]外部!A2+合同!A6</f>");
    expect(parts["xl/worksheets/sheet2.xml"]).toContain("<f>SUM(合同!A2:A6)</f>");
    expect(parts["xl/worksheets/sheet2.xml"]).toContain("<formula1>合同!$A$2:$A$6</formula1>");
    expect(parts["xl/tables/table1.xml"]).toContain('ref="A1:C6"><autoFilter ref="A1:C6"/>');
    expect(parts["xl/comments1.xml"]).toMatch(/ref="B6".*ref="B5"/);
    expect(parts["xl/drawings/vml1.vml"]).toContain(
      "<x:Anchor>2, 15, 5, 2, 4, 31, 9, 1</x:Anchor><x:Row>5</x:Row><x:Column>1</x:Column>",
    );
    expect(parts["xl/drawings/drawing1.xml"]).toMatch(/<xdr:row>7<.*<xdr:row>14</);
    expect(parts["xl/charts/chart1.xml"]).toContain("<c:f>合同!$C$2:$C$6</c:f><c:f>清单!$A$2</c:f>");
    expect(parts["xl/workbook.xml"]!.match(/>合同![^<]*/g)).toEqual([
      ...[">合同!$A$1:$C$6", ">合同!$A:$A,合同!$1:$1", ">合同!$A$6", ">合同!$A$2:$A$6"],
    ]);
  });

  test("goes with removed rows and columns, and what is left stays right", async () => {
    const { sheet, save } = await open(FILE);
    sheet("合同").deleteRows(1, 2);
    sheet("合同").insertColumns(1, 1);
    sheet("合同").deleteColumns(2, 1);
    const parts = partsOf(await save());
    const xml = parts["xl/worksheets/sheet1.xml"]!;
    for (const expected of ['sqref="A2"', "<formula>#REF!&gt;0</formula>", 'sqref="F7"', '<hyperlink ref="A2"'])
      expect(xml).toContain(expected);
    expect(xml).not.toMatch(/清单!|mergeCell|hidden="1" customHeight/);
    expect(parts["xl/tables/table1.xml"]).toMatch(
      /ref="A1:C2".*<tableColumns count="3"><tableColumn id="1" name="金额"\/><tableColumn id="4" name="列2"\/><tableColumn id="3"/,
    );
    expect(xml).toContain('<c r="B1" t="inlineStr"><is><t xml:space="preserve">列2</t></is></c>');
    expect(parts["xl/comments1.xml"]).not.toContain("<comment ");
    expect(parts["xl/drawings/vml1.vml"]).not.toContain("<v:shape");
    expect(parts["xl/workbook.xml"]).toContain(">合同!$A$2<");
  });

  test("a table whose head is removed is none any more, and its formulas mean the cells that are left", async () => {
    const { sheet, save } = await open(FILE);
    sheet("合同").deleteRows(0, 1);
    const parts = partsOf(await save());
    expect(parts["xl/tables/table1.xml"]).toBeUndefined();
    expect(parts["xl/worksheets/sheet1.xml"]).not.toContain("tablePart");
    expect(parts["xl/worksheets/sheet1.xml"]).toContain("<f>SUM($A$1:$A$3)</f>");
  });

  test("cannot follow cells that are cut and pasted on another sheet, which is noticed", async () => {
    const { api, changes, commands } = await open(FILE);
    const range = { startRow: 3, endRow: 3, startColumn: 0, endColumn: 0 };
    const [from, to] = ["sheet1", "sheet2"].map((subUnitId) => ({ subUnitId, value: {} }));
    const params = { unitId: api.getActiveWorkbook()!.getId(), fromRange: range, toRange: range, from: from!, to: to! };
    await commands.executeCommand(MoveRangeMutation.id, params);
    expect([...changes.torn]).toEqual(["sheet1", "sheet2"]);
  });

  test("goes along with rows that are dragged elsewhere and cells that are cut", async () => {
    const { sheet, save } = await open(FILE);
    const contracts = sheet("合同");
    contracts.moveRows(contracts.getRange("A4:C4"), 1);
    const parts = partsOf(await save());
    expect(parts["xl/worksheets/sheet1.xml"]).toContain('<hyperlink ref="A2" location="合同!C2"/>');
    expect(parts["xl/comments1.xml"]).toMatch(/ref="B2".*ref="B4"/);
    expect(parts["xl/worksheets/sheet2.xml"]).toContain("<f>[1]外部!A2+合同!A2</f>");
  });
});

describe("a reference", () => {
  const insert: Step[] = [{ axis: "row", at: 2, count: 3 }];
  const follow = (text: string, steps: Step[]) => followed(text, "合同 表", new Map([["合同 表", steps]]));

  test.each([
    ["A2:A4+$A$3*B3", "A2:A7+$A$6*B6"],
    ["'合同 表'!A3+其他!A3+[1]S!A3+'[1]合同 表'!A3", "'合同 表'!A6+其他!A3+[1]S!A3+'[1]合同 表'!A3"],
    ['"A3"&A3&LOG10(A3)&A3B&表1[[#All],[A3]]&S1:S3!A3', '"A3"&A6&LOG10(A6)&A3B&表1[[#All],[A3]]&S1:S3!A3'],
    ["SUM(A:A,3:4,$2:$3,A1:A1048576,3.5E3)", "SUM(A:A,6:7,$2:$6,A1:A1048576,3.5E3)"],
    ["A3#+@A3:A9+{1,2}+A4:INDEX(B:B,3)", "A6#+@A6:A12+{1,2}+A7:INDEX(B:B,3)"],
  ])("%s", (before, after) => expect(follow(before, insert)).toBe(after));

  test("is #REF! where its cells are gone", () => {
    expect(follow("SUM(A3:A5)+A2:A9", [{ axis: "row", at: 2, count: -3 }])).toBe("SUM(#REF!)+A2:A6");
  });

  test("of a shared formula is as far from its cell as in the first", () => {
    expect(copied("A1+$A1+A$1+$A$1+A:B+$1:2+'S 1'!B2", 2, 1)).toBe("B3+$A3+B$1+$A$1+B:C+$1:4+'S 1'!C4");
  });

  const line = fc.record({
    axis: fc.constantFrom("row" as const, "column" as const),
    at: fc.nat(9),
    count: fc.integer({ min: 1, max: 3 }),
  });

  test("comes back when all steps are undone, as long as nothing was removed", () => {
    const steps = fc.array(
      fc.oneof(
        line.map((each) => [each]),
        fc
          .tuple(line, fc.nat(12))
          .map(([{ axis, at, count }, to]) => (to > at && to < at + count ? [] : lineMove(axis, at, count, to))),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(steps, fc.nat(9), fc.nat(9), (list, r, c) => {
        const done = list.flat();
        const cell = { row: r, column: c, rows: 1, columns: 1 };
        const [there, ...more] = placed(cell, done);
        expect(more).toEqual([]);
        expect(placed(there!, inverse(done))).toMatchObject([cell]);
      }),
    );
  });

  test("is what the engine makes of it", async () => {
    const texts = [
      ...[
        "合同!A4*2",
        "合同!$A$3+合同!B$7",
        "SUM(合同!A:A)",
        "SUM(合同!3:4)",
        "SUM(合同!$A$2:B9)",
        "COUNT(合同!C1:C4,合同!B2)",
      ],
    ];
    const cells = texts.map((each, index) => row(index + 1, formula(`A${index + 1}`, each, 0)));
    const bytes = file({
      sheets: {
        合同: `<sheetData>${row(1, value("A1", 1))}</sheetData>`,
        清单: `<sheetData>${cells.join("")}</sheetData>`,
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(line, fc.boolean()), { minLength: 1, maxLength: 3 }), async (list) => {
        const { sheet, changes } = await open(bytes);
        for (const [{ axis, at, count }, remove] of list) {
          const contracts = sheet("合同");
          if (axis === "row") void (remove ? contracts.deleteRows(at, count) : contracts.insertRows(at, count));
          else void (remove ? contracts.deleteColumns(at, count) : contracts.insertColumns(at, count));
        }
        const [id] = [...changes.steps.keys()];
        expect(id).toBe("sheet1");
        const happened = new Map([["合同", changes.steps.get("sheet1")!]]);
        const now = sheet("清单").getRange(`A1:A${texts.length}`).getFormulas().flat();
        // The engine drops the sheet of what is gone.
        expect(now).toEqual(
          texts.map((each) => `=${followed(each, "清单", happened)}`.replaceAll("合同!#REF!", "#REF!")),
        );
      }),
      { numRuns: 20 },
    );
  });
});
