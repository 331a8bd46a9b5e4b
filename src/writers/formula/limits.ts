/** The limits of one instrument as columns: the figures that apply, what rows share, what each limit leaves. */
import { partInput, type Algebra, type Allowance, type Plan, type PlanLimit, type PlanPart } from "../../rules";
import { limitName, titled } from "../words";
import { accountKey, termKey } from "./accounts";
import type { Admission } from "./admission";
import { Amounts, type Chosen } from "./amounts";
import { YES, yesOrNo, type Clause } from "./clause";
import {
  and,
  BLANK,
  differs,
  equals,
  least,
  most,
  plus,
  round,
  times,
  TRUE,
  when,
  whole,
  ZERO_CELL,
  type Expression,
} from "./expression";
import type { Column, FormulaSheet } from "./sheet";
import type { Account, InstrumentSheet, Surroundings } from "./surroundings";

/** A limit in its sheet. */
export interface Limit {
  readonly plan: PlanLimit;
  readonly name: string;
  /** Whether the row has it; its cell is blank otherwise. */
  readonly present: Expression;
  readonly gross: Expression;
  /** Whether it is a product, which may be too large to be exact. */
  readonly isProduct: boolean;
  readonly account: Account | undefined;
  readonly column: Column;
  /** Before what earlier rows drew: its amount, and the column of it where one is needed. */
  readonly aloneAmount: Expression;
  alone?: Column;
}
/** A limit that has no column yet. */
type Draft = Omit<Limit, "account" | "column" | "aloneAmount" | "alone">;

/** A part of the clause with the name of its subtotal. */
export interface Part {
  readonly name: string;
  readonly limits: readonly Limit[];
}

const FIGURES = { money: "适用标准", number: "适用倍数", rate: "适用比例", result: "适用比例" } as const;

export class LimitColumns {
  readonly amounts: Amounts;
  readonly accounts = new Map<string, Account>();
  /** By allowance that runs over several years. */
  readonly firstYears = new Map<string, Column>();
  readonly parts: readonly Part[];
  /** Those over the sum of the parts. */
  readonly overall: readonly Limit[];
  private readonly clause: Clause;
  private readonly put = new Map<Expression, Column>();

  constructor(
    private readonly plan: Plan,
    private readonly sheet: FormulaSheet,
    private readonly admission: Admission,
    private readonly around: Surroundings,
    private readonly owner: InstrumentSheet,
  ) {
    this.clause = admission.clause;
    this.amounts = new Amounts(this.clause);

    const several = plan.parts.length > 1;
    const prepared = plan.parts.map((part, p) => {
      const name = part.name?.zh ?? (several ? `第 ${p + 1} 部分` : "限额取小");
      const holds = this.partHolds(part, name);
      const place = (words: string): string => (part.name ? titled(part.name.zh, words, "zh") : words);
      return {
        name: several ? `${name}小计` : name,
        limits: part.limits.map((limit) => this.prepared(limit, place, holds)),
      };
    });
    const overall = plan.limits.map((limit) => this.prepared(limit, (words) => titled("合计", words, "zh"), TRUE));
    this.amounts.settle();
    const accounts = [...prepared.flatMap(({ limits }) => limits), ...overall];
    for (const { plan: limit } of accounts) if (limit.allowance) this.addAccount(limit.allowance);
    if (plan.again) this.addAccount(plan.again);
    const written = (limits: readonly Draft[]): Limit[] => limits.map((limit) => this.addLimit(limit));
    this.parts = prepared.map(({ name, limits }) => ({ name, limits: written(limits) }));
    this.overall = written(overall);
  }

  private partHolds({ conditions }: PlanPart, name: string): Expression {
    const holds = and(...conditions.map(({ tests }) => this.clause.tests(tests)));
    if (holds === TRUE) return TRUE;
    return equals(this.sheet.add(`条件：${name}`, "test", "text", yesOrNo(holds)).here, YES);
  }

  private prepared(limit: PlanLimit, place: (words: string) => string, holds: Expression): Draft {
    const name = place(limitName(limit, "zh"));
    const tested = and(holds, this.clause.tests(limit.tests));
    const present: Expression[] = [tested];
    const chosen: Chosen = new Map();
    for (const term of limit.terms) {
      for (const figure of term.figures) {
        const value = this.clause.figure(figure, name, tested);
        const open = figure.cases.some(({ value: yielded }) => yielded.kind === "none");
        const alone = !open && figure.unit === "money" && !term.factors.length && !limit.used && !limit.allowance;
        const plain =
          figure.cases.length === 1 && figure.cases[0]!.value.kind === "number" && !value.text.startsWith("IF(");
        if (alone || plain) chosen.set(figure, value);
        else {
          const format = figure.unit === "result" ? "rate" : figure.unit;
          const column = this.sheet.add(titled(name, FIGURES[figure.unit], "zh"), "figure", format, value);
          chosen.set(figure, column.here);
          if (open) present.push(differs(column.here, BLANK));
        }
      }
    }
    const { value: gross, isProduct } = this.amounts.gross(limit, chosen);
    return { plan: limit, name, present: and(...present), gross, isProduct };
  }

