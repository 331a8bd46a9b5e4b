/** What rows of some instruments are awarded, as inputs of others: the same as awards() fills in, by column. */
import { isKnown } from "../award/overlap";
import { MAX_SUM } from "../number/money";
import type { Allowance } from "../plan/allowance";
import { Ledger, type Accounts, type Claimants } from "./ledger";
import { OUTCOMES, outcomeOf, type RowAwards } from "./row-awards";

/** By account: the fen, and 1 where there are rows, 2 where one has an answer that is no amount. */
interface Sums {
  readonly fen: Accounts;
  readonly known: Accounts;
}

export class Awarded<B extends Claimants> {
  private readonly ledger: Ledger;
  private readonly asked: ReadonlyMap<
    string,
    { readonly allowance: Allowance; readonly instruments: readonly string[] }
  >;

  constructor(blocks: readonly B[]) {
    this.ledger = new Ledger(blocks);
    this.asked = new Map(blocks.flatMap(({ plan }) => plan.awarded.map((one) => [one.allowance.key, one] as const)));
  }

  /** Whether any block asks. */
  get isAsked(): boolean {
    return this.asked.size > 0;
  }

  /** The block with its blank inputs taken from rows that came before; the block itself where it asks for none. */
  filled(block: B): B {
    const { plan, columns } = block;
    if (!plan.awarded.length) return block;
    const inputs = { ...columns.inputs };
    const unknown = new Map(block.unknown);
    for (const { input, allowance } of plan.awarded) {
      const { fen, known } = this.sumsOf(block, allowance);
      const own = inputs[input]?.kind === "money" ? inputs[input] : undefined;
      const amounts = new Float64Array(columns.length);
      const given = new Uint8Array(columns.length);
      const open = new Uint8Array(columns.length);
      for (let i = 0; i < columns.length; i++) {
        const account = fen.owners[i]! + 1;
        const isGiven = own !== undefined && (!own.given || own.given[i] === 1);
        const answer = isGiven || !account ? 0 : known.granted[account]!;
        const isBeyond = answer === 1 && fen.granted[account]! > MAX_SUM;
        const isFound = answer === 1 && !isBeyond;
        given[i] = Number(isGiven || isFound);
        open[i] = answer === 2 ? 1 : isBeyond ? 2 : 0;
        amounts[i] = isGiven ? own.fen[i]! : isFound ? fen.granted[account]! : 0;
      }
      inputs[input] = { kind: "money", fen: amounts, given };
      unknown.set(input, open);
    }
    return { ...block, columns: { ...columns, inputs }, ...(plan.inForce && { unknown }) };
  }

  add(block: B, { fen, decisions }: RowAwards): void {
    for (const { allowance, instruments } of this.asked.values()) {
      if (!instruments.includes(block.plan.entry.instrument.id)) continue;
      const sums = this.sumsOf(block, allowance);
      for (let i = 0; i < fen.length; i++) {
        const account = sums.fen.owners[i]! + 1;
        if (!account) continue;
        sums.fen.granted[account]! += fen[i]!;
        const answer = isKnown({ kind: OUTCOMES[outcomeOf(decisions[i]!)]! }) ? 1 : 2;
        sums.known.granted[account] = Math.max(sums.known.granted[account]!, answer);
      }
    }
  }

  private sumsOf(block: B, allowance: Allowance): Sums {
    const known = { ...allowance, key: `${allowance.key} known` };
    return { fen: this.ledger.of(block, allowance), known: this.ledger.of(block, known) };
  }
}
