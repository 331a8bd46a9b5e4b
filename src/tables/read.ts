/** Cells as Excel hands them over, read into columns: the same reading as inputs.ts, a hundred times a thousand at once. */
import {
  blankSaysNothing,
  coded,
  MAX_CODES,
  MAX_FEN,
  numberColumn,
  toFen,
  zeroSaysNothing,
  type Column,
  type Input,
  type Value,
} from "../rules";
import type { Unit } from "./amounts";
import { isBlank, isError, Unread, type Cell, type Given } from "./cells";
import type { Codes } from "./codes";
import { valueIn } from "./inputs";
import { everyRow, type Rows } from "./sections";

/** A reader of cells keeps so many texts; then the keeping begins anew. */
const MOST_TEXTS = 4096;

/** Reads the cells of one input with valueIn(), each different text once. */
export class CellReader {
  private readonly known = new Map<string, Value | undefined | Unread>();

  /** @param under puts the header in front of the words about a cell */
  constructor(
    readonly input: Input,
    readonly unit: Unit = 1,
    private readonly under: (words: Unread) => Unread = (words) => words,
  ) {}

  read(cell: Cell): Value | undefined | Unread {
    if (typeof cell !== "string") return this.valueOf(cell);
    const before = this.known.get(cell);
    if (before !== undefined) return before;
    const value = this.valueOf(cell);
    if (this.known.size >= MOST_TEXTS) this.known.clear();
    this.known.set(cell, value);
    return value;
  }

  private valueOf(cell: Cell): Value | undefined | Unread {
    const value = valueIn(this.input, cell, this.unit);
    return value instanceof Unread ? this.under(value) : value;
  }
}

/** Which of some rows are refused, and why. */
export class RefusedRows {
  private words: (Unread | null | undefined)[] | undefined;

  constructor(private readonly length: number) {}

  /** @param words about the cell; null where only the whole row has the words, which then count. The first words stay. */
  add(i: number, words: Unread | null): void {
    this.words ??= new Array<Unread | null | undefined>(this.length);
    if (!words || this.words[i] === undefined) this.words[i] = words;
  }

  has(i: number): boolean {
    return this.words !== undefined && this.words[i] !== undefined;
  }

  /** Words about the only cell for which the row is refused; undefined where there is more to it. */
  wordsOf(i: number): Unread | undefined {
    return this.words?.[i] ?? undefined;
  }

  /** Places of the rows that are not refused; undefined where none is refused. */
  get others(): Rows | undefined {
    return this.words && everyRow(this.length).filter((i) => !this.has(i));
  }
}

/** Takes the cells of a column, some rows at a time: those at 0 to before `to − from` belong to the rows `from` to before `to`. */
export interface Taker {
  take(cells: readonly Given[], from: number, to: number): void;
}

/** Takes the cells of one input; what it holds for refused rows means nothing. */
export interface ColumnReader extends Taker {
  /** @param places of the rows that are kept; undefined: all */
  column(places?: Rows): Column;
}

export function columnReader(reader: CellReader, length: number, refused: RefusedRows): ColumnReader {
  const { kind } = reader.input;
  const valueAt = (cell: Given, i: number): Value | undefined => {
    const value = isError(cell) ? null : reader.read(cell);
    if (value !== null && !(value instanceof Unread)) return value;
    refused.add(i, value);
    return undefined;
  };
  if (kind === "money") return new MoneyReader(reader, length, valueAt);
  if (kind === "name") return new OwnerReader(length, valueAt);
  return kind === "flag" || kind === "choice"
    ? new CodeReader(length, valueAt)
    : new NumberReader(kind, length, valueAt);
}

/** The value of a cell; undefined where it gives none or is refused, which is noted. */
type ValueAt = (cell: Given, i: number) => Value | undefined;

class MoneyReader implements ColumnReader {
  private readonly fen: Float64Array;
  private given: Uint8Array | undefined;
  private readonly zeroIsGiven: boolean;
  private readonly blankIsGiven: boolean;

  constructor(
    private readonly reader: CellReader,
    length: number,
    private readonly valueAt: ValueAt,
  ) {
    this.fen = new Float64Array(length);
    this.zeroIsGiven = !zeroSaysNothing(reader.input);
    this.blankIsGiven = !blankSaysNothing(reader.input);
  }

  take(cells: readonly Given[], from: number, to: number): void {
    const { fen, zeroIsGiven, blankIsGiven } = this;
    const { unit } = this.reader;
    for (let i = from; i < to; i++) {
      const cell = cells[i - from];
      let amount = typeof cell === "number" && cell >= 0 ? (unit === 1 ? toFen(cell) : scaledFen(cell, unit)) : NaN;
      if (amount !== amount) amount = numberOf(this.valueAt(cell, i));
      if (amount === 0 && !(zeroIsGiven && (blankIsGiven || isError(cell) || !isBlank(cell)))) {
        this.given ??= new Uint8Array(fen.length).fill(1);
        this.given[i] = 0;
      }
      fen[i] = amount;
    }
  }

  column(places?: Rows): Column {
    const { fen, given } = this;
    return { kind: "money", fen: at(fen, places), ...(given && { given: at(given, places) }) };
  }
}

