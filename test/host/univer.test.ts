import { headless, state, type Headless } from "./headless";

const SHEET = "表一";
const at = (address: string) => ({ sheet: SHEET, address });

let opened: Headless | undefined;
async function workbook(...args: Parameters<typeof headless>) {
  opened = await headless(...args);
  return opened.workbook;
}

beforeEach(() => Object.assign(state, { factor: 3, rows: 3 }));
afterEach(() => {
  opened?.univer.dispose();
  opened = undefined;
});

describe("a call of our function in a cell", () => {
  const seen = async (cells: (string | number | boolean)[][]) => {
    const host = await workbook({ [SHEET]: cells });
    const { values } = await host.read(at("A1:B1"));
    return values[0];
  };

  test.each([
    ["a blank cell arrives as an empty text", "=SEEN(D1)", ['""', "null"]],
    ["a range arrives as a table", "=SEEN(D2:E3)", ['1;2;"三";true', "null"]],
    ["TRUE arrives as TRUE", "=SEEN(E3)", ["true", "null"]],
    ["an omitted argument arrives as null", "=SEEN(D2)", ["1", "null"]],
    ["an argument left empty between commas arrives as null", "=SEEN(D2,)", ["1", "null"]],
    ["an array constant arrives as a table", "=SEEN({1,2;3,4},5)", ["1;2;3;4", "5"]],
    ["an error arrives as an error", "=SEEN(1/0)", ["error #DIV/0!", "null"]],
  ])("%s", async (_, formula, expected) => {
    const rows = [[formula], ["", "", "", 1, 2], ["", "", "", "三", true]];
    expect(await seen(rows)).toEqual(expected);
  });

  test("spills; a bad row is an error in its own cell, with its message", async () => {
    const host = await workbook({ [SHEET]: [[1, "=TIMES(A1:A3)"], ["二"], [3]] });
    const { values } = await host.read(at("B1:B3"));
    expect(values).toEqual([[3], ["#VALUE!"], [9]]);
    expect(await host.errorMessage(at("B2"))).toBe("第2行不是数");
    expect(await host.errorMessage(at("B1"))).toBeUndefined();
  });

  test("a mended row loses its message", async () => {
    const host = await workbook({ [SHEET]: [["二", "=TIMES(A1)"]] });
    await host.write([{ place: at("A1"), cells: [[2]] }]);
    expect((await host.read(at("B1"))).values).toEqual([[6]]);
    expect(await host.errorMessage(at("B1"))).toBeUndefined();
  });

  test("an exception is an error cell, and the next calculation goes on", async () => {
    const host = await workbook({ [SHEET]: [["=BREAKS()", "=BREAKS(1)", "=TIMES(2)"]] });
    expect((await host.read(at("A1:C1"))).values).toEqual([["#N/A", "#VALUE!", 6]]);
    expect(await host.errorMessage(at("A1"))).toBe("不在有效期内");
    await host.write([{ place: at("A2"), cells: [["=TIMES(5)"]] }]);
    expect((await host.read(at("A2"))).values).toEqual([[15]]);
  });

  test("an error in an argument is the result where the functions do not see errors", async () => {
    const host = await workbook({ [SHEET]: [["=SEEN(1/0)"]] }, false);
    expect((await host.read(at("A1"))).values).toEqual([["#DIV/0!"]]);
  });

  test("a spill that is blocked says so", async () => {
    const host = await workbook({ [SHEET]: [["=TIMES({1;2;3})"], ["占用"]] });
    const blocked = { sheet: SHEET, address: "A1", formula: "=TIMES({1;2;3})", value: "#SPILL!", error: "#SPILL!" };
    expect(await host.formulas()).toEqual([blocked]);
    expect(await host.formulaAt(at("A2"))).toBeNull();
  });
});

