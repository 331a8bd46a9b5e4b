/** The workbook of the engine → an .xlsx file that Excel opens, dynamic arrays and our functions included. */
import { WrapStrategy, type ICellData, type IStyleData, type IWorksheetData } from "@univerjs/core";
import { ERROR_TYPE_SET } from "@univerjs/engine-formula";
import type { FWorksheet } from "@univerjs/sheets/facade";
import { type Cell, type CellStyle, type CellValue, type ColumnDef, writeXlsx, type WriteSheet } from "hucre/xlsx";
import { formatAddress, type Rectangle } from "../host/address";
import { callsAny } from "../host/result";
import { calculatedSheet, eachCell } from "../host/univer-sheet";
import type { Engine } from "./engine";
import { toFile } from "./spelling";

const ERRORS: ReadonlySet<unknown> = ERROR_TYPE_SET;

function toStyle({ n, bl, cl, bg, fs, tb }: IStyleData): CellStyle {
  const colour = (rgb: string) => ({ rgb: `FF${rgb.slice(1).toUpperCase()}` });
  const size = fs ? { size: fs } : {};
  const font = {
    ...size,
    ...(bl ? { bold: true } : {}),
    ...(cl?.rgb?.startsWith("#") ? { color: colour(cl.rgb) } : {}),
  };
  return {
    ...(n?.pattern ? { numFmt: n.pattern } : {}),
    ...(Object.keys(font).length > 0 ? { font } : {}),
    ...(bg?.rgb?.startsWith("#") ? { fill: { type: "pattern", pattern: "solid", fgColor: colour(bg.rgb) } } : {}),
    ...(tb === WrapStrategy.WRAP ? { alignment: { wrapText: true } } : {}),
  };
}

const toFileValue = (value: string | number | boolean): CellValue => (value === "" ? null : value);

/** A formula with its result as the file keeps it; with `area`, as a dynamic array that fills the area. */
function toFormula(formula: string, value: CellValue, area: Rectangle | undefined): Partial<Cell> {
  return {
    type: "formula",
    formula,
    // hucre would store an error as a text of that spelling; without a stored result Excel computes on opening.
    ...(ERRORS.has(value) ? {} : { formulaResult: value }),
    ...(area ? { formulaType: "array", formulaDynamic: true, formulaRef: formatAddress(area) } : {}),
  };
}

/** Saves the workbook that the engine shows. */
export async function saveFile({ univer, api, functions }: Pick<Engine, "univer" | "api" | "functions">) {
  const workbook = api.getActiveWorkbook();
  if (!workbook) throw new Error("no workbook");
  const { sheets, styles } = workbook.save();
  const ours = callsAny(functions);

  function toSheet(worksheet: FWorksheet): WriteSheet {
    const {
      cellData,
      columnData,
      mergeData = [],
      freeze,
      hidden,
    }: Partial<IWorksheetData> = sheets[worksheet.getSheetId()] ?? {};
    const sheet = calculatedSheet(univer, workbook!.getId(), worksheet);
    const used = sheet.used() ?? { row: 0, column: 0, rows: 0, columns: 0 };
    const rows = Array.from({ length: used.row + used.rows }, (_, row) =>
      Array.from({ length: used.column + used.columns }, (__, column) => toFileValue(sheet.value(row, column))),
    );
    const cells = new Map<string, Partial<Cell>>();
    eachCell<ICellData>(cellData, (row, column, { s }) => {
      const style = typeof s === "string" ? styles[s] : s;
      const formula = sheet.formula(row, column);
      if (!style && !formula) return;
      const value = toFileValue(sheet.value(row, column));
      // Excel puts "@" before a call of ours that the file does not mark as a dynamic array, and then it never spills.
      const area = sheet.spill(row, column) ?? (ours(formula) ? { row, column, rows: 1, columns: 1 } : undefined);
      cells.set(`${row},${column}`, {
        value,
        ...(style ? { style: toStyle(style) } : {}),
        ...(formula ? toFormula(toFile(formula, functions), value, area) : {}),
      });
    });
    const columns: ColumnDef[] = [];
    for (const column of Object.keys(columnData ?? {}).map(Number)) {
      const width = columnData?.[column]?.w;
      if (width) columns[column] = { width: (width - 5) / 7 };
    }
    return {
      name: worksheet.getSheetName(),
      rows,
      cells,
      columns: Array.from(columns, (column) => column ?? {}),
      merges: mergeData.map(({ startRow, endRow, startColumn, endColumn }) => ({
        startRow,
        endRow,
        startCol: startColumn,
        endCol: endColumn,
      })),
      ...(freeze ? { freezePane: { rows: freeze.ySplit, columns: freeze.xSplit } } : {}),
      ...(hidden ? { hidden: true } : {}),
    };
  }

  const namedRanges = workbook.getDefinedNames().map((defined) => ({
    name: defined.getName(),
    range: defined.getFormulaOrRefString().replace(/^=/, ""),
  }));
  return writeXlsx({ sheets: workbook.getSheets().map(toSheet), namedRanges });
}
