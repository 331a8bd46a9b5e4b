/** The workbook in WPS, against a stand-in written from its published types: no real WPS has run it. */
import fc from "fast-check";
import { wpsWorkbook } from "../../src/host/wps";
import { localName, spelling } from "../../src/host/wps-spelling";
import { FUNCTION_NAMES } from "../../src/functions/declared";
import type { CellValue } from "../../src/host/workbook";
import { freeze, mapsOf, thaw } from "../../src/taskpane/freezing/freeze";
import { FakeWps } from "./wps";

Object.assign(globalThis, {
  navigator: { language: "zh-CN" },
  matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
});

type Rows = readonly (readonly CellValue[])[];

function opened(sheets: Readonly<Record<string, Rows>>, spills = true) {
  const wps = new FakeWps({}, spills);
  wps.functions.set("BUTIE.SUANLI_QUAN", (amounts) =>
    [amounts].flat(2).map((amount) => [typeof amount === "number" ? amount * 0.6 : "#VALUE!"]),
  );
  wps.functions.set("BUTIE.LIST", () => [["甲", 1], ["乙", 2]]); // prettier-ignore
  for (const sheet of new FakeWps(sheets, spills).sheets) {
    Object.assign(sheet, { wps });
    wps.sheets.push(sheet);
    for (const key of sheet.cells.keys()) sheet.compute(key);
  }
  wps.active = wps.sheets[0]!;
  wps.select(wps.active, "A1");
  return { wps, host: wpsWorkbook(wps.application(), FUNCTION_NAMES) };
}

describe("how formulas are spelled", () => {
  const { inWps, plain } = spelling(FUNCTION_NAMES);

  test.each([
    ["=SUANLI_QUAN(A2,B2)", "=BUTIE.SUANLI_QUAN(A2,B2)"],
    ['=BUTIE("bj-6-suanli",A1:C1,A2:C9,2026)', '=BUTIE.BUTIE("bj-6-suanli",A1:C1,A2:C9,2026)'],
    ["=BUTIE.EXPLAIN(A1)", "=BUTIE.EXPLAIN(A1)"],
    ["=SUM(BUTIE.BEST(A1),BUTIE(B1))", "=SUM(BUTIE.BEST(A1),BUTIE.BUTIE(B1))"],
    ["=IF(A1=\"BUTIE(\",'BUTIE(x)'!A1,0)", "=IF(A1=\"BUTIE(\",'BUTIE(x)'!A1,0)"],
    ["=MY_BUTIE(A1)+X.BUTIE(A1)", "=MY_BUTIE(A1)+X.BUTIE(A1)"],
  ])("%s", (formula, spelled) => {
    expect(inWps(formula)).toBe(spelled);
    expect(plain(spelled)).toBe(formula);
  });

  test("no two functions get one name there", () => {
    expect(new Set(FUNCTION_NAMES.map(localName)).size).toBe(FUNCTION_NAMES.length);
  });

  test("every call comes back as it was", () => {
    const call = fc.tuple(fc.constantFrom(...FUNCTION_NAMES), fc.constantFrom("A1", '"BUTIE(1)"', "'a(b'!C3"));
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 4 }), (calls) => {
        const formula = `=${calls.map(([name, argument]) => `${name}(${argument})`).join("+")}`;
        expect(plain(inWps(formula))).toBe(formula);
      }),
    );
  });
});

