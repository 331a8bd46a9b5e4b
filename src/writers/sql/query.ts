/**
 * A plan as one SQL query over a table of claims: one more reader of the fold. Steps with names follow one another as in the
 * working paper: each limit alone, what rows before drew on a shared one, the award.
 *
 * A limit that rows share has a closed form. With l the amount of a row alone and R the room of the account, what rows 1…i
 * drew is min(l₁ + … + lᵢ, R). It holds while all rows of an account have the same room; the rows of an account in which they
 * differ are marked `by_columns`, as are numbers beyond the whole numbers here: those rows are left to columnsAwards().
 */
import { MAX_FEN, ownerOf, refuse, type Allowance, type Plan, type Refusal } from "../../rules";
import { noticesOf, windowWords, STATUS } from "../terms";
import { limitLine } from "../words";
import { clauseOf, rangeOf, type WrittenClause, type WrittenLimit } from "./clause";
import { comment, quoted, type Dialect } from "./dialect";
import { written, type Truth } from "./truth";

/** Where the claims stand. Money is BIGINT fen, flags BOOLEAN, choices TEXT, other numbers as rangeOf() says. */
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

/**
 * The query; one row of result per claim: `row_no`, `award_fen` (0 unless awarded), `outcome` (as Outcome of the rules),
 * `limit_no` (the limit that decides, as the comments number them), `missing` (inputs that an incomplete row lacks),
 * `by_columns`.
 * @param plans one per year, all of one instrument
 * @throws Refusal where the clause has no form in SQL, with the reason
 */
export function sqlOf(plans: readonly Plan[], table: ClaimsTable, dialect: Dialect): string {
  const writer = new QueryWriter(plans, table, dialect);
  return writer.query();
}

interface Written {
  readonly plan: Plan;
  readonly clause: WrittenClause;
}

interface Account {
  readonly name: string;
  readonly amount: string;
  readonly shared: readonly WrittenLimit[];
  readonly allowance: Allowance;
  /** What must be the same in all rows of an account. */
  readonly varying: readonly string[];
}

const indented = (text: string, by = "  "): string => text.replace(/^(?=.)/gm, by);
const selected = (columns: readonly string[]): string => indented(columns.join(",\n"));

class QueryWriter {
  private readonly clauses: readonly Written[];
  private readonly first: Written;

  constructor(
    plans: readonly Plan[],
    private readonly table: ClaimsTable,
    private readonly dialect: Dialect,
  ) {
    const inputs = Object.keys(table.inputs);
    this.clauses = plans.map((plan) => ({ plan, clause: clauseOf(plan, inputs, dialect) }));
    this.first = this.clauses[0]!;
    for (const { plan } of this.clauses) checkForm(plan);
    // The steps behind the limits are written once, from the first year.
    if (new Set(this.clauses.map(shapeOf)).size > 1)
      throw unwritten(this.first.plan, "各年的条款结构不同", "the clause has another structure in other years");
  }

  query(): string {
    const steps: [string, string][] = [["claims", this.claims()]];
    const asked = [...this.first.clause.asked];
    if (asked.length) steps.push(["answered", this.answered(asked)]);
    for (const one of this.clauses)
      steps.push([this.aloneName(one), this.alone(one, asked.length ? "answered" : "claims")]);
    steps.push(["alone", this.together()]);
    steps.push(["objects", this.objects()]);
    const shares = this.accounts().length > 0 || this.again() !== undefined;
    if (shares) steps.push(["asked", this.asked()], ["shared", this.shared()]);
    steps.push(["parts", this.parts(shares ? "shared" : "objects")]);
    steps.push(["awards", this.awards()]);
    const head = this.heading().map(comment).join("\n");
    const body = steps.map(([name, text]) => `${quoted(name)} AS (\n${indented(text)}\n)`).join(",\n");
    return `${head}\nWITH\n${body}\n${this.result()}`;
  }

  private heading(): string[] {
    const { instrument, document } = this.first.plan.entry;
    const years = this.clauses.map(({ plan }) => plan.claim.year).join(", ");
    return [
      `${instrument.name.zh} · ${instrument.name.en} [${instrument.id}] · ${years}`,
      `《${document.title.zh}》${document.number ?? ""} ${instrument.article} · ${STATUS[document.status].zh} · ${windowWords(document, "zh", this.first.plan.readings)}`,
      ...noticesOf(document, "zh"),
      ...[instrument.quote].flat().map((quote) => `“${quote}”`),
      `读法 readings: ${Object.entries(this.first.plan.readings)
        .map(([name, option]) => `${name}=${option}`)
        .join(", ")}`,
      `金额以分计；一分为 ${this.first.clause.unit} 个计算单位 · amounts in fen, ${this.first.clause.unit} units each`,
    ];
  }

