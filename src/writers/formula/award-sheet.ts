/**
 * One instrument's rows as a sheet of plain formulas: a further reader of plans over the fold. The columns stand in the order of
 * the working paper: inputs, conditions, figures, limits, what is shared, the award, which limit decides, checks.
 */
import { fold, givenBefore, SOME_FEN, toYuan, type Algebra, type Clause, type Draw, type Plan } from "../../rules";
import { titled } from "../words";
import type { Placed } from "./accounts";
import { ADMITTED, Admission, NOT_ELIGIBLE } from "./admission";
import { NO } from "./clause";
import {
  and,
  anyNumber,
  beginsWith,
  BLANK,
  compares,
  differs,
  equals,
  FALSE,
  isNumber,
  minus,
  most,
  number,
  or,
  plus,
  round,
  text,
  times,
  TRUE,
  when,
  ZERO_CELL,
  type Expression,
} from "./expression";
import { LimitColumns, type Limit } from "./limits";
import { isFormula, type Column, type FormulaSheet, type Parameters } from "./sheet";
import type { InstrumentSheet, Surroundings } from "./surroundings";

const GRANTED = "可获";
const REPEATS = "同一对象已按更高的一项支持（从优、就高、不重复）";
const ONCE = "一次性奖励，此前已获支持";

export class AwardSheet implements InstrumentSheet {
  readonly admission: Admission;
  readonly limits: LimitColumns;
  private readonly admitted: Column;
  /** The award of the row by itself, −1 without one; where rows stand for one object. */
  alone?: Column;
  /** Whether the row stays of those that stand for one object. */
  kept?: Column;
  readonly outcome: Column;
  readonly award: Column;
  readonly binding: Column;
  /** 1 where the row's own numbers are too large, or have too many decimals, to be exact. */
  readonly ownRange: Column;
  /** The same, or such a row shares a limit or an object with this one. */
  readonly range: Column;
  readonly sorted: Column | undefined;
  /** Undefined where our functions are not asked. */
  readonly answer: Column | undefined;
  readonly difference: Column | undefined;

  /** @param sources row of each in the table, counted from 1 */
  constructor(
    readonly plan: Plan,
    readonly sheet: FormulaSheet,
    readonly rows: readonly Placed[],
    sources: readonly number[],
    parameters: Parameters,
    private readonly around: Surroundings,
  ) {
    this.admission = new Admission(plan, sheet, rows, sources, parameters, around, this);
    this.limits = new LimitColumns(plan, sheet, this.admission, around, this);
    this.admitted = this.admission.close();

    const { parts } = this.limits;
    const folded = fold<Limit, Expression>(this.folding, this.columns());
    const total = this.limits.cell(folded.total, "限额取小");
    const partCells = folded.parts.map((part, p) => this.limits.cell(part, parts[p]!.name));
    const capped = this.limits.cell(folded.capped, "合计限额取小");
    const rest = this.limits.cell(folded.rest, "扣减后");
    this.addAlone();
    this.outcome = this.addOutcome();
    const granted = equals(this.outcome.here, text(GRANTED));
    const refusal = when(beginsWith(this.outcome.here, text(NOT_ELIGIBLE)), ZERO_CELL, this.outcome.here);
    const award = plan.parts.length ? when(granted, folded.award, refusal) : refusal;
    this.award = sheet.add(
      this.resultName,
      "result",
      "money",
      (row) => this.around.literal(rows[row]!)?.award ?? award,
    );
    this.binding = sheet.add(
      "起作用的限额",
      "result",
      "text",
      when(granted, this.deciding(partCells, total, capped), BLANK),
    );
    this.addAccountEnds(partCells, capped, rest, granted);
    const others = this.around.inexact(this);
    this.ownRange = this.addRange(others ? "本行超出精确范围" : "超出精确范围", partCells, total);
    this.range = others ? this.addSharedRange(others) : this.ownRange;
    this.sorted = this.addSorted();
    if (around.answer(rows[0]!) !== undefined) {
      this.answer = sheet.add(around.answerHeader, "stored", "money", (row) => around.answer(rows[row]!)!);
      this.difference = this.addDifference(this.answer);
    }
  }

  /** The clause as the fold takes it. */
  private get folding(): Clause<Limit> {
    const { parts, overall } = this.limits;
    return { parts: parts.map((part) => part.limits), highest: this.plan.highest, limits: overall };
  }

  private get resultName(): string {
    const { result } = this.plan.entry.instrument;
    return result ? result.zh : "奖补额";
  }

  /** What is taken off an award as granted before. */
  private get off(): Expression | undefined {
    const { again, minus: input } = this.plan;
    const before = again && this.limits.accounts.get(again.key)?.before.here;
    const said = input === undefined ? undefined : this.admission.clause.number(input);
    if (again?.pays === "difference" && before) return said ? most(said, before) : before;
    return said;
  }

