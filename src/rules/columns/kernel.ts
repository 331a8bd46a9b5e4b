/** Runs the rows of one plan, block by block and in row order, drawing on the ledger where limits are shared. */
import { Facts } from "../award/facts";
import { SOME_FEN } from "../award/overlap";
import type { PathProducts } from "../award/products";
import { MAX_FEN } from "../number/money";
import type { Allowance } from "../plan/allowance";
import { givenBefore } from "../plan/walk";
import { withMinimum } from "../award/award";
import { rowAt } from "./column";
import { NO_LIMIT, rowsAlong, type RowAlong } from "./exact";
import type { Inputs } from "./inputs";
import type { Accounts } from "./ledger";
import {
  add,
  begin,
  lower,
  lowerTo,
  raise,
  refuseLarge,
  set,
  onePass,
  ONE_PASS_COLUMNS,
  onePassShared,
  type OnePass,
} from "./loops";
import { decisionOf, OUTCOMES, type RowAwards } from "./row-awards";
import type { States } from "./states";
import { ABSENT, BOUND, tablesOf, type LimitTable, type PartTable, type Tables } from "./tables";

const TOO_LARGE = OUTCOMES.indexOf("too-large");
/** A further award of a kind that is granted once. */
const NOT_AGAIN = decisionOf(OUTCOMES.indexOf("not-eligible"), NO_LIMIT);

/** One product, and nothing taken off that could leave less than zero. */
const isSimple = ({ factors, used, constant }: LimitTable): boolean =>
  factors.length === 1 && !used.length && constant.every((amount) => amount >= 0);

/** Rows at a time: the buffers stay in the fastest cache. */
const BLOCK = 1024;

/** The rows of a kernel, and what it has to know of them. */
export interface KernelRows {
  readonly inputs: Inputs;
  readonly states: States;
  /** The path of a row, which is that of its state. */
  readonly pathAt: (row: number) => PathProducts;
  readonly accountsOf: (allowance: Allowance) => Accounts;
}

/** A shared limit: its table, its accounts, and by row of the block at hand what it is before and what was granted. */
interface SharedLimit {
  readonly table: LimitTable;
  readonly accounts: Accounts;
  readonly gross: Float64Array;
  readonly used: Float64Array;
}

export class Kernel {
  /** By state. */
  readonly paths: readonly PathProducts[];
  private readonly tables: Tables;
  /** The decision of a row by state, where no limit decides; and by section, state and place of the limit. */
  private readonly decisionsWithoutLimit: Uint16Array;
  private readonly limitDecisions: readonly Uint16Array[];
  private readonly buffers: Float64Array[];
  private readonly shared: readonly (readonly SharedLimit[])[];
  /** Where a further award of the kind pays nothing or the difference: what was granted. */
  private readonly again: (Accounts & { readonly nothing: boolean }) | undefined;
  /** Fen by state that a row gives as granted before without an amount: some, or none. */
  private readonly had: Uint8Array;
  /** What rows give as granted before, by account, in whole fen: it stands there whether or not the row is paid. */
  private readonly given: readonly (Accounts & { readonly fen: Float64Array })[];
  private readonly scratch = new Float64Array(BLOCK);
  /** The parts, then the limits over their sum. */
  private readonly sections: readonly PartTable[];
  /** Of the row at hand, the amount of each section. */
  private readonly smallest: Float64Array;
  private readonly onePass: OnePass | undefined;
  /** By state, once a row of it is beyond the exact range. */
  private readonly along: RowAlong[] = [];

  constructor(
    private readonly rows: KernelRows,
    private readonly out: RowAwards,
  ) {
    this.paths = rows.states.rows.map((row) => rows.pathAt(row));
    this.tables = tablesOf(rows.inputs, this.paths);
    const { parts, overall, places } = this.tables;
    this.sections = overall ? [...parts, overall] : parts;
    const outcomes = this.paths.map(({ path }) => OUTCOMES.indexOf(path.outcome.kind));
    this.decisionsWithoutLimit = Uint16Array.from(outcomes, (outcome) => decisionOf(outcome, NO_LIMIT));
    this.limitDecisions = this.sections.map(({ binding }) =>
      Uint16Array.from(binding, (limit, k) => decisionOf(outcomes[Math.floor(k / places)]!, limit)),
    );
    this.smallest = new Float64Array(this.sections.length);
    this.buffers = this.sections.map(() => new Float64Array(BLOCK));
    this.shared = this.sections.map(({ shared }) =>
      shared.map((table) => ({
        table,
        accounts: rows.accountsOf(table.limit.allowance!),
        gross: new Float64Array(BLOCK),
        used: new Float64Array(BLOCK),
      })),
    );
    const { plan } = rows.inputs;
    const { again, inForce } = plan;
    this.again = again && { ...rows.accountsOf(again), nothing: again.pays === "nothing" };
    const { rows: kinds } = rows.states;
    this.had = Uint8Array.from(kinds, (row) =>
      again?.had && new Facts(plan, rowAt(rows.inputs.columns, row)).hadBefore() ? SOME_FEN : 0,
    );
    this.given = (inForce ? givenBefore(plan) : []).flatMap(({ allowance, input }) => {
      const fen = rows.inputs.fen(input);
      return fen ? [{ ...rows.accountsOf(allowance), fen }] : [];
    });
    this.onePass = this.onePassForm();
  }

