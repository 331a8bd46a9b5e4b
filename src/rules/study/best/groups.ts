/** Things that share something, brought together. */

/** What is known of a key; where nothing is, `value` is from now on. */
export function first<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  const before = known.get(key) ?? value;
  known.set(key, before);
  return before;
}

/** Objects that share something, in the order of their first. */
export class Groups {
  private readonly above: Int32Array;

  constructor(private readonly length: number) {
    this.above = Int32Array.from({ length }, (_, i) => i);
  }

  join(a: number, b: number): void {
    const [x, y] = [this.top(a), this.top(b)];
    this.above[Math.max(x, y)] = Math.min(x, y);
  }

  list(): number[][] {
    const groups = new Map<number, number[]>();
    for (let i = 0; i < this.length; i++) {
      const top = this.top(i);
      const group = groups.get(top);
      if (group) group.push(i);
      else groups.set(top, [i]);
    }
    return [...groups.values()];
  }

  private top(i: number): number {
    let top = i;
    while (this.above[top] !== top) top = this.above[top]!;
    for (let at = i; at !== top;) [at, this.above[at]] = [this.above[at]!, top];
    return top;
  }
}
