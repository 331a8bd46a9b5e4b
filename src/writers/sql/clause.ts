/**
 * One plan's conditions and limits as SQL expressions over the columns of one row. Amounts are whole numbers: every limit
 * stands in units of a fen that make all figures whole, so that nothing is rounded before the award.
 */
import {
  asksTotal,
  commonMultiple,
  lowest,
  MAX_SUM,
  ratio,
  refuse,
  type Input,
  type Plan,
  type PlanFigure,
  type PlanLimit,
  type PlanTerm,
  type PlanTest,
  type PlanValue,
  type Ratio,
  type RatioTest,
  type WithinTest,
} from "../../rules";
import { withinSpan } from "./days";
import type { Dialect } from "./dialect";
import { all, any, firstIs, firstOf, not, written, type Truth } from "./truth";

/** Whole numbers that a column may hold: value × scale, from 0 to `most`. What lies beyond is left to the columns. */
interface Range {
  readonly scale: bigint;
  readonly most: bigint;
}

const MILLION = 10n ** 6n;
const RANGES: Readonly<Record<Input["kind"], Range | undefined>> = {
  money: { scale: 1n, most: 10n ** 15n - 1n },
  count: { scale: 1n, most: 10n ** 9n },
  rank: { scale: 1n, most: 10n ** 9n },
  ordinal: { scale: 1n, most: 10n ** 9n },
  rate: { scale: MILLION, most: MILLION },
  months: { scale: MILLION, most: 120n * MILLION },
  number: { scale: MILLION, most: MILLION * MILLION },
  date: { scale: 1n, most: 10n ** 8n },
  flag: undefined,
  choice: undefined,
  name: undefined,
};

/** Of an input in the steps of a query, whose own columns have other names whatever an input is called. */
export const inputColumn = (input: string): string => `input_${input}`;

/** How a column of an input must stand: `scale` whole units per unit; undefined for flags (boolean) and choices (text). */
export const rangeOf = (input: Input): Range | undefined => RANGES[input.kind];

/** A number of the row: `sql / scale`, never NULL. */
interface Quantity extends Range {
  readonly sql: string;
  /** The whole number itself where every row has the same. */
  readonly constant?: bigint;
}

const constant = ({ n, d }: Ratio): Quantity => ({ sql: String(n), scale: d, most: n < 0n ? -n : n, constant: n });

const MOST_64 = 2n ** 63n - 1n;
/** Beyond 64 bits, what every dialect keeps. */
const MOST_WIDE = 9n * 10n ** 37n;

interface Written {
  /** Numerator over the figure's denominator. */
  readonly sql: string;
  readonly most: bigint;
  readonly denominator: bigint;
  readonly constant?: bigint;
  readonly none: Truth;
  readonly open: Truth;
  readonly aboveCeiling: Truth;
}

export interface WrittenLimit {
  readonly limit: PlanLimit;
  /** NULL where the limit is not there. */
  readonly sql: string;
  /** Whether every row has the same. */
  readonly same: boolean;
  /** Whether it may be more than rows can draw together and stay exact. */
  readonly large: boolean;
  readonly used?: string;
}

export interface WrittenClause {
  /** Units of a fen. */
  readonly unit: bigint;
  /** Whether amounts can lie beyond 64 bits. */
  readonly wide: boolean;
  readonly outcome: string;
  /** Names of the inputs that the row lacks, by commas; NULL unless the outcome is "incomplete". */
  readonly missing: string;
  readonly parts: readonly (readonly WrittenLimit[])[];
  readonly limits: readonly WrittenLimit[];
  /** Whole fen. */
  readonly minus?: string;
  readonly pieces?: string;
  /** Whether the row gives that an award which is granted once was had before. */
  readonly had: Truth;
  /** By total of the plan, whole fen: what of the row counts, its amount, and what it gives as come to before. */
  readonly totals: readonly { readonly counted: string; readonly of: string; readonly before: string }[];
  /** Whether the row is the route that was taken for its object. */
  readonly chosen: Truth;
  /** For every `any-row` the condition that one row of the firm must meet, by the column that holds the answer. */
  readonly asked: ReadonlyMap<string, Truth>;
}

/**
 * @param columns inputs that the table has; the others are given in no row
 * @throws Refusal where the numbers of the clause do not fit into 128 bits
 */