  /** The fold over columns: what it adds up or takes off stands in a cell of its own. */
  private columns(): Algebra<Limit, Expression> {
    const off = this.off;
    const inline = this.limits.inline((limit) => limit.column.here, off);
    const names = this.limits.parts.map(({ name }) => name).values();
    let sum: Expression | undefined;
    const addend = (a: Expression): Expression => this.limits.cell(a, names.next().value ?? "小计");
    const together = this.plan.highest ? "各部分取高" : "各部分合计";
    return {
      ...inline,
      add: (a, b) =>
        (sum = this.limits.amounts.nearest(plus(a === sum ? this.limits.cell(a, "小计") : addend(a), addend(b)))),
      larger: (a, b) => (sum = inline.larger(a === sum ? a : addend(a), addend(b))),
      smaller: (a, b) => inline.smaller(a === sum ? this.limits.cell(a, together) : a, b),
      rest: (a) => (off ? this.limits.amounts.less(this.limits.cell(a, "限额取小"), off) : a),
      round: (a) => this.limits.finished(this.limits.cell(a, off ? "扣减后" : a === sum ? together : "限额取小")),
    };
  }

  /** The award of the row by itself, where several rows stand for one object. */
  private addAlone(): void {
    const kept = this.around.kept(this);
    if (!kept) return;
    const alone = (limit: Limit): Expression => {
      if (!limit.account) return limit.column.here;
      limit.alone ??= this.sheet.add(`${limit.name}（不计前面各行）`, "limit", "money", limit.aloneAmount);
      return limit.alone.here;
    };
    const said = this.plan.minus === undefined ? undefined : this.admission.clause.number(this.plan.minus);
    const got = givenBefore(this.plan).filter(({ allowance }) => allowance.scope === "object");
    const { award } = fold<Limit, Expression>(this.folding, this.limits.inline(alone, said));
    // An object that was paid in part is no lower for that.
    const reached = got.length
      ? round(plus(award, most(...got.map(({ input }) => this.admission.clause.number(input)))), 2)
      : award;
    const own = when(equals(this.admitted.here, text(ADMITTED)), reached, number(-1));
    const blank = this.admission.entered && equals(this.admitted.here, BLANK);
    this.alone = this.sheet.add(
      got.length ? "单独测算（含此前已获）" : "单独测算",
      "account",
      "money",
      blank ? when(blank, BLANK, own) : own,
    );
    this.kept = this.sheet.add("同一对象取此项", "account", "text", kept);
  }

  private addOutcome(): Column {
    const { again } = this.plan;
    let words: Expression = text(GRANTED);
    const before = again?.pays === "nothing" && this.limits.accounts.get(again.key)?.before.here;
    if (before) words = when(compares(before, ">", ZERO_CELL), text(titled(NOT_ELIGIBLE, ONCE, "zh")), words);
    if (this.kept) words = when(equals(this.kept.here, NO), text(titled(NOT_ELIGIBLE, REPEATS, "zh")), words);
    const formula = when(equals(this.admitted.here, text(ADMITTED)), words, this.admitted.here);
    return this.sheet.add("结论", "result", "text", (row) => this.around.literal(this.rows[row]!)?.words ?? formula);
  }

  /** The name of the limit that decides: over the sum where that is cut, or else of the last part. */
  private deciding(partCells: readonly Expression[], total: Expression, capped: Expression): Expression {
    const { parts, overall: limits } = this.limits;
    const first = (list: readonly Limit[], amount: Expression): Expression =>
      list.reduceRight<Expression>(
        (words, { name, column }) => when(equals(column.here, amount), text(name), words),
        BLANK,
      );
    let words: Expression = BLANK;
    const { highest } = this.plan;
    const live = parts.map(({ limits: own }, p) => ({ own, cell: partCells[p]! })).filter(({ own }) => own.length);
    // Of a sum the last part decides, of the highest the first that is as high.
    for (const { own, cell } of highest ? live.reverse() : live) {
      const always = own.some(({ present }) => present === TRUE);
      const there = always ? TRUE : anyNumber(...own.map(({ column }) => column.here));
      words = when(highest ? and(there, equals(cell, total)) : there, first(own, cell), words);
    }
    return limits.length ? when(compares(capped, "<", total), first(limits, capped), words) : words;
  }

