/** The factor on the rates at which the awards of many rows just use up a pool, limits included. */
import { rounded, withMinimum } from "../award/award";
import { fold, type Algebra } from "../award/fold";
import type { LimitProducts, PathProducts, Product } from "../award/products";
import { Facts } from "../award/facts";
import { SOME_FEN, type Elsewhere } from "../award/overlap";
import { decided, overlaps, type Block, type Decided } from "../columns/blocks";
import { rowAt } from "../columns/column";
import { AccountNumbers, Ledger } from "../columns/ledger";
import { commonMultiple, ratio } from "../number/ratio";
import type { Rounding } from "../plan/plan";
import { givenBefore } from "../plan/walk";
import { largestStep } from "../pool/sizing";
import { refuse } from "../refusal";

/** One limit of one row: what of it moves with the rates, per step, and what does not. */
interface RatedLimit<A> {
  readonly moving: A;
  readonly still: A;
  readonly used: A;
  /** The account that rows share; none where the limit, or the row, has no other. */
  readonly account: number | undefined;
}

interface RatedRow<A> {
  readonly at: number;
  readonly year: number;
  readonly rounding: Rounding;
  readonly drawn: Rounding;
  readonly parts: readonly (readonly RatedLimit<A>[])[];
  readonly highest: boolean;
  readonly limits: readonly RatedLimit<A>[];
  /** By part, whether the pool pays it: it moves with the rates. */
  readonly pays: readonly boolean[];
  readonly minus: A;
  readonly pieces: A;
  /** Where a further award of the kind pays nothing or the difference. */
  readonly again: { readonly account: number | undefined; readonly nothing: boolean } | undefined;
  /** Whether it draws on any account. */
  readonly draws: boolean;
  /** What the row gives as granted before, which stands on its accounts whether or not it is paid. */
  readonly given: readonly { readonly account: number; readonly amount: A }[];
  /** What its object got before by awards that may not stand beside it; one for all rows of the object. */
  readonly elsewhere: Elsewhere | undefined;
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
  const total = (steps: number): number => totalOf(table.rows, wholes(table.unit), BigInt(steps), table.accounts.count);
  if (total(highest) <= pool) return null;
  const doubles = table.rows.map((row) => inDoubles(row, table.unit));
  const nearly = (steps: number): number => totalOf(doubles, DOUBLES, steps, table.accounts.count);
  return largestStep(total, pool, near(nearly, pool, highest), highest) / STEPS;
}

/** A step near which the pool is used up: between two steps the total is taken as a line, and where that is far off, halved. */
function near(total: (steps: number) => number, pool: number, highest: number): number {
  let [low, below] = [0, total(0)];
  let [high, above] = [STEPS, total(STEPS)];
  while (above <= pool && high < highest) {
    [low, below] = [high, above];
    high = Math.min(highest, high * 4);
    above = total(high);
  }
  for (let turn = 1; high - low > 1 && above > below; turn++) {
    const share = turn % 3 ? (pool - below) / (above - below) : 0.5;
    const middle = Math.min(high - 1, Math.max(low + 1, Math.floor(low + share * (high - low))));
    const sum = total(middle);
    if (sum <= pool) [low, below] = [middle, sum];
    else [high, above] = [middle, sum];
  }
  return low;
}

/** How a kind of numbers computes: whole units exactly, or fen in doubles, nearly and fast. */
interface Numbers<A> {
  readonly nothing: A;
  readonly add: (a: A, b: A) => A;
  /** moving × steps + still */
  readonly at: (limit: RatedLimit<A>, steps: A) => A;
  /** a − b, at least nothing */
  readonly subtract: (a: A, b: A) => A;
  readonly smaller: (a: A, b: A) => A;
  readonly larger: (a: A, b: A) => A;
  /** Whole fen. */
  readonly round: (a: A, rounding: Rounding) => A;
  readonly times: (a: A, pieces: A) => A;
  readonly toFen: (a: A) => number;
}

/** @param unit units of one fen */
const wholes = (unit: bigint): Numbers<bigint> => ({
  nothing: 0n,
  add: (a, b) => a + b,
  at: ({ moving, still }, steps) => moving * steps + still,
  subtract: (a, b) => (a > b ? a - b : 0n),
  smaller: (a, b) => (a <= b ? a : b),
  larger: (a, b) => (a >= b ? a : b),
  round: (a, rounding) => rounded(ratio(a, unit), rounding) * unit,
  times: (a, pieces) => a * pieces,
  toFen: (a) => Number(a / unit),
});

