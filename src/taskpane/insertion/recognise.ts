/** Proposes which columns of a sheet fill which inputs, by the words in its header row. The user sees and corrects it. */
import { formatAddress, parseAddress } from "../../host/address";
import type { Cells, CellValue, Place } from "../../host/workbook";
import type { Input } from "../../rules";
import { nameOf } from "../../tables";
import type { Ranges } from "./compose";

/** A column that may fill an input: 2 for the very word of the input, 1 where one Chinese word holds the other. */
interface Candidate {
  readonly column: number;
  readonly score: number;
}

const fold = (text: unknown): string => nameOf(String(text));

/** "金额" is meant by "合同金额"; but "year" is not meant by "already granted this year". */
const CHINESE = /^[\p{Script=Han}（）()、]{2,}$/u;

/** A formula names its inputs, which are yuan: a column in 万元 or 亿元 is not proposed for one. */
const IN_OTHER_UNIT = /[万亿]/;

function scoreOf(header: string, words: readonly string[]): number {
  if (IN_OTHER_UNIT.test(header)) return 0;
  if (words.includes(header)) return 2;
  if (!CHINESE.test(header)) return 0;
  const akin = (word: string) =>
    word.length >= 2 && (header.includes(word) || (word.includes(header) && header.length * 2 >= word.length));
  return words.some((word) => CHINESE.test(word) && akin(word)) ? 1 : 0;
}

const isWord = ({ kind }: Input): boolean => kind === "choice" || kind === "flag";

/** Whether the cell below a header can be the input's: an amount is no text, a choice is no amount. */
function suits(input: Input, below: CellValue | undefined): boolean {
  if (below === undefined || below === "") return false;
  const number = typeof below === "number" || (typeof below === "string" && /^[\d,.]+%?$/.test(below));
  return isWord(input) ? typeof below !== "number" || below <= 1 : number;
}

type Inputs = Readonly<Record<string, Input>>;

/** For each input the column of the row that names it best; a column serves one input, the one it names best. */
function candidates({ values }: Cells, row: number, inputs: Inputs): Map<string, Candidate> {
  const pairs = values[row]!.flatMap((header, column) =>
    Object.entries(inputs)
      .filter(([, input]) => suits(input, values[row + 1]?.[column]))
      .map(([name, { zh, en, alias = [] }]) => ({
        name,
        column,
        score: scoreOf(fold(header), [name, zh, en, ...alias].map(fold)),
      })),
  );
  const found = new Map<string, Candidate>();
  const taken = new Set<number>();
  for (const { name, column, score } of pairs.filter((pair) => pair.score > 0).sort((a, b) => b.score - a.score)) {
    if (found.has(name) || taken.has(column)) continue;
    found.set(name, { column, score });
    taken.add(column);
  }
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
