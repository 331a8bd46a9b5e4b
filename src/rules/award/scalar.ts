/**
 * One row fast: the fold over doubles. A plan is asked its questions once for every kind of row; rows that answer them alike
 * take the same path, which is decided exactly once and kept. On a path the award is a sum of products of whole numbers,
 * counted in units of a fen that make every coefficient whole. Whatever might leave the exact range of doubles is computed
 * by award(); so both always give the same fen.
 */
import { MAX_FEN } from "../number/money";
import { commonMultiple, compare, lowest, ratio, toDecimal, type Ratio } from "../number/ratio";
import type { Comparison, Plan, PlanFigure, PlanTest, RatioTest, Rounding } from "../plan/plan";
import { eachTest, figuresOf, limitsOf, testsOf } from "../plan/walk";
import { award, withMinimum, withoutMoney, type Award } from "./award";
import { Facts } from "./facts";
import { fold, type Algebra, type Clause } from "./fold";
import { pathOf } from "./path";
import { productsOf, type PathProducts, type Product } from "./products";
import type { Row } from "./row";
import { alone } from "./totals";

/** What is kept of plans, for as long as the plans are kept. */
const known = new WeakMap<Plan, Scalar>();

/** The award of a row that stands alone, in whole fen; or the award with the reason why there is no money. */
export function awardFen(plan: Plan, row: Row): number | Award {
  let scalar = known.get(plan);
  if (!scalar) known.set(plan, (scalar = new Scalar(plan)));
  return scalar.of(row);
}

/** Which of so many answers the row gives. */
interface Question {
  readonly answers: number;
  readonly ask: (row: Row) => number;
}

/** ⌊(x + 1/2) ÷ q⌋ of doubles is exact for whole x below this. */
const BOUND = 2 ** 51;
/** Products below this are exact. */
const SAFE = Number.MAX_SAFE_INTEGER;
const MOST_PATHS = 4096;

/** What stands for a path: how it is computed, or why it pays nothing; undefined where every row has to be computed exactly. */
type Kept = Doubles | Award | undefined;

class Scalar {
  private readonly paths = new Map<number, Kept>();
  private readonly questions: readonly Question[];
  /** More kinds of rows than whole numbers can distinguish: every row is computed exactly. */
  private readonly tooMany: boolean;

  constructor(private readonly plan: Plan) {
    this.questions = plan.inForce ? new Questions(plan).all : [];
    this.tooMany = this.questions.reduce((all, { answers }) => all * answers, 1) > SAFE;
  }

  of(given: Row): number | Award {
    const row = alone(this.plan, given);
    if (this.tooMany) return exactly(this.plan, row);
    let key = 0;
    for (const question of this.questions) key = key * question.answers + question.ask(row);
    let kept = this.paths.get(key);
    if (kept === undefined && !this.paths.has(key)) {
      if (this.paths.size >= MOST_PATHS) this.paths.clear();
      kept = this.decide(row);
      this.paths.set(key, kept);
    }
    if (!(kept instanceof Doubles)) return kept ?? exactly(this.plan, row);
    const fen = kept.fen(row);
    return fen <= MAX_FEN ? fen : exactly(this.plan, row);
  }

  private decide(row: Row): Kept {
    const path = pathOf(new Facts(this.plan, row));
    // Its words name a figure of the row.
    if (path.outcome.kind === "above-ceiling") return undefined;
    if (path.outcome.kind !== "award") return withoutMoney(this.plan, path.outcome);
    const varying = (input: string): number | undefined => (typeof row[input] === "number" ? 1 : undefined);
    return Doubles.of(productsOf(path, varying), this.plan);
  }
}

function exactly(plan: Plan, row: Row): number | Award {
  const result = award(plan, row);
  return result.outcome.kind === "award" ? result.fen : result;
}

interface DoubleProduct {
  readonly coefficient: number;
  readonly inputs: readonly string[];
}

interface DoubleLimit {
  readonly terms: readonly DoubleProduct[];
  readonly used: DoubleProduct | undefined;
}

/** A path in doubles. */
class Doubles implements Clause<DoubleLimit> {
  private row: Row = {};
  /** Decimals of the numbers of the row at hand, together; amounts are counted in units of so many more digits. */
  private shift = 1;
  private readonly algebra: Algebra<DoubleLimit, number>;

