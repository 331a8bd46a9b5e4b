/**
 * Several plans over one table: the columns' counterpart of awards() in overlap.ts. Rows use shared limits up in the order of
 * their year, then of their row, whatever their instrument, and one object is paid once.
 */
import { award, withoutMoney, type Award } from "../award/award";
import { Facts, NO_NEIGHBOURS, type Neighbours } from "../award/facts";
import {
  byTurn,
  isChosen,
  NOT_PAID_BESIDE,
  repeatedAward,
  rowQualifies,
  settle,
  sumOf,
  type Elsewhere,
  type OfObject,
  type PlannedRow,
} from "../award/overlap";
import { pathOf, TOO_LARGE, type Outcome, type Path } from "../award/path";
import { productsOf, type PathProducts } from "../award/products";
import type { Allowance } from "../plan/allowance";
import type { Plan, PlanTest } from "../plan/plan";
import { anyRowTests, givenBefore } from "../plan/walk";
import { Awarded } from "./awarded";
import { highest, rowAt, type Columns } from "./column";
import { Inputs } from "./inputs";
import { Kernel } from "./kernel";
import { NO_LIMIT } from "./exact";
import { decisionOf, OUTCOMES, outcomeOf, UNDECIDED, type RowAwards } from "./row-awards";
import { Ledger, type Accounts } from "./ledger";
import { statesOf, type States } from "./states";
import { withTotals } from "./totals";

/** Rows of a table that share a plan. */
export interface Block {
  readonly plan: Plan;
  readonly columns: Columns;
  /** Place of each row in the table, rising; not there: the block is the table. */
  readonly at?: Uint32Array;
  /** Code of each row's firm, the same in every block, from 0; -1 for a row without one. */
  readonly firms?: Int32Array;
  /** Code of each row's object (contract, project, loan, platform …), likewise. */
  readonly objects?: Int32Array;
  /** Each row stands alone, whomever it names. */
  readonly alone?: true;
  /** By input, 1 for rows that lack it since what other rows are awarded is not known, 2 where other rows come to more than is exact. */
  readonly unknown?: ReadonlyMap<string, Uint8Array>;
}

/** The awards of a table's rows, by place in the table. */
export interface TableAwards extends RowAwards {
  /** Why a row pays nothing: the award of that row, with outcome and words. */
  because(row: number): Award;
}

/**
 * One award per row of a table, the same as awards() of overlap.ts.
 * @param length rows of the table
 * @throws RangeError for more than 65,536 kinds of rows in one block; awards() has no such limit
 */
export function columnsAwards(blocks: readonly Block[], length: number): TableAwards {
  const out = rowAwards(length);
  const runs = runBlocks(blocks, length, ({ at }) => (at ? rowAwards(at.length) : out));
  for (const { block, own } of runs) {
    block.at?.forEach((row, i) => {
      out.fen[row] = own.fen[i]!;
      out.decisions[row] = own.decisions[i]!;
    });
  }
  let places: ReturnType<typeof placesOf> | undefined;
  return {
    ...out,
    because(row) {
      places ??= placesOf(blocks, length);
      return runs[places.block[row]!]!.because(places.row[row]!);
    },
  };
}

/**
 * The same by block: the awards of each block's rows in its own order.
 * @param used what an earlier call gave and nobody needs any more; arrays of the right length are written again
 */
export const blockAwards = (blocks: readonly Block[], length: number, used: readonly RowAwards[] = []): RowAwards[] =>
  runBlocks(blocks, length, ({ columns }, b) =>
    used[b]?.fen.length === columns.length ? used[b] : rowAwards(columns.length),
  ).map(({ own }) => own);

