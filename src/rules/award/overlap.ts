/** Several rows: limits that they share, 一次性, 从优、就高、不重复, 补足差额, parts of one payment. */
import { ownerOf, termOf, type Allowance } from "../plan/allowance";
import type { Plan, PlanTest } from "../plan/plan";
import { limitsOf } from "../plan/walk";
import type { Text } from "../law/policy";
import { halfUp, multiply, ratio, type Ratio } from "../number/ratio";
import { award, withoutMoney, type Award, type Draw } from "./award";
import { Facts } from "./facts";
import type { Row } from "./row";

export interface PlannedRow {
  readonly plan: Plan;
  readonly row: Row;
  /** Rows without a firm and an object share nothing. */
  readonly firm?: string | undefined;
  /** Contract, project, loan, platform, product, standard: rows on one object do not repeat, and share its limits. */
  readonly object?: string | undefined;
}

const REPEATS: Text = {
  zh: "同一对象已按更高的一项支持（从优、就高、不重复）",
  en: "the same object is supported by a higher award (not twice)",
};

/** One award per row. Rows use shared limits up in the order of their year, then of their row; one object is paid once. */
export function awards(rows: readonly PlannedRow[]): Award[] {
  if (rows.length === 1) return [award(rows[0]!.plan, rows[0]!.row)];
  const ledger = new Ledger(rows);
  const repeated = repeats(rows);
  const groups = new FirmYears(rows);
  const results = new Array<Award>(rows.length);
  for (const i of inOrder(rows)) {
    const planned = rows[i]!;
    if (repeated.has(i)) results[i] = repeatedAward(planned.plan);
    else {
      results[i] = award(planned.plan, planned.row, {
        granted: (allowance) => ledger.granted(planned, allowance),
        anyRow: (tests) => groups.anyRow(planned, tests),
      });
      ledger.draw(planned, results[i].draws);
    }
  }
  return results;
}

/** The award of a row whose object has a higher one. */
export const repeatedAward = (plan: Plan): Award => withoutMoney(plan, { kind: "not-eligible", because: REPEATS });

/** Places of the rows in the order in which they draw. */
const inOrder = (rows: readonly PlannedRow[]): number[] =>
  rows.map((_, i) => i).sort((a, b) => rows[a]!.plan.claim.year - rows[b]!.plan.claim.year || a - b);

/** What is granted on every account, in fen. */
class Ledger {
  private readonly fen = new Map<string, number>();
  /** The first year in force of each owner under each limit that runs for several years. */
  private readonly firstYears = new Map<string, number>();

  constructor(rows: readonly PlannedRow[]) {
    for (const planned of rows) {
      const { year } = planned.plan.claim;
      if (!planned.plan.inForce) continue;
      for (const { allowance } of limitsOf(planned.plan)) {
        if (typeof allowance?.period !== "object") continue;
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

  draw(planned: PlannedRow, draws: readonly Draw[]): void {
    for (const { allowance, before, fen } of draws) {
      const account = this.accountOf(planned, allowance);
      if (account !== undefined) this.fen.set(account, before + fen);
    }
  }

  private accountOf(planned: PlannedRow, allowance: Allowance): string | undefined {
    const owner = this.ownerIn(planned, allowance);
    const { year } = planned.plan.claim;
    return owner && `${termOf(allowance, year, this.firstYears.get(owner) ?? year)} ${owner}`;
  }

  private ownerIn({ firm, object }: PlannedRow, allowance: Allowance): string | undefined {
    const owner = ownerOf(allowance, firm && `firm ${firm}`, object && `object ${object}`);
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
  new Facts(plan, row, { granted: () => 0, anyRow: () => false }).qualifies(tests);

/** Rows whose object another row already has, at a higher award taken alone (the earlier one among equals). */
function repeats(rows: readonly PlannedRow[]): ReadonlySet<number> {
  const objects = new Map<string, number[]>();
  rows.forEach(({ object }, i) => {
    if (!object) return;
    const group = objects.get(object);
    if (group) group.push(i);
    else objects.set(object, [i]);
  });
  const repeated = new Set<number>();
  for (const group of objects.values()) {
    if (group.length < 2) continue;
    const alone = new Map(group.map((i) => [i, award(rows[i]!.plan, rows[i]!.row)]));
    // What is missing, out of force or not eligible keeps its answer, whatever else supports the object.
    const paid = group.filter((i) => alone.get(i)!.outcome.kind === "award");
    const kept: number[] = [];
    for (const i of paid.sort((a, b) => alone.get(b)!.fen - alone.get(a)!.fen || a - b)) {
      if (kept.every((k) => addsTo(rows[k]!.plan, rows[i]!.plan))) kept.push(i);
      else repeated.add(i);
    }
  }
  return repeated;
}

/**
 * Whether the documents let both awards be paid for one object. An award that is paid year by year does not repeat itself;
 * tranches of one task add up to its limits; and where a further award is granted nothing or the difference, that settles it.
 */
export function addsTo(a: Plan, b: Plan): boolean {
  const [one, other] = [a.entry.instrument, b.entry.instrument];
  if (one === other) return a.claim.year !== b.claim.year || Boolean(one.tranches ?? a.again);
  return [one, other].some((x, i, both) => x["adds-to"]?.includes(both[1 - i]!.id));
}

/**
 * 不重复: per object the highest award stays (the earlier one among equals), less what was already paid for the object
 * (the sum over its rows); the others become 0. Rows without an object stay as they are, less what was paid.
 * @param awards whole fen
 * @param paid whole fen per row
 */
export function noRepeat(objects: readonly string[], awards: readonly number[], paid: readonly number[]): number[] {
  const best = new Map<string, number>();
  const paidFor = new Map<string, number>();
  objects.forEach((object, i) => {
    if (!object) return;
    paidFor.set(object, (paidFor.get(object) ?? 0) + (paid[i] ?? 0));
    const leader = best.get(object);
    if (leader === undefined || (awards[i] ?? 0) > (awards[leader] ?? 0)) best.set(object, i);
  });
  return awards.map((fen, i) => {
    const object = objects[i];
    if (!object) return upgrade(fen, paid[i] ?? 0);
    return best.get(object) === i ? upgrade(fen, paidFor.get(object) ?? 0) : 0;
  });
}

/** 晋升后补足差额: what the new award adds to what was paid, never negative. Whole fen. */
export const upgrade = (award: number, paid: number): number => Math.max(0, award - paid);

/** City part (half-up) and district part of an amount in fen; they add up to it. */
export function split(fen: number, share: Ratio): [number, number] {
  const city = halfUp(multiply(share, ratio(fen)));
  return [city, fen - city];
}
