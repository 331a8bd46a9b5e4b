/** The claims on a pool, read from the cells of their columns. */
import { formatAddress, parseAddress, reference } from "../../host/address";
import type { CellValue, Place } from "../../host/workbook";
import { Refusal, refuse, yearsLater, type Text } from "../../rules";
import {
  claimIn,
  isBlank,
  isNothing,
  isPercentage,
  nameOf,
  narrow,
  numberIn as exactIn,
  readAmount,
  readClaim,
  Unread,
  type Unit,
} from "../../tables";
import { COLUMN_NAMES, numberIn, refusedAt, spreadOfRange, type Columns } from "./claim-columns";
import { yearOf } from "../year";
import { COLUMNS, type ColumnName } from "./columns";

/** The cells of a column that was read, from top to bottom. */
export interface ReadColumn {
  readonly place: Place;
  readonly cells: readonly CellValue[];
  /** The rows of the sheet in which the cells of a table stand; absent where they are all rows of the place. */
  readonly rows?: readonly number[];
  /** Formulas cannot refer to the place: other rows lie between these, or what stands there is not what is claimed. */
  readonly isApart?: boolean;
  /** Of the amounts. */
  readonly unit?: Unit;
  /** Of dates: not every cell names a day, all of them a year or nothing. */
  readonly yearsOnly?: boolean;
  /** Of awards by a policy: by year ahead, the fen of some of the cells by their place; NaN where there is no award. */
  readonly ahead?: readonly ReadonlyMap<number, number>[];
}
export type ReadColumns = Readonly<Partial<Record<ColumnName, ReadColumn>>>;

/** A row of claims; `claim` is the place of its claim in the lists. */
interface ClaimRow {
  readonly amount: number;
  readonly claim: number;
}

export interface ClaimPart {
  readonly amount: number;
  readonly probability: number;
}

/** Probabilities in words ("高", "中", "低") of which not all have been given as a number. */
export class OpenChances extends Refusal {
  constructor(
    text: Text,
    /** All words of the column, in the order in which they appear. */
    readonly words: readonly string[],
  ) {
    super("value", text);
  }
}

/** What is said of probabilities that are no numbers. */
export interface Unnumbered {
  /** A blank means that the claim comes; otherwise it is missing. */
  readonly blankIsCertain?: boolean;
  /** By word, the number that was given for it, as it was typed. */
  readonly chances?: Readonly<Record<string, string>>;
}

/** One claim is one row, or one firm where the claims name their firms. All lists but those of rows are equally long. */
export interface Claims {
  readonly names: readonly string[];
  /** Whole fen. */
  readonly amounts: readonly number[];
  readonly probabilities: readonly number[];
  readonly spreads: readonly number[];
  /** The rows with their days, where there are any. */
  readonly dated: readonly (ClaimRow & { readonly date: string })[] | undefined;
  /** The rows with their years, where they have any; undefined in a row that names none. */
  readonly yearly?:
    readonly (ClaimRow & { readonly year: number | undefined; readonly probability: number })[] | undefined;
  /** The rows of the last year again in the years ahead, with their awards by the rules; undefined where no policy computes them. */
  readonly ahead?: Claims["dated"];
  /** So many of these rows have no award: the policy has ended, say. */
  readonly aheadRefused?: number;
  readonly ranks: readonly number[] | undefined;
  /** What each claim belongs to, "" where its cell is blank; undefined: no column gives it. */
  readonly groups?: readonly string[] | undefined;
  /** The name of the sub-pool that each claim draws on; blank where the cell is. */
  readonly subPools: readonly string[] | undefined;
  /** Rows of one firm are one claim. */
  readonly byFirm: boolean;
  /** Rows that were read. */
  readonly rows: number;
  /** Where the columns lie, a header row left out; what formulas refer to. None where no formula can. */
  readonly columns: Columns;
  /** The text above the claims, where there is one. */
  readonly header: string | undefined;
  /** Claims whose probability is blank and was taken as 1; none where blanks are refused. */
  readonly certainBlanks: number;
  /** Words in the column of probabilities that a number was given for. */
  readonly chanceWords: readonly string[];
  /** The probabilities are numbers such as 80, and mean per cent. */
  readonly inPercent?: boolean;
  /** Rows of which only the month is known: they come at its end. */
  readonly monthsOnly?: number;
  /**
   * By claim, what comes with which probability where the rows of a firm differ in it; their mean, weighted with the amounts, is then
   * its probability. Undefined: no firm is such.
   */
  readonly parts?: readonly (readonly ClaimPart[] | undefined)[] | undefined;
  /**
   * Plain formulas over the cells (SUMIFS by firm, IF at a cap) read them as the planner does: amounts are numbers in whole
   * fen, and one firm is always spelled alike.
   */
  readonly asCells: boolean;
  /** The last row is what all rows above it add up to: a total that was taken along? */
  readonly endsInTotal: boolean;
}

