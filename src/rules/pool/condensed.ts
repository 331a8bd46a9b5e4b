/**
 * Many small claims as few: the logarithm of a claim's transform is a smooth function of (log of its middle, probability,
 * spread), so that a claim is replaced by weights on the neighbouring points of a grid of such triples (interpolation by
 * polynomials of degree five). Mean and variance are put right exactly; what remains is below 1e-6 of the sum's logarithm.
 */
import { fillMoments, type RandomClaim } from "./uncertain";
import { magnitude, type Turns, turnsOf } from "./turns";

/** Claims of one middle and spread, for each probability how many of them, a float that may be negative. */
export interface CondensedClaims {
  readonly turns: Turns;
  readonly counts: readonly { readonly probability: number; readonly count: number }[];
}

export interface Condensed {
  readonly groups: readonly CondensedClaims[];
  /** What the groups lack in mean and variance. */
  readonly mean: number;
  readonly variance: number;
}

const FEWEST = 300;
const POINTS = 6;
const LOG_STEP = 0.125;
const PROBABILITY_STEP = 0.125;
const SPREAD_STEP = 0.05;
/** Claims this unlikely have a grid of probabilities of their own. */
const RARE = 0.05;

/**
 * Takes out the claims that are small beside their sum, and the rare ones. Both must be of many kinds, share a cap or its absence
 * and, with a cap or where they are rare, one spread.
 * @param capped whether claims with a cap may be condensed
 * @returns the condensed claims and the others
 */
export function condense(
  claims: readonly RandomClaim[],
  capped: boolean,
): { readonly parts: readonly Condensed[]; readonly taken: ReadonlySet<RandomClaim> } {
  const parts: Condensed[] = [];
  const taken = new Set<RandomClaim>();
  const take = (alike: readonly RandomClaim[], logStep: number, probabilityStep: number): void => {
    if (kinds(alike) < FEWEST || (probabilityStep === PROBABILITY_STEP && comesBack(alike))) return;
    parts.push(onGrid(alike, logStep, probabilityStep));
    for (const claim of alike) taken.add(claim);
  };
  const uncertain = claims
    .filter(({ spread, cap }) => spread > 0 && (capped || cap === Infinity))
    .sort((a, b) => a.median - b.median);
  const byCap = grouped(uncertain, ({ cap, spread }) => (cap === Infinity ? "" : `${cap} ${spread}`));
  for (const alike of byCap.values()) {
    // A cap bends the transform within a few spreads of it.
    const { cap, spread } = alike[0]!;
    take(smallOnes(alike), cap < Infinity ? LOG_STEP * Math.min(1, 3 * spread) : LOG_STEP, PROBABILITY_STEP);
  }
  const rare = uncertain.filter((claim) => claim.probability <= RARE && !taken.has(claim));
  for (const alike of grouped(rare, ({ cap, spread }) => `${cap} ${spread}`).values()) {
    // At sizes beyond 1/z the transform is as smooth as the spread makes it.
    take(alike, Math.min(LOG_STEP, alike[0]!.spread / 7), RARE / (POINTS - 1));
  }
  return { parts, taken };
}

/** Claims that are alike in everything need not be condensed. */
export const kindOf = ({ median, probability, spread, cap }: RandomClaim): string =>
  `${median} ${probability} ${spread} ${cap}`;

function kinds(claims: readonly RandomClaim[]): number {
  const medians = new Set(claims.map(({ median }) => median)).size;
  return medians < FEWEST ? new Set(claims.map(kindOf)).size : medians;
}

export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/**
 * The claims, the smallest first, of which the largest is an eighth of a standard deviation of their sum: at every z at
 * which the transform of the sum is not negligible, the transform of each is smooth.
 */
function smallOnes(ascending: readonly RandomClaim[]): RandomClaim[] {
  let variance = 0;
  let count = 0;
  ascending.forEach(({ median, probability: p, spread, cap }, place) => {
    const size = Math.min(median, cap);
    variance += p * (1 - p + Math.min(1, spread) ** 2 / 4) * size * size;
    const last = ascending[place + 1]?.median !== median;
    if (last && (8 * median) ** 2 <= variance) count = place + 1;
  });
  return ascending.slice(0, count);
}

