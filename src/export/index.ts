/**
 * A table as a workbook that stands without the add-in: plain formulas, parameters with their clauses, checks. The command line,
 * the pane and the workbench all call exportBook().
 */
import {
  planOf,
  readingsOf,
  refuse,
  toFen,
  type Claim,
  type PlannedRow,
  type Scenario,
  type ScenarioBase,
} from "../rules";
import {
  isError,
  isPlanned,
  isRefused,
  isUnplanned,
  nameOf,
  readTable,
  scenarioBase,
  tableColumn,
  wordsOf,
  type Given,
  type Matrix,
} from "../tables";
import { excelFormulas, type FormulaBook, type SourceRow, type Unwritten } from "../writers/excel-formula";
import { quoted } from "../writers/formula/sheet";
import type { Book } from "./file/sheet";
import { writeBook } from "./file/write";
import { bookPools, type PoolWanted } from "./claims";
import { FIRM_PAGES, MOST_PAPERS, papersPage, summaryPage } from "./firm-pages";
import { POOL, poolSections } from "./pools";
import { scenarioPage } from "./scenario-page";
import { awardPage, FIRST_ROW, totalOf } from "./award-page";
import {
  aboutPage,
  clausesPage,
  lineOf,
  FIRST_PARAMETER,
  PAGES,
  PARAMETER_GAP,
  parametersPage,
  sectionsOf,
} from "./other-pages";
import { checksPage } from "./checks-page";
import { overlapPage } from "./overlap-page";

export type { PoolWanted } from "./claims";

/** A table as BUTIE() takes it. */
export interface ExportTable {
  /** One id, or one per row; a header `instrument` serves too. */
  readonly instruments: readonly Given[];
  readonly headers: readonly Given[];
  readonly values: Matrix;
  /** One year or date, or one per row; a header `year` serves too. */
  readonly years: readonly Given[];
}

export interface ExportOptions {
  /** What a row that says no year is claimed for. */
  readonly claim: Claim;
  /** The jurisdiction that is picked, by its name, for the sheet 关于. */
  readonly place: string;
  /** Options of readings by name, for the rows whose table does not say them. */
  readonly readings?: Readings;
  /** The day of the export as the user gives it: no function looks at a clock. */
  readonly date?: string;
  /** What is assumed of the pool; 资金池 is there wherever an instrument draws on one. */
  readonly pool?: PoolWanted;
  /** Computed over the rows of the table, for the sheet 情景. */
  readonly scenarios?: readonly Scenario[];
}

type Readings = Readonly<Record<string, string>>;

/** What became of the rows of a table. */
export interface Said {
  /** How many rows are in the book. */
  readonly rows: number;
  /** Fen of all awards. */
  readonly total: number;
  /** Rows that are not in it, with the reason; 检查 lists them, too. */
  readonly left: readonly Unwritten[];
  /** Rows that hold the value of our function, as no formula gives their award; 检查 lists them, too. */
  readonly unwritten: readonly Unwritten[];
}

/**
 * The workbook of a table as an .xlsx file: 汇总, 企业 (working papers), 测算 (one sheet per instrument and set of readings), 重叠,
 * 资金池, 情景, 参数, 条款, 检查, 关于; those that have nothing to say are left out.
 * @throws Refusal where the table as a whole cannot be read, or none of its rows
 * @example
 * exportBook(
 *   { instruments: ["zj-15-suanli"], headers: ["企业", "金额", "国产算力"], values: [["甲", 1_000_000, "是"]], years: [2026] },
 *   { claim: { year: 2026 }, place: "浙江省" },
 * );
 */
export function exportBook(table: ExportTable, options: ExportOptions): Said & { readonly bytes: Uint8Array } {
  const { book, ...said } = bookOf(table, options);
  return { bytes: writeBook(book), ...said };
}

/** The same before it is written into a file. */
export function bookOf(table: ExportTable, options: ExportOptions): Said & { readonly book: Book } {
  const { rows, left, open } = readRows(table, options);
  if (!rows.length) throw refuse("没有可以测算的行", "there is no row to compute");
  const formulas = formulasOf(rows);
  return {
    book: writtenBook(formulas, left, options, options.scenarios?.length ? baseOf(table, options, open) : undefined),
    rows: rows.length,
    total: formulas.sheets.reduce((sum, { award }) => sum + toFen(totalOf(award).value(0) as number), 0),
    left,
    unwritten: formulas.unwritten,
  };
}

/** The formulas of rows in the places that the book has for them. */
export const formulasOf = (rows: readonly SourceRow[]): FormulaBook =>
  excelFormulas(rows, {
    parameters: PAGES.parameters,
    firstParameter: FIRST_PARAMETER,
    gap: PARAMETER_GAP,
    firstRow: FIRST_ROW,
    nameOf: sheetName,
  });

/**
 * @param left rows that are not in the book, with the reason
 * @param base the rows as scenarios take them, where there are any
 */
