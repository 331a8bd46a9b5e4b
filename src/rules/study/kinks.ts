/**
 * Where another limit takes over as one amount grows, all else in the row unchanged. Between the thresholds of conditions
 * and cases the clause takes one path, on which every limit is a line; the fold over lines gives the award as a line, and
 * how far it holds. Exact fractions of a fen.
 */
import { Facts, type ExactValue } from "../award/facts";
import { fold } from "../award/fold";
import { pathOf, TOO_LARGE, type Outcome, type Path } from "../award/path";
import { productsOf, type LimitProducts, type Product } from "../award/products";
import type { Row } from "../award/row";
import { MAX_FEN } from "../number/money";
import { add, compare, divide, lowest, multiply, ratio, subtract, ZERO, type Ratio } from "../number/ratio";
import type { Minimum, Plan, PlanLimit, PlanTotal, RatioTest } from "../plan/plan";
import { eachTest, testsOf } from "../plan/walk";

/** An interval of the amount over which the same limits bind; amounts and awards in fen, not rounded. */
export interface Piece {
  readonly from: Ratio;
  readonly to: Ratio;
  readonly outcome: Outcome;
  /** The limit that decides; none where nothing is paid. */
  readonly binding?: PlanLimit;
  /** The award at the two ends, as seen from inside the interval: at a threshold it may jump. */
  readonly start: Ratio;
  readonly end: Ratio;
}

/** y = slope × x + height, in fen; and the limits that made it so, one of each part. */
interface Line {
  readonly slope: Ratio;
  readonly height: Ratio;
  readonly limits: readonly PlanLimit[];
}

/** A piece with the line that it lies on, to be joined with the next one where that is the same. */
interface OnLine extends Piece {
  readonly line: Line;
}

/**
 * The pieces of the award over an amount from 0 to `upTo`, in fen (default: the largest amount there is).
 * @param input name of a money input; what the row holds for it does not matter
 */
export function pieces(plan: Plan, row: Row, input: string, upTo: number = MAX_FEN): Piece[] {
  const cuts = [ZERO, ...thresholds(plan, row, input), ratio(upTo)]
    .filter((cut) => compare(cut, ZERO) >= 0 && compare(cut, ratio(upTo)) <= 0)
    .sort(compare);
  const found: OnLine[] = [];
  cuts.slice(1).forEach((to, i) => {
    if (compare(cuts[i]!, to) < 0) found.push(...piecesBetween(plan, row, input, cuts[i]!, to));
  });
  const joined: OnLine[] = [];
  for (const piece of found) {
    const last = joined.at(-1);
    if (last && goesOn(last, piece)) joined[joined.length - 1] = { ...last, to: piece.to, end: piece.end };
    else joined.push(piece);
  }
  return joined.map(({ from, to, outcome, binding, start, end }) => ({
    from,
    to,
    outcome,
    ...(binding && { binding }),
    start,
    end,
  }));
}

const goesOn = (a: OnLine, b: OnLine): boolean =>
  JSON.stringify(a.outcome, textual) === JSON.stringify(b.outcome, textual) &&
  sameNumbers(a.line.slope, b.line.slope) &&
  sameNumbers(a.end, b.start) &&
  a.line.limits.length === b.line.limits.length &&
  a.line.limits.every((limit, i) => limit.index === b.line.limits[i]!.index);

const sameNumbers = (a: Ratio, b: Ratio): boolean => compare(a, b) === 0;
const textual = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);