/** Reading that pauses now and then, so that ten thousand cells do not keep the pane from answering. */
export type Pausing<T> = Generator<undefined, T, void>;

/**
 * Reads the claims. A first row with a text for an amount is a header, and is left out of all columns.
 * @param columns where they lie, and the single numbers for all claims alike
 * @throws Refusal that names the cell; OpenChances
 */
export function* claimsFrom(
  read: ReadColumns & { readonly claims: ReadColumn },
  columns: Columns,
  { blankIsCertain = false, chances = {} }: Unnumbered = {},
): Pausing<Claims> {
  const all = read.claims.cells;
  const first = all[0];
  const header =
    !read.claims.rows && typeof first === "string" && first.trim() !== "" && !startsWithNumber(first)
      ? first.trim()
      : undefined;
  const skipped = header === undefined ? 0 : 1;
  const parts = Object.fromEntries(
    COLUMNS.flatMap((name) => {
      const column = read[name];
      return column ? [[name, rest(name, column, all.length, skipped)] as const] : [];
    }),
  ) as ReadColumns & { claims: ReadColumn };

  const fen = yield* each(parts.claims, "claims", (cell) => readAmount(cell, read.claims.unit));
  if (!fen.length) throw refuse("申请额：所选区域没有数字", "claims: there are no numbers in the range");
  let certainBlanks = 0;
  const words = new Set<string>();
  const inPercent = parts.probability?.cells.some((cell) => (exactIn(cell)?.toNumber() ?? 0) > 1) ?? false;
  const odds = (cell: CellValue, row: number): number => {
    if (typeof cell === "string" && !isNothing(cell) && !/\d/.test(cell.normalize("NFKC"))) {
      const word = cell.trim();
      words.add(word);
      return chances[word]?.trim() ? numberIn("probability", chances[word]) : 1;
    }
    if (!isBlank(cell)) return inPercent ? percentIn(cell) : numberIn("probability", cell);
    // A row without a claim needs no probability, and makes nothing uncertain.
    if (fen[row] === 0) return 1;
    if (!blankIsCertain) throw NO_PROBABILITY;
    certainBlanks++;
    return 1;
  };
  const numbers = function* (name: "probability" | "spread" | "rank", otherwise: number): Pausing<number[]> {
    const column = parts[name];
    if (column)
      return yield* each(column, name, (cell, row) =>
        name === "probability" ? odds(cell, row) : numberIn(name, cell),
      );
    const given = columns[name];
    return fen.map(() => (given && "number" in given ? given.number : otherwise));
  };
  /** By a range in words people use, or by the deviation itself; two that differ would leave open which one counts. */
  const spreadsOf = function* (): Pausing<number[]> {
    const [range, given] = [parts.within ?? columns.within, parts.spread ?? columns.spread];
    if (range && given)
      throw refuse("“上下浮动”与“离散度”只能填一个", "give the range or the spread of the size, not both");
    if (parts.within) return yield* each(parts.within, "within", spreadOfRange);
    const single = columns.within;
    return single && "number" in single ? fen.map(() => single.number) : yield* numbers("spread", 0);
  };
  const yearsOnly = parts.date?.yearsOnly;
  let monthsOnly = 0;
  const dayOrMonth = (cell: CellValue): string => {
    const month = monthIn(cell);
    if (month) monthsOnly++;
    return month ?? dayIn(cell);
  };
  const days = parts.date && !yearsOnly ? yield* each(parts.date, "date", dayOrMonth) : undefined;
  const years = parts.date && yearsOnly ? yield* each(parts.date, "date", yearIn) : days?.map(yearOf);
  const probabilities = yield* numbers("probability", 1);
  const chanceWords = [...words];
  const open = chanceWords.filter((word) => !chances[word]?.trim());
  if (open.length) throw openChances(open, chanceWords);
  const spreads = yield* spreadsOf();
  const single: Claims = {
    names: fen.map((_, row) => cellOf(parts.claims, row)),
    amounts: fen,
    probabilities,
    spreads,
    dated: days?.map((date, row) => ({ date, amount: fen[row]!, claim: row })),
    yearly: years?.map((year, row) => ({
      year,
      amount: fen[row]!,
      claim: row,
      probability: probabilities[row]!,
    })),
    ...(days && parts.claims.ahead && rowsAheadOf(parts.claims.ahead, days)),
    ranks: parts.rank && (yield* numbers("rank", 0)),
    groups: parts.group && (yield* each(parts.group, "group", (cell) => (isNothing(cell) ? "" : String(cell).trim()))),
    subPools: parts.subpool?.cells.map((cell) => (isBlank(cell) ? "" : String(cell).trim())),
    certainBlanks,
    chanceWords,
    inPercent,
    monthsOnly,
    byFirm: false,
    rows: fen.length,
    columns:
      chanceWords.length || inPercent || monthsOnly || Object.values(parts).some(({ isApart }) => isApart)
        ? {}
        : {
            ...columns,
            // One range for all is one spread, which a formula can hold.
            ...(columns.within && "number" in columns.within && { spread: columns.within }),
            ...Object.fromEntries(Object.entries(parts).map(([name, { place }]) => [name, { place }])),
          },
    header,
    asCells: parts.claims.cells.every((cell, row) => cell === "" || cell === fen[row]! / 100),
    endsInTotal: fen.length > 2 && fen.at(-1)! > 0 && fen.at(-1) === sum(fen.slice(0, -1)),
  };
  return parts.firm ? byFirm(single, parts.firm) : single;
}

