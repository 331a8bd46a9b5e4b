/** One instrument's inputs, tests and figures as formulas: what its limits and conditions are written with. */
import {
  commonMultiple,
  eachTest,
  figuresOf,
  FIRST_DAY,
  isoOf,
  LAST_DAY,
  limitsOf,
  lowest,
  multiply,
  ratio,
  testsOf,
  toDecimal,
  zeroSaysNothing,
  type Input,
  type Plan,
  type PlanFigure,
  type PlannedRow,
  type PlanTest,
  type Ratio,
  type RatioTest,
} from "../../rules";
import { labelOf, shareWordsOf, testsWords, titled } from "../words";
import {
  and,
  asNumber,
  BLANK,
  compares,
  dateCell,
  differs,
  equals,
  FALSE,
  isNumber,
  joined,
  laterBy,
  minus,
  not,
  number,
  plus,
  or,
  over,
  round,
  size,
  text,
  times,
  TRUE,
  when,
  whole,
  ZERO_CELL,
  type Expression,
} from "./expression";
import { type Column, type Format, type Parameters } from "./sheet";

/** A row of the sheet has a problem, in words, where something holds. */
export interface Problem {
  readonly holds: Expression;
  readonly words: string;
}

/** A factor as a whole number and into how many parts one of it is divided: 30 % is 3 of 10. */
export interface Whole {
  readonly count: Expression;
  readonly parts: readonly Expression[];
}

/** 1 yuan is 100 fen. */
export const FEN = number(100);
export const YES = text("是");
export const NO = text("否");
export const yesOrNo = (condition: Expression): Expression => when(condition, YES, NO);

/** Decimals of the rows' own rates that are computed exactly; a row with more of them is marked. */
const MOST_DECIMALS = 6;
/** Figures that are computed as whole parts together: the rates, and what multiplies. No input is called so. */
const [RATE, TIMES] = ["#rate", "#times"];
/** How far a double may lie from the whole number that it stands for. The workbench reads 0.000000001 as a text. */
const DUST = over(number(1), number(1e9));

export class Clause {
  /** The columns of the inputs; an input without one is given by no row. */
  readonly columns = new Map<string, Column>();
  /** Rates above their ceiling, and figures that the document leaves to the row, once the limits were written. */
  readonly aboveCeiling: Problem[] = [];
  readonly open: Problem[] = [];
  /** Whole numbers that a condition compares, which may be too large to be exact. */
  readonly compared: Expression[] = [];
  /** How a test on other rows of the firm is written. */
  anyRow: (tests: readonly PlanTest[]) => Expression = (tests) => this.tests(tests);
  private readonly parts = new Map<string, number>();

  constructor(
    readonly plan: Plan,
    private readonly rows: readonly PlannedRow[],
    readonly parameters: Parameters,
    /** Cells that look into other cells hold an empty text where those are blank, which is no number. */
    private readonly looking = false,
    private readonly leastParts = 1,
  ) {
    this.findParts();
  }

  private input(name: string): Input {
    return this.plan.inputs[name]!;
  }

  label(name: string): string {
    return labelOf(this.plan.inputs, name, "zh");
  }

  /** Whether the row gives the input. */
  given(name: string): Expression {
    const column = this.columns.get(name);
    if (!column) return FALSE;
    return zeroSaysNothing(this.input(name))
      ? compares(this.numberIn(column), ">", ZERO_CELL)
      : differs(column.here, BLANK);
  }

  private numberIn({ here }: Column): Expression {
    return this.looking ? asNumber(here) : here;
  }

  /** The number that the row gives, or the default; nothing counts as 0. Yuan for money. */
  number(name: string): Expression {
    const column = this.columns.get(name);
    const preset = this.plan.defaults[name];
    if (typeof preset !== "object" || preset.n === 0n) return column ? this.numberIn(column) : ZERO_CELL;
    const { kind } = this.input(name);
    const standard = this.parameters.add({
      label: `“${this.label(name)}”不填时`,
      format: kind === "money" ? "money" : kind === "rate" ? "rate" : "number",
      value: this.plain(preset, kind === "money"),
    });
    return column ? when(this.given(name), this.numberIn(column), standard) : standard;
  }

  /** Whether there is a number: the row's own or a default. */
  private known(name: string): Expression {
    return typeof this.plan.defaults[name] === "object" ? TRUE : this.given(name);
  }

  /** A number as a cell holds it; of fen the yuan. */
  private plain(value: Ratio, money: boolean): number {
    return Number(toDecimal(money ? multiply(value, ratio(1, 100)) : value, 30));
  }

  tests(tests: readonly PlanTest[]): Expression {
    return and(...tests.map((test) => this.test(test)));
  }

