/**
 * What totals round amounts leave. Every exchange of one way for another changes what is drawn and paid by whole multiples of
 * some steps, so that what a choice draws and is paid lies on a lattice: where none of its points lies at the filled accounts, no
 * choice fills them.
 */
import type { Way } from "./filling";
import type { Priced } from "./priced";

/** Points next to the filled accounts that are looked at. */
const POINTS = 2 ** 12;
/** An account with such a price is not scarce, or taken whatever is chosen. */
const SLACK = 2 ** -20;

/**
 * The most that a choice of these ways can be paid; Infinity where the lattice does not tell.
 * @param open by object, the ways that may be taken
 * @param allowed loss beyond which a choice is of no interest
 */
export function mostOnLattice(
  open: readonly (readonly Way[])[],
  rooms: Float64Array,
  priced: Priced,
  allowed: number,
): number {
  const scarce = [...rooms.keys()].filter((k) => priced.prices[k]! > SLACK && priced.prices[k]! < 1 - SLACK);
  const given = [...rooms.keys()].filter((k) => priced.prices[k]! >= 1 - SLACK);
  const besides = given.reduce((sum, k) => sum + rooms[k]!, 0);
  // What is drawn of scarce accounts; then what is paid besides, with what is drawn of those that are not filled.
  const figures = ({ draws, full }: Way): number[] => [
    ...scarce.map((k) => draws[k]!),
    draws.reduce((sum, fen, k) => (scarce.includes(k) || given.includes(k) ? sum : sum + fen), full),
  ];
  const size = scarce.length + 1;
  const first = new Array<number>(size).fill(0);
  const basis = new Basis(size);
  for (const ways of open) {
    const [from, ...others] = ways.map(figures);
    from!.forEach((figure, c) => (first[c]! += figure));
    for (const other of others) basis.add(other.map((figure, c) => figure - from![c]!));
    if (basis.isAll) return Infinity;
  }
  const rows = basis.rows.map((row, c) => row?.map((figure) => Number(row[c]! < 0n ? -figure : figure)));
  let points = POINTS;
  let most = -Infinity;
  const visit = (c: number, point: readonly number[], loss: number, paid: number): void => {
    if (points <= 0) return;
    const row = rows[c];
    if (c < scarce.length) {
      const k = scarce[c]!;
      const left = allowed - loss;
      const [least, largest] = [rooms[k]! - left / priced.prices[k]!, rooms[k]! + left / (1 - priced.prices[k]!)];
      const step = row?.[c] ?? 0;
      const start = step ? point[c]! + step * Math.ceil((least - point[c]!) / step) : point[c]!;
      for (let fen = start; fen >= least && fen <= largest && points > 0; fen += step) {
        const times = step ? (fen - point[c]!) / step : 0;
        const next = times ? point.map((figure, d) => figure + times * row![d]!) : point;
        visit(c + 1, next, loss + priced.lossOf(k, fen - rooms[k]!), paid + Math.min(fen, rooms[k]!));
        if (!step) break;
      }
      return;
    }
    points--;
    const total = paid + point[c]!;
    const limit = priced.bound - loss;
    const step = row?.[c] ?? 0;
    if (step) most = Math.max(most, total + step * Math.floor((limit - total) / step));
    else most = Math.max(most, Math.min(total, limit));
  };
  visit(0, first, 0, besides);
  return points > 0 ? most : Infinity;
}

/** Whole multiples of some vectors, added: one row for each column, nothing before it (Hermite's normal form). */
class Basis {
  readonly rows: (readonly bigint[] | undefined)[];

  constructor(private readonly size: number) {
    this.rows = new Array<readonly bigint[] | undefined>(size).fill(undefined);
  }

  /** Whether it is every vector of whole figures. */
  get isAll(): boolean {
    return this.rows.every((row, c) => row?.[c] === 1n || row?.[c] === -1n);
  }

  add(vector: readonly number[]): void {
    let left = vector.map(BigInt);
    for (let c = 0; c < this.size; c++) {
      // Euclid: what is left of one is less than the other.
      for (let row = this.rows[c]; row && left[c]; row = this.rows[c]) {
        const times = row[c]! / left[c]!;
        this.rows[c] = left;
        left = this.reduced(minus(row, times, left), c + 1);
      }
      if (!left[c]) continue;
      this.rows[c] = left;
      return;
    }
  }

  /** Less than the rows from column c on. */
  private reduced(vector: bigint[], from: number): bigint[] {
    let next = vector;
    for (let c = from; c < this.size; c++) {
      const row = this.rows[c];
      if (row && next[c]) next = minus(next, next[c]! / row[c]!, row);
    }
    return next;
  }
}

const minus = (one: readonly bigint[], times: bigint, other: readonly bigint[]): bigint[] =>
  one.map((figure, c) => figure - times * other[c]!);
