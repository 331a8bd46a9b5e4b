/** What rows come to under totals, as columns of their own: the same as awards() has from its ledger. */
import { Facts } from "../award/facts";
import { counts } from "../award/totals";
import { MAX_SUM } from "../number/money";
import { halfUp } from "../number/ratio";
import type { PlanTotal } from "../plan/plan";
import { rowAt, type Column } from "./column";
import { Inputs } from "./inputs";
import { Ledger, type Accounts, type Claimants } from "./ledger";
import { statesOf } from "./states";

/** Rows of a plan in their places in the table. */
type Placed = Claimants & { readonly at?: Uint32Array };

/** A total of the rows of a block. */
interface Running {
  readonly block: Placed;
  readonly total: PlanTotal;
  readonly accounts: Accounts;
  /** Whole fen by row: the amount where the row counts, what the row gives as come to before, and what rows before it came to. */
  readonly counted: Float64Array;
  readonly given: Float64Array;
  readonly before: Float64Array;
}

/**
 * The blocks with the inputs that their totals stand for; a block without totals is itself.
 * @param repeated by block, the rows that are not paid since their object is paid in another row
 */
export function withTotals<B extends Placed>(
  blocks: readonly B[],
  repeated: readonly (Uint8Array | undefined)[] = [],
): readonly B[] {
  if (!blocks.some(({ plan }) => plan.totals.length)) return blocks;
  const ledger = new Ledger(blocks);
  const running = blocks.map((block, b) => totalsOf(block, repeated[b], ledger));
  for (const { b, i } of inOrder(blocks)) for (const total of running[b]!) step(total, i);
  return blocks.map((block, b) => {
    if (!running[b]!.length) return block;
    const inputs = Object.fromEntries(running[b]!.flatMap(columnsOf));
    const beyond = running[b]!.flatMap(({ total: { name } }): [string, Uint8Array][] => {
      const { fen } = inputs[name] as Column & { kind: "money" };
      return fen.some((sum) => sum > MAX_SUM) ? [[name, Uint8Array.from(fen, (sum) => (sum > MAX_SUM ? 2 : 0))]] : [];
    });
    return {
      ...block,
      columns: { ...block.columns, inputs: { ...block.columns.inputs, ...inputs } },
      ...(beyond.length && block.plan.inForce && { unknown: new Map([...(block.unknown ?? []), ...beyond]) }),
    };
  });
}

function totalsOf(block: Placed, repeated: Uint8Array | undefined, ledger: Ledger): Running[] {
  const { plan, columns } = block;
  if (!plan.totals.length) return [];
  const states = statesOf(plan, columns);
  const counted = states.rows.map((i) => counts(new Facts(plan, rowAt(columns, i))));
  const inputs = new Inputs(plan, columns);
  return plan.totals.map((total) => {
    const fen = fenOf(inputs, total.of);
    return {
      block,
      total,
      accounts: ledger.of(block, total.allowance),
      counted: fen.map((amount, i) => (counted[states.ids[i]!] && !repeated?.[i] ? amount : 0)),
      given: fenOf(inputs, total.before),
      before: new Float64Array(columns.length),
    };
  });
}

/** An amount by row; an input that no column gives has its default, or is nothing. */
function fenOf(inputs: Inputs, input: string | undefined): Float64Array {
  const { plan, columns } = inputs;
  const fen = input === undefined ? undefined : inputs.fen(input);
  return fen ?? new Float64Array(columns.length).fill(halfUp(new Facts(plan, {}).number(input)));
}

/** Rows of blocks with totals in force, in the order in which limits are drawn on. */
function inOrder(blocks: readonly Placed[]): { b: number; i: number }[] {
  const rows = blocks.flatMap(({ plan, columns, at }, b) =>
    plan.inForce && plan.totals.length
      ? Array.from({ length: columns.length }, (_, i) => ({ b, i, year: plan.claim.year, at: at ? at[i]! : i }))
      : [],
  );
  return rows.sort((x, y) => x.year - y.year || x.at - y.at);
}

function step({ accounts: { owners, granted }, counted, given, before }: Running, i: number): void {
  const account = owners[i]! + 1;
  const stood = Math.max(account ? granted[account]! : 0, given[i]!);
  before[i] = stood;
  if (account) granted[account] = stood + counted[i]!;
}

function columnsOf({ block, total, accounts: { owners, granted }, before }: Running): [string, Column][] {
  const inputs = new Inputs(block.plan, block.columns);
  const own = fenOf(inputs, total.of);
  const slabs = total.slabs.map(({ input, from, to }): [string, Column] => {
    const [low, high] = [halfUp(from), to ? halfUp(to) : Infinity];
    const fen = before.map((stood, i) => Math.max(0, Math.min(stood + own[i]!, high) - Math.max(stood, low)));
    return [input, { kind: "money", fen }];
  });
  const all = before.map((stood, i) => (owners[i]! < 0 ? stood + own[i]! : granted[owners[i]! + 1]!));
  return [[total.name, { kind: "money", fen: all }], ...slabs];
}
