/** A table of headers and values: whatever a row holds, it is planned, refused in words, or wholly blank. */
import {
  isInForce,
  Refusal,
  refuse,
  versionAt,
  type Claim,
  type Plan,
  type PlannedRow,
  type Text,
  type Value,
} from "../rules";
import { isBlank, isError, isNothing, Unread, type Cell, type CellError, type Given, type Matrix } from "./cells";
import { meaningAnywhere, tableColumn, unknownHeader, type TableColumn } from "./headers";
import { Layout, layoutOf } from "./layout";
import { isStandIn, isTotal, nameOf } from "./names";
import { claimIn, readEntry } from "./period";
import { CellReader } from "./read";

/** Why a row has no plan: what was refused, in words. A Refusal has the same form. */
export interface Refused {
  readonly code: Refusal["code"];
  readonly text: Text;
}
/** A row that could not be planned: a refusal of ours, or an error that a cell brought along. */
export interface Unplanned {
  readonly refusal: Refused | CellError;
}
/** A row without any content: it claims nothing. */
export interface BlankRow {
  readonly blank: true;
}
export type TableRow = PlannedRow | Unplanned | BlankRow;
export const isPlanned = (row: TableRow): row is PlannedRow => "plan" in row;
export const isUnplanned = (row: TableRow): row is Unplanned => "refusal" in row;
export const isRefused = (refusal: Refused | CellError): refusal is Refused => "text" in refusal;

const BLANK_ROW: BlankRow = { blank: true };

/** How the columns serve each instrument of the rows, and whether there are rows that they serve not at all. */
interface Served {
  readonly layouts: readonly Layout[];
  readonly others: boolean;
}

/** A table whose rows are read one by one, or (groups.ts) by column. */
export class Table {
  headers: readonly string[];
  private keys: readonly string[];
  /** Column of what belongs to the table; -1 where there is none. */
  readonly at: Readonly<Record<TableColumn, number>>;
  /** 1 for rows without content; undefined where there are none. */
  private blank: Uint8Array | undefined;
  private readonly layoutOfCell = new Map<Given, Layout | Refused | CellError>();
  /** Of an instrument with several versions, by the day of the claim. */
  private readonly layoutOfDay = new Map<Layout, Map<Claim, Layout | Refused>>();
  private servedNow: Served | undefined;
  private readonly claimOfCell = new Map<Given, Claim | Unread>();
  private readonly readers = new Map<Layout, (CellReader | undefined)[]>();
  private readonly outside = new Map<Layout, Map<Claim, Plan | null>>();
  private flags: Uint8Array | undefined;
  values: Matrix;
  private named: boolean | undefined;
  private dated: boolean | undefined;
  /** By row, the inputs that the rows of earlier years tell. */
  private readonly counted = new Map<number, string[]>();
  /** By row, why it cannot be computed, where that lies in another row. */
  private readonly unknown = new Map<number, Refused>();

  /** @throws Refusal where the table is ragged, or a header stands twice */
  constructor(
    private readonly instruments: readonly Given[],
    headers: readonly Given[],
    values: Matrix,
    private readonly years: readonly Given[],
    private readonly claim: Claim,
  ) {
    this.values = values;
    this.headers = headers.map((header) => (isError(header) || isBlank(header) ? "" : String(header)));
    this.keys = this.headers.map(nameOf);
    checkShape(this.headers, this.keys, values, instruments, years);
    const at = { instrument: -1, year: -1, firm: -1, object: -1 };
    this.keys.forEach((key, c) => {
      const column = key ? tableColumn(key) : undefined;
      if (column && at[column] < 0) at[column] = c;
    });
    this.at = at;
    this.findBlanks();
  }

  /** Whether rows may be of several years. */
  get overYears(): boolean {
    return this.at.year >= 0 || this.years.length > 1;
  }

  /** Gives the table further columns of blank cells. @returns its cells, as fill() will write them */
  widen(added: readonly string[]): Matrix {
    const blanks = added.map(() => "");
    this.values = this.values.map((row) => [...row, ...blanks]);
    this.headers = [...this.headers, ...added];
    this.keys = [...this.keys, ...added.map(nameOf)];
    this.layoutOfCell.clear();
    this.layoutOfDay.clear();
    this.servedNow = undefined;
    return this.values;
  }

  /** Writes into the blank cell of an input what the rows of earlier years tell. */
  fill(r: number, column: number, input: string, value: number): void {
    (this.values[r] as Given[])[column] = value;
    const known = this.counted.get(r);
    if (known) known.push(input);
    else this.counted.set(r, [input]);
  }

