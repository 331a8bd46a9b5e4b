/** The factor on the rates at which the awards of many rows just use up a pool, limits included. */
import { rounded } from "../award/award";
import { fold, type Algebra } from "../award/fold";
import type { LimitProducts, PathProducts, Product } from "../award/products";
import { decided, type Block, type Decided } from "../columns/blocks";
import { Ledger, type Accounts } from "../columns/ledger";
import { commonMultiple, ratio } from "../number/ratio";
import { largestStep } from "../pool/sizing";

/** One limit of one row: what of it moves with the rates, per step, and what does not; whole units of the table. */
interface RatedLimit {
  readonly moving: bigint;
  readonly still: bigint;
  readonly used: bigint;
  /** The account that rows share; none where the limit, or the row, has no other. */
  readonly account: number | undefined;
}

interface RatedRow {
  readonly at: number;
  readonly year: number;
  readonly rounding: Decided["block"]["plan"]["rounding"];
  readonly parts: readonly (readonly RatedLimit[])[];
  readonly limits: readonly RatedLimit[];
  /** By part, whether the pool pays it: it moves with the rates. */
  readonly pays: readonly boolean[];
  readonly minus: bigint;
  readonly pieces: bigint;
  /** Where a further award of the kind pays nothing or the difference. */
  readonly again: { readonly account: number | undefined; readonly nothing: boolean } | undefined;
}

/** Factors are counted in billionths: fine enough to place each fen of a pool of ten million yuan. */
const STEPS = 10 ** 9;
const LARGEST_FACTOR = 10 ** 6;

/**
 * To nine decimals, rounded down so that the pool is not overspent; null where even a factor of one million leaves money.
 * The pool pays the part of a row whose rate is the instrument's own (of a stacked voucher the municipal one), computed as
 * its award is: among the rows of its firm, less what was granted, rounded once, times the pieces.
 * @param pool whole fen
 */
export function factorOfRates(blocks: readonly Block[], pool: number): number | null {
  const table = new RatedTable(blocks);
  const highest = LARGEST_FACTOR * STEPS;
  const total = (steps: number): number => table.total(EXACT(table.unit), BigInt(steps));
  if (total(highest) <= pool) return null;
  return largestStep(total, pool, table.near(pool, highest), highest) / STEPS;
}

/** How a kind of numbers computes: whole units exactly, doubles nearly and fast. */
interface Numbers<A> {
  readonly algebra: Pick<Algebra<RatedLimit, A>, "nothing" | "add" | "smaller">;
  of(units: bigint): A;
  /** moving × steps + still */
  at(limit: RatedLimit, steps: A): A;
  subtract(a: A, b: A): A;
  larger(a: A, b: A): A;
  /** Whole fen of an amount in units, in units again. */
  round(a: A, rounding: RatedRow["rounding"]): A;
  times(a: A, pieces: bigint): A;
  toFen(a: A): number;
}

const EXACT = (unit: bigint): Numbers<bigint> => ({
  algebra: { nothing: 0n, add: (a, b) => a + b, smaller: (a, b) => (a <= b ? a : b) },
  of: (units) => units,
  at: ({ moving, still }, steps) => moving * steps + still,
  subtract: (a, b) => (a > b ? a - b : 0n),
  larger: (a, b) => (a >= b ? a : b),
  round: (a, rounding) => rounded(ratio(a, unit), rounding) * unit,
  times: (a, pieces) => a * pieces,
  toFen: (a) => Number(a / unit),
});

const NEARLY = (unit: bigint): Numbers<number> => ({
  algebra: { nothing: 0, add: (a, b) => a + b, smaller: (a, b) => (a <= b ? a : b) },
  of: Number,
  at: ({ moving, still }, steps) => Number(moving) * steps + Number(still),
  subtract: (a, b) => Math.max(0, a - b),
  larger: Math.max,
  round: (a) => a,
  times: (a, pieces) => a * Number(pieces),
  toFen: (a) => a / Number(unit),
});

class RatedTable {
  /** Units of one fen. */
  readonly unit: bigint;
  private readonly rows: readonly RatedRow[];
  private readonly accounts = new Map<Float64Array, Map<number, number>>();
  private accountCount = 0;

  constructor(blocks: readonly Block[]) {
    const ledger = new Ledger(blocks);
    const known = decided(blocks).map((rows) => ({ rows, paths: rows.states.rows.map((i) => rows.pathAt(i)) }));
    const products = known.flatMap(({ paths }) => paths.flatMap(productsIn));
    const common = products.reduce((unit, { coefficient }) => commonMultiple(unit, coefficient.d), 1n);
    this.unit = common * BigInt(STEPS);
    // Rows draw on shared limits in the order of their year, then of the table.
    this.rows = known
      .flatMap(({ rows, paths }) => this.rated(rows, paths, ledger))
      .sort((a, b) => a.year - b.year || a.at - b.at);
  }

