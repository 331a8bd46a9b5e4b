/** A new column of awards beside a table: what is written into which cells. */
import { formatAddress, type Rectangle } from "../../host/address";
import type { CellValue, Entry as Written, Place } from "../../host/workbook";
import type { Entry, Language } from "../../rules";
import { entryName } from "../../writers/terms";
import { cellKey, isTotal, nameOf, Unread, wordOf, type Match } from "../../tables";
import type { TableInHand } from "../table-in-hand";
import { formulaOf, hasOwnFunction, standTogether, type Column, type Period } from "./compose";
import { entriesOf, idOf, type Under } from "./rows";

const MONEY = "#,##0.00";
const WIDTH = 18;
const NARROWEST = 10;

export interface Wanted {
  readonly table: TableInHand;
  readonly matches: readonly Match[];
  readonly under: Under;
  readonly period: Period;
  /** Column of the awards. */
  readonly column: number;
  /** The header of the awards; with the best of several, of the policy, too. */
  readonly titles: readonly [string, ...string[]];
  /** Where the table's own column holds an id for each row. */
  readonly instruments?: number | undefined;
  readonly hstack: boolean;
  readonly language: Language;
}

export interface NewColumn {
  /** The formula that computes. */
  readonly formula: string;
  readonly entries: readonly Written[];
  /** The awards with their header. */
  readonly area: Place;
  /** The cells that repeat the table row by row for the formula; undefined where the formula reads the table itself. */
  readonly block: Place | undefined;
  /** The cell of the formula. */
  readonly source: Place;
}

/** What to write: a formula over the table itself where its rows are whole, else over a block of references beside it. */
export function newColumn(wanted: Wanted): NewColumn {
  const { table, matches, under } = wanted;
  const used = matches.filter(({ name }) => name);
  const direct = directColumns(wanted, used);
  const ids = wanted.instruments;
  const whole =
    isWhole(wanted, used) &&
    (under.kind !== "rows" || ids !== undefined) &&
    (wanted.hstack || standTogether(direct) || (under.kind === "one" && hasOwnFunction(under.entry, direct)));
  if (!whole) return overBlock(wanted, used);
  const policy = under.kind === "rows" ? { kind: "rows" as const, instruments: rowsOf(table, ids!) } : under;
  const formula = formulaOf(policy, direct, wanted.period, table.sheet);
  const { rows } = table.region;
  return column(wanted, formula, (row) => (row === rows[0] ? formula : ""), undefined);
}

/** Whether the formula may read the rows of the table as they stand. */
function isWhole({ table: { region } }: Wanted, used: readonly Match[]): boolean {
  const { rows, above } = region;
  const unbroken = rows.at(-1)! - rows[0]! + 1 === rows.length;
  return unbroken && used.every(({ column }) => rows.every((row) => !above.has(cellKey(row, column))));
}

const at = (sheet: string, area: Rectangle): Place => ({ sheet, address: formatAddress(area) });
const cell = (row: number, column: number): Rectangle => ({ row, column, rows: 1, columns: 1 });

function rowsOf({ sheet, region: { rows } }: TableInHand, column: number): Place {
  return at(sheet, { row: rows[0]!, column, rows: rows.at(-1)! - rows[0]! + 1, columns: 1 });
}

/** The last line of the headers. */
const headRow = ({ region: { area, headerRows } }: TableInHand): number => area.row + headerRows - 1;

function directColumns({ table, under, language }: Wanted, used: readonly Match[]): Column[] {
  const row = headRow(table);
  return used.map((match) => {
    const word = wordOf(match, entriesOf(under), language);
    const isWritten = String(table.cells.values[row]?.[match.column] ?? "").trim() === word;
    return {
      name: match.name!,
      place: rowsOf(table, match.column),
      unit: match.unit,
      word,
      header: isWritten ? at(table.sheet, cell(row, match.column)) : undefined,
    };
  });
}