  /** Refuses a row for what is wrong in another one. */
  refuse(r: number, words: Unread): void {
    this.unknown.set(r, inRow(words, r));
  }

  isRefused(r: number): boolean {
    return this.unknown.has(r);
  }

  /** Row r: planned, refused in words, or blank. */
  row(r: number): TableRow {
    if (this.isBlank(r)) return BLANK_ROW;
    const unknown = this.unknown.get(r);
    if (unknown) return { refusal: unknown };
    const cells = this.values[r]!;
    for (const cell of cells) if (isError(cell)) return { refusal: cell };
    const layout = this.layoutIn(r);
    if (!(layout instanceof Layout))
      return { refusal: isRefused(layout) ? inRow(layout.text, r, layout.code) : layout };
    const when = this.claimIn(r);
    if (when instanceof Unread) return { refusal: inRow(when, r) };
    if (isError(when)) return { refusal: when };
    const names = { firm: this.nameIn(r, "firm"), object: this.nameIn(r, "object") };
    // The window is asked before the inputs: outside it no input is right or wrong.
    const outside = this.planOutside(layout, when);
    if (outside) return { plan: outside, row: {}, ...names };
    const wrong = this.wrongName(r);
    if (wrong) return { refusal: inRow(wrong, r) };
    const row: Record<string, Value> = {};
    const readers = this.readersOf(layout);
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c] as Cell;
      const reader = readers[c];
      if (reader) {
        const value = reader.read(cell);
        if (value instanceof Unread) return { refusal: inRow(value, r) };
        if (value !== undefined) row[layout.meanings[c]!.name] = value;
      } else if (this.isForeign(c, layout) && !saysNothing(cell)) return { refusal: inRow(layout.foreign(c), r) };
    }
    const readings = layout.hasReadings ? layout.readings(cells) : {};
    if (readings instanceof Unread) return { refusal: inRow(readings, r) };
    const counted = this.counted.get(r);
    return { plan: layout.plan(when, readings), row, ...names, ...(counted && { counted }) };
  }

  /** Whether row r has no content: its cells are blank, or 0 (a blank of Excel on the desktop) where that means nothing. */
  isBlank(r: number): boolean {
    return this.blank?.[r] === 1;
  }

  get hasBlanks(): boolean {
    return this.blank !== undefined;
  }

  /** How the columns serve the row's instrument. @throws Refusal for an unknown one, and for headers that mean the same */
  layout(r: number): Layout {
    const layout = this.layoutIn(r);
    if (layout instanceof Layout) return layout;
    throw isRefused(layout) ? new Refusal(layout.code, layout.text) : layout;
  }

  /** The same, or why there is none. */
  layoutIn(r: number): Layout | Refused | CellError {
    const cell = this.instrumentCell(r);
    const layout = this.layoutOfCell.get(cell) ?? this.layoutFor(cell);
    this.layoutOfCell.set(cell, layout);
    return layout instanceof Layout && layout.entry.versions ? this.layoutOn(layout, r) : layout;
  }

  /** That of the version in force when row r is claimed. */
  private layoutOn(layout: Layout, r: number): Layout | Refused {
    const when = this.claimIn(r);
    // The row is refused for its year, whatever the version.
    if (when instanceof Unread || isError(when)) return layout;
    const days = this.layoutOfDay.get(layout) ?? new Map<Claim, Layout | Refused>();
    this.layoutOfDay.set(layout, days);
    const found =
      days.get(when) ?? unlessRefused(() => layoutOf(versionAt(layout.entry, when), this.headers, this.keys));
    days.set(when, found);
    return found;
  }

  private layoutFor(cell: Given): Layout | Refused | CellError {
    if (isError(cell)) return cell;
    if (!isBlank(cell) && isTotal(nameOf(cell!))) return { code: "value", text: totalRow(cell!) };
    return unlessRefused(() => layoutOf(readEntry(cell), this.headers, this.keys));
  }

  /** When the row is claimed; words for what is no year and no date. */
  claimIn(r: number): Claim | Unread | CellError {
    const cell = this.yearCell(r);
    if (isError(cell)) return cell;
    if (isNothing(cell))
      return this.namesYears ? blankAmongOthers(this.headers[this.at.year]!, { zh: "年度", en: "a year" }) : this.claim;
    const before = this.claimOfCell.get(cell);
    if (before) return before;
    const claim = isTotal(nameOf(cell!)) ? totalRow(cell!) : claimIn(cell);
    this.claimOfCell.set(cell, claim);
    return claim;
  }

  instrumentCell(r: number): Given {
    return this.cellOr(r, this.at.instrument, this.instruments);
  }

  /** A blank among rows that name their year stands for no year: merged cells hold a value in their first row only. */
  yearCell(r: number): Given {
    return this.cellOr(r, this.at.year, this.namesYears ? [undefined] : this.years);
  }

  private cellOr(r: number, column: number, list: readonly Given[]): Given {
    const own = column < 0 ? undefined : this.values[r]![column];
    return isNothing(own) ? (list.length === 1 ? list[0] : list[r]) : own;
  }

  /** Whether all rows share instrument and year. */
  get uniform(): boolean {
    const { instrument, year } = this.at;
    return instrument < 0 && year < 0 && this.instruments.length === 1 && this.years.length === 1;
  }

  /** Whether a column means nothing to an instrument, and is no flag: a flag that the clause does not ask for is left aside. */
  isForeign(c: number, layout: Layout): boolean {
    return this.headers[c] !== "" && !layout.meanings[c] && !this.flagColumns()[c];
  }

  /** Columns that are a flag for some instrument of the table. */
  private flagColumns(): Uint8Array {
    if (this.flags) return this.flags;
    this.flags = new Uint8Array(this.headers.length);
    for (const { meanings } of this.layouts())
      for (const [c, meaning] of meanings.entries()) if (meaning?.input?.kind === "flag") this.flags[c] = 1;
    return this.flags;
  }

  private served(): Served {
    if (this.servedNow) return this.servedNow;
    const found = new Set<Layout | Refused | CellError>();
    // One instrument is the same in every row, unless it has several versions.
    const isOne = this.at.instrument < 0 && this.instruments.length === 1;
    for (let r = 0; r < this.values.length; r++) {
      found.add(this.layoutIn(r));
      if (isOne && !this.layoutOfDay.size) break;
    }
    const layouts = [...found].filter((layout) => layout instanceof Layout);
    return (this.servedNow = { layouts, others: layouts.length < found.size });
  }

  layouts(): readonly Layout[] {
    return this.served().layouts;
  }

  /** @throws Refusal where no instrument of the rows understands a header: it is never ignored */
  checkUsed(): void {
    // A header may be meant for an instrument whose rows are refused anyway.
    const { layouts, others } = this.served();
    if (!layouts.length) return;
    this.headers.forEach((header, c) => {
      if (!header || layouts.some(({ meanings }) => meanings[c])) return;
      if (others && meaningAnywhere(this.keys[c]!)) return;
      for (const layout of layouts) layout.checkYielding(c);
      throw unknownHeader(
        header,
        this.keys[c]!,
        c,
        layouts.map(({ entry }) => entry),
      );
    });
  }

  /** The plan of a claim outside the window, made once however many rows have that day; null inside the window. */
  private planOutside(layout: Layout, when: Claim): Plan | null {
    const known = this.outside.get(layout) ?? new Map<Claim, Plan | null>();
    this.outside.set(layout, known);
    let plan = known.get(when);
    if (plan === undefined) {
      plan = isInForce(layout.entry, when) ? null : layout.plan(when);
      known.set(when, plan);
    }
    return plan;
  }

  nameIn(r: number, column: "firm" | "object"): string | undefined {
    const cell = this.values[r]![this.at[column]];
    return isUnnamed(cell) || isError(cell) ? undefined : nameOf(cell!);
  }

  /** The firm of a row, as it is spelled there. */
  firmIn(r: number): string | undefined {
    const cell = this.values[r]![this.at.firm];
    return isUnnamed(cell) || isError(cell) ? undefined : String(cell).trim();
  }

  /** Whether any row names its firm. */
  get namesFirms(): boolean {
    const { firm } = this.at;
    return (this.named ??= firm >= 0 && this.values.some((row) => !isUnnamed(row[firm])));
  }

  /** Whether any row names its year. */
  private get namesYears(): boolean {
    const { year } = this.at;
    return (this.dated ??= year >= 0 && this.values.some((row) => !isNothing(row[year])));
  }

  /** Words for a row that adds up others, for what is no name, and for a row without a firm among rows with firms. */
  private wrongName(r: number): Unread | undefined {
    for (const column of ["firm", "object"] as const) {
      const cell = this.values[r]![this.at[column]] as Cell;
      const words = isNothing(cell) ? undefined : noName(cell!, this.headers[this.at[column]]!);
      if (words) return words;
    }
    if (!this.namesFirms || !isUnnamed(this.values[r]![this.at.firm])) return undefined;
    return blankAmongOthers(this.headers[this.at.firm]!, { zh: "企业", en: "a firm" });
  }

  /** By column, what reads its cells for the instrument; their words name the header. */
  readersOf(layout: Layout): readonly (CellReader | undefined)[] {
    const before = this.readers.get(layout);
    if (before) return before;
    const readers = layout.meanings.map(
      (meaning, c) => meaning?.input && new CellReader(meaning.input, meaning.unit, (words) => layout.under(c, words)),
    );
    this.readers.set(layout, readers);
    return readers;
  }

  private findBlanks(): void {
    const { values, headers } = this;
    if (!headers.some(Boolean)) return;
    for (let r = 0; r < values.length; r++) {
      const row = values[r]!;
      if (!isNothing(row[0]) || !row.every(isNothing)) continue;
      // A written 0 may be what was granted before, for which an award of a fixed amount is due.
      const blank = !row.includes(0) || this.at.firm >= 0 || this.at.object >= 0 || asksAmount(this.layoutIn(r));
      if (blank) (this.blank ??= new Uint8Array(values.length))[r] = 1;
    }
  }
}

