/** What the steps of a query share: the clauses, the accounts that rows draw on, and how amounts are written. */
import { allowancesOf, MAX_SUM, ownerOf, partInput, type Allowance, type Plan, type Rounding } from "../../rules";
import { inputColumn, type WrittenClause, type WrittenLimit } from "./clause";
import type { Column, Dialect, Group } from "./dialect";
import { written, type Truth } from "./truth";

/** Where the claims stand. Money is BIGINT fen, flags BOOLEAN (UInt8 in ClickHouse), choices TEXT, days DATE or BIGINT 20260610, other numbers as rangeOf() says. */
export interface ClaimsTable {
  /** Parts of the name: schema, table. */
  readonly name: readonly string[];
  /** A whole number by which rows are told apart and drawn in order. */
  readonly row: string;
  /** Only where plans of several years are given. */
  readonly year?: string;
  readonly firm?: string;
  readonly object?: string;
  /** Columns by input; inputs without one are given in no row. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Written {
  readonly plan: Plan;
  readonly clause: WrittenClause;
}

export interface Account {
  readonly name: string;
  readonly amount: string;
  readonly shared: readonly WrittenLimit[];
  readonly allowance: Allowance;
  /** What must be the same in all rows that draw on an account, and what rows give as granted before. */
  readonly varying: readonly string[];
  readonly given: readonly string[];
}

export class Frame {
  readonly first: Written;

  constructor(
    readonly clauses: readonly Written[],
    readonly table: ClaimsTable,
    readonly dialect: Dialect,
  ) {
    this.first = clauses[0]!;
  }

  /** The columns of step "claims". */
  get claimColumns(): Column[] {
    return [
      ...ROW,
      ...Object.keys(this.table.inputs).map((input) => ({ ...plain(inputColumn(input)), nullable: true })),
    ];
  }

  /** The columns of step "alone". */
  get aloneColumns(): Column[] {
    const { parts, limits, minus, pieces } = this.first.clause;
    const all = [...parts.flat(), ...limits];
    return [
      ...ROW,
      ...this.accountColumns,
      plain("outcome"),
      { ...plain("missing"), nullable: true },
      ...all.map((one) => ({ ...this.amount(limitColumn(one)), nullable: true })),
      ...all.flatMap(({ limit, used }) => (limit.allowance && used ? [plain(usedColumn({ limit }))] : [])),
      ...(minus === undefined ? [] : [plain("minus")]),
      ...(pieces === undefined ? [] : [plain("pieces")]),
      ...(this.tellsHad ? [plain("had")] : []),
      ...(this.tellsChosen ? [plain("chosen")] : []),
      ...parts.map((_, p) => this.amount(`part_${p}`)),
      ...this.accounts().map(({ name }) => ({ ...this.amount(`room_${name}`), nullable: true })),
    ];
  }

  /** Inputs that tell accounts apart, of those that the table has. */
  get accountInputs(): string[] {
    const asked = allowancesOf(this.first.plan).flatMap((allowance) => [allowance.by, partInput(allowance)]);
    return Object.keys(this.table.inputs).filter((input) => asked.includes(input));
  }

  get accountColumns(): Column[] {
    return this.accountInputs.map((input) => ({ ...plain(accountColumn(input)), nullable: true }));
  }

  /** Whether rows of the table can have an account there. */
  hasAccount(allowance: Allowance): boolean {
    const { firm, object, inputs } = this.table;
    const part = partInput(allowance);
    const isOwned =
      allowance.by === undefined ? ownerOf(allowance, firm, object) !== undefined : allowance.by in inputs;
    return isOwned && (part === undefined || part in inputs);
  }

  /** The columns that name the owner: the one that ownerOf() asks first, and where it is blank, the other. */
  ownerColumns(allowance: Allowance): string[] {
    if (allowance.by !== undefined) return [accountColumn(allowance.by)];
    if (allowance.unnamed) return ["object"];
    const own = ownerOf(allowance, "firm", "object")!;
    return [own, `CASE WHEN ${own} IS NULL THEN ${own === "firm" ? "object" : "firm"} END`];
  }

