/**
 * A table's awards as plain formulas: one sheet per instrument and set of readings, one line of parameters per figure of the
 * documents. No add-in, no names, no macros: MIN, MAX, IF, AND, OR, ROUND, INT, MATCH and the like, as every spreadsheet has
 * them. It knows no file format; src/export writes it into one.
 */
import {
  addsTo,
  allowancesOf,
  anyRowTests,
  awards,
  byTurn,
  givenBefore,
  limitsOf,
  MAX_FEN,
  toYuan,
  type Allowance,
  type Award,
  type Plan,
  type PlannedRow,
  idOf,
} from "../rules";
import { accountIn, Chain, firstYears, isFirst, ownerIn, type Placed } from "./formula/accounts";
import { AwardSheet } from "./formula/award-sheet";
import { asksTheSame, filledRows, sumOfAwards, type Filled } from "./formula/awarded";
import { namedFunction, Names, type NamedFunction } from "./formula/lambda";
import type { InstrumentSheet, Literal, Surroundings } from "./formula/surroundings";
import { and, compares, equals, most, number, text, when, ZERO_CELL, type Expression } from "./formula/expression";
import { Column, FormulaSheet, isFormula, Parameters, type Content } from "./formula/sheet";

/** A row of a table, with its place there. */
export interface SourceRow {
  readonly planned: PlannedRow;
  /** Counted from 1. */
  readonly source: number;
}

/** A row whose award no formula gives: it holds the value of our function. */
export interface Unwritten {
  readonly source: number;
  readonly why: string;
}

export interface FormulaBook {
  readonly sheets: readonly AwardSheet[];
  /** Sections of the parameter sheet: the first for all, then one per sheet. */
  readonly parameters: readonly Parameters[];
  readonly unwritten: readonly Unwritten[];
  /** Where they are asked for, one for each sheet whose rows do not add up to decide a rate. */
  readonly functions: readonly NamedFunction[];
}

/** Where the sheets stand: how the parameter sheet is called, and the first row of data in each sheet. */
export interface Places {
  readonly parameters: string;
  readonly firstParameter: number;
  /** Rows between the sections of the parameter sheet. */
  readonly gap: number;
  readonly firstRow: number;
  /** Whether each sheet's award is written as a named function, too. */
  readonly named?: boolean;
  nameOf(rows: PlannedRow, place: number, of: number): string;
}

/**
 * @param rows that could be planned, in table order; firms and objects spelled alike where they are the same
 */
export function excelFormulas(given: readonly SourceRow[], places: Places): FormulaBook {
  const plannedRows = given.map(({ planned }) => planned);
  const results = awards(plannedRows);
  const filled = filledRows(plannedRows, results);
  const rows = given.map(({ source }, i): SourceRow => ({ planned: filled[i]!.planned, source }));
  const groups = grouped(rows);
  const placed = new Map<PlannedRow, Placed>();
  const bodies = groups.map((group, g) => {
    const sorted = inPlace(group);
    const sheet = new FormulaSheet(places.nameOf(sorted[0]!.planned, g, groups.length), places.firstRow, sorted.length);
    const list = sorted.map(({ planned }, row): Placed => ({ sheet, row, planned }));
    list.forEach((one) => placed.set(one.planned, one));
    return { sheet, list, sources: sorted.map(({ source }) => source) };
  });
  const common = new Parameters(places.parameters, places.firstParameter);
  const around = new Table(rows, placed, results, filled, exactRange(common));
  const parameters = [common];
  const functions: NamedFunction[] = [];
  const names = new Names();
  const sheets = bodies.map(({ sheet, list, sources }) => {
    const before = parameters.at(-1)!;
    const section = new Parameters(places.parameters, before.first + before.list.length + places.gap);
    parameters.push(section);
    const made = new AwardSheet(list[0]!.planned.plan, sheet, list, sources, section, around);
    around.sheets.set(sheet, made);
    // What the other rows come to decides there, which no argument says.
    if (places.named && !made.plan.totals.length) functions.push(namedFunction(made, section, around.exact, names));
    return made;
  });
  around.compute();
  return { sheets, parameters, unwritten: around.unwritten, functions };
}

const exactRange = (parameters: Parameters): Expression =>
  parameters.add({ label: "精确范围：整数不超过（15 位有效数字）", format: "whole", value: MAX_FEN + 1 });