/** The pieces of an interval in which no test changes its answer. */
function piecesBetween(plan: Plan, row: Row, input: string, from: Ratio, to: Ratio): OnLine[] {
  const middle = multiply(add(from, to), ratio(1, 2));
  const facts = new Facts(plan, exactRow(row, input, middle));
  const path = pathOf(facts);
  if (path.outcome.kind !== "award") return [{ from, to, outcome: path.outcome, start: ZERO, end: ZERO, line: FLAT }];
  const lines = linesOf(plan, row, input, from, middle);
  const found: OnLine[] = [];
  for (let at = from; compare(at, to) < 0;) {
    const place = new Place(at, to);
    const line = awardLine(path, plan, lines, place, plan.times === undefined ? ratio(1) : facts.number(plan.times));
    const most: Line = { slope: ZERO, height: ratio(MAX_FEN), limits: [] };
    const large = place.smaller(line, most) === most && line !== most;
    const [start, end] = large ? [ZERO, ZERO] : [valueOf(line, at), valueOf(line, place.to)];
    const binding = line.limits.at(-1);
    found.push({
      from: at,
      to: place.to,
      outcome: large ? TOO_LARGE : path.outcome,
      ...(binding && !large && { binding }),
      start,
      end,
      line: large ? FLAT : line,
    });
    at = place.to;
  }
  return found;
}

/**
 * The inputs that change with the amount, each as a line: the amount itself, and the slabs of a total that it enters.
 * @param from one end of an interval within which they are lines, and a place inside
 */
function linesOf(plan: Plan, row: Row, input: string, from: Ratio, middle: Ratio): ReadonlyMap<string, Line> {
  const near = multiply(add(from, middle), ratio(1, 2));
  const [a, b] = [near, middle].map((x) => new Facts(plan, exactRow(row, input, x)));
  const moving = plan.totals.filter(({ of, before }) => of === input || before === input);
  const names = moving.flatMap(({ name, slabs }) => [name, ...slabs.map((slab) => slab.input)]);
  return new Map([
    [input, { ...FLAT, slope: ratio(1) }],
    ...names.map((name): [string, Line] => {
      const rise = subtract(b!.number(name), a!.number(name));
      const slope = lowest(divide(rise, subtract(middle, near)));
      return [name, { ...FLAT, slope, height: lowest(subtract(b!.number(name), multiply(slope, middle))) }];
    }),
  ]);
}

function awardLine(path: Path, plan: Plan, lines: ReadonlyMap<string, Line>, place: Place, pieces: Ratio): Line {
  const products = productsOf(path, (name) => (lines.has(name) ? 1 : undefined));
  const lineOf = ({ coefficient, inputs: [name] }: Product): Line => {
    if (name === undefined) return { ...FLAT, height: coefficient };
    const { slope, height } = lines.get(name)!;
    return { ...FLAT, slope: multiply(coefficient, slope), height: multiply(coefficient, height) };
  };
  const off = products.minus ? lineOf(products.minus) : FLAT;
  const folded = fold<LimitProducts, Line>(
    {
      parts: products.parts.map(({ limits }) => limits).filter(({ length }) => length),
      highest: plan.highest,
      limits: products.limits,
    },
    {
      nothing: FLAT,
      amount: ({ limit, terms, used }) => {
        const gross = terms.map(lineOf).reduce(plus, FLAT);
        return { ...place.positive(used ? minus(gross, lineOf(used)) : gross), limits: [limit] };
      },
      add: plus,
      larger: (a, b) => place.larger(a, b),
      smaller: (a, b) => place.smaller(a, b),
      rest: (a) => ({ ...place.positive(minus(a, off)), limits: a.limits }),
      round: (a) => {
        const { slope, height, limits } = paidOf(a, plan.rounding.minimum, place);
        return { slope: multiply(slope, pieces), height: multiply(height, pieces), limits };
      },
    },
  );
  return { slope: lowest(folded.award.slope), height: lowest(folded.award.height), limits: folded.award.limits };
}

/** Below the least award nothing is paid, or that much; of nothing, nothing. */
function paidOf(a: Line, minimum: Minimum | undefined, place: Place): Line {
  if (!minimum || place.positive(a) === FLAT) return a;
  const least: Line = { slope: ZERO, height: ratio(minimum.fen), limits: a.limits };
  return place.smaller(least, a) === least ? a : { ...least, height: ratio(minimum.otherwise) };
}

