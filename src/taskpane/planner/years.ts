/** Several years: what is due in which month and budget year, and what pools of several years pay of it. */
import {
  type Amount,
  beyond,
  flowsOver,
  mixtureOf,
  levelsOf,
  grownBy,
  quantile,
  refuse,
  runsOut,
  scheduleOf,
  WHOLE,
  needOf,
  type Delay,
  type Input,
  type Flows,
  type Levels,
  type Need,
  type PaymentTerms,
  type Schedule,
  type ScheduledRow,
  type Text,
  yearsLater,
} from "../../rules";
import { readInput } from "../../tables";
import type { Work } from "../parts/long-work";
import { refusedAt } from "./claim-columns";
import type { Ahead } from "../insertion/rows";
import type { FieldName, Form } from "./form";
import { yearCarryOf } from "./pool";
import { attempt, moneyOf, needIn, uncertainClaims, worldsOver, type PoolFigures } from "./planning";

/** When a claim is paid: so many months later, or in a month of the next year. */
export const DELAYS = ["0", "1", "3", "6", "12", "next"] as const;
/** Years beyond those of the claims. */
export const AHEAD = ["0", "1", "2", "3", "4", "5"] as const;

/** The fields of the section. */
export const YEAR_FIELDS: readonly FieldName[] = [
  "ahead",
  "yearly-growth",
  "delay",
  "paid-month",
  "parts",
  "unused",
  "year-carry",
];

export interface YearsPlan {
  /** Years after the last one of the claims, in which its claims come again. */
  readonly ahead: number;
  /** A decimal: by how much they grow each year. */
  readonly growth: string;
  readonly terms: PaymentTerms;
  readonly carriesOver: boolean;
}

const PERCENT: Input = { kind: "number", zh: "百分数", en: "percentage" };

/** "8%", "0.08", "-5%" as a decimal; blank: 0. @throws Refusal */
function partIn(subject: Text, words: string | undefined): number {
  const bare = (words ?? "").normalize("NFKC").trim();
  const negative = bare.startsWith("-");
  try {
    const value = bare ? readInput(PERCENT, negative ? bare.slice(1) : bare) : 0;
    const part = typeof value === "number" ? value : 0;
    if (part >= 1 && !bare.includes("%"))
      throw refuse(`“${bare}”应写成百分数，如 8%`, `write "${bare}" as a percentage, such as 8%`);
    return negative ? -part : part;
  } catch (error) {
    throw refusedAt(subject, error);
  }
}

/** "50/30/20" (percent) as ten-thousandths; blank: all at once. @throws Refusal */
function partsIn(words: string | undefined): number[] {
  const bare = (words ?? "").normalize("NFKC").replaceAll("%", "").trim();
  if (!bare) return [WHOLE];
  const parts = bare.split(/[\s/,、;+]+/).map((part) => (/^\d+(\.\d{1,2})?$/.test(part) ? Number(part) * 100 : NaN));
  const all = parts.reduce((total, part) => total + part, 0);
  if (Math.abs(all - WHOLE) < 1e-6) return parts.map(Math.round);
  throw refuse(
    "分期：应写成合计 100 的百分数，如 50/30/20",
    "instalments: write percentages that add up to 100, such as 50/30/20",
  );
}

/** @throws Refusal */
function growthIn(form: Form): string {
  const growth = partIn({ zh: "每年增长", en: "growth per year" }, form["yearly-growth"]);
  if (growth > -1 && growth <= 10) return growth.toFixed(8);
  throw refuse("每年增长：应在 -100% 与 1000% 之间", "growth per year: it must lie between -100% and 1000%");
}

/** The years ahead that the form asks for, and their growth; undefined: none. @throws Refusal */
export function aheadIn(form: Form): Ahead | undefined {
  const years = Number(AHEAD.find((one) => one === form.ahead) ?? "0");
  return years > 0 ? { years, growth: growthIn(form) } : undefined;
}

/** The month counts, and is read, only where payment is in a month of the next year; blank: March. @throws Refusal */
function delayIn(form: Form): Delay {
  if (form.delay !== "next") return { months: Number(DELAYS.find((one) => one === form.delay) ?? "0") };
  const month = Number(form["paid-month"]?.normalize("NFKC").trim() || "3");
  if (Number.isInteger(month) && month >= 1 && month <= 12) return { years: 1, month };
  throw refuse("兑付月份：应为 1 到 12", "month of payment: it must be from 1 to 12");
}

