/** Counts rows as blocks of awards come in. */
import { bindingOf, NO_LIMIT, OUTCOMES, outcomeOf, type Block, type RowAwards } from "../../columns";
import { highest } from "../../columns/column";
import { limitsOf } from "../../plan/walk";
import type { Text } from "../../law/policy";
import { NOTHING, placeOf, ROW_ANSWERS, type LimitCount, type ScenarioResult } from "./result";

/** Rows by their decisions, counted anew for every block. */
const counted = new Int32Array(OUTCOMES.length * (NO_LIMIT + 1));

export class Tally {
  total = 0;
  private awards = 0;
  /** Rows by answer. */
  private readonly answers = new Int32Array(ROW_ANSWERS.length);
  /** Awards of rows without a firm. */
  private single = 0;
  /** 1 for a firm that gets something, by 1 + code; 0 is the place of rows without one. */
  private readonly paid: Uint8Array;
  private readonly limits = new Map<string, LimitCount>();
  private readonly byJurisdiction: Record<string, number> = {};
  private readonly byFamily: Record<string, number> = {};

  constructor(blocks: readonly Block[]) {
    this.paid = new Uint8Array(2 + Math.max(-1, ...blocks.map(({ firms }) => (firms ? highest(firms) : -1))));
  }

  /** @returns the block's total */
  add({ plan, firms }: Block, { fen, decisions }: RowAwards): number {
    counted.fill(0);
    const { paid } = this;
    let [total, awards] = [0, 0];
    for (let i = 0; i < fen.length; i++) {
      const amount = fen[i]!;
      counted[decisions[i]!]!++;
      total += amount;
      awards += anything(amount);
    }
    let single = firms ? 0 : awards;
    if (firms) {
      for (let i = 0; i < fen.length; i++) {
        const code = firms[i]!;
        const some = anything(fen[i]!);
        paid[code + 1]! |= some;
        // All bits of −1, the code of a row without a firm, are set; of the others' sign none.
        single += some & (code >> 31);
      }
    }
    this.single += single;
    const binding = new Int32Array(NO_LIMIT + 1);
    for (let decision = 0; decision < counted.length; decision++) {
      if (!counted[decision]) continue;
      binding[bindingOf(decision)]! += counted[decision]!;
      this.answers[outcomeOf(decision)]! += counted[decision]!;
    }
    this.total += total;
    this.awards += awards;
    const { instrument, jurisdiction } = plan.entry;
    this.byJurisdiction[jurisdiction.code] = (this.byJurisdiction[jurisdiction.code] ?? 0) + total;
    this.byFamily[instrument.family] = (this.byFamily[instrument.family] ?? 0) + total;
    for (const limit of limitsOf(plan)) {
      const key = `${instrument.id}#${limit.index}`;
      const label = limit.name ?? LIMIT_LABELS[limit.kind];
      const rows = (this.limits.get(key)?.rows ?? 0) + binding[limit.index]!;
      this.limits.set(key, { instrument: instrument.id, label, rows });
    }
    return total;
  }

  /** Rows with an answer of their own: an amount, a grade, not eligible, not in force. */
  get computed(): number {
    return (["award", "label", "not-eligible", "not-in-force"] as const).reduce(
      (sum, answer) => sum + this.answers[placeOf(answer)]!,
      0,
    );
  }

  private firms(): number {
    let firms = this.single;
    for (let code = 1; code < this.paid.length; code++) firms += this.paid[code]!;
    return firms;
  }

  /** @param rows those that could not be read included */
  result(rows: number): ScenarioResult {
    const [computed, notEligible, notInForce] = (["award", "not-eligible", "not-in-force"] as const).map(
      (answer) => this.answers[placeOf(answer)]!,
    ) as [number, number, number];
    return {
      ...NOTHING,
      rows,
      notEligible,
      notInForce,
      unknown: rows - computed - notEligible - notInForce,
      awards: this.awards,
      firms: this.firms(),
      total: this.total,
      mean: this.awards ? Math.floor(this.total / this.awards + 0.5) : 0,
      atLimit: [...this.limits.values()],
      byJurisdiction: this.byJurisdiction,
      byFamily: this.byFamily,
    };
  }
}

/** 1 for whole fen above 0, else 0: without a branch, which would be mispredicted on every other row. */
const anything = (fen: number): number => (fen + 1 - Math.abs(fen - 1)) * 0.5;

const LIMIT_LABELS: Readonly<Record<"share" | "sum" | "cap" | "amount", Text>> = {
  share: { zh: "按比例", en: "share" },
  sum: { zh: "按比例合计", en: "sum of shares" },
  cap: { zh: "最高金额", en: "cap" },
  amount: { zh: "定额", en: "fixed amount" },
};
