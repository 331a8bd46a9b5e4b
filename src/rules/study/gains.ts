/** Who gains and who loses between two ways of paying the same rows, and how much of the money a few parties take. */

/** What rows were paid under both ways, whole fen; a row that is not there under one of them is paid nothing by it. */
export interface TwoPayments {
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
  /** Party of each row (its firm, or the row itself), from 0. */
  readonly parties: ArrayLike<number>;
}

/** Counts of parties and sums in fen. A party whose rows move both ways counts by what they come to together. */
export interface Gains {
  readonly parties: number;
  readonly gaining: number;
  readonly losing: number;
  readonly gained: number;
  /** Above 0. */
  readonly lost: number;
  readonly before: number;
  readonly after: number;
}

export interface PartyChange {
  readonly party: number;
  readonly before: number;
  readonly after: number;
}

/** Each party once, in the order in which it first appears; fen. */
export function partyChanges({ before, after, parties }: TwoPayments): PartyChange[] {
  const places = new Map<number, number>();
  const changes: { party: number; before: number; after: number }[] = [];
  for (let row = 0; row < parties.length; row++) {
    const party = parties[row]!;
    let place = places.get(party);
    if (place === undefined) {
      place = changes.push({ party, before: 0, after: 0 }) - 1;
      places.set(party, place);
    }
    changes[place]!.before += before[row] ?? 0;
    changes[place]!.after += after[row] ?? 0;
  }
  return changes;
}

export function gainsOf(changes: readonly PartyChange[]): Gains {
  const sum = { parties: changes.length, gaining: 0, losing: 0, gained: 0, lost: 0, before: 0, after: 0 };
  for (const { before, after } of changes) {
    sum.before += before;
    sum.after += after;
    if (after > before) {
      sum.gaining++;
      sum.gained += after - before;
    } else if (after < before) {
      sum.losing++;
      sum.lost += before - after;
    }
  }
  return sum;
}

/**
 * The same for each group of rows; a party with rows in several groups counts in each.
 * @param groups group of each row, from 0
 * @param count of groups
 */
export function gainsByGroup(payments: TwoPayments, groups: ArrayLike<number>, count: number): Gains[] {
  const rows = Array.from({ length: count }, (): number[] => []);
  for (let row = 0; row < payments.parties.length; row++) rows[groups[row]!]!.push(row);
  const pick = (values: ArrayLike<number>, some: readonly number[]): number[] => some.map((row) => values[row] ?? 0);
  return rows.map((some) =>
    gainsOf(
      partyChanges({
        before: pick(payments.before, some),
        after: pick(payments.after, some),
        parties: pick(payments.parties, some),
      }),
    ),
  );
}

/** The largest gains and the largest losses, the largest first; among equals the one that appears first. */
export function largestChanges(
  changes: readonly PartyChange[],
  most: number,
): { gains: PartyChange[]; losses: PartyChange[] } {
  const by = (sign: 1 | -1): PartyChange[] =>
    changes
      .filter(({ before, after }) => sign * (after - before) > 0)
      .sort((a, b) => sign * (b.after - b.before - (a.after - a.before)))
      .slice(0, most);
  return { gains: by(1), losses: by(-1) };
}

export interface Concentration {
  /** Part of the money that the five largest take; 0 where nothing is paid. */
  readonly topFive: number;
  /** 0: all parties get the same; near 1: one of many takes all. Parties that get nothing count. */
  readonly gini: number;
}

/** @param amounts fen per party */
export function concentrationOf(amounts: readonly number[]): Concentration {
  const ascending = Float64Array.from(amounts).sort();
  const total = ascending.reduce((sum, amount) => sum + amount, 0);
  if (!total) return { topFive: 0, gini: 0 };
  const { length } = ascending;
  const ranked = ascending.reduce((sum, amount, k) => sum + ((2 * k + 1 - length) * amount) / total, 0);
  const topFive = ascending.slice(-5).reduce((sum, amount) => sum + amount, 0);
  return { topFive: topFive / total, gini: ranked / length };
}