function rowsAheadOf(
  years: NonNullable<ReadColumn["ahead"]>,
  days: readonly string[],
): Pick<Claims, "ahead" | "aheadRefused"> {
  const all = years.flatMap((awards, k) =>
    [...awards].map(([claim, amount]) => ({ date: yearsLater(days[claim]!, k + 1), amount, claim })),
  );
  const ahead = all.filter(({ amount }) => !Number.isNaN(amount));
  return { ahead, aheadRefused: all.length - ahead.length };
}

const NO_PROBABILITY = refuse(
  "空白；请填 0 到 1 的概率，必定发生的填 1，或打开“概率为空按 1 计”",
  'blank; enter a probability from 0 to 1 (1 for a certain claim), or switch on "Blank probabilities count as 1"',
);

const openChances = (open: readonly string[], all: readonly string[]): OpenChances => {
  const quoted = open.map((word) => `“${word}”`);
  return new OpenChances(
    {
      zh: `概率一列写的是${quoted.join("")}：每种写法有多大可能，请填成数，如 80%`,
      en: `the column of probabilities says ${quoted.join(", ")}: give each a number such as 80%`,
    },
    all,
  );
};

const startsWithNumber = (text: string): boolean => /^[\s¥￥+-]*[\d０-９#]/.test(text);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

function rest(name: ColumnName, column: ReadColumn, height: number, skipped: number): ReadColumn {
  const { place, cells } = column;
  if (cells.length !== height) {
    const { zh, en } = COLUMN_NAMES[name];
    throw refuse(
      `${zh}有 ${cells.length} 行，申请额有 ${height} 行，应相同`,
      `there are ${cells.length} rows of ${en} for ${height} rows of claims`,
    );
  }
  if (!skipped) return column;
  const area = parseAddress(place.address)!;
  if (height === skipped) return { place, cells: [] };
  const address = formatAddress({ ...area, row: area.row + skipped, rows: height - skipped });
  return { place: { ...place, address }, cells: cells.slice(skipped) };
}

/** "合同!I8": where one cell of a column lies. */
function cellOf({ place, rows }: ReadColumn, row: number): string {
  const area = parseAddress(place.address)!;
  return reference({ ...place, address: formatAddress({ ...area, row: rows?.[row] ?? area.row + row, rows: 1 }) });
}

/** So many cells are read between two pauses. */
const CELLS = 250;

function* each<T>(column: ReadColumn, name: ColumnName, read: (cell: CellValue, row: number) => T): Pausing<T[]> {
  const values: T[] = [];
  for (const [row, cell] of column.cells.entries()) {
    if (row % CELLS === CELLS - 1) yield;
    try {
      values.push(read(cell, row));
    } catch (error) {
      const { zh, en } = COLUMN_NAMES[name];
      const at = cellOf(column, row);
      throw refusedAt({ zh: `${zh} ${at}`, en: `${en} ${at}` }, error);
    }
  }
  return values;
}

/** A number in a column in which some are above 1: of one that is not, nobody can say whether it is a part or per cent. */
function percentIn(cell: CellValue): number {
  const number = exactIn(cell);
  if (!number || isPercentage(cell)) return numberIn("probability", cell);
  if (number.gt(0) && number.lte(1))
    throw refuse(
      `“${cell}”是 ${number.toFixed()}% 还是 ${number.times(100).toFixed()}%？同一列里有大于 1 的数；请写成百分数，如 ${number.times(100).toFixed()}%`,
      `is ${cell} ${number.toFixed()}% or ${number.times(100).toFixed()}%? Other numbers of the column are above 1; write it with a % sign`,
    );
  return numberIn("probability", `${number.toFixed()}%`);
}

const MONTH = /^(\d{4})(?:\s*[-/.年]\s*(\d{1,2})|(\d{2}))\s*月?份?$/;

/** The last day of a month: "2026年10月", "2026-10", 202610. */
function monthIn(cell: CellValue): string | undefined {
  const [, year = "", apart, joined] = MONTH.exec(narrow(String(cell)).trim()) ?? [];
  const month = Number(apart ?? joined);
  if (!year || month < 1 || month > 12) return undefined;
  return new Date(Date.UTC(Number(year), month, 0)).toISOString().slice(0, 10);
}

/** Whether a cell says when a claim comes. */
export const isDayOrMonth = (cell: CellValue): boolean => {
  const claim = claimIn(cell);
  return monthIn(cell) !== undefined || (!(claim instanceof Unread) && claim.day !== undefined);
};

function dayIn(cell: CellValue): string {
  const { day } = readClaim(cell);
  if (day !== undefined) return day;
  throw refuse(
    `“${cell}”只有年份，应为日期，如 2026-03-15`,
    `"${cell}" is a year only; enter a date such as 2026-03-15`,
  );
}

const yearIn = (cell: CellValue): number | undefined => (isNothing(cell) ? undefined : readClaim(cell).year);

/**
 * One claim per firm, in the order of their first rows, names compared as nameOf() spells them. Rows of one firm
 * must have one spread and rank; of probabilities that differ it has the mean, which leaves its expected amount as it is.
 */
function byFirm(rows: Claims, firms: ReadColumn): Claims {
  const places = new Map<string, number>();
  const firsts: number[] = [];
  const amounts: number[] = [];
  const known: (ClaimRow & ClaimPart)[] = [];
  const claimOfRow: number[] = [];
  // XLOOKUP takes what stands beside the first row of a firm, be it a claim or not.
  let inFirstRows = true;
  firms.cells.forEach((cell, row) => {
    const amount = rows.amounts[row]!;
    if (isNothing(cell)) {
      if (amount === 0) return;
      const at = cellOf(firms, row);
      throw refuse(`企业 ${at} 是空的，该行有申请额`, `firms ${at}: the cell is blank, but the row has a claim`);
    }
    const key = nameOf(cell);
    const place = places.get(key) ?? firsts.length;
    if (place === firsts.length) {
      places.set(key, place);
      firsts.push(row);
      amounts.push(0);
    }
    claimOfRow[row] = place;
    // A row without an amount is no claim: what stands beside it is not compared.
    if (amount === 0) return;
    if (amounts[place] === 0) {
      inFirstRows &&= firsts[place] === row;
      firsts[place] = row;
    }
    checkAlike(rows, firms, row, firsts[place]!);
    amounts[place]! += amount;
    known.push({ claim: place, amount, probability: rows.probabilities[row]! });
  });
  const chances = chancesOf(
    known,
    firsts.map((row) => rows.probabilities[row]!),
  );
  const ofFirms = <Row extends ClaimRow>(list: readonly Row[] | undefined): Row[] | undefined =>
    list?.flatMap((row) => (row.claim in claimOfRow ? [{ ...row, claim: claimOfRow[row.claim]! }] : []));
  return {
    ...rows,
    asCells:
      rows.asCells &&
      inFirstRows &&
      firms.cells.every((cell, row) => isAlike(cell, firms.cells[firsts[claimOfRow[row]!]!])),
    byFirm: true,
    ...chances,
    ...(chances.parts && { columns: {} }),
    names: firsts.map((row) => String(firms.cells[row])),
    amounts,
    spreads: firsts.map((row) => rows.spreads[row]!),
    dated: ofFirms(rows.dated),
    yearly: ofFirms(rows.yearly),
    ...(rows.ahead && { ahead: ofFirms(rows.ahead)! }),
    ranks: rows.ranks && firsts.map((row) => rows.ranks![row]!),
    groups: rows.groups && firsts.map((row) => rows.groups![row]!),
    subPools: rows.subPools && firsts.map((row) => rows.subPools![row]!),
  };
}

/** @param otherwise the probability of claims without a row */
function chancesOf(
  rows: readonly (ClaimRow & ClaimPart)[],
  otherwise: readonly number[],
): Pick<Claims, "probabilities" | "parts"> {
  const amounts = otherwise.map(() => new Map<number, number>());
  for (const { claim, amount, probability } of rows)
    amounts[claim]!.set(probability, (amounts[claim]!.get(probability) ?? 0) + amount);
  const all = amounts.map((one) => [...one].map(([probability, amount]): ClaimPart => ({ amount, probability })));
  const parts = all.map((some) => (some.length > 1 ? some : undefined));
  const total = (some: readonly ClaimPart[], of: (part: ClaimPart) => number) =>
    some.reduce((all, part) => all + of(part), 0);
  return {
    probabilities: all.map((some, claim) =>
      some.length > 1
        ? total(some, ({ amount, probability }) => amount * probability) / total(some, ({ amount }) => amount)
        : (some[0]?.probability ?? otherwise[claim]!),
    ),
    parts: parts.some(Boolean) ? parts : undefined,
  };
}

/** The years in which rows are claimed, rising; none where no row names one. */
export const claimedYears = ({ yearly = [] }: Pick<Claims, "yearly">): number[] =>
  [...new Set(yearly.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b);

const BY_YEAR = new WeakMap<Claims, Map<number, Claims>>();

/**
 * The claims of one year: rows of other years are left out, and formulas cannot refer to the rest.
 * @returns the same object for the same claims, so that they go to a worker once
 */
export function ofYear(claims: Claims, year: number): Claims {
  const known = BY_YEAR.get(claims) ?? new Map<number, Claims>();
  BY_YEAR.set(claims, known);
  const own = known.get(year) ?? inYear(claims, year);
  known.set(year, own);
  return own;
}

function inYear(claims: Claims, year: number): Claims {
  const yearly = claims.yearly!.filter((row) => row.year === undefined || row.year === year);
  const places = [...new Set(yearly.map(({ claim }) => claim))].sort((a, b) => a - b);
  const moved = new Map(places.map((claim, place) => [claim, place]));
  const here = <Row extends ClaimRow>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, claim: moved.get(row.claim)! }));
  const rows = here(yearly);
  const amounts = places.map(() => 0);
  for (const { claim, amount } of rows) amounts[claim]! += amount;
  const kept = <T>(list: readonly T[]): T[] => places.map((place) => list[place]!);
  return {
    ...claims,
    ahead: undefined,
    names: kept(claims.names),
    amounts,
    // Of a firm whose rows differ in their probability, those of this year count.
    probabilities: kept(claims.probabilities),
    ...(claims.parts && chancesOf(rows, kept(claims.probabilities))),
    spreads: kept(claims.spreads),
    dated: claims.dated && here(claims.dated.filter(({ date }) => yearOf(date) === year)),
    yearly: rows,
    ranks: claims.ranks && kept(claims.ranks),
    groups: claims.groups && kept(claims.groups),
    subPools: claims.subPools && kept(claims.subPools),
    rows: rows.length,
    columns: {},
    asCells: false,
  };
}

