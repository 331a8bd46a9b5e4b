/** What has moved between two runs of one set of scenarios, and because of which rows. Plain values, so that a worker can be sent them. */
import {
  bridgeOf,
  movedRows,
  Refusal,
  type Bridge,
  type MovedRows,
  type RowKey,
  type Scenario,
  type Text,
} from "../../../rules";
import { isError, nameOf, tableColumn, type Given, type LastTotal } from "../../../tables";
import type { Work } from "../../parts/long-work";
import type { Base } from "../base";
import { resultsOf } from "../request";

export interface MovedQuestion {
  /** What was asked of which rows, as the pane knows it. */
  readonly asked: string;
  readonly then: Base;
  readonly now: Base;
  readonly scenarios: readonly Scenario[];
  /** What the set came to then: the rows as they were, then each scenario. */
  readonly last: readonly (LastTotal | undefined)[];
}

/** The steps from then to now: rules and year first, then each kind of rows by itself. */
export const STEPS = ["gone", "added", "changed"] as const;

export interface MovedTotal {
  /** Of the scenario; undefined for the rows as they are. */
  readonly name: string | undefined;
  readonly refusal?: Text;
  /** Fen: what was noted then. */
  readonly noted: number;
  /** What other rules or another year make of the rows of then. */
  readonly rules: number;
  /** From the rows of then to those of now, by STEPS. */
  readonly bridge: Bridge;
}

export interface MovedAnswer {
  readonly rows: Readonly<Record<"same" | (typeof STEPS)[number], number>>;
  /** Rows that cannot be computed as things are, and are in no total. */
  readonly unknown: { readonly then: number; readonly now: number };
  /** The rows as they are, then each scenario that was run then, too. */
  readonly totals: readonly MovedTotal[];
  /** Scenarios that were not run then. */
  readonly fresh: readonly string[];
  /** The rows that moved most as things are, with what they were paid then and are now. */
  readonly largest: readonly { readonly name: Text; readonly before: number; readonly after: number }[];
}

const NAMED = 10;

/** @throws Refusal where the rows of then or now cannot be computed */
export function* movedOver({ then, now, scenarios, last }: Omit<MovedQuestion, "asked">): Work<MovedAnswer> {
  const tables = new Tables(then, now);
  const { moved } = tables;
  const known = scenarios.flatMap((scenario, k) => (last[k + 1] ? [{ scenario, noted: last[k + 1]! }] : []));
  const asked = known.map(({ scenario }) => scenario);
  const bases = [tables.then, ...STEPS.map((step) => (moved[step].length ? tables.with(step) : undefined)), tables.now];
  const runs: (readonly Run[] | undefined)[] = [];
  for (const [k, base] of bases.entries()) {
    yield k / bases.length;
    runs.push(base && runsOver(base, asked, k === 0 || k === bases.length - 1));
  }
  const [before, after] = [runs[0]!, runs.at(-1)!];
  const totals = before.map((result, k): MovedTotal => {
    const results = [result, ...runs.slice(1, -1).map((run) => run?.[k] ?? result), after[k]!];
    const refusal = results.find((one) => one.refusal)?.refusal;
    const [from, ...others] = results.map(({ total }) => total) as [number, ...number[]];
    const noted = k ? known[k - 1]!.noted.total : last[0]!.total;
    return {
      name: k ? asked[k - 1]!.name : undefined,
      ...(refusal && { refusal }),
      noted,
      rules: from - noted,
      bridge: bridgeOf(from, others.slice(0, -1), others.at(-1)!),
    };
  });
  return {
    rows: {
      same: moved.same.length,
      gone: moved.gone.length,
      added: moved.added.length,
      changed: moved.changed.length,
    },
    unknown: { then: before[0]!.unknown, now: after[0]!.unknown },
    totals,
    fresh: scenarios.flatMap(({ name }, k) => (last[k + 1] ? [] : [name])),
    largest: largestOf(tables, before[0]!.fen!, after[0]!.fen!),
  };
}

