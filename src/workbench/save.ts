/** The workbook of the engine → an .xlsx file that Excel opens, dynamic arrays and our functions included. */
import { CellValueType, WrapStrategy, type ICellData, type IStyleData, type IWorksheetData, type Nullable } from "@univerjs/core";
import { ERROR_TYPE_SET, FormulaDataModel } from "@univerjs/engine-formula";
import { type Cell, type CellStyle, type CellValue, writeXlsx, type WriteSheet } from "hucre/xlsx";
import { formatAddress } from "../host/address";
import type { Engine } from "./engine";
import { toFile } from "./spelling";

function toStyle({ n, bl, cl, bg, tb }: IStyleData): CellStyle {
  const colour = (rgb: string) => ({ rgb: `FF${rgb.slice(1).toUpperCase()}` });
  const font = { ...(bl ? { bold: true } : {}), ...(cl?.rgb?.startsWith("#") ? { color: colour(cl.rgb) } : {}) };
  return {
    ...(n?.pattern ? { numFmt: n.pattern } : {}),
    ...(Object.keys(font).length > 0 ? { font } : {}),
    ...(bg?.rgb?.startsWith("#") ? { fill: { type: "pattern", pattern: "solid", fgColor: colour(bg.rgb) } } : {}),
    ...(tb === WrapStrategy.WRAP ? { alignment: { wrapText: true } } : {}),
  };
}

function toValue(cell: Nullable<ICellData>): CellValue {
  if (cell?.v === null || cell?.v === undefined) return null;
  return cell.t === CellValueType.BOOLEAN ? Boolean(cell.v) : cell.v;
}

/** Saves the workbook that the engine shows. */
export async function saveFile({ univer, api, functions }: Engine): Promise<Uint8Array> {
  const workbook = api.getActiveWorkbook();
  if (!workbook) throw new Error("no workbook");
  const { sheets, sheetOrder, styles } = workbook.save();
  const model = univer.__getInjector().get(FormulaDataModel);
  const unitId = workbook.getId();

  function toSheet(id: string): WriteSheet {
    const {
      cellData = {},
      columnData = {},
      mergeData = [],
      name = id,
      hidden,
    }: Partial<IWorksheetData> = sheets[id] ?? {};
    const spills = model.getArrayFormulaRange()[unitId]?.[id] ?? {};
    const rows: CellValue[][] = [];
    const cells = new Map<string, Partial<Cell>>();
    const put = (row: number, column: number, value: CellValue) => {
      while (rows.length <= row) rows.push([]);
      const filled = rows[row]!;
      while (filled.length <= column) filled.push(null);
      filled[column] = value;
    };
    const each = (matrix: object, visit: (row: number, column: number, cell: ICellData) => void) => {
      for (const [row, columns] of Object.entries(matrix)) {
        for (const [column, cell] of Object.entries((columns ?? {}) as object))
          if (cell) visit(Number(row), Number(column), cell as ICellData);
      }
    };

    each(model.getArrayFormulaCellData()[unitId]?.[id] ?? {}, (row, column, cell) => put(row, column, toValue(cell)));
    each(cellData, (row, column, data) => {
      const formula = model.getFormulaStringByCell(row, column, id, unitId);
      const style = typeof data.s === "string" ? styles[data.s] : data.s;
      const own = toValue(data);
      if (own !== null) put(row, column, own);
      const value = rows[row]?.[column] ?? null;
      const cell: Partial<Cell> = style ? { style: toStyle(style) } : {};
      if (formula) Object.assign(cell, { formula: toFile(formula, functions), type: "formula", value });
      // hucre would store an error as a text of that spelling; without a stored result Excel computes on opening.
      if (formula && !ERROR_TYPE_SET.has(value as never)) cell.formulaResult = value;
      const spill = spills[row]?.[column];
      if (formula && spill) {
        const { startRow, startColumn, endRow, endColumn } = spill;
        const area = {
          row: startRow,
          column: startColumn,
          rows: endRow - startRow + 1,
          columns: endColumn - startColumn + 1,
        };
        Object.assign(cell, { formulaType: "array", formulaDynamic: true, formulaRef: formatAddress(area) });
      }
      if (Object.keys(cell).length > 0) cells.set(`${row},${column}`, { value, ...cell });
    });

    const columns = Object.entries(columnData);
    const last = columns.reduce((most, [column]) => Math.max(most, Number(column)), -1);
    const widths = new Map(columns.map(([column, data]) => [Number(column), data?.w]));
    return {
      name,
      rows,
      cells,
      columns: Array.from({ length: last + 1 }, (_, column) => {
        const width = widths.get(column);
        return width ? { width: (width - 5) / 7 } : {};
      }),
      merges: mergeData.map(({ startRow, endRow, startColumn, endColumn }) => ({
        startRow,
        endRow,
        startCol: startColumn,
        endCol: endColumn,
      })),
      ...(hidden ? { hidden: true } : {}),
    };
  }

  const namedRanges = workbook.getDefinedNames().map((defined) => ({
    name: defined.getName(),
    range: defined.getFormulaOrRefString().replace(/^=/, ""),
  }));
  return writeXlsx({ sheets: sheetOrder.map(toSheet), namedRanges });
}
