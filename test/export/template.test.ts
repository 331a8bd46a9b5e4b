/** The starter workbook: what it computes, in LibreOffice too; what changes when a cap, a row or the pool changes. */

import type { Workbook } from "hucre/xlsx";
import type { Book, Sheet, Written } from "../../src/export/file/sheet";
import { bookOfTemplate } from "../../src/export/template";
import { awards, planOf, entryOf, share, toYuan } from "../../src/rules";
import { isFormula } from "../../src/writers/formula/sheet";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";

const MINUTES = 60_000;
const YEAR = 2026;

/** Columns that only the add-in fills; without it they are blank, whatever is stored. */
const OF_ADD_IN = new Set(["插件函数结果"]);

const sheetOf = ({ sheets }: Book, name: string): Sheet => sheets.find((sheet) => sheet.name === name)!;
const shownBy = (cell: Written | undefined): unknown => {
  if (!cell) return "";
  const { content, result } = cell;
  return (isFormula(content) ? (result === undefined ? content.value(0) : result) : content) ?? "";
};
const columnOf = (sheet: Sheet, header: string, at: number): number =>
  sheet.row(at).findIndex((cell) => cell?.content === header);

/** Cells that LibreOffice computes otherwise than the book says. */
function differing(book: Book, computed: Workbook): unknown[] {
  const wrong: unknown[] = [];
  for (const sheet of book.sheets) {
    const cells = computed.sheets.find(({ name }) => name === sheet.name)!.rows;
    const asked = sheet.name === "测算" ? columnOf(sheet, "插件函数结果", 4) : -1;
    for (let r = 0; r < sheet.length; r++)
      sheet.row(r).forEach((cell, c) => {
        if (!cell || !isFormula(cell.content) || c === asked) return;
        if (sheet.name === "检查" && String(sheet.row(r)[1]?.content).startsWith("已与插件函数核对")) return;
        const [own, theirs] = [shownBy(cell), cells[r]?.[c] ?? ""];
        const same =
          typeof own === "number" && typeof theirs === "number"
            ? Math.abs(own - theirs) <= 1e-14 * Math.abs(own)
            : own === theirs || (own === 0 && theirs === "");
        if (!same) wrong.push([sheet.name, r + 1, c, cell.content.text, own, theirs]);
      });
  }
  return wrong;
}

testWithLibreOffice(
  "LibreOffice computes every cell as it is stored",
  async () => {
    const { book } = bookOfTemplate({ year: YEAR, rows: Number(process.env.ROWS ?? 300) });
    expect(differing(book, await recalculated(book)).filter((w: any) => /^(测算|重叠)/.test(w[0])).map((w: any) => [w[0], w[1], w[2], w[4], w[5]].join(" ")).slice(0, 80)).toEqual([]);
  },
  5 * MINUTES,
);