  private rangeOf(input: string): ReturnType<typeof rangeOf> {
    const declared = this.first.plan.inputs[input];
    return declared && rangeOf(declared);
  }

  /** The table's columns; a number beyond what is computed here is left out, and its row marked. */
  private claims(): string {
    const { name, row, year, firm, object, inputs } = this.table;
    const beyond = Object.entries(inputs).flatMap(([input, column]) => {
      const range = this.rangeOf(input);
      return range ? [`coalesce(${quoted(column)} NOT BETWEEN 0 AND ${range.most}, FALSE)`] : [];
    });
    return `SELECT\n${selected([
      `${quoted(row)} AS row_no`,
      `${year === undefined ? String(this.first.plan.claim.year) : quoted(year)} AS claim_year`,
      `${firm === undefined ? "CAST(NULL AS VARCHAR)" : quoted(firm)} AS firm`,
      `${object === undefined ? "CAST(NULL AS VARCHAR)" : quoted(object)} AS object`,
      ...Object.entries(inputs).map(([input, column]) => {
        const range = this.rangeOf(input);
        if (!range) return `${quoted(column)} AS ${quoted(input)}`;
        return `CASE WHEN ${quoted(column)} BETWEEN 0 AND ${range.most} THEN ${quoted(column)} END AS ${quoted(input)}`;
      }),
      `(${beyond.length ? beyond.join(" OR ") : "FALSE"}) AS beyond`,
    ])}\nFROM ${name.map(quoted).join(".")}`;
  }

  /** Whether one admissible row of the firm and year is such as the clause asks for. */
  private answered(asked: readonly (readonly [string, Truth])[]): string {
    const answers = asked.map(
      ([name, truth]) =>
        `CASE WHEN firm IS NULL THEN ${written(truth)} ELSE bool_or(${written(truth)}) OVER (PARTITION BY firm, claim_year) END AS ${quoted(name)}`,
    );
    return `SELECT\n${selected(["*", ...answers])}\nFROM claims`;
  }

  private aloneName({ plan }: Written): string {
    return this.clauses.length > 1 ? `alone_${plan.claim.year}` : "alone_rows";
  }

  /** Every limit of each row, before other rows. */
  private alone({ plan, clause }: Written, from: string): string {
    const limits = [...clause.parts.flat(), ...clause.limits];
    const lines = limits.flatMap((one) => [
      `${comment(`${one.limit.index + 1} ${limitLine(one.limit, plan, "zh")} · ${limitLine(one.limit, plan, "en")}`)}\n${one.sql} AS limit_${one.limit.index}`,
      ...(one.limit.allowance && one.used ? [`${one.used} AS used_${one.limit.index}`] : []),
    ]);
    const columns = [
      "row_no, claim_year, firm, object, beyond",
      `${clause.outcome} AS outcome`,
      `${clause.missing} AS missing`,
      ...lines,
      ...(clause.minus === undefined ? [] : [`${clause.minus} AS minus`]),
      ...(clause.pieces === undefined ? [] : [`${clause.pieces} AS pieces`]),
    ];
    const where = this.clauses.length > 1 ? `\nWHERE claim_year = ${plan.claim.year}` : "";
    return `SELECT\n${selected(columns)}\nFROM ${from}${where}`;
  }

  private together(): string {
    const rows = this.clauses.map((one) => `SELECT * FROM ${this.aloneName(one)}`).join("\n  UNION ALL\n  ");
    const { parts } = this.first.clause;
    const amounts = parts.map((limits, p) => `${least(limits.map(limitColumn))} AS part_${p}`);
    const rooms = this.accounts().map(
      ({ name, shared }) => `${this.halfUp(leastOf(shared.map(limitColumn)))} AS room_${name}`,
    );
    return `SELECT\n${selected(["each_row.*", ...amounts, ...rooms])}\nFROM (\n  ${rows}\n) each_row`;
  }

