/** An answer as a sheet of its own, with number formats, the version of the rules and, where it has one, a chart. */
import { formatAddress } from "../../../host/address";
import type { CellValue, NewSheet } from "../../../host/workbook";
import type { Language } from "../../../rules";
import { asText, cellFormat, cellValue, formatRuns } from "../../parts/figure";
import type { Translate } from "../../texts";
import { titleRows } from "../sheet";
import { sheetName } from "./section";
import type { Finding } from "./study";
import { tableOf, verdictOf } from "./table";

export function answerSheet({ order, answer }: Finding, t: Translate, language: Language): NewSheet {
  const { head, rows: body, chart } = tableOf(answer, t, language);
  const name = t(sheetName(answer));
  const rows = [head, ...body];
  const width = head.length;
  const verdict = verdictOf(answer, t, language);
  const titles = [...titleRows(name, order.base, language, width), [verdict, ...Array<CellValue>(width - 1).fill("")]];
  const top = titles.length;
  const drawn = { row: top, column: 0, rows: rows.length, columns: 2 };
  return {
    name,
    cells: [...titles, ...rows.map((row): CellValue[] => row.map((cell) => asText(cellValue(cell))))],
    formats: head.flatMap((_, column) =>
      formatRuns(rows.map((row) => cellFormat(row[column]!))).map(({ format, from, length }) => ({
        address: formatAddress({ row: top + from, column, rows: length, columns: 1 }),
        format,
      })),
    ),
    widths: head.map((_, column) => (column === 0 ? 30 : 18)),
    headerRows: top + 1,
    ...(chart && {
      charts: [{ kind: chart, title: name, address: formatAddress(drawn), corner: `A${top + rows.length + 2}` }],
    }),
  };
}