  private test(test: PlanTest): Expression {
    switch (test.kind) {
      case "given":
        return test.given ? this.given(test.input) : not(this.given(test.input));
      case "is":
        return this.isOneOf(test.input, test.oneOf);
      case "bound": {
        const input = this.input(test.input);
        const bound = this.parameters.add({
          label: `“${this.label(test.input)}”${input.kind === "date" ? DATES[test.op] : BOUNDS[test.op]}`,
          format: formatOf(input),
          value:
            input.kind === "date"
              ? dateCell(isoOf(Number(test.than.n)))
              : this.plain(test.than, input.kind === "money"),
        });
        return and(this.known(test.input), compares(this.number(test.input), test.op, bound));
      }
      case "ratio":
        return this.ratio(test);
      case "within": {
        const [day, start] = [this.number(test.input), this.number(test.of)];
        const { unit, count } = test.span;
        const span = this.parameters.add({
          label: `“${this.label(test.input)}”自“${this.label(test.of)}”起不超过几${unit === "days" ? "日" : "个月"}`,
          format: "whole",
          value: count,
        });
        // All of an AND is computed: a blank start is the first day that there is.
        const last = unit === "days" ? plus(start, span) : laterBy(start, span);
        return and(this.given(test.input), this.given(test.of), compares(day, ">=", start), compares(day, "<=", last));
      }
      case "any":
        return or(...test.anyOf.map((group) => this.tests(group)));
      case "any-row":
        return this.anyRow(test.tests);
    }
  }

  private isOneOf(name: string, wanted: readonly (string | boolean)[]): Expression {
    const column = this.columns.get(name);
    const preset = this.plan.defaults[name] as string | boolean | undefined;
    const byDefault = preset !== undefined && wanted.includes(preset);
    if (!column) return byDefault ? TRUE : FALSE;
    const { kind, options = {} } = this.input(name);
    // A flag that is left blank is what its default is.
    if (kind === "flag" && wanted.length === 1 && preset !== undefined)
      return byDefault
        ? differs(column.here, wanted[0] === true ? NO : YES)
        : equals(column.here, wanted[0] === true ? YES : NO);
    const words = wanted.map((one) =>
      kind === "flag" ? (one === true ? YES : NO) : text(options[String(one)]?.zh ?? String(one)),
    );
    return or(...words.map((one) => equals(column.here, one)), ...(byDefault ? [equals(column.here, BLANK)] : []));
  }

  private ratio(test: RatioTest): Expression {
    const { of, to, less, op, than } = test;
    const names = [of, to, ...(less ? [less] : [])];
    const bound = this.parameters.add({
      label: `“${shareWordsOf(test, this.plan.inputs)}”${BOUNDS[op]}`,
      format: "rate",
      value: this.plain(than, false),
      check: this.wholeness(this.partsOf(RATE)),
    });
    // Compared as whole numbers, so that no rounding decides.
    const scale = names.every((name) => this.input(name).kind === "money")
      ? FEN
      : this.partsOfInput(names.reduce((a, b) => (this.partsIn(b) > this.partsIn(a) ? b : a)));
    const counted = (name: string): Expression => round(times(this.number(name), scale));
    const amount = less ? minus(counted(of), counted(less)) : counted(of);
    const rate = this.partsOf(RATE);
    const sides = [times(amount, rate), times(round(times(bound, rate)), counted(to))] as const;
    this.compared.push(...sides);
    return and(compares(this.number(to), ">", ZERO_CELL), compares(sides[0], op, sides[1]));
  }

  /** Words about an input whose cell holds what it cannot. */
  wrongInputs(): Problem[] {
    return [...this.columns].map(([name, { here }]) => ({
      holds: and(differs(here, BLANK), this.isWrong(name, here)),
      words: `“${this.label(name)}”`,
    }));
  }

  private isWrong(name: string, cell: Expression): Expression {
    const { kind, options = {} } = this.input(name);
    if (kind === "flag") return and(differs(cell, YES), differs(cell, NO));
    if (kind === "name") return FALSE;
    if (kind === "choice") return and(...Object.values(options).map(({ zh }) => differs(cell, text(zh))));
    if (kind === "date")
      return when(
        isNumber(cell),
        or(compares(cell, "<", FIRST), compares(cell, ">", LAST), differs(whole(cell), cell)),
        TRUE,
      );
    const negative = compares(cell, "<", ZERO_CELL);
    const beyond: Partial<Record<Input["kind"], Expression>> = {
      money: differs(round(cell, 2), cell),
      rate: compares(cell, ">", number(1)),
      months: compares(cell, ">", number(12)),
      count: differs(whole(cell), cell),
      rank: differs(whole(cell), cell),
      ordinal: differs(whole(cell), cell),
    };
    return when(isNumber(cell), or(negative, beyond[kind] ?? FALSE), TRUE);
  }