/** Rows of one version of an instrument under one set of readings, in the order in which they first appear. */
function grouped(rows: readonly SourceRow[]): SourceRow[][] {
  return groupsOf(rows, ({ planned: { plan } }) => JSON.stringify([idOf(plan.entry), plan.readings]));
}

/** What has the same key, in the order in which the keys first appear. */
function groupsOf<T>(list: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

/** Rows that share something lie together, in the order in which they draw; the others stay where they are. */
function inPlace(rows: readonly SourceRow[]): SourceRow[] {
  const { plan } = rows[0]!.planned;
  const allowance = plan.again ?? limitsOf(plan).find((limit) => limit.allowance)?.allowance;
  const shared = allowance ?? (anyRowTests(plan).length ? FIRM_YEAR : undefined);
  if (!shared) return [...rows];
  const groups = groupsOf(rows, ({ planned, source }) => ownerIn(planned, shared) ?? `行 ${source}`);
  return groups.flatMap((group) => group.sort(inOrder));
}

const FIRM_YEAR: Allowance = { key: "", scope: "firm", period: "year" };

const inOrder = (a: SourceRow, b: SourceRow): number => byTurn(a.planned.plan, b.planned.plan) || a.source - b.source;

const REFUSED = {
  overlap: "同一对象的几项之间，有的可以相加、有的不可以，先后取舍写不成不循环的公式",
  others: "同一对象的取舍与“本企业当年有”的条件互相依赖",
  readings: "同一企业的各行采用不同的读法，“本企业当年有”的条件各不相同",
  many: "同一对象的行数过多",
  totals: "比例按各行合计分段，合计只算符合条件的行，先后取舍写不成不循环的公式",
  awarded: "空白的一项取自本表其他工具的补助额，而其中有的算不出，或行数过多，或同一对象另有取舍",
  route: "同一费用的几条路径由表中选定，选定的行留用，写不成比较金额的公式",
  elsewhere: "同一对象按其他政策此前已获的金额，在各行之间依次扣减，写不成不循环的公式",
} as const;
/** More rows for one object than a formula should compare. */
const MOST_RIVALS = 60;

/** The rows that a test on the other rows of a firm looks at. */
const firmYearOf = ({ planned: { plan, firm } }: Placed): string =>
  JSON.stringify([plan.entry.instrument.id, firm, plan.claim.year]);

/** Fractions are pairs of long whole numbers, which JSON does not write. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one));

const repeats = (a: Placed, b: Placed): boolean => !addsTo(a.planned.plan, b.planned.plan);

/** Sets of rows that repeat each other, directly or through others. @param kinds rows that are alike */
function repeating(kinds: readonly Placed[][]): Placed[][] {
  let sets: Placed[][] = [];
  for (const alike of kinds) {
    const [first, second] = alike as [Placed, Placed | undefined];
    const joinedTo = sets.filter((set) => set.some((one) => repeats(one, first)));
    // Rows that are alike and do not repeat each other stay apart, unless another one keeps them together.
    const together = joinedTo.length > 0 || (second !== undefined && repeats(first, second));
    const own = together ? [[...joinedTo.flat(), ...alike]] : alike.map((one) => [one]);
    sets = [...sets.filter((set) => !joinedTo.includes(set)), ...own];
  }
  return sets.filter((set) => set.length > 1);
}

/** The rows among one another. */
class Table implements Surroundings {
  readonly sheets = new Map<FormulaSheet, AwardSheet>();
  private readonly order: readonly Placed[];
  private readonly chains = new Map<string, Chain>();
  private readonly owners = new Map<string, Chain>();
  private readonly firms: Chain;
  private readonly rivals = new Map<Placed, readonly Placed[]>();
  private readonly refused = new Map<Placed, string>();
  private readonly answers = new Map<Placed, Award>();
  private readonly sources = new Map<Placed, number>();
  /** By row and input, the rows whose awards stand for its blank cell. */
  private readonly asked = new Map<Placed, Map<string, { allowance: Allowance; rows: readonly Placed[] }>>();
  /** Whether a name has signs that stand for others where a cell is sought. */
  private readonly wild: boolean;

  constructor(
    rows: readonly SourceRow[],
    placed: ReadonlyMap<PlannedRow, Placed>,
    results: readonly Award[],
    filled: readonly Filled[],
    readonly exact: Expression,
  ) {
    const at = (i: number): Placed => placed.get(rows[i]!.planned)!;
    rows.forEach(({ source }, i) => {
      const one = at(i);
      const asked = [...filled[i]!.asked].map(
        ([input, { allowance, rows: others }]) => [input, { allowance, rows: others.map(at) }] as const,
      );
      if (asked.length) this.asked.set(one, new Map(asked));
      if (filled[i]!.isOpen || asked.some(([, { rows: others }]) => others.length > MOST_RIVALS))
        this.refused.set(one, REFUSED.awarded);
      this.answers.set(one, results[i]!);
      this.sources.set(one, source);
    });
    this.wild = rows.some(({ planned: { firm = "", object = "" } }) => /[~*?]/.test(firm + object));
    this.order = [...rows].sort(inOrder).map(({ planned }) => placed.get(planned)!);
    this.firms = new Chain(this.order, (placed) =>
      anyRowTests(placed.planned.plan).length && placed.planned.firm ? firmYearOf(placed) : undefined,
    );
    this.refuseMixedReadings();
    for (const placed of this.order) {
      if (placed.planned.plan.totals.length) this.refused.set(placed, REFUSED.totals);
    }
    this.findAccounts();
    this.findRivals(rows.map(({ planned }) => placed.get(planned)!));
  }

  get unwritten(): Unwritten[] {
    return [...this.refused].map(([placed, why]) => ({ source: this.sources.get(placed)!, why }));
  }

  /** Computes the cells in the order in which the rows draw, so that no row waits for a long chain of others. */
  compute(): void {
    const rows = [...this.order];
    for (const { sheet, row } of rows)
      this.sheets.get(sheet)!.admission.anyRows.forEach(({ soFar }) => soFar.value(row));
    for (const { sheet, row } of [...rows].reverse())
      this.sheets.get(sheet)!.admission.anyRows.forEach(({ any }) => any.value(row));
    for (const { sheet, row } of rows)
      for (const { after } of this.sheets.get(sheet)!.limits.accounts.values()) after!.value(row);
    for (const { sheet, row } of rows) this.sheets.get(sheet)!.range.value(row);
  }

  /** Each sheet asks the rows of the firm one question; where readings differ, so do the questions. */
  private refuseMixedReadings(): void {
    const asked = new Map<Plan, string>();
    for (const { planned } of this.order) {
      if (asked.has(planned.plan)) continue;
      const lists = anyRowTests(planned.plan);
      asked.set(planned.plan, lists.length ? textOf([lists, planned.plan.conditions]) : "");
    }
    if (![...asked.values()].some(Boolean)) return;
    const named = this.order.filter(({ planned }) => planned.firm);
    for (const rows of groupsOf(named, firmYearOf)) {
      const questions = new Set(rows.map(({ planned }) => asked.get(planned.plan)!));
      if (questions.size > 1) for (const placed of rows) this.refused.set(placed, REFUSED.readings);
    }
  }

  private findAccounts(): void {
    const byKey = new Map<string, Map<Placed, Allowance>>();
    for (const placed of this.order) {
      for (const allowance of allowancesOf(placed.planned.plan)) {
        const users = byKey.get(allowance.key) ?? new Map<Placed, Allowance>();
        byKey.set(allowance.key, users.set(placed, allowance));
      }
    }
    for (const [key, users] of byKey) {
      const rows = [...users.keys()];
      const first = new Map<string, number>();
      for (const [placed, allowance] of users)
        for (const [owner, year] of firstYears([placed], allowance))
          first.set(owner, Math.min(first.get(owner) ?? year, year));
      this.chains.set(key, new Chain(rows, (placed) => accountIn(placed.planned, users.get(placed)!, first)));
      this.owners.set(
        key,
        new Chain(rows, (placed) =>
          placed.planned.plan.inForce ? ownerIn(placed.planned, users.get(placed)!) : undefined,
        ),
      );
    }
  }

  /** Rows of one object of which only one is paid, and those for which no formula can say which. */
  private findRivals(rows: readonly Placed[]): void {
    const objects = new Map<string, Map<string, Placed[]>>();
    for (const placed of rows) {
      const { object, plan } = placed.planned;
      if (!object || !plan.parts.length) continue;
      const kinds = objects.get(object) ?? new Map<string, Placed[]>();
      objects.set(object, kinds);
      // Rows of one instrument and year are alike: whether they repeat each other or another one.
      const kind = JSON.stringify([plan.entry.instrument.id, plan.claim.year]);
      const alike = kinds.get(kind);
      if (alike) alike.push(placed);
      else kinds.set(kind, [placed]);
    }
    const places = new Map(rows.map((placed, i) => [placed, i] as const));
    for (const kinds of objects.values()) {
      for (const members of repeating([...kinds.values()])) {
        const inTable = [...members].sort((a, b) => places.get(a)! - places.get(b)!);
        const why = this.refusalOf(members);
        inTable.forEach((one) => (why ? this.refused.set(one, why) : this.rivals.set(one, inTable)));
      }
    }
  }

  private refusalOf(members: readonly Placed[]): string | undefined {
    if (members.length > MOST_RIVALS) return REFUSED.many;
    if (members.some(({ planned }) => anyRowTests(planned.plan).length)) return REFUSED.others;
    if (members.some(({ planned }) => planned.plan.route?.chosen !== undefined)) return REFUSED.route;
    if (members.some((one) => this.answers.get(one)!.elsewhere)) return REFUSED.elsewhere;
    // Which of them is paid is decided by what others are awarded alone.
    if (members.some((one) => this.asked.has(one))) return REFUSED.awarded;
    return members.every((a, i) => members.slice(i + 1).every((b) => repeats(a, b))) ? undefined : REFUSED.overlap;
  }

  awarded(row: Placed, input: string): Expression | undefined {
    const others = this.refused.has(row) ? undefined : this.asked.get(row)?.get(input)?.rows;
    return others && sumOfAwards(others.map((other) => this.sheets.get(other.sheet)!.award.at(other.row, row.sheet)));
  }

  granted(sheet: InstrumentSheet, { key: id }: Allowance, key: Column): (row: number) => Content {
    return this.chains.get(id)!.earlier(sheet.rows, key, (other) => this.account(other, id).after!, 0);
  }

  firstYear(sheet: InstrumentSheet, { key: id }: Allowance, owner: Column): (row: number) => Content {
    const chain = this.owners.get(id)!;
    const column = (other: FormulaSheet): Column => this.sheets.get(other)!.limits.firstYears.get(id)!;
    return chain.earlier(sheet.rows, owner, column, sheet.admission.names.year.here);
  }

  private account(sheet: FormulaSheet, id: string) {
    return this.sheets.get(sheet)!.limits.accounts.get(id)!;
  }

  passedBefore(sheet: InstrumentSheet, test: number, key: Column): (row: number) => Content {
    return this.firms.earlier(
      sheet.rows,
      key,
      (other) => this.sheets.get(other)!.admission.anyRows[test]!.soFar,
      text("否"),
    );
  }

  passedAny(sheet: InstrumentSheet, test: number, key: Column): (row: number) => Content {
    const own = (other: FormulaSheet): Column => this.sheets.get(other)!.admission.anyRows[test]!.any;
    return this.firms.later(sheet.rows, key, own, sheet.sheet.columns.at(-1)!.here);
  }

  kept(sheet: InstrumentSheet): ((row: number) => Content) | undefined {
    if (!sheet.rows.some((placed) => this.rivals.has(placed))) return undefined;
    return (row) => {
      const placed = sheet.rows[row]!;
      const rivals = this.rivals.get(placed);
      if (!rivals) return "是";
      const alone = (one: Placed): Expression => this.sheets.get(one.sheet)!.alone!.at(one.row, sheet.sheet);
      const place = rivals.indexOf(placed);
      const beats = rivals.flatMap((other, i) =>
        i === place ? [] : [compares(alone(placed), i < place ? ">" : ">=", alone(other))],
      );
      return when(and(...beats), text("是"), text("否"));
    };
  }

  inexact(sheet: InstrumentSheet): ((row: number) => readonly Expression[]) | undefined {
    const range = (other: FormulaSheet): Column => this.sheets.get(other)!.range;
    const earlier = [...sheet.limits.accounts].map(([id, { key }]) =>
      this.chains.get(id)!.earlier(sheet.rows, key, range, 0),
    );
    if (!earlier.length && !sheet.rows.some((placed) => this.rivals.has(placed) || this.asked.has(placed)))
      return undefined;
    return (row) => {
      const placed = sheet.rows[row]!;
      const rivals = (this.rivals.get(placed) ?? []).filter((other) => other !== placed);
      const asked = [...(this.asked.get(placed)?.values() ?? [])].flatMap(({ rows }) => rows);
      return [
        ...asked.map((other) => range(other.sheet).at(other.row, sheet.sheet)),
        ...earlier.map((before) => before(row)).filter(isFormula),
        ...rivals.map((other) => this.sheets.get(other.sheet)!.ownRange.at(other.row, sheet.sheet)),
      ];
    };
  }

  checks(sheet: InstrumentSheet): readonly ((row: number) => Content)[] {
    const year = (other: FormulaSheet): Column =>
      this.sheets.get(other)?.admission.names.year ?? sheet.admission.names.year;
    const accounts = [...sheet.limits.accounts].map(([id, { key }]) =>
      this.chains
        .get(id)!
        .check(sheet.rows, key, this.wild, year, (other) =>
          other === sheet.sheet ? key : this.account(other, id).key,
        ),
    );
    const firms = sheet.admission.anyRows.map(({ key }) =>
      this.firms.check(sheet.rows, key, this.wild, year, (other) =>
        other === sheet.sheet ? key : this.sheets.get(other)!.admission.anyRows[0]!.key,
      ),
    );
    if (sheet.rows.some((placed) => this.asked.has(placed))) accounts.push((row) => this.asksOthers(sheet, row));
    const { objectKey } = sheet.admission;
    if (!objectKey) return [...accounts, ...firms];
    // A name or a year that is changed may part rows of one object, or meet another row's.
    const first = isFirst(objectKey, this.wild);
    const same = (row: number): Content => {
      const placed = sheet.rows[row]!;
      if (this.refused.has(placed)) return 0;
      const rivals = this.rivals.get(placed);
      if (!rivals) return first;
      const other = rivals[(rivals.indexOf(placed) + 1) % rivals.length]!;
      const there = other.sheet === sheet.sheet ? objectKey : this.sheets.get(other.sheet)!.admission.names.object!;
      const own = other.sheet === sheet.sheet ? objectKey : sheet.admission.names.object!;
      return when(equals(own.here, there.at(other.row, sheet.sheet)), ZERO_CELL, number(1));
    };
    return [...accounts, ...firms, same, (row) => this.gotElsewhere(sheet, sheet.rows[row]!)];
  }

  /** 1 where a row would now ask for what other rows are awarded. */
  private asksOthers({ admission, rows }: InstrumentSheet, row: number): Content {
    const placed = rows[row]!;
    const asked = this.refused.has(placed) ? undefined : this.asked.get(placed);
    if (!asked) return 0;
    const namesIn = (sheet: FormulaSheet) => this.sheets.get(sheet)!.admission.names;
    const same = [...asked.values()].flatMap((one) => asksTheSame(placed, admission.names, one, one.rows, namesIn));
    return when(and(...same), ZERO_CELL, number(1));
  }

  /** 1 where by other instruments the object now got more before than by the one that stays: no formula takes that off. */
  private gotElsewhere({ sheet }: InstrumentSheet, placed: Placed): Content {
    const got = (one: Placed): Expression[] => {
      const { plan, admission } = this.sheets.get(one.sheet)!;
      return givenBefore(plan)
        .filter(({ allowance }) => allowance.scope === "object")
        .flatMap(({ input }) => admission.clause.columns.get(input)?.at(one.row, sheet) ?? []);
    };
    const { id } = placed.planned.plan.entry.instrument;
    const others = (this.rivals.get(placed) ?? [])
      .filter(({ planned: { plan } }) => plan.entry.instrument.id !== id)
      .flatMap(got);
    const kept = this.sheets.get(sheet)?.kept;
    if (!others.length || !kept) return 0;
    const more = compares(most(...others), ">", most(ZERO_CELL, ...got(placed)));
    return when(and(equals(kept.here, text("是")), more), number(1), ZERO_CELL);
  }

  literal(row: Placed): Literal | undefined {
    const why = this.refused.get(row);
    return why
      ? { award: this.answer(row), words: `按函数结果填入：${why}`, draws: this.answers.get(row)!.draws }
      : undefined;
  }

  readonly answerHeader = "导出时函数结果";

  answer(row: Placed): number | string {
    const { outcome, fen } = this.answers.get(row)!;
    switch (outcome.kind) {
      case "award":
        return toYuan(fen);
      case "not-eligible":
        return 0;
      case "label":
        return outcome.label.zh;
      default:
        return ANSWERS[outcome.kind];
    }
  }
}

const ANSWERS = {
  "not-in-force": "不在有效期内",
  incomplete: "缺少",
  unquantified: "文件未定数字",
  "above-ceiling": "比例过高",
  "too-large": "金额过大",
} as const;
