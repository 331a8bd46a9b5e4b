/** The choice among objects of which the options do not say all, tried out with awards() itself. */
import { awards } from "../../award/overlap";
import { byAward, type Option, type Options } from "./option";
import type { Rows } from "./rows";
import type { Effort } from "./found";
import { search } from "./search";
import { separated, type GroupChoice } from "./together";

/** Awards of rows that are computed to try choices out. */
const TRIALS = 3000;

/**
 * The choice among objects of which the options do not say all: where rows ask for other rows of the firm, or where an
 * object comes twice. awards() itself tries all choices where they are few; else those next to the best guess. No choice is
 * better than if each object were free of what the options do not say.
 */
export function tryOut(rows: Rows, group: readonly number[], effort: Effort): GroupChoice {
  const planned = group.map((i) =>
    inOrder(rows.options(i)).map((candidate) => ({ candidate, row: rows.planned(i, candidate) })),
  );
  const totalOf = (choice: readonly number[]): number =>
    awards(choice.map((o, g) => planned[g]![o]!.row)).reduce((sum, { fen }) => sum + fen, 0);
  let best = { choice: group.map(() => 0), total: -1 };
  const consider = (choice: number[]): boolean => {
    const total = totalOf(choice);
    if (total <= best.total) return false;
    best = { choice, total };
    return true;
  };
  const named = ({ choice }: typeof best): number[] => choice.map((o, g) => planned[g]![o]!.candidate);
  consider(best.choice);
  if (planned.reduce((all, { length }) => all * length, group.length) <= TRIALS) {
    everyChoice(planned.map(({ length }) => length)).forEach(consider);
    return { choice: named(best), gap: 0 };
  }
  const { simpler, parts } = separated(group.map((i) => [...rows.atMost(i), NOTHING]));
  let bound = 0;
  const guess = group.map(() => 0);
  for (const { members, accounts } of parts) {
    const options = members.map((i) => simpler[i]!);
    const found = search(options, accounts, effort);
    bound += found.bound;
    members.forEach((g, m) => {
      const { candidate } = options[m]![found.choice[m]!]!;
      guess[g] = Math.max(
        0,
        planned[g]!.findIndex((one) => one.candidate === candidate),
      );
    });
  }
  consider(guess);
  let left = TRIALS;
  for (let better = true; better && left > 0;) {
    better = false;
    for (let g = 0; g < group.length; g++) {
      for (let o = 0; o < planned[g]!.length && left > 0; o++, left -= group.length) {
        if (o !== best.choice[g] && consider(best.choice.map((now, other) => (other === g ? o : now)))) better = true;
      }
    }
  }
  return {
    choice: named(best),
    gap: group.every((i) => rows.isBounded(i)) ? Math.max(0, bound - best.total) : Infinity,
  };
}

/** The candidates, the better ones first. */
const inOrder = (options: Options): number[] => [...options].sort(byAward).map(({ candidate }) => candidate);

/** The object is not supported: what comes twice is paid once. */
const NOTHING: Option = {
  candidate: -1,
  full: 0,
  rank: 9,
  parts: [],
  sums: [0],
  drawn: [0],
  overall: [],
  ceiling: Infinity,
  minus: 0,
  times: 1,
  plain: true,
};

const everyChoice = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, size) => all.flatMap((choice) => Array.from({ length: size }, (_, o) => [...choice, o])),
    [[]],
  );
