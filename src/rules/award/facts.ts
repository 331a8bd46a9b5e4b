/** What a plan knows of one row: the values it was given, the defaults of the others, and the rows around it. */
import type { Allowance } from "../plan/allowance";
import type { Plan, PlanTest, PlanTotal, Comparison } from "../plan/plan";
import { lastDay } from "../number/day";
import {
  add,
  atLeastZero,
  compare,
  larger,
  multiply,
  ratio,
  smaller,
  subtract,
  ZERO,
  type Ratio,
} from "../number/ratio";
import type { Row } from "./row";

/** A value as the arithmetic reads it: numbers as exact fractions, money in fen. */
export type ExactValue = Ratio | boolean | string;

/** What a row needs to know of the other rows. */
export interface Neighbours {
  /** Fen granted under a limit that rows share, by what the rows before this one give and drew; none is 0. */
  granted(allowance: Allowance): number;
  /** What rows came to under a total, in fen: those before this one, and all of them; undefined where it has none beside it. */
  came(total: PlanTotal): { readonly before: number; readonly all: number } | undefined;
  /** Whether one admissible row of the firm and year passes the tests, this row included. */
  anyRow(tests: readonly PlanTest[]): boolean;
}

export class Facts {
  private readonly neighbours: Neighbours;

  /** @param neighbours undefined: the row stands alone */
  constructor(
    readonly plan: Plan,
    private readonly row: Row | Readonly<Record<string, ExactValue | undefined>>,
    neighbours?: Neighbours,
  ) {
    this.neighbours = neighbours ?? { ...NO_NEIGHBOURS, anyRow: (tests) => this.passes(tests) };
  }

  /** What the user gave, or the default; undefined where there is neither. */
  value(input: string): ExactValue | undefined {
    const value = this.row[input];
    if (value === undefined) return this.cameTo(input) ?? this.plan.defaults[input];
    return typeof value === "number" ? ratio(value) : value;
  }

  /** What the rows come to under a total, in fen: before this one, and in all. */
  total(total: PlanTotal): { readonly before: Ratio; readonly all: Ratio } {
    const came = this.neighbours.came(total);
    const before = larger(this.number(total.before), ratio(came?.before ?? 0));
    return { before, all: came ? ratio(came.all) : add(before, this.number(total.of)) };
  }

  /** A total, or what of the row's amount lies in a slab of it; undefined for any other input. */
  private cameTo(input: string): Ratio | undefined {
    for (const total of this.plan.totals) {
      if (total.name === input) return this.total(total).all;
      const slab = total.slabs.find((one) => one.input === input);
      if (!slab) continue;
      const { before } = this.total(total);
      const after = add(before, this.number(total.of));
      return atLeastZero(subtract(slab.to ? smaller(after, slab.to) : after, larger(before, slab.from)));
    }
    return undefined;
  }

  /** The number of an input; undefined for anything else. */
  numberIn(input: string): Ratio | undefined {
    const value = this.value(input);
    return typeof value === "object" ? value : undefined;
  }

  /** The same, where nothing counts as zero. */
  number(input: string | undefined): Ratio {
    return (input === undefined ? undefined : this.numberIn(input)) ?? ZERO;
  }

  /** Whether the user gave the input. */
  isGiven(input: string): boolean {
    return this.row[input] !== undefined;
  }

  /** The inputs that the row has to give and does not. */
  missing(): readonly string[] {
    return this.plan.required.flatMap(({ input, tests }) =>
      this.isGiven(input) || !this.passes(tests) ? [] : [input],
    );
  }

  granted(allowance: Allowance): number {
    return this.neighbours.granted(allowance);
  }

  /** Whether every test holds. */
  passes(tests: readonly PlanTest[]): boolean {
    return tests.every((test) => {
      switch (test.kind) {
        case "given":
          return this.isGiven(test.input) === test.given;
        case "is":
          return test.oneOf.includes(this.value(test.input) as string | boolean);
        case "bound": {
          const number = this.numberIn(test.input);
          return number !== undefined && compares(number, test.op, test.than);
        }
        case "ratio": {
          const divisor = this.number(test.to);
          const amount = subtract(this.number(test.of), this.number(test.less));
          return compare(divisor, ZERO) > 0 && compares(amount, test.op, multiply(test.than, divisor));
        }
        case "within": {
          const [day, start] = [this.numberIn(test.input), this.numberIn(test.of)];
          if (!day || !start) return false;
          const [own, from] = [Number(day.n), Number(start.n)];
          return own >= from && own <= lastDay(from, test.span);
        }
        case "any":
          return test.anyOf.some((group) => this.passes(group));
        case "any-row":
          return this.neighbours.anyRow(test.tests);
      }
    });
  }

  /** Whether the row gives that an award which is granted once was had before. */
  hadBefore(): boolean {
    const { inForce, again } = this.plan;
    return inForce && again?.had !== undefined && this.passes(again.had);
  }

  /** Whether the row is admissible and passes the tests itself: what `any-row` asks of each row. */
  qualifies(tests: readonly PlanTest[]): boolean {
    return this.plan.conditions.every((condition) => this.passes(condition.tests)) && this.passes(tests);
  }
}

/** Of a row that stands alone. */
export const NO_NEIGHBOURS: Neighbours = { granted: () => 0, came: () => undefined, anyRow: () => false };

function compares(a: Ratio, op: Comparison, b: Ratio): boolean {
  const sign = compare(a, b);
  return op === ">=" ? sign >= 0 : op === ">" ? sign > 0 : op === "<=" ? sign <= 0 : sign < 0;
}
