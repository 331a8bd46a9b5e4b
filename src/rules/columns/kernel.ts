/** Runs the rows of one plan, block by block and in row order, drawing on the ledger where limits are shared. */
import type { Award, Outcome } from "../award";
import { MAX_FEN } from "../money";
import type { PlanLimit } from "../plan";
import { rowAlong, NO_LIMIT } from "./exact";
import type { Inputs } from "./inputs";
import { add, begin, beginWith, lower, lowerTo, refuseLarge, set } from "./loops";
import type { Path } from "./path";
import type { States } from "./states";
import { BOUND, tablesOf, type LimitTable, type PartTable, type Tables } from "./tables";

/** What a row says, by code: the kinds of Outcome. */
export const OUTCOMES = [
  "award",
  "label",
  "not-in-force",
  "not-eligible",
  "incomplete",
  "unquantified",
  "above-ceiling",
  "too-large",
] as const satisfies readonly Outcome["kind"][];
const TOO_LARGE = OUTCOMES.indexOf("too-large");

/** One entry per row. */
export interface RowAwards {
  /** Whole fen, 0 unless the outcome is an award. */
  readonly fen: Float64Array;
  /** PlanLimit.index of the limit that decides; NO_LIMIT where none does. */
  readonly binding: Uint8Array;
  /** Place in OUTCOMES. */
  readonly outcome: Uint8Array;
}

/** One product, and nothing taken off that could leave less than zero. */
const isSimple = ({ factors, used, constant }: LimitTable): boolean =>
  factors.length === 1 && !used.length && constant.every((amount) => amount >= 0);

/** Rows at a time: the buffers stay in the fastest cache. */
const BLOCK = 1024;

export interface Setting {
  readonly inputs: Inputs;
  readonly states: States;
  /** The path of a row: of its state, computed for that row. */
  readonly pathAt: (row: number) => Path | undefined;
  /** 1 + code of the firm, 0 for a row without one; not there where no row has one. */
  readonly firms?: Int32Array;
  /** What the firms have drawn on an allowance, by 1 + code of the firm. */
  readonly drawnOn: (limit: PlanLimit) => Float64Array;
}

export class Kernel {
  private readonly paths: (Path | undefined)[];
  private readonly tables: Tables;
  private readonly outcomes: Uint8Array;
  private readonly accounts: Float64Array[];
  private readonly draws: readonly (readonly { table: LimitTable; drawn: Float64Array; gross: Float64Array }[])[];
  private readonly scratch = new Float64Array(BLOCK);
  /** The parts, then the limits over their sum. */
  private readonly sections: readonly PartTable[];
  /** Of the row at hand, the smallest limit of each section. */
  private readonly smallest: Float64Array;

  constructor(
    private readonly setting: Setting,
    private readonly out: RowAwards,
  ) {
    this.paths = setting.states.rows.map((row) => setting.pathAt(row));
    this.tables = tablesOf(setting.inputs, this.paths);
    this.outcomes = Uint8Array.from(this.paths, (path) => OUTCOMES.indexOf(path?.award.outcome.kind ?? "award"));
    const { parts, overall } = this.tables;
    this.sections = overall ? [...parts, overall] : parts;
    this.smallest = new Float64Array(this.sections.length);
    this.accounts = this.sections.map(() => new Float64Array(BLOCK));
    this.draws = this.sections.map(({ shared }) =>
      shared.map((table) => ({ table, drawn: setting.drawnOn(table.limit), gross: new Float64Array(BLOCK) })),
    );
  }

  /** The award of one of the rows that share the state of row i; undefined where it was too large. */
  awardOfState(i: number): Award | undefined {
    return this.paths[this.setting.states.ids[i]!]?.award;
  }

