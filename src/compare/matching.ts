/** Which line of one version is which of the other. Nothing is guessed: a key must name one line in both. */
import { nameOf } from "../tables";
import type { Line } from "./version";

export interface Pair {
  readonly before: Line;
  readonly after: Line;
  /** By what they were found to be the same. */
  readonly by: string;
}

export interface Matched {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Line[];
  readonly added: readonly Line[];
}

type Key = (line: Line) => string | undefined;
const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts.map(nameOf));

const byObject =
  (...more: readonly ("instrument" | "year")[]): Key =>
  (line) =>
    line.object ? keyOf(line.object, ...more.map((one) => line[one])) : undefined;
const byFirm =
  (...more: readonly ("instrument" | "year")[]): Key =>
  (line) =>
    line.firm && !line.object ? keyOf(line.firm, ...more.map((one) => line[one])) : undefined;
const sorted = (entries: Iterable<readonly [string, unknown]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
/** What the rules read in the row, whatever its headers and units are; else its cells. */
const byCells: Key = ({ planned, firm, object, instrument, year, inputs }) => {
  // An amount that is not there and one of 0 are the same row.
  if (planned)
    return JSON.stringify([
      nameOf(firm),
      nameOf(object),
      instrument,
      year,
      sorted(Object.entries(planned.row).filter(([, value]) => value !== 0)),
    ]);
  return inputs.size ? JSON.stringify([instrument, year, sorted(inputs)]) : undefined;
};
const byPlace: Key = ({ source, firm, object }) => keyOf(String(source), firm, object);

/** One after the other, among the lines that are left. `many`: alike lines are the same in their order. */
const WAYS: readonly { readonly by: string; readonly key: Key; readonly many?: boolean }[] = [
  { by: "合同（对象）、政策、年度", key: byObject("instrument", "year") },
  { by: "合同（对象）、政策", key: byObject("instrument") },
  { by: "合同（对象）", key: byObject() },
  { by: "企业、政策、年度", key: byFirm("instrument", "year") },
  { by: "企业、政策", key: byFirm("instrument") },
  { by: "企业", key: byFirm() },
  { by: "各列相同", key: byCells, many: true },
  { by: "同一行号、同一企业", key: byPlace },
];
/** For two versions of one and the same table. */
const SAME_TABLE: typeof WAYS = [{ by: "同一行", key: ({ row }) => row }];

export function matched(before: readonly Line[], after: readonly Line[], isSameTable: boolean): Matched {
  const [old, now] = [new Set(before), new Set(after)];
  const pairs: Pair[] = [];
  for (const { by, key, many = false } of isSameTable ? SAME_TABLE : WAYS) {
    const [first, second] = [grouped(old, key), grouped(now, key)];
    for (const [value, lines] of first) {
      const others = second.get(value) ?? [];
      if (!many && (lines.length !== 1 || others.length !== 1)) continue;
      lines.slice(0, others.length).forEach((line, i) => {
        pairs.push({ before: line, after: others[i]!, by });
        old.delete(line);
        now.delete(others[i]!);
      });
    }
  }
  const places = new Map(before.map((line, i) => [line, i]));
  pairs.sort((a, b) => places.get(a.before)! - places.get(b.before)!);
  return { pairs, removed: [...old], added: [...now] };
}

function grouped(lines: ReadonlySet<Line>, key: Key): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const value = key(line);
    if (value === undefined) continue;
    const group = groups.get(value);
    if (group) group.push(line);
    else groups.set(value, [line]);
  }
  return groups;
}