export function clauseOf(plan: Plan, columns: readonly string[], dialect: Dialect): WrittenClause {
  return new ClauseWriter(plan, new Set(columns), dialect).clause();
}

class ClauseWriter {
  private readonly asked = new Map<string, Truth>();

  constructor(
    private readonly plan: Plan,
    private readonly columns: ReadonlySet<string>,
    private readonly dialect: Dialect,
  ) {}

  clause(): WrittenClause {
    const { plan } = this;
    const parts = plan.parts.map((part) => ({
      passes: all(part.conditions.map((condition) => this.passes(condition.tests))),
      limits: part.limits.map((limit) => this.limit(limit)),
    }));
    const limits = plan.limits.map((limit) => this.limit(limit));
    const found = [...parts.flatMap((part) => part.limits.map((one) => ({ ...one, passes: part.passes }))), ...limits];
    const unit = found
      .flatMap(({ terms }) => terms)
      .reduce((units, { denominator }) => commonMultiple(units, denominator), 1n);
    const most = found
      .map(({ terms }) => terms.reduce((sum, term) => sum + (term.most * unit) / term.denominator, 0n))
      .reduce((sum, one) => sum + one, 2n * unit);
    // Twice: the award is rounded as (2 × amount + unit) / (2 × unit).
    const wide = 2n * most > MOST_64;
    if (2n * most > MOST_WIDE) {
      const { name } = plan.entry.instrument;
      throw refuse(
        `“${name.zh}”的数字超出数据库的整数范围`,
        `the numbers of ${name.en} exceed the whole numbers of a database`,
      );
    }
    const write = (one: FoundLimit, passes: Truth = true): WrittenLimit => {
      const there = all([passes, one.passes, not(one.none)]);
      const terms = one.terms.filter(({ numerator }) => numerator !== 0n);
      const sum = terms.map((term) => this.product(term, unit, wide)).join(" + ") || this.cast("0", wide);
      const used = one.limit.used === undefined ? undefined : this.number(one.limit.used);
      const taken = !used || used.constant === 0n ? sum : `${sum} - ${this.times(used.sql, unit, wide)}`;
      // Only what is taken off, or counts against another term, can lead below nothing.
      const amount = taken === sum && !/-/.test(sum) ? sum : `greatest(${taken}, 0)`;
      const sql =
        there === true
          ? amount
          : there === false
            ? "NULL"
            : `CASE WHEN ${written(there, this.dialect)} THEN ${amount} END`;
      const same = there === true && taken === sum && terms.every(({ varying }) => !varying.length);
      const large = one.terms.reduce((most, term) => most + term.most / term.denominator, 0n) > BigInt(MAX_SUM);
      return { limit: one.limit, sql, same, large, ...(used?.constant !== 0n && used && { used: used.sql }) };
    };
    return {
      unit,
      wide,
      outcome: this.outcome(found),
      missing: this.missing(),
      parts: parts.map((part) => part.limits.map((one) => write(one, part.passes)).filter(isThere)),
      limits: limits.map((one) => write(one)).filter(isThere),
      ...(plan.minus !== undefined && this.columns.has(plan.minus) && { minus: this.number(plan.minus).sql }),
      ...(plan.times !== undefined && { pieces: this.pieces(plan.times) }),
      had: plan.inForce && plan.again?.had ? this.passes(plan.again.had) : false,
      totals: this.totals(),
      chosen:
        plan.inForce && plan.route?.chosen !== undefined
          ? this.passes([{ kind: "is", input: plan.route.chosen, oneOf: [true] }])
          : false,
      asked: this.asked,
    };
  }

  /** A row counts where it is complete and admissible, but for the conditions that look at totals themselves. */
  private totals(): WrittenClause["totals"] {
    const { plan } = this;
    if (!plan.totals.length) return [];
    const conditions = plan.conditions.filter(({ tests }) => !tests.some((test) => asksTotal(test, plan)));
    const counts = all([
      plan.inForce,
      not(any(this.lacks().map(([truth]) => truth))),
      ...conditions.map(({ tests }) => this.passes(tests)),
    ]);
    return plan.totals.map(({ of, before }) => ({
      counted: firstOf([[counts, this.number(of).sql]], "0"),
      of: this.number(of).sql,
      before: before === undefined || !plan.inForce ? "0" : this.number(before).sql,
    }));
  }