  /** Computes rows from `from` to before `to`. */
  run(from: number, to: number): void {
    const { ids } = this.rows.states;
    if (this.onePass?.shared) {
      onePassShared(this.out, this.onePass, this.onePass.shared, ids, from, to, (i) => this.exactly(i));
    } else if (this.onePass) {
      for (const i of onePass(this.out, this.onePass, ids, from, to)) this.exactly(i);
    } else {
      for (let lo = from; lo < to; lo += BLOCK) {
        const n = Math.min(BLOCK, to - lo);
        this.sections.forEach((section, k) => this.reduce(section, k, lo, n));
        this.finish(lo, n);
      }
    }
  }

  /** The tables of the usual clause; undefined for any other. */
  private onePassForm(): OnePass | undefined {
    const { parts, overall, perFen, places } = this.tables;
    const { offset: half } = this.tables.award;
    const { plan } = this.rows.inputs;
    const [part, ...others] = parts;
    const { step, minimum } = plan.rounding;
    if (!part || others.length || overall || step !== 1 || minimum || plan.minus || plan.times || plan.again)
      return undefined;
    const { start, own, shared } = part;
    const [allowance] = shared;
    const [first, second] = own;
    const [given] = this.given;
    if (this.given.some(({ granted }) => granted !== this.shared[0]![0]?.accounts.granted)) return undefined;
    if (own.length > 2 || shared.length > 1 || !own.every(isSimple)) return undefined;
    if (allowance && (allowance.factors.length || allowance.used.length)) return undefined;
    const table = new Float64Array(start.length * ONE_PASS_COLUMNS);
    start.forEach((least, s) => {
      const limit = (of: LimitTable | undefined): number[] =>
        of ? [of.factors[0]!.coefficient[s]!, of.constant[s]! + of.place + half[s]!] : [0, ABSENT];
      const units = allowance?.fen[s] ?? 0;
      const drawn = allowance
        ? [...[allowance.constant[s]!, units, allowance.place + half[s]!, Math.min(units, 1)], given?.fen[0] ?? 0]
        : [];
      table.set([least + half[s]!, ...limit(first), ...limit(second), perFen[s]!, ...drawn], s * ONE_PASS_COLUMNS);
    });
    const { states } = this.rows;
    const rows = states.ids.length;
    // A limit that is not there still reads a column, whatever it holds.
    const [x = new Float64Array(rows), y = x] = own.map(({ factors }) => factors[0]!.column);
    return {
      table,
      first: x,
      second: y,
      decisionsAt: this.limitDecisions[0]!,
      shift: Math.log2(places),
      ...(allowance && { shared: this.shared[0]![0]!.accounts }),
    };
  }

  /** The smallest of the limits that are a row's own, and the gross of those that it shares. */
  private reduce({ start, own }: PartTable, k: number, lo: number, n: number): void {
    const { ids } = this.rows.states;
    const acc = this.buffers[k]!;
    begin(acc, start, ids, lo, n);
    for (const table of own) {
      const { factors, constant, place } = table;
      if (isSimple(table)) {
        lower(acc, factors[0]!, constant, ids, lo, n, place);
        continue;
      }
      this.gross(this.scratch, table, lo, n);
      lowerTo(acc, this.scratch, n, place);
    }
    for (const { table, gross, used } of this.shared[k]!) {
      this.gross(gross, table, lo, n);
      set(used, table.usedConstant, ids, lo, n);
      for (const factor of table.used) raise(used, factor, ids, lo, n);
    }
  }

  private gross(x: Float64Array, { constant, factors, used, limit, fen }: LimitTable, lo: number, n: number): void {
    const { ids } = this.rows.states;
    set(x, constant, ids, lo, n);
    for (const factor of factors) add(x, factor, 1, ids, lo, n);
    if (factors.length && (used.length || limit.allowance)) refuseLarge(x, fen, ids, lo, n);
    if (!limit.allowance) for (const factor of used) add(x, factor, -1, ids, lo, n);
  }