describe("reading", () => {
  const SHEETS = {
    合同: [
      ["企业", "金额", "补贴"],
      ["甲", 100, "=BUTIE.SUANLI_QUAN(B2:B3)"],
      ["乙", "一百", ""],
      ["=1+1", true, ""],
    ],
    空: [],
  };

  test("values, formulas and texts; blanks, errors and what a formula spills", async () => {
    const { host } = opened({ 合同: SHEETS.合同.map((row) => row.map((cell) => (cell === "=1+1" ? "'=1+1" : cell))) });
    const cells = await host.read({ sheet: "合同", address: "A2:C5" });
    expect(cells.values).toEqual([
      ["甲", 100, 60],
      ["乙", "一百", "#VALUE!"],
      ["=1+1", true, ""],
      ["", "", ""],
    ]);
    // A text that begins with "=" is no formula, and a formula stands in its own cell alone.
    expect(cells.formulas.flat().filter(Boolean)).toEqual(["=SUANLI_QUAN(B2:B3)"]);
    expect(cells.texts[1]).toEqual(["乙", "一百", "#VALUE!"]);
    expect((await host.read({ sheet: "合同", address: "A1:C9" }, 1)).address).toBe("A1:C1");
    expect((await host.read({ sheet: "合同", address: "B2" })).values).toEqual([[100]]);
  });

  test("our formulas, with the cells that they fill, seen from any of these", async () => {
    const { host } = opened(SHEETS);
    const cell = { sheet: "合同", address: "C2", formula: "=SUANLI_QUAN(B2:B3)", value: 60, spill: "C2:C3" };
    expect(await host.formulas()).toEqual([cell]);
    expect(await host.formulaAt({ sheet: "合同", address: "C3" })).toEqual(cell);
    expect(await host.formulaAt({ sheet: "合同", address: "B2" })).toBeNull();
  });

  test("an older version, in which nothing spills", async () => {
    const { host } = opened(SHEETS, false);
    expect(await host.formulas()).toEqual([
      { sheet: "合同", address: "C2", formula: "=SUANLI_QUAN(B2:B3)", value: 60 },
    ]);
    await host.write([{ place: { sheet: "合同", address: "D2" }, cells: [["=SUANLI_QUAN(B2)"]] }]);
    expect((await host.read({ sheet: "合同", address: "D2" })).values).toEqual([[60]]);
  });

  test("the used range counts content alone, not looks", async () => {
    const { wps, host } = opened({ 表: [[], ["", 1], ["", "", 2]], 空: [] });
    wps.sheets[0]!.Range("H20").NumberFormat = "0.00";
    expect(await host.usedRange("表")).toEqual({ sheet: "表", address: "B2:C3" });
    expect(await host.usedRange("空")).toBeNull();
    await expect(host.usedRange("没有")).rejects.toMatchObject({ reason: "no-sheet" });
  });

  test("merged and hidden cells, protection, filters", async () => {
    const { wps, host } = opened({ 表: [["a", "b", "c"], [1, 2, 3], [4, 5, 6]] }); // prettier-ignore
    const [sheet] = wps.sheets;
    const plain = { merged: [], hidden: [], isProtected: false, isSheetHidden: false, hasHiddenRows: false };
    expect(await host.shape({ sheet: "表", address: "A1:C3" })).toEqual(plain);
    sheet!.merged = ["A2:A3"];
    sheet!.hiddenColumns.add(1);
    sheet!.hiddenRows = null;
    Object.assign(sheet!, { ProtectContents: true, Visible: 0 });
    expect(await host.shape({ sheet: "表", address: "A1:C3" })).toEqual({
      merged: ["A2:A3"],
      hidden: [1],
      isProtected: true,
      isSheetHidden: true,
      hasHiddenRows: true,
    });
    expect(await host.sheets()).toEqual([]);
    await expect(host.jump({ sheet: "表", address: "A1" })).rejects.toMatchObject({ reason: "no-sheet" });
  });

  test("cells that changed by hand or by calculation are told of, until one leaves", () => {
    const { wps, host } = opened(SHEETS);
    let told = 0;
    const stop = host.onCellsChanged(() => told++);
    const events = [wps.listeners.SheetChange, wps.listeners.SheetCalculate];
    for (const listeners of events) for (const listener of listeners) listener();
    expect(told).toBe(2);
    stop();
    expect(events.map(({ size }) => size)).toEqual([0, 0]);
  });

  test("the selection, cut to what is used; none for pictures and several areas", async () => {
    const { wps, host } = opened(SHEETS);
    const seen: unknown[] = [];
    const stop = host.onSelection((place) => seen.push(place));
    await host.jump({ sheet: "合同", address: "B2:B900" });
    expect(await host.selection()).toEqual({ sheet: "合同", address: "B2:B4" });
    stop();
    for (const nothing of ["picture", "several"] as const) {
      wps.selected = nothing;
      expect(await host.selection()).toBeNull();
    }
    expect(seen).toEqual([{ sheet: "合同", address: "B2:B4" }]);
  });

  test("expressions: ranges and constants; what gives an error is left to others", async () => {
    const { host } = opened(SHEETS);
    const place = { sheet: "合同", address: "D2" };
    const texts = ["B2:B3", "B2", "5", "B2*10000"];
    expect(await host.evaluate(texts.map((text) => ({ place, text })))).toEqual([
      [[100], ["一百"]],
      [[100]],
      [[5]],
      null,
    ]);
  });
});