  private constructor(
    readonly parts: readonly (readonly DoubleLimit[])[],
    readonly limits: readonly DoubleLimit[],
    minus: DoubleProduct | undefined,
    times: DoubleProduct | undefined,
    /** The inputs that are multiplied and can have decimals. */
    private readonly decimals: readonly string[],
    unit: number,
    rounding: Rounding,
    readonly highest: boolean,
  ) {
    const { step, half } = rounding;
    this.algebra = {
      nothing: 0,
      amount: ({ terms, used }) => {
        let gross = 0;
        for (let t = 0; t < terms.length; t++) gross += this.value(terms[t]!);
        const amount = used ? gross - this.value(used) : gross;
        // NaN spoils the row, which is then computed exactly.
        return gross < BOUND ? Math.max(0, amount) : NaN;
      },
      add: (a, b) => a + b,
      larger: (a, b) => Math.max(a, b),
      // Also for NaN.
      smaller: (a, b) => Math.min(a, b),
      rest: minus ? (a) => Math.max(0, a - this.value(minus)) : (a) => a,
      round: (a) => {
        const fen = unit * this.shift;
        const size = fen * step;
        const raised = half ? a + size / 2 : a;
        if (!(raised < BOUND)) return NaN;
        const piece = withMinimum(Math.floor(raised / size) * step, rounding);
        if (!times) return piece;
        const pieces = this.value(times);
        return pieces < SAFE ? piece * Math.floor(pieces / fen) : NaN;
      },
    };
  }

  /** @returns undefined where the coefficients alone are beyond the exact range */
  static of({ parts, limits, minus, times }: PathProducts, plan: Plan): Doubles | undefined {
    const all = [...parts.flatMap((part) => part.limits), ...limits];
    const products = [
      ...all.flatMap(({ terms, used }) => [...terms, ...(used ? [used] : [])]),
      ...(minus ? [minus] : []),
      ...(times ? [times] : []),
    ];
    const unit = products.reduce((common, { coefficient }) => commonMultiple(common, coefficient.d), 2n);
    const double = ({ coefficient, inputs }: Product): DoubleProduct => ({
      coefficient: Number((coefficient.n * unit) / coefficient.d),
      inputs,
    });
    if (Number(unit) >= BOUND || products.some((product) => double(product).coefficient >= BOUND)) return undefined;
    const limit = ({ terms, used }: (typeof all)[number]): DoubleLimit => ({
      terms: terms.map(double),
      used: used && double(used),
    });
    return new Doubles(
      parts.flatMap((part) => (part.limits.length ? [part.limits.map(limit)] : [])),
      limits.map(limit),
      minus && double(minus),
      times && double(times),
      [...new Set(products.flatMap(({ inputs }) => inputs))].filter((input) => DECIMAL.has(plan.inputs[input]!.kind)),
      Number(unit),
      plan.rounding,
      plan.highest,
    );
  }

  /** Whole fen; NaN, or more than there can be, where doubles do not hold the row. */
  fen(row: Row): number {
    this.row = row;
    this.shift = 1;
    for (const input of this.decimals) this.shift *= scaleOf(row[input] as number);
    return fold(this, this.algebra).award;
  }

  private value({ coefficient, inputs }: DoubleProduct): number {
    let value = coefficient;
    // The decimals of the numbers that are not factors here.
    let rest = this.shift;
    for (let k = 0; k < inputs.length; k++) {
      const number = this.row[inputs[k]!] as number;
      if (rest === 1) value *= number;
      else {
        const scale = scaleOf(number);
        value *= Math.round(number * scale);
        rest /= scale;
      }
    }
    return rest === 1 ? value : value * rest;
  }
}

/** Kinds of numbers that may have decimals; the others are whole. */
const DECIMAL: ReadonlySet<string> = new Set(["rate", "number", "months"]);
const MOST_DECIMALS = 15;

/** The power of ten that makes a decimal of at most 15 digits whole; NaN where there is none so small. */
function scaleOf(x: number): number {
  let scale = 1;
  for (let k = 0; k <= MOST_DECIMALS; k++, scale *= 10) if (Math.round(x * scale) / scale === x) return scale;
  return NaN;
}

/** Collects what has to be asked of a row, each question once. */
class Questions {
  private readonly found = new Map<string, Question>();

