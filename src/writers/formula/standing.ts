/**
 * Rows among one another that are entered later, in any order and under any of several instruments: every sheet has a place for
 * each row of the table, and one formula per column looks at all rows above. A row is in the sheet of its instrument alone.
 */
import { addsTo, refuse, type Allowance, type Plan } from "../../rules";
import type { Placed } from "./accounts";
import { AwardSheet } from "./award-sheet";
import {
  BLANK,
  call,
  compares,
  equals,
  most,
  number,
  plus,
  text,
  when,
  written,
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
  readonly entered: Entered;
  /** Whether the row stays of those that stand for one object: only one of all instruments is paid. */
  readonly kept: (sheet: InstrumentSheet, alone: Expression) => Expression;
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
  readonly sign: "=" | ">" | "<" | "<>";
  readonly with: Expression;
}

const SIGNS = {
  "=": same,
  "<>": (a: Scalar, b: Scalar) => !same(a, b),
  "<": (a: Scalar, b: Scalar) => typeof a === "number" && typeof b === "number" && a < b,
  ">": (a: Scalar, b: Scalar) => typeof a === "number" && typeof b === "number" && a > b,
} as const;

/** The sum over the rows that pass all tests, of a column or of ones. */
export function sumWhere(
  from: FormulaSheet,
  rows: "above" | "all",
  tests: readonly Test[],
  summed?: Column,
): Expression {
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

/** The place of the last row above whose cell is the same; 0 where there is none. */
function lastAbove(column: Column, own: Column): Expression {
  const cells = cellsAbove(column, own.sheet);
  const places = `ROW(${cells})-ROW($${column.letters}$${column.sheet.first - 1})`;
  return call("SUMPRODUCT", [`MAX((${cells}=${own.here.text})*(${places}))`], (row) => {
    for (let above = row - 1; above >= 0; above--) if (same(column.value(above), own.value(row))) return above + 1;
    return 0;
  });
}

/** A formula that is made once, when all sheets are there. */
export function once<T extends Content>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export class Standing implements Surroundings {
  readonly leastParts = 10_000;
  readonly sheets: readonly AwardSheet[];
  /** The section of each sheet. */
  readonly parameters: readonly Parameters[];
  private readonly forms: ReadonlyMap<FormulaSheet, StandingSheet>;
  private readonly made = new Map<FormulaSheet, AwardSheet>();

  /**
   * @param sectionAfter the place for figures below those of the sheet before
   * @throws Refusal where the rows of an instrument need more than one formula per column can say
   */
  constructor(
    forms: readonly StandingSheet[],
    readonly exact: Expression,
    sectionAfter: (before: Parameters | undefined, place: number) => Parameters,
  ) {
    checkKinds(forms.map(({ plan }) => plan));
    this.forms = new Map(forms.map((form) => [form.sheet, form]));
    const sections: Parameters[] = [];
    this.parameters = sections;
    this.sheets = forms.map(({ plan, sheet }, place) => {
      const parameters = sectionAfter(sections.at(-1), place);
      sections.push(parameters);
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
  /** Our functions are asked for the whole table at once, not by sheet. */
  readonly answerHeader = "";
  answer = (): undefined => undefined;
  literal = (): undefined => undefined;
  /** A row that is not exact is marked itself; the sheet of checks wants none. */
  inexact = (): undefined => undefined;

  firstYear(): never {
    throw new Error("a limit over several years was not refused");
  }

  private accounts({ key: id }: Allowance) {
    return [...this.made.values()].flatMap(({ limits }) => limits.accounts.get(id) ?? []);
  }

  /** What stood on the account behind the last row above that draws on it, in whichever sheet that row is. */
  granted({ sheet }: InstrumentSheet, allowance: Allowance, key: Column): () => Content {
    const last = sheet.add(
      "同一额度的上一行",
      "account",
      "whole",
      once(() => {
        const places = this.accounts(allowance).map((account) => lastAbove(account.key, key));
        const place = places.length > 1 ? most(...places) : places[0]!;
        return when(equals(key.here, BLANK), ZERO_CELL, place);
      }),
    );
    return once(() => {
      const there = (column: Column): Expression =>
        written(`INDEX(${cellsAbove(column, sheet)},${last.here.text}+1)`, (row) =>
          column.value(Number(last.value(row)) - 1),
        );
      const [first, ...others] = this.accounts(allowance);
      const stood = others.reduce(
        (rest, account) => when(equals(there(account.key), key.here), there(account.after!), rest),
        there(first!.after!),
      );
      return when(equals(last.here, ZERO_CELL), ZERO_CELL, stood);
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

  kept(own: InstrumentSheet): (() => Content) | undefined {
    const { sheet } = own;
    return once(() => this.forms.get(sheet)!.kept(own, this.made.get(sheet)!.alone!.here));
  }

  /** Limits that run over the years are used up in the order of the years. */
  checks({ sheet, limits, admission }: InstrumentSheet): readonly (() => Content)[] {
    const { year } = admission.names;
    return [...limits.accounts.values()]
      .filter(({ allowance }) => allowance.period === "policy")
      .map(({ allowance, key }) =>
        once(() => {
          const later = this.accounts(allowance).map((account) =>
            sumWhere(sheet, "above", [
              { column: account.key, sign: "=", with: key.here },
              { column: this.sheetOf(account.key).admission.names.year, sign: ">", with: year.here },
            ]),
          );
          const isLater = compares(later.reduce(plus), ">", ZERO_CELL);
          return when(equals(key.here, BLANK), ZERO_CELL, when(isLater, number(1), ZERO_CELL));
        }),
      );
  }

  private sheetOf(column: Column): AwardSheet {
    return this.made.get(column.sheet)!;
  }
}

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
    if (plan.awarded.length)
      throw refuse(
        `“${name}”的一项取自其他工具的补助额，不能写进可以随意加行的模型；请用“导出工作簿”`,
        `${name} asks for what other instruments are awarded; export a table instead`,
      );
    if (plan.route?.chosen !== undefined)
      throw refuse(
        `“${name}”同一费用的几条路径由各行选定，不能写进可以随意加行的模型；请用“导出工作簿”`,
        `${name}: rows choose between exclusive routes for one cost; export a table instead`,
      );
    if (plan.totals.length)
      throw refuse(
        `“${name}”的比例按各行合计分段，不能写进可以随意加行的模型；请用“导出工作簿”`,
        `the rates of ${name} go by what rows come to together; export a table instead`,
      );
    if (plan.again)
      throw refuse(
        `“${name}”再次获得时另有规定，不能写进可以随意加行的模型；请用“导出工作簿”`,
        `${name} is paid once or as a difference and needs rows in order; export a table instead`,
      );
  }
  const [one, other] = plans.flatMap((a) => plans.flatMap((b) => (addsTo(a, b) ? [[a, b] as const] : [])))[0] ?? [];
  if (one && other)
    throw refuse(
      `同一对象的 ${one.entry.instrument.id} 与 ${other.entry.instrument.id} 可以相加，请分到两个模型`,
      `${one.entry.instrument.id} and ${other.entry.instrument.id} add up for one object; make two models of them`,
    );
}