  missingInputs(): Problem[] {
    return this.plan.required.map(({ input, tests }) => ({
      holds: and(not(this.given(input)), this.tests(tests)),
      words: `“${this.label(input)}”`,
    }));
  }

  /** An input as a factor of a product. */
  factor({ input, per }: { input: string; per: number }): Whole {
    const { kind } = this.input(input);
    const value = this.number(input);
    const months = per > 1 ? [number(per)] : [];
    if (kind === "money") return { count: round(times(value, FEN)), parts: [FEN, ...months] };
    if (this.partsIn(input) === 1) return { count: value, parts: months };
    const parts = this.partsOf(input);
    return { count: round(times(value, parts)), parts: [parts, ...months] };
  }

  /** A figure that was chosen, as a factor. */
  figureFactor(figure: PlanFigure, value: Expression): Whole {
    if (figure.unit === "money") return { count: round(times(value, FEN)), parts: [FEN] };
    const kind = figure.unit === "number" ? TIMES : RATE;
    if (this.parts.get(kind) === 1) return { count: value, parts: [] };
    const parts = this.partsOf(kind);
    return { count: round(times(value, parts)), parts: [parts] };
  }

  /**
   * The figure of the document that applies: the first case whose tests hold. Yuan, rates, numbers; "" where there is no limit.
   * @param active when the figure is looked at
   */
  figure(figure: PlanFigure, label: string, active: Expression): Expression {
    const { cases, lever } = figure;
    const own = lever && this.columns.has(lever) ? this.given(lever) : FALSE;
    const chosen = cases.map(({ tests }, i) =>
      and(...cases.slice(0, i).map((earlier) => not(this.tests(earlier.tests))), this.tests(tests)),
    );
    let value: Expression = ZERO_CELL;
    for (let i = cases.length - 1; i >= 0; i--) {
      const { tests, value: yielded, said = tests } = cases[i]!;
      const words = said.length
        ? titled(label, testsWords(said, { ...this.plan.inputs, ...this.plan.entry.instrument.inputs }, "zh"), "zh")
        : label;
      const asked = and(active, not(own), chosen[i]!);
      value = when(this.tests(tests), this.yielded(figure, yielded, words, asked), value);
    }
    return own === FALSE ? value : when(own, this.number(lever!), value);
  }

  private yielded(
    figure: PlanFigure,
    value: PlanFigure["cases"][number]["value"],
    label: string,
    asked: Expression,
  ): Expression {
    if (value.kind === "none") return BLANK;
    if (value.kind === "number") return this.stated(figure, value.number, label);
    const { input, ceiling, otherwise, below } = value;
    const most = ceiling && this.stated(figure, ceiling, titled(label, "最高", "zh"));
    const given = this.given(input);
    const name = `“${this.label(input)}”`;
    if (most)
      this.aboveCeiling.push({
        holds: and(asked, given, compares(this.number(input), ">", most)),
        words: `${name}高于${label}的最高比例`,
      });
    for (const bound of below) {
      const limit =
        typeof bound === "string" ? this.number(bound) : this.stated(figure, bound, titled(label, "须低于", "zh"));
      const known = typeof bound === "string" ? this.known(bound) : TRUE;
      this.aboveCeiling.push({
        holds: and(asked, given, known, compares(this.number(input), ">=", limit)),
        words: `${name}须低于${typeof bound === "string" ? `“${this.label(bound)}”` : "首年比例"}`,
      });
    }
    if (!otherwise) {
      this.open.push({ holds: and(asked, not(given)), words: name });
      return this.number(input);
    }
    return when(given, this.number(input), most ?? this.stated(figure, otherwise, label));
  }

  /** A figure of the document as a parameter. */
  private stated({ unit }: PlanFigure, value: Ratio, label: string): Expression {
    if (unit === "money") return this.parameters.add({ label, format: "money", value: this.plain(value, true) });
    const kind = unit === "number" ? TIMES : RATE;
    return this.parameters.add({
      label,
      format: unit === "number" ? "number" : "rate",
      value: this.plain(value, unit === "result"),
      check: this.wholeness(this.parts.get(kind) === 1 ? number(1) : this.partsOf(kind)),
    });
  }

  /** 0 where a number is so many whole parts. */
  private wholeness(parts: Expression): (cell: Expression) => Expression {
    return (cell) => when(this.isWhole(times(cell, parts)), ZERO_CELL, number(1));
  }

  private isWhole(value: Expression): Expression {
    return compares(size(minus(value, round(value))), "<", DUST);
  }

  /** The parameter with the number of parts of a kind of figure or of an input. */
  private partsOf(kind: string): Expression {
    const words = kind === RATE ? "比例" : kind === TIMES ? "倍数" : `“${this.label(kind)}”`;
    return this.parameters.add({ label: `精度：${words}按几分之一取整`, format: "whole", value: this.partsIn(kind) });
  }

