/** The abstract model of the choice: an option pays, and draws on accounts that other objects draw on, too. Whole fen. */

/** A limit that rows share, under the option's own inputs. */
export interface Shared {
  readonly account: number;
  /** Up to where the account may be filled. */
  readonly room: number;
  /** Where it stands at least, as that much was granted before. */
  readonly before: number;
}

/** A part of an award that shared limits may cut. */
export interface Part {
  /** Where nothing is drawn yet. */
  readonly wanted: number;
  readonly on: readonly Shared[];
}

/** One way to support an object. */
export interface Option {
  /** Place among the candidates of the object. */
  readonly candidate: number;
  /** Award with its accounts untouched. */
  readonly full: number;
  /** Precedence among options that pay nothing: lower first. */
  readonly rank: number;
  /** At most MOST_PARTS parts that shared limits may cut, and one of nothing for what was granted before on other accounts. */
  readonly parts: readonly Part[];
  /** Sum of the other parts and of those that are not cut, by the set of the latter (bit p: part p); rounded as the award. */
  readonly sums: readonly number[];
  /** The same, rounded as what is drawn. */
  readonly drawn: readonly number[];
  /** Shared limits over the sum of all parts, and the least of its other limits. */
  readonly overall: readonly Shared[];
  readonly ceiling: number;
  readonly minus: number;
  readonly times: number;
  /** Whether every fen that a shared limit leaves to the option is a fen (or several, of pieces) of its award. */
  readonly plain: boolean;
}

/** One object: its options, at least one; the first is the one that is taken where no account binds. */
export type Options = readonly Option[];

export const MOST_PARTS = 4;
const paid = new Float64Array(MOST_PARTS + 1);

const leftOf = ({ account, room, before }: Shared, drawn: Float64Array, at: number): number =>
  Math.max(0, room - Math.max(before, drawn[at + account]!));

function draw({ account, before }: Shared, fen: number, drawn: Float64Array, at: number): void {
  drawn[at + account] = Math.max(before, drawn[at + account]!) + fen;
}

/**
 * What an option pays at least after what others drew; its own draws are added to `drawn`.
 * @param drawn by account, from place `at` on
 */
export function spend(option: Option, drawn: Float64Array, at = 0): number {
  const { parts, sums, overall } = option;
  let whole = 0;
  let cut = 0;
  // What is left may be the rounded amount of the part and yet less than the part: then its fraction of a fen is cut off.
  let exactly = 0;
  for (let p = 0; p < parts.length; p++) {
    const { wanted, on } = parts[p]!;
    let left = Infinity;
    for (const shared of on) left = Math.min(left, leftOf(shared, drawn, at));
    paid[p] = Math.min(left, wanted);
    if (left < wanted) cut += left;
    else whole |= 1 << p;
    if (left === wanted) exactly |= 1 << p;
  }
  let total = sums[whole]! + cut;
  for (let some = exactly; some; some = (some - 1) & exactly) {
    let without = sums[whole & ~some]! + cut;
    for (let p = 0; p < parts.length; p++) if (some & (1 << p)) without += paid[p]!;
    total = Math.min(total, without);
  }
  total = Math.min(total, option.ceiling);
  if (overall.length) {
    let draws = Math.min(option.drawn[whole]! + cut, option.ceiling);
    for (const shared of overall) draws = Math.min(draws, leftOf(shared, drawn, at));
    total = Math.min(total, draws);
    for (const shared of overall) draw(shared, draws, drawn, at);
  }
  for (let p = 0; p < parts.length; p++) for (const shared of parts[p]!.on) draw(shared, paid[p]!, drawn, at);
  return Math.max(0, total - option.minus) * option.times;
}

/** What the objects are paid together, in their order. */
export function totalOf(objects: readonly Options[], choice: ArrayLike<number>, accounts: number): number {
  const drawn = new Float64Array(accounts);
  let total = 0;
  for (let i = 0; i < objects.length; i++) total += spend(objects[i]![choice[i]!]!, drawn);
  return total;
}

/** What an option pays with its accounts used up. */
const leastOf = ({ sums, parts, overall, ceiling, minus, times }: Option): number => {
  const open = parts.reduce((whole, { on, wanted }, p) => (on.length && wanted ? whole : whole | (1 << p)), 0);
  return overall.length ? 0 : Math.max(0, Math.min(sums[open]!, ceiling) - minus) * times;
};

export const isPlain = ({
  sums,
  ceiling,
  overall,
  minus,
}: Pick<Option, "sums" | "ceiling" | "overall" | "minus">): boolean =>
  !overall.length && !minus && sums.every((sum) => sum <= ceiling);

/** The better option first where no account binds. */
export const byAward = (a: Option, b: Option): number =>
  b.full - a.full || a.rank - b.rank || a.candidate - b.candidate;

export const bestAlone = (options: Options): Option =>
  options.reduce((best, option) => (byAward(option, best) < 0 ? option : best));

/**
 * Without the options that another one beats whatever else is drawn; the better ones first.
 * @param margin fen that rounding may take off the other objects, where an option leaves less to them
 */
export function undominated(options: Options, margin = 0): Options {
  const sorted = [...options].sort(byAward);
  // What an option draws beyond its least award it pays, and takes from nobody more than that; what it gives as granted before it only takes.
  const least = sorted.map((option) => {
    if (!option.plain || option.times > 1 || drawsTwice(option)) return -1;
    const before = option.parts.reduce((sum, { on }) => on.reduce((most, shared) => most + shared.before, sum), 0);
    return leastOf(option) - before - (option.parts.some(({ on }) => on.length) ? margin : 0);
  });
  return sorted.filter((option, i) => {
    for (let j = 0; j < least.length; j++)
      if (j !== i && (least[j]! > option.full || (least[j] === option.full && j < i))) return false;
    return true;
  });
}

/** Whether one fen of the award may be drawn on several accounts. */
const drawsTwice = ({ parts }: Option): boolean => parts.some(({ on }) => on.length > 1);