function runBlocks(blocks: readonly Block[], length: number, outOf: (block: Block, b: number) => RowAwards): Run[] {
  const overlap = overlaps(blocks);
  const ledger = new Ledger(blocks);
  const awarded = new Awarded(blocks);
  const counted = withTotals(blocks, overlap.repeated);
  const runs = new Array<Run>(blocks.length);
  for (const turn of turnsOf(blocks, awarded)) {
    const together = turn.map((b) => awarded.filled(counted[b]!));
    decide(
      together,
      turn.map((b) => overlap.repeated[b]),
    ).forEach((rows, k) => {
      runs[turn[k]!] = new Run(rows, outOf(rows.block, turn[k]!), ledger);
    });
    inOrder(
      turn.map((b) => runs[b]!),
      length,
    );
    for (const { kept, elsewhere } of overlap.reduced) {
      const own = kept.filter(({ b }) => turn.includes(b));
      for (const { b, i } of own.sort((x, y) => runs[x.b]!.year - runs[y.b]!.year || x.at - y.at)) {
        const { fen } = runs[b]!.own;
        const taken = Math.min(fen[i]!, elsewhere.left);
        fen[i]! -= taken;
        elsewhere.left -= taken;
      }
    }
    for (const b of turn) awarded.add(runs[b]!.block, runs[b]!.own);
  }
  return runs;
}

/** The places of blocks that are computed together, one after another: all at once where none asks for the award of another. */
function turnsOf(blocks: readonly Block[], { isAsked }: Awarded<Block>): number[][] {
  const places = blocks.map((_, b) => b);
  if (!isAsked) return [places];
  const turns: number[][] = [];
  for (const b of places.sort((x, y) => byTurn(blocks[x]!.plan, blocks[y]!.plan))) {
    const last = turns.at(-1);
    if (last && byTurn(blocks[last[0]!]!.plan, blocks[b]!.plan) === 0) last.push(b);
    else turns.push([b]);
  }
  return turns;
}

const rowAwards = (length: number): RowAwards => ({
  fen: new Float64Array(length),
  decisions: new Uint16Array(length).fill(UNDECIDED),
});

/** Which block each row of the table is in, and where in it; -1: in none. */
export function placesOf(blocks: readonly Block[], length: number): { block: Int32Array; row: Uint32Array } {
  const block = new Int32Array(length).fill(-1);
  const row = new Uint32Array(length);
  blocks.forEach(({ at, columns }, b) => {
    for (let i = 0; i < columns.length; i++) {
      const place = at ? at[i]! : i;
      block[place] = b;
      row[place] = i;
    }
  });
  return { block, row };
}

/** Rows draw in the order of their year; blocks of one year that share limits advance together, in the order of the rows. */
function inOrder(runs: readonly Run[], length: number): void {
  const sharing = runs.filter(({ block }) => block.plan.shares);
  for (const run of runs) if (!sharing.includes(run)) run.runAll();
  const years = [...new Set(sharing.map(({ year }) => year))].sort((a, b) => a - b);
  for (const year of years) {
    const together = sharing.filter((run) => run.year === year);
    if (together.length === 1) together[0]!.runAll();
    else inRowOrder(together, length);
  }
}

function inRowOrder(together: readonly Run[], length: number): void {
  const { block, row } = placesOf(
    together.map((run) => run.block),
    length,
  );
  for (let from = 0; from < length;) {
    const b = block[from]!;
    let to = from + 1;
    while (to < length && block[to] === b && (b < 0 || row[to] === row[to - 1]! + 1)) to++;
    if (b >= 0) together[b]!.kernel.run(row[from]!, row[to - 1]! + 1);
    from = to;
  }
}

/** Outcomes whose words are the same for all rows of a state; the others name an amount or a rate of the row. */
const SAME_WORDS: ReadonlySet<string> = new Set([
  "label",
  "not-in-force",
  "not-eligible",
  "incomplete",
  "unquantified",
] satisfies (typeof OUTCOMES)[number][]);

/** One block decided: the states of its rows and their paths, among the rows of the other blocks. */
export class Decided {
  readonly inputs: Inputs;
  readonly states: States;

