/** Reads a table of headers and values into planned rows: whatever a row says, it is either planned or refused in words. */
import {
  GENERAL_INPUTS,
  isInForce,
  planOf,
  readingsOf,
  refuse,
  Refusal,
  type Claim,
  type Entry,
  type Input,
  type Plan,
  type PlannedRow,
  type Value,
} from "../rules";
import {
  isBlank,
  isError,
  readChoice,
  readClaim,
  readEntry,
  readInput,
  type Cell,
  type CellError,
  type Given,
  type Matrix,
} from "./cells";

/** A row that could not be planned: a refusal of ours, or an error that a cell brought along. */
export type Unplanned = { readonly refusal: Refusal | CellError };
export type TableRow = PlannedRow | Unplanned;
export const isPlanned = (row: TableRow): row is PlannedRow => "plan" in row;

/** Headers that belong to the table, not to a clause. */
const TABLE_HEADERS: Readonly<Record<string, readonly string[]>> = {
  instrument: ["instrument", "政策工具", "工具"],
  year: ["year", "年度", "申领年度"],
  firm: ["firm", "企业", "企业名称"],
  object: ["object", "对象", "合同"],
};

/** What a header means for one instrument. */
type Meaning = { kind: "table" | "reading" | "input"; name: string };

const sameWord = (a: string, b: string): boolean => fold(a) === fold(b);
const fold = (word: string): string => word.normalize("NFKC").trim().toLowerCase();

/** Headers for what was already granted, whatever the instrument calls it. */
const GRANTED = ["prior_paid", "cum_paid"];

export function meaningOf(header: string, entry: Entry, headers: readonly string[]): Meaning | undefined {
  const own = ownMeaning(header, entry);
  if (own || !GRANTED.some((word) => sameWord(word, header))) return own;
  const name = grantedInput(entry);
  // It stands in where nothing else in the table does.
  const before = headers.slice(0, headers.indexOf(header)).some((one) => GRANTED.some((word) => sameWord(word, one)));
  if (!name || before || headers.some((one) => ownMeaning(one, entry)?.name === name)) return undefined;
  return { kind: "input", name };
}

/** The input that is taken off an award or a limit as already granted. */
export const grantedInput = ({ instrument: { minus, parts = [], limits = [] } }: Entry): string | undefined =>
  minus ?? [...parts.flatMap((part) => part.limits), ...limits].find(({ used }) => used)?.used;

export function ownMeaning(header: string, { instrument }: Entry): Meaning | undefined {
  const inputs: Record<string, Input> = { ...instrument.inputs, ...GENERAL_INPUTS };
  const byName = Object.keys(inputs).find((name) => sameWord(name, header));
  if (byName) return { kind: "input", name: byName };
  const byLabel = Object.entries(inputs).find(([, { zh, en, alias = [] }]) =>
    [zh, en, ...alias].some((label) => sameWord(label, header)),
  );
  if (byLabel) return { kind: "input", name: byLabel[0] };
  const reading = Object.keys(readingsOf(instrument)).find((name) => sameWord(name, header));
  if (reading) return { kind: "reading", name: reading };
  const table = Object.entries(TABLE_HEADERS).find(([, words]) => words.some((word) => sameWord(word, header)));
  return table && { kind: "table", name: table[0] };
}

/** Every header that an instrument accepts, for messages. */
export const acceptedHeaders = ({ instrument }: Entry): string[] => [
  ...Object.entries(instrument.inputs ?? {}).map(([name, { zh }]) => `${name}（${zh}）`),
  ...Object.keys(GENERAL_INPUTS),
  ...Object.keys(readingsOf(instrument)),
  ...Object.keys(TABLE_HEADERS),
];

/**
 * Plans every row of a table.
 * @param instruments one id, or one per row; a header `instrument` serves too
 * @param years one year or date, or one per row; a header `year` serves too; blank means `claim`
 * @throws Refusal where the table as a whole cannot be read (ragged, unknown or repeated headers)
 */
export function readTable(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): TableRow[] {
  const table = new Table(instruments, headers, values, years, claim);
  const rows = values.map((_, r) => table.row(r));
  table.checkUsed();
  return rows;
}