  /** What stands on the accounts after each row. */
  private addAccountEnds(
    partCells: readonly Expression[],
    capped: Expression,
    rest: Expression,
    granted: Expression,
  ): void {
    const { parts, overall: limits } = this.limits;
    for (const account of this.limits.accounts.values()) {
      const draws = [
        ...parts.flatMap(({ limits: own }, p) => own.map((limit) => ({ limit, amount: partCells[p]! }))),
        ...limits.map((limit) => ({ limit, amount: capped })),
      ].filter(({ limit }) => limit.account === account);
      // What the row gives as granted before stands there whether or not the row is paid.
      const given = givenBefore(this.plan).filter(({ allowance }) => allowance.key === account.allowance.key);
      const told = [
        ...given.map(({ input }) => this.admission.clause.number(input)),
        ...(this.plan.again?.key === account.allowance.key ? this.had() : []),
      ];
      const remembered = told.length
        ? when(
            equals(this.admission.inForce.here, NO),
            account.before.here,
            round(most(account.before.here, ...told), 2),
          )
        : account.before.here;
      let stands = remembered;
      const drawn = (said: Expression | undefined, fen: Expression): Expression =>
        round(plus(said ? most(said, account.before.here) : account.before.here, fen), 2);
      for (const { limit, amount } of draws) {
        const said = limit.plan.used === undefined ? undefined : this.admission.clause.number(limit.plan.used);
        const next = drawn(said, this.limits.amounts.drawn(amount));
        stands = limit.present === TRUE ? next : when(differs(limit.column.here, BLANK), next, stands);
      }
      if (this.plan.again?.key === account.allowance.key) {
        const said = this.plan.minus === undefined ? undefined : this.admission.clause.number(this.plan.minus);
        stands = drawn(said, this.limits.amounts.rounded(rest));
      }
      const formula = when(granted, stands, remembered);
      const literal = (draws: readonly Draw[]): Expression => {
        const last = draws.filter(({ allowance }) => allowance.key === account.allowance.key).at(-1);
        return last ? number(toYuan(last.before + last.fen)) : remembered;
      };
      account.after = this.sheet.add("本行之后累计", "account", "money", (row) => {
        const instead = this.around.literal(this.rows[row]!);
        return instead ? literal(instead.draws) : formula;
      });
    }
  }

  /** What stands for an award that the row gives as had before without an amount; none where no row can. */
  private had(): Expression[] {
    const tests = this.plan.again?.had;
    const holds = tests ? this.admission.clause.tests(tests) : FALSE;
    return holds === FALSE ? [] : [when(holds, number(toYuan(SOME_FEN)), ZERO_CELL)];
  }

  private addSharedRange(others: (row: number) => readonly Expression[]): Column {
    const beyond = (mark: Expression): Expression => compares(mark, ">", ZERO_CELL);
    return this.sheet.add("超出精确范围", "check", "whole", (row) =>
      when(or(beyond(this.ownRange.here), ...others(row).map(beyond)), number(1), ZERO_CELL),
    );
  }

  private addRange(header: string, partCells: readonly Expression[], total: Expression): Column {
    const { exact } = this.around;
    const { parts, overall: limits } = this.limits;
    const large = (amount: Expression): Expression => compares(this.limits.amounts.size(amount), ">", exact);
    // Whole fen are exact whatever decides; a product is where its own limit does, and a sum where it is one.
    const deciding = [
      ...parts.flatMap(({ limits: own }, p) => own.map((limit) => ({ limit, amount: partCells[p]! }))),
      ...limits.map((limit) => ({ limit, amount: total })),
    ].filter(({ limit }) => limit.isProduct);
    return this.sheet.add(
      header,
      "check",
      "whole",
      when(
        or(
          parts.length > 1 ? large(total) : FALSE,
          ...(this.plan.times
            ? [when(isNumber(this.award.here), compares(times(this.award.here, number(100)), ">", exact), FALSE)]
            : []),
          ...deciding.map(({ limit, amount }) => {
            const { here } = limit.column;
            const reaches = limit.plan.used === undefined && !limit.account ? here : limit.gross;
            // A text must not come into a product: in a spreadsheet all of an AND is computed.
            return when(isNumber(here), and(compares(here, "<=", amount), large(reaches)), FALSE);
          }),
          ...this.admission.clause.compared.map((side) => compares(side, ">", exact)),
          ...this.admission.clause.inexactInputs(),
        ),
        number(1),
        ZERO_CELL,
      ),
    );
  }

  private addSorted(): Column | undefined {
    const checks = this.around.checks(this);
    if (!checks.length) return undefined;
    return this.sheet.add("顺序有变", "check", "whole", (row) => {
      const each = checks.map((check) => check(row)).map((content) => (isFormula(content) ? content : ZERO_CELL));
      return each.length === 1 ? each[0]! : each.reduce(plus);
    });
  }

  private addDifference(answer: Column): Column {
    const [own, stored] = [this.award.here, answer.here];
    return this.sheet.add(
      "与函数之差",
      "check",
      "money",
      when(
        and(isNumber(own), isNumber(stored)),
        round(minus(own, stored), 2),
        when(beginsWith(own, stored), ZERO_CELL, text("结论有变")),
      ),
    );
  }
}
