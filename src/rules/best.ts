/**
 * 从优: which instrument should support each object, where every object may be supported once and the rows of one firm
 * share limits. Exact up to EXACT_OBJECTS objects of a firm; beyond, in row order, each the best of what is left.
 */
import { award, type Award } from "./award";
import { awards, type PlannedRow } from "./overlap";
import { add, halfUp, negate, ZERO, type Ratio } from "./ratio";

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

/** What a candidate pays as a function of what is left of its shared limits, in whole fen. */
interface Option {
  readonly index: number;
  /** With its shared limits untouched. */
  readonly full: number;
  /** With its shared limits used up. */
  readonly least: number;
  readonly draws: readonly { key: string; wanted: Ratio; room: number }[];
}

function optionOf(planned: PlannedRow, index: number): Option {
  const alone = award(planned.plan, planned.row);
  const draws = [
    ...alone.parts.map(({ limits, amount }) => ({ limits, amount })),
    { limits: alone.limits, amount: ZERO },
  ]
    .flatMap(({ limits, amount }) => limits.map((limit) => ({ ...limit, wanted: amount })))
    .flatMap(({ limit: { allowance }, gross, used, wanted }) =>
      allowance
        ? [
            {
              key: `${allowance.key}|${allowance.by.includes("year") ? planned.plan.claim.year : "*"}`,
              wanted,
              room: halfUp(add(gross, negate(used))),
            },
          ]
        : [],
    );
  const shared = draws.reduce((sum, { wanted }) => add(sum, wanted), ZERO);
  const unshared = alone.parts.reduce((sum, { amount }) => add(sum, amount), negate(shared));
  return { index, full: alone.fen, least: alone.fen === 0 ? 0 : Math.max(0, halfUp(unshared)), draws };
}

type Drawn = ReadonlyMap<string, number>;

/** The award of an option after `drawn` was used of the shared limits, and what it draws itself. */
function pay({ full, least, draws }: Option, drawn: Drawn): { fen: number; drawn: Drawn } {
  if (!draws.length) return { fen: full, drawn };
  let fen = least;
  let short = false;
  const after = new Map(drawn);
  for (const { key, wanted, room } of draws) {
    const used = drawn.get(key) ?? 0;
    const left = Math.max(0, room - used);
    const whole = halfUp(wanted);
    if (left < whole) short = true;
    const paid = Math.min(left, whole);
    fen += paid;
    after.set(key, used + paid);
  }
  return { fen: short ? fen : full, drawn: after };
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
      const paid = pay(option, drawn);
      choice.push(option.index);
      visit(i + 1, total + paid.fen, paid.drawn);
      choice.pop();
    }
  };
  visit(0, 0, new Map());
  return best.choice;
}

/** Without the options that another one beats whatever else is drawn; the better ones first. */
function undominated(options: readonly Option[]): Option[] {
  const sorted = [...options].sort((a, b) => b.full - a.full || a.index - b.index);
  return sorted.filter((option, i) =>
    sorted.every((other, j) => other === option || other.least < option.full || (other.least === option.full && i < j)),
  );
}

function inRowOrder(options: readonly (readonly Option[])[]): number[] {
  let drawn: Drawn = new Map();
  return options.map((row) => {
    const paid = row.map((option) => ({ option, ...pay(option, drawn) }));
    const best = paid.reduce((a, b) => (b.fen > a.fen ? b : a));
    drawn = best.drawn;
    return best.option.index;
  });
}
