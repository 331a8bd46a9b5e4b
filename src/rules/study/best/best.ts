/**
 * 从优: which instrument should support each object, where every object is supported once and the rows of one firm share
 * limits. Proven best, or with a bound of what a better choice could add at most.
 */
import type { Award } from "../../award/award";
import { awards, type PlannedRow } from "../../award/overlap";
import { columnsOf } from "../../columns";
import type { Plan } from "../../plan/plan";
import { namedOwners } from "../../plan/walk";
import { first, Groups } from "./groups";
import { bestAlone } from "./option";
import { Rows, type Candidacy, type Sharing } from "./rows";
import { together } from "./together";
import { tryOut } from "./trial";

export interface Chosen {
  /** By object the candidate that supports it. */
  readonly candidates: Uint16Array;
  /** By object, fen by which another choice among the objects of its firm could be better at most; 0: none is, Infinity: not known. */
  readonly gaps: Float64Array;
}

/** Combinations that may be looked at for one small table, about; what a larger one takes for its rows is taken off. */
const EFFORT = 2 ** 25;
const ROWS = 8192;
/** How many times its share a firm may use of what is left: what others do not need is for those that do. */
const AHEAD = 3;

/**
 * The best candidate of every object.
 * @param length objects; each has a row in at least one of the candidacies
 * @param effort combinations that may be looked at: with less, more is left unproven
 */
export function chooseBest(
  candidacies: readonly Candidacy[],
  length: number,
  sharing: Sharing,
  effort = EFFORT,
): Chosen {
  const { firms, contracts } = sharing;
  const rows = new Rows(candidacies, length, sharing);
  const candidates = new Uint16Array(length);
  const gaps = new Float64Array(length);
  const groups = new Groups(length);
  const firstOf = { firm: new Map<number, number>(), contract: new Map<number, number>() };
  const repeated = new Set<number>();
  for (let i = 0; i < length; i++) {
    if (firms[i]! >= 0) groups.join(i, first(firstOf.firm, firms[i]!, i));
    const contract = contracts?.[i] ?? -1;
    if (contract < 0) continue;
    const before = first(firstOf.contract, contract, i);
    if (before !== i) repeated.add(i);
    groups.join(i, before);
  }
  const named = new Map<string, number>();
  for (const { plan, columns, at } of candidacies)
    for (const { key, by } of namedOwners(plan)) {
      const column = columns.inputs[by];
      if (column?.kind !== "code") continue;
      column.codes.forEach((code, row) => {
        const owner = column.values[code];
        if (owner !== undefined) groups.join(at[row]!, first(named, `${key} ${String(owner)}`, at[row]!));
      });
    }
  // What is left for all, and for how many objects.
  let pool = effort / (1 + length / ROWS);
  let remaining = length;
  for (const members of groups.list()) {
    const group = members.length > 1 ? members.sort((a, b) => rows.year(a) - rows.year(b) || a - b) : members;
    const share = Math.min(pool, (AHEAD * pool * group.length) / remaining);
    const own = { left: share };
    const several = group.length > 1;
    const measured = several && rows.areMeasured(group) && !group.some((i) => repeated.has(i));
    const { choice, gap } =
      several && !measured
        ? tryOut(rows, group, own)
        : measured
          ? together(
              group.map((i) => rows.options(i)),
              own,
            )
          : { choice: [bestAlone(rows.options(group[0]!)).candidate], gap: 0 };
    pool = Math.max(0, pool - share + Math.min(share, own.left));
    remaining -= group.length;
    group.forEach((i, g) => {
      candidates[i] = choice[g]!;
      gaps[i] = gap;
    });
  }
  return { candidates, gaps };
}

export interface Best {
  readonly award: Award;
  /** Fen by which another choice among the objects of the firm could pay more at most; 0: none pays more, Infinity: not known. */
  readonly gap: number;
}

/** One object: the ways to support it. At least one. */
export type Candidates = readonly PlannedRow[];

/** Per object the award of the best legal combination over the objects of its firm and year. */
export function bestAwards(objects: readonly Candidates[], effort = EFFORT): Best[] {
  const byPlan = new Map<Plan, Map<number, { at: number[]; rows: PlannedRow["row"][] }>>();
  objects.forEach((candidates, i) =>
    candidates.forEach(({ plan, row }, candidate) => {
      const byCandidate = byPlan.get(plan) ?? new Map<number, { at: number[]; rows: PlannedRow["row"][] }>();
      byPlan.set(plan, byCandidate);
      const group = byCandidate.get(candidate) ?? { at: [], rows: [] };
      byCandidate.set(candidate, group);
      group.at.push(i);
      group.rows.push(row);
    }),
  );
  const candidacies = [...byPlan].flatMap(([plan, byCandidate]) =>
    [...byCandidate].map(([candidate, { at, rows }]) => ({
      plan,
      columns: columnsOf(plan.inputs, rows),
      at,
      candidate,
    })),
  );
  const codes = (name: "firm" | "object"): Int32Array => {
    const known = new Map<string, number>();
    return Int32Array.from(objects, ([one]) => {
      const text = one?.[name];
      return text ? first(known, text, known.size) : -1;
    });
  };
  const sharing = { firms: codes("firm"), contracts: codes("object") };
  const { candidates, gaps } = chooseBest(candidacies, objects.length, sharing, effort);
  return awards(objects.map((rows, i) => rows[candidates[i]!]!)).map((award, i) => ({ award, gap: gaps[i]! }));
}