  constructor(
    readonly block: Block,
    private readonly repeated: Uint8Array | undefined,
    private readonly neighbours: FirmYears,
  ) {
    this.inputs = new Inputs(block.plan, block.columns);
    let states = neighbours.statesOf(block);
    for (const bits of neighbours.answersOf(block).values()) states = states.split(bits, 2);
    if (repeated) states = states.split(repeated, NOT_PAID_BESIDE.length + 1);
    for (const bits of block.unknown?.values() ?? []) states = states.split(bits, 3);
    this.states = states;
  }

  get year(): number {
    return this.block.plan.claim.year;
  }

  /** The path of a row, which is that of its state. */
  pathAt(i: number): PathProducts {
    const { plan, columns } = this.block;
    const repeated = this.repeated?.[i];
    if (repeated) return productsOf(pathTo(repeatedAward(plan, repeated - 1).outcome), NONE_VARIES);
    const unknown = [...(this.block.unknown ?? [])];
    const missing = unknown.flatMap(([input, bits]) => (bits[i] === 1 ? [input] : []));
    if (missing.length) return productsOf(pathTo({ kind: "incomplete", missing }), NONE_VARIES);
    if (unknown.some(([, bits]) => bits[i])) return productsOf(pathTo(TOO_LARGE), NONE_VARIES);
    return pathIn(this.inputs, new Facts(plan, rowAt(columns, i), this.neighboursOf(i)));
  }

  neighboursOf(i: number): Neighbours {
    return { ...NO_NEIGHBOURS, anyRow: (tests) => this.neighbours.answersOf(this.block).get(tests)?.[i] === 1 };
  }
}

export function decided(blocks: readonly Block[], { repeated } = overlaps(blocks)): Decided[] {
  return decide(withTotals(blocks, repeated), repeated);
}

function decide(blocks: readonly Block[], repeated: Overlaps["repeated"]): Decided[] {
  const neighbours = new FirmYears(blocks);
  return blocks.map((block, b) => new Decided(block, repeated[b], neighbours));
}

/** A decided block with its kernel. */
class Run {
  readonly kernel: Kernel;
  private readonly accounts = new Map<Allowance, Accounts>();
  private readonly reasons: (Award | undefined)[] = [];

  constructor(
    private readonly rows: Decided,
    readonly own: RowAwards,
    ledger: Ledger,
  ) {
    this.kernel = new Kernel(
      {
        inputs: rows.inputs,
        states: rows.states,
        pathAt: (row) => rows.pathAt(row),
        accountsOf: (allowance) => {
          const known = this.accounts.get(allowance) ?? ledger.of(rows.block, allowance);
          this.accounts.set(allowance, known);
          return known;
        },
      },
      own,
    );
  }

  get block(): Block {
    return this.rows.block;
  }

  get year(): number {
    return this.rows.year;
  }

  runAll(): void {
    this.kernel.run(0, this.block.columns.length);
  }

  /** The award of a row that pays nothing, for its words. */
  because(i: number): Award {
    const { plan, columns } = this.block;
    const state = this.rows.states.ids[i]!;
    const { outcome } = this.kernel.paths[state]!.path;
    // Whatever the row comes to alone.
    if (OUTCOMES[outcomeOf(this.own.decisions[i]!)] === "too-large") return withoutMoney(plan, TOO_LARGE);
    if (SAME_WORDS.has(outcome.kind)) return (this.reasons[state] ??= withoutMoney(plan, outcome));
    return award(plan, rowAt(columns, i), this.rows.neighboursOf(i));
  }
}

const NONE_VARIES = (): undefined => undefined;
const pathIn = (inputs: Inputs, facts: Facts): PathProducts => productsOf(pathOf(facts), (name) => inputs.scale(name));

/** The path of a row that gets no money. */
const pathTo = (outcome: Outcome): Path => ({
  outcome,
  parts: [],
  limits: [],
  minus: undefined,
  times: undefined,
});

type Tests = readonly PlanTest[];

