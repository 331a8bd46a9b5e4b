import { openExcel } from "../../src/host/excel";
import { WorkbookError, type CellValue, type Workbook } from "../../src/host/workbook";
import { FakeOffice, type OfficeOptions } from "./office";

const FUNCTIONS = ["SUANLI_QUAN", "BUTIE", "BUTIE.EXPLAIN"];
const UNDO = "ExcelApi 1.20";

async function excel(options: OfficeOptions = {}): Promise<{ office: FakeOffice; workbook: Workbook }> {
  const office = new FakeOffice(options);
  office.install();
  const workbook = await openExcel(FUNCTIONS);
  return { office, workbook: workbook! };
}

/** Three awards that spill downwards. */
const threeAwards = (formula: string): CellValue[][] =>
  formula.startsWith("=SUANLI_QUAN") ? [[100], [200], [300]] : [[600]];

describe("where there is no Excel", () => {
  test.each([null, "Word"])("Office.js says the host is %s", async (host) => {
    new FakeOffice({ host }).install();
    expect(await openExcel(FUNCTIONS)).toBeNull();
  });

  test("Office.js was not loaded", async () => {
    Object.assign(globalThis, { Office: undefined });
    expect(await openExcel(FUNCTIONS)).toBeNull();
  });
});

describe("selection", () => {
  test("is cut to the used range: a whole column means the rows in use", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1", [["金额"], [1], [2]]);
    office.selected = { sheet: "Sheet1", address: "A:A" };
    expect(await workbook.selection()).toEqual({ sheet: "Sheet1", address: "A1:A3" });
  });

  test("beside everything in use is its first cell", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1", [["金额"]]);
    office.selected = { sheet: "Sheet1", address: "H2:H9" };
    expect(await workbook.selection()).toEqual({ sheet: "Sheet1", address: "H2" });
  });

  test("on an empty sheet", async () => {
    const { office, workbook } = await excel();
    office.addSheet("我的 表");
    office.selected = { sheet: "我的 表", address: "C3" };
    expect(await workbook.selection()).toEqual({ sheet: "我的 表", address: "C3" });
  });

  test("of several areas, or while a cell is edited, is none", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1");
    office.selected = "several";
    expect(await workbook.selection()).toBeNull();
    office.selected = { sheet: "Sheet1", address: "A1" };
    office.editing = true;
    expect(await workbook.selection()).toBeNull();
  });

  test("tells its subscribers until they leave", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1", [[1, 2]]);
    const seen: unknown[] = [];
    const leave = workbook.onSelection((place) => seen.push(place));
    office.select("Sheet1", "B1");
    await new Promise((resolve) => setTimeout(resolve, 10));
    leave();
    office.select("Sheet1", "A1");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen).toEqual([{ sheet: "Sheet1", address: "B1" }]);
  });

  test("cells that changed by hand, by calculation or with their sheet are told of, until one leaves", async () => {
    const { office, workbook } = await excel();
    const soon = () => new Promise((resolve) => setTimeout(resolve, 10));
    let told = 0;
    const leave = workbook.onCellsChanged(() => told++);
    await soon();
    const events = Object.values(office.sheetHandlers);
    for (const handlers of events) for (const handler of handlers) await handler();
    expect(told).toBe(3);
    leave();
    await soon();
    expect(events.map(({ size }) => size)).toEqual([0, 0, 0]);
  });

  test("an Excel that refuses the events tells of nothing", async () => {
    const { office, workbook } = await excel();
    office.editing = true;
    const leave = workbook.onCellsChanged(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(office.sheetHandlers.onChanged.size).toBe(0);
    expect(leave).not.toThrow();
  });

  test("jump shows the sheet and selects the cells; a hidden sheet cannot be shown", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1");
    office.addSheet("底稿").visibility = "Hidden";
    office.addSheet("结果");
    await workbook.jump({ sheet: "结果", address: "B2:B3" });
    expect(office.active).toBe("结果");
    expect(office.selected).toEqual({ sheet: "结果", address: "B2:B3" });
    await expect(workbook.jump({ sheet: "底稿", address: "A1" })).rejects.toMatchObject({ reason: "no-sheet" });
  });
});