  /** The columns that tell accounts apart: the owner, and the term that the year belongs to. */
  accountOf(allowance: Allowance): string[] {
    const { period } = allowance;
    const owner = this.ownerColumns(allowance);
    if (period === "policy") return owner;
    if (typeof period === "object") return [...owner, termName({ ...allowance, period })];
    const part = partInput(allowance);
    return [...owner, "claim_year", ...(part === undefined ? [] : [accountColumn(part)])];
  }

  /** Whether a row has an account. */
  owned(allowance: Allowance): string {
    const part = partInput(allowance);
    const [own, other] = this.ownerColumns(allowance);
    const isOwned = other === undefined ? `${own!} IS NOT NULL` : "(firm IS NOT NULL OR object IS NOT NULL)";
    return part === undefined ? isOwned : `(${isOwned} AND ${accountColumn(part)} IS NOT NULL)`;
  }

  get objectColumns(): Column[] {
    const added = [...this.terms.map(termName), "repeated", "unsure"];
    return [...this.aloneColumns, ...added.map(plain)];
  }

  /** Where rows draw: by part, or for limits over the sum of the parts, the shared limits and the amount that is drawn. */
  accounts(): Account[] {
    const { clause } = this.first;
    const places = [
      ...clause.parts.map((limits, p) => ({ name: String(p), amount: `part_${p}`, limits })),
      { name: "sum", amount: this.capped(), limits: clause.limits },
    ];
    return places.flatMap(({ name, amount, limits }) => {
      const shared = limits.filter(({ limit: { allowance } }) => allowance && this.hasAccount(allowance));
      const [first] = shared;
      if (!first) return [];
      const alike = this.clauses.length === 1 && shared.every(({ same }) => same);
      const varying = [
        ...(alike ? [] : [`room_${name}`]),
        ...(shared.length > 1 ? shared.map((one) => `CASE WHEN ${limitColumn(one)} IS NULL THEN 1 ELSE 0 END`) : []),
      ];
      return [
        {
          name,
          amount,
          shared,
          allowance: first.limit.allowance!,
          varying,
          given: shared.filter(({ used }) => used).map(usedColumn),
        },
      ];
    });
  }

  /** Where the room of an account may be more than its rows can draw and stay exact. */
  largeRooms(): string[] {
    const large = this.accounts().filter(({ shared }) => shared.every((one) => one.large));
    return large.map(({ name }) => `coalesce(room_${name}, 0) > ${this.dialect.number(BigInt(MAX_SUM))}`);
  }

  /** What the row gives as granted to its object before. */
  gotBefore(): string[] {
    const given = this.accounts().flatMap(({ allowance, given: own }) => (allowance.scope === "object" ? own : []));
    return given.length > 1 ? [`greatest(${given.join(", ")})`] : given;
  }

  /** The allowances of several years in a row. */
  get terms(): Term[] {
    return termsIn(this.accounts().map(({ allowance }) => allowance));
  }

  /** The first year in which the owner has a row that passes: years in a row are counted from it. */
  firstYear(term: Term, as: string, passes: string): Group {
    return {
      name: as,
      by: this.ownerColumns(term),
      where: this.owned(term),
      order: ["row_no"],
      folds: [{ as, kind: "least", value: `CASE WHEN ${passes} THEN claim_year ELSE ${NO_YEAR} END` }],
    };
  }

  /** Whether of the rows of one object only one is paid in a year. */
  get paysObjectOnce(): boolean {
    const { entry, again } = this.first.plan;
    return this.table.object !== undefined && !(entry.instrument.tranches ?? again);
  }

  again(): Plan["again"] {
    const { again } = this.first.plan;
    return again && this.hasAccount(again) ? again : undefined;
  }

  /** Whether rows can give that they are the route that was taken for their object. */
  get tellsChosen(): boolean {
    return this.table.object !== undefined && this.clauses.some(({ clause }) => clause.chosen !== false);
  }

  /** Whether rows can give that an award which is granted once was had before. */
  get tellsHad(): boolean {
    return this.again() !== undefined && this.clauses.some(({ clause }) => clause.had !== false);
  }

  capped(): string {
    const { parts, limits } = this.first.clause;
    const sum = this.together(parts.map((_, p) => `part_${p}`));
    return limits.length ? this.leastGiven([sum, ...limits.map(limitColumn)]) : sum;
  }

  /** The sum of the parts, or the highest of them. */
  together(parts: readonly string[]): string {
    if (parts.length > 1 && this.first.plan.highest) return `greatest(${parts.join(", ")})`;
    return parts.join(" + ") || "0";
  }