describe("formula cells", () => {
  test("ours are found on every sheet, with value, error and spill", async () => {
    const host = await workbook({ [SHEET]: [["=SUM(1,2)", "=TIMES({1;2})"]], 表二: [["=BREAKS()", "=butie.list()"]] });
    expect(await host.formulas()).toEqual([
      { sheet: SHEET, address: "B1", formula: "=TIMES({1;2})", value: 3, spill: "B1:B2" },
      { sheet: "表二", address: "A1", formula: "=BREAKS()", value: "#N/A", error: "#N/A" },
      { sheet: "表二", address: "B1", formula: "=butie.list()", value: "工具1", spill: "B1:C3" },
    ]);
  });

  test("a spilled cell leads to the formula behind it; a constant to none", async () => {
    const host = await workbook({ [SHEET]: [[1, "=TIMES({1;2})"]] });
    expect(await host.formulaAt(at("B2"))).toMatchObject({ address: "B1", spill: "B1:B2" });
    expect(await host.formulaAt(at("A1"))).toBeNull();
    expect(await host.usedRange(SHEET)).toEqual(at("A1:B2"));
  });
});

describe("writing", () => {
  test("several places on several sheets are one undo step", async () => {
    const host = await workbook({ [SHEET]: [[1]], 表二: [[2]] });
    await host.write([
      { place: at("A1:A2"), cells: [["007"], ["=TIMES(2)"]], format: "0.00" },
      { place: { sheet: "表二", address: "C3" }, cells: [[true]] },
    ]);
    expect((await host.read(at("A1:A2"))).values).toEqual([["007"], [6]]);
    expect((await host.read({ sheet: "表二", address: "C3" })).values).toEqual([[true]]);
    await opened!.api.undo();
    expect((await host.read(at("A1:A2"))).values).toEqual([[1], [""]]);
    expect((await host.read({ sheet: "表二", address: "C3" })).values).toEqual([[""]]);
  });

  test("an apostrophe keeps a formula a text; an empty text clears", async () => {
    const host = await workbook({ [SHEET]: [[1, 2]] });
    await host.write([{ place: at("A1:B1"), cells: [["'=TIMES(2)", ""]] }]);
    const { values, formulas } = await host.read(at("A1:B1"));
    expect([values, formulas]).toEqual([[["=TIMES(2)", ""]], [["", ""]]]);
  });

  test("beyond the last row and column of the sheet, the sheet grows", async () => {
    const host = await workbook({ [SHEET]: [[1]] });
    await host.write([{ place: at("AB200"), cells: [[5]] }]);
    expect((await host.read(at("AB200"))).values).toEqual([[5]]);
  });

  test("a new sheet and the cells that go with it are one undo step; an error is written as a formula of it", async () => {
    const host = await workbook({ [SHEET]: [["=TIMES(D1:D3)"], [""], [""]] });
    const entries = [{ place: at("A1:A3"), cells: [[1], ["=NA()"], ["=#VALUE!"]] }];
    await host.addSheet({ name: "对照", cells: [["'=TIMES(D1:D3)"]] }, entries);
    expect((await host.read(at("A1:A3"))).values).toEqual([[1], ["#N/A"], ["#VALUE!"]]);
    expect((await host.read({ sheet: "对照", address: "A1" })).values).toEqual([["=TIMES(D1:D3)"]]);
    await opened!.api.undo();
    await opened!.api.getFormula().onCalculationResultApplied();
    expect(await host.sheets()).toEqual([SHEET]);
    expect((await host.read(at("A1:A3"))).values).toEqual([[0], [0], [0]]);
    expect((await host.formulas()).map(({ formula, spill }) => [formula, spill])).toEqual([["=TIMES(D1:D3)", "A1:A3"]]);
  });

  test("hidden rows are known", async () => {
    const host = await workbook({ [SHEET]: [[1], [2]] });
    expect(await host.shape(at("A1:A2"))).toMatchObject({ isSheetHidden: false, hasHiddenRows: false });
    opened!.api.getActiveWorkbook()!.getSheetByName(SHEET)!.hideRows(1, 1);
    expect((await host.shape(at("A1:A2"))).hasHiddenRows).toBe(true);
  });

  test("a new sheet gets a free name, computes, and undo takes it away whole", async () => {
    const host = await workbook({ 结果: [[1]] });
    const cells = [
      ["情景", "合计"],
      ["基准", "=TIMES(4)"],
    ];
    const name = await host.addSheet({
      name: "结果",
      cells,
      formats: [{ address: "B2", format: "0.00" }],
      headerRows: 1,
      bold: ["A2"],
    });
    const added = opened!.api.getActiveWorkbook()!.getSheetByName("结果 (2)")!;
    const weights = added
      .getRange("A1:B2")
      .getCellStyles()
      .map((row) => row.map((style) => style?.bold ?? false));
    expect(weights).toEqual([[true, true], [true, false]]); // prettier-ignore
    expect(name).toBe("结果 (2)");
    expect((await host.read({ sheet: name, address: "A1:B2" })).values).toEqual([
      ["情景", "合计"],
      ["基准", 12],
    ]);
    await opened!.api.undo();
    expect(await host.sheets()).toEqual(["结果"]);
  });

  test("what is refused is refused in words", async () => {
    const host = await workbook({ [SHEET]: [[1]] });
    await expect(host.read({ sheet: "没有", address: "A1" })).rejects.toMatchObject({ reason: "no-sheet" });
    await expect(host.read(at("甲1"))).rejects.toMatchObject({ reason: "bad-address" });
    await expect(host.write([{ place: at("A1:A2"), cells: [[1]] }])).rejects.toMatchObject({ reason: "bad-address" });
    await expect(host.addImage(at("A1"), "")).rejects.toMatchObject({ reason: "no-capability" });
  });
});

