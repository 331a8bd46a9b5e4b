/** A bridge from the total of today to that of a scenario: what each of its changes costs alone, and what they do to each other. */
import type { Changes, Scenario } from "./scenario/scenario";

/** One change of a scenario: a field of it, one reading, or one tier of its rates or caps. */
export interface Change {
  readonly field: keyof Changes;
  readonly changes: Changes;
}

/** The changes of a scenario, one by one, in the order of its fields. How a pool is shared belongs to the pool. */
export function changesOf({ sharing, ...fields }: Scenario): Change[] {
  const shared = sharing !== undefined && { sharing };
  const changes = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field): Change[] => {
    if (field === "name" || fields[field] === undefined) return [];
    if (field === "readings" || field === "rates" || field === "caps")
      return Object.entries(fields[field]).map(([key, value]) => ({ field, changes: { [field]: { [key]: value } } }));
    return [{ field, changes: { [field]: fields[field], ...(field === "pool" && shared) } }];
  });
  return shared && fields.pool === undefined ? [...changes, { field: "sharing", changes: shared }] : changes;
}

export interface Bridge {
  /** Fen: the total before, and what each change alone adds to it. */
  readonly before: number;
  readonly alone: readonly number[];
  /** What the changes together do more or less than each alone. */
  readonly together: number;
  readonly after: number;
}

/** Adds up: before + Σ alone + together = after. */
export function bridgeOf(before: number, alone: readonly number[], after: number): Bridge {
  const steps = alone.map((total) => total - before);
  return { before, alone: steps, together: after - before - steps.reduce((sum, step) => sum + step, 0), after };
}
