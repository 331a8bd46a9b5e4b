/**
 * What a pool of several years pays: each year's money, what is left of it carried over or lapsed, what is claimed beyond it unpaid
 * for good. A year by itself is a need and has exact figures (`beyond`); years that hang together, by money carried over or by
 * instalments of one claim, are a sum over points that fill the unit cube evenly, each coordinate a probability of one year's
 * claims (Roberts's additive sequence, 2018). No random number is drawn; eight parts of the points show the error.
 */
import { Exact } from "../number/money";
import type { Estimate, Need } from "./estimate";
import { checkFen } from "./fen";
import { WHOLE } from "./schedule";

/** A float in fen, and by how much it may be off. */
export interface Amount {
  readonly fen: number;
  readonly error: number;
}

const STEPS = 2 ** 12;

/**
 * What is needed above an amount, on average: ∫ P(need > x) dx from the amount on, by trapezia. The change from steps of twice the
 * width, and what each probability may be off, is the error.
 * @param held whole fen
 */
export function beyond(need: Need, held: number): Amount {
  checkFen(held, "pool");
  if (need.deviation === 0) return { fen: Math.max(0, need.mean - held), error: 0 };
  if (need.worlds) {
    const all = { fen: 0, error: 0 };
    for (const { weight, need: one } of need.worlds) {
      const { fen, error } = beyond(one, held);
      all.fen += weight * fen;
      all.error += weight * error;
    }
    return all;
  }
  const step = (need.highest - held) / STEPS;
  if (!(step > 0)) return { fen: 0, error: 0 };
  // Thousands of questions to a list of a million sums take minutes, one walk along it does not.
  if (need.above) return { fen: need.above(held), error: need.estimate(held).error * (need.highest - held) };
  const { chance, error } = need.estimate(held);
  const ends = (1 - chance) / 2;
  let [fine, coarse] = [ends, ends];
  for (let k = 1; k < STEPS; k++) {
    const more = 1 - need.estimate(held + k * step).chance;
    fine += more;
    if (k % 2 === 0) coarse += more;
  }
  const change = Math.abs(fine - 2 * coarse) * step;
  return { fen: Math.max(0, fine * step), error: change + error * (need.highest - held) };
}

/** Amounts that a need stays within with a probability of 0.5, 1.5, … ÷ LEVELS; one number where nothing is open. */
export type Levels = Float64Array | number;

/** The claims of which the first instalment is due in a year, in each world. */
export interface FlowWorld {
  readonly weight: number;
  /** By year. */
  readonly begun: readonly Levels[];
}

/** Of one year: floats in fen on average, and a probability. */
export interface YearFlow {
  readonly unpaid: Amount;
  /** Of the money of the year and what was carried into it: carried over into the next, or lapsed. */
  readonly left: Amount;
  readonly usedUp: Estimate;
}

export interface Flows {
  readonly years: readonly YearFlow[];
  /** That the pool is used up in any of the years. */
  readonly any: Estimate;
}

/** Points, in parts that are compared, and the probabilities at which the claims of a year are looked up. */
const POINTS = 2 ** 14;
const PARTS = 8;
const LEVELS = 2 ** 12;

/**
 * @param parts of an instalment, in ten-thousandths of a claim, from its first year on
 * @param pools the money of each year, whole fen
 * @param carriesOver whether what a year leaves is there in the next
 */