  amount(name: string): Column {
    return { name, nullable: false, wide: this.clauses.some(({ clause }) => clause.wide) };
  }

  written(truth: Truth): string {
    return written(truth, this.dialect);
  }

  leastGiven(amounts: readonly string[]): string {
    return amounts.length > 1 ? this.dialect.leastGiven(amounts) : (amounts[0] ?? "0");
  }

  /** Nothing where no limit is. */
  least(limits: readonly string[]): string {
    return limits.length ? `coalesce(${this.leastGiven(limits)}, 0)` : "0";
  }

  /** Less what is taken off, where the clause takes something off. */
  rest(amount: string, minus: string): string {
    const { clause } = this.first;
    if (minus === "minus" && clause.minus === undefined) return amount;
    return `greatest(${amount} - ${this.inUnits(minus)}, 0)`;
  }

  /** An amount in fen, in the units of the limits. */
  inUnits(fen: string): string {
    const { unit } = this.first.clause;
    const { wide } = this.amount("");
    return unit === 1n ? fen : `${wide ? this.dialect.wide(fen) : fen} * ${this.dialect.number(unit)}`;
  }

  greatestMinus(amount: string): string {
    return this.first.clause.minus === undefined ? amount : `greatest(minus, ${amount})`;
  }

  leftColumn(one: WrittenLimit): string {
    const shared = this.accounts().some((account) => account.shared.includes(one));
    return shared ? leftColumn(one) : limitColumn(one);
  }

  /** As the award of a row is rounded. */
  rounded(amount: string): string {
    return this.inSteps(amount, this.first.plan.rounding);
  }

  /** As what a row draws on shared limits is rounded. */
  drawn(amount: string): string {
    return this.inSteps(amount, this.first.plan.drawn);
  }

  private inSteps(amount: string, rounding: Rounding): string {
    const { minimum } = rounding;
    const fen = this.wholeSteps(amount, rounding);
    if (!minimum) return fen;
    const least = this.dialect.number(BigInt(minimum.fen));
    const otherwise = this.dialect.number(BigInt(minimum.otherwise));
    return `CASE WHEN ${fen} >= ${least} THEN ${fen} WHEN ${fen} > 0 THEN ${otherwise} ELSE 0 END`;
  }

  private wholeSteps(amount: string, { step, half }: Rounding): string {
    const unit = this.first.clause.unit * BigInt(step);
    if (unit === 1n) return amount;
    const steps = half
      ? this.dialect.quotient(`2 * (${amount}) + ${this.dialect.number(unit)}`, 2n * unit)
      : this.dialect.quotient(amount, unit);
    return step === 1 ? steps : `(${steps}) * ${step}`;
  }
}

export const ROW: readonly Column[] = [
  { name: "row_no", nullable: false, wide: false },
  { name: "claim_year", nullable: false, wide: false },
  { name: "firm", nullable: true, wide: false },
  { name: "object", nullable: true, wide: false },
  { name: "beyond", nullable: false, wide: false },
];

export const plain = (name: string): Column => ({ name, nullable: false, wide: false });

/** Column of an input that tells accounts apart; its name is plain. */
export const accountColumn = (input: string): string => `account_${input}`;

/** Later than any year. */
export const NO_YEAR = 9999;
export const MOST_64 = 2n ** 63n - 1n;

export type Term = Allowance & { readonly period: { readonly years: number } };
export const termName = ({ scope, by, period }: Term): string => `term_of_${period.years}_by_${by ?? scope}`;
const isTerm = (allowance: Allowance): allowance is Term => typeof allowance.period === "object";
/** Those over several years in a row, each once. */
export const termsIn = (allowances: readonly Allowance[]): Term[] => [
  ...new Map(allowances.filter(isTerm).map((term) => [termName(term), term])).values(),
];

/** Of each limit, by the number that the comments and `limit_no` give it: what it is, what was granted under it before, what it leaves. */
export const limitColumn = ({ limit }: Pick<WrittenLimit, "limit">): string => `limit_${limit.index + 1}`;
export const usedColumn = ({ limit }: Pick<WrittenLimit, "limit">): string => `used_${limit.index + 1}`;
export const leftColumn = ({ limit }: Pick<WrittenLimit, "limit">): string => `left_${limit.index + 1}`;