/** Whether one admissible row of the instrument, firm and year passes a test, whatever the order of the rows. */
class FirmYears {
  private readonly asked: ReadonlyMap<Block, readonly Tests[]>;
  private readonly answers = new Map<Block, ReadonlyMap<Tests, Uint8Array>>();

  /** The blocks of one instrument and year. */
  private readonly groups = new Map<string, Block[]>();

  constructor(blocks: readonly Block[]) {
    for (const block of blocks) {
      const key = this.key(block);
      const group = this.groups.get(key);
      if (group) group.push(block);
      else this.groups.set(key, [block]);
    }
    this.asked = new Map(blocks.map((block) => [block, anyRowTests(block.plan)]));
  }

  /** The states of a block, distinguished also by what other blocks of the instrument ask of its rows. */
  statesOf(block: Block): States {
    const also = this.together(block).flatMap((other) => this.asked.get(other)!.flat());
    return statesOf(block.plan, block.columns, also);
  }

  /** For every `any-row` of the block's plan the answer by row. */
  answersOf(block: Block): ReadonlyMap<Tests, Uint8Array> {
    let answers = this.answers.get(block);
    if (!answers) {
      answers = new Map(this.asked.get(block)!.map((tests) => [tests, this.answer(block, tests)]));
      this.answers.set(block, answers);
    }
    return answers;
  }

  private answer(block: Block, tests: Tests): Uint8Array {
    const together = this.together(block);
    const most = Math.max(-1, ...together.map(({ firms }) => (firms ? highest(firms) : -1)));
    const byFirm = new Uint8Array(most + 1);
    for (const other of together) {
      const own = this.passing(other, tests);
      other.firms?.forEach((firm, i) => {
        if (firm >= 0) byFirm[firm]! |= own[i]!;
      });
    }
    const own = this.passing(block, tests);
    return own.map((passes, i) => {
      const firm = block.firms?.[i] ?? -1;
      return firm >= 0 ? byFirm[firm]! : passes;
    });
  }

  /** By row, whether it is admissible and passes itself. */
  private passing(block: Block, tests: Tests): Uint8Array {
    const { plan, columns } = block;
    const states = this.statesOf(block);
    const byState = states.rows.map((i) => {
      return rowQualifies(plan, rowAt(columns, i), tests);
    });
    return Uint8Array.from(states.ids, (id) => Number(byState[id]));
  }

  private together(block: Block): readonly Block[] {
    return this.groups.get(this.key(block))!;
  }

  private key({ plan: { entry, claim } }: Block): string {
    return `${entry.instrument.id} ${claim.year}`;
  }
}

export interface Overlaps {
  /** By block, the rows whose object is paid by another row: one more than the place of the reason in NOT_PAID_BESIDE. */
  readonly repeated: readonly (Uint8Array | undefined)[];
  /** Objects that got money before by awards that may not stand beside those that stay. */
  readonly reduced: readonly { readonly kept: RowOfObject[]; readonly elsewhere: Elsewhere }[];
}

interface RowOfObject extends OfObject {
  /** Place of its block, and its place there. */
  readonly b: number;
  readonly i: number;
}

export function overlaps(given: readonly Block[]): Overlaps {
  const several = rowsOfRepeatedObjects(given);
  if (!several.length) return { repeated: [], reduced: [] };
  const { filled: blocks, alone } = aloneOf(given);
  const before = blocks.map(({ plan, columns }) => {
    const gotBefore = plan.inForce ? givenBefore(plan).filter(({ allowance }) => allowance.scope === "object") : [];
    return gotBefore.flatMap(({ input }) => new Inputs(plan, columns).fen(input) ?? []);
  });
  const repeated = blocks.map(({ columns, objects }) => objects && new Uint8Array(columns.length));
  const reduced = several.flatMap((group) => {
    const settled = settle(
      group.map(({ b, i, at }): RowOfObject => {
        const { fen, decisions } = alone[b]!;
        const paid = OUTCOMES[outcomeOf(decisions[i]!)] === "award";
        const got = Math.max(0, ...before[b]!.map((column) => column[i]!));
        const { plan, columns } = blocks[b]!;
        const chosen = plan.route?.chosen !== undefined && isChosen(plan, rowAt(columns, i));
        return { b, i, at, plan, award: paid ? fen[i]! : undefined, before: got, chosen };
      }),
      (instalments) => sumOf(instalments.map(({ b, i }) => plannedRow(blocks[b]!, i))),
    );
    for (const [{ b, i }, why] of settled.repeated) repeated[b]![i] = why + 1;
    return settled.elsewhere ? [{ kept: settled.kept, elsewhere: settled.elsewhere }] : [];
  });
  return { repeated, reduced };
}