  /** Any number of parts, limits over their sum, what is taken off, and pieces. */
  private finish(lo: number, n: number): void {
    const { sections, buffers, shared, limitDecisions, decisionsWithoutLimit, smallest, again } = this;
    const { parts, overall, minus, pieces, times, places, perFen, live } = this.tables;
    const { offset, inverse, step } = this.tables.award;
    const { drawn } = this.tables;
    const { ids } = this.rows.states;
    const { rounding, drawn: drawing, highest } = this.rows.inputs.plan;
    const { fen, decisions } = this.out;
    const last = places - 1;
    for (let j = 0; j < n; j++) {
      const i = lo + j;
      const s = ids[i]!;
      let decision = decisionsWithoutLimit[s]!;
      let total = 0;
      let capped = 0;
      for (let k = 0; k < sections.length; k++) {
        let least = buffers[k]![j]!;
        for (let d = 0; d < shared[k]!.length; d++) {
          const { table, accounts, gross, used } = shared[k]![d]!;
          const left = gross[j]! - Math.max(used[j]!, accounts.granted[accounts.owners[i]! + 1]! * table.fen[s]!);
          const limit = (left + Math.abs(left)) * 0.5 + table.place;
          // NaN, beyond the exact range, stays whatever limits follow; exactly() then resolves it.
          least = Math.min(least, limit);
        }
        const amount = least - (least & last);
        smallest[k] = amount;
        if (k < parts.length) {
          if (parts[k]!.live[s] && (!highest || amount > total || decision === decisionsWithoutLimit[s]))
            decision = limitDecisions[k]![s * places + (least & last)]!;
          total = highest ? Math.max(total, amount) : total + amount;
          capped = total;
        } else if (!(amount >= total)) {
          capped = amount;
          decision = limitDecisions[k]![s * places + (least & last)]!;
        }
      }
      let off = minus.constant[s]!;
      for (let f = 0; f < minus.factors.length; f++) {
        const { column, coefficient } = minus.factors[f]!;
        off += column[i]! * coefficient[s]!;
      }
      const before = again ? again.granted[again.owners[i]! + 1]! : 0;
      this.remember(i);
      if (again && live[s]) {
        if (again.nothing && before > 0) {
          fen[i] = 0;
          decisions[i] = NOT_AGAIN;
          continue;
        }
        off = Math.max(off, before / perFen[s]!);
      }
      const rest = capped - off;
      const whole = Math.floor(((rest + Math.abs(rest)) * 0.5 + offset[s]!) * inverse[s]!) * step;
      const piece = withMinimum(whole, rounding);
      const award = piece * pieces[s]! * (times ? times[i]! : 1);
      if (!(total + offset[s]! < BOUND) || !(off < BOUND) || !(award <= MAX_FEN)) {
        this.exactly(i);
        continue;
      }
      fen[i] = award;
      decisions[i] = decision;
      // A part draws its amount; limits over the parts draw what is left of the sum.
      if (overall) smallest[parts.length] = capped;
      for (let k = 0; k < shared.length; k++) {
        for (let d = 0; d < shared[k]!.length; d++) {
          const { table, accounts, used } = shared[k]![d]!;
          if (table.fen[s]) {
            const fenDrawn = Math.floor((smallest[k]! + drawn.offset[s]!) * drawn.inverse[s]!) * drawn.step;
            this.draw(accounts, i, Math.round(used[j]! * perFen[s]!), withMinimum(fenDrawn, drawing));
          }
        }
      }
      if (again && live[s]) this.draw(again, i, Math.round(off * perFen[s]!), piece);
    }
  }

  /** What the row gives as granted before stands on its accounts. */
  private remember(i: number): void {
    for (let k = 0; k < this.given.length; k++) {
      this.stand(this.given[k]!, i, this.given[k]!.fen[i]!);
    }
    if (this.again) this.stand(this.again, i, this.had[this.rows.states.ids[i]!]!);
  }

  /** At least so many fen stand on the account of a row. */
  private stand({ owners, granted }: Accounts, i: number, fen: number): void {
    const account = owners[i]! + 1;
    if (account) granted[account] = Math.max(granted[account]!, fen);
  }

  /** Adds to the account of a row: from what stood there or, where that is more, what the row gives as granted before. */
  private draw({ owners, granted }: Accounts, i: number, before: number, fen: number): void {
    const account = owners[i]! + 1;
    if (account) granted[account] = Math.max(granted[account]!, before) + fen;
  }

  /** A row beyond the exact range of doubles. */
  private exactly(i: number): void {
    const { inputs, states, accountsOf } = this.rows;
    const { fen, decisions } = this.out;
    const s = states.ids[i]!;
    const path = this.paths[s]!;
    const standing = ({ owners, granted }: Accounts): number => granted[owners[i]! + 1]!;
    const { again } = this;
    this.remember(i);
    const rowAlong = (this.along[s] ??= rowsAlong(path, inputs));
    const row = rowAlong(
      i,
      ({ allowance }) => (allowance ? standing(accountsOf(allowance)) : 0),
      again ? standing(again) : 0,
    );
    const large = Number.isNaN(row.fen);
    fen[i] = large ? 0 : row.fen;
    decisions[i] = large
      ? decisionOf(TOO_LARGE, NO_LIMIT)
      : decisionOf(OUTCOMES.indexOf(path.path.outcome.kind), row.binding);
    for (const draw of row.draws) this.draw(accountsOf(draw.limit.allowance!), i, draw.before, draw.fen);
    if (again && !large) this.draw(again, i, row.minus, row.piece);
  }
}