  private outcome(found: readonly (FoundLimit & { passes: Truth; partPasses?: Truth })[]): string {
    const { plan } = this;
    if (!plan.inForce) return this.dialect.literal("not-in-force");
    const reached = (quality: "open" | "aboveCeiling"): Truth =>
      any(found.map((one) => all([one.passes, one.reached, one[quality]])));
    const eligible = all(plan.conditions.map((condition) => this.passes(condition.tests)));
    const rows: (readonly [Truth, string])[] = [
      [any(this.lacks().map(([truth]) => truth)), "incomplete"],
      [reached("aboveCeiling"), "above-ceiling"],
      [not(eligible), "not-eligible"],
      ...(plan.grades.length
        ? [[any(plan.grades.flatMap(({ anyOf }) => anyOf.map((tests) => this.passes(tests)))), "label"] as const]
        : []),
      [plan.grades.length || !plan.parts.length ? true : reached("open"), "unquantified"],
    ];
    return firstOf(
      rows.map(([truth, outcome]) => [truth, this.dialect.literal(outcome)]),
      this.dialect.literal("award"),
      "\n  ",
    );
  }

  private lacks(): (readonly [Truth, string])[] {
    return this.plan.required.map(({ input, tests }) => [all([not(this.given(input)), this.passes(tests)]), input]);
  }

  private missing(): string {
    const lacks = this.plan.inForce ? this.lacks().filter(([truth]) => truth !== false) : [];
    if (!lacks.length) return this.dialect.noText;
    return this.dialect.listed(lacks.map((one) => firstOf([[one[0], this.dialect.literal(one[1])]], "NULL")));
  }

  private limit(limit: PlanLimit): FoundLimit {
    const terms = limit.terms.map((term) => this.term(term));
    const quality = (name: "none" | "open" | "aboveCeiling"): Truth =>
      any(terms.flatMap(({ figures }) => figures.map((figure) => figure[name])));
    return {
      limit,
      terms,
      passes: this.passes(limit.tests),
      reached: this.passes(limit.tests),
      none: quality("none"),
      open: quality("open"),
      aboveCeiling: quality("aboveCeiling"),
    };
  }

  private term({ factors, figures }: PlanTerm): Term {
    const written = figures.map((figure) => this.figure(figure));
    const inputs = factors.map(({ input, per }) => ({ ...this.number(input), per: BigInt(per) }));
    const denominator = [
      ...inputs.map(({ scale, per }) => scale * per),
      ...written.map((figure) => figure.denominator),
    ].reduce((product, one) => product * one, 1n);
    const most = [...inputs, ...written].reduce((product, one) => product * one.most, 1n);
    const fixed = [...inputs, ...written].reduce((product, one) => product * (one.constant ?? 1n), 1n);
    const lowestTerms = lowest(ratio(fixed, denominator));
    return {
      figures: written,
      varying: [...inputs, ...written].filter((one) => one.constant === undefined).map(({ sql }) => sql),
      numerator: lowestTerms.n,
      denominator: lowestTerms.d,
      most: (most * lowestTerms.d) / denominator,
    };
  }

  private figure({ cases, lever }: PlanFigure): Written {
    const tests = cases.map((one) => this.passes(one.tests));
    const values = cases.map(({ value }) => this.value(value));
    const whatIf = lever !== undefined && this.columns.has(lever) ? this.number(lever) : undefined;
    const asGiven = whatIf && this.given(lever!);
    const denominator = [...values.map(({ scale }) => scale), whatIf?.scale ?? 1n].reduce(commonMultiple, 1n);
    const scaled = ({ sql, scale, constant: fixed }: Quantity): string =>
      fixed === undefined ? this.scaled(sql, denominator / scale) : this.dialect.number(fixed * (denominator / scale));
    const rows = [
      ...(whatIf ? [[asGiven!, scaled(whatIf)] as const] : []),
      ...values.map((value, c) => [tests[c]!, scaled(value)] as const),
    ];
    const quality = (name: "none" | "open" | "aboveCeiling"): Truth =>
      all([
        not(asGiven ?? false),
        firstIs(
          values.map((value, c) => [tests[c]!, value[name]]),
          this.dialect,
        ),
      ]);
    const sql = firstOf(rows, "0");
    const constants = values.map(({ constant: fixed = 0n, scale }) => fixed * (denominator / scale));
    const same = [0n, ...constants].find((value) => this.dialect.number(value) === sql);
    return {
      sql: /^\S+$/.test(sql) ? sql : `(${sql})`,
      denominator,
      most: [...values, ...(whatIf ? [whatIf] : [])]
        .map(({ most, scale }) => most * (denominator / scale))
        .reduce((a, b) => (a > b ? a : b), 0n),
      ...(same !== undefined && { constant: same }),
      none: quality("none"),
      open: quality("open"),
      aboveCeiling: quality("aboveCeiling"),
    };
  }

