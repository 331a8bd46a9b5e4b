/** When the pool runs out: claims by their days, money by its tranches. */
import { runOutDays, useOverTime as usedOverTime, type PoolUse, type RunOutDays, type Tranche } from "../../rules";
import type { Planning } from "./planning";
import type { Scenario } from "./pool";
import type { Work } from "./order";

/** How the money comes: all at first, or anew each year with what is left carried over or lapsed. */
export const CARRIES = ["once", "lapse", "carry"] as const;
export type Carry = (typeof CARRIES)[number];

export interface TimedUse {
  readonly use: PoolUse;
  /** Over the order of the claims, for the pool of one year; null where the claims lie in several. */
  readonly days: RunOutDays | null;
}

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The years from the first to the last claim. */
export function yearsOf(dated: readonly { readonly date: string }[]): number[] {
  const years = dated.map(({ date }) => yearOf(date));
  const first = years.reduce((a, b) => Math.min(a, b));
  const last = years.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

/** Rows cut to what their claim may still get under its cap, by day, then by row: a firm uses its cap up as it claims. */
function cutByDay(dated: NonNullable<Planning["claims"]["dated"]>, cap: number): { date: string; amount: number }[] {
  const left = new Map<number, number>();
  const ordered = [...dated].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return ordered.map(({ date, amount, claim }) => {
    const room = left.get(claim) ?? cap;
    const cut = Math.min(amount, room);
    left.set(claim, room - cut);
    return { date, amount: cut };
  });
}

export interface TimeQuestion {
  readonly planning: Planning;
  readonly scenario: Scenario;
  readonly carry: Carry;
}

/** Undefined where the claims have no days. */
export function* timedUse({ planning, scenario, carry }: TimeQuestion): Work<TimedUse | undefined> {
  const cap = scenario.cap ?? Infinity;
  const { claims, amount } = planning;
  if (!claims.dated?.length) return undefined;
  const rows = cutByDay(claims.dated, cap);
  const years = yearsOf(rows);
  const tranches: Tranche[] = years.map((year) => ({ date: `${year}-01-01`, amount, carriesOver: carry === "carry" }));
  yield 0.1;
  const use = usedOverTime(rows, carry === "once" ? amount : tranches);
  yield 0.5;
  return { use, days: carry === "once" || years.length === 1 ? runOutDays(rows, amount) : null };
}
