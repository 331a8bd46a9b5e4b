import { LocaleType } from "@univerjs/core";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { openFile } from "../../src/workbench/open";
import { saveFile } from "../../src/workbench/save";
import { headless, state, type Headless } from "../host/headless";

const SHEET = "合同 2026";
let opened: Headless[] = [];

beforeEach(() => Object.assign(state, { factor: 3, rows: 3 }));
afterEach(() => {
  opened.forEach(({ univer }) => univer.dispose());
  opened = [];
});

async function start(sheets: Parameters<typeof headless>[0]): Promise<Headless> {
  const started = await headless(sheets);
  opened.push(started);
  return started;
}

/** Opens a file in an engine of its own, and computes. */
async function reopened(bytes: Uint8Array): Promise<Headless> {
  const started = await start({});
  const data = await openFile(bytes, started.functions);
  started.api.disposeUnit(started.api.getActiveWorkbook()!.getId());
  started.api.createWorkbook({ ...data, locale: LocaleType.ZH_CN });
  started.api.getFormula().executeCalculation();
  await started.api.getFormula().onCalculationResultApplied();
  return started;
}

describe("a saved workbook", () => {
  const rows = [
    ["金额", "国产", "补贴"],
    [12_000_000.5, true, "=TIMES(A2:A4)"],
    [0, false, ""],
    ["不是数", "'007", ""],
  ];

  test("opens again with its values, formulas, spills, formats and pick", async () => {
    const { workbook, ...engine } = await start({ [SHEET]: rows, 目录: [["=BUTIE.LIST()"]] });
    await workbook.write([{ place: { sheet: SHEET, address: "A2:A3" }, format: "#,##0.00" }]);
    await workbook.setPick({ jurisdiction: "binjiang", year: 2026, language: "zh" });
    const before = await workbook.read({ sheet: SHEET, address: "A1:C4" });

    const { workbook: after } = await reopened(await saveFile(engine));
    expect(await after.sheets()).toEqual([SHEET, "目录"]);
    expect(await after.read({ sheet: SHEET, address: "A1:C4" })).toEqual(before);
    expect(await after.pick()).toEqual({ jurisdiction: "binjiang", year: 2026, language: "zh" });
    expect(await after.formulas()).toMatchObject([
      { sheet: SHEET, address: "C2", spill: "C2:C4" },
      { sheet: "目录", address: "A1", spill: "A1:B3" },
    ]);
  });

  test("holds what Excel expects: dynamic arrays, the stored names of our functions, errors as errors", async () => {
    const { workbook, ...engine } = await start({ [SHEET]: rows, 目录: [["=BUTIE.LIST()", "", "", "=BREAKS()"]] });
    await workbook.write([{ place: { sheet: SHEET, address: "A2" }, format: "#,##0.00" }]);
    await workbook.write([{ place: { sheet: SHEET, address: "E2" }, cells: [["=TIMES(A2)"]] }]);
    const { sheets } = await readXlsx(await saveFile(engine), { readStyles: true });
    const [contracts, list] = sheets;
    expect(contracts!.cells!.get("1,2")).toMatchObject({
      formula: "_xldudf_TIMES(A2:A4)",
      formulaType: "array",
      formulaDynamic: true,
      formulaRef: "C2:C4",
      formulaResult: 36_000_001.5,
    });
    expect(contracts!.cells!.get("1,4")).toMatchObject({ formulaDynamic: true, formulaRef: "E2" });
    expect(contracts!.rows[3]!.slice(0, 3)).toEqual(["不是数", "007", "#VALUE!"]);
    expect(contracts!.cells!.get("1,0")?.style?.numFmt).toBe("#,##0.00");
    expect(list!.cells!.get("0,0")?.formula).toBe("_xldudf_BUTIE_LIST()");
    expect(list!.cells!.get("0,3")?.formulaResult).toBeNull();
  });
});

describe("a file from Excel", () => {
  test("with dates, shared formulas, merges, widths and a hidden sheet", async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: SHEET,
          rows: [
            ["日期", "金额"],
            [new Date(Date.UTC(2026, 0, 15)), 5],
            [null, 6],
          ],
          cells: new Map([
            [
              "1,2",
              { formula: "B2*2", formulaType: "shared", formulaSharedIndex: 0, formulaRef: "C2:C3", formulaResult: 10 },
            ],
            ["2,2", { formula: "", formulaType: "shared", formulaSharedIndex: 0, formulaResult: 12 }],
          ]),
          columns: [{ width: 20 }],
          freezePane: { rows: 1 },
          merges: [{ startRow: 4, endRow: 4, startCol: 0, endCol: 1 }],
        },
        { name: "底稿", rows: [[1]], hidden: true },
      ],
    });
    const { workbook, api } = await reopened(bytes);
    const { values } = await workbook.read({ sheet: SHEET, address: "A2:C3" });
    expect(values).toEqual([
      [46037, 5, 10],
      ["", 6, 12],
    ]);
    expect(await workbook.sheets()).toEqual([SHEET]);
    const sheet = api.getActiveWorkbook()!.getSheetByName(SHEET)!;
    expect(sheet.getColumnWidth(0)).toBe(145);
    expect(sheet.getFrozenRows()).toBe(1);
    expect(sheet.getMergedRanges().map((range) => range.getA1Notation())).toEqual(["A5:B5"]);
  });

  test("that is none is refused", async () => {
    await expect(openFile(new TextEncoder().encode("企业,金额\n"), [])).rejects.toThrow();
  });
});
