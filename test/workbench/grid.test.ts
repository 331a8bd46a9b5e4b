/** Cells beyond the grid: blank, not errors; the grid follows results that spill, and whoever goes there. */
import { ICommandService, type IRange } from "@univerjs/core";
import { SetSelectionsOperation } from "@univerjs/sheets";
import { growGrid } from "../../src/workbench/grid";
import { headless, type Headless } from "../host/headless";

let engine: Headless;
beforeEach(async () => {
  engine = await headless({ 表: [[1], [2]] });
  growGrid(engine);
});
afterEach(() => engine.univer.dispose());
const at = (address: string) => ({ sheet: "表", address });
const read = async (address: string) => (await engine.workbook.read(at(address))).values.flat();
const sheet = () => engine.api.getActiveWorkbook()!.getSheetByName("表")!;

test("references beyond the grid are blank cells, and those beyond Excel's sheet are errors", async () => {
  const formulas = ["=SUM(A1:A5000)", "=COUNTA(A1:ZZ2)", "=Z5000&1", "=ROWS(SEQUENCE(3000))", "=SUM(A:A)", "=XFE1"];
  await engine.workbook.write([{ place: at("C1:C6"), cells: formulas.map((formula) => [formula]) }]);
  expect(await read("C1:C6")).toEqual([3, 4, "1", 3000, 3, "#NAME?"]);
  expect(sheet().getMaxRows()).toBe(100);
});

test("a result that spills beyond the grid takes it along, and no undo step with it", async () => {
  await engine.workbook.write([{ place: at("D2"), cells: [["=SEQUENCE(300,30)"]] }]);
  expect(await read("AG301")).toEqual([9000]);
  expect(sheet().getMaxRows()).toBe(401);
  expect(sheet().getMaxColumns()).toBe(38);
  await engine.api.undo();
  expect(await read("D2:D3")).toEqual(["", ""]);
});

test("the grid goes along with whoever goes beyond it; whole columns have no end", () => {
  const select = (range: Partial<IRange>) =>
    engine.univer
      .__getInjector()
      .get(ICommandService)
      .syncExecuteCommand(SetSelectionsOperation.id, {
        unitId: engine.api.getActiveWorkbook()!.getId(),
        subUnitId: sheet().getSheetId(),
        selections: [{ range, primary: null, style: null }],
      });
  select({ startRow: NaN, endRow: NaN, startColumn: 1, endColumn: 1 });
  expect([sheet().getMaxRows(), sheet().getMaxColumns()]).toEqual([100, 20]);
  select({ startRow: 4999, endRow: 4999, startColumn: 27, endColumn: 27 });
  expect([sheet().getMaxRows(), sheet().getMaxColumns()]).toEqual([5100, 33]);
});
