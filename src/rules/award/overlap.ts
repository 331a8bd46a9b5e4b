/** Several rows: limits that they share, 一次性, 从优、就高、不重复, 补足差额, parts of one payment. */
import { ownerOf, partInput, termOf, type Allowance } from "../plan/allowance";
import type { Plan, PlanAwarded, PlanTest, PlanTotal } from "../plan/plan";
import { allowancesOf, givenBefore, limitsOf } from "../plan/walk";
import type { Text } from "../law/policy";
import { MAX_SUM } from "../number/money";
import { halfUp } from "../number/ratio";
import { award, withoutMoney, type Award, type Draw } from "./award";
import { Facts, NO_NEIGHBOURS, type Neighbours } from "./facts";
import { counts } from "./totals";
import { TOO_LARGE, type Outcome } from "./path";
import type { Row } from "./row";

export interface PlannedRow {
  readonly plan: Plan;
  readonly row: Row;
  /** Rows without a firm and an object share nothing. */
  readonly firm?: string | undefined;
  /** Contract, project, loan, platform, product, standard: rows on one object do not repeat, and share its limits. */
  readonly object?: string | undefined;
  /** Inputs whose cells are blank, and which the rows of earlier years tell. */
  readonly counted?: readonly string[];
}

const REPEATS: Text = {
  zh: "同一对象已按更高的一项支持（从优、就高、不重复）",
  en: "the same object is supported by a higher award (not twice)",
};

const OTHER_ROUTE: Text = {
  zh: "同一费用只走一条路径，已选定另一条",
  en: "one route only for the same cost, and another one was chosen",
};

/** Why a row is not paid beside others of its object: `repeated` has the number of one. */
export const NOT_PAID_BESIDE: readonly Text[] = [REPEATS, OTHER_ROUTE];

/** One award per row. Rows use shared limits up in the order of their year, then of their row; one object is paid once. */
export function awards(rows: readonly PlannedRow[]): Award[] {
  if (rows.length === 1) return [award(rows[0]!.plan, rows[0]!.row)];
  const ledger = new Ledger(rows);
  const { repeated, elsewhere } = overlaps(filledAlone(rows));
  const awarded = new Awarded(rows);
  const groups = new FirmYears(rows);
  const came = totalsOf(rows, repeated);
  const results = new Array<Award>(rows.length);
  for (const i of inOrder(rows)) {
    const planned = awarded.filled(rows[i]!);
    const { plan } = planned;
    const unknown =
      awarded.unknown(planned) ??
      (plan.totals.some((total) => (came(i, total)?.all ?? 0) > MAX_SUM) ? TOO_LARGE : undefined);
    const why = repeated.get(i);
    const result =
      why !== undefined
        ? repeatedAward(plan, why)
        : unknown && plan.inForce
          ? withoutMoney(plan, unknown)
          : award(plan, planned.row, {
              granted: (allowance) => ledger.granted(planned, allowance),
              came: (total) => came(i, total),
              anyRow: (tests) => groups.anyRow(planned, tests),
            });
    ledger.draw(planned, result.draws);
    const paid = lessElsewhere(result, elsewhere.get(i));
    results[i] = planned === rows[i] ? paid : { ...paid, filled: filledIn(planned, rows[i]!) };
    awarded.add(planned, paid);
  }
  return results;
}

/** The award of a row whose object is paid by another one. @param why place in NOT_PAID_BESIDE */
export const repeatedAward = (plan: Plan, why: number): Award =>
  withoutMoney(plan, { kind: "not-eligible", because: NOT_PAID_BESIDE[why]! });

/**
 * By row and total, what rows came to before it and what they come to in all. A total is kept like an account: each row of it
 * leaves it at the larger of what stood there and what the row gives as come to before, plus its amount where it counts.
 */
