/** An answer as a sheet of its own, with number formats, the version of the rules and, where it has one, a chart. */
import { formatAddress } from "../../../host/address";
import type { CellValue, NewSheet } from "../../../host/workbook";
import type { Language } from "../../../rules";
import { formatRuns } from "../../parts/figure";
import { titleRows } from "../sheet";
import { cellFormat, cellValue } from "./cell";
import type { Finding } from "./study";
import type { AnswerTable } from "./table";

/** @param name of the sheet and its title */
export function answerSheet(
  name: string,
  { order }: Finding,
  table: AnswerTable,
  verdict: string,
  language: Language,
): NewSheet {
  const rows = [table.head, ...table.rows];
  const width = table.head.length;
  const titles = [...titleRows(name, order, language, width), [verdict, ...Array<CellValue>(width - 1).fill("")]];
  const top = titles.length;
  const drawn = { row: top, column: 0, rows: rows.length, columns: 2 };
  return {
    name,
    cells: [...titles, ...rows.map((row): CellValue[] => row.map(cellValue))],
    formats: table.head.flatMap((_, column) =>
      formatRuns(rows.map((row) => cellFormat(row[column]!))).map(({ format, from, length }) => ({
        address: formatAddress({ row: top + from, column, rows: length, columns: 1 }),
        format,
      })),
    ),
    widths: table.head.map((_, column) => (column === 0 ? 30 : 18)),
    headerRows: top + 1,
    ...(table.chart && {
      charts: [{ kind: table.chart, title: name, address: formatAddress(drawn), corner: `A${top + rows.length + 2}` }],
    }),
  };
}
