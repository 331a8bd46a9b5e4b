/** A text file of values (CSV): its encoding and delimiter are recognised, shown, and may be changed before it is opened. */
import type { ICellData, IWorkbookData } from "@univerjs/core";
import { detectDelimiter, parseCsv } from "hucre/csv";
import { decode, encodingOf, type Encoding } from "../host/encoding";
import { FileRefusal, LIMITS } from "./file/limits";

export const DELIMITERS = [",", "\t", ";", "|"] as const;

export interface CsvReading {
  readonly encoding: Encoding;
  readonly delimiter: string;
}

export function recognise(bytes: Uint8Array): CsvReading {
  const encoding = encodingOf(bytes);
  return { encoding, delimiter: detectDelimiter(decode(bytes, encoding)) };
}

/** @throws FileRefusal */
export function rowsOf(bytes: Uint8Array, { encoding, delimiter }: CsvReading): string[][] {
  const text = decode(bytes, encoding);
  if (text.includes("\0")) throw new FileRefusal("noWorkbook");
  const rows = parseCsv(text, { delimiter }).map((row) =>
    row.map((cell) => (typeof cell === "string" ? cell : String(cell ?? ""))),
  );
  if (rows.reduce((sum, row) => sum + row.length, 0) > LIMITS.cells) throw new FileRefusal("cells");
  const long = rows.findIndex((row) => row.some((cell) => cell.length > LIMITS.characters));
  if (long >= 0) throw new FileRefusal("characters", String(long + 1));
  return rows;
}

/** Numbers as Excel takes them from a text file; long ones (card numbers, codes with zeros before) stay the text that they are. */
function toCell(text: string): ICellData | undefined {
  if (text === "") return undefined;
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
  const number = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(plain) && plain.replace(/\D/g, "").length <= 15;
  return number ? { v: Number(plain), t: 2 } : { v: text, t: 1 };
}

/** A workbook of one sheet; the first row is bold where it names the columns. */
export function csvWorkbook(
  rows: readonly (readonly string[])[],
  name: string,
  header: boolean,
): Partial<IWorkbookData> {
  const cellData: Record<number, Record<number, ICellData>> = {};
  rows.forEach((row, r) =>
    row.forEach((text, c) => {
      const cell = toCell(text);
      if (cell) (cellData[r] ??= {})[c] = header && r === 0 ? { v: text, t: 1, s: { bl: 1 } } : cell;
    }),
  );
  const columnCount = Math.max(26, ...rows.map(({ length }) => length + 6));
  const sheet = { id: "csv", name, cellData, rowCount: Math.max(1000, rows.length + 100), columnCount };
  return { sheetOrder: ["csv"], sheets: { csv: sheet } };
}