/** What the form says of several years. @throws Refusal for a field that cannot be read */
export function yearsPlanIn(form: Form): YearsPlan {
  const unused = partIn({ zh: "不使用的比例", en: "share unused" }, form.unused);
  return {
    ahead: aheadIn(form)?.years ?? 0,
    growth: growthIn(form),
    terms: { delay: delayIn(form), parts: partsIn(form.parts), unused },
    carriesOver: yearCarryOf(form) === "carry",
  };
}

export const yearsPlanOf = (form: Form) => attempt(() => yearsPlanIn(form));

export interface YearsQuestion {
  readonly figures: PoolFigures;
  readonly cap: number | undefined;
  readonly plan: YearsPlan;
}

/** Fen, on average or as percentiles; probabilities. */
export interface BudgetYear {
  readonly year: number;
  readonly pool: number;
  readonly opening: number;
  readonly expected: number;
  readonly p50: number;
  readonly p90: number;
  readonly unpaid: number;
  /** Carried over into the next year, or lapsed. */
  readonly left: number;
  readonly usedUp: number;
}

export interface YearsAnswer {
  readonly years: readonly BudgetYear[];
  readonly months: readonly { month: string; expected: number; p50: number; p90: number }[];
  /** That the pool is used up in any of the years, and how far the probabilities of years that hang together may be off. */
  readonly any: number;
  readonly error: number;
}

/** The rows of the claims, and those of the last year again in the years ahead, grown. */
export function rowsAhead(dated: readonly ScheduledRow[], { ahead, growth }: YearsPlan): ScheduledRow[] {
  const yearOf = ({ date }: ScheduledRow): number => Number(String(date).slice(0, 4));
  const last = dated.reduce((year, row) => Math.max(year, yearOf(row)), 0);
  const base = dated.filter((row) => yearOf(row) === last);
  const later = Array.from({ length: ahead }, (_, k) => {
    const grown = grownBy(growth, k + 1);
    return base.map(({ date, amount, claim }) => ({
      date: yearsLater(String(date), k + 1),
      amount: grown(amount),
      claim,
    }));
  });
  return [...dated, ...later.flat()];
}

/** Undefined where the claims have no days. */
export function* severalYears({ figures, cap, plan }: YearsQuestion): Work<YearsAnswer | undefined> {
  const { claims, growth } = figures;
  if (!claims.dated?.length) return undefined;
  yield 0;
  // Contracts under a policy came again with their awards by the rules; claims that were typed grow themselves.
  const rows = claims.ahead ? [...claims.dated, ...claims.ahead] : rowsAhead(claims.dated, plan);
  const schedule = scheduleOf(rows, uncertainClaims(figures), plan.terms, cap);
  if (!schedule.years.length) return undefined;
  const pools = schedule.years.map(({ year }) => moneyOf(figures, year));
  const hangsTogether = plan.carriesOver || plan.terms.parts.length > 1;
  if (hangsTogether && schedule.years.length > 1 && growth && growth.spread > 0)
    throw refuse(
      "结转或分期时，各年由同一批申请连在一起；整体增长的上下浮动请改填“一起变动（景气）”，这里才能算准",
      "money carried over and instalments tie the years together: enter the uncertain growth as states of good and bad times instead",
    );
  const { worlds, needs } = yield* needsOf(schedule, figures);
  // Paid at once, with money that lapses, the years of one world hang together by nothing.
  const flows = hangsTogether ? yield* flowsIn(schedule, worlds, figures, plan, pools) : undefined;
  const years: BudgetYear[] = [];
  let opening = 0;
  for (const [k, need] of needs.entries()) {
    yield 0.6 + (0.2 * k) / needs.length;
    // A year that starts with its own money alone has exact figures.
    const flow = k > 0 && plan.carriesOver ? flows?.years[k] : undefined;
    const { unpaid, left } = restOf(need.mean, opening + pools[k]!, flow ?? { unpaid: beyond(need, pools[k]!) });
    years.push({
      year: schedule.years[k]!.year,
      pool: pools[k]!,
      opening,
      expected: need.mean,
      p50: quantile(need, 0.5),
      p90: quantile(need, 0.9),
      unpaid,
      left,
      usedUp: flow ? flow.usedUp.chance : runsOut(need, pools[k]!),
    });
    opening = plan.carriesOver ? left : 0;
  }
  const months = [];
  for (const [k, { month, due }] of schedule.months.entries()) {
    const [year, before, after] = [k, k - 1, k + 1].map((place) => schedule.months[place]?.month.slice(0, 4));
    const whole = year !== before && year !== after ? schedule.years.findIndex((one) => String(one.year) === year) : -1;
    // The only month of a year with payments needs what the year does.
    const need = needs[whole] ?? (yield* needIn(due, figures, 0.8 + (0.2 * k) / schedule.months.length));
    months.push({ month, expected: need.mean, p50: quantile(need, 0.5), p90: quantile(need, 0.9) });
  }
  if (!flows) return { years, months, any: anyOf(worlds, pools), error: 0 };
  const error = Math.max(flows.any.error, ...flows.years.map(({ usedUp }) => usedUp.error));
  return { years, months, any: flows.any.chance, error };
}