  /** The same, without a parameter where one is one part. */
  private partsOfInput(name: string): Expression {
    return this.partsIn(name) === 1 ? number(1) : this.partsOf(name);
  }

  private partsIn(kind: string): number {
    return this.parts.get(kind) ?? 1;
  }

  /** The rows' own numbers that have more decimals than their parts hold. */
  private findParts(): void {
    const { plan } = this;
    const figures = figuresOf(limitsOf(plan));
    const stated = (of: (figure: PlanFigure) => boolean): Ratio[] =>
      figures.filter(of).flatMap(({ unit, cases }) =>
        cases.flatMap(({ value }): Ratio[] => {
          const list =
            value.kind === "number"
              ? [value.number]
              : value.kind === "given"
                ? [value.ceiling, value.otherwise, ...value.below].filter((one) => typeof one === "object")
                : [];
          return unit === "result" ? list.map((one) => multiply(one, ratio(1, 100))) : list;
        }),
      );
    const bounds = testsOf(plan).flatMap((tests) =>
      [...eachTest(tests)].flatMap((test) => (test.kind === "ratio" ? [test.than] : [])),
    );
    const rated = figures.filter(({ unit }) => unit === "rate" || unit === "result");
    const own = new Set(
      rated.flatMap(({ cases, lever }) => [
        ...cases.flatMap(({ value }) => (value.kind === "given" ? [value.input] : [])),
        ...(lever ? [lever] : []),
      ]),
    );
    this.parts.set(
      RATE,
      partsFor([
        ratio(1, 10),
        ratio(1, this.leastParts),
        ...stated(({ unit }) => unit !== "money" && unit !== "number"),
        ...bounds,
        ...[...own].map((name) => ratio(1, this.partsOfRows(name))),
      ]),
    );
    this.parts.set(TIMES, partsFor(stated(({ unit }) => unit === "number")));
    for (const [name, { kind }] of Object.entries(plan.inputs)) {
      if (kind === "rate" || kind === "number" || kind === "months")
        this.parts.set(
          name,
          Math.max(kind === "rate" ? 100 : 1, kind === "rate" ? this.leastParts : 1, this.partsOfRows(name)),
        );
    }
  }

  private partsOfRows(name: string): number {
    let decimals = 0;
    for (const { row } of this.rows) {
      const value = row[name];
      if (typeof value !== "number" || Number.isInteger(value)) continue;
      let scale = 1;
      while (scale < 10 ** MOST_DECIMALS && Math.abs(value * scale - Math.round(value * scale)) > 1e-9) scale *= 10;
      decimals = Math.max(decimals, Math.round(Math.log10(scale)));
    }
    return 10 ** decimals;
  }

  /** Where a number of the row is no whole number of parts. */
  inexactInputs(): Expression[] {
    const rates = new Set(
      figuresOf(limitsOf(this.plan)).flatMap(({ unit, cases, lever }) =>
        unit === "rate" || unit === "result"
          ? [...cases.flatMap(({ value }) => (value.kind === "given" ? [value.input] : [])), ...(lever ? [lever] : [])]
          : [],
      ),
    );
    return [...this.columns].flatMap(([name, column]) => {
      const kind = this.input(name).kind;
      if (kind !== "rate" && kind !== "number" && kind !== "months") return [];
      const parts = rates.has(name) ? this.partsOf(RATE) : this.partsOfInput(name);
      return [not(this.isWhole(times(this.numberIn(column), parts)))];
    });
  }
}

const DATES = { ">=": "不早于", ">": "晚于", "<=": "不晚于", "<": "早于" } as const;
const [FIRST, LAST] = [FIRST_DAY, LAST_DAY].map((day) => number(dateCell(isoOf(day)))) as [Expression, Expression];
const BOUNDS = { ">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于" } as const;

/** So many parts of one that each of some numbers is a whole number of them: a power of ten where there is one. */
function partsFor(values: readonly Ratio[]): number {
  const common = values.reduce((parts, value) => commonMultiple(parts, lowest(value).d), 1n);
  for (let power = 1n; power <= 10n ** 6n; power *= 10n) if (power % common === 0n) return Number(power);
  return Number(common);
}

export const formatOf = ({ kind }: Input): Format =>
  kind === "money" || kind === "rate" || kind === "date"
    ? kind
    : kind === "flag" || kind === "choice" || kind === "name"
      ? "text"
      : "number";

/** "甲、乙" of what holds, as a text that the row computes; "" where nothing does. */
export const listOf = (problems: readonly Problem[]): Expression =>
  problems.reduce<Expression>((all, { holds, words }) => {
    const own = when(holds, text(words), BLANK);
    return own === BLANK ? all : all === BLANK ? own : joined(all, own);
  }, BLANK);