describe("writing", () => {
  test("texts stay the texts that they are, whatever they look like", async () => {
    const { host } = opened({ 表: [] });
    const texts = fc.string().filter((text) => !/^[=']/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(texts, fc.double({ noNaN: true }), fc.boolean()), { minLength: 1 }),
        async (row) => {
          const address = row.length === 1 ? "A1" : `A1:A${row.length}`;
          await host.write([{ place: { sheet: "表", address }, cells: row.map((cell) => [cell]) }]);
          const { values } = await host.read({ sheet: "表", address });
          expect(values.flat()).toEqual(row);
        },
      ),
    );
    for (const text of ["1/2", "007", "'=A1"]) {
      await host.write([{ place: { sheet: "表", address: "A1" }, cells: [[text]] }]);
      expect((await host.read({ sheet: "表", address: "A1" })).values).toEqual([[text.replace(/^'/, "")]]);
    }
  });

  test("formulas among values, formats, widths, bold", async () => {
    const { wps, host } = opened({ 表: [[1, 2]] });
    await host.write([
      { place: { sheet: "表", address: "A2:B2" }, cells: [["合计", "=SUANLI_QUAN(A1)"]], bold: true, width: 20 },
      { place: { sheet: "表", address: "B2" }, format: "#,##0.00" },
    ]);
    const [sheet] = wps.sheets;
    expect(sheet!.cells.get("1,1")).toMatchObject({
      entered: "=BUTIE.SUANLI_QUAN(A1)",
      value: 0.6,
      format: "#,##0.00",
      bold: true,
    });
    expect([...sheet!.widths]).toEqual([[0, 20], [1, 20]]); // prettier-ignore
    expect((await host.read({ sheet: "表", address: "B2" })).texts).toEqual([["0.60"]]);
  });

  test("nothing is written where a part of it cannot be", async () => {
    const { wps, host } = opened({ 表: [[1]], 锁: [[1]] });
    wps.sheets[1]!.ProtectContents = true;
    const first = { place: { sheet: "表", address: "A1" }, cells: [[2]] };
    await expect(host.write([first, { place: { sheet: "锁", address: "A1" }, cells: [[2]] }])).rejects.toMatchObject({
      reason: "protected",
    });
    await expect(host.write([first, { place: { sheet: "表", address: "A1:A2" }, cells: [[2]] }])).rejects.toMatchObject(
      {
        reason: "bad-address",
      },
    );
    expect((await host.read({ sheet: "表", address: "A1" })).values).toEqual([[1]]);
  });

  test("a new sheet stands last and is shown", async () => {
    const { wps, host } = opened({ 结果: [[1]] });
    const name = await host.addSheet(
      { name: "结果", cells: [["甲", "乙"], [1, 2]], headerRows: 1, bold: ["B2"], printed: true, widths: [30], formats: [{ address: "A2:B2", format: "0" }] }, // prettier-ignore
      [{ place: { sheet: "结果", address: "A1" }, cells: [[9]] }],
    );
    expect([name, wps.active.Name, await host.sheets()]).toEqual(["结果 (2)", "结果 (2)", ["结果", "结果 (2)"]]);
    expect((await host.read({ sheet: name, address: "A1:B2" })).values).toEqual([["甲", "乙"], [1, 2]]); // prettier-ignore
    expect([wps.active.cells.get("0,1")?.bold, wps.active.cells.get("1,0")?.format]).toEqual([true, "0"]);
    expect([wps.active.cells.get("1,0")?.bold, wps.active.cells.get("1,1")?.bold]).toEqual([undefined, true]);
    // A4, across, one page wide.
    expect(wps.active.PageSetup).toMatchObject({ PaperSize: 9, Orientation: 2, Zoom: false, FitToPagesWide: 1 });
    expect((await host.read({ sheet: "结果", address: "A1" })).values).toEqual([[9]]);
  });

  test("a workbook that is handed over is written byte by byte and opened", async () => {
    const { wps, host } = opened({ 表: [] });
    expect(await host.handOver("台账 测算.xlsx", new Uint8Array([80, 75, 0, 255]))).toBe("opened");
    expect(wps.opened).toEqual(["C:\\Temp/台账 测算.xlsx"]);
    expect([...wps.written.values()]).toEqual(["PK\u0000ÿ"]);
  });
});

test("pick and notes are names of the workbook", async () => {
  const { wps, host } = opened({ 表: [] });
  await host.setPick({ jurisdiction: "hangzhou", year: 2026 });
  await host.setPick({ year: 2027 });
  expect(await host.pick()).toEqual({ jurisdiction: "hangzhou", year: 2027 });
  await host.note("TABLE_1", '说"明"');
  expect(await host.notes()).toEqual(new Map([["TABLE_1", '说"明"']]));
  await host.note("TABLE_1", "");
  expect(wps.names.map(({ name }) => name)).toEqual(["BUTIE_JURISDICTION", "BUTIE_YEAR"]);
});

test("recalculation counts the cells that changed", async () => {
  const { wps, host } = opened({ 表: [[100, "=BUTIE.SUANLI_QUAN(A1:A2)"], [50]] });
  wps.functions.set("BUTIE.SUANLI_QUAN", () => [[60], [31]]);
  expect(await host.recalculate()).toBe(1);
});

test("formulas are frozen and thawed; the map has them as Excel would read them", async () => {
  const { wps, host } = opened({ 表: [["金额", "补贴"], [100, "=BUTIE.SUANLI_QUAN(A2:A3)"], [50]] }); // prettier-ignore
  const before = await host.formulas();
  const pick = { jurisdiction: "binjiang", year: 2026, language: "zh" } as const;
  const { sheet } = await freeze(host, new Set(), "2026-11-27 10:00:00", {
    signal: new AbortController().signal,
    pick,
  });
  expect(await host.formulas()).toEqual([]);
  expect((await host.read({ sheet: "表", address: "B2:B3" })).values).toEqual([[60], [30]]);
  expect((await host.read({ sheet: sheet!, address: "D6" })).values).toEqual([["=SUANLI_QUAN(A2:A3)"]]);
  const [map] = await mapsOf(host);
  await thaw(host, map!, new Set(), false, "2026-11-27 10:01:00");
  expect(await host.formulas()).toEqual(before);
  expect(wps.sheets[0]!.cells.get("1,1")!.entered).toBe("=BUTIE.SUANLI_QUAN(A2:A3)");
});

test("what WPS itself refuses comes back in words", async () => {
  const { wps, host } = opened({ 表: [[1]] });
  wps.sheets[0]!.enter = () => {
    throw new Error("未知错误");
  };
  await expect(host.write([{ place: { sheet: "表", address: "A1" }, cells: [[2]] }])).rejects.toMatchObject({
    reason: "host",
    message: expect.stringContaining("未知错误") as string,
  });
});

test("two freezes in a row in WPS, the first map hidden: each map brings back its own", async () => {
  const award = "=BUTIE.SUANLI_QUAN(A1)";
  const { wps, host } = opened({ 甲: [[100, award]], 乙: [[50, award]] });
  const before = await host.formulas();
  const reading = () => ({
    signal: new AbortController().signal,
    pick: { jurisdiction: "binjiang", year: 2026, language: "zh" } as const,
  });
  const { sheet } = await freeze(host, new Set(["乙"]), "2026-11-27", reading());
  wps.sheets.find(({ Name }) => Name === sheet)!.Visible = 0;
  await freeze(host, new Set(), "2026-11-27", reading());
  expect(await host.formulas()).toEqual([]);
  for (const map of await mapsOf(host))
    expect(await thaw(host, map, new Set(), false, "2026-11-28")).toMatchObject({ count: 1, changed: [], left: [] });
  expect(await host.formulas()).toEqual(before);
});
