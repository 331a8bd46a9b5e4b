/**
 * Rows among one another that are entered later, in any order and under any of several instruments: every sheet has a place for
 * each row of the table, and one formula per column looks at all rows above. A row is in the sheet of its instrument alone.
 */
import { addsTo, planOf, refuse, type Allowance, type Plan } from "../../rules";
import type { Placed } from "./accounts";
import { AwardSheet } from "./award-sheet";
import {
  and,
  BLANK,
  call,
  compares,
  equals,
  minus,
  number,
  or,
  plus,
  round,
  text,
  when,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "./expression";
import { ABOVE } from "./expression";
import { quoted, type Column, type Content, type FormulaSheet, type Parameters } from "./sheet";
import type { Entered, InstrumentSheet, Surroundings } from "./surroundings";

/** One instrument of the model. */
export interface StandingSheet {
  readonly plan: Plan;
  readonly sheet: FormulaSheet;
  readonly parameters: Parameters;
  readonly entered: Entered;
}

const same = (a: Scalar, b: Scalar): boolean =>
  typeof a === "string" && typeof b === "string" ? a.toLowerCase() === b.toLowerCase() : a === b;

/** The cells of a column down to the row above, its header included, which is no number and no account. */
const cellsAbove = (column: Column, from: FormulaSheet): string => {
  const place = column.sheet === from ? "" : `${quoted(column.sheet.name)}!`;
  return `${place}$${column.letters}$${column.sheet.first - 1}:$${column.letters}${ABOVE}`;
};
const cellsOf = (column: Column, from: FormulaSheet): string =>
  (column.sheet === from ? "" : `${quoted(column.sheet.name)}!`) + column.range;

/** What a cell of a row is compared with: a column of the rows that are looked at. */
interface Test {
  readonly column: Column;
  readonly sign: "=" | ">" | "<>";
  readonly with: Expression;
}

const SIGNS = {
  "=": same,
  "<>": (a: Scalar, b: Scalar) => !same(a, b),
  ">": (a: Scalar, b: Scalar) => typeof a === "number" && typeof b === "number" && a > b,
} as const;

/** The sum over the rows that pass all tests, of a column or of ones. */
function sumWhere(from: FormulaSheet, rows: "above" | "all", tests: readonly Test[], summed?: Column): Expression {
  const cells = rows === "above" ? cellsAbove : cellsOf;
  const args = tests.map(({ column, sign, with: other }) => `--(${cells(column, from)}${sign}${other.text})`);
  return call("SUMPRODUCT", [...args, ...(summed ? [cells(summed, from)] : [])], (row) => {
    const { length } = tests[0]!.column.sheet;
    let sum = 0;
    for (let r = 0; r < (rows === "above" ? row : length); r++) {
      if (!tests.every(({ column, sign, with: other }) => SIGNS[sign](column.value(r), other.value(row)))) continue;
      const value = summed ? summed.value(r) : 1;
      if (typeof value === "number") sum += value;
    }
    return Math.round(sum * 100) / 100;
  });
}

/** A formula that is made once, when all sheets are there. */
function once(make: () => Content): () => Content {
  let made: Content | undefined;
  return () => (made ??= make());
}

const repeats = (a: Plan, b: Plan): boolean => !addsTo(a, b);

export class Standing implements Surroundings {
  readonly leastParts = 10_000;
  readonly sheets: readonly AwardSheet[];
  private readonly forms: ReadonlyMap<FormulaSheet, StandingSheet>;
  private readonly made = new Map<FormulaSheet, AwardSheet>();

  /**
   * @param answered what our functions give for a row, as a formula; undefined: they are not asked
   * @throws Refusal where the rows of an instrument need more than one formula per column can say
   */
  constructor(
    forms: readonly StandingSheet[],
    readonly exact: Expression,
    readonly answerHeader: string,
    private readonly answered: Expression | undefined,
  ) {
    checkKinds(forms.map(({ plan }) => plan));
    this.forms = new Map(forms.map((form) => [form.sheet, form]));
    this.sheets = forms.map(({ plan, sheet, parameters }) => {
      const rows = Array.from({ length: sheet.length }, (_, row): Placed => ({
        sheet,
        row,
        planned: { plan, row: {} },
      }));
      const made = new AwardSheet(
        plan,
        sheet,
        rows,
        rows.map(({ row }) => row + 1),
        parameters,
        this,
      );
      this.made.set(sheet, made);
      return made;
    });
  }

  entered = (sheet: FormulaSheet): Entered => this.forms.get(sheet)!.entered;
  answer = (): Content | undefined => this.answered;
  literal = (): undefined => undefined;
  /** A row that is not exact is marked itself; the sheet of checks wants none. */
  inexact = (): undefined => undefined;

  firstYear(): never {
    throw new Error("a limit over several years was not refused");
  }

  private accounts({ key: id }: Allowance) {
    return [...this.made.values()].flatMap(({ limits }) => limits.accounts.get(id) ?? []);
  }

  granted({ sheet }: InstrumentSheet, allowance: Allowance, key: Column): () => Content {
    return once(() => {
      const sums = this.accounts(allowance).map(({ key: theirs, before, after }) => {
        const test: Test = { column: theirs, sign: "=", with: key.here };
        return minus(sumWhere(sheet, "above", [test], after), sumWhere(sheet, "above", [test], before));
      });
      return when(equals(key.here, BLANK), ZERO_CELL, round(sums.reduce(plus), 2));
    });
  }

  passedBefore({ sheet, admission }: InstrumentSheet, test: number, key: Column): () => Content {
    return once(() => {
      const { soFar } = admission.anyRows[test]!;
      const passing = sumWhere(sheet, "above", [
        { column: key, sign: "=", with: key.here },
        { column: soFar, sign: "=", with: text("是") },
      ]);
      return when(compares(passing, ">", ZERO_CELL), text("是"), text("否"));
    });
  }

  passedAny({ sheet, admission }: InstrumentSheet, test: number, key: Column): () => Content {
    return once(() => {
      const { soFar } = admission.anyRows[test]!;
      const passing = sumWhere(sheet, "all", [
        { column: key, sign: "=", with: key.here },
        { column: soFar, sign: "=", with: text("是") },
      ]);
      return when(compares(passing, ">", ZERO_CELL), text("是"), text("否"));
    });
  }

  /** The other instruments of which only one is paid for an object, and their columns. */
  private rivals({ sheet }: InstrumentSheet): AwardSheet[] {
    const { plan } = this.forms.get(sheet)!;
    return this.sheets.filter((other) => other.sheet !== sheet && other.alone && repeats(plan, other.plan));
  }

  kept(own: InstrumentSheet): (() => Content) | undefined {
    const { sheet } = own;
    const { plan, entered } = this.forms.get(sheet)!;
    if (!entered.object || !plan.parts.length) return undefined;
    const others = [...this.forms.values()].filter((form) => form.plan.parts.length && repeats(plan, form.plan));
    return others.length ? once(() => this.keptFormula(own)) : undefined;
  }

  private keptFormula(own: InstrumentSheet): Expression {
    const { sheet } = own;
    const mine = this.made.get(sheet)!;
    const { object, year } = own.admission.names;
    const beaten = (other: AwardSheet, withYear: boolean): Expression => {
      const there = other.admission.names;
      const tests: Test[] = [
        { column: there.object!, sign: "=", with: object!.here },
        ...(withYear ? [{ column: there.year, sign: "=", with: year.here } as const] : []),
      ];
      const alone = { column: other.alone!, with: mine.alone!.here };
      return plus(
        sumWhere(sheet, "all", [...tests, { ...alone, sign: ">" }]),
        sumWhere(sheet, "above", [...tests, { ...alone, sign: "=" }]),
      );
    };
    const itself = repeats(mine.plan, mine.plan) ? [beaten(mine, true)] : [];
    const count = [...itself, ...this.rivals(own).map((other) => beaten(other, false))].reduce(plus);
    return when(or(equals(object!.here, BLANK), equals(count, ZERO_CELL)), text("是"), text("否"));
  }

  /** Limits that run over the years are used up in the order of the years; objects of several years are judged by our functions. */
  checks(own: InstrumentSheet): readonly (() => Content)[] {
    const { sheet, limits } = own;
    const { year, object } = own.admission.names;
    const earlier = [...limits.accounts.values()]
      .filter(({ allowance }) => allowance.period !== "year")
      .map(({ allowance, key }) =>
        once(() => {
          const later = this.accounts(allowance).map((account) =>
            sumWhere(sheet, "above", [
              { column: account.key, sign: "=", with: key.here },
              { column: this.sheetOf(account.key).admission.names.year, sign: ">", with: year.here },
            ]),
          );
          return when(
            and(compares(number(0), "<", later.reduce(plus)), compares(sizeOf(key.here), ">", ZERO_CELL)),
            number(1),
            ZERO_CELL,
          );
        }),
      );
    if (!object || !this.kept(own)) return earlier;
    const years = once(() => {
      const rivals = this.rivals(own);
      if (!rivals.length) return ZERO_CELL;
      const all = [this.made.get(sheet)!, ...rivals];
      const sharing = (list: readonly AwardSheet[], test: (names: AwardSheet) => Test[]): Expression =>
        list
          .map((other) =>
            sumWhere(sheet, "all", [
              { column: other.admission.names.object!, sign: "=", with: object.here },
              ...test(other),
            ]),
          )
          .reduce(plus);
      const elsewhere = sharing(rivals, () => []);
      const otherYear = sharing(all, (other) => [{ column: other.admission.names.year, sign: "<>", with: year.here }]);
      return when(
        equals(object.here, BLANK),
        ZERO_CELL,
        when(and(compares(elsewhere, ">", ZERO_CELL), compares(otherYear, ">", ZERO_CELL)), number(1), ZERO_CELL),
      );
    });
    return [...earlier, years];
  }

  private sheetOf(column: Column): AwardSheet {
    return this.made.get(column.sheet)!;
  }
}

const sizeOf = (a: Expression): Expression => call("LEN", [a], (row) => String(a.value(row) ?? "").length);

/** @throws Refusal */
function checkKinds(plans: readonly Plan[]): void {
  for (const plan of plans) {
    const name = `${plan.entry.instrument.name.zh}（${plan.entry.instrument.id}）`;
    const lasting = [...plan.parts.flatMap(({ limits }) => limits), ...plan.limits].some(
      ({ allowance }) => typeof allowance?.period === "object",
    );
    if (lasting)
      throw refuse(
        `“${name}”的限额按连续几年计，不能写进可以随意加行的模型；请用“导出工作簿”`,
        `the limits of ${name} run over several years and need rows in order; export a table instead`,
      );
    if (plan.again)
      throw refuse(
        `“${name}”再次获得时另有规定，不能写进可以随意加行的模型；请用“导出工作簿”`,
        `${name} is paid once or as a difference and needs rows in order; export a table instead`,
      );
  }
  // Which of several awards for one object stays is one formula only where "not both" carries over from pair to pair.
  const paid = plans.filter(({ parts }) => parts.length);
  for (const a of paid)
    for (const b of paid)
      for (const c of paid)
        if (a !== b && b !== c && a !== c && repeats(a, b) && repeats(b, c) && !repeats(a, c))
          throw refuse(
            `${[a, b, c].map(({ entry }) => entry.instrument.id).join("、")} 有的可以相加、有的不可以，请分到两个模型`,
            "some of these instruments add up for one object and some do not; make two models of them",
          );
}

/** The plan of an instrument in its usual readings. */
export const standingPlan = (entry: Plan["entry"], year: number): Plan => planOf(entry, { year });