export function flowsOver(
  worlds: readonly FlowWorld[],
  parts: readonly number[],
  pools: readonly number[],
  carriesOver: boolean,
): Flows {
  pools.forEach((pool, row) => checkFen(pool, "pool", row));
  const shares = parts.map((part) => part / WHOLE);
  const unpaid = pools.map(() => new Mean());
  const rest = pools.map(() => new Mean());
  const usedUp = pools.map(() => new Mean());
  const any = new Mean();
  for (const { weight, begun } of worlds) {
    const turns = turnsFor(begun.filter((levels) => typeof levels !== "number").length);
    const drawn = new Float64Array(pools.length);
    for (let point = 0; point < POINTS; point++) {
      const part = Math.floor((point * PARTS) / POINTS);
      let turn = 0;
      for (const [year, levels] of begun.entries()) {
        drawn[year] =
          typeof levels === "number"
            ? levels
            : levels[Math.floor(((0.5 + (point + 1) * turns[turn++]!) % 1) * LEVELS)]!;
      }
      let left = 0;
      let short = false;
      for (const [year, pool] of pools.entries()) {
        const held = left + pool;
        let due = 0;
        for (let k = 0; k < shares.length && k <= year; k++) due += shares[k]! * drawn[year - k]!;
        // A need of exactly the pool is paid; what is below half a fen is of the arithmetic.
        const missing = due > held + 0.5 ? due - held : 0;
        unpaid[year]!.add(part, weight * missing);
        usedUp[year]!.add(part, missing > 0 ? weight : 0);
        short ||= missing > 0;
        const over = Math.max(0, held - due);
        rest[year]!.add(part, weight * over);
        left = carriesOver ? over : 0;
      }
      any.add(part, short ? weight : 0);
    }
  }
  return {
    years: pools.map((_, year) => ({
      unpaid: unpaid[year]!.amount(),
      left: rest[year]!.amount(),
      usedUp: usedUp[year]!.estimate(),
    })),
    any: any.estimate(),
  };
}

/** The mean over all points, and how far the parts of them lie apart. */
class Mean {
  private readonly sums = new Float64Array(PARTS);

  add(part: number, value: number): void {
    this.sums[part]! += value;
  }

  estimate(): Estimate {
    const means = this.sums.map((sum) => (sum * PARTS) / POINTS);
    const chance = means.reduce((all, mean) => all + mean, 0) / PARTS;
    const squares = means.reduce((all, mean) => all + (mean - chance) ** 2, 0);
    return { chance, error: 2 * Math.sqrt(squares / (PARTS * (PARTS - 1))) };
  }

  amount(): Amount {
    const { chance: fen, error } = this.estimate();
    return { fen, error };
  }
}

/** By how much each coordinate moves from point to point: powers of 1/g, where g^(count+1) = g + 1. */
function turnsFor(count: number): number[] {
  let g = 2;
  for (let k = 0; k < 60; k++) g = (1 + g) ** (1 / (count + 1));
  return Array.from({ length: count }, (_, k) => g ** -(k + 1));
}

/** The levels of a need: to a fen where it jumps, else between points that are one of LEVELS of all apart. */
export function levelsOf(need: Need): Levels {
  if (need.deviation === 0) return need.mean;
  const table = new Float64Array(LEVELS);
  const atMost = (amount: number): number => need.estimate(amount).chance;
  const fine = need.highest / LEVELS;
  /** Of the levels from … to …, which are above the chance of the low end and at most that of the high end. */
  const fill = (low: number, below: number, high: number, within: number, from: number, to: number): void => {
    if (from === to) return;
    const settled = high - low <= 1 || (high - low <= fine && within - below <= 4 / LEVELS);
    if (settled) {
      for (let k = from; k < to; k++) {
        const part = within > below ? ((k + 0.5) / LEVELS - below) / (within - below) : 1;
        table[k] = high - low <= 1 ? high : low + Math.min(1, Math.max(0, part)) * (high - low);
      }
      return;
    }
    const middle = Math.floor((low + high) / 2);
    const chance = Math.min(within, Math.max(below, atMost(middle)));
    const split = Math.min(to, Math.max(from, Math.ceil(chance * LEVELS - 0.5 + 1e-9)));
    fill(low, below, middle, chance, from, split);
    fill(middle, chance, high, within, split, to);
  };
  fill(-1, 0, Math.ceil(need.highest), 1, 0, LEVELS);
  return table;
}

/** Whole fen of a yearly growth: amount · (1 + growth)^years, half-up. @param growth a decimal such as "0.08" */
export function grownBy(growth: string, years: number): (amount: number) => number {
  const times = new Exact(growth).plus(1).pow(years);
  const about = times.toNumber();
  return (amount) => {
    const near = about * amount + 0.5;
    const fen = Math.floor(near);
    // Far from the next fen a float rounds as the decimal does; ten thousand decimals take as long as the plan.
    const isFar = Math.min(near - fen, fen + 1 - near) > 1e-15 * near + 1e-9;
    return isFar ? fen : times.times(amount).plus(0.5).floor().toNumber();
  };
}
