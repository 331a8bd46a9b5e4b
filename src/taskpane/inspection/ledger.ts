/** Tables of contracts in a sheet, found by their headers: what each column holds, and which rows are contracts. */
import type { CellValue } from "../../host/workbook";
import { blankSaysNothing, zeroSaysNothing } from "../../rules";
import { isBlank, isTotal, meaningAnywhere, nameOf, Unread, type Unit } from "../../tables";
import type { Sheet } from "./sheet";

export type Role = "money" | "flag" | "firm" | "object" | "date" | "other";

export interface LedgerColumn {
  readonly column: number;
  readonly header: string;
  readonly role: Role;
  /** Of a column of amounts. */
  readonly unit: Unit;
  /** A number that need not be given, of which a 0 says something else than a blank. */
  readonly isSpare: boolean;
}

export interface Ledger {
  readonly sheet: Sheet;
  /** The last row of the headers. */
  readonly headerRow: number;
  readonly columns: readonly LedgerColumn[];
  /** Rows with a contract: with an amount, or a firm; neither blank nor a row of totals. */
  readonly contracts: readonly number[];
  readonly isContract: (row: number) => boolean;
  readonly totals: readonly { readonly row: number; readonly words: string }[];
}

/** Words that end a header where the rules know no such input. */
const ENDINGS: readonly (readonly [RegExp, Role])[] = [
  [/^(序号|编号|备注|no\.?|#)$/i, "other"],
  [/(日期|时间|date)$/i, "date"],
  [/^是否/, "flag"],
  [/(金额|价款|款项|费用|总额|本金|amount)$/i, "money"],
  [/(单位|企业|公司|firm|company)(名称|全称)?$/i, "firm"],
  [/(合同|项目)(编号|号|名称)?$/, "object"],
];
const REMARK = /[([【〔（].*$/;
const UNIT_IN = /(万|亿)?元/;
const UNIT_OF: Readonly<Record<string, Unit>> = { 元: 1, 万元: 10_000, 亿元: 100_000_000 };

const unitIn = (text: string): Unit | undefined => UNIT_OF[UNIT_IN.exec(text)?.[0] ?? ""];

function columnOf(column: number, header: string, given: Unit | undefined): LedgerColumn | undefined {
  const key = nameOf(header);
  const meaning = meaningAnywhere(key);
  const ending = ENDINGS.find(([words]) => words.test(key.replace(REMARK, "").trim()))?.[1];
  const known = meaning && !(meaning instanceof Unread) ? roleOf(meaning) : undefined;
  const role = ending === "date" ? "date" : (known ?? ending);
  if (!role) return undefined;
  const remark = REMARK.exec(key)?.[0] ?? "";
  const input = meaning && !(meaning instanceof Unread) ? meaning.input : undefined;
  const isNumber = input !== undefined && input.kind !== "flag" && input.kind !== "choice";
  const isSpare = isNumber && blankSaysNothing(input) && !zeroSaysNothing(input);
  return { column, header: header.trim(), role, unit: unitIn(remark) ?? given ?? 1, isSpare };
}

type Meaning = Exclude<NonNullable<ReturnType<typeof meaningAnywhere>>, Unread>;

function roleOf({ kind, name, input }: Meaning): Role | undefined {
  if (kind === "table") return name === "firm" || name === "object" ? name : name === "year" ? "date" : "other";
  if (input?.kind === "money") return "money";
  return input?.kind === "flag" ? "flag" : "other";
}

const isText = (value: CellValue): value is string => typeof value === "string" && !isBlank(value);

/** A header over its column: the cell's own words, else those of the merged cell or of the row above. */
function headerAt(sheet: Sheet, row: number, column: number): string {
  const own = sheet.value(row, column);
  if (isText(own)) return own;
  for (const r of [row, row - 1]) {
    const merged = sheet.mergedAt(r, column);
    const above = merged ? sheet.value(merged.row, merged.column) : sheet.value(r, column);
    if (isText(above)) return above;
  }
  return "";
}

/** A unit for the whole table, in one of the rows above it: 单位：万元. */
function unitAbove(sheet: Sheet, row: number, end: number): Unit | undefined {
  for (let r = row; r >= Math.max(0, row - 3); r--) {
    for (let c = 0; c < end; c++) {
      const value = sheet.value(r, c);
      if (isText(value) && /单位[:：]/.test(value)) return unitIn(value);
    }
  }
  return undefined;
}

/** The columns that a row names, where it is a row of headers: an amount and one more, and no number among them. */
function headersIn(sheet: Sheet, row: number): LedgerColumn[] | undefined {
  const { column: left, columns } = sheet.area!;
  const cells = Array.from({ length: columns }, (_, c) => sheet.value(row, left + c));
  if (cells.filter(isText).length < 2 || cells.some((value) => typeof value === "number")) return undefined;
  const unit = unitAbove(sheet, row, left + columns);
  const found = cells.flatMap((_, c) => columnOf(left + c, headerAt(sheet, row, left + c), unit) ?? []);
  return found.length >= 2 && found.some(({ role }) => role === "money") ? found : undefined;
}

export function ledgersIn(sheet: Sheet): Ledger[] {
  if (!sheet.area) return [];
  const { row: top, rows } = sheet.area;
  const heads: { readonly row: number; readonly columns: readonly LedgerColumn[] }[] = [];
  for (let row = top; row < top + rows; row++) {
    const columns = headersIn(sheet, row);
    if (!columns) continue;
    // Of two rows of headers in a row the lower one counts.
    if (heads.at(-1)?.row === row - 1) heads.pop();
    heads.push({ row, columns });
  }
  return heads.map(({ row, columns }, i) => ledgerUnder(sheet, row, columns, heads[i + 1]?.row ?? top + rows));
}

function ledgerUnder(sheet: Sheet, headerRow: number, columns: readonly LedgerColumn[], end: number): Ledger {
  const contracts: number[] = [];
  const totals: { row: number; words: string }[] = [];
  const telling = columns.filter(({ role }) => role === "money" || role === "firm");
  const { column: left, columns: width } = sheet.area!;
  for (let row = headerRow + 1; row < end; row++) {
    const words = totalWords(sheet, row, left, left + width);
    if (words !== undefined) totals.push({ row, words });
    else if (telling.filter(({ column }) => !isBlank(sheet.value(row, column))).length > 0) contracts.push(row);
  }
  const rows = new Set(contracts);
  return { sheet, headerRow, columns, contracts, isContract: (row) => rows.has(row), totals };
}

/** The words of the first cell between two columns that marks a row of totals. */
export function totalWords(sheet: Sheet, row: number, from: number, end: number): string | undefined {
  for (let c = from; c < end; c++) {
    const value = sheet.value(row, c);
    if (isText(value) && isTotal(nameOf(value))) return value;
  }
  return undefined;
}

export const columnsOf = ({ columns }: Ledger, role: Role): LedgerColumn[] =>
  columns.filter((column) => column.role === role);