function unlessRefused<T>(read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const asksAmount = (layout: Layout | Refused | CellError): boolean => layout instanceof Layout && layout.asksAmount;

/** What a cell under a header that the row's instrument does not know may hold. */
export const saysNothing = (cell: Cell): boolean => isNothing(cell) || cell === false;

/** Blank, or a text of which nothing can be seen. */
const isUnnamed = (cell: Given): boolean => isNothing(cell) || (!isError(cell) && nameOf(cell!) === "");

/** Words for a cell under firm or object that is no name. */
function noName(cell: string | number | boolean, header: string): Unread | undefined {
  const name = nameOf(cell);
  if (isTotal(name)) return totalRow(cell);
  if (!isStandIn(name)) return undefined;
  return new Unread(
    `“${header}”一列的“${cell}”不是名称，会把不相干的行当作同一个；请填写名称，没有就留空`,
    `${cell} under ${header} is no name and would make one of rows that have nothing in common: enter the name, or leave it blank`,
  );
}

/** Words for a blank in a column of names or years that other rows fill. */
const blankAmongOthers = (header: string, { zh, en }: Text): Unread =>
  new Unread(
    `“${header}”为空，而其他行有${zh}；合并单元格只有首行有内容，请逐行填写`,
    `${header} is blank while other rows name ${en}; merged cells hold a value in their first row only: fill in every row`,
  );

const totalRow = (cell: string | number | boolean): Unread =>
  new Unread(
    `“${cell}”是合计行，不是申报；请把合计行排除在数据区之外`,
    `${cell} is a row of totals, not a claim; leave it out of the range`,
  );

const inRow = ({ zh, en }: Text, r: number, code: Refusal["code"] = "value"): Refused => ({
  code,
  text: { zh: `第${r + 1}行：${zh}`, en: `row ${r + 1}: ${en}` },
});

function checkShape(
  headers: readonly string[],
  keys: readonly string[],
  values: Matrix,
  instruments: readonly Given[],
  years: readonly Given[],
): void {
  const { length } = headers;
  const ragged = values.findIndex((row) => row.length !== length);
  if (ragged >= 0) {
    throw refuse(
      `表头有${length}列，第${ragged + 1}行数据有${values[ragged]!.length}列，列数应相同`,
      `there are ${length} headers but row ${ragged + 1} has ${values[ragged]!.length} values`,
    );
  }
  for (const [list, zh, en] of [
    [instruments, "政策工具", "instruments"],
    [years, "年度", "years"],
  ] as const) {
    if (list.length > 1 && list.length !== values.length) {
      throw refuse(
        `${zh}有${list.length}行，数据有${values.length}行，应相同或只给一个`,
        `${list.length} ${en} for ${values.length} rows`,
      );
    }
  }
  const first = new Map<string, number>();
  keys.forEach((key, c) => {
    const before = first.get(key);
    if (key && before !== undefined) {
      throw refuse(
        `表头重复：“${headers[before]}”（第${before + 1}列和第${c + 1}列）`,
        `header ${headers[before]} stands twice (columns ${before + 1} and ${c + 1})`,
      );
    }
    first.set(key, c);
    const filled = !key && values.some((row) => isError(row[c]) || !isBlank(row[c]));
    if (filled) throw refuse(`第${c + 1}列有数据但没有表头`, `column ${c + 1} has values but no header`);
  });
}