function totalsOf(rows: readonly PlannedRow[], repeated: ReadonlyMap<number, number>) {
  const ledger = new Ledger(rows);
  const before = new Map<number, Map<PlanTotal, number>>();
  for (const i of inOrder(rows)) {
    const planned = rows[i]!;
    if (!planned.plan.inForce || !planned.plan.totals.length) continue;
    const facts = new Facts(planned.plan, planned.row);
    const isCounted = !repeated.has(i) && counts(facts);
    const stood = new Map<PlanTotal, number>();
    before.set(i, stood);
    for (const total of planned.plan.totals) {
      const came = Math.max(ledger.granted(planned, total.allowance), halfUp(facts.number(total.before)));
      stood.set(total, came);
      const fen = isCounted ? halfUp(facts.number(total.of)) : 0;
      ledger.draw(planned, [{ allowance: total.allowance, before: came, fen }]);
    }
  }
  return (i: number, total: PlanTotal): ReturnType<Neighbours["came"]> => {
    const stood = before.get(i)?.get(total);
    if (stood === undefined || ledger.accountOf(rows[i]!, total.allowance) === undefined) return undefined;
    return { before: stood, all: ledger.granted(rows[i]!, total.allowance) };
  };
}

/** Places of the rows in the order in which they draw. */
export const inOrder = (rows: readonly PlannedRow[]): number[] =>
  rows.map((_, i) => i).sort((a, b) => byTurn(rows[a]!.plan, rows[b]!.plan) || a - b);

/** Years in their order, and in a year the awards that others ask for first; 0 where the order of the table decides. */
export const byTurn = (a: Plan, b: Plan): number => a.claim.year - b.claim.year || a.wave - b.wave;

/** What rows were awarded, as inputs of other rows ask for it. */
class Awarded {
  private readonly asked: readonly PlanAwarded[];
  private readonly ledger: Ledger;
  /** By account, the fen; NaN where a row has an answer that is no amount. */
  private readonly fen = new Map<string, number>();

  constructor(rows: readonly PlannedRow[]) {
    const asked = rows.flatMap(({ plan }) => plan.awarded);
    this.asked = [...new Map(asked.map((one) => [one.allowance.key, one])).values()];
    this.ledger = new Ledger([]);
  }

  /** The row with its blank inputs taken from rows that came before; the row itself where there are none. */
  filled(planned: PlannedRow): PlannedRow {
    const found = planned.plan.awarded.flatMap(({ input, allowance }): [string, number][] => {
      const account = this.ledger.accountOf(planned, allowance);
      const fen = account === undefined ? undefined : this.fen.get(account);
      return planned.row[input] !== undefined || fen === undefined || !(fen <= MAX_SUM) ? [] : [[input, fen]];
    });
    return found.length ? { ...planned, row: { ...planned.row, ...Object.fromEntries(found) } } : planned;
  }

  /**
   * The outcome of a row whose blank inputs other rows would tell, if it were known what these are awarded, and if it were
   * not more than is exact.
   */
  unknown({ plan, row, ...names }: PlannedRow): Outcome | undefined {
    const asked = plan.awarded.flatMap(({ input, allowance }) => {
      const account = this.ledger.accountOf({ plan, row, ...names }, allowance);
      const fen = account === undefined ? undefined : this.fen.get(account);
      return row[input] === undefined && fen !== undefined ? [{ input, fen }] : [];
    });
    const missing = asked.flatMap(({ input, fen }) => (Number.isNaN(fen) ? [input] : []));
    if (missing.length) return { kind: "incomplete", missing };
    return asked.some(({ fen }) => fen > MAX_SUM) ? TOO_LARGE : undefined;
  }

  add(planned: PlannedRow, { outcome, fen }: Award): void {
    for (const { instruments, allowance } of this.asked) {
      if (!instruments.includes(planned.plan.entry.instrument.id)) continue;
      const account = this.ledger.accountOf(planned, allowance);
      if (account !== undefined) this.fen.set(account, (this.fen.get(account) ?? 0) + (isKnown(outcome) ? fen : NaN));
    }
  }
}

/** Whether a row that is no award is worth nothing for certain. */
export const isKnown = ({ kind }: Pick<Outcome, "kind">): boolean =>
  kind === "award" || kind === "label" || kind === "not-eligible" || kind === "not-in-force";

/**
 * The rows with what others are awarded alone in their blank inputs: which of an object's rows stays is decided by it. And
 * those for which that is not known.
 */
function filledAlone(rows: readonly PlannedRow[]) {
  const filled = [...rows];
  const unknown = new Set<number>();
  if (!rows.some(({ plan }) => plan.awarded.length)) return { filled, unknown };
  const awarded = new Awarded(rows);
  for (const i of inOrder(rows)) {
    const planned = (filled[i] = awarded.filled(rows[i]!));
    const outcome = planned.plan.inForce ? awarded.unknown(planned) : undefined;
    if (outcome) unknown.add(i);
    awarded.add(planned, outcome ? withoutMoney(planned.plan, outcome) : award(planned.plan, planned.row));
  }
  return { filled, unknown };
}