describe("reading", () => {
  test("values, formulas and texts of a range", async () => {
    const { office, workbook } = await excel({ calculate: () => [[7]] });
    office.addSheet("Sheet1", [
      ["金额", 12.5],
      [true, "=BUTIE(A1)"],
    ]);
    expect(await workbook.read({ sheet: "Sheet1", address: "A1:B2" })).toEqual({
      sheet: "Sheet1",
      address: "A1:B2",
      values: [
        ["金额", 12.5],
        [true, 7],
      ],
      formulas: [
        ["", ""],
        ["", "=BUTIE(A1)"],
      ],
      texts: [
        ["金额", "12.5"],
        ["true", "7"],
      ],
    });
  });

  test("the first rows only", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1", [[1], [2], [3]]);
    const { address, values } = await workbook.read({ sheet: "Sheet1", address: "A1:A3" }, 2);
    expect({ address, values }).toEqual({ address: "A1:A2", values: [[1], [2]] });
  });

  test("more cells than one response may carry come in several requests", async () => {
    const rows = Array.from({ length: 11_000 }, (_, row) => [row, row * 2]);
    const { office, workbook } = await excel({ cellsPerResponse: 60_000 });
    office.addSheet("Sheet1", rows);
    const { values } = await workbook.read({ sheet: "Sheet1", address: "A1:B11000" });
    expect(values).toEqual(rows);
  });

  test("sheets that are visible, and the used range", async () => {
    const { office, workbook } = await excel();
    office.addSheet("一", [[""], ["", 5]]);
    office.addSheet("二").visibility = "Hidden";
    office.addSheet("三");
    expect(await workbook.sheets()).toEqual(["一", "三"]);
    expect(await workbook.usedRange("一")).toEqual({ sheet: "一", address: "B2" });
    expect(await workbook.usedRange("三")).toBeNull();
  });
});

describe.each([true, false])("formula cells (spilled cells repeat the formula: %s)", (repeatsSpilledFormulas) => {
  const options = { repeatsSpilledFormulas, calculate: threeAwards };

  test("are those that call our functions, with what they spill", async () => {
    const { office, workbook } = await excel(options);
    office.addSheet("Sheet1", [["=SUM(1,2)", "=SUANLI_QUAN(E1:E3,F1:F3)", "=BUTIE.EXPLAIN(1)"]]);
    office.addSheet("底稿", [["", "=butie(A1)"]]).visibility = "Hidden";
    expect(await workbook.formulas()).toEqual([
      { sheet: "Sheet1", address: "B1", formula: "=SUANLI_QUAN(E1:E3,F1:F3)", value: 100, spill: "B1:B3" },
      { sheet: "Sheet1", address: "C1", formula: "=BUTIE.EXPLAIN(1)", value: 600 },
      { sheet: "底稿", address: "B1", formula: "=butie(A1)", value: 600 },
    ]);
  });

  test("one below another with the same words, none of them spilled", async () => {
    const { office, workbook } = await excel({ ...options, calculate: () => [[5]] });
    office.addSheet("Sheet1", [["=BUTIE($A$1)"], ["=BUTIE($A$1)"], ["=BUTIE($A$1)"]]);
    expect((await workbook.formulas()).map(({ address }) => address)).toEqual(["A1", "A2", "A3"]);
  });

  test("an error is told from a text of the same letters", async () => {
    const { office, workbook } = await excel({ ...options, calculate: () => [["#N/A"]] });
    office.addSheet("Sheet1", [["=BUTIE(1)"]]);
    expect(await workbook.formulas()).toMatchObject([{ value: "#N/A", error: "#N/A" }]);
  });

  test("a spilled cell leads to the formula behind it; a constant to none", async () => {
    const { office, workbook } = await excel(options);
    office.addSheet("Sheet1", [["=SUANLI_QUAN(E1:E3,F1:F3)", 9]]);
    const behind = { sheet: "Sheet1", address: "A1", formula: "=SUANLI_QUAN(E1:E3,F1:F3)", value: 100, spill: "A1:A3" };
    expect(await workbook.formulaAt({ sheet: "Sheet1", address: "A3" })).toEqual(behind);
    expect(await workbook.formulaAt({ sheet: "Sheet1", address: "A1" })).toEqual(behind);
    expect(await workbook.formulaAt({ sheet: "Sheet1", address: "B1" })).toBeNull();
    expect(await workbook.errorMessage({ sheet: "Sheet1", address: "A1" })).toBeUndefined();
  });
});

