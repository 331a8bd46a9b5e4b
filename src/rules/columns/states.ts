/**
 * Rows of one state: every test of the plan has the same answer for all of them, so that award() takes the same path through
 * the clause. One row of each state is computed by award() itself; the others repeat its path with their own amounts.
 */
import { Facts } from "../award/facts";
import type { Comparison, Plan, PlanFigure, PlanLimit, PlanTest, RatioTest, WithinTest } from "../plan/plan";
import { limitsOf, testsOf } from "../plan/walk";
import { ceilingOf, floorOf, lowest, multiply, ratio, toDecimal, type Ratio } from "../number/ratio";
import { MAX_CODES, rowAt, type Columns } from "./column";
import { Inputs, isConstant } from "./inputs";

/** A question whose answer distinguishes states. */
type Question =
  | { kind: "code"; input: string }
  | { kind: "given"; input: string }
  /** Whether the input reaches the number (whole, in the units of its column). */
  | { kind: "reaches"; input: string; number: number }
  /** Whether one input reaches another. */
  | { kind: "exceeds"; input: string; other: string }
  | { kind: "ratio"; test: RatioTest }
  | { kind: "within"; test: WithinTest };

export class States {
  /** One row of each state. */
  readonly rows: readonly number[];

  constructor(
    /** State of each row. */
    readonly ids: Uint16Array,
    rows: readonly number[],
  ) {
    this.rows = rows;
  }

  get count(): number {
    return this.rows.length;
  }

  /** Splits the states by a code of each row below `domain`. @throws RangeError beyond 65,536 states */
  split(codes: ArrayLike<number>, domain: number): States {
    const next = new Int32Array(this.count * domain).fill(-1);
    const rows: number[] = [];
    const ids = new Uint16Array(this.ids.length);
    for (let i = 0; i < ids.length; i++) {
      const key = this.ids[i]! * domain + codes[i]!;
      let id = next[key]!;
      if (id < 0) {
        id = next[key] = rows.push(i) - 1;
        if (id >= MAX_CODES) throw new RangeError(`more than ${MAX_CODES} kinds of rows`);
      }
      ids[i] = id;
    }
    return new States(ids, rows);
  }
}

/** States by the questions that made them: scenarios that change figures only ask the same questions again. */
const known = new WeakMap<Columns, Map<string, States>>();

/** The states of the rows under a plan. @param also further tests, of other plans of the instrument */
export function statesOf(plan: Plan, columns: Columns, also: readonly PlanTest[] = []): States {
  const questions = new Questions(new Inputs(plan, columns)).ask(plan, also);
  const key = JSON.stringify(questions, textual);
  const byQuestions = known.get(columns) ?? new Map<string, States>();
  known.set(columns, byQuestions);
  let states = byQuestions.get(key);
  if (!states) {
    states = new States(new Uint16Array(columns.length), columns.length ? [0] : []);
    for (const question of questions) states = answered(states, question, plan, columns);
    byQuestions.set(key, states);
  }
  return states;
}

const textual = (_name: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);

/** Collects what has to be asked, each question once. */
class Questions {
  private readonly found = new Map<string, Question>();

  constructor(private readonly inputs: Inputs) {}

  ask(plan: Plan, also: readonly PlanTest[]): Question[] {
    [...testsOf(plan), also].forEach((tests) => this.tests(tests));
    plan.required.forEach(({ input }) => this.input(input));
    limitsOf(plan).forEach((limit) => this.limit(limit));
    [plan.minus, plan.times].forEach((input) => input && this.input(input));
    return [...this.found.values()];
  }

  private add(question: Question): void {
    this.found.set(JSON.stringify(question, textual), question);
  }

  /** What is asked of every input: which of its codes, or whether it is given. */
  private input(name: string): void {
    const column = this.inputs.column(name);
    if (!column || isConstant(column)) return;
    // Who is named makes no difference to the path.
    if (this.inputs.plan.inputs[name]?.kind === "name") this.add({ kind: "given", input: name });
    else if (column.kind === "code") this.add({ kind: "code", input: name });
    else if (column.given) this.add({ kind: "given", input: name });
  }

  private tests(tests: readonly PlanTest[]): void {
    for (const test of tests) {
      if (test.kind === "any") test.anyOf.forEach((group) => this.tests(group));
      else if (test.kind === "any-row") this.tests(test.tests);
      else if (test.kind === "ratio") this.ratio(test);
      else if (test.kind === "within") this.within(test);
      else {
        this.input(test.input);
        if (test.kind === "bound") this.reaches(test.input, test.than, test.op === ">=" || test.op === "<");
      }
    }
  }

  /** @param itself whether the bound itself counts as reached */
  private reaches(input: string, than: Ratio, itself: boolean): void {
    const varying = this.inputs.varying(input);
    if (!varying) return;
    const scaled = multiply(than, ratio(varying.scale));
    this.add({ kind: "reaches", input, number: Number(itself ? ceilingOf(scaled) : floorOf(scaled) + 1n) });
  }