/** Far from half a fen a product of doubles is exact enough; the rest is left to decimal arithmetic. */
function scaledFen(amount: number, unit: Unit): number {
  const scaled = amount * (unit * 100);
  const nearest = Math.floor(scaled + 0.5);
  return Math.abs(scaled - nearest) < 0.5 - scaled * 2 ** -46 && nearest <= MAX_FEN ? nearest : NaN;
}

const numberOf = (value: Value | undefined): number => (typeof value === "number" ? value : 0);

class CodeReader implements ColumnReader {
  private readonly known = new Map<Given, number>();
  private readonly values: (Value | undefined)[] = [];
  private readonly codes: Uint8Array;

  constructor(
    length: number,
    private readonly valueAt: ValueAt,
  ) {
    this.codes = new Uint8Array(length);
  }

  take(cells: readonly Given[], from: number, to: number): void {
    const { codes, known } = this;
    for (let i = from; i < to; i++) {
      const cell = cells[i - from];
      codes[i] = known.get(cell) ?? this.codeOf(cell, i);
    }
  }

  private codeOf(cell: Given, i: number): number {
    const { known, values } = this;
    const value = this.valueAt(cell, i);
    let code = values.indexOf(value);
    if (code < 0) code = values.push(value) - 1;
    // A refused cell is read again in every row, so that each of them is noted.
    if (value !== undefined || cell === 0 || (!isError(cell) && isBlank(cell))) known.set(cell, code);
    return code;
  }

  column(places?: Rows): Column {
    return { kind: "code", codes: at(this.codes, places), values: this.values };
  }
}

/** Names of which there may be many. */
class OwnerReader implements ColumnReader {
  private readonly known = new Map<Value | undefined, number>();
  private readonly codes: Uint16Array;

  constructor(
    length: number,
    private readonly valueAt: ValueAt,
  ) {
    this.codes = new Uint16Array(length);
  }

  /** @throws RangeError for more than 65,536 different names */
  take(cells: readonly Given[], from: number, to: number): void {
    const { codes, known } = this;
    for (let i = from; i < to; i++) {
      const value = this.valueAt(cells[i - from], i);
      let code = known.get(value);
      if (code === undefined) known.set(value, (code = known.size));
      if (code >= MAX_CODES) throw new RangeError(`more than ${MAX_CODES} different names in one column`);
      codes[i] = code;
    }
  }

  column(places?: Rows): Column {
    return { kind: "code", codes: at(this.codes, places), values: [...this.known.keys()] };
  }
}

/** Upper bounds up to which a number needs no words; whatever lies beyond is left to valueIn(). */
const MOST: Readonly<Partial<Record<Input["kind"], number>>> = { rate: 1, months: 12, date: 0 };
/** Doubles near the end of their range have fewer than 15 digits. */
const LEAST = 1e-9;
const WHOLE: readonly Input["kind"][] = ["count", "rank", "ordinal"];

class NumberReader implements ColumnReader {
  private readonly doubles: Float64Array;
  private given: Uint8Array | undefined;
  private readonly most: number;
  private readonly whole: boolean;

  constructor(
    kind: Input["kind"],
    length: number,
    private readonly valueAt: ValueAt,
  ) {
    this.doubles = new Float64Array(length);
    this.most = MOST[kind] ?? MAX_FEN;
    this.whole = WHOLE.includes(kind);
  }

  take(cells: readonly Given[], from: number, to: number): void {
    const { doubles, most, whole } = this;
    for (let i = from; i < to; i++) {
      const cell = cells[i - from];
      if (typeof cell === "number" && cell > LEAST && cell <= most && (!whole || Number.isInteger(cell))) {
        doubles[i] = fifteenDigits(cell);
        continue;
      }
      const value = this.valueAt(cell, i);
      if (typeof value === "number") doubles[i] = value;
      else {
        this.given ??= new Uint8Array(doubles.length).fill(1);
        this.given[i] = 0;
      }
    }
  }

  /** @throws RangeError for more than 65,536 different numbers beyond 15 digits or 12 decimals */
  column(places?: Rows): Column {
    const doubles = at(this.doubles, places);
    const given = this.given && at(this.given, places);
    return numberColumn(doubles, given) ?? coded(Array.from(doubles, (x, i) => (given?.[i] === 0 ? undefined : x)));
  }
}

/** The 15 digits that Excel shows; numbers of a few decimals are that already. */
function fifteenDigits(x: number): number {
  const scaled = Math.round(x * 1e6);
  return scaled < 1e15 && scaled / 1e6 === x ? x : Number(x.toPrecision(15));
}

/** Takes the names of firms or objects as codes. */
export class NameReader implements Taker {
  private readonly list: Int32Array;

  /** @param lowest code that is accepted */
  constructor(
    private readonly codes: Codes,
    private readonly lowest: number,
    length: number,
    private readonly refused: RefusedRows,
  ) {
    this.list = new Int32Array(length);
  }

  take(cells: readonly Given[], from: number, to: number): void {
    const { list, lowest } = this;
    this.codes.write(cells, to - from, list, from);
    for (let i = from; i < to; i++) if (list[i]! < lowest) this.refused.add(i, null);
  }

  column(places?: Rows): Int32Array {
    return at(this.list, places);
  }
}

/** The entries at some places; undefined: all. */
function at<T extends Float64Array | Int32Array | Uint8Array | Uint16Array>(list: T, places: Rows | undefined): T {
  if (!places) return list;
  const some = list.slice(0, places.length) as T;
  places.forEach((i, k) => (some[k] = list[i]!));
  return some;
}