/** The inputs that were taken from other rows. */
const filledIn = (planned: PlannedRow, given: PlannedRow): readonly string[] =>
  planned.plan.awarded
    .map(({ input }) => input)
    .filter((input) => given.row[input] === undefined && planned.row[input] !== undefined);

/** Stands on the account of an award that is granted once and was had, where nobody gives the amount. */
export const SOME_FEN = 1;

/** What is granted on every account, in fen. */
export class Ledger {
  private readonly fen = new Map<string, number>();
  /** The first year in force of each owner under each limit that runs for several years. */
  private readonly firstYears = new Map<string, number>();

  constructor(rows: readonly PlannedRow[]) {
    for (const planned of rows) {
      const { year } = planned.plan.claim;
      if (!planned.plan.inForce) continue;
      for (const allowance of allowancesOf(planned.plan)) {
        if (typeof allowance.period !== "object") continue;
        const owner = this.ownerIn(planned, allowance);
        if (owner === undefined) continue;
        this.firstYears.set(owner, Math.min(this.firstYears.get(owner) ?? year, year));
      }
    }
  }

  granted(planned: PlannedRow, allowance: Allowance): number {
    const account = this.accountOf(planned, allowance);
    return account === undefined ? 0 : (this.fen.get(account) ?? 0);
  }

  /** What was granted before the table is so whether or not the row that gives it is paid. */
  draw(planned: PlannedRow, draws: readonly Draw[]): void {
    const { plan, row } = planned;
    const facts = new Facts(plan, row);
    for (const { allowance, input } of plan.inForce ? givenBefore(plan) : []) {
      const account = this.accountOf(planned, allowance);
      if (account === undefined) continue;
      this.fen.set(account, Math.max(this.fen.get(account) ?? 0, halfUp(facts.number(input))));
    }
    for (const { allowance, before, fen } of draws) {
      const account = this.accountOf(planned, allowance);
      if (account !== undefined) this.fen.set(account, before + fen);
    }
    const had = facts.hadBefore() ? this.accountOf(planned, plan.again!) : undefined;
    if (had !== undefined) this.fen.set(had, Math.max(this.fen.get(had) ?? 0, SOME_FEN));
  }

  accountOf(planned: PlannedRow, allowance: Allowance): string | undefined {
    const owner = this.ownerIn(planned, allowance);
    const { year } = planned.plan.claim;
    const part = partInput(allowance);
    const within = part === undefined ? "" : planned.row[part];
    // A row that does not say when in the year it is claimed is incomplete.
    if (owner === undefined || within === undefined) return undefined;
    return `${termOf(allowance, year, this.firstYears.get(owner) ?? year)} ${String(within)} ${owner}`;
  }

  private ownerIn({ firm, object, row }: PlannedRow, allowance: Allowance): string | undefined {
    const { by } = allowance;
    const named = by === undefined ? undefined : row[by];
    const owner = ownerOf(
      allowance,
      firm && `firm ${firm}`,
      object && `object ${object}`,
      named === undefined ? undefined : `named ${String(named)}`,
    );
    return owner && `${owner} ${allowance.key}`;
  }
}

/** The admissible rows of one instrument, firm and year: `any-row` looks at all of them, whatever their order. */
class FirmYears {
  private readonly groups = new Map<string, PlannedRow[]>();
  private readonly answers = new Map<string, Map<readonly PlanTest[], boolean>>();

  constructor(rows: readonly PlannedRow[]) {
    for (const planned of rows) {
      if (!planned.firm) continue;
      const key = this.key(planned);
      const group = this.groups.get(key);
      if (group) group.push(planned);
      else this.groups.set(key, [planned]);
    }
  }

  anyRow(planned: PlannedRow, tests: readonly PlanTest[]): boolean {
    if (!planned.firm) return rowQualifies(planned.plan, planned.row, tests);
    const key = this.key(planned);
    const known = this.answers.get(key) ?? new Map<readonly PlanTest[], boolean>();
    this.answers.set(key, known);
    const answer =
      known.get(tests) ?? (this.groups.get(key) ?? []).some(({ plan, row }) => rowQualifies(plan, row, tests));
    known.set(tests, answer);
    return answer;
  }