/** Of claims with one cap, the smallest first. Where they have one spread too, the grid has that spread alone. */
function onGrid(claims: readonly RandomClaim[], step: number, probabilityStep: number): Condensed {
  const { cap, spread: first } = claims[0]!;
  const alike = claims.every(({ spread }) => spread === first);
  const lowest = Math.log(claims[0]!.median);
  const widest = Math.ceil((Math.log(claims.at(-1)!.median) - lowest) / step) + POINTS;
  const largest = claims.reduce((most, { spread }) => Math.max(most, spread), 0);
  const spreads = alike ? 1 : Math.ceil(largest / SPREAD_STEP) + POINTS;
  const chances = Math.round((probabilityStep === PROBABILITY_STEP ? 1 : RARE) / probabilityStep) + 1;
  const counts = new Float64Array(widest * spreads * chances);
  const [a, b, c] = [weights(), weights(), weights()];
  b[0] = 1;
  const missing = new Moments();
  for (const claim of claims) {
    missing.add(claim, 1);
    const m = place((Math.log(claim.median) - lowest) / step, widest, a);
    // The spread of zero, where nothing is smooth, is no point of the grid.
    const s = alike ? 0 : place(claim.spread / SPREAD_STEP - 1, spreads, b);
    const p = place(claim.probability / probabilityStep, chances, c);
    for (let i = 0; i < POINTS; i++) {
      if (a[i] === 0) continue;
      for (let k = 0; k < POINTS; k++) {
        const weight = a[i]! * b[k]!;
        if (weight === 0) continue;
        const start = ((m + i) * spreads + s + k) * chances + p;
        for (let n = 0; n < POINTS; n++) counts[start + n]! += weight * c[n]!;
      }
    }
  }
  const groups: CondensedClaims[] = [];
  for (let row = 0; row < widest * spreads; row++) {
    const median = Math.exp(lowest + Math.floor(row / spreads) * step);
    const spread = alike ? first : ((row % spreads) + 1) * SPREAD_STEP;
    const here = Array.from({ length: chances - 1 }, (_, n) => ({
      probability: (n + 1) * probabilityStep,
      count: counts[row * chances + n + 1]!,
    })).filter(({ count }) => count !== 0);
    if (here.length === 0) continue;
    groups.push({ turns: turnsOf({ median, probability: 1, spread, cap }), counts: here });
    for (const { probability, count } of here) missing.add({ median, probability, spread, cap }, -count);
  }
  // The transform of rare claims does not vanish: a variance put right would outgrow it at large z.
  return probabilityStep === PROBABILITY_STEP
    ? { groups, mean: missing.mean, variance: missing.variance }
    : { groups, mean: 0, variance: 0 };
}

/** Sizes of a narrow spread are nearly multiples of one amount: their transform comes back beyond this z·median. */
const ONE_TURN = 5;
const VANISHED = -14;

/** Whether the transform of the sum may be seen again where the sizes go round once. */
function comesBack(claims: readonly RandomClaim[]): boolean {
  let logarithm = 0;
  for (const claim of claims) {
    const { median, probability } = claim;
    const size = magnitude(turnsOf({ ...claim, probability: 1 }), ONE_TURN / median);
    logarithm += Math.log(1 - probability + probability * size);
    if (logarithm < VANISHED) return false;
  }
  return true;
}

const weights = (): Float64Array => new Float64Array(POINTS);

/** Lagrange's weights of the points around a place on a grid of whole numbers; returns the first of them. */
function place(at: number, points: number, out: Float64Array): number {
  const first = Math.max(0, Math.min(points - POINTS, Math.floor(at) - POINTS / 2 + 1));
  const near = Math.round(at);
  if (Math.abs(at - near) < 1e-9) {
    out.fill(0);
    out[near - first] = 1;
    return first;
  }
  for (let i = 0; i < POINTS; i++) {
    let weight = 1;
    for (let k = 0; k < POINTS; k++) if (k !== i) weight *= (at - first - k) / (i - k);
    out[i] = weight;
  }
  return first;
}

class Moments {
  mean = 0;
  variance = 0;
  private readonly two = new Float64Array(2);
  add(claim: RandomClaim, count: number): void {
    fillMoments(claim, 1, this.two);
    const mean = claim.probability * this.two[0]!;
    this.mean += count * mean;
    this.variance += count * (claim.probability * this.two[1]! - mean * mean);
  }
}

/** Adds the logarithms of all transforms at z = tilt + i·j·delta for j = from … to a pair of arrays. */
export function addLogarithms(
  { groups, mean, variance }: Condensed,
  grid: { readonly tilt: number; readonly delta: number },
  from: number,
  logs: { readonly re: Float64Array; readonly im: Float64Array },
  addTurns: (turns: Turns, real: Float64Array, imaginary: Float64Array) => void,
): void {
  const length = logs.re.length;
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  for (const { turns, counts } of groups) {
    real.fill(0);
    imaginary.fill(0);
    addTurns(turns, real, imaginary);
    for (const { probability, count } of counts) {
      for (let j = 0; j < length; j++) {
        const x = 1 + probability * (real[j]! - 1);
        const y = probability * imaginary[j]!;
        logs.re[j]! += (count / 2) * Math.log(x * x + y * y);
        logs.im[j]! += count * Math.atan2(y, x);
      }
    }
  }
  for (let j = 0; j < length; j++) {
    const y = (from + j) * grid.delta;
    logs.re[j]! += -grid.tilt * mean + ((grid.tilt ** 2 - y * y) * variance) / 2;
    logs.im[j]! += -y * mean + grid.tilt * y * variance;
  }
}
