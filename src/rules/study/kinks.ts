/**
 * Where another limit takes over as one amount grows, all else in the row unchanged. Limits are linear in one amount
 * between the thresholds of conditions and cases, so the places are intersections of lines: exact fractions of a fen.
 */
import { award, withDefaults, type Award, type LimitWorking, type Outcome } from "../award/award";
import { Exact, MAX_FEN } from "../number/money";
import type { Plan, PlanCondition, PlanLimit, PlanTest } from "../plan/plan";
import {
  add,
  atLeastZero,
  compare,
  multiply,
  ratio,
  smaller,
  subtract,
  toDecimal,
  ZERO,
  type Ratio,
} from "../number/ratio";
import type { Row } from "../award/row";

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

/** A line y = slope × x + height. */
interface Line {
  readonly slope: Ratio;
  readonly height: Ratio;
}

interface Point {
  readonly x: Exact;
  readonly award: Award;
  /** The award before it is rounded to fen. */
  readonly exact: Ratio;
}

/** For points inside an interval any decimal near enough will do: they only show which lines there are. */
const PLACES = 30;

/**
 * The pieces of the award over an amount from 0 to `upTo`, in fen (default: the largest amount there is).
 * @param input name of a money input; what the row says for it does not matter
 */
export function pieces(plan: Plan, row: Row, input: string, upTo: number = MAX_FEN): Piece[] {
  const at = (x: Exact): Point => pointAt(plan, { ...row, [input]: x }, x);
  const ends = [ZERO, ...inside(thresholds(plan, row, input), upTo), ratio(upTo)];
  const cuts = between(ends).flatMap(([from, to]) => [from, ...crossings(plan, at, from, to)]);
  const all = between([...sorted(cuts), ratio(upTo)]).map(([from, to]) => pieceOf(at, from, to));
  return all.reduce<Piece[]>((joined, { signature, ...piece }, i) => {
    const last = joined.at(-1);
    const goesOn = last && signature === all[i - 1]!.signature && compare(last.end, piece.start) === 0;
    return goesOn ? [...joined.slice(0, -1), { ...last, to: piece.to, end: piece.end }] : [...joined, piece];
  }, []);
}

function pointAt(plan: Plan, row: Row, x: Exact): Point {
  const result = award(plan, row);
  const { parts, limits } = result;
  if (result.outcome.kind !== "award") return { x, award: result, exact: ZERO };
  const total = parts.reduce((sum, { amount }) => add(sum, amount), ZERO);
  const capped = limits.reduce((least, { amount }) => smaller(least, amount), total);
  const given = withDefaults(plan, row);
  const number = (name: string): Ratio => (given[name] instanceof Exact ? ratio(given[name]) : ZERO);
  const piece = plan.minus ? atLeastZero(subtract(capped, number(plan.minus))) : capped;
  return { x, award: result, exact: plan.times ? multiply(piece, number(plan.times)) : piece };
}

function pieceOf(at: (x: Exact) => Point, from: Ratio, to: Ratio): Piece & { signature: string } {
  const [a, b] = [at(pointIn(from, to, 1)), at(pointIn(from, to, 2))];
  const line = lineThrough(a, b, a.exact, b.exact);
  const { outcome, binding, parts, limits } = a.award;
  const binds = [...parts.flatMap((part) => part.limits), ...limits].filter((working) => working.binds);
  return {
    from,
    to,
    outcome,
    ...(binding && { binding: binding.limit }),
    start: valueOf(line, from),
    end: valueOf(line, to),
    signature: JSON.stringify([outcome.kind, binds.map(({ limit }) => limit.index)]),
  };
}

/** Where, between two thresholds, one line passes under another: in each part, then over the sum of the parts. */
function crossings(plan: Plan, at: (x: Exact) => Point, from: Ratio, to: Ratio): Ratio[] {
  const [a, b] = [at(pointIn(from, to, 1)), at(pointIn(from, to, 2))];
  const inParts = a.award.parts.flatMap((part, i) =>
    intersections([FLAT, ...linesOf(a, b, part.limits, b.award.parts[i]?.limits ?? [])]),
  );
  const cuts = within(inParts, from, to);
  const overSum = between([from, ...cuts, to]).flatMap(([left, right]) => {
    const [c, d] = [at(pointIn(left, right, 1)), at(pointIn(left, right, 2))];
    const total = ({ award: { parts } }: Point) => parts.reduce((sum, { amount }) => add(sum, amount), ZERO);
    const lines = [lineThrough(c, d, total(c), total(d)), ...linesOf(c, d, c.award.limits, d.award.limits)];
    const minus = plan.minus ? [minusLine(c, d)] : [];
    return within(intersections([FLAT, ...lines, ...minus]), left, right);
  });
  return sorted([...cuts, ...overSum]);
}

const FLAT: Line = { slope: ZERO, height: ZERO };

function minusLine(a: Point, b: Point): Line {
  const taken = ({ award: { parts, limits }, exact }: Point): Ratio => {
    const total = parts.reduce((sum, { amount }) => add(sum, amount), ZERO);
    return subtract(
      limits.reduce((least, { amount }) => smaller(least, amount), total),
      exact,
    );
  };
  return lineThrough(a, b, taken(a), taken(b));
}

