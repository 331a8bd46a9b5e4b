/**
 * The options of the rows of one plan, measured by column: the only place that knows how a plan becomes options. What a part
 * pays, what a limit leaves and what is taken off are awards of the plan reduced to that part, limit or input, so that
 * every figure is one that the columns compute.
 */
import { columnsAwards, OUTCOMES, outcomeOf, type Columns } from "../../columns";
import { Inputs } from "../../columns/inputs";
import { MAX_FEN } from "../../number/money";
import { partInput, type Allowance } from "../../plan/allowance";
import type { Plan, PlanLimit, PlanPart } from "../../plan/plan";
import { allowancesOf, givenBefore } from "../../plan/walk";
import { isPlain, MOST_PARTS, type Option, type Shared } from "./option";

/** The number of a row's account under an allowance; undefined where the row has the limit to itself. */
export type AccountOf = (allowance: Allowance) => number | undefined;

/** Options by row of the columns. */
export interface Measured {
  /** Whole fen of each row on its own. */
  readonly full: Float64Array;
  /** Precedence among rows that pay nothing: an award (of nothing), not eligible, anything else. */
  readonly rank: Uint8Array;
  option(i: number, candidate: number, accountOf: AccountOf): Option;
}

/** An amount of nothing ranks above a refusal. */
const RANKS = [OUTCOMES.indexOf("award"), OUTCOMES.indexOf("not-eligible")];

/** Whether options have a place for all that the plan does. */
export const isMeasurable = (plan: Plan): boolean =>
  !plan.again &&
  !plan.totals.length &&
  !plan.awarded.length &&
  !(plan.shares && (plan.rounding.step > 1 || plan.rounding.minimum)) &&
  allowancesOf(plan).every((allowance) => allowance.by === undefined && partInput(allowance) === undefined) &&
  plan.parts.filter(isShared).length <= MOST_PARTS;

export function measure(plan: Plan, columns: Columns): Measured {
  const { length } = columns;
  const whole = columnsAwards([{ plan, columns, alone: true }], length);
  const rank = Uint8Array.from(whole.decisions, (decision) => {
    const place = RANKS.indexOf(outcomeOf(decision));
    return place < 0 ? RANKS.length : place;
  });
  const { fen: full } = whole;
  if (!plan.shares) return { full, rank, option: (i, candidate) => fixed(candidate, full[i]!, rank[i]!) };

  const reduced = reducer(plan, columns);
  const others = plan.parts.filter((part) => !isShared(part));
  const parts = plan.parts.filter(isShared);
  const sets = Array.from({ length: 1 << parts.length }, (_, whole) => [
    ...others,
    ...parts.filter((_part, p) => whole & (1 << p)),
  ]);
  const sums = sets.map((set) => reduced(set, plan.rounding));
  const drawn = plan.rounding === plan.drawn ? sums : sets.map((set) => reduced(set, plan.drawn));
  const room = (limit: PlanLimit) => ({
    allowance: limit.allowance!,
    rooms: reduced([only(limit)]),
    granted: limit.used && reduced([only(given(limit.used))]),
  });
  const measured = parts.map((part) => ({
    wanted: reduced([part]),
    on: part.limits.filter(({ allowance }) => allowance).map(room),
  }));
  const overall = plan.limits.filter(({ allowance }) => allowance).map(room);
  const own = plan.limits.filter(({ allowance }) => !allowance);
  const ceilings = own.length ? reduced([{ conditions: [], limits: own }], plan.rounding) : undefined;
  const [minus, times] = [plan.minus, plan.times].map((input) => input && reduced([only(given(input))]));
  // A row that is not paid, or not under that limit, gives it all the same.
  const inputs = new Inputs(plan, columns);
  const before = (plan.inForce ? givenBefore(plan) : []).flatMap(({ allowance, input }) => {
    const granted = inputs.fen(input);
    return granted ? [{ allowance, granted }] : [];
  });
  /** The option with what its row gives as granted before on accounts that it does not draw on. */
  const remembering = (option: Option, i: number, accountOf: AccountOf): Option => {
    const own = new Set([...option.parts.flatMap(({ on }) => on), ...option.overall].map(({ account }) => account));
    const on = before.flatMap(({ allowance, granted }): Shared[] => {
      const account = granted[i]! > 0 ? accountOf(allowance) : undefined;
      if (account === undefined || own.has(account)) return [];
      return [{ account, room: Number.MAX_SAFE_INTEGER, before: granted[i]! }];
    });
    if (!on.length) return option;
    const { parts, sums, drawn } = option;
    return { ...option, parts: [...parts, { wanted: 0, on }], sums: [...sums, ...sums], drawn: [...drawn, ...drawn] };
  };
  return {
    full,
    rank,
    option(i, candidate, accountOf) {
      if (rank[i]) return remembering(fixed(candidate, 0, rank[i]), i, accountOf);
      // A limit that is not there for the row is measured as nothing, although the row is paid.
      const there = (list: readonly ReturnType<typeof room>[], paid: number): Shared[] =>
        list.flatMap(({ allowance, rooms, granted }) => {
          const account = accountOf(allowance);
          if (account === undefined || (paid && !rooms[i])) return [];
          return [{ account, room: rooms[i]!, before: granted ? granted[i]! : 0 }];
        });
      const ceiling = ceilings?.[i] ?? 0;
      const option = {
        candidate,
        full: full[i]!,
        rank: 0,
        parts: measured.map(({ wanted, on }) => ({ wanted: wanted[i]!, on: there(on, wanted[i]!) })),
        sums: sums.map((list) => list[i]!),
        drawn: drawn.map((list) => list[i]!),
        overall: there(overall, full[i]!),
        ceiling: ceilings && (ceiling || !full[i]) ? ceiling : Infinity,
        minus: minus ? minus[i]! : 0,
        times: times ? times[i]! : 1,
      };
      return remembering({ ...option, plain: isPlain(option) }, i, accountOf);
    },
  };
}

const isShared = ({ limits }: PlanPart): boolean => limits.some(({ allowance }) => allowance);

/** An option without accounts. */
export const fixed = (candidate: number, full: number, rank: number): Option => ({
  candidate,
  full,
  rank,
  parts: [],
  sums: [full],
  drawn: [full],
  overall: [],
  ceiling: Infinity,
  minus: 0,
  times: 1,
  plain: true,
});

/** What the rows are paid by some parts alone, in whole fen; MAX_FEN where that is too large. */
function reducer(plan: Plan, columns: Columns) {
  const rest = without(plan, "minus", "times", "again");
  return (parts: readonly PlanPart[], rounding = plan.drawn): Float64Array => {
    const { fen, decisions } = columnsAwards(
      [{ plan: { ...rest, parts, limits: [], rounding }, columns, alone: true }],
      columns.length,
    );
    const tooLarge = OUTCOMES.indexOf("too-large");
    return fen.map((amount, i) => (outcomeOf(decisions[i]!) === tooLarge ? MAX_FEN : amount));
  };
}

/** A part that pays all that a limit allows, whatever was granted before. */
const only = (limit: PlanLimit): PlanPart => ({ conditions: [], limits: [without(limit, "allowance", "used")] });

function without<Whole extends object, Key extends keyof Whole>(
  whole: Whole,
  ...keys: readonly Key[]
): Omit<Whole, Key> {
  const rest = { ...whole };
  for (const key of keys) delete rest[key];
  return rest;
}

/** A limit that is an input itself. */
const given = (input: string): PlanLimit => ({
  index: 0,
  kind: "amount",
  tests: [],
  terms: [{ factors: [{ input, per: 1 }], figures: [] }],
});