  private key({ plan, firm }: PlannedRow): string {
    return JSON.stringify([plan.entry.instrument.id, firm, plan.claim.year]);
  }
}

/** Whether a row is admissible and passes the tests of an `any-row` itself. */
export const rowQualifies = (plan: Plan, row: Row, tests: readonly PlanTest[]): boolean =>
  new Facts(plan, row, NO_NEIGHBOURS).qualifies(tests);

/** What the rows of some objects mean to one another. */
interface Overlaps {
  /** Rows whose object is paid by another row, each with the reason: its place in NOT_PAID_BESIDE. */
  readonly repeated: ReadonlyMap<number, number>;
  /** By row that stays, what the object got before from awards that may not stand beside it. */
  readonly elsewhere: ReadonlyMap<number, Elsewhere>;
}

function overlaps({ filled: rows, unknown }: ReturnType<typeof filledAlone>): Overlaps {
  const objects = new Map<string, number[]>();
  rows.forEach(({ object }, i) => {
    if (!object) return;
    const group = objects.get(object);
    if (group) group.push(i);
    else objects.set(object, [i]);
  });
  const repeated = new Map<number, number>();
  const elsewhere = new Map<number, Elsewhere>();
  for (const group of objects.values()) {
    if (group.length < 2) continue;
    const settled = settle(
      group.map((i) => {
        const { plan, row } = rows[i]!;
        const { outcome, fen } = award(plan, row);
        return {
          at: i,
          plan,
          award: outcome.kind === "award" && !unknown.has(i) ? fen : undefined,
          before: gotBefore(plan, row),
          chosen: isChosen(plan, row),
        };
      }),
      (instalments) => sumOf(instalments.map(({ at }) => rows[at]!)),
    );
    for (const [{ at }, why] of settled.repeated) repeated.set(at, why);
    if (settled.elsewhere) for (const { at } of settled.kept) elsewhere.set(at, settled.elsewhere);
  }
  return { repeated, elsewhere };
}

/** What rows are awarded among one another, in whole fen. */
export const sumOf = (rows: readonly PlannedRow[]): number => awards(rows).reduce((sum, { fen }) => sum + fen, 0);

/** What a row gives as granted to its object before, in whole fen. */
function gotBefore(plan: Plan, row: Row): number {
  const given = plan.inForce ? givenBefore(plan).filter(({ allowance }) => allowance.scope === "object") : [];
  const facts = given.length ? new Facts(plan, row) : undefined;
  return Math.max(0, ...given.map(({ input }) => halfUp(facts!.number(input))));
}

/** Whether the row is the route that was taken for its object. */
export function isChosen(plan: Plan, row: Row): boolean {
  const chosen = plan.inForce ? plan.route?.chosen : undefined;
  return chosen !== undefined && new Facts(plan, row).value(chosen) === true;
}

/** A row of an object. */
export interface OfObject {
  /** Place of the row in the table. */
  readonly at: number;
  readonly plan: Plan;
  /** What it gets alone, in whole fen; undefined where that is no award. */
  readonly award: number | undefined;
  /** What the object got before under the row's own limits, in whole fen. */
  readonly before: number;
  /** Whether it is the route that was taken for the object. */
  readonly chosen: boolean;
}

/** What an object got before, and rows that stay have not yet been reduced by: whole fen. */
export interface Elsewhere {
  left: number;
}

/**
 * The rows of one object: the award that brings the object to the highest sum stays (what it got before and the award together,
 * so that it is no lower for having been paid in part), the earlier one among equals; with it those that may be paid beside it.
 * Instalments of one task are one award: together they stay or go. What awards that may not be paid beside them already brought
 * is taken off once.
 * @param together what instalments come to with one another, in whole fen
 */