  /** One object is paid once a year, by its highest award; the earlier row among equals. */
  private objects(): string {
    const { plan, clause } = this.first;
    const hasObjects = this.table.object !== undefined;
    const tranches = Boolean(plan.entry.instrument.tranches ?? plan.again);
    const paid = `outcome = 'award' AND alone_fen <= ${MAX_FEN}`;
    const place = `row_number() OVER (PARTITION BY object, claim_year, ${paid} ORDER BY alone_fen DESC, row_no)`;
    const repeated = hasObjects && !tranches ? `(object IS NOT NULL AND ${paid} AND ${place} > 1)` : "FALSE";
    // Which row of an object stays is not known beside a row that is left to the columns; nor where what a row gets alone
    // is asked of itself, but among others of its firm.
    const unknown = clause.asked.size > 0 ? "count(*)" : "count(*) FILTER (WHERE beyond)";
    const unsure = hasObjects
      ? ` OR (object IS NOT NULL AND ${unknown} OVER (PARTITION BY object, claim_year) > ${clause.asked.size > 0 ? 1 : 0})`
      : "";
    // Years in a row count from the first one in force in which the owner claims.
    const terms = [...new Set(this.accounts().map(({ allowance }) => allowance))].flatMap((allowance) => {
      if (typeof allowance.period !== "object") return [];
      const inForce = "CASE WHEN outcome <> 'not-in-force' THEN claim_year END";
      const since = `(claim_year - min(${inForce}) OVER (PARTITION BY ${ownerColumns(allowance)}))`;
      return [`${this.dialect.quotient(since, String(allowance.period.years))} AS ${termName(allowance.period)}`];
    });
    const pieces = clause.pieces === undefined ? "" : " * pieces";
    return `SELECT\n${selected([
      "counted.*",
      ...terms,
      `${repeated} AS repeated`,
      `(beyond OR alone_fen > ${MAX_FEN}${unsure}) AS unsure`,
    ])}\nFROM (\n  SELECT alone.*, (${this.rounded(this.rest(this.capped(), "minus"))})${pieces} AS alone_fen FROM alone\n) counted`;
  }

  /** What each row asks of each account. */
  private asked(): string {
    const draws = this.accounts().flatMap(({ name, amount, varying }) => {
      const there = `outcome = 'award' AND NOT repeated AND room_${name} IS NOT NULL`;
      return [
        `CASE WHEN ${there} THEN ${this.halfUp(amount)} ELSE 0 END AS asks_${name}`,
        ...varying.map((value, v) => `CASE WHEN ${there} THEN ${value} END AS varies_${name}_${v}`),
      ];
    });
    const granted = this.again()
      ? [
          `CASE WHEN outcome = 'award' AND NOT repeated THEN ${this.greatestMinus(this.halfUp(this.capped()))} ELSE 0 END AS grants`,
        ]
      : [];
    return `SELECT\n${selected(["objects.*", ...draws, ...granted])}\nFROM objects`;
  }

  /** What rows before drew on each account, and whether all rows of it have the same room. */
  private shared(): string {
    const again = this.again();
    const accounts: { name: string; allowance: Allowance; before: string; differs: readonly string[] }[] = [
      ...this.accounts().map(({ name, allowance, varying }) => ({
        name,
        allowance,
        before: `least(coalesce(sum(asks_${name}) OVER before_rows_${name}, 0), coalesce(room_${name}, 0))`,
        differs: varying.map(
          (_, v) =>
            `coalesce(min(varies_${name}_${v}) OVER rows_${name} <> max(varies_${name}_${v}) OVER rows_${name}, FALSE)`,
        ),
      })),
      ...(again
        ? [{ name: "again", allowance: again, before: "coalesce(max(grants) OVER before_rows_again, 0)", differs: [] }]
        : []),
    ];
    const columns = accounts.flatMap(({ name, before, differs }) => {
      const unsure = [...differs, `bool_or(unsure) OVER rows_${name}`].join("\n  OR ");
      return [
        `CASE WHEN ${OWNED} THEN ${before} ELSE 0 END AS before_${name}`,
        `(${OWNED} AND (${unsure})) AS differs_${name}`,
      ];
    });
    const windows = accounts.flatMap(({ name, allowance }) => {
      const account = `PARTITION BY ${accountOf(allowance)}`;
      return [
        `rows_${name} AS (${account})`,
        `before_rows_${name} AS (${account} ORDER BY claim_year, row_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`,
      ];
    });
    return `SELECT\n${selected(["asked.*", ...columns])}\nFROM asked\nWINDOW\n${selected(windows)}`;
  }

