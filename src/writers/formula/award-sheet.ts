/**
 * One instrument's rows as a sheet of plain formulas: a further reader of plans over the fold. The columns stand in the order of
 * the working paper: inputs, conditions, figures, limits, what is shared, the award, which limit decides, checks.
 */
import {
  anyRowTests,
  fold,
  toYuan,
  windowOf,
  type Algebra,
  type Allowance,
  type Draw,
  type Plan,
  type PlanLimit,
  type PlanPart,
  type PlanTest,
} from "../../rules";
import { conditionWords } from "../terms";
import { limitName, titled } from "../words";
import { accountKey, termKey, type Names, type Placed } from "./accounts";
import { Amounts } from "./amounts";
import { Clause, formatOf, listOf, NO, YES, yesOrNo, type Problem } from "./clause";
import {
  and,
  anyNumber,
  beginsWith,
  BLANK,
  compares,
  dateCell,
  differs,
  equals,
  FALSE,
  isNumber,
  joined,
  least,
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
  whole,
  yearOf,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "./expression";
import { isFormula, type Column, type ColumnForm, type Content, type FormulaSheet, type Parameters } from "./sheet";

export const GRANTED = "可获";
const ADMITTED = "符合";
export const NOT_ELIGIBLE = "不符合条件";
const REPEATS = "同一对象已按更高的一项支持（从优、就高、不重复）";
const ONCE = "一次性奖励，此前已获支持";

/** A limit in its sheet. */
interface Limit {
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

/** What rows share under one allowance. */
export interface Account {
  readonly allowance: Allowance;
  readonly key: Column;
  readonly before: Column;
  after?: Column;
}

/** The rows of a firm and year, of which one may pass some tests for all. */
export interface AnyRow {
  readonly key: Column;
  readonly soFar: Column;
  readonly any: Column;
}

/** A row that holds what our function gives, as no formula does. */
export interface Literal {
  readonly award: Scalar;
  readonly words: string;
  readonly draws: readonly Draw[];
}

/** What a sheet asks about its rows among those of the other sheets. */
export interface Surroundings {
  /** What stood on the account before each row. */
  granted(sheet: AwardSheet, allowance: Allowance, key: Column): (row: number) => Content;
  /** The first year in which the owner of the account claims. */
  firstYear(sheet: AwardSheet, allowance: Allowance, owner: Column): (row: number) => Content;
  /** Whether a row before passes; whether one does at all. */
  passedBefore(sheet: AwardSheet, test: number, key: Column): (row: number) => Content;
  passedAny(sheet: AwardSheet, test: number, key: Column): (row: number) => Content;
  /** Whether the row stays of those that stand for one object; undefined where no row of the sheet has rivals. */
  kept(sheet: AwardSheet): ((row: number) => Content) | undefined;
  /** 0 where the rows still stand as their accounts need it. */
  checks(sheet: AwardSheet): readonly ((row: number) => Content)[];
  /** What is written instead of formulas in a row that has none. */
  literal(row: Placed): Literal | undefined;
  /** What our functions gave for each row when the book was made. */
  answer(row: Placed): Scalar;
  /** The whole numbers up to which formulas are exact. */
  readonly exact: Expression;
}

export class AwardSheet {
  readonly clause: Clause;
  readonly names: Names;
  readonly accounts = new Map<string, Account>();
  readonly anyRows: AnyRow[] = [];
  /** By allowance that runs over several years. */
  readonly firstYears = new Map<string, Column>();
  /** Object and year, where rows of the instrument must not repeat each other. */
  readonly objectKey?: Column;
  readonly admitted: Column;
  /** The award of the row by itself, −1 without one; where rows stand for one object. */
  alone?: Column;
  readonly outcome: Column;
  readonly award: Column;
  readonly binding: Column;
  /** 1 where the row's numbers are too large, or have too many decimals, to be exact. */
  readonly range: Column;
  readonly sorted: Column | undefined;
  readonly answer: Column;
  readonly difference: Column;
  private readonly amounts: Amounts;
  private readonly put = new Map<Expression, Column>();

  constructor(
    readonly plan: Plan,
    readonly sheet: FormulaSheet,
    readonly rows: readonly Placed[],
    /** Row of each in the table, counted from 1. */
    sources: readonly number[],
    parameters: Parameters,
    private readonly around: Surroundings,
  ) {
    const planned = rows.map((row) => row.planned);
    this.clause = new Clause(plan, planned, parameters);
    this.amounts = new Amounts(this.clause);
    this.names = this.addNames(sources);
    this.addInputs();
    const { object, year } = this.names;
    if (object && plan.parts.length && !plan.entry.instrument.tranches && !plan.again)
      this.objectKey = this.add(
        "对象和年度",
        "account",
        "text",
        accountKey({ object, year }, "object", joined(text(" "), year.here)),
      );
    this.addAnyRows();
    const inForce = this.addWindow();
    const wrong = this.addWords("填写有误", this.clause.wrongInputs());
    const missing = this.addWords("缺少", this.clause.missingInputs());
    const conditions = this.addConditions();
    const { parts, limits } = this.addLimits();
    this.admitted = this.addAdmitted(inForce, wrong, missing, conditions);

    const folded = fold<Limit, Expression>({ parts: parts.map((part) => part.limits), limits }, this.columns(parts));
    const total = this.cell(folded.total, "限额取小");
    const partCells = folded.parts.map((part, p) => this.cell(part, parts[p]!.name));
    const capped = this.cell(folded.capped, "合计限额取小");
    const rest = this.cell(folded.rest, "扣减后");
    this.addAlone(parts, limits);
    this.outcome = this.addOutcome();
    const granted = equals(this.outcome.here, text(GRANTED));
    const refusal = when(beginsWith(this.outcome.here, text(NOT_ELIGIBLE)), ZERO_CELL, this.outcome.here);
    const award = plan.parts.length ? when(granted, folded.award, refusal) : refusal;
    this.award = sheet.add(
      { header: this.resultName, role: "result", format: "money" },
      (row) => this.around.literal(rows[row]!)?.award ?? award,
    );
    this.binding = sheet.add(
      { header: "起作用的限额", role: "result", format: "text" },
      when(granted, this.deciding(parts, limits, partCells, total, capped), BLANK),
    );
    this.addAccountEnds(parts, limits, partCells, capped, rest, granted);
    this.range = this.addRange(parts, limits, partCells, total);
    this.sorted = this.addSorted();
    this.answer = sheet.add({ header: "导出时函数结果", role: "stored", format: "money" }, (row) =>
      this.around.answer(rows[row]!),
    );
    this.difference = this.addDifference();
  }

  private get resultName(): string {
    const { result } = this.plan.entry.instrument;
    return result ? result.zh : "奖补额";
  }

  private add(
    header: string,
    role: ColumnForm["role"],
    format: ColumnForm["format"],
    content: Content | ((row: number) => Content),
  ): Column {
    return this.sheet.add({ header, role, format }, content);
  }

  private addNames(sources: readonly number[]): Names {
    const { rows, plan } = this;
    this.add("原表行", "name", "whole", (row) => sources[row]!);
    const named = (field: "firm" | "object", header: string): Column | undefined =>
      rows.some(({ planned }) => planned[field])
        ? this.add(header, "input", "text", (row) => rows[row]!.planned[field] ?? "")
        : undefined;
    const firm = named("firm", "企业");
    const object = named("object", plan.entry.instrument.object?.zh ?? "对象");
    const claimed = this.add("申报年度", "input", "whole", (row) => rows[row]!.planned.plan.claim.year);
    let [year, day]: [Column, Column | undefined] = [claimed, undefined];
    if (rows.some(({ planned }) => planned.plan.claim.day)) {
      day = this.add("申报日期（填了以此为准）", "input", "date", (row) => {
        const on = rows[row]!.planned.plan.claim.day;
        return on ? dateCell(on) : "";
      });
      year = this.add("年度", "test", "whole", when(equals(day.here, BLANK), claimed.here, yearOf(day.here)));
    }
    return { ...(firm && { firm }), ...(object && { object }), year, ...(day && { day }) };
  }

  /** The clause's own inputs, and of the general ones those that a row gives. */
  private addInputs(): void {
    const { plan, rows, clause } = this;
    const declared = plan.entry.instrument.inputs ?? {};
    for (const [name, input] of Object.entries(plan.inputs)) {
      if (!(name in declared) && rows.every(({ planned }) => planned.row[name] === undefined)) continue;
      const options = input.kind === "flag" ? ["是", "否"] : Object.values(input.options ?? {}).map(({ zh }) => zh);
      const column = this.sheet.add(
        { header: input.zh, role: "input", format: formatOf(input), ...(options.length && { options }) },
        (row) => {
          const value = rows[row]!.planned.row[name];
          if (value === undefined) return "";
          if (typeof value === "boolean") return value ? "是" : "否";
          if (typeof value === "string") return input.options?.[value]?.zh ?? value;
          return input.kind === "money" ? value / 100 : value;
        },
      );
      clause.columns.set(name, column);
    }
  }

  /** For each test on the rows of the firm and year: whether a row up to this one passes it, and whether one does at all. */
  private addAnyRows(): void {
    const { clause, plan } = this;
    const lists = anyRowTests(plan);
    if (!lists.length) return;
    // A test on other rows looks at each row by itself.
    clause.anyRow = () => FALSE;
    const conditions = plan.conditions.map((condition) => clause.condition(condition));
    const key = this.add(
      "企业和年度",
      "account",
      "text",
      accountKey(this.names, "firm", joined(text(" "), this.names.year.here)),
    );
    const found = new Map<readonly PlanTest[], Expression>();
    for (const [k, tests] of lists.entries()) {
      const own = and(...conditions, clause.tests(tests));
      const before = this.around.passedBefore(this, k, key);
      const soFar = this.sheet.add({ header: "截至本行已有符合的", role: "test", format: "text" }, (row) => {
        const earlier = before(row);
        return when(or(own, equals(isFormula(earlier) ? earlier : NO, YES)), YES, NO);
      });
      const any = this.add("本企业当年有符合的", "test", "text", this.around.passedAny(this, k, key));
      this.anyRows.push({ key, soFar, any });
      found.set(tests, equals(any.here, YES));
    }
    clause.anyRow = (tests) => found.get(tests)!;
  }

  private addWindow(): Column {
    const { plan, names } = this;
    const { from, to } = windowOf(plan.entry.document, plan.readings);
    const date = (label: string, day: string): Expression =>
      day.length > 4
        ? this.clause.parameters.add({ label, format: "date", value: dateCell(day) })
        : this.clause.parameters.add({ label: `${label}（年）`, format: "whole", value: Number(day) });
    const start = date("有效期起", from);
    const end = to && date("有效期止", to);
    const startYear = from.length > 4 ? yearOf(start) : start;
    const byYear = and(
      compares(names.year.here, ">=", startYear),
      end ? compares(names.year.here, "<=", yearOf(end)) : TRUE,
    );
    const { day } = names;
    const byDay =
      day &&
      and(
        from.length > 4 ? compares(day.here, ">=", start) : compares(names.year.here, ">=", start),
        end ? compares(day.here, "<=", end) : TRUE,
      );
    return this.add(
      "在有效期内",
      "test",
      "text",
      yesOrNo(byDay ? when(equals(day.here, BLANK), byYear, byDay) : byYear),
    );
  }

  private addWords(header: string, problems: readonly Problem[]): Column | undefined {
    const words = listOf(problems);
    return words === BLANK ? undefined : this.add(header, "test", "text", words);
  }

  private addConditions(): { column: Column; because: string }[] {
    return this.plan.conditions.flatMap((condition) => {
      const holds = this.clause.condition(condition);
      if (holds === TRUE) return [];
      const column = this.add(`条件：${conditionWords(condition, this.plan, "zh")}`, "test", "text", yesOrNo(holds));
      return [{ column, because: condition.else.zh }];
    });
  }

  /** The figures that depend on the row, what is shared, and the limits. */
  private addLimits(): { parts: { name: string; limits: Limit[] }[]; limits: Limit[] } {
    const { plan } = this;
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
    return { parts: prepared.map(({ name, limits }) => ({ name, limits: written(limits) })), limits: written(overall) };
  }

  private partHolds({ conditions }: PlanPart, name: string): Expression {
    const holds = and(...conditions.map((condition) => this.clause.condition(condition)));
    if (holds === TRUE) return TRUE;
    return equals(this.add(`条件：${name}`, "test", "text", yesOrNo(holds)).here, YES);
  }

  private prepared(limit: PlanLimit, place: (words: string) => string, holds: Expression): Draft {
    const name = place(limitName(limit, "zh"));
    const tested = and(holds, this.clause.tests(limit.tests));
    const present: Expression[] = [tested];
    const chosen = new Map<PlanLimit["terms"][number]["figures"][number], Expression>();
    for (const term of limit.terms) {
      for (const figure of term.figures) {
        const value = this.clause.figure(figure, name, tested);
        const open = figure.cases.some(({ value: yielded }) => yielded.kind === "none");
        const alone = !open && figure.unit === "money" && !term.factors.length && !limit.used && !limit.allowance;
        const plain =
          figure.cases.length === 1 && figure.cases[0]!.value.kind === "number" && !value.text.startsWith("IF(");
        if (alone || plain) chosen.set(figure, value);
        else {
          const column = this.add(
            titled(
              name,
              figure.unit === "money" ? "适用标准" : figure.unit === "number" ? "适用倍数" : "适用比例",
              "zh",
            ),
            "figure",
            figure.unit === "money" ? "money" : figure.unit === "number" ? "number" : "rate",
            value,
          );
          chosen.set(figure, column.here);
          if (open) present.push(differs(column.here, BLANK));
        }
      }
    }
    const { value: gross, isProduct } = this.amounts.gross(limit, chosen);
    return { plan: limit, name, present: and(...present), gross, isProduct };
  }

  private addAccount(allowance: Allowance): void {
    const { names, around } = this;
    const isNamed = names.firm ?? (allowance.scope === "object" && names.object);
    // Rows of nobody share nothing.
    if (this.accounts.has(allowance.key) || !isNamed) return;
    let first: Column | undefined;
    if (typeof allowance.period === "object") {
      const owner = this.add("限额所有者", "account", "text", accountKey(names, allowance.scope));
      first = this.add("首次申报年度", "account", "whole", around.firstYear(this, allowance, owner));
      this.firstYears.set(allowance.key, first);
    }
    const term = termKey(allowance, names, first, this.clause.parameters);
    const key = this.add("共用额度", "account", "text", accountKey(names, allowance.scope, term));
    const before = this.add("前面各行已用", "account", "money", around.granted(this, allowance, key));
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
    const column = this.add(name, "limit", "money", orBlank(leaves(taken)));
    return { ...limit, account, column, aloneAmount: orBlank(leaves(used)) };
  }

  private addAdmitted(
    inForce: Column,
    wrong: Column | undefined,
    missing: Column | undefined,
    conditions: readonly { column: Column; because: string }[],
  ): Column {
    const { clause } = this;
    const above = this.addWords("所填比例过高", clause.aboveCeiling);
    let words = this.recognised();
    const open = this.addWords("文件未定，须填", clause.open);
    if (open) words = when(differs(open.here, BLANK), joined(text("文件未定数字，请填："), open.here), words);
    for (const { column, because } of [...conditions].reverse())
      words = when(equals(column.here, NO), text(titled(NOT_ELIGIBLE, because, "zh")), words);
    if (above) words = when(differs(above.here, BLANK), joined(text("比例过高："), above.here), words);
    if (missing) words = when(differs(missing.here, BLANK), joined(text("缺少："), missing.here), words);
    if (wrong) words = when(differs(wrong.here, BLANK), joined(text("填写有误："), wrong.here), words);
    return this.add("资格", "result", "text", when(equals(inForce.here, NO), text("不在有效期内"), words));
  }

  /** What a row is that meets the conditions: the first grade that fits, or admitted to an award. */
  private recognised(): Expression {
    const { grades, parts } = this.plan;
    if (!grades.length) return text(parts.length ? ADMITTED : "文件未定数字");
    return [...grades]
      .reverse()
      .reduce<Expression>(
        (words, { label, anyOf }) => when(or(...anyOf.map((tests) => this.clause.tests(tests))), text(label.zh), words),
        text("文件未定数字"),
      );
  }

  /** What is taken off an award as granted before. */
  private get off(): Expression | undefined {
    const { again, minus: input } = this.plan;
    const before = again && this.accounts.get(again.key)?.before.here;
    const said = input === undefined ? undefined : this.clause.number(input);
    if (again?.pays === "difference" && before) return said ? most(said, before) : before;
    return said;
  }

  /** The fold over columns: what it adds up or takes off stands in a cell of its own. */
  private columns(parts: readonly { readonly name: string }[]): Algebra<Limit, Expression> {
    const off = this.off;
    const inline = this.inline((limit) => limit.column.here, off);
    const names = parts.map(({ name }) => name).values();
    let sum: Expression | undefined;
    const addend = (a: Expression): Expression => this.cell(a, names.next().value ?? "小计");
    return {
      ...inline,
      add: (a, b) => (sum = this.amounts.nearest(plus(a === sum ? this.cell(a, "小计") : addend(a), addend(b)))),
      smaller: (a, b) => inline.smaller(a === sum ? this.cell(a, "各部分合计") : a, b),
      rest: (a) => (off ? this.amounts.less(this.cell(a, "限额取小"), off) : a),
      round: (a) => this.finished(this.cell(a, off ? "扣减后" : a === sum ? "各部分合计" : "限额取小")),
    };
  }

  /** The fold in one formula. */
  private inline(amount: (limit: Limit) => Expression, off: Expression | undefined): Algebra<Limit, Expression> {
    const among = new Map<Expression, readonly Expression[]>();
    const leastOf = (all: readonly Expression[]): Expression => {
      const result = least(...all);
      among.set(result, all);
      return result;
    };
    return {
      nothing: ZERO_CELL,
      amount: (limit) => (limit.present === TRUE ? amount(limit) : leastOf([amount(limit)])),
      add: (a, b) => this.amounts.nearest(plus(a, b)),
      smaller: (a, b) => leastOf([...(among.get(a) ?? [a]), ...(among.get(b) ?? [b])]),
      rest: (a) => (off ? this.amounts.less(a, off) : a),
      round: (a) => this.finished(a),
    };
  }

  /** Rounded, times the pieces. */
  private finished(rest: Expression): Expression {
    const { times: pieces, rounding } = this.plan;
    const piece = this.amounts.rounded(rest, rounding);
    return pieces ? round(times(piece, whole(this.clause.number(pieces))), 2) : piece;
  }

  /** The cell of an amount: one that is no cell yet gets a column. */
  private cell(amount: Expression, header: string): Expression {
    const known = this.put.get(amount);
    if (known) return known.here;
    const isCell = this.sheet.columns.some((column) => column.here.text === amount.text);
    if (isCell || amount.constant !== undefined) return amount;
    const column = this.add(header, "limit", "money", amount);
    this.put.set(amount, column);
    return column.here;
  }

  /** The award of the row by itself, where several rows stand for one object. */
  private addAlone(parts: readonly { limits: Limit[] }[], limits: readonly Limit[]): void {
    const kept = this.around.kept(this);
    if (!kept) return;
    const alone = (limit: Limit): Expression => {
      if (!limit.account) return limit.column.here;
      limit.alone ??= this.add(`${limit.name}（不计前面各行）`, "limit", "money", limit.aloneAmount);
      return limit.alone.here;
    };
    const said = this.plan.minus === undefined ? undefined : this.clause.number(this.plan.minus);
    const { award } = fold<Limit, Expression>(
      { parts: parts.map((part) => part.limits), limits },
      this.inline(alone, said),
    );
    this.alone = this.add(
      "单独测算",
      "account",
      "money",
      when(equals(this.admitted.here, text(ADMITTED)), award, number(-1)),
    );
    this.kept = this.add("同一对象取此项", "account", "text", kept);
  }
  private kept?: Column;

  private addOutcome(): Column {
    const { again } = this.plan;
    let words: Expression = text(GRANTED);
    const before = again?.pays === "nothing" && this.accounts.get(again.key)?.before.here;
    if (before) words = when(compares(before, ">", ZERO_CELL), text(titled(NOT_ELIGIBLE, ONCE, "zh")), words);
    if (this.kept) words = when(equals(this.kept.here, NO), text(titled(NOT_ELIGIBLE, REPEATS, "zh")), words);
    const formula = when(equals(this.admitted.here, text(ADMITTED)), words, this.admitted.here);
    return this.add("结论", "result", "text", (row) => this.around.literal(this.rows[row]!)?.words ?? formula);
  }

  /** The name of the limit that decides: over the sum where that is cut, or else of the last part. */
  private deciding(
    parts: readonly { limits: readonly Limit[] }[],
    limits: readonly Limit[],
    partCells: readonly Expression[],
    total: Expression,
    capped: Expression,
  ): Expression {
    const first = (list: readonly Limit[], amount: Expression): Expression =>
      list.reduceRight<Expression>(
        (words, { name, column }) => when(equals(column.here, amount), text(name), words),
        BLANK,
      );
    let words: Expression = BLANK;
    parts.forEach(({ limits: own }, p) => {
      if (!own.length) return;
      const always = own.some(({ present }) => present === TRUE);
      words = when(
        always ? TRUE : anyNumber(...own.map(({ column }) => column.here)),
        first(own, partCells[p]!),
        words,
      );
    });
    return limits.length ? when(compares(capped, "<", total), first(limits, capped), words) : words;
  }

  /** What stands on the accounts after each row. */
  private addAccountEnds(
    parts: readonly { limits: readonly Limit[] }[],
    limits: readonly Limit[],
    partCells: readonly Expression[],
    capped: Expression,
    rest: Expression,
    granted: Expression,
  ): void {
    for (const account of this.accounts.values()) {
      const draws = [
        ...parts.flatMap(({ limits: own }, p) => own.map((limit) => ({ limit, amount: partCells[p]! }))),
        ...limits.map((limit) => ({ limit, amount: capped })),
      ].filter(({ limit }) => limit.account === account);
      let stands: Expression = account.before.here;
      const drawn = (said: Expression | undefined, fen: Expression): Expression =>
        round(plus(said ? most(said, stands) : stands, fen), 2);
      for (const { limit, amount } of draws) {
        const said = limit.plan.used === undefined ? undefined : this.clause.number(limit.plan.used);
        const next = drawn(said, this.amounts.halfUp(amount));
        stands = limit.present === TRUE ? next : when(differs(limit.column.here, BLANK), next, stands);
      }
      if (this.plan.again?.key === account.allowance.key) {
        const said = this.plan.minus === undefined ? undefined : this.clause.number(this.plan.minus);
        stands = drawn(said, this.amounts.rounded(rest, this.plan.rounding));
      }
      const formula = when(granted, stands, account.before.here);
      const literal = (draws: readonly Draw[]): Expression =>
        draws
          .filter(({ allowance }) => allowance.key === account.allowance.key)
          .reduce<Expression>(
            (before, draw) => round(plus(most(before, number(toYuan(draw.before))), number(toYuan(draw.fen))), 2),
            account.before.here,
          );
      account.after = this.add("本行之后累计", "account", "money", (row) => {
        const instead = this.around.literal(this.rows[row]!);
        return instead ? literal(instead.draws) : formula;
      });
    }
  }

  private addRange(
    parts: readonly { limits: readonly Limit[] }[],
    limits: readonly Limit[],
    partCells: readonly Expression[],
    total: Expression,
  ): Column {
    const { exact } = this.around;
    const large = (amount: Expression): Expression => compares(this.amounts.size(amount), ">", exact);
    // Whole fen are exact whatever decides; a product is where its own limit does, and a sum where it is one.
    const deciding = [
      ...parts.flatMap(({ limits: own }, p) => own.map((limit) => ({ limit, amount: partCells[p]! }))),
      ...limits.map((limit) => ({ limit, amount: total })),
    ].filter(({ limit }) => limit.isProduct);
    return this.add(
      "超出精确范围",
      "check",
      "whole",
      when(
        or(
          parts.length > 1 ? large(total) : FALSE,
          ...(this.plan.times
            ? [when(isNumber(this.award.here), compares(times(this.award.here, number(100)), ">", exact), FALSE)]
            : []),
          ...deciding.map(({ limit, amount }) =>
            and(
              isNumber(limit.column.here),
              compares(limit.column.here, "<=", amount),
              large(limit.plan.used === undefined && !limit.account ? limit.column.here : limit.gross),
            ),
          ),
          ...this.clause.compared.map((side) => compares(side, ">", exact)),
          ...this.clause.inexactInputs(),
        ),
        number(1),
        ZERO_CELL,
      ),
    );
  }

  private addSorted(): Column | undefined {
    const checks = this.around.checks(this);
    if (!checks.length) return undefined;
    return this.add("顺序有变", "check", "whole", (row) => {
      const each = checks.map((check) => check(row)).map((content) => (isFormula(content) ? content : ZERO_CELL));
      return each.length === 1 ? each[0]! : each.reduce(plus);
    });
  }

  private addDifference(): Column {
    const [own, stored] = [this.award.here, this.answer.here];
    return this.add(
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