function linesOf(a: Point, b: Point, left: readonly LimitWorking[], right: readonly LimitWorking[]): Line[] {
  // Without the floor at zero, which is a line of its own.
  const net = ({ gross, used, drawn }: LimitWorking): Ratio => subtract(subtract(gross, used), drawn);
  return left.flatMap((working) => {
    const other = right.find(({ limit }) => limit === working.limit);
    return other ? [lineThrough(a, b, net(working), net(other))] : [];
  });
}

function lineThrough(a: Point, b: Point, left: Ratio, right: Ratio): Line {
  const slope = divide(subtract(right, left), ratio(b.x.minus(a.x)));
  return { slope, height: lowest(subtract(left, multiply(slope, ratio(a.x)))) };
}

const valueOf = ({ slope, height }: Line, x: Ratio): Ratio => lowest(add(multiply(slope, x), height));

function intersections(lines: readonly Line[]): Ratio[] {
  return lines.flatMap((a, i) =>
    lines.slice(i + 1).flatMap((b) => {
      const slope = subtract(a.slope, b.slope);
      return compare(slope, ZERO) === 0 ? [] : [divide(subtract(b.height, a.height), slope)];
    }),
  );
}

function divide(a: Ratio, b: Ratio): Ratio {
  const d = a.d.times(b.n);
  const n = a.n.times(b.d);
  return lowest(d.isNegative() ? { n: n.neg(), d: d.neg() } : { n, d });
}

/** In lowest terms: the helping points have many digits, the lines through them few, and the precision is finite. */
function lowest({ n, d }: Ratio): Ratio {
  const scale = new Exact(10).pow(Math.max(n.decimalPlaces(), d.decimalPlaces()));
  const [top, bottom] = [BigInt(n.times(scale).toFixed()), BigInt(d.times(scale).toFixed())];
  const divisor = commonDivisor(top < 0n ? -top : top, bottom).toString();
  return ratio(new Exact(top.toString()).div(divisor), new Exact(bottom.toString()).div(divisor));
}

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b));

/** The k-th of three points that divide an interval into four, as a decimal. */
const pointIn = (from: Ratio, to: Ratio, k: number): Exact =>
  toDecimal(add(from, multiply(subtract(to, from), ratio(k, 4))), PLACES);

const sorted = (cuts: readonly Ratio[]): Ratio[] =>
  [...cuts].sort(compare).filter((cut, i, all) => i === 0 || compare(cut, all[i - 1]!) !== 0);
const within = (cuts: readonly Ratio[], from: Ratio, to: Ratio): Ratio[] =>
  sorted(cuts.filter((cut) => compare(cut, from) > 0 && compare(cut, to) < 0));
const inside = (cuts: readonly Ratio[], upTo: number): Ratio[] => within(cuts, ZERO, ratio(upTo));
const between = (cuts: readonly Ratio[]): [Ratio, Ratio][] => cuts.slice(1).map((cut, i) => [cuts[i]!, cut]);

/** The amounts at which a condition, a limit or a case begins or ceases to hold. */
function thresholds(plan: Plan, row: Row, input: string): Ratio[] {
  const limits = [...plan.parts.flatMap((part) => part.limits), ...plan.limits];
  const conditions = [...plan.conditions, ...plan.parts.flatMap((part) => part.conditions)];
  const tests = [
    ...conditions.flatMap((condition) => (condition.kind === "tests" ? condition.tests : [])),
    ...limits.flatMap((limit) => limit.tests),
    ...limits.flatMap(({ terms }) =>
      terms.flatMap(({ figures }) => figures.flatMap(({ cases }) => cases.flatMap((item) => item.tests))),
    ),
    ...plan.grades.flatMap(({ anyOf }) => anyOf.flat()),
  ];
  return [...boundsOf(tests, input), ...conditions.flatMap((condition) => rootOf(condition, plan, row, input))];
}

function boundsOf(tests: readonly PlanTest[], input: string): Ratio[] {
  return tests.flatMap((test) => {
    if (test.kind === "bound") return test.input === input ? [test.than] : [];
    if (test.kind === "any") return boundsOf(test.anyOf.flat(), input);
    return test.kind === "any-row" ? boundsOf(test.tests, input) : [];
  });
}

/** Where of − less = than × to, as the amount enters any of the three. */
function rootOf(condition: PlanCondition, plan: Plan, row: Row, input: string): Ratio[] {
  if (condition.kind !== "ratio") return [];
  const { of, to, less, than } = condition;
  const difference = (x: number): Ratio => {
    const given = withDefaults(plan, { ...row, [input]: new Exact(x) });
    const number = (name?: string): Ratio =>
      name !== undefined && given[name] instanceof Exact ? ratio(given[name]) : ZERO;
    return subtract(subtract(number(of), number(less)), multiply(than, number(to)));
  };
  const height = difference(0);
  const slope = subtract(difference(1), height);
  return compare(slope, ZERO) === 0 ? [] : [divide(subtract(ZERO, height), slope)];
}