const DOUBLES: Numbers<number> = {
  nothing: 0,
  add: (a, b) => a + b,
  at: ({ moving, still }, steps) => moving * steps + still,
  subtract: (a, b) => (a > b ? a - b : 0),
  smaller: (a, b) => (a <= b ? a : b),
  larger: (a, b) => (a >= b ? a : b),
  round: (a, rounding) =>
    withMinimum(Math.floor(a / rounding.step + (rounding.half ? 0.5 : 0)) * rounding.step, rounding),
  times: (a, pieces) => a * pieces,
  toFen: (a) => a,
};

function inDoubles({ parts, limits, minus, pieces, given, ...row }: RatedRow<bigint>, unit: bigint): RatedRow<number> {
  const fen = (units: bigint): number => Number(units) / Number(unit);
  const limit = ({ moving, still, used, account }: RatedLimit<bigint>): RatedLimit<number> => ({
    moving: fen(moving),
    still: fen(still),
    used: fen(used),
    account,
  });
  return {
    ...row,
    parts: parts.map((list) => list.map(limit)),
    limits: limits.map(limit),
    minus: fen(minus),
    pieces: Number(pieces),
    given: given.map(({ account, amount }) => ({ account, amount: fen(amount) })),
  };
}

/** What the pool pays at a factor of so many steps, in fen. */
function totalOf<A>(rows: readonly RatedRow<A>[], numbers: Numbers<A>, steps: A, accountCount: number): number {
  const { nothing, add, subtract, larger, round } = numbers;
  const granted = new Array<A>(accountCount).fill(nothing);
  const before = ({ used, account }: RatedLimit<A>): A =>
    account === undefined ? used : larger(used, granted[account]!);
  const algebra: Algebra<RatedLimit<A>, A> = {
    nothing,
    add,
    larger,
    smaller: numbers.smaller,
    amount: (limit) => subtract(numbers.at(limit, steps), before(limit)),
    rest: (a) => a,
    round: (a) => a,
  };
  const draw = (list: readonly RatedLimit<A>[], amount: A, rounding: Rounding): void => {
    for (const { used, account } of list) {
      if (account !== undefined) granted[account] = add(larger(granted[account]!, used), round(amount, rounding));
    }
  };
  const left = new Map<Elsewhere, number>();
  let sum = 0;
  for (const row of rows) {
    const { rounding, drawn, parts, limits, pays, minus, pieces, again, draws, elsewhere } = row;
    const got = again?.account === undefined ? nothing : granted[again.account]!;
    for (const { account, amount } of row.given) granted[account] = larger(granted[account]!, amount);
    if (again?.nothing && got > nothing) continue;
    const { parts: amounts, total, capped } = fold(row, algebra);
    // What the others pay comes first out of a limit over all parts; where one part is paid, all of it is theirs or none.
    let others = nothing;
    for (let p = 0; p < amounts.length; p++) if (!pays[p] && !row.highest) others = add(others, amounts[p]!);
    if (row.highest && !pays[amounts.indexOf(total)]) others = capped;
    const off = larger(minus, got);
    const piece = round(subtract(subtract(capped, others), off), rounding);
    if (draws) {
      parts.forEach((list, p) => draw(list, amounts[p]!, drawn));
      draw(limits, capped, drawn);
      if (again?.account !== undefined) granted[again.account] = add(off, piece);
    }
    const fen = numbers.toFen(numbers.times(piece, pieces));
    const taken = elsewhere ? Math.min(fen, left.get(elsewhere) ?? elsewhere.left) : 0;
    if (elsewhere) left.set(elsewhere, (left.get(elsewhere) ?? elsewhere.left) - taken);
    sum += fen - taken;
  }
  return sum;
}

class RatedTable {
  /** Units of one fen. */
  readonly unit: bigint;
  readonly rows: readonly RatedRow<bigint>[];
  readonly accounts = new AccountNumbers();