export function settle<R extends OfObject>(rows: readonly R[], together: (instalments: readonly R[]) => number) {
  const kept: R[] = [];
  const repeated = new Map<R, number>();
  // What is missing, out of force or not eligible keeps its answer, whatever else supports the object.
  const entitled = inUnits(rows.filter((row) => row.award !== undefined).sort((a, b) => a.at - b.at));
  const units = entitled.map((unit) => ({
    unit,
    sum: (unit.length > 1 && entitled.length > 1 ? together(unit) : unit[0]!.award!) + most(unit),
  }));
  const taken = routesTaken(rows);
  const goes = (unit: readonly R[], why: Text): void =>
    unit.forEach((row) => repeated.set(row, NOT_PAID_BESIDE.indexOf(why)));
  for (const { unit } of units.sort((a, b) => b.sum - a.sum || a.unit[0]!.at - b.unit[0]!.at)) {
    const otherRoute = taken.some((one) => unit.some(({ plan }) => isOtherRoute(one.plan, plan)));
    if (otherRoute && !unit.some((row) => taken.includes(row))) goes(unit, OTHER_ROUTE);
    else if (unit.every(({ plan }) => kept.every((one) => addsTo(one.plan, plan)))) kept.push(...unit);
    else goes(unit, REPEATS);
  }
  const own = new Set(kept.map(({ plan }) => plan.entry.instrument.id));
  const others = rows.filter(
    ({ plan }) => !own.has(plan.entry.instrument.id) && kept.some((one) => !addsTo(one.plan, plan)),
  );
  const left = most(others) - most(kept);
  return { kept, repeated, ...(left > 0 && { elsewhere: { left } satisfies Elsewhere }) };
}

const most = (rows: readonly OfObject[]): number => Math.max(0, ...rows.map(({ before }) => before));

/** Instalments of one task together, every other row by itself. */
function inUnits<R extends OfObject>(rows: readonly R[]): R[][] {
  const units: R[][] = [];
  const tasks = new Map<string, R[]>();
  for (const row of rows) {
    const { id, tranches } = row.plan.entry.instrument;
    const task = tranches ? tasks.get(id) : undefined;
    if (task) task.push(row);
    else {
      const unit = [row];
      units.push(unit);
      if (tranches) tasks.set(id, unit);
    }
  }
  return units;
}

/** The rows that are chosen as a route: the first one of the exclusive ones, whatever it is paid. */
function routesTaken<R extends OfObject>(rows: readonly R[]): R[] {
  const taken: R[] = [];
  const inTurn = rows.filter(({ chosen }) => chosen).sort((a, b) => byTurn(a.plan, b.plan) || a.at - b.at);
  for (const row of inTurn) if (!taken.some((one) => isOtherRoute(one.plan, row.plan))) taken.push(row);
  return taken;
}

/** Whether one cost can only go one of both ways. */
export const isOtherRoute = (a: Plan, b: Plan): boolean =>
  a.route !== undefined && a.route.group === b.route?.group && !addsTo(a, b);

/** An award less what the object got elsewhere; what it takes off is off for the rows behind it. */
function lessElsewhere(result: Award, elsewhere: Elsewhere | undefined): Award {
  const taken = Math.min(result.fen, elsewhere?.left ?? 0);
  if (!taken) return result;
  elsewhere!.left -= taken;
  return { ...result, fen: result.fen - taken, elsewhere: taken };
}

/**
 * Whether the documents let both awards be paid for one object. An award that is paid year by year does not repeat itself;
 * tranches of one task add up to its limits; exclusive routes never do; and where a further award is granted nothing or the difference, that settles it.
 */
export function addsTo(a: Plan, b: Plan): boolean {
  const [one, other] = [a.entry.instrument, b.entry.instrument];
  if (one.id === other.id)
    return a.claim.year !== b.claim.year || Boolean(one.tranches && other.tranches) || Boolean(a.again && b.again);
  if (a.route && a.route.group === b.route?.group) return false;
  return (
    promotes(a, b) ||
    asksFor(a, b) ||
    asksFor(b, a) ||
    [one, other].some((x, i, both) => x["adds-to"]?.includes(both[1 - i]!.id))
  );
}

/** Whether one is paid on top of the other's award. */
const asksFor = ({ awarded }: Plan, { entry }: Plan): boolean =>
  awarded.some(({ instruments }) => instruments.includes(entry.instrument.id));

/** Whether one is a higher grade of the other's award, and is paid the difference. */
export const promotes = (a: Plan, b: Plan): boolean =>
  [a, b].some(({ again }, i, both) =>
    limitsOf(both[1 - i]!).some(({ allowance }) => again && allowance?.key === again.key),
  );
