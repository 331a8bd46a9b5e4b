/**
 * 从优: which instrument should support each object, where every object may be supported once and the rows of one firm
 * share limits. Exact up to EXACT_OBJECTS objects of a firm; beyond, in row order, each the best of what is left.
 */
import { award, type Award, type LimitWorking } from "./award";
import { termOf } from "../plan/allowance";
import { awards, type PlannedRow } from "./overlap";
import { halfUp, subtract } from "../number/ratio";

export const EXACT_OBJECTS = 12;

export interface Best {
  readonly award: Award;
  /** The firm has too many objects for the exact search: the choice was made in row order. */
  readonly greedy: boolean;
}

/** One object: the ways to support it. At least one. */
export type Candidates = readonly PlannedRow[];

/** Per object the award of the best legal combination over the objects of its firm and year. */
export function bestAwards(objects: readonly Candidates[]): Best[] {
  const groups = new Map<string, number[]>();
  objects.forEach((candidates, i) => {
    const firm = candidates[0]?.firm;
    const key = firm === undefined ? `#${i}` : `firm ${firm}`;
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  const chosen = new Array<PlannedRow>(objects.length);
  const greedy = new Set<number>();
  for (const group of groups.values()) {
    const options = group.map((i) => objects[i]!.map(optionOf));
    const exact = group.length <= EXACT_OBJECTS;
    const choice = exact ? search(options) : inRowOrder(options);
    group.forEach((i, at) => {
      chosen[i] = objects[i]![choice[at]!]!;
      if (!exact) greedy.add(i);
    });
  }
  return awards(chosen).map((result, i) => ({ award: result, greedy: greedy.has(i) }));
}

/** A limit that the rows of a firm share: its ledger, and what it leaves to them together. Whole fen. */
interface Shared {
  readonly key: string;
  readonly room: number;
}

/** What a candidate pays as a function of what is left of its shared limits, in whole fen. */
interface Option {
  readonly index: number;
  /** With its shared limits untouched. */
  readonly full: number;
  /** With its shared limits used up. */
  readonly least: number;
  /** An amount of nothing is told before a refusal. */
  readonly answer: number;
  readonly parts: readonly { wanted: number; shared: readonly Shared[] }[];
  /** Limits over the sum of the parts: the shared ones, and the least of the others. */
  readonly overall: readonly Shared[];
  readonly ceiling: number;
  readonly minus: number;
}

const ANSWERS = ["award", "not-eligible"];

function optionOf({ plan, row }: PlannedRow, index: number): Option {
  const alone = award(plan, row);
  const shared = (limits: readonly LimitWorking[]): Shared[] =>
    limits.flatMap(({ limit: { allowance }, gross, used }) => {
      if (!allowance) return [];
      const key = `${allowance.key} ${termOf(allowance, plan.claim.year, plan.claim.year)}`;
      return [{ key, room: Math.max(0, halfUp(subtract(gross, used))) }];
    });
  const answer = ANSWERS.indexOf(alone.outcome.kind);
  const option = {
    index,
    full: alone.fen,
    answer: answer < 0 ? ANSWERS.length : answer,
    parts: alone.parts.map(({ limits, amount }) => ({ wanted: halfUp(amount), shared: shared(limits) })),
    overall: shared(alone.limits),
    ceiling: Math.min(...alone.limits.flatMap(({ limit, amount }) => (limit.allowance ? [] : [halfUp(amount)]))),
    minus: halfUp(alone.minus),
  };
  return { ...option, least: pay({ ...option, least: 0 }, () => Infinity).fen };
}

type Drawn = ReadonlyMap<string, number>;

/** The award of an option after what was `used` of the shared limits, and what it draws on each itself. */
function pay(option: Option, used: (key: string) => number): { fen: number; draws: [string, number][] } {
  const { full, parts, overall, ceiling, minus } = option;
  const least = (wanted: number, shared: readonly Shared[]): number =>
    shared.reduce((paid, { key, room }) => Math.min(paid, Math.max(0, room - used(key))), wanted);
  const paid = parts.map(({ wanted, shared }) => least(wanted, shared));
  const sum = paid.reduce((total, fen) => total + fen, 0);
  const total = least(Math.min(sum, ceiling), overall);
  // A part that a shared limit cuts is whole fen; uncut, the fen of the sum are those of the award alone.
  const uncut = paid.every((fen, i) => fen === parts[i]!.wanted) && total === Math.min(sum, ceiling);
  return {
    fen: uncut ? full : Math.max(0, total - minus),
    draws: [
      ...parts.flatMap(({ shared }, i) => shared.map(({ key }): [string, number] => [key, paid[i]!])),
      ...overall.map(({ key }): [string, number] => [key, total]),
    ],
  };
}

function after(drawn: Drawn, draws: readonly [string, number][]): Drawn {
  if (!draws.length) return drawn;
  const next = new Map(drawn);
  for (const [key, fen] of draws) next.set(key, (next.get(key) ?? 0) + fen);
  return next;
}

/** Depth first over all combinations; cuts off where even the full awards of the rest cannot beat the best so far. */
function search(options: readonly (readonly Option[])[]): number[] {
  const useful = options.map(undominated);
  const rest = new Array<number>(options.length + 1).fill(0);
  for (let i = options.length - 1; i >= 0; i--)
    rest[i] = rest[i + 1]! + Math.max(...useful[i]!.map(({ full }) => full));
  let best = { total: -1, choice: [] as number[] };
  const choice: number[] = [];
  const visit = (i: number, total: number, drawn: Drawn): void => {
    if (total + rest[i]! <= best.total) return;
    if (i === useful.length) {
      best = { total, choice: [...choice] };
      return;
    }
    for (const option of useful[i]!) {
      const { fen, draws } = pay(option, (key) => drawn.get(key) ?? 0);
      choice.push(option.index);
      visit(i + 1, total + fen, after(drawn, draws));
      choice.pop();
    }
  };
  visit(0, 0, new Map());
  return best.choice;
}

/** Without the options that another one beats whatever else is drawn; the better ones first. */
function undominated(options: readonly Option[]): Option[] {
  const sorted = [...options].sort((a, b) => b.full - a.full || a.answer - b.answer || a.index - b.index);
  // Where a limit over the sum or a deduction cuts the award, it may draw more on shared limits than it pays.
  const plain = sorted.filter(({ overall, ceiling, minus }) => !overall.length && ceiling === Infinity && !minus);
  return sorted.filter((option, i) =>
    plain.every(
      (other) =>
        other === option || other.least < option.full || (other.least === option.full && i < sorted.indexOf(other)),
    ),
  );
}

function inRowOrder(options: readonly (readonly Option[])[]): number[] {
  let drawn: Drawn = new Map();
  return options.map((row) => {
    const paid = undominated(row).map((option) => ({ option, ...pay(option, (key) => drawn.get(key) ?? 0) }));
    const best = paid.reduce((a, b) => (b.fen > a.fen ? b : a));
    drawn = after(drawn, best.draws);
    return best.option.index;
  });
}