  constructor(blocks: readonly Block[]) {
    const asking = blocks.find(({ plan }) => plan.awarded.length);
    if (asking) {
      const { name } = asking.plan.entry.instrument;
      throw refuse(
        `“${name.zh}”按其他工具的补助额计算，比例同乘一个系数时算不出`,
        `${name.en} is paid on what others are awarded; no factor on the rates can be found`,
      );
    }
    const ledger = new Ledger(blocks);
    const overlap = overlaps(blocks);
    const elsewhere = new Map(
      overlap.reduced.flatMap((object) => object.kept.map(({ at }) => [at, object.elsewhere] as const)),
    );
    const known = decided(blocks, overlap).map((rows) => ({
      rows,
      paths: rows.states.rows.map((i) => rows.pathAt(i)),
    }));
    const products = known.flatMap(({ paths }) => paths.flatMap(productsIn));
    const common = products.reduce((unit, { coefficient }) => commonMultiple(unit, coefficient.d), 1n);
    this.unit = common * BigInt(STEPS);
    // Rows draw on shared limits in the order of their year, then of the table.
    this.rows = known
      .flatMap(({ rows, paths }) => this.rated(rows, paths, ledger, elsewhere))
      .sort((a, b) => a.year - b.year || a.at - b.at);
  }

  private rated(
    { block, inputs, states, year }: Decided,
    paths: readonly PathProducts[],
    ledger: Ledger,
    elsewhere: ReadonlyMap<number, Elsewhere>,
  ): RatedRow<bigint>[] {
    const { plan, columns, at } = block;
    const found: RatedRow<bigint>[] = [];
    const before = (plan.inForce ? givenBefore(plan) : []).flatMap(({ allowance, input }) => {
      const fen = inputs.fen(input);
      return fen ? [{ accounts: ledger.of(block, allowance), fen }] : [];
    });
    const had = states.rows.map((row) => new Facts(plan, rowAt(columns, row)).hadBefore());
    for (let i = 0; i < columns.length; i++) {
      const { path, parts, limits, minus, times } = paths[states.ids[i]!]!;
      const given = before.flatMap(({ accounts, fen }) => {
        const account = fen[i]! > 0 ? this.accounts.of(accounts, i) : undefined;
        return account === undefined ? [] : [{ account, amount: BigInt(fen[i]!) * this.unit }];
      });
      const once = had[states.ids[i]!] ? this.accounts.of(ledger.of(block, plan.again!), i) : undefined;
      if (once !== undefined) given.push({ account: once, amount: BigInt(SOME_FEN) * this.unit });
      if (path.outcome.kind !== "award" && !given.length) continue;
      const value = ({ coefficient: { n, d }, inputs: names }: Product): bigint =>
        names.reduce((all, name) => all * BigInt(inputs.varying(name)!.values[i]!), n * (this.unit / d));
      const sum = (products: readonly Product[]): bigint => products.reduce((all, one) => all + value(one), 0n);
      const limit = (
        { limit: { allowance }, ...one }: LimitProducts,
        moves: readonly Product[],
      ): RatedLimit<bigint> => ({
        moving: sum(moves) / BigInt(STEPS),
        still: sum(one.terms.filter((term) => !moves.includes(term))),
        used: one.used ? value(one.used) : 0n,
        account: allowance && this.accounts.of(ledger.of(block, allowance), i),
      });
      const list = (of: readonly LimitProducts[]): RatedLimit<bigint>[] => of.map((one) => limit(one, movingOf(one)));
      const place = at ? at[i]! : i;
      found.push({
        at: place,
        year,
        rounding: plan.rounding,
        drawn: plan.drawn,
        parts: parts.map((part) => list(part.limits)),
        highest: plan.highest,
        limits: list(limits),
        pays: parts.map((part) => part.limits.some((one) => movingOf(one).length)),
        minus: minus ? value(minus) : 0n,
        pieces: times ? value(times) / this.unit : 1n,
        again:
          path.outcome.kind === "award" && plan.again
            ? {
                account: this.accounts.of(ledger.of(block, plan.again), i),
                nothing: plan.again.pays === "nothing",
              }
            : undefined,
        draws: plan.shares,
        given,
        elsewhere: path.outcome.kind === "award" ? elsewhere.get(place) : undefined,
      });
    }
    return found;
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
