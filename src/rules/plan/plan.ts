/**
 * A plan is a clause made ready to compute: conditions, parts and limits with every number resolved for one claim, one set
 * of readings and one set of what-if overrides. What makes plans (resolve.ts) knows the law; what reads plans knows none.
 */

import type { Again, Input, Instrument, Text } from "../law/policy";
import type { Claim, Entry } from "../law/time";
import type { Span } from "../number/day";
import type { Ratio } from "../number/ratio";
import type { Allowance } from "./allowance";

export type Comparison = ">=" | ">" | "<=" | "<";

/** A test on one input of the row; `any` and `any-row` hold further tests. */
export type PlanTest =
  | { kind: "is"; input: string; oneOf: readonly (string | boolean)[] }
  | { kind: "bound"; input: string; op: Comparison; than: Ratio }
  | { kind: "given"; input: string; given: boolean }
  /** of (− less) compared with than × to; the divisor must be positive. */
  | { kind: "ratio"; of: string; less?: string; to: string; op: Comparison; than: Ratio }
  /** A day not before another one, and at most so long after it. */
  | { kind: "within"; input: string; of: string; span: Span }
  | { kind: "any"; anyOf: readonly (readonly PlanTest[])[] }
  | { kind: "any-row"; tests: readonly PlanTest[] };

export type RatioTest = Extract<PlanTest, { kind: "ratio" }>;
export type WithinTest = Extract<PlanTest, { kind: "within" }>;

/** What a case yields: a number, no limit at all, or what the row gives (at most a ceiling, below other inputs). */
export type PlanValue =
  | { kind: "number"; number: Ratio }
  | { kind: "none" }
  | { kind: "given"; input: string; otherwise?: Ratio; ceiling?: Ratio; below: readonly (string | Ratio)[] };

export interface PlanCase {
  readonly tests: readonly PlanTest[];
  readonly value: PlanValue;
  /** What the document says of the case, where its tests are settled already. */
  readonly said?: readonly PlanTest[];
}

/** A figure: the first case whose tests hold. A lever is replaced by the row's what-if input where that is given. */
export interface PlanFigure {
  /** rate: 0.07; money: fen; number: pieces, years, 365/360; result: a rate in hundredths, as the result is no money. */
  readonly unit: "rate" | "money" | "number" | "result";
  readonly cases: readonly PlanCase[];
  readonly lever?: "whatif_rate" | "whatif_cap";
}

/** A product of inputs and figures, in fen. Each input is divided by `per` (months of a year: 12). */
export interface PlanTerm {
  readonly factors: readonly { input: string; per: number }[];
  readonly figures: readonly PlanFigure[];
}

/** One upper bound of a part: the sum of its terms, less what was used and what earlier rows drew on the allowance. */
export interface PlanLimit {
  /** Position in clause order, over the whole instrument. */
  readonly index: number;
  readonly kind: "share" | "sum" | "cap" | "amount";
  readonly name?: Text;
  readonly tests: readonly PlanTest[];
  readonly terms: readonly PlanTerm[];
  readonly used?: string;
  /** What rows share of the limit; not there: each row has the whole of it. */
  readonly allowance?: Allowance;
}

/** What the rows of one owner and period come to before any award; `name` and those of the slabs are inputs that no cell gives. */
export interface PlanTotal {
  readonly name: string;
  /** The input of money that is added up, and the one that gives what it came to before the table. */
  readonly of: string;
  readonly before?: string;
  /** Whose rows, and for how long. */
  readonly allowance: Allowance;
  /** What of the row's amount lies between two bounds of the running total, in fen, by the input that stands for it. */
  readonly slabs: readonly { readonly input: string; readonly from: Ratio; readonly to?: Ratio }[];
}

/** An input that in a table is what rows of other instruments are awarded, where its cell is blank. */
export interface PlanAwarded {
  readonly input: string;
  /** Ids. */
  readonly instruments: readonly string[];
  /** Whose rows, and of which years. */
  readonly allowance: Allowance;
}

/** `name`: what the condition is about, where its tests alone do not show it. */
export interface PlanCondition {
  readonly tests: readonly PlanTest[];
  readonly else: Text;
  readonly name?: Text;
}

export interface PlanPart {
  readonly name?: Text;
  readonly conditions: readonly PlanCondition[];
  readonly limits: readonly PlanLimit[];
}

/** To whole multiples of so many fen; half-up, or down. */
export interface Rounding {
  readonly step: number;
  readonly half: boolean;
  /** What becomes of a rounded amount that is more than nothing and less than so many fen. */
  readonly minimum?: Minimum;
}

/** Below `fen`, `otherwise` is paid: nothing, or that much. */
export interface Minimum {
  readonly fen: number;
  readonly otherwise: number;
}

/** To the fen, half-up: the rule for all that is not rounded otherwise. */
export const TO_FEN: Rounding = { step: 1, half: true };

export interface PlanGrade {
  readonly label: Text;
  readonly anyOf: readonly (readonly PlanTest[])[];
}

export interface Plan {
  readonly entry: Entry;
  readonly claim: Claim;
  readonly inForce: boolean;
  /** Every reading with the option taken. */
  readonly readings: Readonly<Record<string, string>>;
  /** Declared and general inputs by name, and those that totals stand for. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** Inputs without which the row is incomplete, each with the tests under which that holds. */
  readonly required: readonly { input: string; tests: readonly PlanTest[] }[];
  readonly totals: readonly PlanTotal[];
  readonly awarded: readonly PlanAwarded[];
  /** Rows are computed in the order of their year, then of this, then of the table: those whose award is asked for first. */
  readonly wave: number;
  readonly conditions: readonly PlanCondition[];
  readonly parts: readonly PlanPart[];
  /** Whether the highest of the parts is paid instead of their sum. */
  readonly highest: boolean;
  /** Limits over the sum, or the highest, of the parts. */
  readonly limits: readonly PlanLimit[];
  readonly minus?: string;
  readonly times?: string;
  /** What a further award of the kind to the same firm or object pays. */
  readonly again?: Allowance &
    Pick<Again, "pays"> & {
      /** Where they hold, the row gives that the award was had before, without an amount. Not there: no row can. */
      readonly had?: readonly PlanTest[];
    };
  /** Rows on one object of the same group exclude each other; `chosen`: the flag of the one that was taken. */
  readonly route?: NonNullable<Instrument["route"]>;
  /** How the award of a row is rounded, and what a row draws on shared limits. */
  readonly rounding: Rounding;
  readonly drawn: Rounding;
  readonly grades: readonly PlanGrade[];
  /** What every row starts from: the default of each input that has one. */
  readonly defaults: Readonly<Record<string, Ratio | boolean | string>>;
  /** Whether what a row gets depends on what others of its firm or object got. */
  readonly shares: boolean;
}

/** What a scenario may change: readings by name, a rate, a cap (yuan). */
export interface Overrides {
  readonly readings?: Readonly<Record<string, string>>;
  readonly rate?: Ratio;
  readonly cap?: Ratio;
  readonly tiers?: Tiers;
}

/** Other figures for some tiers of a rate or a cap: by what the document sets, what counts instead. Caps in fen. */
export interface Tiers {
  readonly rates?: Readonly<Record<string, string>>;
  readonly caps?: Readonly<Record<string, string>>;
}