/** A row of a block as a single award is computed from it; its object has a name, whichever. */
const plannedRow = ({ plan, columns, firms }: Block, i: number): PlannedRow => {
  const firm = firms?.[i] ?? -1;
  return { plan, row: rowAt(columns, i), object: "object", ...(firm >= 0 && { firm: String(firm) }) };
};

/** The rows of each object that several rows name. Most objects stand in one row, and are only counted. */
function rowsOfRepeatedObjects(blocks: readonly Block[]): { b: number; i: number; at: number }[][] {
  const rows = new Int32Array(1 + Math.max(-1, ...blocks.map(({ objects }) => (objects ? highest(objects) : -1))));
  let repeat = false;
  for (const { objects = NO_CODES } of blocks) {
    for (let i = 0; i < objects.length; i++) if (objects[i]! >= 0 && ++rows[objects[i]!]! > 1) repeat = true;
  }
  if (!repeat) return [];
  const groups = new Map<number, { b: number; i: number; at: number }[]>();
  blocks.forEach(({ objects, at }, b) =>
    objects?.forEach((code, i) => {
      if (code < 0 || rows[code]! < 2) return;
      const group = groups.get(code);
      const row = { b, i, at: at ? at[i]! : i };
      if (group) group.push(row);
      else groups.set(code, [row]);
    }),
  );
  return [...groups.values()];
}

const NO_CODES = new Int32Array(0);

/** By block, what its rows get alone; where inputs are what others are awarded, filled with what these get alone. */
function aloneOf(blocks: readonly Block[]): { filled: readonly Block[]; alone: readonly (RowAwards | undefined)[] } {
  const awarded = new Awarded(blocks);
  const filled = [...blocks];
  const alone: (RowAwards | undefined)[] = [];
  for (const turn of turnsOf(blocks, awarded)) {
    for (const b of turn) {
      const { plan, columns, objects, unknown } = (filled[b] = awarded.filled(blocks[b]!));
      if (!objects && !awarded.isAsked) continue;
      const own = (alone[b] = aloneAwards(plan, columns));
      for (const bits of unknown?.values() ?? [])
        bits.forEach((bit, i) => {
          if (!bit) return;
          own.fen[i] = 0;
          own.decisions[i] = decisionOf(OUTCOMES.indexOf("incomplete"), NO_LIMIT);
        });
    }
    for (const b of turn) if (alone[b]) awarded.add(blocks[b]!, alone[b]);
  }
  return { filled, alone };
}

/** Fen and outcome of each row as award() gives them without neighbours. */
function aloneAwards(plan: Plan, given: Columns): RowAwards {
  const [block] = withTotals([{ plan, columns: given, alone: true }]);
  const { columns } = block!;
  const inputs = new Inputs(plan, columns);
  const own = rowAwards(columns.length);
  const ledger = new Ledger([block!]);
  new Kernel(
    {
      inputs,
      states: statesOf(plan, columns),
      pathAt: (row) => pathIn(inputs, new Facts(plan, rowAt(columns, row))),
      accountsOf: (allowance) => ledger.of(block!, allowance),
    },
    own,
  ).run(0, columns.length);
  return own;
}