  constructor(private readonly plan: Plan) {
    for (const tests of testsOf(plan)) for (const test of eachTest(tests)) this.test(test);
    for (const { input } of plan.required) this.input(input);
    for (const limit of limitsOf(plan)) {
      for (const { factors } of limit.terms) for (const { input } of factors) this.input(input);
      if (limit.used) this.input(limit.used);
    }
    for (const figure of figuresOf(limitsOf(plan))) this.figure(figure);
    for (const input of [plan.minus, plan.times]) if (input) this.input(input);
  }

  get all(): readonly Question[] {
    return [...this.found.values()];
  }

  private add(key: string, answers: number, ask: (row: Row) => number): void {
    if (!this.found.has(key)) this.found.set(key, { answers, ask });
  }

  /** What is asked of every input: which flag or choice, or whether there is a number. */
  private input(name: string): void {
    const { kind, options = {} } = this.plan.inputs[name]!;
    if (kind === "flag") {
      this.add(name, 3, (row) => {
        const value = row[name];
        return value === true ? 2 : value === false ? 1 : 0;
      });
    } else if (kind === "choice") {
      const keys = Object.keys(options);
      this.add(name, keys.length + 2, (row) => (row[name] === undefined ? 0 : 2 + keys.indexOf(row[name] as string)));
    } else this.add(name, 2, (row) => (row[name] === undefined ? 0 : 1));
  }

  private test(test: PlanTest): void {
    if (test.kind === "any" || test.kind === "any-row") return;
    if (test.kind === "ratio") {
      this.ratio(test);
      return;
    }
    if (test.kind === "within") {
      const { input, of, span } = test;
      for (const name of [input, of]) this.input(name);
      this.add(`${input} within ${span.count} ${span.unit} of ${of}`, 2, (row) =>
        Number(new Facts(this.plan, row).passes([test])),
      );
      return;
    }
    this.input(test.input);
    if (test.kind === "bound") this.reaches(test.input, test.op, test.than);
  }

  private reaches(input: string, op: Comparison, than: Ratio): void {
    const key = `${input} ${op} ${than.n}/${than.d}`;
    const bound = toDecimal(than, MOST_DECIMALS);
    // Decimals of at most 15 digits are in the order of their doubles.
    if (compare(ratio(bound), than) === 0 && bound.precision() <= MOST_DECIMALS) {
      const double = bound.toNumber();
      this.add(key, 2, (row) => {
        const value = row[input];
        return typeof value === "number" && holds(value, op, double) ? 1 : 0;
      });
    } else this.add(key, 2, (row) => Number(new Facts(this.plan, row).passes([{ kind: "bound", input, op, than }])));
  }

  private figure({ cases, lever }: PlanFigure): void {
    if (lever) this.input(lever);
    for (const { value } of cases) {
      if (value.kind !== "given") continue;
      this.input(value.input);
      if (value.ceiling) this.reaches(value.input, ">", value.ceiling);
      for (const bound of value.below) {
        if (typeof bound !== "string") this.reaches(value.input, ">=", bound);
        else {
          this.input(bound);
          const preset = this.plan.defaults[bound];
          const otherwise = typeof preset === "object" ? toDecimal(preset, MOST_DECIMALS).toNumber() : undefined;
          this.add(`${value.input} >= ${bound}`, 2, (row) => {
            const [own, other] = [row[value.input], row[bound] ?? otherwise];
            return typeof own === "number" && typeof other === "number" && own >= other ? 1 : 0;
          });
        }
      }
    }
  }

  private ratio(test: RatioTest): void {
    const { of, to, less, op, than } = test;
    for (const input of [of, to, less]) if (input) this.input(input);
    const { n, d } = lowest(than);
    const [above, below] = [Number(n), Number(d)];
    this.add(`${of} ${less ?? ""} ${op} ${n}/${d} ${to}`, 2, (row) => {
      const [a, b, c] = [row[of], row[to], less === undefined ? 0 : row[less]];
      if (typeof a === "number" && typeof b === "number" && typeof c === "number") {
        const [left, right] = [(a - c) * below, b * above];
        const whole = Number.isInteger(a) && Number.isInteger(b) && Number.isInteger(c);
        if (whole && Math.abs(left) <= SAFE && right <= SAFE) return b > 0 && holds(left, op, right) ? 1 : 0;
      }
      return Number(new Facts(this.plan, row).passes([test]));
    });
  }
}

const holds = (a: number, op: Comparison, b: number): boolean =>
  op === ">=" ? a >= b : op === ">" ? a > b : op === "<=" ? a <= b : a < b;