  private addAccount(allowance: Allowance): void {
    const { around } = this;
    const { names } = this.admission;
    const { by } = allowance;
    const [owner, part] = [
      by === undefined ? (names.firm ?? names.object) : this.clause.columns.get(by),
      partInput(allowance),
    ];
    // Rows of nobody share nothing; nor do those that do not say when in the year they are claimed.
    if (this.accounts.has(allowance.key) || !owner || (part !== undefined && !this.clause.columns.has(part))) return;
    let first: Column | undefined;
    // Years out of force do not count as the first of several.
    const within = part === undefined ? undefined : this.clause.columns.get(part)!.here;
    const counted = (key: Expression): Expression => {
      if (within) return when(equals(within, BLANK), BLANK, key);
      return typeof allowance.period === "object" ? when(equals(this.admission.inForce.here, YES), key, BLANK) : key;
    };
    if (typeof allowance.period === "object") {
      const who = this.sheet.add("限额所有者", "account", "text", counted(accountKey(names, allowance)));
      first = this.sheet.add("首次申报年度", "account", "whole", around.firstYear(this.owner, allowance, who));
      this.firstYears.set(allowance.key, first);
    }
    const term = termKey(allowance, names, first, this.clause.parameters);
    const key = this.sheet.add("共用额度", "account", "text", counted(accountKey(names, allowance, term)));
    const before = this.sheet.add("前面各行已用", "account", "money", around.granted(this.owner, allowance, key));
    this.accounts.set(allowance.key, { allowance, key, before });
  }

  private addLimit(limit: Draft): Limit {
    const { plan, name, present, gross } = limit;
    const account = plan.allowance && this.accounts.get(plan.allowance.key);
    const used = plan.used === undefined ? undefined : this.clause.number(plan.used);
    const leaves = (taken: Expression | undefined): Expression =>
      taken ? this.amounts.less(gross, taken) : plan.terms.length > 1 ? this.amounts.atLeastZero(gross) : gross;
    const orBlank = (amount: Expression): Expression => when(present, amount, BLANK);
    const taken = account ? (used ? most(used, account.before.here) : account.before.here) : used;
    const column = this.sheet.add(name, "limit", "money", orBlank(leaves(taken)));
    return { ...limit, account, column, aloneAmount: orBlank(leaves(used)) };
  }

  /** The fold in one formula. */
  inline(amount: (limit: Limit) => Expression, off: Expression | undefined): Algebra<Limit, Expression> {
    const among = new Map<Expression, readonly Expression[]>();
    const extreme = (of: typeof least, all: readonly Expression[]): Expression => {
      const result = of(...all);
      among.set(result, all);
      return result;
    };
    const leastOf = (all: readonly Expression[]): Expression => extreme(least, all);
    let highest: Expression | undefined;
    return {
      nothing: ZERO_CELL,
      amount: (limit) => (limit.present === TRUE ? amount(limit) : leastOf([amount(limit)])),
      add: (a, b) => this.amounts.nearest(plus(a, b)),
      larger: (a, b) => (highest = extreme(most, [...(a === highest ? among.get(a)! : [a]), b])),
      smaller: (a, b) => leastOf([...(a === highest ? [a] : (among.get(a) ?? [a])), ...(among.get(b) ?? [b])]),
      rest: (a) => (off ? this.amounts.less(a, off) : a),
      round: (a) => this.finished(a),
    };
  }

  /** Rounded, times the pieces. */
  finished(rest: Expression): Expression {
    const { times: pieces } = this.plan;
    const piece = this.amounts.rounded(rest);
    return pieces ? round(times(piece, whole(this.clause.number(pieces))), 2) : piece;
  }

  /** The cell of an amount: one that is no cell yet gets a column. */
  cell(amount: Expression, header: string): Expression {
    const known = this.put.get(amount);
    if (known) return known.here;
    const isCell = this.sheet.columns.some((column) => column.here.text === amount.text);
    if (isCell || amount.constant !== undefined) return amount;
    const column = this.sheet.add(header, "limit", "money", amount);
    this.put.set(amount, column);
    return column.here;
  }
}