/** A table whose rows are read one by one, or (columns.ts) by column. */
export class Table {
  readonly headers: readonly string[];
  /** Column of what belongs to the table; -1 where there is none. */
  readonly at: Readonly<Record<"instrument" | "year" | "firm" | "object", number>>;
  private readonly layouts: Layouts;

  /** @throws Refusal where the table is ragged */
  constructor(
    private readonly instruments: readonly Given[],
    headers: readonly Given[],
    readonly values: Matrix,
    private readonly years: readonly Given[],
    private readonly claim: Claim,
  ) {
    this.headers = headers.map((header) => (isError(header) || isBlank(header) ? "" : String(header)));
    checkShape(this.headers, values, instruments, years);
    const column = (name: string): number =>
      this.headers.findIndex((header) => TABLE_HEADERS[name]!.some((word) => sameWord(word, header)));
    this.at = {
      instrument: column("instrument"),
      year: column("year"),
      firm: column("firm"),
      object: column("object"),
    };
    this.layouts = new Layouts(this.headers);
  }

  /** What row r says: planned, or refused in words. */
  row(r: number): TableRow {
    const cells = this.values[r]!;
    const broken = cells.find(isError);
    try {
      // Even a row with an error in it makes the headers of its instrument known.
      const layout = this.layout(r);
      if (broken) return { refusal: broken };
      const row = cells as readonly Cell[];
      return {
        ...layout.read(row, this.when(r)),
        firm: textOf(row[this.at.firm]),
        object: textOf(row[this.at.object]),
      };
    } catch (error) {
      return { refusal: broken ?? refusedIn(error, r) };
    }
  }

  /** How the columns serve the row's instrument. @throws Refusal for an unknown one */
  layout(r: number): Layout {
    return this.layouts.of(readEntry(this.instrumentCell(r)));
  }

  /** When the row is claimed. @throws Refusal for what is no year and no date */
  when(r: number): Claim {
    const year = this.yearCell(r) as Cell;
    return isBlank(year) || year === 0 ? this.claim : readClaim(year);
  }

  instrumentCell(r: number): Given {
    return cellOr(this.values[r]![this.at.instrument] as Cell, nth(this.instruments, r));
  }

  yearCell(r: number): Given {
    return cellOr(this.values[r]![this.at.year] as Cell, nth(this.years, r));
  }

  /** Whether all rows share instrument and year. */
  get uniform(): boolean {
    const { instrument, year } = this.at;
    return instrument < 0 && year < 0 && this.instruments.length === 1 && this.years.length === 1;
  }

  /** @throws Refusal where no instrument of the rows read so far understands a header */
  checkUsed(): void {
    this.layouts.checkUsed();
  }
}

export function unknownHeader(header: string, column: number, entries: readonly Entry[]): Refusal {
  const accepted = [...new Set(entries.flatMap(acceptedHeaders))].join("、");
  return refuse(
    `不认识的表头“${header}”（第${column + 1}列）；可用：${accepted}`,
    `unknown header ${header} (column ${column + 1}); accepted: ${accepted}`,
  );
}

const nth = (list: readonly Given[], r: number): Given => (list.length === 1 ? list[0] : list[r]);
const cellOr = (cell: Cell, otherwise: Given): Given => (isBlank(cell) || cell === 0 ? otherwise : cell);
/** What a cell under a header that the row's instrument does not know may hold. */
export const saysNothing = (cell: Cell): boolean => isBlank(cell) || cell === 0 || cell === false;
const textOf = (cell: Cell): string | undefined => (isBlank(cell) || cell === 0 ? undefined : String(cell).trim());

function refusedIn(error: unknown, r: number): Refusal | CellError {
  if (!(error instanceof Refusal)) {
    if (isError(error as Given)) return error as CellError;
    throw error;
  }
  const { zh, en } = error.text;
  return new Refusal(error.code, { zh: `第${r + 1}行：${zh}`, en: `row ${r + 1}: ${en}` });
}