const FLAT: Line = { slope: ZERO, height: ZERO, limits: [] };

const plus = (a: Line, b: Line): Line => ({
  slope: add(a.slope, b.slope),
  height: add(a.height, b.height),
  limits: [...a.limits, ...b.limits],
});
const minus = (a: Line, b: Line): Line => ({
  slope: subtract(a.slope, b.slope),
  height: subtract(a.height, b.height),
  limits: a.limits,
});
const valueOf = ({ slope, height }: Line, x: Ratio): Ratio => lowest(add(multiply(slope, x), height));

/** A place just above an amount, and how far beyond it all comparisons made there come out the same. */
class Place {
  constructor(
    private readonly from: Ratio,
    public to: Ratio,
  ) {}

  /** The smaller of two lines; the first where they are the same. */
  smaller(a: Line, b: Line): Line {
    const gap = subtract(valueOf(b, this.from), valueOf(a, this.from));
    const closing = subtract(a.slope, b.slope);
    const before = compare(gap, ZERO);
    const turns = compare(closing, ZERO);
    if (before * turns > 0) {
      const meet = lowest(add(this.from, divide(gap, closing)));
      if (compare(meet, this.to) < 0) this.to = meet;
    }
    return before > 0 || (before === 0 && turns <= 0) ? a : b;
  }

  /** The larger of two lines; the first where they are the same. */
  larger(a: Line, b: Line): Line {
    return this.smaller(b, a) === a && a !== b ? b : a;
  }

  positive(a: Line): Line {
    return this.smaller(a, FLAT) === a ? FLAT : a;
  }
}

/** The row with an amount that no cell could hold. */
const exactRow = (row: Row, input: string, amount: Ratio): Readonly<Record<string, ExactValue | undefined>> =>
  Object.fromEntries([
    ...Object.entries(row).map(([name, value]) => [name, typeof value === "number" ? ratio(value) : value]),
    [input, amount],
  ]) as Record<string, ExactValue | undefined>;

/** The amounts at which a condition, a limit, a case or a slab begins or ceases to hold. */
function thresholds(plan: Plan, row: Row, input: string): Ratio[] {
  const facts = new Facts(plan, exactRow(row, input, ZERO));
  const totals = plan.totals.filter(({ of, before }) => of === input || before === input);
  /** Where a total passes a bound, and where what was before it does. */
  const passing = ({ of, before }: PlanTotal, bound: Ratio): Ratio[] =>
    of === input ? [subtract(bound, facts.number(before))] : [bound, subtract(bound, facts.number(of))];
  const slabs = totals.flatMap((total) =>
    total.slabs.flatMap(({ from, to }) => [from, ...(to ? [to] : [])]).flatMap((bound) => passing(total, bound)),
  );
  const tested = testsOf(plan).flatMap((tests) =>
    [...eachTest(tests)].flatMap((test) => {
      if (test.kind === "ratio") return rootOf(test, plan, row, input);
      if (test.kind !== "bound") return [];
      if (test.input === input) return [test.than];
      return totals.flatMap((total) => (total.name === test.input ? passing(total, test.than) : []));
    }),
  );
  return [...slabs, ...tested];
}

/** Where of − less = than × to, as the amount enters any of the three. */
function rootOf({ of, to, less, than }: RatioTest, plan: Plan, row: Row, input: string): Ratio[] {
  const difference = (x: Ratio): Ratio => {
    const facts = new Facts(plan, exactRow(row, input, x));
    return subtract(subtract(facts.number(of), facts.number(less)), multiply(than, facts.number(to)));
  };
  const height = difference(ZERO);
  const slope = subtract(difference(ratio(1)), height);
  return compare(slope, ZERO) === 0 ? [] : [lowest(divide(subtract(ZERO, height), slope))];
}