/** Every row refers to its cells of the table; the formula reads the block, and the new column the results beside it. */
function overBlock(wanted: Wanted, matches: readonly Match[]): NewColumn {
  // The year is an argument of its own: what goes before it stands side by side.
  const used = [...matches].sort((a, b) => Number(a.name === "year") - Number(b.name === "year"));
  const { table, under, period, language, titles } = wanted;
  const { sheet, region } = table;
  const { rows, above } = region;
  const left = wanted.column + titles.length + 1;
  const first = rows[0]!;
  const height = rows.at(-1)! - first + 1;
  const naming = under.kind === "rows" ? NAMING[language] : [];
  const entries = entriesOf(under);
  const words = used.map((match) => wordOf(match, entries, language));
  const result = left + naming.length + used.length;
  const place = (column: number): Place => at(sheet, { row: first, column, rows: height, columns: 1 });
  const columns = used.map((match, k): Column => ({
    name: match.name!,
    place: place(left + naming.length + k),
    unit: match.unit,
    word: words[k]!,
    header: match.name === "year" ? undefined : at(sheet, cell(headRow(table), left + naming.length + k)),
  }));
  const policy = under.kind === "rows" ? { kind: "rows" as const, instruments: place(left + 1) } : under;
  const formula = formulaOf(policy, columns, period, sheet);
  const seen = (row: number, column: number): string => {
    const address = formatAddress(cell(above.get(cellKey(row, column)) ?? row, column));
    // A reference to a blank cell would be 0, and a flag of 0 is a no.
    return `=IF(${address}="","",${address})`;
  };
  const places = new Map(rows.map((row, i) => [row, i]));
  const body = Array.from({ length: height }, (_, r): CellValue[] => {
    const i = places.get(first + r);
    const own = i === undefined ? used.map(() => "") : used.map(({ column }) => seen(first + r, column));
    const entry = i === undefined || under.kind !== "rows" ? undefined : under.entries[i]!;
    const named = naming.length ? (entry ? [policyWords(entry, language), idOf(entry)] : ["", ""]) : [];
    return [...named, ...own, ...titles.map((__, k) => (r === 0 && k === 0 ? formula : ""))];
  });
  const head = [...naming, ...words, ...titles];
  const width = head.length;
  const block = at(sheet, { row: headRow(table), column: left, rows: height + first - headRow(table), columns: width });
  const written = column(
    wanted,
    formula,
    (row, k) => (places.has(row) ? `=${formatAddress(cell(row, result + k))}` : ""),
    block,
  );
  return {
    ...written,
    source: at(sheet, cell(first, result)),
    entries: [
      ...written.entries,
      ...head.map((word, k) => ({
        place: at(sheet, cell(headRow(table), left + k)),
        cells: [[word]],
        width: widthOf([word, ...body.map((row) => row[k]!)]),
        bold: true,
      })),
      { place: at(sheet, { row: first, column: left, rows: height, columns: width }), cells: body },
      { place: place(result), format: MONEY },
    ],
  };
}

/** The columns that name the policy of a row: for a reader, and for the function. */
const NAMING = { zh: ["政策", "政策工具编号"], en: ["policy", "instrument"] } as const;

/** "滨江区 算力券", or why the row has no policy. */
const policyWords = (entry: Entry | Unread, language: Language): string =>
  entry instanceof Unread ? entry[language] : `${entry.jurisdiction.name[language]} ${entryName(entry, language)}`;

/** Wide enough for the words of a column; a Chinese character takes two, a formula what its amounts take. */
function widthOf(cells: readonly CellValue[]): number {
  const words = cells.filter((value) => typeof value === "string" && !value.startsWith("="));
  const longest = Math.max(...words.map((word) => String(word).replace(/[^\x20-\x7e]/g, "xx").length));
  return Math.min(WIDTH * 2, Math.max(NARROWEST, longest + 2));
}

/** The column itself: header, rows, and a sum beside every row that adds up others. */
function column(
  { table, column: left, titles }: Wanted,
  formula: string,
  content: (row: number, k: number) => string,
  block: Place | undefined,
): NewColumn {
  const { sheet, region } = table;
  const first = region.rows[0]!;
  const end = region.area.row + region.area.rows;
  const cells = Array.from({ length: end - first }, (_, r) =>
    titles.map((__, k) => {
      const total = region.skipped.get(first + r) === "total" && k === 0;
      return total ? sumAt(table, first + r, left) : content(first + r, k);
    }),
  );
  const columns = titles.length;
  const head = headRow(table);
  return {
    formula,
    block,
    source: at(sheet, cell(first, left)),
    area: at(sheet, { row: head, column: left, rows: end - head, columns }),
    entries: [
      {
        place: at(sheet, { row: head, column: left, rows: 1, columns }),
        cells: [[...titles]],
        width: WIDTH,
        bold: true,
      },
      // What a formula spills over is entered nowhere: the cells are cleared.
      { place: at(sheet, { row: first, column: left, rows: end - first, columns }), cells: spillable(cells, block) },
      { place: at(sheet, { row: first, column: left, rows: end - first, columns: 1 }), format: MONEY },
    ],
  };
}

/** Of a spilling formula only the first cell of a row may be entered. */
const spillable = (cells: readonly string[][], block: Place | undefined): string[][] =>
  block ? [...cells] : cells.map((row) => row.map((content, k) => (k === 0 ? content : "")));

/** 小计 adds up the rows since the total before it, the last total all rows; SUBTOTAL leaves out other subtotals. */
function sumAt({ cells, region }: TableInHand, row: number, column: number): string {
  const totals = [...region.skipped].filter(([, why]) => why === "total").map(([at]) => at);
  const before = totals.filter((at) => at < row).at(-1);
  const words = (cells.values[row] ?? []).filter((value) => typeof value === "string").map(nameOf);
  const isSubtotal = words.some((word) => isTotal(word) && /小计|sub/.test(word));
  const from = before === undefined || (row === totals.at(-1) && !isSubtotal) ? region.rows[0]! : before + 1;
  return `=SUBTOTAL(9,${formatAddress({ row: from, column, rows: row - from, columns: 1 })})`;
}