  /** Computes rows from `from` to before `to`. */
  run(from: number, to: number): void {
    const { parts, overall } = this.tables;
    const { plan } = this.setting.inputs;
    const single = parts.length === 1 && !overall && !plan.minus && !plan.times;
    for (let lo = from; lo < to; lo += BLOCK) {
      const n = Math.min(BLOCK, to - lo);
      this.sections.forEach((section, k) => this.reduce(section, k, lo, n));
      if (single && !parts[0]!.shared.length) this.finish(lo, n);
      else if (single && parts[0]!.shared.length === 1 && plan.rounding === "half_up") this.finishShared(lo, n);
      else this.finishAny(lo, n);
    }
  }

  /** The smallest of the limits that are a row's own, and the gross of those that it shares. */
  private reduce({ start, own, shared }: PartTable, k: number, lo: number, n: number): void {
    const { ids } = this.setting.states;
    const acc = this.accounts[k]!;
    const simple = own.filter(isSimple);
    const [first, ...others] = simple;
    if (first) beginWith(acc, start, first.factors[0]!, first.constant, ids, lo, n, first.place);
    else begin(acc, start, ids, lo, n);
    for (const { factors, constant, place } of others) lower(acc, factors[0]!, constant, ids, lo, n, place);
    for (const table of own) {
      if (simple.includes(table)) continue;
      this.gross(this.scratch, table, lo, n);
      lowerTo(acc, this.scratch, n, table.place);
    }
    shared.forEach((table, d) => this.gross(this.draws[k]![d]!.gross, table, lo, n));
  }

  private gross(x: Float64Array, { constant, factors, used, limit, fen }: LimitTable, lo: number, n: number): void {
    const { ids } = this.setting.states;
    set(x, constant, ids, lo, n);
    for (const factor of factors) add(x, factor, 1, ids, lo, n);
    if (factors.length && (used.length || limit.allowance)) refuseLarge(x, fen, ids, lo, n);
    for (const factor of used) add(x, factor, -1, ids, lo, n);
  }

  /** One part and nothing shared: round. */
  private finish(lo: number, n: number): void {
    const { offset, inverse, step, places, parts } = this.tables;
    const { ids } = this.setting.states;
    const { fen, binding, outcome } = this.out;
    const [acc] = this.accounts;
    const names = parts[0]!.binding;
    const outcomes = this.outcomes;
    const last = places - 1;
    let large = 0;
    for (let j = 0; j < n; j++) {
      const s = ids[lo + j]!;
      const v = acc![j]!;
      fen[lo + j] = Math.floor((v + offset[s]!) * inverse[s]!) * step;
      // The bits of the place; the conversion keeps the low bits of any whole number below 2^53.
      binding[lo + j] = names[s * places + ((v | 0) & last)]!;
      outcome[lo + j] = outcomes[s]!;
      large += Number(!(v + offset[s]! < BOUND));
    }
    if (large) for (let j = 0; j < n; j++) if (!(acc![j]! + offset[ids[lo + j]!]! < BOUND)) this.exactly(lo + j);
  }

  /** One part with one shared limit: what earlier rows of the firm drew is taken off, row after row. */
  private finishShared(lo: number, n: number): void {
    const { half, perFen, places, parts } = this.tables;
    const { ids } = this.setting.states;
    const { firms } = this.setting;
    const { fen, binding, outcome } = this.out;
    const [acc] = this.accounts;
    const { table, drawn, gross } = this.draws[0]![0]!;
    const names = parts[0]!.binding;
    const outcomes = this.outcomes;
    const last = places - 1;
    for (let j = 0; j < n; j++) {
      const s = ids[lo + j]!;
      const firm = firms ? firms[lo + j]! : 0;
      const m = acc![j]!;
      const y = gross[j]! - drawn[firm]! * table.fen[s]!;
      const d = (y + Math.abs(y)) * 0.5 + table.place - m;
      const v = m + (d - Math.abs(d)) * 0.5;
      if (!(v + half[s]! < BOUND)) {
        this.exactly(lo + j);
        continue;
      }
      const amount = Math.floor((v + half[s]!) * perFen[s]!);
      fen[lo + j] = amount;
      binding[lo + j] = names[s * places + ((v | 0) & last)]!;
      outcome[lo + j] = outcomes[s]!;
      drawn[firm] = drawn[firm]! + amount * Math.min(table.fen[s]!, 1);
      drawn[0] = 0;
    }
  }

