/** Lets the engine's own pop-up over an error cell show the message of our function instead of words for any #VALUE!. */
import { CellAlertManagerService } from "@univerjs/sheets-ui";
import type { Engine } from "./engine";

/** Our message for a cell, as long as the cell shows the error that the message came with. */
export function messageAt(
  { api, messages }: Engine,
  cell: { sheetId: string; row: number; column: number },
): string | undefined {
  const message = messages.at(cell);
  const sheet = api.getActiveWorkbook()?.getSheetBySheetId(cell.sheetId);
  const shown = sheet?.getRange(cell.row, cell.column, 1, 1).getDisplayValue();
  return message && shown === message.code ? message.text : undefined;
}

/** Call once the first workbook is there: the engine has no pop-ups before. */
export function explainErrors(engine: Engine): void {
  const alerts = engine.univer.__getInjector().get(CellAlertManagerService);
  const show = alerts.showAlert.bind(alerts);
  alerts.showAlert = (alert) => {
    const { subUnitId, row, col } = alert.location;
    const message = messageAt(engine, { sheetId: subUnitId, row, column: col });
    show(message ? { ...alert, message, width: 320, height: 120 } : alert);
  };
}