describe("writing", () => {
  test("texts stay texts, formulas are formulas, and it is one undo step", async () => {
    const { office, workbook } = await excel({ supported: [UNDO], calculate: () => [[3]] });
    const sheet = office.addSheet("Sheet1");
    office.addSheet("二");
    await workbook.write([
      {
        place: { sheet: "Sheet1", address: "A1:B2" },
        cells: [
          ["007", "=BUTIE(1)"],
          [true, "'=不是公式"],
        ],
      },
      { place: { sheet: "Sheet1", address: "B1" }, format: "#,##0.00" },
      { place: { sheet: "二", address: "A1" }, cells: [[1]] },
    ]);
    expect([...sheet.cells.values()].map(({ value }) => value)).toEqual(["007", 3, true, "=不是公式"]);
    expect(sheet.cells.get("0,1")?.format).toBe("#,##0.00");
    expect(office.undoSteps).toHaveLength(1);
    expect(workbook.capabilities).toMatchObject({ undo: true, charts: true, images: true });
  });

  test("an older Excel undoes a small write in one step, but promises nothing for a large one", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1", [[1]]);
    await workbook.write([{ place: { sheet: "Sheet1", address: "A1" }, cells: [[""]] }]);
    expect(office.sheet("Sheet1")!.cells.size).toBe(0);
    expect(office.undoSteps).toHaveLength(1);
    expect(workbook.capabilities.undo).toBe(false);
  });

  test("a table of another size than its place is refused before anything is written", async () => {
    const { office, workbook } = await excel();
    const sheet = office.addSheet("Sheet1");
    const good = { place: { sheet: "Sheet1", address: "B1" }, cells: [[1]] };
    const bad = { place: { sheet: "Sheet1", address: "A1:A2" }, cells: [[1]] };
    await expect(workbook.write([good, bad])).rejects.toMatchObject({ reason: "bad-address" });
    expect(sheet.cells.size).toBe(0);
  });

  test("a new sheet gets a free name, its cells, formats, widths and chart", async () => {
    const { office, workbook } = await excel();
    office.addSheet("结果");
    const name = await workbook.addSheet({
      name: "结/果",
      cells: [
        ["情景", "合计"],
        ["基准", 10],
      ],
      formats: [{ address: "B2", format: "#,##0.00" }],
      widths: [20, 14],
      headerRows: 1,
      bold: ["A2"],
      printed: true,
      charts: [{ kind: "column", title: "各情景合计", address: "A1:B2", corner: "D2" }],
    });
    const sheet = office.sheet("结果 (2)")!;
    expect(name).toBe("结果 (2)");
    expect(office.active).toBe(name);
    expect(sheet.cells.get("1,1")).toEqual({ entered: 10, value: 10, format: "#,##0.00" });
    expect(sheet.widths.get(0)).toBeCloseTo(108.75);
    expect(sheet.bold).toEqual(["1:1", "A2"]);
    expect(sheet.layout).toEqual({ paperSize: "A4", orientation: "Landscape", zoom: { horizontalFitToPages: 1 } });
    expect(sheet.charts).toEqual([{ type: "ColumnClustered", address: "A1:B2", title: "各情景合计", corner: "D2" }]);
  });

  test("a bridge is columns upon each other, of which the first are not seen", async () => {
    const { office, workbook } = await excel();
    const row = ["", 0, 1, 2, 3];
    const chart = { kind: "bridge", title: "由现行到改后", address: "A1:E2", corner: "G1" } as const;
    const name = await workbook.addSheet({ name: "得失", cells: [row, row], charts: [chart] });
    const [drawn] = office.sheet(name)!.charts;
    expect(drawn).toMatchObject({ type: "ColumnStacked", address: "A1:E2", title: "由现行到改后" });
    const [base, ...others] = drawn!.series!;
    expect(base).toEqual({ fill: "none" });
    expect(others).toHaveLength(3);
    for (const { fill, label } of others)
      expect([fill, label]).toEqual([expect.stringMatching(/^#\w{6}$/), expect.any(String)]);
    expect(new Set(others.map(({ fill }) => fill)).size).toBe(3);
  });

  test("a new sheet and the cells that go with it are one undo step", async () => {
    const { office, workbook } = await excel({ supported: ["ExcelApi 1.20"] });
    const sheet = office.addSheet("合同", [["=SUM(1,2)"]]);
    const before = office.undoSteps.length;
    await workbook.addSheet({ name: "对照", cells: [["'=SUM(1,2)"]] }, [
      { place: { sheet: "合同", address: "A1" }, cells: [[3]] },
    ]);
    expect(sheet.cells.get("0,0")!.value).toBe(3);
    expect(office.sheet("对照")!.cells.get("0,0")!.value).toBe("=SUM(1,2)");
    expect(office.undoSteps.length).toBe(before + 1);
  });

  test("another workbook is opened beside this one", async () => {
    const { office, workbook } = await excel();
    expect(await workbook.handOver("测算.xlsx", new Uint8Array([80, 75, 255]))).toBe("opened");
    expect(office.createdWorkbooks).toEqual(["UEv/"]);
  });

  test("hidden sheets and hidden rows are known", async () => {
    const { office, workbook } = await excel();
    const sheet = office.addSheet("合同", [["企业"]]);
    expect(await workbook.shape({ sheet: "合同", address: "A1" })).toMatchObject({
      isSheetHidden: false,
      hasHiddenRows: false,
    });
    Object.assign(sheet, { visibility: "Hidden", hiddenRows: true });
    expect(await workbook.shape({ sheet: "合同", address: "A1" })).toMatchObject({
      isSheetHidden: true,
      hasHiddenRows: true,
    });
  });

  test("a picture lies at its cell", async () => {
    const { office, workbook } = await excel();
    const sheet = office.addSheet("Sheet1");
    await workbook.addImage({ sheet: "Sheet1", address: "C4" }, "iVBOR");
    expect(sheet.images).toEqual([{ png: "iVBOR", left: 96, top: 45 }]);
  });
});

describe("what values do not show", () => {
  test("merged cells and hidden columns; an Excel without ExcelApi 1.13 names no merged cells", async () => {
    for (const supported of [["ExcelApi 1.13"], []]) {
      const { office, workbook } = await excel({ supported });
      const sheet = office.addSheet("合同", [["企业", "", "金额"]]);
      sheet.hidden.add(2);
      sheet.merged.push("A1:B1");
      expect(await workbook.shape({ sheet: "合同", address: "B1:D3" })).toMatchObject({
        merged: supported.length ? ["A1:B1"] : [],
        hidden: [2],
        isProtected: false,
      });
    }
  });

  test("HSTACK may be written from ExcelApi 1.16 on", async () => {
    expect((await excel({ supported: ["ExcelApi 1.16"] })).workbook.capabilities.hstack).toBe(true);
    expect((await excel()).workbook.capabilities.hstack).toBe(false);
  });

  test("a header becomes bold and its column as wide as it needs", async () => {
    const { office, workbook } = await excel();
    office.addSheet("合同", [["企业"]]);
    await workbook.write([{ place: { sheet: "合同", address: "B1" }, cells: [["补贴"]], width: 16, bold: true }]);
    expect(office.sheet("合同")!.widths.get(1)).toBeCloseTo(87.75);
    expect(office.sheet("合同")!.bold).toEqual(["B1"]);
  });

  test("notes are defined names, quotes and all; other names are none", async () => {
    const { office, workbook } = await excel();
    office.names.set("BUTIE_YEAR", "=2026");
    await workbook.note("HEADER_1", '合同"价款"=amount');
    await workbook.note("HEADER_1", '合同"价款"=firm');
    expect(office.names.get("BUTIE_NOTE_HEADER_1")).toBe('="合同""价款""=firm"');
    expect([...(await workbook.notes())]).toEqual([["HEADER_1", '合同"价款"=firm']]);
    await workbook.note("HEADER_1", "");
    await workbook.note("HEADER_2", "");
    expect(Object.fromEntries(office.names)).toEqual({ BUTIE_YEAR: "=2026" });
  });
});

describe("the pick", () => {
  test("is stored as defined names and read back; what is not named stays", async () => {
    const { office, workbook } = await excel();
    expect(await workbook.pick()).toEqual({});
    await workbook.setPick({ jurisdiction: "hangzhou", year: 2026 });
    await workbook.setPick({ jurisdiction: "binjiang", language: "en" });
    expect(Object.fromEntries(office.names)).toEqual({
      BUTIE_JURISDICTION: '="binjiang"',
      BUTIE_YEAR: "=2026",
      BUTIE_LANGUAGE: '="en"',
    });
    expect(await workbook.pick()).toEqual({ jurisdiction: "binjiang", year: 2026, language: "en" });
  });

  test("recalculation waits for our functions and counts the cells that changed", async () => {
    let awards = [[1], [2], [3]];
    const { office, workbook } = await excel({ calculate: (formula) => (/QUAN/.test(formula) ? awards : [[0]]) });
    office.addSheet("Sheet1", [["=SUANLI_QUAN(E1:E3,F1:F3)", "=BUTIE(1)", "=SUM(A1#)"]]);
    awards = [[1], [20], [30], [40]];
    expect(await workbook.recalculate()).toBe(3);
  });

  test("recalculation of a workbook without our functions is nothing", async () => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1", [["=SUM(1)"]]);
    expect(await workbook.recalculate()).toBe(0);
  });
});

describe("look", () => {
  test.each([
    ["zh-CN", "zh"],
    ["zh-TW", "zh"],
    ["en-US", "en"],
    ["de-DE", "en"],
  ])("display language %s is shown in %s", async (displayLanguage, language) => {
    expect((await excel({ displayLanguage })).workbook.language).toBe(language);
  });

  test("the theme follows Office", async () => {
    const { office, workbook } = await excel();
    expect(workbook.theme).toBe("light");
    office.theme = { isDarkTheme: true };
    expect(workbook.theme).toBe("dark");
  });
});

describe("refusals are said in both languages", () => {
  const place = { sheet: "Sheet1", address: "A1" };

  test.each<[string, (office: FakeOffice) => void, (workbook: Workbook) => Promise<unknown>]>([
    ["no-sheet", () => undefined, (workbook) => workbook.read({ sheet: "没有", address: "A1" })],
    ["bad-address", () => undefined, (workbook) => workbook.read({ sheet: "Sheet1", address: "第一行" })],
    ["editing", (office) => (office.editing = true), (workbook) => workbook.write([{ place, cells: [[1]] }])],
    [
      "protected",
      (office) => (office.protectedSheet = "Sheet1"),
      (workbook) => workbook.write([{ place, cells: [[1]] }]),
    ],
  ])("%s", async (reason, arrange, act) => {
    const { office, workbook } = await excel();
    office.addSheet("Sheet1");
    arrange(office);
    const error: unknown = await act(workbook).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WorkbookError);
    expect(error).toMatchObject({ reason });
    expect((error as WorkbookError).texts.zh).toMatch(/[\u4e00-\u9fff]/);
    expect((error as WorkbookError).texts.en).toMatch(/[a-z]/);
  });
});