/**
 * What stays unpaid of a need and what is left of the money, on average: the one that is known better, and the other out of it, so
 * that paid, unpaid and left add up and no year pays more than there is.
 */
function restOf(
  expected: number,
  held: number,
  { unpaid, left }: { readonly unpaid: Amount; readonly left?: Amount },
): { unpaid: number; left: number } {
  const found = left && left.error < unpaid.error ? expected - held + left.fen : unpaid.fen;
  const least = Math.max(0, expected - held, Math.min(expected, found));
  return { unpaid: least, left: held - (expected - least) };
}

/** While each factor is in one of its states, the same one in all years: good times last. */
interface YearsWorld {
  readonly weight: number;
  /** By year, of what is due in it. */
  readonly needs: readonly Need[];
}

/** @returns the need of each year, in each world and over all */
function* needsOf(
  { years }: Schedule,
  { growth, factors }: PoolFigures,
): Work<{ worlds: YearsWorld[]; needs: Need[] }> {
  const worlds: YearsWorld[] = [];
  const lists = years.map(({ due }) => due);
  for (const { weight, lists: moved } of worldsOver(lists, factors)) {
    const needs: Need[] = [];
    for (const list of moved) {
      yield 0.2;
      needs.push(needOf(list, growth));
    }
    worlds.push({ weight, needs });
  }
  const needs = years.map((_, k) => mixtureOf(worlds.map(({ weight, needs: own }) => ({ weight, need: own[k]! }))));
  return { worlds, needs };
}

/** Lists of sums for a table of levels, as a part of the longest: they put less than 1e-4 of probability elsewhere. */
const SHORT = 2 ** -8;

/** What years pay that hang together. */
function* flowsIn(
  { years }: Schedule,
  worlds: readonly YearsWorld[],
  { growth, factors }: PoolFigures,
  { terms, carriesOver }: YearsPlan,
  pools: readonly number[],
): Work<Flows> {
  const lists = years.map(({ begun }) => begun);
  const flowing: { weight: number; begun: Levels[] }[] = [];
  for (const [place, { weight, lists: moved }] of worldsOver(lists, factors).entries()) {
    const begun: Levels[] = [];
    for (const [k, list] of moved.entries()) {
      yield 0.4;
      // Paid at once, what begins in a year is what is due in it. Sums of known sizes are looked up in short lists: thousands of times.
      const due = worlds[place]!.needs[k]!;
      const asDue = terms.parts.length === 1 && due.method === "transform";
      begun.push(levelsOf(asDue ? due : needOf(list, growth, [], SHORT)));
    }
    flowing.push({ weight, begun });
  }
  yield 0.5;
  return flowsOver(flowing, terms.parts, pools, carriesOver);
}

/** That any of the pools is used up, where in each world the years have nothing to do with each other. */
const anyOf = (worlds: readonly YearsWorld[], pools: readonly number[]): number =>
  worlds.reduce(
    (all, { weight, needs }) =>
      all + weight * (1 - needs.reduce((none, need, k) => none * (1 - runsOut(need, pools[k]!)), 1)),
    0,
  );