  private ratio(test: RatioTest): void {
    const names = [test.of, test.to, ...(test.less ? [test.less] : [])];
    names.forEach((name) => this.input(name));
    if (names.some((name) => this.inputs.varying(name))) this.add({ kind: "ratio", test });
  }

  private within(test: WithinTest): void {
    const names = [test.input, test.of];
    names.forEach((name) => this.input(name));
    if (names.some((name) => this.inputs.varying(name))) this.add({ kind: "within", test });
  }

  private limit({ terms, used }: PlanLimit): void {
    for (const { factors, figures } of terms) {
      factors.forEach(({ input }) => this.input(input));
      figures.forEach((figure) => this.figure(figure));
    }
    if (used) this.input(used);
  }

  private figure({ cases, lever }: PlanFigure): void {
    if (lever) this.input(lever);
    for (const { value } of cases) {
      if (value.kind !== "given") continue;
      this.input(value.input);
      if (value.ceiling) this.reaches(value.input, value.ceiling, false);
      for (const bound of value.below) {
        if (typeof bound !== "string") this.reaches(value.input, bound, true);
        else {
          this.input(bound);
          if (this.inputs.varying(value.input) ?? this.inputs.varying(bound)) {
            this.add({ kind: "exceeds", input: value.input, other: bound });
          }
        }
      }
    }
  }
}

function answered(states: States, question: Question, plan: Plan, columns: Columns): States {
  const inputs = new Inputs(plan, columns);
  if (question.kind === "ratio") return states.split(ratioHolds(question.test, inputs), 2);
  if (question.kind === "within")
    return states.split(
      Uint8Array.from({ length: columns.length }, (_, i) =>
        Number(new Facts(plan, rowAt(columns, i)).passes([question.test])),
      ),
      2,
    );
  const column = columns.inputs[question.input]!;
  if (question.kind === "code" && column.kind === "code") return states.split(column.codes, column.values.length);
  if (question.kind === "given" && column.kind === "code") {
    const bits = Uint8Array.from(column.codes, (code) => Number(column.values[code] !== undefined));
    return states.split(bits, 2);
  }
  if (question.kind === "given" && column.kind !== "code") return states.split(column.given!, 2);
  const bits = new Uint8Array(columns.length);
  if (question.kind === "reaches") {
    const { values } = inputs.varying(question.input)!;
    const { number } = question;
    for (let i = 0; i < bits.length; i++) bits[i] = Number(values[i]! >= number);
  } else if (question.kind === "exceeds") {
    const [a, b] = [doublesOf(question.input, inputs), doublesOf(question.other, inputs)];
    for (let i = 0; i < bits.length; i++) bits[i] = Number(a(i) >= b(i));
  }
  return states.split(bits, 2);
}

/** Decimals of a number in a cell, at most. */
const DIGITS = 20;

/** An input as the double that its at most 15 digits read as; their order is the order of the numbers. */
function doublesOf(name: string, inputs: Inputs): (i: number) => number {
  const varying = inputs.varying(name);
  if (varying) return (i) => varying.values[i]! / varying.scale;
  const column = inputs.column(name);
  if (column?.kind !== "code") {
    const value = new Facts(inputs.plan, rowAt(inputs.columns, 0)).numberIn(name);
    const double = value ? toDecimal(value, DIGITS).toNumber() : NaN;
    return () => double;
  }
  const doubles = column.values.map((value) => (typeof value === "number" ? value : NaN));
  return (i) => doubles[column.codes[i]!]!;
}

/** Products below this are exact. */
const SAFE = Number.MAX_SAFE_INTEGER;

/** Whether `of − less` compares as wanted with the bound × `to`; beyond the exact range Facts decide. */
function ratioHolds(test: RatioTest, inputs: Inputs): Uint8Array {
  const { plan, columns } = inputs;
  const { n, d } = lowest(test.than);
  const [above, below] = [Number(n), Number(d)];
  const of = inputs.fen(test.of);
  const to = inputs.fen(test.to);
  const less = test.less ? inputs.fen(test.less) : undefined;
  const inFen = of && to && (less || !test.less);
  const bits = new Uint8Array(columns.length);
  for (let i = 0; i < bits.length; i++) {
    const left = inFen ? (of[i]! - (less?.[i] ?? 0)) * below : Infinity;
    const right = inFen ? to[i]! * above : Infinity;
    if (Math.abs(left) <= SAFE && Math.abs(right) <= SAFE) {
      bits[i] = Number(to![i]! > 0 && compares(left, test.op, right));
    } else {
      bits[i] = Number(new Facts(plan, rowAt(columns, i)).passes([test]));
    }
  }
  return bits;
}

const compares = (a: number, op: Comparison, b: number): boolean =>
  op === ">=" ? a >= b : op === ">" ? a > b : op === "<=" ? a <= b : a < b;