function checkShape(
  names: readonly string[],
  values: Matrix,
  instruments: readonly Given[],
  years: readonly Given[],
): void {
  const ragged = values.findIndex((row) => row.length !== names.length);
  if (ragged >= 0) {
    throw refuse(
      `表头有${names.length}列，第${ragged + 1}行数据有${values[ragged]!.length}列，列数应相同`,
      `there are ${names.length} headers but row ${ragged + 1} has ${values[ragged]!.length} values`,
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
  names.forEach((name, c) => {
    const filled = !name && values.some((row) => isError(row[c]) || !isBlank(row[c]));
    if (filled) throw refuse(`第${c + 1}列有数据但没有表头`, `column ${c + 1} has values but no header`);
  });
}

/** How the columns serve each instrument of the table; made once per instrument. */
class Layouts {
  private readonly known = new Map<string, Layout>();

  constructor(private readonly headers: readonly string[]) {}

  of(entry: Entry): Layout {
    const { id } = entry.instrument;
    const layout = this.known.get(id) ?? new Layout(entry, this.headers);
    this.known.set(id, layout);
    return layout;
  }

  /** A header that no instrument of the table understands is refused, never ignored. */
  checkUsed(): void {
    const layouts = [...this.known.values()];
    if (!layouts.length) return;
    this.headers.forEach((header, c) => {
      if (!header || layouts.some(({ meanings }) => meanings[c])) return;
      throw unknownHeader(
        header,
        c,
        layouts.map(({ entry }) => entry),
      );
    });
  }
}

export class Layout {
  readonly meanings: readonly (Meaning | undefined)[];
  private readonly plans = new Map<string, Plan>();

  constructor(
    readonly entry: Entry,
    private readonly headers: readonly string[],
  ) {
    this.meanings = headers.map((header) => (header ? meaningOf(header, entry, headers) : undefined));
    this.meanings.forEach((meaning, c) => {
      const first = this.meanings.findIndex((other) => other?.kind === meaning?.kind && other?.name === meaning?.name);
      if (!meaning || first === c) return;
      throw refuse(
        `表头重复：“${headers[first]}”与“${headers[c]}”指同一项`,
        `headers ${headers[first]} and ${headers[c]} name the same input`,
      );
    });
  }

  read(cells: readonly Cell[], claim: Claim): PlannedRow {
    // The window is asked before the inputs: outside it no input is right or wrong.
    if (!isInForce(this.entry.document, claim)) return { plan: this.plan(claim, {}), row: {} };
    const row: Record<string, Value> = {};
    this.meanings.forEach((meaning, c) => {
      this.named(c, cells[c], () => {
        if (meaning?.kind !== "input") return;
        const value = readInput(this.inputOf(meaning.name), cells[c]);
        if (value !== undefined) row[meaning.name] = value;
      });
    });
    return { plan: this.plan(claim, this.readings(cells)), row };
  }

  /** The readings that a row takes. @throws Refusal for an option that does not exist */
  readings(cells: readonly Cell[]): Record<string, string> {
    const readings: Record<string, string> = {};
    this.meanings.forEach((meaning, c) => {
      const cell = cells[c];
      if (meaning?.kind !== "reading" || isBlank(cell) || cell === 0) return;
      this.named(c, cell, () => {
        readings[meaning.name] = readChoice(readingsOf(this.entry.instrument)[meaning.name]!.options, cell);
      });
    });
    return readings;
  }

  /** Reads one cell; a refusal says which column it was. */
  private named(c: number, cell: Cell, read: () => void): void {
    const header = this.headers[c] ?? "";
    if (header && !this.meanings[c] && !saysNothing(cell)) {
      const { id } = this.entry.instrument;
      throw refuse(`${id} 没有“${header}”这一项，该格应留空`, `${id} has no input ${header}; leave the cell blank`);
    }
    try {
      read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.code, { zh: `“${header}”：${error.text.zh}`, en: `${header}: ${error.text.en}` });
    }
  }

  inputOf(name: string): Input {
    return this.entry.instrument.inputs?.[name] ?? GENERAL_INPUTS[name]!;
  }

  plan(claim: Claim, readings: Record<string, string>): Plan {
    const key = JSON.stringify([claim, readings]);
    const plan = this.plans.get(key) ?? planOf(this.entry, claim, { readings });
    this.plans.set(key, plan);
    return plan;
  }
}