describe("reading beyond what is entered", () => {
  test("beyond the last row and column of the grid the cells are blank, as in Excel", async () => {
    const host = await workbook({ [SHEET]: [[1, "=TIMES(A1)"]] });
    const { values, formulas, texts } = await host.read(at("B1:AA120"));
    expect([values.length, formulas.length, texts.length, values[0]!.length, texts[119]!.length]).toEqual([
      120, 120, 120, 26, 26,
    ]);
    expect([values[0]![0], formulas[0]![0], values[119]![25], formulas[119]![25]]).toEqual([3, "=TIMES(A1)", "", ""]);
    expect((await host.read(at("AZ900"))).values).toEqual([[""]]);
  });

  test("merged areas are known, and taken apart in the undo step of the cells that are written", async () => {
    const host = await workbook({
      [SHEET]: [
        ["甲", 1],
        ["", 2],
        ["", 3],
      ],
    });
    opened!.api.getActiveWorkbook()!.getSheetByName(SHEET)!.getRange(0, 0, 3, 1).merge();
    await host.write([{ place: at("A1:A3"), cells: [["甲"], ["甲"], ["甲"]], unmerge: true }]);
    expect(await host.shape(at("A1:A3"))).toMatchObject({ merged: [] });
    expect((await host.read(at("A1:A3"))).values).toEqual([["甲"], ["甲"], ["甲"]]);
    await opened!.api.undo();
    expect(await host.shape(at("A1:A3"))).toMatchObject({ merged: ["A1:A3"] });
    expect((await host.read(at("A1:A3"))).values).toEqual([["甲"], [""], [""]]);
  });

  test("expressions are computed as in their cells, and nothing changes", async () => {
    const host = await workbook({
      [SHEET]: [
        [2, "甲"],
        [3, "乙"],
      ],
    });
    opened!.api.getActiveWorkbook()!.insertDefinedName("单价", `${SHEET}!$A$2`);
    const texts = [
      "A1*10000",
      "DATE(2026,6,10)",
      "单价",
      'XLOOKUP("乙",B1:B2,A1:A2)',
      "A1:A2*10",
      "1/0",
      "TIMES(A1)",
      "没有",
    ];
    const values = await host.evaluate(texts.map((text) => ({ place: at("D1"), text })));
    expect(values).toEqual([[[20000]], [[46183]], [[3]], [[3]], [[20], [30]], [["#DIV/0!"]], [[6]], [["#NAME?"]]]);
    expect(await host.usedRange(SHEET)).toEqual(at("A1:B2"));
    expect(await host.evaluate([])).toEqual([]);
    const together = ["A1", "A2"].map((text) => host.evaluate([{ place: at("D1"), text: `${text}*1` }]));
    expect(await Promise.all(together)).toEqual([[[[2]]], [[[3]]]]);
  });
});