  /** What each limit leaves, and each part. */
  private parts(from: string): string {
    const { clause } = this.first;
    const accounts = this.accounts();
    const left = [...clause.parts.flat(), ...clause.limits].flatMap((one) => {
      const account = accounts.find(({ shared }) => shared.includes(one));
      if (!account) return [];
      const drawn = `before_${account.name}${clause.unit === 1n ? "" : ` * ${clause.unit}`}`;
      const column = limitColumn(one);
      return [`CASE WHEN ${column} IS NOT NULL THEN greatest(${column} - ${drawn}, 0) END AS left_${one.limit.index}`];
    });
    const amounts = clause.parts.map(
      (limits, p) => `${least(limits.map((one) => this.leftColumn(one)))} AS amount_${p}`,
    );
    const inner = left.length
      ? `(\n${indented(`SELECT\n${selected([`${from}.*`, ...left])}\nFROM ${from}`)}\n) remaining`
      : from;
    return `SELECT\n${selected([left.length ? "remaining.*" : `${from}.*`, ...amounts])}\nFROM ${inner}`;
  }

  private awards(): string {
    const { clause } = this.first;
    const sum = clause.parts.map((_, p) => `amount_${p}`).join(" + ") || "0";
    const total = clause.limits.length ? leastOf([sum, ...clause.limits.map((one) => this.leftColumn(one))]) : sum;
    const chain = (limits: readonly WrittenLimit[], amount: string): string =>
      limits.length === 1
        ? String(limits[0]!.limit.index + 1)
        : `CASE ${limits.map((one) => `WHEN ${this.leftColumn(one)} = ${amount} THEN ${one.limit.index + 1}`).join(" ")} END`;
    const parts = clause.parts
      .map((limits, p) => ({ limits, p }))
      .filter(({ limits }) => limits.length)
      .reverse()
      .map(({ limits, p }) => {
        const there = limits.map((one) => `${limitColumn(one)} IS NOT NULL`).join(" OR ");
        return `WHEN ${there} THEN ${chain(limits, `amount_${p}`)}`;
      });
    const over = clause.limits.length ? [`WHEN (${total}) < ${sum} THEN ${chain(clause.limits, `(${total})`)}`] : [];
    const deciding = [...over, ...parts];
    const pieces = clause.pieces === undefined ? "" : " * pieces";
    const again = this.again();
    const differs = [...this.accounts().map(({ name }) => `differs_${name}`), ...(again ? ["differs_again"] : [])];
    const refused = ["repeated", ...(again?.pays === "nothing" ? ["before_again > 0"] : [])].join(" OR ");
    const before = again ? this.greatestMinus("before_again") : "minus";
    return `SELECT\n${selected([
      "row_no",
      "missing",
      `CASE WHEN outcome = 'award' AND (${refused}) THEN 'not-eligible' ELSE outcome END AS outcome`,
      `(${this.rounded(this.rest(total, before))})${pieces} AS fen`,
      `${deciding.length ? `CASE ${deciding.join(" ")} END` : "NULL"} AS limit_no`,
      `(${["unsure", ...differs].join(" OR ")}) AS by_columns`,
    ])}\nFROM parts`;
  }

  private result(): string {
    const paid = "outcome = 'award' AND NOT by_columns";
    const exact = `fen <= ${MAX_FEN}`;
    return `SELECT\n${selected([
      "row_no",
      `CASE WHEN ${paid} AND ${exact} THEN CAST(fen AS BIGINT) ELSE 0 END AS award_fen`,
      `CASE WHEN outcome = 'award' AND NOT (${exact}) THEN 'too-large' ELSE outcome END AS outcome`,
      `CASE WHEN ${paid} AND ${exact} THEN limit_no END AS limit_no`,
      "missing",
      "by_columns",
    ])}\nFROM awards\nORDER BY row_no`;
  }

  /** Where rows draw: by part, or for limits over the sum of the parts, the shared limits and the amount that is drawn. */
  private accounts(): Account[] {
    const { clause } = this.first;
    const places = [
      ...clause.parts.map((limits, p) => ({ name: String(p), amount: `part_${p}`, limits })),
      { name: "sum", amount: this.capped(), limits: clause.limits },
    ];
    return places.flatMap(({ name, amount, limits }) => {
      const shared = this.hasOwners ? limits.filter(({ limit }) => limit.allowance) : [];
      const [first] = shared;
      if (!first) return [];
      const same = this.clauses.length === 1 && shared.every(({ sql }) => CONSTANT.test(sql));
      const varying = [
        ...(same ? [] : [`room_${name}`]),
        ...shared.flatMap(({ limit, used }) => (used === undefined ? [] : [`used_${limit.index}`])),
        ...(shared.length > 1 ? shared.map((one) => `CAST(${limitColumn(one)} IS NULL AS INTEGER)`) : []),
      ];
      return [{ name, amount, shared, allowance: first.limit.allowance!, varying }];
    });
  }

  private again(): Plan["again"] {
    const { again } = this.first.plan;
    return this.hasOwners ? again : undefined;
  }

