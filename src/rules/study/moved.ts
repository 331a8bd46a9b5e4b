/** Which rows of a table are new, gone or changed since it was last looked at. */

/** A row by what it holds, and by what it is called where its table names contracts or firms. */
export interface RowKey {
  /** The same for rows of the same content. */
  readonly content: string;
  readonly name?: string;
}

/** Places of rows in the two tables, each table's in its order. */
export interface MovedRows {
  readonly same: readonly (readonly [before: number, after: number])[];
  readonly changed: readonly (readonly [before: number, after: number])[];
  readonly gone: readonly number[];
  readonly added: readonly number[];
}

/**
 * Rows of one content are the same, in their order. Of the others those that have a name that no other of them has, in both
 * tables, are one row that has changed. Nothing is guessed: what is left is gone, or new.
 */
export function movedRows(before: readonly RowKey[], after: readonly RowKey[]): MovedRows {
  const same: [number, number][] = [];
  const waiting = placesBy(after, ({ content }) => content);
  const left = before.flatMap(({ content }, i) => {
    const match = waiting.get(content)?.shift();
    if (match === undefined) return [i];
    same.push([i, match]);
    return [];
  });
  const taken = new Set(same.map(([, j]) => j));
  const others = after.flatMap((_, j) => (taken.has(j) ? [] : [j]));
  const old = placesBy(left, (i) => before[i]!.name);
  const now = placesBy(others, (j) => after[j]!.name);
  const changed = [...old].flatMap(([name, places]): [number, number][] => {
    const match = now.get(name);
    return places.length === 1 && match?.length === 1 ? [[left[places[0]!]!, others[match[0]!]!]] : [];
  });
  const [was, is] = [new Set(changed.map(([i]) => i)), new Set(changed.map(([, j]) => j))];
  return { same, changed, gone: left.filter((i) => !was.has(i)), added: others.filter((j) => !is.has(j)) };
}

/** The places of items by a key, rising; items without one are left out. */
function placesBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, number[]> {
  const found = new Map<string, number[]>();
  items.forEach((item, k) => {
    const key = keyOf(item);
    if (key === undefined) return;
    const known = found.get(key);
    if (known) known.push(k);
    else found.set(key, [k]);
  });
  return found;
}