  /** Any number of parts, limits over their sum, what is taken off, and pieces. */
  private finishAny(lo: number, n: number): void {
    const { parts, overall, offset, inverse, step, minus, pieces, times, places } = this.tables;
    const { ids } = this.setting.states;
    const { fen, binding, outcome } = this.out;
    const over = overall && this.sections.length - 1;
    const last = places - 1;
    for (let j = 0; j < n; j++) {
      const i = lo + j;
      const s = ids[i]!;
      outcome[i] = this.outcomes[s]!;
      let total = 0;
      let decides = NO_LIMIT;
      for (let p = 0; p < parts.length; p++) {
        const least = this.least(p, j, i, s);
        total += least - (least & last);
        if (parts[p]!.live[s]) decides = parts[p]!.binding[s * places + (least & last)]!;
      }
      let rest = total;
      if (over !== undefined) {
        const least = this.least(over, j, i, s);
        const amount = least - (least & last);
        // Also for NaN, which exactly() then resolves.
        if (!(amount >= total)) {
          rest = amount;
          decides = overall!.binding[s * places + (least & last)]!;
        }
      }
      const capped = rest;
      rest -= minus.constant[s]!;
      for (const { column, coefficient } of minus.factors) rest -= column[i]! * coefficient[s]!;
      const piece = Math.floor((Math.max(0, rest) + offset[s]!) * inverse[s]!) * step;
      const award = piece * pieces[s]! * (times ? times[i]! : 1);
      if (!(total + offset[s]! < BOUND) || !(award <= MAX_FEN)) {
        this.exactly(i);
        continue;
      }
      fen[i] = award;
      binding[i] = decides;
      this.draw(i, s, capped);
    }
  }

  /** The smallest limit of a part (or over the parts) for one row, with its place; NaN or large where it is not exact. */
  private least(k: number, j: number, i: number, s: number): number {
    const firm = this.setting.firms?.[i] ?? 0;
    let least = this.accounts[k]![j]!;
    for (const { table, drawn, gross } of this.draws[k]!) {
      least = Math.min(least, Math.max(0, gross[j]! - drawn[firm]! * table.fen[s]!) + table.place);
    }
    this.smallest[k] = least;
    return least;
  }

  /** What a row of finishAny() draws: from a part its amount, from limits over the parts what is left of the sum. */
  private draw(i: number, s: number, capped: number): void {
    const firm = this.setting.firms?.[i] ?? 0;
    if (!firm) return;
    const { half, perFen, places, parts } = this.tables;
    this.draws.forEach((shared, k) => {
      const least = this.smallest[k]!;
      const units = k < parts.length ? least - (least & (places - 1)) : capped;
      for (const { table, drawn } of shared) {
        if (table.fen[s]) drawn[firm] = drawn[firm]! + Math.floor((units + half[s]!) * perFen[s]!);
      }
    });
  }

  /** A row beyond the exact range of doubles. */
  private exactly(i: number): void {
    const { inputs, states, firms, pathAt, drawnOn } = this.setting;
    const { fen, binding, outcome } = this.out;
    const firm = firms?.[i] ?? 0;
    const path = this.paths[states.ids[i]!] ?? pathAt(i);
    const row = path && rowAlong(path, inputs, i, (limit) => (limit.allowance && firm ? drawnOn(limit)[firm]! : 0));
    const large = !row || Number.isNaN(row.fen);
    fen[i] = large ? 0 : row.fen;
    binding[i] = large ? NO_LIMIT : row.binding;
    outcome[i] = large ? TOO_LARGE : OUTCOMES.indexOf(path.award.outcome.kind);
    if (firm) for (const { limit, fen: amount } of row?.draws ?? []) drawnOn(limit)[firm]! += amount;
  }
}
