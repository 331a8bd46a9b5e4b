/**
 * The grid goes as far as its content and some room, where Excel's goes on. A repair of Univer 0.25.1, for which cells beyond
 * the grid are errors: they are blank, results spill there, and the grid follows whoever goes there.
 */
import { ICommandService, type IRange, type Univer } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import {
  BaseFunction,
  BaseReferenceObject,
  FormulaRuntimeService,
  type ISetArrayFormulaDataMutationParams,
  SetArrayFormulaDataMutation,
} from "@univerjs/engine-formula";
import {
  SetSelectionsOperation,
  SetWorksheetColumnCountMutation,
  SetWorksheetRowCountMutation,
} from "@univerjs/sheets";
import { SHEET_COLUMNS, SHEET_ROWS } from "../host/address";
import { eachCell } from "../host/univer-sheet";

const isBeyond = ({ startRow, startColumn, endRow, endColumn }: IRange) =>
  startRow < 0 || startColumn < 0 || endRow >= SHEET_ROWS || endColumn >= SHEET_COLUMNS;

BaseReferenceObject.prototype.isExceedRange = function (this: BaseReferenceObject) {
  return isBeyond(this.getRangePosition());
};

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const { setSheetRowColumnCount } = BaseFunction.prototype;
BaseFunction.prototype.setSheetRowColumnCount = function (this: BaseFunction) {
  setSheetRowColumnCount.call(this, SHEET_ROWS, SHEET_COLUMNS);
};

/** Private to the engine. */
interface Runtime {
  _checkIfArrayFormulaExceeded(rows: number, columns: number, area: IRange): boolean;
}
(FormulaRuntimeService.prototype as unknown as Runtime)._checkIfArrayFormulaExceeded = (_, __, area) => isBeyond(area);

/** Rows below the last one in use. */
const ROOM = { rows: 100, columns: 5 };

/** Lets the grid grow to where results spill and where the user goes. Call once the first workbook is there. */
export function growGrid({ univer, api }: { readonly univer: Univer; readonly api: FUniver }): void {
  const commands = univer.__getInjector().get(ICommandService);

  function include(sheetId: string, areas: readonly IRange[]): void {
    const sheet = api.getActiveWorkbook()?.getSheetBySheetId(sheetId);
    if (!sheet) return;
    const place = { unitId: sheet.getWorkbook().getUnitId(), subUnitId: sheetId };
    // Whole rows and columns have no end of their own.
    const last = (key: "endRow" | "endColumn") => Math.max(0, ...areas.map((area) => area[key] || 0));
    const [row, column] = [last("endRow"), last("endColumn")];
    if (row >= sheet.getMaxRows() && row < SHEET_ROWS) {
      const rowCount = Math.min(SHEET_ROWS, row + 1 + ROOM.rows);
      commands.syncExecuteCommand(SetWorksheetRowCountMutation.id, { ...place, rowCount });
    }
    if (column >= sheet.getMaxColumns() && column < SHEET_COLUMNS) {
      const columnCount = Math.min(SHEET_COLUMNS, column + 1 + ROOM.columns);
      commands.syncExecuteCommand(SetWorksheetColumnCountMutation.id, { ...place, columnCount });
    }
  }

  commands.beforeCommandExecuted(({ id, params }) => {
    if (id !== SetSelectionsOperation.id) return;
    const { subUnitId, selections } = params as { subUnitId: string; selections: readonly { range: IRange }[] };
    include(
      subUnitId,
      selections.map(({ range }) => range),
    );
  });
  commands.onCommandExecuted(({ id, params }) => {
    if (id !== SetArrayFormulaDataMutation.id) return;
    const { arrayFormulaRange } = params as ISetArrayFormulaDataMutationParams;
    for (const [sheetId, table] of Object.entries(arrayFormulaRange[api.getActiveWorkbook()?.getId() ?? ""] ?? {})) {
      const areas: IRange[] = [];
      eachCell<IRange>(table, (_, __, area) => areas.push(area));
      include(sheetId, areas);
    }
  });
}