describe("what values do not show", () => {
  test("merged cells and hidden columns", async () => {
    const host = await workbook({ [SHEET]: [["企业", "", "金额"]] });
    const sheet = opened!.api.getActiveWorkbook()!.getSheetByName(SHEET)!;
    sheet.getRange("A1:B1").merge();
    sheet.hideColumns(2, 1);
    expect(await host.shape(at("B1:D3"))).toMatchObject({ merged: ["A1:B1"], hidden: [2], isProtected: false });
    expect(await host.shape(at("C1:C3"))).toMatchObject({ merged: [], hidden: [2] });
  });

  test("a bold header with its width is one undo step with its cells", async () => {
    const host = await workbook({ [SHEET]: [[1]] });
    await host.write([{ place: at("B1"), cells: [["补贴"]], width: 16, bold: true }]);
    const sheet = opened!.api.getActiveWorkbook()!.getSheetByName(SHEET)!;
    expect(sheet.getColumnWidth(1)).toBe(117);
    expect(sheet.getRange("B1").getCellStyleData()?.bl).toBe(1);
    await opened!.api.undo();
    expect((await host.read(at("B1"))).values).toEqual([[""]]);
    expect(sheet.getColumnWidth(1)).not.toBe(117);
  });

  test("notes are defined names, quotes and all", async () => {
    const host = await workbook({ [SHEET]: [[1]] });
    await host.note("HEADER_1", '合同"价款"=amount');
    await host.note("HEADER_1", '合同"价款"=firm');
    expect([...(await host.notes())]).toEqual([["HEADER_1", '合同"价款"=firm']]);
    await host.note("HEADER_1", "");
    await host.note("HEADER_2", "");
    expect((await host.notes()).size).toBe(0);
    expect(await host.pick()).toEqual({});
  });
});

describe("the pick", () => {
  test("is stored as defined names and read back; the page follows its language", async () => {
    const host = await workbook({ [SHEET]: [[1]] });
    expect(await host.pick()).toEqual({});
    await host.setPick({ jurisdiction: "hangzhou", year: 2026 });
    await host.setPick({ jurisdiction: "binjiang", language: "en" });
    expect(await host.pick()).toEqual({ jurisdiction: "binjiang", year: 2026, language: "en" });
    expect(host.language).toBe("en");
  });

  test("recalculation reaches our functions and what depends on them, and counts our changed cells", async () => {
    const host = await workbook({ [SHEET]: [[1, "=TIMES(A1:A3)", "=SUM(B1:B3)"], [2], [0]] });
    expect(await host.recalculate()).toBe(0);
    state.factor = 10;
    expect(await host.recalculate()).toBe(2);
    expect((await host.read(at("B1:C3"))).values).toEqual([
      [10, 30],
      [20, ""],
      [0, ""],
    ]);
  });

  test("a list that grows counts its new cells", async () => {
    const host = await workbook({ [SHEET]: [["=BUTIE.LIST()"]] });
    state.rows = 5;
    expect(await host.recalculate()).toBe(4);
  });
});

test("cells that change are told of, whoever changed them: written, computed, rows inserted, undone; what is read is not", async () => {
  const host = await workbook({ [SHEET]: [[1, "=TIMES(A1)"]] });
  let told = 0;
  const leave = host.onCellsChanged(() => told++);
  const toldBy = async (change: () => unknown) => {
    const before = told;
    await change();
    return told > before;
  };
  const sheet = () => opened!.api.getActiveWorkbook()!.getSheetByName(SHEET)!;
  expect(await toldBy(() => host.write([{ place: at("A1"), cells: [[2]] }]))).toBe(true);
  expect(await toldBy(() => sheet().insertRowBefore(0))).toBe(true);
  expect(await toldBy(() => opened!.api.undo())).toBe(true);
  expect(await toldBy(() => host.recalculate())).toBe(true);
  expect(await toldBy(() => host.read(at("A1:B9")))).toBe(false);
  leave();
  expect(await toldBy(() => host.write([{ place: at("A1"), cells: [[3]] }]))).toBe(false);
});