/** Spelled as the firm's first claim is, and without what SUMIFS reads as a pattern, a comparison or a number. */
const isAlike = (cell: CellValue, first: CellValue | undefined): boolean =>
  isBlank(cell) || (cell === first && typeof cell === "string" && !/[*?~]|^[<>=]|^[\s\d.,%+-]+$/.test(cell));

const ALIKE: readonly ["spreads" | "ranks" | "groups" | "subPools", Text][] = [
  ["spreads", COLUMN_NAMES.spread],
  ["ranks", COLUMN_NAMES.rank],
  ["groups", COLUMN_NAMES.group],
  ["subPools", COLUMN_NAMES.subpool],
];

function checkAlike(rows: Claims, firms: ReadColumn, row: number, first: number): void {
  for (const [list, { zh, en }] of ALIKE) {
    if (rows[list]?.[row] === rows[list]?.[first]) continue;
    const [here, there] = [cellOf(firms, row), cellOf(firms, first)];
    throw refuse(
      `同一企业的${zh}应相同：${here} 与 ${there} 不同；不按企业合并时请清空“企业”（命令行：--firm ""）`,
      `one firm must have the same ${en}: ${here} and ${there} differ; leave the firms blank (--firm "" on the command line) to keep rows apart`,
    );
  }
}
