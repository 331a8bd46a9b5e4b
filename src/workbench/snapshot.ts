/** The workbook that the engine shows, as it is handed over for saving: values computed, spilled cells included. */
import type { ICellData, IWorksheetData } from "@univerjs/core";
import { IDefinedNamesService } from "@univerjs/engine-formula";
import type { FWorksheet } from "@univerjs/sheets/facade";
import { calculatedSheet, CHARTS, eachCell } from "../host/univer-sheet";
import type { Chart } from "../host/workbook";
import type { Engine } from "./engine";
import type { SavedCell, SavedName, SavedSheet, SavedWorkbook } from "./file/book";
import type { Step } from "./file/follow/steps";

/** @param steps what happened to the sheets, by their ids */
export function snapshot(
  { univer, api }: Pick<Engine, "univer" | "api">,
  steps: ReadonlyMap<string, readonly Step[]>,
): SavedWorkbook {
  const workbook = api.getActiveWorkbook();
  if (!workbook) throw new Error("no workbook");
  const unitId = workbook.getId();
  const { sheets, styles } = workbook.save();

  function cellsOf(worksheet: FWorksheet, entered: IWorksheetData["cellData"] | undefined): SavedCell[] {
    const sheet = calculatedSheet(univer, unitId, worksheet);
    const cells = new Map<string, SavedCell>();
    eachCell<ICellData>(entered, (row, column, { s, si, f, p }) => {
      const formula = f || si ? sheet.formula(row, column) : "";
      const area = formula ? sheet.spill(row, column) : undefined;
      const typed = p?.body?.dataStream.replace(/\r\n$/, "").replaceAll("\r", "\n");
      const value = typed ?? sheet.value(row, column);
      if (value === "" && !formula && !s) return;
      cells.set(`${row},${column}`, {
        ...{ row, column, value },
        ...(formula && { formula }),
        ...(si && !f ? { shared: si } : {}),
        ...(area && { area }),
        ...(s ? { style: s } : {}),
      });
    });
    for (const area of sheet.spills()) {
      for (let row = area.row; row < area.row + area.rows; row++) {
        for (let column = area.column; column < area.column + area.columns; column++) {
          const key = `${row},${column}`;
          const value = sheet.value(row, column);
          if (value !== "" || cells.has(key)) cells.set(key, { row, column, ...cells.get(key), value });
        }
      }
    }
    return [...cells.values()];
  }

  function toSheet(worksheet: FWorksheet): SavedSheet {
    const id = worksheet.getSheetId();
    const {
      cellData,
      columnData = {},
      rowData = {},
      mergeData = [],
      freeze,
      hidden,
      custom,
    }: Partial<IWorksheetData> = sheets[id] ?? {};
    const sizes = <T extends { hd?: unknown }>(data: object, size: (each: T) => object) =>
      Object.fromEntries(
        Object.entries(data as Record<number, T>).map(([key, each]) => [
          key,
          { ...size(each), ...(each.hd ? { hd: 1 } : {}) },
        ]),
      );
    return {
      id,
      name: worksheet.getSheetName(),
      hidden: Boolean(hidden),
      cells: cellsOf(worksheet, cellData),
      columns: sizes<{ w?: number; hd?: number }>(columnData, ({ w }) => (w ? { w } : {})),
      // A height that the engine found by itself is none that was set.
      rows: sizes<{ h?: number; hd?: number; ia?: number }>(rowData, ({ h, ia }) => (h && ia === 0 ? { h } : {})),
      merges: mergeData,
      frozen: { rows: freeze?.ySplit ?? 0, columns: freeze?.xSplit ?? 0 },
      charts: (custom?.[CHARTS] as Chart[] | undefined) ?? [],
      steps: steps.get(id) ?? [],
    };
  }

  const names = Object.values(univer.__getInjector().get(IDefinedNamesService).getDefinedNameMap(unitId) ?? {});
  return {
    sheets: workbook.getSheets().map(toSheet),
    styles: styles as SavedWorkbook["styles"],
    names: names.map(({ name, formulaOrRefString, localSheetId }): SavedName => ({
      name,
      range: formulaOrRefString.replace(/^=/, ""),
      ...(localSheetId && localSheetId !== "AllDefaultWorkbook" ? { scope: localSheetId } : {}),
    })),
  };
}