interface Run {
  readonly total: number;
  readonly refusal: Text | undefined;
  readonly unknown: number;
  /** Of the rows as they are, where it was asked for: what each is paid. */
  readonly fen: Float64Array | undefined;
}

/** @throws Refusal where the rows as they are cannot be computed */
function runsOver(base: Base, scenarios: readonly Scenario[], perRow: boolean): Run[] {
  const runs = Array.from(resultsOf({ base, scenarios, perRow }), ({ total, refusal, unknown, fen }, k): Run => {
    return { total, refusal, unknown, fen: k ? undefined : fen };
  });
  const { refusal } = runs[0]!;
  if (refusal) throw new Refusal("value", refusal);
  return runs;
}

function largestOf({ moved, named }: Tables, before: Float64Array, after: Float64Array): MovedAnswer["largest"] {
  const pairs = [
    ...[...moved.same, ...moved.changed].map(([i, j]) => ({
      name: named("now", j),
      before: before[i]!,
      after: after[j]!,
    })),
    ...moved.gone.map((i) => ({ name: named("then", i), before: before[i]!, after: 0 })),
    ...moved.added.map((j) => ({ name: named("now", j), before: 0, after: after[j]! })),
  ];
  const size = (one: (typeof pairs)[number]): number => Math.abs(one.after - one.before);
  return pairs
    .filter((one) => size(one) > 0)
    .sort((a, b) => size(b) - size(a))
    .slice(0, NAMED);
}

/** The rows of then and now under one row of headers and one year, and what lies between them. */
class Tables {
  readonly then: Base;
  readonly now: Base;
  readonly moved: MovedRows;
  private readonly names: readonly number[];

  constructor(then: Base, now: Base) {
    const headers = [...now.headers, ...then.headers.filter((header) => !now.headers.includes(header))];
    const under = (base: Base): Base => ({
      ...now,
      headers,
      instruments: base.values.map((_, r) => (base.instruments.length > 1 ? base.instruments[r] : base.instruments[0])),
      values: base.values.map((row) => headers.map((header) => row[base.headers.indexOf(header)] ?? "")),
    });
    this.then = under(then);
    this.now = under(now);
    // The contract before the firm: a firm has several.
    this.names = (["object", "firm"] as const).flatMap((column) =>
      headers.flatMap((header, c) => (!isError(header) && tableColumn(nameOf(header ?? "")) === column ? [c] : [])),
    );
    this.moved = movedRows(this.keysOf(this.then), this.keysOf(this.now));
  }

  /** The rows of then with one kind of change. */
  with(step: (typeof STEPS)[number]): Base {
    const rows: [Base, number][] = this.then.values.map((_, i) => [this.then, i]);
    const { gone, added, changed } = this.moved;
    if (step === "changed") for (const [i, j] of changed) rows[i] = [this.now, j];
    const left = new Set(step === "gone" ? gone : []);
    const some = rows.filter((_, i) => !left.has(i));
    if (step === "added") some.push(...added.map((j): [Base, number] => [this.now, j]));
    return {
      ...this.now,
      instruments: some.map(([base, r]) => base.instruments[r]),
      values: some.map(([base, r]) => base.values[r]!),
    };
  }

  readonly named = (when: "then" | "now", row: number): Text => {
    const name = this.nameIn(this[when], row);
    return name === undefined ? { zh: `第${row + 1}行`, en: `row ${row + 1}` } : { zh: name, en: name };
  };

  private nameIn({ values }: Base, row: number): string | undefined {
    const words = this.names.map((c) => wordsOf(values[row]![c])).filter(Boolean);
    return words.length ? words.join(" · ") : undefined;
  }

  private keysOf(base: Base): RowKey[] {
    return base.values.map((row, r) => {
      const name = this.nameIn(base, r);
      return {
        content: JSON.stringify([base.instruments[r], ...row.map(wordsOf)]),
        ...(name !== undefined && { name: nameOf(name) }),
      };
    });
  }
}

const wordsOf = (cell: Given): string => (isError(cell) ? cell.code : String(cell ?? ""));
