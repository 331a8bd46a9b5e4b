/** Proposes which columns of a sheet fill which inputs, by the words in its header row. The user sees and corrects it. */
import { formatAddress, parseAddress } from "../../host/address";
import type { Cells, CellValue, Place } from "../../host/workbook";
import type { Input } from "../../rules";
import type { Ranges } from "./compose";

/** A column that may fill an input: 2 for the very word of the input, 1 where one word holds the other. */
interface Candidate {
  readonly column: number;
  readonly score: number;
}

const fold = (text: unknown): string => String(text).normalize("NFKC").trim().toLowerCase();

function scoreOf(header: string, words: readonly string[]): number {
  if (header.length < 2) return 0;
  if (words.includes(header)) return 2;
  return words.some((word) => word.includes(header) || header.includes(word)) ? 1 : 0;
}

const isWord = ({ kind }: Input): boolean => kind === "choice" || kind === "flag";

/** Whether the cell below a header can be the input's: an amount is no text, a choice is no amount. */
function suits(input: Input, below: CellValue | undefined): boolean {
  if (below === undefined || below === "") return false;
  const number = typeof below === "number" || (typeof below === "string" && /^[\d,.]+%?$/.test(below));
  return isWord(input) ? typeof below !== "number" || below <= 1 : number;
}

type Inputs = Readonly<Record<string, Input>>;

/** For each input the column of the row that names it best. */
function candidates({ values }: Cells, row: number, inputs: Inputs): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  values[row]!.forEach((header, column) => {
    for (const [name, input] of Object.entries(inputs)) {
      if (!suits(input, values[row + 1]?.[column])) continue;
      const score = scoreOf(fold(header), [name, input.zh, input.en, ...(input.alias ?? [])].map(fold));
      if (score > (found.get(name)?.score ?? 0)) found.set(name, { column, score });
    }
  });
  return found;
}

const total = (columns: ReadonlyMap<string, Candidate>): number =>
  [...columns.values()].reduce((sum, { score }) => sum + score, 0);

/** The columns below the best header row of `cells`, by input; empty where no header is recognised. */
export function recognise(cells: Cells, inputs: Inputs): Ranges {
  const rows = cells.values.map((_, row) => candidates(cells, row, inputs));
  const header = rows.reduce((best, columns, row) => (total(columns) > total(rows[best]!) ? row : best), 0);
  const columns = rows[header];
  if (!columns?.size) return {};
  const numbers = [...columns].filter(([name]) => !isWord(inputs[name]!));
  const ends = (numbers.length ? numbers : [...columns]).map(([, { column }]) => endOf(cells, header + 1, column));
  const area = parseAddress(cells.address)!;
  const length = Math.max(...ends) - header;
  const place = (column: number): Place => ({
    sheet: cells.sheet,
    address: formatAddress({ row: area.row + header + 1, column: area.column + column, rows: length, columns: 1 }),
  });
  return Object.fromEntries([...columns].map(([name, { column }]) => [name, place(column)]));
}

/** The last row of a column before a blank one or a total. */
function endOf({ values, formulas }: Cells, first: number, column: number): number {
  const isTotal = (row: number) => /^=(SUM|SUBTOTAL|AGGREGATE)\(/i.test(formulas[row]?.[column] ?? "");
  let row = first;
  while (row < values.length && values[row]![column] !== "" && !isTotal(row)) row++;
  return row - 1;
}
