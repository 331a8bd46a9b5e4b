/** A table that stands in a sheet, as BUTIE takes it. */
import {
  idOf,
  latestAt,
  neededInputs,
  partsOfYear,
  planOf,
  type Claim,
  type Entry,
  type Language,
  type Plan,
} from "../rules";
import { Unread, type CellError } from "./cells";
import { inputsOf, isHeader } from "./headers";
import { wordOf, type Match } from "./matching";
import { cellKey, regionsIn, type Region, type SheetCells } from "./region";

/** A table where it was found in a sheet. */
export interface FoundTable {
  readonly cells: SheetCells;
  readonly region: Region;
}

const ERROR =
  /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|BUSY!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!)$/;

/** Whether a cell shows an error; hosts and files hand errors over as their text. */
export const isErrorText = (value: string | number | boolean): value is string =>
  typeof value === "string" && ERROR.test(value);

/** The value that a reader sees in a cell of a column: a merged cell above counts. */
export function valueAt({ cells, region }: FoundTable, row: number, column: number): string | number | boolean {
  return cells.values[region.above.get(cellKey(row, column)) ?? row]?.[column] ?? "";
}

/** The same as our functions get it. */
export function givenAt(table: FoundTable, row: number, column: number): string | number | boolean | CellError {
  const value = valueAt(table, row, column);
  return isErrorText(value) ? { code: value } : value;
}

/** Headers and values as BUTIE takes them. */
export interface Claims {
  readonly headers: readonly string[];
  readonly values: readonly (string | number | boolean | CellError)[][];
}

/**
 * The columns of a table that mean something to some instruments. Row r of the values is row r of the sheet: what is no row
 * of the table is blank, so that words about a row count as the sheet does.
 */
export function claimsOf(table: FoundTable, matches: readonly Match[], entries: readonly Entry[]): Claims {
  const { rows } = table.region;
  const used = matches.filter(({ name }) => name);
  const claimed = new Set(rows);
  return {
    headers: used.map((match) => wordOf(match, entries, "zh")),
    values: Array.from({ length: (rows.at(-1) ?? -1) + 1 }, (_, row) =>
      used.map(({ column }) => (claimed.has(row) ? givenAt(table, row, column) : "")),
    ),
  };
}

/** The id of the instrument of each of those rows; "" where `at` finds none for a row, by its place among the table's. */
export function instrumentsOf({ region }: FoundTable, at: (i: number) => Entry | Unread | undefined): string[] {
  const ids = Array<string>((region.rows.at(-1) ?? -1) + 1).fill("");
  region.rows.forEach((row, i) => {
    const entry = at(i);
    if (entry && !(entry instanceof Unread)) ids[row] = idOf(entry);
  });
  return ids;
}

/** The tables of a sheet that are worth offering: rows under headers that some policy understands. */
export const tablesIn = (cells: SheetCells): FoundTable[] =>
  regionsIn(cells, isHeader)
    .filter(
      ({ rows, columns }) =>
        rows.length > 0 && columns.filter(({ header, full }) => isHeader(header) || isHeader(full)).length >= 2,
    )
    .map((region) => ({ cells, region }));

/** The inputs that columns fill: a column of days tells the quarter and the half-year, and other rows what they are awarded. */
export const filledBy = (plan: Plan, columns: readonly string[]): readonly string[] => [
  ...columns,
  ...(columns.includes("year") ? partsOfYear(plan.entry.instrument).map(({ input }) => input) : []),
  ...plan.awarded.map(({ input }) => input),
];

/** The inputs that rows under these columns need and no column fills, in words. */
export function missingInputs(
  entry: Entry,
  matches: readonly (Pick<Match, "name"> | undefined)[],
  claim: Claim,
  language: Language,
): string[] {
  const plan = planOf(latestAt(entry, claim), claim);
  const filled = filledBy(
    plan,
    matches.flatMap((match) => match?.name ?? []),
  );
  return neededInputs(plan, filled)
    .filter((input) => !filled.includes(input))
    .map((input) => inputsOf(entry)[input]?.[language] ?? input);
}