  private value(value: PlanValue): Quantity & Pick<Written, "none" | "open" | "aboveCeiling"> {
    const plain = { none: false, open: false, aboveCeiling: false };
    if (value.kind === "none") return { ...constant(ratio(0)), ...plain, none: true };
    if (value.kind === "number") return { ...constant(value.number), ...plain };
    const { input, otherwise, ceiling, below } = value;
    const own = this.quantity(input);
    if (!own) return { ...constant(otherwise ?? ratio(0)), ...plain, open: !otherwise };
    const bounds = [
      ...(ceiling ? [this.compares(own, ">", constant(ceiling))] : []),
      ...below.flatMap((bound) => {
        const limit = typeof bound === "string" ? this.quantity(bound) : constant(bound);
        return limit ? [this.compares(own, ">=", limit)] : [];
      }),
    ];
    const missing = this.absent(input);
    const instead = otherwise ?? ratio(0);
    const scale = commonMultiple(own.scale, instead.d);
    const other = (instead.n * scale) / instead.d;
    return {
      ...plain,
      sql: firstOf([[missing, this.dialect.number(other)]], this.scaled(own.sql, scale / own.scale)),
      scale,
      most: own.most * (scale / own.scale) > other ? own.most * (scale / own.scale) : other,
      open: otherwise ? false : missing,
      aboveCeiling: all([not(missing), any(bounds)]),
    };
  }

  /** A number that the row has or a default gives; undefined where no row can have it. May be NULL. */
  private quantity(input: string): Quantity | undefined {
    const range = this.plan.totals.some(({ name }) => name === input)
      ? { scale: 1n, most: BigInt(MAX_SUM) }
      : this.plan.inputs[input] && rangeOf(this.plan.inputs[input]);
    const fallback = this.plan.defaults[input];
    if (!this.columns.has(input) || !range) return typeof fallback === "object" ? constant(fallback) : undefined;
    const column = this.dialect.quoted(inputColumn(input));
    if (typeof fallback !== "object") return { sql: column, ...range };
    return { sql: `coalesce(${column}, ${(fallback.n * range.scale) / fallback.d})`, ...range };
  }

  /** Whether a number is neither in the row nor given by a default. */
  private absent(input: string): Truth {
    return typeof this.plan.defaults[input] === "object" ? false : not(this.given(input));
  }

  /** The same, where nothing counts as zero. */
  private number(input: string): Quantity {
    const found = this.quantity(input);
    if (!found) return constant(ratio(0));
    return this.absent(input) === false ? found : { ...found, sql: `coalesce(${found.sql}, 0)` };
  }

  private pieces(input: string): string {
    const { sql, scale } = this.number(input);
    return scale === 1n ? sql : this.dialect.quotient(sql, scale);
  }

  private given(input: string): Truth {
    return this.columns.has(input) && `${this.dialect.quoted(inputColumn(input))} IS NOT NULL`;
  }

  private passes(tests: readonly PlanTest[]): Truth {
    return all(tests.map((test) => this.test(test)));
  }

  private test(test: PlanTest): Truth {
    switch (test.kind) {
      case "given":
        return test.given ? this.given(test.input) : not(this.given(test.input));
      case "is":
        return this.is(test.input, test.oneOf);
      case "bound": {
        const own = this.quantity(test.input);
        if (!own) return false;
        const compared = this.compares(own, test.op, constant(test.than));
        return this.absent(test.input) === false
          ? compared
          : `coalesce(${written(compared, this.dialect)}, ${written(false, this.dialect)})`;
      }
      case "ratio":
        return this.ratio(test);
      case "within":
        return this.within(test);
      case "any":
        return any(test.anyOf.map((group) => this.passes(group)));
      case "any-row": {
        const own = all([...this.plan.conditions.map((one) => this.passes(one.tests)), this.passes(test.tests)]);
        const name = `asked_${this.asked.size + 1}`;
        const known = [...this.asked].find(([, truth]) => truth === own);
        if (!known) this.asked.set(name, own);
        return this.dialect.quoted(known?.[0] ?? name);
      }
    }
  }

