/** Cells as Excel hands them over, read into columns: the same reading as inputs.ts, a hundred times a thousand at once. */
import {
  coded,
  MAX_FEN,
  numberColumn,
  toFen,
  zeroSaysNothing,
  type Column,
  type Columns,
  type Input,
  type Value,
} from "../rules";
import type { Unit } from "./amounts";
import { isBlank, Unread, type Cell } from "./cells";
import { valueIn } from "./inputs";

export interface ReadColumns {
  readonly columns: Columns;
  /** 1 where a cell of the row was refused; what the columns hold for that row means nothing. valueIn() has the words. */
  readonly refused: Uint8Array;
}

/**
 * Reads the cells of each input, one list of the same length per input.
 * @param units of the amounts that are not in yuan
 * @throws RangeError for more than 65,536 different numbers beyond 15 digits or 12 decimals in one column
 */
export function readColumns(
  inputs: Readonly<Record<string, Input>>,
  cells: Readonly<Record<string, readonly Cell[]>>,
  length: number,
  units: Readonly<Record<string, Unit>> = {},
): ReadColumns {
  const refused = new Uint8Array(length);
  const columns = Object.entries(cells).map(
    ([name, list]) => [name, readColumn(new Reader(inputs[name]!, units[name], refused), list)] as const,
  );
  return { columns: { length, inputs: Object.fromEntries(columns) }, refused };
}

function readColumn(reader: Reader, cells: readonly Cell[]): Column {
  const { kind } = reader.input;
  if (kind === "money") return readMoney(cells, reader);
  return kind === "flag" || kind === "choice" ? readCodes(cells, reader) : readNumbers(cells, reader);
}

/** Reads the cells of one input with valueIn(), each different text once. */
export class CellReader {
  private readonly known = new Map<Cell, Value | undefined | Unread>();

  constructor(
    readonly input: Input,
    readonly unit: Unit = 1,
  ) {}

  read(cell: Cell): Value | undefined | Unread {
    if (typeof cell !== "string") return valueIn(this.input, cell, this.unit);
    const before = this.known.get(cell);
    if (before !== undefined) return before;
    const value = valueIn(this.input, cell, this.unit);
    this.known.set(cell, value);
    return value;
  }
}

/** The same for a column, which marks the rows that are refused. */
class Reader extends CellReader {
  constructor(
    input: Input,
    unit: Unit | undefined,
    private readonly refused: Uint8Array,
  ) {
    super(input, unit);
  }

  /** The value of a cell; undefined where it gives none or is refused, which marks the row. */
  at(cell: Cell, i: number): Value | undefined {
    const value = this.read(cell);
    if (!(value instanceof Unread)) return value;
    this.refused[i] = 1;
    return undefined;
  }
}

function readMoney(cells: readonly Cell[], reader: Reader): Column {
  const fen = new Float64Array(cells.length);
  const zeroIsGiven = !zeroSaysNothing(reader.input);
  let given: Uint8Array | undefined;
  const { unit } = reader;
  for (let i = 0; i < fen.length; i++) {
    const cell = cells[i];
    let amount = typeof cell === "number" && cell >= 0 ? (unit === 1 ? toFen(cell) : scaledFen(cell, unit)) : NaN;
    if (amount !== amount) amount = fenOf(reader.at(cell, i));
    if (amount === 0 && !zeroIsGiven) {
      given ??= new Uint8Array(fen.length).fill(1);
      given[i] = 0;
    }
    fen[i] = amount;
  }
  return { kind: "money", fen, ...(given && { given }) };
}

/** Far from half a fen a product of doubles is exact enough; the rest is left to decimal arithmetic. */
function scaledFen(amount: number, unit: Unit): number {
  const scaled = amount * (unit * 100);
  const nearest = Math.floor(scaled + 0.5);
  return Math.abs(scaled - nearest) < 0.5 - scaled * 2 ** -46 && nearest <= MAX_FEN ? nearest : NaN;
}

const fenOf = (value: Value | undefined): number => (typeof value === "number" ? value : 0);

function readCodes(cells: readonly Cell[], reader: Reader): Column {
  const known = new Map<Cell, number>();
  const values: (Value | undefined)[] = [];
  const codes = new Uint8Array(cells.length);
  for (let i = 0; i < codes.length; i++) {
    const cell = cells[i];
    let code = known.get(cell);
    if (code === undefined) {
      const value = reader.at(cell, i);
      code = values.indexOf(value);
      if (code < 0) code = values.push(value) - 1;
      // A refused cell is read again in every row, so that each of them is marked.
      if (value !== undefined || isBlank(cell) || cell === 0) known.set(cell, code);
    }
    codes[i] = code;
  }
  return { kind: "code", codes, values };
}

/** Upper bounds up to which a number needs no words; whatever lies beyond is left to valueIn(). */
const MOST: Readonly<Partial<Record<Input["kind"], number>>> = { rate: 1, months: 12 };
/** Doubles near the end of their range have fewer than 15 digits. */
const LEAST = 1e-9;
const WHOLE: readonly Input["kind"][] = ["count", "rank", "ordinal"];

function readNumbers(cells: readonly Cell[], reader: Reader): Column {
  const { kind } = reader.input;
  const most = MOST[kind] ?? MAX_FEN;
  const whole = WHOLE.includes(kind);
  const doubles = new Float64Array(cells.length);
  let given: Uint8Array | undefined;
  for (let i = 0; i < doubles.length; i++) {
    const cell = cells[i];
    if (typeof cell === "number" && cell > LEAST && cell <= most && (!whole || Number.isInteger(cell))) {
      doubles[i] = fifteenDigits(cell);
      continue;
    }
    const value = reader.at(cell, i);
    if (typeof value === "number") doubles[i] = value;
    else {
      given ??= new Uint8Array(doubles.length).fill(1);
      given[i] = 0;
    }
  }
  return numberColumn(doubles, given) ?? coded(Array.from(doubles, (x, i) => (given?.[i] === 0 ? undefined : x)));
}

/** The 15 digits that Excel shows; numbers of a few decimals are that already. */
function fifteenDigits(x: number): number {
  const scaled = Math.round(x * 1e6);
  return scaled < 1e15 && scaled / 1e6 === x ? x : Number(x.toPrecision(15));
}