test("the stand-in is strict: a property that was not loaded cannot be read", async () => {
  const { office } = await excel();
  office.addSheet("Sheet1", [[1]]);
  const read = Excel.run({}, async (context) => {
    const range = context.workbook.worksheets.getItem("Sheet1").getRange("A1");
    await context.sync();
    return range.values;
  });
  await expect(read).rejects.toThrow("values was not loaded");
});

describe("the form of a sheet", () => {
  test("protection is known; what is merged is taken apart before it is written", async () => {
    const { office, workbook } = await excel({ supported: ["ExcelApi 1.13", UNDO] });
    const sheet = office.addSheet("Sheet1", [["甲"], [""], [""]]);
    sheet.merged.push("A1:A3");
    const cells = [["甲"], ["甲"], ["甲"]];
    await workbook.write([{ place: { sheet: "Sheet1", address: "A1:A3" }, cells, unmerge: true }]);
    expect(sheet.merged).toEqual([]);
    expect(office.undoSteps).toHaveLength(1);
    office.protectedSheet = "Sheet1";
    expect(await workbook.shape({ sheet: "Sheet1", address: "A1:A3" })).toMatchObject({ isProtected: true });
  });
});

describe("computing expressions", () => {
  const evaluate = (formula: string): CellValue | CellValue[][] => {
    const known: Record<string, CellValue | CellValue[][]> = {
      "=Sheet1!$D$2*10000": 300,
      "=DATE(2026,6,10)": 46183,
      "=Sheet1!$A$1:$A$2*'底 稿'!$B$9": [[1], [2]],
      "=OFFSET(Sheet1!$A$1,0,0,2,1)": "Sheet1!$A$1:$A$2",
      '=IF(Sheet1!$A$1="A1",1,2)': 2,
      "=SUANLI_QUAN(Sheet1!$A$1)": "#VALUE!",
      "=Sheet1!$B$3*2": 14,
    };
    const found = known[formula];
    if (found === undefined) throw new Error(`not accepted: ${formula}`);
    return found;
  };
  const all = async (workbook: Workbook, ...texts: string[]) =>
    workbook.evaluate(texts.map((text) => ({ place: { sheet: "Sheet1", address: "E3" }, text })));

  test("a name for one moment computes each, relative references as from its cell; none is left, nothing is written", async () => {
    const { office, workbook } = await excel({ evaluate, supported: [UNDO] });
    const sheet = office.addSheet("Sheet1", [[1], [2]]);
    const texts = ["d2*10000", "DATE(2026,6,10)", "A1:A2*'底 稿'!B9", "OFFSET(A1,0,0,2,1)", 'IF(A1="A1",1,2)'];
    expect(await all(workbook, ...texts)).toEqual([[[300]], [[46183]], [[1], [2]], [[1], [2]], [[2]]]);
    expect([sheet.names.size, office.named.length, office.undoSteps]).toEqual([0, 5, []]);
  });

  test("one that Excel refuses, and what our own functions would give, is not known; the others are", async () => {
    const { office, workbook } = await excel({ evaluate, supported: [UNDO] });
    const sheet = office.addSheet("Sheet1", [[1], [2]]);
    expect(await all(workbook, "DATE(2026,6,10)", "((", "SUANLI_QUAN(A1)")).toEqual([[[46183]], null, null]);
    expect(sheet.names.size).toBe(0);
  });

  test("names, and the row's own cell of a table, are read where they stand, also by older Excel", async () => {
    const { office, workbook } = await excel({ evaluate });
    office.addSheet("Sheet1", [
      ["企业", "金额"],
      ["甲", 5],
      ["乙", 7],
    ]);
    office.names.set("单价", "Sheet1!B2:B3");
    office.tables.push({ name: "台账", sheet: "Sheet1", address: "A1:B3" });
    expect(await all(workbook, "单价", "[@金额]x", "台账[@金额]", "D2*10000")).toEqual([[[5], [7]], null, [[7]], null]);
    expect(office.named).toEqual([]);
  });

  test("the row's own cell of the table around the cell takes part in a calculation", async () => {
    const { office, workbook } = await excel({ evaluate, supported: [UNDO] });
    office.addSheet("Sheet1", [
      ["企业", "金额", "", "", ""],
      ["甲", 5, "", "", ""],
      ["乙", 7, "", "", 1],
    ]);
    office.tables.push({ name: "台账", sheet: "Sheet1", address: "A1:E3" });
    expect(await all(workbook, "[@金额]", "[@[金额]]*2")).toEqual([[[7]], [[14]]]);
  });
});

test.each([true, false])("whether days count from 1904 is asked of Excel's DATE: %s", async (from1904) => {
  const { workbook } = await excel({ from1904 });
  expect(await workbook.from1904!()).toBe(from1904);
});
