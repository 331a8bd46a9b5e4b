/** Cells as Excel hands them over, read into columns: the same reading as cells.ts, a hundred times a thousand at once. */
import {
  coded,
  MAX_FEN,
  numberColumn,
  Refusal,
  toFen,
  type Column,
  type Columns,
  type Input,
  type Value,
} from "../rules";
import { isBlank, readInput, type Cell } from "./cells";

export interface ReadColumns {
  readonly columns: Columns;
  /** 1 where a cell of the row was refused; what the columns say of that row means nothing. readInput() has the words. */
  readonly refused: Uint8Array;
}

/**
 * Reads the cells of each input, one list of the same length per input.
 * @throws RangeError for more than 65,536 different numbers beyond 15 digits or 12 decimals in one column
 */
export function readColumns(
  inputs: Readonly<Record<string, Input>>,
  cells: Readonly<Record<string, readonly Cell[]>>,
  length: number,
): ReadColumns {
  const refused = new Uint8Array(length);
  const columns = Object.entries(cells).map(
    ([name, list]) => [name, readColumn(inputs[name]!, list, refused)] as const,
  );
  return { columns: { length, inputs: Object.fromEntries(columns) }, refused };
}

function readColumn(input: Input, cells: readonly Cell[], refused: Uint8Array): Column {
  const reader = new Reader(input, refused);
  if (input.kind === "money") return readMoney(cells, reader);
  return input.kind === "flag" || input.kind === "choice" ? readCodes(cells, reader) : readNumbers(cells, reader);
}

/** Reads single cells with readInput(), each different one once. */
class Reader {
  private readonly known = new Map<Cell, Value | undefined | Refusal>();
  /** What 0 says. */
  readonly zero: Value | undefined;

  constructor(
    readonly input: Input,
    private readonly refused: Uint8Array,
  ) {
    const zero = this.read(0);
    this.zero = zero instanceof Refusal ? undefined : zero;
  }

  /** The value of a cell; undefined where it says nothing or is refused, which marks the row. */
  at(cell: Cell, i: number): Value | undefined {
    const value = this.read(cell);
    if (!(value instanceof Refusal)) return value;
    this.refused[i] = 1;
    return undefined;
  }

  private read(cell: Cell): Value | undefined | Refusal {
    if (this.known.has(cell)) return this.known.get(cell);
    let value: Value | undefined | Refusal;
    try {
      value = readInput(this.input, cell);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      value = error;
    }
    this.known.set(cell, value);
    return value;
  }
}

function readMoney(cells: readonly Cell[], reader: Reader): Column {
  const fen = new Float64Array(cells.length);
  const zeroIsGiven = reader.zero !== undefined;
  let given: Uint8Array | undefined;
  for (let i = 0; i < fen.length; i++) {
    const cell = cells[i];
    let amount = typeof cell === "number" && cell >= 0 ? toFen(cell) : NaN;
    if (amount !== amount) amount = fenOf(reader.at(cell, i));
    if (amount === 0 && !zeroIsGiven) {
      given ??= new Uint8Array(fen.length).fill(1);
      given[i] = 0;
    }
    fen[i] = amount;
  }
  return { kind: "money", fen, ...(given && { given }) };
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

/** Upper bounds up to which a number needs no words; whatever lies beyond is left to readInput(). */
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
