/**
 * A plan as tables of whole numbers, one entry per state: the form in which a block of rows is computed without a branch.
 *
 * Amounts are counted in units of 1/(D·K) fen. D makes every coefficient of the state whole and is even, so that half a fen
 * is whole too; K leaves the last bits for the place of the limit within its part. So the smallest number of a row is the
 * smallest limit, the first in clause order among equals, and it holds which one: one comparison serves both.
 * Doubles hold such numbers exactly below 2^53; a row whose smallest limit is not below BOUND is computed by exact.ts.
 */
import type { PlanLimit, Rounding } from "../plan/plan";
import { denominatorOf, NO_LIMIT } from "./exact";
import type { Inputs } from "./inputs";
import type { LimitProducts, PathProducts, Product } from "../award/products";
import type { Ratio } from "../number/ratio";

/** ⌊(x + 1/2) × (1/q)⌋ is exact for whole x below this (docs/performance.md). */
export const BOUND = 2 ** 51 - 1;
/** Stands for a limit that is not there. */
export const ABSENT = 2 ** 52;

/** Column × coefficient of the state. */
export interface Factor {
  readonly column: Float64Array;
  readonly coefficient: Float64Array;
}

/** A limit that differs from row to row, or is drawn on by several. */
export interface LimitTable {
  readonly limit: PlanLimit;
  readonly place: number;
  /** What no column changes, less what was granted before where that is the same; ABSENT where the state has no such limit. */
  readonly constant: Float64Array;
  readonly factors: readonly Factor[];
  /** What was granted before, by column. */
  readonly used: readonly Factor[];
  /** Of a shared limit what was granted before, where no column changes it: it is not yet taken off. */
  readonly usedConstant: Float64Array;
  /** Units of one fen; 0 where the state has no such limit. */
  readonly fen: Float64Array;
}

export interface PartTable {
  /** The smallest of the limits that are the same for all rows of the state; 0 where the part pays nothing. */
  readonly start: Float64Array;
  readonly own: readonly LimitTable[];
  /** Limits that several rows use up. */
  readonly shared: readonly LimitTable[];
  /** PlanLimit.index, by state × K + place; NO_LIMIT where the part has none. */
  readonly binding: Uint8Array;
  /** Whether the part has limits in the state. */
  readonly live: Uint8Array;
}

export interface Tables {
  /** K */
  readonly places: number;
  readonly parts: readonly PartTable[];
  /** Limits over the sum of the parts. */
  readonly overall?: PartTable;
  readonly minus: { readonly constant: Float64Array; readonly factors: readonly Factor[] };
  /** Number of pieces by state; with `times` a column × that number. */
  readonly pieces: Float64Array;
  readonly times?: Float64Array;
  /** Whether rows of the state get an award. */
  readonly live: Uint8Array;
  /** The award of a piece, and what is drawn on allowances. */
  readonly award: Steps;
  readonly drawn: Steps;
  readonly perFen: Float64Array;
}

/** Whole fen by state: ⌊(units + offset) × inverse⌋ × step. */
export interface Steps {
  readonly offset: Float64Array;
  readonly inverse: Float64Array;
  readonly step: number;
}

/** @param paths one per state */
export function tablesOf(inputs: Inputs, paths: readonly PathProducts[]): Tables {
  const { plan } = inputs;
  const longest = Math.max(2, plan.limits.length, ...plan.parts.map(({ limits }) => limits.length));
  const places = 2 ** Math.ceil(Math.log2(longest));
  const units = new Units(inputs, paths, places);

  const parts = plan.parts.map(({ limits }, p) =>
    units.part(limits, (path) => path.parts.find(({ index }) => index === p)?.limits ?? [], 0),
  );
  // Many a limit over the parts is there under another reading only.
  const limited = paths.some((path) => path.limits.length);
  const overall = limited ? units.part(plan.limits, (path) => path.limits, ABSENT) : undefined;
  const minus = units.sums((path) => path.minus && [path.minus]);
  for (const part of overall ? [...parts, overall] : parts) units.leaveToExact(part);

  const times = plan.times === undefined ? undefined : inputs.varying(plan.times)?.values;
  return {
    places,
    parts,
    ...(overall && { overall }),
    minus,
    pieces: Float64Array.from(paths, (path) => Number(path.times?.coefficient.n ?? 1n)),
    ...(times && { times }),
    live: Uint8Array.from(paths, ({ path }) => Number(path.outcome.kind === "award")),
    award: units.steps(plan.rounding),
    drawn: units.steps(plan.drawn),
    perFen: units.perFen.map((unit) => 1 / unit),
  };
}

