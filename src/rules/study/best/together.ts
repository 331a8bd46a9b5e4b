/** The choice among objects whose options say all there is to know of them. */
import { first, Groups } from "./groups";
import { bestAlone, isPlain, MOST_PARTS, undominated, type Option, type Options, type Shared } from "./option";
import type { Effort } from "./found";
import { search } from "./search";

export interface GroupChoice {
  /** By object the candidate. */
  readonly choice: readonly number[];
  /** Fen by which another choice could pay more at most. */
  readonly gap: number;
}

/** The choice among objects whose options say all, and what it may lack. */
export function together(objects: readonly Options[], effort: Effort): GroupChoice {
  const own = objects.map(bestAlone);
  if (fitTogether(own)) return { choice: own.map(({ candidate }) => candidate), gap: 0 };
  const choice = new Array<number>(objects.length);
  let gap = 0;
  const { simpler, parts } = separated(objects);
  for (const { members, accounts } of parts) {
    const options = members.map((i) => simpler[i]!);
    const found = search(options, accounts, effort);
    gap += found.bound - found.total;
    members.forEach((i, m) => (choice[i] = options[m]![found.choice[m]!]!.candidate));
  }
  return { choice, gap };
}

/** Whether no account cuts any of the options; one that is filled to the fen may cut the fraction of one. */
function fitTogether(options: readonly Option[]): boolean {
  const drawn = new Map<number, { before: number; draws: number; room: number }>();
  for (const { parts, overall, full } of options) {
    if (overall.length && full) return false;
    for (const { wanted, on } of parts) {
      for (const { account, room, before } of on) {
        const known = first(drawn, account, { before, draws: 0, room });
        known.before = Math.max(known.before, before);
        known.draws += wanted;
        known.room = Math.min(known.room, room);
      }
    }
  }
  return [...drawn.values()].every(({ before, draws, room }) => before + draws < room);
}

/** Objects that do not draw on the same account are chosen apart; an account that all of them together cannot use up is none. */
export function separated(objects: readonly Options[]) {
  const most = new Map<number, { draws: number; room: number; before: number; least: number }>();
  for (const options of objects) {
    const own = new Map<number, number>();
    for (const { parts, overall, sums, ceiling } of options) {
      const draws = new Map<number, number>();
      const draw = ({ account, room, before }: Shared, fen: number): void => {
        draws.set(account, (draws.get(account) ?? 0) + fen);
        const known = first(most, account, { draws: 0, room, before: 0, least: before });
        known.room = Math.min(known.room, room);
        known.before = Math.max(known.before, before);
        known.least = Math.min(known.least, before);
      };
      for (const { wanted, on } of parts) for (const shared of on) draw(shared, wanted);
      for (const shared of overall) draw(shared, Math.min(sums.at(-1)! + 1, ceiling, shared.room));
      for (const [account, fen] of draws) own.set(account, Math.max(own.get(account) ?? 0, fen));
    }
    for (const [account, fen] of own) most.get(account)!.draws += fen;
  }
  const binds = (account: number): boolean => {
    const { draws, room, before } = most.get(account)!;
    return before + draws >= room;
  };
  // What was granted before any of the rows, all of them know: it is neither room nor draw.
  const binding = (on: readonly Shared[]): readonly Shared[] => {
    if (!on.length) return on;
    return on.flatMap(({ account, room, before }) => {
      const { least } = most.get(account)!;
      return binds(account) ? [{ account, room: Math.max(0, room - least), before: before - least }] : [];
    });
  };
  const simpler = objects.map((options) =>
    undominated(
      options.map((option) => {
        // What an account that binds nobody leaves to the sum of the parts is a ceiling of the row's own.
        let { ceiling } = option;
        for (const { account, room, before } of option.overall)
          if (!binds(account)) ceiling = Math.min(ceiling, Math.max(0, room - before));
        return limited(option, binding, ceiling);
      }),
      objects.length * MOST_PARTS,
    ),
  );
  const groups = new Groups(objects.length);
  const owner = new Map<number, number>();
  simpler.forEach((options, i) => accountsOf(options).forEach((account) => groups.join(i, first(owner, account, i))));
  const parts = groups.list().map((members) => {
    const numbers = new Map(
      [...new Set(members.flatMap((i) => [...accountsOf(simpler[i]!)]))].map((account, k) => [account, k]),
    );
    const numbered = (on: readonly Shared[]): Shared[] =>
      on.map(({ account, room, before }) => ({ account: numbers.get(account)!, room, before }));
    for (const i of members) simpler[i] = simpler[i]!.map((option) => limited(option, numbered, option.ceiling));
    return { members, accounts: numbers.size };
  });
  return { simpler, parts };
}

function accountsOf(options: Options): Set<number> {
  const accounts = new Set<number>();
  for (const { parts, overall } of options) {
    for (const { on } of parts) for (const { account } of on) accounts.add(account);
    for (const { account } of overall) accounts.add(account);
  }
  return accounts;
}

/** The option with its shared limits changed. */
function limited(option: Option, changed: (on: readonly Shared[]) => readonly Shared[], ceiling: number): Option {
  const { candidate, full, rank, sums, drawn, minus, times } = option;
  const parts = option.parts.map(({ wanted, on }) => ({ wanted, on: changed(on) }));
  const overall = changed(option.overall);
  const plain = isPlain({ sums, overall, ceiling, minus });
  return { candidate, full, rank, parts, sums, drawn, overall, ceiling, minus, times, plain };
}