export function writtenBook(
  book: FormulaBook,
  left: readonly Unwritten[],
  { claim, place, readings = {}, date, pool, scenarios = [] }: ExportOptions,
  base?: ScenarioBase,
): Book {
  const pools = bookPools(book, claim, pool);
  const { sections, quoted: quotations } = sectionsOf(book, poolSections(pools.lines));
  const { sheet: clauses, anchors } = clausesPage(quotations, claim);
  const length = book.sheets.reduce((sum, { sheet }) => sum + sheet.length, 0);
  const papers = length <= MOST_PAPERS ? papersPage(book) : undefined;
  const overlaps = overlapPage(book);
  const taken = Object.entries(readings).map(([name, option]) => `${name}=${option}`);
  const summary = summaryPage(book, papers?.subtotals ?? new Map(), `${PAGES.checks}!A1`);
  const scenario = base && scenarioPage(base, scenarios, summary.total, summary.totalAt);
  return {
    sheets: [
      summary.sheet,
      ...(papers ? [papers.sheet] : []),
      ...book.sheets.map((award, s) => awardPage(award, lineOf(book.parameters[s + 1]!))),
      ...(overlaps ? [overlaps] : []),
      ...(pools.page ? [pools.page.page] : []),
      ...(scenario ? [scenario.sheet] : []),
      parametersPage(sections, anchors),
      clauses,
      checksPage(book, left, sections, [pools.page, scenario]),
      aboutPage(book, {
        ...{ place, claim, readings: taken, ...(date !== undefined && { date }) },
        leftOut: [...(papers ? [] : [FIRM_PAGES.papers]), ...(pools.isLeftOut ? [POOL] : [])],
      }),
    ],
    title: "补贴测算",
    names: book.sheets.map(({ award, sheet }, s) => ({
      name: book.sheets.length === 1 ? "奖补额" : `奖补额_${s + 1}`,
      range: `${quoted(sheet.name)}!${award.range}`,
    })),
  };
}

/** "测算" for one sheet; "测算1 算力券" for several. A sheet's name has at most 31 signs, and some signs not at all. */
function sheetName({ plan }: PlannedRow, place: number, of: number): string {
  if (of === 1) return "测算";
  return `测算${place + 1} ${plan.entry.instrument.name.zh.replace(/[[\]:*?/\\']/g, "")}`.slice(0, 31);
}

function readRows(
  { instruments, headers, values, years }: ExportTable,
  { claim, readings = {} }: ExportOptions,
): { rows: SourceRow[]; left: Unwritten[]; open: Map<number, Readings> } {
  const rows: SourceRow[] = [];
  const left: Unwritten[] = [];
  const taken = new Map<number, Readings>();
  const spelled = new Map<string, string>();
  const places = headers.map((header) =>
    isError(header) || header === null || header === undefined ? "" : nameOf(header),
  );
  const spelling = (r: number, column: "firm" | "object"): string | undefined => {
    const c = places.findIndex((key) => key !== "" && tableColumn(key) === column);
    const cell = values[r]![c];
    return isError(cell) || cell === null || cell === undefined ? undefined : String(cell).trim();
  };
  readTable(instruments, headers, values, years, claim).forEach((row, r) => {
    if (isUnplanned(row))
      left.push({ source: r + 1, why: isRefused(row.refusal) ? row.refusal.text.zh : row.refusal.code });
    if (isUnplanned(row)) taken.set(r, {});
    if (!isPlanned(row)) return;
    // Firms that are the same are spelled alike, as the sheet compares their cells.
    const named = (column: "firm" | "object"): string | undefined => {
      const name = row[column];
      if (name === undefined) return undefined;
      const key = `${column} ${name}`;
      if (!spelled.has(key)) spelled.set(key, spelling(r, column) ?? name);
      return spelled.get(key);
    };
    const own = readingsOf(row.plan.entry.instrument);
    const open = Object.fromEntries(
      Object.entries(readings).filter(([name]) => name in own && !says(row, places, name)),
    );
    taken.set(r, open);
    const plan = Object.keys(open).length
      ? planOf(row.plan.entry, row.plan.claim, { readings: { ...row.plan.readings, ...open } })
      : row.plan;
    rows.push({ planned: { plan, row: row.row, firm: named("firm"), object: named("object") }, source: r + 1 });
  });
  return { rows, left, open: taken };
}

/**
 * The rows that are not blank as scenarios take them, with columns for the readings that the table does not say.
 * @param open by row (from 0) the readings that count there
 */
function baseOf(
  { instruments, headers, values, years }: ExportTable,
  { claim }: ExportOptions,
  open: ReadonlyMap<number, Readings>,
): ScenarioBase {
  const rows = [...open.keys()];
  const names = [...new Set([...open.values()].flatMap((readings) => Object.keys(readings)))];
  const each = (list: readonly Given[]): readonly Given[] => (list.length > 1 ? rows.map((r) => list[r]!) : list);
  return scenarioBase(
    each(instruments),
    [...headers, ...names],
    rows.map((r) => [...values[r]!, ...names.map((name) => open.get(r)![name] ?? "")]),
    each(years),
    claim,
  );
}

/** Whether a column of the table says the reading. */
const says = ({ plan }: PlannedRow, places: readonly string[], reading: string): boolean =>
  places.some((key) => {
    const meaning = wordsOf(plan.entry).get(key);
    return meaning?.kind === "reading" && meaning.name === reading;
  });