/** Turns the fractions of each state into whole units of that state. */
class Units {
  /** Units of one fen: D·K. */
  readonly perFen: Float64Array;
  private readonly unit: readonly bigint[];
  /** States whose numbers do not fit; all of their rows are left to exact.ts. */
  private readonly beyond = new Set<number>();

  constructor(
    private readonly inputs: Inputs,
    private readonly paths: readonly PathProducts[],
    private readonly places: number,
  ) {
    this.unit = paths.map((path) => denominatorOf(path) * BigInt(places));
    this.perFen = Float64Array.from(this.unit, Number);
    this.perFen.forEach((unit, s) => {
      if (unit >= BOUND) this.beyond.add(s);
    });
  }

  steps({ step, half }: Rounding): Steps {
    return {
      offset: this.perFen.map((unit) => (half ? (unit * step) / 2 : 0) + 0.5),
      inverse: this.perFen.map((unit) => 1 / (unit * step)),
      step,
    };
  }

  /** @param nothing amount where a state has no limits here */
  part(
    limits: readonly PlanLimit[],
    limitsOf: (path: PathProducts) => readonly LimitProducts[],
    nothing: number,
  ): PartTable {
    const states = this.paths.map(limitsOf);
    const start = Float64Array.from(states, (list) => (list.length ? ABSENT : nothing));
    const binding = new Uint8Array(states.length * this.places).fill(NO_LIMIT);
    const tables = limits.flatMap((limit, place) => {
      const here = states.map((list) => list.find((found) => found.limit === limit));
      if (!here.some(Boolean)) return [];
      here.forEach((found, s) => {
        if (found) binding[s * this.places + place] = limit.index;
      });
      return this.limit(limit, place, here);
    });
    for (const { constant, place } of tables.filter(isConstant)) {
      constant.forEach((amount, s) => {
        if (amount !== ABSENT) start[s] = Math.min(start[s]!, Math.max(0, amount) + place);
      });
    }
    const rest = tables.filter((table) => !isConstant(table));
    return {
      start,
      own: rest.filter(({ limit }) => !limit.allowance),
      shared: rest.filter(({ limit }) => limit.allowance),
      binding,
      live: Uint8Array.from(states, (list) => Number(list.length > 0)),
    };
  }

  private limit(limit: PlanLimit, place: number, here: readonly (LimitProducts | undefined)[]): LimitTable {
    const gross = this.sums((_path, s) => here[s]?.terms);
    const used = this.sums((_path, s) => here[s]?.used && [here[s].used]);
    return {
      limit,
      place,
      constant: gross.constant.map((amount, s) =>
        here[s] ? amount - (limit.allowance ? 0 : used.constant[s]!) : ABSENT,
      ),
      factors: gross.factors,
      used: used.factors,
      usedConstant: used.constant,
      fen: this.perFen.map((unit, s) => (here[s] ? unit : 0)),
    };
  }

  /** Sums of terms: what is the same for all rows of a state, and a coefficient for every product of columns. */
  sums(termsOf: (path: PathProducts, s: number) => readonly Product[] | undefined): Tables["minus"] {
    const constant = new Float64Array(this.paths.length);
    const factors = new Map<string, Factor>();
    this.paths.forEach((path, s) => {
      for (const { coefficient, inputs } of termsOf(path, s) ?? []) {
        const amount = this.whole(coefficient, s);
        if (!inputs.length) {
          constant[s]! += amount;
          continue;
        }
        const key = inputs.join();
        const factor = factors.get(key) ?? {
          column: this.inputs.product(inputs),
          coefficient: new Float64Array(this.paths.length),
        };
        factor.coefficient[s]! += amount;
        factors.set(key, factor);
      }
      if (constant[s]! >= ABSENT) this.beyond.add(s);
    });
    return { constant, factors: [...factors.values()] };
  }

  private whole({ n, d }: Ratio, s: number): number {
    const amount = Number((n * this.unit[s]!) / d);
    if (amount >= ABSENT) this.beyond.add(s);
    return amount;
  }

  leaveToExact({ start, own, shared }: PartTable): void {
    for (const s of this.beyond) {
      start[s] = ABSENT;
      for (const { constant, factors, used, usedConstant, fen } of [...own, ...shared]) {
        constant[s] = ABSENT;
        usedConstant[s] = 0;
        fen[s] = 0;
        for (const { coefficient } of [...factors, ...used]) coefficient[s] = 0;
      }
    }
  }
}

const isConstant = ({ limit, factors, used }: LimitTable): boolean =>
  !limit.allowance && !factors.length && !used.length;
