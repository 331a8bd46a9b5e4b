/** Several rows: limits shared by the rows of one firm, 从优、就高、不重复, 补足差额, parts of one payment. */
import { award, holds, passes, withDefaults, withoutMoney, type Award, type Draw, type Neighbours } from "./award";
import { roundHalfUp, type Exact } from "../number/money";
import { accountOf } from "../plan/allowance";
import type { Plan, PlanLimit, PlanTest } from "../plan/plan";
import type { Text } from "../law/policy";
import type { Row } from "./row";

export interface PlannedRow {
  readonly plan: Plan;
  readonly row: Row;
  /** Rows without a firm share nothing. */
  readonly firm?: string | undefined;
  /** Contract, project, loan: rows on one object do not repeat. */
  readonly object?: string | undefined;
}

const REPEATS: Text = {
  zh: "同一对象已按更高的一项支持（从优、就高、不重复）",
  en: "the same object is supported by a higher award (not twice)",
};

/** One award per row. Rows of one firm (and year) use up shared limits in row order; one object is paid once. */
export function awards(rows: readonly PlannedRow[]): Award[] {
  const ledger = new Ledger();
  const repeated = repeats(rows);
  const groups = new FirmYears(rows);
  return rows.map((planned, i) => {
    if (repeated.has(i)) return withoutMoney(planned.plan, { kind: "not-eligible", because: REPEATS });
    const result = award(planned.plan, planned.row, {
      drawn: (limit) => ledger.drawn(planned, limit),
      anyRow: (tests) => groups.anyRow(planned, tests),
    });
    ledger.draw(planned, result.draws);
    return result;
  });
}

/** What every firm (and year) has drawn on every allowance, in fen. */
class Ledger {
  private readonly fen = new Map<string, number>();

  drawn(planned: PlannedRow, { allowance }: PlanLimit): number {
    return planned.firm && allowance ? (this.fen.get(this.key(planned, allowance)) ?? 0) : 0;
  }

  draw(planned: PlannedRow, draws: readonly Draw[]): void {
    if (!planned.firm) return;
    for (const { allowance, fen } of draws) {
      const key = this.key(planned, allowance);
      this.fen.set(key, (this.fen.get(key) ?? 0) + fen);
    }
  }

  private key({ plan, firm }: PlannedRow, allowance: Draw["allowance"]): string {
    return JSON.stringify([accountOf(allowance, plan.claim), firm]);
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
      this.groups.set(key, [...(this.groups.get(key) ?? []), planned]);
    }
  }

  anyRow(planned: PlannedRow, tests: readonly PlanTest[]): boolean {
    if (!planned.firm) return rowPasses(planned, tests);
    const key = this.key(planned);
    const known = this.answers.get(key) ?? new Map<readonly PlanTest[], boolean>();
    this.answers.set(key, known);
    const answer = known.get(tests) ?? (this.groups.get(key) ?? []).some((row) => rowPasses(row, tests));
    known.set(tests, answer);
    return answer;
  }

  private key({ plan, firm }: PlannedRow): string {
    return JSON.stringify([plan.entry.instrument.id, firm, plan.claim.year]);
  }
}

function rowPasses({ plan, row }: PlannedRow, tests: readonly PlanTest[]): boolean {
  const given = withDefaults(plan, row);
  const alone: Neighbours = { drawn: () => 0, anyRow: () => false };
  return plan.conditions.every((condition) => holds(condition, given, alone, row)) && passes(tests, given, alone, row);
}

/** Rows whose object another row already has, at a higher award taken alone (the earlier one among equals). */
function repeats(rows: readonly PlannedRow[]): ReadonlySet<number> {
  const objects = new Map<string, number[]>();
  rows.forEach(({ object }, i) => {
    if (object) objects.set(object, [...(objects.get(object) ?? []), i]);
  });
  const repeated = new Set<number>();
  for (const group of objects.values()) {
    if (group.length < 2) continue;
    const alone = new Map(group.map((i) => [i, award(rows[i]!.plan, rows[i]!.row)]));
    // What is missing, out of force or not eligible says so, whatever else supports the object.
    const paid = group.filter((i) => alone.get(i)!.outcome.kind === "award");
    const kept: number[] = [];
    for (const i of paid.sort((a, b) => alone.get(b)!.fen - alone.get(a)!.fen || a - b)) {
      if (kept.every((k) => addsTo(rows[k]!.plan, rows[i]!.plan))) kept.push(i);
      else repeated.add(i);
    }
  }
  return repeated;
}

/** Whether the documents let both awards be paid for one object; one that is paid year by year does not repeat itself. */
export function addsTo(a: Plan, b: Plan): boolean {
  const [one, other] = [a.entry.instrument, b.entry.instrument];
  if (one === other) return a.claim.year !== b.claim.year;
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
export function split(fen: number, share: Exact): [number, number] {
  const city = roundHalfUp(share.times(fen));
  return [city, fen - city];
}