  private get hasOwners(): boolean {
    return (this.table.firm ?? this.table.object) !== undefined;
  }

  private capped(): string {
    const { parts, limits } = this.first.clause;
    const sum = parts.map((_, p) => `part_${p}`).join(" + ") || "0";
    return limits.length ? leastOf([sum, ...limits.map(limitColumn)]) : sum;
  }

  /** Less what is taken off, where the clause takes something off. */
  private rest(amount: string, minus: string): string {
    const { clause } = this.first;
    if (minus === "minus" && clause.minus === undefined) return amount;
    return `greatest(${amount} - ${minus}${clause.unit === 1n ? "" : ` * ${clause.unit}`}, 0)`;
  }

  private greatestMinus(amount: string): string {
    return this.first.clause.minus === undefined ? amount : `greatest(minus, ${amount})`;
  }

  private leftColumn(one: WrittenLimit): string {
    const shared = this.accounts().some((account) => account.shared.includes(one));
    return shared ? `left_${one.limit.index}` : limitColumn(one);
  }

  private halfUp(amount: string): string {
    const { unit } = this.first.clause;
    return unit === 1n ? amount : this.dialect.quotient(`2 * (${amount}) + ${unit}`, String(2n * unit));
  }

  private rounded(amount: string): string {
    const { plan, clause } = this.first;
    if (plan.rounding === "half_up") return this.halfUp(amount);
    const unit = plan.rounding === "down" ? clause.unit : 100n * clause.unit;
    const whole = unit === 1n ? amount : this.dialect.quotient(amount, String(unit));
    return plan.rounding === "down" ? whole : `(${whole}) * 100`;
  }
}

/** The columns that name the owner: the one that ownerOf() asks first, and where it is blank, the other. */
function ownerColumns(allowance: Allowance): string {
  const own = ownerOf(allowance, "firm", "object")!;
  return `${own}, CASE WHEN ${own} IS NULL THEN ${own === "firm" ? "object" : "firm"} END`;
}

const OWNED = "(firm IS NOT NULL OR object IS NOT NULL)";

/** The columns that tell accounts apart: the owner, and the term that the year belongs to. */
function accountOf(allowance: Allowance): string {
  const { period } = allowance;
  const owner = ownerColumns(allowance);
  if (period === "year") return `${owner}, claim_year`;
  return period === "policy" ? owner : `${owner}, ${termName(period)}`;
}

/** The same in every row. */
const CONSTANT = /^CAST\(\d+ AS \w+\)$/;

const termName = ({ years }: { readonly years: number }): string => `term_of_${years}`;
const limitColumn = ({ limit }: WrittenLimit): string => `limit_${limit.index}`;
const leastOf = (amounts: readonly string[]): string =>
  amounts.length > 1 ? `least(${amounts.join(", ")})` : (amounts[0] ?? "0");
/** NULL stands for a limit that is not there; nothing where none is. */
const least = (limits: readonly string[]): string => (limits.length ? `coalesce(${leastOf(limits)}, 0)` : "0");

/** What the steps behind the limits take from a clause. */
const shapeOf = ({ plan, clause }: Written): string =>
  JSON.stringify([
    String(clause.unit),
    [...clause.parts, clause.limits].map((limits) => limits.map(({ limit }) => [limit.index, limit.allowance])),
    [clause.minus, clause.pieces, [...clause.asked], plan.again, plan.rounding],
  ]);

/** What has no closed form. @throws Refusal */
function checkForm(plan: Plan): void {
  const places = [...plan.parts.map(({ limits }) => limits), plan.limits].map((limits) =>
    limits.flatMap(({ allowance }) => allowance ?? []),
  );
  const shared = places.filter(({ length }) => length);
  if (shared.some((list) => new Set(list.map(({ scope, period }) => JSON.stringify([scope, period]))).size > 1))
    throw unwritten(plan, "同一部分受两种不同范围的共用额度限制", "one part under shared limits of two scopes");
  if (places.at(-1)!.length && shared.length > 1)
    throw unwritten(plan, "部分与合计各有共用额度", "shared limits both of a part and of the sum");
  if (shared.length && plan.again)
    throw unwritten(plan, "共用额度与再次获得的规则并存", "a shared limit beside a rule for further awards");
}

const unwritten = ({ entry }: Plan, zh: string, en: string): Refusal =>
  refuse(
    `“${entry.instrument.name.zh}”不能写成一条SQL：${zh}`,
    `${entry.instrument.name.en} has no form as one query: ${en}`,
  );