  private is(input: string, oneOf: readonly (string | boolean)[]): Truth {
    const fallback = this.plan.defaults[input];
    const byDefault = (typeof fallback === "string" || typeof fallback === "boolean") && oneOf.includes(fallback);
    if (!this.columns.has(input)) return byDefault;
    const column = this.dialect.quoted(inputColumn(input));
    if (oneOf.length === 1 && oneOf[0] === true) return `coalesce(${column}, ${written(byDefault, this.dialect)})`;
    if (oneOf.length === 1 && oneOf[0] === false)
      return `NOT coalesce(${column}, ${written(!byDefault, this.dialect)})`;
    const options = oneOf.map((value) =>
      typeof value === "string" ? this.dialect.literal(value) : written(value, this.dialect),
    );
    const among = `${column} IN (${options.join(", ")})`;
    return byDefault ? any([not(this.given(input)), among]) : all([this.given(input), among]);
  }

  private ratio({ of, less, to, op, than }: RatioTest): Truth {
    const [amount, divisor] = [this.number(of), this.number(to)];
    const taken = less === undefined ? constant(ratio(0)) : this.number(less);
    const scale = commonMultiple(amount.scale, taken.scale);
    const difference = `${this.scaled(this.cast(amount.sql), scale / amount.scale)} - ${this.scaled(taken.sql, scale / taken.scale)}`;
    const left = this.scaled(`(${difference})`, divisor.scale * than.d);
    const right = this.scaled(this.cast(divisor.sql), than.n * scale);
    return all([`${divisor.sql} > 0`, `${left} ${op} ${right}`]);
  }

  private within({ input, of, span }: WithinTest): Truth {
    const [day, start] = [this.quantity(input), this.quantity(of)];
    if (!day || !start) return false;
    return `coalesce(${withinSpan(day.sql, start.sql, span, this.dialect)}, ${written(false, this.dialect)})`;
  }

  private compares(a: Quantity, op: string, b: Quantity): Truth {
    const scale = commonMultiple(a.scale, b.scale);
    const side = ({ sql, scale: own, most, constant: fixed }: Quantity): string => {
      const times = scale / own;
      if (fixed !== undefined) return this.dialect.number(fixed * times);
      return this.scaled(most * times > MOST_64 ? this.cast(sql) : sql, times);
    };
    if (a.constant !== undefined && b.constant !== undefined) {
      const [left, right] = [a.constant * b.scale, b.constant * a.scale];
      return op === ">=" ? left >= right : op === ">" ? left > right : op === "<=" ? left <= right : left < right;
    }
    return `${side(a)} ${op} ${side(b)}`;
  }

  private product({ varying, numerator, denominator }: Term, unit: bigint, wide: boolean): string {
    const coefficient = numerator * (unit / denominator);
    const [first, ...others] = varying;
    if (first === undefined) return this.cast(this.dialect.number(coefficient), wide);
    // A column of 64 bits carries the product; a number that a case yields can be narrower.
    const carrier = !wide && /^("|coalesce)/.test(first) ? first : this.cast(first, wide);
    return [carrier, ...others, ...(coefficient === 1n ? [] : [this.dialect.number(coefficient)])].join(" * ");
  }

  private times(sql: string, unit: bigint, wide: boolean): string {
    return this.scaled(wide ? this.cast(sql) : sql, unit);
  }

  private scaled(sql: string, times: bigint): string {
    return times === 1n ? sql : `${sql} * ${this.dialect.number(times)}`;
  }

  private cast(sql: string, wide = true): string {
    return wide ? this.dialect.wide(sql) : this.dialect.whole(sql);
  }
}

/** A limit that no row of the table can have is left out. */
const isThere = ({ sql }: WrittenLimit): boolean => sql !== "NULL";

interface Term {
  readonly figures: readonly Written[];
  /** Factors and figures that differ from row to row. */
  readonly varying: readonly string[];
  /** What all others come to. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The largest numerator times what varies. */
  readonly most: bigint;
}

interface FoundLimit {
  readonly limit: PlanLimit;
  readonly terms: readonly Term[];
  readonly passes: Truth;
  readonly reached: Truth;
  readonly none: Truth;
  readonly open: Truth;
  readonly aboveCeiling: Truth;
}