  /** What the pool pays at a factor of so many steps, in fen. */
  total<A>(numbers: Numbers<A>, steps: A): number {
    const { algebra } = numbers;
    const granted = new Array<A>(this.accountCount).fill(algebra.nothing);
    const before = ({ used, account }: RatedLimit): A =>
      account === undefined ? numbers.of(used) : numbers.larger(numbers.of(used), granted[account]!);
    let sum = 0;
    for (const { rounding, parts, limits, pays, minus, pieces, again } of this.rows) {
      const got = again?.account === undefined ? algebra.nothing : granted[again.account]!;
      if (again?.nothing && got > algebra.nothing) continue;
      const taken = [...parts, limits].map((list) => list.map(before));
      const { parts: amounts, capped } = fold<RatedLimit, A>(
        { parts, limits },
        {
          ...algebra,
          amount: (limit) => numbers.subtract(numbers.at(limit, steps), before(limit)),
          rest: (a) => a,
          round: (a) => a,
        },
      );
      // What the others pay comes first out of a limit over all parts.
      const others = amounts.filter((_, p) => !pays[p]).reduce(algebra.add, algebra.nothing);
      const off = numbers.larger(numbers.of(minus), got);
      const piece = numbers.round(numbers.subtract(numbers.subtract(capped, others), off), rounding);
      const award = numbers.times(piece, pieces);
      [...parts, limits].forEach((list, p) => {
        const amount = p < parts.length ? amounts[p]! : capped;
        list.forEach(({ account }, l) => {
          if (account === undefined) return;
          granted[account] = algebra.add(
            numbers.larger(granted[account]!, taken[p]![l]!),
            numbers.round(amount, "half_up"),
          );
        });
      });
      if (again?.account !== undefined) granted[again.account] = algebra.add(off, piece);
      sum += numbers.toFen(award);
    }
    return sum;
  }

  /** A step near which the pool is used up, found in doubles and without rounding. */
  near(pool: number, highest: number): number {
    const numbers = NEARLY(this.unit);
    let [low, high] = [0, STEPS];
    while (high < highest && this.total(numbers, high) <= pool) [low, high] = [high, high * 2];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.total(numbers, middle) <= pool) low = middle;
      else high = middle;
    }
    return low;
  }

  private rated({ block, inputs, states, year }: Decided, paths: readonly PathProducts[], ledger: Ledger): RatedRow[] {
    const { plan, columns, at } = block;
    const found: RatedRow[] = [];
    for (let i = 0; i < columns.length; i++) {
      const { path, parts, limits, minus, times } = paths[states.ids[i]!]!;
      if (path.outcome.kind !== "award") continue;
      const value = ({ coefficient: { n, d }, inputs: names }: Product): bigint =>
        names.reduce((all, name) => all * BigInt(inputs.varying(name)!.values[i]!), n * (this.unit / d));
      const sum = (products: readonly Product[]): bigint => products.reduce((all, one) => all + value(one), 0n);
      const limit = ({ limit: { allowance }, ...one }: LimitProducts, moves: readonly Product[]): RatedLimit => ({
        moving: sum(moves) / BigInt(STEPS),
        still: sum(one.terms.filter((term) => !moves.includes(term))),
        used: one.used ? value(one.used) : 0n,
        account: allowance && this.accountIn(ledger.of(block, allowance), i),
      });
      const list = (of: readonly LimitProducts[]): RatedLimit[] => of.map((one) => limit(one, movingOf(one)));
      found.push({
        at: at ? at[i]! : i,
        year,
        rounding: plan.rounding,
        parts: parts.map((part) => list(part.limits)),
        limits: list(limits),
        pays: parts.map((part) => part.limits.some((one) => movingOf(one).length)),
        minus: minus ? value(minus) : 0n,
        pieces: times ? value(times) / this.unit : 1n,
        again: plan.again && {
          account: this.accountIn(ledger.of(block, plan.again), i),
          nothing: plan.again.pays === "nothing",
        },
      });
    }
    return found;
  }

  /** Number of the account that a row draws on. */
  private accountIn({ owners, granted }: Accounts, i: number): number | undefined {
    const owner = owners[i]!;
    if (owner < 0) return undefined;
    const known = this.accounts.get(granted) ?? new Map<number, number>();
    this.accounts.set(granted, known);
    const account = known.get(owner) ?? this.accountCount++;
    known.set(owner, account);
    return account;
  }
}

/** The products of a limit whose rate is the one that what-ifs change. */
const movingOf = ({ limit, terms }: LimitProducts): readonly Product[] =>
  terms.filter((_, t) => limit.terms[t]!.figures.some(({ lever }) => lever === "whatif_rate"));

const productsIn = ({ parts, limits, minus, times }: PathProducts): readonly Product[] => [
  ...[...parts.flatMap((part) => part.limits), ...limits].flatMap(({ terms, used }) => [
    ...terms,
    ...(used ? [used] : []),
  ]),
  ...(minus ? [minus] : []),
  ...(times ? [times] : []),
];
